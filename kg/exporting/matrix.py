"""A matrix, for facts that are about quantities: who holds how much of what, a row a subject, a column an object, a figure a cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.exporting import content as contents
from kg.exporting import numerals
from kg.exporting.columns import Arranged
from kg.exporting.content import Content, look
from kg.exporting.picture import Box, Text
from kg.exporting.subgraph import Edge, Subgraph

_GAP = 4.0


def is_matrix(subgraph: Subgraph) -> bool:
    """True where most facts are of one type, bear numbers, and lead from several subjects to several objects that are no subjects."""
    type, counted = _counted(subgraph)
    rows, columns = {edge.subject for edge in counted}, {edge.object for edge in counted}
    return bool(type) and len(counted) * 5 >= len(subgraph.edges) * 3 and len(rows) > 1 and len(columns) > 1 and not rows & columns \
        and len(counted) * 3 >= len(rows) * len(columns)


def _counted(subgraph: Subgraph) -> tuple[str, list[Edge]]:
    types = Counter(edge.type for edge in subgraph.edges if numerals.on_line(edge))
    type = min(types, key=lambda name: (-types[name], name), default="")
    return type, [edge for edge in subgraph.edges if edge.type == type]


def matrix(content: Content, ids: Sequence[str], room: tuple[float, float] | None) -> Arranged | None:
    """Return the matrix of the subgraph's facts of its most counted type, both ends among `ids`; None where the room cannot hold it."""
    _, edges = _counted(content.subgraph)
    kept = set(ids)
    lines = {line.id: line for line in content.lines}
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in edges:
        if edge.id in lines and edge.subject in kept and edge.object in kept:
            cells[edge.subject, edge.object].append(edge.id)
    rows = [id for id in ids if any(row == id for row, _ in cells)]
    heads = [id for id in ids if any(head == id for _, head in cells)]
    if not rows:
        return None
    wide = 110.0 if room is None else min(130.0, (room[0] - 150.0) / len(heads) - _GAP)
    if wide < 62:
        return None
    by_id = {edge.id: edge for edge in edges}
    size = look()["sizes"]["text"]
    tops = {id: content.box(id, wide) for id in heads}
    sides = {id: content.box(id, 146.0) for id in rows}
    high = max(box.h for box in tops.values())
    boxes = [box.model_copy(update={"x": 150.0 + at * (wide + _GAP), "y": 0.0, "w": wide, "h": high}) for at, box in enumerate(tops.values())]
    y = high + _GAP
    for row in rows:
        texts = {}
        for head in heads:
            said: list[str] = []
            for id in cells.get((row, head), ()):
                words = numerals.on_line(by_id[id]) or "not disclosed"
                said += contents.with_numbers(words, lines[id].notes, wide - 10, size, 3)
            texts[head] = tuple(Text(text=text, size=size) for text in said)
        tall = max(sides[row].h, *(contents.height(each) + 10 for each in texts.values()))
        boxes.append(sides[row].model_copy(update={"x": 0.0, "y": y, "w": 146.0, "h": tall}))
        for at, head in enumerate(heads):
            facts = [lines[id] for id in cells.get((row, head), ())]
            style = facts[0].style if facts else "solid"
            full = tuple(str(number) for line in facts for number in line.notes)
            boxes.append(Box(
                id=f"cell:{row}:{head}", lines=texts[head], x=150.0 + at * (wide + _GAP), y=y, w=wide, h=tall, kind="cell", style=style,
                name=" ".join(text.text for text in texts[head]), full=full,
            ))
        y += tall + _GAP
    if room and y > room[1]:
        return None
    return Arranged(tuple(boxes), (), (), (), 150.0 + len(heads) * (wide + _GAP), y)
