"""The house rules that imports can break, read with `ast`: nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
FLOORS = [
    {"errors", "ids", "settings"},
    {"model"},
    {"knowledge"},
    {"reading", "nlp", "resolve", "store", "exporting"},
    {"workflow", "ask", "selection", "adding", "briefing", "presenting", "checking", "evaluation", "training"},
    {"__init__"},
    {"terminal"},
    {"cli", "__main__"},
]
SIBLINGS = FLOORS[3]
HOMES = {
    "spacy": {"nlp", "training"}, "hanlp": {"nlp", "training"}, "neo4j": {"store"}, "click": {"cli", "terminal"}, "rich": {"terminal"},
    "networkx": {"resolve", "exporting", "ask"}, "onnxruntime": {"nlp", "training"}, "torch": {"training"},
}
BANNED_NAMES = {"util", "utils", "helper", "helpers", "common", "misc"}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            module = node.module or ""
            yield from ((f"{module}.{alias.name}" if module == "kg" else module, node.lineno) for alias in node.names)


def _floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    room = _room(path)
    for name, line in _imports(path):
        if not name.startswith("kg.") or room in ("__init__",):
            continue
        target = name.split(".")[1]
        if target == room:
            continue
        place = f"{path.relative_to(PACKAGE.parent)}:{line}: {room} imports {target}"
        assert _floor(target) <= _floor(room), f"{place}, which stands above it"
        assert not (room in SIBLINGS and target in SIBLINGS), f"{place}, its sibling"


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    for name, line in _imports(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or _room(path) in homes, f"{path.relative_to(PACKAGE.parent)}:{line}: {name} belongs in {sorted(homes or ())}"


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not [path for path in _modules() if path.stem in BANNED_NAMES]


def test_no_module_bears_the_name_of_a_public_function() -> None:
    import kg

    assert not {path.stem for path in PACKAGE.glob("*.py")} & set(kg.__all__)


def test_public_names_are_still_functions_after_every_module_is_imported() -> None:
    from importlib import import_module

    import kg

    for _ in range(2):
        for path in _modules():
            if path.name != "__main__.py" and path.parent.name != "encoder":  # tuning needs torch, which is an extra
                import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"))
        for name in kg.__all__:
            assert callable(getattr(kg, name)), name
