"""The reader: sentences, two spaCy pipelines, and what is read from them.

One pass a sentence. Names and values come first, from the text alone; a sentence that holds neither is not tagged or parsed, since no
frame could read anything in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from kg.errors import InputError
from kg.ids import make_id
from kg.knowledge.yaml_file import data_folder
from kg.model import Document, Language, Mention, Reading
from kg.nlp import aliases, asking, coreference, events, metrics, relations, spans
from kg.nlp.agreement import agree
from kg.nlp.encoder import Answer, Read, load_encoder
from kg.nlp.gazetteer import Gazetteer, default_gazetteer, with_recognised
from kg.nlp.hanlp_pipeline import PREFIX, load_hanlp
from kg.nlp.harvest import harvest
from kg.nlp.own_pipeline import load_own
from kg.nlp.sentences import Sentence, split
from kg.nlp.spans import Found
from kg.nlp.suspects import flag_suspects
from kg.nlp.tokenize_zh import ChineseTokenizer
from kg.nlp.values import mark_values

OWN_VIEWS = frozenset({"brokerage"})  # sectors (lexicon) of companies whose texts are research of their own
DOCUMENTS_AT_ONCE = 32  # enough sentences to fill the parser's batches, few enough to keep memory flat


@dataclass(frozen=True, slots=True)
class _Heard:
    """The sentences of a batch that the encoder has read, and what it made of them."""

    docs: Sequence[Doc]
    read: Read


@dataclass(frozen=True, slots=True)
class _Job:
    document: Document
    publisher: Mention | None
    docs: tuple[Doc, ...]


class Reader:
    """Reads documents into `Reading`s.

    `en` and `zh` name the pipeline of each language: `builtin`, any spaCy pipeline by name or path, or, for Chinese, `hanlp:PATH-OR-NAME`.
    A pipeline of the user's own is loaded at once: InputError where it cannot be had or lacks what kg needs.
    """

    def __init__(self, en: str = "builtin", zh: str = "builtin") -> None:
        self._names: dict[Language, str] = {"en": en, "zh": zh}
        spans.register()
        for code, name in self._names.items():
            if name != "builtin":
                self._pipeline(code)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Every name that the lexicon knows, as one automaton."""
        return default_gazetteer()

    @cached_property
    def english(self) -> Pipeline:
        """The English pipeline."""
        return load_pipeline("en", self._names["en"])

    @cached_property
    def chinese(self) -> Pipeline:
        """The Chinese pipeline."""
        return load_pipeline("zh", self._names["zh"])

    def versions(self) -> dict[str, str]:
        """Return what reads: the pipelines by language, with their versions."""
        return {code: f"{name} {self._pipeline(code).meta['version']}" for code, name in self._names.items()}

    def read(self, document: Document) -> Reading:
        """Read one document."""
        return next(self.read_all([document]))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Read documents one after another, in their order; sentences of several documents share a batch."""
        source = iter(documents)
        while batch := list(islice(source, DOCUMENTS_AT_ONCE)):
            jobs = [_Job(document, self._publisher(document), tuple(self._docs(document))) for document in batch]
            heard = {code: self._hear(code, [doc for job in jobs for doc in job.docs if doc._.language == code]) for code in self._names}
            for code, name in self._names.items():
                worth_it = [doc for job in jobs for doc in job.docs if doc._.language == code and (doc._.mentions or doc._.values)]
                if worth_it:
                    for _ in self._pipeline(code).pipe(worth_it, batch_size=128):
                        pass
                if name != "builtin":  # whoever brings a pipeline wants the names that it finds
                    for doc in worth_it:
                        doc._.mentions = tuple(with_recognised(doc, doc._.mentions))
            topics = [_refer(job.docs) for job in jobs]
            answers = {doc: given for each in heard.values() for doc, given in _answers(each)}
            for job, subjects in zip(jobs, topics, strict=True):
                _interpret(job.docs, subjects, answers)
                yield harvest(job.document, job.docs, job.publisher, own_views=self._has_own_views(job.publisher))

    def _pipeline(self, code: Language) -> Pipeline:
        return self.english if code == "en" else self.chinese

    def _hear(self, code: Language, docs: Sequence[Doc]) -> _Heard | None:
        """Let the encoder read the sentences that are worth it, and add the names that it alone finds."""
        encoder = load_encoder(code)
        worth_it = [doc for doc in docs if asking.worth_reading(doc)] if encoder else []
        if encoder is None or not worth_it:
            return None
        read = asking.read_batch(worth_it, encoder)
        asking.add_names(worth_it, read)
        return _Heard(worth_it, read)

    def _docs(self, document: Document) -> Iterator[Doc]:
        published = date.fromisoformat(document.published[:10]) if document.published else None
        for sentence in split(document):
            mentions = tuple(self.gazetteer.find(sentence.text))
            doc = self._doc(sentence, mentions)
            doc._.start, doc._.passage, doc._.section = sentence.start, sentence.passage, sentence.section
            doc._.published, doc._.language = published, sentence.language
            for token in doc:
                token.is_sent_start = token.i == 0  # a Doc is one sentence: the parser may not split it
            doc._.mentions = mentions
            mark_values(doc)
            yield doc

    def _doc(self, sentence: Sentence, mentions: Sequence[Found]) -> Doc:
        """Cut a sentence into tokens; the builtin Chinese tokenizer keeps known names whole."""
        pipeline = self._pipeline(sentence.language)
        if isinstance(pipeline.tokenizer, ChineseTokenizer):
            return pipeline.tokenizer(sentence.text, [(mention.start, mention.end) for mention in mentions])
        return pipeline.make_doc(sentence.text)

    def _publisher(self, document: Document) -> Mention | None:
        """Return the mention of the document's publisher: its source line, or its source alone where the text does not show it."""
        if not document.source:
            return None
        known = [entry for entry in self.gazetteer.lexicon.by_name(document.source) if entry.label in ("Company", "Organization")]
        if not known:
            return None
        start = max(document.text.find(document.source), 0)
        end = start + len(document.source) if document.text.startswith(document.source, start) else start
        return Mention(id=make_id("mention", document.id, "publisher"), document=document.id, start=start, end=end,
                       text=document.text[start:end], label=known[0].label, entity=known[0].id)

    def _has_own_views(self, publisher: Mention | None) -> bool:
        """Tell whether a publisher's texts are its own views: a broker's are, a newspaper's are not."""
        lexicon = self.gazetteer.lexicon
        return publisher is not None and publisher.entity in lexicon and bool(OWN_VIEWS & {*lexicon[publisher.entity or ""].sectors})


def load_pipeline(code: Language, name: str) -> Pipeline:
    """Load the pipeline of a language: `builtin`, a spaCy pipeline by name or path, or (Chinese) `hanlp:PATH-OR-NAME`.

    Raises InputError when there is none of that name, and when it lacks what kg needs.
    """
    if name.startswith(PREFIX):
        if code != "zh":
            raise InputError(f"{name!r}: HanLP is the second pipeline for Chinese", hint=f"give it as --nlp-zh {name}")
        return load_hanlp(name.removeprefix(PREFIX))
    if name != "builtin":
        return load_own(code, name)
    set_current_ops(NumpyOps(use_blis=False))  # on one thread numpy's matrix product reads 1.6 times as many words as BLIS
    # The builtin name finders are candidates for what nobody has met; until they are good enough, a name is one that is known or shaped so.
    return spacy.load(data_folder("weights", code), exclude=["ner"])


def _answers(heard: _Heard | None) -> Iterator[tuple[Doc, Mapping[asking.Pair, Answer]]]:
    if heard is not None:
        yield from zip(heard.docs, asking.ask(heard.docs, heard.read), strict=True)


def _refer(docs: Sequence[Doc]) -> list[Found | None]:
    """Find what short forms and back-references of one document mean; return the topic of each of its sentences."""
    aliases.resolve(docs)
    return coreference.resolve(docs)


def _interpret(docs: Sequence[Doc], topics: Sequence[Found | None], answers: Mapping[Doc, Mapping[asking.Pair, Answer]]) -> None:
    """Read relations, figures and events from the sentences of one document, in the order of the text."""
    for doc, topic in zip(docs, topics, strict=True):
        if not doc._.mentions and topic is None:
            continue
        doc._.relations = tuple(relations.extract(doc, topic))
        if doc in answers:
            agree(doc, answers[doc])
        asking.drop_idle(doc)
        doc._.figures = tuple(metrics.extract(doc, topic))
    figures = iter(flag_suspects([figure for doc in docs for figure in doc._.figures]))
    for doc, topic in zip(docs, topics, strict=True):
        doc._.figures = tuple(islice(figures, len(doc._.figures)))
        if doc._.mentions or topic is not None:
            doc._.happenings = tuple(events.extract(doc, topic))
