"""Work plans, sittings and what people hear of them, written from what was promised and not from how it is done."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories.api import Api
from tests.factories.proposals import add_sitting
from tests.factories.workplan import Plan, make_decision, make_plan
from tests.factories.world import NOW

WHY = {"reason": "As agreed."}


@pytest.fixture
async def plan(api: Api) -> Plan:
    return await make_plan(api.world)


async def is_refused(api: Api, act: str, who: str = "secretariat", **sent: Any) -> bool:
    """Do an act, and return whether it was refused."""
    return bool((await api.act(who, act, **sent))["__typename"] == "Refusal")


async def activity_of(api: Api, plan: Plan, name: str) -> dict[str, Any]:
    """Return an activity as a delegate of Japan sees it."""
    activity: dict[str, Any] = (await api.ask("japan", "ActivityDetail", id=plan.activities[name]))["activity"]
    return activity


async def add_milestone(api: Api, plan: Plan, **sent: Any) -> dict[str, Any]:
    """Add a milestone, and return it as the answer has it."""
    answer = await api.act("secretariat", "addMilestone", workPlanId=plan.id, **{"name": "Paper out", **WHY, **sent})
    assert answer["__typename"] != "Refusal", answer
    milestone: dict[str, Any] = answer["milestone"]
    return milestone


async def test_what_is_done_is_shown_by_evidence_that_the_reader_can_open(api: Api, plan: Plan) -> None:
    done = {"activityId": plan.activities["Count the boats"], "expectedRevision": 1}
    for nothing in ("DEC_00000000000000000000000000", plan.id, api.world.parties["japan"]):
        answer = await api.act("secretariat", "completeActivity", **done, evidenceId=nothing)
        assert answer["code"] == "EVIDENCE_REQUIRED"
    decision = await make_decision(api.world)

    assert await is_refused(api, "completeActivity", "gea", **done, evidenceId=decision)
    assert not await is_refused(api, "completeActivity", **done, evidenceId=decision)
    assert (await activity_of(api, plan, "Count the boats"))["evidence"]["id"] == decision


async def test_what_is_blocked_says_what_it_waits_for_and_waits_for_no_circle(api: Api, plan: Plan) -> None:
    first, second = plan.activities["Count the boats"], plan.activities["Sail the boats"]
    refused = [
        await is_refused(api, "blockActivity", activityId=first, waitsFor=" \u200b", expectedRevision=1),
        await is_refused(api, "blockActivity", activityId=first, waitsFor="It", waitsForId=first, expectedRevision=1),
        await is_refused(
            api, "blockActivity", activityId=first, waitsFor="Sails", waitsForId=second, expectedRevision=1
        ),
        await is_refused(
            api, "blockActivity", activityId=second, waitsFor="Boats", waitsForId=first, expectedRevision=1
        ),
        await is_refused(api, "unblockActivity", activityId=second, expectedRevision=1),
        await is_refused(api, "unblockActivity", activityId=first, expectedRevision=2),
    ]

    assert refused == [True, True, False, True, True, False]


async def test_steps_wait_for_each_other_in_no_circle_and_for_none_of_another_plan(api: Api, plan: Plan) -> None:
    first, second, third = list(plan.activities.values())[:3]
    link = {"workPlanId": plan.id, **WHY}
    refused = [
        await is_refused(api, "addDependency", **link, predecessorId=before, successorId=after)
        for before, after in ((first, first), (first, second), (first, second), (second, third), (third, first))
    ]

    assert refused == [True, False, True, False, True]
    assert await is_refused(api, "addDependency", **link, predecessorId=first, successorId=plan.items[1])


@pytest.mark.parametrize(
    ("period", "earliest", "latest"),
    [
        ("March/April 2019", "2019-03-01", "2019-04-30"),
        ("Q3 2019", "2019-07-01", "2019-09-30"),
        ("by May 2019", None, "2019-05-31"),
        ("until 2020", None, "2020-12-31"),
        ("ongoing", None, None),
        ("12 March 2019", "2019-03-12", "2019-03-12"),
    ],
)
async def test_a_fuzzy_period_keeps_its_words_and_has_its_days(
    api: Api, plan: Plan, period: str, earliest: str | None, latest: str | None
) -> None:
    due = (await add_milestone(api, plan, period=period))["due"]

    assert (due["label"], due["earliestOn"], due["latestOn"]) == (period, earliest, latest)


@pytest.mark.parametrize("period", ["31 February 2019", "May 2019 to March 2019", "Q5 2019", "soonish", "", "\u200b"])
async def test_a_period_that_is_none_is_refused_and_not_guessed(api: Api, plan: Plan, period: str) -> None:
    sent = {"workPlanId": plan.id, "name": "Paper out", **WHY, "period": period}

    assert await is_refused(api, "addMilestone", **sent)


async def test_the_first_planned_day_stays_and_the_slip_is_told_in_days(api: Api, plan: Plan) -> None:
    before = await activity_of(api, plan, "Sail the boats")
    moved = {
        "activityId": plan.activities["Sail the boats"],
        "period": "10 December 2018",
        "expectedRevision": 1,
        **WHY,
    }
    assert not await is_refused(api, "redateActivity", **moved)

    after = await activity_of(api, plan, "Sail the boats")

    assert after["baseline"] == before["baseline"]
    slip = date(2018, 12, 10) - date.fromisoformat(before["period"]["latestOn"])
    assert after["slipDays"] == slip.days
    assert await is_refused(api, "redateActivity", **moved | {"expectedRevision": 2})


async def test_a_milestone_at_a_sitting_counts_its_days_from_the_right_end(api: Api, plan: Plan) -> None:
    sitting = await add_sitting(api.world, starts_on=date(2019, 6, 24), ends_on=date(2019, 6, 26))
    days = {
        offset: (await add_milestone(api, plan, name=f"M{offset}", sittingId=sitting, offsetDays=offset))["due"][
            "latestOn"
        ]
        for offset in (-49, 0, 3)
    }
    assert days == {-49: "2019-05-06", 0: "2019-06-26", 3: "2019-06-29"}
    both = {"workPlanId": plan.id, "name": "Both", **WHY, "sittingId": sitting}
    assert await is_refused(api, "addMilestone", **both, period="May 2019")
    assert await is_refused(api, "addMilestone", **both, offsetDays=100_000)


async def test_a_proposed_change_waits_for_those_who_approve_and_is_answered_once(api: Api, plan: Plan) -> None:
    milestone = await add_milestone(api, plan, period="May 2019", approverBodyId=api.world.bodies["group"])
    change = {"milestoneId": milestone["id"], "period": "June 2019", "expectedRevision": 1, **WHY}
    answer = await api.act("secretariat", "proposeMilestoneChange", **change)
    proposed = {"milestoneChangeId": answer["milestoneChange"]["id"], "expectedRevision": 1}
    refused = [
        await is_refused(api, "proposeMilestoneChange", **change),
        await is_refused(api, "approveMilestoneChange", "gea", **proposed),
        await is_refused(api, "approveMilestoneChange", "canada", **proposed),
        await is_refused(api, "approveMilestoneChange", "canada", **proposed | {"expectedRevision": 2}),
    ]

    assert refused == [True, True, False, True]
    seen = (await api.ask("japan", "MilestoneDetail", id=milestone["id"]))["milestone"]
    assert (seen["due"]["label"], seen["baseline"]["label"]) == ("June 2019", "May 2019")


async def test_what_is_open_is_carried_over_once_with_what_it_waits_for(api: Api, plan: Plan) -> None:
    first, second = plan.activities["Count the boats"], plan.activities["Sail the boats"]
    link = {"workPlanId": plan.id, "predecessorId": first, "successorId": second, **WHY}
    assert not await is_refused(api, "addDependency", **link)
    carried = {"workPlanId": plan.id, "title": "Plan of 2019", "decidedOn": "2018-09-24", "expectedRevision": 1, **WHY}
    answer = await api.act("secretariat", "carryOverWorkPlan", **carried)
    new = answer["workPlan"]["id"]
    links = (await api.ask("japan", "DependencyList", filter={"planId": [new]}, first=10))["dependencies"]["nodes"]

    assert len(links) == 1
    assert not {links[0]["predecessor"]["id"], links[0]["successor"]["id"]} & {first, second}
    assert await is_refused(api, "carryOverWorkPlan", **carried | {"expectedRevision": 2})
    assert await is_refused(api, "startActivity", activityId=first, expectedRevision=2)


async def test_items_of_an_agenda_are_in_natural_order(api: Api) -> None:
    sitting = await add_sitting(api.world, starts_on=date(2019, 6, 24), ends_on=date(2019, 6, 26))
    for number in ("X", "II.b", "II.k", "IX", "II.a", "I", "II"):
        sent = {"sittingId": sitting, "number": number, "title": f"Item {number}", "purposes": ["DECISION"]}
        answer = await api.act("secretariat", "placeItem", **sent)
        assert answer["__typename"] != "Refusal", (number, answer)
    assert await is_refused(api, "placeItem", **sent)

    items = (await api.ask("japan", "AgendaOfSitting", id=sitting))["sitting"]["agenda"]["nodes"]

    assert [item["number"] for item in items] == ["I", "II", "II.a", "II.b", "II.k", "IX", "X"]


@pytest.mark.parametrize(
    "fault", [{"secondNumber": 300}, {"endsOn": "2019-06-23"}, {"firstNumber": 0}, {"zone": "Mars/Olympus"}]
)
async def test_a_sitting_has_paired_numbers_and_days_in_their_order(api: Api, fault: dict[str, Any]) -> None:
    days = {"startsOn": "2019-06-24", "endsOn": "2019-06-26", "firstNumber": 235, "secondNumber": 236}
    sent = {"bodyId": api.world.bodies["ptc"], "sittingFormat": "HYBRID", **days}
    if "zone" not in fault:
        assert await is_refused(api, "callSitting", **sent | fault)
    assert not await is_refused(api, "callSitting", **sent)
    assert await is_refused(api, "callSitting", **sent), "these numbers are taken"


async def test_a_calendar_address_that_is_renewed_ends_the_one_before(api: Api) -> None:
    first = (await api.act("japan", "openCalendarFeed"))["secret"]
    second = (await api.act("japan", "openCalendarFeed"))["secret"]
    assert first != second
    feeds = (await api.ask("japan", "CalendarFeedList"))["calendarFeeds"]["nodes"]
    assert len(feeds) == 1


async def test_nobody_watches_what_is_not_there_or_not_to_be_seen(api: Api, plan: Plan) -> None:
    sent = {"bodyId": api.world.bodies["group"], "title": "Secret", "text": "Draft."}
    report = (await api.act("canada", "draftReport", **sent))["report"]["id"]
    codes = {
        (await api.act("gea", "watchObject", objectId=each, mode="WATCHED")).get("code")
        for each in (report, "RND_00000000000000000000000000")
    }

    assert len(codes) == 1
    assert codes != {None}
    assert not await is_refused(api, "watchObject", "gea", objectId=plan.id, mode="WATCHED")


async def test_an_activity_is_overdue_from_the_day_after_its_last_day(api: Api, plan: Plan) -> None:
    last = date.fromisoformat((await activity_of(api, plan, "Sail the boats"))["period"]["latestOn"])
    timings = []
    for day in (-15, -14, 0, 1):
        api.world.clock.now = NOW.replace(year=last.year, month=last.month, day=last.day) + timedelta(days=day)
        seen = await activity_of(api, plan, "Sail the boats")
        timings.append((seen["timing"], seen["overdueDays"]))

    assert timings == [("ON_TIME", 0), ("DUE_SOON", 0), ("DUE_SOON", 0), ("OVERDUE", 1)]
