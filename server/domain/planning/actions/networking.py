"""Saying what waits for what in a plan, and keeping the periods of a plan under a name."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.planning import policy, queries, rules
from server.domain.planning.rules import DependencyFacts
from server.domain.workplan import queries as plans
from server.domain.workplan import rules as plan_rules
from server.domain.workplan.actions.changes import ChangeMade, name_of, write_change
from server.domain.workplan.due import DueFacts, due_period
from server.domain.workplan.rules import PlanFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.planning import Baseline, BaselineRow, Dependency
from server.vocabulary.workplan import PlanChangeKind, PlanField


async def add_dependency(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    work_plan_id: str,
    predecessor_id: str,
    successor_id: str,
    reason: str,
    lag_days: int = 0,
) -> str:
    """Say that an activity or milestone of a plan waits for another one to end, and return the dependency's id.

    It begins `lag_days` after the other has ended. A circle is refused with the steps that it leads through.
    """
    plan = await plans.get_work_plan(session, actor, now, work_plan_id)
    policy.add_dependency.ensure(actor, facts_of(PlanFacts, plan), now)
    first = await queries.find_step(session, actor, now, plan.id, predecessor_id)
    last = await queries.find_step(session, actor, now, plan.id, successor_id)
    ends = (("predecessorId", first), ("successorId", last))
    issues = [Issue(path, IssueCode.OBJECT_UNKNOWN) for path, step in ends if step is None]
    issues += [*rules.check_days("lagDays", lag_days), *plan_rules.check_reason(reason)]
    links = await queries.dependencies_of(session, plan.id)
    if first and last:
        if any((link.predecessor_id, link.successor_id) == (first.id, last.id) for link in links):
            raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, "It waits for this already.")
        if circle := rules.find_circle(_successors(links), first.id, last.id):
            steps = [await queries.find_step(session, actor, now, plan.id, step) for step in circle]
            names = tuple(name_of(step) for step in steps if step)
            issues.append(Issue("successorId", IssueCode.CIRCLE, steps=names))
    ensure_well_formed(issues)
    link = Dependency(plan_id=plan.id, predecessor_id=first.id, successor_id=last.id, lag_days=lag_days)  # type: ignore[union-attr]
    session.add(link)
    change = ChangeMade(PlanChangeKind.LINKED, PlanField.DEPENDENCY, after=name_of(first))
    write_change(session, actor, now, plan.id, last, change, reason)
    details = {"plan": plan.id, "first": predecessor_id, "last": successor_id, "reason": reason.strip()}
    await record(session, actor, policy.add_dependency, link.id, now, **details)
    return link.id


def _successors(links: list[Dependency]) -> dict[str, list[str]]:
    """Return the steps that wait for each step."""
    following: dict[str, list[str]] = {}
    for link in links:
        following.setdefault(link.predecessor_id, []).append(link.successor_id)
    return following


async def drop_dependency(
    session: AsyncSession, actor: Actor, now: datetime, *, dependency_id: str, reason: str, expected_revision: int
) -> str:
    """Say that a step waits for another one no longer, with a reason, and return the dependency's id."""
    link = await queries.get_dependency(session, actor, now, dependency_id)
    policy.drop_dependency.ensure(actor, facts_of(DependencyFacts, link), now)
    ensure_current("dependency", link.id, expected=expected_revision, current=link.revision)
    ensure_well_formed(plan_rules.check_reason(reason))
    link.ended_at = now
    link.revision += 1
    first = await queries.find_step(session, actor, now, link.plan_id, link.predecessor_id)
    last = await queries.find_step(session, actor, now, link.plan_id, link.successor_id)
    if last is not None:
        change = ChangeMade(PlanChangeKind.UNLINKED, PlanField.DEPENDENCY, before=name_of(first) if first else "")
        write_change(session, actor, now, link.plan_id, last, change, reason)
    await record(session, actor, policy.drop_dependency, link.id, now, reason=reason.strip())
    return link.id


async def record_baseline(session: AsyncSession, actor: Actor, now: datetime, *, work_plan_id: str, name: str) -> str:
    """Keep the periods of all activities and milestones of a plan as they are today, and return the baseline's id."""
    plan = await plans.get_work_plan(session, actor, now, work_plan_id)
    policy.record_baseline.ensure(actor, facts_of(PlanFacts, plan), now)
    ensure_well_formed(rules.check_baseline(name, await queries.baseline_names(session, plan.id)))
    baseline = Baseline(plan_id=plan.id, name=name.strip(), taken_by_id=actor.delegate_id, taken_at=now)
    session.add(baseline)
    for step in await plans.activities_of(session, plan.id):
        period = (step.earliest, step.latest, step.label)
        _keep(session, baseline, step.id, period)
    for milestone in await queries.milestones_of(session, plan.id):
        due = due_period(facts_of(DueFacts, milestone))
        _keep(session, baseline, milestone.id, due, milestone.round_id)
    change = ChangeMade(PlanChangeKind.BASELINED, PlanField.WHOLE, after=baseline.name)
    write_change(session, actor, now, plan.id, plan, change)
    await record(session, actor, policy.record_baseline, baseline.id, now, plan=plan.id, title=baseline.name)
    return baseline.id


def _keep(
    session: AsyncSession, baseline: Baseline, item_id: str, period: tuple[Any, ...], round_id: str | None = None
) -> None:
    days = dict(zip(("earliest", "latest", "label"), period, strict=True))
    session.add(BaselineRow(baseline_id=baseline.id, item_id=item_id, **days, round_id=round_id))
