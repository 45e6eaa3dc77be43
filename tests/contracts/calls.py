"""The story of a call for inputs, from which its examples are recorded."""

from datetime import timedelta

from tests.contracts.recorder import Recorder


async def tell_of_calls(api: Recorder) -> None:
    """Open a call for inputs, draft and file answers, move its closing instant, and call it off."""
    closes_at = api.world.clock.now + timedelta(days=7)
    called = await api.act(
        "canada",
        "openCall",
        bodyId=api.world.bodies["group"],
        title="Input on the AEO note",
        questions=[{"kind": "YES_NO", "text": "Is there a programme?", "isRequired": True}],
        closesAt=closes_at.isoformat(),
        audience=["MEMBER"],
    )
    on = {"callId": called["call"]["id"]}
    detail = (await api.ask("japan", "CallDetail", id=on["callId"]))["call"]
    (question,) = detail["questions"]["nodes"]
    given = [{"questionId": question["id"], "isYes": True}]
    await api.act("japan-assistant", "answerCall", **on, answers=given, expectedRevision=0)
    filed = await api.act("japan", "fileAnswers", **on, expectedRevision=1)
    await api.ask("china", "CallResults", **on)
    await api.ask("china", "AnswersToCall", id=on["callId"])
    await api.ask("china", "AnswerSheetDetail", id=filed["sheet"]["id"])
    await api.ask("china", "AnswerSheetList")
    await api.ask("china", "CallList")
    await api.ask("china", "SealList")
    later = (closes_at + timedelta(days=1)).isoformat()
    why = {"reason": "More time was asked for."}
    await api.act("canada", "extendCall", **on, **why, closesAt=later, expectedRevision=1)
    api.world.clock.move(minutes=1)
    await api.act("canada", "remindAsked", **on)
    await api.act("canada", "closeCallEarly", **on, **why, expectedRevision=2)
    await api.act("secretariat", "cancelCall", **on, **why, expectedRevision=3)
    api.world.clock.move(minutes=1)
    again = await api.act(
        "canada",
        "openCall",
        bodyId=api.world.bodies["group"],
        title="Input on the AEO note, once more",
        questions=[{"kind": "YES_NO", "text": "Is there a programme?"}],
        closesAt=(api.world.clock.now + timedelta(days=1)).isoformat(),
        audience=["MEMBER"],
    )
    api.world.clock.move(days=2)
    await api.act("canada", "publishResults", callId=again["call"]["id"], expectedRevision=1)
