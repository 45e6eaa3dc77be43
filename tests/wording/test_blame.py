"""Blame: words followed through several layers of changes and through the versions of a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.blame import Blamed, Version, blame, trace
from server.wording.hunks import Hunk, apply_hunks, hunks_between
from server.wording.redline import Attributed, Run, RunKind, redline
from tests.wording.strategies import hunk_lists, quick, texts

KEEP, INSERT, DELETE = RunKind.KEEP, RunKind.INSERT, RunKind.DELETE
BASE = "Members should report yearly."
SHALL = "Members shall report yearly."
SHALL_NOW = "Members shall report now."


def by(source: str, old: str, new: str) -> tuple[Attributed, ...]:
    return tuple(Attributed(hunk, (source,)) for hunk in hunks_between(old, new))


def test_trace_when_a_word_is_reworded_twice_shows_the_first_and_the_last() -> None:
    layers = [by("NO", BASE, SHALL), by("PK", SHALL, "Members must report yearly.")]

    assert trace(BASE, layers) == (
        Run(KEEP, "Members ", ()),
        Run(DELETE, "should", ("NO",)),
        Run(INSERT, "must", ("PK",)),
        Run(KEEP, " report yearly.", ()),
    )


def test_trace_when_an_inserted_word_is_struck_later_leaves_no_sign_of_it() -> None:
    longer = "Members should always report yearly."

    assert trace(BASE, [by("NO", BASE, longer), by("PK", longer, BASE)]) == (Run(KEEP, BASE, ()),)


def test_trace_when_part_of_an_insertion_is_struck_keeps_the_rest_with_its_source() -> None:
    layers = [by("NO", "a d", "a b c d"), by("PK", "a b c d", "a c d")]

    assert trace("a d", layers) == (Run(KEEP, "a ", ()), Run(INSERT, "c ", ("NO",)), Run(KEEP, "d", ()))


def test_trace_when_a_struck_word_comes_back_says_who_struck_and_who_wrote_it() -> None:
    layers = [by("NO", "a b c", "a c"), by("PK", "a c", "a b c")]

    assert trace("a b c", layers) == (
        Run(KEEP, "a ", ()),
        Run(DELETE, "b ", ("NO",)),
        Run(INSERT, "b ", ("PK",)),
        Run(KEEP, "c", ()),
    )


def test_trace_when_a_later_layer_strikes_around_struck_words_keeps_each_to_its_source() -> None:
    layers = [(Attributed(Hunk(2, 4, ""), ("NO",)),), (Attributed(Hunk(1, 3, "x"), ("PK", "SE")),)]

    assert trace("abcdef", layers) == (
        Run(KEEP, "a", ()),
        Run(DELETE, "b", ("PK", "SE")),
        Run(DELETE, "cd", ("NO",)),
        Run(DELETE, "e", ("PK", "SE")),
        Run(INSERT, "x", ("PK", "SE")),
        Run(KEEP, "f", ()),
    )


def test_trace_when_words_before_struck_ones_are_replaced_writes_beside_those_they_replace() -> None:
    layers = [(Attributed(Hunk(2, 4, ""), ("NO",)),), (Attributed(Hunk(0, 2, "x"), ("PK",)),)]

    assert trace("abcd", layers) == (
        Run(DELETE, "ab", ("PK",)),
        Run(INSERT, "x", ("PK",)),
        Run(DELETE, "cd", ("NO",)),
    )


def test_trace_without_changes_is_the_text() -> None:
    assert trace(BASE, []) == trace(BASE, [(), ()]) == (Run(KEEP, BASE, ()),)
    assert trace("", []) == ()


def test_trace_when_a_later_layer_leaves_its_own_text_refuses() -> None:
    layers = [(Attributed(Hunk(0, 4, "x"), ("NO",)),), (Attributed(Hunk(1, 2, ""), ("PK",)),)]

    with pytest.raises(ValueError, match=r"^hunk 1-2 leaves the text of 1 code points$"):
        trace("abcd", layers)


@st.composite
def layered(draw: st.DrawFn) -> tuple[str, list[list[Attributed]]]:
    """Draw a text and up to four layers of hunks, each on what the layer before makes."""
    base = text = draw(st.one_of(texts, st.text("abcd", max_size=12)))
    layers = []
    for place in range(draw(st.integers(0, 4))):
        hunks = draw(hunk_lists(len(text)))
        sources = [draw(st.sampled_from([(f"S{place}",), ("A", f"S{place}"), ("A",)])) for _ in hunks]
        layers.append([Attributed(*pair) for pair in zip(hunks, sources, strict=True)])
        text = apply_hunks(text, hunks)
    return base, layers


def last_text(base: str, layers: list[list[Attributed]]) -> str:
    for layer in layers:
        base = apply_hunks(base, [change.hunk for change in layer])
    return base


@quick
@given(layered())
def test_trace_joined_gives_base_and_last_text(drawn: tuple[str, list[list[Attributed]]]) -> None:
    base, layers = drawn
    runs = trace(base, layers)

    assert "".join(run.text for run in runs if run.kind is not INSERT) == base
    assert "".join(run.text for run in runs if run.kind is not DELETE) == last_text(base, layers)
    assert all(run.text and bool(run.sources) == (run.kind is not KEEP) for run in runs)


@quick
@given(layered())
def test_trace_of_one_layer_is_the_redline(drawn: tuple[str, list[list[Attributed]]]) -> None:
    base, layers = drawn
    for layer in layers[:1]:
        assert trace(base, [layer]) == trace(base, [[], layer[::-1], []]) == redline(base, layer)


@quick
@given(layered())
def test_trace_names_for_each_character_the_layer_that_touched_it(drawn: tuple[str, list[list[Attributed]]]) -> None:
    """Compare with a walk over single characters that knows nothing of runs."""
    base, layers = drawn
    letters: list[tuple[str, tuple[str, ...], bool]] = [(letter, (), True) for letter in base]
    struck: list[tuple[str, tuple[str, ...]]] = []
    for layer in layers:
        for (start, end, replacement), sources in sorted(layer, reverse=True):
            struck += [(letter, sources) for letter, _, is_base in letters[start:end] if is_base]
            letters[start:end] = [(letter, sources, False) for letter in replacement]
    runs = trace(base, layers)

    assert [(c, run.sources, run.kind is KEEP) for run in runs if run.kind is not DELETE for c in run.text] == letters
    assert sorted((c, run.sources) for run in runs if run.kind is DELETE for c in run.text) == sorted(struck)


def test_blame_names_the_version_and_the_source_of_every_word() -> None:
    versions = [
        Version("V1", BASE),
        Version("V2", SHALL, by("NO", BASE, SHALL)),
        Version("V3", SHALL_NOW, by("PK", SHALL, SHALL_NOW)),
    ]

    assert blame(versions) == (
        Blamed("Members ", 0, 8, "V1", ()),
        Blamed("shall", 8, 13, "V2", ("NO",)),
        Blamed(" report ", 13, 21, "V1", ()),
        Blamed("now", 21, 24, "V3", ("PK",)),
        Blamed(".", 24, 25, "V1", ()),
    )


def test_blame_when_a_change_writes_words_again_leaves_them_to_those_who_had_them() -> None:
    whole = (Attributed(Hunk(0, len(BASE), SHALL), ("NO",)),)

    assert blame([Version("V1", BASE), Version("V2", SHALL, whole)]) == (
        Blamed("Members ", 0, 8, "V1", ()),
        Blamed("shall", 8, 13, "V2", ("NO",)),
        Blamed(" report yearly.", 13, 28, "V1", ()),
    )


def test_blame_when_changes_explain_only_a_part_gives_the_rest_to_the_version_itself() -> None:
    versions = [Version("V1", BASE), Version("V2", SHALL_NOW, by("NO", BASE, SHALL))]

    assert blame(versions) == (
        Blamed("Members ", 0, 8, "V1", ()),
        Blamed("shall", 8, 13, "V2", ("NO",)),
        Blamed(" report ", 13, 21, "V1", ()),
        Blamed("now", 21, 24, "V2", ()),
        Blamed(".", 24, 25, "V1", ()),
    )


def test_blame_when_a_recorded_change_does_not_stand_leaves_the_old_words_alone() -> None:
    versions = [Version("V1", BASE), Version("V2", BASE, by("NO", BASE, SHALL))]

    assert blame(versions) == (Blamed(BASE, 0, 29, "V1", ()),)


def test_blame_when_recorded_changes_cannot_be_applied_compares_the_texts() -> None:
    overlapping = (Attributed(Hunk(0, 14, "x"), ("NO",)), Attributed(Hunk(8, 40, "y"), ("PK",)))

    assert blame([Version("V1", BASE), Version("V2", SHALL, overlapping)]) == (
        Blamed("Members ", 0, 8, "V1", ()),
        Blamed("shall", 8, 13, "V2", ()),
        Blamed(" report yearly.", 13, 28, "V1", ()),
    )


def test_blame_when_a_provision_is_added_later_begins_there() -> None:
    added = (Attributed(Hunk(0, 0, BASE), ("AMD",)),)

    assert blame([Version("V1", ""), Version("V2", BASE, added)]) == (Blamed(BASE, 0, 29, "V2", ("AMD",)),)


def test_blame_when_equal_changes_of_two_sources_are_one_names_both() -> None:
    changes = (Attributed(Hunk(0, 1, "b"), ("NO", "PK")),)

    assert blame([Version("V1", "a"), Version("V2", "b", changes)]) == (Blamed("b", 0, 1, "V2", ("NO", "PK")),)


def test_blame_without_versions_or_words_is_empty() -> None:
    assert blame([]) == blame([Version("V1", "")]) == ()


@quick
@given(st.lists(texts, min_size=1, max_size=4), st.data())
def test_blame_covers_the_last_text_whether_or_not_changes_explain_it(chain: list[str], data: st.DataObject) -> None:
    versions = [Version("V0", chain[0])]
    for place, (old, new) in enumerate(pairwise(chain), start=1):
        hunks = data.draw(st.one_of(st.just(hunks_between(old, new)), hunk_lists(len(old))))
        versions.append(Version(f"V{place}", new, tuple(Attributed(hunk, (f"S{place}",)) for hunk in hunks)))
    blamed = blame(versions)

    assert "".join(run.text for run in blamed) == chain[-1]
    position = 0
    for run in blamed:
        assert (run.start, run.end) == (position, position + len(run.text))
        assert run.sources in ((), ("S" + run.version[1:],))
        position = run.end
    if len(set(chain)) == 1:
        assert {run.version for run in blamed} <= {"V0"}
