"""Small HanLP components from a treebank, without any transformer: to try the seam with, and to stand beside kg's own pipeline.

`python -m benchmarks.hanlp` trains them on a whole treebank, the tests on 200 sentences (a few seconds each). Needs the extra `hanlp`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.nlp.hanlp_mends import mend
from kg.training.corpora import Sentence

PARTS = ("tok", "pos", "ner", "dep")


@dataclass(frozen=True)
class Sizes:
    """How much is trained: epochs of each part, and the width of their recurrent layers."""

    tok: int = 3
    pos: int = 3
    ner: int = 3
    dep: int = 3
    hidden: int = 64


def train_components(
    train: Sequence[Sentence], dev: Sequence[Sentence], out: Path, sizes: Sizes = Sizes(), *, seed: int = 7,
    progress: Callable[[str], None] = lambda _: None,
) -> Path:
    """Train a tokenizer, a tagger (UPOS), a name finder and a parser, each in a folder of its own in `out`; returns `out`.

    The files that HanLP trains on are written to `out`/data. The same seed makes the same components on the same machine.
    """
    from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer
    from hanlp.components.parsers.biaffine.biaffine_dep import BiaffineDependencyParser
    from hanlp.components.taggers.rnn_tagger import RNNTagger
    from hanlp.components.tokenizers.tok import RNNTokenizer

    data = out / "data"
    data.mkdir(parents=True, exist_ok=True)
    _write_files(data, "train", train)
    known = {label for sentence in train for label in (*sentence.pos, *sentence.entities)}
    _write_files(data, "dev", [each for each in dev if known.issuperset((*each.pos, *each.entities))])  # HanLP stumbles over a new label
    recurrent = {"embed": 64, "rnn_hidden": sizes.hidden, "crf": True, "batch_size": 32, "lr": 3e-3, "anneal_factor": None}
    parser = {"n_embed": 64, "n_lstm_hidden": sizes.hidden, "n_lstm_layers": 2, "n_mlp_arc": 128, "n_mlp_rel": 64, "separate_optimizer": True,
              "min_freq": 2, "batch_size": 32, "tree": False, "punct": True}  # trees only when it reads: they are slow to make
    plans: dict[str, tuple[Any, str, dict[str, Any]]] = {
        "tok": (RNNTokenizer(), "txt", recurrent),
        "pos": (RNNTagger(), "pos.tsv", recurrent),
        "ner": (RNNNamedEntityRecognizer(), "ner.tsv", recurrent | {"tagging_scheme": "BIO", "token_delimiter": ""}),
        "dep": (BiaffineDependencyParser(), "conllx", parser),
    }
    for part, (component, suffix, settings) in plans.items():
        progress(f"HanLP {part}: {getattr(sizes, part)} epochs")
        (out / part).mkdir(exist_ok=True)
        mend(component).fit(
            str(data / f"train.{suffix}"), str(data / f"dev.{suffix}"), str(out / part), epochs=getattr(sizes, part), devices=-1, seed=seed,
            logger=_silent(), verbose=False, **settings,
        )
    return out


def _write_files(folder: Path, name: str, sentences: Iterable[Sentence]) -> None:
    """Write sentences in the forms that HanLP reads: words parted by spaces, two columns, ten columns (UPOS in the fourth)."""
    forms: dict[str, list[str]] = {"txt": [], "pos.tsv": [], "ner.tsv": [], "conllx": []}
    for sentence in sentences:
        forms["txt"].append(" ".join(sentence.words))
        entities = ["O" if label == "-" else label for label in sentence.entities or ("O",) * len(sentence.words)]
        forms["pos.tsv"].append("".join(f"{word}\t{tag}\n" for word, tag in zip(sentence.words, sentence.pos, strict=True)))
        forms["ner.tsv"].append("".join(f"{word}\t{label}\n" for word, label in zip(sentence.words, entities, strict=True)))
        rows = []
        for index, (word, tag, head, dep) in enumerate(zip(sentence.words, sentence.pos, sentence.heads, sentence.deps, strict=True)):
            above, label = (0, "root") if head == index else (head + 1, dep)
            rows.append(f"{index + 1}\t{word}\t_\t{tag}\t{tag}\t_\t{above}\t{label}\t_\t_\n")
        forms["conllx"].append("".join(rows))
    for suffix, blocks in forms.items():
        (folder / f"{name}.{suffix}").write_text("\n".join(blocks) + "\n", encoding="utf-8")


def _silent() -> logging.Logger:
    logger = logging.getLogger("kg.training.hanlp")
    logger.setLevel(logging.ERROR)
    return logger
