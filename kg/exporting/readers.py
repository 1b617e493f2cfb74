"""One reader a kind of file that `kg export` wrote and `kg load` takes."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from kg.errors import InputError
from kg.exporting import graphml
from kg.exporting.subgraph import Subgraph


def read_json(path: Path) -> Subgraph:
    """Read what `write_json` wrote. Raises InputError."""
    try:
        return Subgraph.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=path) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"is no JSON that kg wrote: {where + ': ' if where else ''}{first['msg']}", where=path,
                         hint="kg reads what `kg export FILE.json` writes") from error


READERS = {".json": read_json, ".graphml": graphml.read}


def read(path: Path) -> Subgraph:
    """Read a subgraph from a file in the form of its ending. Raises InputError, naming the endings there are."""
    if reader := READERS.get(path.suffix.lower()):
        return reader(path)
    raise InputError("is no export that can be loaded", where=path, hint=f"kg loads {' and '.join(READERS)} files, and folders of `kg extract`")
