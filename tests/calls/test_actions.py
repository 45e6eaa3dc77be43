"""What people do with calls for inputs: every act done, and every refusal of it, which writes nothing."""

from datetime import timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from server.domain.calls import queries
from server.domain.calls.actions import answering, calling, reminding
from server.domain.calls.rules.questions import GivenAnswer, QuestionTerms
from server.domain.papers.actions import issue_paper
from server.kernel.actor import Capacity
from server.kernel.refusals import RefusalCode as Code
from server.models.calls import AnswerSheet, Call
from server.models.parties import Party
from server.vocabulary.calls import QuestionKind
from server.vocabulary.rounds import RoundVisibility
from tests.factories.calls import CLOSES, QUESTIONS, answer, asking, file, file_as_members, open_call, question_ids
from tests.factories.rounds import code_of, everything, refusal_of, rows_of
from tests.factories.world import NOW, World

TICK = timedelta(microseconds=1)
UNKNOWN = "CAL_" + "0" * 26
YES = GivenAnswer("", is_yes=True)
WHY = {"reason": "More time was asked for."}


async def paths_of(acting: Any) -> list[str]:
    """Return the fields at fault in the refusal of an act."""
    refusal = await refusal_of(acting)
    assert refusal is not None
    return [issue.path for issue in refusal.issues]


async def test_open_call_asks_the_questions_in_their_order(world: World) -> None:
    call_id = await open_call(world)

    (call,) = await rows_of(world, "calls")
    questions = sorted(await rows_of(world, "call_questions"), key=lambda row: row["position"])
    assert (call["id"], call["title"], call["closes_at"], call["version"]) == (
        call_id,
        "Input on the AEO note",
        CLOSES,
        1,
    )
    assert [row["text"] for row in questions] == [question.text for question in QUESTIONS]
    assert questions[1]["most"] == 100_000
    assert questions[2]["choices"] == ["Importers", "Exporters", "Both"]


@pytest.mark.parametrize(
    ("changed", "paths"),
    [
        ({"questions": []}, ["questions"]),
        ({"questions": [QuestionTerms(QuestionKind.TEXT, " ")]}, ["questions.0.text"]),
        ({"questions": [QuestionTerms(QuestionKind.ONE_CHOICE, "Who?", choices=("Us",))]}, ["questions.0.choices"]),
        ({"questions": [QuestionTerms(QuestionKind.TEXT, "Who?", choices=("Us", "You"))]}, ["questions.0.choices"]),
        ({"questions": [QuestionTerms(QuestionKind.NUMBER, "How many?", least=2, most=1)]}, ["questions.0.most"]),
        ({"title": " ", "closes_at": NOW}, ["closesAt", "closesAt", "title"]),
        ({"audience": frozenset({Capacity.SECRETARIAT})}, ["audience"]),
        ({"zone": "Europe/Atlantis"}, ["zone"]),
    ],
)
async def test_open_call_that_is_not_well_formed_is_refused(
    world: World, changed: dict[str, Any], paths: list[str]
) -> None:
    assert await paths_of(open_call(world, **changed)) == paths


@pytest.mark.parametrize("title", ["Input on the AEO note", " input on  the aeo Note"])
async def test_open_call_under_the_title_of_another_is_refused(world: World, title: str) -> None:
    call_id = await open_call(world)
    before = await everything(world)

    assert await paths_of(open_call(world, title=title)) == ["title"]
    assert await everything(world) == before

    await world.do("secretariat", calling.cancel_call, call_id=call_id, reason="Asked too early.", expected_revision=1)
    assert await open_call(world, title=title)


async def test_open_call_with_an_offset_that_its_zone_does_not_have_then_is_refused(world: World) -> None:
    closes_at = CLOSES.astimezone(timezone(timedelta(hours=5)))

    assert await paths_of(open_call(world, closes_at=closes_at)) == ["closesAt"]


@pytest.mark.parametrize("reference", ["https://example.org/a?b=1", "http://example.org:8080/ä", "PC0618", "PC0618Ea"])
async def test_file_is_named_by_an_address_or_a_paper_on_record(world: World, reference: str) -> None:
    await world.do("secretariat", issue_paper, series="PC", serial=618, title="Indicators")
    call_id = await open_call(world)
    file_question = (await question_ids(world, call_id))[6]

    await answer(world, "japan", call_id, GivenAnswer(file_question, file=reference))

    (draft,) = await rows_of(world, "answer_drafts")
    assert draft["answers"] == {file_question: {"file": reference}}


async def test_open_call_by_others_is_refused(world: World) -> None:
    acting = world.do("japan", calling.open_call, **asking(world))

    assert await code_of(acting) == Code.FORBIDDEN


async def test_answer_call_is_seen_by_the_party_and_rewritten(world: World) -> None:
    call_id = await open_call(world)
    first, number, *_ = await question_ids(world, call_id)

    draft_id = await answer(world, "japan-assistant", call_id, GivenAnswer(first, is_yes=True))
    again = await answer(world, "japan", call_id, GivenAnswer(number, number=720), expected_revision=1)

    (draft,) = await rows_of(world, "answer_drafts")
    assert draft_id == again == draft["id"]
    assert draft["answers"] == {number: {"number": 720}}
    assert draft["version"] == 2


async def test_answer_call_after_a_colleague_is_refused(world: World) -> None:
    call_id = await open_call(world)
    first, *_ = await question_ids(world, call_id)
    given = [GivenAnswer(first, is_yes=True)]
    await world.do("japan-assistant", answering.answer_call, call_id=call_id, answers=given, expected_revision=0)

    assert await code_of(answer(world, "japan", call_id)) == Code.STALE_REVISION


@pytest.mark.parametrize(
    ("place", "given", "path"),
    [
        (1, {"number": -1}, "answers.0.number"),
        (1, {"number": 100_000.5}, "answers.0.number"),
        (1, {"number": float("inf")}, "answers.0.number"),
        (1, {"number": float("nan")}, "answers.0.number"),
        (1, {"text": "many"}, "answers.0.text"),
        (2, {"choices": ("Nobody",)}, "answers.0.choices"),
        (2, {"choices": ("Both", "Exporters")}, "answers.0.choices"),
        (3, {"choices": ("Speed", "Speed")}, "answers.0.choices"),
        (4, {"text": "x" * 20_001}, "answers.0.text"),
        (6, {"file": "https://example.org/" + "x" * 490}, "answers.0.file"),
        (6, {"file": "javascript:alert(1)"}, "answers.0.file"),
        (6, {"file": "https:"}, "answers.0.file"),
        (6, {"file": "https://name@example.org/"}, "answers.0.file"),
        (6, {"file": "file:///etc/passwd"}, "answers.0.file"),
        (6, {"file": "PC0618"}, "answers.0.file"),
        (0, {"number": 1}, "answers.0.number"),
    ],
)
async def test_answer_that_does_not_fit_its_question_is_refused(
    world: World, place: int, given: dict[str, Any], path: str
) -> None:
    call_id = await open_call(world)
    ids = await question_ids(world, call_id)

    assert await paths_of(answer(world, "japan", call_id, GivenAnswer(ids[place], **given))) == [path]


async def test_answer_to_a_question_of_another_call_or_twice_is_refused(world: World) -> None:
    call_id, other = await open_call(world), await open_call(world, title="Input on the note of 2018")
    (mine, *_), (theirs, *_) = await question_ids(world, call_id), await question_ids(world, other)
    twice = [GivenAnswer(mine, is_yes=True), GivenAnswer(mine, is_yes=False), GivenAnswer(theirs, is_yes=True)]

    assert await paths_of(answer(world, "japan", call_id, *twice)) == ["answers.1.questionId", "answers.2.questionId"]


async def test_file_answers_keeps_what_was_filed_before(world: World) -> None:
    call_id = await open_call(world)
    first, *_ = await question_ids(world, call_id)
    await file(world, "japan", call_id, GivenAnswer(first, is_yes=True))

    await answer(world, "japan", call_id, GivenAnswer(first, is_yes=False), expected_revision=1)
    await world.do("japan", answering.file_answers, call_id=call_id, expected_revision=2)

    sheets = sorted(await rows_of(world, "answer_sheets"), key=lambda row: row["number"])
    assert [(row["number"], row["answers"]) for row in sheets] == [
        (1, {first: {"isYes": True}}),
        (2, {first: {"isYes": False}}),
    ]


async def test_file_answers_that_were_filed_already_is_refused(world: World) -> None:
    call_id = await open_call(world)
    first, *_ = await question_ids(world, call_id)
    await file(world, "japan", call_id, GivenAnswer(first, is_yes=True))
    before = await everything(world)

    refusal = await refusal_of(world.do("japan", answering.file_answers, call_id=call_id, expected_revision=1))

    assert refusal.code == Code.ALREADY_DONE
    assert await everything(world) == before


async def test_file_answers_without_a_required_answer_is_refused(world: World) -> None:
    call_id = await open_call(world)
    _, number, *_ = await question_ids(world, call_id)
    await answer(world, "japan", call_id, GivenAnswer(number, number=1))

    refusal = await refusal_of(world.do("japan", answering.file_answers, call_id=call_id, expected_revision=1))

    assert refusal is not None
    assert refusal.code == Code.INVALID
    assert refusal.issues[0].parameters == {"question": QUESTIONS[0].text}
    assert refusal.issues[0].path == "answers.0.isYes"


async def test_file_answers_that_nobody_drafted_is_refused(world: World) -> None:
    call_id = await open_call(world)

    filing = world.do("japan", answering.file_answers, call_id=call_id, expected_revision=0)

    assert await code_of(filing) == Code.WRONG_STATE


async def test_file_answers_by_a_delegate_is_refused(world: World) -> None:
    call_id = await open_call(world)
    await answer(world, "japan-assistant", call_id)

    filing = world.do("japan-assistant", answering.file_answers, call_id=call_id, expected_revision=1)

    assert await code_of(filing) == Code.FORBIDDEN


async def test_answer_by_a_party_that_is_not_addressed_is_refused(world: World) -> None:
    call_id = await open_call(world, audience=frozenset({Capacity.MEMBER}))

    assert await code_of(answer(world, "gea", call_id)) == Code.NOT_FOUND
    assert await code_of(answer(world, "japan", UNKNOWN, YES)) == Code.NOT_FOUND


@pytest.mark.parametrize(
    ("offset", "code"), [(-TICK, None), (timedelta(), Code.ROUND_CLOSED), (TICK, Code.ROUND_CLOSED)]
)
async def test_file_answers_until_and_not_at_the_closing_instant(
    world: World, offset: timedelta, code: Code | None
) -> None:
    call_id = await open_call(world)
    await answer(world, "japan", call_id)
    world.clock.now = CLOSES + offset

    filing = world.do("japan", answering.file_answers, call_id=call_id, expected_revision=1)

    assert await code_of(filing) == code


async def test_extend_call_keeps_the_instant_before(world: World) -> None:
    call_id, later = await open_call(world), CLOSES + timedelta(days=3)

    await world.do("canada", calling.extend_call, call_id=call_id, closes_at=later, expected_revision=1, **WHY)

    (row,) = await rows_of(world, "call_redatings")
    (call,) = await rows_of(world, "calls")
    assert (row["closed_at_before"], row["closes_at_after"], call["closes_at"]) == (CLOSES, later, later)


async def test_extend_call_earlier_is_refused(world: World) -> None:
    call_id = await open_call(world)
    earlier = {"closes_at": CLOSES - TICK, "reason": " "}

    acting = world.do("canada", calling.extend_call, call_id=call_id, expected_revision=1, **earlier)

    assert await paths_of(acting) == ["closesAt", "reason"]


async def test_extend_call_that_was_sealed_and_has_closed_is_refused(world: World) -> None:
    call_id = await open_call(world, visibility=RoundVisibility.AFTER_CLOSE)
    world.clock.now = CLOSES

    later = {"closes_at": CLOSES + timedelta(days=1), "expected_revision": 1, **WHY}
    acting = world.do("canada", calling.extend_call, call_id=call_id, **later)

    assert await code_of(acting) == Code.ROUND_CLOSED


async def test_close_call_early_takes_no_answer_from_that_instant_on(world: World) -> None:
    call_id = await open_call(world)
    await answer(world, "japan", call_id)
    world.clock.move(hours=1)

    await world.do("canada", calling.close_call_early, call_id=call_id, expected_revision=1, **WHY)

    filing = world.do("japan", answering.file_answers, call_id=call_id, expected_revision=1)
    assert await code_of(filing) == Code.ROUND_CLOSED


async def test_close_call_early_at_its_opening_instant_is_refused(world: World) -> None:
    call_id = await open_call(world)

    acting = world.do("canada", calling.close_call_early, call_id=call_id, expected_revision=1, **WHY)

    assert await code_of(acting) == Code.INVALID


async def test_cancel_call_is_for_the_secretariat_and_keeps_what_was_filed(world: World) -> None:
    call_id = await open_call(world)
    await file(world, "japan", call_id)
    cancelling = {"call_id": call_id, "expected_revision": 1, **WHY}

    assert await code_of(world.do("canada", calling.cancel_call, **cancelling)) == Code.FORBIDDEN
    await world.do("secretariat", calling.cancel_call, **cancelling)

    assert await code_of(answer(world, "china", call_id)) == Code.ROUND_NOT_OPEN
    assert len(await rows_of(world, "answer_sheets")) == 1


async def test_acts_that_are_late_write_nothing(world: World) -> None:
    call_id = await open_call(world)
    await world.do("secretariat", calling.cancel_call, call_id=call_id, expected_revision=1, **WHY)
    before = await everything(world)

    for act, more in ((calling.extend_call, {"closes_at": CLOSES}), (calling.close_call_early, {})):
        assert await code_of(world.do("canada", act, call_id=call_id, expected_revision=2, **WHY, **more)) == (
            Code.WRONG_STATE
        )

    assert await everything(world) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answer_sheets SET number = 2",
        "DELETE FROM answer_sheets",
        "UPDATE call_questions SET text = 'Other'",
        "UPDATE calls SET closes_at = opens_at",
        "UPDATE calls SET title = 'Other'",
        "DELETE FROM calls",
    ],
)
async def test_what_was_asked_and_answered_cannot_be_changed(world: World, statement: str) -> None:
    call_id = await open_call(world)
    await file(world, "japan", call_id)

    with pytest.raises(DBAPIError):
        async with world.database.writing() as session:
            await session.execute(text(statement))


async def test_results_of_2021_call_on_the_aeo_note_count_31_members(world: World) -> None:
    """Answer as 31 Members did in 2021: 19 yes and 12 no, and a number from each of the first 21."""
    call_id = await open_call(world, audience=frozenset({Capacity.MEMBER}))
    await file_as_members(world, call_id, 31)

    async with world.database.studying() as session:
        results = await queries.find_results(session, await world.actor("china"), world.clock.now, call_id)

    assert results is not None
    assert (results.party_count, results.can_see_others) == (31, True)
    programme, operators, who, gains, *_ = (result.summary for result in results.questions)
    assert {each.choice: each.count for each in programme.counts} == {"YES": 19, "NO": 12}
    assert (operators.answered, operators.least, operators.median, operators.most) == (21, 0, 100, 200)
    assert [each.count for each in who.counts] == [11, 10, 10]
    assert [each.count for each in gains.counts] == [31, 15, 0]
    assert [each.capacity for each in results.questions[0].by_capacity] == [Capacity.MEMBER]


async def results_for(world: World, who: str, call_id: str) -> Any:
    """Return the statistics of a call as a person sees them."""
    async with world.database.studying() as session:
        return await queries.find_results(session, await world.actor(who), world.clock.now, call_id)


PRIVATE = {"visibility": RoundVisibility.SECRETARIAT_AND_COORDINATORS}


async def test_publish_results_gives_everybody_asked_the_statistics_and_nobody_the_answers(world: World) -> None:
    call_id = await open_call(world, audience=frozenset({Capacity.MEMBER}), **PRIVATE)
    await file_as_members(world, call_id, 31)
    world.clock.now = CLOSES
    before = await results_for(world, "china", call_id)

    await world.do("canada", calling.publish_results, call_id=call_id, expected_revision=1)

    after = await results_for(world, "china", call_id)
    assert (before.party_count, before.can_see_others) == (0, False)
    assert (after.party_count, after.can_see_others) == (31, True)
    assert {each.choice: each.count for each in after.questions[0].summary.counts} == {"YES": 19, "NO": 12}
    assert [each.capacity for each in after.questions[0].by_capacity] == [Capacity.MEMBER]
    assert await results_for(world, "upu", call_id) is None
    async with world.database.reading() as connection:
        parameters = (await world.actor("china")).parameters(world.clock.now)
        seen = select(AnswerSheet.id).where(queries.visible_sheets(AnswerSheet))
        assert (await connection.scalars(seen, parameters)).all() == []


async def test_published_results_tell_no_capacity_apart_of_which_few_answered(world: World) -> None:
    call_id = await open_call(world, **PRIVATE)
    await file_as_members(world, call_id, 5)
    await file(world, "upu", call_id)
    world.clock.now = CLOSES
    await world.do("canada", calling.publish_results, call_id=call_id, expected_revision=1)

    for_party, for_leader = [(await results_for(world, who, call_id)).questions[0] for who in ("china", "canada")]

    assert (for_party.summary.answered, for_party.by_capacity) == (6, [])
    assert [each.capacity for each in for_leader.by_capacity] == [Capacity.MEMBER, Capacity.OBSERVER]


async def change_capacity(world: World, party: str, capacity: Capacity) -> None:
    """Change the capacity of a party, as its correction does."""
    async with world.database.writing() as session:
        await session.execute(update(Party).where(Party.id == world.parties[party]).values(capacity=capacity))


@pytest.mark.own_sql
async def test_published_results_stay_with_the_capacity_in_which_each_party_filed(world: World) -> None:
    call_id = await open_call(world, **PRIVATE)
    await file_as_members(world, call_id, 6)
    world.clock.now = CLOSES
    await world.do("canada", calling.publish_results, call_id=call_id, expected_revision=1)
    before = await results_for(world, "china", call_id)

    await change_capacity(world, "member-0", Capacity.OBSERVER)

    assert await results_for(world, "china", call_id) == before
    assert [each.summary.answered for each in before.questions[0].by_capacity] == [6]


@pytest.mark.own_sql
async def test_published_results_of_an_open_call_give_a_party_that_changed_no_single_answer(world: World) -> None:
    call_id = await open_call(world, audience=frozenset({Capacity.MEMBER}))
    first, number, *_ = await question_ids(world, call_id)
    for who, count in (("japan", 720), ("china", 3)):
        await file(world, who, call_id, GivenAnswer(first, is_yes=True), GivenAnswer(number, number=count))
    world.clock.now = CLOSES
    await world.do("canada", calling.publish_results, call_id=call_id, expected_revision=1)
    await change_capacity(world, "china", Capacity.OBSERVER)

    observer, japan = [(await results_for(world, who, call_id)).questions[1] for who in ("china", "japan")]

    assert (observer.summary, observer.by_capacity) == ((2, [], None, None, None), [])
    assert japan.summary == (2, [], 3, 361.5, 720)


async def test_publish_results_that_would_tell_who_said_what_is_refused(world: World) -> None:
    call_id = await open_call(world, **PRIVATE)
    await file(world, "japan", call_id)
    await file(world, "china", call_id)
    world.clock.now = CLOSES
    publishing = {"call_id": call_id, "expected_revision": 1}

    assert await code_of(world.do("canada", calling.publish_results, **publishing)) == Code.WRONG_STATE


async def test_publish_results_before_the_close_by_others_or_twice_is_refused(world: World) -> None:
    call_id = await open_call(world)
    publishing = {"call_id": call_id, "expected_revision": 1}

    world.clock.now = CLOSES - TICK
    assert await code_of(world.do("canada", calling.publish_results, **publishing)) == Code.ROUND_NOT_OPEN
    world.clock.now = CLOSES
    assert await code_of(world.do("japan", calling.publish_results, **publishing)) == Code.FORBIDDEN
    await world.do("secretariat", calling.publish_results, **publishing)
    again = {"call_id": call_id, "expected_revision": 2}
    assert await code_of(world.do("canada", calling.publish_results, **again)) == Code.ALREADY_DONE


async def test_extend_and_cancel_call_after_its_results_are_out_is_refused(world: World) -> None:
    call_id = await open_call(world)
    world.clock.now = CLOSES
    await world.do("canada", calling.publish_results, call_id=call_id, expected_revision=1)
    on = {"call_id": call_id, "expected_revision": 2, **WHY}

    later = CLOSES + timedelta(days=1)
    assert await code_of(world.do("canada", calling.extend_call, closes_at=later, **on)) == Code.ALREADY_DONE
    assert await code_of(world.do("secretariat", calling.cancel_call, **on)) == Code.ALREADY_DONE


@pytest.mark.own_sql
async def test_instant_of_publication_cannot_be_changed(world: World) -> None:
    call_id = await open_call(world)
    world.clock.now = CLOSES
    await world.do("canada", calling.publish_results, call_id=call_id, expected_revision=1)

    for value in (None, CLOSES + TICK):
        with pytest.raises(DBAPIError):
            async with world.database.writing() as session:
                await session.execute(update(Call).values(published_at=value))


async def test_remind_asked_is_kept_and_possible_again_after_a_day(world: World) -> None:
    call_id = await open_call(world)

    await world.do("canada", reminding.remind_asked, call_id=call_id, due_at=None)
    refusal = await refusal_of(world.do("secretariat", reminding.remind_asked, call_id=call_id, due_at=None))
    planned = NOW + timedelta(days=1)
    await world.do("canada", reminding.remind_asked, call_id=call_id, due_at=planned)

    rows = await rows_of(world, "call_reminders")
    assert sorted((row["due_at"], row["sent_at"]) for row in rows) == [(NOW, None), (planned, None)]
    assert refusal is not None
    assert (refusal.code, refusal.unlocks_at) == (Code.ALREADY_DONE, NOW + timedelta(days=1))


async def test_remind_asked_by_others_outside_the_window_or_after_the_close_is_refused(world: World) -> None:
    call_id = await open_call(world)
    now = {"call_id": call_id, "due_at": None}

    assert await code_of(world.do("japan", reminding.remind_asked, **now)) == Code.FORBIDDEN
    for due_at in (NOW - TICK, CLOSES):
        acting = world.do("canada", reminding.remind_asked, call_id=call_id, due_at=due_at)
        assert await code_of(acting) == Code.INVALID
    await world.do("canada", reminding.remind_asked, call_id=call_id, due_at=CLOSES - TICK)
    world.clock.now = CLOSES
    assert await code_of(world.do("canada", reminding.remind_asked, **now)) == Code.ROUND_CLOSED
    await world.do("secretariat", calling.cancel_call, call_id=call_id, expected_revision=1, **WHY)
    assert await code_of(world.do("canada", reminding.remind_asked, **now)) == Code.ROUND_NOT_OPEN
