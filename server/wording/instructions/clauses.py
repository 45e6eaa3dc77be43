"""Write one change of the words of a provision as a clause: what is replaced, deleted or inserted, and where."""

from collections.abc import Iterator
from itertools import accumulate

from server.wording.hunks import Hunk, apply_hunks
from server.wording.instructions.applying import count_alike, delete, find_words, insert
from server.wording.instructions.ordinals import print_ordinal
from server.wording.instructions.quotes import quote
from server.wording.instructions.vocabulary import WORDS
from server.wording.tokens import pieces

_WORDS_BEFORE = 4
_MOST_PIECES = 60
"""Pieces around a change that are quoted, at most, to tell its place."""
_MOST_ORDINALS = 9


def write_clause(text: str, hunk: Hunk, span: tuple[int, int], language: str) -> str:
    """Return the clause for a change in a range of a text, "" where no quotation tells its place.

    Where the quoted words stand several times it says which are meant; where that is hard to count, more is quoted.
    """
    writer = _ClauseWriter(text, span, language)
    after = apply_hunks(text, [hunk])
    for clause, change in writer.list_clauses(hunk):
        if clause and apply_hunks(text, [change]) == after:
            return clause
    return ""


class _ClauseWriter:
    """A range of a text with the offsets between its pieces."""

    def __init__(self, text: str, span: tuple[int, int], language: str) -> None:
        self.text, self.span, self.language = text, span, language
        edges = [0, *accumulate(map(len, pieces(text)))]
        self.boundaries = frozenset(edges)
        self.edges = [edge for edge in edges if span[0] <= edge <= span[1]]

    def list_clauses(self, hunk: Hunk) -> Iterator[tuple[str, Hunk]]:
        """Yield ways to say a change, the plainest first, each with the change that it says."""
        start, end, new = hunk
        old = self.text[start:end]
        first, last = start + len(old) - len(old.lstrip()), start + len(old.rstrip())
        if old.strip() and new.strip():
            yield self._say("replace", first, last, new.strip()), Hunk(first, last, new.strip())
        elif old.strip():
            yield self._say("delete", first, last), delete(self.text, first, last)
        elif new.strip():
            yield from self._list_insertions(start, end, new.strip())
        yield from self._list_wider(hunk)

    def _list_insertions(self, start: int, end: int, new: str) -> Iterator[tuple[str, Hunk]]:
        before = [edge for edge in self.edges if edge <= start and self._is_after_word(edge)]
        if before:
            at = before[-1]
            for first in self._starts_before(at):
                yield self._say("insert_after", first, at, new), insert(self.text, at, new, after=True)
        after = [edge for edge in self.edges if edge >= end and self._is_before_word(edge)]
        if after:
            at = after[0]
            lasts = [edge for edge in self.edges if edge > at and self._is_after_word(edge)][:_WORDS_BEFORE]
            for last in reversed(lasts):
                yield self._say("insert_before", at, last, new), insert(self.text, at, new, after=False)

    def _starts_before(self, at: int) -> list[int]:
        """Return where quotations of some words before a place begin, the one of four words first."""
        starts = [edge for edge in self.edges if edge < at and self._is_before_word(edge)]
        return starts[-_WORDS_BEFORE:] + starts[-3 * _WORDS_BEFORE : -_WORDS_BEFORE : _WORDS_BEFORE]

    def _list_wider(self, hunk: Hunk) -> Iterator[tuple[str, Hunk]]:
        """Yield replacements of more and more words around a change, which begin and end with words."""
        lefts = [edge for edge in self.edges if edge <= hunk.start][::-1]
        rights = [edge for edge in self.edges if edge >= hunk.end]
        if not lefts or not rights:
            return
        for step in range(1, _MOST_PIECES):
            first, last = lefts[min(step, len(lefts) - 1)], rights[min(step, len(rights) - 1)]
            old = self.text[first:last]
            new = self.text[first : hunk.start] + hunk.replacement + self.text[hunk.end : last]
            if old and new and old == old.strip() and new == new.strip():
                yield self._say("replace", first, last, new, can_count=False), Hunk(first, last, new)

    def _is_after_word(self, edge: int) -> bool:
        return edge > self.span[0] and not self.text[edge - 1].isspace()

    def _is_before_word(self, edge: int) -> bool:
        return edge < self.span[1] and not self.text[edge].isspace()

    def _say(self, form: str, start: int, end: int, new: str = "", *, can_count: bool = True) -> str:
        """Return a clause about the words in a range, "" if they do not tell the place."""
        old = self.text[start:end]
        spans, overlap = find_words(old, self.text, *self.span, self.boundaries)
        if count_alike(old, self.text, self.span, self.boundaries) > len(spans):
            return ""
        occurrence = ""
        if len(spans) != 1:
            if (start, end) not in spans or overlap or not can_count or len(spans) > _MOST_ORDINALS:
                return ""
            ordinal = print_ordinal(spans.index((start, end)) + 1, self.language, is_feminine=True)
            occurrence = WORDS[self.language]["occurrence"].format(ordinal=ordinal)
        quoted = {"old": quote(old, self.language), "new": quote(new, self.language)}
        return WORDS[self.language][form].format(**quoted, occurrence=occurrence)
