"""The HTML file as a person meets it: a real Chromium, offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from subgraphs import AFTER, BEFORE, NASTY, NASTY_NAMES, SENTENCE, SMALL, neighbourhood

from kg.exporting.subgraph import Subgraph
from kg.exporting.writers import write

TOLD = ("Galaxy Semiconductor", "港湾日报 · 2026-03-02 09:30", "fact", "stated", "belief 0.82", "held by TSMC", "etching machines")
LEGEND = (
    "Company", "Product", "Facility", "Infrastructure", "Event", "stated in a text", "reference or derived", "plan", "denied", "ended",
)
CY = "document.getElementById('graph')._cyreg.cy"
OVERLAPS = f"""() => {{
  const boxes = {CY}.nodes().map(n => ({{id: n.id(), x: n.position('x'), y: n.position('y'), w: n.data('w'), h: n.data('h')}}));
  const meet = (a, b) => Math.abs(a.x - b.x) < (a.w + b.w) / 2 && Math.abs(a.y - b.y) < (a.h + b.h) / 2;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => meet(a, b)).map(b => [a.id, b.id]));
}}"""


WORDS_MEET = f"""() => {{
  const box = (kind, each, b) => ({{kind, id: each.id(), ...b}});
  const words = {CY}.edges().filter(e => e.data('shown') && e.visible()).map(e => {{
    const m = e.midpoint(), w = width(e.data('shown'), EDGE) / 2, h = EDGE / 2, x = m.x + e.data('dx'), y = m.y + e.data('dy');
    return box('words', e, {{x1: x - w, x2: x + w, y1: y - h, y2: y + h}});
  }});
  const cards = {CY}.nodes().map(n => box('card', n, {{x1: n.position('x') - n.data('w') / 2, x2: n.position('x') + n.data('w') / 2,
    y1: n.position('y') - n.data('h') / 2, y2: n.position('y') + n.data('h') / 2}}));
  const meet = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
  return {{count: words.length, meeting: words.flatMap((a, i) => [...words.slice(i + 1), ...cards].filter(b => meet(a, b)).map(b => [a.id, b.id]))}};
}}"""


class Opened:
    """A page on a written subgraph, what it complained of, and what it asked for."""

    def __init__(self, browser: Any, subgraph: Subgraph, folder: Path) -> None:
        write(subgraph, folder / "graph.html")
        self.address = (folder / "graph.html").as_uri()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page = browser.new_page(viewport={"width": 1500, "height": 950})
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(self.address)
        self.page.wait_for_selector("html[data-ready=yes]", timeout=60_000)

    def shows(self, drawn: str) -> bool:
        """Whether an element is drawn by its style as it is now: Cytoscape answers `visible()` from what it drew last, one frame behind."""
        return bool(self.page.evaluate(f"{CY}.getElementById('{drawn}').style('display')") != "none")

    def click_edge(self, fact: str) -> None:
        middle = self.page.evaluate(f"(() => {{ const m = {CY}.getElementById('e{fact}').renderedMidpoint(); return [m.x, m.y]; }})()")
        box = self.page.locator("#graph").bounding_box()
        self.page.mouse.click(box["x"] + middle[0], box["y"] + middle[1])


@pytest.fixture
def small(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(browser, SMALL, tmp_path)
    yield opened
    opened.page.close()


def test_it_opens_without_a_complaint_and_asks_for_nothing(small: Opened) -> None:
    assert (small.complaints, small.requests) == ([], [small.address])


def test_the_policy_stops_what_would_leave_the_page(small: Opened) -> None:
    assert small.page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'went', () => 'stopped')") == "stopped"
    assert any("Content Security Policy" in complaint for complaint in small.complaints)


def test_a_click_on_an_edge_shows_its_sentence_source_date_and_holder(small: Opened) -> None:
    small.click_edge("fact:1")
    small.page.locator("#panel blockquote", has_text=SENTENCE).wait_for()
    panel = small.page.inner_text("#panel")
    assert [told for told in TOLD if told not in panel] == []


def test_a_sentence_is_marked_in_its_paragraph(small: Opened) -> None:
    small.click_edge("fact:1")
    quote = small.page.locator("#panel blockquote")
    assert (quote.inner_text(), quote.locator("mark").inner_text()) == (BEFORE + SENTENCE + AFTER, SENTENCE)
    assert "and 2 more sentences" in small.page.inner_text("#panel")
    assert small.page.get_attribute("#panel .source a", "href") == "https://harbour.example/1"


@pytest.mark.parametrize(
    ("box", "gone"), [("modality=plan", "fact:4"), ("origin=reference", "fact:2"), ("type=LOADS", "fact:7")], ids=str
)
def test_a_filter_takes_lines_away_and_the_cards_that_hung_on_them(small: Opened, box: str, gone: str) -> None:
    name, _, value = box.partition("=")
    small.page.keyboard.press("f")
    small.page.locator(f"#filters input[data-filter={name}][value={value}]").uncheck()
    assert (small.shows(f"e{gone}"), small.shows("efact:1")) == (False, True)
    assert "of 8 edges" in small.page.inner_text("#extent")
    small.page.click("#reset")
    assert "7 nodes and 8 edges" in small.page.inner_text("#extent")


def test_belief_below_the_slider_is_hidden_and_its_lonely_cards_with_it(small: Opened) -> None:
    small.page.keyboard.press("f")
    small.page.fill("#filters input[data-filter=belief]", "0.8")
    assert "8 edges" in small.page.inner_text("#extent")
    small.page.fill("#filters input[data-filter=belief]", "0.85")
    assert "1 of 7 nodes and 0 of 8 edges" in small.page.inner_text("#extent")


def test_what_was_cut_off_hangs_on_the_card_that_lost_it(small: Opened) -> None:
    texts = small.page.evaluate(f"{CY}.nodes('.more').map(n => n.data('text').split('\\n')[0])")
    assert texts == ["and 30 more", "and 4 more"]
    small.page.evaluate(f"void {CY}.getElementById('nmore:company:tsmc').emit('tap')")
    assert "--max-nodes" in small.page.inner_text("#panel")


def test_every_fact_can_be_read_by_keyboard_alone(small: Opened) -> None:
    small.page.keyboard.press("l")
    assert "TSMC supplies 蓝海云" in small.page.inner_text("#panel")
    small.page.keyboard.press("n")
    small.page.locator("#panel blockquote", has_text=SENTENCE).wait_for()


def test_what_is_printed_holds_the_picture_and_every_sentence(small: Opened) -> None:
    small.page.evaluate("drawSheet()")
    small.page.emulate_media(media="print")
    sheet = small.page.locator("#sheet")
    assert SENTENCE in sheet.inner_text() and "It runs 40,000 of them." in sheet.inner_text()
    assert small.page.evaluate("document.querySelector('#sheet img').naturalWidth") > 300
    assert small.complaints == []


def test_search_in_chinese_leads_to_the_card_its_figures_and_its_edges_by_keyboard_alone(small: Opened) -> None:
    small.page.keyboard.press("/")
    small.page.keyboard.insert_text("台积电")
    small.page.keyboard.press("Enter")
    small.page.locator("#panel h2", has_text="TSMC").wait_for()
    assert "revenue 2025Q4 NT$4.88trn" in small.page.inner_text("#panel")
    small.page.locator("#panel button", has_text="Galaxy Semiconductor").focus()
    small.page.keyboard.press("Enter")
    small.page.locator("#panel blockquote", has_text=SENTENCE).wait_for()


@pytest.mark.parametrize("wanted", ["taiwan semi", "２３３０", "tsm"])
def test_search_knows_aliases_tickers_and_wide_letters(small: Opened, wanted: str) -> None:
    small.page.fill("#search", wanted)
    assert "台积电" in small.page.inner_text("#found li >> nth=0")


def test_what_is_left_out_is_said(small: Opened) -> None:
    assert "34 more" in small.page.inner_text("#extent")


def test_an_event_that_is_planned_says_so_on_its_card(small: Opened) -> None:
    assert "(plan)" in small.page.evaluate(f"{CY}.getElementById('nevent:1').data('text')")


def test_many_cards_of_one_relation_share_one_label_that_counts_them(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, neighbourhood(60), tmp_path)
    opened.page.select_option("#layout", "columns")
    assert "supplies (6)" in opened.page.evaluate(f"{CY}.edges().map(e => e.style('label'))")
    opened.page.close()


def test_cards_bear_both_names_and_the_legend_their_labels(small: Opened) -> None:
    text = small.page.evaluate(f"{CY}.getElementById('ncompany:tsmc').data('text')")
    assert text.split("\n")[:2] == ["TSMC", "台积电"]
    legend = small.page.inner_text("#legend")
    assert [entry for entry in LEGEND if entry not in legend] == []


def test_how_it_is_said_and_where_from_can_be_seen(small: Opened) -> None:
    line = "e.style('line-style') === 'solid' ? 'solid' : e.style('line-dash-pattern')"
    looks = small.page.evaluate(f"Object.fromEntries({CY}.edges().map(e => [e.data('ref'), [{line}, e.style('label')]]))")
    assert {fact: looks[fact] for fact in ("fact:1", "fact:2", "fact:3", "fact:4", "fact:6")} == {
        "fact:1": ["solid", "supplies"], "fact:2": ["9 5", "supplies"], "fact:3": ["solid", "NOT produces"],
        "fact:4": ["2 5", "uses 25,000 (plan)"], "fact:6": ["solid", "operates (ended)"],
    }


def test_an_entry_of_the_legend_hides_what_it_stands_for(small: Opened) -> None:
    small.page.locator("#legend button", has_text="Product").click()
    assert (small.shows("nproduct:n7"), small.shows("ncompany:tsmc")) == (False, True)


def test_the_picture_is_saved_with_its_legend(small: Opened, tmp_path: Path) -> None:
    with small.page.expect_download() as download:
        small.page.click("#save")
    download.value.save_as(tmp_path / "saved.png")
    assert download.value.suggested_filename == "TSMC.png"
    assert (tmp_path / "saved.png").read_bytes().startswith(b"\x89PNG")
    assert small.complaints == []


def test_names_that_try_to_break_out_are_shown_as_text(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, NASTY, tmp_path)
    opened.page.evaluate(f"void {CY}.getElementById('nn:1').emit('tap')")
    assert opened.page.inner_text("#panel h2") == NASTY_NAMES[1]
    opened.page.evaluate(f"void {CY}.getElementById('efact:1').emit('tap')")
    assert opened.page.inner_text("#panel blockquote") == NASTY_NAMES[1]
    assert opened.page.title() == NASTY_NAMES[0]
    assert (opened.complaints, opened.requests) == ([], [opened.address])
    opened.page.close()


@pytest.mark.parametrize("layout", ["columns", "rings", "web"])
def test_no_card_of_sixty_overlaps_another_and_the_layout_is_the_same_each_time(browser: Any, tmp_path: Path, layout: str) -> None:
    opened = Opened(browser, neighbourhood(60), tmp_path)
    places = []
    for _ in range(2):
        opened.page.select_option("#layout", "web" if layout == "columns" else "columns")
        opened.page.select_option("#layout", layout)
        found = opened.page.evaluate(f"{CY}.nodes().map(n => [n.position('x'), n.position('y')])")
        # The engine centres the whole picture on what it has drawn so far, labels included: where cards stand to one another is the layout.
        places.append([[round(x - found[0][0], 3), round(y - found[0][1], 3)] for x, y in found])
    assert opened.page.evaluate(OVERLAPS) == []
    words = opened.page.evaluate(WORDS_MEET)
    assert words["count"] > 5
    assert words["meeting"] == []
    assert places[0] == places[1]
    opened.page.close()


def test_no_card_of_many_overlaps_another_and_the_best_linked_can_be_read_from_afar(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, neighbourhood(450), tmp_path)
    assert opened.page.evaluate(OVERLAPS) == []
    assert opened.page.evaluate(f"{CY}.getElementById('nc').data('size')") == 6 * opened.page.evaluate(f"{CY}.getElementById('nn400').data('size')")
    assert opened.complaints == []
    opened.page.close()
