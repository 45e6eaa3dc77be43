"""Acts on review cycles and amendment proposals."""

import strawberry

from server.domain.proposals import policy
from server.domain.proposals.actions import (
    deciding,
    deferring,
    drafting,
    handling,
    joining,
    mechanisms,
    restating,
    returning,
    taking_over,
)
from server.schema.mutations import act_field
from server.schema.proposals.inputs import (
    DecideProposalInput,
    DraftProposalInput,
    RecordMechanismInput,
    RestateAmendmentInput,
    ReviseProposalInput,
)
from server.schema.proposals.mechanism import Mechanism
from server.schema.proposals.returning import ReturnedFact, ReturnProposalInput
from server.schema.proposals.types import Proposal, ReviewCycle
from server.schema.reads.roots import fact


@strawberry.type
class CycleFact:
    """What every fact about a review cycle shows."""

    subject_id: strawberry.Private[str]
    cycle: ReviewCycle = fact("The review cycle.")


@strawberry.type
class ProposalFact:
    """What every fact about a proposal shows."""

    subject_id: strawberry.Private[str]
    proposal: Proposal = fact("The proposal as it stands now.")


@strawberry.type
class MechanismFact:
    """What every fact about a version of the mechanism shows."""

    subject_id: strawberry.Private[str]
    mechanism: Mechanism = fact("The version of the mechanism.")


@strawberry.type
class ProposalMutations:
    """Acts on review cycles and amendment proposals."""

    record_mechanism = act_field(
        policy.record_mechanism,
        mechanisms.record_mechanism,
        "Record a version of the mechanism, which ends the one before; `previewMechanism` tries it first.",
        input_type=RecordMechanismInput,
        outcome="A version of the mechanism was recorded.",
        answer=MechanismFact,
    )
    open_cycle = act_field(
        policy.open_cycle,
        handling.open_cycle,
        "Open a review under the mechanism in force on its first day.",
        about="A review cycle to open.",
        mechanism_id="Id of the version of the mechanism in force on the first day.",
        kind="Kind of the review, one of the `cycleKinds` of the mechanism.",
        title="Title, 1 to 300 characters.",
        opens_on="First day on which proposals are taken.",
        closes_on="Last day on which proposals are taken; without it no end is set.",
        outcome="A review was opened.",
        answer=CycleFact,
    )
    draft_proposal = act_field(
        policy.draft_proposal,
        drafting.draft_proposal,
        "Write a proposal that the own party and the named co-sponsors see.",
        input_type=DraftProposalInput,
        outcome="A draft was written.",
        answer=ProposalFact,
    )
    revise_proposal = act_field(
        policy.revise_proposal,
        drafting.revise_proposal,
        (
            "(first part) Rewrite a draft. The amendments in the input replace all earlier ones, "
            "and co-sponsors have to confirm again."
        ),
        input_type=ReviseProposalInput,
        outcome="A draft was rewritten; co-sponsors have to confirm again.",
        answer=ProposalFact,
    )
    confirm_co_sponsorship = act_field(
        policy.confirm_co_sponsorship,
        joining.confirm_co_sponsorship,
        "Join a draft in the name of the own party, in the words as they stand.",
        about="A co-sponsorship to confirm.",
        co_sponsor_id="Id of the co-sponsorship (`CoSponsor`) of the own party.",
        expected_revision="The `revision` of the proposal as the caller read it: these words are joined.",
        outcome="A party joined a proposal.",
        answer=ProposalFact,
    )
    decline_co_sponsorship = act_field(
        policy.decline_co_sponsorship,
        joining.decline_co_sponsorship,
        "Decline to join a draft of another party.",
        about="A co-sponsorship to decline.",
        co_sponsor_id="Id of the co-sponsorship (`CoSponsor`) of the own party.",
        reason="Why, for the proponent; may be empty.",
        outcome="A party declined to join a proposal.",
        answer=ProposalFact,
        unlocked="a party answers for itself, whatever the words",
    )
    submit_proposal = act_field(
        policy.submit_proposal,
        drafting.submit_proposal,
        "File a draft, or what was returned and mended, in the name of the own party. Its words stay from then on.",
        about="A draft to submit.",
        proposal_id="Id of the draft.",
        can_leave_out="Whether co-sponsors that have not confirmed are left out; otherwise it waits for them.",
        outcome="A proposal was filed.",
        answer=ProposalFact,
    )
    withdraw_proposal = act_field(
        policy.withdraw_proposal,
        drafting.withdraw_proposal,
        "Take a proposal back before the bodies decide. Its words stay on record, and of what was filed each confirmed "
        "co-sponsor can take it over until `takeOverClosesAt`.",
        about="A proposal to withdraw.",
        proposal_id="Id of the proposal.",
        outcome="A proposal was taken back.",
        answer=ProposalFact,
    )
    take_over_proposal = act_field(
        policy.take_over_proposal,
        taking_over.take_over_proposal,
        "Become the proponent of a withdrawn proposal that the own party co-sponsors. It stands where it stood before.",
        about="A withdrawn proposal to take over.",
        co_sponsor_id="Id of the co-sponsorship (`CoSponsor`) of the own party.",
        expected_revision="The `revision` of the proposal as the caller read it.",
        outcome="A co-sponsor took a withdrawn proposal over, and is its proponent.",
        answer=ProposalFact,
    )
    register_proposal = act_field(
        policy.register_proposal,
        handling.register_proposal,
        "Enter a submitted proposal in the register, which opens it to every delegate.",
        about="A submitted proposal to register.",
        proposal_id="Id of the proposal.",
        outcome="A proposal was registered; every delegate sees it.",
        answer=ProposalFact,
    )
    return_proposal = act_field(
        policy.return_proposal,
        returning.return_proposal,
        "Give a submitted proposal back for formal defects. Its party mends it and submits it again under the same id.",
        input_type=ReturnProposalInput,
        outcome="A proposal was returned for formal defects; its party mends it.",
        answer=ReturnedFact,
    )
    assign_proposal = act_field(
        policy.assign_proposal,
        handling.assign_proposal,
        "Give a proposal to a group that considers it.",
        about="A proposal to give to a group.",
        proposal_id="Id of the proposal.",
        body_id="Id of the group that is to consider it.",
        outcome="A proposal was given to a group.",
        answer=ProposalFact,
    )
    defer_proposal = act_field(
        policy.defer_proposal,
        deferring.defer_proposal,
        "Put a registered proposal off until a sitting begins, the next review opens or another proposal is decided. "
        "Then it is where it was, without a further act.",
        about="A proposal to put off.",
        proposal_id="Id of the proposal.",
        until="What it waits for.",
        sitting_id="Id of the sitting that has to begin; for SITTING only.",
        awaited_id="Id of the registered proposal that has to be decided; for PROPOSAL only.",
        reason="Why, 1 to 2,000 characters. Every delegate reads it.",
        outcome="A proposal was put off until something comes.",
        answer=ProposalFact,
    )
    resume_proposal = act_field(
        policy.resume_proposal,
        deferring.resume_proposal,
        "Take up again what was put off, before what it waits for comes.",
        about="A proposal to take up again.",
        proposal_id="Id of the proposal.",
        reason="Why, 1 to 2,000 characters. Every delegate reads it.",
        outcome="A proposal was taken up again.",
        answer=ProposalFact,
    )
    restate_amendment = act_field(
        policy.restate_amendment,
        restating.restate_amendment,
        "Say what a stale amendment of the own party asks for in the version to which it was carried, or drop it.",
        input_type=RestateAmendmentInput,
        outcome="An amendment was restated or dropped. The group has to form its view anew.",
        answer=ProposalFact,
    )
    record_view = act_field(
        policy.record_view,
        handling.record_view,
        "Record what the group makes of one amendment, or correct it.",
        about="A view of a group to record.",
        amendment_id="Id of the amendment.",
        view="Whether the group agrees.",
        reason="Reason for the view; may be empty for AGREED only.",
        expected_revision="The `revision` of the proposal as you read it.",
        outcome="A view on an amendment was recorded.",
        answer=ProposalFact,
    )
    conclude_consideration = act_field(
        policy.conclude_consideration,
        handling.conclude_consideration,
        "(first part) Conclude the consideration of a proposal; the views on its amendments decide its status.",
        about="A proposal to conclude the consideration of.",
        proposal_id="Id of the proposal.",
        outcome="A group concluded its consideration.",
        answer=ProposalFact,
    )
    decide_proposal = act_field(
        policy.decide_proposal,
        deciding.decide_proposal,
        "(first part) Record the decision of the body that decides next, and move the proposal as the outcome says.",
        input_type=DecideProposalInput,
        outcome="A body's decision was recorded and moved the proposal.",
        answer=ProposalFact,
    )
