"""Comparing the milestones of a paper with those of a plan: new ones are added, other days and approvers amend."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.documents.work_plan import MilestoneRow
from server.domain.workplan.actions.amending import PaperAmendment
from server.domain.workplan.actions.comparing import PaperReading, issue_at, read_timeline
from server.domain.workplan.actions.names import Names
from server.domain.workplan.due import DueFacts, due_period
from server.domain.workplan.periods import columns_of
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.models.planning import Milestone
from server.models.workplan import WorkPlan
from server.vocabulary.workplan import MilestoneStatus, PlanAmendmentKind
from server.wording.folding import fold_name


async def milestones_on_record(session: AsyncSession, plan: WorkPlan | None) -> Sequence[Milestone]:
    """Return the milestones of a plan with what they move with, whatever became of them; none without a plan."""
    if plan is None:
        return ()
    loaded = [joinedload(getattr(Milestone, name)) for name in ("sitting", "round", "approver_body")]
    statement = select(Milestone).where(Milestone.plan_id == plan.id).options(*loaded)
    return (await session.scalars(statement.order_by(Milestone.position, Milestone.id))).all()


def take_milestones(
    rows: Sequence[MilestoneRow],
    known: Sequence[Milestone],
    names: Names,
    plan_id: str,
    body_id: str,
    topics: Mapping[int, str],
    reading: PaperReading,
) -> None:
    """Enter new milestones in `names.rows`, and note in `reading` what amends those on record.

    `topics` are the ids of topics by their numbers in the paper: those of new milestones. One that is not printed
    stays, and so does one that was reached or given up.
    """
    pairs = _pair(rows, known, topics)
    last = max((each.position for each in known), default=0)
    for row in rows:
        approver_id = names.body(row.approver) if row.approver else body_id
        if approver_id is None:
            reading.issues.append(issue_at(row.row, "Approved by", IssueCode.BODY_UNKNOWN, name=row.approver))
        elif (milestone := pairs.get(row.row)) is not None:
            _compare(row, milestone, approver_id, reading)
        else:
            last += 1
            _add(row, last, names, {"plan_id": plan_id, "approver_body_id": approver_id}, topics, reading)


def _pair(rows: Sequence[MilestoneRow], known: Sequence[Milestone], topics: Mapping[int, str]) -> dict[int, Milestone]:
    """Return the milestone on record of each row that has one: that of the name in the topic, else of the name."""
    pairs: dict[int, Milestone] = {}
    left = list(known)
    for is_strict in (True, False):
        for row in rows:
            same = [each for each in left if fold_name(each.name) == fold_name(row.name)]
            if is_strict:
                same = [each for each in same if each.work_item_id == topics.get(row.number)]
            if row.row not in pairs and same:
                pairs[row.row] = same[0]
                left.remove(same[0])
    return pairs


def _compare(row: MilestoneRow, milestone: Milestone, approver_id: str, reading: PaperReading) -> None:
    """Note the day and the approver that a paper prints otherwise; the first day of all is no change of a later one."""
    if milestone.status != MilestoneStatus.PLANNED:
        return
    stands = due_period(facts_of(DueFacts, milestone)).label
    changes = []
    if row.timeline not in (stands, milestone.baseline_label):
        changes.append(("Timeline", stands, row.timeline))
        read_timeline(row.row, row.timeline, reading)
    if row.approver and approver_id != milestone.approver_body_id:
        changes.append(("Approved by", milestone.approver_body.short_name, row.approver))
    for column, was, says in changes:
        change = (row.row, column, milestone, milestone.name, was, says)
        reading.amendments.append(PaperAmendment(PlanAmendmentKind.CHANGED, *change))


def _add(
    row: MilestoneRow,
    position: int,
    names: Names,
    values: Mapping[str, str],
    topics: Mapping[int, str],
    reading: PaperReading,
) -> None:
    """Enter a milestone; words that are no period are kept, with a doubt."""
    period = read_timeline(row.row, row.timeline, reading)
    milestone_id = names.rows.add(
        Milestone,
        work_item_id=topics.get(row.number),
        position=position,
        name=row.name,
        status=MilestoneStatus.PLANNED,
        **values,
        **columns_of(period),
    )
    reading.added.append((milestone_id, row.name))
