"""One request that is sent twenty times at the same moment: it is done once, and every answer is the same."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.factories.api import Api
from tests.factories.rounds import draft, open_round, rows_of, submit
from tests.journal.test_actions import entries_of, sent

TWINS = 20
ADDED = {"openRound": "rounds", "submitComment": "comments", "supportComment": "comment_supports"}
"""The table in which an act adds a row."""


async def of_open_round(api: Api) -> dict[str, Any]:
    """Return an input that inserts a row."""
    return sent(api)


async def of_submit_comment(api: Api) -> dict[str, Any]:
    """Return an input that takes the next number."""
    content = {"type": "SUBSTANTIVE", "provisionId": api.world.provisions[1], "text": "Too vague."}
    return {"roundId": await open_round(api.world), **content}


async def of_support_comment(api: Api) -> dict[str, Any]:
    """Return an input that is refused when it was done before."""
    return {"commentId": await submit(api.world, "upu", await open_round(api.world))}


async def of_clear_comment(api: Api) -> dict[str, Any]:
    """Return an input that changes a state, and a version that was read."""
    return {"commentId": await draft(api.world, "japan", await open_round(api.world)), "expectedRevision": 1}


INPUTS: dict[str, Callable[[Api], Awaitable[dict[str, Any]]]] = {
    "openRound": of_open_round,
    "submitComment": of_submit_comment,
    "supportComment": of_support_comment,
    "clearComment": of_clear_comment,
}


@pytest.mark.parametrize("act", INPUTS)
async def test_act_sent_twenty_times_at_once_is_done_once_and_answered_alike(api: Api, act: str) -> None:
    person = "canada" if act == "openRound" else "japan"
    given = await INPUTS[act](api)
    before = len(await entries_of(api.world))
    rows = len(await rows_of(api.world, ADDED[act])) if act in ADDED else 0

    answers = await asyncio.gather(*(api.act(person, act, key="once", **given) for _ in range(TWINS)))

    assert answers[0]["__typename"] != "Refusal"
    assert answers == [answers[0]] * TWINS
    assert len(await entries_of(api.world)) == before + 1
    if act in ADDED:
        assert len(await rows_of(api.world, ADDED[act])) == rows + 1


async def test_same_key_for_different_acts_at_once_does_one_and_refuses_the_others(api: Api) -> None:
    titles = [f"Round {number}" for number in range(TWINS)]

    answers = await asyncio.gather(*(api.act("canada", "openRound", key="once", **sent(api, title=t)) for t in titles))

    codes = sorted(answer.get("code", answer["__typename"]) for answer in answers)
    assert codes == ["IDEMPOTENCY_KEY_REUSED"] * (TWINS - 1) + ["RoundOpened"]
    assert len(await rows_of(api.world, "rounds")) == 1


async def test_secret_of_an_application_is_shown_only_by_the_request_that_made_it(api: Api) -> None:
    given: dict[str, Any] = {
        "name": "Word add-in",
        "kind": "WEB",
        "redirectUris": ["https://app.example.org/callback"],
        "purpose": "Comments in a margin.",
        "scopes": ["READ"],
    }

    answers = await asyncio.gather(
        *(api.act("secretariat", "registerApplication", key="once", **given) for _ in range(TWINS))
    )

    assert {answer["__typename"] for answer in answers} == {"ApplicationRegistered"}
    assert len({answer["application"]["id"] for answer in answers}) == 1
    assert len([answer["secret"] for answer in answers if answer["secret"] is not None]) == 1
    assert len(await rows_of(api.world, "applications")) == 1
