"""Work plans over HTTP, with the published operations."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from server.domain.workplan.rules import ActivityFacts, timing_of
from server.models.workplan import Activity, WorkItem
from server.vocabulary.workplan import ActivityStatus, ActivityTiming
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.workplan import STEPS, import_plan, make_plan, paper
from tests.factories.world import NOW

EVERYBODY = ["secretariat", "japan", "upu", "gea", "japan-assistant"]


async def test_import_work_plan_gives_the_plan(api: Api) -> None:
    result = await api.act(
        "secretariat", "importWorkPlan", markdown=paper(), sourceName="PC0001", decidedOn="2018-06-21"
    )
    again = await api.act(
        "secretariat", "importWorkPlan", markdown=paper(), sourceName="PC0001", decidedOn="2018-06-21"
    )

    assert result["__typename"] == "WorkPlanImported"
    assert result["workPlan"] == {
        "id": result["workPlan"]["id"],
        "title": "Work plan of the WGEC",
        "sourceName": "PC0001",
        "importedAt": "2018-09-24T09:00:00Z",
        "decidedOn": "2018-06-21",
        "closedAt": None,
        "revision": 1,
        "activityCount": 4,
        "overdueCount": 1,
        "body": {"id": api.world.bodies["wgec"], "shortName": "WGEC"},
    }
    assert again == result


async def test_import_work_plan_refusal_names_row_and_column(api: Api) -> None:
    result = await api.act(
        "secretariat", "importWorkPlan", markdown=paper().replace("UPU", "Atland"), decidedOn="2018-06-21"
    )
    listed = await api.ask("secretariat", "WorkPlanList")

    assert (result["kind"], result["code"]) == ("INVALID", "INVALID")
    assert result["issues"] == [
        {
            "path": ["markdown"],
            "code": "PARTY_UNKNOWN",
            "parameters": {
                **{"row": 1, "column": "Volunteers"},
                "name": "Atland",
            },
            "message": "no party is called 'Atland': admit it, or give it to a party as a further name",
        }
    ]
    assert listed["workPlans"]["totalCount"] == 0


async def test_a_plan_is_read_as_printed(api: Api) -> None:
    plan = await make_plan(api.world)

    found = (await api.ask("upu", "WorkPlanDetail", id=plan.id))["workPlan"]

    boats, ports = found["items"]["nodes"]
    first, _, third = boats["activities"]["nodes"]
    assert (boats["number"], boats["title"], boats["body"], ports["title"]) == (1, "Boats", None, "Ports")
    assert first["timing"] == "OVERDUE"
    assert first["period"] == {"earliestOn": "2018-06-01", "latestOn": "2018-06-30", "label": "June 2018"}
    assert [(who["label"], who["function"], who["party"]["shortName"]) for who in first["responsibles"]["nodes"]] == [
        ("Co-Leads (Canada and GEA)", "COORDINATOR", "Canada"),
        ("Co-Leads (Canada and GEA)", "COORDINATOR", "GEA"),
    ]
    assert (third["remarks"], third["responsibles"]["nodes"][1]["body"]["shortName"]) == ("windy", "EC")


async def test_a_topic_is_assigned_and_its_activity_tracked_by_the_coordinator(api: Api) -> None:
    plan = await make_plan(api.world)
    activity = {"activityId": plan.activities["Count the boats"]}

    assigned = await api.act(
        "secretariat",
        "assignWorkItem",
        workItemId=plan.items[1],
        to={"bodyId": api.world.bodies["group"]},
        expectedRevision=1,
    )
    started = await api.act("canada", "startActivity", **activity, expectedRevision=1)
    redated = await api.act(
        "canada", "redateActivity", **activity, period="July 2018", reason="Late.", expectedRevision=2
    )
    done = await api.act("canada", "completeActivity", **activity, evidenceId=api.world.version, expectedRevision=3)
    dropped = await api.act(
        "canada", "dropActivity", activityId=plan.activities["Paint the boats"], reason="None.", expectedRevision=1
    )
    detail = (await api.ask("japan", "ActivityDetail", id=activity["activityId"]))["activity"]

    assert (assigned["__typename"], assigned["workItem"]["body"]["shortName"]) == ("WorkItemAssigned", "WGEC-2")
    assert (started["__typename"], started["activity"]["status"]) == ("ActivityStarted", "IN_PROGRESS")
    assert (redated["__typename"], redated["activity"]["slipDays"]) == ("ActivityRedated", 86)
    assert (redated["activity"]["baseline"]["label"], redated["activity"]["timing"]) == ("June 2018", "OVERDUE")
    assert (done["__typename"], done["activity"]["evidence"]["id"]) == ("ActivityCompleted", api.world.version)
    assert (done["activity"]["timing"], done["activity"]["settledAt"]) == ("SETTLED", "2018-09-24T09:00:00Z")
    assert (dropped["__typename"], dropped["activity"]["status"]) == ("ActivityDropped", "DROPPED")
    assert [(row["oldLabel"], row["newLabel"], row["reason"]) for row in detail["redatings"]["nodes"]] == [
        ("June 2018", "July 2018", "Late.")
    ]


async def test_progress_of_a_plan_tells_what_is_overdue_redated_and_late(api: Api) -> None:
    plan = await make_plan(api.world)
    redating = {"activityId": plan.activities["Sail the boats"], "period": "May 2019", "reason": "Ice."}
    await api.act("secretariat", "redateActivity", **redating, expectedRevision=1)
    party = {"partyId": [api.world.parties["gea"]], "lateFrom": "2019-05-31"}

    async def listed(**filter_: Any) -> list[str]:
        found = await api.ask("japan", "WorkPlanProgress", id=plan.id, filter=filter_, **party)
        return [each["description"] for each in found["workPlan"]["activities"]["nodes"]]

    progress = (await api.ask("japan", "WorkPlanProgress", id=plan.id, **party))["workPlan"]
    counts = {
        name: progress[name]["totalCount"] for name in ("done", "inProgress", "redated", "own", "overdue", "late")
    }

    assert counts == {"done": 0, "inProgress": 0, "redated": 1, "own": 1, "overdue": 1, "late": 1}
    assert progress["overdue"]["nodes"][0]["overdueDays"] == 86
    assert progress["late"]["nodes"][0]["description"] == "Sail the boats"
    assert await listed(isRedated=True) == ["Sail the boats"]
    assert await listed(isRedated=False) == ["Count the boats", "Paint the boats", "List the ports"]


TRACKING: dict[str, dict[str, Any]] = {
    "startActivity": {},
    "redateActivity": {"period": "2019", "reason": "Late."},
    "completeActivity": {"evidenceId": "VER_none"},
    "dropActivity": {"reason": "None."},
}


@pytest.mark.parametrize(
    ("person", "code"), [("japan", "FORBIDDEN"), ("upu", "FORBIDDEN"), ("gea", "FORBIDDEN"), (None, "UNAUTHENTICATED")]
)
async def test_plans_are_closed_to_those_who_do_not_lead(api: Api, person: str | None, code: str) -> None:
    plan = await make_plan(api.world)
    activity_id = plan.activities["Paint the boats"]

    results = [
        await api.act(person, operation, activityId=activity_id, expectedRevision=1, **sent)
        for operation, sent in TRACKING.items()
    ]
    results.append(await api.act(person, "importWorkPlan", markdown=paper(STEPS[:1]), decidedOn="2018-06-21"))
    results.append(
        await api.act(person, "assignWorkItem", workItemId=plan.items[1], to={"isNobody": True}, expectedRevision=1)
    )
    detail = await api.ask("secretariat", "ActivityDetail", id=activity_id)

    assert [(result["kind"], result["code"]) for result in results] == [("FORBIDDEN", code)] * 6
    assert (detail["activity"]["status"], detail["activity"]["revision"]) == ("NOT_STARTED", 1)
    assert detail["activity"]["workItem"]["revision"] == 1


async def test_available_acts_say_who_may_track_an_activity(api: Api) -> None:
    activity_id = (await make_plan(api.world)).activities["Paint the boats"]

    mine = (await api.ask("secretariat", "ActivityDetail", id=activity_id))["activity"]["availableActs"]
    theirs = (await api.ask("japan", "ActivityDetail", id=activity_id))["activity"]["availableActs"]

    names = ["START_ACTIVITY", "REDATE_ACTIVITY", "COMPLETE_ACTIVITY", "DROP_ACTIVITY"]
    names += ["CORRECT_ACTIVITY", "MOVE_ACTIVITY", "BLOCK_ACTIVITY", "UNBLOCK_ACTIVITY"]
    assert [(act["act"], act["isAllowed"]) for act in mine] == [(name, name != "UNBLOCK_ACTIVITY") for name in names]
    assert [(act["act"], act["code"]) for act in theirs] == [(name, "FORBIDDEN") for name in names]


@pytest.mark.parametrize(
    "now", [datetime(2018, 9, 24, tzinfo=UTC), datetime(2018, 9, 24, 23, 59, 59, 999_999, tzinfo=UTC)]
)
async def test_the_filter_by_timing_is_the_twin_of_the_rule(api: Api, now: datetime) -> None:
    plan = await make_plan(api.world)
    today = date(2018, 9, 24)
    days: list[date | None] = [None, *(today + timedelta(days=n) for n in (-400, -1, 0, 1, 13, 14, 15, 400))]
    expected: dict[ActivityTiming, set[str]] = {timing: set() for timing in ActivityTiming}
    for position, (status, latest) in enumerate(((s, d) for s in ActivityStatus for d in days), start=10):
        step = Activity(work_item_id=plan.items[2], position=position, description="Step", latest=latest, status=status)
        expected[timing_of(ActivityFacts(status, latest, None, "", None), today)].add(step.id)
        await api.world.add(step)
    api.world.clock.now = now

    for timing, ids in expected.items():
        sent = {"timing": timing, "workItemId": plan.items[2]}
        listed = (await api.ask("japan", "ActivityList", first=100, filter=sent))["activities"]["nodes"]

        undated = {plan.activities["List the ports"]} if timing == ActivityTiming.UNDATED else set()
        assert {node["id"] for node in listed} == ids | undated
        assert {node["timing"] for node in listed} == {timing}


async def test_activities_are_filtered(api: Api) -> None:
    plan = await make_plan(api.world)
    await api.act(
        "secretariat",
        "assignWorkItem",
        workItemId=plan.items[2],
        to={"bodyId": api.world.bodies["group"]},
        expectedRevision=1,
    )
    await api.act("secretariat", "startActivity", activityId=plan.activities["Sail the boats"], expectedRevision=1)

    async def found(**wanted: Any) -> list[str]:
        listed = await api.ask("gea", "ActivityList", filter=wanted)
        return [node["description"] for node in listed["activities"]["nodes"]]

    assert await found() == ["Count the boats", "Paint the boats", "Sail the boats", "List the ports"]
    assert await found(planId=plan.id, timing="OVERDUE") == ["Count the boats"]
    assert await found(planId=api.world.version) == []
    assert await found(groupId=api.world.bodies["group"]) == ["List the ports"]
    assert await found(status="IN_PROGRESS") == ["Sail the boats"]
    assert await found(responsiblePartyId=api.world.parties["gea"]) == ["Count the boats"]
    assert await found(responsiblePartyId=api.world.parties["upu"]) == []


@pytest.mark.parametrize("person", [*EVERYBODY, None])
async def test_list_and_get_agree(api: Api, person: str | None) -> None:
    plan = await make_plan(api.world)
    everything = sorted(plan.activities.values()) if person else []

    listed = (await api.ask(person, "ActivityList"))["activities"]
    details = [(await api.ask(person, "ActivityDetail", id=step))["activity"] for step in plan.activities.values()]
    plans = (await api.ask(person, "WorkPlanList"))["workPlans"]
    detail = (await api.ask(person, "WorkPlanDetail", id=plan.id))["workPlan"]

    assert sorted(node["id"] for node in listed["nodes"]) == everything
    assert listed["totalCount"] == len(everything)
    assert sorted(node["id"] for node in details if node) == everything
    assert [node["id"] for node in plans["nodes"]] == ([detail["id"]] if detail else [])
    assert (detail is not None) == (person is not None)


async def test_topics_of_a_plan_are_paged_and_say_that_there_are_more(api: Api) -> None:
    plan = await make_plan(api.world)

    await api.world.add(*(WorkItem(plan_id=plan.id, title=f"Topic {n}", number=100 + n) for n in range(89)))

    first = (await api.ask("upu", "WorkPlanDetail", id=plan.id))["workPlan"]["items"]
    after = first["pageInfo"]["endCursor"]
    rest = (await api.ask("upu", "WorkPlanDetail", id=plan.id, after=after))["workPlan"]["items"]

    titles = [each["title"] for page in (first, rest) for each in page["nodes"]]
    assert titles == ["Boats", "Ports", *(f"Topic {n}" for n in range(89))]
    assert [(len(each["nodes"]), each["pageInfo"]["hasNextPage"], each["totalCount"]) for each in (first, rest)] == [
        (90, True, 91), (1, False, 91),
    ]  # fmt: skip
    assert [each["activities"]["totalCount"] for each in first["nodes"][:3]] == [3, 1, 0]


async def test_activities_are_paged(api: Api) -> None:
    await make_plan(api.world)

    first = (await api.ask("japan", "ActivityList", first=3))["activities"]
    rest = (await api.ask("japan", "ActivityList", first=3, after=first["pageInfo"]["endCursor"]))["activities"]

    assert [node["description"] for node in [*first["nodes"], *rest["nodes"]]] == [
        "Count the boats",
        "Paint the boats",
        "Sail the boats",
        "List the ports",
    ]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


@pytest.mark.parametrize("operation", ["WorkPlanDetail", "ActivityList", "WorkPlanList"])
async def test_a_read_takes_as_many_statements_for_many_rows_as_for_one(api: Api, operation: str) -> None:
    async def asked(plan_id: str) -> int:
        with statements(api.world.database) as seen:
            await api.ask("japan", operation, **({"id": plan_id} if operation == "WorkPlanDetail" else {}))
        return len(seen)

    plan_id = await import_plan(api.world, paper(STEPS[:1]))
    one = await asked(plan_id)
    await import_plan(api.world, paper())
    many = await asked(plan_id)

    assert one == many


async def test_now_is_the_instant_of_the_request(api: Api) -> None:
    plan = await make_plan(api.world)
    before = (await api.ask("japan", "WorkPlanDetail", id=plan.id))["workPlan"]["overdueCount"]

    api.world.clock.now = NOW + timedelta(days=7)

    after = (await api.ask("japan", "WorkPlanDetail", id=plan.id))["workPlan"]["overdueCount"]
    assert (before, after) == (1, 2)


async def test_preview_work_plan_counts_what_an_import_would_add_and_writes_nothing(api: Api) -> None:
    async def preview(who: str | None, markdown: str) -> Any:
        return (await api.ask(who, "PreviewWorkPlan", input={"markdown": markdown, "decidedOn": "2018-06-21"}))[
            "previewWorkPlan"
        ]

    first = await preview("secretariat", paper())
    faulty = await preview("secretariat", paper().replace("UPU", "Atland"))
    hidden = [await preview(who, paper()) for who in ("japan", None)]
    listed = await api.ask("secretariat", "WorkPlanList")
    await api.act("secretariat", "importWorkPlan", markdown=paper(), decidedOn="2018-06-21")
    again = await preview("secretariat", paper())

    assert (first["isUnchanged"], first["topicCount"], first["activityCount"]) == (False, 2, 4)
    assert [issue["parameters"]["row"] for issue in faulty["issues"]] == [1]
    assert hidden == [None, None]
    assert listed["workPlans"]["totalCount"] == 0
    assert (again["isUnchanged"], again["topicCount"]) == (True, 0)


async def test_preview_says_for_what_each_heading_was_taken(api: Api) -> None:
    """The five columns of the paper of 2018, and one that no plan has."""
    table = (
        "| Topic | Activity | Cost | Responsible | Timeline: |\n|--|--|--|--|--|\n| Boats | Count | 3 | EC | 2027 |\n"
    )
    sent = {"markdown": table, "decidedOn": "2018-06-21"}

    preview = (await api.ask("secretariat", "PreviewWorkPlan", input=sent))["previewWorkPlan"]

    assert (preview["topicCount"], preview["activityCount"]) == (1, 1)
    assert [(each["heading"], each["column"]) for each in preview["headings"]] == [
        *(("Topic", "Topic"), ("Activity", "Activity"), ("Cost", None)),
        *(("Responsible", "Responsible"), ("Timeline:", "Timeline")),
    ]
