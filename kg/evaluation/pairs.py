"""A text, two marked entities and the relation between them: the form in which relations are learned, predicted and scored."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import DataError
from kg.evaluation.files import checked, json_lines
from kg.model.document import Language, Record


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities of a text and how the first (`head`) stands to the second (`tail`).

    `head` and `tail` are character offsets into `text`, end exclusive. `relation` is a label of the set that the pair comes from and
    reads from head to tail; where the set has a null label, that one says that none of its relations holds. `kinds` are those of head and
    tail, where the set marks them.
    """

    id: str
    lang: Language
    text: str
    head: tuple[int, int]
    tail: tuple[int, int]
    relation: str
    kinds: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """A label set. `labels` are all of its labels, the `null` one among them (None where it has none: every pair is related).

    `inverse` says of a label which one holds the other way round; a `symmetric` one holds both ways.
    """

    name: str
    labels: tuple[str, ...]
    null: str | None
    inverse: Mapping[str, str] = field(default_factory=dict)
    symmetric: frozenset[str] = frozenset()


class _Span(Record):
    start: int
    end: int
    kind: str | None = None


class _Row(Record):
    id: str
    lang: Language
    text: str
    head: _Span
    tail: _Span
    relation: str


def read_pairs(path: Path, labels: Collection[str] = ()) -> list[Pair]:
    """Read gold pairs, JSON Lines of `{"id", "lang", "text", "head": {"start", "end"}, "tail": {"start", "end"}, "relation"}`.

    Head and tail may say their `kind`.

    Raises DataError with file and line for a line that is not one, an id that stands twice, offsets outside the text, or a relation
    that is not among `labels`, where those are given.
    """
    pairs: dict[str, Pair] = {}
    for line, record in json_lines(path):
        row = checked(_Row, record, path, line)
        for name, span in (("head", row.head), ("tail", row.tail)):
            if not 0 <= span.start < span.end <= len(row.text):
                raise DataError(f"{name}: {span.start} to {span.end} is no stretch of a text of {len(row.text)} characters", where=path, line=line)
        if labels and row.relation not in labels:
            raise DataError(f"there is no label {row.relation!r} in this inventory", where=path, line=line, hint="it has " + ", ".join(labels))
        if row.id in pairs:
            raise DataError(f"the id {row.id} stands twice", where=path, line=line)
        spans = (row.head.start, row.head.end), (row.tail.start, row.tail.end)
        pairs[row.id] = Pair(row.id, row.lang, row.text, *spans, row.relation, (row.head.kind, row.tail.kind))
    if not pairs:
        raise DataError("holds no pair", where=path)
    return list(pairs.values())


def write_pairs(pairs: Iterable[Pair], path: Path) -> None:
    """Write pairs in the form that `read_pairs` reads."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for pair in pairs:
            ends = zip((pair.head, pair.tail), pair.kinds, strict=True)
            head, tail = ({"start": start, "end": end} | ({"kind": kind} if kind else {}) for (start, end), kind in ends)
            row = {"id": pair.id, "lang": pair.lang, "text": pair.text, "head": head, "tail": tail, "relation": pair.relation}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
