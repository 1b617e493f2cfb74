"""YAML data files, read so that an error can name its file and line."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from kg.errors import DataError

LINE = "__line__"


class _LinedLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """A safe loader that notes in each mapping the line on which it begins, under the key `LINE`."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        seen.add(key)
    mapping: dict[Any, Any] = {loader.construct_object(k, deep=True): loader.construct_object(v, deep=True) for k, v in node.value}
    mapping[LINE] = node.start_mark.line + 1
    return mapping


_LinedLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def data_folder(*parts: str) -> Path:
    """Return a file or folder of the package's own data."""
    return Path(str(resources.files("kg"))).joinpath("data", *parts)


def read_yaml(path: Path, *, lines: bool = False) -> Any:
    """Read one YAML file.

    With `lines`, every mapping holds the line on which it begins under the key `LINE`. Raises DataError with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", where=path) from error
    try:
        value = yaml.load(text, Loader=_LinedLoader)  # noqa: S506 - a safe loader with line numbers
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise DataError(f"is not valid YAML: {problem}", where=path, line=mark.line + 1 if mark else None) from error
    return value if lines else without_lines(value)


def without_lines(value: Any) -> Any:
    """Return `value` with the line numbers of `read_yaml(lines=True)` taken out."""
    if isinstance(value, dict):
        return {k: without_lines(v) for k, v in value.items() if k != LINE}
    if isinstance(value, list):
        return [without_lines(v) for v in value]
    return value
