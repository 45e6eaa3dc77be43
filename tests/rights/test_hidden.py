"""What somebody may not see is not there for them: by id, in lists, in counts and by filters, for every noun."""

import json
from typing import Any

import pytest
from graphql import get_named_type
from sqlalchemy import select

from server.kernel.actor import Actor
from server.kernel.ids import LENGTH
from server.schema.reads.kinds import DEFINITION, NOUNS, READ
from server.schema.reads.pages import LARGEST_PAGE
from server.schema.root import schema
from server.storage.database import Database
from server.vocabulary.rounds import RoundVisibility
from tests.factories.api import Api
from tests.factories.proposals import draft as draft_proposal
from tests.factories.proposals import open_cycle
from tests.factories.rounds import draft, open_round, submit
from tests.factories.world import World
from tests.rights.chequered import chequered
from tests.rights.test_audience import everybody, seen_by

ROOTS: dict[str, Any] = schema._schema.query_type.fields  # type: ignore[union-attr]
ONES = {name: get_named_type(field.type).name for name, field in ROOTS.items() if set(field.args) == {"id"}}
ONES = {name: noun for name, noun in ONES.items() if noun in NOUNS}
"""Root fields that give one object, with its noun."""
LISTS = {
    name: get_named_type(get_named_type(field.type).fields["nodes"].type).name
    for name, field in ROOTS.items()
    if "first" in field.args and "nodes" in getattr(get_named_type(field.type), "fields", {})
}
LISTS = {name: noun for name, noun in LISTS.items() if noun in NOUNS}
"""Root fields that give a page, with its noun; groups of alike comments are none."""
OF_THEIR_OWN = {name: noun for name, noun in NOUNS.items() if noun.prefix}
"""Nouns that have ids; what comes of a comment has the id of the comment."""
NARROWED = {
    name
    for name in LISTS
    for read in [ROOTS[name].extensions[DEFINITION].metadata[READ]]
    if read.where or any(each.standing is not None for each in read.filters.values())
}
"""Lists that hold less than what the caller sees, always or where nobody filters them."""


def chosen_whole(name: str, condition: str) -> str:
    """Return the filter of a list for a condition alone, also where one that holds by itself leaves something out."""
    filters = ROOTS[name].extensions[DEFINITION].metadata[READ].filters
    standing = [each for each, known in filters.items() if known.standing is not None]
    if not standing:
        return f"{{{condition}}}"
    (left_out,) = standing
    return f"{{or: [{{{condition}, {left_out}: true}}, {{{condition}, {left_out}: false}}]}}"


def missing(identifier: str) -> str:
    """Return an id of the same noun that no object has."""
    return identifier[:4] + "z" * (LENGTH - 4)


class Reader:
    """Somebody who asks by one of the standings of a chequered database."""

    def __init__(self, api: Api, actor: Actor) -> None:
        self.api, self.actor = api, actor

    async def bytes_of(self, text: str, variables: dict[str, Any]) -> bytes:
        """Send a document, and return the bytes of the answer."""
        token = await self.api.token(self.actor.person_id)
        acting_as = self.actor.representation_id or self.actor.delegate_id
        headers = {"authorization": f"Bearer {token}", "acting-as": acting_as}
        body = {"query": text, "variables": variables}
        answer = await self.api._client.post("/graphql", json=body, headers=headers)
        assert (answer.status_code, "errors" in answer.json()) == (200, False), answer.text
        return answer.content

    async def ask(self, text: str, variables: dict[str, Any] | None = None) -> Any:
        """Send a document, and return the data of the answer."""
        return json.loads(await self.bytes_of(text, variables or {}))["data"]


async def ids_of(world: World, noun: Any) -> set[str]:
    """Return every id of a noun."""
    async with world.database.reading() as connection:
        return set((await connection.scalars(select(noun.model.id))).all())


async def readers_of(api: Api) -> list[Reader]:
    """Return everybody who can ask."""
    actors = (await everybody(api.world)).values()
    api.world.persons |= {actor.person_id: actor.person_id for actor in actors}
    return [Reader(api, actor) for actor in actors]


def test_no_two_nouns_have_ids_of_one_prefix() -> None:
    assert len({noun.prefix for noun in OF_THEIR_OWN.values()}) == len(OF_THEIR_OWN)


async def test_hidden_objects_answer_in_the_same_bytes_as_missing_ones(database: Database) -> None:
    by_id = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    fields = " ".join(f"{name}(id: ${name}) {{ __typename id }}" for name in ONES)
    by_root = f"query({', '.join(f'${name}: ID!' for name in ONES)}) {{ {fields} }}"
    tried: set[str] = set()

    async with Api(await chequered(database)) as api:
        everything = {name: await ids_of(api.world, noun) for name, noun in OF_THEIR_OWN.items()}
        for reader in (await readers_of(api))[::2]:
            seen = {name: await seen_by(api.world, reader.actor, noun) for name, noun in OF_THEIR_OWN.items()}
            hidden = {name: sorted(everything[name] - seen[name]) for name in OF_THEIR_OWN}
            tried |= {name for name, ids in hidden.items() if ids}
            ids = [identifier for name in OF_THEIR_OWN for identifier in hidden[name][:2]]
            pages = [ids[start : start + LARGEST_PAGE] for start in range(0, len(ids), LARGEST_PAGE)]
            given = {field: (hidden[noun] or [missing(min(everything[noun]))])[0] for field, noun in ONES.items()}

            answers = [
                [
                    *[await reader.bytes_of(by_id, {"ids": list(map(made, page))}) for page in pages],
                    await reader.bytes_of(by_root, {field: made(each) for field, each in given.items()}),
                ]
                for made in (str, missing)
            ]

            assert answers[0] == answers[1]
            assert set((await reader.ask(by_root, given)).values()) == {None}

    assert tried >= {"Comment", "Proposal", "Round", "TextVersion", "Invitation", "ClientApplication", "Grant"}


async def test_every_list_holds_and_counts_what_the_caller_sees(database: Database) -> None:
    parts = " ".join(f"{name} {{ totalCount nodes {{ id }} }}" for name in LISTS)

    async with Api(await chequered(database)) as api:
        for reader in await readers_of(api):
            # Before they ask, because reading in a sealed round is itself an entry of the journal.
            seen_of = {noun: await seen_by(api.world, reader.actor, NOUNS[noun]) for noun in LISTS.values()}
            told = await reader.ask(f"{{ {parts} }}")

            for name, noun in LISTS.items():
                seen = seen_of[noun]
                listed = {node["id"] for node in told[name]["nodes"]}
                assert told[name]["totalCount"] == len(listed)
                assert (listed <= seen) if name in NARROWED else (listed == seen), name


@pytest.mark.rest
async def test_every_filter_by_an_id_finds_only_what_the_caller_sees(database: Database) -> None:
    filters = {
        (name, argument): read.filters[argument].path
        for name in LISTS
        for read in [ROOTS[name].extensions[DEFINITION].metadata[READ]]
        for argument in read.filters
        if hasattr(NOUNS[LISTS[name]].model, read.filters[argument].path) and argument.endswith("Id")
    }
    assert len(filters) > 10

    async with Api(await chequered(database)) as api:
        for reader in (await readers_of(api))[::3]:
            for (name, argument), path in filters.items():
                noun = NOUNS[LISTS[name]]
                column = getattr(noun.model, path)
                chosen = chosen_whole(name, f"{argument}: $value")
                text = f"query($value: [ID!]) {{ {name}(filter: {chosen}) {{ totalCount nodes {{ id }} }} }}"
                statement = select(noun.model.id, column).where(noun.visible(noun.model), column.is_not(None))
                async with database.reading() as connection:
                    parameters = reader.actor.parameters(api.world.clock.now)
                    rows = (await connection.execute(statement, parameters)).all()
                    (hidden,) = (
                        await connection.execute(select(column).where(column.is_not(None)).limit(1))
                    ).first() or ("",)
                for value in {hidden, *(row[1] for row in rows[:1])}:
                    expected = {row.id for row in rows if row[1] == value}
                    (told,) = (await reader.ask(text, {"value": value})).values()
                    assert ({node["id"] for node in told["nodes"]}, told["totalCount"]) == (expected, len(expected))


STRANGERS = ("china", "upu", "gea")


async def test_what_another_party_keeps_to_itself_changes_no_list_of_a_stranger(api: Api) -> None:
    world = api.world
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    cycle_id = await open_cycle(world)
    lists = " ".join(f"{name} {{ totalCount nodes {{ id }} }}" for name in LISTS)
    text = f'{{ {lists} round: node(id: "{round_id}") {{ ... on Round {{ commentCount }} }} }}'
    before = {who: await api.send(who, text) for who in STRANGERS}

    kept = [
        await draft(world, "japan", round_id),
        await submit(world, "japan", round_id),
        await draft_proposal(world, cycle_id=cycle_id),
    ]

    assert {who: await api.send(who, text) for who in STRANGERS} == before
    assert all("errors" not in answer for answer in before.values())
    own = await api.send("japan", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": kept})
    assert own["data"]["nodes"] == [{"id": identifier} for identifier in kept]


@pytest.mark.parametrize("who", ["japan", "japan-assistant", "canada", "upu", "gea", "secretariat"])
async def test_address_of_a_person_is_for_themself_and_for_the_secretariat(api: Api, who: str) -> None:
    text = (
        "query($person: ID!, $delegate: ID!) { person(id: $person) { name email } "
        "delegate(id: $delegate) { name email } persons { nodes { name email } } }"
    )
    assistant = {
        key: ids["japan-assistant"] for key, ids in (("person", api.world.persons), ("delegate", api.world.delegates))
    }

    told = (await api.send(who, text, assistant))["data"]

    address, is_officer = "japan-assistant@example.org", who == "secretariat"
    themself = who == "japan-assistant"
    assert told["person"] == {
        "name": "Delegate japan-assistant",
        "email": address if themself or is_officer else None,
    }
    assert told["delegate"] == {
        "name": "Delegate japan-assistant",
        "email": address if themself or is_officer or who == "japan" else None,
    }
    shown = {each["email"] for each in told["persons"]["nodes"]} - {None}
    assert shown == ({f"{key}@example.org" for key in api.world.persons} if is_officer else set())
