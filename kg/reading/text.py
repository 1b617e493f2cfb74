"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import yaml

from kg.model import Document, Language, Passage
from kg.reading import passages

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\r?\n|\Z)))*")
_ENDS = re.compile(r"[.。!！?？;；,，、]\s*\Z")
_DATE_LINE = re.compile(
    r"\s*(?:(?P<source>[^\n|·•:：]{2,40}?)\s*[|·•,，]\s*)?(?:Published|Updated|Date|发布时间|日期|时间)?\s*[:：]?\s*"
    r"(?P<date>\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:[ T]\s?\d{1,2}:\d{2}(?::\d{2})?)?)\s*\Z", re.I)
_HASH = re.compile(r"^(?P<mark>#{1,6})[^\S\n]+(?P<words>[^\n]*?)[^\S\n]*#*[^\S\n]*\r?$", re.M)
_UNDERLINED = re.compile(r"^(?P<words>[^\s|>#-][^\n]*)\r?\n(?P<mark>=|-)(?P=mark){2,}[^\S\n]*\r?$", re.M)
_FENCE = re.compile(r"^(?P<fence>```+|~~~+)[^\n]*\n(?:.*?\n)??(?P=fence)[^\n]*$", re.M | re.S)
_ROWS = re.compile(r"^[^\S\n]*\|[^\n]*\|[^\S\n]*\r?$(?:\n[^\S\n]*\|[^\n]*\|[^\S\n]*\r?$)*", re.M)
_COMMENT = re.compile(r"<!--.*?-->|^[^\S\n]*(?:-{3,}|\*{3,}|_{3,})[^\S\n]*\r?$|^[^\S\n]*!\[[^\]\n]*\]\([^)\n]*\)[^\S\n]*\r?$", re.M | re.S)
_FRONT = re.compile(r"\A---[^\S\n]*\r?\n(?P<yaml>.*?)\r?\n(?:---|\.\.\.)[^\S\n]*(?:\r?\n|\Z)", re.S)
_LINK = re.compile(r"!?\[(?P<words>[^\]\n]*)\](?P<target>\([^)\s]*(?:\s\"[^\"\n]*\")?\)|\[[^\]\n]*\])")
_NOTE = re.compile(r"\[\^[^\]\n]{1,20}\]:?")
_QUOTE = re.compile(r"^[^\S\n]*>+", re.M)


def read_plain(text: str, path: str, zone: str | None = None) -> Document:
    """Return the document of a plain text.

    Its title is a first line that stands alone and does not end like a sentence, else the file's name. A line of source and date below
    it, a dateline and a publisher in the last bracket are read.
    """
    title, position = "", 0
    parts: list[Passage] = []
    first = re.compile(r"\s*(?P<line>[^\n]+)").match(text)
    if first:
        line = first["line"].strip()
        apart = re.match(r"[^\S\n]*\n\s*\S", text[first.end():])
        if apart and len(line) <= 160 and (not re.search(r"[.。;；,，]\s*\Z", line)) and not _DATE_LINE.match(line):
            title, position = line, first.end()
            parts += passages.one(text, first.start("line"), position, "title")
    published, source, position = _dated(text, position, parts)
    start, end, signed = passages.signature(text, position, len(text))
    parts += [*passages.one(text, position, start, "source"), *passages.one(text, end, len(text), "source")]
    parts += paragraphs(text, start, end)
    return passages.make_document(
        text, path=path, offset=0, title=title or _name(path), passages=parts, source=source or signed, published=published, zone=zone,
        metadata={"format": "text"},
    )


def paragraphs(text: str, start: int, end: int, section: str | None = None) -> Iterator[Passage]:
    """Yield the paragraphs of `[start, end)` as passages; a short one that does not end like a sentence heads the next."""
    found = list(_PARAGRAPH.finditer(text, start, end))
    for number, paragraph in enumerate(found):
        words = paragraph.group().strip()
        is_line = "\n" not in words and len(words) <= 80 and not words.startswith(("-", "*", "•", "【"))
        heads = number + 1 < len(found) and len(found[number + 1].group()) > len(words)
        if is_line and heads and not _ENDS.search(words) and "%" not in words:
            section = words.strip("：:# ")
            yield from passages.one(text, paragraph.start(), paragraph.end(), "section")
        else:
            yield from passages.body(text, paragraph.start(), paragraph.end(), section)


def read_markdown(text: str, path: str, zone: str | None = None) -> Document:
    """Return the document of a Markdown text: front matter, headings, code and tables told apart; link targets and notes are no text."""
    meta: dict[str, Any] = {}
    position = 0
    parts: list[Passage] = []
    front = _FRONT.match(text)
    if front:
        try:
            loaded = yaml.safe_load(front["yaml"])
        except yaml.YAMLError:
            loaded = None  # no front matter then: two rules with text between
        if isinstance(loaded, dict):
            meta, position = {str(key).lower(): value for key, value in loaded.items()}, front.end()
            parts += passages.one(text, 0, position, "furniture")
    title = str(meta.get("title") or "")
    section: str | None = None
    for start, end, kind, words in [*_blocks(text, position), (len(text), len(text), "end", "")]:
        parts += _between(text, position, start, section)
        if kind in ("1", "2", "3", "4", "5", "6"):
            is_title = not title or (kind == "1" and section is None and words.strip() == title)
            title = title or words.strip()
            section = section if is_title else words.strip()
            parts += passages.one(text, start, end, "title" if is_title else "section")
        elif kind in ("table", "furniture"):
            parts += passages.one(text, start, end, "table" if kind == "table" else "furniture", section)
        position = max(position, end)
    blanked: list[tuple[int, int]] = []
    for link in _LINK.finditer(text):
        blanked += [(link.start(), link.start("words")), (link.start("target") - 1, link.end())]
    blanked += [found.span() for pattern in (_NOTE, _QUOTE) for found in pattern.finditer(text)]
    known = {"title", "date", "published", "source", "url", "lang"}
    return passages.make_document(
        text, path=path, offset=0, title=title or _name(path), passages=parts, source=_said(meta.get("source")), url=_said(meta.get("url")),
        published=passages.when(meta.get("date") or meta.get("published")), zone=zone, language=language_named(meta.get("lang")),
        blanked=blanked, metadata={"format": "markdown", **{key: value for key, value in meta.items() if key not in known}},
    )


def language_named(name: Any) -> Language | None:
    """Return en or zh for a language code (en-US, zh_CN, chinese), None for any other."""
    said = str(name or "").lower()
    return "zh" if said.startswith(("zh", "chi", "cn")) else "en" if said.startswith("en") else None


def _blocks(text: str, position: int) -> list[tuple[int, int, str, str]]:
    """Headings, code, tables and furniture, in order, none within another."""
    found = [(m.start(), m.end(), "table", "") for pattern in (_FENCE, _ROWS) for m in pattern.finditer(text, position)]
    found += [(m.start(), m.end(), "furniture", "") for m in _COMMENT.finditer(text, position)]
    found += [(m.start("words"), m.end("words"), str(len(m["mark"])), m["words"]) for m in _HASH.finditer(text, position) if m["words"]]
    found += [(m.start(), m.end(), "1" if m["mark"] == "=" else "2", m["words"]) for m in _UNDERLINED.finditer(text, position)]
    apart: list[tuple[int, int, str, str]] = []
    for block in sorted(found, key=lambda b: (b[0], -b[1])):
        if not apart or block[0] >= apart[-1][1]:
            apart.append(block)
    return apart


def _between(text: str, start: int, end: int, section: str | None) -> Iterator[Passage]:
    for found in _PARAGRAPH.finditer(text, start, end):
        if re.search(r"[\w]", found.group()):
            yield from passages.body(text, found.start(), found.end(), section)


def _dated(text: str, position: int, parts: list[Passage]) -> tuple[str | None, str | None, int]:
    """Read a line of source and date among the first three below the title."""
    at = position
    for _ in range(3):
        line = re.compile(r"\s*(?P<line>[^\n]+)").match(text, at)
        if line is None:
            break
        found = _DATE_LINE.match(line["line"].strip())
        if found:
            parts += passages.one(text, line.start("line"), line.end(), "source")
            return passages.when(found["date"]), found["source"], line.end()
        at = line.end()
        if len(line["line"]) > 80:
            break
        # what stands between title and date line is neither: a byline
    return None, None, position


def _name(path: str) -> str:
    return PurePath(path).stem if path != "-" else "stdin"


def _said(value: Any) -> str | None:
    return str(value) if value is not None and str(value).strip() else None
