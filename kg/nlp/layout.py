"""What stands where in a sentence: clauses, brackets, lists of values and of mentions.

Readers of figures and events look at words between mentions and values; what a bracket glosses does not stand between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from kg.knowledge.metric_terms import MetricLanguage, load_metric_language
from kg.nlp.spans import Found, Quantity, is_parsed
from kg.nlp.value_lists import expand_lists

_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_HARD = re.compile(r"[;；。！？!?]|\.(?=\s|$)|[:：](?!\d)")
_SOFT = re.compile(r"[,，、]|\s[-–—]+\s|——")
_AND_EN = re.compile(r"(?:\s*,)?\s+(?:and|or|as well as|&)\s+(?:the\s+|its\s+|rival\s+)?|\s*,\s*(?:the\s+|its\s+)?")
_AND_ZH = re.compile(r"\s*(?:、|和|与|及|以及|，|,)\s*")
TITLE = re.compile(r"《([^《》]*)》")
_RATE = re.compile(r"(?:每|就有)[^，。；\d]{0,4}$")
_HEADED = re.compile(r"[\u4e00-\u9fff]{2,12}(?=[:：]|公布|公告|披露)")  # who speaks, or whom a flash is about: "中广核电力："


@dataclass(frozen=True)
class Layout:
    """A sentence with its mentions and values. `plain` is its text with brackets (not those that hold it all) blanked out.

    `hard` and `soft` are where clauses end (semicolons; commas). `lang` holds the language's words for figures.
    """

    text: str
    plain: str
    language: str
    mentions: tuple[Found, ...]
    values: tuple[Quantity, ...]
    hard: tuple[int, ...]
    soft: tuple[int, ...]
    lang: MetricLanguage
    doc: Doc
    given: tuple[tuple[Found, ...], tuple[Quantity, ...]]  # the doc's mentions and values, of which some are left out here and lists are read

    @cached_property
    def pos(self) -> Mapping[int, str]:
        """The tag of the word that begins at a place, from the parse, if there is one."""
        return {token.idx: token.pos_ for token in self.doc} if is_parsed(self.doc) else {}

    @cached_property
    def subjects(self) -> frozenset[int]:
        """Where subjects begin, from the parse, if there is one."""
        return frozenset(token.idx for token in self.doc if token.dep_.startswith("nsubj")) if is_parsed(self.doc) else frozenset()

    def is_subject(self, mention: Found) -> bool | None:
        """Tell whether the parser holds a mention for a subject (of the verb, or of what the verb says); None without a parse."""
        return any(mention.start <= place < mention.end for place in self.subjects) if self.pos else None

    def start_of(self, place: int, *, soft: bool = True) -> int:
        """Return where the clause that holds `place` begins (without `soft`, a clause runs over commas)."""
        cuts = [cut + 1 for cut in (*self.hard, *(self.soft if soft else ())) if cut < place]
        return max(cuts, default=0)

    def end_of(self, place: int, *, soft: bool = True) -> int:
        """Return where the clause that holds `place` ends."""
        cuts = [cut for cut in (*self.hard, *(self.soft if soft else ())) if cut >= place]
        return min(cuts, default=len(self.text))

    def counts_another(self, value: Quantity) -> bool:
        """Tell by the parse whether an English count is of something else than its unit says: "nine auto parts plants" are plants.

        A parse is asked for by this, so ask it last.
        """
        if value.kind != "count" or not self.lang.spaced or not is_parsed(self.doc):
            return False
        number = next((token for token in self.doc if token.idx == value.start), None)
        unit = (value.values.unit or "").lower()
        return number is not None and any(
            token.dep_ == "compound" and unit in (token.lower_, token.lemma_.lower()) and token.head == number.head and token.i > number.i
            for token in self.doc
        )

    def in_brackets(self, place: int) -> bool:
        """Tell whether `place` lies in brackets."""
        return self.text[place] != self.plain[place] or (self.plain[place].isspace() and not self.text[place].isspace())

    def coordinated(self, first: Found) -> list[Found]:
        """Return the mentions that stand in one list with `first`: those before it and after it, joined by commas and "and"."""
        members = [first]
        same = [m for m in self.mentions if m.label == first.label or {m.label, first.label} <= {"Company", "Organization", "Fund"}]
        index = same.index(first)
        for mention in same[index + 1 :]:
            if not self._joined(members[-1], mention):
                break
            members.append(mention)
        for mention in reversed(same[:index]):
            if not self._joined(mention, members[0]):
                break
            members.insert(0, mention)
        return members

    def _joined(self, left: Found, right: Found) -> bool:
        gap = self.plain[left.end : right.start]
        return bool((_AND_ZH if self.language == "zh" else _AND_EN).fullmatch(gap)) or bool(_AND_ZH.fullmatch(gap) and "、" in gap)


def lay_out(doc: Doc) -> Layout:
    """Return the layout of a sentence, made once as long as its mentions and values stay what they are."""
    held: Layout | None = doc._.layout
    if held is not None and held.given[0] is doc._.mentions and held.given[1] is doc._.values:
        return held
    text = doc.text
    mentions = tuple(m for m in doc._.mentions if not _is_part_of_a_name(text, m))
    values = expand_lists(text, doc._.language, doc._.values)
    versions = {m.end + 1 for m in mentions if m.label == "Product" and text[m.end : m.end + 1] == " "}  # "iPhone 5 models" are not five
    rates = {v.start for v in values if v.kind == "count" and doc._.language == "zh" and _RATE.search(text, 0, v.start)}  # half of a rate: 每卖出2辆
    values = tuple(v for v in values if v.kind != "count" or v.start not in versions | rates)
    plain = text
    for bracket in _BRACKETS.finditer(text):
        if bracket.end() - bracket.start() < 0.8 * len(text.strip()):
            plain = plain[: bracket.start()] + " " * len(bracket.group()) + plain[bracket.end() :]
    covered = [(s.start, s.end) for s in (*mentions, *values)]
    hard = tuple(m.start() for m in _HARD.finditer(plain) if not _inside(m.start(), covered))
    soft = tuple(m.start() for m in _SOFT.finditer(plain) if not _inside(m.start(), covered))
    lang = load_metric_language(doc._.language)
    made = doc._.layout = Layout(text, plain, doc._.language, mentions, values, hard, soft, lang, doc, (doc._.mentions, doc._.values))
    return made


def _is_part_of_a_name(text: str, mention: Found) -> bool:
    """Tell whether a mention is a word of a longer title (《新能源汽车发展报告》), or a thing that ends the name of who speaks (中广核电力：)."""
    if any(title.start(1) <= mention.start and mention.end <= title.end(1) and 2 * (mention.end - mention.start) < len(title.group(1))
           for title in TITLE.finditer(text)):
        return True
    headed = _HEADED.match(text)
    return headed is not None and mention.label in ("Sector", "Resource") and mention.start > 0 and mention.end == headed.end()


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end - 1 or (start == place and end - start == 1) for start, end in spans)
