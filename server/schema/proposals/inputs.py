"""Inputs of the acts on review cycles and amendment proposals."""

from datetime import date

import strawberry

from server.domain.proposals.rules import AmendmentContent, ProposalContent
from server.schema.acts import key_field, version_field
from server.schema.bodies.acts import DecisionContentInput
from server.vocabulary.proposals import AmendmentKind, CycleKind, GroupView

PROPOSAL_ID = "The proposal."


@strawberry.input(description="A review under a version of the mechanism.")
class OpenCycleInput:
    """Input of `openCycle`."""

    idempotency_key: str = key_field()
    mechanism_id: strawberry.ID = strawberry.field(description="Version of the mechanism in force on the first day.")
    kind: CycleKind = strawberry.field(description="The kind of review; the mechanism has to know it.")
    title: str = strawberry.field(description="Title.")
    opens_on: date = strawberry.field(description="First day on which proposals are taken.")
    closes_on: date | None = strawberry.field(default=None, description="Last day; open-ended, if left out.")


@strawberry.input(description="One change that a proposal asks for.")
class AmendmentInput:
    """Part of `ProposalContentInput`."""

    kind: AmendmentKind = strawberry.field(description="What it does.")
    provision_key: strawberry.ID | None = strawberry.field(
        default=None,
        description="Permanent key of the provision; for ADD of the one after which the new provision stands, the "
        "beginning of the text if left out.",
    )
    after_key: strawberry.ID | None = strawberry.field(
        default=None, description="For MOVE: permanent key of the provision after which it shall stand."
    )
    wording: str | None = strawberry.field(default=None, description="For ADD and MODIFY: the full new words.")


@strawberry.input(description="What a proposal says, and who joins it.")
class ProposalContentInput:
    """Part of the inputs that write proposals."""

    title: str = strawberry.field(description="Title.")
    rationale: str = strawberry.field(description="Why the text should change.")
    amendments: list[AmendmentInput] = strawberry.field(description="The changes, each decided separately.")
    co_sponsor_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Parties that join; each confirms through its own focal point."
    )

    def content(self) -> ProposalContent:
        """The content as the action takes it."""
        amendments = tuple(
            AmendmentContent(each.kind, each.provision_key, each.after_key, each.wording) for each in self.amendments
        )
        return ProposalContent(self.title, self.rationale, amendments, tuple(self.co_sponsor_ids))


@strawberry.input(description="A proposal to be written.")
class DraftProposalInput:
    """Input of `draftProposal`."""

    idempotency_key: str = key_field()
    cycle_id: strawberry.ID = strawberry.field(description="The review it is made in.")
    text_version_id: strawberry.ID = strawberry.field(description="The issued version it amends.")
    content: ProposalContentInput = strawberry.field(description="What it says.")


@strawberry.input(description="New words for a draft.")
class ReviseProposalInput:
    """Input of `reviseProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description=PROPOSAL_ID)
    content: ProposalContentInput = strawberry.field(description="What it says.")
    expected_version: int = version_field()


@strawberry.input(description="A co-sponsorship to be confirmed.")
class ConfirmCoSponsorshipInput:
    """Input of `confirmCoSponsorship`."""

    idempotency_key: str = key_field()
    co_sponsor_id: strawberry.ID = strawberry.field(description="The co-sponsorship of the own party.")
    expected_version: int = strawberry.field(description="The `version` of the proposal whose words are joined.")


@strawberry.input(description="A draft to be filed in the party's name.")
class SubmitProposalInput:
    """Input of `submitProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description=PROPOSAL_ID)
    expected_version: int = version_field()


@strawberry.input(description="A proposal to be taken back.")
class WithdrawProposalInput(SubmitProposalInput):
    """Input of `withdrawProposal`."""


@strawberry.input(description="A submitted proposal to be registered.")
class RegisterProposalInput(SubmitProposalInput):
    """Input of `registerProposal`."""


@strawberry.input(description="A group for a proposal.")
class AssignProposalInput:
    """Input of `assignProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description=PROPOSAL_ID)
    body_id: strawberry.ID = strawberry.field(description="The group that considers it.")
    expected_version: int = version_field()


@strawberry.input(description="What a group makes of an amendment.")
class RecordViewInput:
    """Input of `recordView`."""

    idempotency_key: str = key_field()
    amendment_id: strawberry.ID = strawberry.field(description="The amendment.")
    view: GroupView = strawberry.field(description="The view.")
    reason: str = strawberry.field(default="", description="The reason; required unless the group agrees.")
    expected_version: int = strawberry.field(description="The `version` of the proposal as you read it.")


@strawberry.input(description="A proposal on which the group has formed its views.")
class ConcludeConsiderationInput(SubmitProposalInput):
    """Input of `concludeConsideration`."""


@strawberry.input(description="What a body decided on a proposal.")
class DecideProposalInput:
    """Input of `decideProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description=PROPOSAL_ID)
    sitting_id: strawberry.ID = strawberry.field(description="The sitting of the body whose turn it is.")
    content: DecisionContentInput = strawberry.field(description="What was decided.")
    expected_version: int = version_field()
