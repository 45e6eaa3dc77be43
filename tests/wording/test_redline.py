"""Redlines and the sentences that say the same to people who do not see them."""

import pytest
from hypothesis import given

from server.wording.hunks import Hunk, apply_hunks, hunks_between
from server.wording.redline import (
    Attributed,
    Run,
    RunKind,
    join_for_reading,
    narrow,
    redline,
    sentence_of,
)
from tests.wording.strategies import quick, texts

BASE = "Members should report to the WCO."


def test_redline_when_words_change_shows_struck_before_added() -> None:
    change = Attributed(Hunk(8, 14, "shall"), ("NO", "PK"))

    assert redline(BASE, [change]) == (
        Run(RunKind.KEEP, "Members ", ()),
        Run(RunKind.DELETE, "should", ("NO", "PK")),
        Run(RunKind.INSERT, "shall", ("NO", "PK")),
        Run(RunKind.KEEP, " report to the WCO.", ()),
    )


def test_redline_when_hunks_touch_and_come_unsorted_keeps_each_to_its_source() -> None:
    changes = [Attributed(Hunk(2, 4, ""), ("B",)), Attributed(Hunk(0, 2, "x"), ("A",))]

    assert redline("abcd", changes) == (
        Run(RunKind.DELETE, "ab", ("A",)),
        Run(RunKind.INSERT, "x", ("A",)),
        Run(RunKind.DELETE, "cd", ("B",)),
    )


def test_redline_when_nothing_changes_is_one_run_or_none() -> None:
    assert redline(BASE, []) == (Run(RunKind.KEEP, BASE, ()),)
    assert redline("", []) == ()


def test_redline_when_hunks_overlap_refuses() -> None:
    changes = [Attributed(Hunk(0, 3, "x"), ("A",)), Attributed(Hunk(2, 4, ""), ("B",))]

    with pytest.raises(ValueError, match=r"^hunks 0-3 and 2-4 overlap$"):
        redline("abcd", changes)


@quick
@given(texts, texts)
def test_redline_joined_gives_both_texts(old: str, new: str) -> None:
    runs = redline(old, [Attributed(hunk, ("A",)) for hunk in hunks_between(old, new)])

    assert "".join(run.text for run in runs if run.kind is not RunKind.INSERT) == old
    assert "".join(run.text for run in runs if run.kind is not RunKind.DELETE) == new
    assert all(run.text and run.sources == (() if run.kind is RunKind.KEEP else ("A",)) for run in runs)


@pytest.mark.parametrize(
    ("base", "hunk", "sentence"),
    [
        (BASE, Hunk(8, 14, "shall"), "replace “should” by “shall”"),
        (BASE, Hunk(8, 15, ""), "delete “should”"),
        (BASE, Hunk(14, 14, " not"), "insert “not” after “Members should”"),
        (BASE, Hunk(32, 32, " yearly"), "insert “yearly” after “report to the WCO”"),
        (BASE, Hunk(0, 0, "All "), "insert “All” at the beginning"),
        ("", Hunk(0, 0, "New text."), "insert “New text.” at the beginning"),
        ("prix : 3", Hunk(4, 5, "\u00a0"), "replace a space by a no-break space"),
        ("prix : 3", Hunk(4, 5, ""), "delete a space"),
        ("a  b", Hunk(1, 3, "-"), "replace white space by “-”"),
        ("x a", Hunk(1, 3, "a "), "replace “ a” by “a ”"),
        (BASE, Hunk(8, 14, "should"), "change nothing"),
    ],
)
def test_sentence_of_hunk_says_what_changes(base: str, hunk: Hunk, sentence: str) -> None:
    assert sentence_of(base, hunk) == sentence


def test_sentence_of_hunk_when_it_leaves_the_text_refuses() -> None:
    with pytest.raises(ValueError, match=r"^hunk 2-9 leaves the text of 4 code points$"):
        sentence_of("abcd", Hunk(2, 9, ""))


@pytest.mark.parametrize(
    ("base", "new", "struck"),
    [
        # A single word kept in the middle of a rewritten passage does not help.
        ("Members shall send early data to all ports", "Parties can give full data from some other places",
         ["Members shall send early data to all ports"]),
        # Two words do, and so does one between small changes.
        ("Members shall send the data to all ports", "Parties can give the data from some other places",
         ["Members shall send", "to all ports"]),
        ("Members should report early", "Parties should inform early", ["Members", "report"]),
        ("成员不得拒绝接受退货。", "成员可以接受退回的货物。", ["不得拒绝接受退货"]),
        ("本标准适用于所有电子商务交易。", "本标准仅适用于电子商务交易。", ["", "所有"]),
    ],
)  # fmt: skip
def test_join_for_reading_swallows_what_does_not_help(base: str, new: str, struck: list[str]) -> None:
    changes = join_for_reading(base, [Attributed(hunk, ("A",)) for hunk in hunks_between(base, new)])

    assert [base[change.hunk.start : change.hunk.end] for change in changes] == struck
    assert apply_hunks(base, [change.hunk for change in changes]) == new


def test_join_for_reading_never_joins_what_different_sources_ask_for() -> None:
    base = "Members shall send early data to all ports"
    changes = [Attributed(Hunk(0, 24, "Parties can give full"), ("A",)), Attributed(Hunk(30, 42, "from x y z"), ("B",))]

    assert join_for_reading(base, reversed(changes)) == changes


@quick
@given(texts, texts)
def test_join_for_reading_gives_the_same_text(old: str, new: str) -> None:
    changes = join_for_reading(old, [Attributed(hunk, ()) for hunk in hunks_between(old, new)])

    assert apply_hunks(old, [change.hunk for change in changes]) == new


def test_narrow_gives_the_parts_that_differ_with_the_sources() -> None:
    change = Attributed(Hunk(8, 21, "shall report annually"), ("A",))

    assert narrow(BASE, change) == [
        Attributed(Hunk(8, 14, "shall"), ("A",)),
        Attributed(Hunk(21, 21, " annually"), ("A",)),
    ]
