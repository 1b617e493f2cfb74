"""Which words a regular expression cannot match without: what is looked for before the expression is tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _constants, _parser  # type: ignore[attr-defined] # the parsed pattern has no public door
from typing import Any, Generic, TypeVar

import ahocorasick

from kg.nlp.shadow import FIRST_FREE, FIRST_MENTION

T = TypeVar("T")
Needs = Sequence[frozenset[str]]  # strings of which a text must hold one each, the rarest set first


class Screen(Generic[T]):
    """Many things to look for, each with its needs: one pass over a text tells which of them can be in it at all."""

    def __init__(self, items: Iterable[tuple[T, Needs]]) -> None:
        self._items = tuple(items)
        self._always = [place for place, (_, needs) in enumerate(self._items) if not needs]
        self._by_rarest: dict[str, list[int]] = {}
        for place, (_, needs) in enumerate(self._items):
            for literal in needs[0] if needs else ():
                self._by_rarest.setdefault(literal, []).append(place)
        self._rest = [needs[1:] for _, needs in self._items]  # what is left to find once the rarest is there
        self._words = ahocorasick.Automaton()
        for literal in {literal for _, needs in self._items for need in needs for literal in need}:
            self._words.add_word(literal, literal)
        if len(self._words):
            self._words.make_automaton()

    def hopeful(self, text: str) -> list[T]:
        """Return the things that can be in a text, in the order in which they were given."""
        return [self._items[place][0] for place in sorted((*self._always, *self.met(text)))]

    def met(self, text: str) -> list[int]:
        """Return the places of those that need something, and find it all in a text."""
        said = {literal for _, literal in self._words.iter(text.lower())} if len(self._words) else set()
        places = {place for literal in said for place in self._by_rarest.get(literal, ())}
        found = []
        for place in places:  # a plain loop: this is asked of every sentence by every reader
            for need in self._rest[place]:
                if need.isdisjoint(said):
                    break
            else:
                found.append(place)
        return found


def screen_of(patterns: Iterable[tuple[T, re.Pattern[str]]]) -> Screen[tuple[T, re.Pattern[str]]]:
    """Return a screen of compiled patterns, each with what it stands for."""
    return Screen(((meaning, pattern), required(pattern.pattern)) for meaning, pattern in patterns)


def required(source: str) -> tuple[frozenset[str], ...]:
    """Return sets of strings, lower case: every match of the regular expression holds one string of each set. The rarest comes first."""
    choices = {choice for choice in _needs(_parser.parse(source, re.IGNORECASE)) if choice and _rarity(choice)[0] > 1}
    return tuple(sorted(choices, key=lambda choice: (_rarity(choice), sorted(choice)), reverse=True))


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
