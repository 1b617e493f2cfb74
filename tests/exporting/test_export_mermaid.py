"""What Mermaid itself draws of a .mmd file, in a real Chromium."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from subgraphs import NASTY, NASTY_NAMES, SMALL, neighbourhood

from kg.exporting.subgraph import Subgraph
from kg.exporting.writers import write

GROUP, NAME, VERSION = "org.webjars.npm", "mermaid", "11.6.0"
DRAW = """async text => {
  mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
  document.body.innerHTML = (await mermaid.render('drawn', text)).svg;
  return {text: document.body.innerText, nodes: document.querySelectorAll('.node').length, scripts: document.querySelectorAll('body script').length};
}"""


@pytest.fixture(scope="module")
def mermaid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mermaid's script, out of its jar on Maven Central; where that cannot be had the test is skipped, and fails where nothing may be skipped."""
    from jgo.maven import MavenContext

    try:
        jar = MavenContext().project(GROUP, NAME).at_version(VERSION).artifact().resolve()
    except Exception as fault:  # jgo raises whatever its transport raises
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{GROUP}:{NAME}:{VERSION} cannot be downloaded: {fault}")
    script = tmp_path_factory.mktemp("mermaid") / "mermaid.min.js"
    with zipfile.ZipFile(jar) as archive:
        script.write_bytes(archive.read(f"META-INF/resources/webjars/{NAME}/{VERSION}/dist/{script.name}"))
    return script


def drawn(subgraph: Subgraph, browser: Any, mermaid: Path, folder: Path) -> dict[str, Any]:
    """What Mermaid makes of the file: the words on the picture, how many boxes, how many scripts came with them."""
    write(subgraph, folder / "graph.mmd")
    page = browser.new_page()
    page.set_default_timeout(120_000)
    page.add_script_tag(path=mermaid)
    seen: dict[str, Any] = page.evaluate(DRAW, (folder / "graph.mmd").read_text(encoding="utf-8"))
    page.close()
    return seen


def letters(text: str) -> str:
    """Return a text without blanks and control characters, which a picture does not show."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


@pytest.mark.parametrize("count", [9, 60])
def test_mermaid_draws_every_node(browser: Any, mermaid: Path, tmp_path: Path, count: int) -> None:
    assert drawn(SMALL if count == 9 else neighbourhood(count), browser, mermaid, tmp_path)["nodes"] == count


def test_names_that_try_to_break_out_are_drawn_as_text(browser: Any, mermaid: Path, tmp_path: Path) -> None:
    seen = drawn(NASTY, browser, mermaid, tmp_path)
    missing = [name for name in NASTY_NAMES if letters(name) not in letters(seen["text"])]
    assert (missing, seen["scripts"]) == ([], 0)
