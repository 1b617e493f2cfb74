"""Identity across documents: what is one node, what is not, and what is never learned."""

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.lexicon import load_lexicon
from kg.model import Document, Mention, Reading
from kg.resolve.cluster import identify
from kg.resolve.match import Judgement, Name, compare, load_judgements, read_judgements


def reading(number: int, *mentions: tuple[str, str, str | None]) -> Reading:
    """A document whose text is the mentions' texts, one a line."""
    text = "\n".join(surface for surface, _, _ in mentions)
    document = Document(id=f"document:{number}", path="made-up.txt", offset=0, title="made up", language="en", sha256="0", text=text)
    found, start = [], 0
    for surface, label, entity in mentions:
        end = start + len(surface)
        ident = f"mention:{number}:{start}"
        found.append(Mention(id=ident, document=document.id, start=start, end=end, text=surface, label=label, entity=entity))
        start += len(surface) + 1
    return Reading(document=document, mentions=tuple(found), claims=(), events=(), metrics=(), rejected=())


def ids(*readings: Reading, judgements: tuple[Judgement, ...] = ()) -> dict[str, str]:
    """The node of each text."""
    identity = identify(readings, load_lexicon(), judgements)
    return {m.text: identity.entity_of[m.id] for r in readings for m in r.mentions}


def test_one_company_under_all_its_names_is_one_node() -> None:
    names = ["台积电", "臺積電", "TSMC", "Taiwan Semiconductor", "Taiwan Semiconductor Manufacturing Company Limited"]
    assert set(ids(reading(1, *((name, "Company", None) for name in names))).values()) == {"company:tsmc"}


def test_a_chinese_name_and_its_house_spelling_are_one_node() -> None:
    assert len(set(ids(reading(1, ("致尚科技", "Company", None)), reading(2, ("ZhiShang Technology", "Company", None))).values())) == 1


def test_a_fund_by_code_and_by_name_is_one_node() -> None:
    names = [("159363", "Fund", "fund:159363.SZ"), ("创业板人工智能ETF华宝", "Fund", None), ("Huabao ChiNext AI ETF", "Fund", None)]
    found = ids(reading(1, *names))
    assert set(found.values()) == {"fund:159363.SZ"}


def test_names_never_met_merge_but_for_the_legal_form() -> None:
    first = reading(1, ("Spruce Widgets Inc", "Company", None), ("Spruce Gadgets Inc", "Company", None))
    found = ids(first, reading(2, ("SPRUCE WIDGETS Corp.", "Company", None)))
    assert found["Spruce Widgets Inc"] == found["SPRUCE WIDGETS Corp."] != found["Spruce Gadgets Inc"]


def test_names_of_two_labels_do_not_merge() -> None:
    found = identify([reading(1, ("Spruce", "Company", None), ("Spruce", "Person", None))], load_lexicon())
    assert len(found.entities) == 2


def test_the_same_readings_give_the_same_identity_in_any_order() -> None:
    first, second = reading(1, ("Spruce Widgets Inc", "Company", None)), reading(2, ("Spruce Widgets", "Company", None))
    assert identify([first, second], load_lexicon()).entity_of == identify([second, first], load_lexicon()).entity_of


def test_a_judgement_joins_and_another_parts() -> None:
    same = Judgement("same", "Company", "Spruce Widgets", "Cedar Gadgets")
    apart = Judgement("different", "Company", "Spruce Widgets", "Spruce Widgets Inc")
    texts = reading(1, ("Spruce Widgets", "Company", None), ("Spruce Widgets Inc", "Company", None), ("Cedar Gadgets", "Company", None))
    found = ids(texts, judgements=(same, apart))
    assert found["Spruce Widgets"] == found["Cedar Gadgets"] != found["Spruce Widgets Inc"]


def test_a_name_that_contradicts_its_code_is_not_learned() -> None:
    names = [("cloud theme ETF Huatai", "Fund", "fund:159273.SZ"), ("Widget Theme ETF", "Fund", "fund:159273.SZ")]
    identity = identify([reading(1, *names)], load_lexicon())
    (entity,) = identity.entities
    assert ("cloud theme ETF Huatai" in entity.aliases, "Widget Theme ETF" in entity.aliases) == (False, True)


def test_words_that_refer_back_are_not_learned() -> None:
    identity = identify([reading(1, ("The company", "Company", "company:asml"), ("该公司", "Company", "company:asml"))], load_lexicon())
    assert {"The company", "该公司"} & set(identity.entities[0].aliases) == set()


def test_a_known_entity_keeps_its_names_and_codes() -> None:
    identity = identify([reading(1, ("艾司摩尔", "Company", "company:asml"))], load_lexicon())
    (entity,) = identity.entities
    assert (entity.name, entity.name_zh, "ASML.AS" in entity.properties["tickers"]) == ("ASML", "阿斯麦", True)


@pytest.mark.parametrize(("left", "right", "same"), [
    (Name("Spruce Inc", "Company"), Name("SPRUCE CORP", "Company"), True), (Name("Spruce", "Company"), Name("Sprucy", "Company"), False),
    (Name("A", "Company", "company:asml"), Name("A", "Company", "company:tsmc"), False),
    (Name("Spruce", "Company"), Name("Spruce", "Sector"), False),
])
def test_the_score_tells_its_features(left: Name, right: Name, same: bool) -> None:
    score = compare(left, right)
    assert (score.same, bool(score.features) or not same) == (same, True)


def test_judgements_that_ship_name_entities_of_the_lexicon() -> None:
    lexicon = load_lexicon()
    assert [j for j in load_judgements() if j.left not in lexicon or j.right not in lexicon] == []


def test_a_faulty_judgement_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text("judgement,label,left,right,why\nmaybe,Company,A,B,\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_judgements(path)
    assert caught.value.line == 2
