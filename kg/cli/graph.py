"""`kg build`, `extract`, `load` and `check`: from documents to the graph."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.terminal import progress as showing_progress
from kg.terminal import show_graph, show_load


def _notice(notice: Any) -> None:
    click.echo(f"kg: {notice}", err=True)


def _reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--zone", metavar="ZONE", help="Time zone of the dates in a feed (default: KG_ZONE, or Asia/Shanghai)."),
        click.option("--nlp-en", "en", default="builtin", show_default=True, help="English pipeline: builtin, or a spaCy one by name or path."),
        click.option("--nlp-zh", "zh", default="builtin", show_default=True, help="Chinese pipeline, likewise, or hanlp:PATH-OR-NAME."),
        click.option("--encoder", is_flag=True, help="Let the tuned encoders read as well: more names and relations, in 3 to 4 times the time."),
        click.option("--no-reference", "reference", flag_value=False, default=True, help="Leave out background facts: only what is stated."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Keep the JSON Lines here (default: in the profile).")
@_reading_options
def build(sources: tuple[str, ...], out: Path | None, **options: Any) -> None:
    """Read SOURCES (files, folders, globs, or - for standard input), resolve what they say, and load it into Neo4j."""
    from kg.workflow import build as run

    with showing_progress() as progress:
        result = run(sources, out, progress=progress, report=_notice, **options)
    show_graph(result.graph)
    show_load(result.report)


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write JSON Lines into.")
@_reading_options
def extract(sources: tuple[str, ...], out: Path, **options: Any) -> None:
    """Read SOURCES and write what they say as JSON Lines; no database is needed."""
    from kg.workflow import extract as run

    with showing_progress() as progress:
        graph = run(sources, out, progress=progress, report=_notice, **options)
    show_graph(graph)
    click.echo(f"Written to {out}; `kg load {out}` puts it into Neo4j.")


@click.command()
@click.argument("source", required=False, type=click.Path(path_type=Path))
def load(source: Path | None) -> None:
    """Make Neo4j hold the FOLDER that `kg extract` wrote (default: the profile's last build), or add a FILE that `kg export` wrote.

    A folder takes the place of what the graph held. A file (.json, .graphml) is a part of a graph: what the graph lacks is added, what it
    holds stays as it is, nothing is removed.
    """
    if source is not None and source.is_file():
        from kg.adding import add

        with showing_progress() as progress:
            added = add(source, progress=progress)
        known = f"; {added.nodes_known} and {added.relationships_known} were there already and stay as they are"
        click.echo(f"Added {added.nodes} nodes and {added.relationships} relationships{known}. The next build makes the graph without them.")
        return
    from kg.workflow import load as run

    with showing_progress() as progress:
        report = run(source, progress=progress)
    show_load(report)


@click.command()
def check() -> None:
    """Check every data file, run every frame on its examples, and hold every query module against the ontology."""
    from kg.checking import check as run

    problems = run()
    for problem in problems:
        click.echo(f"kg: {problem}", err=True)
    if problems:
        sys.exit(1)
    click.echo("Ontology, lexicons, frames, cues, reference records and query modules are in order.")
