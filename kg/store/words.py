"""Cypher as words: names, signs, strings and numbers with their lines, which bracket closes which, and the subqueries around each word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Self

_TOKEN = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<parameter>\$\w+)|`(?P<quoted>[^`]*)`"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>\.\.|<=|>=|<>|=~|\+=|\S)", re.DOTALL,
)
_BLOCKS = frozenset({"CALL", "EXISTS", "COUNT", "COLLECT"})
CLOSING = {"(": ")", "[": "]", "{": "}"}

Scope = tuple[tuple[int, int], ...]


class Token(NamedTuple):
    """One word of Cypher: what kind it is (name, parameter, string, number, sign), its text and its line, counted from 1."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Words:
    """A Cypher text in words. Positions count them."""

    text: str
    tokens: tuple[Token, ...]
    comments: tuple[Token, ...]
    offsets: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, cypher: str) -> Self:
        """Cut a text into words; comments are kept apart."""
        tokens, comments, offsets, line, last = [], [], [], 1, 0
        for match in _TOKEN.finditer(cypher):
            line += cypher.count("\n", last, match.start())
            last = match.start()
            kind = match.lastgroup or "sign"
            token = Token("name" if kind == "quoted" else kind, match[kind], line)
            if kind == "comment":
                comments.append(token)
            else:
                tokens.append(token)
                offsets.append(match.start())
        return cls(cypher, tuple(tokens), tuple(comments), tuple(offsets))

    def line(self, at: int) -> int:
        """Return the line of a token, counted from 1."""
        return self.tokens[min(at, len(self.tokens) - 1)].line

    def is_word(self, at: int, *texts: str) -> bool:
        """Tell whether the token is one of these keywords, in any case."""
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == "name" and self.tokens[at].text.upper() in texts

    def is_sign(self, at: int, *texts: str) -> bool:
        """Tell whether the token is one of these signs."""
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == "sign" and self.tokens[at].text in texts

    def name_at(self, at: int) -> str | None:
        """Return the name that stands there, None for anything else."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) and self.tokens[at].kind == "name" else None

    @cached_property
    def closing(self) -> dict[int, int]:
        """The position of the bracket that closes each opening one."""
        found, opened = {}, []
        for at in range(len(self.tokens)):
            if self.is_sign(at, *CLOSING):
                opened.append(at)
            elif self.is_sign(at, *CLOSING.values()) and opened:
                found[opened.pop()] = at
        return found

    @cached_property
    def opening(self) -> dict[int, int]:
        """The position of the bracket that opens each closing one."""
        return {end: begin for begin, end in self.closing.items()}

    @cached_property
    def scopes(self) -> list[Scope]:
        """The scope of each token: the subqueries around it, outermost first, each with the number of its branch of a UNION."""
        scopes: list[Scope] = []
        stack, ends, count = [(0, 0)], [len(self.tokens)], 0
        for at in range(len(self.tokens)):
            if at == ends[-1]:
                stack.pop()
                ends.pop()
            if self.is_word(at, "UNION"):
                block, branch = stack[-1]
                stack[-1] = (block, branch + 1)
            scopes.append(tuple(stack))
            if self.opens_a_subquery(at):
                count += 1
                stack.append((count, 0))
                ends.append(self.closing.get(at, len(self.tokens)))
        return scopes

    def opens_a_subquery(self, at: int) -> bool:
        """Tell whether a brace opens a subquery, and no map."""
        if not self.is_sign(at, "{"):
            return False
        before = self.opening.get(at - 1, at)  # CALL (name, name) {
        return self.is_word(at - 1, *_BLOCKS) or (before < at and self.is_word(before - 1, "CALL"))

    def source(self, begin: int, end: int) -> str:
        """Return the text of the tokens from `begin` up to `end`, as written."""
        last = self.tokens[end - 1].text
        return self.text[self.offsets[begin] : self.offsets[end - 1] + len(last)]
