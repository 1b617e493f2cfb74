"""Tuning pretrained encoders: small ones for names, relations of two names and how a relation is asserted, and the parser's teacher. Torch lives
here alone."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import KgError


def tool(name: str) -> Any:
    """Return a module of this package. Raises KgError where what it takes is not installed."""
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("kg"):
            raise
        raise KgError(f"this training needs {missing.name}", hint="pip install 'kg-supplychain[train]'") from missing
