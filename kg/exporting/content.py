"""What a picture says, before it has a place: the texts of its boxes, its lines with their words, and the footnotes that prove both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from kg.exporting import numerals
from kg.exporting.fonts import plain, widest_word, width, wrap
from kg.exporting.picture import Box, Entry, Line, Note, Style, Text
from kg.exporting.subgraph import Edge, Evidence, Figure, Node, Subgraph
from kg.exporting.wording import verb
from kg.knowledge.yaml_file import data_folder, read_yaml

_PAD, _CLOSE = 7.0, 4.0
_LEADING = 1.22
_LONG_WORD = 130.0  # no word narrower than this, in points, is broken
_PLANNED = ("plan", "forecast", "hypothetical", "rumour")
FIGURES = 2


@lru_cache(maxsize=1)
def look() -> Mapping[str, Any]:
    """Return how a picture looks: sizes, colours, roles, as kg/data/styles/picture.yaml states them."""
    return dict(read_yaml(data_folder("styles", "picture.yaml")))


def role_of(label: str) -> str:
    """Return the colour role of a label; the first where none is stated."""
    return next((role for role, about in _roles().items() if label in about["labels"]), next(iter(_roles())))


def _roles() -> dict[str, Any]:
    return {name: about for name, about in look()["roles"].items() if isinstance(about, dict)}


class Room(NamedTuple):
    """How wide the texts of boxes and of tags may be, in points; a tag of width 0 shows its footnotes' numbers alone.

    Where it is `close` a box that was not asked for by name shows its name alone, as small as may be.
    """

    box: float
    tag: float
    close: bool = False


class Content:
    """A subgraph as texts: boxes without places, lines without ways, and numbered footnotes, equal ones once."""

    def __init__(self, subgraph: Subgraph, shown: Iterable[str] | None = None) -> None:
        """Take the texts of a subgraph; only what is said of the nodes that are shown (all, where None) has footnotes."""
        self.subgraph = subgraph
        self._shown = frozenset(node.id for node in subgraph.nodes) if shown is None else frozenset(shown)
        self.nodes = {node.id: node for node in subgraph.nodes}
        self._names = {**subgraph.names, **{node.id: node.name for node in subgraph.nodes}}
        self._numbers: dict[tuple[str, str, str, str], int] = {}
        self.lines = tuple(self._lines(subgraph.edges))
        short = look()["figures"]
        self._figures = {
            node.id: [(numerals.on_box(each, short), self._note(each)) for each in _first(node)] for node in subgraph.nodes if node.id in self._shown
        }

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every footnote there is, by its number."""
        return tuple(
            Note(number=number, sentence=sentence, source=source, date=date, origin=origin)
            for (sentence, source, date, origin), number in self._numbers.items()
        )

    def box(self, id: str, room: float, *, close: bool = False) -> Box:
        """Return the box of a node, its texts no wider than `room` points; where `close`, with its name alone unless it is a centre."""
        node, sizes = self.nodes[id], look()["sizes"]
        if close and id not in self.subgraph.centres:
            return self._close(node, room)
        name = plain(node.name) or plain(node.id)
        room = max(room, min(_LONG_WORD, widest_word(name, sizes["name"], bold=True) + 2 * _PAD))
        inner = room - 2 * _PAD
        centre = id in self.subgraph.centres
        lines = [Text(text=text, size=sizes["name"], bold=True) for text in wrap(name, inner, sizes["name"], bold=True, lines=3)]
        other = next((plain(each) for each in (node.name_zh, node.name_en) if each and plain(each).casefold() != name.casefold()), "")
        if other and not name.casefold().startswith(other.casefold()):
            lines += [Text(text=text, size=sizes["text"], muted=True) for text in wrap(other, inner, sizes["text"], lines=1)]
        for words, notes in self._figures[id]:
            lines += [Text(text=text, size=sizes["text"]) for text in with_numbers(words, notes, inner, sizes["text"], 4)]
        if node.left_out:
            lines.append(Text(text=f"and {node.left_out} more", size=sizes["text"], muted=True))
        wide = max(width(line.text, line.size, bold=line.bold) for line in lines)
        full = tuple(dict.fromkeys((name, *([other] if other else []), *(words for words, _ in self._figures[id]))))
        return Box(
            id=id, lines=tuple(lines), w=min(room, wide + 2 * _PAD + 1), h=height(lines) + 2 * _PAD - 2, kind="centre" if centre else "node",
            role=role_of(node.label), name=name, label=node.label, full=full,
        )

    def _close(self, node: Node, room: float) -> Box:
        name, size = plain(node.name) or plain(node.id), look()["sizes"]["text"]
        inner = max(room - 2 * _CLOSE, min(_LONG_WORD, widest_word(name, size, bold=True)))
        lines = tuple(Text(text=text, size=size, bold=True) for text in wrap(name, inner, size, bold=True, lines=2))
        wide = max(width(line.text, size, bold=True) for line in lines) + 2 * _CLOSE + 1
        full = tuple(dict.fromkeys((name, *filter(None, (node.name_zh, node.name_en)), *(words for words, _ in self._figures[node.id]))))
        return Box(id=node.id, lines=lines, w=wide, h=height(lines) + _CLOSE, role=role_of(node.label), name=name, label=node.label, full=full)

    def figure_notes(self, ids: Iterable[str]) -> set[int]:
        """Return the numbers of the footnotes of what the boxes of these nodes tell."""
        return {number for id in ids for _, numbers in self._figures[id] for number in numbers}

    def _lines(self, edges: Iterable[Edge]) -> Iterable[Line]:
        """Give one line for the facts that say the same of the same two, with the footnotes of all."""
        said: dict[tuple[str, str, str, Style], tuple[Edge, list[int]]] = {}
        for edge in edges:
            notes = said.setdefault((edge.subject, edge.object, self._words(edge), _style(edge)), (edge, []))[1]
            if edge.subject in self._shown and edge.object in self._shown:
                notes += [number for number in self._note(edge) if number not in notes]
        symmetric = _symmetric()
        for (subject, object, words, style), (edge, notes) in said.items():
            yield Line(id=edge.id, subject=subject, object=object, label=words, style=style, notes=tuple(notes), arrow=edge.type not in symmetric)

    def _words(self, edge: Edge) -> str:
        own = edge.properties
        number = numerals.on_line(edge)
        product = self._names.get(str(own.get("product", "")), "")
        joint = [plain(self._names.get(str(id), str(id))) for id in own.get("joint") or () if id != edge.object]
        together = f"jointly with {', '.join(joint)}" if joint else ""
        said = verb(edge)
        if own.get("sole") and edge.type == "PRODUCES":
            said = "sole maker of"
        if edge.type == "SUPPLIES":
            said = ("sole source of" if own.get("sole") else said) if product else "sole supplier of" if own.get("sole") else said
            said = f"{said} {plain(product)}".strip()
        if edge.type == "LEADS" and own.get("role"):
            said = f"{plain(str(own['role']))} of"
        return " ".join(filter(None, (said, number, together)))

    def _note(self, evidence: Evidence) -> list[int]:
        if not evidence.proof:
            return []
        key = (plain(evidence.proof), plain(evidence.proof_source or ""), plain(evidence.proof_date or "").replace("T", " "), evidence.origin)
        return [self._numbers.setdefault(key, len(self._numbers) + 1)]


def with_numbers(words: str, notes: Iterable[int], room: float, size: float, lines: int) -> tuple[str, ...]:
    """Return words broken into lines, with the numbers of their footnotes at the end, which are kept whatever else must be cut."""
    tail = numbered(notes)
    if not tail:
        return wrap(words, room, size, lines=lines)
    last = wrap(tail, room, size, lines=len(tail))
    said = wrap(words, room, size, lines=lines)
    if len(last) == 1 and width(f"{said[-1]} {tail}", size) <= room:
        return (*said[:-1], f"{said[-1]} {tail}")
    return (*wrap(words, room, size, lines=max(1, lines - len(last))), *last)


def numbered(notes: Iterable[int]) -> str:
    """Return numbers of footnotes as a text shows them, runs drawn together: [1], [3–5, 9]."""
    runs: list[list[int]] = []
    for number in sorted(notes):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return f"[{', '.join(str(run[0]) if len(run) == 1 else f'{run[0]}–{run[-1]}' for run in runs)}]" if runs else ""


def height(lines: Iterable[Text]) -> float:
    """Return how high lines of text stand, in points."""
    return sum(line.size * _LEADING for line in lines)


def tag(words: str, notes: Iterable[int], room: float) -> tuple[tuple[Text, ...], float, float]:
    """Return the lines, width and height of a tag with this text and these footnotes."""
    size = look()["sizes"]["text"]
    room = max(room, min(_LONG_WORD, widest_word(words, size))) if room else 0.0
    texts = with_numbers(words, notes, room, size, 5) if room else (numbered(notes),) if notes else ()
    lines = tuple(Text(text=text, size=size) for text in texts if text)
    return lines, max((width(line.text, size) for line in lines), default=0.0) + 8, height(lines) + 2


def legend(boxes: Iterable[Box], lines: Iterable[Line]) -> tuple[Entry, ...]:
    """Return what the colours and the lines of a picture stand for, of those that it shows."""
    roles, styles = {box.role for box in boxes}, {line.style for line in lines} | {box.style for box in boxes if box.kind == "cell"}
    return (
        *(Entry(key=role, about=about["about"]) for role, about in _roles().items() if role in roles),
        *(Entry(key=style, about=look()["styles"][style]["about"]) for style in ("solid", "dashed", "dotted") if style in styles),
    )


def footer(subgraph: Subgraph, shown: Iterable[Edge], left_out: int) -> tuple[str, ...]:
    """Return what must be said under a picture: the zone of dates, what rests on one source, what is not disclosed, what is not shown."""
    edges = list(shown)
    stated = [edge for edge in edges if edge.origin == "stated"]
    single = sum(1 for edge in stated if (edge.support or 1) == 1)
    zones = sorted({document.zone for document in subgraph.documents if document.zone})
    parts = ["Times as the sources give them" + (f" ({', '.join(zones)})." if zones else ".")]
    if stated:
        parts.append(f"{single} of {len(stated)} stated lines rest on a single source.")
    bare = sum(1 for edge in edges if edge.type in ("SUPPLIES", "USES", "LOADS", "INVESTS_IN") and not numerals.on_line(edge))
    figures = sum(1 for node in subgraph.nodes for figure in node.figures if not numerals.is_disclosed(figure))
    lacking = [f"the volume or share of {bare} line{'s' * (bare != 1)}"] * bool(bare) + [f"{figures} figure{'s' * (figures != 1)}"] * bool(figures)
    if lacking:
        parts.append(f"Not disclosed: {' and '.join(lacking)}.")
    if left_out:
        parts.append(f"Not shown: {left_out} more.")
    return tuple(parts)


def _first(node: Node) -> list[Any]:
    order = {name: at for at, name in enumerate(look()["figures"])}
    return sorted(node.figures, key=lambda each: (order.get(each.name, len(order)), each.modality != "fact", _when(each), each.id))[:FIGURES]


def _when(figure: Figure) -> str:
    own = figure.properties
    return str(own.get("period") or own.get("planned_for") or own.get("as_of") or "")


def _style(edge: Edge) -> Style:
    if edge.modality in _PLANNED:
        return "dotted"
    return "solid" if edge.origin == "stated" else "dashed"


@lru_cache(maxsize=1)
def _symmetric() -> frozenset[str]:
    from kg.knowledge.ontology import load_ontology

    return frozenset(name for name, relation in load_ontology().facts.items() if relation.symmetric)

