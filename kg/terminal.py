"""What the terminal shows: progress, answers, summaries. Kept apart from the commands so that those stay thin."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from kg.ask import Answer
    from kg.evaluation import Score
    from kg.model import Graph
    from kg.store.load import LoadReport

Progress = Callable[[str, int, int | None], None]


def _console(*, err: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=err, soft_wrap=not sys.stdout.isatty())


@contextmanager
def progress() -> Iterator[Progress]:
    """Show what the library reports of its progress, on standard error, where somebody is looking."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = _console(err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with _warnings_shown(), Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def report(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total or None)

        yield report


class _Warnings(logging.Handler):
    """Shows what the library logs as one line on standard error, in the form of every other notice."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(f"kg: {record.getMessage()}", err=True)


@contextmanager
def _warnings_shown() -> Iterator[None]:
    logger, handler = logging.getLogger("kg"), _Warnings(level=logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def show_answer(answer: Answer) -> None:
    """Print rows as a person reads them: the question, then each row's facts in one line with its sentence under it.

    Rows without evidence, as Cypher of the user's own gives them, are a table.
    """
    from rich.markup import escape

    from kg.store.queries import EVIDENCE, STANDARD

    if answer.module is None or not {*EVIDENCE} <= {*answer.columns}:
        show_rows(answer.columns, answer.rows)
        return
    units = {column.name: f" {column.unit}" for column in answer.module.columns if column.unit}

    console = _console()
    asked = ", ".join(f"{name}={value}" for name, value in answer.parameters.items() if name not in STANDARD)
    console.print(f"\n[bold]{escape(answer.module.title)}[/bold]{escape(f' ({asked})' if asked else '')}: {escape(answer.module.question)}")
    if not answer.rows:
        console.print("  Nothing in the graph says so.")
    for row in answer.rows:
        cells = [
            f"[dim]{name}[/dim] {escape(_shown(value))}{units.get(name, '') if isinstance(value, int | float) else ''}"
            for name, value in row.items() if name not in EVIDENCE and _shown(value)
        ]
        console.print("  " + "  ".join(cells))
        belief = f"{row['belief']:.2f}" if row.get("belief") is not None else None
        said = ", ".join(filter(None, (row["modality"], row["origin"], belief)))
        where = " ".join(filter(None, (row.get("source"), (row.get("date") or "")[:10])))
        shown = (
            f"[green]{escape(said)}[/green]" if said else "", f"[italic]“{escape(_clipped(row['proof']))}”[/italic]" if row["proof"] else "",
            f"[dim]{escape(where)}[/dim]" if where else "",
        )
        if any(shown):  # what nobody disclosed has nothing to prove
            console.print("    " + " ".join(filter(None, shown)))


def show_rows(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print rows as a table."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(*map(escape, columns))
    for row in rows:
        table.add_row(*(escape(_shown(row[name])) for name in columns))
    _console().print(table)


def _shown(value: Any) -> str:
    if value is None or value is False:
        return ""
    return " -> ".join(map(str, value)) if isinstance(value, list) else "yes" if value is True else str(value)


def _clipped(text: str | None, width: int = 280) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= width else text[: width - 1] + "…"


def show_graph(graph: Graph) -> None:
    """Say in one line what an extraction holds."""
    stated = sum(fact.origin == "stated" and fact.relation not in ("MENTIONED_IN", "PUBLISHED_BY") for fact in graph.facts)
    reference = sum(fact.origin == "reference" for fact in graph.facts)
    texts = sum(document.kind == "text" for document in graph.documents)
    click.echo(
        f"{texts} documents, {len(graph.claims)} claims, {stated} stated facts and {reference} reference facts "
        f"about {len(graph.entities)} entities, {len(graph.events)} events, {len(graph.metrics)} metrics; {len(graph.rejected)} rejected."
    )


def show_load(report: LoadReport) -> None:
    """Say in one line what loading did."""
    nodes, edges = sum(report.nodes.values()), sum(report.relationships.values())
    stale = f"; {report.removed} that an earlier build had left are gone" if report.removed else ""
    facts, by = sum(report.derived.values()), len(report.derived)
    rules = f"; {facts} fact{'s' * (facts != 1)} derived by {by} rule{'s' * (by != 1)}" if report.derived else ""
    click.echo(f"In Neo4j: {nodes} nodes and {edges} relationships{rules}{stale} ({report.seconds:.1f} s).")


def show_score(score: Score, as_json: Mapping[str, Any] | None = None) -> None:
    """Print the figures of an evaluation, then what is not as the gold file has it; or the figures as JSON, where they are given so."""
    if as_json is not None:
        click.echo(json.dumps(as_json, ensure_ascii=False, indent=2))
        return
    for what, value in score.as_table():
        click.echo(f"{what:<32}{value}")
    for finding in score.findings():
        click.echo("  ".join(finding))
