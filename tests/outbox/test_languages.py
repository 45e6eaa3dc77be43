"""Every letter of every kind is whole in each language: a new kind of letter fails here until it has its case."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.domain.evidence.actions.letters import Close, LastSeal, close_letter
from server.domain.notices.actions.posting import PLAIN
from server.domain.notices.queries.table import ROWS
from server.domain.notices.rules.letters import Item, LetterReader, write_letter_of
from server.domain.notices.rules.words import Due
from server.domain.parties.actions.letters import (
    Offer,
    invitation_letter,
    moved_letter,
    reset_letter,
    undelivered_letter,
)
from server.vocabulary.notices import DueKind
from server.vocabulary.parties import Language
from tests.factories.world import NOW

SERVER = Path(__file__).parents[2] / "server"
WRITERS = {"write_letter", "build_letter", "Composed"}
LINK = "https://fos.example/x"
FOREIGN = {
    Language.FRENCH: {
        *("the", "is", "are", "was", "your", "you", "and", "this", "that", "of", "to", "from", "with", "not", "if"),
        *("open", "it"),
    },
    Language.ENGLISH: {
        *("le", "la", "les", "des", "du", "vous", "votre", "et", "ce", "cette", "est", "une", "un", "pour", "avec"),
        *("pas", "si"),
    },
}
"""Common words of the other language, of which a letter in this one has none."""
OFFER = Offer("Kim", "Sato", "Zz", date(2026, 9, 1), date(2027, 6, 30), LINK, NOW + timedelta(days=14))
CLOSE = Close("Zz", NOW, 4, "abcd", "k1", "https://fos.example")

Say = Callable[[Language], tuple[str, str]]


def _notices(*names: str) -> Say:
    def say(language: Language) -> tuple[str, str]:
        reader = LetterReader("Kim", language, "Europe/Brussels", LINK)
        due = Due(DueKind.CLOSES, NOW, None, "UTC")
        items = [Item(f"ROU_{name}", "Zz", ROWS[name].words, due, LINK) for name in names]
        letter = write_letter_of(items, reader, "https://fos.example")
        html = re.sub(r"<head>.*?</head>|<[^>]*>", " ", letter.html)
        return letter.subject, f"{letter.text} {html}"

    return say


CASES: dict[str, tuple[Say, ...]] = {
    "reset_letter": (lambda language: reset_letter(language, timedelta(minutes=30), LINK),),
    "moved_letter": tuple(
        lambda language, is_new=is_new: moved_letter(language, timedelta(days=3), is_new=is_new)  # type: ignore[misc]
        for is_new in (False, True)
    ),
    "undelivered_letter": (lambda language: undelivered_letter("Kim", "k@example.org", "Zz", language),),
    "invitation_letter": tuple(
        lambda language, more=more: invitation_letter(OFFER._replace(**more), language, "Asia/Tokyo")  # type: ignore[misc]
        for more in ({}, {"takes_over_from": "Lee"}, {"is_focal_point": True}, {"is_administrator": True})
    ),
    "close_letter": tuple(
        lambda language, seal=seal: close_letter(CLOSE._replace(seal=seal), "Kim", language, "Asia/Tokyo")  # type: ignore[misc]
        for seal in (None, LastSeal(1, "ef", "ROU_1"))
    ),
    "PLAIN": (lambda language: PLAIN[language],),
    "write_letter_of": (*(_notices(name) for name in ROWS), _notices(*sorted(ROWS)), _notices(*sorted(ROWS)[:41])),
}
"""The letters by the function or table that their words come from."""


def _words_of(said: str) -> set[str]:
    """Return the words of a letter without addresses, in small letters."""
    return set(re.findall(r"[^\W\d_]+", re.sub(r"\S*://\S*", " ", said).casefold()))


def _sources() -> Iterator[tuple[str, set[str]]]:
    """Each function of the server that writes a letter, with what it takes the words from."""
    for path in sorted(SERVER.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef) and function.name not in WRITERS:
                names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
                calls = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
                if calls & WRITERS:
                    yield f"{path.relative_to(SERVER)}:{function.name}", names & set(CASES)


def test_every_function_that_writes_a_letter_takes_its_words_from_a_kind_that_is_tried_here() -> None:
    sources = dict(_sources())

    assert [place for place, kinds in sources.items() if not kinds] == []
    assert set().union(*sources.values()) == set(CASES)


@pytest.mark.parametrize("kind", CASES)
def test_letter_is_whole_in_each_language(kind: str) -> None:
    for say in CASES[kind]:
        letters = {language: say(language) for language in Language}

        assert len({subject for subject, *_ in letters.values()}) == len(Language)
        assert len({text for _, text, *_ in letters.values()}) == len(Language)
        for language, (subject, text, *_) in letters.items():
            assert (subject, text, _words_of(f"{subject} {text}") & FOREIGN[language]) == (subject, text, set())
