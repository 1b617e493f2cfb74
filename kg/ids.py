"""Deterministic ids: the same content has the same id on every machine and in every run."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest(*parts: Any, length: int = 16) -> str:
    """Return `length` hex digits of the SHA-256 of `parts` in canonical JSON (keys sorted, no spaces)."""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()[:length]


def make_id(prefix: str, *parts: Any) -> str:
    """Return an id such as `claim:3f2a...`: the kind of thing, then the digest of what makes it that very thing."""
    return f"{prefix}:{digest(*parts)}"
