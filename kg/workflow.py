"""The whole story on one page: read -> extract -> resolve -> load."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.knowledge.lexicon import load_lexicon
from kg.knowledge.ontology import load_ontology
from kg.knowledge.reference import fund_managers, place_wholes, reference_readings
from kg.knowledge.yaml_file import data_folder
from kg.model import Document, Graph, Reading
from kg.model.files import SCHEMA, Manifest, write_graph
from kg.reading import Notice, read
from kg.resolve.assemble import assemble
from kg.resolve.belief import load_trust
from kg.resolve.cluster import identify
from kg.resolve.match import load_judgements
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.nlp.pipeline import Reader
    from kg.store.load import LoadReport

Progress = Callable[[str, int, int | None], None]
"""Told of every step: what is being done, how much of it is done, and of how much (None where that is not known)."""

Sources = str | Path | Iterable[str | Path]


def silent(step: str, done: int, total: int | None) -> None:
    """The progress of a library call: nothing is printed."""


class Build(NamedTuple):
    """What a build made: the graph, the folder that holds it, and what loading it into Neo4j did."""

    graph: Graph
    folder: Path
    report: LoadReport


def extract(
    sources: Sources, out: str | Path | None = None, *, zone: str | None = None, en: str = "builtin", zh: str = "builtin",
    encoder: bool = False, reference: bool = True, progress: Progress = silent, report: Callable[[Notice | InputError], None] | None = None,
) -> Graph:
    """Read documents and resolve what they say into one graph; no database is needed.

    `sources` is a file, a folder, a glob, `-` for standard input, or several of them. With `out`, the graph is written there as JSON
    Lines. `zone` is the time zone of a feed's dates. `en` and `zh` name the pipelines: `builtin`, a spaCy pipeline, or `hanlp:...`
    (docs/pipelines.md). With `encoder`, the tuned encoders read beside the frames (docs/reading.md says what that gains and costs). With `reference`,
    background facts about whatever the documents mention are added, marked as such. `report` is told of
    what was skipped or lost, and the rest is read all the same; without `report` the first record that cannot be read raises InputError.
    """
    from kg.nlp.pipeline import Reader  # spaCy takes a second to import: only those who read pay for it

    settings = Settings()
    progress("find documents", 0, None)
    documents = tuple(read(sources, zone=zone or settings.zone, on_problem=report, on_notice=report))
    if not documents:
        raise InputError("no documents here", where=_shown(sources), hint="kg reads .txt, .md and .jsonl files")
    reader = Reader(en=en, zh=zh, encoder=encoder)
    readings = []
    for reading in reader.read_all(documents):
        readings.append(reading)
        progress("read documents", len(readings), len(documents))
    if report is not None:
        spared = reader.tally.sentences - reader.tally.parsed
        report(Notice("note", _shown(sources), f"{spared:,} of {reader.tally.sentences:,} sentences were read without a parse"))
    progress("resolve", 0, None)
    graph = resolve(readings, reference=reference)
    if out is not None:
        write_graph(graph, Path(out), manifest(documents, reader))
    return graph


def resolve(readings: Iterable[Reading], *, reference: bool = True) -> Graph:
    """Turn the readings of many documents into one graph. With `reference`, the background facts about what they mention are added."""
    everything, lexicon = list(readings), load_lexicon()
    if reference:
        mentioned = {mention.entity for reading in everything for mention in reading.mentions if mention.entity}
        everything += [*reference_readings(), *fund_managers(mentioned, lexicon), *place_wholes(mentioned, lexicon)]
    identity = identify(everything, lexicon, load_judgements())
    return assemble(everything, identity.entity_of, identity.entities, load_ontology(), load_trust())


def load(folder: str | Path | None = None, *, settings: Settings | None = None, progress: Progress = silent) -> LoadReport:
    """Load a folder that `extract` wrote into Neo4j: the server that `NEO4J_URI` names, or kg's own (started if need be).

    Without `folder`, the profile's last build is loaded. Loading the same folder again changes nothing.
    """
    from kg.store.client import connect
    from kg.store.load import load as load_folder

    settings = settings or Settings()
    with connect(settings, progress) as client:
        return load_folder(Path(folder) if folder is not None else last_extraction(settings), client, progress)


def build(
    sources: Sources, out: str | Path | None = None, *, settings: Settings | None = None, zone: str | None = None, en: str = "builtin",
    zh: str = "builtin", encoder: bool = False, reference: bool = True, progress: Progress = silent,
    report: Callable[[Notice | InputError], None] | None = None,
) -> Build:
    """Do it all: `extract` into `out` (the profile's folder unless given), then `load`.

    When the database cannot be had, StoreError is raised and the extraction is kept: `load()` finishes the job.
    """
    settings = settings or Settings()
    folder = Path(out) if out is not None else last_extraction(settings)
    graph = extract(sources, folder, zone=zone, en=en, zh=zh, encoder=encoder, reference=reference, progress=progress, report=report)
    return Build(graph, folder, load(folder, settings=settings, progress=progress))


def last_extraction(settings: Settings) -> Path:
    """Return the folder in which the profile keeps its last extraction."""
    return settings.home / "extraction"


def manifest(documents: Iterable[Document], reader: Reader) -> Manifest:
    """Return what made an extraction: versions of tool, readers and data files, hashes of the inputs."""
    inputs: dict[str, str] = {}
    for document in documents:
        inputs[f"{document.path}#{document.offset}"] = document.sha256
    folders = {path.parent for path in data_folder().rglob("*") if path.is_file() and path.suffix in {".yaml", ".csv"}}
    data = {folder.relative_to(data_folder()).as_posix(): _hash_folder(folder) for folder in sorted(folders)}
    return Manifest(schema_version=SCHEMA, tool=tool_version(), readers=reader.versions(), data=data, inputs=inputs)


def tool_version() -> str:
    """Return the version of kg that is installed."""
    try:
        return version("kg-supplychain")
    except PackageNotFoundError:
        return "unknown"


def _hash_folder(folder: Path) -> str:
    sha = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix in {".yaml", ".csv"}:
            sha.update(path.name.encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()[:16]


def _shown(sources: Sources) -> str:
    return str(sources) if isinstance(sources, str | Path) else ", ".join(map(str, sources))
