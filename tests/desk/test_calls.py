"""Calls for inputs: opened by a form, answered by a party, filed by its focal point, and counted."""

from typing import Any

import pytest

from server.domain.calls.actions import calling
from server.kernel.actor import Capacity
from server.vocabulary.rounds import RoundVisibility
from tests.desk.desks import form_of, forms_of
from tests.desk.phrases import phrases_of, read
from tests.factories.calls import CLOSES, answer, file, file_as_members, open_call, question_ids
from tests.factories.rounds import rows_of

pytestmark = pytest.mark.database
SHARP = '<script>alert("x")</script>'


async def test_a_coordinator_opens_a_call_by_its_form(desk: Any) -> None:
    visitor = await desk("canada")
    form = form_of(await visitor.get("/calls/new"), "openCall")
    written = {
        "title": "Input on the AEO note",
        "questions.0.text": "Is there a programme?",
        "questions.0.kind": "YES_NO",
        "questions.1.text": "Who applies?",
        "questions.1.kind": "ONE_CHOICE",
        "questions.1.choices": "Importers\r\nExporters\r\n",
        "questions.2.text": "How many?",
        "questions.2.kind": "NUMBER",
        "questions.2.least": "0",
        "closesAt": "2018-10-12T17:00",
    }

    sent = await visitor.send("/calls/new", form, **written)
    again = await visitor.send("/calls/new", form, **written)

    assert sent.status_code == 303
    assert again.headers["location"] == sent.headers["location"]
    assert len(await rows_of(visitor.world, "calls")) == 1
    questions = sorted(await rows_of(visitor.world, "call_questions"), key=lambda row: row["position"])
    assert [row["text"] for row in questions] == ["Is there a programme?", "Who applies?", "How many?"]
    assert questions[1]["choices"] == ["Importers", "Exporters"]
    assert questions[2]["least"] == 0
    assert "The call is opened." in await read(visitor, sent.headers["location"])


async def test_call_without_a_question_is_refused_by_its_form_and_keeps_what_was_written(desk: Any) -> None:
    visitor = await desk("canada")
    form = form_of(await visitor.get("/calls/new"), "openCall")

    sent = await visitor.send("/calls/new", form, title="Views")

    assert sent.status_code == 422
    assert 'value="Views"' in sent.text
    assert await rows_of(visitor.world, "calls") == []


async def test_a_party_drafts_and_its_focal_point_files(desk: Any) -> None:
    assistant = await desk("japan-assistant")
    call_id = await open_call(assistant.world)
    path = f"/calls/{call_id}/answer"
    form = form_of(await assistant.get(path), "answerCall")
    given = {
        "answers.0.isYes": "true",
        "answers.1.number": "720",
        "answers.4.text": SHARP,
        "answers.5.fallsOn": "2005-01-31",
    }

    kept = await assistant.send(path, form, **given)
    shown = await assistant.get(kept.headers["location"])
    focal = await desk("japan")
    filed = await focal.send(path, form_of(await focal.get(path), "fileAnswers"))

    assert "The focal point of your party files it." in phrases_of(shown)
    assert SHARP not in shown.text
    assert filed.status_code == 303
    (sheet,) = await rows_of(assistant.world, "answer_sheets")
    ids = await question_ids(assistant.world, call_id)
    assert sheet["answers"] == {
        ids[0]: {"isYes": True},
        ids[1]: {"number": 720},
        ids[4]: {"text": SHARP},
        ids[5]: {"fallsOn": "2005-01-31"},
    }
    assert "Receipt of no. 1" in phrases_of(await focal.get(path))


async def test_draft_that_a_colleague_wrote_meanwhile_is_refused_and_keeps_mine(desk: Any) -> None:
    visitor = await desk("japan")
    call_id = await open_call(visitor.world)
    path = f"/calls/{call_id}/answer"
    form = form_of(await visitor.get(path), "answerCall")
    await answer(visitor.world, "japan-assistant", call_id)

    sent = await visitor.send(path, form, **{"answers.4.text": "Mine"})

    assert sent.status_code == 422
    assert "Mine" in sent.text
    assert "Somebody was faster, so nothing was changed" in phrases_of(sent)


async def test_results_of_a_sealed_call_show_the_own_party_only_until_it_closes(desk: Any) -> None:
    visitor = await desk("china")
    call_id = await open_call(visitor.world, visibility=RoundVisibility.AFTER_CLOSE)
    await file(visitor.world, "japan", call_id)

    before = await read(visitor, f"/calls/{call_id}/results")
    visitor.world.clock.now = CLOSES
    later = await desk("china")
    after = await read(later, f"/calls/{call_id}/results")

    assert "Japan Customs" not in before
    assert "You see only what your own party filed" in before
    assert "1 party has answered" in after
    assert "Japan Customs" in after


async def test_call_of_others_and_no_call_are_the_same_page(desk: Any) -> None:
    visitor = await desk("gea")
    call_id = await open_call(visitor.world, audience=frozenset({Capacity.MEMBER}))

    for suffix in ("", "/answer", "/results"):
        hidden, missing = [await visitor.get(f"/calls/{each}{suffix}") for each in (call_id, "CAL_" + "0" * 26)]
        assert hidden.status_code == missing.status_code == 404
        assert hidden.text == missing.text


@pytest.mark.parametrize(
    ("act", "more"), [("extendCall", {"closesAt": "2018-10-30T17:00"}), ("closeCallEarly", {}), ("cancelCall", {})]
)
async def test_a_call_is_conducted_by_its_forms(desk: Any, act: str, more: dict[str, str]) -> None:
    visitor = await desk("secretariat")
    call_id = await open_call(visitor.world)
    visitor.world.clock.move(minutes=5)
    path = f"/calls/{call_id}"
    form = form_of(await visitor.get(path), act)

    refused = await visitor.send(path, form, reason="", **more)
    done = await visitor.send(path, form_of(await visitor.get(path), act), reason="More time.", **more)

    assert refused.status_code == 422
    assert done.status_code == 303
    assert (await rows_of(visitor.world, "calls"))[0]["version"] == 2


async def test_published_results_say_where_too_few_answered_to_tell_figures(desk: Any) -> None:
    visitor = await desk("china")
    world = visitor.world
    call_id = await open_call(world, visibility=RoundVisibility.SECRETARIAT_AND_COORDINATORS)
    await file_as_members(world, call_id, 4)
    world.clock.now = CLOSES
    await world.do("canada", calling.publish_results, call_id=call_id, expected_revision=1)

    limited = await read(await desk("china"), f"/calls/{call_id}/results")
    whole = await read(await desk("canada"), f"/calls/{call_id}/results")

    assert ("Too few parties answered" in limited, "Greatest" in limited) == (True, False)
    assert ("Too few parties answered" in whole, "Greatest" in whole) == (False, True)


async def test_results_are_published_by_their_form_once_the_call_has_closed(desk: Any) -> None:
    visitor = await desk("canada")
    call_id = await open_call(visitor.world)
    path = f"/calls/{call_id}"
    early = forms_of(await visitor.get(path), "publishResults")
    visitor.world.clock.now = CLOSES
    visitor = await desk("canada")
    form = form_of(await visitor.get(path), "publishResults")

    done = await visitor.send(path, form)
    twice = await visitor.send(path, form)

    assert early == []
    assert (done.status_code, twice.status_code) == (303, 303)
    (call,) = await rows_of(visitor.world, "calls")
    assert (call["published_at"], call["version"]) == (CLOSES, 2)
    assert "Published on" in await read(visitor, path)
    assert forms_of(await visitor.get(path), "publishResults") == []


async def test_who_has_not_answered_is_reminded_by_the_form_of_those_who_ask(desk: Any) -> None:
    visitor = await desk("canada")
    call_id = await open_call(visitor.world)
    path = f"/calls/{call_id}"

    done = await visitor.send(path, form_of(await visitor.get(path), "remindAsked"))
    again = await visitor.send(path, form_of(await visitor.get(path), "remindAsked"))

    assert (done.status_code, again.status_code) == (303, 422)
    assert "at most once in 24 hours" in phrases_of(again)
    assert len(await rows_of(visitor.world, "call_reminders")) == 1
    assert "planned" in await read(visitor, path)
