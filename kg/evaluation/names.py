"""Names in texts: the gold form (IOB2), and how well a reader finds them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.evaluation.figures import Figure
from kg.evaluation.files import blocks
from kg.evaluation.texts import Offsets, join, language_of, place
from kg.model import Language
from kg.model.document import Record

KINDS = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC",  # Universal NER; OntoNotes
    "person": "PER", "corporation": "ORG", "group": "ORG", "location": "LOC",  # WNUT 17
    "name": "PER", "company": "ORG", "organization": "ORG", "government": "ORG", "address": "LOC", "scene": "LOC",  # CLUENER
}
"""What other sets and pipelines call the three kinds that are scored."""

_LABEL = re.compile(r"O|[BI]-(\S+)")
_TEXT, _ID = "# text = ", "# sent_id = "


@dataclass(frozen=True, slots=True)
class Name:
    """A name: `text[start:end]` is one of this `kind`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence, its tokens as character offsets into `text` (end exclusive, in order), and the names in it."""

    id: str
    lang: Language
    text: str
    tokens: Offsets
    names: tuple[Name, ...]


class NameScore(Record):
    """How well names were found: exact spans and kinds, over all names and by kind (PER, ORG, LOC)."""

    sentences: int
    overall: Figure
    kinds: dict[str, Figure]

    def as_table(self) -> list[tuple[str, str]]:
        """Return the figures as rows of (what, value)."""
        return [("names", str(self.overall)), *((f"  {kind}", str(figure)) for kind, figure in self.kinds.items())]

    def findings(self) -> Iterator[tuple[str, ...]]:
        """Yield nothing: the predictions have it."""
        return iter(())


def read_iob2(path: Path, lang: Language | None = None) -> list[Named]:
    """Read the sentences of an IOB2 file, blank lines between: `word label` or Universal NER's `position word label ...`, parted by tabs.

    The text is that of a `# text = ` line where it holds the words in order; else the words are joined, in English by spaces. A name may
    begin with I-, as scorers have it. Universal NER's kind `O`, its mark for a doubtful token, is no name. `lang` is told from the text
    where it is not given. Raises DataError with file and line.
    """
    sentences = []
    for number, block in enumerate(blocks(path)):
        words, labels, text, id_ = [], [], "", f"{path.stem}-{number}"
        for line, content in block:
            if content.startswith("# "):
                text, id_ = content.removeprefix(_TEXT) if content.startswith(_TEXT) else text, content.removeprefix(_ID) if _ID in content else id_
                continue
            columns = content.split("\t")
            numbered = len(columns) > 2
            word, label = columns[1:3] if numbered else (columns[0], columns[-1])
            if not word.strip() or not _LABEL.fullmatch(label) or len(columns) < 2 or (numbered and not columns[0].isdigit()):
                raise DataError("a line is `word label` or `position word label`, parted by tabs; labels are O, B-KIND, I-KIND",
                                where=path, line=line)
            words.append(word)
            labels.append(label)
        if words:
            language = lang or language_of("".join(words))
            sentences.append(named(id_, language, words, labels, text))
    if not sentences:
        raise DataError("holds no sentence", where=path)
    return sentences


def named(id_: str, lang: Language, words: Sequence[str], labels: Sequence[str], text: str = "") -> Named:
    """Return a sentence of words with IOB2 labels, in `text` where that holds the words."""
    offsets = place(words, text)
    if offsets is None:
        text, offsets = join(words, " " if lang == "en" else "")
    found: list[Name] = []
    previous = "O"
    for (start, end), label in zip(offsets, labels, strict=True):
        kind = label[2:]
        if label.startswith("I-") and previous[2:] == kind and found:
            found[-1] = Name(found[-1].start, end, kind)
        elif label != "O":
            found.append(Name(start, end, kind))
        previous = label
    return Named(id_, lang, text, offsets, tuple(name for name in found if name.kind != "O"))


def write_iob2(sentences: Iterable[Named], path: Path) -> None:
    """Write sentences in the form that `read_iob2` reads. Of names that overlap the longer is written."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for sentence in sentences:
            labels = ["O"] * len(sentence.tokens)
            for name in sorted(sentence.names, key=lambda name: (name.start - name.end, name.start)):
                first, end = _covering(sentence.tokens, name)
                if first < end and not any(label != "O" for label in labels[first:end]):
                    labels[first:end] = [f"B-{name.kind}", *[f"I-{name.kind}"] * (end - first - 1)]
            file.write(f"{_ID}{sentence.id}\n{_TEXT}{' '.join(sentence.text.splitlines())}\n")
            for position, ((start, stop), label) in enumerate(zip(sentence.tokens, labels, strict=True), 1):
                file.write(f"{position}\t{sentence.text[start:stop]}\t{label}\n")
            file.write("\n")


def score_names(gold: Sequence[Named], found: Sequence[Sequence[Name]]) -> NameScore:
    """Compare the names found in each sentence with its own. Names that begin or end inside a token are taken to its bounds.

    Kinds are folded by `KINDS`; names of any other kind are left out on both sides.
    """
    right, asked, given = Counter[str](), Counter[str](), Counter[str]()
    for sentence, names in zip(gold, found, strict=True):
        true, read = _spans(sentence, sentence.names), _spans(sentence, names)
        right.update(kind for *_, kind in true & read)
        asked.update(kind for *_, kind in true)
        given.update(kind for *_, kind in read)
    figures = {kind: Figure.of(right[kind], given[kind], asked[kind]) for kind in ("PER", "ORG", "LOC")}
    return NameScore(sentences=len(gold), overall=Figure.of(right.total(), given.total(), asked.total()), kinds=figures)


def _spans(sentence: Named, names: Iterable[Name]) -> set[tuple[int, int, str]]:
    return {(*_covering(sentence.tokens, name), KINDS[name.kind]) for name in names if name.kind in KINDS}


def _covering(tokens: Offsets, name: Name) -> tuple[int, int]:
    """Return the tokens (first, one past the last) that share a character with a name."""
    inside = [index for index, (start, end) in enumerate(tokens) if start < name.end and name.start < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
