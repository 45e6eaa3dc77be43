"""What the Secretariat returned for formal defects: what it looks like, and the input of the act."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from server.domain.proposals import queries
from server.domain.proposals.rules import returning as rules
from server.domain.proposals.rules.returning import ReturnedFacts
from server.models import returning as tables
from server.schema.acts import key_field, version_field
from server.schema.lists.proposals import RETURNED_FILING_ORDERS, ReturnedFilingFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, computed, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import fact, many
from server.schema.scalars import Digest
from server.schema.vocabulary import vocabulary
from server.vocabulary.proposals import FormalDefectKind, ProposalStatus

if TYPE_CHECKING:
    from server.schema.proposals.types import Proposal

vocabulary(FormalDefectKind)


@strawberry.type(description="One formal defect for which a proposal was returned.")
class FormalDefect:
    """The GraphQL form of `server.domain.proposals.rules.returning.FormalDefect`."""

    kind: FormalDefectKind = strawberry.field(description="What is wrong with it.")
    reason: str = strawberry.field(description="What has to be mended, in words.")
    position: int | None = strawberry.field(
        description="Place of the amendment in the proposal as it was filed, from 1; null for the proposal as a whole."
    )


@noun(tables.ReturnedFiling, queries.visible_returned_filings)
class ReturnedFiling(Node):
    """What a party had filed when the Secretariat gave its proposal back, with the formal defects. It never changes.

    The Secretariat, the proponent and the parties named as co-sponsors see it. While the proposal is mended, it is all
    that the Secretariat sees of it.
    """

    proposal: Annotated["Proposal", strawberry.lazy("server.schema.proposals.types")] | None = to_one(
        "The proposal, which is mended and submitted again under the same id; null for the Secretariat until it is "
        "submitted again."
    )
    party: Party = to_one("The proponent, which had filed it.", "proposal.party", implied=True)
    title: str = computed("Title as it was filed.", lambda _, facts, __: rules.read_title(facts), rules.FiledFacts)
    is_being_mended: bool = computed(
        "Whether its party mends the proposal now; false once it is submitted again or withdrawn.",
        lambda _, facts, __: facts.status == ProposalStatus.RETURNED,
        rules.MendingFacts,
    )
    number: int = column("Counts the returns of the proposal from 1.")
    defects: list[FormalDefect] = computed(
        "The formal defects, in the order in which they were named.",
        lambda _, facts, __: rules.read_defects(facts),
        ReturnedFacts,
    )
    content: str = column("Canonical JSON of what was filed, of which the digest is taken.")
    content_digest: Digest = column("SHA-256 of what was filed.")
    filed_at: datetime = column("Instant of that submission.")
    filed_by: Delegate | None = to_one("The delegate who submitted it.", implied=True)
    returned_at: datetime = column("Instant at which it was returned.")
    returned_by: Delegate = to_one("The delegate of the Secretariat who returned it.", implied=True)


@strawberry.type
class ReturnedFact:
    """What the fact about a proposal that was returned shows."""

    subject_id: strawberry.Private[str]
    filing: ReturnedFiling = fact(
        "What was filed, with the defects. The proposal itself is its party's own again.",
        leads_to=queries.last_filing_of,
    )


@strawberry.type
class ReturnedQueries:
    """Root fields about what was returned for formal defects."""

    returned_filings: Connection[ReturnedFiling] = many(
        "What was filed and returned for formal defects, the latest first.",
        order=RETURNED_FILING_ORDERS,
        filter_type=ReturnedFilingFilter,
    )


@strawberry.input(description="One formal defect of a proposal.")
class FormalDefectInput:
    """Part of `ReturnProposalInput`."""

    kind: FormalDefectKind = strawberry.field(description="What is wrong.")
    reason: str = strawberry.field(description="What has to be mended, 1 to 2,000 characters.")
    position: int | None = strawberry.field(
        default=None, description="Place of the amendment in the proposal, from 1; null for the proposal as a whole."
    )


@strawberry.input(description="A submitted proposal to return for formal defects.")
class ReturnProposalInput:
    """Input of `returnProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description="Id of the proposal.")
    defects: list[FormalDefectInput] = strawberry.field(description="Its formal defects, 1 to 100.")
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "proposal_id": self.proposal_id,
            "defects": [rules.FormalDefect(each.kind, each.reason, each.position) for each in self.defects],
            "expected_revision": self.expected_revision,
        }
