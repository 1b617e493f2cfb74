"""Tables: what nodes, facts, figures, sentences and documents look like as rows; as CSV files and as a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kg.exporting import wording
from kg.exporting.subgraph import Edge, Evidence, Figure, Node, Subgraph

Row = dict[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST = 32_767  # characters that a cell may hold
_WIDTHS = {
    "proof": 70, "text": 70, "name": 28, "subject": 28, "object": 28, "title": 44, "aliases": 30, "figure": 26, "of": 28, "about": 60, "said": 24,
}
_NARROWEST, _EDITED = 11, datetime(2000, 1, 1)  # a date of its own would make every file another


def write_csv(subgraph: Subgraph, path: Path) -> list[Path]:
    """Write `NAME.nodes.csv` and `NAME.edges.csv` beside `path`, in UTF-8 with a mark that spreadsheets know; return their paths.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    written = []
    for part, rows in (("nodes", node_rows(subgraph.nodes)), ("edges", edge_rows(subgraph))):
        target = path.with_suffix(f".{part}.csv")
        with target.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            columns = _columns(rows)
            writer.writerow(columns)
            writer.writerows([_harmless(_cell(row.get(column))) for column in columns] for row in rows)
        written.append(target)
    return written


def write_xlsx(subgraph: Subgraph, path: Path) -> None:
    """Write a workbook: what it holds, all facts, a sheet for each kind of node, figures, sentences, documents; each with filters."""
    from xlsxwriter import Workbook

    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": subgraph.around, "created": _EDITED})
        head = book.add_format({"bold": True, "bg_color": "#E3EFF7", "bottom": 1, "valign": "top"})
        cell = book.add_format({"valign": "top", "text_wrap": True})
        for name, rows in _sheets(subgraph):
            sheet, columns = book.add_worksheet(name), _columns(rows)
            for at, column in enumerate(columns):
                sheet.set_column(at, at, _WIDTHS.get(column, max(_NARROWEST, len(column) + 3)))
                sheet.write_string(0, at, column.replace("_", " "), head)
            for line, row in enumerate(rows, 1):
                for at, column in enumerate(columns):
                    value = _cell(row.get(column))
                    if isinstance(value, bool):
                        sheet.write_boolean(line, at, value, cell)
                    elif isinstance(value, int | float):
                        sheet.write_number(line, at, value, cell)
                    elif value:
                        sheet.write_string(line, at, value[:_LONGEST], cell)
            sheet.freeze_panes(1, 1)
            if columns:
                sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _sheets(subgraph: Subgraph) -> Iterator[tuple[str, list[Row]]]:
    yield "About", _about(subgraph)
    yield "Facts", edge_rows(subgraph)
    for label in dict.fromkeys(node.label for node in subgraph.nodes):
        yield label, node_rows([node for node in subgraph.nodes if node.label == label])
    for name, rows in (("Figures", figure_rows(subgraph)), ("Sentences", sentence_rows(subgraph)), ("Documents", document_rows(subgraph))):
        if rows:
            yield name, rows


def _about(subgraph: Subgraph) -> list[Row]:
    told = {
        "What": subgraph.around, "Question": subgraph.question, "问题": subgraph.question_zh, "Module": subgraph.module,
        "Steps": subgraph.hops or None, "Nodes": len(subgraph.nodes), "Facts": len(subgraph.edges), "Left out for want of room": subgraph.more,
        "Facts with one voice": sum(edge.support == 1 for edge in subgraph.edges),
        "Origin": "stated: a sentence of a document says it; reference: background with its source; derived: by a rule, from other facts",
        "Belief": "0 to 1: how sure the graph is, from independent voices",
    }
    return [{"said": name, "about": value} for name, value in told.items() if value is not None]


def node_rows(nodes: Iterable[Node]) -> list[Row]:
    """Return a row for each node, its properties and its figures in words among them."""
    return [
        {
            **node.model_dump(include={"id", "label", "name", "name_en", "name_zh", "aliases"}), **node.properties,
            "figures": [f"{each.name}: {wording.figure(each)}{_told(each)}" for each in node.figures],
            **node.model_dump(include={"distance", "hidden", "left_out"}),
        }
        for node in nodes
    ]


def edge_rows(subgraph: Subgraph) -> list[Row]:
    """Return a row for each fact: both ends by name and id, how it is said, how sure it is, the sentence."""
    return [
        {
            "subject": subgraph.name_of(edge.subject), "relation": edge.type, "object": subgraph.name_of(edge.object),
            "number": wording.quantity(edge), **_evidence(edge, subgraph), **wording.own_properties(edge.properties, subgraph),
            "subject_id": edge.subject, "object_id": edge.object, "id": edge.id,
        }
        for edge in subgraph.edges
    ]


def figure_rows(subgraph: Subgraph) -> list[Row]:
    """Return a row for each figure of a node: as its text writes it, and its value in base units."""
    return [
        {"of": node.name, "figure": each.name, "said": wording.figure(each), **each.properties, **_evidence(each, subgraph), "id": each.id}
        for node in subgraph.nodes for each in node.figures
    ]


def sentence_rows(subgraph: Subgraph) -> list[Row]:
    """Return a row for each sentence behind a fact or a figure, with where it stands."""
    titles = {source.id: source for source in subgraph.documents}
    proved: list[tuple[str, Edge | Figure]] = [(edge.id, edge) for edge in subgraph.edges]
    proved += [(each.fact or each.id, each) for node in subgraph.nodes for each in node.figures]
    return [
        {
            "text": said.text, "title": source.title if source else said.document, "source": source.source if source else None,
            "published": source.published if source else None, **said.model_dump(include={"start", "end", "locator", "confidence", "reader"}),
            "fact": fact, "document": said.document, "id": said.id,
        }
        for fact, evidence in proved for said in evidence.sentences for source in [titles.get(said.document)]
    ]


def document_rows(subgraph: Subgraph) -> list[Row]:
    """Return a row for each document that a sentence stands in."""
    return [source.model_dump(exclude={"sha256", "zone"}) for source in subgraph.documents]


def _evidence(evidence: Evidence, subgraph: Subgraph) -> Row:
    shown = {"modality", "negated", "ended", "origin", "belief", "support", "proof", "proof_source", "proof_date", "first_seen", "last_seen"}
    return {**evidence.model_dump(include=shown), "holder": subgraph.name_of(evidence.holder) if evidence.holder else None}


def _told(figure: Figure) -> str:
    told = wording.reservations(figure)
    return f" ({', '.join(told)})" if told else ""


def _columns(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the columns that hold something in any row, in the order in which they are met."""
    return list(dict.fromkeys(name for row in rows for name, value in row.items() if value not in (None, "", [], ())))


def _cell(value: Any) -> str | int | float | bool:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value if isinstance(value, bool | int | float) else str(value)


def _harmless(value: str | int | float | bool) -> str | int | float | bool:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
