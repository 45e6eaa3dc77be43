"""What SQL says of rounds, calls and comments is what Python says, for random facts at random instants."""

from collections.abc import Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, literal, select, update

from server.domain.calls import policy as call_policy
from server.domain.calls import queries as calls
from server.domain.calls.rules.facts import CallFacts
from server.domain.calls.rules.window import phase_of as call_phase_of
from server.domain.rounds import life, policy, queries
from server.domain.rounds.rules.facts import PhaseFacts
from server.domain.rounds.rules.window import accepts_at, has_closed
from server.domain.triage.queries.counting import is_replaced, stance_of
from server.domain.triage.rules.points import Taken, take_together
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.ids import new_id
from server.models.base import table_of
from server.models.calls import Call
from server.models.rounds import Comment, CommentWork, Disposition, Round
from server.models.triage import AnswerReaction, CommentPoint
from server.vocabulary.calls import CallPhase, CallStatus
from server.vocabulary.rounds import (
    CommentStatus,
    CommentType,
    DispositionStage,
    DispositionVerdict,
    RoundPhase,
    RoundStatus,
    RoundVisibility,
)
from server.vocabulary.triage import Reaction
from tests.factories.calls import open_call
from tests.factories.rounds import CLOSES, open_round, submit
from tests.factories.world import NOW, World

pytestmark = pytest.mark.own_sql

TICK = timedelta(microseconds=1)
INSTANTS = tuple(NOW + each for each in (-timedelta(days=9), -TICK, timedelta(0), TICK, timedelta(days=9)))
"""Where the ends of a window lie: long past, now to the microsecond, and far off."""
SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
QUICK, WHOLE = settings(SHARED, max_examples=2), settings(SHARED, max_examples=80)
SIZE = 30
"""Rounds, calls or comments of one example."""


def draw(random: Random, names: Sequence[str]) -> dict[str, Any]:
    """Return random facts of a round or a call."""
    opens_at, closes_at = sorted(random.sample(INSTANTS, 2))
    drawn = {
        "opens_at": opens_at,
        "closes_at": closes_at,
        "visibility": random.choice(list(RoundVisibility)),
        "answers_began_at": random.choice((None, NOW)),
        **{f"open_to_{each}": random.random() < 0.6 for each in ("members", "observers", "private_sector")},
    }
    return {name: value for name, value in drawn.items() if name in names}


async def people(world: World) -> list[Actor]:
    """Return somebody of each kind: nobody, an officer, one who leads, one of each capacity, in the group or not."""
    keys = ("secretariat", "canada", "japan", "gea", "upu")
    known = [await world.actor(key) for key in keys]
    member = next(each for each in known if each.capacity == Capacity.MEMBER and not each.leads)
    return [ANONYMOUS, *known, replace(member, bodies=frozenset({world.bodies["group"]}))]


@asynccontextmanager
async def undone(world: World) -> Any:
    """Give a connection of which nothing that is written stays."""
    async with world.database.writing() as session:
        yield await session.connection()
        await session.rollback()


async def copy_of(connection: Any, model: Any, identifier: str) -> dict[str, Any]:
    """Return the row of an object by the keys of its columns."""
    table = table_of(model)
    row = (await connection.execute(select(table).where(table.c.id == identifier))).one()
    return dict(zip(table.c.keys(), row, strict=True))


async def write(connection: Any, model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each with its own columns."""
    for row in rows:
        await connection.execute(insert(table_of(model)).values(**row))


async def rounds_agree(world: World, seed: int) -> None:
    """Compare phase, window and what is shown of random rounds, for everybody."""
    random = Random(seed)
    round_id = await open_round(world)
    async with undone(world) as connection:
        good = await copy_of(connection, Round, round_id)
        groups = (None, world.bodies["group"], world.bodies["wgec"])
        rows = [
            good
            | draw(random, list(good))
            | {"id": new_id("RND"), "code": None, "title": f"Round {number}"}
            | {"group_id": random.choice(groups), "status": random.choice(list(RoundStatus))}
            for number in range(SIZE)
        ]
        await write(connection, Round, rows)
        facts = {row["id"]: PhaseFacts(**{name: row[name] for name in PhaseFacts._fields}) for row in rows}
        for actor in await people(world):
            expected = {
                key: (
                    policy.phase_for(actor, each, NOW),
                    accepts_at(each.opens_at, each.closes_at, NOW),
                    has_closed(each.closes_at, NOW),
                    policy.shows_others(actor, each, NOW) if actor.is_signed_in else False,
                    each.asks(actor) and policy.phase_for(actor, each, NOW) == RoundPhase.OPEN,
                )
                for key, each in facts.items()
            }
            statement = select(
                Round.id,
                life.in_phase(lambda path: getattr(Round, path), lambda phase: phase),
                queries.is_accepting(Round.opens_at, Round.closes_at),
                queries.is_closed(Round.closes_at),
                shows(actor),
                queries.asks_for(lambda path: getattr(Round, path)),
            ).where(Round.id.in_(facts))
            found = await connection.execute(statement, actor.parameters(NOW))
            assert {row[0]: (RoundPhase(row[1]), *map(bool, row[2:])) for row in found} == expected, actor.name


def shows(actor: Actor) -> Any:
    """Return what a round shows somebody of others, in SQL: an officer sees everything, nobody nothing."""
    if not actor.is_signed_in or actor.is_secretariat:
        return literal(actor.is_secretariat)
    return queries.is_shown_by(Round)


async def calls_agree(world: World, seed: int) -> None:
    """Compare phase and openness of random calls, for everybody."""
    random = Random(seed)
    call_id = await open_call(world)
    async with undone(world) as connection:
        good = await copy_of(connection, Call, call_id)
        rows = [
            good | draw(random, list(good)) | {"id": new_id("CAL"), "status": random.choice(list(CallStatus))}
            for _ in range(SIZE)
        ]
        await write(connection, Call, rows)
        facts = {row["id"]: CallFacts(**{name: row[name] for name in CallFacts._fields}) for row in rows}
        for actor in await people(world):
            expected = {
                key: (call_phase_of(each, NOW), call_phase_of(each, NOW) == CallPhase.OPEN, is_asked(actor, each))
                for key, each in facts.items()
            }
            statement = select(
                Call.id,
                calls.in_phase(lambda path: getattr(Call, path), lambda phase: phase),
                calls.is_open_now(Call),
                calls.asks_caller(Call),
            ).where(Call.id.in_(facts))
            found = await connection.execute(statement, actor.parameters(NOW))
            assert {row[0]: (CallPhase(row[1]), *map(bool, row[2:])) for row in found} == expected, actor.name


def is_asked(actor: Actor, facts: CallFacts) -> bool:
    """Return whether a call asks the party of an actor."""
    return actor.is_signed_in and call_policy.asked.holds(actor, facts)


async def comments_agree(world: World, seed: int) -> None:
    """Compare what stands of random comments, and how their parties take random answers to them and their points."""
    random = Random(seed)
    round_id = await open_round(world)
    filed = await submit(world, "japan", round_id)
    expected: dict[str, tuple[bool, Reaction | None]] = {}
    async with undone(world) as connection:
        good = await copy_of(connection, Comment, filed)
        for number in range(2, SIZE // 3):
            comment_id, status = new_id("CMT"), random.choice([each for each in CommentStatus if each != "DRAFT"])
            citation = {"number": number, "reference": f"Japan X-{number}"}
            await write(connection, Comment, [good | {"id": comment_id} | citation])
            whole = await answer(connection, world, random, comment_id, round_id)
            work = {"comment_id": comment_id, "status": CommentStatus.SUBMITTED, "revision": 1}
            await write(connection, CommentWork, [work])
            points = []
            for place in range(random.choice((0, 0, 1, 2, 3))):
                disposition_id, reaction = await answer(connection, world, random, comment_id, round_id)
                point = {"id": new_id("PNT"), "comment_id": comment_id, "number": place + 1, "text": "Said."}
                typed = {"type": CommentType.GENERAL, "has_wording": False, "disposition_id": disposition_id}
                await write(connection, CommentPoint, [point | typed])
                points.append(Taken(CommentType.GENERAL, reaction))
            changed = update(CommentWork).where(CommentWork.comment_id == comment_id)
            await connection.execute(changed.values(status=status, disposition_id=whole[0]))
            stance = take_together(Taken(CommentType.GENERAL, whole[1]), points)
            expected[comment_id] = (status == CommentStatus.REPLACED, stance)
        columns = {"id": Comment.id, "work.status": CommentWork.status}
        columns["work.disposition.reaction.reaction"] = AnswerReaction.reaction
        statement = (
            select(Comment.id, is_replaced(columns.__getitem__, lambda holds: holds), stance_of(columns.__getitem__))
            .join(CommentWork, CommentWork.comment_id == Comment.id)
            .outerjoin(AnswerReaction, AnswerReaction.disposition_id == CommentWork.disposition_id)
            .where(Comment.id.in_(expected))
        )
        found = await connection.execute(statement)
        assert {row[0]: (bool(row[1]), row[2] and Reaction(row[2])) for row in found} == expected


async def answer(
    connection: Any, world: World, random: Random, comment_id: str, round_id: str
) -> tuple[str, Reaction | None]:
    """Write a recorded answer and, at random, how its party takes it; return the answer's id and the reaction."""
    disposition_id = new_id("DSP")
    reaction = random.choice((None, None, Reaction.CONTENT, Reaction.CONTENT, Reaction.MAINTAINS))
    said = {"verdict": DispositionVerdict.NOTED, "reason": "Read.", "stage": DispositionStage.RECORDED}
    by = {"decided_by_id": world.delegates["secretariat"], "decided_at": CLOSES}
    await write(connection, Disposition, [{"id": disposition_id, "comment_id": comment_id} | said | by])
    if reaction:
        party = {"party_id": world.parties["japan"], "delegate_id": world.delegates["japan"], "reason": ""}
        of = {"comment_id": comment_id, "round_id": round_id, "disposition_id": disposition_id}
        row = {"id": new_id("REA"), "reaction": reaction, "reacted_at": NOW}
        await write(connection, AnswerReaction, [row | party | of])
    return disposition_id, reaction


COMPARED = {"rounds": rounds_agree, "calls": calls_agree, "comments": comments_agree}


@pytest.mark.parametrize("what", COMPARED)
@QUICK
@given(seed=st.integers(0, 2**32))
async def test_sql_and_python_agree_on_random_facts(world: World, what: str, seed: int) -> None:
    await COMPARED[what](world, seed)


@pytest.mark.rest
@pytest.mark.parametrize("what", COMPARED)
@WHOLE
@given(seed=st.integers(0, 2**32))
async def test_sql_and_python_agree_on_many_random_facts(world: World, what: str, seed: int) -> None:
    await COMPARED[what](world, seed)
