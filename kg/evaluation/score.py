"""The figures: recall of a gold list, precision of what a graph states, and everything that is not as the list has it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from kg.evaluation.gold import Gold
from kg.evaluation.matching import FAULTS, Fault, GraphView, fold_name
from kg.model import Fact, Graph
from kg.model.document import Record

PROOF = frozenset({"MENTIONED_IN", "PUBLISHED_BY"})


class Missed(Record):
    """A gold row that no fact satisfies, and the fault of the nearest one (with `detail`)."""

    line: int
    row: str
    w: str
    fault: Fault
    detail: str


class Inexact(Record):
    """A gold row that counts, though the fact lacks or contradicts some of its properties (`key: expected, found`)."""

    line: int
    row: str
    differences: tuple[str, ...]


class FalsePositive(Record):
    """A stated fact of a complete document that the gold list does not have, the fault that parts it from the nearest row, its sentence."""

    fact: str
    edge: str
    fault: Fault
    line: int | None
    reader: str
    proof: str


class TypeScore(Record):
    """The figures of one relationship type: gold rows (core and extra) found, stated facts of complete documents that are right."""

    relation: str
    hits: int
    rows: int
    right: int
    stated: int


class GraphScore(Record):
    """How a graph compares with a gold list. Counts are of gold rows (`core`, `rows`) and of stated facts of complete documents (`stated`).

    `wrong_direction` and `wrong_modality` count the stated facts, of any document, that turn a gold row round or change its modality.
    """

    core_hits: int
    core: int
    hits: int
    rows: int
    exact: int
    right: int
    stated: int
    wrong_direction: int
    wrong_modality: int
    types: tuple[TypeScore, ...]
    missed: tuple[Missed, ...]
    inexact: tuple[Inexact, ...]
    false_positives: tuple[FalsePositive, ...]
    unread: tuple[str, ...]
    split: tuple[str, ...]
    merged: tuple[str, ...]
    unnamed: tuple[str, ...]
    never_nodes: tuple[str, ...]
    never_edges: tuple[str, ...]

    @property
    def recall_core(self) -> float | None:
        """The share of core rows in the graph, None without any."""
        return _share(self.core_hits, self.core)

    @property
    def recall(self) -> float | None:
        """The share of core and extra rows in the graph, None without any."""
        return _share(self.hits, self.rows)

    @property
    def precision(self) -> float | None:
        """The share of stated facts that the gold list has, None without any."""
        return _share(self.right, self.stated)

    def as_table(self) -> list[tuple[str, str]]:
        """Return the figures as rows of (what, value)."""
        return [
            ("recall, core", f"{_percent(self.recall_core)} ({self.core_hits} of {self.core})"),
            ("recall, all", f"{_percent(self.recall)} ({self.hits} of {self.rows})"),
            ("found with every property", f"{_percent(_share(self.exact, self.hits))} ({self.exact} of {self.hits})"),
            ("precision, stated", f"{_percent(self.precision)} ({self.right} of {self.stated})"),
            ("wrong direction", str(self.wrong_direction)),
            ("wrong modality", str(self.wrong_modality)),
            *((f"  {t.relation}", f"recall {t.hits}/{t.rows}, precision {t.right}/{t.stated}") for t in self.types),
            ("one thing as several nodes", str(len(self.split))),
            ("several things as one node", str(len(self.merged))),
            ("names that no node bears", str(len(self.unnamed))),
            ("nodes that must not be", str(len(self.never_nodes))),
            ("edges that must not be", str(len(self.never_edges))),
            ("documents not found", str(len(self.unread))),
        ]

    def findings(self) -> Iterator[tuple[str, str, str]]:
        """Yield everything that is not as the gold list has it, as (what, which, detail)."""
        for missed in self.missed:
            yield f"missed, {missed.w}", f"line {missed.line}: {missed.row}", f"{missed.fault}: {missed.detail}"
        for inexact in self.inexact:
            yield "not exact", f"line {inexact.line}: {inexact.row}", "; ".join(inexact.differences)
        for false in self.false_positives:
            near = f"{false.fault}, see line {false.line}" if false.line else "not in the gold list"
            yield "false positive", f"{false.edge} [{false.reader}]", f"{near}: {false.proof}"
        for what in ("unread", "split", "merged", "unnamed", "never_nodes", "never_edges"):
            for which in getattr(self, what):
                yield what, which, ""


def score_graph(gold: Gold, graph: Graph) -> GraphScore:
    """Compare a graph with a gold list."""
    view = GraphView(graph)
    titles = {fold_name(document.title): document.id for document in graph.documents}
    complete = {titles.get(fold_name(d.title)) for d in gold.documents.values() if d.complete}
    facts = [fact for fact in graph.facts if fact.relation not in PROOF]
    by_type: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_type[fact.relation].append(fact)

    rows, hits, right, stated = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    core = core_hits = 0
    missed, inexact = [], []
    for row in gold.facts:
        if row.w == "allowed":
            continue
        candidates = [fact for relation in row.r for fact in by_type[relation]]
        found = [fact for fact in candidates if view.fault(fact, row) is None]
        rows[row.r[0]] += 1
        core += row.w == "core"
        if found:
            hits[row.r[0]] += 1
            core_hits += row.w == "core"
            differences = min((view.differences(fact, row) for fact in found), key=len)
            if differences:
                inexact.append(Inexact(line=row.line, row=str(row), differences=differences))
        else:
            fault, detail = view.explain(row, candidates)
            missed.append(Missed(line=row.line, row=str(row), w=row.w, fault=fault, detail=detail))

    false, faults = [], Counter[Fault]()
    for fact in facts:
        if fact.origin != "stated":
            continue
        verdicts = [(view.fault(fact, row), row) for row in gold.facts]
        is_right = any(fault is None for fault, _ in verdicts)
        fault, nearest = min(((f, r) for f, r in verdicts if f), key=lambda pair: FAULTS.index(pair[0]), default=("absent", None))
        faults[fault] += not is_right
        if complete.isdisjoint(view.documents(fact)):
            continue
        stated[fact.relation] += 1
        right[fact.relation] += is_right
        if not is_right:
            line = nearest.line if nearest and fault != "absent" else None
            false.append(FalsePositive(
                fact=fact.id, edge=view.show(fact), fault=fault, line=line, reader=view.reader(fact), proof=view.proof(fact),
            ))
    identity = _identity(gold, view)
    return GraphScore(
        core_hits=core_hits, core=core, hits=hits.total(), rows=rows.total(), exact=hits.total() - len(inexact),
        right=right.total(), stated=stated.total(), wrong_direction=faults["direction"], wrong_modality=faults["modality"],
        types=tuple(
            TypeScore(relation=name, hits=hits[name], rows=rows[name], right=right[name], stated=stated[name])
            for name in sorted({*rows, *stated})
        ),
        missed=tuple(missed), inexact=tuple(inexact), false_positives=tuple(false),
        unread=tuple(d.title for d in gold.documents.values() if fold_name(d.title) not in titles),
        never_edges=tuple(
            f"line {edge.line}: {view.show(fact)}" for edge in gold.never_edges for fact in facts if view.fault(fact, edge) is None
        ),
        **identity,
    )


def _identity(gold: Gold, view: GraphView) -> dict[str, tuple[str, ...]]:
    """Return which groups of `same` are several nodes, which of `different` are one, and which names stand for nothing or must not be."""

    def bearers(name: str) -> set[str]:
        return view.bearers.get(fold_name(name), set())

    split, merged = [], []
    for group in gold.same:
        nodes = set().union(*map(bearers, group))
        if len(nodes) > 1:
            split.append(f"{', '.join(group)}: {', '.join(sorted(nodes))}")
    for group in gold.different:
        for position, name in enumerate(group):
            for other in group[position + 1:]:
                merged += [f"{name}, {other}: {node}" for node in sorted(bearers(name) & bearers(other))]
    unnamed = [name for group in gold.same for name in group if not bearers(name)]
    never = [f"{name}: {', '.join(sorted(bearers(name)))}" for name in gold.never_nodes if bearers(name)]
    return {"split": tuple(split), "merged": tuple(merged), "unnamed": tuple(unnamed), "never_nodes": tuple(never)}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(share: float | None) -> str:
    return "none to find" if share is None else f"{100 * share:.1f}%"
