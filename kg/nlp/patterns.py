"""The patterns of surface frames, written out as regular expressions over the *shadow* of a sentence (`kg.nlp.shadow`).

A pattern is a Python regular expression with these additions:

- `{role:Label|Label}` one mention of these labels; `{role}` alone takes the labels that the ontology allows there; `{role:Label+}` a
  coordinated list, one reading a member; `{_:Label}` a mention without a role. Roles are subject, object or a property of the relation.
  A `!` after the labels wants a name, not a common noun ("H200", not "chips").
- `{object:Label+weight_pct:value.percent}` a list of which each member may have a value of its own, all before ("60% in X and 40% in Y")
  or all behind ("X (60%), Y (40%)"); members that share one value before them are joint ("40,000 H100 and H200").
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
from dataclasses import dataclass
from functools import cache

from kg.knowledge.frames import Frame, Frames
from kg.knowledge.ontology import Ontology
from kg.nlp.shadow import ANY_MENTION, ANY_VALUE, VALUE_KINDS, back_characters, mention_characters, value_characters

_SLOT = re.compile(r"\{([a-z_]+)(?::([A-Za-z.|]+))?(!)?(?:(\+)(?:([a-z_]+):(value\.[a-z.|]+))?)?\}")
_OPENING = re.compile(r"\((?:\?(?:P<([a-z_]+)>|[:=!>]|-?i:))?")
_PLAIN = re.compile(r"[^\W_]+")  # no macro begins in here
_THINGS = frozenset({"Product", "Facility", "Infrastructure", "Resource", "Sector", "Program"})
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
    each: str | None = None  # the property that each member of a list may have a value of


class Writer:
    """Writes a pattern as a regular expression. `lean` leaves out what a match may lack: enough to see what it cannot lack."""

    def __init__(self, frame: Frame, frames: Frames, ontology: Ontology, written: dict[tuple[str, bool], str], *, lean: bool) -> None:
        self.frame, self.frames, self.ontology, self.written, self.lean = frame, frames, ontology, written, lean
        self.relation = ontology.facts[frame.relation]
        self.slots: list[Slot] = []
        self.triggers: list[str] = []
        self.clause = False

    def write(self) -> str:
        """Return the frame's pattern as a regular expression. Raises ValueError for what it cannot say."""
        assert self.frame.pattern is not None
        return self._expand(self._characters(self.frame.pattern))

    def _expand(self, pattern: str) -> str:
        out: list[str] = []
        i, after_slot = 0, False
        leads, groups = True, [False]  # whether nothing stands before this place, and whether its groups began so
        while i < len(pattern):
            slot = _SLOT.match(pattern, i)
            opening = _OPENING.match(pattern, i)
            if pattern[i] == "\\":
                piece, step = pattern[i:i + 2], 2
            elif pattern[i] == "[":
                step = _class_end(pattern, i) - i
                piece = pattern[i:i + step]
            elif slot:
                piece, step = self._slot(slot, leads=leads), slot.end() - i
            elif pattern.startswith("...", i):
                piece, step = self._gap(_STOPS_LONG, "", self.frames.syntax.long_gap, after_slot), 3
            elif pattern.startswith("..", i):
                piece, step = self._gap(_STOPS_SHORT, ANY_MENTION, self.frames.syntax.gap, after_slot), 2
            elif word := re.match(r"@([a-z_]+)", pattern[i:]):
                piece, step = self._words(word[1]), word.end()
            elif pattern.startswith(("(?<!", "(?<="), i):  # of a fixed width: a blank is one blank
                step = pattern.index(")", i) + 1 - i
                piece = pattern[i:i + step]
            elif opening:
                piece, step = self._named(opening[1]) if opening[1] else opening[0], opening.end() - i
                groups.append(leads)
            elif pattern.startswith(" ?", i):
                piece, step = r"\s*", 2
            elif pattern[i] == " ":
                piece, step = (r"\s+" if self.frames.syntax.spaces else r"\s*"), 1
            else:
                piece, step = (plain[0], plain.end() - i) if (plain := _PLAIN.match(pattern, i)) else (pattern[i], 1)
            out.append(piece)
            i += step
            after_slot = slot is not None and _is_mention(slot)
            if after_slot and _is_last(pattern, i):
                out.append(f"(?!{self._syntax(self.frames.syntax.possessed)})")
            elif after_slot and self.frames.syntax.spaces and "'" not in pattern[i:i + 24]:
                out.append("(?!'s?(?![a-z]))")
            if piece == ")":
                leads = groups.pop() and False
            elif not opening:
                leads = groups[-1] if piece == "|" else leads and not piece
        return "".join(out)

    def _slot(self, found: re.Match[str], leads: bool) -> str:
        role, kinds, named, many, each, each_kinds = found.groups()
        own = self.relation.own
        for name in {role, each} - {"subject", "object", "_", None}:
            if name not in own:
                raise ValueError(f"{self.relation.name} has no property {name}")
        if kinds == "word":
            texts = [text for entry in self.frames.forms.get(role, {}).values() for text in entry]
            if not texts:
                raise ValueError(f"words.yaml lists no forms of {role}")
            return f"(?P<{self._group(role, 'word')}>{self._alternatives(texts)})"
        if kinds == "code":
            return f"(?P<{self._group(role, 'text')}>{_CODE})"
        if kinds and kinds.startswith("value."):
            characters = f"[{_kinds(kinds)}]"
            return characters if role == "_" else f"(?P<{self._group(role, 'value')}>{characters})"
        labels = frozenset(kinds.split("|")) if kinds else self._allowed(role)
        if unknown := labels - set(self.ontology.labels):
            raise ValueError(f"there is no label {', '.join(sorted(unknown))}")
        if self.lean:
            one = f"[{mention_characters(labels, named=bool(named))}]"
            return f"(?P<{self._group(role, 'mention', labels, each)}>{one})" if role != "_" else one
        syntax, things = self.frames.syntax, labels <= _THINGS
        before = self._syntax((syntax.before_thing or syntax.before) if things else syntax.before)
        one = f"[{mention_characters(labels, named=bool(named))}]" + self._syntax(syntax.after_thing if things else syntax.after)
        body = self._list(one, before, _kinds(each_kinds) if each else None) if many else one
        group = f"(?P<{self._group(role, 'mention', labels, each)}>{body})" if role != "_" else f"(?:{body})"
        return group if each or leads else before + group  # a pattern that begins with a mention is found fastest

    def not_subject(self) -> re.Pattern[str]:
        """Return what stands before a mention that is no subject: a preposition, and perhaps a description of the mention."""
        syntax = self.frames.syntax
        described = f"(?:{syntax.before}|{syntax.before_thing})" + (f"(?:{syntax.unknown} )?" if syntax.spaces else "")
        return _compiled(self._syntax(f"{syntax.not_subject.removesuffix('$')}{described}$"))

    def _list(self, one: str, before: str, values: str | None) -> str:
        """Write a coordinated list, names unknown to the lexicon among its members, each with a value or an aside ("up 3%") of its own."""
        syntax = self.frames.syntax
        separator, aside = self._syntax(syntax.separator), self._syntax(syntax.aside)
        first = f"{one}{aside}"
        if values:
            ahead, behind = (self._syntax(piece).replace("<values>", f"[{values}]") for piece in (syntax.value_before, syntax.value_after))
            before, first, one = f"{ahead}{before}", f"{ahead}{before}{one}{behind}{aside}", f"{one}{behind}"
        unknown = f"|{self._syntax(syntax.unknown)}{aside}(?={separator})" if syntax.unknown else ""
        member = f"{before}(?:{one}{aside}{unknown})"
        ends = f"(?!{self._syntax(syntax.next_clause)})" if syntax.next_clause else ""
        return f"{first}(?:{ends}{separator}{member})*{self._syntax(syntax.others)}"

    def _allowed(self, role: str) -> frozenset[str]:
        if role == "subject":
            return frozenset(self.relation.domain)
        if role == "object":
            return frozenset(self.relation.range)
        return frozenset(self.ontology.labels) - {"Metric", "Document", "Claim", "Build"}

    def _group(self, role: str, kind: str, labels: frozenset[str] = frozenset(), each: str | None = None) -> str:
        name = f"{role}__{len(self.slots)}"
        self.slots.append(Slot(name, role, kind, labels, each))
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
        return self._expand_words(name, entry) if isinstance(entry, str) else self._alternatives(list(entry))

    def _expand_words(self, name: str, entry: str) -> str:
        if (name, self.lean) not in self.written:
            roles = len(self.slots) + len(self.triggers)
            piece = f"(?:{self._expand(self._characters(entry))})"
            if len(self.slots) + len(self.triggers) > roles:  # groups have names of their own in each pattern
                return piece
            self.written[name, self.lean] = "" if self.lean and _may_be_empty(piece) else piece
        return self.written[name, self.lean]

    def _alternatives(self, texts: list[str]) -> str:
        joined = "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in sorted(texts, key=len, reverse=True))
        return rf"\b(?:{joined})\b" if self.frames.syntax.spaces else f"(?:{joined})"

    def _gap(self, stops: str, mentions: str, longest: int, after_slot: bool) -> str:
        if self.lean:
            return ".*?"
        guard = f"(?!{self._syntax(self.frames.syntax.possessed)})" if after_slot else ""
        words = f"[^{stops}{mentions}]{{0,{longest}}}?"
        if mentions and self.frames.syntax.spaces:  # "its" is no name that stands between
            words += f"(?:[{back_characters()}]'s{words})?"
        return guard + words

    def _syntax(self, piece: str) -> str:
        if self.lean:
            return ""
        return self._characters(piece).replace(" ?", r"\s*").replace(" ", r"\s+" if self.frames.syntax.spaces else r"\s*")

    def _characters(self, piece: str) -> str:
        """Put the characters for `<Label>` and `<value>`."""
        piece = re.sub(r"<([A-Z][a-z]+)>", lambda m: f"[{mention_characters(frozenset({m[1]}))}]", piece)
        if self.frames.syntax.spaces:  # what "its" refers back to is a mention in its place
            piece = _ITS.sub(lambda m: f"(?:{m[0]}|[{back_characters()}]'s)", piece)
        return piece.replace("<value>", f"[{ANY_VALUE}]")


_ITS = re.compile(r"(?<![a-z'@-])(?:its|their)(?![a-z'-])")


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


@cache
def _may_be_empty(source: str) -> bool:
    return _compiled(source).fullmatch("") is not None


def _kinds(listed: str) -> str:
    names = [name.removeprefix("value.") for name in listed.split("|")]
    if strange := set(names) - set(VALUE_KINDS):
        raise ValueError(f"there is no value of kind {', '.join(sorted(strange))}")
    return value_characters(tuple(names))


def _is_mention(slot: re.Match[str]) -> bool:
    return not (slot[2] or "").startswith(("value.", "word", "code"))


def _is_last(pattern: str, i: int) -> bool:
    """Tell whether nothing more is wanted after character `i`, but what must not follow."""
    while i < len(pattern) and pattern[i] in ")|":
        if pattern[i] == "|":
            depth = 0
            while i < len(pattern) and (depth or pattern[i] != ")"):
                depth += {"(": 1, ")": -1}.get(pattern[i], 0)
                i += 2 if pattern[i] == "\\" else 1
        i += 1
    return i >= len(pattern) or pattern.startswith("(?!", i)


def _class_end(pattern: str, start: int) -> int:
    i = start + 1
    if pattern.startswith(("^]", "]"), i):
        i += 1 + pattern.startswith("^", i)
    while pattern[i] != "]":
        i += 2 if pattern[i] == "\\" else 1
    return i + 1
