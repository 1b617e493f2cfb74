"""What an encoder is asked about a pair, as columns of one table of scores: the label sets, one after another, then how it is asserted.

Besides the published sets there is `kg`, the ontology's own relations: each reads from head to tail, or with `~` before it from tail to head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from kg.knowledge.inventories import NONE, REVERSE
from kg.knowledge.ontology import load_ontology
from kg.model import Modality

__all__ = ["ENDED", "MODALITIES", "MODALITY", "NEGATED", "NONE", "REVERSE", "UNASKED", "Questions", "inverse", "ontology_labels", "questions"]

MODALITIES: tuple[str, ...] = get_args(Modality)
MODALITY, NEGATED, ENDED = "modality", "negated", "ended"
UNASKED = frozenset({"PARTICIPATES_IN", "REPORTED"})  # of events and metrics, which other readers find


@dataclass(frozen=True, slots=True)
class Questions:
    """The columns: `labels` of every inventory in their order. `kinds` are those that the two things of a pair can be said to be of."""

    labels: Mapping[str, tuple[str, ...]]
    kinds: tuple[str, ...] = ()

    def kind(self, name: str | None) -> int:
        """Return the number of a kind, from 1; 0 for one that is unknown."""
        return self.kinds.index(name) + 1 if name in self.kinds else 0

    @property
    def width(self) -> int:
        return sum(map(len, self.labels.values()))

    def columns(self, inventory: str) -> slice:
        """Return the columns of an inventory."""
        start = 0
        for name, labels in self.labels.items():
            if name == inventory:
                return slice(start, start + len(labels))
            start += len(labels)
        raise KeyError(inventory)


def questions(published: Mapping[str, Sequence[str]], kinds: Sequence[str] = ()) -> Questions:
    """Return the columns for some published inventories (name to labels), with the ontology's relations and the assertion behind them.

    `kinds` are those of the published sets; the ontology's labels stand before them.
    """
    asserted = {MODALITY: MODALITIES, NEGATED: ("no", "yes"), ENDED: ("no", "yes")}
    columns = {**{name: tuple(labels) for name, labels in published.items()}, "kg": ontology_labels(), **asserted}
    return Questions(columns, tuple(dict.fromkeys((*load_ontology().entity_labels, *kinds))))


def ontology_labels() -> tuple[str, ...]:
    """Return `none` and the ontology's relations between entities, those that are not symmetric in both directions."""
    facts = {name: fact for name, fact in load_ontology().facts.items() if name not in UNASKED}
    both_ways = [label for name, fact in facts.items() for label in ((name,) if fact.symmetric else (name, REVERSE + name))]
    return (NONE, *both_ways)


def inverse(label: str) -> str:
    """Return what a label of `kg` is called when head and tail change places."""
    if label == NONE or (not label.startswith(REVERSE) and load_ontology().facts[label].symmetric):
        return label
    return label.removeprefix(REVERSE) if label.startswith(REVERSE) else REVERSE + label
