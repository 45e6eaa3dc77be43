"""Bad days of triage: two at once, after a version was made, points that were put off, and what many answers cost."""

import asyncio
from typing import Any

import pytest

from server.domain.consolidation.actions import issuing, making
from server.domain.tasks.queries.finding import find_tasks
from server.domain.triage.actions import answering, sorting, undoing
from server.domain.triage.actions.answering import AnswerTo
from server.domain.triage.actions.sorting import PointContent
from server.kernel.refusals import RefusalCode as Code
from server.vocabulary.rounds import CommentType, DispositionVerdict
from tests.factories.filled import statements
from tests.factories.rounds import CLOSES, code_of, open_round, refusal_of, rows_of, submit
from tests.factories.world import World

NOTED, ACCEPTED = DispositionVerdict.NOTED, DispositionVerdict.ACCEPTED
pytestmark = pytest.mark.own_sql


async def closed(world: World, *parties: str, **changed: Any) -> tuple[str, list[str]]:
    """Return a round that has closed, with one comment of each of these parties."""
    round_id = await open_round(world)
    comments = [await submit(world, party, round_id, **changed) for party in parties]
    world.clock.now = CLOSES
    return round_id, comments


async def record(world: World, round_id: str, *answers: AnswerTo, **shared: Any) -> str:
    """Record answers as the Secretariat, and return the batch."""
    sent = {"round_id": round_id, "answers": answers} | shared
    return await world.do("secretariat", answering.record_answers, **sent)


async def test_of_two_people_at_one_desk_one_gets_it(world: World) -> None:
    _, (comment,) = await closed(world, "japan")
    on = {"comment_id": comment, "function_id": None, "expected_revision": 0}

    codes = await asyncio.gather(
        *(
            code_of(world.do(who, sorting.place_comment, **on, delegate_id=world.delegates[who]))
            for who in ("canada", "secretariat")
        )
    )

    assert sorted(map(str, codes)) == sorted(map(str, [None, Code.STALE_REVISION]))
    assert len(await rows_of(world, "desk_moves")) == 1


async def test_of_two_batches_at_once_on_one_comment_one_is_written(world: World) -> None:
    round_id, comments = await closed(world, "japan", "china", "upu")
    one = [AnswerTo(each, 1, None, NOTED, "One.") for each in comments[:2]]
    other = [AnswerTo(each, 1, None, NOTED, "Two.") for each in reversed(comments[1:])]

    codes = await asyncio.gather(*(code_of(record(world, round_id, *each)) for each in (one, other)))

    assert sorted(code is None for code in codes) == [False, True]
    assert len(await rows_of(world, "answer_batches")) == 1
    assert len(await rows_of(world, "dispositions")) == 2


async def test_two_people_adding_one_new_tag_add_it_once(world: World) -> None:
    _, comments = await closed(world, "japan", "china")

    await asyncio.gather(
        *(
            world.do(who, sorting.tag_comment, comment_id=each, tags=["Law"], expected_revision=0)
            for who, each in zip(("canada", "secretariat"), comments, strict=True)
        )
    )

    assert len(await rows_of(world, "round_tags")) == 1
    assert len(await rows_of(world, "comment_tags")) == 2


async def test_answers_stand_while_a_version_is_made_of_them_and_once_it_is_issued(world: World) -> None:
    round_id, (comment,) = await closed(world, "japan")
    batch = await record(world, round_id, AnswerTo(comment, 1, None, ACCEPTED))
    sent = {"batch_id": batch, "reason": "In error.", "expected_revision": 1}
    await world.do("secretariat", making.consolidate, text_version_id=world.version, label="Draft 2")

    making_it = await refusal_of(world.do("secretariat", undoing.undo_answers, **sent))
    (task,) = [each for each in await tasks_of(world) if each.act == "issue_version"]
    prepared = task.prepared or {}
    await world.do(
        "secretariat",
        issuing.issue_version,
        text_version_id=prepared["textVersionId"],
        expected_revision=prepared["expectedRevision"],
    )
    issued = await refusal_of(world.do("secretariat", undoing.undo_answers, **sent))

    assert making_it is not None
    assert "Abandon it first" in str(making_it)
    assert issued is not None
    assert issued.code == Code.WRONG_STATE


async def test_answers_that_put_off_stand_once_the_comment_is_asked_again_on_an_issued_version(world: World) -> None:
    round_id, (comment, other) = await closed(world, "japan", "china")
    batch = await record(world, round_id, AnswerTo(comment, 1, None, DispositionVerdict.DEFERRED, "Next time."))
    await record(world, round_id, AnswerTo(other, 1, None, ACCEPTED))
    await world.do("secretariat", making.consolidate, text_version_id=world.version, label="Draft 2")
    (task,) = [each for each in await tasks_of(world) if each.act == "issue_version"]
    prepared = task.prepared or {}
    made = {"text_version_id": prepared["textVersionId"], "expected_revision": prepared["expectedRevision"]}
    await world.do("secretariat", issuing.issue_version, **made)

    undoing_it = {"reason": "In error.", "expected_revision": 1}

    first = await code_of(world.do("secretariat", undoing.undo_answers, batch_id=batch, **undoing_it))
    again = await record(world, round_id, AnswerTo(comment, 3, None, NOTED, "Now."))
    await world.do("secretariat", undoing.undo_answers, batch_id=again, **undoing_it)
    then = await code_of(world.do("secretariat", undoing.undo_answers, batch_id=batch, **undoing_it))

    assert (first, then) == (Code.WRONG_STATE, Code.WRONG_STATE)


async def tasks_of(world: World) -> list[Any]:
    """Return the tasks of the Secretariat."""
    async with world.database.reading() as connection:
        return await find_tasks(connection, await world.actor("secretariat"), world.clock.now)


async def test_accepted_point_brings_the_words_of_its_comment_into_the_next_version(world: World) -> None:
    round_id, (comment,) = await closed(world, "japan")
    points = (
        PointContent(CommentType.SUBSTANTIVE, "Make it a duty.", has_wording=True),
        PointContent(CommentType.QUESTION, "Since when?"),
    )
    await world.do("canada", sorting.split_comment, comment_id=comment, points=points, expected_revision=1)
    rows = sorted(await rows_of(world, "comment_points"), key=lambda row: row["number"])
    await record(
        world,
        round_id,
        AnswerTo(comment, 2, rows[0]["id"], ACCEPTED),
        AnswerTo(comment, 2, rows[1]["id"], NOTED, "Since 2018."),
    )

    await world.do("secretariat", making.consolidate, text_version_id=world.version, label="Draft 2")

    (change,) = await rows_of(world, "applied_changes")
    assert (change["source_id"], change["replacement"]) == (comment, "shall")


@pytest.mark.parametrize("act", [answering.propose_answers, answering.record_answers])
async def test_statements_of_a_batch_do_not_grow_with_its_answers(world: World, act: Any) -> None:
    round_id = await open_round(world)
    comments = [await submit(world, "japan", round_id) for _ in range(24)]
    world.clock.now = CLOSES
    counts = []

    # The very first answer of a round notes besides when it was given.
    for chosen in (comments[:1], comments[1:5], comments[5:]):
        answers = tuple(AnswerTo(each, 1, None, NOTED, "Read.") for each in chosen)
        with statements(world.database) as seen:
            await world.do("secretariat", act, round_id=round_id, answers=answers)
        counts.append(len(seen))

    assert counts[1] == counts[2]


async def test_tasks_prepare_what_is_proposed_once_for_a_group_and_by_point(world: World) -> None:
    round_id, (lead, member, split) = await closed(
        world, "japan", "china", "upu", proposed_wording=None, quotation=None
    )
    points = (PointContent(CommentType.QUESTION, "Since when?"), PointContent(CommentType.QUESTION, "Until when?"))
    await world.do("canada", sorting.split_comment, comment_id=split, points=points, expected_revision=1)
    await world.do("canada", sorting.group_comments, round_id=round_id, lead_id=lead, comment_ids=[member])
    rows = sorted(await rows_of(world, "comment_points"), key=lambda row: row["number"])
    proposed = [AnswerTo(lead, 1, None, NOTED, "Read.")]
    proposed += [AnswerTo(split, 2, row["id"], NOTED, "Read.") for row in rows]
    await world.do("canada", answering.propose_answers, round_id=round_id, answers=tuple(proposed))

    (task,) = [each for each in await tasks_of(world) if each.act == "record_answers"]
    answers = (task.prepared or {})["answers"]
    sent = [AnswerTo(each["commentId"], each["expectedRevision"], each.get("pointId")) for each in answers]
    await record(world, round_id, *sent)

    assert [each.comment_id for each in sent] == [lead, split, split]
    assert {row["status"] for row in await rows_of(world, "comment_work")} == {"DISPOSED"}
    assert [each.act for each in await tasks_of(world) if each.act == "record_answers"] == []
