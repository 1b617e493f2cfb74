"""Event types: which words tell which kind of event, who takes part in it, and which figures make one (`data/events`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import DataError
from kg.knowledge.metric_terms import compile_words, patterns_of
from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import LINE, data_folder, read_yaml, without_lines

Form = Literal["verb", "passive", "noun"]


class EventTrigger(BaseModel):
    """Words that tell an event, and who is looked for around them.

    `form` verb: the subject stands before, the object after; passive: the object before,
    the subject after "by"; noun: "X's launch of Y".
    `needs`: without these there is no event. `value`: kinds of value that become the event's own. `role`: what the object (or the lone
    subject) is to the event. `unless`: a pattern (any case); where the sentence has it, there is no event.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    form: Form
    triggers: tuple[str, ...]
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    role: str = "target"
    needs: tuple[Literal["subject", "object", "value"], ...]
    value: tuple[str, ...] = ()
    unless: str | None = None


class EventFigures(BaseModel):
    """Figures that make an event of a kind: these metrics, said in these modalities; `holder` "subject": only by the company itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    metrics: tuple[str, ...]
    modality: tuple[str, ...]
    holder: Literal["subject"] | None = None
    labels: tuple[str, ...] = ()
    cue: str | None = None


@dataclass(frozen=True)
class EventLanguage:
    """How one language tells events: triggers with their patterns, what figures make events, sessions, moves of prices.

    `patterns` are regular expressions as they stand (any case); one that a language does not have matches nothing.
    """

    language: str
    triggers: tuple[tuple[EventTrigger, re.Pattern[str]], ...]
    figures: Mapping[str, tuple[EventFigures, re.Pattern[str] | None]]
    sessions: Mapping[str, re.Pattern[str]]
    moves: Mapping[str, re.Pattern[str]]
    patterns: Mapping[str, re.Pattern[str]]
    today: re.Pattern[str]
    examples: tuple[Mapping[str, Any], ...]


def read_events(path: Path, language: str) -> EventLanguage:
    """Read one language's events. Raises DataError with file and line."""
    data = read_yaml(path, lines=True)
    spaced = language != "zh"
    kinds = set(load_ontology().labels["Event"].kinds)

    def pattern(source: str, *, whole: bool = True) -> re.Pattern[str]:
        return compile_words(source, spaced=spaced, whole=whole, where=path)

    triggers = []
    for entry in data["kinds"]:
        line = entry.get(LINE)
        try:
            trigger = EventTrigger(**without_lines(entry))
        except (ValidationError, TypeError) as error:
            raise DataError(str(error), where=path, line=line) from error
        if trigger.kind not in kinds:
            raise DataError(f"there is no kind of event {trigger.kind}", where=path, line=line)
        joined = "|".join(sorted((_whole_ahead(t) if spaced else t for t in trigger.triggers), key=len, reverse=True))
        triggers.append((trigger, pattern(f"(?:{joined})")))
    data = without_lines(data)
    figures = {}
    for kind, fields in data["figures"].items():
        entry = EventFigures(**fields)
        figures[kind] = (entry, pattern(entry.cue) if entry.cue else None)
    return EventLanguage(
        language=language,
        triggers=tuple(triggers),
        figures=figures,
        sessions={name: pattern(source) for name, source in data["sessions"].items()},
        moves={name: pattern(source, whole=name not in ("gap", "to_value")) for name, source in data["moves"].items()},
        patterns=patterns_of(data),
        today=pattern(data["today"]),
        examples=tuple(data.get("examples", ())),
    )


def _whole_ahead(trigger: str) -> str:
    """Make what a trigger looks ahead for end at the edge of a word ("mills" is not in "million")."""
    start = trigger.find("(?= ")
    if start < 0:
        return trigger
    depth = 0
    for place in range(start, len(trigger)):
        depth += {"(": 1, ")": -1}.get(trigger[place], 0)
        if depth == 0:
            return trigger[:place] + r"(?!\w)" + _whole_ahead(trigger[place:])
    return trigger


@cache
def load_events(language: str) -> EventLanguage:
    """Return a language's words for events (`en` or `zh`)."""
    return read_events(data_folder("events", f"{language}.yaml"), language)
