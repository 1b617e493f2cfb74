"""Published sets of events -> texts with events. Raises DataError with file and line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel

from kg.errors import DataError
from kg.evaluation.files import checked, json_lines
from kg.model import Language

TRIGGER = "trigger"


@dataclass(frozen=True, slots=True)
class Role:
    """Who or what at `text[start:end]` plays which role in an event."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a set marks it: its kind, the words that tell it, and its arguments."""

    kind: str
    start: int
    end: int
    arguments: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Eventful:
    """A text and the events in it; all offsets are characters of `text`, end exclusive."""

    id: str
    lang: Language
    text: str
    events: tuple[Told, ...]


class _Mention(BaseModel):
    word: str
    span: tuple[int, int]
    role: str


class _Event(BaseModel):
    type: str
    mentions: list[_Mention]


class _Text(BaseModel):
    id: str
    content: str
    events: list[_Event]


def read_fewfc(path: Path) -> list[Eventful]:
    """Read a file of FewFC, Chinese financial events (JSON Lines): ten kinds, one trigger each, arguments with roles."""
    texts = []
    for line, record in json_lines(path):
        row = checked(_Text, record, path, line)
        events = []
        for event in row.events:
            for mention in event.mentions:
                if row.content[slice(*mention.span)] != mention.word:
                    raise DataError(f"{mention.span} of the text is not {mention.word!r}", where=path, line=line)
            triggers = [mention.span for mention in event.mentions if mention.role == TRIGGER]
            if len(triggers) != 1:
                raise DataError(f"an event has one trigger, this {event.type} has {len(triggers)}", where=path, line=line)
            roles = (Role(*mention.span, mention.role) for mention in event.mentions if mention.role != TRIGGER)
            events.append(Told(event.type, *triggers[0], tuple(sorted(roles, key=lambda role: (role.start, role.end, role.role)))))
        texts.append(Eventful(f"fewfc-{row.id}", "zh", row.content, tuple(events)))
    return texts


def write_events(texts: Iterable[Eventful], path: Path) -> None:
    """Write texts with events as JSON Lines, keys as the types above have them."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for text in texts:
            file.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")
