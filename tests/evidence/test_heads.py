"""Signed heads: one for each occasion, never two, out only when they tell nothing of a sealed round, kept for ever."""

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from server.domain.evidence.queries.heads import find_numbered, list_heads, prove_consistency
from server.domain.rounds.actions import calling
from server.journal.keys import public_keys
from server.models.journal import JournalEntry, JournalKey, SignedHead
from server.models.parties import Person
from server.vocabulary.parties import Language, Notices
from server.vocabulary.rounds import RoundVisibility
from tests.factories.evidence import ISSUER, ask_for_head, rotate, sign
from tests.factories.rounds import CLOSES, open_round, rows_of, submit
from tests.factories.verifier import verifier
from tests.factories.world import World

SEALED = {"visibility": RoundVisibility.AFTER_CLOSE}


async def heads_of(world: World) -> list[dict[str, Any]]:
    """Return every stored head in order."""
    return sorted(await rows_of(world, "signed_heads"), key=lambda head: head["number"])


async def occasions_of(world: World) -> list[str]:
    """Return why heads were signed, in order."""
    return [str(head["occasion"]) for head in await heads_of(world)]


async def keys_of(world: World) -> Any:
    """Return the keys of a world as the verifier believes them."""
    async with world.database.reading() as connection:
        return verifier.Keys([key.as_data() for key in await public_keys(connection)])


@pytest.mark.own_sql
async def test_close_of_a_round_is_signed_once_also_by_several_processes(world: World) -> None:
    await sign(world)
    round_id = await open_round(world)
    await submit(world, "japan", round_id)

    assert await sign(world) == 0
    world.clock.now = CLOSES
    counts = await asyncio.gather(*(sign(world) for _ in range(4)))
    again = await sign(world)

    assert (sorted(counts), again) == ([0, 0, 0, 1], 0)
    assert await occasions_of(world) == ["KEY_ADDED", "ROUND_CLOSED"]
    head = (await heads_of(world))[1]
    assert (head["subject_id"], head["occurred_at"], head["size"]) == (round_id, CLOSES, 2)


@pytest.mark.own_sql
async def test_first_keys_that_several_processes_add_are_one(world: World) -> None:
    await asyncio.gather(*(sign(world) for _ in range(4)))

    assert len(await rows_of(world, "journal_keys")) == 1
    assert await occasions_of(world) == ["KEY_ADDED"]


async def test_statement_says_what_the_journal_held_and_verifies_alone(world: World) -> None:
    await sign(world)
    await open_round(world)
    world.clock.now = CLOSES
    await sign(world)

    first, head = await heads_of(world)
    statement = (await keys_of(world)).open(head["signature"], verifier.HEAD)

    (entry,) = await rows_of(world, "journal")
    assert statement == {
        "recipe": 1,
        "issuer": ISSUER,
        "number": 2,
        "previous": first["digest"],
        "size": 1,
        "root": verifier.hash_leaf(entry["digest"]).hex(),
        "chain_digest": entry["digest"],
        "occasion": "ROUND_CLOSED",
        "occurred_at": "2018-10-01T09:00:00.000000Z",
        "signed_at": "2018-10-01T09:00:00.000000Z",
    }
    assert head["digest"] == verifier.sha256(head["signature"])


async def test_extended_round_is_signed_at_the_instant_at_which_it_closes(world: World) -> None:
    await sign(world)
    round_id = await open_round(world)
    later = CLOSES + timedelta(days=1)
    extension = {"closes_at": later, "reason": "Holidays", "expected_revision": 1}
    await world.do("canada", calling.extend_round, round_id=round_id, **extension)

    world.clock.now = CLOSES
    before = await sign(world)
    world.clock.now = later
    after = await sign(world)

    assert (before, after) == (0, 1)


async def test_cancelled_round_and_what_was_before_the_first_key_are_not_signed(world: World) -> None:
    await open_round(world)
    world.clock.move(days=8)
    await sign(world)
    doomed = await open_round(world, closes_at=world.clock.now + timedelta(days=1))
    await world.do("secretariat", calling.cancel_round, round_id=doomed, reason="In error", expected_revision=1)
    world.clock.move(days=2)

    assert await sign(world) == 0
    assert await occasions_of(world) == ["KEY_ADDED"]


async def test_completion_of_a_round_is_signed_once(world: World) -> None:
    await sign(world)
    round_id = await open_round(world)
    world.clock.now = CLOSES
    await world.do("secretariat", calling.complete_round, round_id=round_id, expected_revision=1)

    await sign(world)
    await sign(world)

    assert await occasions_of(world) == ["KEY_ADDED", "ROUND_CLOSED", "ROUND_COMPLETED"]


async def test_head_while_a_round_is_sealed_is_told_by_its_digest_only(world: World) -> None:
    await sign(world)
    world.clock.move(minutes=1)
    sealed = await open_round(world, **SEALED)
    await ask_for_head(world)
    await submit(world, "japan", sealed)
    world.clock.move(minutes=1)
    await ask_for_head(world)

    async with world.database.reading() as connection:
        before = await list_heads(connection, CLOSES - timedelta(microseconds=1), None)
        after = await list_heads(connection, CLOSES, None)

    digests = [head["digest"] for head in reversed(await heads_of(world))]
    assert [(head.digest, head.signature is None) for head in before] == list(
        zip(digests, (True, True, False), strict=True)
    )
    assert [verifier.sha256(head.signature or "") for head in after] == digests


@pytest.mark.own_sql
@pytest.mark.parametrize("visibility", list(RoundVisibility))
async def test_only_an_open_round_of_which_nothing_is_hidden_leaves_heads_out(
    world: World, visibility: RoundVisibility
) -> None:
    await open_round(world, visibility=visibility)
    await ask_for_head(world)

    async with world.database.reading() as connection:
        listed = await list_heads(connection, world.clock.now, None)

    assert {head.signature is not None for head in listed} == {visibility is RoundVisibility.IMMEDIATE}


async def test_each_head_continues_the_ones_before_it(world: World) -> None:
    round_id = await open_round(world)
    for _ in range(5):
        await submit(world, "japan", round_id)
        await submit(world, "upu", round_id)
        world.clock.move(minutes=1)
        await ask_for_head(world)

    async with world.database.reading() as connection:
        heads = await find_numbered(connection, world.clock.now, range(10))
        keys = await keys_of(world)
        opened = [keys.open(head.signature, verifier.HEAD) for head in heads]
        for number, first in enumerate(heads):
            for second, statement in zip(heads[number:], opened[number:], strict=True):
                verifier.check_consistency(
                    opened[number], statement, await prove_consistency(connection, first, second)
                )
        assert [head["size"] for head in opened] == [3, 3, 5, 7, 9, 11]


async def test_journal_of_several_subtrees_has_the_root_of_the_definition(world: World) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    rows = await rows_of(world, "journal")
    pattern = next(row for row in rows if row["sequence"] == 2)
    before = {3: pattern["digest"]}
    more = [
        pattern
        | {"id": f"{n:030}", "sequence": n, "digest": f"{n:064x}", "previous_digest": before.get(n, f"{n - 1:064x}")}
        for n in range(3, 701)
    ]
    async with world.database.writing() as session:
        await session.execute(insert(JournalEntry), more)

    await ask_for_head(world)

    digests = [row["digest"] for row in sorted(await rows_of(world, "journal"), key=lambda row: row["sequence"])]
    leaves = {index: verifier.hash_leaf(digest) for index, digest in enumerate(digests)}
    assert (await heads_of(world))[-1]["root"] == verifier.root_from_cover(700, leaves, []).hex()
    assert [row["place"] for row in await rows_of(world, "journal_subtrees")] == [0, 1]


async def test_rotated_key_is_vouched_for_and_the_old_one_verifies_for_ever(world: World) -> None:
    await sign(world)
    for _ in range(2):
        world.clock.move(minutes=1)
        await rotate(world)

    keys, heads = await keys_of(world), await heads_of(world)

    assert [keys.open(head["signature"], verifier.HEAD)["number"] for head in heads] == [1, 2, 3]
    assert len(keys.publics) == 3
    assert [row["kid"] for row in await rows_of(world, "journal_secrets")] == [heads[-1]["kid"]]
    assert {"d"} & {name for row in await rows_of(world, "journal_keys") for name in row["jwk"]} == set()


@pytest.mark.own_sql
@pytest.mark.parametrize("model", [SignedHead, JournalKey])
@pytest.mark.parametrize("change", ["update", "delete"])
async def test_stored_heads_and_keys_cannot_change(world: World, model: Any, change: str) -> None:
    await sign(world)
    column = "signed_at" if model is SignedHead else "added_at"
    statement = update(model).values({column: CLOSES}) if change == "update" else delete(model)

    with pytest.raises(DBAPIError, match="cannot change"):
        async with world.database.writing() as session:
            await session.execute(statement)


async def test_letter_of_a_close_goes_to_focal_points_who_want_notices(world: World) -> None:
    await sign(world)
    await open_round(world)
    async with world.database.writing() as session:
        silent = update(Person).where(Person.id == world.persons["china"]).values(notices=Notices.NONE)
        await session.execute(silent)
        french = update(Person).where(Person.id == world.persons["canada"]).values(language=Language.FRENCH)
        await session.execute(french)
    world.clock.now = CLOSES

    await sign(world)
    await sign(world)

    letters = {letter["address"].partition("@")[0]: letter for letter in await rows_of(world, "letters")}
    digest = (await heads_of(world))[-1]["digest"]
    assert set(letters) == {"japan", "canada", "upu", "gea"}
    assert {digest in letter["text"] for letter in letters.values()} == {True}
    assert [letters[who]["subject"] for who in ("japan", "canada")] == [
        "Closed: Comments on Draft 1",
        "Clôture : Comments on Draft 1",
    ]


async def test_letters_of_a_close_long_ago_are_not_written(world: World) -> None:
    await sign(world)
    await open_round(world)
    world.clock.now = CLOSES + timedelta(days=1, microseconds=1)

    assert await sign(world) == 1
    assert await rows_of(world, "letters") == []


def test_statement_of_one_kind_is_not_taken_for_another() -> None:
    text_ = json.dumps({"alg": "Ed25519", "typ": verifier.RECEIPT, "kid": "x"})
    keys = verifier.Keys.__new__(verifier.Keys)
    keys.publics = {"x": b"\x00" * 32}
    part = base64.urlsafe_b64encode(text_.encode()).rstrip(b"=").decode()
    with pytest.raises(verifier.Fault, match="another kind"):
        keys.open(f"{part}.e30.AA", verifier.HEAD)
