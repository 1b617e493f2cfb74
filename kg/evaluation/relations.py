"""How well relations of marked pairs are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.evaluation.figures import Figure
from kg.evaluation.pairs import Inventory, Pair
from kg.model.document import Record

SHOWN = 20


class RelationScore(Record):
    """How well relations were told. `micro` counts every label but the null one; `macro_f1` is the mean of the F1 of those in the gold.

    `wrong_direction` counts pairs whose gold label was given the other way round, where the inventory has it both ways.
    `confusion` holds gold label, label given, and how often.
    """

    inventory: str
    pairs: int
    micro: Figure
    macro_f1: float
    wrong_direction: int
    labels: dict[str, Figure]
    confusion: tuple[tuple[str, str, int], ...]

    def as_table(self) -> list[tuple[str, str]]:
        """Return the figures as rows of (what, value)."""
        rows = [("micro, without the null label", str(self.micro)), ("macro F1", f"{100 * self.macro_f1:.1f}")]
        rows += [("wrong direction", str(self.wrong_direction)), *((f"  {label}", str(figure)) for label, figure in self.labels.items())]
        return rows

    def findings(self) -> Iterator[tuple[str, str, str]]:
        """Yield what was taken for what, the most frequent first (`confusion` has all of it)."""
        for gold, given, count in sorted((row for row in self.confusion if row[0] != row[1]), key=lambda row: (-row[2], row))[:SHOWN]:
            yield f"{count}", gold, f"taken for {given}"


def score_relations(gold: Sequence[Pair], given: Sequence[str], inventory: Inventory) -> RelationScore:
    """Compare the label given to each pair with its own. A pair that stands in several rows is scored in each."""
    confusion = Counter((pair.relation, label) for pair, label in zip(gold, given, strict=True))
    asked, found = _totals(confusion, 0), _totals(confusion, 1)
    labels = {
        label: Figure.of(confusion[label, label], found[label], asked[label])
        for label in sorted({*asked, *found} - {inventory.null})
    }
    in_gold = [labels[label].f1 for label in labels if asked[label]]
    right, all_found, all_asked = (sum(getattr(figure, name) for figure in labels.values()) for name in ("right", "found", "gold"))
    turned = sum(count for (label, other), count in confusion.items() if label != other and inventory.inverse.get(label) == other)
    return RelationScore(
        inventory=inventory.name, pairs=len(gold), micro=Figure.of(right, all_found, all_asked),
        macro_f1=sum(in_gold) / len(in_gold) if in_gold else 0.0, wrong_direction=turned, labels=labels,
        confusion=tuple((label, other, count) for (label, other), count in sorted(confusion.items())),
    )


def _totals(confusion: Mapping[tuple[str, str], int], side: int) -> Counter[str]:
    totals = Counter[str]()
    for labels, count in confusion.items():
        totals[labels[side]] += count
    return totals
