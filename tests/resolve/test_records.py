"""Events told in several sentences: when they are one, and when they are two."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.model import Event
from kg.resolve.records import resolve_events

ENTITIES = {"m:corvid": "corvid", "m:halden": "halden", "m:baltic": "baltic"}
NAMES = {"corvid": "Corvid Devices", "halden": "Halden Motors", "baltic": "Baltic Air"}


def order(id_: str, *others: str, value: float | None = None, date: str | None = None) -> Event:
    return Event(id=id_, kind="order", name="order", participants=("m:corvid", *others), value=value, date=date)


def merged(*told: tuple[Event, str | None]) -> list[tuple[tuple[str, ...], float | None]]:
    _, events = resolve_events(told, ENTITIES, NAMES)
    return sorted(((event.participants, event.value) for event in events.values()), key=str)


def test_what_one_sentence_adds_to_another_is_one_event() -> None:
    assert merged((order("a"), "2026-01-05"), (order("b", "m:halden", value=30), "2026-01-06")) == [(("corvid", "halden"), 30)]


def test_two_values_are_two_events_and_a_bare_one_is_neither() -> None:
    told = ((order("a", value=30), "2026-01-05"), (order("b", value=127), "2026-01-05"), (order("c"), "2026-01-05"))
    assert merged(*told) == [(("corvid",), 127), (("corvid",), 30), (("corvid",), None)]


def test_two_partners_are_two_events() -> None:
    told = ((order("a", "m:halden"), "2026-01-05"), (order("b", "m:baltic"), "2026-01-05"))
    assert merged(*told) == [(("corvid", "baltic"), None), (("corvid", "halden"), None)]


def test_undated_events_of_two_months_are_two() -> None:
    assert len(merged((order("a"), "2025-03-05"), (order("b"), "2026-01-05"))) == 2
    assert len(merged((order("a", date="2025-03-01"), "2025-03-05"), (order("b", date="2025-03-01"), "2026-01-05"))) == 1


def test_an_event_with_a_value_keeps_its_id_whatever_others_there_are() -> None:
    first = (order("a", value=30), "2026-01-05")
    alone, _ = resolve_events([first], ENTITIES, NAMES)
    among, _ = resolve_events([first, (order("b", value=127), "2026-01-05")], ENTITIES, NAMES)
    assert alone["a"] == among["a"]


TOLD = (order("a", "m:baltic"), order("b", "m:halden"), order("c", "m:halden", value=30), order("d", "m:halden", value=127), order("e", "m:halden"))


@pytest.mark.parametrize("told", permutations(TOLD), ids=lambda told: "".join(event.id for event in told))
def test_the_order_of_telling_changes_nothing_and_nothing_is_lost(told: tuple[Event, ...]) -> None:
    ids, events = resolve_events(((event, "2026-01-05") for event in told), ENTITIES, NAMES)
    assert len({ids[event.id] for event in TOLD}) == len(events) == 4
    assert ids["b"] == ids["e"] != ids["c"]
    assert (events[ids["c"]].value, events[ids["d"]].value, events[ids["e"]].value) == (30, 127, None)
