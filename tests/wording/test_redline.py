"""Redlines and the sentences that say the same to people who do not see them."""

import pytest
from hypothesis import given

from server.wording.hunks import Hunk, hunks_between
from server.wording.redline import Attributed, Run, RunKind, redline, sentence_of
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
