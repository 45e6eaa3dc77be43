"""What an act takes by its id: a hidden object is refused by the statements, and in the words, for a missing one."""

import inspect
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from sqlalchemy import select

import server.domain
import server.identity.applications
from server.domain.triage.queries.loading import get_comments
from server.kernel.refusals import Refusal, RefusalCode
from server.models.rounds import Comment
from server.schema.reads.kinds import NOUNS, Noun
from server.schema.root import schema
from server.storage.database import Database
from tests.factories.filled import statements
from tests.rights.chequered import chequered
from tests.rights.test_audience import everybody, seen_by
from tests.rights.test_hidden import ids_of, missing

assert schema  # which declares the nouns
NAMES = {
    "cycle": "ReviewCycle",
    "proposal": "Proposal",
    "version": "TextVersion",
    "provision_text": "ProvisionText",
}
NAMES |= {"body": "WorkingBody", "function": "BodyFunction", "application": "ClientApplication"}
NAMES |= {"mechanism": "Mechanism", "conflict": "TextConflict", "correction": "TextCorrection"}
NAMES |= {"note": "InternalNote", "batch": "AnswerBatch", "advice": "AdviceRequest", "answer": "ReusableAnswer"}
NAMES |= {"item": "AgendaItem", "laid": "LaidPaper", "line": "ReportingLine", "report": "GroupReport"}
NAMES |= {"change": "MilestoneChange", "promise": "GroupPromise"}
"""Nouns that an action names in another way than the API."""


def getters() -> Iterator[tuple[str, Any, str]]:
    """Yield every function that takes a visible row for an act, by its name, with the name of its noun."""
    for package in (server.domain, server.identity.applications):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".queries" in module.name:
                for name, function in vars(import_module(module.name)).items():
                    if name.startswith("get_") and getattr(function, "__module__", "") == module.name:
                        parameters = list(inspect.signature(function).parameters.values())[3:]
                        if [each.name for each in parameters if each.default is each.empty][1:]:
                            continue  # it takes several rows: see the last test
                        wanted = parameters[0].name.removesuffix("_id")
                        yield name, function, NAMES.get(wanted, "".join(map(str.capitalize, wanted.split("_"))))


GETTERS = {name: (function, noun) for name, function, noun in getters()}


def test_every_noun_that_an_act_takes_is_known() -> None:
    assert len(GETTERS) >= 20
    assert {noun for _, noun in GETTERS.values()} <= {*NOUNS, "ProvisionText"}


async def refused_by(database: Database, actor: Any, now: Any, getter: Any, wanted: str) -> tuple[list[str], str]:
    """Return the statements with which an id is refused, and the words."""
    with statements(database) as seen, pytest.raises(Refusal) as refused:
        async with database.writing() as session:
            await getter(session, actor, now, wanted)
    assert refused.value.code == RefusalCode.NOT_FOUND
    return seen, refused.value.message


async def test_hidden_object_is_refused_to_an_act_by_the_statements_for_a_missing_one(database: Database) -> None:
    world = await chequered(database)
    tried = set()
    for actor in list((await everybody(world)).values())[::3]:
        for name, (getter, noun_name) in GETTERS.items():
            noun: Noun = NOUNS["Provision" if noun_name == "ProvisionText" else noun_name]
            hidden = sorted(await ids_of(world, noun) - await seen_by(world, actor, noun))
            if not hidden:
                continue
            tried.add(name)
            for wanted in (missing(hidden[0]), hidden[0]):  # whoever is asked first prepares the statement
                await refused_by(database, actor, world.clock.now, getter, wanted)

            answers = [
                await refused_by(database, actor, world.clock.now, getter, wanted)
                for wanted in (hidden[0], missing(hidden[0]))
            ]

            assert answers[0] == answers[1], name

    assert tried >= {"get_comment", "get_proposal", "get_amended_proposal", "get_round", "get_version", "get_grant"}


async def test_hidden_comment_among_several_is_refused_to_an_act_as_a_missing_one(database: Database) -> None:
    world = await chequered(database)
    everything = await ids_of(world, NOUNS["Comment"])
    async with database.reading() as connection:
        round_of = {row.id: row.round_id for row in await connection.execute(select(Comment.id, Comment.round_id))}
    tried = 0
    for actor in list((await everybody(world)).values())[::3]:
        for hidden in sorted(everything - await seen_by(world, actor, NOUNS["Comment"]))[:2]:
            tried += 1
            refusals = [
                await refused_by(database, actor, world.clock.now, partial(choose, round_of[hidden]), wanted)
                for wanted in (hidden, missing(hidden), hidden, missing(hidden))
            ]
            assert refusals[2] == refusals[3]

    assert tried


async def choose(round_id: str, session: Any, actor: Any, now: Any, wanted: str) -> None:
    """Take one comment of a round as an act that takes several does."""
    await get_comments(session, actor, now, round_id, [wanted])
