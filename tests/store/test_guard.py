"""What a user's own Cypher may call: the words that are refused, and those that are not. No database is asked."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.store.guard import guard
from kg.store.queries import load_modules


@pytest.mark.parametrize(
    "cypher",
    [
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "load /* quietly */ csv from 'http://example.org' as row return row",
        "LO\\u0041D CSV FROM 'http://example.org' AS row RETURN row",
        "CALL apoc.load.json('http://example.org') YIELD value RETURN value",
        "CALL dbms.listConfig() YIELD name RETURN name",
        "CALL db.createLabel('X')",
        "CALL `db`.`createLabel`('X')",
        "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
        "RETURN apoc.cypher.runFirstColumnSingle('CREATE (n) RETURN n', {})",
        "MATCH (n) CALL { WITH n RETURN n.name AS name } IN TRANSACTIONS OF 10 ROWS RETURN name",
        "MATCH (n) CALL (n) { RETURN n.name AS name } IN 2 CONCURRENT TRANSACTIONS RETURN name",
        "USING PERIODIC COMMIT LOAD CSV FROM 'x' AS row RETURN row",
        "PROFILE MATCH (n) RETURN n",
    ],
)
def test_refused(cypher: str) -> None:
    with pytest.raises(QueryError):
        guard(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n:Company) WHERE n.name = 'LOAD CSV' RETURN n // CALL dbms.x()",
        "CALL db.index.fulltext.queryNodes('entity_names', $name) YIELD node RETURN node",
        "MATCH (f:Event) WITH f CALL { WITH f RETURN date.truncate('month', date(f.date)) AS month } RETURN month, duration.between(date(), month).days",
        "MATCH (load)-[transaction:SUPPLIES]->(csv) RETURN toUpper(load.name), count(*)",
    ],
)
def test_allowed(cypher: str) -> None:
    guard(cypher)


@pytest.mark.parametrize("name", load_modules())
def test_the_modules_keep_to_what_a_user_may_do(name: str) -> None:
    guard(load_modules()[name].cypher)
