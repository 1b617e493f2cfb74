"""One writer a kind of file; the ending of its name tells which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError
from kg.exporting import graphml, html
from kg.exporting.subgraph import Subgraph

Writer = Callable[[Subgraph, Path], None]


def write_json(subgraph: Subgraph, path: Path) -> None:
    """Write a subgraph as JSON: its fields as `Subgraph` documents them, one reading of which is `Subgraph.model_validate_json`."""
    path.write_text(subgraph.model_dump_json(indent=2) + "\n", encoding="utf-8")


WRITERS: dict[str, Writer] = {".html": html.write, ".graphml": graphml.write, ".json": write_json}


def writer_for(path: Path) -> Writer:
    """Return the writer for a file by its ending. Raises InputError, naming the endings there are."""
    if writer := WRITERS.get(path.suffix.lower()):
        return writer
    raise InputError("the ending of the file tells its form, and this one tells none", where=path, hint=f"end it in {', '.join(WRITERS)}")


def write(subgraph: Subgraph, path: Path) -> None:
    """Write a subgraph to a file in the form of its ending; a missing folder is made. Raises InputError when that cannot be."""
    writer = writer_for(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        writer(subgraph, path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", where=path, hint="choose another place") from error
