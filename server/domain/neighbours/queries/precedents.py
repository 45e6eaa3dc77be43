"""Reading what was asked for before of a provision, and what became of it, as far as the reader sees it."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import visible_decisions
from server.domain.neighbours.queries.meeting import Pending, find_asked_version, read_pending
from server.domain.neighbours.rules.budgets import CharacterBudget
from server.domain.neighbours.rules.precedents import SETTLED, AskedChange, Likeness, outcome_of, rank_precedents
from server.domain.proposals import policy
from server.domain.proposals.queries import CURRENT_VERSION, visible_amendments
from server.domain.texts.queries.lineages import visible_lineages
from server.kernel.actor import Actor
from server.kernel.predicates import present
from server.models.bodies import Decision
from server.models.journal import JournalEntry
from server.models.proposals import Amendment, AmendmentProposal, AmendmentView, CarriedAmendment, ProposalWork
from server.models.taking_over import is_left
from server.models.texts import Lineage, Provision, ProvisionText
from server.storage.rows import NAMED
from server.vocabulary.neighbours import PrecedentOutcome

MOST_EARLIER = 500
"""Earlier amendments that are looked at for one question, those settled last."""


class Precedent(NamedTuple):
    """An earlier amendment on a provision or one that it comes from, on which nobody has to decide any more.

    `similarity` is how much it is like the amendment `like_id`, 0 to 100; None and "" where it was not compared.
    """

    amendment_id: str
    key: str
    similarity: int | None
    like_id: str
    outcome: PrecedentOutcome
    reason: str
    decision_id: str
    settled_at: datetime | None


class Precedents(NamedTuple):
    """Earlier amendments, those most like what is asked for now first, then those settled last.

    It is not complete where there are more, or longer ones, than are compared.
    """

    is_complete: bool
    precedents: list[Precedent]


class SettledAmendment(NamedTuple):
    """An earlier amendment that the reader sees, as it was filed, with what became of it."""

    change: AskedChange
    outcome: PrecedentOutcome
    reason: str
    proposal_id: str
    settled_at: datetime | None


async def find_precedents(session: AsyncSession, actor: Actor, now: datetime, proposal_id: str) -> Precedents | None:
    """Return the precedents of the amendments of a proposal, None unless the actor sees the proposal.

    The number of statements does not depend on the number of amendments; they are compared outside the event loop.
    """
    version_id = await find_asked_version(session, actor, now, proposal_id)
    if version_id is None:
        return None
    pending = await read_pending(session, actor, now, version_id, proposal_id)
    own = [each for each in pending if each.proposal.id == proposal_id]
    keys = {each.content.provision_id for each in own if each.content.provision_id}
    words = await _read_words(session, version_id, keys)
    origins = await read_origins(session, actor, now, keys)
    return await compare_with_earlier(session, actor, now, as_asked(own, words), origins, proposal_id)


def as_asked(pending: Iterable[Pending], words: Mapping[str, str]) -> list[AskedChange]:
    """Return pending amendments as changes of the words of a version, which are given by permanent key."""
    changes = []
    for each in pending:
        key = each.content.provision_id or ""
        text, wording = words.get(key, ""), each.content.wording or ""
        changes.append(AskedChange(each.amendment.id, key, each.amendment.kind, text, wording))
    return changes


async def compare_with_earlier(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    asked: Sequence[AskedChange],
    origins: Mapping[str, Collection[str]],
    proposal_id: str = "",
) -> Precedents:
    """Return the settled amendments on provisions and those that they come from, which `origins` gives.

    They are compared with what is asked for now. Those of the proposal `proposal_id` itself are left out.
    """
    keys = {key for of_one in origins.values() for key in of_one}
    earlier, is_all = await _read_settled(session, actor, now, keys, proposal_id)
    decisions = await _find_decisions(session, actor, now, {each.proposal_id for each in earlier})
    budget = CharacterBudget()
    changes = [each.change for each in earlier]
    ranked = await asyncio.to_thread(rank_precedents, asked, changes, origins, budget)
    by_source = {each.change.source: each for each in earlier}
    precedents = [_tell(likeness, by_source[likeness.source], decisions) for likeness in ranked]
    return Precedents(is_all and not budget.is_spent, precedents)


def _tell(likeness: Likeness, settled: SettledAmendment, decisions: Mapping[str, str]) -> Precedent:
    return Precedent(
        amendment_id=likeness.source,
        key=settled.change.key,
        similarity=likeness.similarity,
        like_id=likeness.like or "",
        outcome=settled.outcome,
        reason=settled.reason,
        decision_id=decisions.get(settled.proposal_id, ""),
        settled_at=settled.settled_at,
    )


def _walk_lineage() -> Any:
    """Return the query for (provision, one that it comes from), by `NAMED`: itself, and step by step those before.

    A provision comes from the one that it was cut out of, and from those whose words went into it.
    """
    begin = select(Provision.id.label("key"), Provision.id.label("origin")).where(Provision.id.in_(NAMED))
    walk = begin.cte("origins", recursive=True)
    goes_in = Lineage.into_id == walk.c.origin
    before = case((goes_in, Lineage.provision_id), else_=Lineage.from_id)
    comes_from = and_(Lineage.provision_id == walk.c.origin, Lineage.from_id.is_not(None))
    step = select(walk.c.key, before).where(or_(goes_in, comes_from), visible_lineages(Lineage))
    # UNION without ALL: a provision that is met again is not followed again, so that the walk ends
    walk = walk.union(step)
    return select(walk.c.key, walk.c.origin)


_ORIGINS = _walk_lineage()
_SETTLING = tuple(act.tag for act in (policy.conclude_consideration, policy.decide_proposal, policy.withdraw_proposal))
_SETTLED_AT = (
    select(func.max(JournalEntry.at))
    .where(JournalEntry.subject_id == AmendmentProposal.id, JournalEntry.act.in_(_SETTLING))
    .correlate(AmendmentProposal)
    .scalar_subquery()
)
_EARLIER = (
    select(
        Amendment,
        CarriedAmendment,
        AmendmentView,
        ProposalWork.status,
        func.coalesce(ProvisionText.text, "").label("text"),
        _SETTLED_AT.label("settled_at"),
    )
    .join(AmendmentProposal, AmendmentProposal.id == Amendment.proposal_id)
    .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
    .outerjoin(AmendmentView, AmendmentView.amendment_id == Amendment.id)
    .outerjoin(
        CarriedAmendment,
        and_(CarriedAmendment.amendment_id == Amendment.id, CarriedAmendment.text_version_id == CURRENT_VERSION),
    )
    .outerjoin(
        ProvisionText,
        and_(
            ProvisionText.provision_id == Amendment.provision_id,
            ProvisionText.text_version_id == AmendmentProposal.text_version_id,
        ),
    )
    .where(
        Amendment.provision_id.in_(NAMED),
        visible_amendments(Amendment),
        ProposalWork.status.in_(SETTLED),
        ~is_left(ProposalWork, present),
        # a draft that was given up was never put to anybody
        AmendmentProposal.submitted_at.is_not(None),
    )
    .order_by(_SETTLED_AT.desc().nulls_last(), AmendmentProposal.submitted_at.desc(), Amendment.id)
    .limit(MOST_EARLIER + 1)
)
_DECISIONS = (
    select(Decision.subject_id, Decision.id)
    .where(Decision.subject_id.in_(NAMED), visible_decisions(Decision))
    .order_by(Decision.recorded_at, Decision.id)
)


async def read_origins(
    session: AsyncSession, actor: Actor, now: datetime, keys: Collection[str]
) -> dict[str, frozenset[str]]:
    """Return the provisions that each of some comes from over the lineage that the actor sees, itself included."""
    origins: dict[str, set[str]] = defaultdict(set)
    for key, origin in await session.execute(_ORIGINS, actor.parameters(now) | {NAMED.key: sorted(keys)}):
        origins[key].add(origin)
    return {key: frozenset(of_one) for key, of_one in origins.items()}


async def _read_words(session: AsyncSession, version_id: str, keys: Collection[str]) -> dict[str, str]:
    """Return the words of provisions of a version by permanent key. The actor sees the version's amendments."""
    at = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id.in_(keys))
    rows = await session.execute(select(ProvisionText.provision_id, ProvisionText.text).where(*at))
    return {row.provision_id: row.text for row in rows}


async def _read_settled(
    session: AsyncSession, actor: Actor, now: datetime, keys: Collection[str], proposal_id: str
) -> tuple[list[SettledAmendment], bool]:
    """Return the settled amendments on some provisions that the actor sees, those settled last first; and if all."""
    rows = (await session.execute(_EARLIER, actor.parameters(now) | {NAMED.key: sorted(keys)})).all()
    settled = []
    for amendment, carried, view, status, text, settled_at in rows[:MOST_EARLIER]:
        outcome = outcome_of(status, view.view if view else None, carried.state if carried else None)
        if outcome is None or amendment.proposal_id == proposal_id:
            continue
        key, wording = amendment.provision_id or "", amendment.wording or ""
        change = AskedChange(amendment.id, key, amendment.kind, text, wording)
        reason = _reason_of(outcome, view, carried)
        settled.append(SettledAmendment(change, outcome, reason, amendment.proposal_id, settled_at))
    return settled, len(rows) <= MOST_EARLIER


def _reason_of(outcome: PrecedentOutcome, view: AmendmentView | None, carried: CarriedAmendment | None) -> str:
    """Return why it became of an amendment what it did: the words of the proponent who dropped it, else the group's."""
    if outcome == PrecedentOutcome.WITHDRAWN and carried and carried.reason:
        return carried.reason
    return view.reason if view else ""


async def _find_decisions(
    session: AsyncSession, actor: Actor, now: datetime, proposal_ids: Collection[str]
) -> dict[str, str]:
    """Return the last decision on each of some proposals, of those that the actor sees."""
    rows = await session.execute(_DECISIONS, actor.parameters(now) | {NAMED.key: sorted(proposal_ids)})
    return {row.subject_id: row.id for row in rows}
