"""One round of comments: when, on what, who is asked, who has answered, and what those who called it can do."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.rounds.answering import TURNOUT_PAGE
from server.web.desk.rounds.calling import CALLING_PAGE
from server.web.desk.rounds.listing import LISTING_PAGE
from server.web.desk.rounds.sealing import read_seals
from server.web.desk.rounds.terms import TERMS_PAGE
from server.web.desk.rounds.turnout import CAPACITIES, turnouts_of
from server.web.desk.visits import NothingHere, Visit, found

ACTS = frozenset(
    {
        *("extendRound", "completeRound", "cancelRound", "pauseRound", "resumeRound", "closeRound", "reportRound"),
        *("askLateAdmission", "admitLateComments", "refuseLateAdmission"),
    }
)
LISTS = {"filed": ("FilingsOfRound", "filings"), "silent": ("SilentInRound", "silent")}
"""By the parameter `list`: the operation that lists the parties, and its part."""


async def show(visit: Visit) -> Response:
    """Return the page of a round, or one list of its parties if the address asks for it."""
    if which := visit.query.get("list"):
        return await _show_parties(visit, which)
    identifier = visit.parameter("id")
    turnout, life = await visit.read_all(
        ("RoundTurnout", {"id": identifier}),
        ("RoundLife", {"id": identifier, "first": 50, "after": visit.query.get("after")}),
    )
    round_ = {**found(life["round"]), **found(turnout["round"])}
    offers = {offer["act"]: offer for offer in round_["availableActs"]}
    versions = await _versions_to_report(visit, round_, offers["REPORT_ROUND"])
    return visit.render(
        "rounds/round.html",
        round=round_,
        turnouts=turnouts_of(round_),
        offers=offers,
        versions=versions,
        seals=await read_seals(visit, round_),
    )


async def _versions_to_report(
    visit: Visit, round_: Mapping[str, Any], offer: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """Return the versions with which the report of a round can be out, the newest first; none while it cannot."""
    if not offer["isAllowed"]:
        return []
    known = await visit.read("VersionsOfText", id=round_["textVersion"]["id"])
    base = known["textVersion"]
    return [
        each
        for each in reversed(base["instrument"]["versions"]["nodes"])
        if each["status"] == "ISSUED" and each["language"] == base["language"] and each["number"] >= base["number"]
    ]


async def _show_parties(visit: Visit, which: str) -> Response:
    """Return a page of the parties of one capacity that have answered, or of those that have not."""
    capacity = visit.query.get("capacity", "")
    if which not in LISTS or capacity not in CAPACITIES:
        raise NothingHere
    name, part = LISTS[which]
    variables = {"id": visit.parameter("id"), "capacity": [capacity], "first": 50, "after": visit.query.get("after")}
    round_ = found((await visit.read(name, **variables))["round"])
    return visit.render("rounds/parties.html", round=round_, which=which, capacity=capacity, listed=round_[part])


ROUND_PAGES = (LISTING_PAGE, CALLING_PAGE, TURNOUT_PAGE, Page("/rounds/{id}", show, ACTS), TERMS_PAGE)
"""The page that calls a round comes before that of a round, because its address looks like one."""
