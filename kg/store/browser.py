"""Neo4j Browser as kg shows it: the style of the graph, the guide that opens on connecting, and where the server finds them."""

from __future__ import annotations

import json
import shlex
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import dropwhile
from pathlib import Path
from string import Template
from typing import NamedTuple

from kg.errors import DataError
from kg.knowledge.ontology import Ontology, load_ontology
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.store.jars import version_of
from kg.store.queries import Module, load_modules, modules_folder

BROWSER = "neo4j-browser"
GUIDE, STYLE = "guide.html", "style.grass"


class Question(NamedTuple):
    """A query module as the guide offers it: Cypher that runs as it stands once `params` (Cypher literals by name) are set."""

    name: str
    title: str
    question: str
    cypher: str
    params: Mapping[str, str] = {}


def write_browser_files(out: Path | None = None) -> None:
    """Write the guide and the style into the folder `out`, `cypher/browser` where none is given."""
    out = out or browser_folder()
    out.mkdir(parents=True, exist_ok=True)
    (out / STYLE).write_text(style(load_ontology()), encoding="utf-8", newline="\n")
    (out / GUIDE).write_text(guide(load_ontology(), questions()), encoding="utf-8", newline="\n")


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


def guide(ontology: Ontology, questions: Iterable[Question]) -> str:
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


def questions() -> list[Question]:
    """Return the query modules as the guide offers them, with the parameters of their examples."""
    return [_as_question(module) for module in load_modules().values()]


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


def _as_question(module: Module) -> Question:
    given = dict(part.split("=", 1) for part in shlex.split(module.example) if "=" in part)
    lines = module.cypher.splitlines(keepends=True)
    return Question(
        name=module.name, title=module.title, question=f"{module.question} {module.question_zh}",
        cypher="".join(dropwhile(lambda line: line.startswith("//"), lines)).strip(),
        params={name: json.dumps(value, ensure_ascii=False) for name, value in module.bind(given).items()},
    )


def _declarations(rule: Mapping[str, str]) -> str:
    return "".join(f"  {name}: {_quoted(value) if name == 'caption' else value};\n" for name, value in rule.items())


def _quoted(caption: str) -> str:
    """Captions are quoted, for braces end a rule; `<type>` and `<id>` are Browser's own words."""
    return f"'{caption}'"


def _question(question: Question) -> str:
    params = ", ".join(f"{name}: {value}" for name, value in question.params.items())
    blocks = ([f":params {{{params}}}"] if params else []) + [question.cypher]
    return (
        f"<h5>{escape(question.title)}</h5><p>{escape(question.question)} <code>kg query run {escape(question.name)}</code></p>"
        + "".join(f'<pre class="pre-scrollable code runnable">{escape(block)}</pre>' for block in blocks)
    )
