"""Identifiers: opaque, type-prefixed, in the order of creation."""

import time

import pytest

from server.kernel.ids import LENGTH, PATTERN, new_id, prefix_of


def test_new_id_has_prefix_length_and_alphabet() -> None:
    identifier = new_id("CMT")

    assert len(identifier) == LENGTH
    assert PATTERN.fullmatch(identifier)
    assert prefix_of(identifier) == "CMT"


def test_new_id_never_repeats() -> None:
    assert len({new_id("CMT") for _ in range(5_000)}) == 5_000


def test_new_id_of_a_later_millisecond_sorts_after() -> None:
    before = new_id("CMT")
    deadline = time.time_ns() // 1_000_000 + 1
    while time.time_ns() // 1_000_000 <= deadline:
        pass

    after = new_id("CMT")

    assert before < after


def test_new_id_carries_the_milliseconds_of_its_creation() -> None:
    earliest = time.time_ns() // 1_000_000
    identifier = new_id("CMT")
    latest = time.time_ns() // 1_000_000

    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = 0
    for character in identifier[4:]:
        number = number * 32 + alphabet.index(character)

    assert earliest <= number >> 80 <= latest


GOOD = "CMT_" + "0" * 26


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CMT",
        GOOD[:-1],
        GOOD + "0",
        GOOD.lower(),
        GOOD.replace("_", "-"),
        "CMTX" + GOOD[4:],
        "CM_" + "0" * 27,
        "CMT_" + "i" * 26,
        "CMT_" + "l" * 26,
        "CMT_" + "o" * 26,
        "CMT_" + "u" * 26,
        "CMT_" + "A" * 26,
        " " + GOOD,
        GOOD + "\n",
        "ÄMT_" + "0" * 26,
        "CMT_" + "\N{ARABIC-INDIC DIGIT ZERO}" * 26,
    ],
)
def test_prefix_of_anything_else_is_none(text: str) -> None:
    assert prefix_of(GOOD) == "CMT"
    assert prefix_of(text) is None
