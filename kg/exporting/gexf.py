"""GEXF, Gephi's own form: what GraphML holds, with the colour of each kind of node."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from networkx.readwrite.gexf import GEXFWriter

from kg.exporting.graphml import to_networkx
from kg.exporting.subgraph import Subgraph
from kg.knowledge.yaml_file import data_folder, read_yaml

_ALONE = ("metrics", "sentences", "documents", "names")


def write(subgraph: Subgraph, path: Path) -> None:
    """Write a subgraph as GEXF 1.2. A node's `label` is its name, an edge's its relation; their colours are those of Neo4j Browser.

    Of edges of one kind between two nodes Gephi keeps a single one, so each has a `kind` of its own there: the attribute is of GEXF 1.3, which
    networkx does not read, and Gephi heeds it in any version.
    """
    graph = to_networkx(subgraph)
    looks = read_yaml(data_folder("styles", "browser.yaml"))["nodes"]
    graph.graph = {"name": subgraph.around}
    for _, values in graph.nodes(data=True):
        colour = looks.get(values["type"], {}).get("color", "#BBBBBB")
        values["viz"] = {"color": dict(zip("rgb", bytes.fromhex(colour[1:]), strict=True))}
        for name in _ALONE:
            values.pop(name, None)
    for *_, key, values in graph.edges(keys=True, data=True):
        values["id"], values["relation"] = key, values.pop("type")  # an edge's type is "directed" in GEXF
        for name in _ALONE:
            values.pop(name, None)
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same subgraph gives the same bytes on any day
    parallel: Counter[tuple[str | None, ...]] = Counter()
    for edge in writer.xml.iter("edge"):
        relation = edge.get("label")
        parallel[alike := (edge.get("source"), edge.get("target"), relation)] += 1
        edge.set("kind", f"{relation} {parallel[alike]}" if parallel[alike] > 1 else f"{relation}")
    with path.open("wb") as out:
        writer.write(out)
