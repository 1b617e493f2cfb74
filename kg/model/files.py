"""The folder that `kg extract` writes and `kg load` reads: JSON Lines, one object a line, the same bytes from run to run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kg.errors import InputError
from kg.model.claim import Claim, Mention, Rejected
from kg.model.document import Document, Record
from kg.model.graph import Entity, Event, Fact, Graph, Metric

SCHEMA = 1  # raised whenever a reader of older folders would misread a newer one

FILES: Mapping[str, type[Record]] = {
    "documents": Document, "mentions": Mention, "claims": Claim, "entities": Entity,
    "facts": Fact, "events": Event, "metrics": Metric, "rejected": Rejected,
}
R = TypeVar("R", bound=BaseModel)


class Manifest(Record):
    """What made a folder: schema and tool versions, what the readers and data files were, which inputs were read (path -> sha256)."""

    schema_version: int
    tool: str
    readers: Mapping[str, str]
    data: Mapping[str, str]
    inputs: Mapping[str, str]


def write_graph(graph: Graph, folder: Path, manifest: Manifest) -> None:
    """Write a graph and its manifest into `folder` (made if need be). The manifest comes last: a folder without one is incomplete."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").unlink(missing_ok=True)
    for name in FILES:
        _write_lines(folder / f"{name}.jsonl", (to_row(record) for record in getattr(graph, name)))
    body = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=2)
    (folder / "manifest.json").write_text(body + "\n", encoding="utf-8")


def read_graph(folder: Path) -> Graph:
    """Read what `write_graph` wrote. Raises InputError with file and line, or when the schema is not one that this kg knows."""
    read_manifest(folder)
    records: dict[str, Any] = {name: tuple(_read_records(folder / f"{name}.jsonl", kind)) for name, kind in FILES.items()}
    return Graph(**records)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest alone. Raises InputError when it is missing, broken, or of a schema that this kg does not know."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise InputError("no manifest here, so this is no complete extraction", where=folder, hint="make one with `kg extract PATH --out DIR`")
    try:
        manifest = Manifest.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise InputError(f"is not a manifest: {_first(error)}", where=path, hint="extract again") from error
    if manifest.schema_version != SCHEMA:
        raise InputError(
            f"has schema {manifest.schema_version}, this kg reads schema {SCHEMA}", where=path, hint="extract again with this version of kg"
        )
    return manifest


def to_row(record: Record) -> dict[str, Any]:
    """Return the JSON object of a record, keys in the order of its declaration; an entity's own properties stand beside the rest."""
    row = record.model_dump(mode="json")
    if isinstance(record, Entity):
        row.update(row.pop("properties"))
    return row


def from_row(kind: type[R], row: Mapping[str, Any]) -> R:
    """Return the record of a JSON object that `to_row` made."""
    if kind is Entity:
        own = {key: value for key, value in row.items() if key not in Entity.model_fields}
        row = {**{key: value for key, value in row.items() if key in Entity.model_fields}, "properties": own}
    return kind.model_validate(row)


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every file, by the file's stem."""
    schemas = {name: kind.model_json_schema(mode="serialization") for name, kind in FILES.items()}
    entity = schemas["entities"]
    entity["properties"].pop("properties")
    entity["additionalProperties"] = True
    return {**schemas, "manifest": Manifest.model_json_schema(mode="serialization")}


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read_records(path: Path, kind: type[R]) -> Iterator[R]:
    if not path.is_file():
        raise InputError("is missing", where=path, hint="extract again")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield from_row(kind, json.loads(line))
            except json.JSONDecodeError as error:
                raise InputError(f"is not JSON: {error.msg}", where=path, line=number, hint="extract again") from error
            except ValidationError as error:
                raise InputError(_first(error), where=path, line=number, hint="extract again") from error


def _first(error: ValidationError) -> str:
    detail = error.errors()[0]
    return f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}"
