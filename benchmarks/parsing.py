"""Tags and trees on the words of the dev treebanks, and Chinese words in raw text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.table import Benchmark
from kg.evaluation import evaluate_parse
from kg.evaluation.parses import read_treebank
from kg.model import Language

BANKS: dict[Language, tuple[str, str, str]] = {
    "en": ("English", "UD EWT dev, gold words", "treebank/en_ewt-dev.conllu"),
    "zh": ("Chinese", "UD GSDSimp v1.3 dev, gold words", "treebank/zh_gsdsimp_v13-dev.conllu"),
}


def benchmarks(data: Path) -> Iterator[Benchmark]:
    """Yield the figures of parsing and of cutting Chinese into words."""
    for code, (language, title, file) in BANKS.items():
        command = f"kg evaluate parse DATA/{file}"
        yield Benchmark(f"parsing.{code}", f"parsing, {language}", title, command, partial(parsed, data / file, code))
    yield Benchmark("words.zh", "words, Chinese", "UD GSDSimp v1.3 dev, raw text", "python -m benchmarks DATA --only parsing",
                    partial(words, data / BANKS["zh"][2]))


def parsed(gold: Path, language: Language) -> str:
    """Measure one treebank."""
    score = evaluate_parse(gold, lang=language)
    return f"UAS {100 * score.uas:.1f}, LAS {100 * score.las:.1f}, tags {100 * score.tag:.1f}"


def words(gold: Path) -> str:
    """Measure how well Chinese text is cut into words."""
    from kg.nlp.pipeline import load_pipeline
    from kg.nlp.tokenize_zh import ChineseTokenizer
    from kg.training.segmenter import word_f1

    _, sentences = read_treebank(gold, "zh")
    tokenizer = load_pipeline("zh", "builtin").tokenizer
    assert isinstance(tokenizer, ChineseTokenizer)
    return f"F1 {100 * word_f1(tokenizer.segmenter, sentences):.1f}"
