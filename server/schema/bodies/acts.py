"""Acts on bodies, sittings and decisions: inputs, facts and mutations."""

from datetime import date, datetime
from functools import partial

import strawberry
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import policy
from server.domain.bodies.actions import functions, joining, recording
from server.domain.bodies.rules import DecisionContent
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.schema.acts import act_field, key_field, version_field
from server.schema.bodies.types import Decision, Function, Membership, Sitting
from server.schema.reads.kinds import NOUNS
from server.schema.reads.roots import fact
from server.vocabulary.bodies import FunctionKind, Outcome


async def sees(session: AsyncSession, actor: Actor, now: datetime, identifier: str) -> bool:
    """Whether the actor sees the object with this id, whatever noun it is: asked of that noun's one predicate."""
    prefix = prefix_of(identifier)
    for noun in NOUNS.values():
        if prefix is not None and getattr(noun.model, "prefix", None) == prefix:
            visible = select(noun.model.id).where(noun.model.id == identifier, noun.visible(noun.model))
            return await session.scalar(visible, actor.parameters(now)) is not None
    return False


@strawberry.input(description="A group that the own party joins.")
class JoinBodyInput:
    """Input of `joinBody`."""

    idempotency_key: str = key_field()
    body_id: strawberry.ID = strawberry.field(description="The working group or intersessional group.")


@strawberry.input(description="A group that the own party leaves.")
class LeaveBodyInput:
    """Input of `leaveBody`."""

    idempotency_key: str = key_field()
    body_id: strawberry.ID = strawberry.field(description="The working group or intersessional group.")


@strawberry.input(description="A function that a party holds in a body.")
class AppointFunctionInput:
    """Input of `appointFunction`."""

    idempotency_key: str = key_field()
    body_id: strawberry.ID = strawberry.field(description="The body.")
    party_id: strawberry.ID = strawberry.field(description="The party that holds it, of any capacity.")
    delegate_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person in the seat; left out, every delegate of the party holds it."
    )
    kind: FunctionKind = strawberry.field(description="The function.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date | None = strawberry.field(default=None, description="Last day.")


@strawberry.input(description="A function that is to end.")
class EndFunctionInput:
    """Input of `endFunction`."""

    idempotency_key: str = key_field()
    function_id: strawberry.ID = strawberry.field(description="The function.")
    ends_on: date | None = strawberry.field(default=None, description="Last day; left out, it ends at once.")
    reason: str = strawberry.field(description="Why; it goes into the journal.")
    expected_version: int = version_field()


@strawberry.input(description="A meeting of a body.")
class RecordSittingInput:
    """Input of `recordSitting`."""

    idempotency_key: str = key_field()
    body_id: strawberry.ID = strawberry.field(description="The body that sits.")
    first_number: int = strawberry.field(description="Session number.")
    second_number: int | None = strawberry.field(
        default=None, description="The session number that follows, where the meeting has a pair, such as 235 and 236."
    )
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day.")
    place: str = strawberry.field(default="Brussels", description="Where it sits.")


@strawberry.input(description="A decision as it stands in the report.")
class DecisionContentInput:
    """Part of the inputs that record decisions."""

    verb: str = strawberry.field(description="The verb as printed, such as 'endorsed'.")
    outcome: Outcome = strawberry.field(description="What it means; refused where it contradicts the verb.")
    text: str = strawberry.field(description="The decision in words.")
    agenda_item: str = strawberry.field(default="", description="Agenda item as printed.")
    as_appropriate: bool = strawberry.field(
        default=False, description="Whether the verb is weakened by 'as appropriate'."
    )
    paragraph: str = strawberry.field(
        default="", description="Reference by which later texts cite it, such as 'PC0618b, para 12'."
    )

    def content(self) -> DecisionContent:
        """The content as the action takes it."""
        return DecisionContent(
            verb=self.verb,
            outcome=self.outcome,
            text=self.text,
            agenda_item=self.agenda_item,
            as_appropriate=self.as_appropriate,
            paragraph=self.paragraph,
        )


@strawberry.input(description="What a body decided on a subject.")
class RecordDecisionInput:
    """Input of `recordDecision`."""

    idempotency_key: str = key_field()
    sitting_id: strawberry.ID = strawberry.field(description="The sitting at which it was decided.")
    subject_id: strawberry.ID = strawberry.field(
        description="Id of what was decided on: any object except a proposal, on which `decideProposal` records."
    )
    content: DecisionContentInput = strawberry.field(description="What was decided.")


@strawberry.type
class _MembershipFact:
    subject_id: strawberry.Private[str]
    membership: Membership | None = fact("The membership as it stands now.", "Membership")


@strawberry.type(description="A party takes part in a group.")
class BodyJoined(_MembershipFact):
    """Fact of `joinBody`."""


@strawberry.type(description="A party no longer takes part in a group; the membership stays on record.")
class BodyLeft(_MembershipFact):
    """Fact of `leaveBody`."""


@strawberry.type
class _FunctionFact:
    subject_id: strawberry.Private[str]
    function: Function | None = fact("The function as it stands now.", "Function")


@strawberry.type(description="A party holds a function in a body.")
class FunctionAppointed(_FunctionFact):
    """Fact of `appointFunction`."""


@strawberry.type(description="A function was ended, or was given its last day; it stays on record.")
class FunctionEnded(_FunctionFact):
    """Fact of `endFunction`."""


@strawberry.type(description="A sitting was recorded.")
class SittingRecorded:
    """Fact of `recordSitting`."""

    subject_id: strawberry.Private[str]
    sitting: Sitting | None = fact("The sitting as it stands now.", "Sitting")


@strawberry.type(description="A decision was recorded; it never changes.")
class DecisionRecorded:
    """Fact of `recordDecision`."""

    subject_id: strawberry.Private[str]
    decision: Decision | None = fact("The decision.", "Decision")


@strawberry.type
class BodyMutations:
    """Acts on bodies, sittings and decisions."""

    join_body = act_field(
        policy.join_body,
        "Let the own party take part in a group from today on.",
        JoinBodyInput,
        BodyJoined,
        lambda input: partial(joining.join_body, body_id=input.body_id),
    )
    leave_body = act_field(
        policy.leave_body,
        "End the own party's part in a group today; the membership stays on record.",
        LeaveBodyInput,
        BodyLeft,
        lambda input: partial(joining.leave_body, body_id=input.body_id),
    )
    appoint_function = act_field(
        policy.appoint_function,
        "Record that a party holds a function in a body.",
        AppointFunctionInput,
        FunctionAppointed,
        lambda input: partial(
            functions.appoint_function,
            body_id=input.body_id,
            party_id=input.party_id,
            delegate_id=input.delegate_id,
            kind=input.kind,
            starts_on=input.starts_on,
            ends_on=input.ends_on,
        ),
    )
    end_function = act_field(
        policy.end_function,
        "End a function in a body, at once or after a day.",
        EndFunctionInput,
        FunctionEnded,
        lambda input: partial(
            functions.end_function,
            function_id=input.function_id,
            ends_on=input.ends_on,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    record_sitting = act_field(
        policy.record_sitting,
        "Record a meeting of a body, past or to come.",
        RecordSittingInput,
        SittingRecorded,
        lambda input: partial(
            recording.record_sitting,
            body_id=input.body_id,
            first_number=input.first_number,
            second_number=input.second_number,
            starts_on=input.starts_on,
            ends_on=input.ends_on,
            place=input.place,
        ),
    )
    record_decision = act_field(
        policy.record_decision,
        "Record what a body decided on a subject other than a proposal. It never changes.",
        RecordDecisionInput,
        DecisionRecorded,
        lambda input: partial(
            recording.record_decision,
            sitting_id=input.sitting_id,
            subject_id=input.subject_id,
            content=input.content.content(),
            sees=sees,
        ),
    )
