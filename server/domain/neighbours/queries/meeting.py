"""Reading pending amendments: which meet, and in which order they are taken, as far as the reader sees them."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries.gathering import build_change
from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.outline import TextTree
from server.domain.neighbours.rules.budgets import CharacterBudget
from server.domain.neighbours.rules.meeting import MeetingPoint, Neighbourhood, points_of, relate
from server.domain.proposals.queries import CURRENT_VERSION, visible_amendments, visible_proposals
from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.kernel.predicates import signed_in
from server.models.proposals import Amendment, AmendmentProposal, CarriedAmendment, ProposalWork
from server.models.taking_over import is_proponent
from server.models.texts import ProvisionText, TextVersion
from server.storage.rows import WANTED, find_row
from server.vocabulary.neighbours import NeighbourClass
from server.vocabulary.proposals import ASKING, BEING_WRITTEN, PENDING

MOST_COMPARED = 2_000
"""Pairs of amendments that are compared for one proposal; each of usual length takes a fraction of a millisecond."""
MOST_SHOWN = 2_000
"""Characters that are shown of the words at which two amendments meet."""


class Pending(NamedTuple):
    """A pending amendment that the reader sees, with what it asks for on the version that its proposal is on now."""

    amendment: Amendment
    content: Amendment | CarriedAmendment
    proposal: AmendmentProposal

    def outlined(self) -> Accepted:
        """Return the amendment as a change by its place only, without comparing words."""
        return build_change(self.amendment, self.content, "", self.proposal, self.content.wording or "")

    def count_characters(self, words: dict[str, str]) -> int:
        """Return how long the wording is, with the words of its provision."""
        return len(self.content.wording or "") + len(words.get(self.content.provision_id or "", ""))

    def compared(self, words: dict[str, str]) -> Accepted:
        """Return the amendment as a change of words; `words` are those of the version by permanent key."""
        text = words.get(self.content.provision_id or "", "")
        return build_change(self.amendment, self.content, "", self.proposal, text)


class Neighbour(NamedTuple):
    """An amendment of a proposal and one of another that it meets; `text_id` is the provision, "" for the beginning."""

    key: str
    amendment_id: str
    other_id: str
    proposal_id: str
    text_id: str
    relation: NeighbourClass
    places: tuple[MeetingPoint, ...]


class Neighbours(NamedTuple):
    """What the amendments of a proposal meet, by their position and then as they were filed.

    It is not complete where there are more pairs, or longer ones, than are compared.
    """

    proposal_id: str
    is_complete: bool
    pairs: list[Neighbour]


_VERSION = select(TextVersion.id).where(TextVersion.id == WANTED, signed_in, visible_versions(TextVersion))
_ASKED_VERSION = (
    select(CURRENT_VERSION)
    .select_from(AmendmentProposal)
    .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
    .where(AmendmentProposal.id == WANTED, visible_proposals(AmendmentProposal))
)


async def find_neighbours(session: AsyncSession, actor: Actor, now: datetime, proposal_id: str) -> Neighbours | None:
    """Return what the pending amendments of a proposal meet, None unless the actor sees the proposal.

    The number of statements does not depend on the number of amendments; they are compared outside the event loop.
    """
    version_id = await find_asked_version(session, actor, now, proposal_id)
    if version_id is None:
        return None
    pending = await read_pending(session, actor, now, version_id, proposal_id)
    base = await read_tree(session, version_id)
    return await asyncio.to_thread(meet_all, base, pending, proposal_id)


async def find_asked_version(session: AsyncSession, actor: Actor, now: datetime, proposal_id: str) -> str | None:
    """Return the version that a proposal asks to change now, None unless the actor sees the proposal."""
    if prefix_of(proposal_id) != AmendmentProposal.prefix:
        return None
    return await find_row(session, actor, now, _ASKED_VERSION, proposal_id)


async def read_pending(
    session: AsyncSession, actor: Actor, now: datetime, version_id: str, proposal_id: str = ""
) -> list[Pending]:
    """Return the pending amendments on a version that the actor sees, in the order in which they were filed.

    Drafts are those of the actor's party, and the proposal `proposal_id`.
    """
    at_version = (CarriedAmendment.amendment_id == Amendment.id) & (CarriedAmendment.text_version_id == version_id)
    statement = (
        select(Amendment, CarriedAmendment, AmendmentProposal)
        .join(AmendmentProposal, AmendmentProposal.id == Amendment.proposal_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .outerjoin(CarriedAmendment, at_version)
        .where(
            version_id == CURRENT_VERSION,
            visible_amendments(Amendment),
            is_pending(proposal_id),
            or_(CarriedAmendment.id.is_(None), CarriedAmendment.state.in_(ASKING)),
        )
        .order_by(
            AmendmentProposal.submitted_at.is_(None),
            AmendmentProposal.submitted_at,
            AmendmentProposal.drafted_at,
            AmendmentProposal.id,
            Amendment.position,
        )
    )
    rows = await session.execute(statement, actor.parameters(now))
    return [Pending(amendment, carried or amendment, proposal) for amendment, carried, proposal in rows]


def is_pending(proposal_id: str = "") -> ColumnElement[bool]:
    """Return the condition on a proposal and its work that it is not decided on and filed, or a draft of one's own."""
    own = or_(is_proponent(AmendmentProposal, ProposalWork), AmendmentProposal.id == proposal_id)
    return and_(ProposalWork.status.in_(PENDING), or_(ProposalWork.status.not_in(BEING_WRITTEN), own))


async def sees_version(session: AsyncSession, actor: Actor, now: datetime, version_id: str) -> bool:
    """Return whether the actor is signed in and sees a version."""
    is_version = prefix_of(version_id) == TextVersion.prefix
    return is_version and await find_row(session, actor, now, _VERSION, version_id) is not None


async def read_tree(session: AsyncSession, version_id: str) -> list[BaseText]:
    """Return the provisions of a version in reading order, with what each is in. The actor sees the version."""
    of = ProvisionText
    columns: Any = (of.provision_id, of.kind, of.level, of.printed_number, of.text, of.parent_id, of.id)
    rows = await session.execute(select(*columns).where(of.text_version_id == version_id).order_by(of.position))
    return [BaseText(*row) for row in rows]


def any_meet(base: Sequence[BaseText], pending: Sequence[Pending], proposal_id: str) -> bool:
    """Return whether an amendment of a proposal meets one of another, by their places only."""
    own, hood = _part(base, pending, proposal_id)
    return any(hood.find_others(each.outlined()) for each in own)


def meet_all(base: Sequence[BaseText], pending: Sequence[Pending], proposal_id: str) -> Neighbours:
    """Return what the amendments of a proposal meet. Only amendments that meet are compared word by word.

    It stops at `MOST_COMPARED` pairs, and where its `CharacterBudget` is spent.
    """
    own, hood = _part(base, pending, proposal_id)
    by_id = {each.amendment.id: each for each in pending}
    pairs = ((each, by_id[other.source]) for each in own for other in hood.find_others(each.outlined()))
    is_complete, neighbours = compare_pairs(base, hood.outline, pairs)
    return Neighbours(proposal_id, is_complete, neighbours)


def meet_at(base: Sequence[BaseText], outline: TextTree, pending: Sequence[Pending]) -> tuple[bool, list[Neighbour]]:
    """Return whether pending amendments of one place were all compared, and what those that meet are to each other.

    Each pair is told once, by the amendment that was filed first; it stops where `meet_all` does.
    """
    places = {each.amendment.id: place for place, each in enumerate(pending)}
    hood = Neighbourhood(base, (each.outlined() for each in pending))
    pairs = (
        (each, pending[places[other.source]])
        for each in pending
        for other in hood.find_others(each.outlined())
        if places[other.source] > places[each.amendment.id]
    )
    return compare_pairs(base, outline, pairs)


def touches(outline: TextTree, pending: Pending, key: str) -> bool:
    """Return whether a pending amendment is about a provision, as `points_of` has it."""
    return key in points_of(outline, pending.outlined())


def compare_pairs(
    base: Sequence[BaseText], outline: TextTree, pairs: Iterable[tuple[Pending, Pending]]
) -> tuple[bool, list[Neighbour]]:
    """Return whether all pairs were compared, and what those that were are to each other."""
    words = {provision.key: provision.text for provision in base}
    text_ids = {provision.key: provision.text_id for provision in base}
    compared: dict[str, Accepted] = {}
    neighbours: list[Neighbour] = []
    budget = CharacterBudget()
    for own, other in pairs:
        characters = own.count_characters(words) + len(other.content.wording or "")
        if len(neighbours) == MOST_COMPARED or not budget.spend(characters):
            return False, neighbours
        for side in (own, other):
            if side.amendment.id not in compared:
                compared[side.amendment.id] = side.compared(words)
        meeting = relate(outline, compared[own.amendment.id], compared[other.amendment.id])
        key = f"{meeting.own}.{meeting.other}"
        text_id = text_ids.get(meeting.places[0].key, "")
        places = tuple(place.shorten(MOST_SHOWN) for place in meeting.places)
        neighbours.append(Neighbour(key, *meeting[:2], other.proposal.id, text_id, meeting.relation, places))
    return True, neighbours


def _part(
    base: Sequence[BaseText], pending: Sequence[Pending], proposal_id: str
) -> tuple[list[Pending], Neighbourhood]:
    """Return the amendments of a proposal, and those of others by their places."""
    own = [each for each in pending if each.proposal.id == proposal_id]
    others = (each.outlined() for each in pending if each.proposal.id != proposal_id)
    return own, Neighbourhood(base, others)
