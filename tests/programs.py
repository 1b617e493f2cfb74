"""Programs of this machine that open what kg wrote."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def program(name: str, package: str) -> str:
    """Return where a program is; without it the test is skipped, and fails where nothing may be skipped."""
    found = shutil.which(name)
    if found is None:
        reason = f"no {name} on this machine (Debian: apt install {package})"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found


def run(command: list[str]) -> str:
    """Return what a program prints; the test fails where it fails."""
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=240).stdout


def pdf_of(deck: Path) -> Path:
    """Return the PDF that LibreOffice makes of a presentation, its profile beside it."""
    office = program("soffice", "libreoffice-impress")
    profile = (deck.parent / "office").resolve().as_uri()
    run([office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir", str(deck.parent), str(deck)])
    return deck.with_suffix(".pdf")


def words_of(pdf: Path) -> str:
    """Return the text of a PDF as poppler reads it."""
    return run([program("pdftotext", "poppler-utils"), "-layout", str(pdf), "-"])
