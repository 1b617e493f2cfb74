"""The command line: one thin shell per library function. It parses, calls and prints; nothing is decided here."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.database import browser, db
from kg.cli.graph import build, check, extract, load
from kg.cli.measuring import evaluate, train
from kg.cli.pictures import export, report
from kg.cli.questions import query
from kg.errors import KgError


class _Group(click.Group):
    """A group that shows a user's mistake as one line on standard error, and never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg-supplychain", prog_name="kg")
def main() -> None:
    """Turn documents, Chinese and English mixed, into a Neo4j graph of who is exposed to whom, with the sentence that proves every edge."""


for command in (build, extract, load, check, query, export, report, evaluate, train, db, browser):
    main.add_command(command)
