"""Changes of changed words, shown as changes of the base."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.hunks import Hunk, apply_hunks, sort_hunks
from server.wording.layers import stack
from tests.wording.strategies import hunk_lists, quick

BASE = "Members shall keep data."


@pytest.mark.parametrize(
    ("lower", "upper", "stacked"),
    [
        ({}, {}, {}),
        ({Hunk(8, 13, "must"): ("a",)}, {}, {Hunk(8, 13, "must"): ("a",)}),
        ({}, {Hunk(0, 7, "Member"): ("e",)}, {Hunk(0, 7, "Member"): ("e",)}),
        (
            {Hunk(8, 13, "must"): ("a",)},
            {Hunk(18, 22, "datum"): ("e",)},
            {Hunk(8, 13, "must"): ("a",), Hunk(19, 23, "datum"): ("e",)},
        ),
        (
            {Hunk(14, 18, "kepp all"): ("a", "b")},
            {Hunk(14, 18, "keep"): ("e",)},
            {Hunk(14, 18, "keep all"): ("a", "b", "e")},
        ),
        (
            {Hunk(14, 18, "kepp"): ("a",)},
            {Hunk(8, 18, "will keep"): ("e",)},
            {Hunk(8, 18, "will keep"): ("a", "e")},
        ),
    ],
)
def test_stack_gives_hunks_on_the_base_with_their_sources(
    lower: dict[Hunk, tuple[str, ...]], upper: dict[Hunk, tuple[str, ...]], stacked: dict[Hunk, tuple[str, ...]]
) -> None:
    assert stack(BASE, lower, upper) == stacked


@quick
@given(hunk_lists(length=15), st.data())
def test_stacked_hunks_make_what_both_layers_make(first: tuple[Hunk, ...], data: st.DataObject) -> None:
    base = "abcdefghijklmno"
    middle = apply_hunks(base, first)
    second = data.draw(hunk_lists(length=len(middle)))

    stacked = stack(base, dict.fromkeys(first, ("a",)), dict.fromkeys(second, ("e",)))

    assert apply_hunks(base, sort_hunks(base, stacked)) == apply_hunks(middle, second)
