"""What was read: a document and its passages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["en", "zh"]
PassageKind = Literal["title", "source", "section", "body", "table", "furniture"]


class Record(BaseModel):
    """Base of every type that is written to a file: frozen, no unknown keys, keys in the order of declaration."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Passage(Record):
    """A stretch `[start, end)` of a document's text that is of one kind and one language.

    Only `title` and `body` are read for claims. `section` is the heading the passage stands under, if any.
    """

    start: int
    end: int
    kind: PassageKind
    language: Language
    section: str | None = None


class Document(Record):
    """One source text. `text` is the slice of the file that begins at character `offset`, untouched.

    `published` is ISO 8601 (`2026-01-18T13:51` in `zone`, or a bare date). `sha256` is that of `text` in UTF-8: copies share it.
    `references` are the character ranges of inline references such as `[3][10]`: no part of any sentence.
    """

    id: str
    path: str
    offset: int
    title: str
    source: str | None = None
    published: str | None = None
    zone: str | None = None
    language: Language
    url: str | None = None
    sha256: str
    kind: Literal["text", "reference"] = "text"
    interested_party: str | None = None
    text: str
    passages: tuple[Passage, ...] = Field(default=(), exclude=True)
    references: tuple[tuple[int, int], ...] = Field(default=(), exclude=True)
    metadata: Mapping[str, Any] = Field(default_factory=dict, exclude=True)
