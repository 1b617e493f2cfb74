"""The shadow of a sentence: every mention and every value is one private-use character, so that a pattern can speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from spacy.tokens import Doc

from kg.knowledge.frames import Frames
from kg.knowledge.lexicon import load_lexicon
from kg.knowledge.normalise import HAN
from kg.knowledge.ontology import load_ontology
from kg.nlp.spans import Found, Quantity, ValueKind

FIRST_MENTION, FIRST_VALUE, FIRST_FREE = 0xE000, 0xE100, 0xE200
VALUE_KINDS: tuple[str, ...] = get_args(ValueKind)
ANY_MENTION = f"{chr(FIRST_MENTION)}-{chr(FIRST_VALUE - 1)}"
ANY_VALUE = f"{chr(FIRST_VALUE)}-{chr(FIRST_FREE - 1)}"
_COMMON = 0x40  # how far the characters of common nouns lie behind those of names
_TWIN = 0x80  # and those of things that are a sector as well ("optical modules", "rare earths")
_TWINNED = frozenset({"Product", "Resource"})
_GLOSS = re.compile(r"\s?(?:\([^()]{1,40}\)|（[^（）]{1,40}）|<[A-Z0-9.=^]{1,12}>)|\s[A-Z0-9]{1,7}\.[A-Z]{1,2}\b")
_CODE_GLOSS = re.compile(r"[A-Z0-9.:\s,/-]{1,30}|(?:代码|股票代码|code|NYSE|Nasdaq)\W?.{1,20}|.{0,25}\b[A-Z0-9]{1,7}\.[A-Z]{1,2}\b.{0,10}")
_PARTS = re.compile(r"[,，;；]")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}")
_TOUCH = re.compile(r"(?<=[A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff)）])(?=[A-Za-z])")
_LATIN_NAME = re.compile(r"[A-Z][\w.&'’-]*(?: (?:of |and |& )?[A-Z0-9][\w.&'’-]*){0,3}")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "「": "」", "《": "》", "『": "』"}


_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Shadow:
    """A sentence with each mention and value as one character. `starts[i]` and `ends[i]` are where character `i` lies in the sentence."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    mentions: Mapping[int, Found]
    values: Mapping[int, Quantity]
    labels: frozenset[str]


@cache
def mention_characters(labels: frozenset[str], named: bool = False) -> str:
    """Return the characters that stand for mentions of these labels (of names only, if `named`)."""
    order = list(load_ontology().labels)
    names = sorted(FIRST_MENTION + order.index(label) for label in labels)
    twins = sorted(FIRST_MENTION + order.index(label) + _TWIN for label in _TWINNED if label in labels or "Sector" in labels)
    return "".join(map(chr, names if named else [*names, *(code + _COMMON for code in names), *twins]))


@cache
def back_characters() -> str:
    """Return the characters that stand for what is not named but meant: "its", "the company", and common nouns."""
    return "".join(chr(ord(code) + _COMMON) for code in mention_characters(frozenset(load_ontology().labels), named=True))


def as_label(mention: Found, labels: frozenset[str]) -> Found | None:
    """Return the mention as what a slot asks for: as it is, or as the sector of that name; None where it is neither."""
    if mention.label in labels:
        return mention
    twin = _sector_of(mention) if "Sector" in labels else None
    return replace(mention, label="Sector", entity=twin) if twin else None


def _sector_of(mention: Found) -> str | None:
    """Return the lexicon's id of the sector that bears the name of a product or resource."""
    return _twin(mention.entity) if mention.entity is not None and mention.label in _TWINNED else None


@cache
def _twin(entity: str) -> str | None:
    entry = load_lexicon().twin(entity, "Sector")
    return entry.id if entry else None


@cache
def _characters_of(label: str) -> tuple[str, str, str]:
    """Return the characters of a name, of a common noun, and of a thing that is a sector as well."""
    code = FIRST_MENTION + list(load_ontology().labels).index(label)
    return chr(code), chr(code + _COMMON), chr(code + _TWIN)


def _character(mention: Found, text: str) -> str:
    name, common, twin = _characters_of(mention.label)
    if _sector_of(mention):
        return twin
    is_common = mention.reader == "generic" or (mention.reader != "site" and not any(c.isupper() or c.isdigit() or c > "\u2e80" for c in text))
    return common if is_common else name


@cache
def value_characters(kinds: tuple[str, ...]) -> str:
    """Return the characters that stand for values of these kinds."""
    return "".join(chr(FIRST_VALUE + VALUE_KINDS.index(kind)) for kind in kinds)


def shade(doc: Doc, frames: Frames) -> Shadow:
    """Return the shadow of a sentence: `doc._.mentions` and `doc._.values` as private-use characters, spelling folded."""
    text: str = doc.text
    spaced, possessives = frames.syntax.spaces, frames.syntax.possessives
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    mentions: dict[int, Found] = {}
    values: dict[int, Quantity] = {}

    def put(characters: str, start: int, end: int) -> None:
        pieces.append(characters)
        starts.extend([start] * len(characters))
        ends.extend([end] * len(characters))

    position = 0
    for start, end, item in [*_spans(doc), (len(text), len(text), None)]:
        if spaced and _TOUCH.match(text, position):  # Chinese leaves no blank around the English words that it takes in
            put(" ", position, position)
        apart = isinstance(item, Quantity) and text[position:start].isspace()  # "North Field 6.25%的股权": a name before its value
        for left, right in [(position, start)] if spaced else () if apart else _written(text, position, start):
            pieces.append(text[left:right])
            starts.extend(range(left, right))
            ends.extend(range(left + 1, right + 1))
        if spaced and item is not None and start > position and _TOUCH.match(text, start):
            put(" ", start, start)
        if isinstance(item, Found):
            mentions[len(starts)] = item
            name = text[item.start:item.end]
            put(_character(item, name), start, end)
            if name.lower() in possessives:  # "its" is whose something is
                put("'s", end, end)
        elif item is not None:
            values[len(starts)] = item
            put(value_characters((item.kind,)), start, end)
        position = end
    shadow = "".join(pieces).translate(_folding(tuple(frames.syntax.fold.items())))
    return Shadow(shadow, starts, ends, mentions, values, _labels(mentions.values()))


def _written(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `text[start:end]` without white space, where words are not written apart; between Latin words it stays."""
    for gap in _SPACE.finditer(text, start, end):
        if not (_latin(text, gap.start() - 1) and _latin(text, gap.end())):
            yield start, gap.start()
            start = gap.end()
    yield start, end


@cache
def _folding(pairs: tuple[tuple[str, str], ...]) -> dict[int, str]:
    return str.maketrans(dict(pairs))


def _labels(mentions: Iterable[Found]) -> frozenset[str]:
    return frozenset(label for m in mentions for label in ((m.label, "Sector") if _sector_of(m) else (m.label,)))


def _latin(text: str, i: int) -> bool:
    return 0 <= i < len(text) and text[i].isascii() and text[i].isalnum()


def _spans(doc: Doc) -> list[tuple[int, int, Found | Quantity]]:
    """Return mentions and values in order, not overlapping: a mention takes its gloss and quotation marks, a value yields to a mention."""
    text = doc.text
    mentions: tuple[Found, ...] = tuple(doc._.mentions)
    values: tuple[Quantity, ...] = tuple(doc._.values)
    spans: list[tuple[int, int, Found | Quantity]] = []
    covered = 0
    for mention in mentions:
        start, end = mention.start, mention.end
        if start < covered:
            continue
        if mention.code and text[end - 2:end] in {"'s", "’s"}:  # found by its code: the name before it may be owning something
            end -= 2
        gloss = _GLOSS.match(text, end)
        if gloss and _is_gloss(mention, gloss, mentions, values):
            end = gloss.end()
        if start > covered and end < len(text) and _QUOTES.get(text[start - 1]) == text[end]:
            start, end = start - 1, end + 1
        spans.append((start, end, mention))
        covered = end
    for value in values:
        start, end = value.start, value.end
        for taken_start, taken_end, _ in spans:
            if taken_start <= start < taken_end:
                start = taken_end
            elif start < taken_start < end:
                end = taken_start
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end and not (start > value.start and not any(c.isdigit() for c in text[start:end])):
            spans.append((start, end, value))
    return sorted(spans, key=lambda span: span[0])


def _is_gloss(mention: Found, gloss: re.Match[str], mentions: tuple[Found, ...], values: tuple[Quantity, ...]) -> bool:
    """Tell whether brackets behind a mention only say its code, its other name, or both ("禾赛(Hesai, HSAI)")."""
    inside = [m for m in mentions if m.start >= gloss.start() and m.end <= gloss.end()]
    content = gloss.group().strip(" ()（）<>")
    if not inside:
        amounts = [v for v in values if v.start >= gloss.start() and v.end <= gloss.end() and v.kind not in {"number", "count"}]
        return not amounts and bool(_CODE_GLOSS.fullmatch(content) or _in_other_script(gloss.string[mention.start:mention.end], content))
    other = inside[0]
    same = mention.entity == other.entity if mention.entity and other.entity else mention.label not in {"Sector", "Place"}
    if other.label != mention.label or not same or any(m.entity != other.entity for m in inside[1:]):
        return False
    named = {gloss.string[m.start:m.end] for m in inside}
    parts = [part.strip() for part in _PARTS.split(content)]
    return len(inside) <= len(parts) and all(part in named or _CODE_GLOSS.fullmatch(part) for part in parts)


def _in_other_script(name: str, content: str) -> bool:
    """Tell whether brackets hold one name in the other script than the name before them, with or without a code: "利乐 (Tetra Pak)"."""
    word, *codes = _PARTS.split(content)
    form = _LATIN_NAME if HAN.search(name) else _HAN_NAME
    return bool(form.fullmatch(word.strip())) and all(_CODE_GLOSS.fullmatch(code.strip()) for code in codes)
