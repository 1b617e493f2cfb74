"""Rings around one node, and the free layout by forces: straight lines between the sides of boxes, words where there is room for them."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from kg.exporting import content as contents
from kg.exporting.columns import Arranged
from kg.exporting.content import Room
from kg.exporting.graphviz import arrange
from kg.exporting.picture import Box, Line, Place, Side, Stop, Tag, overlap

_APART = 8.0
_PARTS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)
_ROUNDS = 150
_FULL = 0.6  # how much of a page boxes may fill: with more of it they cannot be pushed apart
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
    at = {id: [box.x, box.y] for id, box in boxes.items()}
    keys = list(boxes)
    for _ in range(_ROUNDS):
        clean = True
        for number, one in enumerate(keys):
            for other in keys[number + 1:]:
                (ax, ay), (bx, by) = at[one], at[other]
                a, b = boxes[one], boxes[other]
                over_x = min(ax + a.w, bx + b.w) - max(ax, bx) + _APART
                over_y = min(ay + a.h, by + b.h) - max(ay, by) + _APART
                if over_x > 0.01 and over_y > 0.01:
                    clean = False
                    axis, over = (0, over_x) if over_x < over_y else (1, over_y)
                    centre_a, centre_b = (ax + a.w / 2, bx + b.w / 2) if axis == 0 else (ay + a.h / 2, by + b.h / 2)
                    sign = 1 if centre_a <= centre_b else -1
                    at[one][axis] -= sign * over / 2
                    at[other][axis] += sign * over / 2
        if page:
            for id, box in boxes.items():
                for axis, size in ((0, box.w), (1, box.h)):
                    inside = min(max(at[id][axis], 0.0), page[axis] - size)
                    clean = clean and abs(inside - at[id][axis]) < 0.01
                    at[id][axis] = inside
        if clean:
            return {id: box.model_copy(update={"x": at[id][0], "y": at[id][1]}) for id, box in boxes.items()}
    return None


def _joined(boxes: Mapping[str, Box], lines: Sequence[Line], room: Room) -> tuple[list[Line], list[Tag]]:
    tags: list[Tag] = []
    led = []
    beside: dict[frozenset[str], int] = defaultdict(int)
    for line in lines:
        pair = frozenset((line.subject, line.object))
        beside[pair] += 1
        start, end = boxes[line.subject], boxes[line.object]
        out, into = _sides(start, end)
        ends = [_stop(start, out), _stop(end, into)]
        tag = _tag(line, ends, list(boxes.values()), tags, room, beside[pair] - 1) if room.tag >= 0 and line.subject != line.object else None
        if tag:
            tags.append(tag)
            entry, leave = _sides_of_tag(tag, ends)
            ends = [ends[0], _stop(tag, entry), _stop(tag, leave), ends[1]]
        led.append(line.model_copy(update={"stops": tuple(ends), "tag": tag.id if tag else None}))
    return led, tags


def _tag(line: Line, ends: Sequence[Stop], boxes: Sequence[Box], tags: Sequence[Tag], room: Room, beside: int) -> Tag | None:
    """Return a tag on the line where it touches nothing: all its words or, failing that, the numbers of its footnotes.

    Of several lines between the same two the later ones (`beside` counts those before) take a way round through their tags.
    """
    dx, dy = ends[1].x - ends[0].x, ends[1].y - ends[0].y
    length = math.hypot(dx, dy) or 1.0
    aside = (-dy / length * _ASIDE * beside, dx / length * _ASIDE * beside)
    for wide in dict.fromkeys((room.tag, 0.0)):
        lines, w, h = contents.tag(line.label, line.notes, wide)
        if not lines:
            continue
        for part in _PARTS:
            x, y = ends[0].x + dx * part + aside[0], ends[0].y + dy * part + aside[1]
            tag = Tag(id=f"tag:{line.id}", lines=lines, x=x - w / 2, y=y - h / 2, w=w, h=h)
            if not any(overlap(tag, other, 2.0) for other in (*boxes, *tags)):
                return tag
    return None


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
