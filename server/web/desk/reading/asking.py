"""What the reading page asks for: the part of a text, and the comments of those whom the reader wants to see."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from server.transport.published import Data
from server.web.desk.reading.parts import MOST, TextPart, part_at, starts_of
from server.web.desk.visits import Visit, found

SHOWN = ["DRAFT", "SUBMITTED", "DISPOSITION_PROPOSED", "DISPOSED"]
"""The comments that stand beside the text: all but those that were withdrawn."""
CAPACITY_OF_VIEW = {"members": "MEMBER", "observers": "OBSERVER", "privateSector": "PRIVATE_SECTOR"}
"""Views of the comments, by the capacity of the parties whose comments they show."""
OURS = "ours"


class ReadPart(NamedTuple):
    """What was read: the answer of `ReadingOfVersion`, and which part of the text it holds."""

    data: Data
    part: TextPart
    starts: list[int]


async def read_part(visit: Visit) -> ReadPart:
    """Return the part of the text that the visitor asks for, with its comments. Raise NothingHere if there is no text.

    `section` in the address is the place of a provision or its key; a form opened on a provision asks for its part.
    """
    place = await _find_place(visit, visit.query.get("section") or "1")
    data = await visit.read("ReadingOfVersion", **_variables(visit, place))
    version = found(data["textVersion"])
    count = data["textOutline"]["provisionCount"]
    starts = starts_of(data["textOutline"])
    on = visit.query.get("on", "")
    if on and on != "general" and all(each["key"] != on for each in version["provisions"]["nodes"]):
        place = await _find_place(visit, on)
    part = part_at(place, starts, count)
    read = [each["position"] for each in version["provisions"]["nodes"]]
    if count and (not read or read[0] != part.start):
        data = await visit.read("ReadingOfVersion", **_variables(visit, part.start))
        version = found(data["textVersion"])
    provisions = version["provisions"]
    provisions["nodes"] = [each for each in provisions["nodes"] if each["position"] < part.end]
    return ReadPart(data, part, starts)


async def _find_place(visit: Visit, place: str) -> int:
    """Return the place in reading order of a provision, given as a number or as its key; 1 if there is none."""
    if place.isdecimal() and len(place) < 7:
        return max(1, int(place))
    listed = await visit.read("ProvisionList", id=visit.parameter("version"), filter={"key": [place]})
    nodes = found(listed["textVersion"])["provisions"]["nodes"]
    return int(nodes[0]["position"]) if nodes else 1


def _variables(visit: Visit, place: int) -> dict[str, Any]:
    version = visit.parameter("version")
    party = visit.speaks["party"]["id"] if visit.speaks else ""
    of_version = {"textVersionId": [version], "status": SHOWN}
    filed = {**of_version, "isSubmitted": True, "isReplaced": False}
    view = view_filter(visit.query, party)
    ours = {**of_version, "partyId": [party]}
    return {
        "id": version,
        "parts": {"positionFrom": place, "positionUntil": place + MOST - 1},
        "comments": {"status": SHOWN, **view},
        "general": {**of_version, "hasProvision": False, **view},
        "carried": {"carriedToId": [version], "status": SHOWN, **view},
        **{name: {**filed, "capacity": [capacity]} for name, capacity in CAPACITY_OF_VIEW.items()},
        "ours": ours,
        "drafts": {**ours, "isSubmitted": False},
        "written": {"textVersionId": [version], "partyId": [party]},  # withdrawn ones too: it never becomes less
    }


def view_filter(query: Mapping[str, str], party: str) -> dict[str, Any]:
    """Return the conditions on comments of the view and the round in an address."""
    conditions: dict[str, Any] = {}
    view = query.get("from", "")
    if view in CAPACITY_OF_VIEW:
        conditions["capacity"] = [CAPACITY_OF_VIEW[view]]
    elif view == OURS:
        conditions["partyId"] = [party]
    if round_id := query.get("round"):
        conditions["roundId"] = [round_id]
    return conditions
