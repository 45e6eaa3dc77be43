"""What awaits those who answer rounds and calls: each task with its act, and its prepared input done as it is."""

from datetime import timedelta
from typing import Any

from server.domain.rounds.actions import admitting
from server.kernel.actor import Capacity
from server.vocabulary.rounds import RoundVisibility
from server.wording.anchors import Quotation
from tests.factories import calls
from tests.factories.api import Api
from tests.factories.rounds import CLOSES, open_round, submit

NOTED = {"verdict": "NOTED", "reason": "Read."}


async def tasks_of(api: Api, who: str) -> dict[str, Any]:
    """Return the tasks of a person by their act."""
    return {task["act"]: task for task in (await api.ask(who, "TaskList"))["viewer"]["tasks"]}


async def do(api: Api, who: str, act: str, operation: str, **said: Any) -> Any:
    """Do a task with its prepared input and what only a person says; fail if it is refused or is still there."""
    prepared = (await tasks_of(api, who))[act]["preparedInput"]
    done = await api.act(who, operation, **prepared, **said)
    assert done["__typename"] != "Refusal", done
    return done


async def test_round_is_answered_read_issued_and_reported_by_nothing_but_prepared_inputs(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    other = {"quotation": Quotation("advance electronic data"), "proposed_wording": "data in advance"}
    await submit(world, "upu", round_id, **other)
    world.clock.now = CLOSES
    await world.do("china", admitting.ask_late_admission, round_id=round_id, reason="A holiday.")

    until = (CLOSES + timedelta(days=1)).isoformat()
    await do(api, "canada", "ADMIT_LATE_COMMENTS", "admitLateComments", endsAt=until, reason="A holiday.")
    await do(api, "canada", "PROPOSE_ANSWERS", "proposeAnswers", verdict="ACCEPTED", reason="")
    waiting = await tasks_of(api, "canada")
    recorded = await do(api, "secretariat", "RECORD_ANSWERS", "recordAnswers")
    early = await tasks_of(api, "canada")
    world.clock.now = CLOSES + timedelta(days=2)
    await do(api, "canada", "COMPLETE_ROUND", "completeRound")
    await api.act("secretariat", "consolidate", textVersionId=world.version, label="Draft 2")
    not_yet = await tasks_of(api, "secretariat")
    await do(api, "secretariat", "CONFIRM_READING", "confirmReading")
    await do(api, "secretariat", "ISSUE_VERSION", "issueVersion")
    reported = await do(api, "canada", "REPORT_ROUND", "reportRound")
    left = await tasks_of(api, "secretariat")

    assert not {"PROPOSE_ANSWERS", "ADMIT_LATE_COMMENTS"} & waiting.keys()
    assert recorded["batch"]["answerCount"] == 2
    assert "COMPLETE_ROUND" not in early  # a party may still file late
    assert "REPORT_ROUND" not in not_yet  # no later version is issued
    assert reported["round"]["phase"] == "REPORTED"
    assert not {"RECORD_ANSWERS", "COMPLETE_ROUND", "CONFIRM_READING", "ISSUE_VERSION", "REPORT_ROUND"} & left.keys()


async def test_points_that_wait_are_in_the_prepared_input_and_answered_ones_are_not(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    world.clock.now = CLOSES
    points = [{"type": "SUBSTANTIVE", "text": "A duty.", "hasWording": True}, {"type": "QUESTION", "text": "When?"}]
    await api.act("canada", "splitComment", commentId=comment, points=points, expectedRevision=1)
    both = (await tasks_of(api, "canada"))["PROPOSE_ANSWERS"]["preparedInput"]["answers"]

    one = {"roundId": round_id, "answers": both[:1], **NOTED}
    await api.act("canada", "proposeAnswers", **one)
    rest = (await tasks_of(api, "canada"))["PROPOSE_ANSWERS"]["preparedInput"]["answers"]
    await do(api, "canada", "PROPOSE_ANSWERS", "proposeAnswers", **NOTED)
    await do(api, "secretariat", "RECORD_ANSWERS", "recordAnswers")

    assert [each["commentId"] for each in both] == [comment, comment]
    assert [each["pointId"] for each in rest] == [both[1]["pointId"]]
    assert "COMPLETE_ROUND" in await tasks_of(api, "secretariat")


async def test_call_is_answered_filed_and_closed_by_prepared_inputs(api: Api) -> None:
    world = api.world
    call_id = await calls.open_call(world, audience=frozenset({Capacity.MEMBER}))
    first = (await calls.question_ids(world, call_id))[0]
    yes = [{"questionId": first, "isYes": True}]

    for who in ("japan", "china", "canada"):
        assert "CLOSE_CALL_EARLY" not in await tasks_of(api, "canada")
        await do(api, who, "ANSWER_CALL", "answerCall", answers=yes)
        assert "ANSWER_CALL" not in await tasks_of(api, who)
        await do(api, who, "FILE_ANSWERS", "fileAnswers")
        assert "FILE_ANSWERS" not in await tasks_of(api, who)
    observers = await tasks_of(api, "upu")
    world.clock.move(minutes=1)
    closed = await do(api, "canada", "CLOSE_CALL_EARLY", "closeCallEarly", reason="Everybody has answered.")

    assert "ANSWER_CALL" not in observers
    assert closed["call"]["phase"] == "CLOSED"
    assert "CLOSE_CALL_EARLY" not in await tasks_of(api, "secretariat")


async def test_sealed_call_tells_its_coordinator_by_no_task_that_everybody_has_answered(api: Api) -> None:
    world = api.world
    sealed = {"visibility": RoundVisibility.AFTER_CLOSE, "audience": frozenset({Capacity.MEMBER})}
    call_id = await calls.open_call(world, **sealed)
    for who in ("japan", "china", "canada"):
        await calls.file(world, who, call_id)

    assert "CLOSE_CALL_EARLY" not in await tasks_of(api, "canada")
    assert "CLOSE_CALL_EARLY" in await tasks_of(api, "secretariat")
