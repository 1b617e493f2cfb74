"""Which words a regular expression cannot match without: what is looked for before the expression is tried."""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined] # the parsed pattern has no public door
from typing import Any

from kg.nlp.shadow import FIRST_FREE, FIRST_MENTION


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
