"""The table of figures: what is in it, and what it says of what could not be measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError

ROOT = Path(__file__).parent.parent


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmarks' main module."""
    monkeypatch.syspath_prepend(ROOT)
    import benchmarks.__main__ as module

    return module


def fails() -> str:
    raise KgError("there is no corpus")


def test_a_row_has_its_figure_what_was_published_and_the_command(bench: Any) -> None:
    row = bench.Benchmark("a", "names", "made-up", "kg evaluate ner GOLD", lambda: "F1 50.0")
    published = {"a": [{"who": "Others", "figure": 60, "on": "test", "source": "A paper"}, {"who": "Peers", "figure": 55, "source": "A paper"}]}
    lines = list(bench.as_markdown([(row, bench.measured(row))], published, "a machine"))
    assert "| names | made-up | F1 50.0 | Others 60 (test) [1]; Peers 55 [1] | `kg evaluate ner GOLD` |" in lines
    assert lines[-1] == "1. A paper"


def test_what_cannot_be_measured_is_said_in_one_line(bench: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.measured(bench.Benchmark("a", "names", "made-up", "", fails)) == bench.NOT_MEASURED
    assert capsys.readouterr().err.splitlines()[1:] == ["benchmarks: names, made-up: not measured: there is no corpus"]


@pytest.mark.parametrize("name", ["names", "relations", "parsing", "modality"])
def test_without_the_data_nothing_is_measured(bench: Any, tmp_path: Path, name: str) -> None:
    rows = list(bench.found([name], tmp_path))
    assert rows
    assert {bench.measured(row) for row in rows} == {bench.NOT_MEASURED}


def test_every_published_figure_stands_beside_one_of_ours_and_names_its_source(bench: Any, tmp_path: Path) -> None:
    keys = [row.key for row in bench.found(list(bench.MODULES), tmp_path)]
    published = bench.read_published(ROOT / "benchmarks" / "published.yaml")
    assert len(keys) == len(set(keys))
    assert set(published) <= set(keys)
    assert all({"who", "figure", "source"} <= entry.keys() for entries in published.values() for entry in entries)
