"""What the modules say of random networks is what networkx, or counting every world, says of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from math import prod

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cypher.graphs import ask, fill
from kg.store.client import Client

NODES = 6
DEPTH = 4
DECAY = 0.5
NETWORKS = 3  # in one database side by side: loading takes most of the time
NEAR = {"abs": 1.1e-4}  # the modules round to four places

Link = tuple[int, int, float, str | None]
ENDS = st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda ends: ends[0] != ends[1])
LINK = st.builds(lambda ends, belief, made: (*ends, belief / 20, made), ENDS, st.integers(1, 19), st.sampled_from([None, "P", "Q"]))
NETWORK = st.lists(LINK, min_size=3, max_size=13, unique_by=lambda link: (link[0], link[1], link[3]))


class Network:
    """A random network in two forms: as text for the database, and as a directed graph whose links carry the surest belief."""

    def __init__(self, mark: int, links: Sequence[Link]) -> None:
        self.names = [f"Firm{mark}x{number}" for number in range(NODES)]
        self.goods = {made: f"Good{mark}x{made}" for made in ("P", "Q")}
        self.links = links
        self.graph = nx.DiGraph()
        self.graph.add_nodes_from(self.names)
        for giver, taker, belief, _ in links:
            known = self.graph.get_edge_data(self.names[giver], self.names[taker], {"belief": 0.0})["belief"]
            self.graph.add_edge(self.names[giver], self.names[taker], belief=max(belief, known))

    def text(self) -> str:
        facts = (
            f"{self.names[giver]} -SUPPLIES-> {self.names[taker]} {{belief: {belief}{f', product: {self.goods[made]}' if made else ''}}}"
            for giver, taker, belief, made in self.links
        )
        return "\n".join([f"Company: {', '.join(self.names)}", f"Product: {', '.join(self.goods.values())}", *facts])

    def belief(self, giver: str, taker: str) -> float:
        return float(self.graph.edges[giver, taker]["belief"])

    def passes(self, path: Sequence[str], decay: float = DECAY) -> float:
        return prod(self.belief(*ends) * (decay if step else 1) for step, ends in enumerate(pairwise(path)))

    def paths(self, start: str, end: str) -> list[list[str]]:
        return list(nx.all_simple_paths(self.graph, start, end, cutoff=DEPTH)) if start != end else []

    def reached(self, paths: Sequence[Sequence[str]], decay: float) -> float:
        """The chance that at least one of the paths holds, by counting every world of their links."""
        links = sorted({ends for path in paths for ends in pairwise(path)})
        chances = [self.belief(*ends) * (1 if ends[0] == paths[0][0] else decay) for ends in links]
        needed = [{links.index(ends) for ends in pairwise(path)} for path in paths]
        total = 0.0
        for world in product([True, False], repeat=len(links)):
            if any(all(world[link] for link in path) for path in needed):
                total += prod(chance if holds else 1 - chance for chance, holds in zip(chances, world, strict=True))
        return total


def check_tiers(client: Client, network: Network) -> None:
    start = network.names[0]
    for direction, graph in (("up", network.graph.reverse()), ("down", network.graph)):
        expected = {}
        for name, tier in nx.single_source_shortest_path_length(graph, start, cutoff=DEPTH).items():
            if tier:
                ways = [way[::-1] if direction == "up" else way for way in nx.all_shortest_paths(graph, start, name)]
                expected[name] = (tier, max(min(network.belief(*ends) for ends in pairwise(way)) for way in ways))
        rows = ask(client, "exposure/tiers", "company", "tier", "belief", company=start, direction=direction, depth=DEPTH)
        assert {name: (tier, belief) for name, tier, belief in rows} == expected


def check_paths_and_exposure(client: Client, network: Network) -> None:
    start, end = network.names[0], network.names[1]
    paths = network.paths(start, end)
    rows = ask(client, "exposure/paths", "path", "exposure", "chain_belief", supplier=start, customer=end, depth=DEPTH)
    assert sorted(path for path, *_ in rows) == sorted(paths)
    for path, exposure, chain in rows:
        assert (exposure, chain) == (pytest.approx(network.passes(path), **NEAR), pytest.approx(network.passes(path, 1), **NEAR))
    rows = ask(client, "exposure/between", "exposure", "exposure_at_most", "chain_belief", "chains", supplier=start, customer=end, depth=DEPTH)
    if not paths:
        assert rows == []
        return
    [(exposure, most, belief, chains)] = rows
    exact = network.reached(paths, DECAY)
    assert chains == len(paths)
    if len(paths) <= 8:
        assert (exposure, most) == (pytest.approx(exact, **NEAR), pytest.approx(exact, **NEAR))
        assert belief == pytest.approx(network.reached(paths, 1), **NEAR)
    else:
        assert exposure - 1e-4 <= exact <= most + 1e-4


def check_shocks(client: Client, network: Network) -> None:
    start = network.names[0]
    rows = ask(client, "shocks/supplier", "hit", "tier", "exposure", "exposure_at_most", company=start, depth=DEPTH)
    assert {name for name, *_ in rows} == {name for name in network.names if network.paths(start, name)}
    for name, tier, least, most in rows:
        paths = network.paths(start, name)
        assert tier == min(len(path) for path in paths) - 1
        assert least == pytest.approx(max(network.passes(path) for path in paths), **NEAR)
        assert least - 1e-4 <= network.reached(paths, DECAY) <= most + 1e-4


def check_articulation_points(client: Client, network: Network) -> None:
    firm, upwards = network.names[0], network.graph.reverse()
    expected = {}
    within = set(nx.single_source_shortest_path_length(upwards, firm, cutoff=DEPTH)) - {firm}
    for point in within:
        without = upwards.copy()
        without.remove_node(point)
        if lost := within - set(nx.single_source_shortest_path_length(without, firm, cutoff=DEPTH)) - {point}:
            expected[point] = sorted(lost)
    assert dict(ask(client, "chokepoints/articulation_points", "point", "names", company=firm, depth=DEPTH)) == expected


def check_concentration(client: Client, network: Network) -> None:
    rows = ask(client, "chokepoints/concentration", "product", "hhi", "suppliers", "customers", limit=1000)
    for made, good in network.goods.items():
        pairs = {(giver, taker) for giver, taker, _, what in network.links if what == made}
        givers = [giver for giver, _ in pairs]
        found = [row[1:] for row in rows if row[0] == good]
        if pairs:
            index = sum((100 * givers.count(giver) / len(pairs)) ** 2 for giver in {*givers})
            assert found == [(pytest.approx(index, abs=0.06), len({*givers}), len({taker for _, taker in pairs}))]
        else:
            assert found == []


@given(st.lists(NETWORK, min_size=NETWORKS, max_size=NETWORKS))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_modules_agree_with_an_independent_computation(client: Client, drawn: list[list[Link]]) -> None:
    networks = [Network(mark, links) for mark, links in enumerate(drawn)]
    fill(client, "\n".join(network.text() for network in networks))
    for network in networks:
        check_tiers(client, network)
        check_paths_and_exposure(client, network)
        check_shocks(client, network)
        check_articulation_points(client, network)
        check_concentration(client, network)
