"""`kg query`: the catalogue of questions, and Cypher of one's own."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

import click
from click.shell_completion import CompletionItem

from kg.cli.arguments import pairs
from kg.terminal import show_answer


@click.group()
def query() -> None:
    """Ask the graph: list the questions, show one, run one."""


@query.command("list")
@click.argument("tag", required=False)
def query_list(tag: str | None) -> None:
    """List the questions that can be asked, by group, in English and Chinese; with a TAG, those that bear it."""
    from kg.store.queries import grouped, titles

    for group, modules in grouped(tag).items():
        click.secho(f"\n{titles().get(group, group)}", bold=True)
        for module in modules:
            click.echo(f"  {module.name:<30}{module.question}\n  {'':<30}{module.question_zh}")


def _complete_name(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    from kg.store.queries import load_modules

    return [CompletionItem(name, help=module.title) for name, module in load_modules().items() if name.startswith(begun)]


def _complete_parameter(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    from kg.store.queries import load_modules

    module = load_modules().get(context.params.get("name") or "")
    offered = [(word, part.about) for part in module.parameters for word in part.words] if module else []
    return [CompletionItem(word, help=about) for word, about in offered if word.startswith(begun)]


@query.command("show")
@click.argument("name", shell_complete=_complete_name)
@click.option("--json", "as_json", is_flag=True, help="Print its interface as JSON.")
def query_show(name: str, as_json: bool) -> None:
    """Show what the question NAME takes and answers, and its Cypher."""
    from kg.store.queries import find_module

    module = find_module(name)
    click.echo(module.model_dump_json(indent=2, exclude={"path"}) if as_json else module.cypher.rstrip())


@query.command("run")
@click.argument("name", required=False, shell_complete=_complete_name)
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...", shell_complete=_complete_parameter)
@click.option("--cypher", metavar="TEXT", help="Ask this Cypher instead of a question by name; it may only read.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Rows at most.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the rows as CSV.")
def query_run(
    name: str | None, parameters: tuple[str, ...], cypher: str | None, limit: int | None, as_json: bool, as_csv: bool
) -> None:
    """Run the question NAME, or a .cypher file of your own, such as: kg query run exposure/suppliers company=台积电"""
    from kg.ask import query as run

    if cypher:
        parameters = (name, *parameters) if name else parameters
    elif not name:
        raise click.UsageError("which question? `kg query list` names them; --cypher takes one of your own")
    given: dict[str, Any] = pairs(parameters)
    if own := bool(cypher) or str(name).endswith(".cypher"):
        given = {key: _literal(value) for key, value in given.items()}
    elif limit:
        given["limit"] = limit
    answer = run(cypher or str(name), **given)
    if own and limit:
        answer = answer.model_copy(update={"rows": answer.rows[:limit]})
    if as_json:
        click.echo(json.dumps(answer.rows, ensure_ascii=False, indent=2, default=str))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, answer.columns)
        writer.writeheader()
        writer.writerows({key: "; ".join(map(str, value)) if isinstance(value, list) else value for key, value in row.items()} for row in answer.rows)
    else:
        show_answer(answer)


def _literal(text: str) -> Any:
    """Return what a value means to Cypher of the user's own, which has no header: JSON where it is that, else the text."""
    try:
        return json.loads(text)
    except ValueError:
        return text
