"""The lexicon: its faults are told with file and line, its ambiguities are known, and what ships is sound."""

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.lexicon import COLUMNS, load_lexicon, read_lexicon

HEADER = ",".join(COLUMNS)
ACME = "company:acme,Acme,Acme,顶峰,Acme Corp,ACM,US,,,,made up"


def written(folder: Path, *rows: str, header: str = HEADER, name: str = "companies.csv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return folder


def fault(folder: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        read_lexicon(folder)
    return caught.value


WHOLE, PART = "place:whole,Whole,Whole,,,,,{},,,made up", "place:part,Part,Part,,,,,{},,,made up"


@pytest.mark.parametrize(("rows", "line", "says"), [
    ((WHOLE.format(""), PART.format("place:else")), 3, "place:else, which is no place"),
    ((ACME, PART.format("company:acme")), 3, "company:acme, which is no place"),
    ((WHOLE.format("place:part"), PART.format("place:whole")), 3, "part of itself"),
    ((ACME, "company:x,X,,,"), 3, "cells"),
    ((ACME, "firm:x,X,X,,,,,,,,made up"), 3, "no id"),
    ((ACME, "company:x,Xylo,Xylo,,,,,,,,"), 3, "no source"),
    ((ACME, "company:x,,,,,,,,,,made up"), 3, "no name"),
    ((ACME, ACME), 3, "stands already in companies.csv:2"),
    ((ACME, "company:x,Xylo,Xylo,,ACME CORP,,,,,,made up"), 3, "is also that of company:acme (companies.csv:2)"),
    ((ACME, "company:x,Xylo,Xylo,,,ACM,,,,,made up"), 3, "code ACM"),
    ((ACME, "company:x,Xylo,Xylo,,,,,,,Zylo,made up"), 3, "'Zylo' is none of its names"),
])
def test_a_faulty_row_is_named_with_its_line(tmp_path: Path, rows: tuple[str, ...], line: int, says: str) -> None:
    error = fault(written(tmp_path / "lexicons", *rows))
    assert (error.line, says in error.message, str(error.where).endswith("companies.csv")) == (line, True, True)


def test_a_wrong_header_is_named(tmp_path: Path) -> None:
    assert fault(written(tmp_path / "lexicons", ACME, header="id,name")).line == 1


def test_a_faulty_decoy_is_named_with_its_line(tmp_path: Path) -> None:
    folder = written(tmp_path / "lexicons", ACME)
    written(folder, "Acme rainforest,made up", ",made up", header="text,source", name="decoys.csv")
    assert fault(folder).line == 3


def test_a_folder_without_lexicons_says_what_is_expected(tmp_path: Path) -> None:
    assert "*.csv" in str(fault(tmp_path))


def test_a_name_of_two_entries_is_known_as_ambiguous_when_one_guards_it(tmp_path: Path) -> None:
    folder = written(tmp_path / "lexicons", ACME, "index:acme,Acme Index,Acme Index,,Acme,,,,,Acme,made up")
    lexicon = read_lexicon(folder)
    assert lexicon.ambiguous == {"acme": ("company:acme", "index:acme")}
    assert [entry.id for entry in lexicon.by_name("ACME")] == ["company:acme", "index:acme"]


def test_one_company_answers_to_all_its_names_and_codes() -> None:
    lexicon = load_lexicon()
    names = ["TSMC", "台积电", "臺積電", "Taiwan Semiconductor", "ＴＳＭＣ"]
    assert {lexicon.by_name(name)[0].id for name in names} == {"company:tsmc"}
    assert {entry.id for code in ("TSM", "2330.TW") if (entry := lexicon.by_code(code))} == {"company:tsmc"}


def test_a_bare_fund_code_is_enough() -> None:
    entry = load_lexicon().by_code("159363")
    assert entry is not None and entry.label == "Fund"


def test_a_product_and_its_sector_find_each_other() -> None:
    lexicon = load_lexicon()
    twin = lexicon.twin("product:optical-modules", "Sector")
    assert twin is not None and twin.id == "sector:optical-modules"


def test_every_manager_of_a_fund_is_a_company_of_the_lexicon() -> None:
    lexicon = load_lexicon()
    houses = {e.kind for e in lexicon.entries.values() if e.label == "Fund" and e.kind and e.kind.startswith("company:")}
    assert {house for house in houses if house not in lexicon} == set()


def test_a_city_is_part_of_its_province_and_of_its_country() -> None:
    lexicon = load_lexicon()
    assert [entry.id for entry in lexicon.wholes("place:xuchang")] == ["place:henan", "place:china"]
    assert not list(lexicon.wholes("fund:159273.SZ")), "what a fund's row says of its kind is its house"
