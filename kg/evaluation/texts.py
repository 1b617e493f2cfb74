"""Tokens and the text that they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from kg.knowledge.normalise import is_cjk
from kg.model import Language

Offsets = tuple[tuple[int, int], ...]
"""Where some tokens stand in a text: characters, end exclusive."""


def join(tokens: Sequence[str], between: str = " ") -> tuple[str, Offsets]:
    """Return the text that some tokens make, `between` standing between two, and where each stands in it; blank tokens take no room."""
    offsets, text = [], ""
    for token in tokens:
        word = token.strip()
        text += between if text and word else ""
        offsets.append((len(text), len(text) + len(word)))
        text += word
    return text, tuple(offsets)


def place(tokens: Sequence[str], text: str) -> Offsets | None:
    """Return where some tokens stand in a text that holds them in their order; None for one that does not."""
    offsets, position = [], 0
    for token in tokens:
        start = text.find(token, position)
        if start < 0:
            return None
        position = start + len(token)
        offsets.append((start, position))
    return tuple(offsets)


def language_of(text: str) -> Language:
    """Tell the language of a text: Chinese where a fifth of its letters are."""
    letters = [character for character in text if character.isalpha()]
    return "zh" if 5 * sum(map(is_cjk, letters)) >= max(len(letters), 1) else "en"
