"""Importing a list of participants: what it would do, or its faults by row and column, before anything is stored."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from server.schema.root import schema
from server.web.desk.imports.plans import by_row
from server.web.desk.inputs import input_of, input_type_of
from server.web.desk.sent import Sent
from server.web.desk.visits import NothingHere, Visit


async def show_participants(visit: Visit) -> Response:
    """Return the page that takes a list of participants, or what the sheet would do."""
    begin, lists = await visit.read_all(
        ("ActsToBegin", {}), ("ParticipantLists", {"first": 10, "after": visit.query.get("after")})
    )
    offer = next((act for act in begin["viewer"]["availableActs"] if act["act"] == "IMPORT_PARTICIPANTS"), None)
    if offer is None or offer["code"] == "FORBIDDEN":
        raise NothingHere
    preview = None
    if visit.sent is not None and not visit.sent.refusal:
        answer = await _ask(visit, visit.sent)
        if answer["__typename"] == "Refusal":
            visit.sent = replace(visit.sent, refusal=answer)
        else:
            preview = answer
    return visit.render(
        "imports/participants.html",
        preview=preview,
        offer=offer,
        faulty=by_row(visit.sent),
        lists=lists["participantLists"],
    )


async def _ask(visit: Visit, sent: Sent) -> dict[str, Any]:
    fields = input_of(input_type_of(schema._schema, "importParticipants"), sent.pairs, visit.times.zone)
    sheet = {name: value for name, value in fields.items() if name not in ("idempotencyKey", "sourceName")}
    read = await visit.read("PreviewParticipants", input={"sheet": "", "enrolment": "INVITE", **sheet})
    answer = read["previewParticipants"]
    if answer is None:
        raise NothingHere
    return {"__typename": "ParticipantsPreview", **answer}
