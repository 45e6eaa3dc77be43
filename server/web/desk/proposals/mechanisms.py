"""The versions of the mechanism, and for an officer the form that tries a version and records it."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from server.schema.root import schema
from server.web.desk.inputs import input_of, input_type_of
from server.web.desk.sent import Sent
from server.web.desk.visits import NothingHere, Visit

DECIDING = ("TECHNICAL_COMMITTEE", "POLICY_COMMISSION", "COUNCIL")
"""The kinds of bodies that can decide, in their usual order."""
CYCLES = ("PERIODIC", "ANNUAL", "AD_HOC")


async def show_mechanisms(visit: Visit) -> Response:
    """Return the list of the versions of the mechanism, for an officer with what a new one would mean."""
    variables = {"orderBy": "STARTS_ON_DESC", "first": 50, "after": visit.query.get("after")}
    listed, begin, choices = await visit.read_all(
        ("MechanismList", variables), ("ActsToBegin", {}), ("TextChoices", {"first": 50})
    )
    preview = None
    if visit.sent is not None and not visit.sent.refusal:
        answer = await _ask(visit, visit.sent)
        if answer["__typename"] == "Refusal":
            visit.sent = replace(visit.sent, refusal=answer)
        else:
            preview = answer
    return visit.render(
        "proposals/mechanisms.html",
        mechanisms=listed["mechanisms"],
        acts=begin["viewer"]["availableActs"],
        instruments=choices["instruments"]["nodes"],
        deciding=DECIDING,
        cycles=CYCLES,
        preview=preview,
    )


async def _ask(visit: Visit, sent: Sent) -> dict[str, Any]:
    """Return what the rules of the form would mean, or the refusal."""
    fields = input_of(input_type_of(schema._schema, "recordMechanism"), sent.pairs, visit.times.zone)
    tried = {"approvalPath": [], "cycleKinds": []} | fields
    tried.pop("idempotencyKey", None)
    if "startsOn" not in tried:
        tried["startsOn"] = visit.times.now.date().isoformat()
    answer = (await visit.read("PreviewMechanism", input=tried))["previewMechanism"]
    if answer is None:
        raise NothingHere
    return {"__typename": "MechanismPreview", **answer}
