"""What an edition needs besides its decision: a later text than that in force, a label of its own, the whole path."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.proposals.rules.life import next_body_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, invalid
from server.kernel.saying import say_number
from server.models.bodies import Body, Decision, Sitting
from server.models.proposals import AmendmentProposal, Mechanism, ReviewCycle
from server.models.texts import Edition, Instrument, TextVersion
from server.vocabulary.bodies import CARRIES, BodyKind
from server.vocabulary.proposals import ProposalStatus
from server.wording.folding import looks_of

ORDER_RULE = "An edition takes the place of the one in force, so it is made from a later version and adopted later."
EDITION_RULE = "An edition needs the approving decision of the last body, on the version or on a proposal in it."
PATH_RULE = "A text goes through every body of the approval path, in its order, before it becomes an edition."


async def ensure_follows(session: AsyncSession, version: TextVersion, label: str, adopted_on: date) -> None:
    """Refuse an edition of a text that is older than the one in force, or under a label that another edition has.

    The instrument is locked until the commit, so that two editions at once cannot both take a label.
    """
    await session.execute(select(Instrument.id).where(Instrument.id == version.instrument_id).with_for_update())
    statement = (
        select(Edition.label, Edition.adopted_on, TextVersion.number, TextVersion.label)
        .join(TextVersion, TextVersion.id == Edition.text_version_id)
        .where(Edition.instrument_id == version.instrument_id)
    )
    for edition, day, number, of_version in await session.execute(statement):
        if looks_of(edition) == looks_of(label):
            raise invalid(Issue("label", IssueCode.TAKEN, taken=edition))
        if number > version.number:
            message = f"{version.label} is older than {of_version}, of which the edition {edition!r} was published."
            raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=ORDER_RULE)
        if day > adopted_on:
            message = f"This decision of {adopted_on} is older than the adoption of the edition {edition!r} on {day}."
            raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=ORDER_RULE)


async def ensure_whole_path(session: AsyncSession, version: TextVersion, decision: Decision) -> None:
    """Refuse a version that was adopted before every body of the path had carried it, and name those bodies.

    A decision on a proposal is no matter of this: the proposal has gone the path by itself. Where no version of the
    mechanism was in force on the day, only the last body counts.
    """
    if decision.subject_id != version.id:
        return
    day = decision.sitting.ends_on
    in_force = (Mechanism.valid_from <= day, or_(Mechanism.valid_until.is_(None), Mechanism.valid_until >= day))
    mechanism = await session.scalar(select(Mechanism).where(*in_force).order_by(Mechanism.valid_from.desc()).limit(1))
    if mechanism is None or (mechanism.instrument_ids and version.instrument_id not in mechanism.instrument_ids):
        return
    carried = (
        select(Body.kind)
        .join(Sitting, Sitting.body_id == Body.id)
        .join(Decision, Decision.sitting_id == Sitting.id)
        .where(Decision.subject_id == version.id, Decision.outcome.in_(CARRIES), Sitting.starts_on <= day)
    )
    decided = {*(await session.scalars(carried)), BodyKind.COUNCIL}
    if missing := [kind for kind in mechanism.approval_path if kind not in decided]:
        message = f"Not decided on {version.label} yet: {', '.join(missing)}. Record their decisions first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.DECISION_MISSING, message, rule=PATH_RULE)


async def ensure_approved(session: AsyncSession, proposals: Sequence[AmendmentProposal]) -> None:
    """Refuse while a proposal is not approved, and name the bodies that have not decided."""
    waiting = [each for each in proposals if each.work.status != ProposalStatus.APPROVED]
    if not waiting:
        return
    statement = (
        select(AmendmentProposal.id, Mechanism.approval_path)
        .join(ReviewCycle, ReviewCycle.id == AmendmentProposal.cycle_id)
        .join(Mechanism, Mechanism.id == ReviewCycle.mechanism_id)
        .where(AmendmentProposal.id.in_([each.id for each in waiting]))
    )
    paths = {proposal_id: path for proposal_id, path in await session.execute(statement)}  # noqa: C416
    nexts = (next_body_of(paths[each.id], each.work.carried_by) for each in waiting)
    bodies = ", ".join(dict.fromkeys(body for body in nexts if body is not None))
    issues = tuple(
        Issue("", IssueCode.PROPOSAL_WAITS, proposal_id=each.id, status=str(each.work.status)) for each in waiting
    )
    count = say_number(len(waiting), "proposal in this version is", "proposals in this version are")
    message = f"{count} not approved yet. Next to decide: {bodies or 'the group'}."
    raise Refusal(RefusalKind.NOT_NOW, RefusalCode.DECISION_MISSING, message, issues=issues, rule=EDITION_RULE)
