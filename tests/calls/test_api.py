"""Calls for inputs over HTTP, by the published operations."""

from typing import Any

from tests.factories.api import Api
from tests.factories.calls import CLOSES


async def opened(api: Api, **changed: Any) -> dict[str, Any]:
    """Open a call with three questions as the coordinator, and return it with its questions."""
    questions = [
        {"kind": "YES_NO", "text": "Is there a programme?", "isRequired": True},
        {"kind": "NUMBER", "text": "How many operators?", "unit": "operators", "least": 0},
        {"kind": "ONE_CHOICE", "text": "Who applies?", "choices": ["Importers", "Exporters"]},
    ]
    sent = {"bodyId": api.world.bodies["group"], "title": "Input", "questions": questions, "audience": ["MEMBER"]}
    call = (await api.act("canada", "openCall", **sent, closesAt=CLOSES.isoformat(), **changed))["call"]
    detail: dict[str, Any] = (await api.ask("canada", "CallDetail", id=call["id"]))["call"]
    return detail


def answers_to(call: dict[str, Any]) -> list[dict[str, Any]]:
    """Return answers to the three questions."""
    first, second, third = (each["id"] for each in call["questions"]["nodes"])
    return [
        {"questionId": first, "isYes": True},
        {"questionId": second, "number": 12.5},
        {"questionId": third, "choices": ["Exporters"]},
    ]


async def test_call_is_opened_answered_filed_and_counted(api: Api) -> None:
    call = await opened(api)
    on = {"callId": call["id"]}

    drafted = await api.act("japan-assistant", "answerCall", **on, answers=answers_to(call), expectedRevision=0)
    filed = await api.act("japan", "fileAnswers", **on, expectedRevision=1)
    results = (await api.ask("china", "CallResults", **on))["callResults"]

    assert (drafted["__typename"], filed["__typename"]) == ("AnswersDrafted", "AnswersFiled")
    assert filed["sheet"]["number"] == 1
    assert [each["number"] for each in filed["sheet"]["answers"]] == [None, 12.5, None]
    assert results["partyCount"] == 1
    assert [each["summary"]["answered"] for each in results["questions"]] == [1, 1, 1]
    assert results["questions"][2]["summary"]["counts"][1] == {"choice": "Exporters", "count": 1}


async def test_answers_that_do_not_fit_are_refused_with_their_fields(api: Api) -> None:
    call = await opened(api)
    first, second, _ = answers_to(call)

    refused = await api.act(
        "japan",
        "answerCall",
        callId=call["id"],
        answers=[first | {"isYes": None, "text": "Yes"}, second | {"number": -1}],
        expectedRevision=0,
    )

    assert [each["path"] for each in refused["issues"]] == [["answers", "0", "text"], ["answers", "1", "number"]]


async def test_call_is_extended_closed_early_and_cancelled(api: Api) -> None:
    call = await opened(api)
    on = {"callId": call["id"], "reason": "More time was asked for."}
    api.world.clock.move(minutes=1)

    extended = await api.act("canada", "extendCall", **on, closesAt="2018-10-30T09:00:00Z", expectedRevision=1)
    closed = await api.act("canada", "closeCallEarly", **on, expectedRevision=2)
    cancelled = await api.act("secretariat", "cancelCall", **on, expectedRevision=3)
    detail = (await api.ask("japan", "CallDetail", id=call["id"]))["call"]

    assert [each["__typename"] for each in (extended, closed, cancelled)] == [
        "CallExtended",
        "CallClosedEarly",
        "CallCancelled",
    ]
    assert detail["phase"] == "CANCELLED"
    assert len(detail["redatings"]["nodes"]) == 2


async def test_who_has_not_answered_is_reminded_and_only_those_who_ask_see_it(api: Api) -> None:
    call = await opened(api)

    reminded = await api.act("canada", "remindAsked", callId=call["id"])
    again = await api.act("secretariat", "remindAsked", callId=call["id"])
    shown = [(await api.ask(who, "CallDetail", id=call["id"]))["call"]["reminders"] for who in ("canada", "japan")]

    assert (reminded["__typename"], reminded["reminder"]["sentAt"]) == ("AskedReminded", None)
    assert (again["kind"], again["code"]) == ("NOT_NOW", "ALREADY_DONE")
    assert [len(each["nodes"]) for each in shown] == [1, 0]


async def test_results_are_published_once_the_call_has_closed(api: Api) -> None:
    call = await opened(api)
    publishing = {"callId": call["id"], "expectedRevision": 1}

    early = await api.act("canada", "publishResults", **publishing)
    api.world.clock.move(days=30)
    published = await api.act("canada", "publishResults", **publishing)
    results = (await api.ask("japan", "CallResults", callId=call["id"]))["callResults"]

    assert (early["code"], early["unlocksAt"] is not None) == ("ROUND_NOT_OPEN", True)
    assert published["__typename"] == "ResultsPublished"
    assert results["call"]["publishedAt"] == published["call"]["publishedAt"] is not None
