"""Readers that answer about text whose words or entities somebody marked: what an evaluation asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.model import Language
from kg.nlp import relations, spans
from kg.nlp.asking import load_terms
from kg.nlp.encoder import Answer, Encoder, Marking, load_encoder
from kg.nlp.gazetteer import default_gazetteer
from kg.nlp.joint import Candidate, decide
from kg.nlp.pipeline import cut, load_pipeline
from kg.nlp.questions import NONE, REVERSE
from kg.nlp.spans import Found, Stated
from kg.nlp.values import mark_values

Span = tuple[int, int]
Marked = tuple[str, Span, Span, tuple[str | None, str | None]]  # text, head, tail, their kinds where known
BATCH = 128
NAME_SET = "uner"  # what the encoder calls the kinds PER, ORG and LOC of Universal NER
_BODIES = frozenset({"Company", "Organization"})
_Read = dict[tuple[Found, ...], list[Stated]]  # what the frames read in one text, by the mentions marked in it
_GUESSES = (("Company", "Company"), ("Company", "Product"), ("Product", "Company"))


def read_words(
    language: Language, sentences: Iterable[tuple[Sequence[str], Sequence[bool]]], pipeline: str = "builtin",
) -> Iterator[Doc]:
    """Read sentences whose words (and whether a space follows each) are given: tags and trees on exactly these words.

    `pipeline` is `builtin`, or any other as `load_pipeline` takes it. Raises InputError.
    """
    nlp = load_pipeline(language, pipeline)
    return nlp.pipe((_of_words(nlp, words, spaces) for words, spaces in sentences), batch_size=BATCH)


def frame_relations(pairs: Iterable[tuple[Language, str, Span, Span]]) -> Iterator[str]:
    """Yield what the frames say of each pair (language, text, head, tail): a relation of the ontology, with `~` before it when it runs from
    tail to head, or `none`.

    What kinds of thing the two are is taken from the lexicon; those that it does not know are tried as companies and as a company's product.
    """
    spans.register()
    for (language, text), together in groupby(pairs, key=lambda pair: pair[:2]):
        known = default_gazetteer().find(text)
        read: _Read = {}
        for _, _, head, tail in together:
            yield _relation(language, text, (head, tail), known, read)


def encoder_knows(language: Language, inventory: str) -> bool:
    """Tell whether the weights of a language's encoder are here and were trained on a label set."""
    encoder = load_encoder(language)
    return encoder is not None and inventory in encoder.labels


def encoder_relations(
    language: Language, inventory: str, pairs: Sequence[Marked], *, believed: bool = False,
) -> list[str | None]:
    """Return the encoder's best label of an inventory that it knows for each pair.

    None for a pair that stands beyond what it sees of a text. With `believed`, a label is given only from the chance on from which the
    reader believes it (`data/nlp/encoder.yaml`). Pairs of a set that asks about all pairs of a text are decided together (`kg.nlp.joint`).
    """
    encoder = load_encoder(language)
    assert encoder is not None
    rows = {text: row for row, text in enumerate(dict.fromkeys(text for text, *_ in pairs))}
    answers = encoder.read(list(rows)).ask([Marking(rows[text], head, tail, kinds) for text, head, tail, kinds in pairs], inventory)
    if inventory in encoder.repeats:
        return _together(encoder, inventory, pairs, answers)
    least = load_terms().relations if believed else {}
    return [
        answer.best[0] if answer is not None and (not believed or answer.best[1] >= least.get(answer.best[0].removeprefix(REVERSE), 2.0)) else None
        for answer in answers
    ]


def _together(encoder: Encoder, inventory: str, pairs: Sequence[Marked], answers: Sequence[Answer | None]) -> list[str | None]:
    """Return the labels of pairs that are decided text by text; None for one without an answer."""
    terms = load_terms().joint
    seen = [place for place, answer in enumerate(answers) if answer is not None]
    candidates = [Candidate(*pairs[place], answer.chances) for place, answer in enumerate(answers) if answer is not None]
    labels = decide(candidates, encoder.repeats[inventory], again=terms.again, lean=terms.lean)
    given: list[str | None] = [None] * len(pairs)
    for place, label in zip(seen, labels, strict=True):
        given[place] = label
    return given


def encoder_names(language: Language, texts: Sequence[str]) -> list[list[tuple[int, int, str]]] | None:
    """Return the names (start, end, kind) in texts, as Universal NER has them: what the encoder is sure enough of, and where it finds nothing the
    companies and bodies that the lexicon knows. None where the encoder's weights are not here."""
    encoder = load_encoder(language)
    if encoder is None:
        return None
    found = []
    for text, names in zip(texts, encoder.read(texts).names(NAME_SET), strict=True):
        sure = [(name.start, name.end, name.kind) for name in names if name.chance >= load_terms().marked]
        known = [(each.start, each.end, "ORG") for each in default_gazetteer().find(text) if each.entity and each.label in _BODIES]
        found.append(sorted([*sure, *(each for each in known if not any(_overlap(each[:2], name[:2]) for name in sure))]))
    return found


def _relation(language: Language, text: str, ends: tuple[Span, Span], known: Sequence[Found], read: _Read) -> str:
    head, tail = ends
    if _overlap(head, tail):
        return NONE
    others = [m for m in known if not (_overlap((m.start, m.end), head) or _overlap((m.start, m.end), tail))]
    labels = {(m.start, m.end): m.label for m in known}
    for guess in dict.fromkeys((labels.get(head, h), labels.get(tail, t)) for h, t in _GUESSES):
        given = [Found(*span, label, None, "given") for span, label in zip(ends, guess, strict=True)]
        mentions = tuple(sorted((*given, *others), key=lambda m: m.start))
        if mentions not in read:
            read[mentions] = relations.extract(_doc(language, text, mentions))
        for stated in read[mentions]:
            found = ((stated.subject.start, stated.subject.end), (stated.object.start, stated.object.end))
            if stated.assertion.negated or set(found) != {head, tail}:
                continue
            symmetric = relations.engine(language).ontology.facts[stated.relation].symmetric
            return stated.relation if symmetric or found == (head, tail) else REVERSE + stated.relation
    return NONE


def _doc(language: Language, text: str, mentions: tuple[Found, ...]) -> Doc:
    nlp = _parsing(language)
    doc = cut(nlp, text, mentions)
    doc._.language, doc._.mentions = language, mentions
    mark_values(doc)
    return nlp(doc)


def _of_words(nlp: Pipeline, words: Sequence[str], spaces: Sequence[bool]) -> Doc:
    starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
    return Doc(nlp.vocab, words=list(words), spaces=list(spaces), sent_starts=starts)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@cache
def _parsing(language: Language) -> Pipeline:
    return load_pipeline(language, "builtin")
