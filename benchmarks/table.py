"""One table of all figures: what is measured, how, and what has been published beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Benchmark:
    """A figure to measure. `key` finds what `published.yaml` says beside it; `command` makes the figure alone, DATA being the data folder.

    `measure` returns the figure as the table shows it, and raises KgError where something that it takes is not there.
    """

    key: str
    task: str
    set: str
    command: str
    measure: Callable[[], str]


def read_published(path: Path) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Read the published figures: under each key a list of who, figure, on, source."""
    figures: Mapping[str, Sequence[Mapping[str, str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return figures


def as_markdown(
    rows: Iterable[tuple[Benchmark, str]], published: Mapping[str, Sequence[Mapping[str, str]]], measured_with: str,
) -> Iterator[str]:
    """Yield the lines of the table, then those of the sources."""
    rows, sources = list(rows), []
    yield "# Benchmarks\n"
    yield f"Made by `make bench DATA=folder` ({measured_with}). Figures are percentages; DATA is the folder with the published sets.\n"
    yield "| task | set | ours | published | command |\n|---|---|---|---|---|"
    for benchmark, figure in rows:
        beside = []
        for entry in published.get(benchmark.key, ()):
            if entry["source"] not in sources:
                sources.append(entry["source"])
            where = f" ({entry['on']})" if entry.get("on") else ""
            beside.append(f"{entry['who']} {entry['figure']}{where} [{sources.index(entry['source']) + 1}]")
        yield f"| {benchmark.task} | {benchmark.set} | {figure} | {'; '.join(beside)} | `{benchmark.command}` |"
    yield "\n## Sources\n"
    yield from (f"{number}. {source}" for number, source in enumerate(sources, 1))
