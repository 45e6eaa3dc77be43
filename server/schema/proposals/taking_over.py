"""Withdrawn proposals that co-sponsors can take over, and did: what they look like."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.proposals import queries
from server.domain.proposals.rules import taking_over as rules
from server.domain.proposals.rules.taking_over import TakeOverFacts
from server.models import taking_over as tables
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, computed, noun, to_one
from server.schema.vocabulary import vocabulary
from server.vocabulary.proposals import ProposalStatus, TakeOverPhase

if TYPE_CHECKING:
    from server.schema.proposals.types import Proposal

vocabulary(ProposalStatus)
vocabulary(TakeOverPhase)


@noun(tables.ProposalTakeOver, queries.visible_take_overs)
class ProposalTakeOver(Node):
    """A withdrawal after which the confirmed co-sponsors can take the proposal over for a time, and who did.

    Everybody who sees the proposal sees it. What was filed stays in the name of the party that filed it.
    """

    proposal: Annotated["Proposal", strawberry.lazy("server.schema.proposals.types")] = to_one(
        "The proposal, which keeps its id and its number.", implied=True
    )
    number: int = column("Counts such withdrawals of the proposal from 1.")
    phase: TakeOverPhase = computed(
        "Where it stands: open, taken, or lapsed because the time ended.",
        lambda _, facts, now: rules.phase_of(facts, now),
        TakeOverFacts,
    )
    party: Party = to_one("The proponent that withdrew the proposal.", implied=True)
    status_before: ProposalStatus = column("Where the proposal stood then; a party that takes it over finds it there.")
    withdrawn_at: datetime = column("Instant of the withdrawal.")
    withdrawn_by: Delegate = to_one("The delegate who withdrew it for the party.", implied=True)
    closes_at: datetime = column("Instant from which nobody can take it over; the proposal then stays withdrawn.")
    new_party: Party | None = to_one("The party that took it over; null if none did.", implied=True)
    taken_at: datetime | None = column("Instant at which it was taken over; null if it was not.")
    taken_by: Delegate | None = to_one("The delegate who took it over for the party; null if none did.", implied=True)
