"""Work plans: all of them, one with its timeline, a topic, and an activity with what can be done about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from starlette.responses import Response

from server.domain.workplan.rules import DUE_SOON_DAYS
from server.kernel.days import shift_day
from server.web.desk.bodies.pages import party_of, today_of
from server.web.desk.named import NamedObject
from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found
from server.web.desk.workplan.timeline import draw
from server.web.look.times import day_of

ACTS = frozenset(
    {
        *("startActivity", "completeActivity", "redateActivity", "dropActivity", "correctActivity", "moveActivity"),
        *("blockActivity", "unblockActivity"),
    }
)
ITEM_ACTS = frozenset({"assignWorkItem", "addActivity", "correctWorkItem", "dropWorkItem"})
NEVER = date.max.isoformat()
"""Stands for the day after a Council that is not planned."""
A_PAGE = 100
"""Activities on one page of a plan: the timeline is read as a whole."""


async def show_plans(visit: Visit) -> Response:
    """Return the page of all work plans."""
    listed = (await visit.read("WorkPlanList", first=50, after=visit.query.get("after")))["workPlans"]
    return visit.render("workplan/plans.html", listed=listed)


async def show_plan(visit: Visit) -> Response:
    """Return the page of one work plan, with all activities or those that the address asks for."""
    council = await _next_council(visit)
    day = day_of(council["startsOn"]) if council else None
    late_from = shift_day(day, 1).isoformat() if day else NEVER
    which, after = visit.query.get("which", ""), visit.query.get("after")
    progress = {
        "id": visit.parameter("id"),
        "partyId": [party_of(visit)],
        "lateFrom": late_from,
        "filter": _filter_of(visit, which, late_from),
        "first": A_PAGE,
        "after": after,
    }
    conditions = {"planId": [visit.parameter("id")], "status": ["PLANNED"]}
    answer, listed = await visit.read_all(
        ("WorkPlanProgress", progress), ("MilestoneList", {"filter": conditions, "first": A_PAGE})
    )
    plan = found(answer["workPlan"])
    activities = plan["activities"]["nodes"]
    is_whole = not (which or after or visit.query.get("group"))
    planned = sorted(listed["milestones"]["nodes"], key=_day_of)
    late_milestones = [each for each in planned if _ends_behind(each, council)]
    milestones = planned if is_whole else late_milestones if which == "late" else []
    return visit.render(
        "workplan/plan.html",
        plan=plan,
        council=council,
        which=which,
        group=visit.query.get("group", ""),
        groups=groups_of(plan["items"]["nodes"]),
        topics=[(item, list(same)) for item, same in groupby(activities, key=lambda activity: activity["workItem"])],
        late={each["id"] for each in (*plan["late"]["nodes"], *late_milestones)},
        late_milestones=late_milestones,
        late_count=plan["late"]["totalCount"] + len(late_milestones),
        milestones=milestones,
        left={each["id"]: _days_left(each["due"]["latestOn"], today_of(visit)) for each in milestones},
        due_soon=DUE_SOON_DAYS,
        timeline=draw(activities, today_of(visit), day, milestones),
    )


def _day_of(milestone: Mapping[str, Any]) -> str:
    """Return the day of a milestone, to sort them by; those without one come last."""
    return str(milestone["due"]["latestOn"] or "9999")


def _ends_behind(milestone: Mapping[str, Any], council: Mapping[str, Any] | None) -> bool:
    """Return whether a milestone ends when the Council has begun; one at that sitting itself does not miss it."""
    sitting, last_day = milestone["sitting"], milestone["due"]["latestOn"]
    if council is None or last_day is None or (sitting and sitting["id"] == council["id"]):
        return False
    return day_of(last_day) > day_of(council["startsOn"])


def _days_left(latest: str | None, today: date) -> int | None:
    """Return how many days are left until a day, negative behind it, None without one."""
    return (day_of(latest) - today).days if latest else None


async def _next_council(visit: Visit) -> Mapping[str, Any] | None:
    """Return the next sitting of the Council, None if none is recorded."""
    conditions = {"bodyKind": ["COUNCIL"], "startsFrom": today_of(visit).isoformat(), "isCancelled": False}
    nodes = (await visit.read("SittingList", filter=conditions, first=1))["sittings"]["nodes"]
    return nodes[0] if nodes else None


def _filter_of(visit: Visit, which: str, late_from: str) -> dict[str, Any] | None:
    """Return the conditions on the activities that the address asks for, None for all."""
    if group := visit.query.get("group"):
        return {"groupId": [group]}
    views: dict[str, dict[str, Any]] = {
        "overdue": {"timing": ["OVERDUE"]},
        "redated": {"isRedated": True},
        "own": {"responsiblePartyId": [party_of(visit)]},
        "late": {"status": ["NOT_STARTED", "IN_PROGRESS"], "latestFrom": late_from},
    }
    return views.get(which)


def groups_of(items: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], int]]:
    """Return the groups that have topics of a plan, by short name, each with the number of its activities."""
    counts: dict[str, int] = {}
    groups = {item["body"]["id"]: item["body"] for item in items if item["body"]}
    for item in items:
        if item["body"]:
            counts[item["body"]["id"]] = counts.get(item["body"]["id"], 0) + item["activities"]["totalCount"]
    return [(group, counts[group["id"]]) for group in sorted(groups.values(), key=lambda group: group["shortName"])]


async def show_item(visit: Visit) -> Response:
    """Return the page of one topic."""
    variables = {"id": visit.parameter("id"), "first": 50, "after": visit.query.get("after")}
    item = found((await visit.read("WorkItemDetail", **variables))["workItem"])
    offers = {offer["act"]: offer for offer in item["availableActs"]}
    changes = (await visit.read("PlanChangeList", filter={"subjectId": [item["id"]]}, first=20))["planChanges"]
    offer = offers["ASSIGN_WORK_ITEM"]
    return visit.render("workplan/item.html", item=item, offer=offer, offers=offers, changes=changes)


async def show_activity(visit: Visit) -> Response:
    """Return the page of one activity."""
    activity = found((await visit.read("ActivityDetail", id=visit.parameter("id")))["activity"])
    offers = {offer["act"]: offer for offer in activity["availableActs"]}
    can_complete = offers["COMPLETE_ACTIVITY"]["isAllowed"]
    evidence = evidence_of(await visit.read("EvidenceList", first=50)) if can_complete else []
    topics = []
    if offers["MOVE_ACTIVITY"]["isAllowed"]:
        plan = (await visit.read("PlanTopics", id=activity["workItem"]["plan"]["id"]))["workPlan"]
        topics = [item for item in plan["items"]["nodes"] if not item["droppedAt"]]
    changes = (await visit.read("PlanChangeList", filter={"subjectId": [activity["id"]]}, first=20))["planChanges"]
    listed = {"evidence": evidence, "topics": topics, "changes": changes}
    others = await _open_steps(visit, activity) if offers["BLOCK_ACTIVITY"]["isAllowed"] else []
    return visit.render("workplan/activity.html", activity=activity, offers=offers, others=others, **listed)


async def _open_steps(visit: Visit, activity: Mapping[str, Any]) -> list[NamedObject]:
    """Return the other activities of the plan that are open, and its milestones to come: what an activity waits for."""
    of_plan = {"planId": [activity["workItem"]["plan"]["id"]]}
    activities, milestones = await visit.read_all(
        ("ActivityList", {"filter": of_plan | {"status": ["NOT_STARTED", "IN_PROGRESS"]}, "first": A_PAGE}),
        ("MilestoneList", {"filter": of_plan | {"status": ["PLANNED"]}, "first": A_PAGE}),
    )
    steps = [NamedObject(each["id"], "Activity", each["description"]) for each in activities["activities"]["nodes"]]
    marks = [NamedObject(each["id"], "Milestone", each["name"]) for each in milestones["milestones"]["nodes"]]
    return [each for each in (*steps, *marks) if each.id != activity["id"]]


def evidence_of(known: Mapping[str, Any]) -> list[NamedObject]:
    """Return what can show an activity done: completed rounds, the newest versions first, decisions of both kinds."""
    rounds = [NamedObject(each["id"], "Round", each["title"]) for each in known["rounds"]["nodes"]]
    versions = [
        NamedObject(version["id"], "TextVersion", f"{instrument['shortTitle']}, {version['label']}")
        for instrument in known["instruments"]["nodes"]
        for version in reversed(instrument["versions"]["nodes"])
    ]
    decisions = [
        NamedObject(
            each["id"], "Decision", f"{each['sitting']['body']['shortName']}, {each['verb']}: {each['text'][:80]}"
        )
        for each in known["decisions"]["nodes"]
    ]
    by_silence = [
        NamedObject(each["id"], "SilenceProcedure", each["title"]) for each in known["silenceProcedures"]["nodes"]
    ]
    return rounds + versions + decisions + by_silence


PLAN_PAGES = (
    Page("/plans", show_plans),
    Page("/plans/{id}", show_plan),
    Page("/plans/items/{id}", show_item, ITEM_ACTS),
    Page("/activities/{id}", show_activity, ACTS),
)
