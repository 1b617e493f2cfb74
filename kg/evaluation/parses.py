"""How well sentences are tagged and parsed, on the words of a treebank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import DataError
from kg.evaluation.files import read_text
from kg.evaluation.texts import language_of
from kg.model import Language
from kg.model.document import Record

if TYPE_CHECKING:
    from kg.training.corpora import Sentence

ROOT = "root"


class Word(Record):
    """What a parser says of one word. `head` is the position of its head in the sentence, counted from 1; 0 for the root."""

    tag: str
    pos: str
    head: int
    dep: str


class ParseScore(Record):
    """How well sentences were parsed, over all words and punctuation (shares, 0 to 1).

    `uas`: right heads; `las`: right heads with the right label; `tag` and `pos`: right treebank tags and universal parts of speech.
    """

    sentences: int
    words: int
    uas: float
    las: float
    tag: float
    pos: float

    def as_table(self) -> list[tuple[str, str]]:
        """Return the figures as rows of (what, value)."""
        shares = [(name, f"{100 * getattr(self, name):.1f}") for name in ("uas", "las", "tag", "pos")]
        return [*shares, ("words", f"{self.words} in {self.sentences} sentences")]

    def findings(self) -> Iterator[tuple[str, ...]]:
        """Yield nothing: the predictions have it."""
        return iter(())


class Parser(Protocol):
    """Parses sentences whose words are given."""

    def parse(self, language: Language, sentences: Sequence[Sentence]) -> Iterable[Sequence[Word]]:
        """Return what it says of each word of each sentence."""
        ...


class PipelineParser:
    """A spaCy pipeline's tagger and parser, on the words that are given."""

    def __init__(self, pipeline: str = "builtin") -> None:
        self.pipeline = pipeline

    def parse(self, language: Language, sentences: Sequence[Sentence]) -> Iterator[list[Word]]:
        """Yield what the pipeline says of each sentence."""
        from kg.nlp.marked import read_words

        for doc in read_words(language, ((sentence.words, sentence.spaces) for sentence in sentences), self.pipeline):
            yield [
                Word(tag=t.tag_, pos=t.pos_, head=0 if t.head.i == t.i else t.head.i + 1, dep=ROOT if t.head.i == t.i else t.dep_) for t in doc
            ]


def read_treebank(path: Path, lang: Language | None = None) -> tuple[Language, list[Sentence]]:
    """Read a CoNLL-U file and tell its language where that is not given. Raises DataError with file and line."""
    from kg.training.corpora import read_conllu

    read_text(path)  # told in the words of an evaluation what a training would tell in its own
    sentences = read_conllu(path)
    if not sentences:
        raise DataError("holds no sentence", where=path)
    language = lang or language_of("".join(word for sentence in sentences for word in sentence.words))
    if language == "zh":  # treebanks of a script without spaces need not say SpaceAfter=No
        sentences = [replace(sentence, spaces=(False,) * len(sentence.words)) for sentence in sentences]
    return language, sentences


def gold_words(sentence: Sentence) -> list[Word]:
    """Return what a treebank says of each word of a sentence."""
    rows = zip(sentence.tags, sentence.pos, sentence.heads, sentence.deps, strict=True)
    return [
        Word(tag=tag, pos=pos, head=0 if head == index else head + 1, dep=ROOT if head == index else dep)
        for index, (tag, pos, head, dep) in enumerate(rows)
    ]


def score_parses(gold: Sequence[Sequence[Word]], found: Sequence[Sequence[Word]]) -> ParseScore:
    """Compare parses with those of a treebank, word by word."""
    pairs = [pair for true, read in zip(gold, found, strict=True) for pair in zip(true, read, strict=True)]
    heads = [true.head == read.head for true, read in pairs]
    right = {
        "uas": sum(heads),
        "las": sum(same and true.dep == read.dep for same, (true, read) in zip(heads, pairs, strict=True)),
        "tag": sum(true.tag == read.tag for true, read in pairs),
        "pos": sum(true.pos == read.pos for true, read in pairs),
    }
    return ParseScore(sentences=len(gold), words=len(pairs), **{name: count / max(len(pairs), 1) for name, count in right.items()})


def write_conllu(sentences: Sequence[Sentence], parses: Sequence[Sequence[Word]], path: Path) -> None:
    """Write parses as CoNLL-U, without features and lemmas."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for sentence, words in zip(sentences, parses, strict=True):
            file.write(f"# text = {' '.join(sentence.text.split())}\n")
            for position, (form, space, word) in enumerate(zip(sentence.words, sentence.spaces, words, strict=True), 1):
                misc = "_" if space else "SpaceAfter=No"
                columns = (position, form, "_", word.pos or "_", word.tag or "_", "_", word.head, word.dep or "_", "_", misc)
                file.write("\t".join(map(str, columns)) + "\n")
            file.write("\n")
