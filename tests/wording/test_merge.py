"""Merging: what is agreed stands, what competes is an answer, and nobody's order matters."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.hunks import Hunk, apply_hunks, hunks_between
from server.wording.merge import Change, Conflict, Merge, merge
from server.wording.redline import Attributed
from tests.wording.strategies import hunk_lists, quick, texts

BASE = "Members should report to the WCO each year."
SHALL = Hunk(8, 14, "shall")
MAY = Hunk(8, 14, "may")
TWICE = Hunk(33, 42, "twice a year")

changes_of_many = st.lists(hunk_lists(length=8), max_size=5).map(
    lambda lists: [Change(source, hunks) for source, hunks in zip("ABCDE", lists, strict=False)]
)


def conflict_groups_by_definition(changes: list[Change]) -> set[frozenset[tuple[str, Hunk]]]:
    """Compare every two hunks and walk the links: quadratic, with nothing in common with the sweep it checks."""
    owned = [(source, hunk) for source, hunks in changes for hunk in hunks]
    rivals: dict[tuple[str, Hunk], set[tuple[str, Hunk]]] = {mine: set() for mine in owned}
    for mine, other in combinations(owned, 2):
        left, right = mine[1], other[1]
        overlap = left.start < right.end and right.start < left.end
        same_point = left.start == left.end == right.start == right.end
        if mine[0] != other[0] and left != right and (overlap or same_point):
            rivals[mine].add(other)
            rivals[other].add(mine)
    groups = set()
    for first in owned:
        reached, waiting = {first}, [first]
        while waiting:
            fresh = rivals[waiting.pop()] - reached
            reached |= fresh
            waiting += fresh
        if len(reached) > 1:
            groups.add(frozenset(reached))
    return groups


def one_after_the_other(base: str, first: tuple[Hunk, ...], second: tuple[Hunk, ...]) -> str:
    """Apply `first`, then what `second` adds to it, moved by what `first` did before it, from the last to the first."""
    text = apply_hunks(base, first)
    for start, end, replacement in sorted(set(second) - set(first), reverse=True):
        shift = sum(len(hunk.replacement) - (hunk.end - hunk.start) for hunk in first if hunk[:2] < (start, end))
        text = text[: start + shift] + replacement + text[end + shift :]
    return text


def test_merge_when_changes_are_apart_applies_all() -> None:
    assert merge(BASE, [Change("PK", (TWICE,)), Change("NO", (SHALL,))]) == Merge(
        "Members shall report to the WCO twice a year.",
        (Attributed(SHALL, ("NO",)), Attributed(TWICE, ("PK",))),
        (),
    )


def test_merge_when_hunks_are_equal_joins_their_sources() -> None:
    assert merge(BASE, [Change("PK", (SHALL,)), Change("NO", (SHALL,))]) == Merge(
        "Members shall report to the WCO each year.", (Attributed(SHALL, ("NO", "PK")),), ()
    )


def test_merge_when_hunks_compete_holds_back_only_those() -> None:
    changes = [Change("PK", (MAY,)), Change("NO", (SHALL, TWICE)), Change("EU", (SHALL,))]

    assert merge(BASE, changes) == Merge(
        "Members should report to the WCO twice a year.",
        (Attributed(TWICE, ("NO",)),),
        (Conflict(8, 14, (Change("EU", (SHALL,)), Change("NO", (SHALL,)), Change("PK", (MAY,)))),),
    )


def test_merge_when_a_hunk_bridges_two_others_makes_one_conflict() -> None:
    left, bridge, right = Hunk(0, 3, "x"), Hunk(2, 6, "y"), Hunk(5, 8, "z")

    assert merge("abcdefghij", [Change("A", (left, right)), Change("B", (bridge,))]).conflicts == (
        Conflict(0, 8, (Change("A", (left, right)), Change("B", (bridge,)))),
    )


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        (Hunk(0, 2, "x"), Hunk(2, 4, "y"), "xyef"),
        (Hunk(2, 2, "+"), Hunk(2, 4, "y"), "ab+yef"),
        (Hunk(2, 4, "y"), Hunk(4, 4, "+"), "aby+ef"),
        (Hunk(2, 2, "+"), Hunk(3, 3, "-"), "ab+c-def"),
    ],
)
def test_merge_when_ranges_only_touch_applies_both(left: Hunk, right: Hunk, text: str) -> None:
    assert merge("abcdef", [Change("B", (right,)), Change("A", (left,))]) == Merge(
        text, (Attributed(left, ("A",)), Attributed(right, ("B",))), ()
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Hunk(2, 2, "+"), Hunk(2, 2, "-")),
        (Hunk(2, 4, "x"), Hunk(3, 3, "+")),
        (Hunk(2, 4, "x"), Hunk(2, 4, "y")),
        (Hunk(0, 6, ""), Hunk(2, 4, "y")),
        (Hunk(2, 5, "x"), Hunk(4, 6, "x")),
    ],
)
def test_merge_when_two_hunks_compete_leaves_the_base(left: Hunk, right: Hunk) -> None:
    sides = (Change("A", (left,)), Change("B", (right,)))
    covered = min(left.start, right.start), max(left.end, right.end)

    assert merge("abcdef", sides) == Merge("abcdef", (), (Conflict(*covered, sides),))


def test_merge_when_there_is_no_change_gives_the_base() -> None:
    assert merge(BASE, []) == Merge(BASE, (), ())
    assert merge(BASE, [Change("NO", ())]) == Merge(BASE, (), ())


def test_merge_when_a_source_is_named_twice_refuses() -> None:
    with pytest.raises(ValueError, match=r"^source 'NO' has two changes$"):
        merge(BASE, [Change("NO", (SHALL,)), Change("NO", (TWICE,))])


@pytest.mark.parametrize("hunks", [(SHALL, MAY), (Hunk(40, 50, ""),)])
def test_merge_when_a_change_cannot_stand_alone_refuses(hunks: tuple[Hunk, ...]) -> None:
    with pytest.raises(ValueError, match=r"overlap$|leaves the text"):
        merge(BASE, [Change("NO", hunks)])


def test_merge_when_a_thousand_compete_finds_one_conflict_with_every_side() -> None:
    changes = [Change(f"S{number:04}", (Hunk(8, 14, f"verb{number}"),)) for number in range(1000)]

    assert merge(BASE, reversed(changes)) == Merge(BASE, (), (Conflict(8, 14, tuple(changes)),))


@quick
@given(texts, texts)
def test_merge_of_one_change_gives_that_change(old: str, new: str) -> None:
    hunks = hunks_between(old, new)

    assert merge(old, [Change("A", hunks)]) == Merge(new, tuple(Attributed(hunk, ("A",)) for hunk in hunks), ())


@quick
@given(texts, texts)
def test_merge_of_equal_changes_gives_that_change(old: str, new: str) -> None:
    hunks = hunks_between(old, new)
    both = tuple(Attributed(hunk, ("A", "B")) for hunk in hunks)

    assert merge(old, [Change("B", hunks), Change("A", hunks)]) == Merge(new, both, ())


@quick
@given(changes_of_many, st.data())
def test_merge_in_any_order_is_the_same(changes: list[Change], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(changes))

    assert merge("abcdefgh", shuffled) == merge("abcdefgh", changes)


@quick
@given(changes_of_many)
def test_merge_conflicts_are_those_of_the_definition(changes: list[Change]) -> None:
    found = merge("abcdefgh", changes)

    competing = [{(source, hunk) for source, hunks in one.changes for hunk in hunks} for one in found.conflicts]
    applied = {(source, change.hunk) for change in found.applied for source in change.sources}
    owned = {(source, hunk) for source, hunks in changes for hunk in hunks}
    assert set(map(frozenset, competing)) == conflict_groups_by_definition(changes)
    assert applied == owned - set().union(*competing)
    assert [(one.start, one.end) for one in found.conflicts] == [
        (min(hunk.start for _, hunk in group), max(hunk.end for _, hunk in group)) for group in competing
    ]


@quick
@given(hunk_lists(length=8), hunk_lists(length=8))
def test_merge_of_two_when_clean_equals_one_after_the_other(first: tuple[Hunk, ...], second: tuple[Hunk, ...]) -> None:
    found = merge("abcdefgh", [Change("A", first), Change("B", second)])

    if not found.conflicts:
        assert found.text == one_after_the_other("abcdefgh", first, second)
        assert found.text == one_after_the_other("abcdefgh", second, first)
    else:
        assert {source for source, _ in found.conflicts[0].changes} == {"A", "B"}
