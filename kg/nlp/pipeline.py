"""The reader: sentences, two spaCy pipelines, and what is read from them.

Names and values come first, from the text alone, then what refers back to them; relations, figures and events are read from that. A
sentence is cut into words, tagged and parsed only when one of these readers asks for it (`kg.nlp.draft`), and most never are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from kg.errors import InputError
from kg.ids import make_id
from kg.knowledge.yaml_file import data_folder
from kg.model import Document, Language, Mention, Reading
from kg.nlp import aliases, coreference, events, metrics, relations, spans
from kg.nlp.draft import Draft, Forms, Unparsed
from kg.nlp.gazetteer import Gazetteer, default_gazetteer
from kg.nlp.harvest import harvest
from kg.nlp.lemmas import Lemmas, lemmas_of
from kg.nlp.sentences import Sentence, split
from kg.nlp.spans import Found
from kg.nlp.suspects import flag_suspects
from kg.nlp.tokenize_zh import ChineseTokenizer
from kg.nlp.values import mark_values

OWN_VIEWS = frozenset({"brokerage"})  # sectors (lexicon) of companies whose texts are research of their own
DOCUMENTS_AT_ONCE = 64  # enough sentences to fill the parser's batches, few enough to keep memory flat
_Read = Callable[[Draft, Found | None], None]


@dataclass(slots=True)
class Tally:
    """How many sentences were read, and how many of them had to be parsed for that."""

    sentences: int = 0
    parsed: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    document: Document
    publisher: Mention | None
    drafts: tuple[Draft, ...]


class Reader:
    """Reads documents into `Reading`s.

    `en` and `zh` name the pipeline of each language: `builtin`, or any installed spaCy pipeline by name or path. `tally` counts what was
    read so far.
    """

    def __init__(self, en: str = "builtin", zh: str = "builtin") -> None:
        self._names = {"en": en, "zh": zh}
        self._lemmas: dict[Language, Lemmas | None] = {}
        self.tally = Tally()
        spans.register()

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
        return {code: f"{name} {self._pipeline(code).meta['version']}" for code, name in self._names.items()}  # type: ignore[arg-type]

    def read(self, document: Document) -> Reading:
        """Read one document."""
        return next(self.read_all([document]))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Read documents one after another, in their order; sentences of several documents share a batch."""
        source = iter(documents)
        while batch := list(islice(source, DOCUMENTS_AT_ONCE)):
            jobs = [_Job(document, self._publisher(document), tuple(self._drafts(document))) for document in batch]
            self._interpret(jobs)
            for job in jobs:
                yield harvest(job.document, job.drafts, job.publisher, own_views=self._has_own_views(job.publisher))

    def _drafts(self, document: Document) -> Iterator[Draft]:
        published = date.fromisoformat(document.published[:10]) if document.published else None
        for sentence in split(document):
            mentions = tuple(self.gazetteer.find(sentence.text))
            draft = Draft(sentence.text, partial(self._words, sentence, mentions), self._forms(sentence.language))
            draft._.start, draft._.passage, draft._.section = sentence.start, sentence.passage, sentence.section
            draft._.published, draft._.language = published, sentence.language
            draft._.mentions = mentions
            mark_values(draft)
            draft.worth_parsing = bool(mentions or draft._.values)
            yield draft

    def _interpret(self, jobs: Iterable[_Job]) -> None:
        """Read relations, figures and events from the sentences of some documents."""
        told: list[tuple[Draft, Found | None]] = []
        for job in jobs:
            aliases.resolve(job.drafts)
            topics = coreference.resolve(job.drafts)
            told += [(draft, topic) for draft, topic in zip(job.drafts, topics, strict=True) if draft._.mentions or topic is not None]
            self.tally.sentences += len(job.drafts)
        self._each(told, _relate, _measure)
        for job in jobs:
            figures = iter(flag_suspects([figure for draft in job.drafts for figure in draft._.figures]))
            for draft in job.drafts:
                draft._.figures = tuple(islice(figures, len(draft._.figures)))
        self._each(told, _happen)

    def _each(self, told: Iterable[tuple[Draft, Found | None]], *readers: _Read) -> None:
        """Let readers read every sentence, with its topic; those of which they want the words are parsed together and read again."""
        waiting: list[tuple[_Read, Draft, Found | None]] = []
        for draft, topic in told:
            for read in readers:
                try:
                    read(draft, topic)
                except Unparsed:
                    waiting.append((read, draft, topic))
        self._parse(dict.fromkeys(draft for _, draft, _ in waiting))
        for read, draft, topic in waiting:
            read(draft, topic)

    def _parse(self, drafts: Iterable[Draft]) -> None:
        for code in ("en", "zh"):
            mine = [draft for draft in drafts if draft._.language == code]
            for draft, doc in zip(mine, self._pipeline(code).pipe(draft.to_parse() for draft in mine) if mine else (), strict=True):
                assert doc is draft.words
                draft.parsed = True
            self.tally.parsed += len(mine)

    def _words(self, sentence: Sentence, mentions: tuple[Found, ...]) -> Doc:
        """Cut a sentence into words; the builtin Chinese tokenizer keeps known names whole."""
        pipeline = self._pipeline(sentence.language)
        if isinstance(pipeline.tokenizer, ChineseTokenizer):
            doc = pipeline.tokenizer(sentence.text, [(mention.start, mention.end) for mention in mentions])
        else:
            doc = pipeline.make_doc(sentence.text)
        for token in doc:
            token.is_sent_start = token.i == 0  # a Doc is one sentence: the parser may not split it
        return doc

    def _pipeline(self, code: Language) -> Pipeline:
        return self.english if code == "en" else self.chinese

    def _forms(self, code: Language) -> Forms | None:
        """Return what tells which forms the pipeline of a language can take for forms of some lemmas; None where that is not known."""
        if code not in self._lemmas:
            self._lemmas[code] = lemmas_of(self._pipeline(code))
        lemmas = self._lemmas[code]
        return lemmas.forms if lemmas is not None else None

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
    """Load the pipeline of a language: `builtin`, or a spaCy pipeline by installed name or path. Raises InputError when there is none."""
    path = data_folder("weights", code) if name == "builtin" else Path(name)
    if name == "builtin":
        set_current_ops(NumpyOps(use_blis=False))  # on one thread numpy's matrix product reads 1.6 times as many words as BLIS
    try:
        # The builtin name finders are candidates for what nobody has met; until they are good enough, a name is one that is known or shaped so.
        return spacy.load(path, exclude=["ner"]) if name == "builtin" else spacy.load(path if path.exists() else name)
    except OSError as error:
        raise InputError(f"there is no spaCy pipeline {name!r}", hint="give `builtin`, an installed pipeline's name, or a folder") from error


def _relate(draft: Draft, topic: Found | None) -> None:
    draft._.relations = tuple(relations.extract(draft, topic))


def _measure(draft: Draft, topic: Found | None) -> None:
    draft._.figures = tuple(metrics.extract(draft, topic))


def _happen(draft: Draft, topic: Found | None) -> None:
    draft._.happenings = tuple(events.extract(draft, topic, draft._.figures))
