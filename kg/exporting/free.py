"""Rings around one node, and the free layout by forces: straight lines between the sides of boxes, words where there is room for them."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.exporting import content as contents
from kg.exporting.columns import Arranged
from kg.exporting.content import Room
from kg.exporting.graphviz import arrange
from kg.exporting.picture import Box, Line, Place, Side, Stop, Tag, overlap

Point = tuple[float, float]

_APART = 8.0
_PARTS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)
_ROUNDS = 150
_FULL = 0.6  # how much of a page boxes may fill: with more of it they cannot be pushed apart
_BENDS, _CLEAR = 3, 5.0  # of a line round boxes, at most; how far it keeps from their corners
_ASIDE = 18.0  # how far a second line between the same two stands off


def rings(boxes: Mapping[str, Box], lines: Sequence[Line], room: Room, page: tuple[float, float] | None) -> Arranged | None:
    """Return the boxes in rings, one a step from the centre, branches kept together; None where a page (points) cannot hold them."""
    centres = [id for id in boxes if boxes[id].kind == "centre"] or [next(iter(boxes))]
    children, depth = _tree(centres, boxes, lines)
    leaves = dict.fromkeys(boxes, 0)
    for id in sorted(boxes, key=lambda each: -depth[each]):
        leaves[id] = max(1, sum(leaves[child] for child in children[id]))
    angle: dict[str, float] = {}
    _spread_angles(centres, children, leaves, 0.0, 2 * math.pi, angle)
    rows = max(depth.values(), default=0)
    aspect = (page[0] / page[1]) if page else 1.9
    radius = {0: 0.0 if len(centres) == 1 else 60.0}
    for row in range(1, rows + 1):
        around = sum(min(boxes[id].w, 90.0) + boxes[id].h + _APART for id in boxes if depth[id] == row)
        radius[row] = max(radius[row - 1] + 78.0, around / (math.pi * (1 + aspect)))
    placed = {}
    for id, box in boxes.items():
        along = radius[depth[id]]
        placed[id] = _put(box, along * aspect * math.cos(angle[id]), along * math.sin(angle[id]))
    return _finished(placed, lines, room, page)


def force(boxes: Mapping[str, Box], lines: Sequence[Line], room: Room, page: tuple[float, float] | None) -> Arranged | None:
    """Return the boxes where forces between them settle, none on another; None where a page (points) cannot hold them."""
    edges = list(dict.fromkeys((line.subject, line.object, 1) for line in lines if line.subject != line.object))
    many = len(boxes) > 240
    ratio = f"ratio={page[1] / page[0]:.3f}" if page else "ratio=0.62"
    found = arrange("sfdp" if many else "neato", {id: (box.w + 2 * _APART, box.h + 2 * _APART) for id, box in boxes.items()}, edges,
                    settings=("overlap=prism", "start=7", "splines=false", ratio, "sep=0", *(() if many else ("len=1.8", "edge [len=2.2]"))))
    return _finished({id: _put(box, *found[id]) for id, box in boxes.items()}, lines, room, page)


def _tree(centres: Sequence[str], boxes: Mapping[str, Box], lines: Sequence[Line]) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Return a tree of shortest ways from the centres, and how many steps away each box is; what no line reaches counts as one step away."""
    near: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        near[line.subject].append(line.object)
        near[line.object].append(line.subject)
    children: dict[str, list[str]] = {id: [] for id in boxes}
    depth = dict.fromkeys(centres, 0)
    queue = deque(centres)
    while queue:
        id = queue.popleft()
        for other in near[id]:
            if other in boxes and other not in depth:
                depth[other] = depth[id] + 1
                children[id].append(other)
                queue.append(other)
    for id in boxes:
        if id not in depth:
            depth[id] = 1
            children[centres[0]].append(id)
    return children, depth


def _spread_angles(
    ids: Sequence[str], children: Mapping[str, list[str]], leaves: Mapping[str, int], start: float, end: float, angle: dict[str, float],
) -> None:
    total = sum(leaves[id] for id in ids)
    at = start
    for id in ids:
        span = (end - start) * leaves[id] / total
        angle[id] = at + span / 2
        if children[id]:
            _spread_angles(children[id], children, leaves, at, at + span, angle)
        at += span


def _put(box: Box, x: float, y: float) -> Box:
    return box.model_copy(update={"x": x - box.w / 2, "y": y - box.h / 2})


def _finished(placed: dict[str, Box], lines: Sequence[Line], room: Room, page: tuple[float, float] | None) -> Arranged | None:
    """Scale to the page, push apart what overlaps, join the boxes and find room for words on the lines."""
    left, top = min(box.x for box in placed.values()), min(box.y for box in placed.values())
    width = max(box.x + box.w for box in placed.values()) - left
    height = max(box.y + box.h for box in placed.values()) - top
    boxes = {id: box.model_copy(update={"x": box.x - left, "y": box.y - top}) for id, box in placed.items()}
    if page:
        wide, high = max(box.w for box in boxes.values()), max(box.h for box in boxes.values())
        sx, sy = (page[0] - wide) / max(width - wide, 1.0), (page[1] - high) / max(height - high, 1.0)
        boxes = {id: _put(box, wide / 2 + (box.x + box.w / 2 - wide / 2) * min(sx, 2.5), high / 2 + (box.y + box.h / 2 - high / 2) * min(sy, 2.5))
                 for id, box in boxes.items()}
        width, height = page
    if len(boxes) <= 240:
        moved = pushed(boxes, page)
        if moved is None:
            return None
        boxes = moved
    if not page:
        left, top = min(box.x for box in boxes.values()), min(box.y for box in boxes.values())
        boxes = {id: box.model_copy(update={"x": box.x - left, "y": box.y - top}) for id, box in boxes.items()}
        width, height = max(box.x + box.w for box in boxes.values()), max(box.y + box.h for box in boxes.values())
    led, tags = _joined(boxes, lines, room)
    return Arranged(tuple(boxes.values()), tuple(tags), tuple(led), (), width, height)


def pushed(boxes: Mapping[str, Box], page: tuple[float, float] | None) -> dict[str, Box] | None:
    """Push overlapping boxes apart, each by half, along the way that is shorter, within the page; None where they cannot be."""
    if page and sum((box.w + _APART) * (box.h + _APART) for box in boxes.values()) > _FULL * page[0] * page[1]:
        return None
    kept = [(box.x + box.w / 2, box.y + box.h / 2, box.w, box.h) for box in boxes.values()]
    middles, sizes = [[x, y] for x, y, *_ in kept], [(w, h) for *_, w, h in kept]
    for _ in range(_ROUNDS):
        clean = True
        for number, one in enumerate(middles):
            wide, high = sizes[number]
            for at in range(number + 1, len(middles)):
                other = middles[at]
                over_x = (wide + sizes[at][0]) / 2 + _APART - abs(one[0] - other[0])
                if over_x <= 0.01:
                    continue
                over_y = (high + sizes[at][1]) / 2 + _APART - abs(one[1] - other[1])
                if over_y > 0.01:
                    clean = False
                    axis, over = (0, over_x) if over_x < over_y else (1, over_y)
                    sign = 1 if one[axis] <= other[axis] else -1
                    one[axis] -= sign * over / 2
                    other[axis] += sign * over / 2
        for middle, size in zip(middles, sizes, strict=True) if page else ():
            for axis in (0, 1):
                inside = min(max(middle[axis], size[axis] / 2), page[axis] - size[axis] / 2) if page else 0.0
                clean = clean and abs(inside - middle[axis]) < 0.01
                middle[axis] = inside
        if clean:
            return {id: _put(box, *middle) for (id, box), middle in zip(boxes.items(), middles, strict=True)}
    return None


def _joined(boxes: Mapping[str, Box], lines: Sequence[Line], room: Room) -> tuple[list[Line], list[Tag]]:
    """Join the boxes, each line round those that stand in its way, and set words where they touch nothing and, if it can be, no other line runs."""
    ways: dict[str, list[Stop]] = {}
    for line in lines:
        out, into = _sides(boxes[line.subject], boxes[line.object])
        start, end = _stop(boxes[line.subject], out), _stop(boxes[line.object], into)
        others = [box for id, box in boxes.items() if id not in (line.subject, line.object)] if room.tag >= 0 and line.subject != line.object else []
        ways[line.id] = [start, *(Stop(x=x, y=y) for x, y in _round((start.x, start.y), (end.x, end.y), others, _BENDS)), end]
    tags: list[Tag] = []
    led = []
    beside: dict[frozenset[str], int] = defaultdict(int)
    for line in lines:
        pair = frozenset((line.subject, line.object))
        beside[pair] += 1
        stops, tag = ways[line.id], None
        if room.tag >= 0 and line.subject != line.object and (found := _tag(line, ways, list(boxes.values()), tags, room, beside[pair] - 1)):
            at, tag = found
            tags.append(tag)
            entry, leave = _sides_of_tag(tag, stops[at : at + 2])
            stops = [*stops[: at + 1], _stop(tag, entry), _stop(tag, leave), *stops[at + 1 :]]
        led.append(line.model_copy(update={"stops": tuple(stops), "tag": tag.id if tag else None}))
    return led, tags


def _round(start: Point, end: Point, boxes: Sequence[Box], bends: int) -> list[Point]:
    """Return bends that lead from start to end round the boxes on the way, the shortest past their corners; none where there is no way."""
    way = _past(start, end, boxes, bends)
    return way[1] if way else []


def _past(start: Point, end: Point, boxes: Sequence[Box], bends: int) -> tuple[float, list[Point]] | None:
    struck = [box for box in boxes if _hits(start, end, box)]
    if not struck:
        return math.dist(start, end), []
    if not bends:
        return None
    box = min(struck, key=lambda each: (math.dist(start, each.at("middle")), each.id))
    ways = []
    for corner in ((x, y) for x in (box.x - _CLEAR, box.x + box.w + _CLEAR) for y in (box.y - _CLEAR, box.y + box.h + _CLEAR)):
        if any(_hits(start, corner, each) for each in boxes):
            continue
        if onward := _past(corner, end, boxes, bends - 1):
            ways.append((math.dist(start, corner) + onward[0], [corner, *onward[1]]))
    return min(ways, default=None)


def _hits(start: Point, end: Point, place: Place, inside: float = 0.5) -> bool:
    """True where the straight line between two points runs through a place (Liang and Barsky 1984)."""
    (ax, ay), (bx, by) = start, end
    if (ax <= place.x and bx <= place.x) or (ay <= place.y and by <= place.y) or (ax >= place.x + place.w and bx >= place.x + place.w) \
            or (ay >= place.y + place.h and by >= place.y + place.h):
        return False
    enter, leave = 0.0, 1.0
    for at, low, high in ((0, place.x + inside, place.x + place.w - inside), (1, place.y + inside, place.y + place.h - inside)):
        step = end[at] - start[at]
        if abs(step) < 1e-9:
            if not low < start[at] < high:
                return False
            continue
        near, far = sorted(((low - start[at]) / step, (high - start[at]) / step))
        enter, leave = max(enter, near), min(leave, far)
    return enter < leave


def _tag(
    line: Line, ways: Mapping[str, Sequence[Stop]], boxes: Sequence[Box], tags: Sequence[Tag], room: Room, beside: int,
) -> tuple[int, Tag] | None:
    """Return the piece of the line's way and a tag on it that touches nothing: all its words or, failing that, the numbers of its footnotes.

    Of several lines between the same two the later ones (`beside` counts those before) take a way round through their tags.
    """
    stops = ways[line.id]
    others = [(_point(a), _point(b)) for id, way in ways.items() if id != line.id for a, b in pairwise(way)]
    spots = sorted(((-math.dist(_point(a), _point(b)), at) for at, (a, b) in enumerate(pairwise(stops))))
    for wide in dict.fromkeys((room.tag, 0.0)):
        texts, w, h = contents.tag(line.label, line.notes, wide)
        if not texts:
            continue
        second = None
        for far, at in spots:
            dx, dy = stops[at + 1].x - stops[at].x, stops[at + 1].y - stops[at].y
            aside = (dy / (far or 1.0) * _ASIDE * beside, -dx / (far or 1.0) * _ASIDE * beside)
            for part in _PARTS:
                x, y = stops[at].x + dx * part + aside[0], stops[at].y + dy * part + aside[1]
                tag = Tag(id=f"tag:{line.id}", lines=texts, x=x - w / 2, y=y - h / 2, w=w, h=h)
                if any(overlap(tag, other, 2.0) for other in (*boxes, *tags)):
                    continue
                if not any(_hits(*piece, tag) for piece in others):
                    return at, tag
                second = second or (at, tag)
        if second:
            return second
    return None


def _point(stop: Stop) -> Point:
    return stop.x, stop.y


def _sides(one: Place, other: Place) -> tuple[Side, Side]:
    """Return the sides of two places that look at one another."""
    dx, dy = other.at("middle")[0] - one.at("middle")[0], other.at("middle")[1] - one.at("middle")[1]
    clear = abs(dx) - (one.w + other.w) / 2 >= abs(dy) - (one.h + other.h) / 2
    if clear:
        return ("right", "left") if dx >= 0 else ("left", "right")
    return ("bottom", "top") if dy >= 0 else ("top", "bottom")


def _sides_of_tag(tag: Tag, ends: Sequence[Stop]) -> tuple[Side, Side]:
    dx, dy = ends[1].x - ends[0].x, ends[1].y - ends[0].y
    if abs(dx) * tag.h >= abs(dy) * tag.w:
        return ("left", "right") if dx >= 0 else ("right", "left")
    return ("top", "bottom") if dy >= 0 else ("bottom", "top")


def _stop(place: Place, side: Side) -> Stop:
    x, y = place.at(side)
    return Stop(at=place.id, side=side, x=x, y=y)
