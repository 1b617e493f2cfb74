"""Training sets -> sentences in pieces, with the tags of their names and the answers about their pairs."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from tokenizers import Tokenizer

from kg.evaluation.pairs import Pair
from kg.knowledge.inventories import load_inventories
from kg.nlp.encoding import Encoded, Integers, encode, roles, untyped
from kg.nlp.questions import ENDED, MODALITIES, MODALITY, NEGATED, NONE, Questions, inverse
from kg.training.corpora import Sentence
from kg.training.sentences import Marked

BACKWARDS = 0.25  # share of the pairs that only the inventory `kg` knows, read from tail to head, asked about in an epoch
UNRELATED = 0.5  # share of the unrelated pairs of the project's own sentences asked about in an epoch
UNTYPED = 0.3  # share of the pairs that do not say of what kind their ends are: a text does not always tell
UNKNOWN = -100  # a tag or an answer that nobody gave: it teaches nothing


@dataclass(frozen=True, slots=True)
class Asked:
    """One pair of a sentence: the role of each piece and the right answer (a position among the labels) of each inventory that has one.

    `spare` pairs are many and much alike (unrelated ones, and related ones read backwards): an epoch asks about a share of them.
    """

    roles: Integers
    answers: Mapping[str, int]
    spare: bool


@dataclass(slots=True)
class Item:
    """One sentence: tags of its pieces by label set of names (`UNKNOWN` where nobody says), and its pairs."""

    encoded: Encoded
    tags: dict[str, Integers] = field(default_factory=dict)
    pairs: list[Asked] = field(default_factory=list)
    share: float = 1.0

    def sampled(self, chance: random.Random) -> list[Asked]:
        """Return the pairs to ask about this time: all but the spare ones, and a random `share` of those."""
        asked = [pair for pair in self.pairs if not pair.spare or chance.random() < self.share]
        return [replace(pair, roles=untyped(pair.roles)) if chance.random() < UNTYPED else pair for pair in asked]


def of_pairs(pairs: Iterable[Pair], inventory: str, null: str | None, asked: Questions, tokenizer: Tokenizer, *,
             share: float = 1.0) -> list[Item]:
    """Group the pairs of a published set by their sentence; a label that the ontology knows also answers the inventory `kg`, both ways.

    Below a `share` of 1 the unrelated pairs are spare.
    """
    mapping = load_inventories().get(inventory, {})
    by_text: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_text[pair.text].append(pair)
    items = []
    for encoded, group in zip(encode(tokenizer, list(by_text)), by_text.values(), strict=True):
        item = Item(encoded, share=min(share, BACKWARDS))
        answers: dict[tuple[tuple[int, int], tuple[int, int]], dict[str, int]] = {}
        kinds: dict[tuple[int, int], int] = {}
        for pair in group:
            kinds |= {span: asked.kind(kind) for span, kind in zip((pair.head, pair.tail), pair.kinds, strict=True)}
            answers.setdefault((pair.head, pair.tail), {}).setdefault(inventory, asked.labels[inventory].index(pair.relation))
            known = mapping.get(pair.relation)
            if known is None:
                continue
            for head, tail, label in ((pair.head, pair.tail, known.kg), (pair.tail, pair.head, inverse(known.kg))):
                given = answers.setdefault((head, tail), {})
                given.setdefault("kg", asked.labels["kg"].index(label))
                if known.modality is not None:
                    given[MODALITY] = MODALITIES.index(known.modality)
        for (head, tail), given in answers.items():
            empty = null is not None and given.get(inventory) == asked.labels[inventory].index(null)
            _ask(item, (head, tail), (kinds[head], kinds[tail]), given, (empty and share < 1.0) or inventory not in given)
        items.append(item)
    return items


def of_marked(sentences: Sequence[Marked], asked: Questions, kinds: Sequence[str], tokenizer: Tokenizer) -> list[Item]:
    """Turn the project's own marked sentences into items: every ordered pair that any relation of the ontology could link, and all names."""
    items = []
    for encoded, sentence in zip(encode(tokenizer, [each.text for each in sentences]), sentences, strict=True):
        item = Item(encoded, share=UNRELATED, tags={"things": tag(encoded, sentence.things, kinds)})
        for (head, tail), said in sentence.pairs():
            answers = {"kg": asked.labels["kg"].index(said.label)}
            if said.label != NONE:
                answers |= {MODALITY: MODALITIES.index(said.modality), NEGATED: int(said.negated), ENDED: int(said.ended)}
            ends = [sentence.things[each] for each in (head, tail)]
            _ask(item, (ends[0][:2], ends[1][:2]), (asked.kind(ends[0][2]), asked.kind(ends[1][2])), answers, said.label == NONE)
        items.append(item)
    return items


def of_names(sentences: Sequence[Sentence], name_set: str, kinds: Sequence[str], tokenizer: Tokenizer) -> list[Item]:
    """Turn sentences with BIO columns into items; a kind that is not among `kinds` is no name, and "-" is unknown."""
    items = []
    for encoded, sentence in zip(encode(tokenizer, [each.text for each in sentences]), sentences, strict=True):
        starts, position = [], 0
        for word, space in zip(sentence.words, sentence.spaces, strict=True):
            starts.append(position)
            position += len(word) + space
        spans, unsure, opened = [], [], None
        for start, word, label in (*zip(starts, sentence.words, sentence.entities, strict=True), (position, "", "O")):
            if opened and not label.startswith("I-"):
                spans.append(opened)
                opened = None
            if label == "-":
                unsure.append((start, start + len(word)))
            elif label != "O":
                opened = (opened[0] if opened and label.startswith("I-") else start, start + len(word), label[2:])
        tags = tag(encoded, spans, kinds)
        for start, end in unsure:
            if (pieces := encoded.covering(start, end)) is not None:
                tags[slice(*pieces)] = UNKNOWN
        items.append(Item(encoded, {name_set: tags}))
    return items


def tag(encoded: Encoded, spans: Iterable[tuple[int, int, str]], kinds: Sequence[str]) -> Integers:
    """Return the BIO tag of each piece: 0 outside, then B and I of each kind; the pieces at both ends are unknown."""
    tags = np.zeros(len(encoded), dtype=np.int64)
    tags[[0, -1]] = UNKNOWN
    for start, end, kind in spans:
        pieces = encoded.covering(start, end)
        if pieces is None or kind not in kinds:
            continue
        inside = 2 * kinds.index(kind) + 2
        tags[slice(*pieces)] = inside
        tags[pieces[0]] = inside - 1
    return tags


def _ask(item: Item, ends: tuple[tuple[int, int], tuple[int, int]], kinds: tuple[int, int], answers: Mapping[str, int], spare: bool) -> None:
    marked = roles(item.encoded, *ends, kinds)
    if marked is not None:
        item.pairs.append(Asked(marked, answers, spare))


