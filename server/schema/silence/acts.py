"""Acts on silence procedures."""

from datetime import datetime
from typing import Any

import strawberry

from server.domain.silence import policy
from server.domain.silence.actions import opening, settling
from server.kernel.actor import Capacity
from server.schema.acts import key_field
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.scalars import TimeZone
from server.schema.silence.types import SilenceProcedure, SilenceStatement

PROCEDURE_ID = "Id of the silence procedure."
TEXT = "What is decided, word for word, at most 20,000 characters; it never changes."
LAST = "Last instant, in the future; an objection at it is too late."
WHY = "Why; everybody who sees the procedure sees it."


@strawberry.input(description="A text to put to a body under silence.")
class OpenSilenceInput:
    """Input of `openSilence`."""

    idempotency_key: str = key_field()
    body_id: strawberry.ID = strawberry.field(description="Id of the body that decides; those who lead it may open.")
    title: str = strawberry.field(description="What it is about, at most 300 characters.")
    text: str = strawberry.field(description=TEXT)
    subject_id: strawberry.ID | None = strawberry.field(
        default=None, description="Id of the issued version or the submitted proposal that it is about."
    )
    expires_at: datetime = strawberry.field(description=LAST)
    zone: TimeZone = strawberry.field(
        default=TimeZone("Europe/Brussels"), description="Time zone in which that is announced."
    )
    audience: list[Capacity] = strawberry.field(
        default_factory=list,
        description="Capacities that are heard besides MEMBER: OBSERVER and PRIVATE_SECTOR, who make statements.",
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        names = ("body_id", "title", "text", "subject_id", "expires_at", "zone")
        return {name: getattr(self, name) for name in names} | {"audience": frozenset(self.audience)}


@strawberry.type
class SilenceFact:
    """What every fact about a silence procedure shows."""

    subject_id: strawberry.Private[str]
    procedure: SilenceProcedure = fact("The procedure as it stands now.")


@strawberry.type
class StatementFact:
    """What a fact about a statement shows."""

    subject_id: strawberry.Private[str]
    statement: SilenceStatement = fact("The statement.")


@strawberry.type
class SilenceMutations:
    """Acts on silence procedures."""

    open_silence = act_field(
        policy.open_silence,
        opening.open_silence,
        "Put a text to a body under silence: it is decided unless a Member objects before the last instant.",
        input_type=OpenSilenceInput,
        outcome="A silence procedure was opened.",
        answer=SilenceFact,
    )
    extend_silence = act_field(
        policy.extend_silence,
        opening.extend_silence,
        "Move the last instant of a silence procedure later, for everyone.",
        about="A later last instant.",
        procedure_id=PROCEDURE_ID,
        expires_at="New last instant, later than the present one.",
        reason=WHY,
        outcome="A silence procedure was extended.",
        answer=SilenceFact,
    )
    break_silence = act_field(
        policy.break_silence,
        settling.break_silence,
        "Object as a Member, with a reason, to what would be decided. One objection breaks the silence.",
        about="An objection.",
        procedure_id=PROCEDURE_ID,
        provision_id="Id of the provision that it is about, where the procedure is about a version of a text.",
        passage="Words of the text that it is about; needed where no provision is named.",
        reason="Why, at most 5,000 characters.",
        outcome="A Member broke the silence.",
        answer=SilenceFact,
        unlocked="the first objection breaks the silence, and no other can",
    )
    make_statement = act_field(
        policy.make_statement,
        settling.make_statement,
        "Say something in a silence procedure for the own party, without breaking it.",
        about="A statement.",
        procedure_id=PROCEDURE_ID,
        text="In words, at most 5,000 characters.",
        outcome="A party made a statement.",
        answer=StatementFact,
    )
    cancel_silence = act_field(
        policy.cancel_silence,
        opening.cancel_silence,
        "Call a silence procedure off before its last instant. Nothing is decided.",
        about="A silence procedure to call off.",
        procedure_id=PROCEDURE_ID,
        reason=WHY,
        outcome="A silence procedure was called off.",
        answer=SilenceFact,
    )
    record_silence = act_field(
        policy.record_silence,
        settling.record_silence,
        "Put on record that nobody objected. The decision exists since the last instant all the same.",
        about="A silence procedure that nobody broke.",
        procedure_id=PROCEDURE_ID,
        outcome="A decision by silence was put on record.",
        answer=SilenceFact,
    )
    restart_silence = act_field(
        policy.restart_silence,
        opening.restart_silence,
        "Open a broken silence procedure anew over a text, changed or not. The broken one stays on record.",
        about="A text to put under silence once more.",
        procedure_id=PROCEDURE_ID,
        text=TEXT,
        expires_at=LAST,
        reason=WHY,
        outcome="A silence procedure was opened in the place of a broken one.",
        answer=SilenceFact,
    )
    refer_silence = act_field(
        policy.refer_silence,
        settling.refer_silence,
        "Refer what a broken silence procedure was about to a sitting.",
        about="A broken silence procedure to refer.",
        procedure_id=PROCEDURE_ID,
        sitting_id="Id of a sitting that is to come.",
        reason=WHY,
        outcome="A broken silence procedure was referred to a sitting.",
        answer=SilenceFact,
    )
