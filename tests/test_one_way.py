"""The ontology's "one way to write each thing": each row of the table, read from a made-up sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.evaluation import GraphScore, evaluate_graph, read_gold

GOLDEN = Path(__file__).parent / "golden"
GOLD = read_gold(GOLDEN / "one_way.yaml")


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> GraphScore:
    out = tmp_path_factory.mktemp("one_way")
    kg.extract(GOLDEN / "one_way.jsonl", out)
    return evaluate_graph(GOLDEN / "one_way.yaml", out)


@pytest.mark.parametrize("row", GOLD.facts, ids=lambda row: f"{row.doc[0]}: {row}")
def test_a_thing_is_written_in_its_one_way(row: object, score: GraphScore) -> None:
    missed = {miss.line for miss in score.missed}
    assert row.line not in missed  # type: ignore[attr-defined]


def test_nothing_is_written_the_wrong_way_round(score: GraphScore) -> None:
    assert not [finding for finding in score.findings() if "never" in finding[0]]
