"""What lies around nodes, along facts: a walk, a hop at a time, and the paths between two. Only reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.store.client import Client
from kg.store.limits import HELD, Limits

PATHS = 25  # of equal length, at most


class Reached(NamedTuple):
    """Nodes by their distance, the nearest first, and the facts to show among them: all that hold, where `facts` is None."""

    distance: Mapping[str, int]
    facts: Sequence[str] | None = None


def walk(client: Client, centres: Sequence[str], hops: int, limits: Limits) -> Reached:
    """Return what lies at most `hops` facts from the nodes `centres`. Nearness is hops, then belief and number of the links that led there."""
    reached = dict.fromkeys(centres, 0)
    frontier = list(reached)
    for hop in range(1, hops + 1):
        steps = client.read(
            f"MATCH (n:Entity)-[f]-(m:Entity) WHERE n.id IN $ids AND any(label IN labels(m) WHERE label IN $labels) AND {HELD} "
            "RETURN m.id, max(f.belief), count(f)", limits.parameters(ids=frontier),
        ).rows
        frontier = [id for _, _, id in sorted((-belief, -count, id) for id, belief, count in steps if id not in reached)]
        reached.update(dict.fromkeys(frontier, hop))
    return Reached(reached)


def between(client: Client, start: Sequence[str], end: Sequence[str], steps: int, limits: Limits) -> list[str]:
    """Return the facts of the shortest paths from one of `start` to one of `end`, of at most `steps` facts; none where nothing links them.

    A path may run along a fact or against it. Of more than 25 shortest paths those of the surest weakest links are kept.
    """
    ways = client.read(
        "MATCH (a:Entity) WHERE a.id IN $start MATCH (b:Entity) WHERE b.id IN $end AND b <> a "
        f"MATCH way = allShortestPaths((a)-[*..{int(steps)}]-(b)) "
        f"WHERE all(f IN relationships(way) WHERE {HELD}) AND all(n IN nodes(way) WHERE n:Entity) "
        "AND all(n IN nodes(way)[1..-1] WHERE any(label IN labels(n) WHERE label IN $labels)) "
        "RETURN [f IN relationships(way) | f.id] AS facts, length(way) AS steps, reduce(least = 1.0, f IN relationships(way) | "
        f"CASE WHEN f.belief < least THEN f.belief ELSE least END) AS weakest ORDER BY steps, weakest DESC, facts LIMIT {PATHS}",
        limits.parameters(start=list(start), end=list(end)),
    ).rows
    return list(dict.fromkeys(fact for facts, steps, _ in ways if steps == ways[0][1] for fact in facts))


def reached_by(client: Client, facts: Iterable[str], centres: Sequence[str], also: Iterable[str] = ()) -> Reached:
    """Return the ends of these facts and the nodes `also`, by their distance from `centres` along them: 0 where none leads there.

    Facts that the database does not hold are left out. A figure is no node: its bearer is.
    """
    wanted = list(dict.fromkeys(facts))
    order = {fact: place for place, fact in enumerate(wanted)}
    ends = client.read(
        "MATCH (s:Entity)-[f]->(o) WHERE f.id IN $facts RETURN f.id, s.id, CASE WHEN o:Entity THEN o.id END", {"facts": wanted}
    ).rows
    ends.sort(key=lambda row: order[row[0]])
    near: dict[str, list[str]] = {id: [] for id in (*centres, *also)}
    for _, subject, object in ends:
        for one, other in ((subject, object or subject), (object or subject, subject)):
            near.setdefault(one, []).append(other)
    distance = dict.fromkeys((id for id in centres if id in near), 0)
    queue = list(distance)
    for id in queue:
        fresh = [other for other in near[id] if other not in distance]
        distance.update(dict.fromkeys(fresh, distance[id] + 1))
        queue += dict.fromkeys(fresh)
    return Reached({**distance, **{id: 0 for id in near if id not in distance}}, [row[0] for row in ends])
