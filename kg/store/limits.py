"""Limits on a part of the graph: which facts count, and which nodes they may lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kg.knowledge.ontology import load_ontology

METRIC_OF = "REPORTED"  # its objects are figures of a node, no neighbours of it
TOLD = (
    "f.modality IN $modalities AND f.origin IN $origins AND f.belief >= $min_belief AND left(coalesce(f.first_seen, ''), 10) >= $since"
)
"""The condition on how a fact `f` is told, for statements that are run with the parameters of `Limits`."""
HELD = f"type(f) IN $relations AND {TOLD}"
"""The condition on a fact `f` between two entities."""


class Limits(NamedTuple):
    """What is asked for: how a fact is said, where it comes from, how sure it is at least, its types, the first day on which it was seen.

    Without `relations` all types count, without `labels` all nodes. `since` is ISO 8601; undated facts are older than any day.
    """

    modalities: Sequence[str]
    origins: Sequence[str]
    min_belief: float = 0.0
    relations: Sequence[str] = ()
    labels: Sequence[str] = ()
    since: str = ""

    def parameters(self, **more: Any) -> dict[str, Any]:
        """Return the parameters of a statement that holds facts to these limits, and `more` of its own."""
        ontology = load_ontology()
        relations = [name for name in self.relations or ontology.facts if name != METRIC_OF]
        labels = list(self.labels or ontology.entity_labels)
        return {
            "relations": relations, "labels": labels, "modalities": list(self.modalities), "origins": list(self.origins),
            "min_belief": self.min_belief, "since": self.since, **more,
        }

    @property
    def figures(self) -> list[str]:
        """The types whose objects are figures: none when only others are asked for."""
        return [METRIC_OF] if not self.relations or METRIC_OF in self.relations else []
