"""Frames run on their own examples: what they must read, and what they must leave alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import spacy
from spacy.tokens import Doc

from kg.knowledge.frames import Counterexample, Example, Expected, Frame, load_frames
from kg.knowledge.ontology import load_ontology
from kg.model import Language
from kg.nlp.relations import Engine
from kg.nlp.spans import Found, Stated, register
from kg.nlp.values import find_values

TOPIC = Found(0, 0, "Company", None, "topic")  # what an example's sentence is about where a frame asks for it
Reader = Callable[[str], Doc]


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that a frame does not read as it should, or a counterexample that it reads."""

    frame: Frame
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.frame.where.name}:{self.frame.line}: {self.frame.id}: {self.problem}\n    {self.text}"


def check_frames(language: Language, read: Reader | None = None, only: str | None = None) -> list[Failure]:
    """Run every frame of `language` on its own examples and counterexamples and return what fails.

    `read` makes a parsed `Doc` of a sentence (a spaCy pipeline); without it dependency frames are left out. `only` is the beginning of
    the ids to check. The mentions are those that the example gives, the values those of `kg.nlp.values`.
    """
    frames, ontology = load_frames(language), load_ontology()
    failures: list[Failure] = []
    for frame in frames.frames:
        if (only and not frame.id.startswith(only)) or (frame.predicate is not None and read is None):
            continue
        alone = Engine(frames.model_copy(update={"frames": (frame,)}), ontology)
        examples: tuple[Example | Counterexample, ...] = (*frame.examples, *frame.counterexamples)
        for example in examples:
            doc = example_doc(example, language, read)
            failures += [Failure(frame, example.text, problem) for problem in _problems(frame, example, alone.read(doc, TOPIC))]
    return failures


def example_doc(example: Example | Counterexample, language: Language, read: Reader | None = None) -> Doc:
    """Return an example's sentence as a `Doc` with its mentions and values. Raises ValueError for a mention that is not in it."""
    register()
    doc = (read or _blank(language))(example.text)
    doc._.language = language
    doc._.mentions = mentions_of(example)
    doc._.values = tuple(find_values(example.text, language))
    return doc


@cache
def _blank(language: Language) -> Reader:
    blank: Reader = spacy.blank(language)
    return blank


def mentions_of(example: Example | Counterexample) -> tuple[Found, ...]:
    """Find the mentions of an example in its text: every occurrence, longer names first."""
    taken: list[Found] = []
    for text, label in sorted(example.mentions.items(), key=lambda item: -len(item[0])):
        start = example.text.find(text)
        if start < 0:
            raise ValueError(f"{text!r} is not in {example.text!r}")
        while start >= 0:
            end = start + len(text)
            if not any(start < m.end and m.start < end for m in taken):
                taken.append(Found(start, end, label.rstrip("*"), None, "example", antecedent=label.endswith("*")))
            start = example.text.find(text, end)
    return tuple(sorted(taken, key=lambda m: m.start))


def _problems(frame: Frame, example: Example | Counterexample, stated: list[Stated]) -> list[str]:
    text = example.text
    shown = "; ".join(_shown(text, s) for s in stated) or "nothing"
    if isinstance(example, Counterexample):
        return [f"reads {shown} ({example.why})"] if stated else []
    missing = [claim for claim in example.claims if not any(_fits(text, claim, frame, s) for s in stated)]
    extra = [s for s in stated if not any(_fits(text, claim, frame, s) for claim in example.claims)]
    problems = [f"does not read {claim.model_dump(exclude_defaults=True)}, but {shown}" for claim in missing]
    return problems + [f"reads too much: {_shown(text, s)}" for s in extra if not missing]


def _fits(text: str, claim: Expected, frame: Frame, stated: Stated) -> bool:
    ends = [(claim.s, stated.subject), (claim.o, stated.object)]
    checks = [(text[found.start:found.end] or found.reader) == name for name, found in ends]
    checks.append(stated.relation == (claim.r or frame.relation))
    checks += [_written(text, stated.qualifiers.get(name)) == value for name, value in claim.q.items()]
    assertion = stated.assertion
    checks += [getattr(claim, name) in (None, getattr(assertion, name)) for name in ("modality", "negated", "ended")]
    if claim.holder is not None:
        checks.append(assertion.holder is not None and text[assertion.holder.start:assertion.holder.end] == claim.holder)
    return all(checks)


def _written(text: str, value: Any) -> Any:
    if isinstance(value, Found):
        return text[value.start:value.end]
    return [_written(text, each) for each in value] if isinstance(value, tuple) else value


def _shown(text: str, stated: Stated) -> str:
    subject = text[stated.subject.start:stated.subject.end] or f"({stated.subject.reader})"
    qualifiers = {name: _written(text, value) for name, value in stated.qualifiers.items()}
    marks = [stated.assertion.modality, *(["negated"] if stated.assertion.negated else []), *(["ended"] if stated.assertion.ended else [])]
    return f"{subject} {stated.relation} {text[stated.object.start:stated.object.end]} {qualifiers or ''} [{', '.join(marks)}]"
