"""Correct the terms of a round: all of them before it opens, afterwards what takes nothing away."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.rounds.scoping import Parts, find_parts
from server.web.desk.rounds.turnout import CAPACITIES
from server.web.desk.visits import Visit, found

REMINDERS = (14, 7, 3, 1)
"""Days before the close of which a form lets one choose."""


class Choices(NamedTuple):
    """What the settings of a round are chosen from: bodies, earlier versions, and parts of the text."""

    bodies: list[Mapping[str, Any]]
    versions: list[Mapping[str, Any]]
    parts: Parts | None


async def find_choices(visit: Visit, version_id: str, named: Sequence[str] = ()) -> Choices:
    """Return the choices for a round on a version whose parts are `named`; bodies alone where none is chosen yet."""
    bodies = (await visit.read("BodyList", first=100))["workingBodies"]["nodes"]
    version = (await visit.read("VersionsOfText", id=version_id))["textVersion"] if version_id else None
    if version is None:
        return Choices(bodies, [], None)
    earlier = [
        each
        for each in version["instrument"]["versions"]["nodes"]
        if each["number"] < version["number"] and each["language"] == version["language"] and each["status"] == "ISSUED"
    ]
    return Choices(bodies, earlier, await find_parts(visit, version_id, named))


def reminder_days_of(round_: Mapping[str, Any]) -> list[int]:
    """Return how many days before the close of a round the silent are reminded."""
    closes, *reminders = (datetime.fromisoformat(str(each)) for each in (round_["closesAt"], *round_["remindersAt"]))
    return [(closes - each).days for each in reminders]


def settings_of(round_: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a round as the form begins with them."""
    return {
        "groupId": round_["group"]["id"] if round_["group"] else "",
        "scope": round_["roundScope"],
        "sinceVersionId": round_["sinceVersion"]["id"] if round_["sinceVersion"] else "",
        "provisionKeys": round_["provisionKeys"] if round_["roundScope"] == "NAMED" else [],
        "isGeneralTaken": "true" if round_["isGeneralTaken"] else "false",
        "types": round_["types"],
        "mostComments": round_["mostComments"],
        "mostCharacters": round_["mostCharacters"],
        "reminderDays": reminder_days_of(round_),
    }


async def show(visit: Visit) -> Response:
    """Return the form that corrects the terms of a round."""
    identifier = visit.parameter("id")
    turnout, life = await visit.read_all(("RoundTurnout", {"id": identifier}), ("RoundLife", {"id": identifier}))
    round_ = {**found(life["round"]), **found(turnout["round"])}
    offer = next(each for each in round_["availableActs"] if each["act"] == "REVISE_ROUND")
    settings = settings_of(round_)
    return visit.render(
        "rounds/terms.html",
        round=round_,
        offer=offer,
        audience=visit.sent.all("audience")
        if visit.sent
        else [each for each in CAPACITIES if each in round_["audience"]],
        choices=await find_choices(visit, round_["textVersion"]["id"], settings["provisionKeys"]),
        settings=settings,
        reminders=sorted({*REMINDERS, *reminder_days_of(round_)}, reverse=True),
    )


def _onward(_visit: Visit, _act: str, fact: Mapping[str, Any]) -> str:
    return f"/rounds/{fact['round']['id']}"


TERMS_PAGE = Page("/rounds/{id}/terms", show, frozenset({"reviseRound"}), _onward)
