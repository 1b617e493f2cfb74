"""One HTML file that needs nothing else: the picture, its proofs, and the libraries that draw it. No request ever leaves it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any

from kg.errors import InputError
from kg.exporting import wording
from kg.exporting.graphviz import arrange
from kg.exporting.subgraph import MORE, Edge, Figure, Node, Subgraph, with_stubs
from kg.knowledge.yaml_file import data_folder, read_yaml

LARGE = 400  # nodes beyond which the page is drawn for speed
_SCRIPTS = ("graph.js", "layout.js", "words.js", "panel.js", "legend.js", "filters.js", "sheet.js", "hands.js")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def write(subgraph: Subgraph, path: Path) -> None:
    """Write a subgraph as one offline page: picture, legend, search, and the proof of an edge on click."""
    path.write_text(page(subgraph), encoding="utf-8", newline="\n")


def page(subgraph: Subgraph) -> str:
    """Return the page. Scripts run only if their hashes stand in its policy, and the policy forbids every request."""
    scripts = [*_libraries(), *map(_template, _SCRIPTS)]
    policy = "; ".join((
        "default-src 'none'", f"script-src {' '.join(map(_hash, scripts))}", "style-src 'unsafe-inline'", "img-src data: blob:",
        "base-uri 'none'", "form-action 'none'",
    ))
    return Template(_template("graph.html")).substitute(
        policy=html.escape(policy), title=html.escape(subgraph.around), style=_template("graph.css"),
        data=_json(content(subgraph)), scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def content(subgraph: Subgraph) -> dict[str, Any]:
    """Return what the page shows, worded here so that the page only draws."""
    subgraph = with_stubs(subgraph)
    against = set(read_yaml(data_folder("styles", "export.yaml"))["against_the_flow"])
    looks = read_yaml(data_folder("styles", "browser.yaml"))["nodes"]
    here = {node.label for node in subgraph.nodes}
    places = {source.id: place for place, source in enumerate(subgraph.documents)}
    large = len(subgraph.nodes) > LARGE
    times = _landmarks(subgraph) if large else {}
    laid = _laid(subgraph) if large else {}
    marks = {node.id: {"times": times.get(node.id, 1.0), **({"at": laid[node.id]} if laid else {})} for node in subgraph.nodes if large}
    return {
        **subgraph.model_dump(include={"around", "hops", "centres", "more", "module", "question", "question_zh"}),
        "large": large,
        "labels": {label: {"fill": look["color"]} for label, look in looks.items() if label in here},
        "nodes": [{**_node(node, subgraph, places), **marks.get(node.id, {})} for node in subgraph.nodes],
        "edges": [{**_edge(edge, subgraph, places), "against": edge.type in against} for edge in subgraph.edges],
        "documents": [source.model_dump(include={"title", "source", "published", "url", "kind"}) for source in subgraph.documents],
    }


def _landmarks(subgraph: Subgraph) -> dict[str, float]:
    """Return how many times larger than the others those nodes of a large graph are drawn that have the most lines: they can be read from afar."""
    lines = Counter(end for edge in subgraph.edges for end in (edge.subject, edge.object))
    return {id: 6.0 if rank < 12 else 3.5 for rank, (id, _) in enumerate(lines.most_common(40))}


def _laid(subgraph: Subgraph) -> dict[str, tuple[int, int]]:
    """Return where each node of a large graph stands, by forces; nothing where Graphviz is missing, and the page then looks for places itself."""
    sizes = {node.id: (180.0, 60.0) for node in subgraph.nodes}
    edges = list(dict.fromkeys((edge.subject, edge.object, 1) for edge in subgraph.edges if edge.subject != edge.object))
    try:
        found = arrange("sfdp", sizes, edges, settings=("overlap=prism", "start=7", "splines=false", "ratio=0.7"))
    except InputError:
        return {}
    return {id: (round(x), round(y)) for id, (x, y) in found.items()}


def _node(node: Node, subgraph: Subgraph, places: Mapping[str, int]) -> dict[str, Any]:
    return {
        **node.model_dump(include={"id", "label", "name", "name_en", "name_zh", "aliases", "distance", "hidden"}),
        "own": wording.own_properties(node.properties, subgraph), "figures": [_figure(each, subgraph, places) for each in node.figures],
    }


def _edge(edge: Edge, subgraph: Subgraph, places: Mapping[str, int]) -> dict[str, Any]:
    own = wording.own_properties(edge.properties, subgraph)
    return {
        **edge.model_dump(include={"id", "type", "subject", "object"}), "verb": "" if edge.type == MORE else wording.verb(edge),
        "quantity": wording.quantity(edge), "own": own, **_evidence(edge, subgraph, places),
    }


def _figure(figure: Figure, subgraph: Subgraph, places: Mapping[str, int]) -> dict[str, Any]:
    about = wording.own_properties({name: figure.properties.get(name) for name in _ABOUT}, subgraph)
    return {"name": figure.name.replace("_", " "), "display": wording.figure(figure), "about": about, **_evidence(figure, subgraph, places)}


_ABOUT = ("period", "as_of", "window_start", "window_end", "session", "segment", "basis", "planned_for", "suspect")


def _evidence(evidence: Edge | Figure, subgraph: Subgraph, places: Mapping[str, int]) -> dict[str, Any]:
    """Word what is known of an edge or a figure; a sentence names its document by its place among the documents."""
    holder = subgraph.name_of(evidence.holder) if evidence.holder else None
    sentences = [
        {**each.model_dump(include={"text", "before", "after", "locator"}), "document": places.get(each.document)} for each in evidence.sentences
    ]
    return {
        **evidence.model_dump(include=_SHOWN), "holder": holder, "reservations": wording.reservations(evidence), "sentences": sentences,
    }


_SHOWN = {
    "belief", "support", "claim_count", "modality", "origin", "negated", "ended", "proof", "proof_source", "proof_date", "first_seen", "last_seen",
    "rule",
}


def _libraries() -> Iterator[str]:
    """Give each library with its licence before it, as the licence asks of every copy."""
    folder = data_folder("vendor")
    for name, library in read_yaml(folder / "vendor.yaml").items():
        licence = (folder / f"{name}.LICENSE.txt").read_text(encoding="utf-8").strip().replace("*/", "* /")
        code = _SOURCE_MAP.sub("", (folder / library["file"]).read_text(encoding="utf-8"))
        yield f"\n/* {name} {library['version']}, {library['licence']}\n\n{licence}\n*/\n{code}"


def _template(name: str) -> str:
    return data_folder("templates", name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    """Return JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
