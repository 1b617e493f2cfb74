"""The project's own training sentences: names marked in the text, what the sentence says of them beside it.

A line is `text with [surface|Label] marks <TAB> 1 SUPPLIES 3 plan; 2 PRODUCES 3 negated <TAB> modality of the main statement`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.knowledge.ontology import load_ontology
from kg.nlp.questions import MODALITIES, NONE, UNASKED, inverse

_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z][A-Za-z]*)\]")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an ordered pair; `label` is one of `kg.nlp.questions.ontology_labels`."""

    label: str
    modality: str = "fact"
    negated: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, the things that it names (start, end, label) and what it says of ordered pairs of them."""

    text: str
    things: tuple[tuple[int, int, str], ...]
    said: dict[tuple[int, int], Said]
    modality: str

    def pairs(self) -> Iterator[tuple[tuple[int, int], Said]]:
        """Yield every ordered pair that some relation of the ontology could link, and what is said of it."""
        facts = [fact for name, fact in load_ontology().facts.items() if name not in UNASKED]
        for head, (_, _, one) in enumerate(self.things):
            for tail, (_, _, other) in enumerate(self.things):
                if head != tail and any(fact.allows(one, other) or fact.allows(other, one) for fact in facts):
                    yield (head, tail), self.said.get((head, tail), Said(NONE))


def own_sentences(language: str) -> list[Marked]:
    """Return the sentences of a language that lie beside this file."""
    return read_marked(_FOLDER / f"{language}.tsv")


def read_marked(path: Path) -> list[Marked]:
    """Read a file of marked sentences. Raises DataError with file and line."""
    sentences = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise DataError(f"a line has text, relations and modality, parted by tabs; this one has {len(columns)} columns", where=path, line=number)
        text, things, read = "", [], 0
        for mark in _MARK.finditer(columns[0]):
            text += columns[0][read : mark.start()]
            things.append((len(text), len(text) + len(mark[1]), mark[2]))
            text += mark[1]
            read = mark.end()
        text += columns[0][read:]
        if columns[2] not in MODALITIES:
            raise DataError(f"no modality is called {columns[2]!r}", where=path, line=number)
        sentences.append(Marked(text, tuple(things), _said(columns[1], columns[2], tuple(things), path, number), columns[2]))
    return sentences


def _said(column: str, main: str, things: tuple[tuple[int, int, str], ...], path: Path, line: int) -> dict[tuple[int, int], Said]:
    facts = load_ontology().facts
    said: dict[tuple[int, int], Said] = {}
    for entry in filter(None, (part.strip() for part in column.split(";"))):
        subject, relation, object_, *flags = entry.split()
        if relation not in facts or not all(end.isdigit() and 0 < int(end) <= len(things) for end in (subject, object_)):
            raise DataError(f"{entry!r} is no relation of two of the {len(things)} things marked", where=path, line=line)
        modality = next((flag for flag in flags if flag in MODALITIES), main)
        head, tail = int(subject) - 1, int(object_) - 1
        said.setdefault((head, tail), Said(relation, modality, "negated" in flags, "ended" in flags))
        said.setdefault((tail, head), Said(inverse(relation), modality, "negated" in flags, "ended" in flags))
    return said
