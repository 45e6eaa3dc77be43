"""Hunks carried over to a later version: along with untouched words, done already, or stale."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.carrying import CarriedHunks, carry_hunks
from server.wording.hunks import Hunk, apply_hunks, hunks_between
from tests.wording.edits import drafted, edited, printed, span_of
from tests.wording.strategies import hunk_lists, quick, texts

OLD = "Members should report each consignment to Customs before departure."
SHALL = Hunk(8, 14, "shall")
ALL = Hunk(0, 0, "All ")
LATER = Hunk(66, 66, " and on arrival")
PROMPTLY = Hunk(21, 21, " promptly")


def test_carry_hunks_when_words_change_elsewhere_moves_them_along() -> None:
    new = OLD.replace("Customs", "the Customs authorities")

    assert carry_hunks(OLD, new, [LATER, SHALL]) == CarriedHunks((SHALL, Hunk(82, 82, " and on arrival")), (), ())


def test_carry_hunks_when_words_are_added_beside_the_neighbour_moves_them_along() -> None:
    assert carry_hunks(OLD, "All " + OLD, [SHALL]).stale == ()
    assert carry_hunks(OLD, "All " + OLD, [SHALL]).carried == (Hunk(12, 18, "shall"),)


@pytest.mark.parametrize(
    ("hunk", "new"),
    [
        # The words themselves changed, otherwise than the hunk asks.
        (SHALL, OLD.replace("should", "may")),
        # The word before, the word after, and a word between.
        (SHALL, OLD.replace("Members", "Parties")),
        (SHALL, OLD.replace("report", "declare")),
        (SHALL, OLD.replace("should report", "should promptly report")),
        (PROMPTLY, OLD.replace("report each", "report in full each")),
        # The text begins or ends there, and now it does not.
        (ALL, "Yearly " + OLD),
        (Hunk(67, 67, " Yearly."), OLD + " Never."),
        # The words are gone.
        (SHALL, ""),
    ],
)
def test_carry_hunks_when_a_change_meets_them_is_stale(hunk: Hunk, new: str) -> None:
    assert carry_hunks(OLD, new, [hunk]) == CarriedHunks((), (hunk,), ())


@pytest.mark.parametrize(
    "hunk", [SHALL, ALL, LATER, PROMPTLY, Hunk(22, 27, ""), Hunk(8, 21, "shall report"), Hunk(8, 14, "s h a l l")]
)
def test_carry_hunks_when_the_new_text_has_the_change_is_done(hunk: Hunk) -> None:
    alone = apply_hunks(OLD, [hunk])
    with_another = alone.replace("to Customs", "to the authorities")

    assert carry_hunks(OLD, alone, [hunk]) == carry_hunks(OLD, with_another, [hunk]) == CarriedHunks((), (), (hunk,))


def test_carry_hunks_sorts_each_hunk_for_itself() -> None:
    new = apply_hunks(OLD, [SHALL, Hunk(42, 49, "the authorities")])
    toward = Hunk(42, 49, "customs offices")

    assert carry_hunks(OLD, new, [toward, SHALL, LATER]) == CarriedHunks(
        (Hunk(73, 73, " and on arrival"),), (toward,), (SHALL,)
    )


def test_carry_hunks_among_repeats_takes_the_one_that_is_certain() -> None:
    old = "One shall pay the duty. Two shall pay the duty. Three shall pay the duty."
    first, second, third = (Hunk(start, start + 3, "settle") for start in (10, 34, 60))

    assert carry_hunks(old, old + " Four may.", [first, second, third]).carried == (first, second, third)
    assert carry_hunks(old, "Now: " + old, [second]).carried == (Hunk(39, 42, "settle"),)
    # Two sentences changed places, and the comparison only sees "One" and "Two" replaced: nothing is certain between.
    swapped = "Two shall pay the duty. One shall pay the duty. Three shall pay the duty."
    assert carry_hunks(old, swapped, [first, second, third]) == CarriedHunks((third,), (first, second), ())


def test_carry_hunks_when_one_of_two_equal_sentences_went_is_stale() -> None:
    old = "They shall pay. They shall pay. The end."
    hunks = (Hunk(11, 14, "settle"), Hunk(27, 30, "settle"))

    assert carry_hunks(old, "They shall pay. The end.", hunks) == CarriedHunks((), hunks, ())


@pytest.mark.parametrize(("old", "new", "hunk"), [("d d b", "d .", Hunk(0, 2, "")), ("b", "b b", Hunk(1, 1, "y"))])
def test_carry_hunks_beside_repeats_that_nothing_tells_apart_is_stale(old: str, new: str, hunk: Hunk) -> None:
    assert carry_hunks(old, new, [hunk]) == CarriedHunks((), (hunk,), ())


def test_carry_hunks_when_they_overlap_refuses() -> None:
    with pytest.raises(ValueError, match=r"^hunks 0-3 and 2-4 overlap$"):
        carry_hunks("abcd", "abcd", [Hunk(0, 3, "x"), Hunk(2, 4, "")])


@st.composite
def carryings(draw: st.DrawFn) -> tuple[str, str, tuple[Hunk, ...]]:
    """Draw an old text, a new one that may be near it, and hunks on the old one."""
    old = draw(texts)
    hunks = draw(st.one_of(hunk_lists(len(old)), st.builds(hunks_between, st.just(old), texts)))
    new = draw(st.one_of(texts, st.builds(apply_hunks, st.just(old), hunk_lists(len(old)))))
    return old, new, hunks


@quick
@given(carryings())
def test_carry_hunks_sorts_all_and_carried_ones_change_the_same_words(drawn: tuple[str, str, tuple[Hunk, ...]]) -> None:
    old, new, hunks = drawn
    carried, stale, done = carry_hunks(old, new, hunks)

    moved = [hunk for hunk in hunks if hunk not in stale and hunk not in done]
    assert len(carried) + len(stale) + len(done) == len(hunks)
    assert [(new[c.start : c.end], c.replacement) for c in carried] == [
        (old[h.start : h.end], h.replacement) for h in moved
    ]
    apply_hunks(new, carried)  # they can be applied together


@quick
@given(carryings())
def test_carry_hunks_to_an_equal_text_carries_all(drawn: tuple[str, str, tuple[Hunk, ...]]) -> None:
    old, _, hunks = drawn

    assert carry_hunks(old, old, hunks) == CarriedHunks(hunks, (), ())


@quick
@given(carryings())
def test_carry_hunks_to_what_they_make_is_done(drawn: tuple[str, str, tuple[Hunk, ...]]) -> None:
    old, _, hunks = drawn
    new = apply_hunks(old, hunks)

    assert carry_hunks(old, new, hunks) == (CarriedHunks((), (), hunks) if new != old else CarriedHunks(hunks, (), ()))


@pytest.mark.parametrize(
    ("seed", "number"),
    [(20180926, 400), pytest.param(20180927, 20_000, marks=(pytest.mark.rest, pytest.mark.long))],
    ids=["quick", "campaign"],
)
def test_carry_hunks_through_edits_of_known_truth_never_changes_other_words(seed: int, number: int) -> None:
    counts = reported(seed, number)

    assert counts["wrong"] == 0, counts
    assert counts["right"] > 0.4 * number
    assert counts["stale, and struck"] > 0.1 * number


def reported(seed: int, number: int) -> Counter[str]:
    """Carry the replacement of one word through generated edits, and count what became of it."""
    rng, counts = Random(seed), Counter[str]()
    for _ in range(number):
        words = drafted(rng, rng.randint(2, 5))
        place = rng.randrange(len(words))
        changed = edited(rng, words, rng.randint(1, 3))
        before, after = span_of(words, place, place), span_of(changed, place, place)
        assert before is not None
        carried, _, done = carry_hunks(printed(words), printed(changed), [Hunk(*before, "other")])
        if carried or done:
            counts["right" if after and carried == (Hunk(*after, "other"),) else "wrong"] += 1
        else:
            counts["stale, and there" if after else "stale, and struck"] += 1
    return counts
