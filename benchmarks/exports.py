"""How long each writer takes for 2,000 nodes and 6,000 edges, how much memory, and how smoothly the page pans in Chromium.

    python -m benchmarks.exports [ENDING ...]

A line a writer: seconds by the clock and of the processor, MB at its peak (a process of its own), MB of the files. Then the page: seconds
until it can be read, and the time from frame to frame while the picture is dragged by the mouse. Processor time, of the page that of its
main thread, tells the cost on a machine that does other work as well.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.exporting.subgraph import Edge, Figure, Node, Sentence, Source, Subgraph

NODES, EDGES, SEED = 2_000, 6_000, 7
_LABELS = ("Company", "Company", "Company", "Product", "Facility", "Sector", "Event")
_TYPES = {
    ("Company", "Company"): "SUPPLIES", ("Company", "Product"): "PRODUCES", ("Company", "Facility"): "OPERATES",
    ("Company", "Sector"): "IN_SECTOR", ("Facility", "Product"): "USES", ("Company", "Event"): "PARTICIPATES_IN",
    ("Product", "Product"): "DEPENDS_ON",
}
_FRAMES = "(() => { window.frames_ = []; const next = now => { frames_.push(now); requestAnimationFrame(next); }; requestAnimationFrame(next); })()"


def made_up(nodes: int = NODES, edges: int = EDGES) -> Subgraph:
    """Return a subgraph of so many nodes and edges, a few of them hubs, with names in both languages, figures and sentences; always the same."""
    chance = random.Random(SEED)  # noqa: S311
    labels = [_LABELS[at % len(_LABELS)] for at in range(nodes)]
    days = [f"2026-01-{day:02}" for day in range(1, 29)]
    text = "The company named it among those that it buys from, in a filing of some length; 该公司在公告中提到了这一供应商。"
    sources = tuple(Source(id=f"d{at}", title=f"Report {at} 报告", source="Harbour Daily", published=day) for at, day in enumerate(days))
    made: dict[tuple[int, int], Edge] = {}
    while len(made) < edges:
        one, other = int(nodes * chance.random() ** 3), chance.randrange(nodes)
        kind = _TYPES.get((labels[one], labels[other]))
        if one == other or kind is None or (one, other) in made:
            continue
        day = chance.randrange(len(days))
        claim = Sentence(
            id=f"c{len(made)}", document=f"d{day}", text=text, before="Before it. " * 20, after=" After it." * 20, start=0, end=9, confidence=0.8,
            reader="made",
        )
        made[one, other] = Edge(
            id=f"f{len(made)}", type=kind, subject=f"n{one}", object=f"n{other}", belief=round(chance.random(), 2), proof=text,
            proof_source="Harbour Daily", proof_date=days[day], first_seen=days[day], origin="reference" if chance.random() < 0.3 else "stated",
            modality="plan" if chance.random() < 0.1 else "fact", sentences=(claim,), claim_count=1, support=1,
        )
    figure = Figure(id="m", name="revenue", display="US$4.9bn", properties={"value": 4.9e9, "currency": "USD"})
    made_nodes = tuple(
        Node(
            id=f"n{at}", label=label, name=f"{label} number {at}", name_zh=f"第{at}号" if at % 2 else None, distance=min(3, at),
            figures=(figure,) if at % 9 == 0 else (),
        )
        for at, label in enumerate(labels)
    )
    return Subgraph(around="Company number 0", hops=3, centres=("n0",), nodes=made_nodes, edges=tuple(made.values()), documents=sources)


def _measure(ending: str, folder: str) -> tuple[float, float, float, float]:
    from kg.exporting.writers import write

    subgraph = made_up()
    begun, used = time.perf_counter(), time.process_time()
    written = write(subgraph, Path(folder) / f"graph{ending}")
    size = sum(path.stat().st_size for path in written) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.perf_counter() - begun, time.process_time() - used, memory, size


def _page(path: Path) -> None:
    """Open the page, drag the picture by the mouse, and tell the processor time of both and the time from frame to frame."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--no-first-run"])
        page = browser.new_page(viewport={"width": 1500, "height": 950})
        page.set_default_timeout(600_000)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        begun, used = time.perf_counter(), _busy(session)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready=yes]")
        opened, spent = time.perf_counter() - begun, _busy(session) - used
        page.mouse.move(200, 860)
        page.mouse.down()
        page.mouse.move(210, 850)  # the first frame draws the picture that the others shift
        page.evaluate(_FRAMES)
        used = _busy(session)
        for at in range(60):
            page.mouse.move(210 + 8 * at, 850 - 5 * at)
        page.mouse.up()
        times = page.evaluate("window.frames_")
        busy = _busy(session) - used
        browser.close()
    gaps = sorted(after - before for before, after in pairwise(times))
    print(f"page      ready after {opened:.1f} s ({spent:.1f} s of processor time)")
    print(f"panning   {len(gaps)} frames, {gaps[len(gaps) // 2]:.0f} ms half of them, {gaps[int(len(gaps) * 0.95)]:.0f} ms 19 of 20; "
          f"{1000 * busy / len(gaps):.0f} ms of processor time each")


def _busy(session: Any) -> float:
    return float(next(each["value"] for each in session.send("Performance.getMetrics")["metrics"] if each["name"] == "TaskDuration"))


def main(endings: list[str]) -> None:
    """Measure the writers of these endings (all unless told), then the page."""
    from kg.exporting.writers import WRITERS

    with tempfile.TemporaryDirectory() as folder:
        for ending in endings or WRITERS:
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
                seconds, used, memory, size = alone.submit(_measure, ending, folder).result()
            print(f"{ending:<10}{seconds:6.1f} s ({used:5.1f} s of processor time) {memory:5.0f} MB {size:7.1f} MB", flush=True)
        if (page := Path(folder) / "graph.html").exists():
            _page(page)


if __name__ == "__main__":
    main(sys.argv[1:])
