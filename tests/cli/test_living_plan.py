"""The demonstration lives around today, whatever day it is, and everybody in it finds something to do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from server.domain.forecast.queries.outlooks import oversee_plans
from server.domain.forecast.rules.backwards import Gaps
from server.domain.notices.actions.making import make_notices
from server.domain.planning.queries import milestones_of
from server.domain.tasks.queries.finding import find_tasks
from server.domain.workplan.due import DueFacts, due_period
from server.domain.workplan.rules import DUE_SOON_DAYS
from server.identity.standing import actor_of
from server.kernel.actor import Capacity
from server.kernel.facts import facts_of
from server.models.bodies import Body, Function, Mandate, Sitting
from server.models.groups import Contribution, GroupReport, Nomination, Promise
from server.models.journal import JournalEntry
from server.models.notices import Notice
from server.models.parties import Party, Person
from server.models.planning import Dependency, Milestone, MilestoneChange
from server.models.sittings import AgendaItem, LaidPaper
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.storage.database import Database
from server.tools.demonstration.living import GROUP, MILESTONES, WAITING, month_of
from server.tools.demonstration.load import PEOPLE, load_demonstration
from server.tools.demonstration.people import AMAZON, AUSTRALIA, CANADA, CHINA, EU, EXPERT, GEA, JAPAN, OFFICER, UPU
from server.vocabulary.groups import GroupReportStatus, NominationStatus, PromiseStatus
from server.vocabulary.sittings import ItemClass
from server.vocabulary.workplan import ActivityStatus, MilestoneChangeStatus, MilestoneStatus

PRESENT = datetime(2026, 11, 28, 9, tzinfo=UTC)
SILENCE = ("break_silence", "When an item counts as described")
OVERDUE = ("complete_activity", "List what customs officers ask")
ASKED: dict[str, list[tuple[str, str]]] = {
    OFFICER: [],
    CANADA: [],
    CHINA: [SILENCE],
    JAPAN: [
        ("keep_promise", "Comments on the second measure"),
        SILENCE,
        ("accept_nomination", "Measures of data quality"),
    ],
    EXPERT: [("keep_promise", "Comments on the second measure")],
    EU: [SILENCE],
    AUSTRALIA: [OVERDUE, SILENCE, ("approve_milestone_change", "The draft measures are with the group")],
    UPU: [OVERDUE, ("keep_promise", "How postal operators measure the same")],
    GEA: [("accept_promise", "Three examples of data that came late")],
    AMAZON: [],
}
"""(act, title) of what the living group asks of each person, in the order in which they find it."""


@pytest.mark.parametrize(
    ("day", "later", "printed"),
    [
        (date(2026, 11, 28), 0, "November 2026"),
        (date(2026, 11, 28), 2, "January 2027"),
        (date(2027, 1, 31), -1, "December 2026"),
        (date(2027, 12, 1), 13, "January 2029"),
    ],
)
def test_month_of_counts_over_years(day: date, later: int, printed: str) -> None:
    assert month_of(day, later) == printed


@pytest.mark.parametrize(
    "now", [PRESENT, pytest.param(datetime(2028, 2, 29, 23, 59, tzinfo=UTC), marks=pytest.mark.rest)]
)
async def test_living_plan_has_something_in_every_state_whatever_day_it_is(database: Database, now: datetime) -> None:
    today = now.date()
    assert await load_demonstration(database, now)

    async with database.studying() as session:
        body = (await session.scalars(select(Body).where(Body.short_name == GROUP))).one()
        (mandate,) = await session.scalars(select(Mandate).where(Mandate.body_id == body.id))
        plan = (await session.scalars(select(WorkPlan).where(WorkPlan.body_id == body.id))).one()
        of_plan = select(Activity).join(WorkItem, WorkItem.id == Activity.work_item_id)
        activities = (await session.scalars(of_plan.where(WorkItem.plan_id == plan.id))).all()
        milestones = await milestones_of(session, plan.id)
        due = {each.name: due_period(facts_of(DueFacts, each)).latest or date.max for each in milestones}
        links = (await session.scalars(select(Dependency).where(Dependency.plan_id == plan.id))).all()
        (change,) = await session.scalars(select(MilestoneChange))
        coming = (await session.scalars(select(Sitting).where(Sitting.starts_on > today))).all()

    assert mandate.starts_on < today < (mandate.ends_on or date.max)
    statuses = [each.status for each in activities]
    assert statuses.count(ActivityStatus.DONE) == statuses.count(ActivityStatus.IN_PROGRESS) == 1
    waiting = [each for each in activities if each.status != ActivityStatus.DONE]
    assert [each.description for each in waiting if each.latest and each.latest < today] == [OVERDUE[1]]
    assert len([each for each in waiting if each.latest != each.baseline_latest]) == 1
    assert len([each for each in waiting if each.blocked_at]) == 1
    assert any(each.latest and each.latest - today > timedelta(days=DUE_SOON_DAYS) for each in waiting)
    planned = [each for each in milestones if each.status == MilestoneStatus.PLANNED]
    assert len(planned) == len(milestones) - 1 == len(MILESTONES)  # one is reached, and one was added later
    assert [each.name for each in planned if due[each.name] < today] == ["The layout of the yearly report is agreed"]
    soon = [each.name for each in planned if today <= due[each.name] <= today + timedelta(days=DUE_SOON_DAYS)]
    assert soon == ["The draft measures are with the group"]
    slipped = [each.name for each in planned if each.baseline_latest and due[each.name] > each.baseline_latest]
    assert slipped == ["Three Members have tried the report out"]
    assert len(links) == len(WAITING) + 1
    assert change.status == MilestoneChangeStatus.PROPOSED
    assert len(coming) == 3


async def test_people_find_what_is_asked_and_something_unread(database: Database) -> None:
    assert await load_demonstration(database, PRESENT)

    await make_notices(database, lambda: PRESENT)

    titles = {title for each in ASKED.values() for _, title in each}
    asked: dict[str, list[tuple[str, str]]] = {}
    unread: dict[str, int] = {}
    async with database.reading() as connection:
        for email, _ in PEOPLE:
            person = str(await connection.scalar(select(Person.id).where(Person.email == email)))
            tasks = await find_tasks(connection, await actor_of(connection, person, PRESENT), PRESENT)
            asked[email] = [(each.act, each.title) for each in tasks if each.title in titles]
            notices = await connection.scalars(select(Notice.id).where(Notice.person_id == person))
            unread[email] = len(notices.all())
        in_order = select(JournalEntry.at).order_by(JournalEntry.sequence)
        instants = (await connection.scalars(in_order)).all()
    assert asked == ASKED
    assert [email for email, count in unread.items() if not count] == []
    assert max(unread.values()) <= 15
    assert list(instants) == sorted(instants)


async def test_coordinators_see_that_a_paper_comes_too_late_and_which_sittings_follow(database: Database) -> None:
    assert await load_demonstration(database, PRESENT)

    async with database.reading() as connection:
        person = str(await connection.scalar(select(Person.id).where(Person.email == EU)))
        outlook = await oversee_plans(connection, await actor_of(connection, person, PRESENT), PRESENT, Gaps())
        rows = await connection.execute(select(Milestone.id, Milestone.name))
        names = {id_: name for id_, name in rows}  # noqa: C416

    assert [(names[each.step_id], each.days) for each in outlook.overview.misses] == [
        ("The paper for the PTC is out", 2),
        ("The PTC considers the measures", 0),
        ("The Council decides", 0),
    ]


async def test_groups_show_every_capacity_promise_and_class_of_item(database: Database) -> None:
    assert await load_demonstration(database, PRESENT)

    async with database.studying() as session:
        led = (
            select(Party.capacity).join(Function, Function.party_id == Party.id).join(Body, Body.id == Function.body_id)
        )
        capacities = set(await session.scalars(led.where(Body.short_name.startswith(f"{GROUP}-"))))
        nominations = set(await session.scalars(select(Nomination.status)))
        promises = (await session.execute(select(Promise.status, Promise.due_at < PRESENT, Promise.nudged_at))).all()
        (report,) = await session.scalars(select(GroupReport))
        contributions = (await session.scalars(select(Contribution))).all()
        classes = set(await session.scalars(select(AgendaItem.item_class)))
        papers = (await session.scalars(select(LaidPaper))).all()

    assert capacities == {Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR}
    assert nominations == {NominationStatus.NOMINATED, NominationStatus.ACCEPTED, NominationStatus.AGREED}
    assert sorted((status, bool(late), bool(nudged)) for status, late, nudged in promises) == [
        (PromiseStatus.ASKED, False, False),
        (PromiseStatus.HANDED_BACK, True, False),
        (PromiseStatus.KEPT, True, False),
        (PromiseStatus.MADE, False, False),
        (PromiseStatus.MADE, True, True),
    ]
    assert report.status == GroupReportStatus.CIRCULATED
    assert len(contributions) == 2
    assert classes == set(ItemClass)
    assert len(papers) == 2
