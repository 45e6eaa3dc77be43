"""Reading mechanisms, review cycles and amendment proposals, each under the visibility predicate of its noun."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload, selectinload

from server.domain.parties.queries import visible_parties
from server.domain.proposals.rules.contents import NumberedWords
from server.kernel.actor import Actor, Capacity
from server.kernel.acts import Act
from server.kernel.predicates import Within, actor_party, is_secretariat, parents, sight, signed_in
from server.models.journal import JournalEntry
from server.models.parties import Party
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
from server.models.taking_over import was_proponent
from server.models.texts import ProvisionText
from server.storage.rows import WANTED, get_row, lock_name, lock_row

CURRENT_VERSION: Any = func.coalesce(ProposalWork.text_version_id, AmendmentProposal.text_version_id)
"""The version that a proposal asks to change now: that to which it was carried, else the one that it was filed on."""


def visible_mechanisms(mechanism: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a mechanism: every delegate does, also of those no longer in force."""
    return signed_in


def visible_cycles(cycle: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a review cycle: every delegate does."""
    return signed_in


def is_cycle_open(cycle: Any, today: Any) -> ColumnElement[bool]:
    """Return the condition that a review cycle takes proposals on a day: `rules.cycle_is_open` in SQL."""
    return and_(cycle.opens_on <= today, or_(cycle.closes_on.is_(None), cycle.closes_on >= today))


def visible_proposals(proposal: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a proposal.

    A draft is seen by its own party and by the parties named as co-sponsors. Once submitted, it is seen by the
    Secretariat too, but not while its party mends what was returned: of that it sees what was filed
    (`visible_returned_filings`). Once registered, which gives it a number, it is seen by every delegate. Withdrawing it
    changes nothing about that, and the party that withdrew it sees what becomes of it once another one took it over.
    """
    co_sponsor, work = aliased(CoSponsor), aliased(ProposalWork)
    is_named = (
        select(co_sponsor.id).where(co_sponsor.proposal_id == proposal.id, co_sponsor.party_id == actor_party).exists()
    )
    is_registered = select(work.proposal_id).where(work.proposal_id == proposal.id, work.number.is_not(None)).exists()
    is_filed = and_(is_secretariat, proposal.submitted_at.is_not(None))
    return and_(
        signed_in,
        or_(
            sight("every delegate, now that it is registered", is_registered),
            sight("its own party", proposal.party_id == actor_party),
            sight("the Secretariat, while it is submitted", is_filed),
            sight("a party named as co-sponsor", is_named),
            sight("a party that withdrew it before another one took it over", was_proponent(proposal.id)),
        ),
    )


def visible_returned_filings(filing: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a filing that was returned.

    It stays between the Secretariat, the proponent and the parties that the proposal names, also once the proposal is
    registered in other words.
    """
    proposal, co_sponsor = aliased(AmendmentProposal), aliased(CoSponsor)
    is_own = select(proposal.id).where(proposal.id == filing.proposal_id, proposal.party_id == actor_party).exists()
    is_named = (
        select(co_sponsor.id)
        .where(co_sponsor.proposal_id == filing.proposal_id, co_sponsor.party_id == actor_party)
        .exists()
    )
    return and_(
        signed_in,
        or_(
            sight("the party that had filed it", is_own),
            sight("the Secretariat", is_secretariat),
            sight("a party named as co-sponsor", is_named),
            sight("a party that withdrew it before another one took it over", was_proponent(filing.proposal_id)),
        ),
    )


visible_amendments = Within("proposal_id", AmendmentProposal, visible_proposals)
"""The condition that the caller sees an amendment: everybody who sees its proposal does."""
visible_take_overs = Within("proposal_id", AmendmentProposal, visible_proposals)
"""The condition that the caller sees who withdrew a proposal and who took it over: everybody who sees it does."""
visible_co_sponsors = Within("proposal_id", AmendmentProposal, visible_proposals)
"""The condition that the caller sees a co-sponsorship: everybody who sees its proposal does."""
visible_carried_amendments = Within("amendment_id", Amendment, visible_amendments)
"""The condition that the caller sees what became of an amendment: everybody who sees the amendment does."""
visible_deferrals = Within("proposal_id", AmendmentProposal, visible_proposals)
"""The condition that the caller sees until when a proposal was put off: everybody who sees the proposal does."""
visible_views = Within("amendment_id", Amendment, visible_amendments)
"""The condition that the caller sees a group's view: everybody who sees the amendment does."""


def concerns_provision(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for proposals with an amendment of a provision, or next to one, whose key matches."""
    amendment = aliased(Amendment)
    conditions = (amendment.proposal_id == column_at("id"), matches(amendment.provision_id))
    return select(amendment.id).where(*conditions, visible_amendments(amendment)).exists()


_MECHANISM = select(Mechanism).where(Mechanism.id == WANTED, visible_mechanisms(Mechanism))


async def get_mechanism(session: AsyncSession, actor: Actor, now: datetime, mechanism_id: str) -> Mechanism:
    """Return the version of the mechanism, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _MECHANISM, mechanism_id, "mechanism")


async def hold_mechanisms(session: AsyncSession) -> None:
    """Wait for the commit of another act that records a version of the mechanism, so that two never overlap."""
    await lock_name(session, "versions of mechanism")


_CYCLE = select(ReviewCycle).where(ReviewCycle.id == WANTED, visible_cycles(ReviewCycle))


async def get_cycle(session: AsyncSession, actor: Actor, now: datetime, cycle_id: str) -> ReviewCycle:
    """Return the review cycle, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _CYCLE, cycle_id, "review cycle")


_VISIBLE_PROPOSAL = select(AmendmentProposal.id).where(
    AmendmentProposal.id == WANTED, visible_proposals(AmendmentProposal)
)
_LOCK_WORK = select(ProposalWork.proposal_id).where(ProposalWork.proposal_id == WANTED).with_for_update()
_WHOLE_PROPOSAL = (
    select(AmendmentProposal)
    .where(AmendmentProposal.id == WANTED)
    .options(
        joinedload(AmendmentProposal.cycle).joinedload(ReviewCycle.mechanism),
        joinedload(AmendmentProposal.proponent),
        joinedload(AmendmentProposal.work).undefer(ProposalWork.standing),
        selectinload(AmendmentProposal.amendments).options(joinedload(Amendment.view), joinedload(Amendment.carried)),
        selectinload(AmendmentProposal.co_sponsors).joinedload(CoSponsor.party),
    )
    .execution_options(populate_existing=True)
)


async def get_proposal(session: AsyncSession, actor: Actor, now: datetime, proposal_id: str) -> AmendmentProposal:
    """Return the proposal, or refuse that there is none for this actor.

    It comes with its cycle and mechanism, party, co-sponsors, and its amendments with their views and what became of
    them when they were carried; its work row is locked for change.
    """
    await get_row(session, actor, now, _VISIBLE_PROPOSAL, proposal_id, "proposal")
    # The lock comes first and the proposal is read after it, so that an act committed meanwhile is seen.
    await lock_row(session, _LOCK_WORK, proposal_id)
    return (await session.scalars(_WHOLE_PROPOSAL, actor.parameters(now) | {"wanted": proposal_id})).one()


_PROPOSAL_OF_AMENDMENT = select(Amendment.proposal_id).where(Amendment.id == WANTED, visible_amendments(Amendment))


async def get_amended_proposal(
    session: AsyncSession, actor: Actor, now: datetime, amendment_id: str
) -> AmendmentProposal:
    """Return the proposal that an amendment is part of, as `get_proposal` does."""
    proposal_id = await get_row(session, actor, now, _PROPOSAL_OF_AMENDMENT, amendment_id, "amendment")
    return await get_proposal(session, actor, now, proposal_id)


_PROPOSAL_OF_CO_SPONSOR = select(CoSponsor.proposal_id).where(CoSponsor.id == WANTED, visible_co_sponsors(CoSponsor))


async def get_co_sponsored_proposal(
    session: AsyncSession, actor: Actor, now: datetime, co_sponsor_id: str
) -> AmendmentProposal:
    """Return the proposal that a co-sponsorship is part of, as `get_proposal` does."""
    proposal_id = await get_row(session, actor, now, _PROPOSAL_OF_CO_SPONSOR, co_sponsor_id, "co-sponsorship")
    return await get_proposal(session, actor, now, proposal_id)


def last_filing_of(subject_id: Any) -> Any:
    """Return the query for the id of what was filed before the last return of a proposal."""
    filings = select(ReturnedFiling.id).where(ReturnedFiling.proposal_id == subject_id)
    return filings.order_by(ReturnedFiling.number.desc()).limit(1)


async def next_return(session: AsyncSession, proposal_id: str) -> int:
    """Return the number of the next return of a proposal, whose work is locked."""
    statement = select(func.count()).where(ReturnedFiling.proposal_id == proposal_id)
    return (await session.scalar(statement) or 0) + 1


_AWAITED = (
    select(ProposalWork)
    .join(AmendmentProposal, AmendmentProposal.id == ProposalWork.proposal_id)
    .where(AmendmentProposal.id == WANTED, visible_proposals(AmendmentProposal))
)


async def get_awaited(session: AsyncSession, actor: Actor, now: datetime, proposal_id: str) -> ProposalWork:
    """Return the work of a proposal that another one is to wait for, or refuse that there is none for this actor."""
    await lock_name(session, "deferrals")  # of two that are put off until each other, the second sees the first
    return await get_row(session, actor, now, _AWAITED, proposal_id, "proposal")


async def forget_carried(session: AsyncSession, amendment_ids: Collection[str]) -> None:
    """Remove what became of amendments in later versions, because they can be written anew."""
    carried = await session.scalars(select(CarriedAmendment).where(CarriedAmendment.amendment_id.in_(amendment_ids)))
    for row in carried:
        await session.delete(row)


async def next_number(session: AsyncSession) -> int:
    """Return the next number in the register of proposals. A second call waits for the commit of the first."""
    await lock_name(session, "register of proposals")
    return (await session.scalar(select(func.max(ProposalWork.number))) or 0) + 1


async def words_of(session: AsyncSession, version_id: str, keys: Collection[str]) -> dict[str, NumberedWords]:
    """Return number, words and kind of provisions of a version by permanent key, for those of `keys` in it."""
    in_version = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id.in_(keys))
    columns = (ProvisionText.provision_id, ProvisionText.printed_number, ProvisionText.text, ProvisionText.kind)
    rows = await session.execute(select(*columns).where(*in_version))
    return {row.provision_id: NumberedWords(row.printed_number, row.text, row.kind) for row in rows}


async def possible_co_sponsors(
    session: AsyncSession, actor: Actor, now: datetime, party_ids: Collection[str]
) -> frozenset[str]:
    """Return the parties among `party_ids` that could join a proposal: any but the Secretariat."""
    can_join = (Party.id.in_(party_ids), Party.capacity != Capacity.SECRETARIAT, visible_parties(Party))
    return frozenset(await session.scalars(select(Party.id).where(*can_join), actor.parameters(now)))


def proposals_per_cycle() -> Any:
    """Return the query for (cycle, number of proposals that the caller sees) of the cycles in `parents`."""
    visible = (AmendmentProposal.cycle_id.in_(parents), visible_proposals(AmendmentProposal))
    return select(AmendmentProposal.cycle_id, func.count()).where(*visible).group_by(AmendmentProposal.cycle_id)


def amendments_per_proposal() -> Any:
    """Return the query for (proposal, number of amendments) of the proposals in `parents`."""
    visible = (Amendment.proposal_id.in_(parents), visible_amendments(Amendment))
    return select(Amendment.proposal_id, func.count()).where(*visible).group_by(Amendment.proposal_id)


def views_per_proposal() -> Any:
    """Return the query for (proposal, number of amendments on which the group has a view), by `parents`."""
    return (
        select(Amendment.proposal_id, func.count())
        .join(AmendmentView, AmendmentView.amendment_id == Amendment.id)
        .where(Amendment.proposal_id.in_(parents), visible_views(AmendmentView))
        .group_by(Amendment.proposal_id)
    )


def instants_of(act: Act[Any]) -> Callable[[], Any]:
    """Return a function that returns the query for (proposal, instant of an act on it, the last), by `parents`.

    The journal has the instant. Everybody who sees the proposal may know it, also those who do not see the entry.
    """

    def query() -> Any:
        done = (JournalEntry.subject_id.in_(parents), JournalEntry.act == act.tag)
        seen = select(AmendmentProposal.id).where(
            AmendmentProposal.id == JournalEntry.subject_id, visible_proposals(AmendmentProposal)
        )
        instants = select(JournalEntry.subject_id, func.max(JournalEntry.at)).where(*done, seen.exists())
        return instants.group_by(JournalEntry.subject_id)

    return query
