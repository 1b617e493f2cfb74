"""The catalogue of questions as a page: `docs/queries.md` is made of the modules' headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from kg.store.queries import EVIDENCE, STANDARD, Column, Module, Parameter, grouped, load_modules, titles


def as_markdown() -> str:
    """Return the catalogue in Markdown: the parameters and columns that all questions share, then each question, by group."""
    groups = grouped()
    shared = {part.name: part for module in load_modules().values() for part in module.parameters if part.name in STANDARD}
    evidence = {column.name: column for module in load_modules().values() for column in module.columns if column.name in EVIDENCE}
    parts = [
        "Every question takes, unless it says why not:", "",
        *_table(("parameter", "takes", "what it is"), ((name, shared[name].takes, shared[name].about) for name in STANDARD if name in shared)), "",
        f"Every row ends in the evidence: {', '.join(f'`{name}`' for name in EVIDENCE if name in evidence)} "
        "(how it is said, where it comes from, how sure the graph is, the sentence, where and when it stands).", "",
        *(f"- [{titles().get(name, name)}](#{_anchor(titles().get(name, name))})" for name in groups), "",
    ]
    for name, modules in groups.items():
        parts += [f"## {titles().get(name, name)}", "", *(line for module in modules for line in _module(module))]
    return "\n".join(parts).rstrip() + "\n"


def _module(module: Module) -> Iterable[str]:
    yield from (f"### {module.name}", "", f"{module.question} {module.question_zh}", "", "```", module.example, "```", "")
    own = [part for part in module.parameters if part.name not in STANDARD or _differs(part)]
    if own:
        yield from _table(("parameter", "takes", "what it is"), ((part.name, part.takes, part.about) for part in own))
        yield ""
    columns = [column for column in module.columns if column.name not in EVIDENCE]
    if columns:
        yield from _table(("column", "type", "what it is"), ((column.name, _type(column), column.about) for column in columns))
        yield ""
    for name, reason in module.without.items():
        yield from (f"Without `{name}`: {reason}", "")
    yield from (f"Version {module.version}; tags: {', '.join(module.tags)}.", "")


def _differs(part: Parameter) -> bool:
    """Tell whether a parameter that all share has a default of its own here."""
    return part.default != _usual()[part.name]


@cache
def _usual() -> Mapping[str, str | None]:
    """Return the default that most questions give each parameter that all share."""
    parts = [part for module in load_modules().values() for part in module.parameters]
    given = {name: Counter(part.default for part in parts if part.name == name) for name in STANDARD}
    return {name: defaults.most_common(1)[0][0] for name, defaults in given.items()}


def _type(column: Column) -> str:
    return f"{column.type} ({column.unit})" if column.unit else column.type or ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| `{name}` | {' | '.join(cell.replace('|', chr(92) + '|') for cell in rest)} |" for name, *rest in rows]


def _anchor(title: str) -> str:
    """Return the anchor that Markdown readers make of a heading."""
    return "".join(char for char in title.lower().replace(" ", "-") if char.isalnum() or char == "-")
