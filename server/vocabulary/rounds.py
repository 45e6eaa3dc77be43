"""Vocabulary of comment rounds, and the lifecycles of a round and of a comment."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


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
        moves("support_comment", CommentStatus.SUBMITTED, to=CommentStatus.SUBMITTED),
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
