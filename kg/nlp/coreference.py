"""Back-references: "the company", 该公司, "its" -> whom they mean; and the topic of a document, for sentences that name nobody.

The preference is that of centering (Grosz, Joshi and Weinstein 1995), without its machinery: the subject of the last sentence that named
something fitting, if that is one thing; the topic where several could be meant and the topic is one of them; else nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from spacy.tokens import Doc

from kg.knowledge.coreference_terms import BackReferences, load_back_references
from kg.knowledge.lexicon import is_source, load_lexicon
from kg.knowledge.metric_terms import load_metric_language
from kg.knowledge.name_words import alternatives
from kg.nlp.literals import Screen, screen_of
from kg.nlp.spans import Found

READER = "coreference"
_FIRMS = frozenset({"Company", "Organization"})
REACH = 4  # sentences back in which an antecedent is looked for
TOPICS = {"Company": 1.0, "Fund": 1.2, "Facility": 0.9, "Index": 0.7, "Organization": 0.5, "Product": 0.6}
GENERIC = ("Sector", "Product")  # labels under which the lexicon knows common nouns
TITLE, FIRST = 4.0, 2.0  # how much more a mention in a title, and the first of it, counts than one in a sentence
SHARE = 0.5  # of all weight of its label that a topic without a title must have


@dataclass
class _History:
    """What was named so far: the sentences' mentions with a name, the newest last."""

    sentences: list[list[Found]] = field(default_factory=list)
    last: list[Found] = field(default_factory=list)  # what the last sentence names, if anything
    sources: list[list[Found]] = field(default_factory=list)  # by sentence, who is named as a source ("according to X")


def resolve(docs: Sequence[Doc]) -> list[Found | None]:
    """Add back-references to `doc._.mentions` of a document's sentences, in their order; return the topic of each sentence.

    A back-reference is a `Found` with `antecedent`, the antecedent's entity, and its words as `name`. A topic is an empty span at the
    sentence's beginning. A topic is None where the sentence before was about somebody else of the same label.
    """
    topic = _topic(docs)
    history = _History()
    topics: list[Found | None] = []
    for doc in docs:
        text = doc.text
        named = [replace(m, name=m.name or text[m.start : m.end]) for m in doc._.mentions if not m.antecedent]
        added = _back_references(doc, named, history, topic)
        if added:
            kept = [m for m in doc._.mentions if not any(a.start <= m.start and m.end <= a.end for a in added)]
            doc._.mentions = tuple(sorted((*kept, *added), key=lambda m: (m.start, m.end)))
        topics.append(topic if topic is not None and _holds(history, topic) else _near(history))
        history.sources.append([m for m in named if m.label in ("Company", "Organization") and _is_aside(text, doc._.language, m)])
        spoken = [*named, *(replace(m, antecedent=False) for m in added)]
        history.last = spoken
        if spoken:
            history.sentences.append(sorted((m for m in spoken if not _is_cited(doc, m)), key=lambda m: m.start))
    return topics


# -- topic ----------------------------------------------------------------------------------------------------------------------------


def _topic(docs: Sequence[Doc]) -> Found | None:
    weights: dict[tuple[str, str], float] = defaultdict(float)
    first: dict[tuple[str, str], Found] = {}
    titled: set[tuple[str, str]] = set()
    for doc in docs:
        in_title, text = doc._.passage == "title", doc.text  # a Doc puts its text together anew each time
        if in_title and _is_of_stranger(text, doc._.language, doc._.mentions):
            return None
        for index, mention in enumerate(m for m in doc._.mentions if m.label in TOPICS and not _is_aside(text, doc._.language, m)):
            key = _key(text, mention)
            if _is_cited(doc, mention) and not (in_title and not _speaks(text, mention)):
                continue
            weights[key] += TOPICS[mention.label] * ((TITLE + (FIRST if index == 0 else 0)) if in_title else 1.0)
            first.setdefault(
                key,
                Found(0, 0, mention.label, mention.entity, "topic", mention.code, True, mention.name or text[mention.start : mention.end]),
            )
            if in_title:
                titled.add(key)
    if not weights:
        return None
    best = max(weights, key=lambda key: (weights[key], key))
    rivals = sum(weight for (label, _), weight in weights.items() if label == best[0])
    others = [weight for key, weight in weights.items() if key != best and key in titled and key[0] == best[0]]
    if best in titled:
        return None if any(weight >= 0.9 * weights[best] for weight in others) else first[best]
    return replace(first[best], reader="topic.body") if weights[best] > 1.5 and weights[best] >= SHARE * rivals and not titled else None


def _is_of_stranger(title: str, language_code: str, mentions: Sequence[Found]) -> bool:
    """Tell whether a title has a subject whom nobody knows: whoever else it names is not what the text is about."""
    patterns = load_metric_language(language_code).patterns
    return bool(patterns["strange_headline"].match(title)) and not any(m.start == 0 for m in mentions)


def _is_aside(text: str, language_code: str, mention: Found) -> bool:
    """Tell whether a mention only says who reports ("according to X", "X analyst")."""
    language = load_metric_language(language_code)
    if text[mention.start - 1 : mention.start] in ("(", "（") and text[mention.end : mention.end + 1] in (")", "）"):
        return True
    if language.patterns["unit_after"].match(text, mention.end):
        return True
    after = text[mention.end : mention.end + 12].lstrip(" '’s")
    before = text[max(0, mention.start - 14) : mention.start].rstrip()
    return bool(language.words["reporter"].match(after)) or bool(
        re.search(r"(?:according to|据|source:|来源[:：]?)$", before, re.IGNORECASE)
    )


def _speaks(text: str, mention: Found) -> bool:
    """Tell whether a title is what a firm says, of others for the most part: 中信证券：……."""
    return text[mention.end : mention.end + 1] in (":", "：")


def _is_cited(doc: Doc, mention: Found) -> bool:
    """Tell whether a name is that of a firm that texts cite: "it" after "Thomson Reuters said" is hardly Thomson Reuters, 公司 hardly a broker."""
    return is_source(mention.entity, brokers=doc._.language == "zh")


def _holds(history: _History, topic: Found) -> bool:
    """Tell whether the topic can be what a sentence without a subject is about.

    Not after a sentence about another thing of its label; a topic that no title names, only right after a sentence that names it.
    """
    last = history.sentences[-1] if history.sentences else []
    same = [_same(m) == _same(topic) for m in last if m.label == topic.label]
    return any(same) or (not same and topic.reader == "topic")


def _near(history: _History) -> Found | None:
    """The one company or fund that the last sentence names, other than as a source: what a sentence without a subject goes on about."""
    if not history.last:
        return None
    sources = {_same(m) for m in history.sources[-1]}
    named = [m for m in history.last if m.label in ("Company", "Fund") and _same(m) not in sources and not is_source(m.entity)]
    if len({_same(m) for m in named}) != 1:
        return None
    return Found(0, 0, named[0].label, named[0].entity, "topic.near", named[0].code, True, named[0].name)


# -- back-references ------------------------------------------------------------------------------------------------------------------


@cache
def _nouns(language: str) -> Screen[tuple[tuple[str, bool], re.Pattern[str]]]:
    words = load_back_references(language)
    return screen_of(((label, narrow), p) for nouns, narrow in ((words.nouns, False), (words.narrow, True)) for label, p in nouns.items())


def _back_references(doc: Doc, named: list[Found], history: _History, topic: Found | None) -> list[Found]:
    text = doc.text
    words = load_back_references(doc._.language)
    added: list[Found] = []
    unknown: list[int] = []  # where a noun refers back to nobody known: pronouns after it may mean that
    for (label, narrow), pattern in _nouns(doc._.language).hopeful(text):
        for hit in pattern.finditer(text):
            if (
                not _is_free(doc, hit.start(), hit.end(), added, generic=True)
                or words.not_before.match(text, hit.end())
                or _is_apposed(text, named, hit.end())
            ):
                continue
            reach = _in_reach(text, doc._.language, named, hit.end())
            country = next((code for code, adjective in words.nationalities.items() if adjective.search(hit.group())), None)
            antecedent = _antecedent(reach, history, topic, (label,), hit.start(), narrow=narrow, country=country)
            if antecedent is not None:
                added.append(_referring(antecedent, hit.start(), hit.end()))
            else:
                unknown.append(hit.start())
    sources = [m for last in history.sources[-2:] for m in last]
    if len({_same(m) for m in sources}) == 1:
        added += [
            _referring(sources[-1], hit.start(), hit.end())
            for hit in words.report.finditer(text)
            if _is_free(doc, hit.start(), hit.end(), added)
        ]
    for pronoun in (words.possessive, words.personal):
        for hit in pronoun.finditer(text) if pronoun else ():
            if _is_free(doc, hit.start(), hit.end(), added) and not any(place < hit.start() for place in unknown):
                antecedent = _pronoun(text, doc._.language, words, [*named, *added], history, hit.start())
                if antecedent is not None:
                    added.append(_referring(antecedent, hit.start(), hit.end()))
    return added


def _in_reach(text: str, language: str, named: list[Found], end: int) -> list[Found]:
    """Leave out the names of later clauses, which may name again what a noun refers back to."""
    stop = next((found.start() for found in re.compile(r"[,，;；:：]\s").finditer(text, end)), len(text))
    if language == "zh":
        stop = next((found.start() for found in re.compile(r"[,，;；:：]").finditer(text, end)), len(text))
    return [m for m in named if m.start < stop]


def _antecedent(
    named: list[Found], history: _History, topic: Found | None, labels: Iterable[str], place: int, *, narrow: bool, country: str | None = None
) -> Found | None:
    fitting = set(labels)
    named_later = {_same(m) for m in named if m.start > place}  # a name does not follow, in its own sentence, what refers back to it
    here = [m for m in named if m.label in fitting and m.end <= place]
    sentences = [here, *reversed(history.sentences[-REACH:])]
    for sentence in sentences:
        candidates = _of_country([m for m in sentence if m.label in fitting and _same(m) not in named_later], country)
        if not candidates:
            continue
        if len({_same(m) for m in candidates}) == 1:
            return candidates[0]
        if topic is not None and any(_same(m) == _same(topic) for m in candidates):
            return topic
        return candidates[0] if not narrow and sentence is not here and _leads(candidates, sentence) else None
    return topic if topic is not None and topic.label in fitting and _same(topic) not in named_later and _of_country([topic], country) else None


def _of_country(candidates: list[Found], country: str | None) -> list[Found]:
    """Return those that are of a country, as far as that is known: those that are, else those of whom nobody knows."""
    if country is None:
        return candidates
    lexicon = load_lexicon()
    homes = [(m, lexicon[m.entity].country if m.entity and m.entity in lexicon else None) for m in candidates]
    return [m for m, home in homes if home == country] or [m for m, home in homes if not home]


def _leads(candidates: list[Found], sentence: list[Found]) -> bool:
    """Tell whether the first candidate opens its sentence alone, as a subject does."""
    return candidates[0] is sentence[0] and candidates[0].start <= 20 and candidates[1].start - candidates[0].end > 12


def _pronoun(text: str, language: str, words: BackReferences, named: list[Found], history: _History, place: int) -> Found | None:
    """ "its", "it": the one thing that the sentence names before, else the one that the last sentence named."""
    here = [m for m in named if m.label in words.labels and m.end <= place]
    firms = [m for m in here if m.label in _FIRMS]
    if firms and (has_site := _site_after(language)) and has_site.match(text, place):
        here = firms  # "its Reykjavik facility" is no product's
    elif firms:
        here = [m for m in here if m.label != "Product" or any(c.isupper() or c > "\u2e80" for c in m.name or "")]  # goods own less than firms do
    if here:
        subjects = [m for m in here if _is_subject(text, language, m)]
        chosen = subjects or here
        return chosen[0] if len({_same(m) for m in chosen}) == 1 else None
    if place > 40 or not history.sentences or _names_unknown(text[:place], language):
        return None
    named_later = {_same(m) for m in named if m.start > place}
    before = [m for m in history.sentences[-1] if m.label in words.labels and _same(m) not in named_later]
    return before[0] if before and len({_same(m) for m in before}) == 1 else None


@cache
def _site_after(language: str) -> re.Pattern[str] | None:
    """A pronoun that says whose a site is, from its begin on; None for a language without such words."""
    if language != "en":
        return None
    return re.compile(rf"(?:its|their)\s+(?:[\w-]+\s+){{0,4}}?{alternatives('en', 'site_head')}(?![\w-])", re.IGNORECASE)


def _names_unknown(opening: str, language: str) -> bool:
    """Tell whether the words before a pronoun name somebody whom nobody knows."""
    small = load_metric_language(language).words["determiners"]
    return any(not small.fullmatch(word) for word in re.findall(r"\b[A-Z][\w&-]+", opening))


def _is_subject(text: str, language: str, mention: Found) -> bool:
    before = text[: mention.start].rstrip()
    governed = load_metric_language(language).words["not_subject"]
    ends = (hit.end() for hit in governed.finditer(before, max(0, len(before) - 14)))
    return len(before) not in ends and not _is_aside(text, language, mention)


def _is_free(doc: Doc, start: int, end: int, added: list[Found], *, generic: bool = False) -> bool:
    """Tell whether no mention stands at `[start, end)`; a common noun within ("the chipmaker") may, where `generic`."""
    over = [m for m in (*doc._.mentions, *added) if m.start < end and start < m.end]
    return not over or (generic and all(m.label in GENERIC and start < m.start and m.end <= end for m in over))


def _is_apposed(text: str, named: list[Found], end: int) -> bool:
    """Tell whether a name follows at once: "the company Foo" names it."""
    return any(m.start >= end and not text[end : m.start].strip(' ,“"') and m.start - end <= 2 for m in named)


def _referring(antecedent: Found, start: int, end: int) -> Found:
    return Found(start, end, antecedent.label, antecedent.entity, READER, antecedent.code, True, antecedent.name)


def _key(text: str, mention: Found) -> tuple[str, str]:
    return mention.label, mention.entity or mention.name or text[mention.start : mention.end]


def _same(mention: Found) -> str:
    return mention.entity or mention.name or ""
