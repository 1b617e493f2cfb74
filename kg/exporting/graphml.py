"""GraphML, for Gephi, yEd, Cytoscape and networkx: one flat value per property, lists joined by "; "."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg.exporting import wording
from kg.exporting.subgraph import Edge, Figure, Node, Subgraph

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(subgraph: Subgraph, path: Path) -> None:
    """Write a subgraph as GraphML. `label` is what Gephi shows: a node's name, an edge's relation; `kind` is a node's own label."""
    nx.write_graphml(to_networkx(subgraph), path, encoding="utf-8", prettyprint=True)


def to_networkx(subgraph: Subgraph) -> nx.MultiDiGraph:
    """Return a subgraph as networkx holds it, edges keyed by the ids of their facts, with flat properties only."""
    graph = nx.MultiDiGraph(around=_text(subgraph.around), hops=subgraph.hops, more=subgraph.more)
    for node in subgraph.nodes:
        graph.add_node(node.id, **_node(node))
    for edge in subgraph.edges:
        graph.add_edge(edge.subject, edge.object, key=edge.id, **_edge(edge, subgraph))
    return graph


def _node(node: Node) -> dict[str, Any]:
    own = node.model_dump(exclude={"id", "label", "properties", "figures"})
    figures = [_figure(each) for each in node.figures]
    return _flat({**node.properties, **own, "label": node.name, "kind": node.label, "figures": figures})


def _figure(figure: Figure) -> str:
    told = ", ".join(wording.reservations(figure))
    return f"{figure.name}: {wording.figure(figure)}{f' ({told})' if told else ''}"


def _edge(edge: Edge, subgraph: Subgraph) -> dict[str, Any]:
    own = edge.model_dump(exclude={"id", "subject", "object", "properties"})
    holder = subgraph.name_of(edge.holder) if edge.holder else None
    return _flat({**edge.properties, **own, "label": edge.type, "holder_name": holder})


def _flat(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in properties.items() if value not in (None, (), [])}


def _value(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return "; ".join(_text(str(part)) for part in value)
    return _text(json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value))


def _text(text: str) -> str:
    """Take out the control characters that no XML may hold."""
    return _NOT_IN_XML.sub("", text)
