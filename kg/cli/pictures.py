"""`kg export` and `kg report`: parts of the graph as pictures, tables, files for other tools, and briefs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.arguments import FILE, pairs, several


@click.command()
@click.argument("file", type=FILE)
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--around", metavar="NAME", help="What lies around a name in any language, a ticker, or an id.")
@click.option("--query", metavar="MODULE", help="The facts behind the answer of a question, its parameters given as KEY=VALUE.")
@click.option("--cypher", metavar="TEXT", help="The nodes, relationships and paths that a statement of your own returns; it may not write.")
@click.option("--path", nargs=2, metavar="A B", help="The shortest ways from one name to another.")
@click.option("--document", metavar="ID", help="What one document says: its id, title, path or address.")
@click.option("--since", metavar="DATE", help="What was first said on or after a day; with another of these, a limit on that.")
@click.option("--hops", type=int, help="Steps at most: 1 to 4 around a name (default 2), 1 to 6 on a path (default 6).")
@click.option("--max-nodes", default=60, show_default=True, help="Nodes at most, the nearest first; the file says how many more there are.")
@click.option("--min-belief", default=0.0, show_default=True, help="Leave out what is believed less than this, 0 to 1.")
@click.option("--modalities", metavar="LIST", help="fact,plan,forecast,opinion unless told (a query: its own). Also: rumour, hypothetical.")
@click.option("--origins", default="stated,reference,derived", show_default=True, metavar="LIST", help="Where a fact comes from.")
@click.option("--relations", default="", metavar="LIST", help="Only these, such as SUPPLIES,PRODUCES.")
@click.option("--labels", default="", metavar="LIST", help="Lead only to nodes of these labels, such as Company,Product.")
@click.option("--title", metavar="TEXT", help="The title of a picture; else the question is.")
@click.option("--layout", metavar="NAME", help="How a picture is laid out: columns, layers, rings, matrix or force; else as its question wants.")
@click.option("--template", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A .pptx whose master, theme and size are used.")
@click.option("--deck", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A list of slides in YAML: a .pptx of all of them.")
def export(
    file: Path, parameters: tuple[str, ...], title: str | None, layout: Any, template: Path | None, deck: Path | None, **given: Any,
) -> None:
    """Write a part of the graph to FILE, whose ending tells the form.

    .html (offline, with every proof), .pptx, .svg, .png and .pdf are pictures; .xlsx and .csv tables; .graphml, .gexf (Gephi), .mmd (Mermaid)
    and .json graphs for other tools.

    One of --around, --query, --cypher, --path, --document and --since tells which part; the other options limit it. --deck takes all of that
    from a list: slides: [{title: Who supplies TSMC?, around: TSMC, hops: 1}, {query: exposure/tiers, parameters: {company: NVIDIA}}].
    """
    from kg.presenting import picture, present
    from kg.selection import export as run

    if deck is not None:
        if asked := [name for name in ("around", "query", "cypher", "path", "document", "since") if given[name]]:
            raise click.UsageError(f"--deck lists what its slides show: leave out --{' and --'.join(asked)}")
        shown = present(deck, file, template=template)
        for name, nodes, lines, left_out in shown.pictures:
            click.echo(f"{name}: {nodes} nodes, {lines} lines{f'; {left_out} more are not shown' if left_out else ''}")
        click.echo(f"{len(shown.pictures)} pictures and their sources in {shown.path}.")
        return
    for name in ("modalities", "origins", "relations", "labels"):
        given[name] = several(given[name])
    if title or layout or template:
        written = picture(
            given.pop("around"), file, title=title, layout=layout, template=template, parameters=pairs(parameters), **given
        )
    else:
        written = run(given.pop("around"), file, parameters=pairs(parameters), **given)
    more = f"; {written.more} more are within reach: --max-nodes shows them" if written.more else ""
    click.echo(f"{written.nodes} nodes and {written.edges} edges in {' and '.join(map(str, written.paths))}{more}.")


@click.command()
@click.argument("name")
@click.argument("file", type=FILE)
def report(name: str, file: Path) -> None:
    """Write a brief on NAME (a company, sector, product, site, event) to FILE: .html on a page or two, .pptx on a few slides."""
    from kg.briefing import report as run

    made = run(name, file)
    click.echo(f"{made.name}: {len(made.sections)} sections and {len(made.notes)} sources in {file}.")
