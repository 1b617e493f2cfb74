"""From a subgraph to a picture: which layout its question wants, how wide its boxes may be, and what a page can hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from kg.errors import InputError
from kg.exporting import content as contents
from kg.exporting.columns import Arranged, columns
from kg.exporting.content import Content, Room, look
from kg.exporting.fonts import plain, wrap
from kg.exporting.fonts import width as text_width
from kg.exporting.free import force, rings
from kg.exporting.matrix import is_matrix, matrix
from kg.exporting.picture import Box, LayoutName, Line, Picture, Place, Text
from kg.exporting.ranks import against_the_flow, ranks_of_flow, ranks_of_layers, stacks_of
from kg.exporting.subgraph import Subgraph

LAYOUTS: tuple[LayoutName, ...] = ("columns", "layers", "rings", "matrix", "force")
MANY = 240  # nodes beyond which a picture is a map: no words on its lines, and the engine for large graphs
_ROOMS = (Room(148, 104), Room(130, 84), Room(116, 70), Room(104, 60), Room(96, 54), Room(88, 50), Room(104, 0), Room(84, 0),
          Room(104, 64, close=True), Room(110, 0, close=True), Room(88, 0, close=True))
_FREE = (*_ROOMS[1:4], Room(96, 60, close=True), Room(84, 0, close=True))  # of rings and forces on a page of fixed size
_P = TypeVar("_P", bound=Place)
_ON_A_SLIDE = 80  # nodes at most: no page of that size holds more
_BARE = 0.25  # of the lines on a page of fixed size may lack the numbers of their footnotes, for want of room
_FOLDED = 5  # boxes "and 34 more" at most; the footer counts all
_FLOW = {"SUPPLIES", "PRODUCES", "USES", "LOADS", "DEPENDS_ON", "OPERATES"}


class Frame(NamedTuple):
    """A page of fixed size, in points, and the part of it that a picture may fill (x, y, width, height)."""

    width: float
    height: float
    body: tuple[float, float, float, float]


def slide(width: float | None = None, height: float | None = None, top: float = 78.0, bottom: float = 62.0) -> Frame:
    """Return the frame of a slide, 13.33 by 7.5 inches where nothing else is said, with room for a title above and for legend and footer below."""
    page = look()["page"]
    wide, high, margin = width or page["width"], height or page["height"], page["margin"]
    return Frame(wide, high, (margin, top, wide - 2 * margin, high - top - bottom))


def draw(subgraph: Subgraph, *, title: str | None = None, layout: LayoutName | None = None, frame: Frame | None = None) -> Picture:
    """Return a picture of a subgraph, laid out for its question.

    `layout` is told from the subgraph where it is None. Without a `frame` the page is as large as the picture needs; within one, nodes for which
    there is no room at a legible size are drawn together into boxes that tell how many they are. The same subgraph gives the same picture.
    Raises InputError: an unknown layout, no node at all, or no Graphviz on this machine.
    """
    if layout is not None and layout not in LAYOUTS:
        raise InputError(f"there is no layout {layout!r}", hint=f"one of {', '.join(LAYOUTS)}")
    if not subgraph.nodes:
        raise InputError("nothing to draw: the subgraph has no nodes", hint="ask for less belief, more modalities or another name")
    chosen = layout or fitting(subgraph)
    room = frame.body[2:] if frame else None
    order = _by_weight(subgraph)
    fits: tuple[int, Content, Arranged] | None = None
    least, most = 1, min(len(order), _ON_A_SLIDE) if frame else len(order)
    trial = most
    while least <= most:  # the largest number that fits, found by halving
        content = Content(subgraph, order[:trial])
        if arranged := _arranged(content, chosen, order[:trial], order[trial:], room):
            fits, least = (trial, content, arranged), trial + 1
        else:
            most = trial - 1
        trial = (least + most + 1) // 2
    if fits is None:
        raise InputError("the page is too small for a single box", hint="take a larger page")
    count, content, arranged = fits
    return _page(content, subgraph, chosen, arranged, title or default_title(subgraph), frame, set(order[:count]), len(order) - count)


def fitting(subgraph: Subgraph) -> LayoutName:
    """Return the layout that a subgraph wants: what its edges are about decides."""
    labels, types = Counter(node.label for node in subgraph.nodes), Counter(edge.type for edge in subgraph.edges)
    if len(subgraph.nodes) > MANY:
        return "force"
    if subgraph.module and (told := look()["modules"].get(subgraph.module) or look()["modules"].get(subgraph.module.split("/")[0])):
        return LAYOUTS[LAYOUTS.index(told)]
    if is_matrix(subgraph):
        return "matrix"
    centre = next((node.label for node in subgraph.nodes if node.id in subgraph.centres), "")
    if centre not in ("Company", "Organization", "Sector") and labels["Facility"] and (labels["Infrastructure"] or types["LOADS"]) and types["USES"]:
        return "layers"
    if sum(types[name] for name in _FLOW) * 3 >= sum(types.values()) and types["SUPPLIES"] + types["USES"] + types["LOADS"]:
        return "columns"
    return "rings" if len(subgraph.centres) == 1 and len(subgraph.nodes) <= 40 else "force"


def default_title(subgraph: Subgraph) -> str:
    """Return a title for a subgraph that bears none."""
    if subgraph.question:
        return subgraph.question if not subgraph.around or subgraph.around in subgraph.question else f"{subgraph.around}. {subgraph.question}"
    return f"{subgraph.around}: who and what it is linked to" if subgraph.centres else subgraph.around


def _by_weight(subgraph: Subgraph) -> list[str]:
    """Return the ids of the nodes, those that a picture can least do without first: what was asked for, then the near and the well linked."""
    links = Counter(end for edge in subgraph.edges for end in (edge.subject, edge.object))
    belief: dict[str, float] = defaultdict(float)
    for edge in subgraph.edges:
        for end in (edge.subject, edge.object):
            belief[end] = max(belief[end], (edge.belief or 0.0) + (edge.origin == "stated"))
    near = {node.id: node.distance for node in subgraph.nodes}
    return sorted(near, key=lambda id: (id not in subgraph.centres, near[id], -min(links[id], 3), -belief[id], -links[id], id))


def _arranged(content: Content, layout: LayoutName, ids: Sequence[str], rest: Sequence[str], room: tuple[float, float] | None) -> Arranged | None:
    """Return what a layout makes of some of the nodes, the rest drawn together; None where the room cannot hold it."""
    kept = set(ids)
    lines = [line for line in content.lines if line.subject in kept and line.object in kept]
    if layout == "matrix":
        return matrix(content, ids, room)
    if layout in ("rings", "force"):
        for each in _ROOMS[:1] if room is None else _FREE:
            boxes = {id: content.box(id, each.box, close=each.close) for id in ids}
            more, ties = _more(content, ids, rest)
            both = [*lines, *ties]
            found = (rings if layout == "rings" else force)({**boxes, **more}, both, each if len(ids) <= MANY else each._replace(tag=-1), room)
            if found and (room is None or sum(not line.tag for line in found.lines if line.notes) <= _BARE * len(found.lines)):
                return found
        return None
    if layout == "layers":
        ranks, headings = ranks_of_layers(content, ids, lines)
        above = stacks_of(lines, ranks, {edge.id: edge.type for edge in content.subgraph.edges})
    else:
        ranks, headings, above = ranks_of_flow(ids, lines, against_the_flow(content)), [], {}
    more, ties = _more(content, ids, rest)
    against = against_the_flow(content)
    for tie in ties:
        ranks[tie.subject] = max(0, ranks[tie.object] + (1 if against[tie.id] else -1)) if tie.subject in more else ranks.get(tie.subject, 0)
        ranks[tie.object] = ranks[tie.subject] + (-1 if against[tie.id] else 1) if tie.object in more else ranks[tie.object]
    used = sorted(set(ranks.values()))
    if not headings:
        shift = min(used)
        ranks = {id: rank - shift for id, rank in ranks.items()}
    for each in _ROOMS[:1] if room is None else _ROOMS:
        boxes = {id: content.box(id, each.box, close=each.close) for id in ids}
        if found := columns({**boxes, **more}, [*lines, *ties], ranks, each, headings=headings, above=above, page=room):
            return found
    return None


def _more(content: Content, ids: Sequence[str], rest: Sequence[str]) -> tuple[dict[str, Box], list[Line]]:
    """Draw the nodes that are left out together: one box for those that lean on the same node, on the same side, and a line to it."""
    kept, left = set(ids), set(rest)
    groups: dict[tuple[str, bool, bool], list[str]] = {}
    first: dict[tuple[str, bool, bool], Line] = {}
    against = against_the_flow(content)
    seen: set[str] = set()
    for line in content.lines:
        for lost, held in ((line.subject, line.object), (line.object, line.subject)):
            if lost in left and held in kept and lost not in seen:
                seen.add(lost)
                key = (held, lost == line.subject, against[line.id])
                groups.setdefault(key, []).append(lost)
                first.setdefault(key, line)
    boxes: dict[str, Box] = {}
    ties: list[Line] = []
    size = look()["sizes"]["text"]
    largest = sorted(groups, key=lambda key: (-len(groups[key]), key))[:_FOLDED]
    for (held, is_subject, _), hidden in groups.items():
        if (held, is_subject, _) not in largest or len(hidden) < 2:
            continue
        id = f"more:{held}:{'in' if is_subject else 'out'}:{first[held, is_subject, _].id}"
        words = f"and {len(hidden)} more"
        text = (Text(text=words, size=size, muted=True),)
        names = tuple(content.nodes[each].name for each in hidden)
        boxes[id] = Box(id=id, lines=text, w=text_width(words, size) + 14, h=22, kind="more", role="", name=words, full=names)
        ends = {"subject": id, "object": held} if is_subject else {"subject": held, "object": id}
        ties.append(first[held, is_subject, _].model_copy(update={**ends, "label": "", "notes": (), "arrow": False, "style": "tie"}))
    return boxes, ties


def _page(
    content: Content, subgraph: Subgraph, layout: LayoutName, arranged: Arranged, title: str, frame: Frame | None, kept: set[str], folded: int,
) -> Picture:
    """Put what is arranged onto a page: centred in the frame's body, or on a page of its own size."""
    page, margin = look()["page"], look()["page"]["margin"]
    if frame:
        width, height, body = frame
    else:
        width = max(page["width"], arranged.width + 2 * margin)
        size = look()["sizes"]["title"]
        top = margin + contents.height([Text(text="", size=size)] * len(wrap(title, width - 2 * margin, size, bold=True, lines=2))) + 22
        height = top + max(arranged.height, 120.0)
        body = (margin, top, width - 2 * margin, max(arranged.height, 120.0))
    dx, dy = body[0] + (body[2] - arranged.width) / 2, body[1] + (body[3] - arranged.height) / 2
    if arranged.headings:
        dy = body[1]
    boxes = tuple(_moved(box, dx, dy) for box in arranged.boxes)
    lines = tuple(
        line.model_copy(update={"stops": tuple(stop.model_copy(update={"x": stop.x + dx, "y": stop.y + dy}) for stop in line.stops)})
        for line in arranged.lines
    )
    told = {box.id for box in boxes if any(not line.bold for line in box.lines)}  # a box of its name alone tells no figures
    cited = {number for line in lines for number in line.notes} | content.figure_notes(kept & told) | _cells_cite(boxes)
    shown = [edge for edge in subgraph.edges if edge.subject in kept and edge.object in kept]
    return Picture(
        title=plain(title), layout=layout, width=width, height=height, body=body, boxes=boxes,
        tags=tuple(_moved(tag, dx, dy) for tag in arranged.tags if tag.lines), lines=lines,
        headings=tuple(_moved(head, dx, dy) for head in arranged.headings), legend=contents.legend(boxes, lines),
        notes=tuple(note for note in content.notes if note.number in cited), footer=contents.footer(subgraph, shown, folded + subgraph.more),
        left_out=folded + subgraph.more,
    )


def _cells_cite(boxes: Sequence[Box]) -> set[int]:
    return {int(word) for box in boxes if box.kind == "cell" for word in box.full if word.isdigit()}


def _moved(place: _P, dx: float, dy: float) -> _P:
    return place.model_copy(update={"x": round(place.x + dx, 2), "y": round(place.y + dy, 2)})

