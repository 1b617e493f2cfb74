"""Columns and layers: boxes in columns that run from what comes first to what leans on it, each line with its words in the gutter between.

Columns of boxes and gutters of tags alternate. A line that passes a column or a gutter has a place of its own in it, so no line ever runs through
a box or through another line's words; Graphviz's dot decides who stands above whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.exporting import content as contents
from kg.exporting.content import Room, look
from kg.exporting.fonts import width, wrap
from kg.exporting.graphviz import arrange
from kg.exporting.picture import Box, Heading, Line, Place, Side, Stop, Tag, Text, crosses

_BEND = 10.0  # how high the place of a passing line is
_APART = 9.0  # between two places of a column, at least
_LEAST, _WIDEST = 13.0, 46.0  # between a column and a gutter: an arrow's head, and no desert
_STACKED = 16.0  # between two boxes of one stack


class Arranged(NamedTuple):
    """Places with the upper left corner of all at 0, 0, and how much room they take up."""

    boxes: tuple[Box, ...]
    tags: tuple[Tag, ...]
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    width: float
    height: float


def columns(
    boxes: Mapping[str, Box], lines: Sequence[Line], ranks: Mapping[str, int], room: Room, *,
    headings: Sequence[str] = (), above: Mapping[str, str] | None = None, page: tuple[float, float] | None = None,
) -> Arranged | None:
    """Return boxes in their columns and lines with their tags; None where a page of that width and height (points) cannot hold them.

    On a page of fixed size, a slide, lines are straight: presentation programs lead curved connectors anew, each in its own way.
    """
    return _Columns(boxes, lines, ranks, room, headings, above or {}, curved=page is None).arranged(page)


class _Columns:
    """One layout at work. Slots are counted from the left: even ones hold boxes, odd ones tags; a place is known by its key."""

    def __init__(
        self, boxes: Mapping[str, Box], lines: Sequence[Line], ranks: Mapping[str, int], room: Room, headings: Sequence[str],
        above: Mapping[str, str], *, curved: bool,
    ) -> None:
        self.room, self.headings, self.above, self.curved = room, headings, above, curved
        self.apart, self.bend = (5.0, 5.0) if room.close else (_APART, _BEND)
        self.boxes = dict(boxes)
        self.slot = {id: 2 * ranks[id] for id in boxes}
        self.lines = [line for line in lines if line.subject in boxes and line.object in boxes]
        self.places: dict[str, Place] = {}
        self.ways: dict[str, list[str]] = {}
        self.tag_of: dict[str, str] = {}
        self.edges: list[tuple[str, str, int]] = []
        below = {upper: lower for lower, upper in above.items()}
        self.stacks = {id: self._stack(id, below) for id in boxes if id not in above}
        self.stack_of = {member: top for top, members in self.stacks.items() for member in members}
        self.inner = {line.id for line in self.lines if above.get(line.object) == line.subject and not self._is_taken(line)}
        self._size_stacks()
        self._tags()
        self._ways()

    def _is_taken(self, line: Line) -> bool:
        first = next(each for each in self.lines if (each.subject, each.object) == (line.subject, line.object))
        return first.id != line.id

    @staticmethod
    def _stack(id: str, below: Mapping[str, str]) -> list[str]:
        members = [id]
        while members[-1] in below:
            members.append(below[members[-1]])
        return members

    def _size_stacks(self) -> None:
        for members in self.stacks.values():
            wide = max(self.boxes[id].w for id in members)
            for id in members:
                self.boxes[id] = self.boxes[id].model_copy(update={"w": wide})
        words = {line.id: contents.tag(line.label, line.notes, max(self.room.tag, 72.0)) for line in self.lines if line.id in self.inner}
        self.inner_tags = {line.object: (line.id, *words[line.id]) for line in self.lines if line.id in self.inner}
        for top, members in self.stacks.items():
            high = sum(self.boxes[id].h for id in members) + sum(self._between(id) for id in members[1:])
            wide = max([self.boxes[top].w, *(self.inner_tags[id][2] for id in members[1:] if id in self.inner_tags)])
            self.places[top] = Place(id=top, w=wide, h=high)

    def _between(self, id: str) -> float:
        return (self.inner_tags[id][3] if id in self.inner_tags else 0.0) + 2 * _STACKED

    def _tags(self) -> None:
        """Give each line a tag in a gutter; lines that leave one box, or reach one, with the same words share theirs."""
        groups: dict[tuple[str, ...], list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.id not in self.inner and (line.label or line.notes):
                groups["from", line.subject, line.label, line.style, str(self._ahead(line))].append(line)
        for key, group in list(groups.items()):
            if len(group) == 1:
                line = group[0]
                del groups[key]
                groups["to", line.object, line.label, line.style, str(self._ahead(line))].append(line)
        for key, group in groups.items():
            id = f"tag:{group[0].id}"
            notes = sorted({number for line in group for number in line.notes})
            texts, wide, high = contents.tag(group[0].label, notes, self.room.tag)
            ahead = self._ahead(group[0])
            self.slot[id] = self.slot[group[0].subject] + (ahead or 1) if key[0] == "from" or not ahead else self.slot[group[0].object] - ahead
            self.places[id] = Tag(id=id, lines=texts, w=wide, h=max(high, self.bend))
            self.tag_of.update((line.id, id) for line in group)

    def _ahead(self, line: Line) -> int:
        """Return 1 for a line that runs to the right, -1 to the left, 0 within its column."""
        start, end = self.slot[line.subject], self.slot[line.object]
        return (end > start) - (end < start)

    def _ways(self) -> None:
        """Lead every line through the slots between its ends: by its tag, and past the others by a bend."""
        joined: set[tuple[str, str]] = set()
        for line in self.lines:
            if line.id in self.inner:
                continue
            start, end = self.stack_of[line.subject], self.stack_of[line.object]
            step, tag = self._ahead(line), self.tag_of.get(line.id, "")
            way = [start]
            if step:
                for slot in range(self.slot[line.subject] + step, self.slot[line.object], step):
                    way.append(tag if slot == self.slot.get(tag) else self._bend(line, slot))
            else:
                way.append(tag or self._bend(line, self.slot[line.subject] + 1))
            way.append(end)
            self.ways[line.id] = way
            for one, other in pairwise(way):
                pair = (one, other) if self.slot[one] < self.slot[other] else (other, one)
                if pair not in joined and one != other:
                    joined.add(pair)
                    both_bends = one.startswith("bend:") and other.startswith("bend:")
                    self.edges.append((*pair, 8 if both_bends else 2))

    def _bend(self, line: Line, slot: int) -> str:
        id = f"bend:{line.id}:{slot}"
        self.places[id] = Place(id=id, w=1.0, h=self.bend)
        self.slot[id] = slot
        return id

    def arranged(self, page: tuple[float, float] | None) -> Arranged | None:
        slots: dict[int, list[str]] = defaultdict(list)
        for key in self.places:
            slots[self.slot[key]].append(key)
        numbers = sorted(slots)
        widths = {number: max(self.places[key].w for key in slots[number]) for number in numbers}
        heads = self._heads(widths)
        head_height = max((head.h for head in heads.values()), default=0.0) + (12.0 if heads else 0.0)
        gaps = max(1, len(numbers) - 1)
        gap = 30.0
        if page:
            gap = (page[0] - sum(widths.values())) / gaps
            if gap < _LEAST:
                return None
            gap = min(gap, _WIDEST * 1.6)
        if page and any(sum(self.places[key].h + self.apart for key in keys) - self.apart > page[1] - head_height for keys in slots.values()):
            return None
        sizes = {key: (place.w, place.h) for key, place in self.places.items()}
        settings = ("rankdir=LR", "splines=false", f"nodesep={self.apart / 72:.3f}", "ranksep=0.3")
        found = arrange("dot", sizes, self.edges, ranks=[slots[number] for number in numbers], settings=settings)
        x = 0.0
        lefts: dict[int, float] = {}
        for number in numbers:
            lefts[number] = x
            x += widths[number] + gap
        middles = self._middles(slots, {key: place[1] for key, place in found.items()}, page[1] - head_height if page else None)
        if middles is None:
            return None
        for key, place in self.places.items():
            number = self.slot[key]
            wide = widths[number] if key.startswith("bend:") else place.w
            left = lefts[number] + (widths[number] - wide) / 2
            self.places[key] = place.model_copy(update={"x": left, "y": head_height + middles[key] - place.h / 2, "w": wide})
        total = max(place.y + place.h for place in self.places.values())
        boxes, tags, inner = self._unstacked(lefts, widths)
        lines, tags = self._straightened(boxes, tags, inner, lefts, widths)
        headings = tuple(
            head.model_copy(update={"x": max(0.0, lefts[number] + (widths[number] - head.w) / 2)}) for number, head in heads.items()
        )
        across = max([x - gap, *(head.x + head.w for head in headings)])
        return Arranged(tuple(boxes.values()), tuple(tags), tuple(lines), headings, across, total)

    def _heads(self, widths: Mapping[int, float]) -> dict[int, Heading]:
        """Set what each column holds, as wide as the column and half the gutters beside it."""
        size = look()["sizes"]["heading"]
        heads = {}
        for at, words in enumerate(self.headings):
            number = 2 * at
            if number in widths:
                room = widths[number] + 2 * _LEAST + 0.5 * min([widths.get(number - 1, widths[number]), widths.get(number + 1, widths[number])])
                texts = wrap(words, room, size, bold=True, lines=3)
                lines = tuple(Text(text=text, size=size, bold=True, muted=True) for text in texts)
                wide = max(width(text, size, bold=True) for text in texts)
                heads[number] = Heading(id=f"head:{at}", lines=lines, w=wide + 2, h=contents.height(lines))
        return heads

    def _middles(self, slots: Mapping[int, list[str]], wanted: Mapping[str, float], room: float | None) -> dict[str, float] | None:
        """Return the middle of every place, as near as can be to where dot has it; None where a column is higher than the room."""
        low = min(wanted[key] - self.places[key].h / 2 for key in wanted)
        high = max(wanted[key] + self.places[key].h / 2 for key in wanted)
        total = room or high - low
        scale = min(1.5, total / (high - low)) if room else 1.0
        shift = (total - (high - low) * scale) / 2 if scale > 1 or room else 0.0
        found: dict[str, float] = {}
        for keys in slots.values():
            ordered = sorted(keys, key=lambda key: (wanted[key], key))
            heights = [self.places[key].h for key in ordered]
            if sum(heights) + self.apart * (len(heights) - 1) > total + 0.01:
                return None
            middles = settle([(wanted[key] - low) * scale + max(shift, 0.0) for key in ordered], heights, total, self.apart)
            found.update(zip(ordered, middles, strict=True))
        return found

    def _unstacked(self, lefts: Mapping[int, float], widths: Mapping[int, float]) -> tuple[dict[str, Box], list[Tag], dict[str, Tag]]:
        """Take stacks apart: boxes from top to bottom, with the words of the line between them."""
        boxes: dict[str, Box] = {}
        tags = [place for place in self.places.values() if isinstance(place, Tag)]
        inner: dict[str, Tag] = {}
        for top, members in self.stacks.items():
            stack = self.places[top]
            y = stack.y
            for id in members:
                if id != top:
                    if id in self.inner_tags:
                        line, texts, wide, high = self.inner_tags[id]
                        inner[line] = Tag(id=f"tag:{line}", lines=texts, x=stack.x + (stack.w - wide) / 2, y=y + _STACKED, w=wide, h=high)
                    y += self._between(id)
                box = self.boxes[id]
                full = widths[self.slot[top]]
                boxes[id] = box.model_copy(update={"x": lefts[self.slot[top]], "y": y, "w": full})
                y += box.h
        return boxes, [*tags, *inner.values()], inner

    def _straightened(
        self, boxes: Mapping[str, Box], tags: list[Tag], inner: Mapping[str, Tag], lefts: Mapping[int, float], widths: Mapping[int, float],
    ) -> tuple[list[Line], list[Tag]]:
        """Lead the lines; where one would cut a neighbour's words on its way to a narrow tag, its own tag becomes as wide as the gutter."""
        while True:
            lines = [self._led(line, boxes, inner) for line in self.lines]
            others: dict[int, list[Tag]] = defaultdict(list)
            for id, place in self.places.items():
                if isinstance(place, Tag):
                    others[self.slot[id]].append(place)
            narrow = {
                line.tag for line in lines
                if line.tag and line.tag in self.slot and any(crosses(line, tag) for tag in others[self.slot[line.tag]] if tag.id != line.tag)
            }
            narrow = {id for id in narrow if self.places[id].w < widths[self.slot[id]]}
            if not narrow:
                return lines, [self._as_set(tag) for tag in tags]
            for id in narrow:
                self.places[id] = self.places[id].model_copy(update={"x": lefts[self.slot[id]], "w": widths[self.slot[id]]})

    def _as_set(self, tag: Tag) -> Tag:
        place = self.places.get(tag.id, tag)
        return place if isinstance(place, Tag) else tag

    def _led(self, line: Line, boxes: Mapping[str, Box], inner: Mapping[str, Tag]) -> Line:
        start, end = boxes[line.subject], boxes[line.object]
        if line.id in inner:
            tag = inner[line.id]
            stops = [_stop(start, "bottom"), _stop(tag, "top"), _stop(tag, "bottom"), _stop(end, "top")]
            return line.model_copy(update={"stops": tuple(stops), "tag": tag.id})
        ahead = self._ahead(line)
        out: Side = "left" if ahead < 0 else "right"
        into: Side = "right" if ahead <= 0 else "left"
        stops = [_stop(start, out)]
        for key in self.ways[line.id][1:-1]:
            place = self.places[key]
            if isinstance(place, Tag):
                sides: tuple[Side, Side] = ("left", "right") if ahead > 0 else ("right", "left") if ahead < 0 else ("left", "left")
                stops += [_stop(place, side) for side in sides]
            else:
                ends = [place.at("left"), place.at("right")][:: 1 if ahead > 0 else -1]
                stops += [Stop(x=x, y=y) for x, y in ends]
        stops.append(_stop(end, into))
        return line.model_copy(update={"stops": tuple(stops), "tag": self.tag_of.get(line.id), "curved": self.curved})


def _stop(place: Place, side: Side) -> Stop:
    x, y = place.at(side)
    return Stop(at=place.id, side=side, x=x, y=y)


def settle(wanted: Sequence[float], heights: Sequence[float], room: float, apart: float = _APART) -> list[float]:
    """Return middles in this order, `apart` from one another and within 0..room, that leave what was wanted as little as can be (least squares).

    That is isotonic regression on what is left when heights are taken off, solved by pooling neighbours that collide.
    """
    offsets, at = [], 0.0
    for height in heights:
        offsets.append(at + height / 2)
        at += height + apart
    pools: list[list[float]] = []  # each: mean, count
    for middle, offset in zip(wanted, offsets, strict=True):
        pools.append([middle - offset, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, count = pools.pop()
            pools[-1] = [(pools[-1][0] * pools[-1][1] + mean * count) / (pools[-1][1] + count), pools[-1][1] + count]
    most = room - (at - apart)
    means = [min(max(mean, 0.0), max(most, 0.0)) for mean, count in pools for _ in range(int(count))]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
