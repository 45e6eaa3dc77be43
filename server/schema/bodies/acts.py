"""Acts on bodies, sittings and decisions."""

from typing import Any

import strawberry

from server.domain.bodies import policy
from server.domain.bodies.actions import establishing, functions, joining, recording
from server.domain.bodies.rules import DecisionContent
from server.schema.acts import key_field
from server.schema.bodies.meetings import Decision, Sitting
from server.schema.bodies.types import BodyFunction, Membership, WorkingBody
from server.schema.mutations import act_field
from server.schema.reads.offers import sees
from server.schema.reads.roots import fact
from server.vocabulary.bodies import Outcome

WHY = "Why, in words; it goes into the journal."
BODY_ID = "Id of the body."
GROUP_ID = "Id of a working group or an intersessional group."


@strawberry.input(description="A decision as it stands in the report of the sitting.")
class DecisionWords:
    """Part of the inputs that record decisions."""

    verb: str = strawberry.field(description="The verb as printed, such as 'endorsed'.")
    outcome: Outcome = strawberry.field(description="What the decision means. Refused if it contradicts the verb.")
    text: str = strawberry.field(description="The decision in words, at most 20,000 characters.")
    agenda_item: str = strawberry.field(default="", description="Agenda item as printed; may be empty.")
    is_as_appropriate: bool = strawberry.field(
        default=False, description="Whether the report adds 'as appropriate' to the verb, which weakens it."
    )
    paragraph: str = strawberry.field(
        default="", description="Reference by which later texts cite it, such as 'PC0618b, para 12'; may be empty."
    )

    def content(self) -> DecisionContent:
        """Return the content as the action takes it."""
        return DecisionContent(
            verb=self.verb,
            outcome=self.outcome,
            text=self.text,
            agenda_item=self.agenda_item,
            is_as_appropriate=self.is_as_appropriate,
            paragraph=self.paragraph,
        )


@strawberry.input(description="What a body decided on a subject.")
class RecordDecisionInput(DecisionWords):
    """Input of `recordDecision`."""

    idempotency_key: str = key_field()
    sitting_id: strawberry.ID = strawberry.field(description="Id of the sitting at which it was decided.")
    subject_id: strawberry.ID = strawberry.field(
        description=(
            "Id of the object that was decided on. It may be anything but a proposal; `decideProposal` is for those."
        )
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"sitting_id": self.sitting_id, "subject_id": self.subject_id, "content": self.content()}


@strawberry.type
class MembershipFact:
    """What every fact about a membership shows."""

    subject_id: strawberry.Private[str]
    membership: Membership = fact("The membership as it stands now.")


@strawberry.type
class FunctionFact:
    """What every fact about a function shows."""

    subject_id: strawberry.Private[str]
    function: BodyFunction = fact("The function as it stands now.")


@strawberry.type
class BodyFact:
    """What every fact about a body shows."""

    subject_id: strawberry.Private[str]
    body: WorkingBody = fact("The body as it stands now.")


@strawberry.type
class SittingFact:
    """What every fact about a sitting shows."""

    subject_id: strawberry.Private[str]
    sitting: Sitting = fact("The sitting as it stands now.")


@strawberry.type
class DecisionFact:
    """What every fact about a decision shows."""

    subject_id: strawberry.Private[str]
    decision: Decision = fact("The decision.")


@strawberry.type
class BodyMutations:
    """Acts on bodies, sittings and decisions."""

    establish_body = act_field(
        policy.establish_body,
        establishing.establish_body,
        "Enter a body below the one that set it up; a group comes with its mandate.",
        about="A body to enter, with its mandate if it is a group.",
        kind="What sort of body it is.",
        name="Full name, at most 200 characters.",
        short_name="Short name, unique among bodies, at most 40 characters.",
        parent_id="Id of the body above it; only the Council has none.",
        number="Number of a group among the groups of its parent, from 1; without it, none.",
        terms="Terms of reference of a group in short; without them for a standing body.",
        starts_on="First day of the mandate of a group; without it for a standing body.",
        ends_on="Last day of the mandate; without it no end is set.",
        outcome="A body was entered.",
        answer=BodyFact,
    )
    correct_body = act_field(
        policy.correct_body,
        establishing.correct_body,
        "Correct the names of a body, or the body that it reports to, with a reason.",
        about="Corrections of a body. A field that is left out stays as it is.",
        body_id=BODY_ID,
        name="Full name, at most 200 characters.",
        short_name="Short name, unique among bodies, at most 40 characters.",
        parent_id="Id of the body that it reports to.",
        reason=WHY,
        outcome="A body was corrected.",
        answer=BodyFact,
    )
    extend_mandate = act_field(
        policy.extend_mandate,
        establishing.extend_mandate,
        "Give a group a further mandate after the one before, which stays on record.",
        about="A further mandate of a group.",
        body_id=GROUP_ID,
        terms="Terms of reference in short.",
        starts_on="First day, after the last day of the mandate before.",
        ends_on="Last day; without it no end is set.",
        reason=WHY,
        outcome="A group was given a further mandate; those before stay on record.",
        answer=BodyFact,
    )
    conclude_body = act_field(
        policy.conclude_body,
        establishing.conclude_body,
        "End a group because its work is done; the functions in it end with it.",
        about="A group to end.",
        body_id=GROUP_ID,
        concluded_on="Last day of the group, today (UTC) or earlier.",
        successor_id="Id of the body that carries its work on; without it, none is named now.",
        reason=WHY,
        outcome="A group was ended; it stays on record with its mandates.",
        answer=BodyFact,
    )
    name_successor = act_field(
        policy.name_successor,
        establishing.name_successor,
        "Name the body that carries on the work of another one, with a reason.",
        about="The successor of a body.",
        body_id=BODY_ID,
        successor_id="Id of the body that carries its work on.",
        reason=WHY,
        outcome="The successor of a body was named.",
        answer=BodyFact,
    )
    join_body = act_field(
        policy.join_body,
        joining.join_body,
        "Let the own party take part in a group from today on.",
        about="A group for the own party to join.",
        body_id=GROUP_ID,
        outcome="A party takes part in a group.",
        answer=MembershipFact,
        unlocked="taking part never conflicts, and a party joins once",
    )
    leave_body = act_field(
        policy.leave_body,
        joining.leave_body,
        "End the own party's part in a group today; the membership stays on record.",
        about="A group for the own party to leave.",
        body_id=GROUP_ID,
        outcome="A party no longer takes part in a group; the membership stays on record.",
        answer=MembershipFact,
        unlocked="only the party itself ends its part, and a part ends once",
    )
    appoint_function = act_field(
        policy.appoint_function,
        functions.appoint_function,
        "Record that a party holds a function in a body.",
        about="A function for a party to hold in a body.",
        body_id="Id of the body.",
        party_id="Id of the party that holds it, of any capacity.",
        delegate_id="Id of the delegate who holds it for the party; without it every delegate of the party does.",
        kind="Which function it is.",
        starts_on="First day of the function.",
        ends_on="Last day of the function; without it no end is set.",
        outcome="A party holds a function in a body.",
        answer=FunctionFact,
    )
    end_function = act_field(
        policy.end_function,
        functions.end_function,
        "End a function in a body, at once or after a day.",
        about="A function to end.",
        function_id="Id of the function.",
        ends_on="Last day of the function; without it the function ends at once.",
        reason="Why, in words; it goes into the journal.",
        outcome="A function was ended, or was given its last day; it stays on record.",
        answer=FunctionFact,
    )
    record_sitting = act_field(
        policy.record_sitting,
        recording.record_sitting,
        "Record a meeting of a body, past or announced elsewhere; `callSitting` calls one here.",
        about="A meeting of a body.",
        body_id="Id of the body that meets.",
        first_number="Session number, or the first of a pair.",
        second_number="Second session number of a pair, the one after the first, such as 236 after 235.",
        starts_on="First day of the sitting.",
        ends_on="Last day of the sitting.",
        place="City or building of the sitting.",
        outcome="A sitting was recorded.",
        answer=SittingFact,
    )
    record_decision = act_field(
        policy.record_decision,
        recording.record_decision,
        "Record what a body decided on a subject other than a proposal. It never changes.",
        input_type=RecordDecisionInput,
        given={"sees": lambda _: sees},
        outcome="A decision was recorded; it never changes.",
        answer=DecisionFact,
    )
