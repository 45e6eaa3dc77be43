"""Bind the mechanism, review cycles, proposals with their amendments, and the views on them."""

from typing import Any

from server.journal.bindings.kinds import Binding, Computed, Parts, column_terms, part_of
from server.journal.chain import sha256_of
from server.journal.digests import content_of_proposal
from server.models.deferring import ProposalDeferral
from server.models.neighbours import NeighbourInvitation
from server.models.proposals import (
    Amendment,
    AmendmentProposal,
    AmendmentView,
    CarriedAmendment,
    CoSponsor,
    Mechanism,
    ProposalWork,
    ReviewCycle,
)
from server.models.returning import ReturnedFiling
from server.models.taking_over import ProposalTakeOver
from server.vocabulary.proposals import ProposalStatus


def _digest_of(row: Any, parts: Parts) -> str:
    amendments = sorted(parts["amendments"], key=lambda each: each.position)
    return sha256_of(content_of_proposal(row, amendments, [each.party_id for each in parts["co_sponsors"]]))


BINDINGS = (
    Binding(Mechanism, ("mechanism.recorded",), ("mechanism.recorded",), is_register=True),
    Binding(ReviewCycle, ("cycle.opened",), terms=column_terms("cycle.opened", kind="kind", opens_on="opens_on")),
    Binding(
        AmendmentProposal,
        ("proposal.submitted",),
        is_filed=lambda row: row["submitted_at"] is not None,
        parts=(part_of(Amendment, "proposal_id"), part_of(CoSponsor, "proposal_id")),
        terms=column_terms("proposal.submitted", content_digest="content_digest"),
        computed=(Computed("content_digest", _digest_of),),
        released_by=("proposal.returned",),
    ),
    Binding(
        ReturnedFiling,
        ("proposal.returned",),
        subject="proposal_id",
        names={"filing": "id"},
        terms=column_terms("proposal.returned", content_digest="content_digest", number="number", defects="defects"),
        computed=(Computed("content_digest", lambda row, _: sha256_of(row.content)),),
    ),
    Binding(
        ProposalDeferral,
        ("proposal.deferred",),
        ("proposal.resumed",),
        subject="proposal_id",
        names={"deferral": "id"},
        terms=column_terms(
            "proposal.deferred", kind="kind", sitting="sitting_id", awaited="awaited_id", reason="reason"
        ),
    ),
    Binding(
        ProposalWork,
        ("proposal.submitted", "proposal.withdrawn"),
        (
            *("proposal.registered", "proposal.assigned", "proposal.decided", "consideration.concluded"),
            *("proposal.returned", "proposal.deferred", "proposal.resumed", "proposal.taken_over"),
            *("edition.published", "version.issued", "items.transferred"),
        ),
        subject="proposal_id",
        is_filed=lambda row: row["status"] != ProposalStatus.DRAFT,
        terms=column_terms("proposal.registered", number="number"),
    ),
    Binding(
        ProposalTakeOver,
        ("proposal.withdrawn",),
        ("proposal.taken_over",),
        subject="proposal_id",
        names={"take_over": "id"},
    ),
    Binding(AmendmentView, ("view.recorded",), ("amendment.restated",), subject=""),
    Binding(
        NeighbourInvitation,
        ("neighbour.invited",),
        ("neighbour_invitation.accepted", "neighbour_invitation.declined"),
        terms=column_terms(
            "neighbour.invited",
            proposal="proposal_id",
            neighbour="neighbour_id",
            party="neighbour_party_id",
            kind="kind",
            message="message",
        ),
    ),
    Binding(CarriedAmendment, ("version.issued",), ("amendment.restated",), subject="text_version_id"),
)
