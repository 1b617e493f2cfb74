"""Makes docs/gallery.md and its pictures from the graph of the profile, as gallery.yaml says.

    python -m benchmarks.gallery DOCS
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kg
from kg.knowledge.yaml_file import read_yaml
from kg.presenting import picture as draw

_PAGE, _PAPER = (1500, 900), (1060, 1400)


def main(docs: Path) -> None:
    """Make every picture and the page that shows them."""
    entries = read_yaml(Path(__file__).with_suffix(".yaml"))
    text = ["# Gallery", "", "Made by `make gallery` from the graph of the seeds; how to make each stands below it.", ""]
    for entry in entries:
        _make(entry, docs / "pictures" / entry["file"])
        text += [f"## {entry['title']}", "", *([entry["about"], ""] if "about" in entry else [])]
        text += [f"![{entry['title']}](pictures/{entry['file']})", "", f"`{entry['shown']}`", ""]
        print(entry["file"])
    (docs / "gallery.md").write_text("\n".join(text), encoding="utf-8")


def _make(entry: Mapping[str, Any], picture: Path) -> None:
    if asked := entry.get("export"):
        draw(asked.pop("around", None), picture, title=entry["title"], **asked)
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        if name := entry.get("report"):
            kg.report(name, page)
            _look(page, picture, _PAPER, "")
        else:
            asked = dict(entry["page"])
            kg.export(asked.pop("around"), page, **asked)
            _look(page, picture, _PAGE, entry.get("do", ""))


def _look(page: Path, picture: Path, size: tuple[int, int], act: str) -> None:
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--no-first-run"])
        shown = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme="light")
        shown.set_default_timeout(180_000)
        shown.goto(page.as_uri())
        if act:
            shown.wait_for_selector("html[data-ready=yes]")
            shown.evaluate(f"void (() => {{ {act} }})()")
        shown.wait_for_timeout(1_000)  # the picture is drawn frame by frame
        shown.screenshot(path=str(picture))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
