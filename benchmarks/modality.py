"""How a thing is said, on the half of the labelled sentences that was held back (see `benchmarks.assertion`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.table import Benchmark
from kg.errors import InputError


def benchmarks(data: Path) -> Iterator[Benchmark]:
    """Yield the figure of modality."""
    yield Benchmark("modality", "modality", "458 labelled sentences, held-back half", "python -m benchmarks.assertion DATA --half held",
                    partial(held_back, data))


def held_back(data: Path) -> str:
    """Measure the held-back half: the mean F1 of the modalities, and how often negation and end are told."""
    from benchmarks.assertion import POINTERS, labelled, told
    from kg.nlp.spans import register

    corpora = data / "corpora"
    if not corpora.is_dir():
        raise InputError("there are no corpora to read the sentences in", where=corpora)
    register()
    pairs = [(sentence, told(sentence)) for sentence in labelled(corpora, POINTERS, "held")]
    gold, read = Counter(s.modality for s, _ in pairs), Counter(a.modality for _, a in pairs)
    right = Counter(s.modality for s, a in pairs if s.modality == a.modality)
    macro = sum(2 * right[modality] / (count + read[modality]) for modality, count in gold.items()) / len(gold)
    flags = {name: sum(getattr(s, name) == getattr(a, name) for s, a in pairs) / len(pairs) for name in ("negated", "ended")}
    return f"macro F1 {100 * macro:.1f} ({len(pairs)} sentences; " + ", ".join(f"{name} {100 * share:.1f}" for name, share in flags.items()) + ")"
