"""Bodies: which there are, and one of them with its people, rounds, plan, papers and what can be done there."""

from collections.abc import Mapping
from datetime import UTC, date
from itertools import groupby
from typing import Any

from starlette.responses import Response

from server.web.desk.bodies.holders import co_leaders, lapse_of, leaders_of, sort_functions
from server.web.desk.bodies.sittings import SITTING_PAGES
from server.web.desk.pages import Page
from server.web.desk.rounds.turnout import CAPACITIES, turnouts_of
from server.web.desk.visits import NothingHere, Visit, found

ACTS = frozenset(
    {
        *("joinBody", "leaveBody", "appointFunction", "endFunction", "recordSitting"),
        *("extendMandate", "concludeBody", "nameSuccessor", "correctBody"),
    }
)
KINDS = ("COUNCIL", "POLICY_COMMISSION", "TECHNICAL_COMMITTEE", "WORKING_GROUP", "INTERSESSIONAL_GROUP")
"""The kinds of bodies, from the top."""
NO_PARTY = "PTY_none"
"""Stands for the party of somebody who speaks for none, so that lists of the own party are empty."""
OFFERS = ("JOIN_BODY", "LEAVE_BODY", "APPOINT_FUNCTION", "RECORD_SITTING")


async def show_directory(visit: Visit) -> Response:
    """Return the page of all bodies, those of the visitor first."""
    variables = {"partyId": [party_of(visit)], "first": 50, "after": visit.query.get("after")}
    directory, begin = await visit.read_all(("BodyDirectory", variables), ("ActsToBegin", {}))
    listed = directory["workingBodies"]
    today = today_of(visit)
    bodies = [
        {**body, "leaders": leaders_of(sort_functions(body["functions"]["nodes"], today)["now"])}
        for body in listed["nodes"]
    ]
    led = led_by(visit)
    return visit.render(
        "bodies/directory.html",
        own=[body for body in bodies if body["id"] in led or body["own"]["totalCount"]],
        kinds=_by_kind(bodies),
        led=led,
        listed=listed,
        acts=begin["viewer"]["availableActs"],
        options=[(body["id"], body["shortName"]) for body in listed["nodes"]],
        choices=KINDS,
    )


def _by_kind(bodies: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return bodies by their kind, those at the top first; of one kind as they were listed."""
    ordered = sorted(bodies, key=lambda body: KINDS.index(body["kind"]))
    return [(kind, list(same)) for kind, same in groupby(ordered, key=lambda body: str(body["kind"]))]


async def show_body(visit: Visit) -> Response:
    """Return the page of one body, or the list of its parties of one capacity if the address asks for it."""
    if capacity := visit.query.get("capacity"):
        return await _show_members(visit, capacity)
    body = found((await visit.read("BodyAtWork", id=visit.parameter("id"), partyId=[party_of(visit)]))["workingBody"])
    offers = {offer["act"]: offer for offer in body["availableActs"]}
    functions = sort_functions(body["functions"]["nodes"], today_of(visit))
    lapsed_on = lapse_of(body, today_of(visit))
    return visit.render(
        "bodies/body.html",
        body=body,
        offers=offers,
        functions=functions,
        beside=co_leaders(functions["now"], party_of(visit)),
        rounds=[(round_, turnouts_of(round_)) for round_ in body["open"]["nodes"]],
        planned=sorted(body["activities"]["nodes"], key=lambda activity: activity["period"]["latestOn"] is None),
        lapsed_on=lapsed_on,
        can_call=not (lapsed_on or body["concludedOn"]) and (visit.is_secretariat or body["id"] in led_by(visit)),
        capacities=CAPACITIES,
        today=today_of(visit).isoformat(),
        others=await _read_others(visit, body, offers),
        **await _read_candidates(visit, offers),
    )


async def _read_others(visit: Visit, body: Mapping[str, Any], offers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the other bodies as choices, for an officer who names a successor or another body above."""
    if not offers["CORRECT_BODY"]["isAllowed"]:
        return []
    listed = (await visit.read("BodyList", first=100))["workingBodies"]["nodes"]
    return [(each["id"], each["shortName"]) for each in listed if each["id"] != body["id"]]


async def _read_candidates(visit: Visit, offers: Mapping[str, Any]) -> dict[str, Any]:
    """Return whom an officer can appoint: parties to choose from, and the delegates of the one that is chosen."""
    nobody: dict[str, Any] = {"parties": [], "chosen": None, "delegates": []}
    if not offers["APPOINT_FUNCTION"]["isAllowed"]:
        return nobody
    chosen = visit.sent.get("partyId") if visit.sent else visit.query.get("appoint", "")
    if not chosen:
        words = visit.query.get("party", "")[:80]
        listed = await visit.read("PartyList", filter={"text": words} if words else None, first=100)
        return nobody | {"parties": listed["parties"]["nodes"]}
    party, delegates = await visit.read_all(
        ("PartyDetail", {"id": chosen}), ("DelegateList", {"filter": {"partyId": [chosen]}, "first": 100})
    )
    return nobody | {"chosen": party["party"], "delegates": delegates["delegates"]["nodes"]}


async def _show_members(visit: Visit, capacity: str) -> Response:
    """Return a page of the parties of one capacity that take part."""
    if capacity not in CAPACITIES:
        raise NothingHere
    conditions = {"capacity": [capacity], "hasLeft": False}
    variables = {"id": visit.parameter("id"), "filter": conditions, "first": 50, "after": visit.query.get("after")}
    body = found((await visit.read("MembersOfBody", **variables))["workingBody"])
    return visit.render("bodies/members.html", body=body, capacity=capacity, listed=body["memberships"])


def party_of(visit: Visit) -> str:
    """Return the id of the party for which the visitor speaks, one of no party if they speak for none."""
    return str(visit.speaks["party"]["id"]) if visit.speaks else NO_PARTY


def led_by(visit: Visit) -> set[str]:
    """Return the ids of the bodies that the visitor leads today."""
    return {body["id"] for body in visit.speaks["leads"]} if visit.speaks else set()


def today_of(visit: Visit) -> date:
    """Return the day by which functions and activities are judged: that of UTC."""
    return visit.times.now.astimezone(UTC).date()


def _onward(visit: Visit, act: str, fact: Mapping[str, Any]) -> str:
    """Return the page of a new sitting, after every other act that of the body, without what was chosen there."""
    if act == "recordSitting":
        return f"/sittings/{fact['sitting']['id']}"
    return str(visit.request.url.path)


BODY_PAGES = (
    Page(
        "/bodies",
        show_directory,
        frozenset({"establishBody"}),
        lambda _, __, fact: f"/bodies/{fact['body']['id']}",
    ),
    Page("/bodies/{id}", show_body, ACTS, _onward),
    *SITTING_PAGES,
)
