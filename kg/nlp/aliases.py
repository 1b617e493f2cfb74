"""Names that a document introduces: abbreviations in brackets, and short forms of a long name that the lexicon does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.knowledge.lexicon import load_lexicon
from kg.knowledge.name_words import expression, word_list
from kg.knowledge.normalise import HAN
from kg.nlp.spans import Found

READER = "alias"
_LONGER = re.compile(r" (?!(?:Inc|Corp|Co|Ltd|Group|Holdings)\b)[A-Z]")
_LONGER_BEFORE = re.compile(r"(?<=[^.!?:\s]) (?P<word>[A-Z][\w&]+) $")
_LEAST_SHORT = 5  # letters of a word that stands for a longer name
LABELS = ("Company", "Organization", "Facility", "Fund", "Index", "Program", "Product")
_CALLED = re.compile(
    r"\s?[（(]\s*(?:以下)?(?:简称|下称|合称|又称|统称)(?:为|“|\"|:|：)*\s*[“\"「『]?(?P<zh>[^”\"」』）)]{2,12})[”\"」』]?\s*[）)]"
    r"|\s?[（(]\s*(?:the |or |also )?(?:hereinafter |known as |called )?[“\"'‘](?P<quoted>[^”\"'’）)]{2,30})[”\"'’]\s*[)）]"
    r"|\s?[（(](?P<short>[A-Z][A-Za-z&-]{1,9})[)）]"
)
_LEGAL = re.compile(
    r"inc|corp|corporation|co|company|ltd|limited|llc|plc|ag|sa|nv|se|spa|gmbh|group|holdings|holding|international|"
    r"industries|technologies|technology|the|and|of",
    re.IGNORECASE,
)
_ZH_TAIL = re.compile(r"(?:(?:控股|集团)?(?:股份)?有限(?:责任)?公司|(?:股份)?公司|\(集团\)|（集团）)$")
_ZH_PLACE = re.compile(
    r"^(?:中国|上海|北京|深圳|广州|广东|江苏|浙江|杭州|宁波|苏州|南京|山东|青岛|四川|成都|重庆|天津|湖北|武汉|湖南|长沙|福建|厦门|"
    r"安徽|合肥|河南|郑州|河北|陕西|西安|江西|辽宁|大连|吉林|黑龙江|云南|贵州|广西|海南|山西|甘肃|新疆|内蒙古|宁夏|青海|西藏|香港)(?:市|省)?"
)


@dataclass(frozen=True)
class _Alias:
    text: str
    long: Found
    name: str


def resolve(docs: Sequence[Doc]) -> None:
    """Add to `doc._.mentions` the names that a document introduces, from where it introduces them on.

    A new mention has the label, the entity and the words of the long form. A long form that stands beside a code is not learned from:
    the code outranks it, and may contradict it. Names that the lexicon knows as something else are left alone.
    """
    known: dict[str, _Alias] = {}
    texts = [doc.text for doc in docs]  # a Doc puts its text together anew each time
    for doc, text in zip(docs, texts, strict=True):
        _mark(doc, text, known)
        for alias in (*_introduced(doc, text), *_shortened(doc, text), *_by_code(doc, text)):
            if alias.text not in known and not _is_another(docs, texts, alias):
                known[alias.text] = alias
                _mark(doc, text, {alias.text: alias})


def _introduced(doc: Doc, sentence: str) -> Iterator[_Alias]:
    for mention in doc._.mentions:
        if mention.label not in LABELS or mention.antecedent or mention.code:
            continue
        found = _CALLED.match(sentence, mention.end)
        if found is None:
            continue
        text = (found["zh"] or found["quoted"] or found["short"] or "").strip()
        long = sentence[mention.start : mention.end]
        if found["short"] and (expression("en", "no_name").fullmatch(text) or text[0].lower() != long.strip()[0].lower() or not text[:2].isupper()):
            continue
        if text and text != long and not text.isdigit():
            yield _Alias(text, mention, mention.name or long)


def _shortened(doc: Doc, sentence: str) -> Iterator[_Alias]:
    """Short forms of a name that no lexicon knows: without legal form and place; the first word alone if it is no common one."""
    for mention in doc._.mentions:
        if mention.antecedent or mention.label != "Company" or mention.start == mention.end:
            continue
        long = mention.name or sentence[mention.start : mention.end]
        if mention.entity is not None:
            yield from _of_known(mention, long)
            continue
        if mention.code:
            continue
        if re.search(r"[\u4e00-\u9fff]", long):
            core = _ZH_PLACE.sub("", _ZH_TAIL.sub("", long))
            if core != long and len(core) >= 3:
                yield _Alias(core, mention, long)
            continue
        words = long.replace(",", " ").split()
        core_words = [word for word in words if not _LEGAL.fullmatch(word.strip("."))]
        if len(core_words) < len(words) and len(core_words) >= 2:
            yield _Alias(" ".join(core_words), mention, long)
        if len(words) >= 2 and len(core_words) >= 1 and len(words[0]) >= 5 and words[0][0].isupper() and core_words[0] == words[0]:
            yield _Alias(words[0], mention, long)


def _by_code(doc: Doc, sentence: str) -> Iterator[_Alias]:
    """The name of a firm whose code stands beside it, where it alone would mean too much else (台光电(2383.TW), then 台光电)."""
    known = load_lexicon()
    for mention in doc._.mentions:
        if mention.label != "Company" or not mention.code or mention.entity not in known:
            continue
        text = sentence[mention.start : mention.end]
        text = "".join(text.split()) if HAN.search(text) else text
        if text in known[mention.entity or ""].names and len(text) > 1:
            yield _Alias(text, mention, text)


def _of_known(mention: Found, long: str) -> Iterator[_Alias]:
    """Short forms of a name that the lexicon knows, in the text that gives it in full: "Titan" of Titan International, "Hydro" of Norsk Hydro."""
    words = long.replace(",", " ").split()
    if not long.isascii() or not 2 <= len(words) <= 4:
        return
    for word in (words[0], words[-1]):
        core = word.removesuffix("'s")
        if core in word_list("en", "given_name") or core in word_list("en", "surname"):
            continue
        plain = len(core) >= _LEAST_SHORT and core[0].isupper() and core.isalpha() and not _LEGAL.fullmatch(core)
        if plain and core not in word_list("en", "no_short"):
            yield _Alias(core, mention, long)


def _is_another(docs: Sequence[Doc], texts: Sequence[str], alias: _Alias) -> bool:
    """Tell whether the document has the short form as a name of something else, or begins several long names with it."""
    for doc, sentence in zip(docs, texts, strict=True):
        for mention in doc._.mentions:
            text = sentence[mention.start : mention.end]
            if text == alias.text and mention.entity is not None and mention.entity != alias.long.entity:
                return True
            if text.startswith(alias.text + " ") and text != alias.name and mention.label != alias.long.label:
                return True
    return False


def _mark(doc: Doc, sentence: str, known: dict[str, _Alias]) -> None:
    """Add the mentions of known aliases that no other mention covers; give an unknown mention of the same words its long form."""
    if not known:
        return
    mentions = list(doc._.mentions)
    for text, alias in sorted(known.items(), key=lambda item: -len(item[0])):
        for start in _occurrences(sentence, text) if text in sentence else ():
            end = start + len(text)
            over = [m for m in mentions if m.start < end and start < m.end]
            if any(m.entity is not None or m.antecedent or (m.start, m.end) != (start, end) for m in over):
                continue
            new = Found(start, end, alias.long.label, alias.long.entity, READER, name=alias.name)
            mentions = [m for m in mentions if m not in over] + [
                new if not over else replace(over[0], label=new.label, entity=new.entity, name=new.name)
            ]
    if mentions != list(doc._.mentions):
        doc._.mentions = tuple(sorted(mentions, key=lambda m: m.start))


def _occurrences(text: str, name: str) -> Iterator[int]:
    """Yield where a name stands; one word not within a longer name ("Verizon" in Verizon Wireless)."""
    edge = r"(?<![\w-])" if name[0].isascii() else ""
    tail = r"(?![\w-])" if name[-1].isascii() else ""
    alone = name.isascii() and " " not in name
    for found in re.finditer(edge + re.escape(name) + tail, text):
        before = _LONGER_BEFORE.search(text, 1, found.start()) if alone else None
        longer = before is not None and before["word"] not in word_list("en", "calendar")
        if not alone or not (longer or _LONGER.match(text, found.end())):
            yield found.start()
