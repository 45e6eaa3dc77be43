"""Calls for inputs: which there are, one of them, the answers of the own party, and the results."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.web.desk.calls.asking import ASKING_PAGE
from server.web.desk.pages import Page
from server.web.desk.rounds.sealing import read_seals
from server.web.desk.sent import Pairs
from server.web.desk.visits import Visit, found

ACTS = frozenset({"extendCall", "closeCallEarly", "cancelCall", "publishResults", "remindAsked"})
PAGE = 50
FIELDS: Mapping[str, str] = {
    "TEXT": "text",
    "ONE_CHOICE": "choices",
    "SEVERAL_CHOICES": "choices",
    "YES_NO": "isYes",
    "NUMBER": "number",
    "DATE": "fallsOn",
    "FILE": "file",
}
"""The field of an answer by the kind of its question."""


async def show_calls(visit: Visit) -> Response:
    """Return the calls that the visitor sees, those that close last first."""
    read = await visit.read("CallList", orderBy="CLOSES_AT_DESC", first=PAGE, after=visit.query.get("after"))
    return visit.render("calls/calls.html", calls=read["calls"])


async def show_call(visit: Visit) -> Response:
    """Return one call: its terms, its questions, and what the visitor can do."""
    call = found((await visit.read("CallDetail", id=visit.parameter("id")))["call"])
    return visit.render("calls/call.html", call=call, seals=await read_seals(visit, call))


async def show_answer(visit: Visit) -> Response:
    """Return the form in which a party drafts its answers, with what it has filed."""
    call_id = visit.parameter("id")
    detail, filed = await visit.read_all(
        ("CallDetail", {"id": call_id}),
        ("AnswersToCall", {"id": call_id, "filter": {"partyId": [_own_party(visit)]}, "first": PAGE}),
    )
    call = found(detail["call"])
    draft = next(iter(call["drafts"]["nodes"]), None)
    return visit.render(
        "calls/answer.html",
        call=call,
        draft=draft,
        answers=_answers_by_question(draft),
        fields=FIELDS,
        sheets=filed["call"]["sheets"],
    )


def _own_party(visit: Visit) -> str:
    return visit.speaks["party"]["id"] if visit.speaks else ""


def _answers_by_question(draft: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the answers of a draft by the id of their question."""
    return {answer["questionId"]: answer for answer in draft["answers"]} if draft else {}


async def show_results(visit: Visit) -> Response:
    """Return the statistics of a call, and the last answers of each party that the visitor sees."""
    call_id = visit.parameter("id")
    variables = {"id": call_id, "filter": {"isCurrent": True}, "first": PAGE, "after": visit.query.get("after")}
    read, answers = await visit.read_all(("CallResults", {"callId": call_id}), ("AnswersToCall", variables))
    results = found(read["callResults"])
    return visit.render("calls/results.html", results=results, call=results["call"], sheets=answers["call"]["sheets"])


async def _fill(_visit: Visit, act: str, pairs: Pairs) -> Pairs:
    """Return the fields as the act takes them: an answer that was left empty has the id of its question only."""
    if act != "answerCall" or any(name.startswith("answers.") for name, _ in pairs):
        return pairs
    return [*pairs, ("answers", "")]


CALL_PAGES = (
    Page("/calls", show_calls),
    ASKING_PAGE,
    Page("/calls/{id}", show_call, ACTS),
    Page("/calls/{id}/answer", show_answer, frozenset({"answerCall", "fileAnswers"}), fill=_fill),
    Page("/calls/{id}/results", show_results),
)
"""The page that opens a call comes before that of a call, because its address looks the same."""
