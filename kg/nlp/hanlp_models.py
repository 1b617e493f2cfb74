"""HanLP models and pipelines, whatever their form, as two functions: text to words, and words to tags, names and trees.

A name or path can be a multi-task model, a pipeline that HanLP saved (a JSON file), or a folder of components; a single component that does
less than all is told so. HanLP sees lists only, never an empty one, and nothing is taken from it on trust: see `kg.nlp.hanlp_pipeline`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.knowledge.labels import load_labels
from kg.nlp.hanlp_mends import mend

_LOG = logging.getLogger(__name__)
_INSTALL = "pip install 'kg-supplychain[hanlp]'"
_NEEDED = {"tok": "words", "pos": "tags", "dep": "dependencies"}
_ROOMS = {"tok": ".tokenizers.", "ner": ".ner.", "dep": ".parsers.", "pos": ".taggers."}  # where HanLP keeps each kind of component
_NO_WORK = "kg needs words, tags and dependencies: a multi-task model, a saved pipeline, or a folder of components"


@dataclass(frozen=True)
class Analysis:
    """What HanLP says of one sentence's words: tags, heads (from 0, a root its own), relations, and names as (start, end, kind) in words."""

    tags: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]
    names: Sequence[tuple[int, int, str]]


@dataclass(frozen=True)
class HanLP:
    """A loaded model or pipeline. `tags` and `relations` are the labels it can give, as far as it says so; `version` is HanLP's."""

    name: str
    version: str
    tags: frozenset[str]
    relations: frozenset[str]
    cut: Callable[[list[str]], list[list[str]]]
    read: Callable[[list[list[str]]], dict[str, Any]]

    def words(self, texts: Sequence[str]) -> list[list[str]]:
        """Cut texts without white space into words."""
        return [[_form(word) for word in words] for words in self.cut(list(texts))] if texts else []

    def analyse(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Tag and parse sentences that are cut into words already. Raises InputError where HanLP gives another number of words back."""
        if not sentences:
            return []
        found = self.read([list(words) for words in sentences])
        tags, trees, names = (_output(found, kind) for kind in ("pos", "dep", "ner"))
        if tags is None or trees is None:
            raise InputError(f"{self.name} gave no {'tags' if tags is None else 'dependencies'}", hint=_NO_WORK)
        rows = zip(sentences, tags, trees, names or [()] * len(sentences), strict=True)
        return [self._analysis(words, tag, tree, spans) for words, tag, tree, spans in rows]

    def _analysis(self, words: Sequence[str], tags: Sequence[str], tree: Iterable[Any], spans: Iterable[Any]) -> Analysis:
        arcs = [(arc.head, arc.deprel) if hasattr(arc, "deprel") else (arc[0], arc[1]) for arc in tree]
        if not len(words) == len(tags) == len(arcs):  # longer than the model reads
            _LOG.warning("%s could not read a sentence of %d words: it is left without a tree", self.name, len(words))
            return Analysis(["X"] * len(words), range(len(words)), ["dep"] * len(words), ())
        heads = [head - 1 if head else index for index, (head, _) in enumerate(arcs)]
        names = sorted((int(start), int(end), str(kind)) for _, kind, start, end in spans)
        return Analysis([str(tag) for tag in tags], heads, [str(relation) for _, relation in arcs], names)


def _form(word: Any) -> str:
    """Return a word's form: some models give its place beside it."""
    return word if isinstance(word, str) else str(word[0])


def load_model(name: str) -> HanLP:
    """Load what `name` names: a folder, a JSON file, or one of HanLP's own identifiers (which HanLP downloads).

    The licence is told to the log. Raises InputError where HanLP is missing, where there is no such model, and where it does too little.
    """
    hanlp = _hanlp()
    path = Path(name)
    if not path.exists() and name not in hanlp.pretrained.ALL:
        near = get_close_matches(name.upper(), hanlp.pretrained.ALL, n=3, cutoff=0.5)
        raise InputError(f"there is no HanLP model {name!r}", hint=f"give a folder, or a name such as {', '.join(near)}" if near else _NO_WORK)
    tell_licence(name)
    if path.exists():
        name = str(path.resolve())
    parts = _folders(path) if path.is_dir() else []
    if parts:
        return _from_pipeline(name, hanlp, _assemble(hanlp, {part: _load(hanlp, str(part)) for part in parts}))
    model = _load(hanlp, str(_description(path)) if path.exists() else name)
    if isinstance(model, list):
        return _from_pipeline(name, hanlp, model)
    if hasattr(model, "tasks"):
        return _from_tasks(name, hanlp, model)
    raise InputError(f"{name} is one component, for {_NEEDED.get(_role(model) or '', 'something else')} alone", hint=_NO_WORK)


@cache
def tell_licence(name: str) -> None:
    """Tell the log, once a process, under which licence a model stands, as far as that is known."""
    path = Path(name)
    beside = sorted(each.name for each in path.glob("LICEN[CS]E*")) if path.is_dir() else []
    if beside:
        _LOG.warning("the licence of the HanLP model %s is in %s", name, path / beside[0])
    else:
        _LOG.warning("the licence of the HanLP model %s is not known to kg; HanLP's own models are for research and teaching only "
                     "(CC BY-NC-SA 4.0), unlike kg itself", name)


def _hanlp() -> Any:
    try:
        import hanlp

        hanlp.pretrained.ALL  # noqa: B018  (a folder that is called hanlp imports as well)
    except (ImportError, AttributeError) as error:
        raise InputError("HanLP is not installed", hint=_INSTALL) from error
    return hanlp


def _folders(path: Path) -> list[Path]:
    """Return the component folders in a folder that is no component itself."""
    if (path / "config.json").is_file() or (path / "meta.json").is_file():
        return []
    return sorted(child.parent for child in path.glob("*/config.json"))


def _description(path: Path) -> Path:
    """Return the file or folder that HanLP loads: of a folder without `config.json`, the one pipeline that is described in it."""
    if path.is_file() or (path / "config.json").is_file():
        return path
    if (path / "meta.json").is_file():
        raise InputError("this is a TensorFlow model of HanLP 2.0", where=path, hint="kg reads with HanLP's PyTorch models")
    found = [each for each in sorted(path.glob("*.json")) if "pipes" in _json(each)]
    if len(found) != 1:
        raise InputError("no HanLP model here", where=path, hint="a model has a config.json; a folder may hold several such folders")
    return found[0]


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError("is not JSON", where=path, hint="HanLP saves a pipeline as JSON") from error
    return content if isinstance(content, dict) else {}


def _load(hanlp: Any, name: str) -> Any:
    """Load and mend one component or pipeline, for the processor: the same results on every run and machine."""
    if Path(name).is_file() and "pipes" not in _json(Path(name)):
        raise InputError("is no HanLP pipeline", where=name, hint=_NO_WORK)
    try:
        saved = Path(name).is_file()
        model = hanlp.components.pipeline.Pipeline.from_config(name) if saved else hanlp.load(name, verbose=False, devices=-1)
    except Exception as error:  # HanLP raises whatever its parts raise, and its advice misleads
        cause = error.__context__ if getattr(error, "name", None) == "pkg_resources" else error  # HanLP stumbles over its own report
        reason = next((line for line in str(cause).splitlines() if line.strip()), type(cause).__name__)
        raise InputError(f"HanLP cannot load {name}: {reason}", hint="was it made by another version of HanLP, or of a class of its own?") from error
    return mend(model)


def _role(component: Any) -> str | None:
    """Return what a component is for, by where HanLP keeps its class or the nearest class above it."""
    for each in type(component).__mro__:
        for role, room in _ROOMS.items():
            if each.__module__.startswith("hanlp.components") and room in each.__module__ + ".":
                return role
    return None


def _assemble(hanlp: Any, components: dict[Path, Any]) -> Any:
    """Return a HanLP pipeline of components found in a folder."""
    by_role: dict[str, Any] = {}
    for path, component in components.items():
        role = _role(component)
        if role is None or role in by_role:
            raise InputError("is no component that kg knows" if role is None else f"is a second component for {role}", where=path)
        by_role[role] = component
    pipeline = hanlp.pipeline()
    if "tok" in by_role:
        pipeline.append(by_role["tok"], output_key="tok")
    for role in ("pos", "ner", "dep"):
        if role in by_role:
            tagged = role == "dep" and by_role[role].use_pos
            pipeline.append(by_role[role], input_key=("tok", "pos") if tagged else "tok", output_key=role)
    return pipeline


def _from_pipeline(name: str, hanlp: Any, pipeline: Any) -> HanLP:
    """Take a pipeline apart: the step that cuts words, and the steps after it. What comes before (a sentence splitter) is not needed."""
    outputs = load_labels().outputs
    steps = {kind: next((i for i, pipe in enumerate(pipeline) if set(_keys(pipe)) & {*keys}), None) for kind, keys in outputs.items()}
    _require(name, [kind for kind, step in steps.items() if step is None])
    first = steps["tok"]
    assert first is not None
    cutter, rest = pipeline[first], list(pipeline)[first + 1:]
    key = _keys(cutter)[0]

    def read(sentences: list[list[str]]) -> dict[str, Any]:
        from hanlp_common.document import Document

        found = Document(**{key: sentences})
        for pipe in rest:
            found = pipe(found)
        return dict(found)

    def vocabulary(kind: str, field: str) -> frozenset[str]:
        step = steps[kind]
        return _vocabulary(pipeline[step].component, field) if step is not None else frozenset()

    tags, relations = vocabulary("pos", "tag"), vocabulary("dep", "rel")
    return HanLP(name, hanlp.__version__, tags, relations, lambda texts: list(cutter.component(texts, **cutter.kwargs)), read)


def _keys(pipe: Any) -> tuple[str, ...]:
    return (pipe.output_key,) if isinstance(pipe.output_key, str) else tuple(pipe.output_key or ())


def _from_tasks(name: str, hanlp: Any, model: Any) -> HanLP:
    """Use the tasks of a multi-task model that kg needs; their names are the keys of what it gives."""
    outputs = load_labels().outputs
    tasks = {kind: next((key for key in keys if key in model.tasks), None) for kind, keys in outputs.items()}
    _require(name, [kind for kind, task in tasks.items() if task is None])
    rest = sorted({task for kind, task in tasks.items() if kind != "tok" and task is not None})

    def read(sentences: list[list[str]]) -> dict[str, Any]:
        return dict(model(sentences, tasks=rest, skip_tasks="tok*"))

    tags = _vocabulary(model.tasks[tasks["pos"]], "tag") | _vocabulary(model.tasks[tasks["pos"]], "upos")
    relations = _vocabulary(model.tasks[tasks["dep"]], "rel") | _vocabulary(model.tasks[tasks["dep"]], "deprel")
    return HanLP(name, hanlp.__version__, tags, relations, lambda texts: model(texts, tasks=tasks["tok"])[tasks["tok"]], read)


def _require(name: str, missing: Iterable[str]) -> None:
    lacking = [_NEEDED[kind] for kind in missing if kind in _NEEDED]
    if lacking:
        raise InputError(f"{name} gives no {' and no '.join(lacking)}, which kg needs to tell who does what", hint=_NO_WORK)


def _output(found: dict[str, Any], kind: str) -> Any:
    return next((found[key] for key in load_labels().outputs[kind] if key in found), None)


def _vocabulary(component: Any, field: str) -> frozenset[str]:
    vocabulary = getattr(component, "vocabs", {}).get(field)
    return frozenset(str(label) for label in vocabulary.idx_to_token) if vocabulary is not None and vocabulary.idx_to_token else frozenset()
