"""The gold list: what a careful reader wrote down from some documents, as YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, ValidationError

from kg.errors import DataError
from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import LINE, read_yaml, without_lines
from kg.model import Modality, Origin
from kg.model.document import Record

_SCIENTIFIC = re.compile(r"[-+]?\d+(\.\d+)?[eE][-+]?\d+")  # YAML 1.1 takes 1e9 for a word
L = TypeVar("L", bound="_Lined")


def _several(value: Any) -> Any:
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),) if isinstance(value, str | int) else value


def _numbers(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: float(item) if isinstance(item, str) and _SCIENTIFIC.fullmatch(item) else item for key, item in value.items()}


Several = Annotated[tuple[str, ...], BeforeValidator(_several)]


class _Lined(Record):
    line: int = 0


class GoldEdge(_Lined):
    """An edge as a gold list writes it. `s` and `o` are names that either end may bear (or `event:KIND`, `metric:NAME`), `r` the types."""

    s: Several
    r: Several
    o: Several
    props: Annotated[Mapping[str, Any], BeforeValidator(_numbers)] = Field(default_factory=dict)
    modality: Annotated[tuple[Modality, ...], BeforeValidator(_several)] = ()
    negated: bool = False
    holder: Several = ()
    origin: Origin | None = None

    def __str__(self) -> str:
        return f"{self.s[0]} {'|'.join(self.r)} {self.o[0]}" + (f" {dict(self.props)}" if self.props else "")


class GoldRow(GoldEdge):
    """A fact that a careful reader writes down. `allowed` ones count in precision only: true, and nobody misses them."""

    doc: Several
    w: Literal["core", "extra", "allowed"]


class GoldDocument(_Lined):
    """A document of the gold list, found in a graph by its title. `complete`: the list holds all that the document says."""

    title: str
    complete: bool = False


class Gold(Record):
    """A gold list. `same`: names of one thing; `different`: names of things that only look alike; the rest must not be in a graph."""

    documents: Mapping[str, GoldDocument]
    facts: tuple[GoldRow, ...]
    same: tuple[tuple[str, ...], ...] = ()
    different: tuple[tuple[str, ...], ...] = ()
    never_nodes: tuple[str, ...] = ()
    never_edges: tuple[GoldEdge, ...] = ()


def read_gold(path: Path) -> Gold:
    """Read a gold list. Raises DataError with file and line."""
    content = read_yaml(path, lines=True)
    if not isinstance(content, dict):
        raise DataError("must be a mapping of documents, facts, same, never_nodes, never_edges", where=path, line=1)
    documents = content.get("documents")
    titles = {name: item for name, item in documents.items() if name != LINE} if isinstance(documents, dict) else {}
    sections = {key: value for key, value in content.items() if key not in (LINE, "names")} | {
        "documents": {name: _build(GoldDocument, item, path, "documents") for name, item in titles.items()},
        "facts": [_build(GoldRow, item, path, "facts") for item in _items(content, "facts", path)],
        "never_edges": [_build(GoldEdge, item, path, "never_edges") for item in _items(content, "never_edges", path)],
    }
    try:
        gold = Gold.model_validate(sections)
    except ValidationError as error:
        raise DataError(_problem(error), where=path, line=_line(path, str(error.errors()[0]["loc"][0]))) from error
    for row in gold.facts:
        for name in row.doc:
            if name not in gold.documents:
                raise DataError(f"there is no document {name} in this list", where=path, line=row.line)
    return gold


def _items(content: Mapping[str, Any], section: str, path: Path) -> list[Any]:
    items = content.get(section) or []
    if not isinstance(items, list):
        raise DataError(f"{section} must be a list", where=path, line=_line(path, section))
    return items


def _build(kind: type[L], item: Any, path: Path, section: str) -> L:
    if not isinstance(item, dict):
        raise DataError(f"{section}: {item!r} is no mapping", where=path, line=_line(path, section))
    try:
        record = kind.model_validate({**without_lines(item), "line": item[LINE]})
    except ValidationError as error:
        raise DataError(_problem(error), where=path, line=item[LINE]) from error
    if isinstance(record, GoldEdge):
        _check(record, path)
    return record


def _line(path: Path, section: str) -> int:
    """Return the line on which a section of the list begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, text in enumerate(lines, 1) if text.startswith(f"{section}:")), 1)


def _check(edge: GoldEdge, path: Path) -> None:
    ontology = load_ontology()
    kinds = ontology.labels["Event"].kinds
    for relation in edge.r:
        if relation not in ontology.facts:
            raise DataError(f"there is no relationship type {relation}", where=path, line=edge.line)
    for name in (*edge.s, *edge.o):
        kind = name.removeprefix("event:")
        if kind != name and kind not in kinds:
            raise DataError(f"there is no kind of event {kind}", where=path, line=edge.line, hint=f"there are {', '.join(kinds)}")


def _problem(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, detail['loc'])) or 'it'}: {detail['msg']}" for detail in error.errors())
