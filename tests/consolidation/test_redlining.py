"""The redline of a provision: what became of it, its runs and their sources."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.redlining import (
    Pair,
    PlaceInText,
    Redlined,
    build_redline,
    change_of,
    compare_versions,
    pair_provisions,
)
from server.vocabulary.texts import ProvisionChange
from server.wording.hunks import Hunk, hunks_between
from server.wording.redline import Run, RunKind
from tests.wording.strategies import quick, texts

SHOULD = "Customs should exchange advance data."
SHALL = "Customs shall exchange advance data."


def standing(text: str | None, number: str = "1.", key: str = "one", kind: str = "PARAGRAPH") -> BaseText | None:
    """A provision as it stands in a version, None if it does not."""
    return None if text is None else BaseText(key, kind, 0, number, text)


def pair(before: BaseText | None, after: BaseText | None, *, is_moved: bool = False) -> Pair:
    """A provision in two versions, after others in both."""
    places = PlaceInText("nil", "after 1."), PlaceInText("two", "after 3.")
    return Pair("one", before, after, places[0] if before else None, places[1] if after else None, is_moved)


def version(keys: str) -> list[BaseText]:
    """A version with a provision for each letter, numbered in order."""
    return [BaseText(key, "PARAGRAPH", 0, f"{number}.", f"Words of {key}.") for number, key in enumerate(keys, 1)]


@pytest.mark.parametrize(
    ("before", "after", "is_moved", "change", "sentences"),
    [
        (None, standing("New."), False, ProvisionChange.INSERTED, ("new paragraph after 3.",)),
        (standing("Old."), None, False, ProvisionChange.DELETED, ("delete paragraph 1.",)),
        (standing("Old and long words go.", "", kind="LIST_ITEM"), None, False, ProvisionChange.DELETED,
         ("delete list item “Old and long words …”",)),
        (standing("Old."), standing("Old."), False, ProvisionChange.UNCHANGED, ()),
        (standing("Old."), standing("New."), False, ProvisionChange.REWORDED, ("replace “Old” by “New”",)),
        (standing(""), standing("New."), False, ProvisionChange.REWORDED, ("insert “New.” at the beginning",)),
        (standing("Old."), standing("Old."), True, ProvisionChange.MOVED,
         ("move paragraph 1. from after 1. to after 3.",)),
        (standing("Old."), standing("Old.", "2."), False, ProvisionChange.RENUMBERED, ("renumber from “1.” to “2.”",)),
        (standing("Old."), standing("Old.", ""), False, ProvisionChange.RENUMBERED,
         ("renumber from “1.” to no number",)),
        (standing("Old."), standing("New.", "2."), True, ProvisionChange.REWORDED,
         ("replace “Old” by “New”", "move paragraph 1. from after 1. to after 3.", "renumber from “1.” to “2.”")),
    ],
)  # fmt: skip
def test_redlined_provision_says_what_became_of_it(
    before: BaseText | None, after: BaseText | None, is_moved: bool, change: ProvisionChange, sentences: tuple[str, ...]
) -> None:
    both = pair(before, after, is_moved=is_moved)

    redlined = build_redline(both, {})

    assert change_of(both) == redlined.change == change
    assert redlined.sentences == sentences


def test_new_provision_at_the_beginning_says_so() -> None:
    (redlined, _) = compare_versions(version("b"), version("ab"))

    assert redlined.sentences == ("new paragraph at the beginning",)


@pytest.mark.parametrize(
    ("older", "newer", "asked", "moved"),
    [
        ("abc", "abc", "", ""),
        ("abc", "xabc", "", ""),
        ("abcd", "acd", "", ""),
        ("abcd", "bcda", "", "a"),
        ("abcd", "acbd", "b", "b"),
        ("abcd", "acbd", "c", "c"),
        ("abcd", "cabd", "", "c"),
        # An amendment that moves a provision to where it stands moves nothing.
        ("abcd", "abcd", "b", ""),
        ("abcd", "axbcd", "b", ""),
        ("abcd", "dcba", "cd", "bcd"),
        ("ab", "ba", "ab", "b"),
        ("abc", "acb", "bc", "c"),
    ],
)
def test_pairs_tell_what_was_moved_from_what_only_stands_elsewhere(
    older: str, newer: str, asked: str, moved: str
) -> None:
    pairs = pair_provisions(version(older), version(newer), asked)

    assert "".join(sorted(each.key for each in pairs if each.is_moved)) == moved


def test_pairs_call_as_few_moved_as_possible() -> None:
    def is_enough(keys: tuple[str, ...], moved: set[str]) -> bool:
        return [key for key in keys if key not in moved] == [key for key in "abcde" if key not in moved]

    for keys in permutations("abcde"):
        moved = {each.key for each in pair_provisions(version("abcde"), version("".join(keys))) if each.is_moved}
        fewer = [set(some) for some in permutations("abcde", max(len(moved) - 1, 0))]

        assert is_enough(keys, moved)
        assert not moved or not any(is_enough(keys, some) for some in fewer)


def test_compared_versions_are_in_the_order_of_the_later_with_places_by_number_or_words() -> None:
    older = [*version("ab"), BaseText("c", "HEADING", 1, "", "A heading of many words")]
    newer = [BaseText("c", "HEADING", 1, "", "A heading of many words"), *version("a")]

    compared = compare_versions(older, newer)

    assert [(each.pair.key, each.change, each.sentences) for each in compared] == [
        ("c", ProvisionChange.MOVED, ("move heading “A heading of many …” from after 2. to the beginning",)),
        ("a", ProvisionChange.UNCHANGED, ()),
        ("b", ProvisionChange.DELETED, ("delete paragraph 2.",)),
    ]


def test_redlined_provision_names_who_is_behind_each_run() -> None:
    both = pair(standing(SHOULD), standing(SHALL))

    # The recorded change is wider than what differs: only that is struck.
    redlined = build_redline(both, {Hunk(8, 23, "shall exchange"): ("a", "b")})

    assert redlined == Redlined(
        both,
        ProvisionChange.REWORDED,
        ("replace “should” by “shall”",),
        (
            Run(RunKind.KEEP, "Customs ", ()),
            Run(RunKind.DELETE, "should", ("a", "b")),
            Run(RunKind.INSERT, "shall", ("a", "b")),
            Run(RunKind.KEEP, " exchange advance data.", ()),
        ),
    )


def test_redlined_provision_that_was_revised_keeps_the_sources_of_what_still_stands() -> None:
    recorded = {Hunk(8, 14, "shall"): ("a",), Hunk(24, 31, "early"): ("b",)}

    redlined = build_redline(pair(standing(SHOULD), standing("Customs shall exchange all data.")), recorded)

    assert [run for run in redlined.runs if run.kind == RunKind.INSERT] == [
        Run(RunKind.INSERT, "shall", ("a",)),
        Run(RunKind.INSERT, "all", ()),
    ]


def test_redlined_provision_when_the_smaller_changes_have_no_order_shows_the_recorded_ones() -> None:
    recorded = {Hunk(0, 1, "a x"): ("a",), Hunk(1, 1, " y"): ("b",)}

    redlined = build_redline(pair(standing("a b"), standing("a x y b")), recorded)

    assert [run.text for run in redlined.runs] == ["a", "a x", " y", " b"]


@quick
@given(st.none() | texts, st.none() | texts, st.booleans())
def test_redlined_runs_join_back_to_the_words_before_and_after(
    base: str | None, target: str | None, recorded: bool
) -> None:
    applied = hunks_between(base or "", target or "") if recorded else ()

    redlined = build_redline(pair(standing(base), standing(target)), dict.fromkeys(applied, ("a",)))

    assert "".join(run.text for run in redlined.runs if run.kind != RunKind.INSERT) == (base or "")
    assert "".join(run.text for run in redlined.runs if run.kind != RunKind.DELETE) == (target or "")
    assert {run.sources for run in redlined.runs if run.kind != RunKind.KEEP} <= {("a",) if recorded else ()}
