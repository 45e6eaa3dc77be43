"""The pages of consolidation: what is under way, the workbench, and the place of a conflict in it."""

from typing import Any

from starlette.responses import RedirectResponse, Response

from server.web.desk.consolidations.bench import show_bench
from server.web.desk.consolidations.shaping import fill
from server.web.desk.pages import Page
from server.web.desk.sent import Pairs
from server.web.desk.visits import Visit, found

ACTS = frozenset(
    {
        "abandonVersion",
        "confirmReading",
        "correctReference",
        "issuePaper",
        "issueVersion",
        "publishEdition",
        "renumberVersion",
        "reviseProvision",
        "settleConflict",
        "settleStructure",
    }
)


async def show(visit: Visit) -> Response:
    """Return the page of the consolidations that are under way, the versions to begin with, and those that are done."""
    working = {"filter": {"targetStatus": ["WORKING"]}, "first": 100}
    past = {"filter": {"targetStatus": ["ISSUED", "ABANDONED"]}, "orderBy": "STARTED_AT_DESC"}
    under_way, done, candidates = await visit.read_all(
        ("ConsolidationList", working),
        ("ConsolidationList", past | {"after": visit.query.get("after")}),
        ("ConsolidationCandidates", {}),
    )
    begun = {each["base"]["id"] for each in under_way["consolidations"]["nodes"] if each["base"]}
    return visit.render(
        "consolidations/list.html",
        under_way=under_way["consolidations"]["nodes"],
        done=done["consolidations"],
        candidates=[each for each in candidates["consolidationCandidates"] if each["textVersion"]["id"] not in begun],
    )


def _go_to_bench(_visit: Visit, _act: str, fact: dict[str, Any]) -> str:
    """Return the workbench of the consolidation that was just begun."""
    return f"/consolidations/{fact['consolidation']['id']}"


async def redirect_to_conflict(visit: Visit) -> Response:
    """Return the redirect to the place of a conflict in its workbench."""
    (node,) = (await visit.read("ConflictDetail", ids=[visit.parameter("id")]))["nodes"]
    conflict = found(node if node and "provisionKey" in node else None)
    place = f"/consolidations/{conflict['consolidation']['id']}?at={conflict['provisionKey']}#{conflict['id']}"
    return RedirectResponse(place, status_code=303)


async def _fill(_visit: Visit, act: str, pairs: Pairs) -> Pairs:
    return fill(act, pairs)


CONSOLIDATION_PAGES = (
    Page("/consolidations", show, acts=frozenset({"consolidate"}), onward=_go_to_bench),
    Page("/consolidations/{id}", show_bench, acts=ACTS, fill=_fill),
    Page("/conflicts/{id}", redirect_to_conflict),
)
