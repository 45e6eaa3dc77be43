"""Counts in sentences."""

import re
from pathlib import Path

import pytest

from server.kernel.saying import say_count

SERVER = Path(__file__).parents[2] / "server"
BARE = re.compile(r"f\"[^\"]*\{(?:len\([^}]*\)|filed|waiting|count)\} [a-z]+s\b")
"""A number from the code with a word in the plural behind it."""
KNOWN = {
    "domain/rounds/actions/calling.py",  # says one comment by itself
    "domain/proposals/actions/handling.py",  # says one amendment by itself
    "domain/consolidation/rules/life.py",  # says one comment by itself
    "domain/notices/rules/words.py",  # says one notice by itself, in both languages
    "domain/consolidation/actions/adopting.py",  # says one proposal by itself
}


@pytest.mark.parametrize(("number", "words"), [(0, "0 rounds"), (1, "One round"), (2, "2 rounds")])
def test_say_count(number: int, words: str) -> None:
    assert say_count(number, "One round", "{} rounds") == words


def test_no_refusal_puts_a_number_before_a_plural_without_asking_whether_it_is_one() -> None:
    careless = {
        path.relative_to(SERVER).as_posix()
        for room in ("domain", "kernel", "schema")
        for path in sorted((SERVER / room).rglob("*.py"))
        if BARE.search(path.read_text(encoding="utf-8"))
    }

    assert careless - KNOWN == set()
