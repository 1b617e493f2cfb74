"""Pictures: nothing on anything else, every fact in its style with its footnotes, and files that others open."""

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from programs import program, run, words_of
from subgraphs import NASTY, NASTY_NAMES, SMALL, edge, neighbourhood

from kg.errors import InputError
from kg.exporting import numerals
from kg.exporting.columns import settle
from kg.exporting.content import numbered
from kg.exporting.drawing import LAYOUTS, draw, fitting, slide
from kg.exporting.fonts import plain, width, wrap
from kg.exporting.picture import LayoutName, Picture, crosses, faults
from kg.exporting.pictures import write
from kg.exporting.subgraph import Edge, Node, Subgraph


def node(id: str, label: str, name: str) -> Node:
    return Node(id=id, label=label, name=name)


CHAIN_NODES = (
    node("lens", "Company", "Lens Works"), node("machine", "Product", "Etching machine"), node("fab", "Company", "Harbour Foundry"),
    node("nova", "Company", "Nova"), node("n7", "Product", "N7"), node("site", "Facility", "Harbour One"), node("cloud", "Company", "蓝海云"),
    node("data", "Sector", "data centers"), node("grid", "Infrastructure", "power grid"),
)
OF = {each.id: each for each in CHAIN_NODES}
CHAIN = Subgraph(
    around="From lens to grid", hops=0, centres=(), nodes=CHAIN_NODES,
    edges=(
        edge(1, OF["lens"], "PRODUCES", OF["machine"], "Only Lens Works makes it.", properties={"sole": True}),
        edge(2, OF["lens"], "SUPPLIES", OF["fab"], "Background.", origin="reference"),
        edge(3, OF["fab"], "SUPPLIES", OF["nova"], "Clients such as Nova."),
        edge(4, OF["nova"], "PRODUCES", OF["n7"], "Nova makes the N7.", origin="derived"),
        edge(5, OF["site"], "USES", OF["n7"], "It runs about 200,000.", properties={"quantity": 2e5, "approximate": True}),
        edge(6, OF["site"], "USES", OF["n7"], "It is to run 555,000.", modality="plan", properties={"quantity": 555000}),
        edge(7, OF["cloud"], "OPERATES", OF["site"], "Background too.", origin="reference"),
        edge(8, OF["data"], "LOADS", OF["grid"], "Data centers strain the grid."),
    ),
)
HOLDINGS = Subgraph(
    around="Funds", hops=0, centres=(), nodes=tuple(node(id, label, id) for id, label in (
        ("Fund A", "Fund"), ("Fund B", "Fund"), ("Nova", "Company"), ("Foundry", "Company"))),
    edges=tuple(
        Edge(id=f"h{at}", type="HOLDS", subject=fund, object=firm, proof=f"{fund} holds {firm}.", properties={"weight_pct": at + 4.5})
        for at, (fund, firm) in enumerate((("Fund A", "Nova"), ("Fund A", "Foundry"), ("Fund B", "Nova")))
    ),
)
PARTS = {"small": SMALL, "nasty": NASTY, "sixty": neighbourhood(60), "chain": CHAIN, "holdings": HOLDINGS}


@pytest.fixture(scope="module", autouse=True)
def graphviz() -> None:
    program("dot", "graphviz")


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "matrix"])
@pytest.mark.parametrize("sheet", ["page", "slide"])
def test_nothing_overlaps_and_nothing_is_outside(name: str, layout: str, sheet: str) -> None:
    picture = draw(PARTS[name], layout=layout, frame=slide() if sheet == "slide" else None)
    assert list(faults(picture)) == []


@pytest.mark.parametrize("layout", ["rings", "force"])
def test_lines_go_round_the_boxes_that_stand_in_their_way(layout: LayoutName) -> None:
    picture = draw(PARTS["sixty"], layout=layout)
    through = [line.id for line in picture.lines if any(crosses(line, box) for box in picture.boxes if box.id not in (line.subject, line.object))]
    assert through == []
    assert any(stop.at is None for line in picture.lines for stop in line.stops)


def test_a_slide_of_sixty_shows_more_of_them_by_their_names_alone() -> None:
    picture = draw(PARTS["sixty"], frame=slide())
    shown = [box for box in picture.boxes if box.kind in ("node", "centre")]
    assert len(shown) >= 20
    assert min(line.size for box in shown for line in box.lines) >= 10
    assert picture.left_out == 60 - len(shown)


def test_a_fault_is_seen() -> None:
    picture = draw(SMALL, frame=slide())
    first, second = picture.boxes[:2]
    moved = (first, second.model_copy(update={"x": first.x + 3, "y": first.y + 3}), *picture.boxes[2:])
    assert f"{first.id} and {second.id} overlap" in list(faults(picture.model_copy(update={"boxes": moved})))


@pytest.mark.parametrize(("name", "layout"), [("small", "columns"), ("chain", "layers"), ("holdings", "matrix")])
def test_the_layout_follows_from_what_the_edges_are_about(name: str, layout: str) -> None:
    assert fitting(PARTS[name]) == layout


def test_the_chain_stands_in_its_order_from_left_to_right_and_who_runs_a_site_above_it() -> None:
    at = {box.id: box for box in draw(CHAIN, frame=slide()).boxes}
    across = [at[id].x for id in ("lens", "fab", "nova", "n7", "site", "grid")]
    assert across == sorted(set(across))
    assert at["cloud"].x == at["site"].x
    assert at["cloud"].y < at["site"].y


def test_lines_are_solid_where_stated_dashed_where_not_and_dotted_where_planned() -> None:
    styles = {line.id: line.style for line in draw(CHAIN, frame=slide()).lines}
    assert styles == {
        "fact:1": "solid", "fact:2": "dashed", "fact:3": "solid", "fact:4": "dashed", "fact:5": "solid", "fact:6": "dotted", "fact:7": "dashed",
        "fact:8": "solid",
    }


def test_each_line_has_the_footnote_of_its_sentence() -> None:
    picture = draw(CHAIN, frame=slide())
    sentence = {note.number: note.sentence for note in picture.notes}
    assert {line.id: [sentence[number] for number in line.notes] for line in picture.lines} == {each.id: [each.proof] for each in CHAIN.edges}


def test_words_on_lines_tell_number_and_reservation() -> None:
    labels = {line.id: line.label for line in draw(CHAIN).lines}
    assert (labels["fact:1"], labels["fact:5"], labels["fact:6"]) == ("sole maker of", "uses ≈200k", "uses 555k (plan)")


def test_a_matrix_has_a_cell_for_each_figure_and_cites_it() -> None:
    picture = draw(HOLDINGS, frame=slide())
    cells = {box.id: box.name for box in picture.boxes if box.kind == "cell"}
    assert cells == {"cell:Fund A:Nova": "4.5% [1]", "cell:Fund A:Foundry": "5.5% [2]", "cell:Fund B:Nova": "6.5% [3]", "cell:Fund B:Foundry": ""}
    assert [note.number for note in picture.notes] == [1, 2, 3]


def test_a_slide_counts_every_node_that_it_does_not_show() -> None:
    part = neighbourhood(200)
    picture = draw(part, frame=slide())
    shown = {box.id for box in picture.boxes if box.kind in ("node", "centre")}
    assert "c" in shown
    assert picture.left_out == 200 - len(shown) > 0
    assert f"Not shown: {picture.left_out} more." in picture.footer
    assert any(box.kind == "more" for box in picture.boxes)


def test_footnotes_on_a_slide_are_those_of_what_it_shows_numbered_from_one() -> None:
    picture = draw(neighbourhood(200), frame=slide())
    cited = {number for line in picture.lines for number in line.notes}
    assert cited == {note.number for note in picture.notes} == set(range(1, len(cited) + 1))


def test_the_footer_tells_single_sources_and_what_is_not_disclosed() -> None:
    assert draw(CHAIN).footer == (
        "Times as the sources give them.", "5 of 5 stated lines rest on a single source.", "Not disclosed: the volume or share of 3 lines.")


def test_an_unknown_layout_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="columns, layers, rings, matrix, force"):
        draw(SMALL, layout="circle")  # type: ignore[arg-type]


def test_without_graphviz_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="apt install graphviz"):
        draw(SMALL)


@pytest.mark.parametrize(("values", "words"), [
    ({"low": 5.2e10, "high": 5.6e10, "currency": "USD"}, "US$52-56bn"),
    ({"value": 2e5, "approximate": True}, "≈200k"),
    ({"value": 1e9, "unit": "W"}, "1 GW"),
    ({"value": 300e6, "unit": "W"}, "300 MW"),
    ({"value": 9.8, "unit": "%"}, "9.8%"),
    ({"low": -8, "high": -6, "unit": "%"}, "-8 to -6%"),
    ({"value": 4.88e12, "currency": "TWD"}, "NT$4.88trn"),
    ({"high": 5.6e10, "currency": "USD"}, "≤US$56bn"),
    ({"value": 2026}, "2,026"),
    ({}, ""),
])
def test_figures_are_written_as_people_write_them(values: dict[str, object], words: str) -> None:
    assert numerals.short(values) == words


def test_text_is_as_wide_as_its_font_sets_it() -> None:
    assert width("iiii", 10) == pytest.approx(4 * 10 * 455 / 2048)  # the advance of i in Liberation Sans, as in Arial
    assert width("台积电", 10) == pytest.approx(30)


def test_no_line_is_wider_than_its_room_and_what_is_cut_ends_in_an_ellipsis() -> None:
    lines = wrap("名" * 200, 100, 10, lines=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width(line, 10) <= 100 for line in lines)


def test_marks_that_turn_text_round_are_taken_out_and_breaks_become_spaces() -> None:
    assert plain("a\u202eb\u2066c\nd\u2028e\x07f\u200eg 🏭") == "abc d efg 🏭"


def test_numbers_of_footnotes_are_drawn_together() -> None:
    assert numbered([5, 1, 2, 3, 9]) == "[1–3, 5, 9]"


def test_places_settle_apart_and_inside_as_near_as_can_be() -> None:
    assert settle([30, 30], [10, 10], 100, apart=4) == [23, 37]
    assert settle([500], [10], 100) == [95]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    for name in ("small", "nasty", "chain"):
        for ending in (".svg", ".png", ".pdf"):
            write(PARTS[name], folder / f"{name}{ending}")
    return folder


def test_the_svg_holds_outlines_only_and_asks_for_nothing(written: Path) -> None:
    tree = ElementTree.parse(written / "chain.svg")
    names = {element.tag.split("}")[1] for element in tree.iter()}
    assert names <= {"svg", "title", "style", "defs", "path", "rect", "g", "use"}
    links = [value for element in tree.iter() for name, value in element.attrib.items() if name.endswith("href")]
    assert links
    assert all(link.startswith("#") for link in links)


def test_the_svg_says_in_words_what_it_draws(written: Path) -> None:
    said = [element.get("aria-label") for element in ElementTree.parse(written / "small.svg").iter()]
    assert {"TSMC", "台积电", "蓝海云"} <= set(said)


def test_names_that_try_to_break_out_stay_text(written: Path) -> None:
    tree = ElementTree.parse(written / "nasty.svg")
    assert not [element for element in tree.iter() if element.tag.split("}")[1] in ("script", "img", "image")]
    titles = " ".join(element.text or "" for element in tree.iter() if element.tag.endswith("title"))
    assert all(plain(name) in titles for name in NASTY_NAMES)


def test_the_svg_is_the_same_byte_for_byte_in_another_process(written: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.exporting.subgraph import Subgraph; from kg.exporting.pictures import write;"
        "write(Subgraph.model_validate_json(Path(sys.argv[1]).read_text(encoding='utf-8')), Path(sys.argv[2]))"
    )
    (tmp_path / "part.json").write_text(SMALL.model_dump_json(), encoding="utf-8")
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "part.json"), str(tmp_path / "again.svg")], check=True,
                   env={**os.environ, "PYTHONHASHSEED": "271828"})
    assert (tmp_path / "again.svg").read_bytes() == (written / "small.svg").read_bytes()


def test_the_png_is_an_image_of_the_page_with_its_colours(written: Path) -> None:
    image = Image.open(io.BytesIO((written / "chain.png").read_bytes())).convert("RGB")
    picture: Picture = draw(CHAIN)
    assert image.width == math.ceil(picture.width * 2)
    colours = {colour for _, colour in image.getcolors(1 << 24) or ()}
    assert {(0xFF, 0xFF, 0xFF), (0x00, 0x72, 0xB2), (0x2C, 0x7A, 0x60)} <= colours


def test_poppler_reads_the_words_of_the_pdf_chinese_too(written: Path) -> None:
    words = words_of(written / "small.pdf")
    assert all(name in words for name in ("TSMC", "台积电", "Harbour One", "NT$4.88trn"))


def test_poppler_reads_names_that_try_to_break_out_as_text(written: Path) -> None:
    assert "</script>" in "".join(words_of(written / "nasty.pdf").split())


def test_the_pdf_carries_its_fonts(written: Path) -> None:
    rows = run([program("pdffonts", "poppler-utils"), str(written / "small.pdf")]).splitlines()[2:]
    assert len(rows) >= 3
    assert all(row.split()[-5:-3] == ["yes", "yes"] for row in rows)


@pytest.mark.parametrize("ending", [".svg", ".png", ".pdf"])
def test_without_a_font_that_holds_chinese_one_line_says_what_to_install(tmp_path: Path, ending: str) -> None:
    """In a process of its own on a machine whose folders of fonts are empty: fonts are looked up once."""
    (tmp_path / "part.json").write_text(SMALL.model_dump_json(), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from kg.errors import InputError; from kg.exporting import fonts; from kg.exporting.subgraph import Subgraph;"
        "from kg.exporting.pictures import write; fonts.folders = lambda: [Path(sys.argv[3])]\n"
        "try: write(Subgraph.model_validate_json(Path(sys.argv[1]).read_text(encoding='utf-8')), Path(sys.argv[2]))\n"
        "except InputError as error: print(error)"
    )
    (tmp_path / "empty").mkdir()
    done = run([sys.executable, "-c", code, str(tmp_path / "part.json"), str(tmp_path / f"a{ending}"), str(tmp_path / "empty")])
    assert done.splitlines() == [f"{tmp_path / f'a{ending}'}: no font on this machine holds Chinese (install one (Debian: apt install fonts-noto-cjk))"]
    assert not (tmp_path / f"a{ending}").exists()


def test_a_template_for_a_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"end it in \.pptx"):
        write(SMALL, tmp_path / "a.svg", template=tmp_path / "firm.pptx")
