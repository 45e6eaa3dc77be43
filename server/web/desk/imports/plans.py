"""Importing a work plan: what it would add, or its faults by row and column, before anything is stored."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from server.schema.root import schema
from server.web.desk.inputs import input_of, input_type_of
from server.web.desk.sent import Pairs, Sent, first_of
from server.web.desk.visits import NothingHere, Visit


async def show_plan_import(visit: Visit) -> Response:
    """Return the page that takes a work plan, or what the paper would add."""
    begin = await visit.read("ActsToBegin")
    offer = next((act for act in begin["viewer"]["availableActs"] if act["act"] == "IMPORT_WORK_PLAN"), None)
    if offer is None or offer["code"] == "FORBIDDEN":
        raise NothingHere
    preview = None
    if visit.sent is not None:
        visit.sent = replace(visit.sent, pairs=join_sheet(visit.sent.pairs))
    if visit.sent is not None and not visit.sent.refusal:
        answer = await _ask(visit, visit.sent)
        if answer["__typename"] == "Refusal":
            visit.sent = replace(visit.sent, refusal=answer)
        else:
            preview = answer
    return visit.render("imports/plan.html", preview=preview, offer=offer, faulty=by_row(visit.sent))


async def _ask(visit: Visit, sent: Sent) -> dict[str, Any]:
    fields = input_of(input_type_of(schema._schema, "importWorkPlan"), sent.pairs, visit.times.zone)
    left_out = ("idempotencyKey", "sourceName", "confirmed", "canDropVanished")
    paper = {name: value for name, value in fields.items() if name not in left_out}
    answer = (await visit.read("PreviewWorkPlan", input={"markdown": "", **paper}))["previewWorkPlan"]
    if answer is None:
        raise NothingHere
    return {"__typename": "WorkPlanPreview", **answer}


def join_sheet(pairs: Pairs) -> Pairs:
    """Return the fields of a form with a sheet that was brought as a file in the place of the paper."""
    sheet = first_of(pairs, "sheet")
    rest = [(name, value) for name, value in pairs if name != "sheet"]
    if not sheet:
        return rest
    return [*((name, value) for name, value in rest if name != "markdown"), ("markdown", sheet)]


async def fill_plan(_visit: Visit, _act: str, pairs: Pairs) -> Pairs:
    """Return the fields of the form of a plan as the import takes them."""
    return join_sheet(pairs)


def by_row(sent: Sent | None) -> list[dict[str, Any]]:
    """Return the faults that lie in a table, each with its row and its column as printed."""
    issues = sent.refusal.get("issues") or () if sent and sent.refusal else ()
    return [dict(issue) for issue in issues if (issue.get("parameters") or {}).get("row")]
