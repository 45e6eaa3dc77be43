"""Adopted editions, one of them with its decision and corrections, and the text as at a day."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from server.web.desk.changes.terms import read_provisions
from server.web.desk.visits import Visit, found

ACTS = frozenset({"objectToCorrection"})
PAGE, CORRECTIONS = 50, 20


async def show_list(visit: Visit) -> Response:
    """Return the page of all editions, with the text of an instrument as at a day if one is asked for."""
    instrument_id, day = visit.query.get("instrument", ""), day_of(visit.query.get("on", ""))
    condition = {"instrumentId": [instrument_id]} if instrument_id else None
    listed = {"filter": condition, "orderBy": "ADOPTED_ON_DESC", "first": PAGE, "after": visit.query.get("after")}
    asking: list[tuple[str, dict[str, Any]]] = [("EditionList", listed), ("InstrumentList", {"first": 100})]
    if instrument_id and day:
        on = {"instrumentId": instrument_id, "on": day.isoformat(), "at": end_of(day, visit.times.zone).isoformat()}
        asking.append(("TextAsAt", on))
    editions, instruments, *as_at = await visit.read_all(*asking)
    return visit.render(
        "changes/editions.html",
        editions=editions["editions"],
        instruments=instruments["instruments"]["nodes"],
        instrument_id=instrument_id,
        day=day,
        is_day_wrong=bool(visit.query.get("on")) and day is None,
        as_at=as_at[0] if as_at else None,
    )


async def show_one(visit: Visit) -> Response:
    """Return the page of an edition."""
    edition = found((await visit.read("EditionDetail", id=visit.parameter("id")))["edition"])
    condition = {"textVersionId": [edition["textVersion"]["id"]]}
    corrections = (await visit.read("CorrectionList", filter=condition, first=CORRECTIONS))["textCorrections"]
    keys = [each["provisionKey"] for each in corrections["nodes"]]
    others = sorted(edition["instrument"]["editions"]["nodes"], key=lambda each: str(each["adoptedOn"]))
    earlier = [each for each in others if each["adoptedOn"] < edition["adoptedOn"]]
    return visit.render(
        "changes/edition.html",
        edition=edition,
        others=[each for each in others if each["id"] != edition["id"]],
        before=earlier[-1] if earlier else None,
        corrections=corrections,
        provisions=await read_provisions(visit, edition["textVersion"]["id"], keys),
    )


def day_of(written: str) -> date | None:
    """Return the day that is written, None if there is none or it is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def end_of(day: date, zone: str) -> datetime:
    """Return the last instant of a day in a zone, to the microsecond."""
    return datetime.combine(day, time.max, ZoneInfo(zone))
