"""Confidence: how often claims of a group were found right, moved by what their reader says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.calibration import calibration_error, chances, fit, judged, write
from kg.errors import DataError
from kg.knowledge.yaml_file import data_folder
from kg.nlp.confidence import Calibration, Group, group_of, load_calibration, read_calibration

MADE_UP = Calibration(prior={"judged": 4, "right": 3}, slope=0.5, groups={"frame": Group(judged=96, right=87, centre=1.5)})


def test_a_claim_of_its_groups_mean_has_its_groups_rate() -> None:
    mean = 1 / (1 + 2.718281828 ** -1.5)
    assert MADE_UP.confidence("frame", mean) == pytest.approx((87 + 3) / (96 + 4), abs=1e-3)


def test_what_the_reader_says_itself_moves_the_confidence() -> None:
    assert MADE_UP.confidence("frame", 0.6) < MADE_UP.confidence("frame", 0.8) < MADE_UP.confidence("frame", 0.95)


def test_a_group_that_nobody_judged_has_the_priors_rate() -> None:
    assert MADE_UP.confidence("encoder", 0.9) == 0.75


@pytest.mark.parametrize(("relation", "reader", "kind", "group"), [
    ("SUPPLIES", "en.supplies.verb", None, "frame"),
    ("SUPPLIES", "en.supplies.verb+encoder", None, "both"),
    ("SUPPLIES", "encoder.en", None, "encoder"),
    ("PARTICIPATES_IN", "events.price_move", "price_move", "price_move"),
    ("PARTICIPATES_IN", "events.deal.verb", "deal", "event"),
    ("REPORTED", "metrics", None, "figure"),
])
def test_the_group_of_a_claim(relation: str, reader: str, kind: str | None, group: str) -> None:
    assert group_of(relation, reader, kind) == group


def test_the_groups_that_ship_are_those_of_the_verdicts(tmp_path: Path) -> None:
    write(fit(judged()), tmp_path / "confidence.yaml")
    assert (tmp_path / "confidence.yaml").read_text(encoding="utf-8") == data_folder("nlp", "confidence.yaml").read_text(encoding="utf-8")
    assert load_calibration() == read_calibration(tmp_path / "confidence.yaml")


def test_confidences_keep_their_word_on_claims_that_they_were_not_fitted_to() -> None:
    claims = judged()
    assert len(claims) >= 500
    assert calibration_error(chances(claims), claims) <= 0.05


def test_a_faulty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "confidence.yaml").write_text("prior: {judged: 4, right: 3}\nslope: steep\ngroups: {}\n", encoding="utf-8")
    with pytest.raises(DataError, match="slope"):
        read_calibration(tmp_path / "confidence.yaml")
