"""Neo4j Browser as kg shows it: style, guide and favourites, made of the ontology, the query modules and a graph; and where they are found."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from itertools import dropwhile
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.knowledge.ontology import Ontology, load_ontology
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.store.examples import living, written
from kg.store.jars import version_of
from kg.store.picture import drawn
from kg.store.profile import Profile
from kg.store.progress import Progress, silent
from kg.store.queries import Module, grouped, load_modules, modules_folder, titles
from kg.store.statements import BUILD

if TYPE_CHECKING:
    from kg.settings import Settings
    from kg.store.client import Client

BROWSER = "neo4j-browser"
GUIDE, STYLE, FAVOURITES = "guide.html", "style.grass", "favourites.zip"
TOLD = "guide.build"  # of which build the guide beside it tells
Examples = Mapping[str, Mapping[str, str] | None]
"""The parameters of each module's example; None where the graph at hand has no answer."""

_HANDLER = re.compile(r"\bon")
_BUILD = f"MATCH (build:{BUILD}) RETURN build.id ORDER BY build.started DESC LIMIT 1"


def write_browser_files(out: Path | None = None, client: Client | None = None, progress: Progress = silent) -> list[Path]:
    """Write guide, style and favourites into the folder `out` (`cypher/browser` where none is given), and return their paths.

    With a client, the guide's examples are names that its graph has and questions that it can answer; else those of the modules.
    """
    out = out or browser_folder()
    out.mkdir(parents=True, exist_ok=True)
    modules = load_modules().values()
    examples: dict[str, Mapping[str, str] | None] = {}
    for number, module in enumerate(modules, 1):
        examples[module.name] = living(module, client) if client else written(module)
        progress("examples for the guide", number, len(modules))
    (out / STYLE).write_text(style(load_ontology()), encoding="utf-8", newline="\n")
    (out / GUIDE).write_text(guide(load_ontology(), examples), encoding="utf-8", newline="\n")
    _write_favourites(out / FAVOURITES, examples)
    return [out / name for name in (GUIDE, STYLE, FAVOURITES)]


def refresh_guide(settings: Settings, client: Client, progress: Progress = silent) -> None:
    """Make the guide of the profile's own Browser anew, with examples that the graph can answer, if it is not yet of this build."""
    folder = _served(Profile(settings.home).web)
    told, build = folder / TOLD, str(client.read(_BUILD).rows)
    if not told.exists() or told.read_text(encoding="utf-8") != build:
        write_browser_files(folder, client, progress)
        told.write_text(build, encoding="utf-8")


def style(ontology: Ontology) -> str:
    """Return the GraSS style sheet: each label and each family of relationship types its own colour, from `data/styles/browser.yaml`.

    A node takes the last rule that names one of its labels, and Browser adds a rule for a label that has none when it draws that
    label alone: `Entity` therefore has one, before those of the labels of their own. Raises DataError for what has no colour.
    """
    path = data_folder("styles", "browser.yaml")
    look = read_yaml(path)
    links = {name: family["look"] for family in look["families"].values() for name in family["types"]}
    if missing := ({*ontology.labels} - {*look["nodes"]}) | ({*ontology.relations} - {*links}):
        raise DataError(f"no colour for {', '.join(sorted(missing))}", where=path)
    rules = {"node": look["node"], "relationship": look["relationship"], "node.Entity": look["entity"]}
    rules |= {f"node.{label}": {**look["entity"], **look["nodes"][label]} for label in ontology.labels}
    rules |= {f"relationship.{name}": {**look["relationship"], **links[name]} for name in ontology.relations}
    return "\n".join(f"{name} {{\n{_declarations(rule)}}}" for name, rule in rules.items()) + "\n"


def guide(ontology: Ontology, examples: Examples) -> str:
    """Return the guide: the template `data/styles/guide.html` with a slide for each group of questions, and the ontology's tables."""
    look = read_yaml(data_folder("styles", "browser.yaml"))
    colours = {name: family["look"]["color"] for family in look["families"].values() for name in family["types"]}
    labels = "\n".join(
        f"<tr><td>{_dot(look['nodes'][name]['color'])} <b>{name}</b></td><td>{escape(label.meaning)}</td></tr>"
        for name, label in ontology.labels.items()
    )
    relations = "\n".join(
        f"<tr><td>{_dot(colours[name])} <b>{name}</b></td><td>{escape(relation.says.format(subject='A', object='B'))}</td></tr>"
        for name, relation in ontology.facts.items()
    )
    pages = " · ".join(f"{number} {escape(titles().get(name, name))}" for number, name in enumerate(grouped(), 2))
    groups = "\n".join(_slide(name, modules, examples) for name, modules in grouped().items())
    template = Template(data_folder("styles", "guide.html").read_text(encoding="utf-8"))
    return template.substitute(labels=labels, relations=relations, groups=groups, pages=pages, favourites=FAVOURITES)


def browser_folder() -> Path:
    """Return the folder of the written guide and style, `cypher/browser`."""
    return modules_folder() / "browser"


def install_browser(jars: Sequence[Path], web: Path) -> list[Path]:
    """Unpack Neo4j Browser into `web`, add the guide and the style, and return the class path with `web` in place of its jar.

    A server takes all of `/browser/` from one place of its class path: a second jar beside the Browser's would not be seen.
    """
    jar = next((path for path in jars if version_of([path], BROWSER)), None)
    if jar is None:
        return list(jars)
    ours = _served(web)
    unpacked = ours / jar.name
    if not unpacked.exists():
        shutil.rmtree(web, ignore_errors=True)
        with zipfile.ZipFile(jar) as archive:
            archive.extractall(web, [name for name in archive.namelist() if name.startswith("browser/")])
        ours.mkdir()
        unpacked.touch()
    write_browser_files(ours)
    (ours / TOLD).unlink(missing_ok=True)
    return [web if path == jar else path for path in jars]


def _served(web: Path) -> Path:
    """Return the folder that a managed server serves at `/browser/kg/`."""
    return web / "browser" / "kg"


def _declarations(rule: Mapping[str, str]) -> str:
    return "".join(f"  {name}: {_quoted(value) if name == 'caption' else value};\n" for name, value in rule.items())


def _quoted(caption: str) -> str:
    """Captions are quoted, for braces end a rule; `<type>` and `<id>` are Browser's own words."""
    return f"'{caption}'"


def _dot(colour: str) -> str:
    return f'<span style="display:inline-block;width:14px;height:14px;border-radius:7px;background:{colour}"></span>'


def _slide(group: str, modules: Sequence[Module], examples: Examples) -> str:
    """Return the slide of a group: its questions, those that the graph cannot answer by their names alone."""
    asked = "".join(_question(module, given) for module in modules if (given := examples.get(module.name)) is not None)
    silent = "".join(
        f"<li>{escape(module.question)} {escape(module.question_zh)} <code>kg query show {module.name}</code></li>"
        for module in modules if examples.get(module.name) is None
    )
    rest = f"<h5>This graph has no answer to</h5><ul>{silent}</ul>" if silent else ""
    return (
        f'<slide class="row-fluid kg"><div class="col-sm-12 kg-{escape(group)}">\n<h3>{escape(titles().get(group, group))}</h3>\n'
        f"{asked}{rest}</div></slide>\n"
    )


def _question(module: Module, given: Mapping[str, str]) -> str:
    blocks = [("Its parameters: change a name, then run", _params(module, given))] if module.parameters else []
    if shown := drawn(module.cypher):
        blocks.append(("The answer as a picture", _without_header(shown)))
    blocks.append(("The answer as a table", _without_header(module.cypher)))
    return (
        f"<h5>{escape(module.title)}</h5><p>{escape(module.question)}<br>{escape(module.question_zh)}<br>"
        f"<code>kg query run {escape(module.name)}</code></p>"
        + "".join(f'<p class="kg-does">{what}</p><pre class="pre-scrollable code runnable">{_cypher(block)}</pre>' for what, block in blocks)
    )


def _cypher(block: str) -> str:
    """Return Cypher as HTML. Browser cuts whatever looks like an event handler out of a guide (`onclick=...`, and `one.node = point`)."""
    return _HANDLER.sub("&#111;n", escape(block))


def _params(module: Module, given: Mapping[str, Any]) -> str:
    """Return the Browser command that sets a module's parameters. The form `:params {limit: 100}` would make 100 a float, which LIMIT refuses."""
    bound = module.bind(given)
    values = ", ".join(f"{json.dumps(value, ensure_ascii=False)} AS {name}" for name, value in bound.items())
    return f":param [{{{', '.join(bound)}}}] => {{RETURN {values}}}"


def _without_header(cypher: str) -> str:
    return "".join(dropwhile(lambda line: line.startswith("//"), cypher.splitlines(keepends=True))).strip()


def _write_favourites(path: Path, examples: Examples) -> None:
    """Write the questions as Browser takes favourites in: a ZIP of folders of `.cypher` files, dropped on the list of favourites.

    A favourite is called by its first line. The same questions give the same bytes, so nothing is compressed (zlibs differ).
    """
    with zipfile.ZipFile(path, "w") as archive:
        for module in load_modules().values():
            given = examples.get(module.name) or written(module)
            about = f"// {module.title}\n// {module.question}\n// {module.question_zh}\n// First: {_params(module, given)}\n"
            entry = zipfile.ZipInfo(f"kg {module.group}/{module.name.replace('/', ' ')}.cypher", (2000, 1, 1, 0, 0, 0))
            archive.writestr(entry, about + _without_header(drawn(module.cypher) or module.cypher) + "\n")
