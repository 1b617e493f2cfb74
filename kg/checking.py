"""Everything that `kg check` checks: data files, frames and cues run on their examples, query modules against the ontology."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from kg.errors import DataError, KgError
from kg.knowledge.ontology import Ontology, load_ontology
from kg.model import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)

_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\n]*")
_LABELS = re.compile(r"(?:\(\s*\w*|(?:WHERE|AND|OR|NOT)\s+\w+)\s*:\s*([A-Z]\w*(?:\s*[|:]\s*[A-Z]\w*)*)")
_TYPES = re.compile(r"\[\s*\w*\s*:\s*([A-Z][A-Z_]*(?:\s*\|\s*[A-Z][A-Z_]*)*)")
_UNDIRECTED = re.compile(r"(?<![<\w])-\s*\[[^\]]*\]\s*-(?!\s*>)")


def check() -> list[KgError]:
    """Check every data file and query module that ships with kg. Returns what is wrong, each with file and line; nothing when all is well."""
    problems: list[KgError] = []
    for step in (_ontology, _knowledge, _frames, _modules):
        problems += _gather(step)
    return problems


def _gather(step: Callable[[], Iterator[KgError]]) -> Iterator[KgError]:
    try:
        yield from step()
    except KgError as error:  # a file so broken that nothing after it can be checked
        yield error


def _ontology() -> Iterator[KgError]:
    load_ontology()
    yield from ()


def _knowledge() -> Iterator[KgError]:
    from kg.knowledge.cues import load_cues
    from kg.knowledge.inventories import load_inventories
    from kg.knowledge.labels import load_labels
    from kg.knowledge.lexicon import load_lexicon
    from kg.knowledge.reference import reference_readings

    load_lexicon()
    load_labels()
    load_inventories()
    for language in LANGUAGES:
        load_cues(language)
    reference_readings()
    yield from ()


def _frames() -> Iterator[KgError]:
    from kg.nlp.asking import load_terms
    from kg.nlp.confidence import load_calibration
    from kg.nlp.examples import check_frames
    from kg.nlp.pipeline import load_pipeline

    load_terms()
    load_calibration()
    for language in LANGUAGES:
        for failure in check_frames(language, load_pipeline(language, "builtin")):
            yield DataError(f"{failure.frame.id}: {failure.problem}: {failure.text}", where=failure.frame.where, line=failure.frame.line)


def _modules() -> Iterator[KgError]:
    from kg.store.queries import load_modules

    for module in load_modules().values():
        yield from check_cypher(module.cypher, module.path, load_ontology())


def check_cypher(cypher: str, path: Path, ontology: Ontology) -> Iterator[DataError]:
    """Hold a query module against the ontology: unknown labels and relationship types, patterns without direction, no LIMIT."""
    code = _STRING.sub(lambda match: " " * len(match[0]), cypher)  # same length: lines stay where they are
    known = {"Entity", *ontology.labels}
    for pattern, names, what in ((_LABELS, known, "label"), (_TYPES, set(ontology.relations), "relationship type")):
        for match in pattern.finditer(code):
            for name in re.split(r"[\s|:]+", match[1]):
                if name not in names:
                    yield DataError(f"the ontology has no {what} {name}", where=path, line=_line(code, match.start(1)))
    for match in _UNDIRECTED.finditer(code):
        yield DataError("a relationship is matched in either direction", where=path, line=_line(code, match.start()), hint="draw its arrow")
    if "LIMIT" not in code:
        yield DataError("has no LIMIT", where=path, line=code.count("\n"), hint="end with LIMIT $limit")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
