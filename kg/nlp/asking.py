"""Which sentences the encoder reads, which of its names are believed, and which pairs of mentions it is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from spacy.tokens import Doc

from kg.errors import DataError
from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.model import Language
from kg.nlp.encoder import Answer, Encoder, Marking, Read
from kg.nlp.questions import UNASKED
from kg.nlp.relations import engine
from kg.nlp.spans import Found, together

NAMED = "encoder"  # the reader of a name that the encoder alone knows
PARTIES = frozenset({"Company", "Organization", "Facility", "Product"})
Pair = tuple[Found, Found]


class Joint(BaseModel):
    """How much the pairs of one text weigh on each other where all of them are asked about (`kg.nlp.joint.decide`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    again: float
    lean: float


class Terms(BaseModel):
    """What is believed of an encoder's answers (`data/nlp/encoder.yaml`): from which chances (0..1) on, by label and by relation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: Mapping[str, float]
    relations: Mapping[str, float]
    unmet: float
    heads: float
    marked: float
    denial: float
    sure: float
    joint: Joint
    most_mentions: int
    farthest: Mapping[Language, int]


def read_terms(path: Path) -> Terms:
    """Read such a file. Raises DataError with the file."""
    try:
        terms = Terms(**read_yaml(path))
    except ValidationError as fault:
        raise DataError("; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in fault.errors()), where=path) from fault
    ontology = load_ontology()
    unknown = [name for name in terms.relations if name not in ontology.facts] + [name for name in terms.names if name not in ontology.labels]
    if unknown:
        raise DataError(f"the ontology has no {', '.join(unknown)}", where=path)
    return terms


@cache
def load_terms() -> Terms:
    """Return the terms that ship with kg (read once a process)."""
    return read_terms(data_folder("nlp", "encoder.yaml"))


def worth_reading(doc: Doc) -> bool:
    """Tell whether a sentence may state a relation that the encoder can answer: two things that could be related, or one and the words of a frame.

    A list of many names, and a sentence without any known name, are not worth it.
    """
    mentions: Sequence[Found] = doc._.mentions
    if not mentions or len(mentions) > load_terms().most_mentions:
        return False
    if any(_linkable(one.label, other.label) for one, other in combinations(mentions, 2)):
        return True
    return any(mention.label in PARTIES for mention in mentions) and engine(doc._.language).speaks(doc.text)


def add_names(docs: Sequence[Doc], read: Read) -> None:
    """Add the names that the encoder finds where the lexicon knows none. They are held back unless a relation needs them (see `drop_idle`)."""
    least = load_terms().names
    for doc, names in zip(docs, read.names("things"), strict=True):
        taken = [(m.start, m.end) for m in doc._.mentions] + [(value.start, value.end) for value in doc._.values]
        fresh = [
            Found(name.start, name.end, name.kind, None, NAMED) for name in names
            if name.chance >= least.get(name.kind, 2.0) and not any(start < name.end and name.start < end for start, end in taken)
        ]
        if fresh:
            doc._.mentions = together(doc._.mentions, fresh)


def drop_idle(doc: Doc) -> None:
    """Take back the encoder's names that no relation of the sentence needs."""
    needed = related(doc)
    doc._.mentions = tuple(m for m in doc._.mentions if m.reader != NAMED or m in needed)


def related(doc: Doc) -> set[Found]:
    """Return the mentions that the relations of a sentence need, as ends or in their qualifiers."""
    return {end for stated in doc._.relations for end in (stated.subject, stated.object, *_within(stated.qualifiers.values()))}


def pairs(doc: Doc) -> list[Pair]:
    """Return the pairs of mentions, in the order of the text, that some relation could link and that stand near enough to be asked about."""
    mentions: Sequence[Found] = doc._.mentions
    if len(mentions) > load_terms().most_mentions:
        return []
    reach = load_terms().farthest[doc._.language]
    return [
        (one, other) for one, other in combinations(mentions, 2)
        if _linkable(one.label, other.label) and other.start - one.end <= reach and not (one.entity and one.entity == other.entity)
    ]


def ask(docs: Sequence[Doc], read: Read) -> list[dict[Pair, Answer]]:
    """Return for each sentence the encoder's answers about its pairs."""
    asked = [(row, pair) for row, doc in enumerate(docs) for pair in pairs(doc)]
    answers = read.ask([
        Marking(row, (head.start, head.end), (tail.start, tail.end), (head.label, tail.label)) for row, (head, tail) in asked
    ])
    given: list[dict[Pair, Answer]] = [{} for _ in docs]
    for (row, pair), answer in zip(asked, answers, strict=True):
        if answer is not None:
            given[row][pair] = answer
    return given


def read_batch(docs: Sequence[Doc], encoder: Encoder) -> Read:
    """Let the encoder read the sentences once."""
    return encoder.read([doc.text for doc in docs])


@cache
def _linkable(one: str, other: str) -> bool:
    """Tell whether a relation that the encoder may claim could link two labels, in either direction."""
    known: Mapping[str, float] = load_terms().relations
    facts = [fact for name, fact in load_ontology().facts.items() if name in known and name not in UNASKED]
    return any(fact.allows(one, other) or fact.allows(other, one) for fact in facts)


def _within(values: Iterable[object]) -> list[Found]:
    found: list[Found] = []
    for value in values:
        if isinstance(value, Found):
            found.append(value)
        elif isinstance(value, tuple):
            found += [each for each in value if isinstance(each, Found)]
    return found
