"""Examples of the data files put on the stage: a sentence with the mentions that the example gives, and what is read from it.

An example is a mapping: `text`, `mentions` (words -> label, `*` after the label for a back-reference), `topic` ([words, label]),
`published`, and what is expected: `figures` or `events` (an empty list where nothing may be read).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.knowledge.event_types import load_events
from kg.knowledge.metric_terms import load_metric_language
from kg.model import Language
from kg.nlp import events, metrics
from kg.nlp.spans import Figure, Found, Happening, register
from kg.nlp.values import mark_values

VALUES = (
    "value",
    "low",
    "high",
    "unit",
    "currency",
    "approximate",
    "period",
    "as_of",
    "window_start",
    "window_end",
    "session",
    "segment",
    "basis",
)
PUBLISHED = "2026-01-20"  # unless an example says otherwise


def stage(text: str, mentions: Mapping[str, str], language: Language, published: str | None = PUBLISHED) -> Doc:
    """Return `text` as a sentence with these mentions (every occurrence, longer names first) and its values. No parse."""
    register()
    doc = _blank(language)(text)
    doc._.language = language
    doc._.published = date.fromisoformat(published) if published else None
    taken: list[Found] = []
    for words, label in sorted(mentions.items(), key=lambda item: -len(item[0])):
        start = text.find(words)
        if start < 0:
            raise ValueError(f"{words!r} is not in {text!r}")
        while start >= 0:
            end = start + len(words)
            if not any(start < m.end and m.start < end for m in taken):
                taken.append(Found(start, end, label.rstrip("*"), None, "example", antecedent=label.endswith("*"), name=words))
            start = text.find(words, end)
    doc._.mentions = tuple(sorted(taken, key=lambda m: m.start))
    mark_values(doc)
    return doc


def figure_faults(language: Language) -> list[str]:
    """Run the examples of `data/metrics` of a language; return what is not read as they say."""
    found = []
    for example in load_metric_language(language).examples:
        doc = stage(example["text"], example.get("mentions", {}), language, example.get("published", PUBLISHED))
        found += _differences(
            example["text"], example["figures"], [_figure(doc, figure) for figure in metrics.extract(doc, _topic(example))]
        )
    return found


def event_faults(language: Language) -> list[str]:
    """Run the examples of `data/events` of a language; return what is not read as they say."""
    found = []
    for example in load_events(language).examples:
        doc = stage(example["text"], example.get("mentions", {}), language, example.get("published", PUBLISHED))
        found += _differences(example["text"], example["events"], [_event(doc, event) for event in events.extract(doc, _topic(example))])
    return found


@cache
def _blank(language: Language) -> Pipeline:
    return spacy.blank(language)


def _topic(example: Mapping[str, Any]) -> Found | None:
    if "topic" not in example:
        return None
    name, label = example["topic"]
    return Found(0, 0, label, None, "topic", antecedent=True, name=name)


def _said(doc: Doc, found: Figure | Happening) -> dict[str, Any]:
    values = {name: value for name in VALUES if (value := getattr(found.values, name)) is not None and value is not False}
    said = found.assertion
    holder = {"holder": _name(doc, said.holder)} if said.holder is not None else {}
    return {**values, "modality": said.modality, "negated": said.negated, **holder}


def _figure(doc: Doc, figure: Figure) -> dict[str, Any]:
    return {"s": _name(doc, figure.subject), "name": figure.name, "suspect": figure.values.suspect is not None, **_said(doc, figure)}


def _event(doc: Doc, event: Happening) -> dict[str, Any]:
    who = {_name(doc, member): role for member, role in event.participants}
    return {"kind": event.kind, "who": who, "date": event.date, "figures": [figure.name for figure in event.figures], **_said(doc, event)}


def _name(doc: Doc, found: Found) -> str:
    return doc.text[found.start : found.end] or found.name or f"({found.reader})"


def _differences(text: str, expected: list[Mapping[str, Any]], read: list[dict[str, Any]]) -> list[str]:
    missing = [each for each in expected if not any(_fits(each, one) for one in read)]
    extra = [one for one in read if not any(_fits(each, one) for each in expected)]
    return [f"{text}: does not read {dict(each)}, but {read}" for each in missing] + [
        f"{text}: reads too much: {one}" for one in extra if not missing
    ]


def _fits(expected: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    """Tell whether a reading has all that an example says of it; a number that the example does not give must not be there."""
    numbers = ("value", "low", "high")
    silent = all(read.get(name) is None for name in numbers if name not in expected) if any(name in expected for name in numbers) else True
    modality = expected.get("modality", "fact") == read.get("modality")
    return silent and modality and all(read.get(name) == _number(name, value) for name, value in expected.items())


def _number(name: str, value: Any) -> Any:
    """Return what an example gives as a number: YAML takes 3.1e9 for words."""
    return float(value) if name in ("value", "low", "high") else value
