"""A text in pieces: where comments quote words, where words are set off, and where the letters of comments stand."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from server.web.desk.reading.notes import MarginNote

ELEMENTS = {"BOLD": "b", "ITALIC": "i", "UNDERLINE": "u", "CODE": "code"}
"""The elements of words that the paper sets off."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class TextPiece(NamedTuple):
    """Words that are quoted by the same comments and set off in the same way. `ends` are the notes that end here."""

    words: str
    is_quoted: bool
    elements: Sequence[str]
    ends: Sequence[MarginNote]


def letter_of(number: int) -> str:
    """Return the letter of a comment, by its number from 0: "a" to "z", then "aa"."""
    before, last = divmod(number, len(LETTERS))
    return (letter_of(before - 1) if before else "") + LETTERS[last]


def cut(
    text: str, notes: Iterable[MarginNote], marks: Iterable[Any] = (), start: int = 0, end: int | None = None
) -> list[TextPiece]:
    """Return the words from `start` to `end` in pieces, so that quotations and marks which overlap are not nested."""
    end = len(text) if end is None else end
    quoted = [(note.start, note.end, note) for note in notes if note.start is not None]
    quoting = [place for place in quoted if start <= place[0] < place[1] <= end]
    set_off = [mark for mark in marks if mark["start"] < end and mark["end"] > start]
    if not quoting and not set_off:
        return [TextPiece(text[start:end], False, (), ())] if end > start else []
    edges = {start, end}
    for first, last, _ in quoting:
        edges |= {first, last}
    for mark in set_off:
        edges |= {max(start, mark["start"]), min(end, mark["end"])}
    return [
        TextPiece(
            text[first:last],
            any(begin <= first < close for begin, close, _ in quoting),
            [ELEMENTS[mark["kind"]] for mark in set_off if mark["start"] <= first < mark["end"]],
            [note for _, close, note in quoting if close == last],
        )
        for first, last in pairwise(sorted(edges))
    ]
