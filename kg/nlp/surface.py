"""Surface frames: regular expressions over the *shadow* of a sentence, in which every mention and every value is one character.

A pattern is a Python regular expression with these additions:

- `{role:Label|Label}` one mention of these labels; `{role}` alone takes the labels that the ontology allows there; `{role:Label+}` a
  coordinated list, one reading a member; `{_:Label}` a mention without a role. Roles are subject, object or a property of the relation.
- `{role:value.money|value.percent}` a typed value of these kinds (`kg.nlp.spans.ValueKind`).
- `{role:word}` one of the words that `words.yaml` lists under `forms: role:`; the property is the form's name.
- `{role:code}` a ticker or code.
- `..` a gap within a clause (no comma, no mention), `...` a longer gap (over commas and mentions, never over the end of a sentence).
- `@name` a set of words of `words.yaml` (a list: whole words in English; a string: a piece of pattern).
- `@clause` at the start: the subject must not stand behind a preposition ("shares of X supply").
- `(?P<t>...)` the trigger. A blank is `\\s+` in English and `\\s*` in Chinese. A role may stand in several alternatives.

A mention takes the brackets that only gloss it ("TSMC (TSM)") and the quotation marks around it into its character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from re import _constants, _parser  # type: ignore[attr-defined] # the parsed pattern: what words it cannot do without
from typing import Any

from kg.errors import DataError
from kg.knowledge.frames import Frame, Frames
from kg.knowledge.ontology import Ontology
from kg.nlp.shadow import ANY_MENTION, FIRST_FREE, FIRST_MENTION, VALUE_KINDS, Shadow, mention_characters, value_characters
from kg.nlp.spans import Found, Quantity

_SLOT = re.compile(r"\{([a-z_]+)(?::([A-Za-z.|]+)(\+)?)?\}")
_STOPS_SHORT = ",;:!?，。；：！？"
_STOPS_LONG = ";!?。；！？"
_CODE = r"(?-i:[A-Z]{1,5}(?:\.[A-Z]{1,3})?|\d{4,6}(?:\.[A-Z]{2,3})?)"


@dataclass(frozen=True, slots=True)
class Slot:
    """A named group of a compiled pattern and the role that it fills."""

    group: str
    role: str
    kind: str  # mention, value, word, text
    labels: frozenset[str] = frozenset()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What one pattern reads: the mentions, values and words of each role, the trigger, and how far apart they stand."""

    frame: Frame
    mentions: Mapping[str, tuple[Found, ...]]
    values: Mapping[str, Quantity]
    words: Mapping[str, str]
    trigger: tuple[int, int]
    spread: int


@dataclass(frozen=True, slots=True)
class Surface:
    """A surface frame, compiled."""

    frame: Frame
    regex: re.Pattern[str]
    slots: tuple[Slot, ...]
    triggers: tuple[str, ...]
    literals: frozenset[str]
    clause: bool
    not_subject: re.Pattern[str]
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

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
        spans: list[tuple[int, int]] = []
        for slot in self.slots:
            start, end = found.span(slot.group)
            if start < 0:
                continue
            spans.append((start, end))
            if slot.kind == "mention":
                members = tuple(m for i in range(start, end) if (m := shadow.mentions.get(i)) is not None and m.label in slot.labels)
                mentions[slot.role] = mentions.get(slot.role, ()) + members
                if slot.role == "subject" and self.clause and self.not_subject.search(shadow.text[:found.start()]):
                    return None
            elif slot.kind == "value":
                values[slot.role] = shadow.values[start]
            else:
                text = found.group(slot.group)
                words[slot.role] = self.forms[slot.role].get(_folded(text), text) if slot.role in self.forms else text
        marked = next((found.span(name) for name in self.triggers if found.start(name) >= 0), None)
        trigger = marked or _between(spans, found)
        spread = sum(max(trigger[0] - end, start - trigger[1], 0) for start, end in spans)
        return Match(self.frame, mentions, values, words, (shadow.spans[trigger[0]][0], shadow.spans[trigger[1] - 1][1]), spread)


def compile_surface(frame: Frame, frames: Frames, ontology: Ontology) -> Surface:
    """Compile a surface frame. Raises DataError with the frame's file and line."""
    try:
        return _Compiler(frame, frames, ontology).compile()
    except (re.error, ValueError) as error:
        raise DataError(f"{frame.id}: {error}", where=frame.where, line=frame.line) from error


class _Compiler:
    """Expands the additions of a pattern, piece by piece."""

    def __init__(self, frame: Frame, frames: Frames, ontology: Ontology) -> None:
        self.frame, self.frames, self.ontology = frame, frames, ontology
        self.relation = ontology.facts[frame.relation]
        self.slots: list[Slot] = []
        self.triggers: list[str] = []
        self.clause = False

    def compile(self) -> Surface:
        assert self.frame.pattern is not None
        source = self._expand(self.frame.pattern)
        if {"subject", "object"} - {slot.role for slot in self.slots} - ({"subject"} if self.frame.subject else set()):
            raise ValueError("a pattern needs {subject} and {object}")
        regex = re.compile(source, re.IGNORECASE)
        forms = {slot.role: {_folded(text): value for value, texts in self.frames.forms[slot.role].items() for text in texts}
                 for slot in self.slots if slot.kind == "word"}
        return Surface(self.frame, regex, tuple(self.slots), tuple(self.triggers), required(source), self.clause,
                       re.compile(self._syntax(self.frames.syntax.not_subject), re.IGNORECASE), forms)

    def _expand(self, pattern: str) -> str:
        out: list[str] = []
        i, after_slot = 0, False
        while i < len(pattern):
            slot = _SLOT.match(pattern, i)
            if pattern[i] == "\\":
                piece, step = pattern[i:i + 2], 2
            elif pattern[i] == "[":
                step = _class_end(pattern, i) - i
                piece = pattern[i:i + step]
            elif slot:
                piece, step = self._slot(slot), slot.end() - i
            elif pattern.startswith("...", i):
                piece, step = self._gap(_STOPS_LONG, "", self.frames.syntax.long_gap, after_slot), 3
            elif pattern.startswith("..", i):
                piece, step = self._gap(_STOPS_SHORT, ANY_MENTION, self.frames.syntax.gap, after_slot), 2
            elif word := re.match(r"@([a-z_]+)", pattern[i:]):
                piece, step = self._words(word[1]), word.end()
            elif pattern.startswith("(?P<", i):
                name = pattern[i + 4:pattern.index(">", i)]
                piece, step = self._named(name), len(name) + 5
            elif pattern[i] == " ":
                piece, step = (r"\s+" if self.frames.syntax.spaces else r"\s*"), 1
            else:
                piece, step = pattern[i], 1
            out.append(piece)
            i += step
            after_slot = slot is not None and _is_mention(slot)
        if after_slot:
            out.append(f"(?!{self._syntax(self.frames.syntax.possessed)})")
        return "".join(out)

    def _slot(self, found: re.Match[str]) -> str:
        role, kinds, many = found[1], found[2], bool(found[3])
        own = self.relation.own
        if role not in {"subject", "object", "_"} and role not in own:
            raise ValueError(f"{self.relation.name} has no property {role}")
        if kinds == "word":
            texts = [text for entry in self.frames.forms.get(role, {}).values() for text in entry]
            if not texts:
                raise ValueError(f"words.yaml lists no forms of {role}")
            return f"(?P<{self._group(role, 'word')}>{self._alternatives(texts)})"
        if kinds == "code":
            return f"(?P<{self._group(role, 'text')}>{_CODE})"
        if kinds and kinds.startswith("value."):
            names = [name.removeprefix("value.") for name in kinds.split("|")]
            if strange := set(names) - set(VALUE_KINDS):
                raise ValueError(f"there is no value of kind {', '.join(sorted(strange))}")
            characters = value_characters(names)
            return f"[{characters}]" if role == "_" else f"(?P<{self._group(role, 'value')}>[{characters}])"
        labels = frozenset(kinds.split("|")) if kinds else self._allowed(role)
        one = f"[{mention_characters(labels)}]"
        syntax = self.frames.syntax
        after = self._syntax(syntax.after)
        body = f"{one}{after}"
        if many:
            separator, before = self._syntax(syntax.separator), self._syntax(syntax.before)
            unknown = f"|{self._syntax(syntax.unknown)}{separator}{before}{one}{after}" if syntax.unknown else ""
            body += f"(?:{separator}{before}(?:{one}{after}{unknown}))*{self._syntax(syntax.others)}"
        group = f"(?P<{self._group(role, 'mention', labels, many)}>{body})" if role != "_" else f"(?:{body})"
        leads = not self.slots[1:] and not self.clause  # what stands before a pattern needs no description
        return group if leads else self._syntax(syntax.before) + group

    def _allowed(self, role: str) -> frozenset[str]:
        if role == "subject":
            return frozenset(self.relation.domain)
        if role == "object":
            return frozenset(self.relation.range)
        return frozenset(self.ontology.labels) - {"Metric", "Document", "Claim", "Build"}

    def _group(self, role: str, kind: str, labels: frozenset[str] = frozenset(), many: bool = False) -> str:
        if unknown := labels - set(self.ontology.labels):
            raise ValueError(f"there is no label {', '.join(sorted(unknown))}")
        name = f"{role}__{len(self.slots)}"
        self.slots.append(Slot(name, role, kind, labels, many))
        return name

    def _named(self, name: str) -> str:
        if name == "t":
            self.triggers.append(f"t__{len(self.triggers)}")
            return f"(?P<{self.triggers[-1]}>"
        if name not in self.relation.own:
            raise ValueError(f"{self.relation.name} has no property {name}")
        return f"(?P<{self._group(name, 'text')}>"

    def _words(self, name: str) -> str:
        if name == "clause":
            self.clause = True
            return ""
        entry = self.frames.words.get(name)
        if entry is None:
            raise ValueError(f"words.yaml has no @{name}")
        return f"(?:{self._expand_words(entry)})" if isinstance(entry, str) else self._alternatives(list(entry))

    def _expand_words(self, entry: str) -> str:
        tail = f"(?!{self._syntax(self.frames.syntax.possessed)})"
        return self._expand(entry).removesuffix(tail)

    def _alternatives(self, texts: list[str]) -> str:
        joined = "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in sorted(texts, key=len, reverse=True))
        return rf"\b(?:{joined})\b" if self.frames.syntax.spaces else f"(?:{joined})"

    def _gap(self, stops: str, mentions: str, longest: int, after_slot: bool) -> str:
        guard = f"(?!{self._syntax(self.frames.syntax.possessed)})" if after_slot else ""
        return f"{guard}[^{stops}{mentions}]{{0,{longest}}}?"

    def _syntax(self, piece: str) -> str:
        piece = re.sub(r"<([A-Z][a-z]+)>", lambda m: f"[{mention_characters(frozenset({m[1]}))}]", piece)
        return piece.replace(" ", r"\s+" if self.frames.syntax.spaces else r"\s*")


def required(source: str) -> frozenset[str]:
    """Return strings, lower case, one of which every match of the regular expression holds (the rarest such set; empty if none)."""
    choices = [choice for choice in _needs(_parser.parse(source, re.IGNORECASE)) if choice]
    return max(choices, key=_rarity, default=frozenset())


def _needs(items: Any) -> list[frozenset[str]]:
    """List sets of strings such that a match holds a member of each."""
    needs: list[frozenset[str]] = []
    run = ""
    for operation, argument in [*items, (None, None)]:
        if operation is _constants.LITERAL and not FIRST_MENTION <= argument < FIRST_FREE:
            run += chr(argument).lower()
            continue
        if run:
            needs.append(frozenset({run}))
            run = ""
        if operation is _constants.SUBPATTERN:
            needs += _needs(argument[3])
        elif operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and argument[0] > 0:
            needs += _needs(argument[2])
        elif operation is _constants.BRANCH:
            branches = [max(_needs(branch), key=_rarity, default=frozenset()) for branch in argument[1]]
            if all(branches):
                needs.append(frozenset().union(*branches))
        elif operation is _constants.IN and all(kind is _constants.LITERAL and argument_ < FIRST_MENTION for kind, argument_ in argument):
            needs.append(frozenset(chr(code).lower() for _, code in argument))
    return needs


def _rarity(choice: frozenset[str]) -> tuple[int, int]:
    return min((sum(3 if ord(c) > 0x2E80 else 1 for c in text.strip()) for text in choice), default=0), -len(choice)


def _is_mention(slot: re.Match[str]) -> bool:
    return not (slot[2] or "").startswith(("value.", "word", "code"))


def _class_end(pattern: str, start: int) -> int:
    i = start + 1
    if pattern.startswith(("^]", "]"), i):
        i += 1 + pattern.startswith("^", i)
    while pattern[i] != "]":
        i += 2 if pattern[i] == "\\" else 1
    return i + 1


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
