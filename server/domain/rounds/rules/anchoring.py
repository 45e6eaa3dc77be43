"""Where a comment stands in its provision, and what its wording takes the place of. Pure."""

from typing import NamedTuple

from server.documents.tables import Cell, cells_of, count_breaks
from server.domain.rounds.rules.checks import Content
from server.domain.texts.rules.provisions import check_cells
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode, ensure_well_formed, invalid
from server.vocabulary.texts import UnitKind
from server.wording.anchors import Anchor, AnchorProblem, Quotation, locate
from server.wording.previews import preview_rewriting
from server.wording.provisions import same_words, without_label


class CommentGround(NamedTuple):
    """The provision that a comment is on: its kind, its printed number and its words."""

    kind: UnitKind
    printed_number: str
    text: str


class CommentPlace(NamedTuple):
    """The quoted words of a comment, None for the whole provision, and the wording for their place, None without."""

    anchor: Anchor | None
    wording: str | None


def place_content(content: Content, ground: CommentGround) -> CommentPlace:
    """Return where a comment stands and the wording that it proposes for that place.

    The place is never guessed: words that do not stand there, or stand there twice, are refused. So is a wording that
    says what stands there already, and one that changes the cells of a row.
    """
    wording, anchor = content.proposed_wording, None
    if content.cell is not None:
        cell = find_cell(content.cell, ground)
        if cell.start == cell.end and wording is not None and not content.quotation:
            return _fill_cell(cell, wording, ground)
        anchor = _locate_in_cell(content.quotation, cell, ground.text)
    elif content.quotation:
        anchor = locate_words(content.quotation, ground.text)
    elif wording is not None:
        wording = without_label(wording, ground.printed_number)
    if wording is not None:
        start, end = anchor or (0, len(ground.text))
        _ensure_change(ground, ground.text[:start] + wording + ground.text[end:])
    return CommentPlace(anchor, wording)


def find_cell(number: int, ground: CommentGround) -> Cell:
    """Return a cell of a row of a table by its number from 1, or refuse one that the provision has not."""
    cells = cells_of(ground.text) if ground.kind is UnitKind.TABLE_ROW else []
    if not 1 <= number <= len(cells):
        raise invalid(Issue("cell", IssueCode.CELL_UNKNOWN, cells=len(cells)))
    return cells[number - 1]


def locate_words(quotation: Quotation, text: str) -> Anchor:
    """Return the place of the quoted words, or refuse words that do not stand in the text, or stand there twice."""
    place = locate(quotation, text)
    if place is AnchorProblem.MISSING:
        issue = Issue("quotation.exact", IssueCode.QUOTATION_NOT_FOUND)
        raise invalid(issue, code=RefusalCode.ANCHOR_NOT_FOUND)
    if place is AnchorProblem.AMBIGUOUS:
        issue = Issue("quotation", IssueCode.QUOTATION_AMBIGUOUS)
        raise invalid(issue, code=RefusalCode.ANCHOR_AMBIGUOUS)
    return Anchor(*place)


def _locate_in_cell(quotation: Quotation | None, cell: Cell, text: str) -> Anchor | None:
    """Return the place of the quoted words in a cell, or of all its words; None for a cell without words."""
    if quotation:
        anchor = locate_words(quotation, text[cell.start : cell.end])
        return Anchor(cell.start + anchor.start, cell.start + anchor.end)
    return Anchor(cell.start, cell.end) if cell.start < cell.end else None


def _fill_cell(cell: Cell, wording: str, ground: CommentGround) -> CommentPlace:
    """Return the place of words for a cell that has none: an anchor needs words, so it is on those beside it."""
    after = ground.text[: cell.start] + wording + ground.text[cell.end :]
    _ensure_change(ground, after)
    preview = preview_rewriting(ground.text, after)
    if preview.quotation is None:
        raise invalid(Issue("cell", IssueCode.CELL_UNKNOWN, cells=count_breaks(ground.text) + 1))
    return CommentPlace(locate_words(preview.quotation, ground.text), preview.replacement)


def _ensure_change(ground: CommentGround, result: str) -> None:
    """Refuse words that say what stands there already, or that would change the cells of a row."""
    if same_words(result, ground.text):
        raise invalid(Issue("proposedWording", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(check_cells("proposedWording", ground.kind, ground.text, result))
