"""The command line: one thin shell per library function. It parses, calls and prints; nothing is decided here."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from kg.errors import KgError
from kg.terminal import progress as showing_progress
from kg.terminal import show_answer, show_graph, show_load, show_rows, show_score

_FILE = click.Path(dir_okay=False, path_type=Path)


class _Group(click.Group):
    """A group that shows a user's mistake as one line on standard error, and never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(1)


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

    with showing_progress() as progress:
        result = run(sources, out, progress=progress, report=_notice, **options)
    show_graph(result.graph)
    show_load(result.report)


@main.command()
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


@main.command()
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


@main.group()
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
    given: dict[str, Any] = _pairs(parameters)
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


def _pairs(parameters: tuple[str, ...]) -> dict[str, str]:
    pairs = [parameter.partition("=") for parameter in parameters]
    for key, sign, _ in pairs:
        if not sign:
            raise click.UsageError(f"a parameter is KEY=VALUE, not {key!r}")
    return {key: value for key, _, value in pairs}


def _several(text: str | None) -> list[str] | None:
    return [part.strip() for part in text.split(",") if part.strip()] if text is not None else None


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
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
        given[name] = _several(given[name])
    if title or layout or template:
        written = picture(
            given.pop("around"), file, title=title, layout=layout, template=template, parameters=_pairs(parameters), **given
        )
    else:
        written = run(given.pop("around"), file, parameters=_pairs(parameters), **given)
    more = f"; {written.more} more are within reach: --max-nodes shows them" if written.more else ""
    click.echo(f"{written.nodes} nodes and {written.edges} edges in {' and '.join(map(str, written.paths))}{more}.")


@main.command()
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def report(name: str, file: Path) -> None:
    """Write a brief on NAME (a company, sector, product, site, event) to FILE: .html on a page or two, .pptx on a few slides."""
    from kg.briefing import report as run

    made = run(name, file)
    click.echo(f"{made.name}: {len(made.sections)} sections and {len(made.notes)} sources in {file}.")


@main.group()
def evaluate() -> None:
    """Measure what kg reads against what people wrote down."""


def _figures(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--predictions", type=_FILE, help="Write what was read to this file."),
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
@click.argument("gold", type=_FILE)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder that `kg extract` wrote.")
@_figures
def evaluate_graph(as_json: bool, **options: Any) -> None:
    """Compare an extraction with a GOLD list: recall, precision, and everything missed or wrong."""
    from kg.evaluation import evaluate_graph as run

    score = run(**options)
    shares = {"recall_core": score.recall_core, "recall": score.recall, "precision": score.precision}
    show_score(score, shares | score.model_dump(mode="json") if as_json else None)


@evaluate.command("ner")
@click.argument("gold", type=_FILE)
@_pipeline
@_figures
def evaluate_ner(as_json: bool, **options: Any) -> None:
    """Find the names (PER, ORG, LOC) of a GOLD file (IOB2), on its words: exact spans."""
    from kg.evaluation import evaluate_names as run

    score = run(**options)
    show_score(score, score.model_dump(mode="json") if as_json else None)


@evaluate.command("relations")
@click.argument("gold", type=_FILE)
@click.option("--inventory", "inventory_name", default="kg", show_default=True, metavar="NAME",
              help="The label set: kg (the ontology), core, fire, finred, dfki, finre or aircraft_zh.")
@_figures
def evaluate_relations(as_json: bool, **options: Any) -> None:
    """Tell the relation of each marked pair of a GOLD file: JSON Lines of id, lang, text, head and tail (start, end), relation."""
    from kg.evaluation import evaluate_relations as run

    score = run(**options)
    show_score(score, score.model_dump(mode="json") if as_json else None)


@evaluate.command("parse")
@click.argument("gold", type=_FILE)
@_pipeline
@_figures
def evaluate_parse(as_json: bool, **options: Any) -> None:
    """Tag and parse a GOLD treebank (CoNLL-U), on its words."""
    from kg.evaluation import evaluate_parse as run

    score = run(**options)
    show_score(score, score.model_dump(mode="json") if as_json else None)


@evaluate.command("convert")
@click.argument("name", metavar="SET")
@click.argument("path", type=_FILE)
@click.option("--out", required=True, type=_FILE, help="The gold file to write.")
def evaluate_convert(name: str, path: Path, out: Path) -> None:
    """Write the file PATH of the published SET as a gold file, labels as they are: JSON Lines of relations or events, IOB2 of names."""
    from kg.evaluation import convert as run

    click.echo(f"{run(name, path, out)} rows in {out}.")


@main.command()
@click.argument("name")
@click.option("--data", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder that holds treebank/, ner/, relations/.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where the model goes (default: where kg reads its own).")
@click.option("--checkpoints", default=".training", show_default=True, type=click.Path(file_okay=False, path_type=Path),
              help="Where an interrupted run goes on from.")
def train(name: str, data: Path, out: Path | None, checkpoints: Path) -> None:
    """Make a shipped model again: NAME is en, zh, or a part of them such as zh-segmenter. Goes on where it was interrupted."""
    from kg.training import train as run

    for figure, value in run(name, data, out, checkpoints=checkpoints, progress=click.echo).items():
        click.echo(f"{figure:<16}{100 * value:.1f}")


@main.group()
def db() -> None:
    """Run the Neo4j that kg keeps for you."""


@db.command("start")
def db_start() -> None:
    """Start it (the first time, its programs are downloaded)."""
    from kg.settings import Settings
    from kg.store.server import start

    with showing_progress() as progress:
        info = start(Settings(), progress)
    click.echo(f"Neo4j runs at {info.uri}; Browser: {info.browser_url}")


@db.command("stop")
def db_stop() -> None:
    """Stop it; the graph stays on disk."""
    from kg.settings import Settings
    from kg.store.server import stop

    click.echo("Neo4j is stopped." if stop(Settings()) else "Neo4j was not running.")


@db.command("status")
def db_status() -> None:
    """Say whether it runs, and where."""
    from kg.settings import Settings
    from kg.store.server import status

    info = status(Settings())
    click.echo(f"Neo4j runs at {info.uri} (process {info.pid}); Browser: {info.browser_url}" if info.running else "Neo4j is not running.")


@db.command("browser")
@click.option("--open/--no-open", "open_it", default=True, help="Open the page, or only print its address (its guide has kg's own examples then).")
def db_browser(open_it: bool) -> None:
    """Open Neo4j Browser on the graph, with a guide whose examples are of this graph, and say with which user and password."""
    from kg.settings import Settings
    from kg.store.browser import refresh_guide
    from kg.store.client import connect
    from kg.store.server import start

    settings = Settings()
    if not settings.is_managed:
        raise KgError(f"{settings.neo4j_uri} is a server of your own", hint="open its Browser; kg browser files writes the guide for it")
    with showing_progress() as progress:
        info = start(settings, progress)
        if open_it:  # every question is tried: a minute or two, once a build
            with connect(settings) as client:
                refresh_guide(settings, client, progress)
    click.echo(f"Neo4j Browser: {info.browser_url}\nUser: {info.user}   Password: {info.password}")
    if open_it:
        click.launch(info.browser_url)


@db.command("shell")
def db_shell() -> None:
    """Type Cypher, a statement ending in a semicolon; `:exit` leaves."""
    from kg.settings import Settings
    from kg.store.client import connect

    with connect(Settings()) as client:
        lines: list[str] = []
        for line in iter(lambda: click.prompt("kg" if not lines else "..", prompt_suffix="> ", default="", show_default=False), ":exit"):
            lines.append(line)
            if not line.rstrip().endswith(";"):
                continue
            try:
                answer = client.write("\n".join(lines).rstrip().rstrip(";"))
                show_rows(answer.columns, answer.records())
            except KgError as error:
                click.echo(f"kg: {error}", err=True)
            lines.clear()


@db.command("reset")
@click.confirmation_option(prompt="Take the whole graph off the disk?")
def db_reset() -> None:
    """Stop it and take its graph off the disk."""
    from kg.settings import Settings
    from kg.store.server import reset

    reset(Settings())
    click.echo("The graph is gone; `kg build` or `kg load` makes it again.")


@main.group()
def browser() -> None:
    """Guide, style and favourites for the Neo4j Browser of a server of your own."""


@browser.command("files")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write them into.")
def browser_files(out: Path) -> None:
    """Write the guide (its examples are of your graph), the style and the favourites, and say how a Browser takes them."""
    from kg.settings import Settings
    from kg.store.browser import write_browser_files
    from kg.store.client import connect

    with showing_progress() as progress, connect(Settings(), progress) as client:
        guide, style, favourites = write_browser_files(out, client, progress)
    click.echo(
        f"Drop {style} and {favourites} on Neo4j Browser: they become its style and its favourites.\n"
        f"Put {guide} on a web server that allows Browser's origin (CORS) and type :play and its address in Browser;\n"
        "or have the server tell every Browser to open it, in neo4j.conf:\n"
        "  browser.remote_content_hostname_whitelist=HOST\n"
        f"  browser.post_connect_cmd=style http://HOST/{style.name}; play http://HOST/{guide.name}"
    )
