"""Derived facts: what follows by a rule of `cypher/derive` from facts that are stated or reference, with its premises.

A rule is a query module like any other; each of its rows is one way (all premises must hold) in which a fact follows. A derived fact
carries `rule`, the ids of its `premises`, the sentences that say them, and no claims of its own: nobody says it, so its support is 0.
Rules see no derived facts, so the order of rules does not matter, and a fact whose premises are gone is gone after the next load.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from math import prod
from typing import Any, NamedTuple

from kg.ids import make_id
from kg.knowledge.ontology import Ontology
from kg.store import statements
from kg.store.client import Client
from kg.store.progress import Progress, silent
from kg.store.queries import MODALITIES, Module, load_modules

FOLDER = "derive/"
WAYS = 8  # as many ways are combined exactly, as in the query modules (docs/exposure.md)

Row = Mapping[str, Any]


class Derived(NamedTuple):
    """What the rules made: derived facts by rule, and how many of an earlier load were retracted."""

    facts: Mapping[str, int]
    retracted: int


def derive(client: Client, ontology: Ontology, progress: Progress = silent) -> Derived:
    """Make the database hold exactly the facts that follow from the others by the rules. Running again changes nothing."""
    made: dict[str, list[dict[str, Any]]] = defaultdict(list)
    counts: Counter[str] = Counter()
    rules = [module for name, module in load_modules().items() if name.startswith(FOLDER)]
    for number, rule in enumerate(rules, 1):
        for relation, edge in _follow(rule, client):
            made[relation].append(edge)
            counts[rule.name] += 1
        progress("derived facts", number, len(rules))
    for relation, edges in made.items():
        for _ in client.write_batches(statements.merge_relationships(ontology.relations[relation], statements.ENTITY, statements.ENTITY), edges):
            pass
    wanted = {edge["id"] for edges in made.values() for edge in edges}
    stale = [element for element, id in client.read(statements.list_derived(ontology)).rows if id not in wanted]
    for _ in client.write_batches(statements.DELETE_RELATIONSHIPS, stale):
        pass
    return Derived(dict(counts), len(stale))


def at_least_one(ways: Collection[frozenset[str]], beliefs: Mapping[str, float]) -> float:
    """Return the chance (0..1) that all parts of at least one way hold, the parts being independent: inclusion and exclusion.

    Ways that share parts are not independent, and each part counts once in every term. Of more than eight ways the eight likeliest are
    combined, which gives a lower bound. Source: Colbourn, The Combinatorics of Network Reliability (1987), chapter 2.
    """
    likeliest = sorted(ways, key=lambda way: (-prod(beliefs[part] for part in way), sorted(way)))[:WAYS]
    return sum(
        (1.0 if size % 2 else -1.0) * prod(beliefs[part] for part in frozenset[str]().union(*chosen))
        for size in range(1, len(likeliest) + 1)
        for chosen in combinations(likeliest, size)
    )


def _follow(rule: Module, client: Client) -> list[tuple[str, dict[str, Any]]]:
    """Return (relation, edge) of each fact that a rule derives, its ways put together."""
    answer = client.read(rule.cypher, {**rule.bind({"modalities": MODALITIES}), "limit": 2**31})
    ways: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in answer.records():
        ways[row["subject_id"], row["relation"], row["object_id"], row["product_id"] or "", row["modality"]].append(row)
    return [(key[1], _edge(rule.name, key, rows)) for key, rows in ways.items()]


def _edge(rule: str, key: tuple[str, ...], rows: Sequence[Row]) -> dict[str, Any]:
    subject, _, object, product, modality = key
    beliefs = {id: belief for row in rows for id, belief in zip(row["premises"], row["beliefs"], strict=True)}
    strongest = max(rows, key=lambda row: (row["belief"], row["premises"]))
    dates = sorted(row["since"] for row in rows if row["since"])
    undated = len(dates) < len(rows)  # one way that was always known is enough
    id = make_id("fact", rule, *key)
    belief = at_least_one([frozenset(row["premises"]) for row in rows], beliefs)
    properties = {
        "id": id, "product": product or None, **_quantity(rows), "belief": round(belief, 4),
        "support": 0, "claim_count": 0, "claim_ids": [], "proof": " / ".join(strongest["because"]), "proof_source": strongest["source"],
        "proof_date": strongest["date"], "modality": modality, "negated": False, "ended": False, "first_seen": None if undated else dates[0],
        "last_seen": dates[-1] if dates else None, "origin": "derived", "rule": rule, "premises": sorted(beliefs),
    }
    return {"id": id, "subject": subject, "object": object, "properties": {name: value for name, value in properties.items() if value is not None}}


def _quantity(rows: Sequence[Row]) -> dict[str, Any]:
    """Add up what the premises say, each once, where they say it in one unit. The last premise of a row is the one that says it."""
    said = {row["premises"][-1]: (row["quantity"], row["unit"]) for row in rows if row["quantity"] is not None}
    units = {unit for _, unit in said.values()}
    return {"quantity": sum(quantity for quantity, _ in said.values()), "unit": units.pop()} if len(units) == 1 else {}
