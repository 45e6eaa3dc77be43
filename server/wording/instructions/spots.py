"""The text that instructions are about, and the spots in it that they name: provisions, cells, sentences."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from server.wording.sentences import spans_of_sentences
from server.wording.targets import Places

CELL_BREAK = " | "
ROW, TABLE, TITLE = "TABLE_ROW", "TABLE", "TITLE"


class AmendedUnit(NamedTuple):
    """A provision as instructions see it: its sort, its level and its words."""

    kind: str
    level: int
    text: str


class TextSpot(NamedTuple):
    """A provision by its place in the text, and the range of its words that is meant, None for the whole provision.

    `is_own` says that its own words are meant and not what stands in it.
    """

    at: int
    span: tuple[int, int] | None = None
    is_own: bool = False


WHOLE = TextSpot(-1)
"""The text as a whole, as the place of something new."""


class AmendedText:
    """A text as instructions see it: its provisions, and which of them stand inside which.

    `own_names` are the names under which the text speaks of itself.
    """

    def __init__(self, places: Places, units: Sequence[AmendedUnit], own_names: frozenset[str] = frozenset()) -> None:
        self.places, self.units, self.own_names = places, units, own_names

    @cached_property
    def children(self) -> dict[int | None, list[int]]:
        """The provisions that stand directly in each, by its place; None for the whole text."""
        children: dict[int | None, list[int]] = {}
        for at, entry in enumerate(self.places.entries):
            children.setdefault(entry.parent, []).append(at)
        return children

    @cached_property
    def of_kind(self) -> dict[tuple[int | None, str], list[int]]:
        """The provisions without a number that stand directly in each, by its place and their sort."""
        members: dict[tuple[int | None, str], list[int]] = {}
        for at, entry in enumerate(self.places.entries):
            if self.places.labels[at] is None:
                members.setdefault((entry.parent, self.sort_of(at)), []).append(at)
        return members

    @cached_property
    def by_words(self) -> dict[str, list[int]]:
        """The headings by their words."""
        headings: dict[str, list[int]] = {}
        for at in range(len(self.units)):
            if self.is_heading(at):
                headings.setdefault(self.units[at].text, []).append(at)
        return headings

    def sort_of(self, at: int) -> str:
        """Return the sort of a provision as ordinals count it: items of any depth are one sort."""
        kind = self.units[at].kind
        return "LIST_ITEM" if kind == "SUB_ITEM" else "HEADING" if self.is_heading(at) and kind != TITLE else kind

    def is_heading(self, at: int) -> bool:
        """Return whether a provision is a heading of any sort."""
        return self.places.entries[at].kind == "HEADING"

    def inside(self, at: int) -> range:
        """Return the places of a provision and of everything that stands in it."""
        return range(at, self.places.ends[at])

    def words(self, spot: TextSpot) -> str:
        """Return the words of a spot."""
        text = self.units[spot.at].text
        return text if spot.span is None else text[slice(*spot.span)]

    def cells(self, at: int) -> list[tuple[int, int]]:
        """Return the range of each cell of a row."""
        spans, start = [], 0
        for cell in self.units[at].text.split(CELL_BREAK):
            spans.append((start, start + len(cell)))
            start += len(cell) + len(CELL_BREAK)
        return spans

    def sentences(self, at: int) -> list[tuple[int, int]]:
        """Return the range of each sentence of a provision, without the white space after it."""
        text = self.units[at].text
        spans = (
            (span.start, span.start + len(text[span.start : span.end].rstrip())) for span in spans_of_sentences(text)
        )
        return [span for span in spans if span[0] < span[1]]
