"""The ontology: node labels and relationship types, stated once in `data/ontology/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import DataError
from kg.knowledge.yaml_file import LINE, data_folder, read_yaml, without_lines

P = TypeVar("P", bound="_Part")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str


class NodeLabel(_Part):
    """A label: what it is, whether its nodes are entities, its own properties with their types."""

    entity: bool
    meaning: str = Field(alias="is")
    properties: Mapping[str, str] = {}
    kinds: tuple[str, ...] = ()


class RelationType(_Part):
    """A relationship type: which labels it links, how it reads both ways, which properties tell two facts apart (`key`)."""

    domain: tuple[str, ...]
    range: tuple[str, ...]
    says: str = ""
    inverse: str = ""
    symmetric: bool = False
    same: bool = False
    evidence: bool = False
    key: Mapping[str, str] = {}
    properties: Mapping[str, str] = {}

    def allows(self, subject: str, object: str) -> bool:
        """Tell whether a node labelled `subject` may be linked to one labelled `object`."""
        return subject in self.domain and object in self.range and (not self.same or subject == object)

    @property
    def own(self) -> dict[str, str]:
        """All properties of the type's own, key ones first, with their types."""
        return {**self.key, **self.properties}


class Ontology(BaseModel):
    """Everything that `data/ontology` says."""

    model_config = ConfigDict(frozen=True)

    labels: Mapping[str, NodeLabel]
    relations: Mapping[str, RelationType]
    proof: Mapping[str, str]

    @property
    def facts(self) -> dict[str, RelationType]:
        """The relationship types that state facts (all but the edges of proof)."""
        return {name: relation for name, relation in self.relations.items() if not relation.evidence}

    @property
    def entity_labels(self) -> tuple[str, ...]:
        """The labels whose nodes also bear `:Entity`."""
        return tuple(name for name, label in self.labels.items() if label.entity)


PROPERTY_TYPES = frozenset({"entity", "entities", "string", "strings", "number", "integer", "boolean", "date", "currency"})


def read_ontology(folder: Path) -> Ontology:
    """Read an ontology from a folder of `entities.yaml`, `relations.yaml` and `proof.yaml`. Raises DataError with file and line."""
    labels = {name: _build(NodeLabel, name, fields, folder / "entities.yaml") for name, fields in _mapping(folder / "entities.yaml")}
    relations = {name: _build(RelationType, name, fields, folder / "relations.yaml") for name, fields in _mapping(folder / "relations.yaml")}
    proof = dict(_mapping(folder / "proof.yaml"))
    ontology = Ontology(labels=labels, relations=relations, proof=proof)
    _check(ontology, folder)
    return ontology


@cache
def load_ontology() -> Ontology:
    """Return the ontology that ships with kg (read once a process)."""
    return read_ontology(data_folder("ontology"))


def as_markdown(ontology: Ontology) -> str:
    """Return the ontology as two Markdown tables: what a node is, and what may be linked to what."""
    nodes = ["| label | is | own properties |", "|---|---|---|"]
    nodes += [f"| {label.name} | {label.meaning} | {', '.join(label.properties)} |" for label in ontology.labels.values()]
    edges = ["| relationship | from | to | own properties (**key** ones tell two facts apart) |", "|---|---|---|---|"]
    for relation in ontology.facts.values():
        name = relation.name + (" (symmetric)" if relation.symmetric else "")
        target = "the same kind" if relation.same else _listed(relation.range, ontology)
        own = ", ".join([f"**{key}**" for key in relation.key] + list(relation.properties))
        edges.append(f"| {name} | {_listed(relation.domain, ontology)} | {target} | {own} |")
    return "\n".join([*nodes, "", *edges, "", f"Every one of these also carries: {', '.join(ontology.proof)}.", ""])


def _listed(labels: tuple[str, ...], ontology: Ontology) -> str:
    return "any entity" if {*ontology.entity_labels} - {"Event"} <= {*labels} else ", ".join(labels)


def _mapping(path: Path) -> list[tuple[str, Any]]:
    value = read_yaml(path, lines=True)
    if not isinstance(value, dict):
        raise DataError("must be a mapping of names", where=path, line=1)
    return [(name, fields) for name, fields in value.items() if name != LINE]


def _build(kind: type[P], name: str, fields: Any, path: Path) -> P:
    line = fields.get(LINE) if isinstance(fields, dict) else None
    try:
        return kind(name=name, **without_lines(fields))
    except (ValidationError, TypeError) as error:
        if isinstance(error, ValidationError):
            detail = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        else:
            detail = str(error)
        raise DataError(f"{name}: {detail}", where=path, line=line) from error


def _check(ontology: Ontology, folder: Path) -> None:
    path = folder / "relations.yaml"
    lines = {name: fields.get(LINE) for name, fields in _mapping(path)}
    for relation in ontology.relations.values():
        for label in (*relation.domain, *relation.range):
            if label not in ontology.labels:
                raise DataError(f"{relation.name}: there is no label {label}", where=path, line=lines[relation.name])
        for name, kind in relation.own.items():
            if kind not in PROPERTY_TYPES:
                raise DataError(f"{relation.name}.{name}: there is no type {kind}", where=path, line=lines[relation.name])
            if name in ontology.proof:
                raise DataError(f"{relation.name}.{name}: every fact has this property already", where=path, line=lines[relation.name])
