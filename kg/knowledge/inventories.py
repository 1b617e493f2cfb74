"""What the labels of the published relation sets are in the ontology (`data/nlp/inventories.yaml`), each with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import DataError
from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import LINE, data_folder, read_yaml
from kg.model import Modality

NONE = "none"  # of the ontology's relations, none
REVERSE = "~"  # before a relation that runs from tail to head


class Meaning(BaseModel):
    """What a label says of head and tail: a relation of the ontology, with `~` before it where it runs from tail to head, or `none`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kg: str
    why: str
    modality: Modality | None = None


def read_inventories(path: Path) -> dict[str, dict[str, Meaning]]:
    """Read a file of inventories (set, then label, then its meaning). Raises DataError with file and line."""
    inventories: dict[str, dict[str, Meaning]] = {}
    for name, labels in read_yaml(path, lines=True).items():
        if name == LINE:
            continue
        inventories[name] = {}
        for label, told in labels.items():
            if label == LINE:
                continue
            line = told.pop(LINE)
            try:
                meaning = Meaning(**told)
            except ValidationError as fault:
                reason = "; ".join(f"{error['loc'][0] if error['loc'] else label}: {error['msg']}" for error in fault.errors())
                hint = "a modality is one of " + ", ".join(get_args(Modality))
                raise DataError(f"{name}, {label}: {reason}", where=path, line=line, hint=hint) from fault
            if meaning.kg != NONE and meaning.kg.removeprefix(REVERSE) not in load_ontology().facts:
                raise DataError(f"{name}, {label}: the ontology has no relation {meaning.kg}", where=path, line=line)
            inventories[name][label] = meaning
    return inventories


@cache
def load_inventories() -> Mapping[str, Mapping[str, Meaning]]:
    """Return the inventories that ship with kg (read once a process)."""
    return read_inventories(data_folder("nlp", "inventories.yaml"))
