"""What becomes of work plans: all groups, the way to a Council, what slipped, what a move changes, the way back."""

from typing import Any

from starlette.responses import Response

from server.web.desk.bodies.pages import today_of
from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found
from server.web.desk.workplan.trend import draw_trend

GAPS = ("committeeToCouncilDays", "papersDays", "consolidationDays", "roundDays")
A_PAGE = 50


async def show_overview(visit: Visit) -> Response:
    """Return the page of all groups with what is open, overdue and at risk."""
    overview = found((await visit.read("PlanOverview", first=A_PAGE, after=visit.query.get("after")))["planOverview"])
    return visit.render("workplan/overview.html", overview=overview)


async def show_path(visit: Visit) -> Response:
    """Return the page of the way of a plan to a sitting."""
    variables = {"planId": visit.parameter("id"), "first": A_PAGE, "after": visit.query.get("after")}
    if sitting := visit.query.get("sitting"):
        variables["sittingId"] = sitting
    choices, path = await visit.read_all(
        ("StepChoices", {"planId": visit.parameter("id"), "from": today_of(visit).isoformat()}),
        ("CriticalPath", variables),
    )
    return visit.render(
        "workplan/path.html",
        plan=found(choices["workPlan"]),
        path=path["criticalPath"],
        sittings=choices["sittings"]["nodes"],
    )


async def show_slips(visit: Visit) -> Response:
    """Return the page of the activities of a plan that were re-dated, with the slip chart."""
    variables = {"id": visit.parameter("id"), "first": A_PAGE, "after": visit.query.get("after")}
    plan = found((await visit.read("PlanSlips", **variables))["workPlan"])
    activities = plan["activities"]["nodes"]
    return visit.render("workplan/slips.html", plan=plan, trend=draw_trend(activities, today_of(visit)))


async def show_shift(visit: Visit) -> Response:
    """Return the page that asks what a move would change, with the answer once something is asked."""
    plan_id, subject, days = visit.parameter("id"), visit.query.get("subject", ""), visit.query.get("days", "")
    reads: list[tuple[str, dict[str, Any]]] = [
        ("StepChoices", {"planId": plan_id, "from": today_of(visit).isoformat()})
    ]
    number = _number(days)
    if subject and number is not None:
        move = {"subjectId": subject, "days": number}
        reads.append(("PreviewShift", {"input": move, "first": A_PAGE, "after": visit.query.get("after")}))
    choices, *answers = await visit.read_all(*reads)
    preview = answers[0]["previewShift"] if answers else None
    return visit.render(
        "workplan/shift.html",
        plan=found(choices["workPlan"]),
        choices=choices,
        subject=subject,
        days=days,
        is_asked=bool(subject or days),
        is_number=number is not None,
        preview=preview,
    )


async def show_way_back(visit: Visit) -> Response:
    """Return the page that plans back from a Council with the gaps that are given."""
    wishes: dict[str, Any] = {
        name: number for name in GAPS if (number := _number(visit.query.get(name, ""))) is not None
    }
    if sitting := visit.query.get("sittingId"):
        wishes["sittingId"] = sitting
    conditions = {"bodyKind": ["COUNCIL"], "startsFrom": today_of(visit).isoformat(), "isCancelled": False}
    plan, councils = await visit.read_all(
        ("BackPlan", {"input": wishes}), ("SittingList", {"filter": conditions, "first": A_PAGE})
    )
    # The papers of a sitting are due as its body has set it, unless the field is filled in.
    usual = {name: days for name, days in ((plan["backPlan"] or {}).get("gaps") or {}).items() if name != "papersDays"}
    return visit.render(
        "workplan/back.html",
        plan=plan["backPlan"],
        councils=councils["sittings"]["nodes"],
        gaps=usual | wishes,
        unread=[name for name in GAPS if visit.query.get(name) and name not in wishes],
    )


def _number(words: str) -> int | None:
    """Return a whole number as it was written, None for anything else and for one that no calendar holds."""
    digits = words.strip().removeprefix("+").removeprefix("-")
    return int(words) if digits.isascii() and digits.isdigit() and len(digits) < 7 else None


FORECAST_PAGES = (
    Page("/plans/overview", show_overview),
    Page("/plans/back", show_way_back),
    Page("/plans/{id}/path", show_path),
    Page("/plans/{id}/slips", show_slips),
    Page("/plans/{id}/shift", show_shift),
)
