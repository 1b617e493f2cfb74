"""The English pipeline: tagger, morphologizer, parser and lemmatizer on UD English-EWT; names on Universal NER and FIRE."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

from kg.training.corpora import read_conllu, read_fire, read_iob
from kg.training.layers import embedding, listener, parser_model, tagger_model
from kg.training.loop import Progress, Recipe, silent, train_pipeline
from kg.training.templates import trade_sentences

TRADE = 400  # made-up sentences beside the treebank's 12,537
PARSE = Recipe(steps=2400, words=600, dropout=0.15, judged_by=("uas", "las", "tag", "lemma"), pairs=0.1)
NAMES = Recipe(steps=1350, words=700, dropout=0.15, judged_by=("ents_f",), evaluate_every=225, pairs=0.0)


def blank() -> Language:
    """An untrained English pipeline; the four annotators share one embedding."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": embedding(width=128, rows=(6000, 1000, 3000, 3000))})
    nlp.add_pipe("tagger", config={"model": tagger_model(listener(128))})
    nlp.add_pipe("morphologizer", config={"model": tagger_model(listener(128))})
    nlp.add_pipe("parser", config={"model": parser_model(listener(128), "parser"), "min_action_freq": 5, "learn_tokens": False})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger_model(listener(128)), "min_tree_freq": 3, "top_k": 3})
    return nlp


def blank_names() -> Language:
    """An untrained English name finder with an embedding of its own."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ner", config={"model": parser_model(embedding(width=96, rows=(4000, 500, 2000, 2000)), "ner")})
    return nlp


def train_parse(data: Path, checkpoints: Path, progress: Progress = silent) -> Language:
    """Tagger, morphologizer, parser and lemmatizer from `data`/treebank and a few made-up sentences of trade news."""
    treebank = data / "treebank"
    train, dev = read_conllu(treebank / "en_ewt-train.conllu"), read_conllu(treebank / "en_ewt-dev.conllu")
    return train_pipeline(blank, [*train, *trade_sentences(TRADE, train)], dev, PARSE, checkpoints, progress=progress)


def train_names(data: Path, checkpoints: Path, progress: Progress = silent) -> Language:
    """The name finder from Universal NER on EWT and the companies, people and places of FIRE, judged on Universal NER's dev."""
    train = [*read_iob(data / "ner/uner_en_ewt-train.iob2"), *read_fire(data / "relations/fire/train.json")]
    dev = read_iob(data / "ner/uner_en_ewt-dev.iob2")
    return train_pipeline(blank_names, train, dev, NAMES, checkpoints, progress=progress)
