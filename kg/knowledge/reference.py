"""Background facts (`data/reference/*.yaml`): who operates a facility, who makes a product, each with its public source and date.

A record is a claim like any other, on a document of kind `reference`: one document a source, one sentence a record. The sentence is
ours (`words`), it names both ends, and it is the proof that the graph shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.ids import make_id
from kg.knowledge.lexicon import Entry, Lexicon, load_lexicon
from kg.knowledge.ontology import Ontology, RelationType, load_ontology
from kg.knowledge.yaml_file import LINE, data_folder, read_yaml
from kg.model import Argument, Claim, Document, Mention, Reading

CONFIDENCE = 0.95
_SOURCE_KEYS = frozenset({"title", "publisher", "date", "url", "records", LINE})
_RECORD_KEYS = frozenset({"subject", "relation", "object", "qualifiers", "modality", "words", LINE})
_MODALITIES = frozenset({"fact", "plan", "forecast"})


@cache
def reference_readings() -> tuple[Reading, ...]:
    """Return the background facts that ship with kg, as one reading for each source (read once a process)."""
    return read_reference(data_folder("reference"), load_lexicon(), load_ontology())


def read_reference(folder: Path, lexicon: Lexicon, ontology: Ontology) -> tuple[Reading, ...]:
    """Read and check every `*.yaml` of a folder.

    Raises DataError with file and line: an unknown entity, relation or key, ends that the relation may not link, words that do not
    name both ends, a source without title, publisher or date, a source or a fact that stands twice.
    """
    readings: dict[str, Reading] = {}
    told: dict[tuple[str, str, str, str], str] = {}
    for path in sorted(folder.glob("*.yaml")):
        sources = read_yaml(path, lines=True)
        if not isinstance(sources, list):
            raise DataError("must be a list of sources", where=path, line=1)
        for source in sources:
            reading = _Source(path, source, lexicon, ontology).reading()
            if reading.document.id in readings:
                raise DataError(f"the source {reading.document.title!r} stands twice", where=path, line=source.get(LINE))
            readings[reading.document.id] = reading
            for record in source["records"]:
                fact = (record["subject"], record["relation"], record["object"], str(sorted(_plain(record.get("qualifiers")).items())))
                place = f"{path.name}:{record.get(LINE)}"
                if fact in told:
                    raise DataError(f"{' '.join(fact[:3])} stands already in {told[fact]}", where=path, line=record.get(LINE))
                told[fact] = place
    return tuple(readings.values())


def fund_managers(funds: Collection[str], lexicon: Lexicon) -> tuple[Reading, ...]:
    """Return who manages each of `funds` (lexicon ids), read off the fund's own listed name, which ends in its house's name."""
    known = [entry for fund in sorted(funds) if fund in lexicon and (entry := lexicon[fund]).label == "Fund" and entry.kind in lexicon]
    if not known:
        return ()
    records = [
        {"subject": house.id, "relation": "MANAGES", "object": entry.id, "words": f"{house.name_zh or house.name}管理{entry.name}。"}
        for entry in known for house in [lexicon[entry.kind or ""]]
    ]
    publisher = "Shanghai and Shenzhen stock exchanges"
    source = {"title": "Names of the exchange-traded funds", "publisher": publisher, "date": "2026-03", "records": records}
    return (_Source(Path("funds.csv"), source, lexicon, load_ontology()).reading(),)


def place_wholes(places: Collection[str], lexicon: Lexicon) -> tuple[Reading, ...]:
    """Return what each of `places` (lexicon ids) is part of, directly and further up: of a city its province and its country."""
    records = [
        {"subject": place, "relation": "PART_OF", "object": whole.id, "words": f"{lexicon[place].name} is part of {whole.name}."}
        for place in sorted(places) for whole in lexicon.wholes(place)
    ]
    if not records:
        return ()
    source = {"title": "Administrative divisions", "publisher": "government gazetteers", "date": "2018", "records": records}
    return (_Source(Path("places.csv"), source, lexicon, load_ontology()).reading(),)


class _Source:
    """One source of a file, being turned into a reading."""

    def __init__(self, path: Path, source: Any, lexicon: Lexicon, ontology: Ontology) -> None:
        self.path, self.lexicon, self.ontology = path, lexicon, ontology
        if not isinstance(source, dict):
            raise DataError("a source is a mapping", where=path)
        self.source = source
        self._keys(source, _SOURCE_KEYS)
        for key in ("title", "publisher", "date", "records"):
            if not source.get(key):
                raise DataError(f"a source has no {key}", where=path, line=source.get(LINE))
        self._mentions: dict[str, Mention] = {}

    def reading(self) -> Reading:
        """Return the document, its mentions and its claims."""
        records: Sequence[Mapping[str, Any]] = self.source["records"]
        words = [self._words(record) for record in records]
        text = "\n".join(words)
        title, publisher, date = (str(self.source[key]) for key in ("title", "publisher", "date"))
        document = Document(
            id=make_id("document", "reference", title, publisher, date), path=f"reference/{self.path.name}", offset=0, title=title,
            source=publisher, published=date, language="zh" if not text.isascii() and text[0] > "一" else "en", url=self.source.get("url"),
            sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(), kind="reference", text=text,
        )
        claims: list[Claim] = []
        start = 0
        for record, sentence in zip(records, words, strict=True):
            claims.append(self._claim(document, record, start, sentence))
            start += len(sentence) + 1
        mentions = tuple(sorted(self._mentions.values(), key=lambda m: (m.start, m.end, m.id)))
        return Reading(document=document, mentions=mentions, claims=tuple(claims), events=(), metrics=(), rejected=())

    def _words(self, record: Any) -> str:
        if not isinstance(record, dict):
            raise DataError("a record is a mapping", where=self.path, line=self.source.get(LINE))
        self._keys(record, _RECORD_KEYS)
        words = record.get("words")
        if not isinstance(words, str) or not words.strip() or "\n" in words:
            raise DataError("a record needs words: one sentence that says it", where=self.path, line=record.get(LINE))
        return words

    def _claim(self, document: Document, record: Mapping[str, Any], start: int, sentence: str) -> Claim:
        line = record.get(LINE)
        relation = self.ontology.facts.get(str(record.get("relation")))
        if relation is None:
            raise DataError(f"there is no relation {record.get('relation')}", where=self.path, line=line)
        subject, object_ = (self._entry(str(record.get(end)), line) for end in ("subject", "object"))
        if not relation.allows(subject.label, object_.label):
            raise DataError(f"{relation.name} links no {subject.label} to a {object_.label}", where=self.path, line=line)
        modality = str(record.get("modality", "fact"))
        if modality not in _MODALITIES:
            raise DataError(f"a background record is no {modality}", where=self.path, line=line)
        ends = [self._mention(document, entry, start, sentence, line) for entry in (subject, object_)]
        qualifiers = self._qualifiers(document, relation, record, start, sentence)
        return Claim.model_validate({
            "id": make_id("claim", document.id, start, subject.id, relation.name, object_.id, qualifiers), "fact": None,
            "document": document.id, "start": start, "end": start + len(sentence), "locator": None, "text": sentence,
            "subject": Argument(mention=ends[0].id, id=None), "relation": relation.name, "object": Argument(mention=ends[1].id, id=None),
            "qualifiers": qualifiers, "modality": modality, "negated": False, "ended": False, "holder": None, "confidence": CONFIDENCE,
            "reader": "reference",
        })

    def _qualifiers(
        self, document: Document, relation: RelationType, record: Mapping[str, Any], start: int, sentence: str,
    ) -> dict[str, Any]:
        line = record.get(LINE)
        found: dict[str, Any] = {}
        for name, value in _plain(record.get("qualifiers")).items():
            kind = relation.own.get(name) or self.ontology.proof.get(name)
            if kind is None:
                raise DataError(f"{relation.name} has no property {name}", where=self.path, line=line)
            found[name] = self._mention(document, self._entry(str(value), line), start, sentence, line).id if kind == "entity" else value
        return found

    def _entry(self, ident: str, line: int | None) -> Entry:
        if ident not in self.lexicon:
            raise DataError(f"the lexicon has no {ident}", where=self.path, line=line)
        return self.lexicon[ident]

    def _mention(self, document: Document, entry: Entry, start: int, sentence: str, line: int | None) -> Mention:
        place, name = next(_places(entry, sentence), (-1, ""))
        if place < 0:
            raise DataError(f"the words do not name {entry.id} ({entry.name})", where=self.path, line=line)
        at = start + place
        mention = Mention(
            id=make_id("mention", document.id, at, at + len(name), entry.id), document=document.id, start=at, end=at + len(name), text=name,
            label=entry.label, entity=entry.id,
        )
        return self._mentions.setdefault(mention.id, mention)

    def _keys(self, mapping: Mapping[str, Any], known: frozenset[str]) -> None:
        if unknown := sorted(set(mapping) - known):
            raise DataError(f"there is no key {unknown[0]}", where=self.path, line=mapping.get(LINE))


def _places(entry: Entry, sentence: str) -> Iterator[tuple[int, str]]:
    """Yield where the sentence names an entity, the longest name first."""
    for name in sorted(entry.names, key=len, reverse=True):
        if (place := sentence.find(name)) >= 0:
            yield place, name


def _plain(qualifiers: Any) -> dict[str, Any]:
    return {k: v for k, v in (qualifiers or {}).items() if k != LINE}
