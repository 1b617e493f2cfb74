"""One HTML file that needs nothing else: the picture, its proofs, and the libraries that draw it. No request ever leaves it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

from kg.exporting import wording
from kg.exporting.subgraph import Edge, Evidence, Figure, Node, Subgraph
from kg.knowledge.yaml_file import data_folder, read_yaml

_SCRIPTS = ("graph.js", "layout.js", "panel.js", "legend.js")
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
    against = set(read_yaml(data_folder("styles", "export.yaml"))["against_the_flow"])
    looks = read_yaml(data_folder("styles", "browser.yaml"))["nodes"]
    labels = dict.fromkeys(label for label in looks if any(node.label == label for node in subgraph.nodes))
    return {
        "around": subgraph.around, "hops": subgraph.hops, "centres": subgraph.centres, "more": subgraph.more,
        "labels": {label: {"fill": looks[label]["color"], "line": looks[label]["border-color"], "text": looks[label]["text-color-internal"]}
                   for label in labels},
        "nodes": [_node(node, subgraph) for node in subgraph.nodes],
        "edges": [{**_edge(edge, subgraph), "against": edge.type in against} for edge in subgraph.edges],
    }


def _node(node: Node, subgraph: Subgraph) -> dict[str, Any]:
    return {
        **node.model_dump(include={"id", "label", "name", "name_en", "name_zh", "aliases", "distance", "hidden"}),
        "own": wording.own_properties(node.properties, subgraph), "figures": [_figure(each, subgraph) for each in node.figures],
    }


def _edge(edge: Edge, subgraph: Subgraph) -> dict[str, Any]:
    own = wording.own_properties(edge.properties, subgraph)
    return {
        **edge.model_dump(include={"id", "type", "subject", "object"}), "verb": wording.verb(edge), "quantity": wording.quantity(edge),
        "own": own, **_evidence(edge, subgraph),
    }


def _figure(figure: Figure, subgraph: Subgraph) -> dict[str, Any]:
    about = wording.own_properties({name: figure.properties.get(name) for name in _ABOUT}, subgraph)
    return {"name": figure.name.replace("_", " "), "display": wording.figure(figure), "about": about, **_evidence(figure, subgraph)}


_ABOUT = ("period", "as_of", "window_start", "window_end", "session", "segment", "basis", "planned_for", "suspect")


def _evidence(evidence: Edge | Figure, subgraph: Subgraph) -> dict[str, Any]:
    fields = evidence.model_dump(include=set(Evidence.model_fields) - {"holder"})
    holder = subgraph.name_of(evidence.holder) if evidence.holder else None
    return {**fields, "holder": holder, "reservations": wording.reservations(evidence)}


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
