"""What followers are told is what `journal` lists for the same person: all of it, in order, and nothing twice."""

from contextlib import AsyncExitStack
from datetime import date
from typing import Any

import pytest
from structlog.testing import capture_logs

from server.app import create_app
from server.delivery.live.judging import judge, kind_of
from server.delivery.live.newsroom import Newsroom
from server.delivery.live.tail import BATCH, Wanted, read_news, read_on
from server.domain.rounds import policy
from server.journal.actions import record
from server.kernel.actor import Capacity
from server.models.bodies import Function
from server.models.parties import Delegate, Party
from server.storage.database import Database
from tests.factories.api import SETTINGS, Api
from tests.factories.rounds import open_round, rows_of, submit
from tests.factories.world import NOW, World, add_delegate
from tests.live.connections import Socket
from tests.live.following import OverEvents, OverWebSocket, WokenNewsroom, cursor_of, quiet, until
from tests.live.test_journal import IDS, changed, headers, ids_of

pytestmark = pytest.mark.own_sql
FIELDS = (
    "id sequence actedAt act tag capacity subjectId rule details digest previousDigest "
    "party { id shortName availableActs { act isAllowed code } } "
    "delegate { id name email availableActs { act isAllowed } }"
)
LISTED = f"{{ journalEntries(first: 100) {{ nodes {{ {FIELDS} }} }} }}"
FOLLOWED = f"subscription($after: String) {{ journalEntryAdded(after: $after) {{ {FIELDS} }} }}"
EVERYBODY = ("secretariat", "japan", "japan-assistant", "canada", "china", "upu", "gea")


async def more_people(world: World) -> None:
    """A second officer, and a second delegate of Japan who is no focal point: the same rights as others."""
    async with world.database.writing() as session:
        await add_delegate(session, world, "officer", "secretariat", is_focal_point=True)
        await add_delegate(session, world, "japan-guest", "japan", is_focal_point=False)


async def busy_day(world: World) -> None:
    """Acts of many parties, drafts that only their party sees among them."""
    round_id = await open_round(world)
    for person in ("japan", "upu", "china", "japan", "gea"):
        await submit(world, person, round_id)
    async with world.database.writing() as session:
        for person in ("japan-assistant", "canada"):
            actor = await world.actor(person)
            await record(session, actor, policy.draft_comment, round_id, world.clock.now)


async def test_everybody_is_told_what_the_journal_lists_for_them(api: Api, newsroom: WokenNewsroom) -> None:
    world = api.world
    await more_people(world)
    await open_round(world)
    (first,) = await ids_of(world)
    people = [*EVERYBODY, "officer", "japan-guest"]
    told: dict[str, list[Any]] = {}
    async with AsyncExitStack() as stack:
        followers = {}
        for number, person in enumerate(people):
            kind = (OverWebSocket, OverEvents)[number % 2]
            follower = kind(api.app, await headers(api, person), {}, FOLLOWED)
            followers[person] = await stack.enter_async_context(follower)
        late = OverWebSocket(api.app, await headers(api, "canada"), {"after": cursor_of(first)}, FOLLOWED)
        followers["canada, who was away"] = await stack.enter_async_context(late)
        await quiet(newsroom)
        await busy_day(world)
        newsroom.wake()
        await quiet(newsroom)
        await busy_day(world)
        newsroom.wake()
        listed = {}
        for name, follower in followers.items():
            answer = await api.send(name.partition(",")[0], LISTED)
            listed[name] = [entry for entry in answer["data"]["journalEntries"]["nodes"] if entry["id"] != first]
            told[name] = [await follower.entry() for _ in listed[name]]
        await quiet(newsroom)

    assert told == listed
    assert [len(told[name]) for name in ("secretariat", "japan", "upu", "gea")] == [12, 6, 2, 2]
    emails = {name: {entry["delegate"]["email"] is None for entry in told[name]} for name in ("japan", "japan-guest")}
    assert emails == {"japan": {False}, "japan-guest": {True}}


async def test_persons_with_the_same_rights_are_each_shown_their_own(api: Api, newsroom: WokenNewsroom) -> None:
    """An address is seen by its person: two who are alike otherwise are not in one group."""
    world = api.world
    await more_people(world)
    query = "subscription { journalEntryAdded { delegate { email } } }"
    async with AsyncExitStack() as stack:
        followers = [
            await stack.enter_async_context(OverWebSocket(api.app, await headers(api, person), {}, query))
            for person in ("japan-assistant", "japan-guest", "japan-guest")
        ]
        await quiet(newsroom)
        assert len(newsroom.groups.all) == 1
        for _ in range(2):
            await record_as(world, "japan-assistant")
            newsroom.wake()
        told = [[(await follower.entry())["delegate"]["email"] for _ in range(2)] for follower in followers]
        groups = sorted(len(group.followers) for group in newsroom.groups.all)

    own = {row["id"]: row["email"] for row in await rows_of(world, "persons")}[world.persons["japan-assistant"]]
    assert told == [[own, own], [None, None], [None, None]]
    assert groups == [1, 2]


async def record_as(world: World, person: str, number: int = 1, subject: str = "RND_1") -> None:
    """Enter something into the journal as a person."""
    actor = await world.actor(person)
    async with world.database.writing() as session:
        for _ in range(number):
            await record(session, actor, policy.open_round, subject, world.clock.now)


async def test_those_who_select_the_same_are_told_by_one_rendering(api: Api, newsroom: WokenNewsroom) -> None:
    world = api.world
    await more_people(world)
    documents = {"1": IDS, "of my own making": IDS, "short": "subscription { e: journalEntryAdded { act } }"}
    async with AsyncExitStack() as stack:
        sockets = {}
        for id_, query in documents.items():
            for person in ("secretariat", "officer"):
                socket = sockets[id_, person] = await stack.enter_async_context(Socket(api.app))
                await socket.init(authorization=f"Bearer {await api.token(person)}")
                socket.subscribe(id_, query)
        await quiet(newsroom, 6)
        groups = sorted(len(group.followers) for group in newsroom.groups.all)
        await record_as(world, "canada")
        newsroom.wake()
        told = {
            id_: [await sockets[id_, person].next(id_) for person in ("secretariat", "officer")] for id_ in documents
        }

    (entry,) = await ids_of(world)
    by_id = {"data": {"journalEntryAdded": {"id": entry}}}
    assert groups == [2, 4]
    assert told == {
        "1": [by_id] * 2,
        "of my own making": [by_id] * 2,
        "short": [{"data": {"e": {"act": "OPEN_ROUND"}}}] * 2,
    }


async def test_burst_is_told_whole_and_in_order_to_who_was_there_and_who_comes_meanwhile(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world, many = api.world, 2 * BATCH + 7
    await record_as(world, "canada")
    (first,) = await ids_of(world)
    async with transport(api.app, await headers(api, "canada"), {}, IDS) as canada:
        await quiet(newsroom)
        await record_as(world, "canada", many)
        newsroom.wake()
        async with transport(api.app, await headers(api, "secretariat"), {"after": cursor_of(first)}, IDS) as officer:
            ids = (await ids_of(world))[1:]
            told = [(await canada.entry())["id"] for _ in range(many)]
            seen = [(await officer.entry())["id"] for _ in range(many)]
            await quiet(newsroom)

    assert told == ids
    assert seen == ids


async def test_client_that_reads_slowly_misses_nothing_and_holds_nobody_up(api: Api, newsroom: WokenNewsroom) -> None:
    world, many = api.world, BATCH + 5
    async with Socket(api.app, most=2) as slow, Socket(api.app) as quick:
        for socket in (slow, quick):
            await socket.init(authorization=f"Bearer {await api.token('canada')}")
            socket.subscribe("1", IDS)
        await quiet(newsroom, 2)
        for _ in range(5):
            await record_as(world, "canada", many // 5)
            newsroom.wake()
            await until(lambda: not newsroom._woken.is_set())
        told = [(await quick.next("1"))["data"]["journalEntryAdded"]["id"] for _ in range(many)]
        behind = sum(len(group.followers) for group in newsroom.groups.all)
        late = [(await slow.next("1"))["data"]["journalEntryAdded"]["id"] for _ in range(many)]
        await quiet(newsroom, 2)
        await record_as(world, "canada")
        newsroom.wake()
        last = [(await socket.next("1"))["data"]["journalEntryAdded"]["id"] for socket in (slow, quick)]

    ids = await ids_of(world)
    assert (told, late, behind) == (ids[:-1], ids[:-1], 1)
    assert last == [ids[-1]] * 2


async def test_suspension_ends_what_its_person_hears_at_once(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world = api.world
    async with AsyncExitStack() as stack:
        japan = await stack.enter_async_context(transport(api.app, await headers(api, "japan"), {}, IDS))
        other = await stack.enter_async_context(transport(api.app, await headers(api, "japan-assistant"), {}, IDS))
        await quiet(newsroom)
        person = next(row for row in await rows_of(world, "persons") if row["id"] == world.persons["japan"])
        sent = {"personId": person["id"], "reason": "Left.", "expectedRevision": person["version"]}
        assert (await api.act("secretariat", "suspendPerson", **sent))["__typename"] == "PersonSuspended"
        await record_as(world, "japan-assistant")
        newsroom.look()

        assert await japan.ended() == "The credential is no longer valid."
        assert (await other.entry())["id"] == (await ids_of(world))[-1]


async def test_suspension_ends_at_once_what_is_not_told_anything(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    async with transport(api.app, await headers(api, "upu"), {}, IDS) as upu:
        await quiet(newsroom)
        person = next(row for row in await rows_of(world, "persons") if row["id"] == world.persons["upu"])
        sent = {"personId": person["id"], "reason": "Left.", "expectedRevision": person["version"]}
        assert (await api.act("secretariat", "suspendPerson", **sent))["__typename"] == "PersonSuspended"
        newsroom.look()

        assert await upu.ended() == "The credential is no longer valid."


async def test_party_that_becomes_another_capacity_is_told_by_that(api: Api, newsroom: WokenNewsroom) -> None:
    """What may be seen is judged anew by the standing in the snapshot that is told."""
    world = api.world
    async with OverWebSocket(api.app, await headers(api, "secretariat"), {}, IDS) as officer:
        await quiet(newsroom)
        await changed(world, Party, world.parties["secretariat"], capacity=Capacity.OBSERVER)
        await record_as(world, "canada")
        await record_as(world, "secretariat")
        newsroom.look()

        assert (await officer.entry())["id"] == (await ids_of(world))[-1]


async def test_function_that_begins_or_ends_changes_what_is_shown_from_then_on(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    (function,) = await rows_of(world, "functions")
    query = "subscription { journalEntryAdded { id party { id } } }"
    async with AsyncExitStack() as stack:
        come = await headers(api, "canada")
        canada = await stack.enter_async_context(transport(api.app, come, {}, query))
        await quiet(newsroom)
        (group,) = newsroom.groups.all
        led = [group.actor.leads]
        for ends_on in (date(2018, 9, 23), None):
            await changed(world, Function, function["id"], ends_on=ends_on)
            await record_as(world, "canada")
            newsroom.look()
            assert (await canada.entry())["party"]["id"] == world.parties["canada"]
            (group,) = newsroom.groups.all
            led.append(group.actor.leads)

    assert led == [frozenset({world.bodies["group"]}), frozenset(), frozenset({world.bodies["group"]})]


async def test_who_acts_for_another_party_is_told_what_it_sees(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    sent = {
        "partyId": world.parties["canada"],
        "byPartyId": world.parties["japan"],
        "startsOn": "2018-09-24",
        "evidence": "Note",
    }
    granted = await api.act("canada", "grantRepresentation", **sent)
    mandate = granted["representation"]["id"]
    come = await headers(api, "japan", **{"acting-as": mandate})
    async with transport(api.app, come, {}, IDS) as proxy:
        await quiet(newsroom)
        await record_as(world, "japan")
        await record_as(world, "canada")
        newsroom.look()
        assert (await proxy.entry())["id"] == (await ids_of(world))[-1]
        await quiet(newsroom)
        end = {"representationId": mandate, "expectedRevision": 1, "reason": "Back."}
        ended = await api.act("canada", "endRepresentation", **end)
        assert ended["__typename"] == "RepresentationEnded"
        newsroom.look()

        assert "speak as that" in await proxy.ended()


async def test_accreditation_that_ends_at_midnight_is_told_nothing_of_the_next_day(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    world.clock.move(hours=14, minutes=55)
    await changed(world, Delegate, world.delegates["canada"], ends_on=NOW.date())
    async with transport(api.app, await headers(api, "canada"), {}, IDS) as canada:
        await quiet(newsroom)
        await record_as(world, "canada")
        newsroom.look()
        assert (await canada.entry())["id"] == (await ids_of(world))[0]
        await quiet(newsroom)
        actor = await world.actor("canada")
        world.clock.move(minutes=5)
        async with world.database.writing() as session:
            await record(session, actor, policy.open_round, "RND_1", world.clock.now)
        newsroom.look()

        assert await canada.ended() == "You do not speak for the same party as when this began. Connect again."


async def test_followers_of_two_processes_are_told_the_same(api: Api, database_url: str) -> None:
    world = api.world
    people = ("secretariat", "canada", "japan")
    async with AsyncExitStack() as stack:
        followers = []
        for _ in range(2):
            database = Database(database_url, pool=3)
            app = create_app(SETTINGS, database, world.clock)
            server = app.state.server
            await server.start()
            server.newsroom = Newsroom(server, server._context, poll_seconds=0.01)
            stack.push_async_callback(database.close)
            stack.push_async_callback(server.newsroom.close)
            for person in people:
                follower = OverWebSocket(app, await headers(api, person), {}, IDS)
                followers.append((person, await stack.enter_async_context(follower)))
            await until(lambda room=server.newsroom: sum(len(each.followers) for each in room.groups.all) == 3)  # type: ignore[misc]
        for person in ("canada", "japan", "canada"):
            await record_as(world, person, 2)
        ids = await ids_of(world)
        due = {"secretariat": ids, "canada": ids[:2] + ids[4:], "japan": ids[2:4]}
        told = [(person, [(await follower.entry())["id"] for _ in due[person]]) for person, follower in followers]

    assert told == [(person, due[person]) for person in people] * 2


async def test_act_of_this_process_is_told_without_a_poll(api: Api, database_url: str) -> None:
    database = Database(database_url, pool=3)
    app = create_app(SETTINGS, database, api.world.clock)
    server = app.state.server
    await server.start()
    server.newsroom = Newsroom(server, server._context, poll_seconds=3600, recheck_seconds=3600)
    actor = await api.world.actor("canada")
    async with OverWebSocket(app, await headers(api, "canada"), {}, IDS) as canada:
        await until(lambda: bool(server.newsroom.groups))
        async with database.writing() as session:
            await record(session, actor, policy.open_round, "RND_1", NOW)
        told = (await canada.entry())["id"]
    await server.newsroom.close()
    await database.close()

    assert [told] == await ids_of(api.world)


async def test_database_that_was_away_costs_nobody_anything(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    server, world = api.app.state.server, api.world
    away = Database("postgresql://nobody:x@127.0.0.1:1/nothing", pool=1)
    async with transport(api.app, await headers(api, "canada"), {}, IDS) as canada:
        await quiet(newsroom)
        server.database = away
        with capture_logs() as logs:
            for _ in range(2):
                newsroom.wake()
                await quiet(newsroom)
        await record_as(world, "canada", 3)
        server.database = world.database
        newsroom.wake()
        told = [(await canada.entry())["id"] for _ in range(3)]
    await away.close()

    assert told == await ids_of(world)
    assert [(log["event"], log["error"]) for log in logs] == [("live.cannot_look", "OperationalError")]


async def test_follower_leaves_while_it_is_being_told(api: Api, newsroom: WokenNewsroom) -> None:
    world = api.world
    async with Socket(api.app) as staying:
        await staying.init(authorization=f"Bearer {await api.token('canada')}")
        staying.subscribe("1", IDS)
        staying.subscribe("2", IDS)
        await quiet(newsroom, 2)
        await record_as(world, "canada", 3)
        newsroom.wake()
        staying.send(type="complete", id="2")
        messages = [await staying.receive() for _ in range(3)]
        while {message["id"] for message in messages} != {"1"} and len(messages) < 6:
            messages.append(await staying.receive())
        await quiet(newsroom, 1)

    own = [message["payload"]["data"]["journalEntryAdded"]["id"] for message in messages if message["id"] == "1"]
    assert own == (await ids_of(world))[: len(own)]


async def test_who_begins_after_nobody_listened_is_told_nothing_older(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    async with transport(api.app, await headers(api, "canada"), {}, IDS):
        await quiet(newsroom)
    await until(lambda: not newsroom.groups)
    await record_as(world, "canada", 3)
    async with transport(api.app, await headers(api, "canada"), {}, IDS) as canada:
        await quiet(newsroom)
        await record_as(world, "canada")
        newsroom.wake()

        assert (await canada.entry())["id"] == (await ids_of(world))[-1]


async def test_all_kinds_are_judged_as_each_reader_alone(world: World) -> None:
    await busy_day(world)
    actors = [await world.actor(person) for person in (None, *EVERYBODY)]
    kinds = [kind_of(actor.parameters(NOW)) for actor in actors]

    async with world.database.reading() as connection:
        news = await read_news(connection, 0)
        seen = await judge(connection, list(dict.fromkeys(kinds)), news)
        alone = [await read_on(connection, actor.parameters(NOW), 0, Wanted()) for actor in actors]

    assert [sorted(seen[kind]) for kind in kinds] == [[number for _, number in each.entries] for each in alone]
    assert [len(seen[kind]) for kind in kinds[:3]] == [0, 6, 3]
