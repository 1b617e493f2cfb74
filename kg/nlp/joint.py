"""Many pairs of one text answered together: what is said of one of them tells something of the others.

A sum of money is the value of one thing, a share one change of it: where a label is given to a pair, the same label becomes less likely for
other pairs with the same tail (or head), by as much as the set that taught the label seldom repeats it; and two things are linked one way
only. Global inference over local classifiers as in Roth & Yih 2004, "A Linear Programming Formulation for Global Inference in Natural
Language Tasks", with soft constraints counted from the training set, solved greedily: the surest link first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

ANY = "- -"
Link = tuple[str, tuple[int, int], tuple[int, int], str, tuple[str | None, str | None]]  # text, head, tail, label, kinds of head and tail
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Repeats:
    """How seldom a label set links a thing twice: for each label, by the kinds of its ends ("Company Product") and for `ANY`, the log odds that
    a head has it with one more tail, and that a tail has it with one more head. `null` is the label that says that nothing holds."""

    null: str
    odds: Mapping[str, Mapping[str, tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair of the text `text` and the chance (0 to 1) of each label."""

    text: str
    head: tuple[int, int]
    tail: tuple[int, int]
    kinds: tuple[str | None, str | None]
    chances: Mapping[str, float]


def count_repeats(links: Iterable[Link], null: str) -> Repeats:
    """Count in the links (all but `null`) of a set that says of every pair of a text how it is linked."""
    counts: tuple[dict[tuple[str, str], Counter[object]], ...] = (defaultdict(Counter), defaultdict(Counter))
    for text, head, tail, label, kinds in links:
        for key in {_key(kinds), ANY}:
            for count, end in zip(counts, (head, tail), strict=True):
                count[label, key][text, end] += 1
    found: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for label, key in sorted(counts[0]):
        heads, tails = (_log_odds(count[label, key]) for count in counts)
        found[label][key] = (heads, tails)
    return Repeats(null, dict(found))


def decide(candidates: Sequence[Candidate], repeats: Repeats, *, again: float, lean: float) -> list[str]:
    """Return the label of each pair. `again` weighs what is known of repeated labels; `lean` (log odds) is added to every label but the null
    label, since the surest links keep the others in check."""
    null = repeats.null
    given = [null] * len(candidates)
    by_text: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(candidates):
        by_text[each.text].append(place)
    for places in by_text.values():
        open_ = {
            (place, label): log((chance + _LEAST) / (candidates[place].chances[null] + _LEAST)) + lean
            for place in places for label, chance in candidates[place].chances.items() if label != null
        }
        open_ = {key: gain for key, gain in open_.items() if gain > 0}
        linked: set[tuple[str, str, tuple[int, int]]] = set()  # label, side, end
        while open_:
            (chosen, label), _ = max(open_.items(), key=lambda item: (item[1], -item[0][0]))
            given[chosen] = label
            taken, left = candidates[chosen], {}
            new = {(label, "head", taken.head), (label, "tail", taken.tail)} - linked  # a third link costs no more than a second
            linked |= new
            for (place, other), gain in open_.items():
                pair = candidates[place]
                if place == chosen or (pair.head, pair.tail) == (taken.tail, taken.head):
                    continue
                of_head, of_tail = _odds(repeats, other, pair)
                rest = gain + again * (of_head * ((other, "head", pair.head) in new) + of_tail * ((other, "tail", pair.tail) in new))
                if rest > 0:
                    left[place, other] = rest
            open_ = left
    return given


def _odds(repeats: Repeats, label: str, pair: Candidate) -> tuple[float, float]:
    known = repeats.odds.get(label, {})
    return known.get(_key(pair.kinds)) or known.get(ANY) or (0.0, 0.0)


def _key(kinds: tuple[str | None, str | None]) -> str:
    return " ".join(kind or "-" for kind in kinds)


def _log_odds(counts: Counter[object]) -> float:
    """Return the log odds of one more link against a first one, each counted half a time more than it was seen."""
    once, more = sum(count == 1 for count in counts.values()), sum(count - 1 for count in counts.values())
    return round(min(0.0, log((more + 0.5) / (once + 1))), 3)
