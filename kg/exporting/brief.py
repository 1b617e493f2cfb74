"""A brief: what a graph tells of one name on a page or two, every statement with the number of its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from pydantic import Field

from kg.exporting import wording
from kg.exporting.drawing import Frame, draw
from kg.exporting.sheet import sheet
from kg.exporting.subgraph import Evidence, Figure, Node, Subgraph
from kg.exporting.svg import svg
from kg.knowledge.yaml_file import data_folder
from kg.model.document import Record

_UNKNOWN: tuple[Any, ...] = (None, "", "not disclosed", (), [])
_OF_FIGURES = ("figure", "value", "for", "part", "whose word")
_WIDE = Frame(800.0, 430.0, (30.0, 72.0, 740.0, 310.0))


class Note(Record):
    """A numbered source: the sentence, who says it, when, where it comes from and how sure the graph is of what it rests on."""

    number: int
    sentence: str
    source: str = ""
    date: str = ""
    how: tuple[str, ...] = ()


class Row(Record):
    """One statement: its cells, what must be said with it (plan, reference, ...), and the numbers of its sources."""

    cells: tuple[str, ...]
    said: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()


class Section(Record):
    """The answer to one question: columns and rows, how many rows were left out, which columns no sentence fills."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    more: int = 0
    not_disclosed: tuple[str, ...] = ()


class Brief(Record):
    """All of a brief: whom it is about, the part of the graph that is its picture, its sections, what the graph is silent about, its sources."""

    name: str
    about: tuple[str, ...] = ()
    subgraph: Subgraph
    sections: tuple[Section, ...]
    silent: tuple[str, ...] = ()
    notes: tuple[Note, ...] = Field(default=())


class Notes:
    """Numbers sources in the order in which they are first needed; the same sentence of the same source has one number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str], Note] = {}

    def number(self, sentence: str | None, source: str | None, date: str | None, how: Sequence[str] = ()) -> tuple[int, ...]:
        """Return the number of a source, none where no sentence is kept."""
        if not sentence:
            return ()
        key = (sentence, source or "", (date or "").replace("T", " "))
        alike = (note for note in self._numbers.values() if note.sentence == sentence and not (source and note.source))
        if known := self._numbers.get(key) or next(alike, None):
            if source and not known.source:  # the same sentence, now with its source
                self._numbers = {key if note is known else each: note for each, note in self._numbers.items()}
                self._numbers[key] = known.model_copy(update={"source": key[1], "date": key[2], "how": tuple(how)})
            return (known.number,)
        self._numbers[key] = Note(number=len(self._numbers) + 1, sentence=key[0], source=key[1], date=key[2], how=tuple(how))
        return (self._numbers[key].number,)

    @property
    def all(self) -> tuple[Note, ...]:
        """The sources so far, by their number."""
        return tuple(self._numbers.values())


def section(title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], notes: Notes, *, most: int) -> Section:
    """Return the rows of an answer as a section: of `columns` those that hold something, of `rows` the first `most`."""
    known = [name for name in columns if any(row.get(name) not in _UNKNOWN and row.get(name) is not False for row in rows)]
    shown = []
    for row in rows[:most]:
        how = _how(row.get("modality"), row.get("origin"))
        belief = (f"belief {row['belief']:.2f}",) if row.get("belief") is not None else ()
        numbers = notes.number(row.get("proof"), row.get("source"), row.get("date"), (*how, *belief))
        numbers += notes.number(row.get("other_proof"), row.get("other_source"), None)
        numbers += notes.number(row.get("guidance_proof"), None, None)
        shown.append(Row(cells=tuple(_cell(name, row.get(name)) for name in known), said=how, notes=tuple(dict.fromkeys(numbers))))
    lacking = tuple(_title(name) for name in columns if name not in known and any(row.get(name) == "not disclosed" for row in rows))
    return Section(title=title, columns=tuple(map(_title, known)), rows=tuple(shown), more=max(0, len(rows) - most), not_disclosed=lacking)


def figures(title: str, node: Node, subgraph: Subgraph, notes: Notes, *, most: int) -> Section:
    """Return the figures of a node as a section: each with its period or day, its part, and whose word it is."""
    rows = [_figure(each, subgraph, notes) for each in node.figures[:most]]
    filled = [at for at in range(len(_OF_FIGURES)) if any(row.cells[at] for row in rows)]
    rows = [row.model_copy(update={"cells": tuple(row.cells[at] for at in filled)}) for row in rows]
    return Section(title=title, columns=tuple(_OF_FIGURES[at] for at in filled), rows=tuple(rows), more=max(0, len(node.figures) - most))


def _figure(figure: Figure, subgraph: Subgraph, notes: Notes) -> Row:
    own = figure.properties
    when = next((str(own[name]) for name in ("period", "as_of", "planned_for", "window_end") if own.get(name)), "")
    belief = (f"belief {figure.belief:.2f}",) if figure.belief is not None else ()
    return Row(
        cells=(
            figure.name.replace("_", " "), wording.figure(figure), when, str(own.get("segment") or ""),
            subgraph.name_of(figure.holder) if figure.holder else "",
        ),
        said=(*wording.reservations(figure), *_how(None, figure.origin), *(["doubted"] if own.get("suspect") else [])),
        notes=notes.number(figure.proof, figure.proof_source, figure.proof_date, belief),
    )


def write(brief: Brief, path: Path) -> None:
    """Write a brief as one HTML file that needs nothing else and prints on a page or two. Raises what drawing its picture raises."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(data_folder("templates", "brief.html").read_text(encoding="utf-8"))
    picture = draw(unnumbered(brief.subgraph), frame=_WIDE, title="What it is linked to") if brief.subgraph.edges else None
    drawn = Markup(svg(sheet(picture), path)) if picture else ""  # noqa: S704  every text in it is an outline or escaped
    page = template.render(brief=brief, picture=drawn, counts=_counts(brief.subgraph))
    path.write_text(page + "\n", encoding="utf-8", newline="\n")


def unnumbered(subgraph: Subgraph) -> Subgraph:
    """Return what the picture shows without its sentences: they have their numbers in the brief."""
    bare = {"proof": None, "sentences": ()}
    nodes = (node.model_copy(update={"figures": tuple(each.model_copy(update=bare) for each in node.figures)}) for node in subgraph.nodes)
    edges = tuple(edge.model_copy(update=bare) for edge in subgraph.edges)
    return Subgraph(**{**dict(subgraph), "nodes": tuple(nodes), "edges": edges})


def _counts(subgraph: Subgraph) -> dict[str, int]:
    told: list[Evidence] = [*subgraph.edges, *(each for node in subgraph.nodes for each in node.figures)]
    return {"facts": len(told), "single": sum(each.support == 1 for each in told), "background": sum(each.origin != "stated" for each in told)}


def _how(modality: str | None, origin: str | None) -> tuple[str, ...]:
    return tuple(word for word, plain in ((modality, "fact"), (origin, "stated")) if word and word != plain)


def _title(name: str) -> str:
    return name.removesuffix("_pct").removeprefix("exposure_").replace("_", " ")


def _cell(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return ("the only one" if name == "sole" else "yes") if value else ""
    if isinstance(value, list | tuple):
        return (" → " if "path" in name else ", ").join(map(str, value))
    if isinstance(value, float):
        return f"{value:.2f}" if name.startswith(("exposure", "belief")) else f"{value:,.4g}"
    return "" if value is None else f"{value}%" if name.endswith("_pct") and str(value)[-1:].isdigit() else str(value)
