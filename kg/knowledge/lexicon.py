"""The lexicon: what is known by name before anything is read (`data/lexicons/*.csv`, described in the README beside them).

One row is one entity. Its names are `name`, `name_en`, `name_zh` and `aliases`; `tickers` are codes, kept apart because they count only
beside a name, with a market or as a cashtag. A name listed in `guard` is also an ordinary word, or somebody else's name as well: it is
matched only with evidence beside it, and one written there with `=` only beside the entity's code. `decoys.csv` lists longer strings
in which a name names nothing (苹果汁, "Amazon rainforest").
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.errors import DataError
from kg.knowledge.normalise import simplify
from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import data_folder
from kg.model import Entity

COLUMNS = ("id", "name", "name_en", "name_zh", "aliases", "tickers", "country", "kind", "sectors", "guard", "source")
DECOYS = "decoys.csv"
_ID = re.compile(r"[a-z]+:[A-Za-z0-9][A-Za-z0-9.+-]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the lexicon. `guard` holds those of its names that need evidence; `file` and `line` say where it stands."""

    id: str
    label: str
    name: str
    name_en: str | None
    name_zh: str | None
    aliases: tuple[str, ...]
    tickers: tuple[str, ...]
    country: str | None
    kind: str | None
    sectors: tuple[str, ...]
    guard: frozenset[str]
    coded: frozenset[str]
    source: str
    file: str
    line: int

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the entry, each once, the display name first."""
        return tuple(dict.fromkeys(n for n in (self.name, self.name_en, self.name_zh, *self.aliases) if n))

    def entity(self) -> Entity:
        """Return the node that the entry stands for, with all its names and its own properties."""
        properties: dict[str, object] = {}
        if self.tickers:
            properties |= {"ticker": self.tickers[0]} if self.label in ("Fund", "Index") else {"tickers": list(self.tickers)}
        if self.country and self.label in ("Company", "Organization"):
            properties["country"] = self.country
        if self.kind and self.label in ("Product", "Facility"):
            properties["kind"] = self.kind
        bare = [code.partition(".")[0] for code in self.tickers if code[:1].isdigit() and "." in code]  # people type 159363, not 159363.SZ
        others = tuple(n for n in dict.fromkeys((*self.names, *bare)) if n not in (self.name, self.name_en, self.name_zh))
        return Entity(id=self.id, labels=(self.label,), name=self.name, name_en=self.name_en, name_zh=self.name_zh, aliases=others,
                      properties=properties)


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling to look for: `text` is folded but for case.

    `guarded` ones need evidence, `coded` ones the entity's code beside them; `generic` ones are common nouns, in any case.
    """

    text: str
    id: str
    guarded: bool
    generic: bool
    coded: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All entries, and the ways into them. Made by `read_lexicon`; treat as frozen."""

    entries: Mapping[str, Entry]
    decoys: frozenset[str]
    _forms: Mapping[str, tuple[Form, ...]] = field(repr=False)
    _codes: Mapping[str, str] = field(repr=False)

    def __contains__(self, entity: object) -> bool:
        return entity in self.entries

    def __getitem__(self, entity: str) -> Entry:
        return self.entries[entity]

    @property
    def forms(self) -> Mapping[str, tuple[Form, ...]]:
        """Every spelling in lower case -> the forms that it may be. More than one means that the spelling is ambiguous."""
        return self._forms

    @property
    def ambiguous(self) -> dict[str, tuple[str, ...]]:
        """The spellings that more than one entry claims (all but at most one of them guarded) -> the ids of the entries."""
        claimed = {text: tuple(dict.fromkeys(form.id for form in forms)) for text, forms in self._forms.items()}
        return {text: ids for text, ids in claimed.items() if len(ids) > 1}

    def by_name(self, name: str) -> tuple[Entry, ...]:
        """Return the entries that bear a name, in any script, width or case, those that bear it unguarded first."""
        forms = sorted(self._forms.get(simplify(name).lower(), ()), key=lambda form: form.guarded)
        return tuple(self.entries[i] for i in dict.fromkeys(form.id for form in forms))

    def by_code(self, code: str) -> Entry | None:
        """Return the entry with a ticker or fund code: `159363`, `159363.SZ`, `2330.TW`, `NVDA`."""
        found = self._codes.get(code.upper())
        return self.entries[found] if found else None

    def twin(self, entity: str, label: str) -> Entry | None:
        """Return the entry of another label that is the same notion: the sector "optical modules" of the product, and back."""
        return self.entries.get(f"{label.lower()}:{entity.partition(':')[2]}")

    def wholes(self, place: str) -> Iterator[Entry]:
        """Yield what a place is part of, the nearest first: of a city its province, then its country. Nothing for what is no place."""
        entry = self.entries.get(place)
        while entry and entry.label == "Place" and entry.kind:
            entry = self.entries[entry.kind]
            yield entry


def read_lexicon(folder: Path) -> Lexicon:
    """Read and check every `*.csv` of a folder. Raises DataError with file and line.

    Faults: a wrong header or number of cells, an unknown label, an id or an unguarded name or a code that stands twice, a row without
    name or source, a guard that is none of the row's names, a place that is part of what is no place, or of itself.
    """
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise DataError("holds no lexicon", where=folder, hint="expected *.csv")
    entries: dict[str, Entry] = {}
    for path in files:
        if path.name == DECOYS:
            continue
        for entry in _rows(path):
            if other := entries.get(entry.id):
                raise DataError(f"{entry.id} stands already in {other.file}:{other.line}", where=path, line=entry.line)
            entries[entry.id] = entry
    for entry in entries.values():
        _check_wholes(entry, entries, folder)
    decoys = folder / DECOYS
    strings = _read_decoys(decoys) if decoys.exists() else frozenset()
    return Lexicon(entries, strings, _collect_forms(entries.values(), folder), _collect_codes(entries.values(), folder))


def _check_wholes(entry: Entry, entries: Mapping[str, Entry], folder: Path) -> None:
    passed = {entry.id}
    while entry.label == "Place" and entry.kind:
        if entry.kind in passed or entry.kind not in entries or entries[entry.kind].label != "Place":
            fault = "is part of itself" if entry.kind in passed else f"is part of {entry.kind}, which is no place of the lexicon"
            raise DataError(f"{entry.id} {fault}", where=folder / entry.file, line=entry.line, hint="kind holds the id of another place, or nothing")
        passed.add(entry.kind)
        entry = entries[entry.kind]


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon that ships with kg (read once a process)."""
    return read_lexicon(data_folder("lexicons"))


@cache
def is_source(entity: str | None, *, brokers: bool = False) -> bool:
    """Tell whether an entity (an id) is a firm that others cite, a newspaper or a research house; with `brokers`, a broker too."""
    lexicon = load_lexicon()
    if entity is None or entity not in lexicon:
        return False
    entry = lexicon[entity]
    return entry.kind == "media" or "research" in entry.sectors or (brokers and entry.kind == "broker")


_GENERIC_LABELS = frozenset({"Product", "Sector", "Resource", "Infrastructure", "Facility", "Program", "Index", "Fund"})


def _collect_forms(entries: Iterable[Entry], folder: Path) -> dict[str, tuple[Form, ...]]:
    forms: dict[str, list[Form]] = defaultdict(list)
    holder: dict[str, Entry] = {}
    for entry in entries:
        generic = entry.label in _GENERIC_LABELS
        for name in entry.names:
            text = simplify(name)
            lower = text.lower()
            guarded = name in entry.guard
            if len(text) < 2 or any(form.id == entry.id for form in forms[lower]):
                continue
            forms[lower].append(Form(text, entry.id, guarded, generic and text == lower, name in entry.coded))
            if guarded:
                continue
            other = holder.setdefault(lower, entry)
            if other.id != entry.id:
                raise DataError(f"the name {text!r} of {entry.id} is also that of {other.id} ({other.file}:{other.line})",
                                where=folder / entry.file, line=entry.line, hint="guard it in one of the two rows, or make them one row")
    return {text: tuple(found) for text, found in forms.items()}


def _collect_codes(entries: Iterable[Entry], folder: Path) -> dict[str, str]:
    codes: dict[str, str] = {}
    bare: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for code in entry.tickers:
            other = codes.setdefault(code.upper(), entry.id)
            if other != entry.id:
                raise DataError(f"the code {code} of {entry.id} is also that of {other}", where=folder / entry.file, line=entry.line)
            number, dot, market = code.partition(".")
            if dot and market in ("SH", "SZ", "BJ", "OF") and len(number) == 6:
                bare[number].add(entry.id)
    for number, ids in bare.items():
        if len(ids) == 1 and number not in codes:
            codes[number] = next(iter(ids))
    return codes


def _read_decoys(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or rows[0] != ["text", "source"]:
        raise DataError("the header must be text,source", where=path, line=1)
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != 2 or not row[0].strip():
            raise DataError("a row is a text and a source", where=path, line=number)
    return frozenset(simplify(row[0]).lower() for row in rows[1:])


def _rows(path: Path) -> Iterable[Entry]:
    labels = {label.lower(): label for label in load_ontology().entity_labels}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            header = next(reader, [])
            if tuple(header) != COLUMNS:
                raise DataError(f"the header must be {','.join(COLUMNS)}", where=path, line=1)
            for cells in reader:
                yield _entry(cells, labels, path, reader.line_num)
        except csv.Error as error:
            raise DataError(f"is not valid CSV: {error}", where=path, line=reader.line_num) from error
        except UnicodeDecodeError as error:
            raise DataError("is not UTF-8", where=path, line=reader.line_num + 1) from error


def _entry(cells: list[str], labels: Mapping[str, str], path: Path, line: int) -> Entry:
    if len(cells) != len(COLUMNS):
        raise DataError(f"{len(cells)} cells where {len(COLUMNS)} belong", where=path, line=line)
    ident, name, name_en, name_zh, aliases, tickers, country, kind, sectors, guard, source = cells
    label = labels.get(ident.partition(":")[0])
    if label is None or not _ID.fullmatch(ident):
        raise DataError(f"{ident!r} is no id: it must be a label, a colon and a plain name (company:tsmc)", where=path, line=line)
    if not name or not source:
        raise DataError(f"{ident} has no {'source' if name else 'name'}", where=path, line=line)
    names = {n for n in (name, name_en, name_zh, *_split(aliases)) if n}
    coded = frozenset(item[1:] for item in _split(guard) if item.startswith("="))
    guarded = frozenset(names) if guard == "*" else frozenset(item.removeprefix("=") for item in _split(guard))
    if unknown := sorted(guarded - names):
        raise DataError(f"{ident}: the guarded name {unknown[0]!r} is none of its names", where=path, line=line)
    return Entry(ident, label, name, name_en or None, name_zh or None, _split(aliases), _split(tickers), country or None, kind or None,
                 _split(sectors), guarded, coded, source, path.name, line)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (p.strip() for p in cell.split("|")) if part) if cell else ()
