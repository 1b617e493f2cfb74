"""A sentence before spaCy: its text, and what is written on it. Words, tags and a tree come when a reader asks for them.

Most sentences are read by names, values and patterns alone; which of them need more is known best by the readers themselves. So nobody
guesses: a reader that asks a draft for its words raises `Unparsed`, the reader of documents collects such sentences, has them parsed in
batches, and lets the reader read them again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from kg.nlp.spans import ATTRIBUTES

Cut = Callable[[], Doc]
Forms = Callable[[frozenset[str]], Collection[str]]


class Unparsed(Exception):
    """A reader asked for the words of a draft that are still to come."""


class Draft(Doc if TYPE_CHECKING else object):  # type: ignore[misc] # the readers take it for a Doc; a real one cannot wait for its words
    """One sentence, to the readers as good as a `Doc`: `text`, `_` (the attributes of `kg.nlp.spans`), and its words in time.

    `cut` makes its words when they are first wanted; they are the readers' once they are `parsed`. A draft that is not `worth_parsing` has
    no words for anybody. `forms` tells which forms, in lower case, the pipeline can take for forms of some lemmas.
    """

    __slots__ = ("_", "_cut", "_forms", "_spelled", "_words", "parsed", "text", "worth_parsing")

    def __init__(self, text: str, cut: Cut, forms: Forms | None = None) -> None:
        self.text = text
        self._: Any = SimpleNamespace(**ATTRIBUTES)
        self.parsed = False
        self.worth_parsing = True
        self._cut, self._forms = cut, forms
        self._words: Doc | None = None
        self._spelled: frozenset[str] | None = None

    @property
    def words(self) -> Doc:
        """The sentence's words, parsed or yet to be."""
        if self._words is None:
            self._words = self._cut()
        return self._words

    def write(self) -> None:
        """Write on the words what is written on the sentence."""
        for name in ATTRIBUTES:
            self.words._.set(name, getattr(self._, name))

    def to_parse(self) -> Doc:
        """Return the words for a pipeline to tag and parse, with what is written on the sentence."""
        self.write()
        return self.words

    def may_hold(self, lemmas: frozenset[str]) -> bool:
        """Tell whether a word of one of these lemmas (lower case) can stand in the sentence; True where that is not known."""
        if self._forms is None:
            return True
        if self._spelled is None:  # asked once a frame; a walk over spaCy's words is slow
            self._spelled = frozenset(word.lower_ for word in self.words)
        return not self._spelled.isdisjoint(self._forms(lemmas))

    def char_span(self, *place: Any, **options: Any) -> Any:
        """Return the words at some characters, as `Doc.char_span` does."""
        words = self._read()
        return words.char_span(*place, **options) if words else None

    def __iter__(self) -> Iterator[Any]:
        yield from self._read()

    def __reversed__(self) -> Iterator[Any]:
        yield from reversed(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __getitem__(self, place: Any) -> Any:
        return self._read()[place]

    def _read(self) -> Any:
        if self.parsed:
            return self.words
        if self.worth_parsing:
            raise Unparsed
        return ()
