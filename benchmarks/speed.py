"""How fast documents are read on one thread: words and characters a second, beside a spaCy pipeline over the same texts in the same run.

    python -m benchmarks.speed DATA [--documents N] [--warm N] [--peer en=PIPELINE] [--peer zh=PIPELINE]

DATA holds corpora/ (news as JSON Lines). Time is processor time; loading, and the first documents (`--warm`), are left out of it, since
frames are compiled when a text first needs them. A peer is a spaCy pipeline by name or path, for Chinese `hanlp:FOLDER` too; without one,
the builtin pipeline over every sentence stands in, which is what reading would cost at least if no sentence were spared.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")  # before numpy is imported

import spacy  # noqa: E402

from kg.model import Document, Language  # noqa: E402
from kg.nlp.hanlp_pipeline import PREFIX as HANLP  # noqa: E402
from kg.nlp.pipeline import Reader, load_pipeline  # noqa: E402
from kg.nlp.sentences import split  # noqa: E402
from kg.reading import read  # noqa: E402

SAMPLES: dict[Language, str] = {"en": "reuters_2006_2013_dev1000.jsonl", "zh": "zh_finance_flashes_dev2000.jsonl"}
UNITS: dict[Language, str] = {"en": "words", "zh": "characters"}


@dataclass(frozen=True)
class Pace:
    """How many units (words, or characters) were read in how many seconds of processor time."""

    units: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Units a second."""
        return self.units / self.seconds


def timed(work: Callable[[], Iterable[object]], units: int) -> Pace:
    """Run some work to its end and say how fast it was."""
    start = time.process_time()
    for _ in work():
        pass
    return Pace(units, time.process_time() - start)


def size(documents: Iterable[Document], language: Language) -> int:
    """Count the words (divided by white space) or, in Chinese, the characters of some documents."""
    return sum(len(document.text.split()) if language == "en" else len(document.text) for document in documents)


def measure(path: Path, language: Language, count: int | None, warm: int, peer: str | None) -> Iterator[str]:
    """Yield the lines that say how fast the documents of one file are read."""
    documents = list(read([path]))
    first, sample = documents[:warm], documents[warm:][:count]
    if not sample:
        raise SystemExit(f"{path} has only {len(documents)} documents; --warm leaves none of them")
    reader = Reader()
    for _ in reader.read_all(first):
        pass
    before = (reader.tally.sentences, reader.tally.parsed)
    units = size(sample, language)
    own = timed(lambda: reader.read_all(sample), units)
    sentences, parsed = reader.tally.sentences - before[0], reader.tally.parsed - before[1]
    yield f"{path.name}: {len(sample):,} documents, {units:,} {UNITS[language]}"
    yield f"  {'kg, the full reader':<34}{own.per_second:>8,.0f} {UNITS[language]}/s"
    yield f"  {'sentences read without a parse':<34}{1 - parsed / max(sentences, 1):>8.1%} of {sentences:,}"
    if peer is not None and not peer.startswith(HANLP):  # as it is, without what makes it kg's; it finds the sentences itself
        pipeline = spacy.load(peer)
        texts = [document.text for document in sample]
        name = f"{pipeline.meta['lang']}_{pipeline.meta['name']} alone"
    else:
        pipeline = load_pipeline(language, peer or "builtin")
        texts = [sentence.text for document in sample for sentence in split(document)]
        name = "HanLP, every sentence" if peer else "builtin pipeline, every sentence"
    for _ in pipeline.pipe(texts[:20]):
        pass
    theirs = timed(lambda: pipeline.pipe(texts), units)
    yield f"  {name:<34}{theirs.per_second:>8,.0f} {UNITS[language]}/s"
    yield f"  {'ratio':<34}{own.per_second / theirs.per_second:>8.2f}"


def main() -> None:
    """Measure both languages and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder that holds corpora/")
    parser.add_argument("--documents", type=int, help="how many documents of each sample (default: all)")
    parser.add_argument("--warm", type=int, default=60, help="documents read before the clock starts (default: 60)")
    parser.add_argument("--peer", action="append", default=[], metavar="LANGUAGE=PIPELINE", help="a pipeline to compare with")
    given = parser.parse_args()
    peers = dict(peer.split("=", 1) for peer in given.peer)
    for language, name in SAMPLES.items():
        path = given.data / "corpora" / name
        if not path.exists():
            print(f"there is no {path}: see its README for where it comes from", file=sys.stderr)
            continue
        for line in measure(path, language, given.documents, given.warm, peers.get(language)):
            print(line, flush=True)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
