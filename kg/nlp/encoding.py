"""A sentence as an encoder takes it in: word pieces with their character offsets, and the shape of the word each belongs to.

The English vocabulary knows no capitals; the shape gives them back (as BERT's token types, which a single sentence leaves unused).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

LONGEST = 256  # pieces; what lies behind them is not seen
SHAPES = 8
OTHER, LOWER, TITLE, UPPER, MIXED, DIGITS, WITH_DIGITS, MARK = range(SHAPES)
HEAD, TAIL = 1, 2  # the roles of a piece in a pair; 0 is neither; `roles` adds twice the kind of the thing, where it is known
_WORD = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ]+")

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence in pieces. `starts` and `ends` are character offsets (equal for the two special pieces at the ends)."""

    ids: Integers
    shapes: Integers
    starts: Integers
    ends: Integers

    def __len__(self) -> int:
        return len(self.ids)

    def covering(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the pieces (first, one past the last) that share a character with `text[start:end]`; None where none does."""
        inside = np.flatnonzero((self.starts < end) & (self.ends > start))
        return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else None


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoded]:
    """Cut sentences into pieces; a long one is cut off after `LONGEST` of them."""
    return [_encoded(text, pieces) for text, pieces in zip(texts, tokenizer.encode_batch(list(texts)), strict=True)]


def open_tokenizer(path: str) -> Tokenizer:
    """Open a tokenizer.json that neither pads nor cuts off."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def roles(encoded: Encoded, head: tuple[int, int], tail: tuple[int, int], kinds: tuple[int, int] = (0, 0)) -> Integers | None:
    """Return the role of each piece in a pair of spans (characters) of these kinds (0: unknown); None where one of them lies beyond the pieces.

    A piece of the head bears an odd number, of the tail an even one: typed entity markers (Zhou & Chen 2021) in one number.
    """
    first, second = encoded.covering(*head), encoded.covering(*tail)
    if first is None or second is None:
        return None
    marked = np.zeros(len(encoded), dtype=np.int64)
    marked[slice(*second)] = TAIL
    marked[slice(*first)] = HEAD
    if not (marked == TAIL).any():  # one name within the other: the inner one keeps its pieces
        marked[slice(*second)] = TAIL
    if not (marked == HEAD).any():
        return None
    return np.where(marked == HEAD, HEAD + 2 * kinds[0], np.where(marked == TAIL, TAIL + 2 * kinds[1], 0))


def exchanged(marked: Integers) -> Integers:
    """Return the roles with head and tail changing places, each of the kind it has."""
    return np.where(marked > 0, marked + np.where(marked % 2 == HEAD, 1, -1), 0)


def untyped(marked: Integers) -> Integers:
    """Return the roles with both kinds unknown."""
    return np.where(marked > 0, TAIL - marked % 2, 0)


def padded(rows: Sequence[Integers]) -> Integers:
    """Stack rows of different lengths, filled up with zeros."""
    table = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return table


def _encoded(text: str, pieces: object) -> Encoded:
    offsets = np.array(pieces.offsets, dtype=np.int64).reshape(-1, 2)  # type: ignore[attr-defined]
    by_character = np.zeros(len(text) + 1, dtype=np.int64)
    for position, character in enumerate(text):
        if not character.isalnum() and not character.isspace():
            by_character[position] = MARK
    for word in _WORD.finditer(text):
        by_character[word.start() : word.end()] = _shape(word.group())
    starts, ends = offsets[:, 0], offsets[:, 1]
    shapes = np.where(ends > starts, by_character[starts], OTHER)
    return Encoded(np.array(pieces.ids, dtype=np.int64), shapes, starts, ends)  # type: ignore[attr-defined]


def _shape(word: str) -> int:
    if word.isdigit():
        return DIGITS
    if any(character.isdigit() for character in word):
        return WITH_DIGITS
    if word.islower():
        return LOWER
    if word.isupper() and len(word) > 1:
        return UPPER
    return TITLE if len(word) == 1 or (word[0].isupper() and word[1:].islower()) else MIXED
