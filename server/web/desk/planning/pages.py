"""Keeping a work plan: topics, milestones, dependencies, baselines; its changes, what is open, and its paper."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from starlette.responses import Response

from server.web.desk.bodies.pages import today_of
from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found
from server.web.desk.workplan.pages import evidence_of

PLAN_ACTS = frozenset(
    {
        *("correctWorkPlan", "addWorkItem", "addMilestone", "addDependency", "dropDependency", "recordBaseline"),
        "carryOverWorkPlan",
    }
)
MILESTONE_ACTS = frozenset(
    {
        *("correctMilestone", "redateMilestone", "proposeMilestoneChange", "reachMilestone", "dropMilestone"),
        *("approveMilestoneChange", "declineMilestoneChange", "takeBackMilestoneChange"),
    }
)
CHANGE_ACTS = frozenset({"approveMilestoneChange", "declineMilestoneChange", "takeBackMilestoneChange"})
MARKDOWN, XLSX = "text/markdown; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def show_keeping(visit: Visit) -> Response:
    """Return the page on which a plan is kept."""
    plan_id = visit.parameter("id")
    variables = {"id": plan_id, "ofPlan": [plan_id], "first": 50, "after": visit.query.get("after")}
    known = await visit.read("PlanKeeping", **variables)
    plan = found(known["workPlan"])
    offers = {offer["act"]: offer for offer in plan["availableActs"]}
    choices = await _choices(visit) if offers["ADD_MILESTONE"]["isAllowed"] else None
    return visit.render("planning/keep.html", plan=plan, known=known, offers=offers, choices=choices)


async def _choices(visit: Visit) -> Mapping[str, Any]:
    """Return the sittings to come and the rounds called, which a milestone can move with."""
    return await visit.read("PlanningChoices", **{"from": today_of(visit).isoformat()}, first=50)


async def show_milestone(visit: Visit) -> Response:
    """Return the page of a milestone."""
    milestone = found((await visit.read("MilestoneDetail", id=visit.parameter("id")))["milestone"])
    offers = {offer["act"]: offer for offer in milestone["availableActs"]}
    moves = offers["REDATE_MILESTONE"]["isAllowed"] or offers["PROPOSE_MILESTONE_CHANGE"]["isAllowed"]
    evidence = []
    if offers["REACH_MILESTONE"]["isAllowed"]:
        evidence = evidence_of(await visit.read("EvidenceList", first=50))
    changes = (await visit.read("PlanChangeList", filter={"subjectId": [milestone["id"]]}, first=20))["planChanges"]
    return visit.render(
        "planning/milestone.html",
        milestone=milestone,
        offers=offers,
        evidence=evidence,
        changes=changes,
        choices=await _choices(visit) if moves else None,
    )


async def show_change(visit: Visit) -> Response:
    """Return the page of a proposed change of a milestone, where it is approved in one act."""
    change = found((await visit.read("MilestoneChangeDetail", id=visit.parameter("id")))["milestoneChange"])
    return visit.render("planning/change.html", change=change)


async def show_changes(visit: Visit) -> Response:
    """Return the page of all changes of a plan, the newest first."""
    plan_id = visit.parameter("id")
    plan = found((await visit.read("PlanName", id=plan_id))["workPlan"])
    changes = await visit.read("PlanChangeList", filter={"planId": [plan_id]}, first=50, after=visit.query.get("after"))
    return visit.render("planning/changes.html", plan=plan, changes=changes["planChanges"])


async def show_hand_over(visit: Visit) -> Response:
    """Return the list of what is open in a plan, by group, to be handed over to a sitting.

    That is the next one at which people meet in a room, and the next one of any form where none is planned.
    """
    plan_id = visit.parameter("id")
    variables = {"id": plan_id, "ofPlan": [plan_id], "first": 100, "after": visit.query.get("after")}
    known = await visit.read("PlanHandOver", **variables)
    plan = found(known["workPlan"])
    conditions = {"bodyId": [plan["body"]["id"]], "startsFrom": today_of(visit).isoformat(), "isCancelled": False}
    sittings = (await visit.read("SittingList", filter=conditions, first=20))["sittings"]["nodes"]
    in_rooms = [sitting for sitting in sittings if sitting["format"] != "VIRTUAL"]
    return visit.render(
        "planning/handover.html",
        plan=plan,
        groups=by_group(plan["activities"]["nodes"]),
        milestones=known["milestones"]["nodes"],
        sitting=next(iter(in_rooms or sittings), None),
    )


def by_group(activities: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any] | None, Sequence[Any]]]:
    """Return activities by the group that their topic was given to, those without a group last."""

    def name_of(activity: Mapping[str, Any]) -> tuple[bool, str]:
        body = activity["workItem"]["body"]
        return body is None, body["shortName"] if body else ""

    groups = [list(same) for _, same in groupby(sorted(activities, key=name_of), key=name_of)]
    return [(same[0]["workItem"]["body"], same) for same in groups]


async def give_markdown(visit: Visit) -> Response:
    """Return a plan as a paper in Markdown."""
    paper = found((await visit.read("WorkPlanPaper", id=visit.parameter("id")))["workPlanPaper"])
    return _download(paper["markdown"].encode(), MARKDOWN, "work-plan.md")


async def give_sheet(visit: Visit) -> Response:
    """Return a plan as a paper in an XLSX file."""
    paper = found((await visit.read("WorkPlanPaper", id=visit.parameter("id")))["workPlanPaper"])
    return _download(base64.b64decode(paper["sheet"]), XLSX, "work-plan.xlsx")


def _download(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


async def show_new_plan(visit: Visit) -> Response:
    """Return the page on which a plan is opened for a body that has none."""
    begin = await visit.read("ActsToBegin")
    offer = found(next((act for act in begin["viewer"]["availableActs"] if act["act"] == "OPEN_WORK_PLAN"), None))
    if offer["code"] == "FORBIDDEN":
        offer = found(None)
    bodies = (await visit.read("BodyList", first=100))["workingBodies"]["nodes"]
    return visit.render("planning/new.html", offer=offer, bodies=bodies)


PLANNING_PAGES = (
    Page(
        "/plans/new",
        show_new_plan,
        acts=frozenset({"openWorkPlan"}),
        onward=lambda _, __, fact: f"/plans/{fact['workPlan']['id']}/keep",
    ),
    Page(
        "/plans/{id}/keep",
        show_keeping,
        acts=PLAN_ACTS,
        onward=lambda _, act, fact: f"/plans/{fact['workPlan']['id']}/keep" if act == "carryOverWorkPlan" else "",
    ),
    Page("/plans/{id}/changes", show_changes),
    Page("/plans/{id}/hand-over", show_hand_over),
    Page("/plans/{id}/paper.md", give_markdown),
    Page("/plans/{id}/paper.xlsx", give_sheet),
    Page("/milestones/{id}", show_milestone, acts=MILESTONE_ACTS),
    Page("/milestone-changes/{id}", show_change, acts=CHANGE_ACTS),
)
