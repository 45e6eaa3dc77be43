"""Several acts in one request: each by itself, or all or nothing, as the client says."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from server.journal.actions import hold_journal
from tests.factories.api import Api
from tests.factories.rounds import open_round, rows_of, submit
from tests.journal.test_actions import entries_of

REFUSED = "__typename ... on Refusal { kind code message isRetryable issues { path code } }"
FILED = f"{{ ... on CommentSubmitted {{ comment {{ id number receipt {{ contentDigest }} }} }} {REFUSED} }}"
SUPPORTED = f"{{ ... on CommentSupported {{ comment {{ id supportCount }} }} {REFUSED} }}"
ACTS = f"""
  first: submitComment(input: $first) {FILED}
  second: submitComment(input: $second) {FILED}
  third: supportComment(input: $third) {SUPPORTED}"""
INPUTS = "($first: SubmitCommentInput!, $second: SubmitCommentInput!, $third: SupportCommentInput!)"
EACH = f"mutation Each{INPUTS} {{{ACTS} }}"
LOCK = text("SELECT id FROM comments WHERE id = :id FOR UPDATE")
WHOLE = f"mutation Whole{INPUTS} @allOrNothing {{{ACTS} }}"


def comment(round_id: str, key: str, text: str) -> dict[str, Any]:
    """Return the input of a comment on the whole text."""
    return {"idempotencyKey": key, "roundId": round_id, "type": "GENERAL", "text": text}


async def inputs(api: Api, *, second: str = "Two.") -> dict[str, Any]:
    """Return the inputs of two comments and of the support for a third."""
    round_id = await open_round(api.world)
    other = await submit(api.world, "upu", round_id)
    return {
        "first": comment(round_id, "1", "One."),
        "second": comment(round_id, "2", second),
        "third": {"idempotencyKey": "3", "commentId": other},
    }


async def counts(api: Api) -> tuple[int, int, int]:
    """Return how many comments, supports and entries there are."""
    rows = [await rows_of(api.world, table) for table in ("comments", "comment_supports")]
    return len(rows[0]), len(rows[1]), len(await entries_of(api.world))


async def test_acts_of_one_request_are_done_each_by_itself_and_one_refusal_leaves_the_others(api: Api) -> None:
    sent = await inputs(api, second=" ")
    before = await counts(api)

    data = (await api.send("japan", EACH, sent))["data"]

    assert [each["__typename"] for each in data.values()] == ["CommentSubmitted", "Refusal", "CommentSupported"]
    assert (data["second"]["code"], data["second"]["issues"]) == ("INVALID", [{"path": ["text"], "code": "EMPTY"}])
    assert await counts(api) == (before[0] + 1, before[1] + 1, before[2] + 2)


async def test_acts_as_a_whole_are_done_together_and_answer_each(api: Api) -> None:
    sent = await inputs(api)
    before = await counts(api)

    first = (await api.send("japan", WHOLE, sent))["data"]
    again = (await api.send("japan", WHOLE, sent))["data"]

    assert [each["__typename"] for each in first.values()] == [
        *("CommentSubmitted", "CommentSubmitted", "CommentSupported")
    ]
    assert [first[key]["comment"]["number"] for key in ("first", "second")] == [1, 2]
    assert all(first[key]["comment"]["receipt"]["contentDigest"] for key in ("first", "second"))
    assert first["third"]["comment"]["supportCount"] == 1
    assert again == first
    assert await counts(api) == (before[0] + 2, before[1] + 1, before[2] + 3)


async def test_acts_as_a_whole_are_not_done_if_one_is_refused_and_each_answer_says_so(api: Api) -> None:
    sent = await inputs(api, second=" ")
    before = await counts(api)

    data = (await api.send("japan", WHOLE, sent))["data"]
    after = await counts(api)
    mended = (await api.send("japan", WHOLE, sent | {"second": sent["second"] | {"text": "Two."}}))["data"]

    assert [each["code"] for each in data.values()] == ["NOT_DONE", "INVALID", "NOT_DONE"]
    assert [each["isRetryable"] for each in data.values()] == [True, False, True]
    assert data["second"]["issues"] == [{"path": ["text"], "code": "EMPTY"}]
    assert "submitComment" in data["first"]["message"]
    assert after == before
    assert {each["__typename"] for each in mended.values()} == {"CommentSubmitted", "CommentSupported"}


async def test_acts_as_a_whole_of_nobody_are_refused(api: Api) -> None:
    sent = await inputs(api)
    before = await counts(api)

    data = (await api.send(None, WHOLE, sent))["data"]

    assert [each["code"] for each in data.values()] == ["UNAUTHENTICATED", "NOT_DONE", "NOT_DONE"]
    assert await counts(api) == before


async def test_acts_as_a_whole_sent_many_times_at_once_are_done_once(api: Api) -> None:
    sent = await inputs(api)
    before = await counts(api)

    answers = await asyncio.gather(*(api.send("japan", WHOLE, sent) for _ in range(8)))

    assert answers == [answers[0]] * 8
    assert {each["__typename"] for each in answers[0]["data"].values()} == {"CommentSubmitted", "CommentSupported"}
    assert await counts(api) == (before[0] + 2, before[1] + 1, before[2] + 3)


async def test_acts_as_a_whole_that_wait_for_each_other_are_all_done(api: Api) -> None:
    round_id = await open_round(api.world)
    on = [await submit(api.world, "upu", round_id) for _ in range(2)]
    support = 'supportComment(input: {idempotencyKey: "%s", commentId: "%s"}) { __typename }'
    wholes = {
        "japan": f"mutation @allOrNothing {{ a: {support % ('a', on[0])} b: {support % ('b', on[1])} }}",
        "gea": f"mutation @allOrNothing {{ b: {support % ('b', on[1])} a: {support % ('a', on[0])} }}",
    }

    answers = await asyncio.gather(*(api.send(who, text, {}) for who, text in wholes.items()))

    assert [{each["__typename"] for each in answer["data"].values()} for answer in answers] == [
        {"CommentSupported"}
    ] * 2
    assert len(await rows_of(api.world, "comment_supports")) == 4


async def test_acts_as_a_whole_do_not_meet_the_same_deadlock_again_and_again(api: Api) -> None:
    """Of two that wait for each other PostgreSQL ends the one that looks first: here always the acts, each time."""
    if api.world.database.is_sqlite:
        pytest.skip("SQLite has one writer")
    round_id = await open_round(api.world)
    first, second = [await submit(api.world, "upu", round_id) for _ in range(2)]
    support = 'supportComment(input: {idempotencyKey: "%s", commentId: "%s"}) { __typename }'
    whole = f"mutation @allOrNothing {{ a: {support % ('a', first)} b: {support % ('b', second)} }}"

    async with api.world.database.writing() as other:
        await other.execute(text("SET LOCAL deadlock_timeout = '1h'"))
        await other.execute(LOCK, {"id": second})
        answer = asyncio.create_task(api.send("japan", whole, {}))
        await somebody_waits(other)
        await hold_journal(other)
        for _ in range(2):
            await somebody_waits(other)
            async with other.begin_nested() as lent:
                await other.execute(LOCK, {"id": first})
                await lent.rollback()

    assert [each["__typename"] for each in (await answer)["data"].values()] == ["CommentSupported"] * 2


async def somebody_waits(session: AsyncSession) -> None:
    """Wait until a transaction waits for a lock."""
    async with asyncio.timeout(20):
        while not await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            pass


async def test_fact_of_an_act_in_a_whole_shows_what_the_act_has_just_written(api: Api) -> None:
    text = """mutation($input: ConsolidateInput!) @allOrNothing { consolidate(input: $input) {
      ... on TextConsolidated { consolidation { target { label } } reconciliation { isClean } } } }"""
    sent = {"idempotencyKey": "once", "textVersionId": api.world.version, "label": "Draft 2"}

    answer = await api.send("secretariat", text, {"input": sent})

    assert answer["data"]["consolidate"] == {
        **{"consolidation": {"target": {"label": "Draft 2"}}, "reconciliation": {"isClean": True}}
    }
