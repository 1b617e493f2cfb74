"""One writer a kind of file; the ending of its name tells which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from kg.errors import InputError
from kg.exporting.subgraph import Subgraph

Writer = Callable[[Subgraph, Path], Sequence[Path] | None]
WRITERS: dict[str, str] = {
    ".html": "html.write", ".pptx": "slides.write", ".svg": "svg.write", ".png": "image.write", ".pdf": "pdf.write",
    ".xlsx": "tables.write_xlsx", ".csv": "tables.write_csv", ".graphml": "graphml.write", ".gexf": "gexf.write", ".mmd": "mermaid.write",
    ".json": "writers.write_json",
}
"""The writer of each ending, imported when it is first used: some bring libraries that take their time."""


def write_json(subgraph: Subgraph, path: Path) -> None:
    """Write a subgraph as JSON: its fields as `Subgraph` documents them, one reading of which is `Subgraph.model_validate_json`."""
    path.write_text(subgraph.model_dump_json(indent=2) + "\n", encoding="utf-8")


def writer_for(path: Path) -> Writer:
    """Return the writer for a file by its ending. Raises InputError, naming the endings there are."""
    if path.suffix.lower() not in WRITERS:
        raise InputError("the ending of the file tells its form, and this one tells none", where=path, hint=f"end it in {', '.join(WRITERS)}")
    room, name = WRITERS[path.suffix.lower()].split(".")
    writer: Writer = getattr(import_module(f"kg.exporting.{room}"), name)
    return writer


def write(subgraph: Subgraph, path: Path) -> list[Path]:
    """Write a subgraph in the form of the file's ending, into a folder that is made if need be; return the files written.

    Raises InputError when that cannot be.
    """
    writer = writer_for(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return [*(writer(subgraph, path) or [path])]
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", where=path, hint="choose another place") from error
