"""Asking: a question by the name of its module, answered from Neo4j; and a part of the graph, to look at or to hand on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from kg.errors import QueryError
from kg.settings import Settings
from kg.store.client import Client, connect
from kg.store.queries import Module, Parameter, find_module
from kg.store.statements import NAME_INDEX

SUGGESTIONS = 5


class Answer(BaseModel):
    """The answer to a question: its module, the parameters it was asked with, column names, and rows as mappings from column to value."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    module: Module
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]


def query(name: str, *, settings: Settings | None = None, **parameters: Any) -> Answer:
    """Ask a question by its module's name, such as `query("exposure/suppliers", company="台积电")`.

    Names of entities may be in any language, or tickers. The question is run read-only. Raises QueryError for an unknown module,
    a parameter that is unknown, missing or out of its domain, or a name that the graph does not know (with the nearest it knows).
    """
    module = find_module(name)
    bound = module.bind(parameters)
    with connect(settings or Settings()) as client:
        for parameter in module.parameters:
            if parameter.type == "entity":
                _require(client, parameter, bound[parameter.name])
        answer = client.read(module.cypher, bound)
    return Answer(module=module, parameters=bound, columns=answer.columns, rows=tuple(answer.records()))


def _require(client: Client, parameter: Parameter, name: str) -> None:
    """Raise QueryError when no entity of the parameter's labels bears the name; suggest the nearest that do."""
    found = client.read(
        f"CALL db.index.fulltext.queryNodes('{NAME_INDEX}', $phrase) YIELD node "
        "WHERE any(label IN labels(node) WHERE label IN $labels) AND any(name IN [node.id, node.name, node.name_en, node.name_zh, node.ticker] "
        "+ coalesce(node.aliases, []) + coalesce(node.tickers, []) WHERE toLower(name) = toLower($name)) RETURN node.name LIMIT 1",
        {"phrase": '"' + name.replace('"', " ") + '"', "labels": list(parameter.domain), "name": name},
    )
    if found.rows:
        return
    near = nearest(client, name, parameter.domain)
    hint = f"did you mean {', '.join(near)}?" if near else "`kg query run overview/graph` shows what is there"
    raise QueryError(f"the graph knows no {' or '.join(parameter.domain).lower()} called {name!r}", hint=hint)


def nearest(client: Client, name: str, labels: tuple[str, ...], count: int = SUGGESTIONS) -> list[str]:
    """Return the names of entities of these labels that come nearest to `name`, the nearest first."""
    words = "".join(char if char.isalnum() else " " for char in name).split()
    if not words:
        return []
    fuzzy = " ".join(f"{word}~ {word}*" if word.isascii() else word for word in words)
    found = client.read(
        f"CALL db.index.fulltext.queryNodes('{NAME_INDEX}', $fuzzy) YIELD node, score "
        "WHERE any(label IN labels(node) WHERE label IN $labels) RETURN DISTINCT node.name, score ORDER BY score DESC LIMIT $count",
        {"fuzzy": fuzzy, "labels": list(labels), "count": count},
    )
    return [row[0] for row in found.rows]
