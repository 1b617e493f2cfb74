"""A brief as a presentation: its picture, its answers as tables in two columns, and one list of the sources of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from kg.exporting.brief import Brief, Row, Section, unnumbered
from kg.exporting.content import look, numbered
from kg.exporting.drawing import draw, slide
from kg.exporting.fonts import widest_word, width, wrap
from kg.exporting.master import open_master
from kg.exporting.picture import Note
from kg.exporting.slides import add_picture, add_sources

_BESIDE, _BELOW = 22.0, 10.0  # points between two columns of tables, and below a table
_PAD, _SPARE = 3.0, 1.06  # beside a cell's text; how much wider than Arial a firm's font may be
_LINES = 3  # of a cell at most


class _Table(NamedTuple):
    """A section, measured: its heading, the widths of its columns, its rows of broken texts, how high each stands, what stands below."""

    title: str
    widths: tuple[float, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    heights: tuple[float, ...]
    below: tuple[str, ...]

    @property
    def height(self) -> float:
        size: float = look()["sizes"]["text"]
        return size * 1.7 + sum(self.heights) + len(self.below) * size * 1.25 + _BELOW


def write(brief: Brief, path: Path) -> None:
    """Write a brief as a presentation: a slide with the picture, slides with the answers, slides with the sources. Raises what `draw` raises."""
    master = open_master(None)
    frame = slide(master.width, master.height, master.top, master.bottom)
    if brief.subgraph.edges:
        add_picture(master, draw(unnumbered(brief.subgraph), title=brief.name, frame=frame), frame)
    margin = look()["page"]["margin"]
    wide = (master.width - 2 * margin - _BESIDE) / 2
    pages = list(_pages([_measured(section, wide) for section in brief.sections], master.height - master.top - margin))
    for number, (left, right) in enumerate(pages, 1):
        page = master.add(f"{brief.name}: what is known{f' ({number} of {len(pages)})' if len(pages) > 1 else ''}")
        for x, tables in ((margin, left), (margin + wide + _BESIDE, right)):
            y = master.top
            for table in tables:
                _add(page.shapes, table, x, y, wide)
                y += table.height
    add_sources(master, brief.name, [_note(each) for each in brief.notes])
    master.deck.save(str(path))


def _note(note: Any) -> Note:
    origin = next((word for word in note.how if word in ("reference", "derived")), "stated")
    return Note(number=note.number, sentence=note.sentence, source=note.source, date=note.date, origin=origin)


def _pages(tables: Sequence[_Table], high: float) -> Iterator[tuple[list[_Table], list[_Table]]]:
    """Give the tables in their order, two columns a page, none cut in two."""
    columns: list[list[_Table]] = [[]]
    for table in tables:
        if columns[-1] and sum(each.height for each in columns[-1]) + table.height > high:
            columns.append([])
        columns[-1].append(table)
    columns += [[]] * (len(columns) % 2)
    return ((columns[at], columns[at + 1]) for at in range(0, len(columns), 2))


def _measured(section: Section, wide: float) -> _Table:
    size = look()["sizes"]["text"]
    cells_of = [(*("—" if cell == "not disclosed" else cell for cell in row.cells), _how(row)) for row in section.rows]
    told = [(*section.columns, "how, source"), *cells_of]
    natural = [max(width(cells[at], size) * _SPARE + 2 * _PAD + 1 for cells in told) for at in range(len(told[0]))]
    least = [max(min(90.0, widest_word(cells[at], size)) * _SPARE + 2 * _PAD + 1 for cells in told) for at in range(len(told[0]))]
    widths = _fitted(natural, least, wide)
    rows = tuple(tuple(wrap(cell, (w - 2 * _PAD) / _SPARE, size, lines=_LINES) for cell, w in zip(cells, widths, strict=True)) for cells in told)
    heights = tuple(max(map(len, cells)) * size * 1.22 + 4 for cells in rows)
    below = [f"and {section.more} more"] if section.more else []
    if section.not_disclosed or any("—" in cells for cells in cells_of):
        below.append(f"Not disclosed: {', '.join((*section.not_disclosed, *(['—'] if any('—' in cells for cells in cells_of) else [])))}")
    return _Table(section.title, widths, rows, heights, ("; ".join(below),) if below else ())


def _how(row: Row) -> str:
    said = ", ".join("background" if word == "reference" else word for word in row.said)
    return f"{said} {numbered(row.notes)}".strip()


def _fitted(natural: Sequence[float], least: Sequence[float], wide: float) -> tuple[float, ...]:
    """Return widths that fill `wide`: what is too much is taken from the widest columns first, none below its longest word where that can be."""
    widths = list(natural)
    while sum(widths) > wide + 0.01:
        free = [at for at in range(len(widths)) if widths[at] > least[at] + 0.01]
        if not free:
            return tuple(each * wide / sum(widths) for each in widths)
        at = max(free, key=lambda each: widths[each])
        widths[at] = max(least[at], widths[at] - min(8.0, sum(widths) - wide))
    spare = wide - sum(widths)
    return (*widths[:-2], widths[-2] + spare, widths[-1]) if len(widths) > 1 else (wide,)


def _add(shapes: Any, table: _Table, x: float, y: float, wide: float) -> None:
    size = look()["sizes"]["text"]
    head = _words(shapes, table.title, x, y, wide, size + 2)
    head.font.bold = True
    head.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    y += size * 1.7
    tall = sum(table.heights)
    frame = shapes.add_table(len(table.rows), len(table.widths), Pt(x), Pt(y), Pt(wide), Pt(tall))
    frame.name = table.title
    grid = frame.table
    for column, each in zip(grid.columns, table.widths, strict=True):
        column.width = Pt(each)
    for row, cells, high in zip(grid.rows, table.rows, table.heights, strict=True):
        row.height = Pt(high)
        for cell, texts in zip(row.cells, cells, strict=True):
            cell.margin_left = cell.margin_right = Pt(_PAD)
            cell.margin_top = cell.margin_bottom = Pt(1.5)
            cell.text = "\v".join(texts)  # a break of the line, not of the paragraph
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = Pt(size)
    for number, words in enumerate(table.below):
        said = _words(shapes, words, x, y + tall + number * size * 1.25, wide, size)
        said.font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def _words(shapes: Any, text: str, x: float, y: float, wide: float, size: float) -> Any:
    shape = shapes.add_textbox(Pt(x), Pt(y), Pt(wide), Pt(size * 1.3))
    shape.name = text[:250]
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(size)
    return run
