"""Examples that live: parameters with which a question has an answer in this graph, for the guide of this graph."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.store.queries import Module, Parameter

if TYPE_CHECKING:
    from kg.store.client import Client

TRIES = 3  # names tried for one question
SECONDS = 20.0  # how long one try may take: a first one is planned, and a busy machine plans slowly
_BUSIEST = (
    "MATCH (n:Entity) WHERE any(label IN labels(n) WHERE label IN $labels) "
    "WITH n, COUNT { (n)--(:Entity) } AS degree WHERE degree > 0 "
    "RETURN n.name ORDER BY degree DESC, n.id LIMIT $tries"
)
_BEST_PROVED = "MATCH (:Entity)-[f]->() WHERE f.origin = 'stated' RETURN f.id ORDER BY f.claim_count DESC, f.id LIMIT 1"
FACT = "fact"  # the name of a parameter that takes the id of a fact


def written(module: Module) -> dict[str, str]:
    """Return the parameters of a module's own example."""
    return dict(part.split("=", 1) for part in shlex.split(module.example) if "=" in part)


def living(module: Module, client: Client) -> Mapping[str, str] | None:
    """Return parameters with which the question has rows in this graph, None where none were found.

    Tried are those of its own example, then the names with most links among the labels that it asks for (the best proved fact).
    """
    given = written(module)
    asked = next((part for part in module.parameters if part.type == "entity" or part.name == FACT), None)
    tries = [given] + [given | {asked.name: name} for name in _busiest(asked, client)] if asked else [given]
    return next((parameters for parameters in tries if _answers(module, parameters, client)), None)


def _busiest(parameter: Parameter, client: Client) -> list[str]:
    if parameter.name == FACT:
        return [id for (id,) in client.read(_BEST_PROVED).rows]
    return [name for (name,) in client.read(_BUSIEST, {"labels": list(parameter.domain), "tries": TRIES}).rows]


def _answers(module: Module, parameters: Mapping[str, Any], client: Client) -> bool:
    try:
        return bool(client.read(module.cypher, module.bind({**parameters, "limit": 1} if _limited(module) else parameters), timeout=SECONDS).rows)
    except KgError:  # too slow to be an example, or not of this graph
        return False


def _limited(module: Module) -> bool:
    return any(part.name == "limit" for part in module.parameters)
