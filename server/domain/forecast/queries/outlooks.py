"""What becomes of work plans: read in a constant number of statements, computed in a thread of its own."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.bodies.queries import visible_bodies, visible_sittings
from server.domain.forecast.queries.loading import IDS, find_target, is_council, load_plans, meetings_of, titles_of
from server.domain.forecast.rules import outlooks
from server.domain.forecast.rules.backwards import BackMark, Gaps, Meeting, plan_back
from server.domain.forecast.rules.network import PlanStep
from server.domain.forecast.rules.outlooks import Overview, Path, Shift
from server.domain.forecast.rules.words import list_named, name_sitting, say_shift
from server.domain.rounds.queries import visible_rounds
from server.domain.workplan.rules import today_of
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import invalid
from server.models.bodies import Body, Sitting
from server.models.planning import Milestone
from server.models.rounds import Round
from server.models.workplan import Activity
from server.storage.rows import WANTED

STEP_PREFIXES = frozenset({Activity.prefix, Milestone.prefix})


class Outlook(NamedTuple):
    """How all plans stand: the sitting they aim at, the counts, and the steps by their ids."""

    target: Meeting | None
    overview: Overview


async def oversee_plans(
    connection: AsyncConnection, actor: Actor, now: datetime, gaps: Gaps, sitting_id: str = ""
) -> Outlook:
    """Return how all open plans stand today, with a sitting or the next Council as their target. Four statements."""
    target = await find_target(connection, actor, now, sitting_id)
    plans = await load_plans(connection, actor, now, gaps.papers)
    overview = await asyncio.to_thread(outlooks.oversee, plans.steps, plans.links, today_of(now), target)
    return Outlook(target, overview)


class PlanPath(NamedTuple):
    """The way of a plan to a sitting."""

    target: Meeting
    path: Path


async def lead_to_sitting(
    connection: AsyncConnection, actor: Actor, now: datetime, gaps: Gaps, plan_id: str, sitting_id: str = ""
) -> PlanPath | None:
    """Return the way of an open plan to a sitting, without an id to the next Council at which it has a milestone.

    None if there is no such plan with steps or no such sitting for this actor. Four statements.
    """
    plans = await load_plans(connection, actor, now, gaps.papers, plan_id)
    target = await find_target(connection, actor, now, sitting_id, plans.steps)
    if target is None or not plans.steps:
        return None
    return PlanPath(target, await asyncio.to_thread(outlooks.lead_to, plans.steps, plans.links, today_of(now), target))


class MoveSubject(NamedTuple):
    """What is to be moved: a step, or a sitting or round with what it is called."""

    id: str
    name: str


class MovePreview(NamedTuple):
    """What a move would change, in data and in words, with the titles of the steps that are named."""

    subject: MoveSubject
    shift: Shift
    sentence: str


async def preview_shift(
    connection: AsyncConnection, actor: Actor, now: datetime, gaps: Gaps, subject_id: str, days: int
) -> MovePreview | None:
    """Return what changes if a step, sitting or round moves; None if there is none for this actor. Seven statements."""
    target = await find_target(connection, actor, now, "")
    plans = await load_plans(connection, actor, now, gaps.papers)
    subject = await _find_subject(connection, actor, now, plans.steps, subject_id)
    if subject is None:
        return None
    shift = await asyncio.to_thread(outlooks.move, plans.steps, plans.links, today_of(now), target, subject_id, days)
    titles = await titles_of(connection, actor, now, list_named(shift))
    sittings = await _name_sittings(connection, actor, now, shift)
    return MovePreview(subject, shift, say_shift(subject.name, days, shift, titles, sittings))


_ROUND = select(Round.id, Round.title).where(Round.id == WANTED, visible_rounds(Round))
_SITTINGS = (
    select(Sitting.id, Body.short_name, Sitting.starts_on)
    .join(Body, Body.id == Sitting.body_id)
    .where(Sitting.id.in_(IDS), visible_sittings(Sitting), visible_bodies(Body))
)


async def _find_subject(
    connection: AsyncConnection, actor: Actor, now: datetime, steps: list[PlanStep], subject_id: str
) -> MoveSubject | None:
    """Return what is to be moved with its name; None if there is none for this actor."""
    prefix = prefix_of(subject_id)
    if prefix in STEP_PREFIXES:
        if all(step.id != subject_id for step in steps):
            return None
        return MoveSubject(subject_id, (await titles_of(connection, actor, now, [subject_id])).get(subject_id, ""))
    parameters: dict[str, Any] = {**actor.parameters(now), "wanted": subject_id, "ids": [subject_id]}
    if prefix == Sitting.prefix:
        sitting = (await connection.execute(_SITTINGS, parameters)).first()
        return MoveSubject(subject_id, name_sitting(*sitting[1:])) if sitting else None
    round_ = (await connection.execute(_ROUND, parameters)).first()
    return MoveSubject(subject_id, round_[1]) if round_ else None


async def _name_sittings(connection: AsyncConnection, actor: Actor, now: datetime, shift: Shift) -> Mapping[str, str]:
    """Return the names of the sittings that misses are about."""
    ids = sorted({miss.sitting_id for miss in shift.misses if miss.sitting_id})
    rows = await connection.execute(_SITTINGS, {**actor.parameters(now), "ids": ids})
    return {id_: name_sitting(short_name, starts_on) for id_, short_name, starts_on in rows}


class BackPlan(NamedTuple):
    """The steps back from a sitting, the first one first, by the gaps that were asked for or are usual."""

    council_id: str
    marks: list[BackMark]
    gaps: Gaps


async def plan_back_from(
    connection: AsyncConnection,
    actor: Actor,
    now: datetime,
    gaps: Gaps,
    sitting_id: str,
    committee_id: str,
    *,
    by_body: bool = True,
) -> BackPlan | None:
    """Return the steps back from a sitting, without an id from the next Council; None if there is none.

    With `by_body` documents are due as the body that sits has set it, and by the gap only where it has set nothing.
    Refuse a sitting of another body, and one that was called off.
    """
    council = await find_target(connection, actor, now, sitting_id)
    if council is None:
        return None
    if not await is_council(connection, actor, now, council.id):
        raise invalid(Issue("sittingId", IssueCode.UNFIT, why="name a sitting of the Council that was not called off"))
    meetings = await meetings_of(connection, actor, now, committee_id)
    if not by_body:
        council, *meetings = (each._replace(document_days=None) for each in (council, *meetings))
    return BackPlan(council.id, plan_back(council, gaps, meetings, today_of(now)), gaps)
