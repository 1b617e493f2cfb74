"""`kg db` and `kg browser`: the managed Neo4j, and Browser of a server of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from kg.errors import KgError
from kg.terminal import progress as showing_progress
from kg.terminal import show_rows


@click.group()
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


@click.group()
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
