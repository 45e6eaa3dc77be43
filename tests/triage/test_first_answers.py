"""The first answers of a round, given by two people at once, one by one or together."""

import asyncio

import pytest

from server.domain.rounds.actions import answering as single
from server.domain.triage.actions import answering
from server.domain.triage.actions.answering import AnswerTo
from server.vocabulary.rounds import DispositionVerdict
from tests.factories.api import Api
from tests.factories.rounds import CLOSES, open_round, rows_of, submit
from tests.factories.world import World

pytestmark = pytest.mark.own_sql

NOTED = {"verdict": DispositionVerdict.NOTED, "reason": "Read."}


async def answer(world: World, who: str, round_id: str, comment: str, *, together: bool) -> str:
    """Answer a comment for the first time, alone or by the act that answers several."""
    if together:
        act = answering.record_answers if who == "secretariat" else answering.propose_answers
        return await world.do(who, act, round_id=round_id, answers=(AnswerTo(comment, 1),), **NOTED)
    act = single.record_disposition if who == "secretariat" else single.propose_disposition
    return await world.do(who, act, comment_id=comment, **NOTED, wording=None, expected_revision=1)


@pytest.mark.parametrize("together", [(False, False), (False, True), (True, True)])
async def test_two_first_answers_at_once_wait_for_each_other_and_both_are_given(
    world: World, together: tuple[bool, bool]
) -> None:
    round_id = await open_round(world)
    comments = [await submit(world, who, round_id) for who in ("japan", "china")]
    world.clock.now = CLOSES
    people = ("secretariat", "canada")

    # An act that is given up because of a deadlock raises here: only acts over HTTP are tried again.
    acts = [
        answer(world, who, round_id, comment, together=each)
        for who, comment, each in zip(people, comments, together, strict=True)
    ]
    await asyncio.gather(*acts)

    statuses = sorted(row["status"] for row in await rows_of(world, "comment_work"))
    assert statuses == ["DISPOSED", "DISPOSITION_PROPOSED"]


@pytest.mark.parametrize("together", [False, True])
async def test_round_is_in_disposition_from_the_first_answer_on(api: Api, together: bool) -> None:
    world = api.world
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    world.clock.now = CLOSES
    text = "query($id: ID!) { round(id: $id) { phase } rounds(filter: { phase: IN_DISPOSITION }) { totalCount } }"
    before = (await api.send("canada", text, {"id": round_id}))["data"]

    await answer(world, "canada", round_id, comment, together=together)
    after = (await api.send("canada", text, {"id": round_id}))["data"]

    assert before == {"round": {"phase": "CLOSED"}, "rounds": {"totalCount": 0}}
    assert after == {"round": {"phase": "IN_DISPOSITION"}, "rounds": {"totalCount": 1}}
