"""House spellings: sound and meaning, accepted only when one company fits."""

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.lexicon import COLUMNS, read_lexicon
from kg.knowledge.spellings import Spellings, is_sound_only, read_parts

ROWS = (
    "company:1,晨岭科技,,晨岭科技,,,CN,,,,made up", "company:2,云杉光电,,云杉光电,,,CN,,,,made up",
    "company:3,东海电子,,东海电子,,,CN,,,,made up",
    "company:4,冬海电子,,冬海电子,,,CN,,,,made up", "company:5,中文在线,,中文在线,,,CN,,,,made up",
    "company:6,长青林,,长青林,,,CN,,,,made up",
)


@pytest.fixture(scope="module")
def spellings(tmp_path_factory: pytest.TempPathFactory) -> Spellings:
    folder = tmp_path_factory.mktemp("lexicons")
    (folder / "companies.csv").write_text("\n".join((",".join(COLUMNS), *ROWS)) + "\n", encoding="utf-8")
    return Spellings(read_lexicon(folder))


@pytest.mark.parametrize(("written", "ident"), [
    ("ChenLing Technology", "company:1"), ("Chenling Tech", "company:1"), ("Yunshan Optoelectronics", "company:2"),
    ("Chenling Keji", "company:1"),
    ("Chinese Online", "company:5"), ("Changqinglin", "company:6"), ("CHENLING TECHNOLOGY", "company:1"),
])
def test_a_spelling_by_sound_and_meaning_is_read(spellings: Spellings, written: str, ident: str) -> None:
    entry = spellings.match(written)
    assert entry is not None and entry.id == ident


@pytest.mark.parametrize("written", ["Donghai Electronics", "Chenling", "Acme Technology", "Technology", "Chen Ling Software"])
def test_a_spelling_that_fits_two_or_none_is_not(spellings: Spellings, written: str) -> None:
    assert spellings.match(written) is None


def test_spellings_are_found_where_they_stand(spellings: Spellings) -> None:
    text = "Stocks such as ChenLing Technology and Chinese Online rose."
    assert [text[start:end] for start, end, _ in spellings.find(text)] == ["ChenLing Technology", "Chinese Online"]


def test_a_short_name_by_sound_alone_may_be_a_person() -> None:
    assert (is_sound_only("Chang Qinglin"), is_sound_only("Chenling Technology")) == (True, False)


def test_a_faulty_part_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "spellings.csv"
    path.write_text("part,place,meanings,source\n科技,middle,technology,made up\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_parts(path)
    assert caught.value.line == 2
