"""A brief on a company, a sector, an event or anything else that the graph knows: picture, answers, figures, disagreements, sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ask import query
from kg.errors import InputError
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.selection import subgraph
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.exporting.brief import Brief, Notes, Section
    from kg.exporting.subgraph import Node

ENDINGS = (".html", ".pptx")
_NAMES, _FIGURES = 4, 8


def report(name: str, path: str | Path, *, settings: Settings | None = None) -> Brief:
    """Write a brief on a name in any language, a ticker or an id: `.html` on a page or two, `.pptx` as its picture, its answers and
    their sources on a few slides; return it.

    What it asks is told by data/styles/brief.yaml for each label. Raises InputError for another ending, QueryError for a name that the
    graph does not know (with the nearest it knows).
    """
    from kg.exporting import brief as briefs
    from kg.exporting import brief_deck

    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise InputError("the ending of the file tells its form, and this one tells none", where=path, hint=f"end it in {' or '.join(ENDINGS)}")
    made = compose(name, settings=settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".html":
            briefs.write(made, path)
        else:
            brief_deck.write(made, path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", where=path, hint="choose another place") from error
    return made


def compose(name: str, *, settings: Settings | None = None) -> Brief:
    """Return a brief on a name, not yet written; see `report`."""
    from kg.exporting.brief import Brief, Notes, figures

    style = read_yaml(data_folder("styles", "brief.yaml"))
    part = subgraph(name, hops=1, max_nodes=style["picture"], settings=settings)
    centre = next(node for node in part.nodes if node.id in part.centres)
    notes, sections, silent = Notes(), [], []
    for asked in _asked(centre.label, style):
        told = _section(asked, centre, notes, style["rows"], settings)
        if told:
            sections.append(told)
        else:
            silent.append(asked["title"])
    if centre.figures:
        sections.insert(min(2, len(sections)), figures("Figures", centre, part, notes, most=_FIGURES))
    names = dict.fromkeys(filter(None, (centre.name_zh, centre.name_en, *centre.aliases)))
    tickers = centre.properties.get("tickers") or [centre.properties.get("ticker")]
    about = (centre.label, *filter(None, tickers), *[each for each in names if each not in (centre.name, *tickers)][:_NAMES])
    return Brief(name=centre.name, about=about, subgraph=part, sections=tuple(sections), silent=tuple(silent), notes=notes.all)


def _asked(label: str, style: Mapping[str, Any]) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = style["sections"].get(label) or style["sections"]["other"]
    return asked


def _section(asked: Mapping[str, Any], centre: Node, notes: Notes, most: int, settings: Settings | None) -> Section | None:
    from kg.exporting.brief import section

    answer = query(asked["module"], settings=settings, **{asked["ask"]: centre.name, **asked.get("parameters", {})})
    rows = [row for row in answer.rows if row[asked["columns"][0]] >= asked["drop_below"]] if "drop_below" in asked else list(answer.rows)
    return section(asked["title"], asked["columns"], rows, notes, most=most) if rows else None
