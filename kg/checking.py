"""Everything that `kg check` checks: data files, frames and cues run on their examples, query modules against the ontology."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from kg.errors import DataError, KgError
from kg.knowledge.ontology import load_ontology
from kg.model import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)


def check() -> list[KgError]:
    """Check every data file and query module that ships with kg. Returns what is wrong, each with file and line; nothing when all is well."""
    problems: list[KgError] = []
    for step in (_ontology, _knowledge, _cues, _frames, _modules):
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
    from kg.knowledge.event_types import load_events
    from kg.knowledge.inventories import load_inventories
    from kg.knowledge.labels import load_labels
    from kg.knowledge.lexicon import load_lexicon
    from kg.knowledge.metric_terms import load_metric_language
    from kg.knowledge.reference import reference_readings

    load_lexicon()
    load_labels()
    load_inventories()
    for language in LANGUAGES:
        load_cues(language)
        load_events(language)
        load_metric_language(language)
    reference_readings()
    yield from ()


def _cues() -> Iterator[KgError]:
    from kg.knowledge.yaml_file import data_folder
    from kg.nlp.assertion import faults

    for language in LANGUAGES:
        for fault in faults(language):
            yield DataError(fault, where=data_folder("cues", f"{language}.yaml"))


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
    from kg.store.inspection import inspect
    from kg.store.queries import load_modules

    for module in load_modules().values():
        yield from inspect(module, load_ontology())
