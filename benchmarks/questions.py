"""What the questions cost on a made graph: database hits by PROFILE against their budget, the slow time (p95), and what their plans do."""

from __future__ import annotations

import atexit
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, LiteralString, cast

from benchmarks.made_graph import MadeGraph, node_name
from benchmarks.table import Benchmark
from kg.errors import KgError
from kg.knowledge.yaml_file import read_yaml
from kg.settings import Settings
from kg.store import server
from kg.store.client import Client, connect
from kg.store.queries import Module, load_modules

ENTITIES = 100_000
NAIVE = {
    "exposure/tiers": "MATCH p = (start:Entity {name: $company})<-[:SUPPLIES*1..4]-(other) RETURN other.name, min(length(p)) LIMIT 100",
    "exposure/paths": "MATCH p = (one:Entity {name: $supplier})-[:SUPPLIES*1..4]->(:Entity {name: $customer}) RETURN p ORDER BY length(p) LIMIT 100",
    "shocks/supplier": "MATCH p = (start:Entity {name: $company})-[:SUPPLIES*1..4]->(other) RETURN other.name, min(length(p)) LIMIT 100",
}
"""The same question as a variable-length match, which knows nothing of belief, hubs or the best path."""
BUDGETS = Path(__file__).with_name("questions.yaml")
SECOND = {"other", "supplier"}  # the second of two names of one label
ANY = {"name": "Company", "buyer": "Company", "fund": "Fund", "site": "Facility", "product": "Product"}  # where `any` would do
HUBS = {"customer": 0, "supplier": 1, "one": 0, "other": 1, "company": 0}
FEW = 100  # rows that a Cartesian product, or a scan of a small label, may make without being noticed


@dataclass(frozen=True)
class Asked:
    """One question with its parameters, the `hub`'s or an ordinary name's."""

    module: Module
    hub: bool
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Cost:
    """What a run cost: database hits, rows of the answer, and the operators of the plan as (name, arguments, rows)."""

    hits: int
    rows: int
    operators: tuple[tuple[str, Mapping[str, Any], int], ...]

    def scans(self, large: set[str]) -> Iterator[str]:
        """Yield what no plan of a question about a name may do: read all nodes, all of a large label, or multiply many rows."""
        for name, arguments, rows in self.operators:
            details = str(arguments.get("Details", ""))
            everything = name.startswith("AllNodesScan") or "AllRelationshipsScan" in name or name.startswith("CartesianProduct")
            if rows > FEW and (everything or ("LabelScan" in name and any(f":{label}" in details for label in large))):
                yield f"{name}({details}): {rows:,} rows"


@dataclass(frozen=True)
class Budget:
    """What a question may cost at the full size: hits of an ordinary name and of the hub, where they are stated, and seconds; its parameters."""

    kind: str
    hits: tuple[int, int] | None
    seconds: float | None
    given: Mapping[str, Any]

    def allowed(self, *, hub: bool, entities: int = ENTITIES) -> int | None:
        """Return the hits allowed at some size: what an ordinary name has does not grow with the graph, a hub does."""
        if self.hits is None:
            return None
        return self.hits[hub] * entities // ENTITIES if hub or self.kind == "whole" else self.hits[0]


@cache
def budgets() -> Mapping[str, Budget]:
    """Return what `questions.yaml` says of each question."""
    read = cast("Mapping[str, Mapping[str, Any]]", read_yaml(BUDGETS))
    kinds = read["kinds"]
    return {
        name: Budget(said["kind"], tuple(said["hits"]) if "hits" in said else None, kinds[said["kind"]]["seconds"], said.get("given", {}))
        for name, said in read["questions"].items()
    }


def asked(graph: MadeGraph) -> Iterator[Asked]:
    """Yield every question twice: of an ordinary name, and of the hub of its label."""
    for name, module in load_modules().items():
        given = budgets()[name].given
        for hub in (False, True):
            wanted = {
                p.name: name_of(graph, p.name, p.domain or (ANY.get(p.name, ""),), hub)
                for p in module.parameters if p.required or (p.default == "any" and p.name in ANY)
            }
            yield Asked(module, hub, module.bind(wanted | given))
            if not {*wanted} - {"since"}:
                break  # it asks for no name


def name_of(graph: MadeGraph, parameter: str, labels: tuple[str, ...], hub: bool) -> str:
    """Return what a parameter is given: a name of the first label that it takes."""
    match parameter:
        case "country":
            return "TW" if hub else "DE"
        case "fact":
            return f"fact:{1 if hub else graph.entities:016x}"
        case "since":
            return "2025-12-01"
    label = labels[0]
    number = HUBS.get(parameter, 0) if hub else graph.count(label) // (5 if parameter in SECOND else 4)
    return node_name(label, number % graph.count(label))


def profiled(client: Client, question: Asked) -> Cost:
    """Run a question under PROFILE."""
    with client.driver.session(database=client.database, default_access_mode="READ") as session:
        result = session.run(cast("LiteralString", "PROFILE " + question.module.cypher), dict(question.parameters))
        rows = len(list(result))
        plan = result.consume().profile
    operators = tuple(flat(cast("dict[str, Any]", plan)))
    return Cost(sum(hits for *_, hits in operators), rows, tuple((name, arguments, made) for name, arguments, made, _ in operators))


def flat(plan: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], int, int]]:
    """Yield name, arguments, rows and hits of a plan's operators."""
    yield plan["operatorType"].partition("@")[0], plan.get("args", {}), plan.get("rows", 0), plan.get("dbHits", 0)
    for child in plan.get("children", ()):
        yield from flat(child)


def timed(client: Client, cypher: str, parameters: Mapping[str, Any], runs: int = 20, limit: float = 60) -> list[float]:
    """Return the seconds of some runs, the shortest first, after one that is not counted; fewer runs where they take long."""
    client.read(cypher, parameters, timeout=limit)
    taken: list[float] = []
    while len(taken) < runs and sum(taken) < limit / 4:
        begun = time.perf_counter()
        client.read(cypher, parameters, timeout=limit)
        taken.append(time.perf_counter() - begun)
    return sorted(taken)


def p95(taken: list[float]) -> float:
    """Return the time that nineteen of twenty runs keep within."""
    return taken[min(len(taken) - 1, int(0.95 * len(taken)))]


def benchmarks(_: Path) -> Iterator[Benchmark]:
    """Yield the cost of each question, on a graph made for it."""
    graph = MadeGraph(Path(tempfile.gettempdir()), ENTITIES)
    for name in budgets():
        questions = [question for question in asked(graph) if question.module.name == name]
        yield Benchmark(f"questions.{name}", f"question {name}", "made graph: 100,000 entities, 1,000,000 facts",
                        "python -m benchmarks DATA --only questions", partial(told, questions))


@cache
def loaded() -> Client:
    """Return a connection to a managed server that holds the made graph; both go when Python ends."""
    folder = tempfile.TemporaryDirectory(prefix="kg-made-")
    settings = Settings(KG_HOME=Path(folder.name) / "profile", NEO4J_URI=None)
    atexit.register(folder.cleanup)
    atexit.register(server.stop, settings)
    graph = MadeGraph(Path(folder.name) / "csv", ENTITIES)
    graph.write()
    graph.load(settings)
    client = connect(settings)
    atexit.register(client.close)
    return client


def told(questions: list[Asked], client: Client | None = None) -> str:
    """Measure a question and return its row of the table: an ordinary name, then the hub."""
    client, said = client or loaded(), []
    for question in questions:
        budget = budgets()[question.module.name]
        cost = profiled(client, question)
        taken = timed(client, question.module.cypher, question.parameters)
        allowed, seconds = budget.allowed(hub=question.hub), budget.seconds
        late = f", over {seconds:g} s" if seconds and p95(taken) > seconds else ""
        bound = "no budget yet" if allowed is None else f"budget {allowed:,}{', over' if cost.hits > allowed else ''}"
        who = "hub" if question.hub else "a name" if len(questions) > 1 else "all"
        said.append(f"{who}: {cost.hits:,} hits ({bound}), p95 {1000 * p95(taken):,.0f} ms of {len(taken)} runs{late}")
        if naive := NAIVE.get(question.module.name):
            try:
                plain = f"{1000 * timed(client, naive, question.parameters, runs=3)[-1]:,.0f} ms"
            except KgError:
                plain = "no answer in 60 s"
            said[-1] += f"; naive match {plain}"
    return "; ".join(said)
