"""Acts on rounds."""

from datetime import datetime
from typing import Any

import strawberry

from server.domain.planning.actions.following import with_milestones
from server.domain.rounds import policy
from server.domain.rounds.actions import admitting, calling, conducting
from server.kernel.actor import Capacity
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.rounds.life import LateAdmission
from server.schema.rounds.terms import AUDIENCE, CLOSES_AT, RoundSettingsInput, arguments_of
from server.schema.rounds.types import Round
from server.schema.scalars import TimeZone
from server.vocabulary.rounds import RoundVisibility
from server.vocabulary.threads import ReplyMode

ROUND_ID, ADMISSION_ID = "Id of the round.", "Id of the request to comment late."
REASON = "Why; everybody sees it."


@strawberry.input(description="A call for comments on an issued version.")
class OpenRoundInput:
    """Input of `openRound`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(
        description="Id of the issued version on which comments are asked for."
    )
    body_id: strawberry.ID = strawberry.field(
        description="Id of the body that asks; those who lead it may open the round."
    )
    title: str = strawberry.field(description="Title of the round.")
    opens_at: datetime | None = strawberry.field(
        default=None, description="Opening instant; without it the round opens now."
    )
    closes_at: datetime = strawberry.field(description=CLOSES_AT)
    zone: TimeZone = strawberry.field(
        default=TimeZone("Europe/Brussels"), description="Time zone in which the deadline is announced."
    )
    visibility: RoundVisibility = strawberry.field(
        default=RoundVisibility.IMMEDIATE, description="When a party sees the comments of the others."
    )
    audience: list[Capacity] = strawberry.field(description=AUDIENCE)
    settings: RoundSettingsInput | None = strawberry.field(
        default=None, description="Group, scope, types, limits and reminders; without them none of these."
    )
    code: str | None = strawberry.field(
        default=None,
        description="Code by which papers cite the round for ever, such as 'R3'; without it the next free one.",
    )
    replies: ReplyMode = strawberry.field(
        default=ReplyMode.FOCAL_POINTS, description="Who may reply to the comments in the name of a party."
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return arguments_of(self, "text_version_id", "body_id", "code", "replies")


@strawberry.input(description="The terms of a round as they are to stand, all of them.")
class ReviseRoundInput:
    """Input of `reviseRound`."""

    idempotency_key: str = key_field()
    round_id: strawberry.ID = strawberry.field(description=ROUND_ID)
    title: str = strawberry.field(description="Title of the round.")
    opens_at: datetime | None = strawberry.field(
        default=None, description="Opening instant; without it the one that was announced stays."
    )
    closes_at: datetime = strawberry.field(description=CLOSES_AT)
    zone: TimeZone = strawberry.field(description="Time zone in which the deadline is announced.")
    visibility: RoundVisibility = strawberry.field(description="When a party sees the comments of the others.")
    audience: list[Capacity] = strawberry.field(description=AUDIENCE)
    settings: RoundSettingsInput | None = strawberry.field(
        default=None, description="Group, scope, types, limits and reminders; without them none of these."
    )
    reason: str = strawberry.field(description="Why the terms are corrected; everybody who sees the round sees it.")
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return arguments_of(self, "round_id", "reason", "expected_revision")


@strawberry.type
class RoundFact:
    """What every fact about a round shows."""

    subject_id: strawberry.Private[str]
    round: Round = fact("The round as it stands now.")


@strawberry.type
class AdmissionFact:
    """What every answer to a request to comment late shows."""

    subject_id: strawberry.Private[str]
    admission: LateAdmission = fact("The request as it stands now.")


@strawberry.type
class RoundMutations:
    """Acts on rounds."""

    open_round = act_field(
        policy.open_round,
        calling.open_round,
        "Ask for comments on an issued version.",
        input_type=OpenRoundInput,
        outcome="A round was called.",
        answer=RoundFact,
    )
    revise_round = act_field(
        policy.revise_round,
        with_milestones(calling.revise_round),
        "Correct the terms of a round: before it opens all of them, afterwards only what takes nothing away.",
        input_type=ReviseRoundInput,
        outcome="The terms of a round were corrected.",
        answer=RoundFact,
    )
    extend_round = act_field(
        policy.extend_round,
        with_milestones(calling.extend_round),
        "Move the closing instant of a round later, for everyone.",
        about="A later closing instant for a round.",
        round_id=ROUND_ID,
        closes_at="New closing instant, later than the present one.",
        reason="Why the round is extended; everybody who sees the round sees it.",
        outcome="A round was extended.",
        answer=RoundFact,
    )
    pause_round = act_field(
        policy.pause_round,
        conducting.pause_round,
        "Pause an open round: it takes no comments until it is resumed. Its closing instant stays.",
        about="A round to pause.",
        round_id=ROUND_ID,
        reason=REASON,
        outcome="A round was paused.",
        answer=RoundFact,
    )
    resume_round = act_field(
        policy.resume_round,
        conducting.resume_round,
        "Take a paused round up again.",
        about="A paused round to take up again.",
        round_id=ROUND_ID,
        reason=REASON,
        outcome="A round was taken up again.",
        answer=RoundFact,
    )
    close_round = act_field(
        policy.close_round,
        with_milestones(conducting.close_round),
        "Close a round now, before the announced instant, which stays on record.",
        about="A round to close early.",
        round_id=ROUND_ID,
        reason=REASON,
        outcome="A round was closed early.",
        answer=RoundFact,
    )
    complete_round = act_field(
        policy.complete_round,
        calling.complete_round,
        "Declare a closed round complete: every comment is answered.",
        about="A round to declare complete.",
        round_id=ROUND_ID,
        outcome="A round was declared complete.",
        answer=RoundFact,
    )
    cancel_round = act_field(
        policy.cancel_round,
        with_milestones(calling.cancel_round),
        "Call a round off. Its comments and drafts are closed with it.",
        about="A round to call off.",
        round_id=ROUND_ID,
        reason="Why the round is called off; everybody who sees the round sees it.",
        outcome="A round was called off.",
        answer=RoundFact,
    )
    report_round = act_field(
        policy.report_round,
        conducting.report_round,
        "Say that the report of a completed round is out, with an issued version of its text.",
        about="A completed round whose report is out.",
        round_id=ROUND_ID,
        text_version_id="Id of the issued version with which the report is out: that of the round, or a later one.",
        outcome="The report of a round is out.",
        answer=RoundFact,
    )
    ask_late_admission = act_field(
        policy.ask_late_admission,
        admitting.ask_late_admission,
        "Ask for the own party to comment after the close of a round.",
        about="A request to comment after the close.",
        round_id=ROUND_ID,
        reason="Why the party is late; those who decide see it.",
        outcome="A party asked to comment after the close.",
        answer=RoundFact,
        unlocked="a party has one request in a round, and asks once until it is answered",
    )
    admit_late_comments = act_field(
        policy.admit_late_comments,
        admitting.admit_late_comments,
        "Let one party file after the close until an instant; its comments are marked late for ever.",
        about="A request to grant, until an instant.",
        admission_id=ADMISSION_ID,
        ends_at="Instant until which, and not including, the party may file.",
        reason="Why the party is admitted; it sees it.",
        outcome="A party was admitted to comment after the close.",
        answer=AdmissionFact,
    )
    refuse_late_admission = act_field(
        policy.refuse_late_admission,
        admitting.refuse_late_admission,
        "Refuse a party's request to comment after the close.",
        about="A request to refuse.",
        admission_id=ADMISSION_ID,
        reason="Why the party is not admitted; it sees it.",
        outcome="A request to comment after the close was refused.",
        answer=AdmissionFact,
    )
