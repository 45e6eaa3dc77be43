"""Hunks: exact both ways, at word boundaries, and refused when they cannot stand together."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.hunks import Hunk, apply_hunks, hunks_between, sort_hunks
from server.wording.tokens import pieces
from tests.wording.strategies import quick, texts


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ()),
        ("Members shall report.", "Members shall report.", ()),
        ("", "Members shall report.", (Hunk(0, 0, "Members shall report."),)),
        ("Members shall report.", "", (Hunk(0, 21, ""),)),
        ("Members should report.", "Members shall report.", (Hunk(8, 14, "shall"),)),
        ("Members report.", "Members shall report.", (Hunk(8, 8, "shall "),)),
        ("Members shall report.", "Members report.", (Hunk(8, 14, ""),)),
        # Words added before the full stop do not strike it, nor the word they follow.
        ("Members report.", "Members report each year.", (Hunk(14, 14, " each year"),)),
        ("Members report", "Members report each year", (Hunk(14, 14, " each year"),)),
        ("Members report each year", "Members report", (Hunk(14, 24, ""),)),
        # Neighbouring changes are one hunk, separate ones are not.
        ("a b c d", "a x y d", (Hunk(2, 5, "x y"),)),
        ("a b c d", "x b y d", (Hunk(0, 1, "x"), Hunk(4, 5, "y"))),
        # Only the white space changed: only the white space is in the hunk.
        ("prix : 3", "prix\u00a0: 3", (Hunk(4, 5, "\u00a0"),)),
        ("a", " a", (Hunk(0, 0, " "),)),
        # The space behind a word is no reason to strike it.
        ("Members shall report.", "Members should report annually.",
         (Hunk(8, 13, "should"), Hunk(20, 20, " annually"))),
        ("a  b c", "a b d", (Hunk(1, 3, " "), Hunk(5, 6, "d"))),
        # Words that stand further on are kept.
        ("Without delay and free of charge Members return refused goods",
         "Members return refused goods to the sender at own cost",
         (Hunk(0, 33, ""), Hunk(61, 61, " to the sender at own cost"))),
        # A word is kept if that strikes no more words than replacing them one by one.
        ("if red blue kept pink so", "if jazz kept folk rock so",
         (Hunk(3, 11, "jazz"), Hunk(17, 21, "folk rock"))),
        # Three words in a row are enough to be kept, two are not, and a comma is none.
        ("red blue pink the old rule goes", "the old rule jazz folk rock",
         (Hunk(0, 14, ""), Hunk(27, 31, "jazz folk rock"))),
        ("red blue pink grey old rule goes", "old rule jazz folk rock soul",
         (Hunk(0, 32, "old rule jazz folk rock soul"),)),
        ("red blue pink grey gold , rule , goes", ", rule , jazz folk rock soul pop",
         (Hunk(0, 37, ", rule , jazz folk rock soul pop"),)),
        # Of a word that repeats the first goes, if no sentence and no clause begins further on.
        ("may may go", "may go", (Hunk(0, 4, ""),)),
        ("go may may may", "go may may", (Hunk(10, 14, ""),)),
        ("They pay, or wait, or go.", "They pay, or go.", (Hunk(10, 19, ""),)),
        ("They pay, or wait.", "They pay, or go, or wait.", (Hunk(10, 10, "or go, "),)),
        # One word stays between two changes, wherever they begin.
        ("c , .", "b , . .", (Hunk(0, 1, "b"), Hunk(4, 4, ". "))),
        ("e d , ,", "d ,", (Hunk(0, 2, ""), Hunk(4, 6, ""))),
        (". d d c e", "d c", (Hunk(0, 2, ""), Hunk(4, 6, ""), Hunk(7, 9, ""))),
        ("c d c .", "c . d d c", (Hunk(2, 2, ". "), Hunk(4, 4, "d "), Hunk(5, 7, ""))),
        # A sentence goes or comes as a sentence.
        ("A list is kept. A list is open.", "A list is open.", (Hunk(0, 16, ""),)),
        ("The list is open. End.", "The list is open. The list is kept. End.", (Hunk(18, 18, "The list is kept. "),)),
        # Figures, dates and references change as a whole.
        ("below EUR 1,000 need", "below EUR 1,500 need", (Hunk(6, 15, "EUR 1,500"),)),
        ("a fee of 10.5 %.", "a fee of 10.0 %.", (Hunk(9, 15, "10.0 %"),)),
        ("until 30.06 of", "until 01.06 of", (Hunk(6, 11, "01.06"),)),
        ("see Article 5.2 and", "see Article 6.2 and", (Hunk(4, 15, "Article 6.2"),)),
        ("on 15 May 2018 in", "on 15 May 2019 in", (Hunk(3, 14, "15 May 2019"),)),
        # Of an address only the part that changed.
        ("see https://a.org/e-com/x?y=1 now", "see https://a.org/e-com/z?y=1 now", (Hunk(24, 25, "z"),)),
        # One character kept inside a phrase without spaces is no word.
        ("货物应当申报。", "包裹应予通知。", (Hunk(0, 6, "包裹应予通知"),)),
        # Offsets are code points, not UTF-16 units or bytes.
        ("\U0001f4e6 should go", "\U0001f4e6 shall go", (Hunk(2, 8, "shall"),)),
        ("\u6d77\u5173\u5e94\u5f53", "\u6d77\u5173\u5fc5\u987b", (Hunk(2, 4, "\u5fc5\u987b"),)),
    ],
)  # fmt: skip
def test_hunks_between_texts_are_the_smallest_whole_words(old: str, new: str, expected: tuple[Hunk, ...]) -> None:
    assert hunks_between(old, new) == expected


@quick
@given(texts, texts)
def test_hunks_between_when_applied_give_the_new_text(old: str, new: str) -> None:
    assert apply_hunks(old, hunks_between(old, new)) == new


@quick
@given(texts, texts)
def test_hunks_between_are_apart_and_at_word_boundaries_and_trimmed(old: str, new: str) -> None:
    hunks = hunks_between(old, new)
    boundaries = {0, *accumulate(map(len, pieces(old)))}

    assert all(before.end < after.start for before, after in pairwise(hunks))
    assert {offset for hunk in hunks for offset in hunk[:2]} <= boundaries
    for start, end, replacement in hunks:
        left, right = pieces(old[start:end]), pieces(replacement)
        assert left != right
        assert old[start:end] != replacement
        # The same characters are cut otherwise inside an address of the web: there they are other words.
        if "www." not in old + new and "://" not in old + new:
            assert not left or not right or (left[0] != right[0] and left[-1] != right[-1])


def test_apply_hunks_when_out_of_order_sorts_them() -> None:
    assert apply_hunks("a b c", [Hunk(4, 5, "z"), Hunk(0, 1, "x")]) == "x b z"


def test_apply_hunks_when_touching_puts_insertions_outside() -> None:
    hunks = [Hunk(3, 3, "+"), Hunk(3, 5, "R"), Hunk(1, 3, "L"), Hunk(5, 5, "-")]

    assert apply_hunks("abcdef", hunks) == "aL+R-f"


@pytest.mark.parametrize(
    ("hunks", "message"),
    [
        ([Hunk(0, 2, "x"), Hunk(1, 3, "y")], "hunks 0-2 and 1-3 overlap"),
        ([Hunk(0, 3, "x"), Hunk(1, 1, "y")], "hunks 0-3 and 1-1 overlap"),
        ([Hunk(1, 1, "x"), Hunk(1, 1, "y")], "hunks 1-1 and 1-1 overlap"),
        ([Hunk(0, 2, "x"), Hunk(0, 2, "x")], "hunks 0-2 and 0-2 overlap"),
        ([Hunk(3, 5, "x")], "hunk 3-5 leaves the text of 4 code points"),
        ([Hunk(-1, 1, "x")], "hunk -1-1 leaves the text of 4 code points"),
        ([Hunk(2, 1, "x")], "hunk 2-1 leaves the text of 4 code points"),
    ],
)
def test_apply_hunks_when_they_cannot_stand_together_refuses(hunks: list[Hunk], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        apply_hunks("abcd", hunks)


@quick
@given(st.lists(st.builds(Hunk, st.integers(0, 4), st.integers(0, 4), st.sampled_from(["", "x"])), max_size=4))
def test_in_order_refuses_exactly_what_has_no_single_meaning(hunks: list[Hunk]) -> None:
    def clash(left: Hunk, right: Hunk) -> bool:
        overlap = left.start < right.end and right.start < left.end
        return overlap or left.start == left.end == right.start == right.end

    backwards = any(hunk.end < hunk.start for hunk in hunks)
    clashing = any(clash(left, right) for place, left in enumerate(hunks) for right in hunks[:place])

    if backwards or clashing:
        with pytest.raises(ValueError, match=r"overlap|leaves the text"):
            sort_hunks("abcd", hunks)
    else:
        assert sort_hunks("abcd", hunks) == tuple(sorted(hunks))
