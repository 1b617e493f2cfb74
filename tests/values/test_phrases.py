"""Phrases of the news as they are: every row of `phrases.tsv` is read as it says."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kg.nlp.layout import lay_out
from kg.nlp.linking import Link
from kg.nlp.spans import Quantity
from kg.nlp.staging import stage
from kg.nlp.terms import Term
from kg.nlp.timing import basis_of
from kg.nlp.values import find_values

with (Path(__file__).parent / "phrases.tsv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
BASED = [row for row in ROWS if row["basis"]]


@pytest.mark.parametrize("row", ROWS, ids=[row["phrase"] for row in ROWS])
def test_a_phrase_is_read_as_labelled(row: dict[str, str]) -> None:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    read = [_told(quantity) for quantity in find_values(row["phrase"], row["language"], published)]
    assert read == [_labelled(one) for one in row["reads"].split("; ") if one]


@pytest.mark.parametrize("row", BASED, ids=[row["phrase"] for row in BASED])
def test_a_change_is_measured_against_what_the_phrase_says(row: dict[str, str]) -> None:
    layout = lay_out(stage(row["phrase"], {}, row["language"], row["published"] or None))
    changes = [value for value in layout.values if value.change]
    last = changes[-1]
    start = layout.start_of(last.start, soft=False)
    term = Term(start, start, ("revenue",))
    assert basis_of(layout, Link(term, last, "revenue_growth", last.values, last.start, last.end)) == row["basis"]


def test_both_languages_have_150_phrases() -> None:
    assert all(sum(row["language"] == language for row in ROWS) >= 150 for language in ("en", "zh"))


def _told(quantity: Quantity) -> tuple[object, ...]:
    """Kind, approximate, the two ends (equal for a plain value), currency and unit, direction."""
    values = quantity.values
    ends: tuple[object, object] = (values.low, values.high) if values.value is None else (values.value, values.value)
    if quantity.kind in ("date", "period"):
        ends = (values.as_of or values.period or values.window_start, values.as_of or values.period or values.window_end)
    rounded = tuple(float(f"{end:.6g}") if isinstance(end, float) else end for end in ends)
    measure = values.unit if values.unit and (not values.currency or "/" in values.unit) else values.currency
    return quantity.kind, bool(values.approximate), *rounded, measure, quantity.change


def _labelled(one: str) -> tuple[object, ...]:
    kind, number, *rest = one.split(" ")
    change = next(iter(word for word in rest if word in ("up", "down")), None)
    measure = next((word for word in rest if word not in ("up", "down")), None)
    if kind in ("date", "period"):
        first, _, last = number.partition("/")
        return kind, False, first, last or first, None, change
    return kind, number.startswith("~"), *_ends(number.lstrip("~")), measure, change


def _ends(number: str) -> Iterator[float | None]:
    low, dots, high = number.partition("..")
    for end in (low, high) if dots else (low, low):
        yield float(f"{float(end):.6g}") if end else None
