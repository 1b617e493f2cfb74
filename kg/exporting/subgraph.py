"""A part of the graph, taken out to be looked at or handed on: nodes with their figures, and edges with their proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, model_validator

from kg.model import Modality, Origin
from kg.model.document import Record


class Evidence(Record):
    """How the graph comes to say something: how it is said, where it comes from, how sure it is (belief, 0..1), and the sentence.

    `holder` is the id of whose plan, forecast or opinion it is. `proof_date` is ISO 8601, as the source gives it.
    """

    belief: float | None = None
    modality: Modality = "fact"
    origin: Origin = "stated"
    negated: bool = False
    ended: bool = False
    holder: str | None = None
    proof: str | None = None
    proof_source: str | None = None
    proof_date: str | None = None


class Figure(Evidence):
    """One figure of a node: a Metric, folded into its bearer. `display` is how its text writes it; `properties` are the Metric's own."""

    id: str
    name: str
    display: str | None = None
    properties: Mapping[str, Any] = Field(default_factory=dict)


class Node(Record):
    """An entity or an event. `distance` counts the steps from what was asked for; `hidden` the neighbours that the subgraph leaves out."""

    id: str
    label: str
    name: str
    name_en: str | None = None
    name_zh: str | None = None
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Any] = Field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    distance: int = 0
    hidden: int = 0


class Edge(Evidence):
    """A fact between two nodes. `properties` are those of the relation's own (product, quantity, stake_pct, ...)."""

    id: str
    type: str
    subject: str
    object: str
    properties: Mapping[str, Any] = Field(default_factory=dict)


class Subgraph(Record):
    """What lies `hops` steps around a name. The file `.json` is this, as it stands.

    `centres` are the ids of the nodes that bear the name. `more` counts the nodes within reach that were left out for want of room.
    `names` gives the names of entities that edges and figures mention by id and that are no nodes here (a holder, a product).
    """

    around: str
    hops: int
    centres: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: int = 0
    names: Mapping[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ends_are_here(self) -> Subgraph:
        ids = {node.id for node in self.nodes}
        for edge in self.edges:
            if lacking := {edge.subject, edge.object} - ids:
                raise ValueError(f"edge {edge.id} ends at {', '.join(sorted(lacking))}, which the subgraph does not hold")
        return self

    def name_of(self, id: str) -> str:
        """Return the display name of an entity by its id; the id itself where no name is known."""
        return next((node.name for node in self.nodes if node.id == id), self.names.get(id, id))
