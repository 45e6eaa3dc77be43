"""The agenda of a sitting, one item of it, and its report with decisions and reservations."""

from typing import Any

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

ON_AGENDA = frozenset({"placeItem", "moveSitting", "cancelSitting"})
ON_ITEM = frozenset({"reviseItem", "withdrawItem", "layPaper", "withdrawPaper"})
ON_REPORT = frozenset({"writeParagraph", "makeReservation", "withdrawReservation"})
FORMATS = ("IN_PERSON", "VIRTUAL", "HYBRID", "DOCUMENT_BASED", "TWO_PHASE")
PURPOSES = ("TAKE_NOTE", "DISCUSSION", "GUIDANCE", "DECISION")
CLASSES = ("A", "B", "C")


async def show_agenda(visit: Visit) -> Response:
    """Return the agenda of a sitting, with what was changed since it was called."""
    variables = {"id": visit.parameter("id"), "after": visit.query.get("after")}
    sitting = found((await visit.read("AgendaOfSitting", **variables))["sitting"])
    return visit.render("bodies/agenda.html", sitting=sitting, formats=FORMATS, purposes=PURPOSES, classes=CLASSES)


async def show_item(visit: Visit) -> Response:
    """Return one item of an agenda with its papers."""
    item = found((await visit.read("AgendaItemDetail", id=visit.parameter("id")))["agendaItem"])
    offers = {offer["act"] for offer in item["availableActs"] if offer["isAllowed"]}
    return visit.render(
        "bodies/item.html",
        item=item,
        sitting=item["sitting"],
        purposes=PURPOSES,
        classes=CLASSES,
        papers=await _read_papers(visit) if "LAY_PAPER" in offers else [],
    )


async def show_report(visit: Visit) -> Response:
    """Return the decisions of a sitting in the order of its agenda, and the paragraphs of its report."""
    variables = {"id": visit.parameter("id"), "after": visit.query.get("after")}
    sitting = found((await visit.read("ReportOfSitting", **variables))["sitting"])
    offers = {offer["act"] for offer in sitting["availableActs"] if offer["isAllowed"]}
    papers = await _read_papers(visit) if "WRITE_PARAGRAPH" in offers else []
    return visit.render("bodies/report.html", sitting=sitting, papers=papers)


async def _read_papers(visit: Visit) -> list[tuple[str, str]]:
    """Return the papers that were issued last, as choices."""
    read: dict[str, Any] = await visit.read("PaperList", orderBy="ISSUED_AT_DESC", first=50)
    return [(paper["id"], f"{paper['reference']}, {paper['title']}") for paper in read["papers"]["nodes"]]


AGENDA_PAGES = (
    Page("/sittings/{id}/agenda", show_agenda, ON_AGENDA),
    Page("/sittings/{id}/report", show_report, ON_REPORT),
    Page("/agenda-items/{id}", show_item, ON_ITEM),
)
