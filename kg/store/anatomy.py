"""What a Cypher text is made of, as far as checks need to know: its patterns, the names they bind, what flows into what, what it returns.

This is no parser of Cypher (the server has one): it reads the patterns, aliases and filters of the query modules, and where it is in
doubt it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.store.words import CLOSING, Words

_BEFORE_A_NODE = frozenset(
    {"MATCH", "WHERE", "AND", "OR", "XOR", "NOT", "IN", "RETURN", "WITH", "WHEN", "THEN", "ELSE", "shortestPath", "allShortestPaths"}
)
_CLAUSES = frozenset(
    {"MATCH", "OPTIONAL", "WHERE", "WITH", "RETURN", "UNWIND", "CALL", "YIELD", "ORDER", "SKIP", "LIMIT", "UNION", "DISTINCT", "BY", "ON"}
)


class Node(NamedTuple):
    """A node pattern, or a name held against labels in a condition: where it stands, its name, labels and the keys of its map."""

    at: int
    name: str | None
    labels: frozenset[str]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Walk:
    """A relationship pattern: where it stands, its name and that of its path, types, whether it has a direction,
    is one hop, has an upper bound of hops, and the nodes at its two ends."""

    at: int
    name: str | None = None
    path: str | None = None
    types: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    directed: bool = True
    single: bool = True
    bounded: bool = True
    source: Node | None = None
    target: Node | None = None


class Use(NamedTuple):
    """A property read of a name, such as `f.belief`: where it stands."""

    at: int
    name: str
    property: str


class Item(NamedTuple):
    """One thing that the text returns: its name, and the tokens it is made of (from, to)."""

    name: str
    begin: int
    end: int


@dataclass(frozen=True)
class Anatomy(Words):
    """A Cypher text in parts. Positions count its words."""

    @cached_property
    def nodes(self) -> list[Node]:
        """All node patterns, and all names held against labels."""
        found = [node for at in range(len(self.tokens)) if (node := self._node(at))]
        inside = {at for walk in self._brackets for at in range(walk, self.closing.get(walk, walk) + 1)}
        for at in range(1, len(self.tokens)):
            name = self.name_at(at - 1)
            if self.is_sign(at, ":") and name and at not in inside and not self._is_key(at - 1) and not self._opens_a_node(at - 2):
                found.append(Node(at - 1, name, self._labels(at)))
        return found

    @cached_property
    def walks(self) -> list[Walk]:
        """All relationship patterns, those without brackets (`-->`) among them."""
        bare = [
            at for at in range(2, len(self.tokens))
            if self.is_sign(at, "-") and self.is_sign(at + 1, "-") and self.is_sign(at - 1 - self.is_sign(at - 1, "<"), ")")
        ]
        return [self._walk(at) for at in self._brackets] + [
            Walk(at, path=self._path(at), directed=self.is_sign(at - 1, "<") != self.is_sign(at + 2, ">")) for at in bare
        ]

    @cached_property
    def uses(self) -> list[Use]:
        """All properties that are read of a name."""
        return [
            Use(at, name, prop)
            for at in range(len(self.tokens) - 2)
            if (name := self.name_at(at)) and self.is_sign(at + 1, ".") and (prop := self.name_at(at + 2))
            and not self.is_sign(at - 1, ".") and not self.is_sign(at + 3, "(", ".")
        ]

    @cached_property
    def parameters(self) -> dict[str, int]:
        """The parameters, without their dollar, and where each stands first."""
        return {token.text[1:]: at for at, token in reversed([*enumerate(self.tokens)]) if token.kind == "parameter"}

    @cached_property
    def keys(self) -> set[str]:
        """The keys of all maps."""
        return {token.text for at, token in enumerate(self.tokens) if token.kind == "name" and self._is_key(at)}

    @cached_property
    def flows(self) -> dict[str, set[str]]:
        """Which names are made of a name: `x AS y`, `y IN x`, `path = (...)` and what they hold; more rather than fewer."""
        flows: dict[str, set[str]] = {}
        for at in range(1, len(self.tokens) - 1):
            if self.is_word(at, "AS") and (made := self.name_at(at + 1)):
                begin = self._backwards(at)
                parts: Iterator[int] = iter(range(begin, at))
            elif self.is_word(at, "IN") and (made := self.name_at(at - 1)) and not self.is_sign(at - 2, "."):
                parts = iter(range(at + 1, self._forwards(at + 1)))
            else:
                continue
            for part in parts:
                name = self.name_at(part)
                if name and not self.is_sign(part - 1, ".") and not self.is_sign(part + 1, "("):
                    flows.setdefault(name, set()).add(made)
        return flows

    def made_of(self, *names: str | None) -> set[str]:
        """Return these names and all that are made of them."""
        reached: set[str] = set()
        waiting = [name for name in names if name]
        while waiting:
            if (name := waiting.pop()) not in reached:
                reached.add(name)
                waiting += self.flows.get(name, ())
        return reached

    @cached_property
    def answer(self) -> int | None:
        """Where the RETURN of the whole text stands (the first, where a UNION gives several), None without one."""
        return next((at for at in range(len(self.tokens)) if self.is_word(at, "RETURN") and self.scopes[at] == ((0, 0),)), None)

    @cached_property
    def items(self) -> list[Item]:
        """What the text returns. An item without a name of its own is named by its text."""
        if self.answer is None:
            return []
        items, begin, at = [], self.answer + 1 + self.is_word(self.answer + 1, "DISTINCT"), self.answer + 1
        while at <= len(self.tokens):
            at = self.closing.get(at, at)
            if at >= len(self.tokens) or self.is_sign(at, ",", ";") or self._ends_items(at):
                if at > begin:
                    name = self.tokens[at - 1].text if self.is_word(at - 2, "AS") else self.source(begin, at)
                    items.append(Item(name, begin, at))
                if not self.is_sign(at, ","):
                    break
                begin = at + 1
            at += 1
        return items

    @cached_property
    def limited(self) -> bool:
        """True when the answer ends in a LIMIT."""
        return self.answer is not None and any(
            self.is_word(at, "LIMIT") and len(self.scopes[at]) == 1 for at in range(self.answer, len(self.tokens))
        )

    @cached_property
    def _brackets(self) -> list[int]:
        return [
            at for at in range(3, len(self.tokens))
            if self.is_sign(at, "[") and self.is_sign(at - 1, "-") and self.is_sign(at - 2 - self.is_sign(at - 2, "<"), ")")
        ]

    def _ends_items(self, at: int) -> bool:
        return self.is_word(at, "SKIP", "LIMIT", "UNION") or (self.is_word(at, "ORDER") and self.is_word(at + 1, "BY"))

    def _opens_a_node(self, at: int) -> bool:
        if not self.is_sign(at, "("):
            return False
        before = self.name_at(at - 1)
        if before and before not in _BEFORE_A_NODE and before.upper() not in _BEFORE_A_NODE:
            return False  # a function
        after = at + 1 + bool(self.name_at(at + 1))
        return self.is_sign(after, ")", ":", "{") or self.is_word(after, "WHERE")

    def _node(self, at: int | None) -> Node | None:
        if at is None or not self._opens_a_node(at):
            return None
        name = self.name_at(at + 1)
        after = at + 1 + bool(name)
        labels = self._labels(after) if self.is_sign(after, ":") else frozenset()
        return Node(at, name, labels, self._own_keys(at))

    def _own_keys(self, bracket: int) -> tuple[str, ...]:
        """Return the keys of the map of a pattern."""
        end = self.closing.get(bracket, len(self.tokens))
        brace = next((at for at in range(bracket, end) if self.is_sign(at, "{")), None)
        if brace is None or any(self.is_word(at, "WHERE") for at in range(bracket, brace)):
            return ()
        return tuple(self.tokens[at].text for at in range(brace, self.closing.get(brace, end)) if self._is_key(at) and self.name_at(at))

    def _labels(self, colon: int) -> frozenset[str]:
        """Read a label expression, `:A|B` or `:A&!B`: the names in it, those after `!` apart."""
        found, at, wants_name = set(), colon + 1, True
        while at < len(self.tokens):
            if wants_name and (name := self.name_at(at)):
                if not self.is_sign(at - 1, "!"):
                    found.add(name)
                wants_name = False
            elif not wants_name and self.is_sign(at, "|", "&", ":"):
                wants_name = True
            elif not (wants_name and self.is_sign(at, "!", "(", ":", "%")):
                break
            at += 1
        return frozenset(found)

    def _walk(self, at: int) -> Walk:
        end = self.closing.get(at, len(self.tokens) - 1)
        name = self.name_at(at + 1)
        colon = at + 1 + bool(name)
        types = tuple(sorted(self._labels(colon))) if self.is_sign(colon, ":") else ()
        leftwards, rightwards = self.is_sign(at - 2, "<"), self.is_sign(end + 2, ">")
        beyond = end + 2 + rightwards
        left = self._node(self.opening.get(at - 2 - leftwards))
        right = self._node(beyond if self.is_sign(beyond, "(") else None)
        return Walk(
            at, name, self._path(at), types, self._own_keys(at), directed=leftwards != rightwards, single=not self._star(at, end),
            bounded=self._bounded(at, end, beyond), source=right if leftwards else left, target=left if leftwards else right,
        )

    def _bounded(self, begin: int, end: int, beyond: int) -> bool:
        """Tell whether a pattern's hops have an upper bound: `*1..4` and `{1,4}` do, `*`, `*2..`, `+` and `{1,}` do not."""
        if star := self._star(begin, end):
            number = star + 1 + (self.tokens[star + 1].kind == "number")
            if self.is_sign(number, ".."):
                return self.tokens[number + 1].kind == "number"
            return number > star + 1
        quantified = [beyond]
        for open_ in (at for at, close in self.closing.items() if at < begin and end < close and self.is_sign(at, "(")):
            quantified.append(self.closing[open_] + 1)
        for at in quantified:
            if self.is_sign(at, "+", "*"):
                return False
            if self.is_sign(at, "{") and self.is_sign(self.closing.get(at, at) - 1, ","):
                return False
        return True

    def _star(self, begin: int, end: int) -> int | None:
        """Return where the star of a pattern of several hops stands."""
        inside = next((at for at in range(begin + 1, end) if self.is_sign(at, *CLOSING) or self.is_word(at, "WHERE")), end)
        return next((at for at in range(begin, inside) if self.is_sign(at, "*")), None)

    def _path(self, at: int) -> str | None:
        """Return the name of the path that a pattern is part of."""
        while at > 0:
            at -= 1
            at = self.opening.get(at, at)
            if self.is_sign(at, "=") and self.name_at(at - 1) and not self.is_sign(at - 2, "."):
                return self.name_at(at - 1)
            if self.is_sign(at, ",", "{", "[") or self.is_word(at, "MATCH", "WHERE", "EXISTS"):
                return None
        return None

    def _is_key(self, at: int) -> bool:
        """Tell whether a name is the key of a map, or of the map of a pattern."""
        if not self.is_sign(at + 1, ":") or not self.is_sign(at - 1, "{", ","):
            return False
        around = max((open_ for open_, close in self.closing.items() if open_ < at < close), default=None)
        return around is not None and self.is_sign(around, "{") and not self.opens_a_subquery(around)

    def _backwards(self, at: int) -> int:
        """Return where the expression that ends before `at` begins."""
        while at > 0:
            at -= 1
            if at in self.opening:
                at = self.opening[at]
            elif self.is_sign(at, ",", "{", "(", "[") or self.is_word(at, *_CLAUSES):
                return at + 1
        return 0

    def _forwards(self, at: int) -> int:
        """Return where the expression that begins at `at` ends."""
        while at < len(self.tokens):
            if self.is_sign(at, "|", "]", ")", "}", ",") or self.is_word(at, *_CLAUSES, "AND", "OR"):
                return at
            at = self.closing.get(at, at) + 1
        return at


def dissect(cypher: str) -> Anatomy:
    """Return the parts of a Cypher text."""
    return Anatomy.of(cypher)
