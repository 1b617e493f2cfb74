"""A part of the graph, taken out to be looked at or handed on: nodes with their figures, and edges with their proof."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from kg.model import Modality, Origin
from kg.model.document import Record


class Sentence(Record):
    """One claim: a sentence of a document, at `start` to `end` of its text, and what stands around it in the same paragraph.

    `document` is an id among the subgraph's documents. `fact` is the one that it states; others may rest on it as well. `holder` is the
    id of whose plan, forecast or opinion it is.
    """

    id: str
    fact: str | None = None
    document: str
    text: str
    before: str = ""
    after: str = ""
    start: int
    end: int
    locator: str | None = None
    holder: str | None = None
    ended: bool = False
    confidence: float
    reader: str


class Source(Record):
    """A document, without its text. `published` is ISO 8601, as the source gives it."""

    id: str
    title: str
    source: str | None = None
    published: str | None = None
    zone: str | None = None
    language: str | None = None
    url: str | None = None
    path: str | None = None
    sha256: str | None = None
    kind: str = "text"
    interested_party: str | None = None


class Evidence(Record):
    """How the graph comes to say something: how it is said, where it comes from, how sure it is (belief, 0..1), and the sentence.

    `holder` is the id of whose plan, forecast or opinion it is. `proof_date` is ISO 8601, as the source gives it. `sentences` are the
    strongest claims, `claim_count` of which there are in all.
    """

    belief: float | None = None
    support: int | None = None
    claim_count: int = 0
    modality: Modality = "fact"
    origin: Origin = "stated"
    negated: bool = False
    ended: bool = False
    holder: str | None = None
    proof: str | None = None
    proof_source: str | None = None
    proof_date: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    rule: str | None = None
    premises: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()


class Figure(Evidence):
    """One figure of a node: a Metric, folded into its bearer. `display` is how its text writes it; `properties` are the Metric's own.

    `fact` is the id of the fact that reports it.
    """

    id: str
    fact: str | None = None
    name: str
    display: str | None = None
    properties: Mapping[str, Any] = Field(default_factory=dict)


class Node(Record):
    """An entity or an event. `distance` counts the steps from what was asked for.

    `hidden` counts the neighbours that the subgraph does not hold, within reach or not; `left_out` those of them that the limit on nodes
    cut off here, each counted at one node only.
    """

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
    left_out: int = 0


class Edge(Evidence):
    """A fact between two nodes. `properties` are those of the relation's own (product, quantity, stake_pct, ...)."""

    id: str
    type: str
    subject: str
    object: str
    properties: Mapping[str, Any] = Field(default_factory=dict)


class Subgraph(Record):
    """A part of the graph, with what it answers. The file `.json` is this, as it stands.

    `around` is what was asked for, in a few words ("TSMC", "From ASML to xAI"); `hops` how many steps around it were taken, 0 where none
    were; `module` the question that was asked by its name, if one was, `question` and `question_zh` its words. `centres` are the ids of
    the nodes that were asked for by name. `more` counts the nodes within reach that were left out for want of room. `names` gives the
    names of entities that edges and figures mention by id and that are no nodes here (a holder, a product).
    """

    around: str
    hops: int
    centres: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: int = 0
    module: str | None = None
    question: str | None = None
    question_zh: str | None = None
    names: Mapping[str, str] = Field(default_factory=dict)
    documents: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _ends_are_here(self) -> Subgraph:
        ids = {node.id for node in self.nodes}
        for edge in self.edges:
            if lacking := {edge.subject, edge.object} - ids:
                raise ValueError(f"edge {edge.id} ends at {', '.join(sorted(lacking))}, which the subgraph does not hold")
        return self

    def name_of(self, id: str) -> str:
        """Return the display name of an entity by its id; the id itself where no name is known."""
        return self._named.get(id, id)

    @cached_property
    def _named(self) -> Mapping[str, str]:
        return {**self.names, **{node.id: node.name for node in self.nodes}}


MORE = "More"
"""The label of a node that stands for nodes left out, and the type of the edge that leads to it."""


def with_stubs(subgraph: Subgraph, most: int = 8) -> Subgraph:
    """Return the subgraph with nodes "and 34 more" where nodes were left out, for a picture that must not cut in silence.

    At most `most` are added: at the nodes that lost the most, and one that hangs on nothing for what was lost elsewhere.
    """
    if not subgraph.more:
        return subgraph
    losers = sorted((node for node in subgraph.nodes if node.left_out), key=lambda node: -node.left_out)[: most - 1]
    elsewhere = subgraph.more - sum(node.left_out for node in losers)
    stubs = [
        Node(id=f"more:{node.id}", label=MORE, name=f"and {node.left_out} more", name_zh=f"另有{node.left_out}个", distance=node.distance + 1)
        for node in losers
    ]
    edges = [Edge(id=f"more:{node.id}", type=MORE, subject=node.id, object=f"more:{node.id}") for node in losers]
    if elsewhere:
        where = " elsewhere" if losers else ""
        stubs.append(Node(id="more:", label=MORE, name=f"and {elsewhere} more{where}", name_zh=f"另有{elsewhere}个", distance=subgraph.hops + 1))
    return subgraph.model_copy(update={"nodes": (*subgraph.nodes, *stubs), "edges": (*subgraph.edges, *edges)})
