"""Trees of other schemes become the trees that the frames read: sentences made up here, drawn by hand as each scheme draws them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.knowledge.labels import Scheme, load_labels
from kg.nlp.universal import Word, rooted, universal

CLEAR = load_labels().dependencies["en"]["clear"]
STANFORD = load_labels().dependencies["zh"]["sd"]
PKU = load_labels().dependencies["zh"]["pmt"]
Row = tuple[str, str, int, str]


def read(scheme: Scheme, *rows: Row) -> dict[str, tuple[str, str]]:
    """Each word with its label and its head's word, after the conversion."""
    heads, deps = universal([Word(frozenset({form}), pos, head, dep) for form, pos, head, dep in rows], scheme)
    return {row[0]: (dep, rows[head][0]) for row, head, dep in zip(rows, heads, deps, strict=True)}


def test_a_preposition_hangs_on_its_noun() -> None:
    tree = read(CLEAR, ("mills", "NOUN", 1, "nsubj"), ("ship", "VERB", 1, "ROOT"), ("coils", "NOUN", 1, "dobj"), ("to", "ADP", 1, "prep"),
                ("yards", "NOUN", 3, "pobj"))
    assert tree == {"mills": ("nsubj", "ship"), "ship": ("ROOT", "ship"), "coils": ("obj", "ship"), "to": ("case", "yards"),
                    "yards": ("obl", "ship")}


def test_below_a_noun_the_phrase_is_nominal() -> None:
    tree = read(CLEAR, ("maker", "NOUN", 0, "ROOT"), ("of", "ADP", 0, "prep"), ("steel", "NOUN", 1, "pobj"))
    assert tree["steel"] == ("nmod", "maker")


def test_who_did_it_in_a_passive() -> None:
    tree = read(CLEAR, ("coils", "NOUN", 2, "nsubjpass"), ("are", "AUX", 2, "auxpass"), ("rolled", "VERB", 2, "ROOT"), ("by", "ADP", 2, "agent"),
                ("mills", "NOUN", 3, "pobj"))
    assert (tree["mills"], tree["by"], tree["coils"]) == (("obl", "rolled"), ("case", "mills"), ("nsubj:pass", "rolled"))


def test_a_conjunct_of_the_noun_stays_with_it() -> None:
    tree = read(CLEAR, ("sell", "VERB", 0, "ROOT"), ("to", "ADP", 0, "prep"), ("yards", "NOUN", 1, "pobj"), ("and", "CCONJ", 2, "cc"),
                ("mines", "NOUN", 2, "conj"))
    assert (tree["yards"], tree["mines"]) == (("obl", "sell"), ("conj", "yards"))


def test_a_second_preposition_makes_a_conjunct() -> None:
    tree = read(CLEAR, ("sell", "VERB", 0, "ROOT"), ("to", "ADP", 0, "prep"), ("yards", "NOUN", 1, "pobj"), ("and", "CCONJ", 1, "cc"),
                ("for", "ADP", 1, "conj"), ("mines", "NOUN", 4, "pobj"))
    assert (tree["yards"], tree["mines"], tree["for"]) == (("obl", "sell"), ("conj", "yards"), ("case", "mines"))


def test_two_prepositions_in_a_row_take_one_noun() -> None:
    tree = read(CLEAR, ("ships", "VERB", 0, "ROOT"), ("out", "ADP", 0, "prep"), ("of", "ADP", 1, "prep"), ("Bergen", "PROPN", 2, "pobj"))
    assert (tree["Bergen"], tree["out"], tree["of"]) == (("obl", "ships"), ("case", "Bergen"), ("case", "Bergen"))


def test_such_as_introduces_examples() -> None:
    tree = read(CLEAR, ("clients", "NOUN", 0, "ROOT"), ("such", "ADJ", 2, "amod"), ("as", "ADP", 0, "prep"), ("Nordyard", "PROPN", 2, "pobj"))
    assert (tree["Nordyard"], tree["such"], tree["as"]) == (("nmod", "clients"), ("case", "Nordyard"), ("case", "Nordyard"))


def test_a_clause_after_a_preposition() -> None:
    tree = read(CLEAR, ("grew", "VERB", 0, "ROOT"), ("by", "ADP", 0, "prep"), ("selling", "VERB", 1, "pcomp"), ("coils", "NOUN", 2, "dobj"))
    assert (tree["selling"], tree["by"]) == (("advcl", "grew"), ("mark", "selling"))


def test_a_stranded_preposition_stays() -> None:
    tree = read(CLEAR, ("mill", "NOUN", 0, "ROOT"), ("it", "PRON", 2, "nsubj"), ("relies", "VERB", 0, "relcl"), ("on", "ADP", 2, "prep"))
    assert (tree["relies"], tree["on"]) == (("acl:relcl", "mill"), ("advmod", "relies"))


def test_a_copula_hangs_on_what_is_said() -> None:
    tree = read(CLEAR, ("Nordmill", "PROPN", 1, "nsubj"), ("is", "AUX", 1, "ROOT"), ("a", "DET", 3, "det"), ("supplier", "NOUN", 1, "attr"),
                ("of", "ADP", 3, "prep"), ("Nordyard", "PROPN", 4, "pobj"), (".", "PUNCT", 1, "punct"))
    assert tree == {"Nordmill": ("nsubj", "supplier"), "is": ("cop", "supplier"), "a": ("det", "supplier"), "supplier": ("ROOT", "supplier"),
                    "of": ("case", "Nordyard"), "Nordyard": ("nmod", "supplier"), ".": ("punct", "supplier")}


def test_there_is_no_copula_in_there_is() -> None:
    tree = read(CLEAR, ("there", "PRON", 1, "expl"), ("is", "VERB", 1, "ROOT"), ("demand", "NOUN", 1, "attr"))
    assert (tree["is"], tree["demand"]) == (("ROOT", "is"), ("nsubj", "is"))


def test_another_verb_keeps_its_complement() -> None:
    tree = read(CLEAR, ("mill", "NOUN", 1, "nsubj"), ("remains", "VERB", 1, "ROOT"), ("supplier", "NOUN", 1, "attr"))
    assert tree["supplier"] == ("xcomp", "remains")


def test_the_to_of_an_infinitive_marks_it() -> None:
    tree = read(CLEAR, ("plans", "VERB", 0, "ROOT"), ("to", "PART", 2, "aux"), ("buy", "VERB", 0, "xcomp"), ("will", "AUX", 0, "aux"))
    assert (tree["to"], tree["will"]) == (("mark", "buy"), ("aux", "plans"))


def test_a_chinese_preposition_hangs_on_its_noun() -> None:
    tree = read(STANFORD, ("北轧", "PROPN", 3, "nsubj"), ("向", "ADP", 3, "prep"), ("北船", "PROPN", 1, "pobj"), ("供应", "VERB", 3, "root"),
                ("钢卷", "NOUN", 3, "dobj"))
    assert tree == {"北轧": ("nsubj", "供应"), "向": ("case", "北船"), "北船": ("nmod", "供应"), "供应": ("ROOT", "供应"), "钢卷": ("dobj", "供应")}


def test_a_chinese_localiser_inside_a_preposition() -> None:
    tree = read(STANFORD, ("在", "ADP", 3, "prep"), ("会议", "NOUN", 2, "lobj"), ("上", "ADP", 0, "plmod"), ("宣布", "VERB", 3, "root"))
    assert (tree["会议"], tree["在"], tree["上"]) == (("nmod", "宣布"), ("case", "会议"), ("case", "会议"))


def test_a_chinese_copula() -> None:
    tree = read(STANFORD, ("北轧", "PROPN", 1, "top"), ("是", "VERB", 1, "root"), ("供应商", "NOUN", 1, "attr"))
    assert tree == {"北轧": ("nsubj", "供应商"), "是": ("cop", "供应商"), "供应商": ("ROOT", "供应商")}


def test_the_tree_of_peking_university() -> None:
    tree = read(PKU, ("北轧", "PROPN", 3, "SBV"), ("向", "ADP", 3, "ADV"), ("北船", "PROPN", 1, "POB"), ("供应", "VERB", 3, "HED"),
                ("钢卷", "NOUN", 3, "VOB"))
    assert (tree["北船"], tree["钢卷"]) == (("nmod", "供应"), ("dobj", "供应"))


@pytest.mark.parametrize(("labels", "language", "name"), [
    (["nsubj", "dobj", "prep", "pobj", "attr"], "en", "clear"), (["nsubj", "obj", "obl", "case", "nsubj:pass"], "en", "ud2"),
    (["nsubj", "dobj", "nmod", "case", "neg", "nsubjpass"], "en", "ud1"), (["nsubj", "dobj", "case:dec", "acl:relcl", "case:suff"], "zh", "ud1"),
    (["nsubj", "obj", "obl", "mark:rel", "clf"], "zh", "ud2"), (["nn", "assmod", "rcmod", "prep", "pobj"], "zh", "sd"),
    (["nmod:assmod", "compound:nn", "advmod:rcomp", "dobj"], "zh", "stanford"), (["SBV", "VOB", "HED"], "zh", "pmt"),
])
def test_a_scheme_is_known_by_its_labels(labels: list[str], language: str, name: str) -> None:
    data = load_labels()
    assert data.dependency_scheme(language, labels) is data.dependencies[language][name]  # type: ignore[arg-type,index]


@given(st.lists(st.integers(-2, 12), max_size=12))
def test_any_heads_make_one_tree(heads: list[int]) -> None:
    tree = rooted(heads)
    roots = [index for index, head in enumerate(tree) if head == index]
    assert len(roots) == min(len(heads), 1)
    for index in range(len(tree)):
        steps = 0
        while tree[index] != index:
            index, steps = tree[index], steps + 1
            assert steps <= len(tree)


def test_a_tree_is_left_as_it_is() -> None:
    assert rooted([1, 1, 1, 2]) == [1, 1, 1, 2]


@st.composite
def trees(draw: st.DrawFn) -> list[Row]:
    size = draw(st.integers(1, 9))
    heads = rooted(draw(st.lists(st.integers(0, size - 1), min_size=size, max_size=size)))
    deps = draw(st.lists(st.sampled_from([*CLEAR.labels]), min_size=size, max_size=size))
    words = draw(st.lists(st.sampled_from(["be", "of", "such", "as", "mill"]), min_size=size, max_size=size))
    return [(word, "NOUN", head, dep) for word, head, dep in zip(words, heads, deps, strict=True)]


@given(trees())
def test_a_tree_stays_a_tree(rows: list[Row]) -> None:
    heads, _ = universal([Word(frozenset({form}), pos, head, dep) for form, pos, head, dep in rows], CLEAR)
    assert rooted(heads) == heads
