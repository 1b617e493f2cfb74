"""Who is asked: the readers behind an evaluation. A new one is plugged in at `_relation_readers` and `name_predictor`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from kg.errors import KgError
from kg.evaluation.names import KINDS, Name, Named
from kg.evaluation.pairs import Inventory, Pair
from kg.evaluation.published import SETS


class RelationPredictor(Protocol):
    """Tells the relation of marked pairs."""

    def predict(self, pairs: Sequence[Pair], inventory: Inventory) -> Sequence[str]:
        """Return a label of the inventory for each pair; the pairs' own `relation` is empty."""
        ...


class NamePredictor(Protocol):
    """Finds names."""

    def names(self, sentences: Sequence[Named]) -> Sequence[Sequence[Name]]:
        """Return the names of each sentence; the sentences' own `names` are empty."""
        ...


class Frames:
    """The frames, asked about marked pairs: inventory `kg` only."""

    def predict(self, pairs: Sequence[Pair], inventory: Inventory) -> list[str]:  # noqa: ARG002 - the frames know one inventory
        """Return what the frames say of each pair."""
        from kg.nlp.marked import frame_relations

        return list(frame_relations((pair.lang, pair.text, pair.head, pair.tail) for pair in pairs))


class PipelineNames:
    """A spaCy pipeline's name finder, on the tokens that are given."""

    def __init__(self, pipeline: str = "builtin") -> None:
        self.pipeline = pipeline

    def names(self, sentences: Sequence[Named]) -> list[list[Name]]:
        """Return the names that the pipeline finds, kinds folded to PER, ORG and LOC."""
        from kg.nlp.marked import read_words

        found: dict[int, list[Name]] = {}
        for language in ("en", "zh"):
            places = [index for index, sentence in enumerate(sentences) if sentence.lang == language]
            asked = [sentences[index] for index in places]
            for index, sentence, doc in zip(places, asked, read_words(language, map(_words, asked), self.pipeline, names=True), strict=True):
                spans = [(sentence.tokens[ent.start][0], sentence.tokens[ent.end - 1][1], ent.label_) for ent in doc.ents]
                found[index] = [Name(start, end, KINDS[kind]) for start, end, kind in spans if kind in KINDS]
        return [found[index] for index in range(len(sentences))]


def inventory(name: str) -> Inventory:
    """Return a label set by name: a published set's, or `kg`, the ontology's own. Raises KgError for an unknown one."""
    if name == "kg":
        from kg.knowledge.ontology import load_ontology
        from kg.nlp.questions import NONE, inverse, ontology_labels

        labels = ontology_labels()
        inverses = {label: inverse(label) for label in labels if inverse(label) != label}
        mutual = frozenset(label for label in labels if label in load_ontology().facts and label not in inverses)
        return Inventory(name="kg", labels=labels, null=NONE, inverse=inverses, symmetric=mutual)
    if name not in SETS:
        raise KgError(f"there is no inventory {name!r}", hint="there are kg, " + ", ".join(SETS))
    return SETS[name]


def relation_predictor(name: str) -> RelationPredictor:
    """Return who tells the relations of an inventory. Raises KgError where what it takes is not there."""
    readers = _relation_readers()
    if name not in readers:
        raise KgError(f"the inventory {name} is read by the encoder, whose weights are not here", hint="kg train makes them; the frames read `kg`")
    return readers[name]()


def name_predictor(pipeline: str = "builtin") -> NamePredictor:
    """Return who finds names."""
    return PipelineNames(pipeline)


def _relation_readers() -> Mapping[str, Callable[[], RelationPredictor]]:
    return {"kg": Frames}


def _words(sentence: Named) -> tuple[list[str], list[bool]]:
    """Return the words of a sentence and whether a space follows each."""
    words = [sentence.text[start:end] for start, end in sentence.tokens]
    return words, [sentence.text[end : end + 1].isspace() or (sentence.lang == "en" and end == len(sentence.text)) for _, end in sentence.tokens]
