"""What a user's own Cypher may do: read this graph, and nothing else. Told from its words, and by the server's planner."""

from __future__ import annotations

import re

from kg.errors import QueryError
from kg.store.anatomy import Anatomy, dissect
from kg.store.client import Client

PROCEDURES = frozenset(
    {"db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships", "db.index.fulltext.listavailableanalyzers",
     "db.index.vector.querynodes", "db.index.vector.queryrelationships", "db.labels", "db.relationshiptypes", "db.propertykeys",
     "db.schema.visualization", "db.schema.nodetypeproperties", "db.schema.reltypeproperties"}
)
"""The procedures that only look at the graph: whatever is not one of them may write, reach out or change the server."""
FUNCTIONS = frozenset({"date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector", "apoc.coll", "apoc.map", "apoc.text"})
"""The namespaces whose functions only calculate."""
READS = "r"

_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")


def guard(cypher: str) -> None:
    """Raise QueryError, in one line, when a text fetches a file, commits on its own, or calls what does more than read the graph.

    What writes with clauses of Cypher is left to the planner, see `plan`.
    """
    body = dissect(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), cypher))  # Neo4j reads \\u0041 as A wherever it stands
    if body.is_word(0, "EXPLAIN", "PROFILE"):
        raise QueryError(f"leave out {body.tokens[0].text}: a question is answered, not explained", hint="kg db shell takes it")
    for at in range(len(body.tokens)):
        if body.is_word(at, "LOAD") and body.is_word(at + 1, "CSV"):
            raise QueryError("LOAD CSV is not allowed here: a question reads the graph and fetches nothing")
        if body.is_word(at, "TRANSACTIONS") or (body.is_word(at, "PERIODIC") and body.is_word(at + 1, "COMMIT")):
            raise QueryError("a question does not commit: IN TRANSACTIONS is not allowed here")
        if body.is_word(at, "CALL") and (called := _dotted(body, at + 1)) and called.lower() not in PROCEDURES:
            raise QueryError(f"the procedure {called} is not allowed here: it may write or reach out", hint="kg query run takes Cypher that reads")
        if (called := _dotted(body, at)) and body.is_sign(at + 2 * called.count(".") + 1, "(") and not body.is_word(at - 1, "CALL"):
            space = called.rpartition(".")[0].lower()
            if space and space not in FUNCTIONS:
                raise QueryError(f"the function {called} is not allowed here: it may reach out", hint="kg query run takes Cypher that reads")


def plan(client: Client, cypher: str, parameters: dict[str, object]) -> None:
    """Raise QueryError when the server's planner finds that a text writes, or that it is no Cypher; nothing is run."""
    if client.explain(cypher, parameters) != READS:
        raise QueryError("a question may not write", hint="kg query run takes Cypher that reads; kg db shell takes any")


def _dotted(body: Anatomy, at: int) -> str | None:
    """Return the dotted name that begins at a token (`db.index.fulltext.queryNodes`), None where none does."""
    if body.name_at(at) is None or body.is_sign(at - 1, "."):
        return None
    parts = [body.tokens[at].text]
    while body.is_sign(at + 1, ".") and (part := body.name_at(at + 2)):
        parts.append(part)
        at += 2
    return ".".join(parts)
