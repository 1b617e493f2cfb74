"""What other pipelines call things, and what kg's frames call them: `data/nlp/labels.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import DataError
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.model import Language


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Place(_Part):
    """What a raised noun's place is called, where a verb or adjective is above, and where a noun is."""

    verbal: str
    nominal: str


class Raise(_Part):
    """Puts the noun above the function word that governs it: the token labelled `object` takes its head's place."""

    object: str
    function: str
    phrases: Mapping[str, Place | str] = {}


class Copula(_Part):
    """Puts the noun or adjective above "to be". With a child labelled `unless` ("there is") it is called `instead` and stays."""

    words: frozenset[str]
    complements: tuple[str, ...]
    function: str
    unless: str | None = None
    instead: str | None = None


class Scheme(_Part):
    """One way to label dependencies, and how it becomes Universal Dependencies. Keys of `labels` are LABEL or LABEL/POS."""

    labels: Mapping[str, str]
    raised: tuple[Raise, ...] = Field(default=(), alias="raise")
    copula: Copula | None = None
    fixed: frozenset[tuple[str, str]] = frozenset()

    def __contains__(self, label: object) -> bool:
        return label in self.labels or any(label == rule.object for rule in self.raised)


class Labels(_Part):
    """All label maps. `entities` and `outputs` map kg's name to theirs, `tags` and `dependencies` hold schemes by name."""

    entities: Mapping[str, tuple[str, ...]]
    outputs: Mapping[str, tuple[str, ...]]
    tags: Mapping[str, Mapping[str, str]]
    dependencies: Mapping[Language, Mapping[str, Scheme]]

    def kinds(self) -> dict[str, str]:
        """Return kg's kind (PER, ORG, LOC) of each label of a name; labels that are missing are no names of such a kind."""
        return {theirs: ours for ours, names in self.entities.items() for theirs in names}

    def tag_scheme(self, labels: Collection[str]) -> Mapping[str, str]:
        """Return the map from tags to universal parts of speech that knows most of `labels`."""
        return self.tags[_knows_most(self.tags, labels)]

    def dependency_scheme(self, language: Language, labels: Collection[str]) -> Scheme:
        """Return the scheme of a language that knows most of the dependency `labels`."""
        schemes = self.dependencies[language]
        return schemes[_knows_most(schemes, labels)]


_S = TypeVar("_S", bound="Scheme | Mapping[str, str]")


def _knows_most(schemes: Mapping[str, _S], labels: Collection[str]) -> str:
    """Return the name of the scheme that knows most labels; of two, the one named first."""
    return max(schemes, key=lambda name: sum(label in schemes[name] for label in labels))


def read_labels(path: Path) -> Labels:
    """Read a file of label maps. Raises DataError with the file and the place in it."""
    try:
        return Labels.model_validate(read_yaml(path))
    except ValidationError as error:
        detail = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise DataError(detail, where=path) from error


@cache
def load_labels() -> Labels:
    """Return the label maps that ship with kg (read once a process)."""
    return read_labels(data_folder("nlp", "labels.yaml"))
