"""Treebanks and named-entity files -> training examples.

A `Sentence` is what one annotated sentence says, whatever the file's form; `example` turns it into spaCy's form.
Nothing is repaired in silence: a line that cannot be read is a `DataError` with file and line.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from kg.errors import DataError

ENTITY_KINDS = ("PER", "ORG", "LOC")
_RANGE = re.compile(r"\d+-(\d+)")


@dataclass(frozen=True)
class Sentence:
    """One annotated sentence. Columns are as long as `words`, or empty where the file does not say.

    `heads` are positions in `words` (a root is its own head); `entities` are BIO labels, "-" where unknown.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    morphs: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    deps: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(word + " " * space for word, space in zip(self.words, self.spaces, strict=True)).rstrip(" ")


def read_conllu(path: Path, *, spaced: bool = True) -> list[Sentence]:
    """The sentences of a CoNLL-U file. `spaced` is False for a treebank of a script without spaces that has no SpaceAfter.

    Enhanced (empty) nodes are left out; of a multiword token the words are kept, its spacing taken from the range line.
    Entities are read from a `NER=` entry of MISC. Raises DataError with file and line.
    """
    sentences = []
    for rows in _blocks(path):
        words: list[tuple[str, bool]] = []
        columns, places, until, space_after = [], [], 0, True
        for number, line in rows:
            if line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != 10:
                raise DataError(f"a CoNLL-U line has 10 columns, this one {len(fields)}", where=path, line=number)
            gap = spaced and "SpaceAfter=No" not in fields[9].split("|")
            if several := _RANGE.fullmatch(fields[0]):
                until, space_after = int(several[1]), gap
                continue
            if "." in fields[0]:
                continue
            if not (fields[0].isdigit() and fields[6].isdigit()):
                raise DataError("the columns ID and HEAD are numbers", where=path, line=number)
            position = int(fields[0])
            if position != len(words) + 1:
                raise DataError(f"word {position} stands where word {len(words) + 1} should", where=path, line=number)
            places.append(number)
            if position <= until:
                gap = space_after if position == until else False
            misc = dict(entry.partition("=")[::2] for entry in fields[9].split("|"))
            words.append((fields[1], gap))
            columns.append((fields[4], fields[3], _blank(fields[5]), fields[2], int(fields[6]), fields[7], misc.get("NER", "-")))
        if not words:
            continue
        for number, (*_, head, _dep, _ner) in zip(places, columns, strict=True):
            if head > len(words):
                raise DataError(f"the head {head} is no word of this sentence, which has {len(words)}", where=path, line=number)
        tags, pos, morphs, lemmas, heads, deps, entities = zip(*columns, strict=True)
        sentences.append(
            Sentence(
                words=tuple(word for word, _ in words),
                spaces=tuple(gap for _, gap in words),
                tags=tags,
                pos=pos,
                morphs=morphs,
                lemmas=lemmas if set(lemmas) != {"_"} else (),
                heads=tuple(head - 1 if head else index for index, head in enumerate(heads)),
                deps=tuple("ROOT" if head == 0 else dep for head, dep in zip(heads, deps, strict=True)),
                entities=entities if set(entities) != {"-"} else (),
            )
        )
    return sentences


def write_conllu(sentences: Iterable[Sentence], path: Path) -> None:
    """Write sentences with tags and trees in the form that `read_conllu` reads."""
    with path.open("w", encoding="utf-8") as out:
        for each in sentences:
            out.write(f"# text = {each.text}\n")
            for place, word in enumerate(each.words):
                lemma = each.lemmas[place] if each.lemmas else "_"
                head = 0 if each.heads[place] == place else each.heads[place] + 1
                dep = "root" if head == 0 else each.deps[place]
                misc = "_" if each.spaces[place] else "SpaceAfter=No"
                columns = (str(place + 1), word, lemma, each.pos[place], each.tags[place], each.morphs[place] or "_", str(head), dep, "_", misc)
                out.write("\t".join(columns) + "\n")
            out.write("\n")


def read_iob(path: Path) -> list[Sentence]:
    """The sentences of a Universal NER file: `position word label ...`, IOB2.

    Kinds are PER, ORG and LOC; any other (its older labelling has a stray OTH) becomes O. Raises DataError with file and line.
    """
    sentences = []
    for rows in _blocks(path):
        words, labels, text = [], [], ""
        for number, line in rows:
            if line.startswith("# "):
                text = line.removeprefix("# text = ") if line.startswith("# text = ") else text
                continue
            fields = line.split("\t")
            if len(fields) < 3:
                raise DataError("a line has a position, a word and a label, parted by tabs", where=path, line=number)
            words.append(fields[1])
            labels.append(fields[2] if fields[2][2:] in ENTITY_KINDS else "O")
        if words:
            sentences.append(Sentence(words=tuple(words), spaces=_spacing(words, text), entities=_well_formed(labels)))
    return sentences


def example(vocab: Vocab, sentences: Sequence[Sentence], *, one_sentence: bool = False) -> Example:
    """Sentences that follow one another as one spaCy Example on their own tokens.

    `one_sentence` fixes the sentence bounds of the predicted document, as an evaluation on gold sentences needs.
    """
    words = [word for sentence in sentences for word in sentence.words]
    spaces = [space for sentence in sentences for space in sentence.spaces]
    starts: list[bool | int | None] = [offset for sentence in sentences for offset in [True] + [False] * (len(sentence.words) - 1)]
    predicted = Doc(vocab, words=words, spaces=spaces, sent_starts=list(starts) if one_sentence else None)
    heads: list[int] = []
    for sentence in sentences:
        heads.extend(head + len(heads) - index for index, head in enumerate(sentence.heads))
    reference = Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=_column(sentences, "tags"),
        pos=_column(sentences, "pos"),
        morphs=_column(sentences, "morphs"),
        lemmas=_column(sentences, "lemmas"),
        heads=heads or None,
        deps=_column(sentences, "deps"),
        sent_starts=None if heads else list(starts),
    )
    return Example(predicted, reference)


def roughen(sentence: Sentence, rng: random.Random, *, cased: bool) -> Sentence:
    """Now and then the sentence as a feed would print it: lower case, capitals, no final stop, a bullet, a stray space.

    `cased` is False for scripts without case. The copy of a changed case has no lemmas, which hang on the spelling.
    """
    roll = rng.random()
    if cased and roll < 0.04:
        return replace(sentence, words=tuple(word.lower() for word in sentence.words), lemmas=())
    if cased and roll < 0.07:
        return replace(sentence, words=tuple(word.upper() for word in sentence.words), lemmas=())
    if cased and roll < 0.10:
        return replace(sentence, words=tuple(word[:1].upper() + word[1:] for word in sentence.words), lemmas=())
    if roll < 0.14 and len(sentence.words) > 2 and sentence.words[-1] in ".。!！" and len(sentence.words) - 1 not in sentence.heads:
        return Sentence(**{name: getattr(sentence, name)[:-1] for name in Sentence.__dataclass_fields__})
    if roll < 0.17:
        return _insert(sentence, 0, rng.choice("-•–▪"), space=cased, white=False)
    if roll < 0.22 and len(sentence.words) > 2:
        return _insert(sentence, rng.randrange(1, len(sentence.words)), rng.choice([" ", "\n", "\n\n", "  "]), space=False, white=True)
    return sentence


def every_roughness(sentence: Sentence) -> list[Sentence]:
    """One sentence for each label that `roughen` may bring in, so that a model knows them all before training."""
    return [_insert(sentence, 0, "-", space=True, white=False), _insert(sentence, 1, " ", space=False, white=True)]


def _insert(sentence: Sentence, at: int, word: str, *, space: bool, white: bool) -> Sentence:
    """The sentence with a bullet before it (hung on the root) or white space inside it (hung on the word before)."""
    shifted = [head + (head >= at) for head in sentence.heads]
    root = next((index for index, head in enumerate(sentence.heads) if head == index), 0)
    anchor = at - 1 if white else root + 1
    columns = {
        "words": word,
        "spaces": space,
        "tags": "_SP" if white else sentence.tags and _bullet_tag(sentence),
        "pos": "SPACE" if white else "PUNCT",
        "morphs": "",
        "lemmas": word,
        "heads": anchor,
        "deps": "dep" if white else "punct",
        "entities": "I" + sentence.entities[at][1:] if white and sentence.entities and sentence.entities[at].startswith("I-") else "O",
    }
    current = {name: getattr(sentence, name) for name in columns} | {"heads": tuple(shifted)}
    return Sentence(**{name: (*row[:at], columns[name], *row[at:]) if row else () for name, row in current.items()})


def _bullet_tag(sentence: Sentence) -> str:
    return "NFP" if sentence.lemmas else ":"


def _column(sentences: Sequence[Sentence], name: str) -> list[str] | None:
    if not any(getattr(sentence, name) for sentence in sentences):
        return None
    return [value for sentence in sentences for value in getattr(sentence, name) or [""] * len(sentence.words)]


def _blocks(path: Path) -> Iterator[list[tuple[int, str]]]:
    """The blocks of lines between empty lines, each line with its number."""
    if not path.is_file():
        raise DataError("no such training file", where=path, hint="give the folder that holds treebank/ and ner/ as --data")
    block: list[tuple[int, str]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            stripped = line.rstrip("\r\n")
            if stripped.strip():
                block.append((number, stripped))
            elif block:
                yield block
                block = []
    if block:
        yield block


def _blank(value: str) -> str:
    return "" if value == "_" else value


def _well_formed(labels: Iterable[str]) -> tuple[str, ...]:
    """IOB2 whose every I- continues a span of its own kind: one that does not begins a span."""
    result, previous = [], "O"
    for label in labels:
        if label.startswith("I-") and previous[2:] != label[2:]:
            label = "B-" + label[2:]
        result.append(label)
        previous = label
    return tuple(result)


def _spacing(words: Sequence[str], text: str) -> tuple[bool, ...]:
    """Whether a space follows each word in `text`; all True where the text does not hold the words in order."""
    spaces, offset = [], 0
    for word in words:
        start = text.find(word, offset)
        if start < 0:
            return (True,) * len(words)
        offset = start + len(word)
        spaces.append(text[offset : offset + 1] == " " or offset >= len(text))
    return tuple(spaces)
