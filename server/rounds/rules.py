"""Comment rounds, comments and dispositions: when things are possible, and what is well-formed. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Protocol

from server.access.actor import Capacity
from server.acts import Obstacle
from server.lifecycle import Lifecycle, moves
from server.refusals import Issue, RefusalCode
from server.texts.rules import VersionStatus

TEXT_LIMIT = 20_000
"""Longest text of one field of a comment, in characters."""


class RoundStatus(StrEnum):
    """What people decided about a round. What the calendar decides is `RoundPhase`."""

    CALLED = "CALLED"
    """Asked for by a coordinator or the Secretariat."""
    COMPLETED = "COMPLETED"
    """Every comment has a recorded disposition and the round was declared complete."""
    CANCELLED = "CANCELLED"
    """Called off, with a reason."""


class RoundPhase(StrEnum):
    """Where a round stands at an instant; derived from its window and its status, never stored."""

    PLANNED = "PLANNED"
    """Called, but the opening instant is still to come."""
    OPEN = "OPEN"
    """Accepting comments."""
    CLOSED = "CLOSED"
    """The closing instant has passed; comments are being answered."""
    COMPLETED = "COMPLETED"
    """Every comment is answered."""
    CANCELLED = "CANCELLED"
    """Called off."""


class RoundVisibility(StrEnum):
    """When a party sees what the others filed."""

    IMMEDIATE = "IMMEDIATE"
    """Everyone whom the round addresses sees a comment as soon as it is submitted."""
    AFTER_CLOSE = "AFTER_CLOSE"
    """Sealed: until the closing instant only the party itself and the Secretariat see a comment."""
    SECRETARIAT_AND_COORDINATORS = "SECRETARIAT_AND_COORDINATORS"
    """Only the party itself, those who lead the group and the Secretariat see a comment."""


class CommentType(StrEnum):
    """What a comment is about."""

    GENERAL = "GENERAL"
    """On the whole text; it needs no provision."""
    SUBSTANTIVE = "SUBSTANTIVE"
    """On the substance of a provision."""
    EDITORIAL = "EDITORIAL"
    """On wording that does not change the substance."""
    LINGUISTIC = "LINGUISTIC"
    """On the translation or the terms."""
    QUESTION = "QUESTION"
    """A question to the group."""


class CommentStatus(StrEnum):
    """Where the handling of a comment stands. The verdict is another field: `DispositionVerdict`."""

    DRAFT = "DRAFT"
    """Written for the party, not yet cleared; only the party sees it."""
    SUBMITTED = "SUBMITTED"
    """Filed in the name of the party. Its words can never change again."""
    DISPOSITION_PROPOSED = "DISPOSITION_PROPOSED"
    """A coordinator or the Secretariat proposes how to answer."""
    DISPOSED = "DISPOSED"
    """The disposition is recorded."""
    WITHDRAWN = "WITHDRAWN"
    """Taken back by its party before it was disposed of."""


class DispositionVerdict(StrEnum):
    """The answer to a comment."""

    ACCEPTED = "ACCEPTED"
    """Accepted as it stands: the proposed wording goes into the text."""
    ACCEPTED_WITH_MODIFICATION = "ACCEPTED_WITH_MODIFICATION"
    """Accepted with the wording given in the disposition."""
    NOT_ACCEPTED = "NOT_ACCEPTED"
    """Not accepted, with a reason."""
    NOTED = "NOTED"
    """Noted; the text does not change."""
    DEFERRED = "DEFERRED"
    """Put off, with a reason."""
    REFERRED = "REFERRED"
    """Passed to another body or another instrument."""
    DUPLICATE = "DUPLICATE"
    """Answered under another comment."""
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    """Outside what the round asked for."""


class DispositionStage(StrEnum):
    """Whether a disposition is proposed or recorded."""

    PROPOSED = "PROPOSED"
    """Proposed by a coordinator or the Secretariat."""
    RECORDED = "RECORDED"
    """Recorded by the Secretariat; it stands."""


ACCEPTING = frozenset({DispositionVerdict.ACCEPTED, DispositionVerdict.ACCEPTED_WITH_MODIFICATION})
"""Verdicts after which the words of the text must change."""

ROUND_LIFECYCLE = Lifecycle(
    "round",
    RoundStatus.CALLED,
    (
        moves("extend_round", RoundStatus.CALLED, to=RoundStatus.CALLED),
        moves("complete_round", RoundStatus.CALLED, to=RoundStatus.COMPLETED),
        moves("cancel_round", RoundStatus.CALLED, to=RoundStatus.CANCELLED),
    ),
    finals=frozenset({RoundStatus.COMPLETED, RoundStatus.CANCELLED}),
)

COMMENT_LIFECYCLE = Lifecycle(
    "comment",
    CommentStatus.DRAFT,
    (
        moves("revise_comment", CommentStatus.DRAFT, to=CommentStatus.DRAFT),
        moves("clear_comment", CommentStatus.DRAFT, to=CommentStatus.SUBMITTED),
        moves(
            "withdraw_comment",
            CommentStatus.DRAFT,
            CommentStatus.SUBMITTED,
            CommentStatus.DISPOSITION_PROPOSED,
            to=CommentStatus.WITHDRAWN,
        ),
        moves(
            "propose_disposition",
            CommentStatus.SUBMITTED,
            CommentStatus.DISPOSITION_PROPOSED,
            to=CommentStatus.DISPOSITION_PROPOSED,
        ),
        moves(
            "record_disposition",
            CommentStatus.SUBMITTED,
            CommentStatus.DISPOSITION_PROPOSED,
            to=CommentStatus.DISPOSED,
        ),
    ),
    finals=frozenset({CommentStatus.DISPOSED, CommentStatus.WITHDRAWN}),
)


class RoundFacts(NamedTuple):
    """What the rules and the policy of a round look at."""

    status: RoundStatus
    body_id: str
    opens_at: datetime
    closes_at: datetime
    open_to_members: bool
    open_to_observers: bool
    open_to_private_sector: bool

    def addresses(self, capacity: Capacity | None) -> bool:
        """Whether the round asks parties of this capacity for comments."""
        return {
            Capacity.MEMBER: self.open_to_members,
            Capacity.OBSERVER: self.open_to_observers,
            Capacity.PRIVATE_SECTOR: self.open_to_private_sector,
        }.get(capacity, False)  # type: ignore[arg-type]


class CommentFacts(NamedTuple):
    """What the rules and the policy of a comment look at: the comment, and the round it answers."""

    status: Annotated[CommentStatus, "work.status"]
    party_id: str
    body_id: Annotated[str, "round.body_id"]
    round_status: Annotated[RoundStatus, "round.status"]
    opens_at: Annotated[datetime, "round.opens_at"]
    closes_at: Annotated[datetime, "round.closes_at"]


class ReceiptFacts(NamedTuple):
    """What the receipt of a comment is made of."""

    number: int | None
    submitted_at: datetime | None
    content_digest: str | None
    party: Annotated[str, "party.short_name"]
    party_name: Annotated[str, "party.name"]
    submitted_by: Annotated[str | None, "submitted_by.person.name"]


class QuotationFacts(NamedTuple):
    """Where the quoted words of a comment stand."""

    quote_exact: str | None
    quote_prefix: str
    quote_suffix: str
    quote_start: int | None
    quote_end: int | None


class OpeningFacts(NamedTuple):
    """What is known when a round is about to be opened: the body that asks and the version it asks about."""

    body_id: str
    version_status: VersionStatus


def audience_of(facts: RoundFacts) -> list[Capacity]:
    """The capacities that a round addresses."""
    return [capacity for capacity in Capacity if facts.addresses(capacity)]


WINDOW_RULE = "A round accepts comments from its opening instant until, and not including, its closing instant."
CLOSED_RULE = "Comments are answered after the closing instant of their round."


def phase_of(facts: RoundFacts, now: datetime) -> RoundPhase:
    """The phase of a round at `now`. The opening instant is inside the window, the closing instant is not."""
    return _phase(facts.status, facts.opens_at, facts.closes_at, now)


def _phase(status: RoundStatus, opens_at: datetime, closes_at: datetime, now: datetime) -> RoundPhase:
    if status != RoundStatus.CALLED:
        return RoundPhase(status)
    if now < opens_at:
        return RoundPhase.PLANNED
    return RoundPhase.OPEN if now < closes_at else RoundPhase.CLOSED


def _outside_window(status: RoundStatus, opens_at: datetime, closes_at: datetime, now: datetime) -> Obstacle | None:
    phase = _phase(status, opens_at, closes_at, now)
    if phase == RoundPhase.OPEN:
        return None
    if phase == RoundPhase.PLANNED:
        words = f"The round opens at {opens_at:%Y-%m-%d %H:%M} UTC."
        return Obstacle(RefusalCode.ROUND_NOT_OPEN, words, WINDOW_RULE, opens_at)
    if phase == RoundPhase.CANCELLED:
        return Obstacle(RefusalCode.ROUND_NOT_OPEN, "The round was cancelled.", WINDOW_RULE)
    words = (
        f"The round closed at {closes_at:%Y-%m-%d %H:%M} UTC. "
        "Only the coordinators of the group or the Secretariat can still help, by extending it."
    )
    return Obstacle(RefusalCode.ROUND_CLOSED, words, WINDOW_RULE)


def while_round_is_open(facts: RoundFacts | CommentFacts, now: datetime) -> Obstacle | None:
    """Comments come in while the round is open. `now` is the server's clock inside the transaction."""
    status = facts.round_status if isinstance(facts, CommentFacts) else facts.status
    return _outside_window(status, facts.opens_at, facts.closes_at, now)


def after_round_closed(facts: RoundFacts | CommentFacts, now: datetime) -> Obstacle | None:
    """Answers wait for the closing instant, so that no comment is judged before all have been heard."""
    if now >= facts.closes_at:
        return None
    words = f"The round is open until {facts.closes_at:%Y-%m-%d %H:%M} UTC."
    return Obstacle(RefusalCode.ROUND_NOT_OPEN, words, CLOSED_RULE, facts.closes_at)


def version_is_issued(facts: OpeningFacts, now: datetime) -> Obstacle | None:
    """Comments are asked for on an issued version only: an anchor needs words that stand still."""
    if facts.version_status == VersionStatus.ISSUED:
        return None
    rule = "A round is opened on an issued version."
    return Obstacle(RefusalCode.WRONG_STATE, f"This version is {facts.version_status}; issue it first.", rule)


def check_window(opens_at: datetime, closes_at: datetime, now: datetime) -> list[Issue]:
    """A round must close after it opens, and in the future."""
    issues = []
    if closes_at <= opens_at:
        issues.append(Issue("closesAt", "the closing instant must come after the opening instant"))
    if closes_at <= now:
        issues.append(Issue("closesAt", "the closing instant must lie in the future"))
    return issues


def check_disposition(verdict: DispositionVerdict, reason: str, wording: str | None) -> list[Issue]:
    """A reason is required where the verdict is not plain acceptance; a modified wording must be given in full."""
    issues = []
    if verdict != DispositionVerdict.ACCEPTED and not reason.strip():
        issues.append(Issue("reason", f"a reason is required for {verdict}"))
    if verdict == DispositionVerdict.ACCEPTED_WITH_MODIFICATION and wording is None:
        issues.append(Issue("wording", "give the wording that is accepted"))
    if verdict != DispositionVerdict.ACCEPTED_WITH_MODIFICATION and wording is not None:
        issues.append(Issue("wording", "a wording belongs to ACCEPTED_WITH_MODIFICATION only"))
    return issues


def check_call(title: str, audience: frozenset[Capacity]) -> list[Issue]:
    """A round has a title and addresses at least one capacity other than the Secretariat's."""
    issues = []
    if not title.strip():
        issues.append(Issue("title", "must not be empty"))
    if not audience or Capacity.SECRETARIAT in audience:
        issues.append(Issue("audience", "name at least one of MEMBER, OBSERVER and PRIVATE_SECTOR"))
    return issues


class Says(Protocol):
    """What is checked of a comment's content."""

    type: CommentType
    text: str
    provision_id: str | None
    quotation: Any
    reason: str
    proposed_wording: str | None


def check_content(content: Says) -> list[Issue]:
    """What a comment must have: words within the limit, a provision unless it is GENERAL, a reason for a wording."""
    fields = (
        ("text", content.text),
        ("reason", content.reason),
        ("proposedWording", content.proposed_wording or ""),
        ("quotation.exact", content.quotation.exact if content.quotation else ""),
    )
    issues = [Issue(name, f"at most {TEXT_LIMIT} characters") for name, words in fields if len(words) > TEXT_LIMIT]
    if not content.text.strip():
        issues.append(Issue("text", "must not be empty"))
    if content.provision_id is None and content.type != CommentType.GENERAL:
        issues.append(Issue("provisionId", "name the provision, or make the comment GENERAL"))
    if content.provision_id is None and (content.quotation or content.proposed_wording is not None):
        issues.append(Issue("provisionId", "a quotation or a proposed wording needs a provision"))
    if content.quotation and not content.quotation.exact:
        issues.append(Issue("quotation.exact", "must not be empty"))
    if content.proposed_wording is not None and not content.reason.strip():
        issues.append(Issue("reason", "give the reason for the proposed wording"))
    return issues
