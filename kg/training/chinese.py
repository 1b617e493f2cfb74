"""The Chinese pipeline: tagger, morphologizer and parser (UD version 1 labels) on UD Chinese-GSDSimp v1.3."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

import kg.nlp.tokenize_zh  # noqa: F401  (registers the attributes and the tokenizer that the configuration names)
from kg.training.corpora import Sentence, read_conllu
from kg.training.layers import embedding, listener, parser_model, tagger_model
from kg.training.loop import Progress, Recipe, silent, train_pipeline

PARSE = Recipe(steps=2500, words=500, dropout=0.25, judged_by=("uas", "las", "tag", "pos"), cased=False, pairs=0.0)


def blank() -> Language:
    """An untrained Chinese pipeline; the three annotators share one embedding."""
    nlp = bare()
    nlp.add_pipe("tok2vec", config={"model": embedding(width=128, rows=(6000, 2500, 2500, 500))})
    nlp.add_pipe("tagger", config={"model": tagger_model(listener(128))})
    nlp.add_pipe("morphologizer", config={"model": tagger_model(listener(128))})
    nlp.add_pipe("parser", config={"model": parser_model(listener(128)), "min_action_freq": 5, "learn_tokens": False})
    return nlp


def train_parse(data: Path, checkpoints: Path, progress: Progress = silent) -> Language:
    """Tagger, morphologizer and parser from `data`/treebank."""
    return train_pipeline(blank, *treebank(data), PARSE, checkpoints, progress=progress)


def treebank(data: Path) -> tuple[list[Sentence], list[Sentence]]:
    """The training and dev sentences of the Chinese treebank."""
    folder = data / "treebank"
    return (
        read_conllu(folder / "zh_gsdsimp_v13-train.conllu", spaced=False),
        read_conllu(folder / "zh_gsdsimp_v13-dev.conllu", spaced=False),
    )


def bare() -> Language:
    """An empty Chinese pipeline with this house's tokenizer and word attributes."""
    seams = {"tokenizer": {"@tokenizers": "kg.chinese.v1"}, "after_creation": {"@callbacks": "kg.chinese_attributes.v1"}}
    return spacy.blank("zh", config={"nlp": seams})
