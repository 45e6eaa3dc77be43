"""The cut into words: nothing is lost, and no character is cut in two."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.tokens import pieces, tokens
from tests.wording.strategies import quick, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", ["  "]),
        ("Members shall report.", ["Members ", "shall ", "report", "."]),
        ("  Members  shall\n", ["  ", "Members  ", "shall\n"]),
        ("(e-commerce)", ["(", "e-commerce", ")"]),
        ("the parties' e- file -", ["the ", "parties", "' ", "e", "- ", "file ", "-"]),
        ("e\u2010mail e\u2011mail e\u00admail", ["e\u2010mail ", "e\u2011mail ", "e\u00admail"]),
        ("l\u2019article d'un", ["l\u2019article ", "d'un"]),
        ("prix\u00a0: 3\u202f%", ["prix\u00a0", ": ", "3\u202f", "%"]),
        ("a_b 3.2", ["a_b ", "3", ".", "2"]),
        ("e\u0301te\u0301 a", ["e\u0301te\u0301 ", "a"]),
        ("\u0643\u064e\u062a\u064e\u0628 \u0643", ["\u0643\u064e\u062a\u064e\u0628 ", "\u0643"]),
        ("\u6d77\u5173 ok", ["\u6d77", "\u5173 ", "ok"]),
        ("\U0001f44d\U0001f3fd\U0001f44d", ["\U0001f44d\U0001f3fd", "\U0001f44d"]),
        ("\U0001f468\u200d\U0001f467 \u2764\ufe0f", ["\U0001f468\u200d\U0001f467 ", "\u2764\ufe0f"]),
    ],
)
def test_tokens_of_text_are_words_with_the_space_after(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_pieces_of_text_have_white_space_apart() -> None:
    assert pieces(" Members\u00a0 shall.") == [" ", "Members", "\u00a0 ", "shall", "."]


@quick
@given(st.one_of(texts, st.text()))
def test_tokens_and_pieces_joined_give_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert "".join(pieces(text)) == text


@quick
@given(st.one_of(texts, st.text()))
def test_tokens_never_begin_with_a_mark_or_white_space_after_the_first(text: str) -> None:
    firsts = [token[0] for token in tokens(text)[1:]]

    assert [first for first in firsts if first.isspace()] == []
    # Beyond the basic plane marks are left alone: they belong to scripts that no Member files in.
    assert [first for first in firsts if first < "\U00010000" and unicodedata.combining(first)] == []
