"""Which column a box stands in: by the flow of the facts, or by the stage between machine maker and grid; and which boxes stand in one stack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.exporting.content import Content, look
from kg.exporting.graphviz import arrange
from kg.exporting.picture import Line
from kg.knowledge.yaml_file import data_folder, read_yaml


def ranks_of_flow(ids: Sequence[str], lines: Sequence[Line], against: Mapping[str, bool]) -> dict[str, int]:
    """Return the column of every node, counted from the left, as dot finds them: each line one column long where that can be."""
    edges = [(line.object, line.subject, 1) if against[line.id] else (line.subject, line.object, 3) for line in lines]
    places = arrange("dot", dict.fromkeys(ids, (20, 20)), edges, settings=("rankdir=LR", "splines=false"))
    columns = {x: number for number, x in enumerate(sorted({round(place[0]) for place in places.values()}))}
    return {id: columns[round(places[id][0])] for id in ids}


def ranks_of_layers(content: Content, ids: Sequence[str], lines: Sequence[Line]) -> tuple[dict[str, int], list[str]]:
    """Return the stage of every node between machine maker and grid, counted from the left, and what each stage that is there is called."""
    label = {id: content.nodes[id].label for id in ids}
    by = defaultdict(list)
    type_of = {edge.id: edge.type for edge in content.subgraph.edges}
    for line in lines:
        by[type_of[line.id]].append((line.subject, line.object))
    sites = {id for id in ids if label[id] == "Facility"} | {s for s, o in by["LOADS"] if label[s] != "Company"}
    stage = dict.fromkeys((id for id in ids if label[id] in ("Infrastructure", "Resource")), "grid")
    stage |= dict.fromkeys(sites, "site") | {s: "site" for s, o in by["OPERATES"] if o in sites}
    chips = {o for s, o in by["USES"] if s in sites and label[o] == "Product"}
    stage |= {chip: "chip" for chip in chips if chip not in stage}
    makers = {s for s, o in by["PRODUCES"] if o in chips and s not in stage}
    stage |= dict.fromkeys(makers, "maker")
    foundries = {s for s, o in by["SUPPLIES"] if o in makers and s not in stage}
    stage |= dict.fromkeys(foundries, "foundry")
    for id in ids:
        if id not in stage and label[id] == "Product":
            owners = [stage[s] for s, o in by["PRODUCES"] if o == id and s in stage]
            stage[id] = owners[0] if owners else "chip" if any(o == id for _, o in by["PRODUCES"] if _ in makers) else "equipment"
    for id in ids:
        if id not in stage:
            stage[id] = "site" if label[id] in ("Sector", "Place", "Event") else "equipment"
    names = {key: str(name) for key, name in look()["layers"].items() if key in stage.values()}
    number = {key: at for at, key in enumerate(names)}
    return {id: number[stage[id]] for id in ids}, list(names.values())


def stacks_of(lines: Iterable[Line], ranks: Mapping[str, int], types: Mapping[str, str]) -> dict[str, str]:
    """Return for each box that stands right below another the one above: a site below who runs it, a product below who makes it."""
    above: dict[str, str] = {}
    for line in lines:
        if types[line.id] in ("OPERATES", "PRODUCES") and ranks[line.subject] == ranks[line.object] and line.object not in above:
            taken = line.subject in above.values() or above.get(line.subject) == line.object
            if not taken and _top(above, line.subject) != line.object:
                above[line.object] = line.subject
    return above


def _top(above: Mapping[str, str], id: str) -> str:
    while id in above:
        id = above[id]
    return id


def against_the_flow(content: Content) -> dict[str, bool]:
    """Return for every fact whether its object stands to the left of its subject."""
    types = set(read_yaml(data_folder("styles", "export.yaml"))["against_the_flow"])
    return {edge.id: edge.type in types for edge in content.subgraph.edges}
