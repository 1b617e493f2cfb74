"""Made-up sentences of trade news with their trees, so that an English parser that grew up on weblogs and mail meets the verbs of supply.

In EWT "supplies" and "orders" are nouns nearly always. A few hundred generated sentences beside 12,500 real ones show both readings;
names and goods are random, so nothing is learned of any company.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import yaml

from kg.training.corpora import Sentence

_FORMS = {"VB": 0, "VBZ": 1, "VBD": 2, "VBN": 3, "VBG": 4}
_POS = {"IN": "ADP", "CC": "CCONJ", "DT": "DET", "MD": "AUX", "TO": "PART", "RB": "PART", "PRP": "PRON", "PRP$": "PRON", "WDT": "PRON"}
_POS |= {"WRB": "ADV", "JJ": "ADJ", ".": "PUNCT", ",": "PUNCT", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "CD": "NUM", "$": "SYM"}
_INNER = {"the": ("DT", "det"), "a": ("DT", "det"), "its": ("PRP$", "nmod:poss"), "two": ("CD", "nummod")}
_INNER |= dict.fromkeys(("optical", "liquid", "advanced", "natural"), ("JJ", "amod"))

Word = tuple[str, str, str, str, int]  # form, tag, lemma, dependency, head


@dataclass(frozen=True)
class _Trade:
    """What trade_en.yaml says."""

    verbs: Mapping[str, Sequence[str]]
    syllables: Sequence[str]
    endings: Sequence[str]
    goods: Sequence[str]
    sites: Sequence[str]
    plurals: Sequence[str]
    lemmas: Mapping[str, str]
    templates: Sequence[str]


def trade_sentences(count: int, treebank: Sequence[Sentence], seed: int = 7) -> list[Sentence]:
    """`count` sentences; a word's features are those most often met with its tags in `treebank`."""
    rng = random.Random(seed)  # noqa: S311
    trade = _Trade(**yaml.safe_load((Path(__file__).parent / "trade_en.yaml").read_text(encoding="utf-8")))
    features = _features(treebank)
    return [_fill(rng.choice(trade.templates), trade, rng, features) for _ in range(count)]


def _features(treebank: Sequence[Sentence]) -> dict[tuple[str, str], str]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for sentence in treebank:
        counts.update(zip(sentence.tags, sentence.pos, sentence.morphs, strict=False))
    return {(tag, pos): morph for (tag, pos, morph), _ in reversed(counts.most_common())}


def _fill(template: str, trade: _Trade, rng: random.Random, features: dict[tuple[str, str], str]) -> Sentence:
    """One sentence from one template: pieces of several words hang on their own last word (a sum of money on its sign)."""
    pieces: list[tuple[list[Word], int, str, int]] = []
    for item in template.split(" "):
        what, outer_tag, dep, place = item.rsplit("/", 3)
        words = _words(what, outer_tag, trade, rng)
        top = 0 if words[0][1] == "$" else len(words) - 1
        pieces.append((words, top, dep, int(place)))
    starts = [0, *accumulate(len(words) for words, *_ in pieces)][: len(pieces)]
    rows: list[Word] = []
    for start, (inside, summit, outer, head) in zip(starts, pieces, strict=True):
        for index, (word, tag, lemma, inner, inner_head) in enumerate(inside):
            if index != summit:
                rows.append((word, tag, lemma, inner, start + inner_head))
            elif head == 0:
                rows.append((word, tag, lemma, "ROOT", start + index))
            else:
                rows.append((word, tag, lemma, outer, starts[head - 1] + pieces[head - 1][1]))
    forms = [row[0] for row in rows]
    forms[0] = forms[0][:1].upper() + forms[0][1:]
    pos = [_pos(tag, lemma, dep) for _, tag, lemma, dep, _ in rows]
    return Sentence(
        words=tuple(forms),
        spaces=tuple(word != "$" and following not in (".", ",") for word, following in zip(forms, [*forms[1:], "."], strict=True)),
        tags=tuple(row[1] for row in rows),
        pos=tuple(pos),
        morphs=tuple(features.get((row[1], kind), "") for row, kind in zip(rows, pos, strict=True)),
        lemmas=tuple(row[2] for row in rows),
        heads=tuple(row[4] for row in rows),
        deps=tuple(row[3] for row in rows),
    )


def _words(what: str, tag: str, trade: _Trade, rng: random.Random) -> list[Word]:
    """The words of a piece, their dependencies and heads inside the piece."""
    if what == "C":
        name = "".join(rng.sample(trade.syllables, 2)).capitalize()
        ending = rng.choice(trade.endings)
        return [(name, "NNP", name, "compound", 1), *([(ending, "NNP", ending, "", 0)] if ending else [])]
    if what in ("P", "S"):
        return _phrase(rng.choice(trade.goods if what == "P" else trade.sites), trade)
    if what == "N":
        amount = str(rng.randrange(1, 900))
        return [("$", "$", "$", "", 0), (amount, "CD", amount, "compound", 2), ("billion", "CD", "billion", "nummod", 0)]
    kind, _, form = what.partition(":")
    if form:
        verb = rng.choice(trade.verbs[kind]).split()
        return [(verb[_FORMS[form]], form, verb[0], "", 0)]
    return [(what, tag, trade.lemmas.get(what, what.lower()), "", 0)]


def _phrase(text: str, trade: _Trade) -> list[Word]:
    words = text.split(" ")
    last = len(words) - 1
    rows = []
    for index, word in enumerate(words):
        tag, dep = _INNER.get(word, ("NN", "compound"))
        if index == last:
            tag = "NNS" if word in trade.plurals else "NN"
        rows.append((word, tag, trade.lemmas.get(word, word[:-1] if tag == "NNS" else word), dep, last))
    return rows


def _pos(tag: str, lemma: str, dep: str) -> str:
    if tag.startswith("VB"):
        return "ADP" if lemma == "accord" else "AUX" if dep.startswith(("aux", "cop")) else "VERB"
    return _POS[tag]
