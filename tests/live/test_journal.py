"""Following the journal over WebSocket and server-sent events: what is told, in which order, and to whom no longer."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server.delivery.live.newsroom import Newsroom
from server.delivery.live.tail import BATCH
from server.domain.rounds import policy
from server.identity.cookie import SESSION_COOKIE
from server.identity.keys import signing_keys
from server.identity.sessions import begin_session, end_sessions
from server.identity.tokens import sign_token
from server.journal.actions import record
from server.kernel.scopes import EVERY_SCOPE
from server.models.bodies import Function
from server.models.oauth import Application, Grant
from server.models.parties import Delegate, Person
from server.vocabulary.applications import ApplicationKind
from server.vocabulary.rounds import RoundVisibility
from tests.factories.api import Api
from tests.factories.rounds import open_round, rows_of, submit
from tests.factories.world import World
from tests.live.connections import SECONDS, Events, Socket
from tests.live.following import OverWebSocket, WokenNewsroom, cursor_of, quiet, until

IDS = "subscription($after: String) { journalEntryAdded(after: $after) { id } }"


async def headers(api: Api, person: str, **more: str) -> dict[str, str]:
    """The headers with which a person comes."""
    return {"authorization": f"Bearer {await api.token(person)}", **more}


async def ids_of(world: World) -> list[str]:
    """The ids of all entries in their order."""
    return [row["id"] for row in sorted(await rows_of(world, "journal"), key=lambda row: row["sequence"])]


async def changed(world: World, model: Any, id_: str, **values: Any) -> None:
    """Change a row, as another process would."""
    async with world.database.writing() as session:
        await session.execute(update(model).where(model.id == id_).values(**values))


async def test_act_reaches_who_may_see_it_with_what_they_selected(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    round_id = await open_round(world)
    async with transport(api.app, await headers(api, "japan"), {}) as japan:
        await quiet(newsroom)
        async with transport(api.app, await headers(api, "secretariat"), {}) as secretariat:
            await quiet(newsroom)
            comment = await submit(world, "japan", round_id)
            newsroom.wake()
            told, seen = await japan.entry(), await secretariat.entry()

    (_, row) = sorted(await rows_of(world, "journal"), key=lambda entry: entry["sequence"])
    assert told == {
        "id": row["id"],
        "cursor": cursor_of(row["id"]),
        "sequence": None,
        "actedAt": "2018-09-24T09:00:00Z",
        "act": "SUBMIT_COMMENT",
        "tag": "comment.submitted",
        "capacity": "MEMBER",
        "subjectId": comment,
        "rule": row["rule"],
        "digest": None,
        "previousDigest": None,
        "party": {"id": world.parties["japan"], "shortName": "Japan"},
        "delegate": {"id": world.delegates["japan"], "name": "Delegate japan"},
    }
    assert seen == told | {"sequence": 2, "digest": row["digest"], "previousDigest": row["previous_digest"]}


SHOWN = "subscription($after: String) { journalEntryAdded(after: $after) { act subject { ... on Comment { text } } } }"


@pytest.mark.parametrize("is_late", [False, True], ids=["as it happens", "afterwards"])
async def test_follower_who_is_shown_what_others_filed_in_a_sealed_round_is_recorded(
    api: Api, newsroom: WokenNewsroom, is_late: bool
) -> None:
    world = api.world
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    after = {"after": cursor_of((await ids_of(world))[0])} if is_late else {}
    if is_late:
        await submit(world, "upu", round_id)
    async with OverWebSocket(api.app, await headers(api, "secretariat"), after, SHOWN) as secretariat:
        await quiet(newsroom)
        if not is_late:
            await submit(world, "upu", round_id)
            newsroom.wake()
        entry = await secretariat.entry()

    recorded = [row for row in await rows_of(world, "journal") if row["act"] == "sealed_comments.read"]
    assert entry["subject"] == {"text": "The duty must be clear."}
    assert [(row["delegate_id"], row["subject_id"]) for row in recorded] == [(world.delegates["secretariat"], round_id)]


async def test_acts_of_others_are_not_told(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world = api.world
    round_id = await open_round(world)
    async with transport(api.app, await headers(api, "japan"), {}) as japan:
        await quiet(newsroom)
        await submit(world, "upu", round_id)
        await submit(world, "china", round_id)
        own = await submit(world, "japan", round_id)
        newsroom.wake()

        assert (await japan.entry())["subjectId"] == own


async def test_follower_goes_on_after_the_last_entry_that_was_received(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    for _ in range(3):
        await open_round(world)
    first, second, third = await ids_of(world)
    come = await headers(api, "canada")
    async with transport(api.app, come, {"after": cursor_of(first)}) as canada:
        assert [(await canada.entry())["id"] for _ in range(2)] == [second, third]
        await quiet(newsroom)
        await open_round(world)
        newsroom.wake()
        last = (await canada.entry())["id"]

    await open_round(world)
    async with transport(api.app, come, {"after": cursor_of(last)}) as canada:
        assert (await canada.entry())["id"] == (await ids_of(world))[-1]


async def test_follower_who_was_away_for_long_catches_up_in_order_without_gaps(
    api: Api, newsroom: WokenNewsroom
) -> None:
    world, many = api.world, 2 * BATCH + 5
    actor, round_id = await world.actor("canada"), await open_round(world)
    async with world.database.writing() as session:
        for _ in range(many):
            await record(session, actor, policy.open_round, round_id, world.clock.now)
    ids = await ids_of(world)
    async with OverWebSocket(api.app, await headers(api, "canada"), {"after": cursor_of(ids[0])}, IDS) as canada:
        found = [(await canada.entry())["id"] for _ in range(many)]

    assert found == ids[1:]


async def test_follower_of_one_subject_is_told_of_nothing_else(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    other = await open_round(world)
    asked = await open_round(world)
    (first, _) = await ids_of(world)
    variables = {"filter": {"subjectId": asked}, "after": cursor_of(first)}
    async with transport(api.app, await headers(api, "secretariat"), variables) as secretariat:
        assert (await secretariat.entry())["subjectId"] == asked
        await quiet(newsroom)
        await record_again(world, other)
        last = await record_again(world, asked)
        newsroom.wake()

        assert (await secretariat.entry())["id"] == last


async def test_follower_of_rounds_acts_and_parties_is_told_of_what_meets_them_all(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    first_round, second_round = await open_round(world), await open_round(world)
    begin = cursor_of((await ids_of(world))[-1])
    filters: list[dict[str, Any]] = [
        {"roundId": [first_round]},
        {"roundId": [first_round], "act": ["SUBMIT_COMMENT"], "partyId": world.parties["japan"]},
        {"act": ["SUBMIT_COMMENT", "OPEN_ROUND"], "partyId": [world.parties["canada"]]},
        {"roundId": [first_round], "subjectId": [second_round]},
        {"act": []},
    ]
    comments = [await submit(world, who, where) for who in ("japan", "canada") for where in (first_round, second_round)]
    again = await record_again(world, first_round)
    expected = [
        [comments[0], comments[2], first_round],
        [comments[0]],
        [comments[2], comments[3], first_round],
        [],
        [],
    ]
    for filter_, subjects in zip(filters, expected, strict=True):
        variables = {"filter": filter_, "after": begin}
        async with transport(api.app, await headers(api, "secretariat"), variables) as secretariat:
            assert [(await secretariat.entry())["subjectId"] for _ in subjects] == subjects
            if subjects:
                await quiet(newsroom)
    page = await api.send("secretariat", "{ journalEntries(last: 1) { pageInfo { endCursor } nodes { id cursor } } }")
    journal = page["data"]["journalEntries"]
    (entry,), end = journal["nodes"], journal["pageInfo"]["endCursor"]
    assert entry == {"id": again, "cursor": cursor_of(again)}
    for number, after in enumerate((end, entry["cursor"]), start=1):
        async with transport(api.app, await headers(api, "secretariat"), {"after": after}) as secretariat:
            new = await record_again(world, first_round)
            newsroom.wake()
            assert [(await secretariat.entry())["id"] for _ in range(number)][-1] == new


async def record_again(world: World, subject_id: str) -> str:
    """One more entry about a subject; gives its id."""
    async with world.database.writing() as session:
        await record(session, await world.actor("canada"), policy.open_round, subject_id, world.clock.now)
    return (await ids_of(world))[-1]


async def test_selection_is_compiled_as_anywhere(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world = api.world
    await open_round(world)
    round_id = await open_round(world)
    (first, _) = await ids_of(world)
    query = """
        subscription($after: String, $more: Boolean!) {
          added: journalEntryAdded(after: $after) { ...Who __typename what: act details @include(if: $more) }
        }
        fragment Who on JournalEntry { by: delegate { party { name } } node: subjectId }
    """
    found = []
    for more in (False, True):
        variables = {"after": cursor_of(first), "more": more}
        async with transport(api.app, await headers(api, "canada"), variables, query) as canada:
            found.append(await canada.entry())

    details = found[1].pop("details")
    assert found[0] == found[1]
    assert found[0] == {
        "by": {"party": {"name": "Canada Border Services Agency"}},
        "node": round_id,
        "__typename": "JournalEntry",
        "what": "OPEN_ROUND",
    }
    assert isinstance(details, dict)


async def test_act_over_websocket_is_told_to_who_follows_there(api: Api, newsroom: WokenNewsroom) -> None:
    async with Socket(api.app) as socket:
        await socket.init(authorization=f"Bearer {await api.token('canada')}")
        socket.subscribe("1", IDS)
        await quiet(newsroom, 1)
        sent = {"idempotencyKey": "k", "bodyId": api.world.bodies["wgec"]}
        mutation = "mutation($input: JoinBodyInput!) { joinBody(input: $input) { __typename } }"
        socket.subscribe("2", mutation, variables={"input": sent})
        assert await socket.next("2") == {"data": {"joinBody": {"__typename": "BodyJoined"}}}
        assert await socket.receive() == {"type": "complete", "id": "2"}
        newsroom.wake()
        (entry,) = await ids_of(api.world)
        assert await socket.next("1") == {"data": {"journalEntryAdded": {"id": entry}}}


async def test_newsroom_finds_out_by_itself(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    server = api.app.state.server
    server.newsroom = Newsroom(server, server._context, poll_seconds=0.01)
    async with transport(api.app, await headers(api, "canada"), {}) as canada:
        await until(lambda: bool(server.newsroom.groups))
        round_id = await open_round(api.world)
        assert (await canada.entry())["subjectId"] == round_id
    await server.newsroom.close()
    server.newsroom = newsroom


async def test_person_who_is_suspended_is_told_nothing_more(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world = api.world
    async with transport(api.app, await headers(api, "canada"), {}) as canada:
        await quiet(newsroom)
        await open_round(world)
        await changed(world, Person, world.persons["canada"], suspended_at=world.clock.now)
        newsroom.wake()

        assert await canada.ended() == "The credential is no longer valid."


async def test_accreditation_that_ended_ends_the_stream(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world = api.world
    async with transport(api.app, await headers(api, "canada"), {}) as canada:
        await quiet(newsroom)
        await open_round(world)
        await changed(world, Delegate, world.delegates["canada"], ends_on=date(2018, 9, 23))
        newsroom.wake()

        assert await canada.ended() == "You do not speak for the same party as when this began. Connect again."


async def test_function_that_ended_leaves_the_stream_open(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world = api.world
    (function,) = await rows_of(world, "functions")
    async with transport(api.app, await headers(api, "canada"), {}) as canada:
        await quiet(newsroom)
        round_id = await open_round(world)
        await changed(world, Function, function["id"], ends_on=date(2018, 9, 23))
        newsroom.wake()

        assert (await canada.entry())["subjectId"] == round_id


async def test_grant_that_was_revoked_ends_the_stream(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world, now = api.world, api.world.clock.now
    application = Application(
        name="Reader",
        kind=next(iter(ApplicationKind)),
        redirect_uris=[],
        sign_out_uris=[],
        scopes=["read"],
        registered_at=now,
    )
    await world.add(application)
    person = world.persons["canada"]
    grant = Grant(person_id=person, application_id=application.id, scopes=["read"], signed_in_at=now, granted_at=now)
    await world.add(grant)
    token = sign_token(
        (await signing_keys(world.database, now))[0],
        issuer=api.settings.issuer,
        audience=api.settings.token_audience,
        subject=person,
        client_id=application.id,
        scopes=EVERY_SCOPE,
        now=now,
        minutes=10,
        grant_id=grant.id,
    )
    async with transport(api.app, {"authorization": f"Bearer {token}"}, {}) as canada:
        await quiet(newsroom)
        await changed(world, Grant, grant.id, revoked_at=now)
        newsroom.wake()

        assert await canada.ended() == "The credential is no longer valid."


async def browser(world: World, person: str, origin: str = "http://127.0.0.1:8000") -> dict[str, str]:
    """The headers of a signed-in browser at a page of an origin."""
    async with world.database.writing() as session:
        now, lasts = world.clock.now, timedelta(hours=12)
        secret = await begin_session(session, world.persons[person], now, lasts=lasts, methods=["pwd"])
    return {"cookie": f"{SESSION_COOKIE}={secret}", "origin": origin}


async def test_browser_follows_by_its_session_until_it_signs_out(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    async with transport(api.app, await browser(world, "canada"), {}) as canada:
        await quiet(newsroom)
        round_id = await open_round(world)
        newsroom.wake()
        assert (await canada.entry())["subjectId"] == round_id
        await quiet(newsroom)
        async with world.database.writing() as session:
            await end_sessions(session, world.persons["canada"], world.clock.now, because="signed out")
        newsroom.wake()

        assert await canada.ended() == "The session has ended."


async def test_browser_whose_session_ended_before_comes_as_nobody(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    world = api.world
    come = await browser(world, "canada")
    async with world.database.writing() as session:
        await end_sessions(session, world.persons["canada"], world.clock.now, because="signed out")
    async with transport(api.app, come, {}) as nobody:
        assert (await nobody.refused())[0] == "UNAUTHENTICATED"


async def test_open_page_does_not_keep_a_session_alive(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world = api.world
    async with transport(api.app, await browser(world, "canada"), {}) as canada:
        await quiet(newsroom)
        world.clock.move(minutes=59)
        await open_round(world)
        newsroom.wake()
        await canada.entry()
        await quiet(newsroom)
        world.clock.move(minutes=1)
        newsroom.wake()

        assert await canada.ended() == "The credential has expired."
    (session,) = await rows_of(world, "browser_sessions")
    assert session["seen_at"] == session["signed_in_at"]


async def test_credential_that_expires_ends_the_stream(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    world = api.world
    async with transport(api.app, await headers(api, "canada"), {}) as canada:
        await quiet(newsroom)
        await open_round(world)
        world.clock.move(minutes=10, seconds=30)
        newsroom.wake()

        assert await canada.ended() == "The credential has expired."


async def test_server_that_closes_cuts_the_stream_off(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    async with transport(api.app, await headers(api, "canada"), {}) as canada:
        await quiet(newsroom)
        await newsroom.close()
        await canada.cut_off()


async def test_nobody_follows_nothing(api: Api, newsroom: WokenNewsroom, transport: Any) -> None:
    async with transport(api.app, {}, {}) as nobody:
        assert (await nobody.refused())[0] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "variables",
    [
        {"filter": {"subjectId": "x"}},
        {"filter": {"roundId": ["\0"]}},
        {"filter": {"partyId": ["x"]}},
        {"filter": {"act": ["SUBMIT_COMMENT"] * 101}},
        {"after": "x"},
        {"after": "JRN_" + "0" * 26},
        {"after": cursor_of("JRN_" + "0" * 26)},
        {"after": cursor_of("CMT_" + "0" * 26)},
        {"after": cursor_of("\0")},
    ],
)
async def test_what_is_no_identifier_of_an_entry_is_refused(
    api: Api, newsroom: WokenNewsroom, transport: Any, variables: dict[str, Any]
) -> None:
    async with transport(api.app, await headers(api, "canada"), variables) as canada:
        assert (await canada.refused())[0] == "BAD_REQUEST"


async def test_entry_that_is_hidden_is_refused_like_one_that_does_not_exist(
    api: Api, newsroom: WokenNewsroom, transport: Any
) -> None:
    await open_round(api.world)
    (hidden,) = await ids_of(api.world)
    answers = []
    for after in (hidden, "JRN_" + "0" * 26):
        async with transport(api.app, await headers(api, "japan"), {"after": cursor_of(after)}) as japan:
            answers.append(await japan.refused())

    assert answers == [("BAD_REQUEST", "This is not the cursor of a journal entry that you see.")] * 2


async def test_socket_with_a_bad_token_is_closed_and_a_stream_is_refused(api: Api, newsroom: WokenNewsroom) -> None:
    async with Socket(api.app) as socket:
        socket.send(type="connection_init", payload={"authorization": "Bearer nonsense"})
        assert await socket.closed() == (4401, "The access token cannot be verified.")
    async with Events(api.app, {"query": IDS}, {"authorization": "Bearer nonsense"}) as stream:
        assert stream.start["status"] == 401


async def test_cookie_sent_by_a_page_of_another_site_is_refused(api: Api, newsroom: WokenNewsroom) -> None:
    come = await browser(api.world, "canada", origin="https://elsewhere.example")
    async with Socket(api.app, come) as socket:
        socket.send(type="connection_init")
        assert await socket.closed() == (4403, "This request was made by a page of another site.")
    async with Events(api.app, {"query": IDS}, come) as stream:
        assert stream.start["status"] == 403


async def test_idle_socket_is_closed_when_its_credential_expires(api: Api, newsroom: WokenNewsroom) -> None:
    async with Socket(api.app) as socket:
        await socket.init(authorization=f"Bearer {await api.token('canada')}")
        api.world.clock.move(minutes=10, seconds=30)
        newsroom.wake()
        assert await socket.closed() == (4403, "The credential has expired.")


async def test_twentieth_subscription_of_a_person_is_the_last(api: Api, newsroom: WokenNewsroom) -> None:
    come = await headers(api, "canada")
    followers = [OverWebSocket(api.app, come, {}, IDS) for _ in range(21)]
    async with asyncio.timeout(SECONDS):
        for follower in followers:
            await follower.__aenter__()
    try:
        assert (await followers[20].refused())[0] == "LIMIT_EXCEEDED"
    finally:
        for follower in followers:
            await follower.__aexit__()
