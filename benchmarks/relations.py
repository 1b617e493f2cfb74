"""Relations of marked pairs, each dev set in its own labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.table import Benchmark
from kg.errors import KgError
from kg.evaluation.predictors import relation_predictor
from kg.evaluation.published import SETS, PublishedSet
from kg.evaluation.relations import score_relations

TITLES = {"fire": "FIRE", "dfki": "DFKI product corpus", "finred": "FinRED", "finre": "FinRE", "aircraft_zh": "aircraft supply chain"}
LANGUAGES = {"en": "English", "zh": "Chinese"}


def benchmarks(data: Path) -> Iterator[Benchmark]:
    """Yield the figures of relations, one for each set with a dev part."""
    yield Benchmark("relations.core", "relations, English", "CORE, 5-fold by sentence", "python -m benchmarks.core DATA", cross_validated)
    for name, each in SETS.items():
        if each.dev is None:
            continue
        command = f"kg evaluate convert {name} DATA/{each.dev} --out GOLD && kg evaluate relations GOLD --inventory {name}"
        title = f"{TITLES[name]} {Path(each.dev).stem.partition('.')[0] if name != 'aircraft_zh' else 'sample'}"
        yield Benchmark(f"relations.{name}", f"relations, {LANGUAGES[each.language]}", title, command, partial(told, each, data))


def cross_validated() -> str:
    """CORE has no dev part: its figure takes five trainings."""
    raise KgError("CORE is cross-validated, five trainings in most of an hour", hint="python -m benchmarks.core DATA")


def told(each: PublishedSet, data: Path) -> str:
    """Measure one set."""
    predictor = relation_predictor(each.name)
    pairs = each.read(data / str(each.dev))
    score = score_relations(pairs, predictor.predict([replace(pair, relation="") for pair in pairs], each), each)
    return f"micro F1 {100 * score.micro.f1:.1f}, macro {100 * score.macro_f1:.1f}, wrong direction {score.wrong_direction}"
