"""Acts on review cycles and amendment proposals: facts and mutations."""

from collections.abc import Callable
from functools import partial
from typing import Any

import strawberry

from server.domain.proposals import policy
from server.domain.proposals.actions import deciding, drafting, handling
from server.schema.acts import Performing, act_field
from server.schema.proposals.inputs import (
    AssignProposalInput,
    ConcludeConsiderationInput,
    ConfirmCoSponsorshipInput,
    DecideProposalInput,
    DraftProposalInput,
    OpenCycleInput,
    RecordViewInput,
    RegisterProposalInput,
    ReviseProposalInput,
    SubmitProposalInput,
    WithdrawProposalInput,
)
from server.schema.proposals.types import AmendmentProposal, ReviewCycle
from server.schema.reads.roots import fact


@strawberry.type(description="A review was opened.")
class CycleOpened:
    """Fact of `openCycle`."""

    subject_id: strawberry.Private[str]
    cycle: ReviewCycle | None = fact("The review cycle.", "ReviewCycle")


@strawberry.type
class _ProposalFact:
    subject_id: strawberry.Private[str]
    proposal: AmendmentProposal | None = fact("The proposal as it stands now.", "AmendmentProposal")


@strawberry.type(description="A draft was written.")
class ProposalDrafted(_ProposalFact):
    """Fact of `draftProposal`."""


@strawberry.type(description="A draft was rewritten; co-sponsors confirm anew.")
class ProposalRevised(_ProposalFact):
    """Fact of `reviseProposal`."""


@strawberry.type(description="A party joined a proposal.")
class CoSponsorshipConfirmed(_ProposalFact):
    """Fact of `confirmCoSponsorship`."""


@strawberry.type(description="A proposal was filed.")
class ProposalSubmitted(_ProposalFact):
    """Fact of `submitProposal`."""


@strawberry.type(description="A proposal was taken back.")
class ProposalWithdrawn(_ProposalFact):
    """Fact of `withdrawProposal`."""


@strawberry.type(description="A proposal was registered; every delegate sees it.")
class ProposalRegistered(_ProposalFact):
    """Fact of `registerProposal`."""


@strawberry.type(description="A proposal was given to a group.")
class ProposalAssigned(_ProposalFact):
    """Fact of `assignProposal`."""


@strawberry.type(description="A view on an amendment was recorded.")
class ViewRecorded(_ProposalFact):
    """Fact of `recordView`."""


@strawberry.type(description="A group concluded its consideration.")
class ConsiderationConcluded(_ProposalFact):
    """Fact of `concludeConsideration`."""


@strawberry.type(description="A body's decision was recorded and moved the proposal.")
class ProposalDecided(_ProposalFact):
    """Fact of `decideProposal`."""


def _plain(action: Any) -> Callable[[SubmitProposalInput], Performing]:
    def performing(input: SubmitProposalInput) -> Performing:
        return partial(action, proposal_id=input.proposal_id, expected_version=input.expected_version)

    return performing


@strawberry.type
class ProposalMutations:
    """Acts on review cycles and amendment proposals."""

    open_cycle = act_field(
        policy.open_cycle,
        "Open a review under the mechanism in force on its first day.",
        OpenCycleInput,
        CycleOpened,
        lambda input: partial(
            handling.open_cycle,
            mechanism_id=input.mechanism_id,
            kind=input.kind,
            title=input.title,
            opens_on=input.opens_on,
            closes_on=input.closes_on,
        ),
    )
    draft_proposal = act_field(
        policy.draft_proposal,
        "Write a proposal that the own party and the named co-sponsors see.",
        DraftProposalInput,
        ProposalDrafted,
        lambda input: partial(
            drafting.draft_proposal,
            cycle_id=input.cycle_id,
            version_id=input.text_version_id,
            content=input.content.content(),
        ),
    )
    revise_proposal = act_field(
        policy.revise_proposal,
        "Rewrite a draft. The amendments given take the place of all before; co-sponsors confirm anew.",
        ReviseProposalInput,
        ProposalRevised,
        lambda input: partial(
            drafting.revise_proposal,
            proposal_id=input.proposal_id,
            content=input.content.content(),
            expected_version=input.expected_version,
        ),
    )
    confirm_co_sponsorship = act_field(
        policy.confirm_co_sponsorship,
        "Join a draft in the name of the own party, in the words as they stand.",
        ConfirmCoSponsorshipInput,
        CoSponsorshipConfirmed,
        lambda input: partial(
            drafting.confirm_co_sponsorship,
            co_sponsor_id=input.co_sponsor_id,
            expected_version=input.expected_version,
        ),
    )
    submit_proposal = act_field(
        policy.submit_proposal,
        "File a draft in the name of the own party. Its words never change again.",
        SubmitProposalInput,
        ProposalSubmitted,
        _plain(drafting.submit_proposal),
    )
    withdraw_proposal = act_field(
        policy.withdraw_proposal,
        "Take a proposal back before the bodies decide. Its words stay on record.",
        WithdrawProposalInput,
        ProposalWithdrawn,
        _plain(drafting.withdraw_proposal),
    )
    register_proposal = act_field(
        policy.register_proposal,
        "Enter a submitted proposal in the register, which opens it to every delegate.",
        RegisterProposalInput,
        ProposalRegistered,
        _plain(handling.register_proposal),
    )
    assign_proposal = act_field(
        policy.assign_proposal,
        "Give a proposal to a group that considers it.",
        AssignProposalInput,
        ProposalAssigned,
        lambda input: partial(
            handling.assign_proposal,
            proposal_id=input.proposal_id,
            body_id=input.body_id,
            expected_version=input.expected_version,
        ),
    )
    record_view = act_field(
        policy.record_view,
        "Record what the group makes of one amendment, or correct it.",
        RecordViewInput,
        ViewRecorded,
        lambda input: partial(
            handling.record_view,
            amendment_id=input.amendment_id,
            view=input.view,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    conclude_consideration = act_field(
        policy.conclude_consideration,
        "Close the group's consideration; the views say where the proposal goes.",
        ConcludeConsiderationInput,
        ConsiderationConcluded,
        _plain(handling.conclude_consideration),
    )
    decide_proposal = act_field(
        policy.decide_proposal,
        "Record the decision of the body whose turn it is, and move the proposal as it says.",
        DecideProposalInput,
        ProposalDecided,
        lambda input: partial(
            deciding.decide_proposal,
            proposal_id=input.proposal_id,
            sitting_id=input.sitting_id,
            content=input.content.content(),
            expected_version=input.expected_version,
        ),
    )
