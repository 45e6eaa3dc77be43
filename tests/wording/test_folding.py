"""Names as they are kept and compared, and what is wrong with one that somebody types."""

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.wording.folding import fault_of_name, fold_name, plain_name

ALIKE = {
    "case": ("Japan", "JAPAN"),
    "white space": ("Côte  d'Ivoire ", "Côte d'Ivoire"),
    "space of another kind": ("Côte\u00a0d'Ivoire", "Côte d'Ivoire"),
    "line end": ("Costa\nRica", "Costa Rica"),
    "the": ("The Gambia", "gambia"),
    "letter and accent": ("Co\u0302te", "Côte"),
    "wide letters": ("\uff2aapan", "Japan"),
    "ligature": ("\ufb01nland", "finland"),
    "sharp s": ("Straße", "STRASSE"),
    "kelvin": ("\u212aenya", "kenya"),
    "angstrom": ("\u212bland", "åland"),
    "zero width": ("Ja\u200bpan", "japan"),
    "joiner": ("Ja\u200dpan", "japan"),
    "byte order mark": ("\ufeffJapan", "japan"),
    "soft hyphen": ("Ja\u00adpan", "japan"),
    "direction": ("\u202eJapan\u202c", "japan"),
    "filler": ("Ja\u3164pan", "japan"),
}


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("Niger", "Nigeria"), ("Guinea", "Guinée"), ("The", ""), ("Iran", "Iraq")])
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text())
@example("\b¹")
def test_folding_twice_or_in_another_normal_form_changes_nothing(name: str) -> None:
    folded = fold_name(f"x {name}")

    assert {fold_name(f"x {normalize(form, name)}") for form in ("NFC", "NFD", "NFKC", "NFKD")} == {folded}
    assert fold_name(folded) == folded


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Côte d'Ivoire", None),
        ("  spaces around  ", None),
        ("李明 \U0001f1ef", None),
        ("x" * 20, None),
        ("e\u0301" * 20, None),
        ("x" * 21, "at most 20 characters"),
        ("", "must not be empty"),
        (" \n", "must not be empty"),
        ("\u200b\u3164", "must not be empty"),
        ("two\nlines", "on one line: leave the line end out (U+000A)"),
        ("two\u2028lines", "on one line: leave the line end out (U+2028)"),
        ("at the end\r\n", "on one line: leave the line end out (U+000D)"),
        ("a\u202eb", "leave out the character that turns the direction of writing (U+202E)"),
        ("a\u2067b", "leave out the character that turns the direction of writing (U+2067)"),
        ("a\tb", "with plain spaces: leave out the space of another kind (U+0009)"),
        ("a\u00a0b", "with plain spaces: leave out the space of another kind (U+00A0)"),
        ("a\u200bb", "leave out the character that cannot be seen (U+200B)"),
        ("a\x00b", "leave out the character that cannot be seen (U+0000)"),
        ("a\ud800b", "leave out the character that cannot be seen (U+D800)"),
        ("a\u3164b", "leave out the character that cannot be seen (U+3164)"),
        ("a\ue000b", "leave out the character that cannot be seen (U+E000)"),
    ],
)
def test_fault_of_a_name_says_what_is_wrong(name: str, fault: str | None) -> None:
    (words, code, _) = fault_of_name(name, 20) or (None, "", {})

    assert words == fault
    assert bool(code) == bool(fault)


def test_plain_name_is_kept_in_one_form_without_white_space_around() -> None:
    assert plain_name(" Co\u0302te d'Ivoire\n") == "Côte d'Ivoire"
