"""Sites without a name of their own are called after their owner and their town. The companies are known, what is said of them is made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.model import Reading

Read = Callable[..., Reading]


def sites(reading: Reading) -> set[str]:
    return {mention.name or mention.text for mention in reading.mentions if mention.label == "Facility"}


def told(reading: Reading) -> set[tuple[str, str, str]]:
    names = {mention.id: mention.name or mention.text for mention in reading.mentions}
    return {(names[claim.subject.mention or ""], claim.relation, names[claim.object.mention or ""]) for claim in reading.claims}


@pytest.mark.parametrize(("text", "lang", "site"), [
    ("Lonza makes the substance at its Visp site.", "en", "Lonza Visp site"),
    ("Titan International's plant in Des Moines has been shut since Monday.", "en", "Titan International Des Moines plant"),
    ("Opel closed its only remaining car plant in Bochum.", "en", "Opel Bochum car plant"),
    ("Mills arrived at the Centinela copper mine in northern Chile.", "en", "Centinela copper mine"),
    ("华鲁恒升荆州基地一套装置自3月4日起停车。", "zh", "华鲁恒升荆州基地"),
    ("恩捷股份匈牙利Debrecen工厂一期已投产。", "zh", "恩捷股份匈牙利Debrecen工厂"),
    ("首批转向节发往通用汽车锡劳工厂。", "zh", "通用汽车锡劳工厂"),
])
def test_a_site_is_called_after_its_owner_and_its_town(read: Read, text: str, lang: str, site: str) -> None:
    assert site in sites(read(text, lang=lang))


@pytest.mark.parametrize(("text", "lang"), [
    ("Boeing's plants in Everett and Renton were shut.", "en"),  # several
    ("The plant in Everett was shut.", "en"),  # of whom
    ("Boeing's Chinese factory was shut.", "en"),  # which of them
    ("比亚迪多家工厂停产。", "zh"),
    ("比亚迪电池工厂停产。", "zh"),
])
def test_what_tells_no_site_from_others_names_none(read: Read, text: str, lang: str) -> None:
    assert sites(read(text, lang=lang)) == set()


def test_whose_site_it_is_runs_it_and_where_it_stands_is_known(read: Read) -> None:
    assert {("Lonza", "OPERATES", "Lonza Visp site"), ("Lonza Visp site", "LOCATED_IN", "Switzerland")} <= told(
        read("Lonza makes the substance at its Visp site in Switzerland."))


def test_a_planned_site_does_not_run(read: Read) -> None:
    assert not any(relation == "OPERATES" for _, relation, _ in told(read("Protesters met at Lonza's planned Visp site.")))


def test_two_firms_plants_in_one_town_are_two_things_and_each_bears_the_short_name(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Boeing's Ludlow plant was shut. Intel's Ludlow plant was open.\n", encoding="utf-8")
    plants = {entity.name: entity.aliases for entity in kg.extract(source).entities if entity.labels == ("Facility",)}
    assert plants == {"Boeing Ludlow plant": ("Ludlow plant",), "Intel Ludlow plant": ("Ludlow plant",)}
