"""A tuned encoder at work: names and their kinds in sentences, and what a sentence says of two stretches of it.

Made by `kg train en-encoder` and `zh-encoder`; run by onnxruntime on one thread, in batches that are always cut the same way, so that the
same text gives the same scores in every run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.knowledge.yaml_file import data_folder
from kg.model import Language
from kg.nlp.encoding import Encoded, encode, exchanged, open_tokenizer, padded, roles
from kg.nlp.joint import Repeats
from kg.nlp.questions import ENDED, MODALITY, NEGATED, NONE, Questions

SURELY_NOTHING = 0.9
PIECES_AT_ONCE = 1024  # of a batch: beyond it a batch gains nothing on one core

_NO_END = re.compile(r"(?:\s*(?:[(\[（【《“/,，、:：;；]|\s(?:of|the|and|for|in|at|to)))+\Z")

Scores = NDArray[np.floating[Any]]
Span = tuple[int, int]


class Marking(NamedTuple):
    """Two stretches (characters) of the sentence in row `row`, marked as head and tail, and of what kinds they are, where that is known."""

    row: int
    head: Span
    tail: Span
    kinds: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the encoder finds at `text[start:end]`, with the mean chance (0..1) of its pieces' tags."""

    start: int
    end: int
    kind: str
    chance: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sentence says of a pair: the chance of every label of an inventory, and how it is said (chances as well)."""

    chances: Mapping[str, float]
    modality: Mapping[str, float]
    negated: float
    ended: float

    @property
    def best(self) -> tuple[str, float]:
        """The label with the highest chance, and that chance."""
        return max(self.chances.items(), key=lambda item: item[1])


class Read:
    """Sentences that the lower storey has seen: to be asked for names and about pairs, as often as needed."""

    def __init__(self, encoder: Encoder, texts: Sequence[str], encoded: Sequence[Encoded]) -> None:
        self.encoder, self.texts, self.encoded = encoder, texts, encoded
        self.states: list[Scores] = [np.empty(0, dtype=np.float32)] * len(encoded)
        self.tags: dict[str, list[Scores]] = {name: [np.empty(0, dtype=np.float32)] * len(encoded) for name in encoder.kinds}
        for rows in _batches(encoded):
            self._see(rows)

    def names(self, name_set: str) -> list[list[Name]]:
        """Return the names of each sentence, in the order of the text, read in the label set `name_set`."""
        return [
            [_trimmed(name, text) for name in _decode(each, scores, self.encoder.kinds[name_set])]
            for text, each, scores in zip(self.texts, self.encoded, self.tags[name_set], strict=True)
        ]

    def ask(self, pairs: Sequence[Marking], inventory: str = "kg", *, both_ways: bool = True) -> list[Answer | None]:
        """Return the answers about pairs. None where a span lies beyond the pieces seen.

        With `both_ways` a pair is also asked about with its ends exchanged, and the answers averaged, where the labels can be turned round;
        not where the first answer is that the ontology has nothing for the pair, as for most.
        """
        turned = self.encoder.turned(inventory) if both_ways else None
        kind = self.encoder.questions.kind
        marked = [roles(self.encoded[row], head, tail, (kind(one), kind(other))) for row, head, tail, (one, other) in pairs]
        asked = [(pair.row, marks) for pair, marks in zip(pairs, marked, strict=True) if marks is not None]
        scores, columns = self._answers(asked), self.encoder.columns(inventory)
        sides: list[list[Scores]] = [[row] for row in scores]
        chances = [_softmax(row[columns]) for row in scores]
        if turned is not None:
            nothing = self.encoder.labels[inventory].index(NONE) if inventory == "kg" else None
            unsure = [place for place, chance in enumerate(chances) if nothing is None or chance[nothing] < SURELY_NOTHING]
            others = self._answers([(asked[place][0], exchanged(asked[place][1])) for place in unsure])
            for place, row in zip(unsure, others, strict=True):
                sides[place].append(row)
                chances[place] = (chances[place] + _softmax(row[columns])[turned]) / 2
        kinds = (pair.kinds for pair, marks in zip(pairs, marked, strict=True) if marks is not None)
        chances = [_among(chance, self.encoder.linking(inventory, between)) for chance, between in zip(chances, kinds, strict=True)]
        given = iter(zip(chances, sides, strict=True))
        return [self._answer(inventory, *next(given)) if marks is not None else None for marks in marked]

    def _answer(self, inventory: str, chances: Scores, sides: Sequence[Scores]) -> Answer:
        labels = self.encoder.labels
        how = {name: np.mean([_softmax(side[self.encoder.columns(name)]) for side in sides], axis=0) for name in (MODALITY, NEGATED, ENDED)}
        return Answer(
            dict(zip(labels[inventory], chances.tolist(), strict=True)), dict(zip(labels[MODALITY], how[MODALITY].tolist(), strict=True)),
            float(how[NEGATED][1]), float(how[ENDED][1]),
        )

    def _see(self, rows: Sequence[int]) -> None:
        group = [self.encoded[row] for row in rows]
        ids, shapes = padded([each.ids for each in group]), padded([each.shapes for each in group])
        mask = _mask(group)
        states, *tags = self.encoder.lower.run(None, {"ids": ids, "shapes": shapes, "mask": mask})
        if self.encoder.names_from_upper:
            _, *tags = self.encoder.upper.run(None, {"states": states, "mask": mask, "roles": np.zeros_like(ids)})
        for line, row in enumerate(rows):
            length = len(self.encoded[row])
            self.states[row] = states[line, :length]
            for name, table in zip(self.encoder.kinds, tags, strict=True):
                self.tags[name][row] = table[line, :length]

    def _answers(self, asked: Sequence[tuple[int, NDArray[np.int64]]]) -> Scores:
        found = np.zeros((len(asked), self.encoder.questions.width), dtype=np.float32)
        for places in _batches([self.encoded[row] for row, _ in asked]):
            group = [self.encoded[asked[place][0]] for place in places]
            states = np.zeros((len(group), max(map(len, group)), self.states[asked[places[0]][0]].shape[-1]), dtype=np.float32)
            for line, place in zip(states, places, strict=True):
                line[: len(self.encoded[asked[place][0]])] = self.states[asked[place][0]]
            given = {"states": states, "mask": _mask(group), "roles": padded([asked[place][1] for place in places])}
            found[places] = self.encoder.upper.run(["answers"], given)[0]
        for name, (label, added) in self.encoder.bias.items():
            found[:, self.encoder.columns(name).start + label] += added
        return found


class Encoder:
    """One language's encoder from a folder that training wrote.

    `labels.json` there says which label stands in which column, what each is called with head and tail exchanged, which kinds of head and
    tail each links (of a published set that says), how seldom a thing is linked so twice (of a set of all pairs; `kg.nlp.joint`), and what is
    added to the score of a null label that training saw too seldom.
    """

    def __init__(self, folder: Path) -> None:
        told: dict[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.kinds: dict[str, list[str]] = told["names"]
        self.questions = Questions({name: tuple(labels) for name, labels in told["answers"].items()}, tuple(told["kinds"]))
        self.labels = self.questions.labels
        self._links: dict[str, dict[str, list[str]]] = told["links"]
        self.repeats = {name: Repeats(**each) for name, each in told["repeats"].items()}
        self._turned: dict[str, dict[str, str]] = told["turned"]
        self.names_from_upper: bool = told["names_from_upper"]
        self.bias = {name: (self.labels[name].index(label), added) for name, (label, added) in told["null_bias"].items()}
        self.tokenizer = open_tokenizer(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.lower, self.upper = (
            onnxruntime.InferenceSession(str(folder / f"{storey}.onnx"), options, providers=["CPUExecutionProvider"]) for storey in ("lower", "upper")
        )

    def read(self, texts: Sequence[str]) -> Read:
        """Read sentences; ask the result for their names and about pairs."""
        return Read(self, texts, encode(self.tokenizer, texts))

    def columns(self, inventory: str) -> slice:
        """Return where an inventory's labels stand in the table of scores."""
        return self.questions.columns(inventory)

    def linking(self, inventory: str, kinds: tuple[str | None, str | None]) -> list[bool] | None:
        """Return for each label whether it ever links things of these kinds; None where one of them is unknown or nothing is said of it."""
        links, (head, tail) = self._links.get(inventory), kinds
        return [f"{head} {tail}" in links.get(label, []) for label in self.labels[inventory]] if links and head and tail else None

    def turned(self, inventory: str) -> list[int] | None:
        """Return for each label where the one stands that says the same with head and tail exchanged; None where a set has no such labels."""
        turned, labels = self._turned.get(inventory), self.labels[inventory]
        return [labels.index(turned[label]) for label in labels] if turned else None


@cache
def load_encoder(language: Language) -> Encoder | None:
    """Return the encoder that ships with kg (read once a process); None in a checkout where it has not been trained yet."""
    folder = data_folder("weights", language, "encoder")
    return Encoder(folder) if (folder / "labels.json").is_file() else None


def _batches(encoded: Sequence[Encoded]) -> Iterator[list[int]]:
    """Yield positions of sentences of similar length, as many as fit a batch."""
    order = sorted(range(len(encoded)), key=lambda row: (len(encoded[row]), row))
    batch: list[int] = []
    for row in order:
        if batch and (len(batch) + 1) * len(encoded[row]) > PIECES_AT_ONCE:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _mask(group: Sequence[Encoded]) -> NDArray[np.int64]:
    return padded([np.ones(len(each), dtype=np.int64) for each in group])


def _softmax(scores: Scores) -> Scores:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)


def _among(chances: Scores, possible: Sequence[bool] | None) -> Scores:
    """Return the chances with those of impossible labels shared among the possible ones, if there are any."""
    if possible is None or not any(possible):
        return chances
    left = np.where(possible, chances, 0.0)
    return np.asarray(left / left.sum(), dtype=np.float32)


def _decode(encoded: Encoded, scores: Scores, kinds: Sequence[str]) -> list[Name]:
    """Return the best sequence of tags as spans (Viterbi: an inside tag only follows a tag of its own kind)."""
    if len(encoded) < 3:
        return []
    table = np.stack([np.log(_softmax(row)) for row in scores[1:-1]])
    tags = _viterbi(table)
    names: list[Name] = []
    place = 0
    while place < len(tags):
        if tags[place] == 0:
            place += 1
            continue
        last = place + 1
        while last < len(tags) and tags[last] > 0 and tags[last] % 2 == 0:
            last += 1
        chance = float(np.exp(np.mean([table[at, tags[at]] for at in range(place, last)])))
        names.append(Name(int(encoded.starts[place + 1]), int(encoded.ends[last]), kinds[(tags[place] - 1) // 2], chance))
        place = last
    return names


def _trimmed(name: Name, text: str) -> Name:
    """Take from a name's end what no name ends in."""
    match = _NO_END.search(text, name.start, name.end)
    return replace(name, end=match.start()) if match and match.start() > name.start else name


def _viterbi(table: Scores) -> list[int]:
    width = table.shape[1]
    forbidden = np.zeros((width, width), dtype=np.float32)
    for inside in range(2, width, 2):
        forbidden[:, inside] = -np.inf
        forbidden[inside - 1 : inside + 1, inside] = 0.0
    best = table[0].copy()
    best[2::2] = -np.inf
    came = np.zeros(table.shape, dtype=np.int64)
    for place in range(1, len(table)):
        reached = best[:, None] + forbidden
        came[place] = reached.argmax(0)
        best = reached.max(0) + table[place]
    tags = [int(best.argmax())]
    for place in range(len(table) - 1, 0, -1):
        tags.append(int(came[place, tags[-1]]))
    return tags[::-1]
