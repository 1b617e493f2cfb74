"""The shipped encoder asked about marked pairs."""

from __future__ import annotations

import pytest

from kg.nlp.encoder import Answer, Encoder, Marking, load_encoder

TEXT = "Brightwater Corp reported revenue of $3 million in 2025."
MONEY, DATE = (37, 47), (51, 55)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = load_encoder("en")
    assert found is not None
    return found


def ask(encoder: Encoder, kinds: tuple[str | None, str | None]) -> Answer:
    (answer,) = encoder.read([TEXT]).ask([Marking(0, MONEY, DATE, kinds)], "fire")
    assert answer is not None
    return answer


def test_a_sum_stands_in_its_year(encoder: Encoder) -> None:
    assert ask(encoder, ("Money", "Date")).best[0] == "Valuein"


def test_a_label_that_never_links_such_kinds_has_no_chance(encoder: Encoder) -> None:
    chances = ask(encoder, ("Money", "Date")).chances
    assert chances["Employeeof"] == 0.0
    assert sum(chances.values()) == pytest.approx(1.0)


def test_of_unknown_kinds_anything_may_be(encoder: Encoder) -> None:
    assert ask(encoder, ("Money", None)).chances["Employeeof"] > 0.0
