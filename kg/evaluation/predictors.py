"""Who is asked: the readers behind an evaluation. `relation_predictor` and `name_predictor` choose."""

from __future__ import annotations

from collections.abc import Sequence
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


class EncoderRelations:
    """The encoder, asked about marked pairs in any label set that it was trained on; with `believed`, as far as the reader believes it."""

    def __init__(self, *, believed: bool = False) -> None:
        self.believed = believed

    def predict(self, pairs: Sequence[Pair], inventory: Inventory) -> list[str]:
        """Return the encoder's best label of each pair; the null label (or the first) for one beyond what it sees of a text."""
        from kg.nlp.marked import encoder_relations

        unseen = inventory.null or inventory.labels[0]
        given = [unseen] * len(pairs)
        for language in sorted({pair.lang for pair in pairs}):
            places = [place for place, pair in enumerate(pairs) if pair.lang == language]
            asked = [(pairs[place].text, pairs[place].head, pairs[place].tail, pairs[place].kinds) for place in places]
            for place, label in zip(places, encoder_relations(language, inventory.name, asked, believed=self.believed), strict=True):
                given[place] = label or unseen
        return given


class Together:
    """What reads the ontology's relations: the frames, and where they say nothing, the encoder where its weights are here."""

    def predict(self, pairs: Sequence[Pair], inventory: Inventory) -> list[str]:
        """Return what the two say of each pair."""
        from kg.nlp.marked import encoder_knows, frame_relations

        given = list(frame_relations((pair.lang, pair.text, pair.head, pair.tail) for pair in pairs))
        left = [place for place, pair in enumerate(pairs) if given[place] == inventory.null and encoder_knows(pair.lang, inventory.name)]
        for place, label in zip(left, EncoderRelations(believed=True).predict([pairs[place] for place in left], inventory), strict=True):
            given[place] = label
        return given


class EncoderNames:
    """kg's own finder of names: the encoder, beside the lexicon."""

    def names(self, sentences: Sequence[Named]) -> list[list[Name]]:
        """Return the names that are found. Raises KgError where a language's encoder is not here."""
        from kg.nlp.marked import encoder_names

        found: dict[int, Sequence[tuple[int, int, str]]] = {}
        for language in sorted({sentence.lang for sentence in sentences}):
            places = [place for place, sentence in enumerate(sentences) if sentence.lang == language]
            read = encoder_names(language, [sentences[place].text for place in places])
            if read is None:
                raise KgError("names are read by the encoder, whose weights are not here", hint=f"kg train {language}-encoder makes them")
            found.update(zip(places, read, strict=True))
        return [[Name(*name) for name in found[place]] for place in range(len(sentences))]


class PipelineNames:
    """A spaCy pipeline's name finder, on the tokens that are given."""

    def __init__(self, pipeline: str) -> None:
        self.pipeline = pipeline

    def names(self, sentences: Sequence[Named]) -> list[list[Name]]:
        """Return the names that the pipeline finds, kinds folded to PER, ORG and LOC."""
        from kg.nlp.marked import read_words

        found: dict[int, list[Name]] = {}
        for language in ("en", "zh"):
            places = [index for index, sentence in enumerate(sentences) if sentence.lang == language]
            asked = [sentences[index] for index in places]
            for index, sentence, doc in zip(places, asked, read_words(language, map(_words, asked), self.pipeline), strict=True):
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
    if name == "kg":
        return Together()
    from kg.nlp.marked import encoder_knows

    if not encoder_knows(SETS[name].language, name):
        raise KgError(f"the inventory {name} is read by the encoder, whose weights are not here or do not know it",
                      hint="kg train makes them; `kg` is read by frames alone")
    return EncoderRelations()


def name_predictor(pipeline: str = "builtin") -> NamePredictor:
    """Return who finds names: kg's own readers, or a spaCy pipeline by name or path."""
    return EncoderNames() if pipeline == "builtin" else PipelineNames(pipeline)


def _words(sentence: Named) -> tuple[list[str], list[bool]]:
    """Return the words of a sentence and whether a space follows each."""
    words = [sentence.text[start:end] for start, end in sentence.tokens]
    return words, [sentence.text[end : end + 1].isspace() or (sentence.lang == "en" and end == len(sentence.text)) for _, end in sentence.tokens]
