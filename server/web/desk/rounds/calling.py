"""Call a round on an issued version: who is asked, until when, and what they see of each other."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from server.schema.root import schema
from server.web.desk.inputs import input_of, input_type_of
from server.web.desk.named import newest_texts
from server.web.desk.pages import Page
from server.web.desk.rounds.terms import REMINDERS, find_choices
from server.web.desk.rounds.turnout import CAPACITIES
from server.web.desk.visits import Visit

BRUSSELS = "Europe/Brussels"
USUAL_DAYS, USUAL_HOUR = 42, time(17)
NOTHING_SAID = {
    **dict.fromkeys(("groupId", "sinceVersionId", "mostComments", "mostCharacters"), ""),
    **{"scope": "WHOLE", "isGeneralTaken": "true", "types": [], "provisionKeys": [], "reminderDays": []},
}
"""The settings that the form begins with: everybody who is asked comments on everything."""
FRIDAY, SUNDAY = 4, 6
"""A round usually takes six weeks and closes at five in the afternoon, never at midnight, which is read as two days."""


async def show(visit: Visit) -> Response:
    """Return the form that calls a round. With GET it also says what the instants written in it are in UTC."""
    choices, known = await visit.read_all(("TextChoices", {"first": 50}), ("BodyList", {"first": 100}))
    texts = newest_texts(choices["instruments"])
    led = {body["id"] for body in visit.speaks["leads"]} if visit.speaks else set()
    bodies = [body for body in known["workingBodies"]["nodes"] if visit.is_secretariat or body["id"] in led]
    wanted = (visit.sent.get("textVersionId") if visit.sent else "") or visit.query.get("version", "")
    known_version = wanted if any(text.id == wanted for text in texts) else ""
    return visit.render(
        "rounds/new.html",
        texts=texts,
        bodies=bodies,
        wanted=known_version,
        is_unknown=bool(wanted) and not known_version,
        choices=await find_choices(visit, known_version),
        settings=NOTHING_SAID,
        reminders=REMINDERS,
        audience=_audience(visit),
        usual=usual_close(visit.times.now),
        instants=_instants(visit),
    )


def usual_close(now: datetime) -> str:
    """Return the closing instant that the form begins with, as a browser takes it: on no Saturday and no Sunday."""
    day = (now + timedelta(days=USUAL_DAYS)).astimezone(ZoneInfo(BRUSSELS)).date()
    day += timedelta(days=max(0, day.weekday() - FRIDAY) and SUNDAY + 1 - day.weekday())
    return datetime.combine(day, USUAL_HOUR).isoformat(timespec="minutes")


def _audience(visit: Visit) -> list[str]:
    """Return the capacities that are ticked: those that were written in the form, at first all."""
    if visit.sent:
        return visit.sent.all("audience")
    return visit.request.query_params.getlist("audience") or list(CAPACITIES)


def _instants(visit: Visit) -> dict[str, str]:
    """Return the instants that were written in the form and that can be read, by field, as the act would take them."""
    pairs = visit.sent.pairs if visit.sent else tuple(visit.query.items())
    input_ = input_of(input_type_of(schema._schema, "openRound"), pairs, visit.query.get("zone") or BRUSSELS)
    return {name: input_[name] for name in ("opensAt", "closesAt") if _is_instant(input_.get(name))}


def _is_instant(value: str | None) -> bool:
    try:
        return value is not None and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _onward(_visit: Visit, _act: str, fact: Mapping[str, Any]) -> str:
    return f"/rounds/{fact['round']['id']}"


CALLING_PAGE = Page("/rounds/new", show, frozenset({"openRound"}), _onward)
