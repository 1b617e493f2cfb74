"""The Chinese word segmenter: a linear-chain CRF over hashed character features, trained by AdaGrad on log-likelihood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from opencc import OpenCC

from kg.nlp.tokenize_zh import Segmenter
from kg.training.corpora import Sentence

Floats = npt.NDArray[np.float32]
_BEGIN, _MIDDLE, _END, _SINGLE = range(4)
_ALLOWED = np.array([[0, 1, 1, 0], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1]], dtype=bool)
_NEVER = -1e4


@dataclass(frozen=True)
class Recipe:
    """`bits`: the table has 2**bits rows. `decay` is L2 a batch, `dropout` the share of features unseen in training."""

    bits: int = 18
    epochs: int = 6
    stretches: int = 64
    rate: float = 0.12
    decay: float = 1e-5
    dropout: float = 0.2
    seed: int = 7


@dataclass(frozen=True)
class _Stretch:
    rows: npt.NDArray[np.int64]
    gold: npt.NDArray[np.int64]


def train_segmenter(
    train: Sequence[Sentence],
    dev: Sequence[Sentence],
    words: Iterable[str] = (),
    recipe: Recipe = Recipe(),
    progress: Callable[[str], None] = lambda _: None,
) -> Segmenter:
    """The segmenter with the best word F1 on dev. Words of `train` are joined without spaces; `words` is the list to lean on."""
    rng = np.random.default_rng(recipe.seed)
    table = np.zeros((1 << recipe.bits, 4), dtype=np.float32)
    segmenter = Segmenter(table, np.zeros((4, 4), dtype=np.float32), simplified(), words)
    stretches = [stretch for sentence in train for stretch in _stretches(segmenter, sentence)]
    history = np.full_like(table, 1e-2), np.full((4, 4), 1e-2, dtype=np.float32)
    best, best_f1 = segmenter, -1.0
    for epoch in range(1, recipe.epochs + 1):
        loss = 0.0
        for batch in _batches(stretches, recipe.stretches, rng):
            loss += _step(segmenter, batch, history, recipe, rng)
        rounded = Segmenter(table.astype(np.float16).astype(np.float32), segmenter.transitions.copy(), segmenter.fold, segmenter.words)
        f1 = word_f1(rounded, dev)
        if f1 > best_f1:
            best, best_f1 = rounded, f1
        progress(f"segmenter {epoch}/{recipe.epochs} word F1 {100 * f1:.2f} | loss {loss:.0f}")
    return best


def word_f1(segmenter: Segmenter, sentences: Sequence[Sentence]) -> float:
    """F1 (0 to 1) of word spans on sentences joined without spaces."""
    right = found = gold = 0
    for sentence in sentences:
        words = set(_gold_spans(sentence))
        cut = set(segmenter.segment("".join(sentence.words)))
        right, found, gold = right + len(words & cut), found + len(cut), gold + len(words)
    return 2 * right / (found + gold)


def simplified() -> npt.NDArray[np.uint16]:
    """For each character of the basic plane, the one the model sees: simplified (OpenCC), half-width, 0 for digits, a for letters."""
    fold = np.arange(65536, dtype=np.uint16)
    convert = OpenCC("t2s")
    for code in range(0x3400, 0xA000):
        simple = convert.convert(chr(code))
        if len(simple) == 1 and ord(simple) < 65536:
            fold[code] = ord(simple)
    fold[0xFF01:0xFF5F] = np.arange(0x21, 0x7F, dtype=np.uint16)
    fold[0x3000] = 0x20
    for code in [*range(0x80), *range(0xFF01, 0xFF5F)]:
        if chr(fold[code]).isdigit():
            fold[code] = ord("0")
        elif chr(fold[code]).isalpha():
            fold[code] = ord("a")
    return fold


def _gold_spans(sentence: Sentence) -> Iterator[tuple[int, int]]:
    position = 0
    for word in sentence.words:
        yield position, position + len(word)
        position += len(word)


def _stretches(segmenter: Segmenter, sentence: Sentence) -> Iterator[_Stretch]:
    """The stretches of Chinese script in a sentence, cut by the rules as in reading, with their gold labels."""
    text = "".join(sentence.words)
    edges = {position for span in _gold_spans(sentence) for position in span}
    rows = segmenter.features(segmenter.codes(text), 0, len(text))
    for start, end, han in segmenter.stretches(text, 0, len(text)):
        if not han:
            continue
        gold = []
        for at in range(start, end):
            begins, ends = at == start or at in edges, at + 1 == end or at + 1 in edges
            gold.append(_SINGLE if begins and ends else _BEGIN if begins else _END if ends else _MIDDLE)
        yield _Stretch(rows[start:end], np.array(gold))


def _batches(stretches: Sequence[_Stretch], size: int, rng: np.random.Generator) -> Iterator[list[_Stretch]]:
    """Batches of stretches of like length, in random order."""
    jitter = rng.random(len(stretches))
    order = sorted(range(len(stretches)), key=lambda index: (len(stretches[index].gold), jitter[index]))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    for group in rng.permutation(len(groups)):
        yield [stretches[index] for index in groups[group]]


def _step(segmenter: Segmenter, batch: list[_Stretch], history: tuple[Floats, Floats], recipe: Recipe, rng: np.random.Generator) -> float:
    """One AdaGrad update; `history` are the sums of squared slopes (table, transitions). The loss is the negative log-likelihood."""
    squares, squares_of_transitions = history
    table = segmenter.table
    assert table is not None
    longest = max(len(stretch.gold) for stretch in batch)
    lengths = np.array([len(stretch.gold) for stretch in batch])
    width = batch[0].rows.shape[1]
    rows = np.zeros((len(batch), longest, width), dtype=np.int64)
    gold = np.zeros((len(batch), longest), dtype=np.int64)
    for index, stretch in enumerate(batch):
        rows[index, : len(stretch.gold)] = stretch.rows
        gold[index, : len(stretch.gold)] = stretch.gold
    inside = np.arange(longest)[None, :] < lengths[:, None]
    kept = (rng.random(rows.shape) >= recipe.dropout).astype(np.float32) / (1 - recipe.dropout)
    kept *= inside[:, :, None]
    emissions = (table[rows] * kept[..., None]).sum(axis=2)
    emissions[:, 0, [_MIDDLE, _END]] = _NEVER
    last = np.arange(len(batch)), lengths - 1
    emissions[last[0], last[1], _BEGIN] = _NEVER
    emissions[last[0], last[1], _MIDDLE] = _NEVER
    marginals, pairs, loss = _expectations(emissions, np.where(_ALLOWED, segmenter.transitions, _NEVER), gold, inside)
    slope = marginals
    slope[np.arange(len(batch))[:, None], np.arange(longest)[None, :], gold] -= 1
    slope *= inside[..., None]
    changed, where = np.unique(rows[inside].ravel(), return_inverse=True)
    gradient = np.zeros((len(changed), 4), dtype=np.float32)
    np.add.at(gradient, where, (slope[inside][:, None, :] * kept[inside][..., None]).reshape(-1, 4))
    gradient += recipe.decay * len(batch) * table[changed]
    squares[changed] += gradient**2
    table[changed] -= recipe.rate * gradient / np.sqrt(squares[changed])
    squares_of_transitions += pairs**2
    segmenter.transitions -= recipe.rate * pairs / np.sqrt(squares_of_transitions) * _ALLOWED
    return loss


def _expectations(
    emissions: Floats, transitions: Floats, gold: npt.NDArray[np.int64], inside: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats, float]:
    """Forward and backward over a padded batch: label marginals, expected minus gold transition counts, loss."""
    size, longest, _ = emissions.shape
    forward = np.empty_like(emissions)
    forward[:, 0] = emissions[:, 0]
    for at in range(1, longest):
        step = _log_sum(forward[:, at - 1, :, None] + transitions[None], 1) + emissions[:, at]
        forward[:, at] = np.where(inside[:, at, None], step, forward[:, at - 1])
    total = _log_sum(forward[:, -1], 1)
    backward = np.zeros_like(emissions)
    pairs = np.zeros((4, 4), dtype=np.float32)
    for at in range(longest - 2, -1, -1):
        ahead = transitions[None] + (emissions[:, at + 1] + backward[:, at + 1])[:, None, :]
        live = inside[:, at + 1]
        backward[:, at] = np.where(live[:, None], _log_sum(ahead, 2), 0)
        together = np.exp(forward[:, at, :, None] + ahead - total[:, None, None])
        pairs += together[live].sum(axis=0)
        np.subtract.at(pairs, (gold[live, at], gold[live, at + 1]), 1)
    marginals = np.exp(forward + backward - total[:, None, None])
    every = np.arange(size)[:, None], np.arange(longest)[None, :]
    reached = (emissions[every[0], every[1], gold] * inside).sum() + (transitions[gold[:, :-1], gold[:, 1:]] * inside[:, 1:]).sum()
    return marginals, pairs, float(total.sum() - reached)


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    summed: Floats = np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis))
    return summed
