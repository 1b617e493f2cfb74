"""Documents into sentences: one sentence, one language, one spaCy `Doc`.

The rules are those of a proof-reader, not of a model, because the offsets must be exact and the same on every machine: stops, with the
abbreviations that are none (Inc., U.S., No. 3); bullets and numbered items; lines; the bracketed head of a Chinese flash. A Chinese
semicolon ends a sentence here: in news flashes each side has its own subject, and a reader that sees both links across.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.knowledge.language import language_of
from kg.model import Document, Language, Passage, PassageKind

LONGEST = 600  # characters; a longer "sentence" is a list or a table that lost its form, and parsers degrade on it

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IS_HAN = re.compile(f"[{_HAN}]")
_CLOSERS = "”’\"'」』）)】》］]"
_STOP = re.compile(rf"(?P<mark>[。！？!?]+|\.+|[；;])(?P<close>[{re.escape(_CLOSERS)}]*)(?P<gap>\s*)")
_EMPHASIS = re.compile(r"\*\*+|__+|`+")
_BULLET = re.compile(r"(?:(?<=\s)|^)(?P<mark>[-–—•▪●■◆▶*·])\s+(?=\S)")
_DOT_BULLET = re.compile(r"\s*[•▪●■◆▶]\s*")
_ITEM = re.compile(r"(?<![\w.,$€£¥])(?:[(（](?P<a>\d{1,2})[)）]|(?P<b>\d{1,2})(?:[.．](?!\d)|、|[)）])|(?P<c>[①-⑳]))\s*(?=\S)")
_HEAD = re.compile(r"【[^【】\n]{2,120}】")
_NEWLINE = re.compile(r"[^\S\n]*\n\s*")
_CLAUSE = re.compile(r"[,，、;；:：]|\s")
_CITED = re.compile(r"(?<=\S)\s{3,}[.。;；]\Z")  # a blanked reference before the stop: the sentence ends where its words do
_LAST_WORD = re.compile(r"[\w.&'’]+\Z")
_NEXT_WORD = re.compile(r"[^\w]*(\w+)")
_SAYS_SOMETHING = re.compile(rf"[\w{_HAN}]")

# After these a full stop never ends a sentence (the number sign and the months only before a digit).
_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "sen", "gen", "gov", "rep", "rev", "hon", "st", "mt", "vs", "v", "approx", "est", "e.g", "i.e",
    "cf", "viz", "al", "messrs", "capt", "lt", "col", "sgt",
))
_BEFORE_DIGIT = frozenset((
    "no", "nos", "fig", "figs", "vol", "ch", "sec", "art", "p", "pp", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "oct", "nov", "dec",
))
# After these it does when the next word is one that opens sentences.
_NAMES = frozenset((
    "inc", "corp", "co", "ltd", "llc", "plc", "lp", "bros", "jr", "sr", "etc", "intl", "dept", "assn", "bhd", "cos", "univ", "ag", "sa",
    "nv",
))
_OPENERS = frozenset((
    "the", "a", "an", "it", "its", "in", "on", "at", "by", "for", "from", "with", "as", "but", "and", "or", "so", "if", "when", "while",
    "after", "before", "since", "although", "though", "because", "this", "that", "these", "those", "he", "she", "they", "we", "i",
    "you", "his", "her", "their", "our", "there", "here", "however", "meanwhile", "moreover", "analysts", "shares", "investors",
    "company", "companies", "some", "many", "most", "all", "both", "each", "one", "two", "no", "not", "what", "who", "how", "why",
    "last", "next", "under", "according", "to", "during", "despite",
))
_BEFORE_FIGURE = frozenset((
    "to", "of", "by", "at", "in", "no", "from", "than", "and", "or", "is", "was", "are", "number", "about", "over", "nearly",
))
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`document.text[start:end]` is the sentence; `text` is the same, and as long, with references and emphasis marks as spaces."""

    start: int
    end: int
    text: str
    language: Language
    passage: PassageKind
    section: str | None = None


def split(document: Document) -> list[Sentence]:
    """Return the sentences of `document`'s titles and bodies, in their order.

    Tables, furniture, source lines and headings give none. A document without passages is read as one body.
    """
    text = _blank(document)
    passages = document.passages or (Passage(start=0, end=len(text), kind="body", language=document.language),)
    sentences = []
    for passage in passages:
        if passage.kind in ("title", "body"):
            for start, end in _pieces(document.text, text, passage.start, passage.end):
                said = text[start:end]
                sentences.append(Sentence(start, end, said, language_of(said, passage.language), passage.kind, passage.section))
    return sentences


def _blank(document: Document) -> str:
    """The document's text with references and emphasis marks as spaces."""
    text = document.text
    for start, end in document.references:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return _EMPHASIS.sub(lambda found: " " * len(found.group()), text)


def _pieces(original: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences within `[start, end)`, trimmed of space, none longer than LONGEST and none without a letter or digit."""
    items = dict(_items(original, text, start, end))
    breaks = sorted({*items.items(), *_bullets(original, text, start, end), *_stops(text, start, end, items), *_lines(text, start, end)})
    begin = start
    for stop, resume in [*breaks, (end, end)]:
        if stop > begin:
            yield from _trimmed(text, begin, stop)
        begin = max(begin, resume)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = end
        if end - start > LONGEST:
            marks = [mark.end() for mark in _CLAUSE.finditer(text, start + LONGEST // 2, start + LONGEST)]
            strong = [at for at in marks if not text[at - 1].isspace()]
            stop = (strong or marks or [start + LONGEST])[-1]
        first, last = start, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        cited = _CITED.search(text, max(first, last - 80), last)
        last = cited.start() if cited else last
        if _SAYS_SOMETHING.search(text, first, last):
            yield first, last
        start = stop


def _before(text: str, at: int, start: int) -> str:
    """The last character before `at` that is no space, or a line break when there is none."""
    while at > start and text[at - 1] in " \t\u3000\u00a0":
        at -= 1
    return text[at - 1] if at > start else "\n"


def _items(original: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Numbered items: `1.` opens a list after a stop, a colon, a reference or at a line's start; `n` goes on with one that has `n - 1`."""
    reached = 0
    for found in _ITEM.finditer(text, start, end):
        number = int(found["a"] or found["b"] or ord(found["c"]) - ord("①") + 1)
        before = _before(original, found.start(), start)
        if not reached or number != reached + 1:
            goes_on = False
        else:  # `1. Chips 2. Power`: in an open list the next number needs no stop before it, if it is not the end of a phrase (rose to 2.)
            word = _last_word(text, start, found.start() - 1)
            goes_on = word.isalpha() and word not in _BEFORE_FIGURE and text[found.end():found.end() + 1].isupper()
        opens = goes_on or before in "\n:：.。;；!！?？]】-"
        if opens and (number == 1 or number == reached + 1 or (before == "\n" and number <= 20)):
            reached = number
            yield found.start(), found.end()


def _bullets(original: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Bullets: at a line's start, or, as the feed sets them, a dash between the end of one item and the start of the next."""
    for found in _BULLET.finditer(text, start, end):
        mark, before = found["mark"], _before(original, found.start(), start)
        if before == "\n" or mark in "•▪●■◆▶" or (mark in "-–—" and before in ".。!！?？]:：;；”\""):
            yield found.start(), found.end()
    for found in _DOT_BULLET.finditer(text, start, end):
        yield found.start(), found.end()


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Line breaks that end a sentence. One within a wrapped paragraph (a wide line without a stop, a plain one after it) does not."""
    begin = start
    for found in _NEWLINE.finditer(text, start, end):
        line = text[begin:found.start()]
        after = text[found.end():found.end() + 1]
        width = len(line) + len(_IS_HAN.findall(line))
        stopped = line[-1:] in ".。!！?？:：;；" + _CLOSERS
        wrapped = width >= 56 and found.group().count("\n") == 1 and not stopped
        if not wrapped or after in "-•*【#|" or _ITEM.match(text, found.end()):
            yield found.start(), found.end()
        begin = found.end()
    head = _HEAD.match(text, start + len(text[start:end]) - len(text[start:end].lstrip()), end)
    if head:
        yield head.end(), head.end()


def _stops(text: str, start: int, end: int, items: dict[int, int]) -> Iterator[tuple[int, int]]:
    for found in _STOP.finditer(text, start, end):
        marks_item = any(first <= found.start() < last for first, last in items.items())
        if not marks_item and _ends(text, found, start, end):
            after = found.end("close")
            yield after, after


def _ends(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Whether this stop ends a sentence."""
    mark, gap, at = found["mark"], found["gap"], found.end()
    following = text[at:at + 1] if at < end else ""
    if not following:
        return True
    before = text[found.start() - 1:found.start()] if found.start() > start else ""
    if mark in ("；", ";"):
        return bool(mark == "；" or _IS_HAN.match(before) or _IS_HAN.match(following))
    if mark[0] in "。！？":
        return not (found["close"] and following in ",，、;；的")
    chinese = bool(_IS_HAN.match(following) or _IS_HAN.match(before))
    if mark[0] in "!?":
        if chinese:
            return not (found["close"] and following in ",，、;；的")
        return bool(gap) and not following.islower() and not (mark == "!" and _last_word(text, start, found.start()) == "yahoo")
    if not gap:
        return chinese and bool(_IS_HAN.match(following)) and bool(_IS_HAN.match(before)) and mark == "."
    if mark != "." or following.islower():
        return mark != "." and following.isupper()
    word = _last_word(text, start, found.start())
    if word in _TITLES or (word in _BEFORE_DIGIT and following.isdigit()):
        return False
    if word in _NAMES or _ACRONYM.match(word) or (len(word) == 1 and word.isalpha()):
        next_word = _NEXT_WORD.match(text, at)
        return "\n" in gap or (next_word is not None and next_word[1].lower() in _OPENERS) or following in "\"“-"
    return True


def _last_word(text: str, start: int, at: int) -> str:
    found = _LAST_WORD.search(text[max(start, at - 20):at])
    return found.group().lower().strip(".'’") if found else ""
