"""The dev figures of a pipeline, as they stand in its card."""

from __future__ import annotations

from pathlib import Path

import spacy

from kg.errors import DataError
from kg.nlp.tokenize_zh import ChineseTokenizer
from kg.training.chinese import treebank as chinese_treebank
from kg.training.corpora import read_conllu
from kg.training.loop import score
from kg.training.segmenter import word_f1


def dev_figures(weights: Path, data: Path, language: str) -> dict[str, float]:
    """Scores (0 to 1) of the pipeline in `weights` on the dev files of `data`.

    Gold tokens and gold sentence bounds; uas and las count all tokens, uas_words and las_words all but punctuation.
    For Chinese also words, the F1 of word spans on raw text. Raises DataError where there is no pipeline.
    """
    if not (weights / "config.cfg").is_file():
        raise DataError("no pipeline here", where=weights, hint="kg train makes one")
    nlp = spacy.load(weights)
    if language == "en":
        return score(nlp, read_conllu(data / "treebank/en_ewt-dev.conllu"))
    _, dev = chinese_treebank(data)
    figures = score(nlp, dev)
    if isinstance(nlp.tokenizer, ChineseTokenizer):
        figures["words"] = word_f1(nlp.tokenizer.segmenter, dev)
    return figures
