"""Measure everything that can be measured and write the table: `python -m benchmarks DATA [--only NAME ...] [--out FILE]`.

A benchmark is a module with `benchmarks(data)`, which gives its `Benchmark`s. What one of them takes and does not find is said in one line,
and its row is marked. With `--only`, the table goes to standard output, since it is not whole.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from benchmarks.table import NOT_MEASURED, Benchmark, as_markdown, read_published
from kg.errors import KgError

HERE = Path(__file__).parent
MODULES = ("names", "relations", "parsing", "modality", "graph", "mixed", "speed", "hanlp", "questions")


def found(names: list[str], data: Path) -> Iterator[Benchmark]:
    """Yield the benchmarks of some modules; one that is not there, or measures nothing for the table, is said in one line."""
    for name in names:
        try:
            module = import_module(f"benchmarks.{name}")
        except ImportError as error:
            print(f"benchmarks: {name} cannot be run: {error}", file=sys.stderr)
            continue
        if hasattr(module, "benchmarks"):
            yield from module.benchmarks(data)
        else:
            print(f"benchmarks: {name} gives no figure for the table", file=sys.stderr)


def measured(benchmark: Benchmark) -> str:
    """Return a benchmark's figure, or that there is none."""
    print(f"benchmarks: {benchmark.task}, {benchmark.set}", file=sys.stderr)
    try:
        return benchmark.measure()
    except KgError as error:
        print(f"benchmarks: {benchmark.task}, {benchmark.set}: not measured: {error}", file=sys.stderr)
        return NOT_MEASURED


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure everything and write one table.")
    parser.add_argument("data", type=Path, help="the folder that holds treebank/, ner/, relations/ and corpora/")
    parser.add_argument("--only", nargs="+", choices=MODULES, help="measure these, and print the table instead of writing it")
    parser.add_argument("--out", type=Path, default=HERE.parent / "docs" / "benchmarks.md")
    given = parser.parse_args()
    if not given.data.is_dir():
        print(f"benchmarks: there is no data folder {given.data}: what needs it is not measured", file=sys.stderr)
    rows = [(benchmark, measured(benchmark)) for benchmark in found(given.only or list(MODULES), given.data)]
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    table = "\n".join(as_markdown(rows, read_published(HERE / "published.yaml"), machine)) + "\n"
    if given.only:
        print(table, end="")
    else:
        given.out.write_text(table, encoding="utf-8")
        print(f"benchmarks: written to {given.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
