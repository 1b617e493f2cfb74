"""The training loop that every spaCy component shares: fixed seed, one thread, checkpoints, averaged weights.

spaCy's own loop is not used because it cannot go on after an interruption and cannot regroup sentences between epochs.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

from kg.training.corpora import Sentence, every_roughness, example, roughen

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Tell nobody how it goes."""


@dataclass(frozen=True)
class Recipe:
    """How long and how hard: `steps` updates on batches of about `words` words.

    The rate rises over `warmup` steps and falls linearly to nearly nothing at the last; every `evaluate_every` steps the
    averaged weights are scored on dev by the mean of the scores named in `judged_by`, and the best are kept.
    """

    steps: int
    judged_by: tuple[str, ...]
    words: int = 1000
    dropout: float = 0.2
    rate: float = 0.001
    warmup: int = 250
    evaluate_every: int = 500
    seed: int = 7
    cased: bool = True
    pairs: float = 0.25


def train_pipeline(
    blank: Callable[[], Language],
    train: Sequence[Sentence],
    dev: Sequence[Sentence],
    recipe: Recipe,
    checkpoints: Path,
    *,
    progress: Progress = silent,
) -> Language:
    """Train the pipeline that `blank` makes and return the best pipeline seen on dev (averaged weights).

    `checkpoints` holds `last/` (raw weights and the step) and `best/`: a second call goes on from there. The optimizer's
    moments are not kept, so a run that was interrupted ends in slightly other weights than one that was not.
    """
    checkpoints.mkdir(parents=True, exist_ok=True)
    fix_random_seed(recipe.seed)
    # numpy's own matrix product is three times as fast as BLIS on one thread of the machines at hand.
    set_current_ops(NumpyOps(use_blis=False))
    optimizer = Adam(recipe.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    state = {"step": 0, "best": -1.0}
    if (checkpoints / "state.json").is_file():
        state = json.loads((checkpoints / "state.json").read_text(encoding="utf-8"))
        nlp = spacy.load(checkpoints / "last")
        lemmatizer = nlp.get_pipe("trainable_lemmatizer") if nlp.has_pipe("trainable_lemmatizer") else None
        if isinstance(lemmatizer, EditTreeLemmatizer):
            # spaCy saves which tree each label is, but reads it back for prediction only; without this all lemmas would count as label 0.
            lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
        progress(f"goes on from step {state['step']}")
    else:
        nlp = blank()
        sample = [example(nlp.vocab, [sentence]) for sentence in [*train, *every_roughness(train[0])]]
        nlp.initialize(lambda: sample, sgd=optimizer)
    rng = random.Random(recipe.seed + int(state["step"]))  # noqa: S311
    batches = _batches(train, rng, recipe)
    losses: dict[str, float] = {}
    began = time.monotonic()
    for step in range(int(state["step"]) + 1, recipe.steps + 1):
        optimizer.learn_rate = _rate(step, recipe)
        batch = [example(nlp.vocab, group) for group in next(batches)]
        nlp.update(batch, sgd=optimizer, drop=recipe.dropout, losses=losses)
        if step % recipe.evaluate_every and step != recipe.steps:
            continue
        with nlp.use_params(optimizer.averages):
            scores = score(nlp, dev)
            judged = sum(float(scores[name]) for name in recipe.judged_by) / len(recipe.judged_by)
            better = judged > state["best"]
            if better:
                state["best"] = judged
                nlp.to_disk(checkpoints / "best")
        state["step"] = step
        nlp.to_disk(checkpoints / "last")
        (checkpoints / "state.json").write_text(json.dumps(state), encoding="utf-8")
        shown = " ".join(f"{name} {100 * value:.2f}" for name, value in scores.items())
        lost = " ".join(f"{name} {value:.0f}" for name, value in losses.items())
        progress(f"{step}/{recipe.steps} {'*' if better else ' '} {shown} | loss {lost} | {time.monotonic() - began:.0f} s")
        losses = {}
    return spacy.load(checkpoints / "best")


def score(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Scores (0 to 1) on gold tokens and gold sentence bounds, all tokens counted, punctuation too:
    tag, pos, morph and lemma accuracy, uas, las (uas_words, las_words: without punctuation).
    Only what the sentences are annotated with and the pipeline predicts.
    """
    counted = [0] * 8
    asked = [0] * 8
    examples = [example(nlp.vocab, [sentence], one_sentence=True) for sentence in sentences]
    predicted = nlp.pipe([item.predicted for item in examples], batch_size=64)
    for doc, sentence in zip(predicted, sentences, strict=True):
        head_right = [token.head.i == head for token, head in zip(doc, sentence.heads, strict=False)]
        all_right = [right and token.dep_ == gold for token, right, gold in zip(doc, head_right, sentence.deps, strict=False)]
        words = [dep.partition(":")[0] != "punct" for dep in sentence.deps]
        columns = (
            [token.tag_ == gold for token, gold in zip(doc, sentence.tags, strict=False)],
            [token.pos_ == gold for token, gold in zip(doc, sentence.pos, strict=False)],
            [str(token.morph) == gold for token, gold in zip(doc, sentence.morphs, strict=False)],
            [token.lemma_ == gold for token, gold in zip(doc, sentence.lemmas, strict=False)],
            head_right,
            all_right,
            [right for right, word in zip(head_right, words, strict=False) if word],
            [right for right, word in zip(all_right, words, strict=False) if word],
        )
        for index, column in enumerate(columns):
            counted[index] += sum(column)
            asked[index] += len(column)
    names = {"tag": "tagger", "pos": "morphologizer", "morph": "morphologizer", "lemma": "trainable_lemmatizer"}
    names |= dict.fromkeys(("uas", "las", "uas_words", "las_words"), "parser")
    return {
        name: counted[index] / asked[index]
        for index, (name, component) in enumerate(names.items())
        if asked[index] and component in nlp.pipe_names
    }


def _batches(train: Sequence[Sentence], rng: random.Random, recipe: Recipe) -> Iterator[list[list[Sentence]]]:
    """Batches without end: each epoch shuffled anew, some neighbours joined so that the parser learns where a sentence ends."""
    while True:
        groups: list[list[Sentence]] = []
        index = 0
        while index < len(train):
            size = 2 if rng.random() < recipe.pairs else 1
            groups.append([roughen(sentence, rng, cased=recipe.cased) for sentence in train[index : index + size]])
            index += size
        rng.shuffle(groups)
        batch: list[list[Sentence]] = []
        size = 0
        for group in groups:
            batch.append(group)
            size += sum(len(sentence.words) for sentence in group)
            if size >= recipe.words:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch


def _rate(step: int, recipe: Recipe) -> float:
    if step < recipe.warmup:
        return recipe.rate * step / recipe.warmup
    return recipe.rate * max(0.02, (recipe.steps - step) / max(1, recipe.steps - recipe.warmup))
