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

LETTERS = "a b c d e f g h"

changes_of_many = st.lists(hunk_lists(length=15), max_size=5).map(
    lambda lists: [Change(source, hunks) for source, hunks in zip("ABCDE", lists, strict=False)]
)


def conflict_groups_by_definition(changes: list[Change]) -> set[frozenset[tuple[str, Hunk]]]:
    """Walk the letters of `LETTERS` one by one: nothing in common with the sweep that it checks."""
    owned = [(source, hunk) for source, hunks in changes for hunk in hunks]
    touched = {at for _, (start, end, _) in owned for at in range(start, end)}
    unchanged = [at for at, letter in enumerate(LETTERS) if letter != " " and at not in touched]
    groups: dict[int, set[tuple[str, Hunk]]] = {}
    for source, hunk in owned:
        groups.setdefault(sum(at < hunk.start for at in unchanged), set()).add((source, hunk))
    conflicts = set()
    for group in groups.values():
        asked = {source: {hunk for name, hunk in group if name == source} for source, _ in group}
        if any(mine - other and other - mine for mine, other in combinations(asked.values(), 2)):
            conflicts.add(frozenset(group))
    return conflicts


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
        (Hunk(0, 1, "x"), Hunk(4, 5, "y"), "x b y d e f g h"),
        (Hunk(0, 0, "+ "), Hunk(2, 3, "y"), "+ a y c d e f g h"),
        (Hunk(2, 4, ""), Hunk(6, 6, "+ "), "a c + d e f g h"),
    ],
)
def test_merge_when_one_unchanged_word_is_between_applies_both(left: Hunk, right: Hunk, text: str) -> None:
    assert merge(LETTERS, [Change("B", (right,)), Change("A", (left,))]) == Merge(
        text, (Attributed(left, ("A",)), Attributed(right, ("B",))), ()
    )


@pytest.mark.parametrize(
    ("base", "first", "second", "text"),
    [
        ("海关应当及时申报。", "海关可以及时申报。", "海关应当及时通知。", "海关可以及时通知。"),
        ("They send e-mail today.", "They get e-mail today.", "They send e-mail now.", "They get e-mail now."),
        ("They pay 10.5 % today.", "They get 10.5 % today.", "They pay 10.5 % now.", "They get 10.5 % now."),
        ("5元和6元。", "7元和6元。", "5元和8元。", "7元和8元。"),
    ],
)
def test_merge_when_a_word_of_several_parts_is_between_applies_both(
    base: str, first: str, second: str, text: str
) -> None:
    result = merge(base, [Change("A", hunks_between(base, first)), Change("B", hunks_between(base, second))])

    assert (result.text, result.conflicts) == (text, ())


@pytest.mark.parametrize(
    ("base", "first", "second"),
    [
        ("Below EUR 1,000 no form.", "Below EUR 1,500 no form.", "Below EUR 2,000 no form."),
        ("A fee of 10.5 % applies.", "A fee of 11.5 % applies.", "A fee of 10.0 % applies."),
        ("Carriers may not open it.", "Carriers may open it.", "Carriers shall not open it."),
        ("Carriers shall keep it.", "Carriers shall not keep it.", "Carriers may keep it."),
        ("They shall if possible pay.", "They shall pay.", "They shall if possible and just pay."),
        ("One goes. Two may go. Three stay.", "One goes. Three stay.", "One goes. At night, Two may go. Three stay."),
        ("the lawful owner", "the lawful owners", "the present owner"),
        ("data, parcels and mail", "facts, parcels and mail", "data, letters and mail"),
        ("sell to vendors.", "sell to vendors and agents.", "sell to dealers."),
        ("pay two hundred and fifty", "pay two hundred and sixty", "pay three hundred and fifty"),
        ("see paragraph 2 of the Annex II", "see paragraph 3 of the Annex II", "see paragraph 2 of the Annex III"),
        # One character of a script without spaces is no word: each changes a word, and the two are neighbours.
        ("海关共享数据。", "海关公享数据。", "海关共享单据。"),
        ("共享数据。", "共享单据。", "共享数据和包裹。"),
        ("委员会批准。", "议员会批准。", "委员团批准。"),
    ],
)
def test_merge_when_no_unchanged_word_is_between_asks(base: str, first: str, second: str) -> None:
    result = merge(base, [Change("A", hunks_between(base, first)), Change("B", hunks_between(base, second))])

    assert (result.text, result.applied) == (base, ())
    assert [[side.source for side in conflict.changes] for conflict in result.conflicts] == [["A", "B"]]


def test_merge_when_one_asks_for_more_besides_lets_both_stand() -> None:
    base, more, less = "They shall soon report.", "They should soon report annually.", "They should soon report."

    result = merge(base, [Change("A", hunks_between(base, more)), Change("B", hunks_between(base, less))])

    assert result.text == more
    assert [sources for _, sources in result.applied] == [("A", "B"), ("A",)]
    assert result.conflicts == ()


def test_merge_when_a_neighbour_is_asked_for_besides_the_same_lets_both_stand() -> None:
    comma, same = Hunk(1, 1, ","), Hunk(2, 3, "x")

    result = merge(LETTERS, [Change("A", (comma, same)), Change("B", (same,))])

    assert result.text == "a, x c d e f g h"
    assert result.conflicts == ()


def test_merge_when_each_asks_for_something_besides_the_same_asks() -> None:
    comma, same, point = Hunk(1, 1, ","), Hunk(2, 3, "x"), Hunk(3, 3, ".")

    result = merge(LETTERS, [Change("A", (comma, same)), Change("B", (same, point))])

    assert result == Merge(LETTERS, (), (Conflict(1, 3, (Change("A", (comma, same)), Change("B", (same, point)))),))


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

    assert merge(LETTERS, shuffled) == merge(LETTERS, changes)


@quick
@given(changes_of_many)
def test_merge_conflicts_are_those_of_the_definition(changes: list[Change]) -> None:
    found = merge(LETTERS, changes)

    competing = [{(source, hunk) for source, hunks in one.changes for hunk in hunks} for one in found.conflicts]
    applied = {(source, change.hunk) for change in found.applied for source in change.sources}
    owned = {(source, hunk) for source, hunks in changes for hunk in hunks}
    assert set(map(frozenset, competing)) == conflict_groups_by_definition(changes)
    assert applied == owned - set().union(*competing)
    assert [(one.start, one.end) for one in found.conflicts] == [
        (min(hunk.start for _, hunk in group), max(hunk.end for _, hunk in group)) for group in competing
    ]


@quick
@given(hunk_lists(length=15), hunk_lists(length=15))
def test_merge_of_two_when_clean_equals_one_after_the_other(first: tuple[Hunk, ...], second: tuple[Hunk, ...]) -> None:
    found = merge(LETTERS, [Change("A", first), Change("B", second)])

    if not found.conflicts:
        assert found.text == one_after_the_other(LETTERS, first, second)
        assert found.text == one_after_the_other(LETTERS, second, first)
    else:
        assert {source for source, _ in found.conflicts[0].changes} == {"A", "B"}
