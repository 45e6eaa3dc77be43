"""Mechanisms, review cycles and amendment proposals: what they look like."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.consolidation.queries.reading import visible_sides
from server.domain.neighbours.policy import ON_PROPOSAL as TALKING
from server.domain.proposals import policy, queries
from server.domain.proposals.rules import contents, life
from server.domain.proposals.rules.contents import AmendedFacts
from server.domain.proposals.rules.life import AmendmentFacts, CoSponsorFacts, CycleFacts, ProposalFacts
from server.kernel.zones import day_at_home
from server.models import proposals as tables
from server.models.edges import ConflictSource
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.meetings import Decision
from server.schema.bodies.types import WorkingBody
from server.schema.lists.consolidation import AppliedChangeFilter, TextConflictFilter
from server.schema.lists.proposals import (
    PROPOSAL_ORDERS,
    ProposalFilter,
)
from server.schema.parties.types import Delegate, Party
from server.schema.proposals.carried import CarriedAmendment
from server.schema.proposals.deferring import ProposalDeferral
from server.schema.proposals.mechanism import Mechanism
from server.schema.proposals.returning import ReturnedFiling
from server.schema.proposals.taking_over import ProposalTakeOver
from server.schema.proposals.views import AmendmentView
from server.schema.reads.kinds import Node, Through, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.scalars import Digest
from server.schema.texts.types import Provision, TextVersion
from server.schema.texts.values import PreviewRun
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import BodyKind
from server.vocabulary.proposals import AmendmentKind, CycleKind, ProposalStatus
from server.vocabulary.texts import UnitKind

if TYPE_CHECKING:
    from server.schema.consolidation.types import AppliedChange, TextConflict

for vocabulary_of_proposals in (CycleKind, AmendmentKind, ProposalStatus):
    vocabulary(vocabulary_of_proposals)


@noun(tables.ReviewCycle, queries.visible_cycles)
class ReviewCycle(Node):
    """One review under a version of the mechanism. It takes proposals from its first to its last day.

    Days are counted in Brussels. Every delegate sees it.
    """

    mechanism: Mechanism = to_one("The version of the mechanism that governs it.", implied=True)
    kind: CycleKind = column("Kind of the review.")
    title: str = column("Title, at most 300 characters.")
    opens_on: date = column("First day on which proposals are taken.")
    closes_on: date | None = column("Last day on which proposals are taken; null if no end is set.")
    is_open: bool = computed(
        "Whether it takes proposals today (UTC).",
        lambda _, facts, now: life.cycle_is_open(facts.opens_on, facts.closes_on, day_at_home(now)),
        CycleFacts,
    )
    proposal_count: int = batch("Number of proposals in it that the caller sees.", queries.proposals_per_cycle, 0)
    proposals: Connection["Proposal"] = connection(
        "Proposals in it that the caller sees.", on="cycle_id", order=PROPOSAL_ORDERS, filter_type=ProposalFilter
    )


@noun(tables.AmendmentProposal, queries.visible_proposals)
class Proposal(Node):
    """A formal request to change a text, in the name of a party. Once submitted its words stay, unless it is returned.

    A draft is seen by its party and the parties named as co-sponsors, a submitted proposal by the Secretariat too, a
    registered one by every delegate.
    """

    cycle: ReviewCycle = to_one("The review cycle in which it is made.", implied=True)
    text_version: TextVersion = to_one("The version that it was filed on.", implied=True)
    current_version: TextVersion = to_one(
        "The version that it asks to change now: the one to which it was carried last, or the one it was filed on.",
        implied=True,
    )
    party: Party = to_one(
        "The proponent: the party that makes the proposal, or the one that took it over.", "proponent", implied=True
    )
    filing_party: Party = to_one(
        "The party in whose name it was written and filed; another one than `party` once that took it over.",
        "party",
        implied=True,
    )
    author: Delegate = to_one("The delegate who wrote it.", implied=True)
    submitted_by: Delegate | None = to_one("The delegate who submitted it; null if it was not submitted.", implied=True)
    number: int | None = column("Number in the register; null until it is registered.", "work.number")
    title: str = column("Title, at most 300 characters.")
    rationale: str = column("Why the text should change, at most 20,000 characters.")
    status: ProposalStatus = column("Where the proposal stands.", "work.standing")
    body: WorkingBody | None = to_one(
        "The group that considers it or did so last; null before it is given to one.", "work.body", implied=True
    )
    next_body: BodyKind | None = computed(
        "Kind of the body that decides next; null unless the status is AGREED.",
        lambda _, facts, now: life.awaited_body(facts),
        ProposalFacts,
    )
    drafted_at: datetime = column("Instant at which it was first written.")
    submitted_at: datetime | None = column(
        "Instant of submission, the last; null if it was not submitted, and while its party mends what was returned."
    )
    returned_at: datetime | None = batch(
        "Instant at which it was last returned for formal defects; null if it never was.",
        queries.instants_of(policy.return_proposal),
        None,
    )
    registered_at: datetime | None = batch(
        "Instant of registration; null until then.", queries.instants_of(policy.register_proposal), None
    )
    assigned_at: datetime | None = batch(
        "Instant at which it was last given to a group; null until then.",
        queries.instants_of(policy.assign_proposal),
        None,
    )
    concluded_at: datetime | None = batch(
        "Instant at which a group last concluded its consideration; null until then.",
        queries.instants_of(policy.conclude_consideration),
        None,
    )
    decided_at: datetime | None = batch(
        "Instant of the last decision of a body on it; null until then.",
        queries.instants_of(policy.decide_proposal),
        None,
    )
    withdrawn_at: datetime | None = batch(
        "Instant at which it was last withdrawn; null if it never was.",
        queries.instants_of(policy.withdraw_proposal),
        None,
    )
    taken_over_at: datetime | None = batch(
        "Instant at which a co-sponsor last took it over; null if none did.",
        queries.instants_of(policy.take_over_proposal),
        None,
    )
    take_over_closes_at: datetime | None = column(
        "Of a withdrawn proposal, the instant until which its confirmed co-sponsors can take it over; null if it ended "
        "at once, and if it is not withdrawn.",
        "work.take_over_until",
    )
    content_digest: Digest | None = column("SHA-256 of what was submitted; null if it was not submitted.")
    is_severable: bool = column(
        "Whether its amendments may be taken apart; otherwise they stand in a text or wait together."
    )
    revision: int = column(
        "Counts changes of its handling from 1; send it back as `expectedRevision` with an act.", "work.revision"
    )
    amendment_count: int = batch("Number of amendments in it.", queries.amendments_per_proposal, 0)
    view_count: int = batch(
        "Number of its amendments on which the group has recorded a view.", queries.views_per_proposal, 0
    )
    amendments: Connection["Amendment"] = connection(
        "Amendments of the proposal by their `position`; each is decided separately.",
        on="proposal_id",
        order=("position", "id"),
    )
    co_sponsors: Connection["CoSponsor"] = connection(
        "Parties named as co-sponsors, in alphabetical order of their full names.",
        on="proposal_id",
        order=("party.name_key", "id"),
    )
    returned_filings: Connection[ReturnedFiling] = connection(
        "What was filed and returned for formal defects, the earliest first, if the caller sees it.",
        on="proposal_id",
        order=("number", "id"),
    )
    take_overs: Connection[ProposalTakeOver] = connection(
        "Withdrawals after which co-sponsors could take it over, the earliest first, with the party that did.",
        on="proposal_id",
        order=("number", "id"),
    )
    deferral: ProposalDeferral | None = to_one(
        "What it was put off until. While that has not come, `status` is DEFERRED. Null if it was not put off, or has "
        "moved on since.",
        "work.deferral",
        implied=True,
    )
    deferrals: Connection[ProposalDeferral] = connection(
        "Every time that it was put off until something comes, the earliest first.",
        on="proposal_id",
        order=("deferred_at", "id"),
    )
    decisions: Connection[Decision] = connection(
        "Decisions of bodies on the proposal, in the order in which they were recorded.",
        on="subject_id",
        order=("recorded_at", "id"),
    )
    available_acts: list[AvailableAct] = acts_on("proposal", (*policy.ON_PROPOSAL, *TALKING), ProposalFacts)


@noun(tables.CoSponsor, queries.visible_co_sponsors)
class CoSponsor(Node):
    """A party that is named as a co-sponsor of a proposal; it joins when its own focal point confirms."""

    proposal: Proposal = to_one("The proposal that it is named on.", implied=True)
    party: Party = to_one("The party that is named.", implied=True)
    confirmed_at: datetime | None = column("Instant at which it confirmed the words as they stand; null until then.")
    confirmed_by: Delegate | None = to_one("The delegate who confirmed; null until then.", implied=True)
    declined_at: datetime | None = column("Instant at which it declined these words; null unless it did.")
    decline_reason: str | None = column("Why it declined; null if it did not, or did not say.")
    available_acts: list[AvailableAct] = acts_on("co-sponsorship", policy.ON_CO_SPONSOR, CoSponsorFacts)


@noun(tables.Amendment, queries.visible_amendments)
class Amendment(Node):
    """The smallest part of a proposal, decided separately. Everybody who sees the proposal sees it."""

    proposal: Proposal = to_one("The proposal it is part of.", implied=True)
    position: int = column("Place in the proposal, from 1.")
    kind: AmendmentKind = column("What it does to the provision.")
    provision_key: strawberry.ID | None = column(
        "Permanent key of the provision concerned. For ADD, of the provision before the new one; null "
        "for the beginning of the text.",
        "provision_id",
    )
    provision: Provision | None = to_one(
        "The provision with the key `provisionKey`, in the version that the proposal asks to change; "
        "null without a key.",
        "provision_text",
        implied=True,
    )
    after_key: strawberry.ID | None = column(
        "For MOVE, permanent key of the provision after which it is to stand; null for other kinds.", "after_id"
    )
    after: Provision | None = to_one(
        "The provision with the key `afterKey`, in the version that the proposal asks to change; null without a key.",
        "after_text",
        implied=True,
    )
    wording: str | None = column("For ADD and MODIFY, the full new words of the provision; null for other kinds.")
    runs: list[PreviewRun] = computed(
        "The words of the provision and those asked for; for ADD only the new words, for MOVE those of the provision.",
        lambda _, facts, __: contents.runs_asked(facts),
        AmendedFacts,
    )
    unit_kind: UnitKind | None = column(
        "For ADD, the sort of unit that the new provision is; null where its place says so, and for other kinds."
    )
    level: int | None = column(
        "For ADD, the level of a heading or depth of an item; null where its place says so, and for other kinds."
    )
    printed_number: str | None = column(
        "For ADD, the number of the new provision; null where its place says so, and for other kinds."
    )
    view: AmendmentView | None = to_one("View of the group as last recorded; null while there is none.", implied=True)
    carried: CarriedAmendment | None = to_one(
        "What became of it in the version that its proposal is on now (`currentVersion`); null while that is the one "
        "it was filed on.",
        implied=True,
    )
    conflicts: Connection[Annotated["TextConflict", strawberry.lazy("server.schema.consolidation.types")]] = connection(
        "Conflicts in which it collides with others.",
        through=Through(ConflictSource, visible_sides, parent="source_id", target="conflict_id"),
        order=("consolidation.started_at", "provision_id", "start", "id"),
        filter_type=TextConflictFilter,
    )
    changes: Connection[Annotated["AppliedChange", strawberry.lazy("server.schema.consolidation.types")]] = connection(
        "Accepted changes that it asked for, in the versions that the caller sees.",
        on="source_id",
        order=("consolidation_id", "provision_id", "start", "id"),
        filter_type=AppliedChangeFilter,
    )
    available_acts: list[AvailableAct] = acts_on("amendment", policy.ON_AMENDMENT, AmendmentFacts)
