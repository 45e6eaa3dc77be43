"""The lists: proposals with their filters, review cycles, and versions of the mechanism."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.kernel.actor import Capacity
from server.vocabulary.proposals import ProposalStatus
from server.web.desk.visits import Visit

MOST_PARTIES = 500
"""Parties among which one can choose; more are not looked up."""
PROPOSING = [capacity.name for capacity in Capacity if capacity != Capacity.SECRETARIAT]


async def show_proposals(visit: Visit) -> Response:
    """Return the list of proposals, with those of the own party or group, of one state, party or cycle if asked."""
    answer = await visit.read("ProposalRegister", filter=_filter_of(visit), after=visit.query.get("after"))
    return visit.render(
        "proposals/list.html",
        proposals=answer["proposals"],
        cycles=answer["reviewCycles"]["nodes"],
        parties=await read_parties(visit),
        statuses=list(ProposalStatus),
        is_filtered=any(visit.query.get(name) for name in ("of", "status", "party", "cycle")),
    )


def _filter_of(visit: Visit) -> dict[str, Any]:
    """Return the filter that the address of the list gives; what it does not know filters nothing."""
    of, status = visit.query.get("of", ""), visit.query.get("status", "")
    conditions: dict[str, list[str]] = {
        "status": [status] if status in ProposalStatus.__members__ else [],
        "partyId": [each for each in (visit.query.get("party", ""),) if each],
        "cycleId": [each for each in (visit.query.get("cycle", ""),) if each],
    }
    if visit.speaks and of == "ours":
        conditions["partyId"] = [visit.speaks["party"]["id"]]
    if visit.speaks and of == "group":
        conditions["bodyId"] = [body["id"] for body in visit.speaks["leads"]]
    return {name: values for name, values in conditions.items() if values}


async def read_parties(visit: Visit) -> list[Mapping[str, Any]]:
    """Return the parties that can make a proposal or join one, by short name."""
    parties: list[Mapping[str, Any]] = []
    asking: dict[str, Any] = {"filter": {"capacity": PROPOSING}, "orderBy": "SHORT_NAME_ASC", "first": 100}
    while len(parties) < MOST_PARTIES:
        page = (await visit.read("PartyNames", **asking))["parties"]
        parties += page["nodes"]
        asking["after"] = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    return parties


async def show_returned(visit: Visit) -> Response:
    """Return the list of what was filed and returned for formal defects, the latest return first."""
    answer = await visit.read("ReturnedFilingList", first=20, after=visit.query.get("after"))
    return visit.render("proposals/returned.html", filings=answer["returnedFilings"])


async def show_cycles(visit: Visit) -> Response:
    """Return the list of review cycles, for the Secretariat with the form that opens one."""
    answer = await visit.read("CycleList", orderBy="OPENS_ON_DESC", first=50, after=visit.query.get("after"))
    return visit.render(
        "proposals/cycles.html", cycles=answer["reviewCycles"], mechanisms=answer["mechanisms"]["nodes"]
    )
