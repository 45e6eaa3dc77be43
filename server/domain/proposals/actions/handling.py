"""The acts of the Secretariat and of those who lead a group: cycles, numbers, groups, views and conclusions."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.bodies.mandates import ensure_engaging
from server.domain.bodies.rules import BodyFacts, runs
from server.domain.proposals import policy, queries
from server.domain.proposals.rules import contents, life
from server.domain.proposals.rules.life import ProposalFacts
from server.domain.proposals.rules.mechanism import DAY, last_day_of
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.kernel.saying import say_count
from server.kernel.zones import day_at_home
from server.models.proposals import Amendment, AmendmentProposal, AmendmentView, ReviewCycle
from server.vocabulary.bodies import GROUPS
from server.vocabulary.proposals import ASKING, PROPOSAL_LIFECYCLE, CarriedState, CycleKind, GroupView


async def open_cycle(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    mechanism_id: str,
    kind: CycleKind,
    title: str,
    opens_on: date,
    closes_on: date | None,
) -> str:
    """Open a review under the version of the mechanism in force on its first day, and return the cycle's id."""
    mechanism = await queries.get_mechanism(session, actor, now, mechanism_id)
    policy.open_cycle.ensure(actor, None, now)
    issues = contents.check_cycle(title, opens_on, closes_on, day_at_home(now))
    if not runs(mechanism.valid_from, mechanism.valid_until, opens_on):
        issues.append(Issue("opensOn", IssueCode.MECHANISM_NOT_IN_FORCE))
    last = last_day_of(opens_on, mechanism.window_days)
    if last is not None and not life.cycle_is_over(closes_on, last + DAY):
        days = mechanism.window_days or 0
        issues.append(Issue("closesOn", IssueCode.MECHANISM_WINDOW, days=days, latest=last.isoformat()))
    if kind not in mechanism.cycle_kinds:
        known = ", ".join(mechanism.cycle_kinds)
        issues.append(Issue("kind", IssueCode.MECHANISM_KINDS, known=known or "no review"))
    ensure_well_formed(issues)
    cycle = ReviewCycle(
        mechanism_id=mechanism.id, kind=kind, title=title.strip(), opens_on=opens_on, closes_on=closes_on
    )
    session.add(cycle)
    details = {"kind": kind, "opens_on": opens_on.isoformat(), "closes_on": closes_on and closes_on.isoformat()}
    await record(session, actor, policy.open_cycle, cycle.id, now, mechanism=cycle.mechanism_id, **details)
    return cycle.id


async def register_proposal(
    session: AsyncSession, actor: Actor, now: datetime, *, proposal_id: str, expected_revision: int
) -> str:
    """Register a submitted proposal under the next number, and return its id.

    The number opens it to every delegate.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    policy.register_proposal.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    proposal.work.number = await queries.next_number(session)
    proposal.work.status = PROPOSAL_LIFECYCLE.target("register_proposal", proposal.work.status)
    proposal.work.revision += 1
    await record(session, actor, policy.register_proposal, proposal.id, now, number=proposal.work.number)
    return proposal.id


async def assign_proposal(
    session: AsyncSession, actor: Actor, now: datetime, *, proposal_id: str, body_id: str, expected_revision: int
) -> str:
    """Give a proposal to a group that considers it, and return the proposal's id.

    Views from an earlier consideration stay until they are corrected. Refuses a body that is no group.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    body = await bodies.get_body(session, actor, now, body_id)
    policy.assign_proposal.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    if body.kind not in GROUPS:
        raise invalid(Issue("bodyId", IssueCode.BODY_DECIDES, kind=str(body.kind)))
    ensure_engaging(facts_of(BodyFacts, body), now)
    proposal.work.body_id, proposal.work.deferral_id = body.id, None
    proposal.work.status = PROPOSAL_LIFECYCLE.target("assign_proposal", proposal.work.status)
    proposal.work.revision += 1
    await record(session, actor, policy.assign_proposal, proposal.id, now, body=body.id)
    return proposal.id


async def record_view(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    amendment_id: str,
    view: GroupView,
    reason: str = "",
    expected_revision: int,
) -> str:
    """Record the group's view of one amendment, or correct it, and return the proposal's id."""
    proposal = await queries.get_amended_proposal(session, actor, now, amendment_id)
    policy.record_view.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    issues = contents.check_view(view, reason)
    if issues:
        code = RefusalCode.INVALID if reason.strip() else RefusalCode.REASON_REQUIRED
        raise invalid(*issues, code=code)
    amendment = next(each for each in proposal.amendments if each.id == amendment_id)
    _write_view(amendment, actor, now, view, reason.strip())
    proposal.work.revision += 1
    details = {"amendment": amendment.id, "view": view, "reason": reason.strip()}
    await record(session, actor, policy.record_view, proposal.id, now, **details)
    return proposal.id


def _write_view(amendment: Amendment, actor: Actor, now: datetime, view: GroupView, reason: str) -> None:
    """Write a view into the row of the amendment, a new one if there is none yet."""
    if amendment.view is None:
        amendment.view = AmendmentView(amendment_id=amendment.id)
    recorded = amendment.view
    recorded.view, recorded.reason = view, reason
    recorded.recorded_by_id, recorded.recorded_at = actor.delegate_id, now


async def conclude_consideration(
    session: AsyncSession, actor: Actor, now: datetime, *, proposal_id: str, expected_revision: int
) -> str:
    """Close the group's consideration, and return the proposal's id.

    The views on the amendments say where the proposal goes. The bodies of the approval path then decide from the first
    on, also on a proposal that came back from one of them. Refuses while an amendment has no view, or is stale.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    policy.conclude_consideration.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    states = {each.id: each.carried.state if each.carried else None for each in proposal.amendments}
    open_amendments = [each for each in proposal.amendments if states[each.id] in (None, *ASKING)]
    _ensure_none_stale(proposal)
    if waiting := sum(each.view is None for each in open_amendments):
        message = say_count(
            waiting,
            f"One of the amendments ({len(open_amendments)}) has no recorded view yet.",
            f"{{}} of {len(open_amendments)} amendments have no recorded view yet.",
        )
        rule = "A consideration is concluded when the group has a view on every amendment."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=rule)
    recorded = [each for each in proposal.amendments if states[each.id] != CarriedState.DROPPED]
    towards = life.conclusion_of([each.view.view for each in recorded if each.view is not None])
    proposal.work.status = PROPOSAL_LIFECYCLE.target("conclude_consideration", proposal.work.status, towards)
    proposal.work.carried_by, proposal.work.deferral_id = [], None
    proposal.work.revision += 1
    await record(session, actor, policy.conclude_consideration, proposal.id, now, status=towards)
    return proposal.id


def _ensure_none_stale(proposal: AmendmentProposal) -> None:
    """Refuse while the proponent has not said what becomes of amendments whose words changed meanwhile."""
    stale = [each for each in proposal.amendments if each.carried and each.carried.state == CarriedState.STALE]
    if not stale:
        return
    positions = ", ".join(str(each.position) for each in stale)
    message = f"{proposal.proponent.short_name} has to restate or drop what changed meanwhile: amendment {positions}."
    rule = "A group concludes on amendments to the words that stand now."
    issues = tuple(Issue("", IssueCode.AMENDMENT_STALE, amendment_id=each.id) for each in stale)
    raise Refusal(RefusalKind.NOT_NOW, RefusalCode.AMENDMENTS_STALE, message, issues=issues, rule=rule)
