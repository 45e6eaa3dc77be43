"""How a party takes the answers to the points of its comment, and what it maintains is counted and listed."""

from typing import Any

import pytest

from server.domain.rounds.actions import admitting, calling
from server.domain.triage.actions import answering, settling, sorting
from server.domain.triage.actions.answering import AnswerTo
from server.domain.triage.actions.sorting import PointContent
from server.kernel.refusals import RefusalCode as Code
from server.vocabulary.rounds import CommentType, DispositionVerdict
from server.vocabulary.triage import Reaction
from tests.factories.api import Api
from tests.factories.rounds import CLOSES, code_of, open_round, rows_of, submit
from tests.factories.world import World

NOT_ACCEPTED, ACCEPTED = DispositionVerdict.NOT_ACCEPTED, DispositionVerdict.ACCEPTED
POINTS = (
    PointContent(CommentType.EDITORIAL, "Say shall.", has_wording=True),
    PointContent(CommentType.SUBSTANTIVE, "Make it a duty of all."),
)


async def answers_to_points(
    world: World, round_id: str, comment: str, act: Any = answering.record_answers
) -> list[str]:
    """Split a comment, answer both points, and return the answers to these in their order."""
    await world.do("canada", sorting.split_comment, comment_id=comment, points=POINTS, expected_revision=1)
    points = await rows_of(world, "comment_points")
    first, second = sorted((row for row in points if row["comment_id"] == comment), key=lambda row: str(row["number"]))
    answers = (
        AnswerTo(comment, 2, first["id"], ACCEPTED),
        AnswerTo(comment, 2, second["id"], NOT_ACCEPTED, "Not of all."),
    )
    await world.do("secretariat", act, round_id=round_id, answers=answers)
    standing = {row["id"]: row["disposition_id"] for row in await rows_of(world, "comment_points")}
    return [standing[each["id"]] for each in (first, second)]


COUNTS = """query($f: CommentFilter, $round: ID!) {
  commentCounts(by: REACTION, filter: $f) { value count }
  maintained: comments(filter: { roundId: [$round], reaction: MAINTAINS }) { nodes { id } }
  content: comments(filter: { roundId: [$round], reaction: CONTENT }) { nodes { id } } }"""


async def test_party_maintains_one_point_and_it_is_on_the_plenary_list_and_counted(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    comments = [await submit(world, who, round_id) for who in ("japan", "china", "upu")]
    world.clock.now = CLOSES
    accepted, refused = await answers_to_points(world, round_id, comments[0])
    of_china = await answers_to_points(world, round_id, comments[1])
    await answers_to_points(world, round_id, comments[2])
    maintained = {"reaction": "MAINTAINS", "reason": "Of all."}

    done = await api.act("japan", "reactToAnswer", dispositionId=refused, **maintained)
    twice = await api.act("japan", "reactToAnswer", dispositionId=refused, **maintained)
    await api.act("japan", "reactToAnswer", dispositionId=accepted, reaction="CONTENT")
    for answer in of_china:
        await api.act("china", "reactToAnswer", dispositionId=answer, reaction="CONTENT")
    plenary = (await api.ask("gea", "PlenaryList", roundId=round_id))["round"]["reactions"]["nodes"]
    seen = (await api.send("gea", COUNTS, {"f": {"roundId": [round_id]}, "round": round_id}))["data"]
    report = (await api._client.get(f"/files/reports/{round_id}.md", headers=await bearer(api))).text

    assert (done["__typename"], twice["code"]) == ("AnswerReacted", "ALREADY_DONE")
    assert [(each["disposition"]["point"]["number"], each["reason"]) for each in plenary] == [(2, "Of all.")]
    counts = {each["value"]: each["count"] for each in seen["commentCounts"]}
    assert counts == {None: 1, "CONTENT": 1, "MAINTAINS": 1}
    assert seen["maintained"]["nodes"] == [{"id": comments[0]}]
    assert seen["content"]["nodes"] == [{"id": comments[1]}]
    assert "## For the plenary" in report
    assert "| maintains | 1 |" in report


async def bearer(api: Api) -> dict[str, str]:
    """Return the headers of a request of the Secretariat."""
    return {"authorization": f"Bearer {await api.token('secretariat')}"}


async def test_nobody_reacts_to_a_point_of_which_the_answer_is_only_proposed_or_is_of_another_party(
    world: World,
) -> None:
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    world.clock.now = CLOSES
    proposed, _ = await answers_to_points(world, round_id, comment, answering.propose_answers)
    content = {"reaction": Reaction.CONTENT}

    own = await code_of(world.do("japan", settling.react_to_answer, disposition_id=proposed, **content))
    leading = await code_of(world.do("canada", settling.react_to_answer, disposition_id=proposed, **content))

    assert (own, leading) == (Code.NOT_FOUND, Code.FORBIDDEN)


@pytest.mark.parametrize("end", ["complete", "cancel"])
async def test_request_to_file_late_lapses_with_its_round(api: Api, end: str) -> None:
    world = api.world
    round_id = await open_round(world)
    world.clock.now = CLOSES
    await world.do("china", admitting.ask_late_admission, round_id=round_id, reason="A holiday.")
    text = "query($id: ID!) { round(id: $id) { ownLateAdmission { status } } }"
    waiting = (await api.send("china", text, {"id": round_id}))["data"]["round"]["ownLateAdmission"]

    if end == "complete":
        await world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1)
    else:
        sent = {"round_id": round_id, "reason": "In error.", "expected_revision": 1}
        await world.do("secretariat", calling.cancel_round, **sent)
    ended = (await api.send("china", text, {"id": round_id}))["data"]["round"]["ownLateAdmission"]

    assert (waiting, ended) == ({"status": "ASKED"}, {"status": "LAPSED"})
