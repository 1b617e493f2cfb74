"""Trees of other schemes as the Universal Dependencies that the frames read, and graphs that are no trees made into trees. Pure functions.

The schemes are data (`kg.knowledge.labels`). The conversion is the customary one (de Marneffe et al. 2014, "Universal Stanford
Dependencies"): content words govern, adpositions and copulas hang on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.knowledge.labels import Copula, Place, Raise, Scheme

_VERBAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})


class Word(NamedTuple):
    """A token of a parsed sentence: lower-case forms to know it by, its part of speech, its head's position (its own: the root), its label."""

    forms: frozenset[str]
    pos: str
    head: int
    dep: str


def rooted(heads: Sequence[int]) -> list[int]:
    """Return heads that make one tree: the first root stays, every other root and one link of every cycle go below it.

    Positions count from 0 and a root is its own head; a head outside the sentence makes a root.
    """
    size = len(heads)
    found = [head if 0 <= head < size else index for index, head in enumerate(heads)]
    if not size:
        return found
    root = next((index for index, head in enumerate(found) if head == index), 0)
    found[root] = root
    safe = {root}
    for index in range(size):
        path = [index]
        while path[-1] not in safe:
            above = found[path[-1]]
            if above == path[-1] or above in path:
                found[path[-1]] = root
                break
            path.append(above)
        safe.update(path)
    return found


def universal(words: Sequence[Word], scheme: Scheme) -> tuple[list[int], list[str]]:
    """Return heads and labels of a tree of `scheme` in universal form; a label that the scheme does not know stays as it is."""
    tree = _Tree(words)
    for rule in scheme.raised:
        for index in tree.deepest_first():
            while tree.deps[index] == rule.object and tree.heads[index] != index:  # once for each adposition above it
                tree.raise_object(index, rule, scheme)
    if scheme.copula is not None:
        for index in tree.deepest_first():
            tree.raise_complement(index, scheme.copula)
    return tree.heads, [
        dep if final else _label(dep, word.pos, scheme.labels) for dep, final, word in zip(tree.deps, tree.final, words, strict=True)
    ]


def _label(dep: str, pos: str, labels: Mapping[str, str]) -> str:
    """Return kg's label: for the label with its part of speech, for the label, or for the label without its subtype."""
    return labels.get(f"{dep}/{pos}") or labels.get(dep) or labels.get(dep.partition(":")[0], dep)


class _Tree:
    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.heads = [word.head for word in words]
        self.deps = [word.dep for word in words]
        self.final = [False] * len(words)  # the label is kg's already

    def deepest_first(self) -> list[int]:
        return sorted(range(len(self.heads)), key=self._depth, reverse=True)

    def _depth(self, index: int) -> int:
        depth = 0
        while self.heads[index] != index and depth <= len(self.heads):
            index, depth = self.heads[index], depth + 1
        return depth

    def raise_object(self, noun: int, rule: Raise, scheme: Scheme) -> None:
        """Let the object of an adposition take its place."""
        adposition = self.heads[noun]
        above, dep = self.heads[adposition], self.deps[adposition]
        place = rule.phrases.get(dep, dep)
        governed = self.words[above].pos == "ADP" or self._is_fixed(above, adposition, scheme)
        if dep in rule.phrases and governed and self.deps[above] in rule.phrases and not self._has_child(above, rule.object):
            place = rule.object  # "out of the house": the outer adposition takes the same noun
        elif isinstance(place, Place):
            place = place.verbal if self.words[above].pos in _VERBAL else place.nominal
        for child in self._children(adposition):
            if abs(child - adposition) == 1 and self._is_fixed(child, adposition, scheme):
                self.deps[child], self.final[child] = rule.function, True
        final = self.final[adposition] or (dep in rule.phrases and place not in {each.object for each in scheme.raised})
        self._swap(noun, adposition, place, rule.function, final=final)

    def raise_complement(self, verb: int, copula: Copula) -> None:
        """Let the noun or adjective after "to be" take its place."""
        if not self.words[verb].forms & copula.words:
            return
        children = self._children(verb)
        complement = next((child for child in children if self.deps[child] in copula.complements), None)
        if complement is None:
            return
        if copula.unless is not None and any(self.deps[child] == copula.unless for child in children):
            self.deps[complement] = copula.instead or self.deps[complement]
        else:
            self._swap(complement, verb, self.deps[verb], copula.function, final=self.final[verb])

    def _is_fixed(self, child: int, adposition: int, scheme: Scheme) -> bool:
        first, second = sorted((child, adposition))
        pairs = ((one, two) for one in self.words[first].forms for two in self.words[second].forms)
        return any(pair in scheme.fixed for pair in pairs)

    def _swap(self, child: int, function: int, place: str, called: str, *, final: bool) -> None:
        """Put `child` where its head `function` is, and `function` with all its other children below it."""
        for other in self._children(function):
            self.heads[other] = child
        self.heads[child] = child if self.heads[function] == function else self.heads[function]
        self.deps[child], self.final[child] = place, final
        self.heads[function], self.deps[function], self.final[function] = child, called, True

    def _children(self, index: int) -> list[int]:
        return [child for child, head in enumerate(self.heads) if head == index and child != index]

    def _has_child(self, index: int, dep: str) -> bool:
        return any(self.deps[child] == dep for child in self._children(index))
