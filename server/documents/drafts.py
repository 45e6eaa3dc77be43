"""Define the drafts of units: what the lines of a paper give before headings are ranked."""

from typing import NamedTuple

from server.documents.units import UnreadableDocument
from server.documents.words import MarkedText
from server.vocabulary.texts import UnitKind

_MAX_UNIT = 50_000  # characters in one paragraph or table row


class Draft(NamedTuple):
    """A unit as its lines give it; the level of a heading such as ``Article 5`` is UNRANKED until all are read."""

    kind: UnitKind
    level: int
    number: str
    words: MarkedText
    cells: tuple[str, ...] = ()
    after_rule: bool = False
    doubt: str = ""
    like_numbers: tuple[str, ...] = ()
    """Lines of the unit that begin like a number and were read as words of it."""


def check_length(content: str) -> str:
    """Return the content. Raise ``UnreadableDocument`` if it is too long for one unit."""
    if len(content) > _MAX_UNIT:
        raise UnreadableDocument(f"A paragraph or table row has more than {_MAX_UNIT:,} characters.")
    return content
