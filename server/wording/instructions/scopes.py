"""Where an instruction is about: the spots that it names, or the whole text."""

from typing import NamedTuple

from server.wording.instructions.edits import QuestionCode, Unclear
from server.wording.instructions.phrases import WHOLE_TEXT
from server.wording.instructions.places import is_complete, read_place
from server.wording.instructions.quotes import Skeleton
from server.wording.instructions.spots import AmendedText, TextSpot


class PlaceScope(NamedTuple):
    """The spots that an instruction names, None for the whole text; `is_each` if it means every place there."""

    spots: tuple[TextSpot, ...] | None
    is_each: bool = False

    @property
    def only(self) -> TextSpot | None:
        """The one spot, None for the whole text. Raise `Unclear` if there are several."""
        if self.spots is None:
            return None
        if len(self.spots) != 1:
            raise Unclear(QuestionCode.PLACE_AMBIGUOUS, places=len(self.spots))
        return self.spots[0]


class Leaning:
    """Stands for a scope where none is named: places then lean on the section that was named last.

    A place that does not begin with a heading must lie among `near`: all provisions as long as no section was named,
    those of the section that was named last, and none after words whose place could not be read.
    """

    only = None

    def __init__(self, text: AmendedText, near: range | None = None) -> None:
        self.text = text
        self.near = range(len(text.units)) if near is None else near

    def name(self, at: int) -> None:
        """Keep the section of a provision as the one that was named last."""
        line = self.text.places.line_of(at)
        headings = [each for each in line if self.text.is_heading(each)]
        self.near = self.text.inside(next((each for each in headings if self.text.places.labels[each]), line[-1]))

    def forget(self) -> None:
        """Keep that the place named last could not be read."""
        self.near = range(0)

    def check(self, at: int) -> None:
        """Raise `Unclear` for a provision outside the section that was named last."""
        if at not in self.near:
            raise Unclear(QuestionCode.PLACE_MISSING)


Scope = PlaceScope | Leaning
"""Where an instruction is about, as far as the words before a place say it."""


def read_scope(skeleton: Skeleton, preposition: str, text: AmendedText, header: Scope) -> PlaceScope:
    """Return the scope that words name, inside that of a header where it lies there."""
    is_each = preposition.lower().startswith(("throughout", "dans l'ensemble"))
    if WHOLE_TEXT.fullmatch(skeleton.words.strip()):
        return PlaceScope(None, is_each)
    return PlaceScope(tuple(read_inside(skeleton, text, header)), is_each)


def read_inside(skeleton: Skeleton, text: AmendedText, scope: Scope) -> list[TextSpot]:
    """Return the spots that words name, inside a scope that was named before.

    A section is left by naming another one: `Article 6` under `Article 5`.
    """
    if isinstance(scope, Leaning):
        return _read_leaning(skeleton, text, scope)
    around = scope.only
    if around is None:
        return read_place(skeleton, text)
    try:
        return read_place(skeleton, text, around)
    except Unclear as unclear:
        if unclear.code is not QuestionCode.PLACE_UNKNOWN:
            raise
        # a paragraph that the section does not have may be one of another section by mistake
        if not text.is_heading(around.at) or not is_complete(skeleton, text):
            raise
        return read_place(skeleton, text)


def _read_leaning(skeleton: Skeleton, text: AmendedText, leaning: Leaning) -> list[TextSpot]:
    """Return the spots that words name where no scope is: in the section that was named last, or in one they name."""
    spots = read_place(skeleton, text)
    if is_complete(skeleton, text):
        leaning.name(spots[-1].at)
        return spots
    for spot in spots:
        leaning.check(spot.at)
    return spots
