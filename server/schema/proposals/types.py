"""Mechanisms, review cycles and amendment proposals: what they look like."""

from datetime import date, datetime

import strawberry

from server.domain.proposals import policy, queries, rules
from server.domain.proposals.rules import CoSponsorFacts, CycleFacts, ProposalFacts
from server.kernel.acts import verdicts
from server.models import proposals as tables
from server.schema.acts import AvailableAct
from server.schema.bodies.types import Body, Decision
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Filter, Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.texts.types import Provision, TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import BodyKind
from server.vocabulary.proposals import AmendmentKind, CycleKind, GroupView, ProposalStatus

for vocabulary_of_proposals in (CycleKind, AmendmentKind, GroupView, ProposalStatus):
    vocabulary(vocabulary_of_proposals)


@noun(tables.Mechanism, queries.visible_mechanisms)
class Mechanism(Node):
    """A version of the update and maintenance mechanism: rules as data, valid from a date."""

    title: str = column("Title.")
    valid_from: date = column("First day on which it is in force.")
    valid_until: date | None = column("Last day on which it is in force, null while it is open.")
    approval_path: list[BodyKind] = column("The kinds of bodies that decide on a proposal, in order.")
    cycle_kinds: list[CycleKind] = column("The reviews it knows.")
    cycles: Connection["ReviewCycle"] = connection(
        "The reviews opened under it, oldest first.", on="mechanism_id", order=("opens_on", "id")
    )


@noun(tables.ReviewCycle, queries.visible_cycles)
class ReviewCycle(Node):
    """One review under a mechanism. It takes proposals from its first day to its last."""

    mechanism: Mechanism = to_one("The version of the mechanism that governs it.", implied=True)
    kind: CycleKind = column("The kind of review.")
    title: str = column("Title.")
    opens_on: date = column("First day on which proposals are taken.")
    closes_on: date | None = column("Last day on which proposals are taken, null while it is open-ended.")
    is_open: bool = computed(
        "Whether it takes proposals today.",
        lambda _, facts, now: rules.cycle_is_open(facts.opens_on, facts.closes_on, now.date()),
        CycleFacts,
    )
    proposal_count: int = batch("Proposals that the caller may see.", queries.proposals_per_cycle, 0)


@noun(tables.AmendmentProposal, queries.visible_proposals)
class AmendmentProposal(Node):
    """A formal request to change a text, in the name of a party. Once submitted its words never change."""

    cycle: ReviewCycle = to_one("The review it is made in.", implied=True)
    text_version: TextVersion = to_one("The version it amends.", implied=True)
    party: Party = to_one("The proponent: the party in whose name it is made.", implied=True)
    author: Delegate = to_one("Who wrote it.", implied=True)
    submitted_by: Delegate | None = to_one("Who submitted it.", implied=True)
    number: int | None = column("Number in the register; null until it is registered.", "work.number")
    title: str = column("Title.")
    rationale: str = column("Why the text should change.")
    status: ProposalStatus = column("Where it stands.", "work.status")
    body: Body | None = to_one("The group that considers it, or last did.", "work.body", implied=True)
    next_body: BodyKind | None = computed(
        "The kind of body whose decision it waits for; null unless the group agreed and the bodies decide.",
        lambda _, facts, now: rules.awaited_body(facts),
        ProposalFacts,
    )
    drafted_at: datetime = column("When it was first written.")
    submitted_at: datetime | None = column("When it was submitted; null for a draft.")
    content_digest: str | None = column("SHA-256 of what was filed; null for a draft.")
    version: int = column("Counts changes of its handling; send it back as `expectedVersion`.", "work.version")
    amendment_count: int = batch("Amendments in it.", queries.amendments_per_proposal, 0)
    view_count: int = batch("Amendments on which the group has recorded a view.", queries.views_per_proposal, 0)
    amendments: Connection["Amendment"] = connection(
        "Its amendments, each decided separately.", on="proposal_id", order=("position", "id")
    )
    co_sponsors: Connection["CoSponsor"] = connection(
        "Parties named as co-sponsors, in alphabetical order.", on="proposal_id", order=("party.name", "id")
    )
    decisions: Connection[Decision] = connection(
        "What the bodies decided on it, in the order of recording.", on="subject_id", order=("recorded_at", "id")
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this proposal, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_PROPOSAL, actor, facts, now),
        ProposalFacts,
    )


@noun(tables.CoSponsor, queries.visible_co_sponsors)
class CoSponsor(Node):
    """A party that joins a proposal, once its own focal point confirms."""

    party: Party = to_one("The party.", implied=True)
    confirmed_at: datetime | None = column("When it confirmed the words as they stand; null while it has not.")
    confirmed_by: Delegate | None = to_one("Who confirmed.", implied=True)
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this co-sponsorship, and if not, why not.",
        lambda actor, facts, now: verdicts(policy.ON_CO_SPONSOR, actor, facts, now),
        CoSponsorFacts,
    )


@noun(tables.Amendment, queries.visible_amendments)
class Amendment(Node):
    """The smallest part of a proposal, decided separately."""

    proposal: AmendmentProposal = to_one("The proposal it is part of.", implied=True)
    position: int = column("Place in the proposal, from 1.")
    kind: AmendmentKind = column("What it does.")
    provision_key: strawberry.ID | None = column(
        "Permanent key of the provision concerned; for ADD of the one after which the new provision stands, null for "
        "the beginning.",
        "provision_id",
    )
    provision: Provision | None = to_one("That provision in the version amended.", "provision_text", implied=True)
    after_key: strawberry.ID | None = column(
        "For MOVE: permanent key of the provision before the new place.", "after_id"
    )
    after: Provision | None = to_one("That provision in the version amended.", "after_text", implied=True)
    wording: str | None = column("For ADD and MODIFY: the full new words of the provision.")
    view: "AmendmentView | None" = to_one("What the group makes of it, as last recorded.", implied=True)


@noun(tables.AmendmentView, queries.visible_views)
class AmendmentView(Node):
    """What a group makes of one amendment. It can be corrected while the proposal is under consideration."""

    view: GroupView = column("The view.")
    reason: str = column("The reason; required unless the group agrees.")
    recorded_by: Delegate = to_one("Who recorded it.", implied=True)
    recorded_at: datetime = column("When.")


@strawberry.input(description="Which review cycles to list.")
class CycleFilter:
    """Filter of `cycles`."""

    kind: CycleKind | None = strawberry.field(default=strawberry.UNSET, description="Only this kind of review.")
    mechanism_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only under this version of the mechanism."
    )


@strawberry.input(description="Which proposals to list.")
class ProposalFilter:
    """Filter of `proposals`."""

    status: ProposalStatus | None = strawberry.field(default=strawberry.UNSET, description="Only at this point.")
    cycle_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this review.")
    body_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only with this group.")
    party_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this proponent.")
    text_version_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only on this version."
    )


@strawberry.type
class ProposalQueries:
    """Root fields about mechanisms, review cycles and proposals."""

    mechanisms: Connection[Mechanism] = many("Versions of the mechanism, oldest first.", order=("valid_from", "id"))
    cycle: ReviewCycle | None = one("A review cycle by its id.", "ReviewCycle")
    cycles: Connection[ReviewCycle] = many(
        "Review cycles, oldest first.",
        order=("opens_on", "id"),
        filter_type=CycleFilter,
        filters={"kind": Filter("kind"), "mechanismId": Filter("mechanism_id")},
    )
    proposal: AmendmentProposal | None = one("A proposal by its id.", "AmendmentProposal")
    proposals: Connection[AmendmentProposal] = many(
        "Proposals by their number in the register; those without one first.",
        order=("work.number", "id"),
        filter_type=ProposalFilter,
        filters={
            "status": Filter("work.status"),
            "cycleId": Filter("cycle_id"),
            "bodyId": Filter("work.body_id"),
            "partyId": Filter("party_id"),
            "textVersionId": Filter("text_version_id"),
        },
    )
