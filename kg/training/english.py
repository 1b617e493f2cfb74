"""The English pipeline: tagger, morphologizer, parser and lemmatizer on UD English-EWT, and on news that a larger parser read."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

from kg.errors import KgError
from kg.training.corpora import read_conllu
from kg.training.encoder import tool
from kg.training.layers import embedding, listener, parser_model, tagger_model
from kg.training.loop import Progress, Recipe, silent, train_pipeline
from kg.training.templates import trade_sentences

NEWS = "news.conllu"  # what the teacher read surely
SURE = 0.8  # the least mean chance of arcs and labels with which the teacher must have read a sentence of news
SHORTEST, LONGEST = 5, 60  # words of such a sentence
TRADE = 400  # made-up sentences beside the treebank's 12,537
PARSE = Recipe(steps=6000, dropout=0.2, judged_by=("uas", "las", "tag", "lemma"), evaluate_every=300, pairs=0.1)


def blank() -> Language:
    """An untrained English pipeline; the four annotators share one embedding."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": embedding(width=128, rows=(6000, 1000, 3000, 3000))})
    nlp.add_pipe("tagger", config={"model": tagger_model(listener(128))})
    nlp.add_pipe("morphologizer", config={"model": tagger_model(listener(128))})
    nlp.add_pipe("parser", config={"model": parser_model(listener(128)), "min_action_freq": 5, "learn_tokens": False})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger_model(listener(128)), "min_tree_freq": 3, "top_k": 3})
    return nlp


def train_parse(data: Path, checkpoints: Path, progress: Progress = silent) -> Language:
    """Tagger, morphologizer, parser and lemmatizer from `data`/treebank, a few made-up sentences of trade news, and news that the teacher read.

    Raises KgError where the teacher has not read yet.
    """
    treebank = data / "treebank"
    train, dev = read_conllu(treebank / "en_ewt-train.conllu"), read_conllu(treebank / "en_ewt-dev.conllu")
    news = checkpoints.parent / "en-teacher" / NEWS
    if not news.is_file():
        raise KgError("the teacher has not read its news yet", where=news, hint="kg train en-teacher")
    return train_pipeline(blank, [*train, *trade_sentences(TRADE, train), *read_conllu(news)], dev, PARSE, checkpoints, progress=progress)


def train_teacher(data: Path, checkpoints: Path, progress: Progress = silent) -> Path:
    """Tune the large parser and let it read; see `kg.training.encoder.teacher`. Raises KgError where what tuning takes is not installed."""
    file = checkpoints / NEWS
    if not file.is_file():
        tool("teacher").teach(data, file, progress)
    return file
