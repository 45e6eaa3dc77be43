"""Milestones that move because their sitting or round moves or is called off: a change each, a notice, a new date."""

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, update

from server.domain.notices.actions.making import make_notices
from server.domain.planning.queries import DUE_COLUMNS, last_day_of
from server.domain.workplan.due import DueFacts, due_period
from server.models.bodies import Sitting
from server.models.notices import Notice
from server.models.planning import Milestone
from server.models.rounds import Round
from tests.factories.accrediting import entries
from tests.factories.api import Api
from tests.factories.filled import lift_guards
from tests.factories.forecast import Forecast, make_forecast
from tests.factories.proposals import add_sitting
from tests.factories.workplan import rows_of


@pytest.fixture
async def forecast(api: Api) -> Forecast:
    return await make_forecast(api.world)


async def act(api: Api, name: str, **sent: Any) -> dict[str, Any]:
    """Do an act as the Secretariat, and return its answer; fail if it is refused."""
    answer: dict[str, Any] = await api.act("secretariat", name, **sent)
    assert answer["__typename"] != "Refusal", answer
    return answer


async def changes_of(api: Api, who: str, forecast: Forecast) -> list[tuple[str, ...]]:
    """Return what was changed in the plan as somebody sees it: kind, field, name, before, after, cause and reason."""
    listed = (await api.ask(who, "PlanChangeList", filter={"planId": [forecast.plan]}, first=10))["planChanges"]
    names = ("kind", "field", "subjectName", "before", "after", "cause", "causeTitle", "causeOn", "reason")
    return sorted(tuple(each[name] for name in names) for each in listed["nodes"])


async def test_a_milestone_that_moves_with_its_sitting_is_a_change_of_the_plan(api: Api, forecast: Forecast) -> None:
    days = {"startsOn": "2019-05-13", "endsOn": "2019-05-17"}
    await act(api, "moveSitting", sittingId=forecast.ptc, reason="No room.", expectedRevision=1, **days)
    await act(api, "moveSitting", sittingId=forecast.ptc, reason="Cheaper.", expectedRevision=2, place="Bern")

    assert await changes_of(api, "upu", forecast) == [
        (
            *("REDATED", "ANCHOR", "PTC endorses", "22 to 26 April 2019", "13 to 17 May 2019"),
            *("SITTING_MOVED", "PTC", "2019-04-22", "No room."),
        )
    ]
    moved = [entry[-1] for entry in await entries(api.world) if entry[0] == "milestone.redated"]
    assert moved == [forecast.steps["PTC endorses"]]


async def test_a_milestone_that_moves_with_its_sitting_is_told_to_those_who_follow_it(
    api: Api, forecast: Forecast
) -> None:
    """Canada leads the group that approves that the milestone moves."""
    async with api.world.database.writing() as session:
        await session.execute(update(Milestone).values(approver_body_id=api.world.bodies["group"]))
    await make_notices(api.world.database, api.world.clock)
    days = {"startsOn": "2019-05-13", "endsOn": "2019-05-17"}
    await act(api, "moveSitting", sittingId=forecast.ptc, reason="No room.", expectedRevision=1, **days)
    await make_notices(api.world.database, api.world.clock)
    await make_notices(api.world.database, api.world.clock)

    notices = await rows_of(api.world.database, Notice.person_id, Notice.name, Notice.subject_id)
    moved = ("milestone.redated", forecast.steps["PTC endorses"])
    told = [person for person, *what in notices if tuple(what) == moved]
    assert told == [api.world.persons["canada"]]


async def test_a_milestone_at_a_sitting_is_announced_fourteen_days_before_and_again_where_it_moves(
    api: Api, forecast: Forecast
) -> None:
    """Canada leads the group that approves that the milestone moves."""
    world, endorsed = api.world, forecast.steps["PTC endorses"]
    async with world.database.writing() as session:
        await session.execute(update(Milestone).values(approver_body_id=world.bodies["group"]))
    for instant, count in (((2019, 4, 11), 0), ((2019, 4, 12), 1), ((2019, 4, 20), 1)):
        world.clock.now = datetime(*instant, 12, tzinfo=UTC)
        await make_notices(world.database, world.clock)
        assert await announced(api, endorsed) == [(world.persons["canada"], date(2019, 4, 26))] * count

    moved = {"startsOn": "2019-05-13", "endsOn": "2019-05-17", "reason": "No room.", "expectedRevision": 1}
    await act(api, "moveSitting", sittingId=forecast.ptc, **moved)
    await make_notices(world.database, world.clock)
    assert len(await announced(api, endorsed)) == 1
    world.clock.now = datetime(2019, 5, 4, tzinfo=UTC)
    await make_notices(world.database, world.clock)
    assert [day for _, day in await announced(api, endorsed)] == [date(2019, 4, 26), date(2019, 5, 17)]


async def announced(api: Api, milestone_id: str) -> list[tuple[str, date]]:
    """Return who was told that a milestone is due soon, and on which day, in the order of the days."""
    rows = await rows_of(api.world.database, Notice.person_id, Notice.due_on, Notice.name, Notice.subject_id)
    return sorted((who, day) for who, day, *what in rows if what == ["milestone.due", milestone_id])


@pytest.mark.own_sql
async def test_the_last_day_of_a_milestone_is_the_same_in_sql(api: Api, forecast: Forecast) -> None:
    """A midnight in Brussels ends a day; so does one in Auckland, which is another day in UTC."""
    world = api.world
    (milestone_id,) = [id_ for name, id_ in forecast.steps.items() if name == "PTC endorses"]
    other = await add_sitting(world, "council", 199, starts_on=date(2019, 6, 27), ends_on=date(2019, 6, 28))
    anchors = [{"sitting_id": each} for each in (forecast.ptc, other)] + [{"round_id": forecast.round}]
    closes = [datetime(2019, 3, 31, 22, tzinfo=UTC), datetime(2019, 3, 31, 22, 0, 1, tzinfo=UTC)]
    own: list[dict[str, Any]] = [{"latest": date(2019, 2, 28), "earliest": date(2019, 2, 1)}, {}]
    empty = dict.fromkeys(("sitting_id", "round_id", "earliest", "latest"))
    for anchor, offset, closes_at, zone in product(
        [*anchors, *own], (-49, 0, 3), closes, ("Europe/Brussels", "Pacific/Auckland")
    ):
        async with world.database.writing() as session:
            await lift_guards(session, is_sqlite=world.database.is_sqlite)
            await session.execute(update(Round).values(closes_at=closes_at, zone=zone))
            found = update(Milestone).where(Milestone.id == milestone_id)
            await session.execute(found.values(**{**empty, **anchor}, offset_days=offset if len(anchor) == 1 else 0))
        due, last_day = await days_of(api, milestone_id)
        assert last_day == due, (anchor, offset, closes_at, zone)

    async with world.database.writing() as session:
        await session.execute(update(Sitting).values(cancelled_at=world.clock.now))
        await session.execute(update(Milestone).values(**{**empty, "sitting_id": other}))
    assert await days_of(api, milestone_id) == (None, None)


async def days_of(api: Api, milestone_id: str) -> tuple[date | None, date | None]:
    """Return the last day on which a milestone is due by the rule, and in SQL."""
    statement = (
        select(*DUE_COLUMNS, last_day_of(Milestone))
        .select_from(Milestone)
        .outerjoin(Sitting, Sitting.id == Milestone.sitting_id)
        .outerjoin(Round, Round.id == Milestone.round_id)
        .where(Milestone.id == milestone_id)
    )
    async with api.world.database.reading() as connection:
        *due, last_day = (await connection.execute(statement)).one()
    return due_period(DueFacts(*due)).latest, last_day


async def test_a_milestone_that_moves_with_its_round_is_a_change_of_the_plan(api: Api, forecast: Forecast) -> None:
    moved = {"closesAt": "2018-10-22T16:00:00Z", "reason": "Asked for."}
    await act(api, "extendRound", roundId=forecast.round, expectedRevision=1, **moved)

    ((kind, _, name, before, after, *cause),) = await changes_of(api, "canada", forecast)
    assert (kind, name, before, after) == ("REDATED", "Round closed", "1 October 2018", "22 October 2018")
    assert cause == ["ROUND_MOVED", "Comments on Draft 1", None, "Asked for."]


async def test_what_was_to_be_at_a_cancelled_sitting_or_round_needs_a_new_date(api: Api, forecast: Forecast) -> None:
    await act(api, "cancelSitting", sittingId=forecast.ptc, reason="No room.", expectedRevision=1)
    await act(api, "cancelRound", roundId=forecast.round, reason="Moot.", expectedRevision=1)

    listed = (await api.ask("japan", "MilestoneList", filter={"planId": [forecast.plan]}, first=9))["milestones"]
    due = {each["name"]: (each["status"], each["due"]["latestOn"], each["due"]["label"]) for each in listed["nodes"]}
    assert due["PTC endorses"] == due["Round closed"] == ("PLANNED", None, "needs a new date: called off")
    assert due["Council adopts"][1] == str(date(2019, 6, 26))
    assert [change[-4:] for change in await changes_of(api, "japan", forecast)] == [
        ("SITTING_CALLED_OFF", "PTC", "2019-04-22", "No room."),
        ("ROUND_CALLED_OFF", "Comments on Draft 1", None, "Moot."),
    ]
    tally = (await api.ask("japan", "PlanOverview"))["planOverview"]["tally"]
    assert tally["undatedCount"] == 3
    path = (await api.ask("japan", "CriticalPath", planId=forecast.plan))["criticalPath"]
    assert path["chain"][-1]["step"]["id"] == forecast.steps["Council adopts"]


async def test_no_milestone_is_put_at_a_cancelled_sitting_or_round(api: Api, forecast: Forecast) -> None:
    await act(api, "cancelSitting", sittingId=forecast.ptc, reason="No room.", expectedRevision=1)
    await act(api, "cancelRound", roundId=forecast.round, reason="Moot.", expectedRevision=1)
    added = {"workPlanId": forecast.plan, "name": "Boats", "reason": "So."}

    for path, anchor in (("sittingId", forecast.ptc), ("roundId", forecast.round)):
        refusal = await api.act("secretariat", "addMilestone", **added, **{path: anchor})
        assert [(issue["path"], issue["code"]) for issue in refusal["issues"]] == [([path], "UNFIT")]


@pytest.mark.own_sql
async def test_the_cause_of_a_move_is_seen_by_those_who_see_its_round_also_after_a_new_date(
    api: Api, forecast: Forecast
) -> None:
    """Canada, which called the round, leads its body."""
    async with api.world.database.writing() as session:
        await lift_guards(session, is_sqlite=api.world.database.is_sqlite)
        await session.execute(update(Round).values(open_to_members=False, open_to_observers=False))
    await act(api, "cancelRound", roundId=forecast.round, reason="Moot.", expectedRevision=1)
    milestone_id = forecast.steps["Round closed"]
    redated = {"milestoneId": milestone_id, "period": "June 2019", "reason": "Anew.", "expectedRevision": 1}
    await act(api, "redateMilestone", **redated)

    seen = {who: await changes_of(api, who, forecast) for who in ("japan", "upu", "gea", "secretariat")}

    anew = ("REDATED", "PERIOD", "Round closed", "needs a new date: called off", "June 2019", *[None] * 3, "Anew.")
    called_off = "Comments on Draft 1", None, "Moot."
    assert seen["japan"] == seen["upu"] == [anew]
    for who in ("gea", "secretariat"):
        assert [change[-3:] for change in seen[who]] == [called_off, anew[-3:]]


async def hide_round(api: Api) -> None:
    """Let only the body of the round see it: Canada leads it, Japan is none of it."""
    async with api.world.database.writing() as session:
        await lift_guards(session, is_sqlite=api.world.database.is_sqlite)
        await session.execute(update(Round).values(open_to_members=False, open_to_observers=False))


@pytest.mark.own_sql
async def test_the_day_of_a_hidden_round_is_told_to_nobody_else_once_the_milestone_leaves_it(
    api: Api, forecast: Forecast
) -> None:
    """By no path: the change of the plan, the first day, a kept baseline, the calendar."""
    added = {"workPlanId": forecast.plan, "name": "Comments in", "roundId": forecast.round, "reason": "New."}
    milestone_id = (await api.act("secretariat", "addMilestone", **added))["milestone"]["id"]
    kept = await api.act("secretariat", "recordBaseline", workPlanId=forecast.plan, name="Autumn")
    await hide_round(api)
    redated = {"milestoneId": milestone_id, "reason": "Later.", "expectedRevision": 1}
    await act(api, "redateMilestone", period="June 2019", **redated)

    for who, count in (("japan", 0), ("gea", 2), ("secretariat", 2)):
        changes = [change for change in await changes_of(api, who, forecast) if "1 October 2018" in change]
        assert len(changes) == count, who
        milestone = (await api.ask(who, "MilestoneDetail", id=milestone_id))["milestone"]
        assert milestone["due"]["label"] == "June 2019"
        assert (milestone["baseline"]["latestOn"] is None) == (who == "japan")
        rows = (await api.ask(who, "BaselineDetail", id=kept["baseline"]["id"], first=50))["baseline"]["rows"]["nodes"]
        days = [row["period"]["latestOn"] for row in rows]
        assert days.count("2018-10-01") == count, "this one, and the one that moves with the round still"
