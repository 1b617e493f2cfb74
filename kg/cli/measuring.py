"""`kg evaluate` and `kg train`: what is read, held against what people wrote down; and the models, made again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.cli.arguments import FILE
from kg.terminal import show_score


@click.group()
def evaluate() -> None:
    """Measure what kg reads against what people wrote down."""


def _figures(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--predictions", type=FILE, help="Write what was read to this file."),
        click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON."),
    ):
        command = option(command)
    return command


def _pipeline(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--nlp", "pipeline", default="builtin", show_default=True, help="builtin, a spaCy pipeline by name or path, or hanlp:..."),
        click.option("--lang", type=click.Choice(["en", "zh"]), help="The language (default: told from the text)."),
    ):
        command = option(command)
    return command


@evaluate.command("graph")
@click.argument("gold", type=FILE)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder that `kg extract` wrote.")
@_figures
def evaluate_graph(as_json: bool, **options: Any) -> None:
    """Compare an extraction with a GOLD list: recall, precision, and everything missed or wrong."""
    from kg.evaluation import evaluate_graph as run

    score = run(**options)
    shares = {"recall_core": score.recall_core, "recall": score.recall, "precision": score.precision}
    show_score(score, shares | score.model_dump(mode="json") if as_json else None)


@evaluate.command("ner")
@click.argument("gold", type=FILE)
@_pipeline
@_figures
def evaluate_ner(as_json: bool, **options: Any) -> None:
    """Find the names (PER, ORG, LOC) of a GOLD file (IOB2), on its words: exact spans."""
    from kg.evaluation import evaluate_names as run

    score = run(**options)
    show_score(score, score.model_dump(mode="json") if as_json else None)


@evaluate.command("relations")
@click.argument("gold", type=FILE)
@click.option("--inventory", "inventory_name", default="kg", show_default=True, metavar="NAME",
              help="The label set: kg (the ontology), core, fire, finred, dfki, finre or aircraft_zh.")
@_figures
def evaluate_relations(as_json: bool, **options: Any) -> None:
    """Tell the relation of each marked pair of a GOLD file: JSON Lines of id, lang, text, head and tail (start, end), relation."""
    from kg.evaluation import evaluate_relations as run

    score = run(**options)
    show_score(score, score.model_dump(mode="json") if as_json else None)


@evaluate.command("parse")
@click.argument("gold", type=FILE)
@_pipeline
@_figures
def evaluate_parse(as_json: bool, **options: Any) -> None:
    """Tag and parse a GOLD treebank (CoNLL-U), on its words."""
    from kg.evaluation import evaluate_parse as run

    score = run(**options)
    show_score(score, score.model_dump(mode="json") if as_json else None)


@evaluate.command("convert")
@click.argument("name", metavar="SET")
@click.argument("path", type=FILE)
@click.option("--out", required=True, type=FILE, help="The gold file to write.")
def evaluate_convert(name: str, path: Path, out: Path) -> None:
    """Write the file PATH of the published SET as a gold file, labels as they are: JSON Lines of relations or events, IOB2 of names."""
    from kg.evaluation import convert as run

    click.echo(f"{run(name, path, out)} rows in {out}.")


@click.command()
@click.argument("name")
@click.option("--data", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder that holds treebank/, ner/, relations/.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where the model goes (default: where kg reads its own).")
@click.option("--checkpoints", default=".training", show_default=True, type=click.Path(file_okay=False, path_type=Path),
              help="Where an interrupted run goes on from.")
def train(name: str, data: Path, out: Path | None, checkpoints: Path) -> None:
    """Make a shipped model again: NAME is en, zh, en-encoder, zh-encoder, or a part such as zh-segmenter. Goes on where it was interrupted."""
    from kg.training import train as run

    for figure, value in run(name, data, out, checkpoints=checkpoints, progress=click.echo).items():
        click.echo(f"{figure:<16}{100 * value:.1f}")
