"""States of rounds and calls in which pages are looked at: their life, conversations on comments, triage, and calls."""

from collections.abc import Mapping
from datetime import timedelta

from server.domain.calls.actions import calling as conducting_calls
from server.domain.calls.rules.questions import GivenAnswer
from server.domain.rounds.actions import calling, conducting, marking
from server.domain.rounds.rules.terms import RoundSettings
from server.domain.threads.actions import replying
from server.domain.triage.actions import advising, answering, settling, sorting, undoing
from server.domain.triage.actions.answering import AnswerTo
from server.domain.triage.actions.sorting import PointContent
from server.vocabulary.calling import RoundScope
from server.vocabulary.rounds import CommentType, DispositionVerdict, RoundVisibility
from tests.desk.test_answers import closed_round
from tests.factories import calls, rounds
from tests.factories.threads import ask_to_sign
from tests.factories.world import NOW, World


async def lived(world: World) -> Mapping[str, str]:
    """Bring about a round in each phase of its life: planned, open, paused, closed early, completed, called off."""
    narrow = RoundSettings(scope=RoundScope.NAMED, provision_keys=(await _keys(world))[:1], most_comments=3)
    planned = await rounds.open_round(world, opens_at=NOW + timedelta(days=1), settings=narrow)
    going, paused, early, completed, called_off = [await rounds.open_round(world) for _ in range(5)]
    await rounds.submit(world, "japan", called_off)
    world.clock.move(hours=1)
    told = {"reason": "A holiday.", "expected_revision": 1}
    await world.do("secretariat", conducting.pause_round, round_id=paused, **told)
    await world.do("secretariat", conducting.close_round, round_id=early, **told)
    await world.do("secretariat", conducting.close_round, round_id=completed, **told)
    await world.do("secretariat", calling.cancel_round, round_id=called_off, **told)
    await world.do("secretariat", calling.complete_round, round_id=completed, expected_revision=2)
    return {
        **{"planned": planned, "going": going, "paused": paused, "early": early},
        **{"completed": completed, "off": called_off, "version": world.version},
    }


async def _keys(world: World) -> tuple[str, ...]:
    """Return the permanent keys of the provisions of the issued version."""
    rows = await rounds.rows_of(world, "provision_texts")
    return tuple(row["provision_id"] for row in rows if row["text_version_id"] == world.version)


async def talked_over(world: World) -> Mapping[str, str]:
    """Bring about comments with marks and replies, one that was revised, and a draft that others are asked to sign."""
    round_id = await rounds.open_round(world)
    comment = await rounds.submit(world, "japan", round_id)
    await rounds.submit(world, "china", round_id, text="The duty must be very clear.")
    await world.do("canada", marking.support_comment, comment_id=comment)
    await world.do("gea", marking.oppose_comment, comment_id=comment, reason="It costs too much.")
    await world.do("upu", marking.tolerate_comment, comment_id=comment)
    for who, text in (("upu", "What of postal items?"), ("japan", "They are covered."), ("gea", "We doubt it.")):
        await world.do(who, replying.reply_to_comment, comment_id=comment, text=text)
    replies = {row["text"]: row["id"] for row in await rounds.rows_of(world, "comment_replies")}
    await world.do("gea", replying.take_back_reply, reply_id=replies["We doubt it."])
    earlier = await rounds.submit(world, "upu", round_id, text="Which data?", quotation=None, proposed_wording=None)
    asked = await ask_to_sign(world, round_id, "canada", "upu")
    return {
        **{"round": round_id, "comment": comment, "reply": replies["What of postal items?"]},
        **{"earlier": earlier, "asked": asked, "version": world.version, "key": world.keys[1]},
    }


async def sorted_out(world: World) -> Mapping[str, str]:
    """Bring about a round in triage: a group, tags, desks, points, advice, answers together, one of them maintained."""
    round_id, comments = await closed_round(world)
    japan, china, upu = comments["japan"], comments["china"], comments["upu"]
    both = {"round_id": round_id, "lead_id": japan, "comment_ids": [china]}
    await world.do("canada", sorting.group_comments, **both)
    await world.do("canada", sorting.tag_comment, comment_id=japan, tags=["Duties", "Law"], expected_revision=1)
    desk = {"delegate_id": world.delegates["canada"], "function_id": None, "note": "The chair wants this first."}
    await world.do("canada", sorting.place_comment, comment_id=upu, **desk, expected_revision=0)
    points = (
        PointContent(CommentType.QUESTION, "Which data are meant?", has_wording=False),
        PointContent(CommentType.QUESTION, "Since when?", has_wording=False),
    )
    await world.do("canada", sorting.split_comment, comment_id=upu, points=points, expected_revision=1)
    advice = {"body_id": None, "delegate_id": world.delegates["gea"], "question": "Is it done today?"}
    due = world.clock.now.date() + timedelta(days=9)
    await world.do("canada", advising.forward_comment, comment_id=upu, **advice, due_on=due)
    kept = {"title": "No duty", "verdict": DispositionVerdict.NOTED, "reason": "The text invites."}
    await world.do("canada", settling.keep_answer, round_id=round_id, **kept)
    given = (AnswerTo(japan, 1, None, DispositionVerdict.NOT_ACCEPTED, "The group invites, and obliges nobody."),)
    await world.do("secretariat", answering.record_answers, round_id=round_id, answers=given)
    await world.do("secretariat", undoing.undo_answers, **await _batch(world), reason="It went out too early.")
    revisions = {row["comment_id"]: row["version"] for row in await rounds.rows_of(world, "comment_work")}
    given = (AnswerTo(japan, revisions[japan], None, given[0].verdict, given[0].reason),)
    await world.do("secretariat", answering.record_answers, round_id=round_id, answers=given)
    works = {row["comment_id"]: row["disposition_id"] for row in await rounds.rows_of(world, "comment_work")}
    maintained = {"disposition_id": works[japan], "reaction": "MAINTAINS", "reason": "A duty is needed."}
    await world.do("japan", settling.react_to_answer, **maintained)
    tags = await rounds.rows_of(world, "round_tags")
    return {"round": round_id, "led": japan, "split": upu, "tag": tags[0]["id"]}


async def _batch(world: World) -> Mapping[str, object]:
    """Return the one batch of answers of a world as the act that undoes it takes it."""
    (batch,) = await rounds.rows_of(world, "answer_batches")
    return {"batch_id": batch["id"], "expected_revision": batch["version"]}


async def called_for_inputs(world: World) -> Mapping[str, str]:
    """Bring about calls: one that parties answer, a sealed one, one with results, and one that was called off."""
    answered = await calls.open_call(world)
    await calls.file(world, "china", answered)
    await calls.file_as_members(world, answered, 31)
    draft = await calls.open_call(world, title="Second input")
    questions = await calls.question_ids(world, draft)
    given = (
        GivenAnswer(questions[0], is_yes=True),
        GivenAnswer(questions[1], number=720),
        GivenAnswer(questions[4], text="Less paper."),
    )
    await calls.answer(world, "japan-assistant", draft, *given)
    sealed = await calls.open_call(world, title="Third input", visibility=RoundVisibility.AFTER_CLOSE)
    await calls.file(world, "japan", sealed)
    off = await calls.open_call(world, title="Fourth input")
    world.clock.move(hours=1)
    told = {"reason": "Asked in another way.", "expected_revision": 1}
    await world.do("secretariat", conducting_calls.cancel_call, call_id=off, **told)
    await world.do("canada", conducting_calls.close_call_early, call_id=answered, **told)
    return {"answered": answered, "draft": draft, "sealed": sealed, "off": off}
