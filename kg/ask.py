"""Asking: a question by the name of its module, or in Cypher of the user's own, answered from Neo4j as rows, a frame or a graph."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, PrivateAttr

from kg.errors import QueryError
from kg.settings import Settings
from kg.store.client import connect
from kg.store.guard import guard, plan
from kg.store.names import called
from kg.store.picture import drawn, picture, plain
from kg.store.queries import Module, find_module, has_header, modules_folder, read_module

if TYPE_CHECKING:
    import networkx as nx
    import pandas

SECONDS = 60.0  # how long a question may take
FILE = ".cypher"


class Answer(BaseModel):
    """The answer to a question: what was asked, the parameters it was asked with, column names, and rows as mappings from column to value.

    `module` is None for Cypher of the user's own. Nodes and paths in its rows are given by their names; `graph` has them whole.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    name: str
    module: Module | None
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    _settings: Settings = PrivateAttr()
    _cypher: str = PrivateAttr()

    def frame(self) -> pandas.DataFrame:
        """Return the rows as a pandas frame, a column a column, with pandas' own types for what may be missing.

        Raises QueryError where pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise QueryError("a frame needs pandas, which is not installed", hint="pip install 'kg-supplychain[frames]'") from error
        return pandas.DataFrame.from_records(list(self.rows), columns=list(self.columns)).convert_dtypes()

    def graph(self) -> nx.MultiDiGraph:
        """Return the facts and paths behind the rows as a networkx graph; the question is asked once more, for them.

        Nodes are entities by id, with `label` and their properties; edges are facts, keyed by id, with `type` and theirs, proof and all.
        Raises QueryError when the question answers figures alone.
        """
        import networkx as nx

        cypher = drawn(self._cypher) if self.module else self._cypher
        if cypher is None:
            raise QueryError(f"{self.name} answers figures that are no facts of the graph", hint="rows and frame() have them")
        with connect(self._settings) as client:
            found = picture(client, client.read(cypher, self.parameters, timeout=SECONDS).rows)
        if not found.nodes and self.rows:
            raise QueryError("the rows hold no nodes, relationships or paths", hint="return them whole, not their properties")
        graph = nx.MultiDiGraph(name=self.name, parameters=dict(self.parameters))
        graph.add_nodes_from((node["id"], {"label": node["label"], **_own(node)}) for node in found.nodes)
        graph.add_edges_from((link["subject"], link["object"], link["id"], {"type": link["type"], **_own(link)}) for link in found.links)
        return graph


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row["properties"].items() if name != "id"}


def query(question: str | Path, /, *, settings: Settings | None = None, **parameters: Any) -> Answer:
    """Ask a question by its module's name, such as `query("exposure/suppliers", company="台积电")`, or in Cypher of your own.

    `question` is a name of `kg query list`, a `.cypher` file (with the header of a module or without), or Cypher itself, told by its
    spaces. Names of entities may be in any language, or tickers. All is run read-only, for a minute at most. Raises QueryError for an
    unknown module, a parameter that is unknown, missing or out of its domain, a name that the graph does not know (with the nearest it
    knows), and Cypher that does more than read the graph.
    """
    module, cypher = _asked(question)
    bound = module.bind(parameters) if module else parameters
    with connect(settings := settings or Settings()) as client:
        if module is None or not module.path.is_relative_to(modules_folder()):
            guard(cypher)
            plan(client, cypher, bound)
        for parameter in module.parameters if module else ():
            if parameter.type == "entity":
                bound[parameter.name] = called(client, bound[parameter.name], parameter.domain)
        found = client.read(cypher, bound, timeout=SECONDS)
    rows = tuple({column: plain(value) for column, value in record.items()} for record in found.records())
    answer = Answer(name=module.name if module else str(question), module=module, parameters=bound, columns=found.columns, rows=rows)
    answer._settings, answer._cypher = settings, cypher
    return answer


def _asked(question: str | Path) -> tuple[Module | None, str]:
    """Return the module that is meant, None for Cypher of the user's own, and the Cypher to run."""
    if isinstance(question, str) and not question.endswith(FILE):
        if len(question.split()) > 1:
            return None, question.strip().rstrip(";")
        return (module := find_module(question)), module.cypher
    path = Path(question)
    try:
        cypher = path.read_text(encoding="utf-8").strip().rstrip(";")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"cannot read {path}: {error}") from error
    return read_module(path, path.parent) if has_header(cypher) else None, cypher
