"""Pictures for a presentation: one, as it was asked for, and a deck from a list of questions, each slide with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from kg.errors import InputError
from kg.knowledge.yaml_file import LINE, read_yaml, without_lines
from kg.selection import Exported, subgraph
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.exporting.picture import LayoutName

_OF_THE_SLIDE = ("title", "layout")
_OF_THE_GRAPH = (
    "around", "query", "parameters", "cypher", "path", "document", "since", "hops", "modalities", "origins", "min_belief", "relations", "labels",
    "max_nodes",
)


def picture(
    around: str | None, path: str | Path, *, title: str | None = None, layout: LayoutName | None = None, template: str | Path | None = None,
    settings: Settings | None = None, **selection: Any,
) -> Exported:
    """Write the picture of a part of the graph as .pptx, .svg, .png or .pdf, with a title, a layout or a firm's template of one's own.

    `selection` is what `kg.selection.subgraph` takes. Raises InputError for another ending, and what the selection and the writer raise.
    """
    from kg.exporting.pictures import check, write

    path, template = Path(path), Path(template) if template else None
    check(path, template)
    part = subgraph(around, settings=settings, **selection)
    write(part, path, title=title, layout=layout, template=template)
    return Exported(paths=(path,), nodes=len(part.nodes), edges=len(part.edges), more=part.more)


class Presented(BaseModel):
    """What a deck shows: the file, and for each picture its title, its nodes and lines, and how many nodes it leaves out."""

    model_config = ConfigDict(frozen=True)

    path: Path
    pictures: tuple[tuple[str, int, int, int], ...]


def present(questions: str | Path, path: str | Path, *, template: str | Path | None = None, settings: Settings | None = None) -> Presented:
    """Write a presentation from a YAML file that lists slides, each with a selection and, if it likes, a title and a layout:

        slides:
          - {title: Who supplies TSMC?, around: TSMC, hops: 1, layout: rings}
          - {query: exposure/tiers, parameters: {company: NVIDIA, direction: up}}
          - {path: [ASML, xAI]}

    The keys of a selection are the parameters of `kg.selection.subgraph`; `template` is a presentation whose master is used.
    Raises InputError, with file and line, for a list that cannot be read so; and what the selections and the writer raise.
    """
    from kg.exporting.slides import Page, write_deck

    questions, path = Path(questions), Path(path)
    if path.suffix.lower() != ".pptx":
        raise InputError("a deck is a presentation", where=path, hint="end it in .pptx")
    pages = []
    for line, asked in _slides(questions):
        chosen = {name: asked[name] for name in _OF_THE_GRAPH if name in asked}
        if "path" in chosen:
            chosen["path"] = _pair(chosen["path"], questions, line)
        pages.append(Page(subgraph(settings=settings, **chosen), asked.get("title"), asked.get("layout")))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pictures = write_deck(pages, path, template=Path(template) if template else None)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", where=path, hint="choose another place") from error
    shown = tuple((each.title, sum(box.kind in ("node", "centre") for box in each.boxes), len(each.lines), each.left_out) for each in pictures)
    return Presented(path=path, pictures=shown)


def _slides(questions: Path) -> list[tuple[int, Mapping[str, Any]]]:
    told = read_yaml(questions, lines=True)
    listed = told.get("slides") if isinstance(told, Mapping) else None
    if not isinstance(listed, list) or not listed:
        raise InputError("holds no list called slides", where=questions, hint="slides: [{title: Who supplies TSMC?, around: TSMC}]")
    found = []
    for slide in listed:
        if not isinstance(slide, Mapping):
            raise InputError(f"a slide is a mapping, not {slide!r}", where=questions, hint="such as {around: TSMC, hops: 1}")
        line, asked = int(slide[LINE]), without_lines(slide)
        known = (*_OF_THE_SLIDE, *_OF_THE_GRAPH)
        if unknown := sorted(set(asked) - set(known)):
            raise InputError(f"a slide has no {', '.join(unknown)}", where=questions, line=line, hint=f"it may have {', '.join(known)}")
        found.append((line, asked))
    return found


def _pair(value: Any, questions: Path, line: int) -> tuple[str, str]:
    if isinstance(value, list) and len(value) == 2:
        return str(value[0]), str(value[1])
    raise InputError("a path is a list of two names", where=questions, line=line, hint="path: [ASML, xAI]")
