"""Decide whether a label at the beginning of a line begins an item, or only goes on with the paragraph before it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from server.documents.labels import bare, is_roman_heading, read_label
from server.documents.numerals import Label, Reading
from server.documents.outline import Relation, Spot

_SHORT_LINE = 60  # characters
_ENDS = re.compile(
    r"(?:[.;:,!?。；：、\u2014\u2013\u2026][\"'\u201d\u2019\u00bb)*_]*|\b(?:and|or|et|ou|y|o|und|oder|и|или))$"
)
_SENTENCE_ENDS = re.compile(r"[.;:!?。；：][\"'\u201d\u2019\u00bb)*_]*$")
_REFERS = re.compile(
    r"\b(?:paragraphs?|articles?|sections?|items?|points?|rules?|no|nr|nos|of|in|the|to|by|from|under|than|on|at|until|before"
    r"|after|since|between|du|de|la|le|au|der|des|am|vom|bis|zum)$",
    re.IGNORECASE,
)
_ARABIC_START = re.compile(r"\s*\d{1,3}\.\s+[^\W\d_a-z]")


class OpenParagraph(NamedTuple):
    """The paragraph or item before a line: its lines, whether it is an item, and how much deeper the line begins."""

    lines: Sequence[str]
    is_item: bool
    deeper: int


def ends_clause(line: str) -> bool:
    """Return whether a line ends with a stop, a comma, a dash or a word such as "and": an item may follow."""
    return bool(_ENDS.search(line.rstrip()))


def ends_sentence(line: str) -> bool:
    """Return whether a line ends a sentence or a part of one."""
    return bool(_SENTENCE_ENDS.search(line.rstrip()))


def cuts(label: Label, spot: Spot, text: str, paragraph: OpenParagraph, following: str) -> bool:
    """Return whether a label begins an item inside what looked like one paragraph."""
    before = paragraph.lines[-1].rstrip()
    ends = bool(_ENDS.search(before))
    is_lower = label.text[:1].islower()
    style = label.readings[0].style
    is_plain = style in ("1.", "1.1")
    if spot.relation is Relation.NEXT:
        return ends or not (is_plain and is_lower and _REFERS.search(before))
    if spot.relation is Relation.INSIDE:
        return ends or not is_lower
    if label.printed.endswith(","):
        return False
    if is_roman_heading(bare(text)):
        return ends and (not following.strip() or bool(_ARABIC_START.match(following)))
    if spot.relation is Relation.FIRST:
        is_listed = ends or paragraph.deeper >= 2 or (style == "1." and not is_lower)
        return is_listed or _goes_on_in(label, following)
    is_title = len(paragraph.lines) == 1 and (not paragraph.is_item or is_roman_heading(bare(before)))
    if style == "1." and is_title and len(before) <= _SHORT_LINE and not ends:
        return not is_lower and not _REFERS.search(before)
    sentence_ends = bool(_SENTENCE_ENDS.search(before))
    if is_plain:
        return sentence_ends and not is_lower
    return sentence_ends


def _goes_on_in(label: Label, following: str) -> bool:
    """Return whether the next line has the next number of a list, or begins a list inside its item."""
    another = read_label(bare(following))
    if another is None or not another.is_sure:
        return False
    steps = {Reading(style, (*path[:-1], path[-1] + 1)) for style, path in label.readings if path}
    return not steps.isdisjoint(another.readings) or (label.text.endswith(":") and is_start(another))


def is_start(label: Label) -> bool:
    """Return whether a label can be the first of its list."""
    return any(reading.path == (1,) for reading in label.readings)


def is_inner(label: Label, another: Label) -> bool:
    """Return whether a second label on a line begins an item inside the first: ``5. (a) Members``."""
    return (
        another.printed.endswith(")")
        and is_start(another)
        and another.readings[0].style != label.readings[0].style
        and another.kind is None
    )
