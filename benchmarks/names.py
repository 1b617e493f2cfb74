"""Names found in the dev sets, beside a spaCy pipeline where one is installed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.table import Benchmark
from kg.evaluation import NameScore, convert, evaluate_names

PEER = "en_core_web_sm"
ENGLISH, CHINESE = "ner/uner_en_ewt-dev.iob2", "treebank/zh_gsdsimp_v13-dev.conllu"


def benchmarks(data: Path) -> Iterator[Benchmark]:
    """Yield the figures of names."""
    command = f"kg evaluate ner DATA/{ENGLISH}"
    yield Benchmark("names.en", "names, English", "Universal NER EWT dev", command, lambda: shown(evaluate_names(data / ENGLISH, lang="en")))
    yield Benchmark(
        "names.en.peer", f"names, English: {PEER}", "Universal NER EWT dev", f"{command} --nlp {PEER}",
        lambda: shown(evaluate_names(data / ENGLISH, lang="en", pipeline=PEER)),
    )
    yield Benchmark(
        "names.zh", "names, Chinese", "UD GSDSimp dev, its NER",
        f"kg evaluate convert gsdsimp DATA/{CHINESE} --out GOLD && kg evaluate ner GOLD",
        partial(chinese, data),
    )


def chinese(data: Path) -> str:
    """Measure the Chinese names, which stand in a treebank."""
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.iob2"
        convert("gsdsimp", data / CHINESE, gold)
        return shown(evaluate_names(gold, lang="zh"))


def shown(score: NameScore) -> str:
    """Return a score in one line."""
    return f"F1 {100 * score.overall.f1:.1f} (" + ", ".join(f"{kind} {100 * figure.f1:.1f}" for kind, figure in score.kinds.items()) + ")"
