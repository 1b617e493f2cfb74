"""What the questions cost on a made graph: database hits by PROFILE against their budget, the slow time (p95), and what their plans do.

A question is planned once (told apart, by EXPLAIN). Then it is asked of twenty names, from the best linked but the hub to the least linked,
evenly by the logarithm of the rank, a run each before the clock starts and one after: p95 is what nineteen of them keep within. The hub is
one name, asked again and again.
"""

from __future__ import annotations

import atexit
import math
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

from benchmarks.made_graph import COUNTRIES, MadeGraph, node_name
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
RUNS = 20
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
    """What a question may cost at the full size: hits of an ordinary name and of the hub, where they are stated, and seconds.

    `given` are parameters beside the defaults, `hubs` the numbers of the names that have most links in its direction.
    """

    kind: str
    hits: tuple[int, int] | None
    seconds: float | None
    given: Mapping[str, Any]
    hubs: Mapping[str, int]

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
        name: Budget(said["kind"], tuple(said["hits"]) if "hits" in said else None, kinds[said["kind"]]["seconds"], said.get("given", {}),
                     HUBS | said.get("hubs", {}))
        for name, said in read["questions"].items()
    }


def asked(graph: MadeGraph) -> Iterator[Asked]:
    """Yield every question twice: of an ordinary name, and of the hub of its label; once where it asks for no name."""
    for module in load_modules().values():
        yield Asked(module, False, bound(graph, module, None))
        if {*named(module)} - {"since"}:
            yield Asked(module, True, bound(graph, module, 0))


def named(module: Module) -> Mapping[str, str]:
    """Return the parameters that are given a name, each with the label of which it is."""
    return {p.name: (*p.domain, ANY.get(p.name, ""))[0] for p in module.parameters if p.required or (p.default == "any" and p.name in ANY)}


def bound(graph: MadeGraph, module: Module, share: float | None) -> Mapping[str, Any]:
    """Return a question's parameters: of the hub (share 0), of the name at that share of the logarithm of all ranks, of an ordinary name (None)."""
    budget = budgets()[module.name]
    return module.bind({name: name_of(graph, name, label, share, budget) for name, label in named(module).items()} | dict(budget.given))


def name_of(graph: MadeGraph, parameter: str, label: str, share: float | None, budget: Budget) -> str:
    """Return what a parameter is given."""
    match parameter:
        case "country":
            return "DE" if share is None else COUNTRIES[round(share * 19) % len(COUNTRIES)]
        case "fact":
            return f"fact:{1 if share == 0 else ranked(10 * graph.entities, share, parameter):016x}"
        case "since":
            return "2025-12-01"
    return node_name(label, budget.hubs.get(parameter, 0) % graph.count(label) if share == 0 else ranked(graph.count(label), share, parameter))


def ranked(count: int, share: float | None, parameter: str) -> int:
    """Return the number of a name by its rank (names are numbered from the best linked); two names of one question differ."""
    if share is None:
        return count // (5 if parameter in SECOND else 4)
    return (round(math.exp(share * math.log(count))) + (3 if parameter in SECOND else 0)) % count


def profiled(client: Client, question: Asked) -> Cost:
    """Run a question under PROFILE."""
    with client.driver.session(database=client.database, default_access_mode="READ") as session:
        result = session.run("PROFILE " + question.module.cypher, dict(question.parameters))
        rows = len(list(result))
        plan = result.consume().profile
    operators = tuple(flat(cast("dict[str, Any]", plan)))
    return Cost(sum(hits for *_, hits in operators), rows, tuple((name, arguments, made) for name, arguments, made, _ in operators))


def flat(plan: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], int, int]]:
    """Yield name, arguments, rows and hits of a plan's operators."""
    yield plan["operatorType"].partition("@")[0], plan.get("args", {}), plan.get("rows", 0), plan.get("dbHits", 0)
    for child in plan.get("children", ()):
        yield from flat(child)


def planned(client: Client, question: Asked) -> float:
    """Return the seconds that planning takes where the server has no plan of the question yet."""
    client.read("CALL db.clearQueryCaches()")
    begun = time.perf_counter()
    with client.driver.session(database=client.database, default_access_mode="READ") as session:
        session.run("EXPLAIN " + question.module.cypher, dict(question.parameters)).consume()
    return time.perf_counter() - begun


def timed(client: Client, cypher: str, given: Sequence[Mapping[str, Any]], limit: float = 60) -> list[float]:
    """Return the seconds of a run with each of the parameters, the shortest first, after one of each that does not count; fewer where long."""
    def once(parameters: Mapping[str, Any]) -> float:
        begun = time.perf_counter()
        client.read(cypher, parameters, timeout=limit)
        return time.perf_counter() - begun

    def until_long(asked: Iterable[Mapping[str, Any]]) -> list[float]:
        taken: list[float] = []
        for parameters in asked:
            taken.append(once(parameters))
            if sum(taken) > limit / 6:
                break
        return taken

    until_long(one for number, one in enumerate(given) if one not in given[:number])
    return sorted(until_long(given))


def p95(taken: list[float]) -> float:
    """Return the time that nineteen of twenty runs keep within."""
    return taken[math.ceil(0.95 * len(taken)) - 1]


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


def told(questions: list[Asked], client: Client | None = None, graph: MadeGraph | None = None) -> str:
    """Measure a question and return its row of the table: twenty names, then the hub; what has no name, alone."""
    client, said = client or loaded(), []
    graph = graph or MadeGraph(Path(), ENTITIES)
    said.append(f"planned in {planned(client, questions[0]):.1f} s")
    for question in questions:
        module, budget = question.module, budgets()[question.module.name]
        several = len(questions) > 1 and not question.hub
        given = [bound(graph, module, (1 + at) / (1 + RUNS)) for at in range(RUNS)] if several else [question.parameters] * RUNS
        try:
            taken = timed(client, module.cypher, given)
            cost = profiled(client, question)
        except KgError:
            said.append(f"{'hub' if question.hub else 'all'}: no answer in 60 s")
            continue
        allowed, seconds = budget.allowed(hub=question.hub), budget.seconds
        late = f", over {seconds:g} s" if seconds and p95(taken) > seconds else ""
        within = "no budget" if allowed is None else f"budget {allowed:,}{', over' if cost.hits > allowed else ''}"
        who = "hub" if question.hub else "names" if several else "all"
        said.append(f"{who}: {cost.hits:,} hits ({within}), p95 {1000 * p95(taken):,.0f} ms of {len(taken)} runs{late}")
        if naive := NAIVE.get(module.name):
            try:
                plain = f"{1000 * p95(timed(client, naive, given[:3])):,.0f} ms"
            except KgError:
                plain = "no answer in 60 s"
            said[-1] += f"; naive match {plain}"
    return "; ".join(said)
