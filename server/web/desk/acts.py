"""Send the acts that forms ask for, as published mutations."""

import re
from collections.abc import Collection, Mapping

from server.journal.digests import digest_of_value
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import WORDS, Issue
from server.kernel.refusals import invalid
from server.schema.root import schema
from server.transport.errors import Code, RequestRefused
from server.transport.published import Data
from server.web.desk.inputs import find_twice, input_of, input_type_of
from server.web.desk.sent import ACT, Pairs, first_of
from server.web.desk.visits import Visit
from server.web.pages.forms import not_of_this_page

_MISSING = re.compile(r"to include required field '(\w+)'")


def act_of(pairs: Pairs, acts: Collection[str]) -> str:
    """Return the act that a form asks for. Raise TurnedAway if the page has no form for it."""
    act = first_of(pairs, ACT)
    if act not in acts:
        raise not_of_this_page()
    return act


async def send(visit: Visit, act: str, pairs: Pairs) -> Data:
    """Send an act with the input that a form gives, and return its fact or its refusal.

    Input that the schema does not take is answered as a refusal too, because a person wrote it.
    """
    input_type = input_type_of(schema._schema, act)
    if twice := find_twice(input_type, pairs, visit.times.zone):
        return _ask_which(twice, first_of(pairs, "zone") or visit.times.zone)
    values = input_of(input_type, pairs, visit.times.zone)
    if "idempotencyKey" in values:
        # Two forms with one key and other words are two acts; the same words sent twice are one.
        values["idempotencyKey"] = digest_of_value([act, values])
    try:
        return await visit.act(act, values)
    except RequestRefused as refused:
        if refused.code != Code.BAD_USER_INPUT:
            raise
        issues = [_issue_of(error["message"]) for error in refused.errors]
        kind = {"kind": "INVALID", "code": "INVALID"}
        return {"__typename": "Refusal", **kind, "message": str(refused), "issues": issues}


def _ask_which(twice: Mapping[str, tuple[str, ...]], zone: str) -> Data:
    """Return the refusal of local times that the clocks show twice: the form opens again and asks which is meant."""
    faults = [Issue(name, IssueCode.TIME_TWICE, zone=zone, offsets=offsets) for name, offsets in twice.items()]
    issues = [
        {"path": [each.path], "code": each.code, "message": each.message, "parameters": dict(each.parameters)}
        for each in faults
    ]
    message = invalid(*faults).message
    return {"__typename": "Refusal", "kind": "INVALID", "code": "INVALID", "message": message, "issues": issues}


def _issue_of(message: str) -> Data:
    """Return the issue behind an error of a variable: "Variable '$input' has invalid value at .closesAt: ...".

    Of a field that is missing the error repeats the whole input, which no reader of a form needs.
    """
    place, _, words = message.partition(": ")
    path = place.rpartition(" at .")[2].split(".") if " at ." in place else []
    if missing := _MISSING.search(words):
        return {"path": [*path, missing[1]], "message": WORDS[IssueCode.EMPTY]}
    return {"path": path, "message": words or message}
