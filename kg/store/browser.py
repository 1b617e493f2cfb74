"""Neo4j Browser as kg shows it: the style of the graph, the guide that opens on connecting, and where the server finds them."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

import kg
from kg.errors import DataError
from kg.knowledge.ontology import Ontology, load_ontology
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.store.jars import version_of

BROWSER = "neo4j-browser"
GUIDE, STYLE = "guide.html", "style.grass"


class Question(NamedTuple):
    """A query module as the guide offers it: Cypher that runs as it stands once `params` (Cypher literals by name) are set."""

    name: str
    title: str
    question: str
    cypher: str
    params: Mapping[str, str] = {}


def write_browser_files(out: Path, questions: Iterable[Question] = ()) -> None:
    """Write the guide and the style into the folder `out`: the style from the ontology, the guide with a page of `questions`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / STYLE).write_text(style(load_ontology()), encoding="utf-8")
    (out / GUIDE).write_text(guide(load_ontology(), questions), encoding="utf-8")


def style(ontology: Ontology) -> str:
    """Return the GraSS style sheet: each label its own colour, from `data/styles/browser.yaml`.

    A node takes the last rule that names one of its labels, and Browser adds a rule for a label that has none when it draws that
    label alone: `Entity` therefore has one, before those of the labels of their own.
    """
    path = data_folder("styles", "browser.yaml")
    look = read_yaml(path)
    if missing := {*ontology.labels} - {*look["nodes"]}:
        raise DataError(f"no colour for {', '.join(sorted(missing))}", where=path)
    rules = {"node": look["node"], "relationship": look["relationship"], "node.Entity": look["entity"]}
    rules |= {f"node.{label}": {**look["entity"], **look["nodes"][label]} for label in ontology.labels}
    return "\n".join(f"{name} {{\n{_declarations(rule)}}}" for name, rule in rules.items()) + "\n"


def guide(ontology: Ontology, questions: Iterable[Question] = ()) -> str:
    """Return the guide: the template `data/styles/guide.html` with what the ontology and the query modules fill in."""
    look = read_yaml(data_folder("styles", "browser.yaml"))["nodes"]
    labels = "\n".join(
        f'<tr><td><span style="display:inline-block;width:14px;height:14px;border-radius:7px;background:{look[name]["color"]}"></span> '
        f"<b>{name}</b></td><td>{escape(label.meaning)}</td></tr>"
        for name, label in ontology.labels.items()
    )
    relations = "\n".join(
        f"<tr><td><b>{name}</b></td><td>{escape(relation.says.format(subject='A', object='B'))}</td></tr>"
        for name, relation in ontology.facts.items()
    )
    asked = "\n".join(map(_question, questions))
    template = Template(data_folder("styles", "guide.html").read_text(encoding="utf-8"))
    return template.substitute(labels=labels, relations=relations, questions=asked)


def browser_folder() -> Path:
    """Return the folder `cypher/browser` with the written guide and style: inside the package in a wheel, beside it in a checkout."""
    package = Path(kg.__file__).parent
    for folder in (package / "cypher" / "browser", package.parent / "cypher" / "browser"):
        if folder.is_dir():
            return folder
    raise DataError("the guide of Neo4j Browser is missing", where=package, hint="install kg anew")


def install_browser(jars: Sequence[Path], web: Path) -> list[Path]:
    """Unpack Neo4j Browser into `web`, add the guide and the style, and return the class path with `web` in place of its jar.

    A server takes all of `/browser/` from one place of its class path: a second jar beside the Browser's would not be seen.
    """
    jar = next((path for path in jars if version_of([path], BROWSER)), None)
    if jar is None:
        return list(jars)
    ours = web / "browser" / "kg"
    unpacked = ours / jar.name
    if not unpacked.exists():
        shutil.rmtree(web, ignore_errors=True)
        with zipfile.ZipFile(jar) as archive:
            archive.extractall(web, [name for name in archive.namelist() if name.startswith("browser/")])
        ours.mkdir()
        unpacked.touch()
    for name in (GUIDE, STYLE):
        shutil.copyfile(browser_folder() / name, ours / name)
    return [web if path == jar else path for path in jars]


def _declarations(rule: Mapping[str, str]) -> str:
    return "".join(f"  {name}: {_quoted(value) if name == 'caption' else value};\n" for name, value in rule.items())


def _quoted(caption: str) -> str:
    """Captions are quoted, for braces end a rule; `<type>` and `<id>` are Browser's own words."""
    return f"'{caption}'"


def _question(question: Question) -> str:
    params = "; ".join(f"{name}: {value}" for name, value in question.params.items())
    setting = f'<pre class="code runnable">:params {{{escape(params.replace("; ", ", "))}}}</pre>' if question.params else ""
    return (
        f"<h5>{escape(question.title)}</h5><p>{escape(question.question)} <small><code>kg query run {escape(question.name)}</code></small></p>"
        f'{setting}<pre class="pre-scrollable code runnable">{escape(question.cypher)}</pre>'
    )
