"""Query modules: `.cypher` files whose path is their name and whose comment header is their interface.

    // Title: Suppliers
    // Question: Who supplies this company?
    // 问题: 谁向这家公司供货？
    // Version: 1
    // Tags: exposure, suppliers
    // Param: company: entity(Company|Facility) -- the customer: a name in any language, or a ticker
    // Param: depth: integer(1..4) = 3 -- steps at most
    // Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
    // Column: supplier, customer: string -- both ends
    // Column: share: number (%) -- of the customer's cost
    // Column: modality, origin, belief, proof, source, date -- the evidence
    // Example: kg query run exposure/suppliers company=TSMC

A parameter without `= default` is required. Types: `string`, `integer(a..b)`, `number(a..b)`, `date`, `choice(a|b)`, `modalities`,
`origins`, `entity(Label|Label)`. A question that cannot take one of the parameters that all take, or must not filter facts as all do, says
so: `// Without origins, as_of: why`. A column has a type, and a unit in brackets where there is one; those of the evidence are known.
The header is read, never run: to Neo4j it is a comment, so a module works unchanged in Neo4j Browser.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict

from kg.errors import DataError, QueryError
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.model import Modality, Origin

EVIDENCE = {"modality": "string", "origin": "string", "belief": "number", "proof": "string", "source": "string", "date": "date"}
EVIDENCE_COLUMNS = tuple(EVIDENCE)
MODALITIES: tuple[str, ...] = get_args(Modality)
ORIGINS: tuple[str, ...] = get_args(Origin)
STANDARD = ("modalities", "origins", "min_belief", "as_of", "limit")  # the parameters that questions share
COLUMN_TYPES = frozenset({"string", "integer", "number", "date", "boolean", "list"})

_KEYS = ("Title", "Question", "问题", "Version", "Tags", "Param", "Column", "Example")
_HEADER = re.compile(rf"//\s*(?P<key>{'|'.join(_KEYS)}|Without (?P<without>\w+(?:, \w+)*)):\s*(?P<text>.*)")
_PARAM = re.compile(r"(?P<name>\w+):\s*(?P<type>\w+)(?:\((?P<domain>[^)]*)\))?(?:\s*=\s*(?P<default>.*?))?\s*--\s*(?P<about>.+)")
_COLUMN = re.compile(r"(?P<names>\w+(?:,\s*\w+)*)(?::\s*(?P<type>\w+)(?:\s*\((?P<unit>[^)]+)\))?)?\s*--\s*(?P<about>.+)")
_SETS = {"modalities": MODALITIES, "origins": ORIGINS}
_TYPES = frozenset({"string", "integer", "number", "date", "choice", "entity", *_SETS})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Parameter(_Part):
    """One parameter of a module: its type, domain (labels, choices or bounds) and default as the header writes them."""

    name: str
    type: str
    domain: tuple[str, ...] = ()
    default: str | None = None
    about: str

    @property
    def required(self) -> bool:
        """True when the question cannot be asked without it."""
        return self.default is None

    @property
    def takes(self) -> str:
        """The type with its domain and default, as the header writes them."""
        between = ".." if self.type in ("integer", "number") else "|"
        domain = f"({between.join(self.domain)})" if self.domain else ""
        return self.type + domain + ("" if self.required else f" = {self.default}")

    @property
    def words(self) -> tuple[str, ...]:
        """What a shell may complete: `direction=up`, `direction=down`; `company=` where any value will do."""
        return tuple(f"{self.name}={value}" for value in (self.domain if self.type == "choice" else _SETS.get(self.type, ("",))))

    def value(self, given: Any) -> Any:
        """Return what `given` means to Cypher. Raises QueryError, in one line, when it is out of the domain."""
        text = ",".join(map(str, given)) if isinstance(given, list | tuple | set) else str(given).strip()
        match self.type:
            case "integer" | "number":
                return self._number(text)
            case "date":
                try:
                    return date.fromisoformat(text).isoformat()
                except ValueError:
                    raise QueryError(f"{self.name} must be a date such as 2026-01-16, not {text!r}") from None
            case "choice":
                if text not in self.domain:
                    raise QueryError(f"{self.name} must be one of {', '.join(self.domain)}, not {text!r}")
                return text
            case "modalities" | "origins":
                chosen = [part.strip() for part in text.split(",") if part.strip()]
                if not chosen or not {*chosen} <= {*_SETS[self.type]}:
                    raise QueryError(f"{self.name} must be some of {', '.join(_SETS[self.type])}, not {text!r}")
                return chosen
            case _:
                if not text:
                    raise QueryError(f"{self.name} must not be empty")
                return text

    def _number(self, text: str) -> int | float:
        low, high = (float(bound) for bound in self.domain)
        try:
            number: int | float = int(text) if self.type == "integer" else float(text)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            kind = "a whole number" if self.type == "integer" else "a number"
            raise QueryError(f"{self.name} must be {kind} from {self.domain[0]} to {self.domain[1]}, not {text!r}")
        return number


class Column(_Part):
    """One column of an answer: its type, its unit where there is one, and what it tells."""

    name: str
    type: str | None = None
    unit: str | None = None
    about: str


class Module(_Part):
    """A query module: what it asks, what it takes, what it answers, and its Cypher (header included)."""

    name: str
    path: Path
    title: str
    question: str
    question_zh: str
    version: int | None = None
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    without: Mapping[str, str] = {}
    example: str
    cypher: str

    @property
    def group(self) -> str:
        """The first of its tags, by which questions are listed; the folder where there are none."""
        return self.tags[0] if self.tags else self.name.partition("/")[0]

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters of one run, defaults filled in. Raises QueryError for an unknown, missing or unfit one."""
        names = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in names:
                raise QueryError(f"{self.name} has no parameter {name!r}", hint=f"it takes {', '.join(names)}")
        bound = {}
        for parameter in self.parameters:
            if parameter.name in given:
                bound[parameter.name] = parameter.value(given[parameter.name])
            elif parameter.required:
                raise QueryError(f"{self.name} needs {parameter.name}: {parameter.about}", hint=f"for instance: {self.example}")
            else:
                bound[parameter.name] = parameter.value(parameter.default)
        return bound


def modules_folder() -> Path:
    """Return the folder of the query modules: inside the package in a wheel, beside it in a checkout."""
    package = Path(str(resources.files("kg")))
    inside = package / "cypher"
    return inside if inside.is_dir() else package.parent / "cypher"


@cache
def load_modules() -> dict[str, Module]:
    """Return all query modules by name, sorted; the rules under `derive` among them, which are questions as well: what would follow?"""
    folder = modules_folder()
    paths = sorted(folder.rglob("*.cypher"))
    return {(module := read_module(path, folder)).name: module for path in paths}


def grouped(tag: str | None = None) -> dict[str, list[Module]]:
    """Return the query modules by group, groups in the order of `titles`; with a tag those that bear it.

    Raises QueryError for a tag that none bears.
    """
    groups: dict[str, list[Module]] = {}
    for module in load_modules().values():
        if tag is None or tag in (module.group, *module.tags):
            groups.setdefault(module.group, []).append(module)
    if tag and not groups:
        raise QueryError(f"no question bears the tag {tag!r}", hint=f"there are {', '.join(grouped())}")
    order = [*titles()]
    return dict(sorted(groups.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


@cache
def titles() -> dict[str, str]:
    """Return how each group of questions is headed, in English and Chinese (`data/styles/groups.yaml`)."""
    return {name: f"{title['title']} {title['title_zh']}" for name, title in read_yaml(data_folder("styles", "groups.yaml")).items()}


def find_module(name: str) -> Module:
    """Return the module of a name. Raises QueryError that suggests the nearest names."""
    modules = load_modules()
    if name in modules:
        return modules[name]
    near = difflib.get_close_matches(name, modules, n=3, cutoff=0.4) or [known for known in modules if name in known]
    hint = f"did you mean {' or '.join(near)}?" if near else "`kg query list` names them all"
    raise QueryError(f"there is no query module {name!r}", hint=hint)


def has_header(cypher: str) -> bool:
    """Tell whether a text begins as a query module does."""
    return _HEADER.match(cypher.lstrip()) is not None


def read_module(path: Path, folder: Path) -> Module:
    """Read one module. Raises DataError with file and line when its header is not as the module's docstring says."""
    text = path.read_text(encoding="utf-8")
    singles: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    without: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            break
        header = _HEADER.fullmatch(line.strip())
        if header is None:
            raise DataError("is no header line", where=path, line=number, hint=f"{', '.join(_KEYS)}, then a colon")
        key, body = header["key"], header["text"]
        if key == "Param":
            parameters.append(_parameter(body, path, number))
        elif key == "Column":
            columns += _columns(body, path, number)
        elif header["without"]:
            without |= dict.fromkeys(header["without"].split(", "), body)
        elif key == "Version" and not body.strip().isdecimal():
            raise DataError("a version is a whole number", where=path, line=number)
        else:
            singles[key] = body
    for key in ("Title", "Question", "问题", "Example"):
        if key not in singles:
            raise DataError(f"has no line `// {key}: ...`", where=path, line=1)
    return Module(
        name=path.relative_to(folder).with_suffix("").as_posix(), path=path, title=singles["Title"], question=singles["Question"],
        question_zh=singles["问题"], version=int(singles["Version"]) if "Version" in singles else None,
        tags=tuple(tag.strip() for tag in singles.get("Tags", "").split(",") if tag.strip()), parameters=tuple(parameters),
        columns=tuple(columns), without=without, example=singles["Example"], cypher=text,
    )


def _columns(body: str, path: Path, line: int) -> list[Column]:
    match = _COLUMN.fullmatch(body)
    if match is None or match["type"] not in {None, *COLUMN_TYPES}:
        hint = f"name, name: type (unit) -- what it is; types are {', '.join(sorted(COLUMN_TYPES))}"
        raise DataError("is no column", where=path, line=line, hint=hint)
    names = [name.strip() for name in match["names"].split(",")]
    return [Column(name=name, type=match["type"] or EVIDENCE.get(name), unit=match["unit"], about=match["about"]) for name in names]


def _parameter(body: str, path: Path, line: int) -> Parameter:
    match = _PARAM.fullmatch(body)
    if match is None or match["type"] not in _TYPES:
        hint = f"name: type(domain) = default -- what it is; types are {', '.join(sorted(_TYPES))}"
        raise DataError("is no parameter", where=path, line=line, hint=hint)
    domain = tuple(re.split(r"\.\.|\|", match["domain"])) if match["domain"] else ()
    if match["type"] in ("integer", "number") and len(domain) != 2:
        raise DataError(f"{match['name']} needs bounds such as (1..100)", where=path, line=line)
    parameter = Parameter(name=match["name"], type=match["type"], domain=domain, default=match["default"], about=match["about"])
    if not parameter.required:
        try:
            parameter.value(parameter.default)
        except QueryError as error:
            raise DataError(f"the default does not fit: {error}", where=path, line=line) from error
    return parameter
