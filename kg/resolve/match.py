"""Whether two names are one thing: evidence as a visible weighted list, and the judgements that overrule it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import DataError
from kg.knowledge.lexicon import Lexicon
from kg.knowledge.normalise import key, legal_form_only, simplify
from kg.knowledge.spellings import Spellings
from kg.knowledge.yaml_file import data_folder

SAME = 0.6  # the score from which two names are one thing


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be identified: how a text writes it, its label, and the lexicon's id where the reader knew one."""

    text: str
    label: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """One kind of evidence and what it weighs."""

    name: str
    weight: float
    holds: Callable[[Name, Name], bool]


@dataclass(frozen=True, slots=True)
class Score:
    """The sum of the features that hold between two names, and which they were."""

    value: float
    features: tuple[str, ...]

    @property
    def same(self) -> bool:
        """True when the evidence is enough to make one node of the two."""
        return self.value >= SAME


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody has decided: two names, or ids, are the same or different. It overrules every score."""

    judgement: Literal["same", "different"]
    label: str
    left: str
    right: str
    why: str = ""


FEATURES: tuple[Feature, ...] = (
    Feature("one entity of the lexicon", 1.0, lambda a, b: a.entity is not None and a.entity == b.entity),
    Feature("two entities of the lexicon", -2.0, lambda a, b: a.entity is not None and b.entity is not None and a.entity != b.entity),
    Feature("one name but for width, script and case", 0.9, lambda a, b: simplify(a.text).lower() == simplify(b.text).lower()),
    Feature("one name but for the legal form", 0.7, lambda a, b: a.label == "Company" and key(a.text) == key(b.text)),
    Feature("different labels", -2.0, lambda a, b: a.label != b.label),
)


def compare(left: Name, right: Name) -> Score:
    """Score two names by the features that hold between them. Names that only look alike share none."""
    held = [feature for feature in FEATURES if feature.holds(left, right)]
    return Score(round(sum(feature.weight for feature in held), 3), tuple(feature.name for feature in held))


class Linker:
    """Links a name that the reader did not know to the lexicon: by its name, its legal form, or its house spelling."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._spellings = Spellings(lexicon)

    def link(self, name: Name) -> str | None:
        """Return the id of the one entity of the name's label that bears it, or None. A guarded name needs its legal form beside it."""
        if name.entity is not None:
            return name.entity
        for text in dict.fromkeys((name.text, legal_form_only(name.text))):
            fitting = [e for e in self.lexicon.by_name(text) if e.label == name.label]
            if text == name.text:
                fitting = [e for e in fitting if not self._is_guarded(e.guard, text)]
            if len(fitting) == 1:
                return fitting[0].id
        if name.label == "Company" and (entry := self._spellings.match(name.text)):
            return entry.id
        return None

    @staticmethod
    def _is_guarded(guard: Iterable[str], text: str) -> bool:
        return simplify(text).lower() in {simplify(name).lower() for name in guard}


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read a CSV of judgements (judgement, label, left, right, why). Raises DataError with file and line."""
    judgements: list[Judgement] = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows, []) != ["judgement", "label", "left", "right", "why"]:
            raise DataError("the header must be judgement,label,left,right,why", where=path, line=1)
        for row in rows:
            if len(row) != 5 or row[0] not in ("same", "different") or not all(row[1:4]):
                raise DataError("a row is same or different, a label, two names or ids, and why", where=path, line=rows.line_num)
            judgements.append(Judgement("same" if row[0] == "same" else "different", *row[1:]))
    return tuple(judgements)


def load_judgements(*own: Path) -> tuple[Judgement, ...]:
    """Return the judgements that ship with kg and then those of the user's own files, where these exist."""
    shipped = read_judgements(data_folder("identity", "judgements.csv"))
    return (*shipped, *(j for path in own if path.exists() for j in read_judgements(path)))
