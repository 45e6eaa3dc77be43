"""Inputs of the acts on amendment proposals that take more than plain values."""

from typing import Any

import strawberry

from server.domain.proposals.rules import AmendmentContent, ProposalContent
from server.schema.acts import key_field, version_field
from server.schema.bodies.acts import DecisionContentInput
from server.vocabulary.proposals import AmendmentKind

PROPOSAL_ID = "The proposal."


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

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "cycle_id": self.cycle_id,
            "text_version_id": self.text_version_id,
            "content": self.content.content(),
        }


@strawberry.input(description="New words for a draft.")
class ReviseProposalInput:
    """Input of `reviseProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description=PROPOSAL_ID)
    content: ProposalContentInput = strawberry.field(description="What it says.")
    expected_version: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "proposal_id": self.proposal_id,
            "content": self.content.content(),
            "expected_version": self.expected_version,
        }


@strawberry.input(description="What a body decided on a proposal.")
class DecideProposalInput:
    """Input of `decideProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description=PROPOSAL_ID)
    sitting_id: strawberry.ID = strawberry.field(description="The sitting of the body whose turn it is.")
    content: DecisionContentInput = strawberry.field(description="What was decided.")
    expected_version: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "proposal_id": self.proposal_id,
            "sitting_id": self.sitting_id,
            "content": self.content.content(),
            "expected_version": self.expected_version,
        }
