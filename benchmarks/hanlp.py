"""kg's Chinese pipeline beside a HanLP one, on the same sentences in the same run: `python -m benchmarks.hanlp DATA [--hanlp FOLDER]`.

Needs the extra `hanlp`. Without `--hanlp`, small components (recurrent, no transformer) are trained on the whole training part first, in at
most a few minutes (`--keep FOLDER` leaves them there); with it, any folder, file or name that `--nlp-zh hanlp:...` takes. Words are scored on
raw text, the rest on gold words; kg's names are its encoder's, which its speed leaves out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.table import Benchmark
from kg.errors import KgError
from kg.nlp.hanlp_pipeline import load_hanlp
from kg.nlp.marked import encoder_names
from kg.nlp.pipeline import load_pipeline
from kg.training.chinese import treebank
from kg.training.corpora import Sentence
from kg.training.hanlp_components import Sizes, train_components

SIZES = Sizes(tok=6, pos=6, ner=6, dep=3, hidden=128)
FIGURES = ("words F1", "UPOS", "UAS", "LAS", "names F1", "characters/s")


def benchmarks(data: Path) -> Iterator[Benchmark]:
    """Yield the one row of the table: kg beside HanLP."""
    command = "python -m benchmarks.hanlp DATA"
    yield Benchmark("hanlp", "Chinese pipelines, kg / small HanLP", "UD GSDSimp v1.3 dev", command, lambda: _row(data))


def _row(data: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = compare(data, None, Path(folder))
    return ", ".join(f"{name} {ours[name]:.1f} / {theirs[name]:.1f}" for name in FIGURES[:-1]) + (
        f", speed {ours[FIGURES[-1]] / theirs[FIGURES[-1]]:.1f}x")


def compare(data: Path, hanlp: str | None, keep: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Return the figures of the builtin pipeline and of a HanLP one (percentages, and characters a second)."""
    train, dev = treebank(data)
    name = hanlp or str(train_components(train, dev[:100], keep, SIZES, progress=lambda text: print(text, file=sys.stderr)))
    ours = figures(load_pipeline("zh", "builtin"), dev)
    found = encoder_names("zh", [sentence.text for sentence in dev])
    if found is None:
        raise KgError("the encoder's weights are not here", hint="kg train zh-encoder makes them")
    ours["names F1"] = f1([set(names) for names in found], [_in_characters(sentence) for sentence in dev])
    return ours, figures(load_hanlp(name), dev)


def figures(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Measure one pipeline on annotated sentences."""
    began = time.perf_counter()
    raw = list(nlp.pipe(sentence.text for sentence in sentences))
    speed = sum(len(doc.text) for doc in raw) / (time.perf_counter() - began)
    words = f1([_spans(doc) for doc in raw], [_spans(_gold(nlp, sentence)) for sentence in sentences])
    read = list(nlp.pipe([_gold(nlp, sentence) for sentence in sentences]))
    pairs = [(token, index, sentence) for doc, sentence in zip(read, sentences, strict=True) for index, token in enumerate(doc)]
    heads = [token.head.i == sentence.heads[index] for token, index, sentence in pairs]
    labels = [right and token.dep_ == sentence.deps[index] for right, (token, index, sentence) in zip(heads, pairs, strict=True)]
    names = f1([{(ent.start, ent.end, ent.label_) for ent in doc.ents} for doc in read], [_names(sentence) for sentence in sentences])
    tags = share([token.pos_.replace("CCONJ", "CONJ") == sentence.pos[index].replace("CCONJ", "CONJ") for token, index, sentence in pairs])
    return dict(zip(FIGURES, (words, tags, share(heads), share(labels), names, speed), strict=True))


def share(right: Sequence[bool]) -> float:
    """Return how many of all are right, as a percentage."""
    return 100 * sum(right) / len(right)


def f1(found: Sequence[set[tuple[int, ...] | tuple[int, int, str]]], gold: Sequence[set[tuple[int, ...] | tuple[int, int, str]]]) -> float:
    """Return the harmonic mean of precision and recall of spans, as a percentage."""
    right = sum(len(ours & theirs) for ours, theirs in zip(found, gold, strict=True))
    return 200 * right / (sum(map(len, found)) + sum(map(len, gold)))


def _gold(nlp: Language, sentence: Sentence) -> Doc:
    return Doc(nlp.vocab, words=list(sentence.words), spaces=list(sentence.spaces), sent_starts=[True] + [False] * (len(sentence.words) - 1))


def _spans(doc: Doc) -> set[tuple[int, ...] | tuple[int, int, str]]:
    return {(token.idx, token.idx + len(token.text)) for token in doc if not token.is_space}


def _in_characters(sentence: Sentence) -> set[tuple[int, ...] | tuple[int, int, str]]:
    starts = [*accumulate((len(word) + space for word, space in zip(sentence.words, sentence.spaces, strict=True)), initial=0)]
    return {(starts[start], starts[end - 1] + len(sentence.words[end - 1]), kind) for start, end, kind in _names(sentence)}  # type: ignore[misc]


def _names(sentence: Sentence) -> set[tuple[int, ...] | tuple[int, int, str]]:
    found: list[list[int | str]] = []
    for index, label in enumerate(sentence.entities):
        if label.startswith("B-"):
            found.append([index, index + 1, label[2:]])
        elif label.startswith("I-") and found:
            found[-1][1] = index + 1
    return {(int(start), int(end), str(kind)) for start, end, kind in found}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hanlp", description="Put kg's Chinese pipeline beside a HanLP one.")
    parser.add_argument("data", type=Path, help="the folder that holds treebank/")
    parser.add_argument("--hanlp", help="a folder, a file or a name, as --nlp-zh hanlp:... takes it (default: small components, trained now)")
    parser.add_argument("--keep", type=Path, help="a folder for the components that are trained: `benchmarks.speed --peer zh=hanlp:FOLDER` takes it")
    given = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = compare(given.data, given.hanlp, given.keep or Path(folder))
    except KgError as error:
        sys.exit(f"benchmarks: {error}")
    print("| GSDSimp v1.3 dev | kg | HanLP |\n|---|---:|---:|")
    for name in FIGURES:
        digits = 0 if name == FIGURES[-1] else 1
        print(f"| {name} | {ours[name]:,.{digits}f} | {theirs[name]:,.{digits}f} |")


if __name__ == "__main__":
    main()
