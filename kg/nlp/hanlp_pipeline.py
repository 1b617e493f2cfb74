"""HanLP as a spaCy pipeline: `hanlp:PATH-OR-NAME`.

The tokenizer cuts a text into characters, which costs nothing; the component `kg_hanlp` then joins them to HanLP's words, in batches, and
writes tags, trees and names (a Doc that is cut into words already keeps its words). So offsets are the text's own: `doc.text` is the text,
whatever HanLP makes of it. HanLP sees a copy, one character for one (traditional characters simplified, full-width letters and digits
narrowed), and no white space, which stays a token here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span
from spacy.util import DummyTokenizer, get_words_and_spaces, registry
from spacy.vocab import Vocab

from kg.knowledge.labels import load_labels
from kg.knowledge.normalise import simplified
from kg.nlp.hanlp_models import Analysis, HanLP, load_model
from kg.nlp.own_pipeline import write_tree
from kg.nlp.universal import Word, rooted, universal

PREFIX = "hanlp:"
# Letters, digits and the signs of numbers; full-width punctuation is what Chinese treebanks have, and stays.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum() or chr(code - 0xFEE0) == "%"}
_SOLID = re.compile(r"\S+")

_UNCUT = "kg.uncut"  # in a Doc's user_data: its tokens are characters, not words

Offsets = tuple[int, int]


def load_hanlp(name: str) -> Pipeline:
    """Return a spaCy pipeline that reads Chinese with HanLP. Raises InputError as `kg.nlp.hanlp_models.load_model` does."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "kg.characters.v1"}}})
    component = nlp.add_pipe("kg_hanlp", config={"model": name})
    nlp.meta["version"] = f"HanLP {component.model.version}"  # type: ignore[attr-defined]
    return nlp


class Characters(DummyTokenizer):
    """One token a character, white space as spaCy keeps it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = get_words_and_spaces([character for character in text if not character.isspace()], text)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data[_UNCUT] = True
        return doc


@registry.tokenizers("kg.characters.v1")  # type: ignore[untyped-decorator]
def characters() -> Callable[[Pipeline], Characters]:
    """The tokenizer of a pipeline that HanLP reads with."""
    return _on_vocab


def _on_vocab(nlp: Pipeline) -> Characters:
    return Characters(nlp.vocab)


class HanLPComponent:
    """The spaCy component: words, tags, trees and names of HanLP, on a Doc of single characters."""

    def __init__(self, model: HanLP) -> None:
        labels = load_labels()
        self.model = model
        self.kinds = labels.kinds()
        self.tags = labels.tag_scheme(model.tags)
        self.scheme = labels.dependency_scheme("zh", model.relations)

    def __call__(self, doc: Doc) -> Doc:
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotate docs in batches, in place, in their order."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._annotate(batch)
            yield from batch

    def _annotate(self, docs: Sequence[Doc]) -> None:
        copies = [copied(doc.text) for doc in docs]
        uncut = [bool(doc.user_data.pop(_UNCUT, False)) for doc in docs]
        solid = [[match.span() for match in _SOLID.finditer(copy)] if cut else [] for copy, cut in zip(copies, uncut, strict=True)]
        found = iter(self.model.words([copy[start:end] for copy, spans in zip(copies, solid, strict=True) for start, end in spans]))
        sentences: list[tuple[Doc, list[str]]] = []
        for doc, copy, spans in zip(docs, copies, solid, strict=True):
            _join(doc, [word for start, end in spans for word in placed(copy[start:end], next(found), start)])
            sentences.append((doc, [copy[token.idx:token.idx + len(token.text)] for token in doc if not token.is_space]))
        worth_it = [(doc, words) for doc, words in sentences if words]
        for (doc, _), analysis in zip(worth_it, self.model.analyse([words for _, words in worth_it]), strict=True):
            self._write(doc, analysis)

    def _write(self, doc: Doc, analysis: Analysis) -> None:
        """Write what HanLP says of the words; white space hangs on the token before it."""
        solid = [token for token in doc if not token.is_space]
        pos = [self.tags.get(tag, "X") for tag in analysis.tags]
        rows = zip(solid, pos, rooted(analysis.heads), analysis.relations, strict=True)
        heads, deps = universal([Word(frozenset({token.text}), tag, head, dep) for token, tag, head, dep in rows], self.scheme)
        all_pos, all_heads, all_deps = ["SPACE"] * len(doc), [max(token.i - 1, 0) for token in doc], ["dep"] * len(doc)
        if not doc[0].is_space:
            all_heads[0] = 0
        else:
            for token in doc[: solid[0].i]:
                all_heads[token.i] = solid[0].i
        for token, tag, label, head, dep in zip(solid, analysis.tags, pos, heads, deps, strict=True):
            token.tag_, token.lemma_ = tag, token.text  # a Chinese word is its own lemma
            all_pos[token.i], all_heads[token.i] = label, solid[head].i
            all_deps[token.i] = "ROOT" if solid[head] is token else (dep if dep != "ROOT" else "dep")
        write_tree(doc, all_pos, all_heads, all_deps)
        doc.set_ents(self._names(doc, [token.i for token in solid], analysis))

    def _names(self, doc: Doc, place: Sequence[int], analysis: Analysis) -> list[Span]:
        """Return the names of a kind that kg keeps; of two that overlap, the longer."""
        found: list[Span] = []
        for start, end, kind in sorted(analysis.names, key=lambda name: (name[0] - name[1], name[0])):
            if kind not in self.kinds or not 0 <= start < end <= len(place):
                continue
            span = Span(doc, place[start], place[end - 1] + 1, label=self.kinds[kind])
            if all(span.end <= other.start or other.end <= span.start for other in found):
                found.append(span)
        return found


def copied(text: str) -> str:
    """Return what HanLP sees of a text, one character for one: simplified, its full-width letters and digits narrowed."""
    return simplified(text).translate(_NARROW)


def placed(text: str, words: Sequence[str], start: int) -> list[Offsets]:
    """Return where words stand in a text that begins at `start`. Together they cover it: what a model leaves out is a word of its own."""
    found: list[Offsets] = []
    position = 0
    for word in words:
        at = text.find(word, position) if word else -1
        if at < 0:
            continue
        if at > position:
            found.append((start + position, start + at))
        found.append((start + at, start + at + len(word)))
        position = at + len(word)
    if position < len(text):
        found.append((start + position, start + len(text)))
    return found


def _join(doc: Doc, words: Sequence[Offsets]) -> None:
    """Join the single characters of a Doc to words."""
    with doc.retokenize() as joining:
        for start, end in words:
            span = doc.char_span(start, end)
            if span is not None and len(span) > 1:
                joining.merge(span)


@Pipeline.factory(
    "kg_hanlp", default_config={"model": ""}, assigns=["token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "doc.ents"]
)
def make_hanlp(nlp: Pipeline, name: str, model: str) -> HanLPComponent:
    """Make the component `kg_hanlp` on the HanLP model or pipeline of that name or path."""
    del nlp, name
    return HanLPComponent(load_model(model))
