"""The work of a group: promises, nominations, contributions and reports, and one of each with what can be done."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

ON_WORK = frozenset(
    {
        *("makePromise", "askPromise", "nominate", "contribute", "draftReport", "openSilence"),
        *("recordReportingLine", "endReportingLine", "transferItems", "callSitting", "arrangeDocuments"),
    }
)
ON_PROMISE = frozenset({"acceptPromise", "declinePromise", "keepPromise", "handBackPromise", "nudgePromise"})
ON_NOMINATION = frozenset({"acceptNomination", "declineNomination", "agreeNomination", "withdrawNomination"})
ON_REPORT = frozenset({"reviseReport", "circulateReport", "adoptReport"})
FUNCTIONS = ("COORDINATOR", "CHAIR", "CO_CHAIR", "RAPPORTEUR")
FORMATS = ("IN_PERSON", "VIRTUAL", "HYBRID", "DOCUMENT_BASED", "TWO_PHASE")
GROUPS = ("WORKING_GROUP", "INTERSESSIONAL_GROUP")


async def show_work(visit: Visit) -> Response:
    """Return the page of the work of a body, with the forms that the visitor can use there."""
    body_id = visit.parameter("id")
    work, papers = await visit.read_all(("WorkOfGroup", {"id": body_id}), ("PapersOfGroup", {"id": body_id}))
    body = found(work["workingBody"])
    return visit.render(
        "groups/work.html",
        body=body,
        papers=papers["workingBody"],
        functions=FUNCTIONS,
        formats=FORMATS,
        parties=await _read_parties(visit, body),
        others=await _read_others(visit, body),
    )


async def _read_parties(visit: Visit, body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the parties that the visitor can name or ask: all for those who lead, the own one for a focal point."""
    if body["kind"] not in GROUPS or body["concludedOn"] or visit.speaks is None:
        return []
    offers = {offer["act"] for offer in body["availableActs"] if offer["isAllowed"]}
    if "ASK_PROMISE" in offers:
        listed = (await visit.read("PartyList", first=100))["parties"]["nodes"]
        return [(party["id"], party["shortName"]) for party in listed]
    own = visit.speaks["party"]
    return [(own["id"], own["shortName"])]


async def _read_others(visit: Visit, body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the other bodies, for an officer who records a reporting line."""
    offers = {offer["act"] for offer in body["availableActs"] if offer["isAllowed"]}
    if "RECORD_REPORTING_LINE" not in offers:
        return []
    listed = (await visit.read("BodyList", first=100))["workingBodies"]["nodes"]
    return [(each["id"], each["shortName"]) for each in listed if each["id"] != body["id"]]


async def show_promise(visit: Visit) -> Response:
    """Return the page of one promise."""
    read = await visit.read("PromiseDetail", id=visit.parameter("id"))
    return visit.render("groups/promise.html", promise=found(read["groupPromise"]))


async def show_nomination(visit: Visit) -> Response:
    """Return the page of one nomination."""
    read = await visit.read("NominationDetail", id=visit.parameter("id"))
    return visit.render("groups/nomination.html", nomination=found(read["nomination"]))


async def show_report(visit: Visit) -> Response:
    """Return the page of the report of a group."""
    read = await visit.read("GroupReportDetail", id=visit.parameter("id"))
    return visit.render("groups/report.html", report=found(read["groupReport"]))


def _onward(visit: Visit, act: str, fact: Mapping[str, Any]) -> str:
    """Return the page of what was made, where it has one."""
    if act == "draftReport":
        return f"/group-reports/{fact['report']['id']}"
    if act == "openSilence":
        return f"/silence/{fact['procedure']['id']}"
    if act == "callSitting":
        return f"/sittings/{fact['sitting']['id']}/agenda"
    return str(visit.request.url.path)


GROUP_PAGES = (
    Page("/bodies/{id}/work", show_work, ON_WORK, _onward),
    Page("/promises/{id}", show_promise, ON_PROMISE),
    Page("/nominations/{id}", show_nomination, ON_NOMINATION),
    Page("/group-reports/{id}", show_report, ON_REPORT),
)
