"""What an item of an agenda, a paragraph of a report and a reservation hold. Each check lists every fault. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, NamedTuple

from server.domain.bodies.rules import TEXT_LIMIT
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.sittings import ItemPurpose
from server.wording.agenda import is_item_number

TITLE_LIMIT = 300
REMARK_LIMIT = 1_000
GREATEST_NUMBER = 9_999
STANDS = "An item that was withdrawn stays on record as it was."


class AgendaItemFacts(NamedTuple):
    """The facts of an item of an agenda that the rules and the policy look at."""

    withdrawn_at: datetime | None
    body_id: Annotated[str, "sitting.body_id"]
    cancelled_at: Annotated[datetime | None, "sitting.cancelled_at"]
    zone: Annotated[str | None, "sitting.zone"]


class LyingFacts(NamedTuple):
    """The facts of a paper under an item: whether it still lies there, and the body that sits."""

    removed_at: datetime | None
    body_id: Annotated[str, "item.sitting.body_id"]


class ReservationFacts(NamedTuple):
    """The facts of a reservation: its party, and whether it still stands."""

    party_id: str
    withdrawn_at: datetime | None


class ItemContent(NamedTuple):
    """What an item of an agenda says."""

    number: str
    title: str
    purposes: Sequence[ItemPurpose]
    closes_at: datetime | None
    remark: str


def item_stands(facts: AgendaItemFacts, now: datetime) -> Obstacle | None:
    """Refuse for an item that was withdrawn from its agenda."""
    if facts.withdrawn_at is None:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "This item was withdrawn from the agenda.", STANDS)


def paper_lies(facts: LyingFacts, now: datetime) -> Obstacle | None:
    """Refuse to take a paper away that no longer lies under the item."""
    if facts.removed_at is None:
        return None
    rule = "A paper is taken away once; it can be laid again."
    return Obstacle(RefusalCode.ALREADY_DONE, "This paper was taken away already.", rule)


def reservation_stands(facts: ReservationFacts, now: datetime) -> Obstacle | None:
    """Refuse to withdraw a reservation twice."""
    if facts.withdrawn_at is None:
        return None
    rule = "A reservation is withdrawn once; it can be made again."
    return Obstacle(RefusalCode.ALREADY_DONE, "This reservation was withdrawn already.", rule)


def check_item(content: ItemContent) -> list[Issue]:
    """Return every fault of an item of an agenda."""
    issues = []
    if len(content.number) > 20 or not is_item_number(content.number):
        issues.append(Issue("number", IssueCode.UNFIT, why="a number such as IX, X.a or X.a.ii"))
    if not 0 < len(content.title.strip()) <= TITLE_LIMIT:
        issues.append(Issue("title", IssueCode.LENGTH, limit=TITLE_LIMIT))
    if len({*content.purposes}) < len(content.purposes):
        issues.append(Issue("purposes", IssueCode.REPEATED))
    if len(content.remark) > REMARK_LIMIT:
        issues.append(Issue("remark", IssueCode.TOO_LONG, limit=REMARK_LIMIT))
    return issues


def check_paragraph(number: int, text: str) -> list[Issue]:
    """Return every fault of a numbered paragraph of a report."""
    issues = check_words(text)
    if not 1 <= number <= GREATEST_NUMBER:
        issues.append(Issue("number", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=GREATEST_NUMBER))
    return issues


def check_words(text: str) -> list[Issue]:
    """Return the fault of a text that is empty or too long."""
    return [] if 0 < len(text.strip()) <= TEXT_LIMIT else [Issue("text", IssueCode.LENGTH, limit=TEXT_LIMIT)]
