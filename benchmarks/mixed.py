"""Passages of our own: their graph against what a careful reader wrote down.

    python -m benchmarks.mixed [--folder tests/news] [--half NAME] [--encoder] [--errors]

`tests/mixed` holds passages half English, half Chinese, in the style of the seeds, `tests/news` news that nobody foresaw; each with its gold lists
beside it, one a half. Rules are mended on the other halves; the one called held is what is reported.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kg
from benchmarks.table import Benchmark
from kg.errors import InputError
from kg.evaluation import GraphScore, evaluate_graph

PASSAGES, NEWS = (Path(__file__).parent.parent / "tests" / name for name in ("mixed", "news"))


def benchmarks(_: Path) -> Iterator[Benchmark]:
    """Yield the figures of the half that was held back."""
    command = "python -m benchmarks.mixed --half held"
    yield Benchmark("mixed", "facts of a graph", "mixed language, held-back half", command, lambda: figures(score("held")))
    command = "python -m benchmarks.mixed --folder tests/news --half held"
    yield Benchmark("news", "facts of a graph", "news that nobody foresaw, held-back half", command, lambda: figures(score("held", NEWS)))
    yield Benchmark("news.encoder", "facts of a graph", "news that nobody foresaw, held-back half, with the encoders", f"{command} --encoder",
                    lambda: figures(score("held", NEWS, encoder=True)))


def score(half: str, folder: Path = PASSAGES, *, encoder: bool = False) -> GraphScore:
    """Extract the passages of a half (`tune`, `held`) of a folder and compare their graph with its gold list.

    Raises InputError where they are missing.
    """
    passages = folder / "passages.jsonl"
    if not passages.is_file():
        raise InputError("there are no passages", where=passages)
    lines = [line for line in passages.read_text(encoding="utf-8").splitlines() if json.loads(line)["half"] == half]
    if not lines:
        raise InputError(f"there are no passages of a half {half!r}", where=passages)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / f"{half}.jsonl"
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        kg.extract(source, Path(scratch) / "out", encoder=encoder)
        return evaluate_graph(folder / f"{half}.yaml", Path(scratch) / "out")


def figures(score: GraphScore) -> str:
    """Return the figures in one line: recall of core rows and of all, precision (percent), and counts of the errors that are the worst."""
    shares = {"recall core": score.recall_core, "all": score.recall, "precision": score.precision}
    told = ", ".join(f"{name} {100 * share:.1f}" for name, share in shares.items() if share is not None)
    return f"{told}; wrong direction {score.wrong_direction}, wrong modality {score.wrong_modality}, never edges {len(score.never_edges)}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mixed", description="Read passages of our own.")
    parser.add_argument("--folder", type=Path, default=PASSAGES, help="tests/mixed (default) or tests/news")
    parser.add_argument("--half", help="one of the folder's gold lists (default: all)")
    parser.add_argument("--encoder", action="store_true", help="let the tuned encoders read as well")
    parser.add_argument("--errors", action="store_true", help="say what was missed and what is wrong")
    given = parser.parse_args()
    for half in (given.half,) if given.half else sorted(path.stem for path in given.folder.glob("*.yaml")):
        try:
            measured = score(half, given.folder, encoder=given.encoder)
        except InputError as error:
            sys.exit(f"benchmarks: {error}")
        print(f"{half}: {figures(measured)}")
        for finding in measured.findings() if given.errors else ():
            print("  " + " | ".join(finding))


if __name__ == "__main__":
    main()
