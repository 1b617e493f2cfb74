"""The Chromium on this machine, for tests that look at a page."""

from __future__ import annotations

import os
import shutil

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)


def chromium() -> str:
    """Return the Chromium on this machine; without one the test is skipped, and fails where nothing may be skipped."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        reason = f"no Chromium on this machine (looked for {', '.join(PROGRAMS)})"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found
