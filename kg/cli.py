"""The command line: one thin shell per library function. It parses, calls and prints; nothing is decided here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[str, int, int | None], None]


class _Group(click.Group):
    """A group that shows a user's mistake as one line on standard error, and never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(1)


def _console(*, err: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=err, soft_wrap=not sys.stdout.isatty())


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show what the library reports of its progress, on standard error, where somebody is looking."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bars, TextColumn, TimeElapsedColumn

    console = _console(err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def report(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield report


def _problem(error: InputError) -> None:
    click.echo(f"kg: left out: {error}", err=True)


def _reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--zone", metavar="ZONE", help="Time zone of the dates in a feed (default: KG_ZONE, or Asia/Shanghai)."),
        click.option("--nlp-en", "en", default="builtin", show_default=True, help="English pipeline: builtin, or a spaCy pipeline by name or path."),
        click.option("--nlp-zh", "zh", default="builtin", show_default=True, help="Chinese pipeline, likewise."),
        click.option("--no-reference", "reference", flag_value=False, default=True, help="Leave out background facts; keep only what is stated."),
    ):
        command = option(command)
    return command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg-supplychain", prog_name="kg")
def main() -> None:
    """Turn documents, Chinese and English mixed, into a Neo4j graph of who is exposed to whom, with the sentence that proves every edge."""


@main.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Keep the JSON Lines here (default: in the profile).")
@_reading_options
def build(sources: tuple[str, ...], out: Path | None, **options: Any) -> None:
    """Read SOURCES (files, folders, globs, or - for standard input), resolve what they say, and load it into Neo4j."""
    from kg.workflow import build as run

    with _progress() as progress:
        result = run(sources, out, progress=progress, on_problem=_problem, **options)
    _print_graph(result.graph)
    click.echo(str(result.report))


@main.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write JSON Lines into.")
@_reading_options
def extract(sources: tuple[str, ...], out: Path, **options: Any) -> None:
    """Read SOURCES and write what they say as JSON Lines; no database is needed."""
    from kg.workflow import extract as run

    with _progress() as progress:
        graph = run(sources, out, progress=progress, on_problem=_problem, **options)
    _print_graph(graph)
    click.echo(f"Written to {out}; `kg load {out}` puts it into Neo4j.")


@main.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def load(folder: Path | None) -> None:
    """Load a FOLDER that `kg extract` wrote into Neo4j (default: the profile's last build)."""
    from kg.workflow import load as run

    with _progress() as progress:
        report = run(folder, progress=progress)
    click.echo(str(report))


@main.command()
def check() -> None:
    """Check every data file, run every frame on its examples, and hold every query module against the ontology."""
    from kg.checking import check as run

    problems = run()
    for problem in problems:
        click.echo(f"kg: {problem}", err=True)
    if problems:
        sys.exit(1)
    click.echo("Ontology, lexicons, frames, cues, reference records and query modules are in order.")


def _print_graph(graph: Any) -> None:
    stated = sum(fact.origin == "stated" and fact.relation not in ("MENTIONED_IN", "PUBLISHED_BY") for fact in graph.facts)
    reference = sum(fact.origin == "reference" for fact in graph.facts)
    texts = sum(document.kind == "text" for document in graph.documents)
    click.echo(
        f"{texts} documents, {len(graph.claims)} claims, {stated} stated facts and {reference} reference facts "
        f"about {len(graph.entities)} entities, {len(graph.events)} events and {len(graph.metrics)} metrics; {len(graph.rejected)} rejected."
    )
