"""Precision, recall and F1 of something found."""

from __future__ import annotations

from typing import Self

from kg.model.document import Record


class Figure(Record):
    """Of `gold` things to find and `found` ones, `right` are both. Shares are 0 to 1; 0 where there is nothing to share."""

    precision: float
    recall: float
    f1: float
    right: int
    found: int
    gold: int

    @classmethod
    def of(cls, right: int, found: int, gold: int) -> Self:
        """Return the figure of three counts."""
        precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
        f1 = 2 * right / (found + gold) if right else 0.0
        return cls(precision=precision, recall=recall, f1=f1, right=right, found=found, gold=gold)

    def __str__(self) -> str:
        shares = f"F1 {100 * self.f1:.1f}  precision {100 * self.precision:.1f}  recall {100 * self.recall:.1f}"
        return f"{shares}  ({self.right} right of {self.found} found and {self.gold} to find)"
