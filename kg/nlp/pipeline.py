"""The reader: sentences, two spaCy pipelines, and what is read from them.

Names and values come first, from the text alone, then what refers back to them; relations, figures and events are read from that. A
sentence is cut into words, tagged and parsed only when one of these readers asks for it (`kg.nlp.draft`), and most never are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import Any

import numpy as np
import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from kg.errors import InputError
from kg.ids import make_id
from kg.knowledge.yaml_file import data_folder
from kg.model import Document, Language, Mention, Reading
from kg.nlp import aliases, asking, coreference, events, heads, metrics, relations, sites, spans, unmet
from kg.nlp.agreement import agree
from kg.nlp.draft import Draft, Forms, Unparsed
from kg.nlp.encoder import Answer, Read, load_encoder
from kg.nlp.gazetteer import Gazetteer, default_gazetteer, with_recognised
from kg.nlp.hanlp_pipeline import PREFIX, load_hanlp
from kg.nlp.harvest import harvest
from kg.nlp.lemmas import Lemmas, lemmas_of
from kg.nlp.own_pipeline import load_own
from kg.nlp.sentences import Sentence, split
from kg.nlp.spans import Found
from kg.nlp.suspects import flag_suspects
from kg.nlp.tokenize_zh import ChineseTokenizer
from kg.nlp.values import mark_values

OWN_VIEWS = frozenset({"brokerage"})  # sectors (lexicon) of companies whose texts are research of their own
DOCUMENTS_AT_ONCE = 64  # enough sentences to fill the parser's batches, few enough to keep memory flat
Answers = Mapping[asking.Pair, Answer]


@dataclass(slots=True)
class Tally:
    """How many sentences were read, and how many of them had to be parsed for that."""

    sentences: int = 0
    parsed: int = 0


@dataclass(frozen=True, slots=True)
class _Heard:
    """The sentences of a batch that the encoder has read, and what it made of them."""

    drafts: Sequence[Draft]
    read: Read


@dataclass(frozen=True, slots=True)
class _Job:
    document: Document
    publisher: Mention | None
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A sentence, what it is about where it names nobody, and what the encoder answers about it."""

    draft: Draft
    topic: Found | None
    answers: Answers | None


class Reader:
    """Reads documents into `Reading`s.

    `en` and `zh` name the pipeline of each language: `builtin`, any spaCy pipeline by name or path, or, for Chinese, `hanlp:PATH-OR-NAME`.
    A pipeline of the user's own is loaded at once: InputError where it cannot be had or lacks what kg needs. `tally` counts what was read.
    The tuned encoders confirm unknown names that a frame wants (`kg.nlp.unmet`); with `encoder` they read beside the frames as well: names and
    relations that nobody foresaw, in three to four times the time or less.
    """

    def __init__(self, en: str = "builtin", zh: str = "builtin", *, encoder: bool = False) -> None:
        self._names: dict[Language, str] = {"en": en, "zh": zh}
        self._encoder = encoder
        self._lemmas: dict[Language, Lemmas | None] = {}
        self.tally = Tally()
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
        readers: dict[str, str] = {code: f"{name} {self._pipeline(code).meta['version']}" for code, name in self._names.items()}
        return {**readers, "encoder": "builtin" if self._encoder else "builtin, for unknown names alone"}

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
            yield draft

    def _interpret(self, jobs: Sequence[_Job]) -> None:
        """Read relations, figures and events from the sentences of some documents."""
        drafts = [draft for job in jobs for draft in job.drafts]
        if self._names["zh"] == "builtin":
            for job in jobs:
                heads.introduce(job.drafts)
        heard = [self._hear(code, [draft for draft in drafts if draft._.language == code]) for code in self._names]
        for draft in drafts:
            draft.worth_parsing = bool(draft._.mentions or draft._.values)
        self._recognise([draft for draft in drafts if draft.worth_parsing and self._names[draft._.language] != "builtin"])
        topics = [topic for job in jobs for topic in _refer(job.drafts)]
        answers = {draft: given for each in heard for draft, given in _answers(each)}
        turns = [_Turn(draft, topic, answers.get(draft)) for draft, topic in zip(drafts, topics, strict=True)]
        turns = [turn for turn in turns if turn.draft._.mentions or turn.topic is not None]
        self.tally.sentences += len(drafts)
        self._each(turns, _relate)
        for draft in drafts:
            if draft._.proposed:
                draft._.proposed = unmet.confirmed(draft, draft._.proposed)
        self._each([turn for turn in turns if turn.draft._.proposed], _meet)
        self._each(turns, _measure)
        for job in jobs:
            figures = iter(flag_suspects([figure for draft in job.drafts for figure in draft._.figures]))
            for draft in job.drafts:
                draft._.figures = tuple(islice(figures, len(draft._.figures)))
        self._each([turn for turn in turns if turn.draft._.mentions or turn.topic is not None], _happen)
        for draft in drafts:
            heads.drop_idle(draft)

    def _each(self, turns: Iterable[_Turn], *readers: Callable[[_Turn], None]) -> None:
        """Let readers read every sentence, one after another; those of which they want the words are parsed together and read on."""
        waiting = [(turn, left) for turn in turns if (left := _read(turn, readers))]
        self._parse([turn.draft for turn, _ in waiting])
        for turn, left in waiting:
            _read(turn, left)

    def _parse(self, drafts: Iterable[Draft]) -> None:
        """Have drafts tagged and parsed by the pipeline of their language."""
        for code in self._names:
            mine = [draft for draft in drafts if draft._.language == code and not draft.parsed]
            for draft, _ in zip(mine, self._pipeline(code).pipe(draft.to_parse() for draft in mine) if mine else (), strict=True):
                draft.parsed = True
            self.tally.parsed += len(mine)

    def _recognise(self, drafts: Sequence[Draft]) -> None:
        """Add the names that pipelines of the user's own find: whoever brings one wants them."""
        self._parse(drafts)
        for draft in drafts:
            draft._.mentions = tuple(with_recognised(draft.words, draft._.mentions))

    def _pipeline(self, code: Language) -> Pipeline:
        return self.english if code == "en" else self.chinese

    def _forms(self, code: Language) -> Forms | None:
        """Return what tells which forms the pipeline of a language can take for forms of some lemmas; None where that is not known."""
        if code not in self._lemmas:
            self._lemmas[code] = lemmas_of(self._pipeline(code))
        lemmas = self._lemmas[code]
        return lemmas.forms if lemmas is not None else None

    def _words(self, sentence: Sentence, mentions: Sequence[Found]) -> Doc:
        return cut(self._pipeline(sentence.language), sentence.text, mentions)

    def _hear(self, code: Language, drafts: Sequence[Draft]) -> _Heard | None:
        """Let the encoder read the sentences that are worth it, and add the names that it alone finds."""
        encoder = load_encoder(code) if self._encoder else None
        worth_it = [draft for draft in drafts if asking.worth_reading(draft)] if encoder else []
        if encoder is None or not worth_it:
            return None
        read = asking.read_batch(worth_it, encoder)
        asking.add_names(worth_it, read)
        return _Heard(worth_it, read)

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
    return spacy.load(data_folder("weights", code))


def cut(pipeline: Pipeline, text: str, mentions: Sequence[Found]) -> Doc:
    """Cut a sentence into words by a pipeline's tokenizer; the builtin Chinese one keeps known names whole."""
    if isinstance(pipeline.tokenizer, ChineseTokenizer):
        doc = pipeline.tokenizer(text, [(mention.start, mention.end) for mention in mentions])
    else:
        doc = pipeline.make_doc(text)
    starts: Any = np.full((len(doc), 1), -1, dtype=np.int64)
    starts[:1] = 1  # a Doc is one sentence: the parser may not split it
    return doc.from_array(["SENT_START"], starts.astype(np.uint64))


def _answers(heard: _Heard | None) -> Iterator[tuple[Draft, Answers]]:
    if heard is not None:
        yield from zip(heard.drafts, asking.ask(heard.drafts, heard.read), strict=True)


def _refer(drafts: Sequence[Draft]) -> list[Found | None]:
    """Find what short forms and back-references of one document mean; return the topic of each of its sentences."""
    aliases.resolve(drafts)
    for draft in drafts:
        sites.name_sites(draft)
    topics = coreference.resolve(drafts)
    for draft in drafts:
        sites.name_sites(draft)  # those of whom "its" and 其 mean
    return topics


def _read(turn: _Turn, readers: Sequence[Callable[[_Turn], None]]) -> Sequence[Callable[[_Turn], None]]:
    """Let readers read a sentence in their order; return those left when one of them wants words that are still to come."""
    for place, read in enumerate(readers):
        rejected = turn.draft._.rejected
        try:
            read(turn)
        except Unparsed:
            turn.draft._.rejected = rejected  # it will be rejected again
            return readers[place:]
    return ()


def _relate(turn: _Turn) -> None:
    turn.draft._.relations = tuple(relations.extract(turn.draft, turn.topic))
    if turn.answers is not None:
        agree(turn.draft, turn.answers)
    asking.drop_idle(turn.draft)
    turn.draft._.proposed = unmet.wanted(turn.draft)


def _meet(turn: _Turn) -> None:
    unmet.add(turn.draft, turn.topic, turn.draft._.proposed)


def _measure(turn: _Turn) -> None:
    turn.draft._.figures = tuple(metrics.extract(turn.draft, turn.topic))


def _happen(turn: _Turn) -> None:
    turn.draft._.happenings = tuple(events.extract(turn.draft, turn.topic, turn.draft._.figures))
