"""Which written forms a lemmatizer can make a lemma of: one of them must stand where a word of that lemma is to be.

spaCy's edit-tree lemmatizer (Chrupała 2008; Müller et al. 2015) knows a finite set of edits, each of which can be run backwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.language import Language as Pipeline
from spacy.pipeline import EditTreeLemmatizer

_NONE = 0xFFFFFFFF  # spaCy's mark of a tree that is not there


class Lemmas:
    """The edits of one pipeline's lemmatizer, run backwards."""

    def __init__(self, trees: Sequence[Mapping[str, Any]], used: Sequence[int]) -> None:
        self._trees, self._used = trees, used
        self._known: dict[frozenset[str], frozenset[str]] = {}

    def forms(self, lemmas: frozenset[str]) -> frozenset[str]:
        """Return every form, in lower case, that can be given one of `lemmas` (in lower case); the lemmas themselves are among them."""
        if lemmas not in self._known:
            made = (self._undo(tree, lemma, None) for lemma in lemmas for tree in self._used)
            self._known[lemmas] = lemmas.union(form for form in made if form is not None)
        return self._known[lemmas]

    def _undo(self, tree: int, lemma: str, length: int | None) -> str | None:
        """Return the form that a tree turns into `lemma`, None where there is none. `length` is the form's, where it is known."""
        node = self._trees[tree]
        if "orig" in node:
            fits = node["subst"].lower() == lemma
            return node["orig"].lower() if fits else None
        before, after = self._size(node["prefix_tree"], node["prefix_len"]), self._size(node["suffix_tree"], node["suffix_len"])
        middle = len(lemma) - before - after
        if middle < 0 or (length is not None and middle != length - node["prefix_len"] - node["suffix_len"]):
            return None
        cut = before + middle
        start = self._undo(node["prefix_tree"], lemma[:before], node["prefix_len"]) if node["prefix_tree"] != _NONE else ""
        end = self._undo(node["suffix_tree"], lemma[cut:], node["suffix_len"]) if node["suffix_tree"] != _NONE else ""
        return None if start is None or end is None else start + lemma[before:cut] + end

    def _size(self, tree: int, length: int) -> int:
        """Return the length of what a tree makes of a form of this length."""
        if tree == _NONE:
            return 0
        node = self._trees[tree]
        if "orig" in node:
            return len(str(node["subst"]))
        kept = length - int(node["prefix_len"]) - int(node["suffix_len"])
        return self._size(node["prefix_tree"], node["prefix_len"]) + kept + self._size(node["suffix_tree"], node["suffix_len"])


def lemmas_of(pipeline: Pipeline) -> Lemmas | None:
    """Return what a pipeline's lemmatizer can do; None where it works in another way, so that any form may have any lemma."""
    found = [pipe for name, pipe in pipeline.pipeline if "token.lemma" in pipeline.get_pipe_meta(name).assigns]
    if len(found) != 1 or not isinstance(found[0], EditTreeLemmatizer):
        return None
    known = found[0].label_data
    return Lemmas(known["trees"], known["labels"])
