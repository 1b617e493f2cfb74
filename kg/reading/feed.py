"""The research feed: a page copied as text, with a head and then documents one below the other.

    Computing power                     <- page head: the topic, words of buttons
    Search documents
    Title of a document
    SOURCE NAME· 2026-01-18 13:51       <- the line that makes a feed
    Core Viewpoint - Sentence [1][3]. - Sentence. Group 1: A heading - Sentence ...

A text is a feed when it has such a source line with a date. The line above is the title; what follows, up to the next title, is the body.
Inside the body a heading is a phrase in title case (or `Group 1: ...`) before " - ", at the start or right after a sentence's end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Document, Passage
from kg.reading import passages
from kg.reading.promotion import promoted_fund

ZONE = "Asia/Shanghai"

_DOT = "·•・∙‧"
_DATE = r"(?P<date>\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?)(?:[ T]\s?(?P<time>\d{1,2}:\d{2})(?::\d{2})?)?"
_SOURCE_LINE = re.compile(rf"\s*(?P<source>[^\n{_DOT}|]{{0,60}}?)\s*[{_DOT}]\s*{_DATE}\s*\Z")
_NO_DATE = (
    r"(?:\d{1,2}[-/]\d{1,2}(?:\s\d{1,2}:\d{2})?|\d{1,2}:\d{2}|\d+\s?(?:小时|分钟|天|hours?|minutes?|days?)\s?(?:前|ago)"
    r"|(?:昨天|今天|刚刚|[Yy]esterday|[Tt]oday|[Jj]ust now)[\s\d:]*|[-–—]+|[Nn]/?[Aa]|null|None|unknown)?"
)
_UNDATED_LINE = re.compile(rf"\s*(?P<source>[^\n{_DOT}|。！？]{{1,60}}?)\s*[{_DOT}]\s*{_NO_DATE}\s*\Z")
_BUTTONS_EN = (
    "search documents|workflow|icon|icons|image|copy|share|more|read more|show more|show less|load more|back|home|menu|login|log in|sign in"
    "|sign up|subscribe|download|collapse|expand|translate|original|favorites|like|comment|comments|logo|avatar|search|filter|sort|all"
    "|latest|documents|chat"
)
_BUTTONS_ZH = "查看更多|展开|收起|更多|搜索|登录|注册|分享|收藏|复制|返回|首页|下载|全部|最新|原文|翻译"
_WORD = r"[A-Z0-9][\w&'’/.-]*"
_SMALL = r"(?:and|or|of|the|for|in|to|on|with|from|by|vs\.?|as|at|into|amid|a|an|its|&|\+)"
_PHRASE = rf"[A-Z][\w&'’/-]*(?:,?\s(?:{_WORD}|{_SMALL})){{0,11}}"
_HEADING = re.compile(
    r"(?:(?<=[.!?。！？\]\"”;:；])\s*|(?<=\n)\s*|^\s*)(?:\*\*)?"
    rf"(?P<head>(?:Group|Part|Section|Chapter)\s\d+\s?[:：.]\s?[^\n]{{2,90}}?|{_PHRASE}"
    r"|第?[一二三四五六七八九十]+[、.：:]\s?[\u4e00-\u9fff]{2,20}|[\u4e00-\u9fff]{2,12})(?:\*\*)?\s[-–—]\s(?=\S)",
)
_LONE_HEADING = re.compile(rf"(?:#+\s*)?(?:(?:Group|Part|Section)\s\d+\s?[:：]\s?[^\n.。]{{2,80}}|{_PHRASE})\s*[:：]?\Z")
_BODY_OPENS = re.compile(r"\s*(?:Core (?:Insights?|Viewpoints?)|Investment (?:Rating|Highlights?)|Summary|Group \d+:|[-•|]\s|\d+[.、])")
_STOPPED = re.compile(r"[.。!！?？;；|][\"”’)）]*\s*\Z|\[\d+\]\s*\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Item:
    """One document of the page: its title line (or none), its source line, and where its slice begins."""

    title: _Line | None
    mark: _Line
    source: str
    published: str | None
    first: int  # number of its first line


def is_feed(text: str) -> bool:
    """Return whether `text` is a page of the feed: a line `SOURCE· DATE` with text below it, or one without date above a typical body."""
    lines = _lines(text)
    for at, line in enumerate(lines):
        below = _below(lines, at)
        if below and _SOURCE_LINE.match(line.text):
            return True
        if at and _UNDATED_LINE.match(line.text) and _BODY_OPENS.match(below) and " - " in below:
            return True
    return False


def read_feed(text: str, path: str, zone: str = ZONE) -> Iterator[Document]:
    """Yield the documents of a page. Their times are in `zone`: the feed writes local time and names no zone, and its home is China."""
    lines = _lines(text)
    furniture = _furniture(lines)
    items = list(_items(lines, furniture))
    head = [line.text.strip() for line in lines[:items[0].first] if line.text.strip()] if items else []
    for number, item in enumerate(items):
        begin = lines[item.first].start
        end = lines[items[number + 1].first].start if number + 1 < len(items) else len(text)
        parts = _passages(text[begin:end], item, begin, furniture)
        yield _document(text[begin:end], item, parts, path=path, offset=begin, zone=zone, head=head)


def _passages(text: str, item: _Item, begin: int, furniture: frozenset[str]) -> list[Passage]:
    """The passages of one document, `text`, whose slice begins at `begin` of the page."""
    parts: list[Passage] = []
    if item.title is not None:
        parts += passages.one(text, item.title.start - begin, item.title.end - begin, "title")
    parts += passages.one(text, item.mark.start - begin, item.mark.end - begin, "source")
    known = {(part.start, part.end) for part in parts}
    section: str | None = None
    for line in _lines(text):
        if any(start < line.end and line.start < end for start, end in known) or not line.text.strip():
            continue
        if line.text.strip().lower() in furniture:
            parts += passages.one(text, line.start, line.end, "furniture")
        elif len(line.text) <= 90 and _LONE_HEADING.match(line.text.strip()) and not _STOPPED.search(line.text):
            section = line.text.strip(" #:：")
            parts += passages.one(text, line.start, line.end, "section")
        else:
            section = _body_line(text, line, section, parts)
    return parts


def _document(text: str, item: _Item, parts: list[Passage], *, path: str, offset: int, zone: str, head: list[str]) -> Document:
    title = item.title.text.strip() if item.title else _opening(text, parts)
    return passages.make_document(
        text, path=path, offset=offset, title=title, passages=parts, source=item.source, published=item.published, zone=zone,
        interested_party=promoted_fund(title, text, item.source),
        metadata={
            "format": "feed",
            "format_why": f"the line {item.mark.text.strip()!r} is the feed's way to name source and time",
            "zone_why": "the feed names no zone; its times are taken to be those of its home" if item.published else "no time is given",
            "page_head": head,
        },
    )


def _body_line(text: str, line: _Line, section: str | None, parts: list[Passage]) -> str | None:
    """Add the passages of one body line to `parts`; return the section that is open at its end."""
    position = line.start
    for found in _HEADING.finditer(text, line.start, line.end):
        if found.start("head") < position:
            continue
        parts += passages.body(text, position, found.start("head"), section)
        section = found["head"].strip()
        parts += passages.one(text, found.start("head"), found.end("head"), "section")
        position = found.end()
    parts += passages.body(text, position, line.end, section)
    return section


def _items(lines: list[_Line], furniture: frozenset[str]) -> Iterator[_Item]:
    """Find the source lines and, above each, its title."""
    sources = {found["source"].strip() for line in lines if (found := _SOURCE_LINE.match(line.text))}
    last = -1
    for at, line in enumerate(lines):
        found = _SOURCE_LINE.match(line.text)
        published = passages.when(f"{found['date']} {found['time'] or ''}") if found else None
        source = found["source"].strip() if found else _undated(lines, at, sources)
        if source is None:
            continue
        title = _title_above(lines, at, last, furniture)
        if found is None and title is None:
            continue
        yield _Item(lines[title] if title is not None else None, line, source, published, title if title is not None else at)
        last = at


def _undated(lines: list[_Line], at: int, sources: set[str]) -> str | None:
    """The source of a line that lacks the date: it ends in the dot, or is a source seen elsewhere on the page, and a body follows."""
    line = lines[at].text
    below = _below(lines, at)
    if not below:
        return None
    marked = _UNDATED_LINE.match(line)
    if marked and (len(below) > 80 or _BODY_OPENS.match(below)):
        return marked["source"].strip()
    bare = line.strip()
    return bare if bare in sources and (len(below) > 80 or _BODY_OPENS.match(below)) else None


def _below(lines: list[_Line], at: int) -> str:
    """The first line with text among the three below line `at`."""
    return next((later.text for later in lines[at + 1:at + 4] if later.text.strip()), "")


def _title_above(lines: list[_Line], at: int, last: int, furniture: frozenset[str]) -> int | None:
    """The number of the title line above source line `at`, or None when what stands there is the body of the document before."""
    above = [number for number in range(last + 1, at) if lines[number].text.strip() and lines[number].text.strip().lower() not in furniture]
    if not above:
        return None
    number = above[-1]
    line = lines[number].text.strip()
    if len(line) > 240 or line.startswith(("- ", "| ", "•")) or _BODY_OPENS.match(line):
        return None
    # a short line with a full stop is a title only if a body, or the page's head, stands above it
    if re.search(r"[.。;；|]\s*\Z|\[\d+\]\s*\Z", line) and last >= 0 and len(above) == 1:
        return None
    return number


def _furniture(lines: list[_Line]) -> frozenset[str]:
    """Words of buttons: those known, and short lines without a stop that stand on the page again and again."""
    counts = Counter(line.text.strip().lower() for line in lines if 0 < len(line.text.strip()) <= 24)
    again = {words for words, count in counts.items() if count >= 3 and not _STOPPED.search(words) and not any(d in words for d in _DOT)}
    return frozenset({*_BUTTONS_EN.split("|"), *_BUTTONS_ZH.split("|"), *again})


def _opening(text: str, parts: list[Passage]) -> str:
    """What to call a document without a title: the first words of its body."""
    for part in parts:
        if part.kind == "body":
            words = re.sub(r"\s+", " ", text[part.start:part.end]).lstrip("-• ")
            return words if len(words) <= 80 else words[:79].rstrip() + "…"
    return ""


def _lines(text: str) -> list[_Line]:
    found, start = [], 0
    for piece in text.splitlines(keepends=True) if "\u2028" not in text else re.split(r"(?<=\n)", text):
        bare = piece.rstrip("\r\n")
        found.append(_Line(start, start + len(bare), bare))
        start += len(piece)
    return found
