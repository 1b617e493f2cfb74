"""What every kind of text shares: references, table scraps, the marks of a publisher at either end, and the making of a `Document`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dateutil import parser as dates

from kg.ids import digest, make_id
from kg.knowledge.language import language_of
from kg.model import Document, Language, Passage, PassageKind

_REFERENCES = re.compile(r"\[\d{1,3}(?:\s?[,，-]\s?\d{1,3})*\](?:\s?\[\d{1,3}(?:\s?[,，-]\s?\d{1,3})*\])*(?!\()")
_CELL = r"[^|\n。！？!?]{0,160}"
_TABLE = re.compile(rf"\|(?:{_CELL}\|){{2,}}(?:[ .…]+(?=\s|$))?")
_FOREIGN = re.compile(r"(?:[\u0370-\u052f\u0600-\u06ff\u0e00-\u0e7f]+[\s.,|]*){3,}")  # letters neither language has: OCR of a picture
_DATELINE_EN = re.compile(
    r"\s*[A-Z][A-Z .,'/&-]{2,60}(?:,?\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2})?\s*\((?P<source>[A-Z][\w .&]{1,30})\)\s+[-–—]+\s+")
_DATELINE_ZH = re.compile(
    r"\s*(?P<source>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:[\u4e00-\u9fff]{2,4})?\d{1,2}月\d{1,2}日(?:电|讯|消息)[，,：:丨|\s]\s*")
_SIGNED_ZH = re.compile(r"[（(](?P<source>[\u4e00-\u9fffA-Za-z]{2,12})[）)]\s*\Z")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")


def references(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of inline references such as `[3][10]`."""
    return tuple(found.span() for found in _REFERENCES.finditer(text))


def scraps(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of table scraps within `[start, end)`: rows of cells between strokes, and letters of no language read here."""
    found = sorted([*(m.span() for m in _TABLE.finditer(text, start, end)), *(m.span() for m in _FOREIGN.finditer(text, start, end))])
    merged: list[tuple[int, int]] = []
    for first, last in found:
        if merged and not text[merged[-1][1]:first].strip(" .|…-"):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def body(text: str, start: int, end: int, section: str | None = None) -> Iterator[Passage]:
    """Yield the body passages within `[start, end)`, cut by the table scraps among them."""
    position = start
    for first, last in [*scraps(text, start, end), (end, end)]:
        yield from one(text, position, first, "body", section)
        yield from one(text, first, last, "table", section)
        position = last


def one(text: str, start: int, end: int, kind: PassageKind, section: str | None = None) -> Iterator[Passage]:
    """Yield the passage `[start, end)` without the space at its ends, or nothing when there is only space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Passage(start=start, end=end, kind=kind, language=language_of(text[start:end]), section=section)


def signature(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    """Return where the news itself begins and ends in `[start, end)`, and the publisher that its dateline or its last bracket names."""
    source = None
    opening = _DATELINE_EN.match(text, start, min(end, start + 160)) or _DATELINE_ZH.match(text, start, min(end, start + 60))
    if opening:
        source, start = opening["source"], opening.end()
    closing = _SIGNED_ZH.search(text, max(start, end - 20), end)
    if closing and text[closing.start() - 1:closing.start()] in tuple("。！？!?.”；"):
        source, end = source or closing["source"], closing.start()
    return start, end, source


def when(written: Any) -> str | None:
    """Return a date as people and machines write it (20090407, ISO, `2026/1/18 13:51`, a datetime) in ISO 8601, or None when it is none."""
    said = str(written).strip() if written is not None else ""
    if not said or not re.search(r"\d{4}", said):
        return None
    if _ISO.fullmatch(said):
        said = said.replace(" ", "T")
    said = re.sub(r"(\d{4})年(\d{1,2})月(\d{1,2})日?", r"\1-\2-\3", said)
    try:
        moment = dates.parse(said)
    except (ValueError, OverflowError, TypeError):
        return None
    return moment.isoformat(timespec="minutes") if re.search(r"\d:\d", said) else moment.date().isoformat()


def voice(text: str) -> str:
    """Return a digest of the words alone: copies of one text that differ in references, spaces, marks or case share it."""
    return digest(re.sub(r"[\W_]+", "", _REFERENCES.sub("", text)).casefold())


def make_document(
    text: str, *, path: str, offset: int, title: str, passages: Iterable[Passage], source: str | None = None, published: str | None = None,
    zone: str | None = None, url: str | None = None, language: Language | None = None, interested_party: str | None = None,
    blanked: Iterable[tuple[int, int]] = (), metadata: Mapping[str, Any] | None = None,
) -> Document:
    """Return the document of `text`, its id made of what it says: a file may move and be renamed."""
    parts = tuple(sorted(passages, key=lambda passage: passage.start))
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    read = " ".join(text[p.start:p.end] for p in parts if p.kind in ("title", "body"))
    body_text = " ".join(text[p.start:p.end] for p in parts if p.kind == "body")
    return Document(
        id=make_id("doc", sha256, title), path=path, offset=offset, title=title, source=source or None, published=published,
        zone=zone if published else None, language=language or language_of(read), url=url or None, sha256=sha256,
        interested_party=interested_party, text=text, passages=parts, references=tuple(sorted({*references(text), *blanked})),
        metadata={**(metadata or {}), "voice": voice(body_text or text)},
    )
