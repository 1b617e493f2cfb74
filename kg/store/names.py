"""Names: which nodes bear one, in any language, as a ticker or as their id; and which come near."""

from __future__ import annotations

from collections.abc import Collection

from kg.errors import QueryError
from kg.knowledge.ontology import load_ontology
from kg.store.client import Client
from kg.store.statements import NAME_INDEX

SUGGESTIONS = 5


def bearers(client: Client, name: str, labels: Collection[str]) -> list[str]:
    """Return the ids of the entities of these labels that bear the name, in any language, as a ticker or as their id.

    Raises QueryError when there are none, with the nearest names that there are.
    """
    found = client.read(
        f"CALL db.index.fulltext.queryNodes('{NAME_INDEX}', $phrase) YIELD node "
        "WHERE any(label IN labels(node) WHERE label IN $labels) AND any(name IN [node.name, node.name_en, node.name_zh, node.ticker] "
        "+ coalesce(node.aliases, []) + coalesce(node.tickers, []) WHERE toLower(name) = toLower($name)) RETURN node.id AS id "
        "UNION MATCH (node:Entity {id: $name}) WHERE any(label IN labels(node) WHERE label IN $labels) RETURN node.id AS id",
        {"phrase": '"' + name.replace("\\", " ").replace('"', " ") + '"', "labels": list(labels), "name": name.strip()},
    )
    if found.rows:
        return sorted(row[0] for row in found.rows)
    near = nearest(client, name, labels)
    hint = f"did you mean {', '.join(near)}?" if near else "`kg query run overview/graph` shows what is there"
    kind = f"no {' or '.join(labels).lower()}" if len(labels) < len(load_ontology().entity_labels) else "nothing"
    raise QueryError(f"the graph knows {kind} called {name!r}", hint=hint)


def called(client: Client, name: str, labels: Collection[str]) -> str:
    """Return the name under which a module finds what `bearers` finds: the name as given, for an id the name of its entity."""
    if name.strip() not in bearers(client, name, labels):
        return name
    return str(client.read("MATCH (n:Entity {id: $id}) RETURN n.name", {"id": name.strip()}).rows[0][0])


def nearest(client: Client, name: str, labels: Collection[str], count: int = SUGGESTIONS) -> list[str]:
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
