"""Vocabulary of comment rounds, and the lifecycles of a round and of a comment."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class RoundStatus(StrEnum):
    """What people decided about a round. `RoundPhase` says where it stands now."""

    CALLED = "CALLED"
    """Called by those who lead the body or by the Secretariat, and not ended by them."""
    PAUSED = "PAUSED"
    """Paused by the Secretariat, with a reason. The closing instant stays."""
    COMPLETED = "COMPLETED"
    """Declared complete: every comment has a recorded disposition."""
    REPORTED = "REPORTED"
    """Completed, and its report is out with an issued version."""
    CANCELLED = "CANCELLED"
    """Called off by the Secretariat, with a reason."""


class RoundPhase(StrEnum):
    """Where a round stands now, by its status and the server's clock."""

    PLANNED = "PLANNED"
    """The opening instant is still to come."""
    OPEN = "OPEN"
    """The round takes comments."""
    PAUSED = "PAUSED"
    """The round was paused and takes no comments; its closing instant stays."""
    CLOSED = "CLOSED"
    """The closing instant has passed, and no comment is answered yet that the caller may know of."""
    IN_DISPOSITION = "IN_DISPOSITION"
    """The closing instant has passed, and comments are being answered."""
    COMPLETED = "COMPLETED"
    """The round was declared complete: every comment is answered."""
    REPORTED = "REPORTED"
    """The round is complete, and its report is out."""
    CANCELLED = "CANCELLED"
    """The round was called off."""


class RoundVisibility(StrEnum):
    """When others than its own party and the Secretariat see a submitted comment."""

    IMMEDIATE = "IMMEDIATE"
    """Parties that the round addresses and those who lead the body see it as soon as it is submitted."""
    AFTER_CLOSE = "AFTER_CLOSE"
    """Sealed round: parties that the round addresses and those who lead the body see it from the closing instant on."""
    SECRETARIAT_AND_COORDINATORS = "SECRETARIAT_AND_COORDINATORS"
    """Only those who lead the body see it, as soon as it is submitted."""


class CommentType(StrEnum):
    """The sort of a comment."""

    GENERAL = "GENERAL"
    """On the whole text; it needs no provision."""
    SUBSTANTIVE = "SUBSTANTIVE"
    """On the substance of a provision."""
    EDITORIAL = "EDITORIAL"
    """On wording that does not change the substance."""
    LINGUISTIC = "LINGUISTIC"
    """On the translation or on terms."""
    QUESTION = "QUESTION"
    """A question to the group."""


class CommentStatus(StrEnum):
    """Where the handling of a comment stands; the answer itself is a `DispositionVerdict`."""

    DRAFT = "DRAFT"
    """Written for the party and not submitted; only the party sees it."""
    SUBMITTED = "SUBMITTED"
    """Filed in the name of the party. Its words never change again."""
    DISPOSITION_PROPOSED = "DISPOSITION_PROPOSED"
    """An answer is proposed by those who lead the body or by the Secretariat."""
    DISPOSED = "DISPOSED"
    """An answer is recorded by the Secretariat."""
    WITHDRAWN = "WITHDRAWN"
    """Taken back by its party before an answer was recorded; a draft that its party merged or discarded."""
    CLOSED_WITH_ROUND = "CLOSED_WITH_ROUND"
    """Closed without an answer, because its round was called off. A draft is closed as well."""
    REPLACED = "REPLACED"
    """Revised by its party while the round was open: another comment with the same number stands in its place."""


class DispositionVerdict(StrEnum):
    """The verdict on a comment."""

    ACCEPTED = "ACCEPTED"
    """Accepted as it stands; a proposed wording goes into the next version."""
    ACCEPTED_WITH_MODIFICATION = "ACCEPTED_WITH_MODIFICATION"
    """Accepted with the wording in the disposition, which goes into the next version; in points: accepted in part."""
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
    """Whether an answer to a comment is proposed or recorded."""

    PROPOSED = "PROPOSED"
    """Proposed by those who lead the body or by the Secretariat; it can still change."""
    RECORDED = "RECORDED"
    """Recorded by the Secretariat; it is final."""


class PlaceState(StrEnum):
    """How certain the place of a comment is in a version to which it was carried."""

    EXACT = "EXACT"
    """The words that it is about stand there untouched."""
    CARRIED = "CARRIED"
    """The words changed or moved, and this is the likely place; its party has to confirm it."""
    CONFIRMED = "CONFIRMED"
    """Its party confirmed the place, or named it."""
    ORPHAN = "ORPHAN"
    """The words no longer stand in the text; its party has to name a place."""


CERTAIN = frozenset({PlaceState.EXACT, PlaceState.CONFIRMED})
"""States of a place that nobody has to look at."""

ACCEPTING = frozenset({DispositionVerdict.ACCEPTED, DispositionVerdict.ACCEPTED_WITH_MODIFICATION})
"""Verdicts after which the words of the text must change."""

UNDISPOSED = (CommentStatus.SUBMITTED, CommentStatus.DISPOSITION_PROPOSED)
"""Statuses of a comment that waits for its recorded disposition."""

GONE = (CommentStatus.WITHDRAWN, CommentStatus.REPLACED)
"""Statuses of a comment that its party took back, or revised by another one with the same number."""

RUNNING = (RoundStatus.CALLED, RoundStatus.PAUSED)
"""Statuses of a round of which the calendar decides where it stands."""

DONE = (RoundStatus.COMPLETED, RoundStatus.REPORTED)
"""Statuses of a round of which every comment is answered."""

ROUND_LIFECYCLE = Lifecycle(
    "round",
    RoundStatus.CALLED,
    (
        moves("revise_round", RoundStatus.CALLED, to=RoundStatus.CALLED),
        moves("revise_round", RoundStatus.PAUSED, to=RoundStatus.PAUSED),
        moves("extend_round", RoundStatus.CALLED, to=RoundStatus.CALLED),
        moves("extend_round", RoundStatus.PAUSED, to=RoundStatus.PAUSED),
        moves("pause_round", RoundStatus.CALLED, to=RoundStatus.PAUSED),
        moves("resume_round", RoundStatus.PAUSED, to=RoundStatus.CALLED),
        moves("close_round", RoundStatus.CALLED, RoundStatus.PAUSED, to=RoundStatus.CALLED),
        moves("complete_round", RoundStatus.CALLED, RoundStatus.PAUSED, to=RoundStatus.COMPLETED),
        moves("report_round", RoundStatus.COMPLETED, to=RoundStatus.REPORTED),
        moves("cancel_round", RoundStatus.CALLED, RoundStatus.PAUSED, to=RoundStatus.CANCELLED),
    ),
    finals=frozenset({RoundStatus.REPORTED, RoundStatus.CANCELLED}),
)

COMMENT_LIFECYCLE = Lifecycle(
    "comment",
    CommentStatus.DRAFT,
    (
        moves("revise_comment", CommentStatus.DRAFT, to=CommentStatus.DRAFT),
        moves("clear_comment", CommentStatus.DRAFT, to=CommentStatus.SUBMITTED),
        moves("merge_drafts", CommentStatus.DRAFT, to=CommentStatus.WITHDRAWN),
        moves("discard_draft", CommentStatus.DRAFT, to=CommentStatus.WITHDRAWN),
        moves(
            "withdraw_comment",
            CommentStatus.SUBMITTED,
            CommentStatus.DISPOSITION_PROPOSED,
            to=CommentStatus.WITHDRAWN,
        ),
        moves("replace_comment", CommentStatus.SUBMITTED, to=CommentStatus.REPLACED),
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
        moves(
            "propose_answers",
            CommentStatus.SUBMITTED,
            CommentStatus.DISPOSITION_PROPOSED,
            to=CommentStatus.DISPOSITION_PROPOSED,
        ),
        moves("record_answers", CommentStatus.SUBMITTED, CommentStatus.DISPOSITION_PROPOSED, to=CommentStatus.DISPOSED),
        moves("settle_answer", CommentStatus.SUBMITTED, CommentStatus.DISPOSITION_PROPOSED, to=CommentStatus.DISPOSED),
        moves(
            "undo_answers",
            CommentStatus.DISPOSITION_PROPOSED,
            CommentStatus.DISPOSED,
            to=(CommentStatus.SUBMITTED, CommentStatus.DISPOSITION_PROPOSED),
        ),
        moves("confirm_carried_comment", CommentStatus.SUBMITTED, to=CommentStatus.SUBMITTED),
        moves("confirm_carried_comment", CommentStatus.DISPOSITION_PROPOSED, to=CommentStatus.DISPOSITION_PROPOSED),
        # A comment that was put off comes back on the version that is issued; no other answer is ever left.
        moves("issue_version", CommentStatus.DISPOSED, to=CommentStatus.SUBMITTED),
        moves(
            "cancel_round",
            CommentStatus.DRAFT,
            CommentStatus.SUBMITTED,
            CommentStatus.DISPOSITION_PROPOSED,
            to=CommentStatus.CLOSED_WITH_ROUND,
        ),
    ),
    finals=frozenset({CommentStatus.WITHDRAWN, CommentStatus.CLOSED_WITH_ROUND, CommentStatus.REPLACED}),
)
