"""Sentence frames: how a language says each relation, as data in `data/frames/{en,zh}/*.yaml`.

A folder holds `syntax.yaml` (how the language joins, introduces and owns names), `words.yaml` (named sets of words, and the forms of
closed values such as ratings) and one file of frames per relation type or small group. What a pattern may hold is told in `kg.nlp.surface`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import DataError
from kg.knowledge.ontology import Ontology, load_ontology
from kg.knowledge.yaml_file import LINE, data_folder, read_yaml, without_lines
from kg.model import Language, Modality


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Expected(_Part):
    """A claim that an example must yield: texts of its ends, and whatever else is to be checked."""

    s: str
    r: str | None = None
    o: str
    q: Mapping[str, Any] = {}
    modality: Modality | None = None
    negated: bool | None = None
    ended: bool | None = None
    holder: str | None = None


class Example(_Part):
    """A made-up sentence, its mentions (text -> label, `*` after the label for one that refers back), and the claims in it."""

    text: str
    mentions: Mapping[str, str]
    claims: tuple[Expected, ...]


class Counterexample(_Part):
    """A sentence in which the frame must read nothing, and why."""

    text: str
    mentions: Mapping[str, str]
    why: str


class Predicate(_Part):
    """The word that a dependency frame turns on: lemmas, coarse part of speech, and words that must depend on it."""

    lemma: tuple[str, ...]
    pos: tuple[str, ...] = ("VERB",)
    with_: Mapping[str, tuple[str, ...]] = Field(default={}, alias="with")


class Frame(_Part):
    """One way to say one relation: a surface pattern or a predicate with roles, and the sentences that prove it.

    What is `presupposed` is true whatever the sentence around it plans, doubts or denies ("will buy parts from its supplier X").
    """

    id: str
    relation: str
    pattern: str | None = None
    predicate: Predicate | None = None
    roles: Mapping[str, str] = {}
    labels: Mapping[str, tuple[str, ...]] = {}
    subject: Literal["source", "topic"] | None = None
    object: Literal["topic"] | None = None
    set: Mapping[str, Any] = {}
    format: Mapping[str, str] = {}
    modality: Modality | None = None
    ended: bool | None = None
    presupposed: bool = False
    confidence: float = Field(default=0.8, gt=0, le=1)
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Counterexample, ...] = ()
    where: Path
    line: int

    @property
    def unsaid(self) -> frozenset[str]:
        """The ends that the words do not name: the source of the text or its topic stands there."""
        return frozenset(end for end, given in (("subject", self.subject), ("object", self.object)) if given)


class Syntax(_Part):
    """What the engine knows of a language. Regular expressions over the shadow string, in which `<Label>` is a mention."""

    fold: Mapping[str, str] = {}
    spaces: bool = True
    before: str = ""
    before_thing: str = ""
    after: str = ""
    after_thing: str = ""
    hardware: str = "(?!)"  # what follows the name of software that only runs on the things meant
    separator: str
    next_clause: str = ""  # what looks like one more member of a list and is the subject of the next clause
    unknown: str = ""
    others: str = ""
    aside: str = ""
    value_before: str = ""
    value_after: str = ""
    possessed: str
    not_subject: str
    gap: int
    long_gap: int
    possessives: frozenset[str] = frozenset()  # pronouns that say whose something is
    relative: frozenset[str] = frozenset()  # pronouns of a relative clause
    controlled: frozenset[str] = frozenset()  # nouns whose infinitive has the subject of their verb ("signed a deal to supply")
    examples: frozenset[str] = frozenset()  # words that introduce examples ("clients such as")
    agent_marks: tuple[str, ...] = ()  # adpositions of the one who does it, in a passive


class Frames(_Part):
    """All frames of a language with the words that they share."""

    language: Language
    syntax: Syntax
    words: Mapping[str, tuple[str, ...] | str]
    forms: Mapping[str, Mapping[str, tuple[str, ...]]]
    frames: tuple[Frame, ...]


def read_frames(folder: Path, language: Language, ontology: Ontology) -> Frames:
    """Read the frames of one language from `folder`. Raises DataError with file and line."""
    syntax = _build(Syntax, read_yaml(folder / "syntax.yaml", lines=True), folder / "syntax.yaml")
    words = read_yaml(folder / "words.yaml") if (folder / "words.yaml").exists() else {}
    named = {name: tuple(map(str, entry)) if isinstance(entry, list) else str(entry) for name, entry in (words.get("words") or {}).items()}
    forms = {name: {value: tuple(map(str, texts)) for value, texts in entry.items()} for name, entry in (words.get("forms") or {}).items()}
    frames: list[Frame] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in {"syntax.yaml", "words.yaml"}:
            frames += _frames_of(path, named, ontology)
    _check_ids(frames)
    return Frames(language=language, syntax=syntax, words=named, forms=forms, frames=tuple(frames))


@cache
def load_frames(language: Language) -> Frames:
    """Return the frames of `language` that ship with kg (read once a process)."""
    return read_frames(data_folder("frames", language), language, load_ontology())


def _frames_of(path: Path, words: Mapping[str, tuple[str, ...] | str], ontology: Ontology) -> list[Frame]:
    content = read_yaml(path, lines=True)
    if not isinstance(content, dict) or not isinstance(content.get("frames"), list):
        raise DataError("must hold a list under `frames:`", where=path, line=1)
    frames = []
    for record in content["frames"]:
        if isinstance(record, dict) and isinstance(record.get("predicate"), dict):
            record["predicate"] = _predicate(record["predicate"], words, path)
        frame = _build(Frame, record, path, where=path)
        _check(frame, ontology)
        frames.append(frame)
    return frames


def _predicate(record: dict[str, Any], words: Mapping[str, tuple[str, ...] | str], path: Path) -> dict[str, Any]:
    """Write one-word fields as lists and put the words for `@name`."""

    def listed(value: Any) -> list[str]:
        names = value if isinstance(value, list) else [value]
        found: list[str] = []
        for name in names:
            if isinstance(name, str) and name.startswith("@"):
                entry = words.get(name[1:])
                if not isinstance(entry, tuple):
                    raise DataError(f"there is no list of words {name}", where=path, line=record.get(LINE))
                found += entry
            else:
                found.append(name)
        return found

    fields = {key: listed(value) if key in {"lemma", "pos"} else value for key, value in record.items()}
    if isinstance(fields.get("with"), dict):
        fields["with"] = {role: listed(value) for role, value in without_lines(fields["with"]).items()}
    return fields


def _build(kind: Any, record: Any, path: Path, **extra: Any) -> Any:
    line = record.get(LINE, 1) if isinstance(record, dict) else 1
    if not isinstance(record, dict):
        raise DataError("must be a mapping", where=path, line=line)
    if kind is Frame:
        extra["line"] = line
    try:
        return kind(**without_lines(record), **extra)
    except ValidationError as error:
        detail = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise DataError(f"{record.get('id', kind.__name__.lower())}: {detail}", where=path, line=line) from error


def _check(frame: Frame, ontology: Ontology) -> None:
    def fault(message: str) -> DataError:
        return DataError(f"{frame.id}: {message}", where=frame.where, line=frame.line)

    relation = ontology.facts.get(frame.relation)
    if relation is None:
        raise fault(f"there is no relation {frame.relation}")
    if (frame.pattern is None) == (frame.predicate is None):
        raise fault("needs either a pattern or a predicate")
    if frame.predicate is not None and not {"subject", "object"} <= {*frame.roles, *frame.unsaid}:
        raise fault("a dependency frame needs the roles subject and object")
    for role in frame.roles:
        if role not in {"subject", "object"} and role not in relation.own:
            raise fault(f"{frame.relation} has no property {role}")
    for name in (*frame.set, *frame.format):
        if name not in relation.own:
            raise fault(f"{frame.relation} has no property {name}")
    for role, labels in frame.labels.items():
        for label in labels:
            if label not in ontology.labels:
                raise fault(f"{role}: there is no label {label}")


def _check_ids(frames: list[Frame]) -> None:
    seen: dict[str, Frame] = {}
    for frame in frames:
        if frame.id in seen:
            first = seen[frame.id]
            raise DataError(f"the id {frame.id} stands twice (also {first.where.name}:{first.line})", where=frame.where, line=frame.line)
        seen[frame.id] = frame
