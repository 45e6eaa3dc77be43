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
_REFERRED = (
    r"(?:(?:para|art|no|nr)\.?|(?:sub-?)?paragraph|article|section|item|point|rule|regulation|annex|appendix|chapter|clause"
    r"|part|title|table|figure|page|schedule|principle|standard|step|stage|phase|version|number|year|day|line|group|round"
    r"|paragraphe|règle|alinéa|artikel|absatz|ziffer|nummer|artículo|artigo|párrafo)"
)
_JOINS = r"(?:and|or|to|et|ou|à|und|oder|bis|и|или)"
_ASKS_FIRMLY = re.compile(
    r"\b(?:of|than|the|an|between|plus|minus|nos?\.|nr\.|du|de|des|der)$"
    rf"|\b(?:see|in|under|by|of|with|to|per|from|than|the|this|that|also|and|or) {_REFERRED}$"
    rf"|(?:\b\d{{1,3}}[.)]?|\(\w{{1,4}}\)),? {_JOINS}$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"[^\W_] {_JOINS}$|\b(?:see|cf\.?|Mrs?\.?|Ms\.?|Dr\.?)$|[^\W\d_] \S+ {_REFERRED}$"
    r"|\b(?:in|to|by|from|under|with|for|on|at|until|before|after|since|la|le|au|am|vom|zum)$",
    re.IGNORECASE,
)
_LONGEST_ASKING = 60  # characters
_LONGEST_START = 400  # characters
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


def asks_for_number(line: str, *, firmly: bool = False) -> bool:
    """Return whether a line ends with words that a number goes on with, such as "see paragraph" or "a sum of".

    `firmly` leaves out words that an item of a list may end with too, such as "log in" or "apply the export rule".
    """
    words = line.rstrip()[-_LONGEST_ASKING:]
    if _ASKS_FIRMLY.search(words):
        return True
    return not firmly and _ASKS.search(words) is not None


def cuts(label: Label, spot: Spot, text: str, paragraph: OpenParagraph, following: str) -> bool:
    """Return whether a label begins an item inside what looked like one paragraph."""
    before = paragraph.lines[-1].rstrip()
    ends = bool(_ENDS.search(before))
    is_lower = label.text[:1].islower()
    style = label.readings[0].style
    is_plain = style in ("1.", "1.1")
    if spot.relation in (Relation.NEXT, Relation.INSIDE) and asks_for_number(before, firmly=True):
        return False
    if not label.is_sure and style == "1.1":
        return goes_on_in(label, following) or _is_of_manner(label, paragraph)
    if spot.relation is Relation.NEXT:
        return ends or not (is_plain and is_lower and _REFERS.search(before))
    if spot.relation is Relation.INSIDE:
        return ends or not is_lower or label.printed.endswith((".", ")"))
    if label.printed.endswith(","):
        return False
    if spot.relation is Relation.SKIPPING and paragraph.is_item and not asks_for_number(before):
        return _is_of_manner(label, paragraph)
    if is_roman_heading(bare(text)):
        return ends and (not following.strip() or bool(_ARABIC_START.match(following)))
    if spot.relation is Relation.FIRST:
        is_listed = ends or paragraph.deeper >= 2 or (style == "1." and not is_lower)
        if style == "1." and paragraph.is_item and not asks_for_number(before):
            is_listed = is_listed or _is_of_manner(label, paragraph)
        return is_listed or goes_on_in(label, following)
    is_title = len(paragraph.lines) == 1 and (not paragraph.is_item or is_roman_heading(bare(before)))
    if style == "1." and is_title and len(before) <= _SHORT_LINE and not ends:
        return not is_lower and not _REFERS.search(before)
    sentence_ends = bool(_SENTENCE_ENDS.search(before))
    if is_plain:
        return sentence_ends and not is_lower
    return sentence_ends


def _is_of_manner(label: Label, paragraph: OpenParagraph) -> bool:
    """Return whether the words after a label begin as small or as large as those of the item before it."""
    first = bare(paragraph.lines[0][:_LONGEST_START])
    before = read_label(first)
    return label.text[:1].islower() <= (before.text if before else first)[:1].islower()


def goes_on_in(label: Label, following: str) -> bool:
    """Return whether the next line has the next number of a list, or begins a list inside its item."""
    another = read_label(bare(following))
    if another is None or not (another.is_sure or another.readings[0].style == "1.1"):
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
