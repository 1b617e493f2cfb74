"""GraphML, for Gephi, yEd, Cytoscape and networkx: one flat value per property, lists joined by "; "."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
from pydantic import ValidationError

from kg.errors import InputError
from kg.exporting import wording
from kg.exporting.subgraph import Edge, Figure, Node, Sentence, Source, Subgraph
from kg.knowledge.ontology import load_ontology

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHOLE = {"metrics", "sentences", "documents", "names"}  # as JSON, for `read`: no other program needs them
_SAID = {"label", "figures", "holder_name"}  # in words, for other programs


def write(subgraph: Subgraph, path: Path) -> None:
    """Write a subgraph as GraphML. `label` is what Gephi shows: a node's name, an edge's relation; `type` a node's own label."""
    nx.write_graphml(to_networkx(subgraph), path, encoding="utf-8", prettyprint=True)


def read(path: Path) -> Subgraph:
    """Read what `write` wrote, also after nodes and edges were taken out or their values changed elsewhere. Raises InputError."""
    try:
        graph = nx.read_graphml(path, force_multigraph=True)
        return from_networkx(graph)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=path) from error
    except (nx.NetworkXError, SyntaxError, KeyError, ValueError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else f"no {error}" if isinstance(error, KeyError) else str(error)
        raise InputError(f"is no GraphML that kg wrote: {said}", where=path, hint="kg reads what `kg export FILE.graphml` writes") from error


def to_networkx(subgraph: Subgraph) -> nx.MultiDiGraph:
    """Return a subgraph as networkx holds it, edges keyed by the ids of their facts, with flat properties only."""
    about = subgraph.model_dump(mode="json", exclude={"nodes", "edges", *_WHOLE})
    whole = {"names": dict(subgraph.names), "documents": _rows(subgraph.documents)}
    graph = nx.MultiDiGraph(**_flat({**about, **_json(whole)}))
    for node in subgraph.nodes:
        graph.add_node(node.id, **_node(node))
    for edge in subgraph.edges:
        graph.add_edge(edge.subject, edge.object, key=edge.id, **_edge(edge, subgraph))
    return graph


def from_networkx(graph: nx.MultiDiGraph) -> Subgraph:
    """Return the subgraph of what `to_networkx` made. Raises KeyError for a node without `type`, and pydantic's ValidationError."""
    about = _whole(graph.graph)
    fields = {name: value for name, value in about.items() if name in Subgraph.model_fields}
    nodes = tuple(_read_node(id, values) for id, values in graph.nodes(data=True))
    edges = tuple(_read_edge(s, o, key, values) for s, o, key, values in graph.edges(keys=True, data=True))
    here = {node.id for node in nodes}
    centres = tuple(id for id in _parts(about.get("centres", "")) if id in here)
    return Subgraph.model_validate({"around": "", "hops": 0, **fields, "centres": centres, "nodes": nodes, "edges": edges})


def _node(node: Node) -> dict[str, Any]:
    own = node.model_dump(exclude={"id", "label", "properties", "figures"})
    figures = [_figure(each) for each in node.figures]
    whole = {"metrics": _rows(node.figures)}
    return _flat({**node.properties, **own, "label": node.name, "type": node.label, "figures": figures, **_json(whole)})


def _figure(figure: Figure) -> str:
    told = ", ".join(wording.reservations(figure))
    return f"{figure.name}: {wording.figure(figure)}{f' ({told})' if told else ''}"


def _edge(edge: Edge, subgraph: Subgraph) -> dict[str, Any]:
    own = edge.model_dump(exclude={"id", "subject", "object", "properties", "sentences"})
    holder = subgraph.name_of(edge.holder) if edge.holder else None
    return _flat({**edge.properties, **own, "label": edge.type, "holder_name": holder, **_json({"sentences": _rows(edge.sentences)})})


def _read_node(id: str, values: Mapping[str, Any]) -> Node:
    label = values["type"]
    types = load_ontology().labels[label].properties
    given = {**_whole({name: value for name, value in values.items() if name not in {*_SAID, "type"}}), "label": label, "name": values["label"]}
    fields, own = _parted(given, Node, types)
    return Node.model_validate({**fields, "id": id, "properties": own, "figures": given.get("metrics", ())})


def _read_edge(subject: str, object: str, key: str, values: Mapping[str, Any]) -> Edge:
    given = _whole({name: value for name, value in values.items() if name not in _SAID})
    fields, own = _parted(given, Edge, load_ontology().relations[given["type"]].own)
    return Edge.model_validate({**fields, "id": str(key), "subject": subject, "object": object, "properties": own})


def _parted(given: Mapping[str, Any], kind: type[Node] | type[Edge], types: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the fields of a record from its properties; texts that stand for lists become lists."""
    own = {name: value for name, value in given.items() if name not in kind.model_fields and name not in _WHOLE}
    fields = {name: _parts(value) if name in ("aliases", "premises") else value for name, value in given.items() if name in kind.model_fields}
    return fields, {name: _parts(value) if types.get(name) in ("strings", "entities") else value for name, value in own.items()}


def _rows(records: Sequence[Figure | Sentence | Source]) -> list[dict[str, Any]]:
    return [record.model_dump(mode="json", exclude_defaults=True) for record in records]


def _json(whole: Mapping[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value, ensure_ascii=False) for name, value in whole.items() if value}


def _whole(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: json.loads(value) if name in _WHOLE else value for name, value in values.items()}


def _flat(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in properties.items() if value not in (None, (), [])}


def _value(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return _joined([_text(str(part)) for part in value])
    return _text(json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value))


def _joined(parts: list[str]) -> str:
    """Join a list by "; " or, where that would not come apart again, write it as JSON."""
    text = "; ".join(parts)
    return text if _parts(text) == parts else json.dumps(parts, ensure_ascii=False)


def _parts(text: str) -> list[str]:
    if text.startswith("["):
        try:
            return [str(part) for part in json.loads(text)]
        except ValueError:
            pass
    return text.split("; ") if text else []


def _text(text: str) -> str:
    """Take out the control characters that no XML may hold."""
    return _NOT_IN_XML.sub("", text)
