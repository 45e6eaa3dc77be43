"""Decisions by silence: which there are, and one with its text, its last instant and what can be done."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

ACTS = frozenset(
    {
        *("breakSilence", "makeStatement", "extendSilence", "cancelSilence"),
        *("recordSilence", "restartSilence", "referSilence"),
    }
)
LONGEST = 80
"""Characters of a provision that are shown where one is chosen."""


async def show_list(visit: Visit) -> Response:
    """Return the silence procedures that the visitor sees, the latest at the front."""
    read = await visit.read("SilenceList", orderBy="EXPIRES_AT_DESC", first=50, after=visit.query.get("after"))
    return visit.render("silence/list.html", listed=read["silenceProcedures"])


async def show_procedure(visit: Visit) -> Response:
    """Return the page of one silence procedure."""
    procedure = found((await visit.read("SilenceDetail", id=visit.parameter("id")))["silenceProcedure"])
    offers = {offer["act"] for offer in procedure["availableActs"] if offer["isAllowed"]}
    return visit.render(
        "silence/procedure.html",
        procedure=procedure,
        provisions=await _read_provisions(visit, procedure) if "BREAK_SILENCE" in offers else [],
        sittings=await _read_sittings(visit, procedure) if "REFER_SILENCE" in offers else [],
    )


async def _read_provisions(visit: Visit, procedure: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the provisions of the version that it is about, of which an objection names one."""
    subject = procedure["subject"]
    if subject is None or subject["__typename"] != "TextVersion":
        return []
    listed = (await visit.read("ProvisionList", id=subject["id"], first=100))["textVersion"]["provisions"]["nodes"]
    return [(each["id"], f"{each['printedNumber'] or ''} {each['text']}".strip()[:LONGEST]) for each in listed]


async def _read_sittings(visit: Visit, procedure: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the sittings of the body that are to come, to which a broken procedure can be referred."""
    to_come = {"startsFrom": visit.times.now.date().isoformat(), "isCancelled": False}
    conditions = {"bodyId": [procedure["body"]["id"]], **to_come}
    listed = (await visit.read("SittingList", filter=conditions, first=20))["sittings"]["nodes"]
    return [(each["id"], f"{each['firstNumber']}, {each['startsOn']}") for each in listed]


def _onward(visit: Visit, act: str, fact: Mapping[str, Any]) -> str:
    """Return the page of the procedure that was opened in the place of a broken one."""
    if act == "restartSilence":
        return f"/silence/{fact['procedure']['id']}"
    return str(visit.request.url.path)


SILENCE_PAGES = (
    Page("/silence", show_list),
    Page("/silence/{id}", show_procedure, ACTS, _onward),
)
