"""The graph of the seeds against the gold list that was written before it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import kg
from benchmarks.table import Benchmark
from kg.evaluation import evaluate_graph

ROOT = Path(__file__).parent.parent


def benchmarks(_: Path) -> Iterator[Benchmark]:
    """Yield the figures of the seeds' graph."""
    command = "kg extract seeds --out OUT && kg evaluate graph tests/golden/seeds.yaml --out OUT"
    yield Benchmark("graph", "facts of a graph", "the seeds", command, seeds)


def seeds() -> str:
    """Extract the seeds and compare."""
    with tempfile.TemporaryDirectory() as folder:
        kg.extract(ROOT / "seeds", folder)
        score = evaluate_graph(ROOT / "tests" / "golden" / "seeds.yaml", folder)
    shares = {"recall core": score.recall_core, "all": score.recall, "precision": score.precision}
    figures = ", ".join(f"{name} {100 * share:.1f}" for name, share in shares.items() if share is not None)
    return f"{figures}; wrong direction {score.wrong_direction}, wrong modality {score.wrong_modality}"
