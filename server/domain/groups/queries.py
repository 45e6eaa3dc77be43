"""Reading nominations, promises, contributions and reports of groups, each under the predicate of its noun."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, case, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.calls import queries as calls
from server.domain.planning.queries import visible_milestones
from server.domain.proposals.queries import visible_proposals
from server.domain.rounds.queries import visible_rounds
from server.domain.silence.queries import visible_procedures
from server.kernel.actor import Actor
from server.kernel.predicates import (
    actor_party,
    is_secretariat,
    joined_bodies,
    led_bodies,
    present,
    sight,
    signed_in,
)
from server.models.bodies import Body
from server.models.calls import Call
from server.models.groups import Contribution, GroupReport, Nomination, Promise
from server.models.planning import Milestone
from server.models.proposals import AmendmentProposal, ProposalWork
from server.models.rounds import Round
from server.models.silence import SilenceProcedure
from server.models.sittings import ReportingLine, Transfer
from server.models.taking_over import is_left
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.storage.rows import WANTED, find_row, get_row
from server.vocabulary.calls import CallPhase
from server.vocabulary.groups import GroupReportStatus, NominationStatus, PromiseStatus, PromiseTiming
from server.vocabulary.proposals import ProposalStatus
from server.vocabulary.rounds import RUNNING
from server.vocabulary.silence import SilenceStatus
from server.vocabulary.workplan import OPEN_ACTIVITY, MilestoneStatus


def _leads_above(row: Any) -> ColumnElement[bool]:
    """Return the condition that the caller leads the body above that of a row."""
    body = aliased(Body)
    return select(body.id).where(body.id == row.body_id, body.parent_id.in_(led_bodies)).exists()


def _inside(row: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the alternatives by which a caller sees the work of a group: from within it, or from above."""
    return (
        sight("the Secretariat", is_secretariat),
        sight("parties that take part in the group", row.body_id.in_(joined_bodies)),
        sight("those who lead the group", row.body_id.in_(led_bodies)),
        sight("those who lead the body above it", _leads_above(row)),
    )


def visible_nominations(nomination: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a nomination.

    Those inside the group and above it do, and the party named; what was agreed everybody does.
    """
    own = sight("the party named", nomination.party_id == actor_party)
    agreed = sight("every delegate, once it is agreed", nomination.status == NominationStatus.AGREED)
    return and_(signed_in, or_(*_inside(nomination), own, agreed))


def visible_promises(promise: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a promise: those inside the group and above it, and its party."""
    return and_(signed_in, or_(*_inside(promise), sight("its party", promise.party_id == actor_party)))


def visible_contributions(contribution: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a contribution: those inside the group and above it, and its party."""
    return and_(signed_in, or_(*_inside(contribution), sight("its party", contribution.party_id == actor_party)))


def visible_reports(report: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees the report of a group.

    Those who lead the group write it; once circulated, those inside the group and above it see it; once adopted,
    everybody does.
    """
    writers = sight("those who lead the group", report.body_id.in_(led_bodies))
    is_out = report.status != GroupReportStatus.DRAFT
    inside = [sight("those inside the group and above it, once it is circulated", is_out & or_(*_inside(report)))]
    adopted = sight("every delegate, once it is adopted", report.status == GroupReportStatus.ADOPTED)
    return and_(signed_in, or_(writers, *inside, adopted))


def visible_lines(line: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a reporting line: every delegate does."""
    return signed_in


_HIDEABLE: dict[Any, Any] = {
    Round: visible_rounds,
    Call: calls.visible_calls,
    SilenceProcedure: visible_procedures,
    Milestone: visible_milestones,
    AmendmentProposal: visible_proposals,
    Promise: visible_promises,
}
"""The items that not every delegate sees, with their predicates."""


def visible_transfers(transfer: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees what went to a successor: every delegate does who sees the item.

    A transfer of something that is hidden would tell that there is something.
    """
    prefix = func.substr(transfer.item_id, 1, 4)
    sees: list[ColumnElement[bool]] = [~prefix.in_([f"{model.prefix}_" for model in _HIDEABLE])]
    for model, visible in _HIDEABLE.items():
        item = aliased(model)
        is_seen = select(item.id).where(item.id == transfer.item_id, visible(item)).exists()
        sees.append(and_(prefix == f"{model.prefix}_", is_seen))
    return and_(signed_in, sight("every delegate who sees the item", or_(*sees)))


def in_timing(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for promises whose timing matches: `rules.promises.timing_of` in SQL, all but DUE_SOON."""
    status, due_at = column_at("status"), column_at("due_at")
    timing_now = case(
        (status.notin_([PromiseStatus.ASKED, PromiseStatus.MADE]), PromiseTiming.SETTLED.value),
        (due_at <= present, PromiseTiming.OVERDUE.value),
        else_=PromiseTiming.AHEAD.value,
    )
    return matches(type_coerce(timing_now, String()))  # type: ignore[no-any-return]


_NOMINATION = (
    select(Nomination)
    .where(Nomination.id == WANTED, visible_nominations(Nomination))
    .options(joinedload(Nomination.body).undefer(Body.mandated_until))
    .with_for_update(of=Nomination)
)
_PROMISE = (
    select(Promise)
    .where(Promise.id == WANTED, visible_promises(Promise))
    .options(joinedload(Promise.body).undefer(Body.mandated_until))
    .with_for_update(of=Promise)
)
_REPORT = (
    select(GroupReport)
    .where(GroupReport.id == WANTED, visible_reports(GroupReport))
    .options(joinedload(GroupReport.body))
    .with_for_update(of=GroupReport)
)
_LINE = select(ReportingLine).where(ReportingLine.id == WANTED, visible_lines(ReportingLine)).with_for_update()


async def get_nomination(session: AsyncSession, actor: Actor, now: datetime, nomination_id: str) -> Nomination:
    """Return the nomination with its body, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _NOMINATION, nomination_id, "nomination")


async def get_promise(session: AsyncSession, actor: Actor, now: datetime, promise_id: str) -> Promise:
    """Return the promise, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _PROMISE, promise_id, "promise")


async def get_report(session: AsyncSession, actor: Actor, now: datetime, report_id: str) -> GroupReport:
    """Return the report with its body, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _REPORT, report_id, "report")


async def get_line(session: AsyncSession, actor: Actor, now: datetime, line_id: str) -> ReportingLine:
    """Return the reporting line, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _LINE, line_id, "reporting line")


async def find_nomination(session: AsyncSession, body_id: str, party_id: str, kind: Any) -> str | None:
    """Return the id of the open nomination of a party for a function in a body, None where there is none."""
    named = (Nomination.body_id == body_id, Nomination.party_id == party_id, Nomination.kind == kind)
    is_open = Nomination.status.in_([NominationStatus.NOMINATED, NominationStatus.ACCEPTED])
    return await session.scalar(select(Nomination.id).where(*named, is_open))


async def find_line(session: AsyncSession, body_id: str, superior_id: str) -> str | None:
    """Return the id of the reporting line of a body to another one that goes on, None where there is none."""
    between = (ReportingLine.body_id == body_id, ReportingLine.superior_id == superior_id)
    return await session.scalar(select(ReportingLine.id).where(*between, ReportingLine.ended_on.is_(None)))


async def open_topics(session: AsyncSession, body_id: str) -> list[WorkItem]:
    """Return the topics that a body has still to work on, locked for change.

    They were given to it, or stand in its own plan and were given to no group. A topic is open until it is given up or
    all its activities are settled.
    """
    of_topic = select(Activity.id).where(Activity.work_item_id == WorkItem.id)
    is_open = or_(of_topic.where(Activity.status.in_(OPEN_ACTIVITY)).exists(), ~of_topic.exists())
    has_it = or_(WorkItem.body_id == body_id, and_(WorkItem.body_id.is_(None), WorkPlan.body_id == body_id))
    statement = select(WorkItem).join(WorkItem.plan).where(has_it, is_open, WorkItem.dropped_at.is_(None))
    statement = statement.where(WorkPlan.closed_at.is_(None)).order_by(WorkItem.id)
    return list((await session.scalars(statement.with_for_update(of=WorkItem))).all())


async def approved_milestones(session: AsyncSession, body_id: str) -> list[Milestone]:
    """Return the milestones to come of which a body approves the changes, locked for change."""
    of_body = (Milestone.approver_body_id == body_id, Milestone.status == MilestoneStatus.PLANNED)
    statement = select(Milestone).where(*of_body).order_by(Milestone.id).with_for_update()
    return list((await session.scalars(statement)).all())


async def open_proposals(session: AsyncSession, body_id: str, now: datetime) -> list[ProposalWork]:
    """Return the work on the proposals that a body considers now, locked for change.

    One that was withdrawn is among them while a co-sponsor can take it over: it goes on where it was.
    """
    is_open = or_(ProposalWork.status == ProposalStatus.UNDER_CONSIDERATION, is_left(ProposalWork, now))
    statement = select(ProposalWork).where(ProposalWork.body_id == body_id, is_open)
    statement = statement.order_by(ProposalWork.proposal_id).with_for_update()
    return list((await session.scalars(statement)).all())


async def open_promises(session: AsyncSession, body_id: str) -> list[Promise]:
    """Return the promises to a group that are neither kept nor given back, locked for change."""
    standing = (Promise.body_id == body_id, Promise.status.in_([PromiseStatus.ASKED, PromiseStatus.MADE]))
    statement = select(Promise).where(*standing).order_by(Promise.id).with_for_update()
    return list((await session.scalars(statement)).all())


_OF_BODY = bindparam("body_id", type_=String)
_TRACED = select(Transfer.item_id).where(Transfer.body_id == _OF_BODY)
_OPENED = (
    select(Round.id).where(Round.body_id == _OF_BODY, Round.status.in_(RUNNING), Round.id.not_in(_TRACED)),
    select(Call.id).where(
        Call.body_id == _OF_BODY,
        calls.in_phase(lambda path: getattr(Call, path), lambda phase: phase.in_([CallPhase.PLANNED, CallPhase.OPEN])),
        Call.id.not_in(_TRACED),
    ),
    select(SilenceProcedure.id).where(
        SilenceProcedure.body_id == _OF_BODY,
        SilenceProcedure.status.in_((SilenceStatus.OPENED, SilenceStatus.BROKEN)),
        SilenceProcedure.id.not_in(_TRACED),
    ),
)


async def opened_in_its_name(session: AsyncSession, actor: Actor, now: datetime, body_id: str) -> list[str]:
    """Return the ids of what runs in the name of a body and is not traced to a successor yet.

    Rounds that are not complete, calls that are not closed, and silence procedures that are not settled.
    """
    values = {**actor.parameters(now), "body_id": body_id}
    return [id_ for statement in _OPENED for id_ in await session.scalars(statement.order_by("id"), values)]


_CONTRIBUTION = select(Contribution).where(Contribution.id == WANTED, visible_contributions(Contribution))


async def find_contribution(
    session: AsyncSession, actor: Actor, now: datetime, contribution_id: str
) -> Contribution | None:
    """Return the contribution, None if there is none for this actor."""
    return await find_row(session, actor, now, _CONTRIBUTION, contribution_id)
