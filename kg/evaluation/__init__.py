"""What `kg` reads against what people wrote down: names, relations of marked pairs, parses, and whole graphs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import InputError, KgError
from kg.evaluation.gold import Gold, read_gold
from kg.evaluation.names import NameScore, read_iob2, score_names, write_iob2
from kg.evaluation.pairs import read_pairs, write_pairs
from kg.evaluation.parses import ParseScore, PipelineParser, gold_words, read_treebank, score_parses, write_conllu
from kg.evaluation.predictors import inventory, name_predictor, relation_predictor
from kg.evaluation.published import EVENT_SETS, NAME_SETS, SETS, write_events
from kg.evaluation.relations import RelationScore, score_relations
from kg.evaluation.score import GraphScore, score_graph
from kg.model import Language
from kg.model.files import read_graph

__all__ = [
    "Gold", "GraphScore", "Kind", "NameScore", "ParseScore", "RelationScore", "Score", "convert", "evaluate", "evaluate_graph", "evaluate_names",
    "evaluate_parse", "evaluate_relations", "read_gold", "score_graph",
]

Kind = Literal["graph", "ner", "relations", "parse"]
Score = GraphScore | NameScore | RelationScore | ParseScore


def evaluate(kind: Kind, gold: str | Path, **options: Any) -> Score:
    """Score what `kg` reads against a gold file. `kind` says what the file holds; `options` are those of the function it stands for:

    `graph` evaluate_graph, `ner` evaluate_names, `relations` evaluate_relations, `parse` evaluate_parse. Raises KgError for another kind.
    """
    kinds: Mapping[str, Callable[..., Score]] = {
        "graph": evaluate_graph, "ner": evaluate_names, "relations": evaluate_relations, "parse": evaluate_parse,
    }
    if kind not in kinds:
        raise KgError(f"there is nothing called {kind!r} to evaluate", hint="one of " + ", ".join(get_args(Kind)))
    return kinds[kind](gold, **options)


def evaluate_graph(gold: str | Path, out: str | Path, *, predictions: str | Path | None = None) -> GraphScore:
    """Score the graph that `kg extract` wrote into the folder `out` against the gold list `gold` (YAML).

    What is not as the list has it goes to `predictions` (JSON Lines of what, which, detail). Raises DataError with file and line for a
    gold list that cannot be read, InputError for a folder that is not an extraction.
    """
    score = score_graph(read_gold(Path(gold)), read_graph(Path(out)))
    if predictions is not None:
        _write_lines(({"what": what, "which": which, "detail": detail} for what, which, detail in score.findings()), Path(predictions))
    return score


def evaluate_names(
    gold: str | Path, *, lang: Language | None = None, pipeline: str = "builtin", predictions: str | Path | None = None,
) -> NameScore:
    """Score the names found on the words of the IOB2 file `gold`: exact spans of PER, ORG and LOC.

    `lang` is told from each text where it is not given; `pipeline` is `builtin` or a spaCy pipeline by name or path. What was found goes
    to `predictions` (IOB2). Raises DataError with file and line for a file that cannot be read.
    """
    sentences = read_iob2(Path(gold), lang)
    found = name_predictor(pipeline).names([replace(sentence, names=()) for sentence in sentences])
    if predictions is not None:
        write_iob2((replace(s, names=tuple(names)) for s, names in zip(sentences, found, strict=True)), _writable(Path(predictions)))
    return score_names(sentences, found)


def evaluate_relations(gold: str | Path, inventory_name: str = "kg", *, predictions: str | Path | None = None) -> RelationScore:
    """Score the relations told of the marked pairs of `gold` (JSON Lines), out of the label set `inventory_name`.

    What was told goes to `predictions` (JSON Lines of id, gold, predicted). Raises DataError with file and line for a file that cannot
    be read or a label that the inventory lacks, KgError for an unknown inventory or one whose reader's weights are not there.
    """
    labels = inventory(inventory_name)
    pairs = read_pairs(Path(gold), labels.labels)
    given = relation_predictor(inventory_name).predict([replace(pair, relation="") for pair in pairs], labels)
    if predictions is not None:
        rows = ({"id": pair.id, "gold": pair.relation, "predicted": label} for pair, label in zip(pairs, given, strict=True))
        _write_lines(rows, Path(predictions))
    return score_relations(pairs, given, labels)


def evaluate_parse(
    gold: str | Path, *, lang: Language | None = None, pipeline: str = "builtin", predictions: str | Path | None = None,
) -> ParseScore:
    """Score tags and trees on the words of the treebank `gold` (CoNLL-U), options as for names; `predictions` is CoNLL-U.

    The builtin Chinese labels are those of UD version 1. Raises DataError with file and line for a file that cannot be read.
    """
    language, sentences = read_treebank(Path(gold), lang)
    parses = [list(words) for words in PipelineParser(pipeline).parse(language, sentences)]
    if predictions is not None:
        write_conllu(sentences, parses, _writable(Path(predictions)))
    return score_parses([gold_words(sentence) for sentence in sentences], parses)


def convert(name: str, path: str | Path, out: str | Path) -> int:
    """Write the file `path` of the published set `name` in the gold form: JSON Lines for relations and events, IOB2 for names.

    Labels stay the set's own. Returns how many pairs, sentences or texts were written. Raises KgError for an unknown set, DataError with
    file and line for a file that is not one of the set's.
    """
    path, out = Path(path), Path(out)
    if name in SETS:
        pairs = SETS[name].read(path)
        write_pairs(pairs, _writable(out))
        return len(pairs)
    if name in NAME_SETS:
        sentences = NAME_SETS[name].read(path)
        write_iob2(sentences, _writable(out))
        return len(sentences)
    if name in EVENT_SETS:
        texts = EVENT_SETS[name].read(path)
        write_events(texts, _writable(out))
        return len(texts)
    raise KgError(f"there is no published set {name!r}", hint="there are " + ", ".join((*SETS, *NAME_SETS, *EVENT_SETS)))


def _write_lines(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    with _writable(path).open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _writable(path: Path) -> Path:
    """Return a path that can be written. Raises InputError where it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a", encoding="utf-8").close()
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=path) from error
    return path
