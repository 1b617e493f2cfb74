"""JSON Lines: one document a line.

`text`, `content` or `body`; `title`; `date` or `published`; `source`; `url`; `lang`; anything else is metadata.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from kg.errors import InputError
from kg.model import Document
from kg.reading import passages
from kg.reading.text import language_named, paragraphs

_TEXT = ("text", "content", "body")
_KNOWN = frozenset((*_TEXT, "title", "date", "published", "source", "url", "lang", "language"))
_HEAD = re.compile(r"\s*【(?P<words>[^【】\n]{2,120})】")


def read_jsonl(text: str, path: str, fault: Callable[[InputError], None], zone: str | None = None) -> Iterator[Document]:
    """Yield the documents of a JSON Lines file. `fault` is told of every line that is none, with file and line; the others are read."""
    offset = 0
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):  # not splitlines: U+2028 may stand inside a string
        if line.strip():
            try:
                yield _document(_record(line), path, offset, number, zone)
            except InputError as error:
                fault(InputError(error.message, where=path, line=number, hint=error.hint))
        offset += len(line)


def looks_like_jsonl(text: str) -> bool:
    """Return whether the first line of `text` is a JSON object."""
    first = text.lstrip().partition("\n")[0]
    if not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise InputError(f"is not JSON: {problem}", hint="one JSON object a line") from error
    if not isinstance(record, dict):
        raise InputError(f"is no JSON object but a {type(record).__name__}", hint='one object a line, with at least {"text": ...}')
    return record


def _document(record: dict[str, Any], path: str, offset: int, number: int, zone: str | None) -> Document:
    body = next((record[key] for key in _TEXT if record.get(key) is not None), None)
    if body is None:
        raise InputError("has no text", hint="give it under text, content or body")
    if not isinstance(body, str) or not body.strip():
        raise InputError("has an empty text" if isinstance(body, str) else f"has a text that is no string but a {type(body).__name__}")
    title = str(record.get("title") or "").strip()
    metadata = {key: value for key, value in record.items() if key not in _KNOWN}
    said = record.get("date") if record.get("date") is not None else record.get("published")
    published = passages.when(said)
    if said not in (None, "") and published is None:
        metadata["date"] = said  # kept as it stands: no date that can be read
    text = f"{title}\n{body}" if title else body
    parts = list(passages.one(text, 0, len(title), "title"))
    position = len(title) + 1 if title else 0
    head = None if title else _HEAD.match(body)
    if head:  # the bracketed head of a Chinese flash is its title
        title, position = head["words"].strip(), head.end()
        parts += passages.one(text, head.start("words"), head.end("words"), "title")
    start, end, signed = passages.signature(text, position, len(text))
    parts += [*passages.one(text, position, start, "source"), *passages.one(text, end, len(text), "source")]
    parts += paragraphs(text, start, end)
    language = language_named(record.get("lang") or record.get("language"))
    source, url = (str(record[key]) if record.get(key) else None for key in ("source", "url"))
    return passages.make_document(
        text, path=path, offset=offset, title=title or _opening(body), passages=parts, source=source or signed, published=published,
        zone=zone, url=url, language=language, metadata={"format": "jsonl", "line": number, **metadata},
    )


def _opening(body: str) -> str:
    words = re.sub(r"\s+", " ", body).strip()
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
