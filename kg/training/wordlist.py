"""Words of the domain, found in plain text: strings whose characters cling together and whose neighbours vary.

The measures are pointwise mutual information and the entropy of the neighbours on either side ("accessor variety", Feng et al., 2004).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pypinyin.phrases_dict import phrases_dict

from kg.errors import DataError

_HAN = re.compile("[\u4e00-\u9fff]+")
_EDGE = ""
_PARTICLES = frozenset("的了着过为称将与在等及和或是有被以于至从对由后前中内外上下")


def word_list(data: Path) -> list[str]:
    """Words for the segmenter to lean on: pypinyin's phrases (two to five characters) and those mined from `data`'s Chinese texts.

    A phrase that the texts show often, but hardly ever by itself (商订 in 供应商订单, 导体 in 半导体), is left out.
    """
    seen = _measure(domain_texts(data))
    doubtful = {string for string, (cling, variety) in seen.items() if cling < 1.0 or variety < 0.5}
    phrases = {word for word in phrases_dict if 2 <= len(word) <= 5} - doubtful
    words = {string for string, (cling, variety) in seen.items() if cling >= 3.0 and variety >= 1.3}
    short = phrases | words
    # Of three characters, no word with another before it (元收购) and none that ends in a particle (公告称).
    return sorted(phrases | {word for word in words if len(word) == 2 or (word[1:] not in short and word[2] not in _PARTICLES)})


def domain_texts(data: Path) -> list[str]:
    """The sentences of FinRE, FewFC and the key-phrase set (only sets that may train what ships). DataError with file and line."""
    texts: set[str] = set()
    for number, path, line in _lines(data / "relations/finre/train.txt"):
        fields = line.split("\t")
        if len(fields) != 4:
            raise DataError("a FinRE line has four columns: head, tail, label, sentence", where=path, line=number)
        texts.add(fields[3])
    for name, key in (
        ("events/fewfc/train_base.json", "content"),
        ("events/fewfc/train_trans.json", "content"),
        ("ner/fintech_key_phrase/train.json", "text"),
    ):
        for number, path, line in _lines(data / name):
            try:
                texts.add(json.loads(line)[key])
            except (ValueError, KeyError) as fault:
                raise DataError(f"not a JSON object with {key!r}", where=path, line=number) from fault
    return sorted(texts)


def _measure(texts: Iterable[str], *, count: int = 25) -> dict[str, tuple[float, float]]:
    """Of each string of two or three characters met `count` times: its weakest mutual information and the entropy of the
    neighbours on its poorer side, in nats.
    """
    runs = [run for text in texts for run in _HAN.findall(text)]
    counts: Counter[str] = Counter()
    for run in runs:
        for size in (1, 2, 3):
            counts.update(run[at : at + size] for at in range(len(run) - size + 1))
    often = {string for string, times in counts.items() if len(string) > 1 and times >= count}
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for run in runs:
        for size in (2, 3):
            for at in range(len(run) - size + 1):
                string = run[at : at + size]
                if string in often:
                    before[string][run[at - 1] if at else _EDGE] += 1
                    after[string][run[at + size : at + size + 1]] += 1
    total = sum(len(run) for run in runs)
    return {
        string: (
            min(math.log(counts[string] * total / (counts[string[:cut]] * counts[string[cut:]])) for cut in range(1, len(string))),
            min(_entropy(before[string]), _entropy(after[string])),
        )
        for string in sorted(often)
    }


def _entropy(neighbours: Counter[str]) -> float:
    """In nats; each edge of a run (punctuation, a number) counts as a neighbour of its own kind."""
    total = neighbours.total()
    edges = neighbours[_EDGE]
    spread = edges * math.log(total) / total
    return spread - sum(times / total * math.log(times / total) for string, times in neighbours.items() if string != _EDGE and times)


def _lines(path: Path) -> Iterator[tuple[int, Path, str]]:
    if not path.is_file():
        hint = "give the folder that holds treebank/, ner/, relations/ and events/ as --data"
        raise DataError("no such training file", where=path, hint=hint)
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, path, line.rstrip("\r\n")
