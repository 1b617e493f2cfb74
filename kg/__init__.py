"""kg: documents, Chinese and English mixed, become a Neo4j graph of who is exposed to whom, with the sentence that proves every edge.

    import kg
    kg.build("seeds/")                                     # read, resolve, load into Neo4j (started if need be)
    kg.query("exposure/suppliers", company="台积电").rows   # ask
    kg.export("TSMC", "tsmc.html", hops=2)                 # show

Everything below is imported when it is first used, so that `import kg` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.adding import add
    from kg.ask import query
    from kg.briefing import report
    from kg.checking import check
    from kg.errors import KgError
    from kg.evaluation import evaluate
    from kg.selection import export
    from kg.settings import Settings
    from kg.workflow import build, extract, load

_HOMES = {
    "add": ("kg.adding", "add"),
    "build": ("kg.workflow", "build"), "extract": ("kg.workflow", "extract"), "load": ("kg.workflow", "load"),
    "query": ("kg.ask", "query"), "export": ("kg.selection", "export"), "evaluate": ("kg.evaluation", "evaluate"),
    "report": ("kg.briefing", "report"),
    "check": ("kg.checking", "check"), "Settings": ("kg.settings", "Settings"), "KgError": ("kg.errors", "KgError"),
}

__all__ = ["KgError", "Settings", "add", "build", "check", "evaluate", "export", "extract", "load", "query", "report"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    home, attribute = _HOMES[name]
    return getattr(import_module(home), attribute)


def __dir__() -> list[str]:
    return __all__
