"""The one door to Neo4j: connects, runs, and turns the driver's errors into words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import KgError, QueryError, StoreError
from kg.settings import Settings
from kg.store import server
from kg.store.progress import Progress, silent

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction

BATCH = 5_000
OLDEST = (5, 26)
RETRY_SECONDS = 10  # how long a transaction is tried again when the server does not answer


class Answer(NamedTuple):
    """What a statement gave back: column names, rows, and what it changed (`nodes_created`, ...), empty for a read."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    changes: Mapping[str, int]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as mappings from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Client:
    """A connection to one database. Use it as a context manager, or close it."""

    def __init__(self, driver: Driver, database: str | None, address: str) -> None:
        self.driver = driver
        self.database = database
        self.address = address

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None) -> Answer:
        """Run a statement that may not write (the server refuses one that does). `timeout` is in seconds.

        Values come as the driver gives them, nodes, relationships and paths among them. Raises QueryError.
        """
        return self._run("READ", cypher, parameters, timeout)

    def explain(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> str:
        """Return what the planner says a statement does, which is not run: `r` where it only reads, `rw`, `w` or `s` where it does more.

        Raises QueryError for what is no Cypher.
        """
        from neo4j import Query

        begin = "EXPLAIN "
        try:
            with _in_words(self.address), self.driver.session(database=self.database, default_access_mode="READ") as session:
                return session.run(Query(begin + cypher), dict(parameters or {})).consume().query_type or "s"
        except QueryError as error:
            moved = re.sub(r"line 1, column (\d+)", lambda place: f"line 1, column {int(place[1]) - len(begin)}", error.message)
            raise QueryError(moved) from error

    def write(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None) -> Answer:
        """Run one statement that may write, in a transaction that the driver retries. Raises QueryError."""
        return self._run("WRITE", cypher, parameters, timeout)

    def write_batches(self, cypher: str, rows: Sequence[Any], size: int = BATCH) -> Iterator[int]:
        """Run a statement of `UNWIND $rows` over `rows`, `size` at a time, a transaction each; yield how many are done."""
        with _in_words(self.address), self.driver.session(database=self.database) as session:
            for begin in range(0, len(rows), size):
                batch = rows[begin : begin + size]
                session.execute_write(lambda tx, batch=batch: tx.run(cypher, rows=batch).consume())  # type: ignore[misc]
                yield begin + len(batch)

    def close(self) -> None:
        """Let the connections go."""
        self.driver.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _run(self, mode: str, cypher: str, parameters: Mapping[str, Any] | None, timeout: float | None) -> Answer:
        from neo4j import unit_of_work

        @unit_of_work(timeout=timeout)
        def work(tx: ManagedTransaction) -> Answer:
            result = tx.run(cypher, dict(parameters or {}))
            columns = tuple(result.keys())
            rows = [tuple(record.values()) for record in result]
            counters = vars(result.consume().counters)
            return Answer(columns, rows, {name: count for name, count in counters.items() if not name.startswith("_")})

        with _in_words(self.address), self.driver.session(database=self.database) as session:
            return session.execute_write(work) if mode == "WRITE" else session.execute_read(work)


def connect(settings: Settings, progress: Progress = silent) -> Client:
    """Return a client of the server at `NEO4J_URI` or, without one, of the profile's managed server, started if need be.

    Raises StoreError: the server does not answer, refuses the password, or is no Neo4j of 5.26 or later.
    """
    from neo4j import GraphDatabase, NotificationMinimumSeverity

    if settings.neo4j_uri:
        uri, user, password = settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password
        auth = (user, password.get_secret_value()) if password else None
        hint = "are NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD right, and does the server run? Without NEO4J_URI kg runs one of its own"
    else:
        info = server.start(settings, progress)
        uri, auth = info.uri, (info.user, info.password)
        hint = "start it anew: kg db stop, then kg db start"
    with _in_words(uri, hint):
        driver = GraphDatabase.driver(
            uri, auth=auth, notifications_min_severity=NotificationMinimumSeverity.OFF, max_transaction_retry_time=RETRY_SECONDS
        )
        try:
            _check_version(driver.get_server_info().agent, uri)
        except BaseException:
            driver.close()
            raise
    return Client(driver, settings.neo4j_database, uri)


def _check_version(agent: str, uri: str) -> None:
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if not found or (int(found[1]), int(found[2])) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise StoreError(f"{uri} is {agent}; kg needs Neo4j {oldest} or later", hint="unset NEO4J_URI to use the server that kg runs")


def _one_line(message: str) -> str:
    """Return the server's words without the text of the statement, which it repeats with a caret under the fault."""
    return re.sub(r" \(offset: \d+\)", "", message.split("\n", 1)[0])


@contextmanager
def _in_words(address: str, hint: str | None = None) -> Iterator[None]:
    """Raise the driver's errors as ours, with the server's own words."""
    from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError

    try:
        yield
    except KgError:
        raise
    except AuthError as error:
        raise StoreError(f"{address} refuses the user or the password", hint=hint) from error
    except ClientError as error:
        raise QueryError(_one_line(error.message or str(error))) from error
    except Neo4jError as error:
        raise StoreError(f"{address}: {error.message}", hint=hint) from error
    except (DriverError, ValueError, OSError) as error:
        raise StoreError(f"{address} does not answer: {error}", hint=hint) from error
