"""Passages half English, half Chinese, in the style of the seeds: their graph against what a careful reader wrote down.

    python -m benchmarks.mixed [--half tune|held] [--errors]

The passages and their gold lists stand in `tests/mixed`. Rules are mended on the tune half; the held half is what is reported.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kg
from benchmarks.table import Benchmark
from kg.errors import InputError
from kg.evaluation import GraphScore, evaluate_graph

PASSAGES = Path(__file__).parent.parent / "tests" / "mixed"


def benchmarks(_: Path) -> Iterator[Benchmark]:
    """Yield the figures of the half that was held back."""
    command = "python -m benchmarks.mixed --half held"
    yield Benchmark("mixed", "facts of a graph", "mixed language, held-back half", command, lambda: figures(score("held")))


def score(half: str) -> GraphScore:
    """Extract the passages of a half, `tune` or `held`, and compare their graph with its gold list. Raises InputError where they are missing."""
    passages = PASSAGES / "passages.jsonl"
    if not passages.is_file():
        raise InputError("there are no passages", where=passages)
    lines = [line for line in passages.read_text(encoding="utf-8").splitlines() if json.loads(line)["half"] == half]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{half}.jsonl"
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        kg.extract(source, Path(folder) / "out")
        return evaluate_graph(PASSAGES / f"{half}.yaml", Path(folder) / "out")


def figures(score: GraphScore) -> str:
    """Return the figures in one line: recall of core rows and of all, precision (percent), and counts of the errors that are the worst."""
    shares = {"recall core": score.recall_core, "all": score.recall, "precision": score.precision}
    told = ", ".join(f"{name} {100 * share:.1f}" for name, share in shares.items() if share is not None)
    return f"{told}; wrong direction {score.wrong_direction}, wrong modality {score.wrong_modality}, never edges {len(score.never_edges)}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mixed", description="Read passages half English, half Chinese.")
    parser.add_argument("--half", choices=("tune", "held"), help="one half (default: both)")
    parser.add_argument("--errors", action="store_true", help="say what was missed and what is wrong")
    given = parser.parse_args()
    for half in (given.half,) if given.half else ("tune", "held"):
        measured = score(half)
        print(f"{half}: {figures(measured)}")
        for finding in measured.findings() if given.errors else ():
            print("  " + " | ".join(finding))


if __name__ == "__main__":
    main()
