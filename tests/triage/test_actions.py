"""Triage and answers given together, on both databases: what is written, and each refusal."""

from datetime import timedelta
from typing import Any

import pytest

from server.domain.rounds.actions import answering as single
from server.domain.rounds.actions import calling, filing
from server.domain.triage.actions import advising, answering, settling, sorting, undoing
from server.domain.triage.actions.answering import AnswerTo
from server.domain.triage.actions.sorting import PointContent
from server.kernel.issue_codes import IssueCode
from server.kernel.refusals import RefusalCode as Code
from server.vocabulary.rounds import CommentType, DispositionVerdict, RoundVisibility
from server.vocabulary.triage import Reaction
from server.wording.anchors import Quotation
from tests.factories.rounds import CLOSES, code_of, everything, open_round, refusal_of, rows_of, submit, words
from tests.factories.world import World

NOT_ACCEPTED, NOTED, ACCEPTED = DispositionVerdict.NOT_ACCEPTED, DispositionVerdict.NOTED, DispositionVerdict.ACCEPTED
MODIFIED, DUPLICATE = DispositionVerdict.ACCEPTED_WITH_MODIFICATION, DispositionVerdict.DUPLICATE
TWO_POINTS = (
    PointContent(CommentType.SUBSTANTIVE, "Make it a duty.", has_wording=True),
    PointContent(CommentType.QUESTION, "Since when?"),
)


async def closed_round(world: World, *parties: str, **changed: Any) -> tuple[str, list[str]]:
    """Return a round that has closed, with one comment of each of these parties."""
    round_id = await open_round(world)
    comments = [await submit(world, party, round_id, **changed) for party in parties]
    world.clock.now = CLOSES
    return round_id, comments


async def answer(
    world: World, round_id: str, *answers: AnswerTo, act: Any = answering.record_answers, **shared: Any
) -> str:
    """Answer several comments as the Secretariat, and return the batch."""
    return await world.do("secretariat", act, round_id=round_id, answers=answers, **shared)


async def work_of(world: World, comment_id: str) -> dict[str, Any]:
    """Return the work row of a comment."""
    return next(row for row in await rows_of(world, "comment_work") if row["comment_id"] == comment_id)


async def verdict_of(world: World, comment_id: str) -> tuple[str, str, str | None] | None:
    """Return verdict, reason and wording of the answer that stands for a comment."""
    work = await work_of(world, comment_id)
    rows = {row["id"]: row for row in await rows_of(world, "dispositions")}
    row = rows.get(work["disposition_id"])
    return row and (row["verdict"], row["reason"], row["wording"])


async def points_of(world: World, comment_id: str) -> list[dict[str, Any]]:
    """Return the points of a comment in their order."""
    rows = [row for row in await rows_of(world, "comment_points") if row["comment_id"] == comment_id]
    return sorted(rows, key=lambda row: row["number"])


async def test_comment_is_answered_when_all_its_points_are(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    received = await rows_of(world, "comments")

    await world.do("canada", sorting.split_comment, comment_id=comment, points=TWO_POINTS, expected_revision=1)
    first, second = [row["id"] for row in await points_of(world, comment)]
    await answer(world, round_id, AnswerTo(comment, 2, first, ACCEPTED))
    between = await work_of(world, comment)
    await answer(world, round_id, AnswerTo(comment, between["version"], second, NOTED, "Since 2018."))

    assert (between["status"], between["disposition_id"]) == ("SUBMITTED", None)
    assert (await work_of(world, comment))["status"] == "DISPOSED"
    assert await verdict_of(world, comment) == ("ACCEPTED", "(2) Since 2018.", None)
    assert await rows_of(world, "comments") == received


async def test_round_is_not_complete_before_every_point_is_answered(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    await world.do("canada", sorting.split_comment, comment_id=comment, points=TWO_POINTS, expected_revision=1)
    first, second = [row["id"] for row in await points_of(world, comment)]
    await answer(world, round_id, AnswerTo(comment, 2, first, ACCEPTED))
    completing = {"round_id": round_id, "expected_revision": 1}

    early = await code_of(world.do("canada", calling.complete_round, **completing))
    await answer(world, round_id, AnswerTo(comment, 3, second, NOTED, "Since 2018."))
    await world.do("canada", calling.complete_round, **completing)

    assert early == Code.DISPOSITIONS_OPEN


async def test_group_is_answered_once_and_its_members_with_the_reference_of_the_lead(world: World) -> None:
    round_id, (lead, same) = await closed_round(world, "japan", "china")
    world.clock.now -= timedelta(days=1)
    other = await submit(world, "gea", round_id, proposed_wording="may exchange")
    silent = await submit(world, "upu", round_id, proposed_wording=None, quotation=None)
    world.clock.now = CLOSES
    members = {"round_id": round_id, "lead_id": lead, "comment_ids": [same, other, silent]}

    await world.do("canada", sorting.group_comments, **members)
    await answer(world, round_id, AnswerTo(lead, 1, None, ACCEPTED))

    reason = "Answered with Japan R1-1."
    assert await verdict_of(world, lead) == ("ACCEPTED", "", None)
    assert await verdict_of(world, same) == ("ACCEPTED", reason, None)
    assert await verdict_of(world, other) == ("ACCEPTED_WITH_MODIFICATION", reason, "shall exchange")
    assert await verdict_of(world, silent) == ("DUPLICATE", reason, None)
    leads = {row["disposition_id"]: row["lead_id"] for row in await rows_of(world, "disposition_origins")}
    assert sorted(map(str, leads.values())) == sorted([lead, lead, lead, "None"])


async def test_undone_answers_stand_no_more_and_stay_on_record(world: World) -> None:
    round_id, comments = await closed_round(world, "japan", "china")
    await answer(world, round_id, AnswerTo(comments[1], 1, None, NOTED, "Read."), act=answering.propose_answers)
    batch = await answer(
        world, round_id, AnswerTo(comments[0], 1), AnswerTo(comments[1], 2), verdict=NOT_ACCEPTED, reason="No."
    )
    recorded = await rows_of(world, "dispositions")

    undoing_it = {"batch_id": batch, "reason": "The wrong round.", "expected_revision": 1}
    await world.do("secretariat", undoing.undo_answers, **undoing_it)

    assert (await work_of(world, comments[0]))["status"] == "SUBMITTED"
    assert await verdict_of(world, comments[0]) is None
    assert (await work_of(world, comments[1]))["status"] == "DISPOSITION_PROPOSED"
    assert await verdict_of(world, comments[1]) == ("NOTED", "Read.", None)
    assert await rows_of(world, "dispositions") == recorded
    assert await code_of(world.do("secretariat", undoing.undo_answers, **undoing_it)) == Code.ALREADY_DONE


async def test_undone_answer_to_a_point_opens_the_comment_again(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    await world.do("canada", sorting.split_comment, comment_id=comment, points=TWO_POINTS, expected_revision=1)
    first, second = [row["id"] for row in await points_of(world, comment)]
    batch = await answer(
        world, round_id, AnswerTo(comment, 2, first, ACCEPTED), AnswerTo(comment, 2, second, NOTED, "Yes.")
    )

    await world.do("secretariat", undoing.undo_answers, batch_id=batch, reason="Read again.", expected_revision=1)

    assert (await work_of(world, comment))["status"] == "SUBMITTED"
    assert [row["disposition_id"] for row in await points_of(world, comment)] == [None, None]


@pytest.mark.parametrize("act", [answering.propose_answers, answering.record_answers])
async def test_answer_to_a_point_is_not_undone_while_the_whole_stands_by_it(world: World, act: Any) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    await world.do("canada", sorting.split_comment, comment_id=comment, points=TWO_POINTS, expected_revision=1)
    first, second = [row["id"] for row in await points_of(world, comment)]
    batches = []
    for point in (first, second):
        revision = (await work_of(world, comment))["version"]
        batches.append(await answer(world, round_id, AnswerTo(comment, revision, point, NOTED, "Read."), act=act))
    undoing_it = {"reason": "Read again.", "expected_revision": 1}

    refused = await code_of(world.do("secretariat", undoing.undo_answers, batch_id=batches[0], **undoing_it))
    for batch in reversed(batches):
        await world.do("secretariat", undoing.undo_answers, batch_id=batch, **undoing_it)

    assert refused == Code.WRONG_STATE
    assert (await work_of(world, comment))["status"] == "SUBMITTED"
    assert [row["disposition_id"] for row in await points_of(world, comment)] == [None, None]


async def test_comment_is_accepted_in_part_when_another_point_than_its_words_is_not(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    await world.do("canada", sorting.split_comment, comment_id=comment, points=TWO_POINTS, expected_revision=1)
    first, second = [row["id"] for row in await points_of(world, comment)]

    await answer(
        world, round_id, AnswerTo(comment, 2, first, ACCEPTED), AnswerTo(comment, 2, second, NOT_ACCEPTED, "No.")
    )

    assert await verdict_of(world, comment) == ("ACCEPTED_WITH_MODIFICATION", "(2) No.", "shall exchange")


async def test_answers_are_not_undone_after_another_answer_nor_after_completion(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    proposed = await answer(world, round_id, AnswerTo(comment, 1, None, NOTED, "Read."), act=answering.propose_answers)
    recorded = await answer(world, round_id, AnswerTo(comment, 2))
    say = {"reason": "In error.", "expected_revision": 1}

    anew = await refusal_of(world.do("secretariat", undoing.undo_answers, batch_id=proposed, **say))
    await world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1)
    complete = await refusal_of(world.do("secretariat", undoing.undo_answers, batch_id=recorded, **say))

    assert anew is not None
    assert str(anew) == "Japan R1-1 was answered anew since. Undo that first."
    assert complete is not None
    assert complete.code == Code.WRONG_STATE


async def test_batch_with_one_hidden_comment_writes_and_confirms_nothing(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    elsewhere = await open_round(world, closes_at=CLOSES + timedelta(days=9))
    draft = await world.do("japan", filing.draft_comment, round_id=elsewhere, content=words(world))
    other = await submit(world, "japan", elsewhere)
    before = await everything(world)

    refusals = []
    for hidden in (draft, other, "CMT_00000000000000000000000000"):
        answers = AnswerTo(comment, 1, None, NOTED, "Read."), AnswerTo(hidden, 1, None, NOTED, "Read.")
        refusals.append(await refusal_of(answer(world, round_id, *answers)))

    assert {(each.code, str(each)) for each in refusals if each} == {
        (Code.NOT_FOUND, "There is no such comment for you.")
    }
    assert len(refusals) == 3
    assert await everything(world) == before

    return words(world)


async def test_one_fault_keeps_every_answer_of_the_act_from_being_written(world: World) -> None:
    round_id, comments = await closed_round(world, "japan", "china")
    before = await everything(world)
    first, second = comments

    cases = {
        Code.REASON_REQUIRED: (AnswerTo(first, 1, None, NOTED, "Read."), AnswerTo(second, 1, None, NOTED)),
        Code.STALE_REVISION: (AnswerTo(first, 1, None, NOTED, "Read."), AnswerTo(second, 9, None, NOTED, "Read.")),
        Code.INVALID: (AnswerTo(first, 1, None, NOTED, "Read."), AnswerTo(first, 1, None, NOTED, "Read.")),
    }
    refused = {code: await code_of(answer(world, round_id, *answers)) for code, answers in cases.items()}
    nothing = await code_of(answer(world, round_id))

    assert refused == {code: code for code in cases}
    assert nothing == Code.INVALID
    assert await everything(world) == before


async def test_comment_in_parts_or_in_a_group_is_not_answered_by_itself(world: World) -> None:
    round_id, (split, lead, member) = await closed_round(world, "japan", "china", "gea")
    await world.do("canada", sorting.split_comment, comment_id=split, points=TWO_POINTS, expected_revision=1)
    await world.do("canada", sorting.group_comments, round_id=round_id, lead_id=lead, comment_ids=[member])
    before = await everything(world)

    alone = {"verdict": NOTED, "reason": "Read.", "wording": None}
    for comment, revision in ((split, 2), (lead, 1), (member, 1)):
        sent = {"comment_id": comment, "expected_revision": revision, **alone}
        assert await code_of(world.do("secretariat", single.record_disposition, **sent)) == Code.WRONG_STATE
    for comment, revision in ((split, 2), (member, 1)):
        sent_to = AnswerTo(comment, revision, None, NOTED, "Read.")
        assert await code_of(answer(world, round_id, sent_to)) == Code.WRONG_STATE
    assert await everything(world) == before


async def test_second_of_two_coordinators_finds_the_desk_taken(world: World) -> None:
    _, (comment,) = await closed_round(world, "japan")
    on = {"comment_id": comment, "function_id": None, "expected_revision": 0}

    await world.do("canada", sorting.place_comment, **on, delegate_id=world.delegates["canada"])
    late = await code_of(
        world.do("secretariat", sorting.place_comment, **on, delegate_id=world.delegates["secretariat"])
    )
    handed = {"delegate_id": world.delegates["secretariat"], "note": "Yours: a word of the treaty."}
    await world.do("canada", sorting.place_comment, **on | {"expected_revision": 1}, **handed)
    await world.do("secretariat", sorting.place_comment, **on | {"expected_revision": 2}, delegate_id=None)

    assert late == Code.STALE_REVISION
    moves = [(row["delegate_id"], row["note"]) for row in await rows_of(world, "desk_moves")]
    assert sorted(map(str, moves)) == sorted(
        map(str, [(world.delegates["canada"], ""), (handed["delegate_id"], handed["note"]), (None, "")])
    )


async def test_desk_is_of_those_who_answer(world: World) -> None:
    _, (comment,) = await closed_round(world, "japan")
    sent = {"comment_id": comment, "function_id": None, "expected_revision": 0}

    refused = await refusal_of(world.do("canada", sorting.place_comment, **sent, delegate_id=world.delegates["japan"]))

    assert refused is not None
    assert [issue.path for issue in refused.issues] == ["delegateId"]


async def test_delegate_of_a_party_triages_nothing(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    before = await everything(world)
    on = {"comment_id": comment}

    for who in ("japan", "china", "upu", "gea"):
        acts = (
            world.do(who, sorting.split_comment, **on, points=TWO_POINTS, expected_revision=1),
            world.do(who, sorting.tag_comment, **on, tags=["law"], expected_revision=0),
            world.do(who, sorting.place_comment, **on, delegate_id=None, function_id=None, expected_revision=0),
            world.do(who, sorting.group_comments, round_id=round_id, lead_id=comment, comment_ids=[]),
            world.do(
                who, answering.propose_answers, round_id=round_id, answers=(AnswerTo(comment, 1, None, NOTED, "x"),)
            ),
            world.do(
                who, answering.record_answers, round_id=round_id, answers=(AnswerTo(comment, 1, None, NOTED, "x"),)
            ),
            world.do(who, settling.keep_answer, round_id=round_id, title="x", verdict=NOTED, reason="x"),
        )
        assert {await code_of(act) for act in acts} == {Code.FORBIDDEN}
    assert await everything(world) == before


async def test_sealed_comment_is_not_triaged_before_the_close(world: World) -> None:
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    comment = await submit(world, "japan", round_id)
    split = {"comment_id": comment, "points": TWO_POINTS, "expected_revision": 1}

    assert await code_of(world.do("canada", sorting.split_comment, **split)) == Code.NOT_FOUND
    assert await code_of(world.do("secretariat", sorting.split_comment, **split)) == Code.ROUND_NOT_OPEN
    world.clock.now = CLOSES - timedelta(microseconds=1)
    assert await code_of(world.do("secretariat", sorting.split_comment, **split)) == Code.ROUND_NOT_OPEN
    world.clock.now = CLOSES
    await world.do("canada", sorting.split_comment, **split)


async def test_split_comment_is_joined_again_by_no_points_and_answered_as_one(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    split = {"comment_id": comment, "points": TWO_POINTS, "expected_revision": 1}
    await world.do("canada", sorting.split_comment, **split)

    await world.do("canada", sorting.split_comment, comment_id=comment, points=(), expected_revision=2)

    assert await points_of(world, comment) == []
    await answer(world, round_id, AnswerTo(comment, 3), verdict=NOTED, reason="Read.")
    assert await verdict_of(world, comment) == (NOTED, "Read.", None)


async def test_joining_a_comment_that_was_not_split_is_refused(world: World) -> None:
    _, (comment,) = await closed_round(world, "japan")

    refusal = await refusal_of(
        world.do("canada", sorting.split_comment, comment_id=comment, points=(), expected_revision=1)
    )

    assert [(issue.path, issue.code) for issue in refusal.issues] == [("points", IssueCode.NOTHING_CHANGES)]


async def test_tags_are_one_in_any_spelling_and_taken_off_again(world: World) -> None:
    _, (first, second) = await closed_round(world, "japan", "china")

    await world.do("canada", sorting.tag_comment, comment_id=first, tags=["<b>Law</b>", "Data"], expected_revision=0)
    await world.do("canada", sorting.tag_comment, comment_id=second, tags=[" DATA "], expected_revision=0)
    await world.do("canada", sorting.tag_comment, comment_id=first, tags=["data"], expected_revision=1)

    names = {row["id"]: row["name"] for row in await rows_of(world, "round_tags")}
    tagged = {(row["comment_id"], names[row["tag_id"]]) for row in await rows_of(world, "comment_tags")}
    assert sorted(names.values()) == ["<b>Law</b>", "Data"]
    assert tagged == {(first, "Data"), (second, "Data")}
    stale = world.do("canada", sorting.tag_comment, comment_id=first, tags=[], expected_revision=1)
    assert await code_of(stale) == Code.STALE_REVISION


async def test_advice_is_asked_of_a_person_and_given_once(world: World) -> None:
    _, (comment,) = await closed_round(world, "japan")
    ask = {"comment_id": comment, "body_id": None, "question": "Is it a duty?", "due_on": CLOSES.date()}

    advice = await world.do("canada", advising.forward_comment, **ask, delegate_id=world.delegates["upu"])
    sent = {"advice_id": advice, "advice": "It is.", "expected_revision": 1}
    assert await code_of(world.do("gea", advising.give_advice, **sent)) == Code.NOT_FOUND
    assert await code_of(world.do("canada", advising.give_advice, **sent)) == Code.FORBIDDEN
    await world.do("upu", advising.give_advice, **sent)

    assert await code_of(world.do("upu", advising.give_advice, **sent)) == Code.ALREADY_DONE
    (row,) = await rows_of(world, "advice_requests")
    assert (row["advice"], row["given_by_id"]) == ("It is.", world.delegates["upu"])
    both = {**ask, "body_id": world.bodies["group"], "delegate_id": world.delegates["upu"]}
    assert await code_of(world.do("canada", advising.forward_comment, **both)) == Code.INVALID


async def test_reusable_answer_is_given_to_several_comments_and_its_uses_are_known(world: World) -> None:
    round_id, comments = await closed_round(world, "japan", "china")
    keep = {"round_id": round_id, "title": "No duty", "verdict": NOT_ACCEPTED, "reason": "The text invites."}

    kept = await world.do("canada", settling.keep_answer, **keep)
    again = await code_of(world.do("canada", settling.keep_answer, **keep))
    await answer(world, round_id, *(AnswerTo(each, 1) for each in comments), reusable_answer_id=kept)

    assert again == Code.INVALID
    assert [await verdict_of(world, each) for each in comments] == [("NOT_ACCEPTED", "The text invites.", None)] * 2
    assert [row["answer_id"] for row in await rows_of(world, "disposition_origins")] == [kept, kept]


async def proposed_answer(world: World, comment: str, who: str = "canada") -> str:
    """Propose to note a comment, and return the answer's id."""
    sent = {"verdict": NOTED, "reason": "A word of the translators.", "wording": None, "expected_revision": 1}
    await world.do(who, single.propose_disposition, comment_id=comment, **sent)
    return str((await work_of(world, comment))["disposition_id"])


@pytest.mark.parametrize("order", [("canada", "secretariat"), ("secretariat", "canada")])
async def test_editorial_answer_is_recorded_when_both_sides_settle_it(world: World, order: tuple[str, str]) -> None:
    _, (comment,) = await closed_round(world, "japan", type=CommentType.EDITORIAL)
    disposition = await proposed_answer(world, comment)
    first, second = order

    await world.do(first, settling.settle_answer, disposition_id=disposition)
    between = (await work_of(world, comment))["status"]
    again = await code_of(world.do(first, settling.settle_answer, disposition_id=disposition))
    await world.do(second, settling.settle_answer, disposition_id=disposition)

    assert (between, again) == ("DISPOSITION_PROPOSED", Code.ALREADY_DONE)
    assert (await work_of(world, comment))["status"] == "DISPOSED"
    assert await verdict_of(world, comment) == ("NOTED", "A word of the translators.", None)


async def test_substance_is_not_settled_by_two_sides(world: World) -> None:
    _, (comment,) = await closed_round(world, "japan")
    disposition = await proposed_answer(world, comment)

    assert await code_of(world.do("canada", settling.settle_answer, disposition_id=disposition)) == Code.WRONG_STATE
    assert await code_of(world.do("japan", settling.settle_answer, disposition_id=disposition)) == Code.NOT_FOUND


async def test_party_reacts_once_to_the_recorded_answer(world: World) -> None:
    round_id, (comment,) = await closed_round(world, "japan")
    proposed = await proposed_answer(world, comment)
    early = await code_of(
        world.do("japan", settling.react_to_answer, disposition_id=proposed, reaction=Reaction.CONTENT)
    )
    await answer(world, round_id, AnswerTo(comment, 2))
    recorded = (await work_of(world, comment))["disposition_id"]
    maintain = {"disposition_id": recorded, "reaction": Reaction.MAINTAINS}

    bare = await code_of(world.do("japan", settling.react_to_answer, **maintain))
    stranger = await code_of(world.do("china", settling.react_to_answer, **maintain, reason="So do we."))
    colleague = await code_of(world.do("japan-assistant", settling.react_to_answer, **maintain, reason="Still."))
    await world.do("japan", settling.react_to_answer, **maintain, reason="It is a duty.")
    twice = await code_of(world.do("japan", settling.react_to_answer, **maintain, reason="Again."))

    assert (early, bare) == (Code.NOT_FOUND, Code.REASON_REQUIRED)
    assert (stranger, colleague, twice) == (Code.FORBIDDEN, Code.FORBIDDEN, Code.ALREADY_DONE)
    (row,) = await rows_of(world, "answer_reactions")
    assert (row["reaction"], row["reason"], row["disposition_id"]) == ("MAINTAINS", "It is a duty.", recorded)


async def test_quoted_place_decides_what_a_member_gets(world: World) -> None:
    round_id, (lead,) = await closed_round(world, "japan")
    world.clock.now -= timedelta(days=1)
    elsewhere = await submit(world, "china", round_id, quotation=Quotation("electronic"), proposed_wording="digital")
    world.clock.now = CLOSES
    await world.do("canada", sorting.group_comments, round_id=round_id, lead_id=lead, comment_ids=[elsewhere])

    await answer(world, round_id, AnswerTo(lead, 1, None, MODIFIED, "Softer.", "might exchange"))

    assert await verdict_of(world, lead) == ("ACCEPTED_WITH_MODIFICATION", "Softer.", "might exchange")
    assert await verdict_of(world, elsewhere) == (DUPLICATE, "Softer.", None)
