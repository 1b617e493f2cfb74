"""Published relation sets -> pairs.

Tokens of English sets are joined by one space each, blank tokens left out; texts that come whole stay as they are. An id is the set's name,
its file and what the file itself calls the row, or the row's line. Every reader raises DataError with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

from pydantic import BaseModel

from kg.errors import DataError
from kg.evaluation.files import checked, json_array, json_lines, lines
from kg.evaluation.pairs import Pair
from kg.evaluation.texts import join

FINRE_COLUMNS = 4
FINRED_PARTS = 3


class _Core(BaseModel):
    id: str
    relation: str
    invert_relation: bool
    e1_start: int
    e1_end: int
    e2_start: int
    e2_end: int
    context: list[str]


class _TokenSpan(BaseModel):
    start: int
    end: int


class _Link(BaseModel):
    head: int
    tail: int
    type: str


class _TypedSpan(_TokenSpan):
    type: str


class _Fire(BaseModel):
    tokens: list[str]
    entities: list[_TypedSpan]
    relations: list[_Link]


class _Dfki(BaseModel):
    id: str
    tokens: list[str]
    label: str
    entities: list[tuple[int, int]]


class _Marked(BaseModel):
    id: int
    start_offset: int
    end_offset: int


class _Arrow(BaseModel):
    from_id: int
    to_id: int
    type: str


class _Aircraft(BaseModel):
    id: int
    text: str
    entities: list[_Marked]
    relations: list[_Arrow]


def read_core(path: Path, *, oriented: bool = True) -> list[Pair]:
    """Read a file of CORE: company relations in English, 12 labels, null label `undefined`.

    CORE's e1 always stands before its e2. Its `relation` reads from e1 to e2, or where `invert_relation` is set from e2 to e1
    ("e1 acquired_by e2": e2 bought e1; inverted, e1 bought e2). So that the twelve labels suffice and every one reads from head to tail,
    the head of an inverted row is its e2. Mind that the order in the text then tells something of the label: `undefined` and
    `collaboration` are never inverted. With `oriented=False` the head is e1 throughout, and the label leaves the direction open.
    """
    pairs = []
    for line, record in json_array(path):
        row = checked(_Core, record, path, line)
        text, offsets = join(row.context)
        e1 = _stretch(offsets, row.e1_start, row.e1_end + 1, path, line)  # CORE's ends are inclusive
        e2 = _stretch(offsets, row.e2_start, row.e2_end + 1, path, line)
        head, tail = (e2, e1) if row.invert_relation and oriented else (e1, e2)
        pairs.append(Pair(f"core-{path.stem}-{row.id}", "en", text, head, tail, row.relation))
    return pairs


def read_fire(path: Path) -> list[Pair]:
    """Read a file of FIRE: financial relations in English, 18 labels. All ordered pairs of a sentence's gold entities; unrelated, `none`.

    `none` is ours: the set does not name what it leaves out. Of two relations of one pair the first holds; one of an entity with itself
    is left out.
    """
    pairs = []
    for number, (line, record) in enumerate(json_array(path)):
        row = checked(_Fire, record, path, line)
        text, offsets = join(row.tokens)
        spans = [_stretch(offsets, entity.start, entity.end, path, line) for entity in row.entities]
        related: dict[tuple[int, int], str] = {}
        for link in row.relations:
            if not (0 <= link.head < len(spans) and 0 <= link.tail < len(spans)):
                raise DataError(f"a relation of entities {link.head} and {link.tail}, of which there are {len(spans)}", where=path, line=line)
            related.setdefault((link.head, link.tail), link.type)
        for head, tail in permutations(range(len(spans)), 2):
            id_ = f"fire-{path.stem}-{number}-{head}-{tail}"
            kinds = row.entities[head].type, row.entities[tail].type
            pairs.append(Pair(id_, "en", text, spans[head], spans[tail], related.get((head, tail), "none"), kinds))
    return pairs


def read_finre(path: Path) -> list[Pair]:
    """Read a file of FinRE: Chinese financial relations, 44 labels, null label `unknown`. Rows are head, tail, label, sentence.

    The set gives names, not places: see `locate` for which occurrence is meant. A pair that has several labels is as many rows.
    """
    pairs = []
    for line, row in lines(path):
        columns = row.split("\t")
        if len(columns) != FINRE_COLUMNS:
            raise DataError(f"a row has head, tail, label and sentence, parted by tabs; this one has {len(columns)} columns", where=path, line=line)
        head, tail, relation, text = columns
        pairs.append(Pair(f"finre-{path.stem}-{line}", "zh", text, *_located(text, head, tail, path, line), relation))
    return pairs


def read_dfki(path: Path) -> list[Pair]:
    """Read a file of DFKI's product corpus (JSON Lines): does this company provide this product? Null label `no_relation`.

    The head is the company. The two rows labelled `Identity` (a company's name that is its product's) are left out, and an end one
    past the last token, of which the published files have four, is the last token.
    """
    pairs = []
    for line, record in json_lines(path):
        row = checked(_Dfki, record, path, line)
        if row.label == "Identity":
            continue
        if len(row.entities) != 2:
            raise DataError(f"a row has two entities, this one {len(row.entities)}", where=path, line=line)
        text, offsets = join(row.tokens)
        head, tail = (_stretch(offsets, start, end - (end == len(offsets) + 1), path, line) for start, end in row.entities)
        pairs.append(Pair(f"dfki-{row.id}", "en", text, head, tail, row.label))
    return pairs


def read_finred(folder: Path, split: str) -> list[Pair]:
    """Read `split` (train, dev) of FinRED, `.sent` and `.tup` side by side: 29 labels after Wikidata's, no null label.

    The set gives names, not places, as FinRE does. A pair that has several labels is as many rows.
    """
    sentences, tuples = folder / f"{split}.sent", folder / f"{split}.tup"
    texts, rows = dict(lines(sentences)), dict(lines(tuples))
    if odd := texts.keys() ^ rows.keys():
        raise DataError(f"{tuples.name} has not the lines of {sentences.name}", where=tuples, line=min(odd))
    pairs = []
    for line, text in texts.items():
        for number, item in enumerate(rows[line].split(" | ")):
            parts = [part.strip() for part in item.split(" ; ")]
            if len(parts) != FINRED_PARTS:
                raise DataError("a tuple is head ; tail ; label", where=tuples, line=line)
            head, tail, relation = parts
            pairs.append(Pair(f"finred-{split}-{line}-{number}", "en", text, *_located(text, head, tail, tuples, line), relation))
    return pairs


def read_aircraft(path: Path) -> list[Pair]:
    """Read a file of the Chinese aircraft supply chain: all ordered pairs of a text's entities, six labels; unrelated, `其他/无`.

    Of two relations of one pair the first holds. One text may stand there as often as it was annotated.
    """
    pairs = []
    for line, record in json_lines(path):
        row = checked(_Aircraft, record, path, line)
        spans = {}
        for entity in row.entities:
            if not 0 <= entity.start_offset < entity.end_offset <= len(row.text):
                raise DataError(f"entity {entity.id} does not lie in the text", where=path, line=line)
            spans[entity.id] = (entity.start_offset, entity.end_offset)
        related: dict[tuple[int, int], str] = {}
        for arrow in row.relations:
            if arrow.from_id not in spans or arrow.to_id not in spans:
                raise DataError(f"a relation of {arrow.from_id} and {arrow.to_id}, which are not both entities here", where=path, line=line)
            related.setdefault((arrow.from_id, arrow.to_id), arrow.type)
        for head, tail in permutations(spans, 2):
            id_ = f"aircraft_zh-{row.id}-{head}-{tail}"
            pairs.append(Pair(id_, "zh", row.text, spans[head], spans[tail], related.get((head, tail), "其他/无")))
    return pairs


def locate(text: str, head: str, tail: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Find which occurrences of two names in a text are meant: the two that stand nearest to each other, of equals the first.

    An occurrence inside a longer word, or inside one of the other name, counts only where there is no other. One name given twice is
    sought in two places. None where a name does not occur. The answer is the same whichever of the two names is the head.
    """
    heads, tails = _occurrences(text, head), _occurrences(text, tail)
    if not heads or not tails:
        return None
    if head == tail:
        return heads[0], heads[min(1, len(heads) - 1)]
    heads, tails = _outside(heads, tails) or heads, _outside(tails, heads) or tails
    return min(((h, t) for h in heads for t in tails), key=lambda pair: (_gap(*pair), min(pair), max(pair)))


def _occurrences(text: str, name: str) -> list[tuple[int, int]]:
    found = [(match.start(), match.end()) for match in re.finditer(re.escape(name), text)] if name else []
    whole = [span for span in found if not (_joined(text, span[0]) or _joined(text, span[1]))]
    return whole or found


def _joined(text: str, offset: int) -> bool:
    """Tell whether a Latin word goes on across `offset`."""
    return bool(re.fullmatch(r"[A-Za-z0-9]{2}", text[max(offset - 1, 0) : offset + 1]))


def _outside(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [span for span in spans if not any(start <= span[0] and span[1] <= end for start, end in others)]


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0], other[0]) - min(one[1], other[1])


def _located(text: str, head: str, tail: str, path: Path, line: int) -> tuple[tuple[int, int], tuple[int, int]]:
    places = locate(text, head, tail)
    if places is None:
        raise DataError(f"{head!r} and {tail!r} do not both stand in the sentence", where=path, line=line)
    return places


def _stretch(offsets: Sequence[tuple[int, int]], start: int, end: int, path: Path, line: int) -> tuple[int, int]:
    """Return the characters of the tokens `[start, end)`."""
    if not 0 <= start < end <= len(offsets):
        raise DataError(f"{start} to {end} is no stretch of {len(offsets)} tokens", where=path, line=line)
    return offsets[start][0], offsets[end - 1][1]
