"""Mermaid, for Markdown files and wikis that draw it: a flowchart, its lines dashed and dotted by where a fact comes from and how it is said."""

from __future__ import annotations

import re
from pathlib import Path

from kg.exporting import wording
from kg.exporting.subgraph import MORE, Edge, Node, Subgraph, with_stubs
from kg.knowledge.yaml_file import data_folder, read_yaml

_SPECIAL = re.compile(r"[^\w\s.,:/%()+\-¥$€£≈≥≤·]", re.ASCII)
_LETTERS = re.compile(r"[^\W_]")
_BREAKS = re.compile(r"\s+")
_SHAPES = {"Event": ("{{", "}}"), MORE: ("(", ")")}


def write(subgraph: Subgraph, path: Path) -> None:
    """Write a subgraph as a Mermaid flowchart; each fact's sentence follows as a comment."""
    path.write_text(flowchart(with_stubs(subgraph)), encoding="utf-8", newline="\n")


def flowchart(subgraph: Subgraph) -> str:
    """Return the flowchart. Every name and every word is written so that Mermaid takes none of it for markup."""
    names = {node.id: f"n{at}" for at, node in enumerate(subgraph.nodes)}
    looks = read_yaml(data_folder("styles", "browser.yaml"))["nodes"]
    labels = dict.fromkeys(node.label for node in subgraph.nodes)
    out = [f"%% {_comment(subgraph.around)}", "flowchart LR"]
    out += [f"  {names[node.id]}{_card(node)}" for node in subgraph.nodes]
    out += [f"  {names[edge.subject]} {_arrow(edge)} {names[edge.object]}" for edge in subgraph.edges]
    for label in labels:
        look = looks.get(label, {"color": "#FFFFFF", "border-color": "#888888", "text-color-internal": "#000000"})
        out.append(f"  classDef {label} fill:{look['color']},stroke:{look['border-color']},color:{look['text-color-internal']}")
        out.append(f"  class {','.join(names[node.id] for node in subgraph.nodes if node.label == label)} {label}")
    for dashes, edges in _dashed(subgraph).items():
        out.append(f"  linkStyle {','.join(map(str, edges))} stroke-dasharray:{dashes}")
    out += [f"%% {_comment(_proof(edge, subgraph))}" for edge in subgraph.edges if edge.proof]
    return "\n".join(out) + "\n"


def _card(node: Node) -> str:
    both = dict.fromkeys(filter(None, (node.name_en or node.name, node.name_zh)))
    begin, end = _SHAPES.get(node.label, ("[", "]"))
    return f'{begin}"{"<br>".join(map(_quoted, both))}"{end}'


def _arrow(edge: Edge) -> str:
    if edge.type == MORE:
        return "---"
    told = [word for word in wording.reservations(edge) if word != "not"]
    unsure = f"({', '.join(told)})" if told else ""
    words = " ".join(filter(None, ("NOT" if edge.negated else "", wording.verb(edge), wording.quantity(edge), unsure)))
    return f'{"--x" if edge.negated else "-->"}|"{_quoted(words)}"|'


def _dashed(subgraph: Subgraph) -> dict[str, list[int]]:
    dashes: dict[str, list[int]] = {}
    for at, edge in enumerate(subgraph.edges):
        if edge.modality != "fact" or edge.type == MORE:
            dashes.setdefault("2 5", []).append(at)
        elif edge.origin != "stated":
            dashes.setdefault("9 5", []).append(at)
    return dashes


def _proof(edge: Edge, subgraph: Subgraph) -> str:
    where = ", ".join(filter(None, (edge.proof_source, edge.proof_date)))
    return f"{subgraph.name_of(edge.subject)} {wording.verb(edge)} {subgraph.name_of(edge.object)}: {edge.proof} ({where})"


def _quoted(text: str) -> str:
    """Write what Mermaid or the page may take for markup as a numbered entity; letters of any script stay."""
    return _SPECIAL.sub(lambda found: found[0] if _LETTERS.match(found[0]) else f"#{ord(found[0])};", _BREAKS.sub(" ", text).strip())


def _comment(text: str) -> str:
    return _BREAKS.sub(" ", text).replace("{", "(").replace("}", ")").strip()
