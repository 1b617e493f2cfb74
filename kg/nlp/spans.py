"""What the components write on a spaCy `Doc`, and the one place where its extension attributes are registered.

A `Doc` is one sentence. `doc.text` is the sentence as the document has it, except that inline references ([3][10]) are blanked out by
spaces of the same length: so a character `i` of `doc.text` is always character `doc._.start + i` of the document.

Components hand on plain, frozen records with character offsets into `doc.text` (end exclusive):
`doc._.mentions` (Found, sorted, not overlapping), `doc._.values` (Quantity, likewise), and, from the readers, `doc._.relations`
(Stated), `doc._.figures` (Figure) and `doc._.happenings` (Happening).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from spacy.tokens import Doc

from kg.model import Modality, Values

ValueKind = Literal[
    "money", "percent", "count", "power", "energy", "multiple", "number", "date", "period", "duration", "length", "mass", "area", "volume",
    "rate", "points",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A mention: what `doc.text[start:end]` names.

    `label` is a node label; `entity` the lexicon's id where the gazetteer knows it (None for a name never met);
    `reader` says who found it (lexicon, code, shape, ner, coreference, alias, generic); `code` is a ticker or fund code that stands
    beside the name and outranks it; `antecedent` is True when the text does not name the thing but refers back to it ("the company").
    """

    start: int
    end: int
    label: str
    entity: str | None
    reader: str
    code: str | None = None
    antecedent: bool = False
    name: str | None = None  # what to call it when the text itself does not (a short form, a name put together again)


def together(known: Iterable[Found], fresh: Iterable[Found]) -> tuple[Found, ...]:
    """Return mentions in the order of the text."""
    return tuple(sorted((*known, *fresh), key=lambda mention: mention.start))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A typed value at `doc.text[start:end]`.

    `kind` is what it measures; `values` holds value / low / high, unit, currency, approximate, display in base units. For `count` the
    unit is the noun counted where it is plain ("GPU", "household", 家). For `date` values.as_of is ISO; for `period` values.period
    (2025Q4, FY2026, 2026, 2026-2030) or values.window_start/window_end. `change` is up, down or None when the wording says a direction
    (fell 6% -> percent, low/high/value negative: sign is carried in the number, and `change` says which word carried it).
    """

    start: int
    end: int
    kind: ValueKind
    values: Values
    change: Literal["up", "down"] | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a thing is said: modality, polarity, whether it is over, whose view it is, for when it is planned."""

    modality: Modality = "fact"
    negated: bool = False
    ended: bool = False
    holder: Found | None = None
    planned_for: str | None = None
    cues: tuple[tuple[int, int], ...] = ()  # the words that say so


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation that a frame reads between two mentions. `trigger` is the span of the words that say it; `qualifiers` the typed properties:

    numbers, strings, ISO dates, and `Found` for entities (product, ...), tuples of `Found` for lists (joint).
    """

    subject: Found
    relation: str
    object: Found
    trigger: tuple[int, int]
    reader: str
    qualifiers: Mapping[str, Any] = field(default_factory=dict)
    assertion: Assertion = Assertion()
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric that the sentence gives: `name` (the field's standard term) of `subject`, with its typed values."""

    subject: Found
    name: str
    start: int
    end: int
    values: Values
    reader: str
    assertion: Assertion = Assertion()
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that the sentence tells: kind, words that tell it, participants with their roles (the main one first), own values, own figures."""

    kind: str
    start: int
    end: int
    participants: tuple[tuple[Found, str], ...]
    reader: str
    date: str | None = None
    values: Values = field(default_factory=Values)
    figures: tuple[Figure, ...] = ()
    assertion: Assertion = Assertion()
    confidence: float = 0.8


ATTRIBUTES: Mapping[str, Any] = {
    "start": 0,            # offset of the sentence in the document's text
    "passage": "body",     # title or body
    "section": None,       # heading above it
    "published": None,     # datetime.date of the document, for relative dates
    "language": "en",      # of the pipeline that read it
    "layout": None,        # the sentence as the readers of figures and events see it (`kg.nlp.layout`)
    "mentions": (), "values": (), "relations": (), "figures": (), "happenings": (), "rejected": (),
    "hopes": None,         # by language, the patterns that may match by the words of the sentence (`kg.nlp.relations`)
    "proposed": (),        # unknown names that a frame wants, to be confirmed (`kg.nlp.unmet`)
}


def register() -> None:
    """Register kg's extension attributes on `Doc` (again and again does no harm)."""
    for name, default in ATTRIBUTES.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def mentions_between(doc: Doc, start: int, end: int) -> list[Found]:
    """Return the mentions that lie whole within `doc.text[start:end]`."""
    return [m for m in doc._.mentions if m.start >= start and m.end <= end]


def published_date(doc: Doc) -> date | None:
    """Return the publication date of the sentence's document, if it is known."""
    value = doc._.published
    return value if isinstance(value, date) else None


def is_parsed(doc: Doc) -> bool:
    """Tell whether tags and a tree were given to the sentence (`Doc.has_annotation` looks at every token, and is asked often)."""
    return any(token.dep and token.pos for token in doc[:2])
