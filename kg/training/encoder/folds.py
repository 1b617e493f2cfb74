"""CORE has no dev part: how well the English network learns it is measured by cross-validation, a fifth of the sentences held back each time."""

from __future__ import annotations

import random
from pathlib import Path

import torch

from kg.evaluation.published import SETS
from kg.nlp.encoding import open_tokenizer
from kg.nlp.questions import questions
from kg.training.encoder import pretrained
from kg.training.encoder.learning import Progress, Recipe, learn
from kg.training.encoder.material import of_pairs
from kg.training.encoder.measuring import pair_scores
from kg.training.encoder.network import Network, Shape
from kg.training.encoder.tuning import both_orders, null_label

FOLDS = 5
RECIPE = Recipe(epochs=5)
SHAPE = Shape(layers=12, lower=4, names_from_upper=False)  # with the nine layers of what ships, marked at the sixth, a fold has two points less
SET = "core"


def core_fold(data: Path, fold: int, checkpoints: Path, *, recipe: Recipe = RECIPE, threads: int = 1, progress: Progress = lambda _: None) -> float:
    """Tune the network of the English encoder, all its layers, on CORE alone, four fifths of its sentences, turned pairs in both orders; return
    the micro F1 (0 to 1, without `undefined`) on the others, heads as CORE has them.

    `fold` is 0 to 4. An interrupted run goes on from `checkpoints`, which keeps the pretrained encoder too.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    bert, path = pretrained.load("en", checkpoints / "pretrained")
    core, tokenizer = SETS[SET], open_tokenizer(str(path))
    asked = questions({SET: core.labels})
    pairs = core.read(data / core.train)
    texts = sorted({pair.text for pair in pairs})
    random.Random(5).shuffle(texts)  # noqa: S311
    held = set(texts[fold::FOLDS])
    null = null_label(SET)
    train = of_pairs((pair for pair in both_orders(data / core.train) if pair.text not in held), SET, null, asked, tokenizer)
    for item in train:
        item.share = 0.0  # pairs that only the ontology's own labels answer, read backwards, are not asked about
    network = Network(bert, SHAPE, {}, asked.width, len(asked.kinds))
    learn(network, asked, train, recipe, checkpoints / f"core-{fold}", progress=progress)
    network.eval()
    return pair_scores(network, asked, SET, null, of_pairs((pair for pair in pairs if pair.text in held), SET, null, asked, tokenizer))
