"""Surface frames at work: their patterns (`kg.nlp.patterns`), compiled, over the *shadow* of a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.errors import DataError
from kg.knowledge.frames import Frame, Frames
from kg.knowledge.ontology import Ontology
from kg.nlp.literals import required
from kg.nlp.patterns import Slot, Writer
from kg.nlp.shadow import Shadow, as_label
from kg.nlp.spans import Found, Quantity

_LEFT = 90  # how much before a subject is looked at for what governs it


@dataclass(frozen=True, slots=True)
class Share:
    """The value that a member of a list has, of which property, and the members that have it together."""

    role: str
    quantity: Quantity
    together: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What one frame reads: the mentions, values and words of each role, the trigger, and how far apart they stand."""

    frame: Frame
    mentions: Mapping[str, tuple[Found, ...]]
    values: Mapping[str, Quantity]
    words: Mapping[str, str]
    trigger: tuple[int, int]
    spread: int = 0
    shares: Mapping[Found, Share] = field(default_factory=dict)


@dataclass(frozen=True)
class Surface:
    """A surface frame, expanded. Its regular expression is compiled when a sentence first holds one of its literals."""

    frame: Frame
    write: Callable[[], str]  # writes the regular expression
    slots: tuple[Slot, ...]
    triggers: tuple[str, ...]
    needs: tuple[frozenset[str], ...]  # strings of which a sentence must hold one each, the rarest set first
    not_subject: re.Pattern[str] | None
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fits(self, labels: frozenset[str]) -> bool:
        """Tell whether mentions of these labels can fill both ends."""
        return all(not wanted or wanted & labels for wanted in self._ends)

    @cached_property
    def _ends(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset[str]().union(*(slot.labels for slot in self.slots if slot.role == role)) for role in ("subject", "object"))

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern as a regular expression over shadows. Raises DataError with the frame's file and line."""
        try:
            return re.compile(self.write(), re.IGNORECASE)
        except re.error as error:
            raise DataError(f"{self.frame.id}: {error}", where=self.frame.where, line=self.frame.line) from error

    def matches(self, shadow: Shadow) -> Iterator[Match]:
        """Yield what the frame reads in a sentence; of readings that share a trigger, the closest."""
        best: dict[tuple[int, int], Match] = {}
        position = 0
        while found := self.regex.search(shadow.text, position):
            position = found.start() + 1
            match = self._match(found, shadow)
            if match is not None:
                rival = best.get(match.trigger)
                if rival is None or _closer(match, rival):
                    best[match.trigger] = match
        yield from best.values()

    def _match(self, found: re.Match[str], shadow: Shadow) -> Match | None:
        mentions: dict[str, tuple[Found, ...]] = {}
        values: dict[str, Quantity] = {}
        words: dict[str, str] = {}
        shares: dict[Found, Share] = {}
        spans: list[tuple[int, int]] = []
        if self.not_subject and self.not_subject.search(shadow.text[max(found.start() - _LEFT, 0):found.start()]):
            return None
        for slot in self.slots:
            start, end = found.span(slot.group)
            if start < 0:
                continue
            spans.append((start, end))
            if slot.kind == "mention":
                mentions[slot.role] = (*mentions.get(slot.role, ()), *_members(slot, start, end, shadow).values())
                if slot.each:
                    shares.update(_shares(slot, start, end, shadow))
            elif slot.kind == "value":
                values[slot.role] = shadow.values[start]
            else:
                text = found.group(slot.group)
                words[slot.role] = self.forms[slot.role].get(_folded(text), text) if slot.role in self.forms else text
        marked = next((found.span(name) for name in self.triggers if found.start(name) >= 0), None)
        trigger = marked or _between(spans, found)
        spread = sum(max(trigger[0] - end, start - trigger[1], 0) for start, end in spans)
        return Match(self.frame, mentions, values, words, (shadow.starts[trigger[0]], shadow.ends[trigger[1] - 1]), spread, shares)


def compile_surface(frame: Frame, frames: Frames, ontology: Ontology, written: dict[tuple[str, bool], str] | None = None) -> Surface:
    """Make a surface frame ready; `written` keeps what shared words expand to. Raises DataError with the frame's file and line."""
    try:
        lean = Writer(frame, frames, ontology, {} if written is None else written, lean=True)
        needs = required(lean.write())
        if missing := {"subject", "object"} - {slot.role for slot in lean.slots} - frame.unsaid:
            raise ValueError(f"a pattern needs {' and '.join(sorted(missing))}")
        forms = {slot.role: {_folded(text): value for value, texts in frames.forms[slot.role].items() for text in texts}
                 for slot in lean.slots if slot.kind == "word"}
        full = Writer(frame, frames, ontology, lean.written, lean=False)
        not_subject = full.not_subject() if lean.clause else None
        return Surface(frame, full.write, tuple(lean.slots), tuple(lean.triggers), needs, not_subject, forms)
    except (re.error, ValueError) as error:
        raise DataError(f"{frame.id}: {error}", where=frame.where, line=frame.line) from error


def _members(slot: Slot, start: int, end: int, shadow: Shadow) -> dict[int, Found]:
    """Return the mentions of a slot by where they stand, without those that only gloss another in brackets."""
    members: dict[int, Found] = {}
    depth = 0
    for i in range(start, end):
        depth += {"(": 1, "（": 1, ")": -1, "）": -1}.get(shadow.text[i], 0)
        if not depth and i in shadow.mentions and (mention := as_label(shadow.mentions[i], slot.labels)):
            members[i] = mention
    return members


def _shares(slot: Slot, start: int, end: int, shadow: Shadow) -> dict[Found, Share]:
    """Give each member of a list its value: the one before it where the list begins with a value, else the one behind it."""
    assert slot.each is not None
    members = _members(slot, start, end, shadow)
    values = [i for i in range(start, end) if i in shadow.values and shadow.values[i].change is None]  # "up 3%" is no share
    shares: dict[Found, Share] = {}
    for i, position in enumerate(values):
        if values[0] < min(members):
            limit = values[i + 1] if i + 1 < len(values) else end
            together = [m for m in members if position < m < limit]
        else:
            together = [m for m in members if m < position][-1:]
        owners = tuple(members[m] for m in together)
        shares.update({owner: Share(slot.each, shadow.values[position], owners) for owner in owners})
    return shares


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _between(spans: list[tuple[int, int]], found: re.Match[str]) -> tuple[int, int]:
    """Return the words between the first and the last slot (without a trigger of its own, that is what says the relation)."""
    if len(spans) < 2:
        return found.span()
    start, end = min(end for _, end in spans), max(start for start, _ in spans)
    return (start, end) if start < end else found.span()


def _closer(match: Match, rival: Match) -> bool:
    return (match.spread, -sum(map(len, match.mentions.values()))) < (rival.spread, -sum(map(len, rival.mentions.values())))
