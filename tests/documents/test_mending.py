"""Mends of what was read: each act, what it does to marks, doubts and the tree, and that no word is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.documents.markdown import print_document, read_document
from server.documents.mending import Mend, MendAct, UnfitMend, mend_document
from server.vocabulary.texts import UnitKind

JOIN, SPLIT, SET = MendAct
PAPER = read_document("# Plan\n\n1. Boats of\n\nthe **old** fleet.\n\n2. E-\n\n(a) Commerce\n\n| a | b |\n|---|---|\n")


def shown(*mends: Mend) -> list[tuple[int | None, str, int, str, str]]:
    """Return the units once the mends are made."""
    units = mend_document(PAPER, mends).units
    return [(unit.parent, unit.kind.value, unit.level, unit.printed_number, unit.text) for unit in units]


def test_no_mend_leaves_the_document_as_it_is() -> None:
    assert mend_document(PAPER, ()) is PAPER


def test_join_takes_number_words_and_marks_of_the_next_unit() -> None:
    joined = mend_document(PAPER, [Mend(JOIN, 1), Mend(JOIN, 2)])

    assert [unit.text for unit in joined.units][1:3] == ["Boats of the old fleet.", "E- (a) Commerce"]
    assert [(mark.start, mark.end) for mark in joined.units[1].marks] == [(13, 16)]
    assert [warning.kind for warning in joined.warnings if warning.unit == 1] == []


def test_split_gives_the_second_part_its_number() -> None:
    assert shown(Mend(JOIN, 1), Mend(SPLIT, 1, 9))[1:3] == [
        (0, "LIST_ITEM", 1, "1.", "Boats of"),
        (0, "LIST_ITEM", 1, "", "the old fleet."),
    ]
    assert shown(Mend(JOIN, 3), Mend(SPLIT, 3, 3))[3:5] == [
        (0, "LIST_ITEM", 1, "2.", "E-"),
        (0, "LIST_ITEM", 1, "(a)", "Commerce"),
    ]


def test_set_moves_a_unit_in_the_tree() -> None:
    assert shown(Mend(SET, 2, level=1))[2] == (1, "PARAGRAPH", 1, "", "the old fleet.")
    assert shown(Mend(SET, 3, level=2))[3] == (1, "SUB_ITEM", 2, "2.", "E-")
    assert shown(Mend(SET, 2, kind=UnitKind.ARTICLE, number="Article 1"))[2] == (
        None,
        "ARTICLE",
        1,
        "Article 1",
        "the old fleet.",
    )


def test_set_number_takes_words_and_gives_them_back() -> None:
    assert shown(Mend(SET, 1, number=""))[1] == (0, "LIST_ITEM", 1, "", "1. Boats of")
    assert shown(Mend(SET, 1, number="1. Boats"))[1] == (0, "LIST_ITEM", 1, "1. Boats", "of")


@pytest.mark.parametrize(
    ("mend", "field"),
    [
        (Mend(JOIN, -1), "unit"),
        (Mend(JOIN, 4), "unit"),
        (Mend(SPLIT, 0, 0), "offset"),
        (Mend(SPLIT, 6, 2), "unit"),
        (Mend(SET, 5, kind=UnitKind.PARAGRAPH), "kind"),
        (Mend(SET, 0, level=0), "level"),
        (Mend(SET, 1, kind=UnitKind.LIST_ITEM, level=2), "level"),
        (Mend(SET, 6, number="1."), "number"),
    ],
)
def test_a_mend_that_does_not_fit_is_refused(mend: Mend, field: str) -> None:
    with pytest.raises(UnfitMend) as refused:
        mend_document(PAPER, [Mend(SET, 0, level=1), mend])

    assert (refused.value.index, refused.value.field) == (1, field)


@given(st.lists(st.tuples(st.sampled_from([JOIN, SPLIT]), st.integers(0, 7), st.integers(0, 24)), max_size=6))
def test_joining_and_splitting_lose_no_letter(drawn: list[tuple[MendAct, int, int]]) -> None:
    document = PAPER
    for act, unit, offset in drawn:
        try:
            document = mend_document(document, [Mend(act, unit, offset)])
        except UnfitMend:
            continue

    assert re.sub(r"\s+", "", print_document(document.units)) == re.sub(r"\s+", "", print_document(PAPER.units))
    for unit in document.units:
        assert all(0 <= mark.start < mark.end <= len(unit.text) for mark in unit.marks)
