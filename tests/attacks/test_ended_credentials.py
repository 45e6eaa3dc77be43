"""Credentials that were good until something ended: the next request already finds it so."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from server.identity.secrets import digest_of, new_secret
from server.identity.sessions import begin_session, end_session, end_sessions
from server.identity.tokens import sign_token
from server.models.identity import BrowserSession
from server.models.journal import JournalEntry
from server.models.oauth import Application, Grant
from server.models.parties import Delegate, Person
from server.vocabulary.applications import ApplicationKind
from tests.attacks.forging import WHO, is_challenge, own_key, party_of, shown
from tests.browser.visits import cookie_with, secret_of
from tests.factories.api import Api, document

NOBODY = {"data": {"viewer": None}}


async def write(api: Api, statement: Any) -> None:
    """Change rows, as an act of the administrator would."""
    async with api.world.database.writing() as session:
        await session.execute(statement)


async def by_cookie(api: Api, cookie: str, **given: Any) -> Any:
    """The answer to a browser of ours with this Cookie header."""
    headers = {"cookie": cookie, "sec-fetch-site": "same-origin"}
    return (await api._client.post("/graphql", json={"query": WHO}, headers=headers, **given)).json()


async def suspend(api: Api, person: str) -> None:
    """Suspend a person by key."""
    one = update(Person).where(Person.id == api.world.persons[person])
    await write(api, one.values(suspended_at=api.world.clock.now))


async def granted(api: Api, person: str) -> tuple[str, str]:
    """A grant of a person to an application, and a token of it."""
    now, scopes = api.world.clock.now, ["read", "write"]
    application = Application(
        name="Word add-in",
        kind=ApplicationKind.NATIVE,
        redirect_uris=[],
        sign_out_uris=[],
        scopes=scopes,
        registered_at=now,
    )
    await api.world.add(application)
    grant = Grant(
        person_id=api.world.persons[person],
        application_id=application.id,
        scopes=scopes,
        signed_in_at=now,
        granted_at=now,
    )
    await api.world.add(grant)
    names = {"issuer": api.settings.issuer, "audience": api.settings.token_audience}
    token = sign_token(
        await own_key(api),
        **names,
        subject=api.world.persons[person],
        client_id=application.id,
        scopes=scopes,
        now=now,
        minutes=10,
        grant_id=grant.id,
    )
    return grant.id, token


async def test_token_and_cookie_of_a_person_are_worth_nothing_once_they_are_suspended(api: Api) -> None:
    token, cookie = await api.token("japan"), cookie_with(await secret_of(api, "japan"))
    assert party_of(await shown(api, token)) == "Japan"

    await suspend(api, "japan")
    headers = {"cookie": cookie, "sec-fetch-site": "same-origin"}
    by_session = await api._client.post("/graphql", json={"query": WHO}, headers=headers)

    assert is_challenge(await shown(api, token))
    assert is_challenge(by_session)
    assert party_of(await shown(api, await api.token("japan-assistant"))) == "Japan"


async def test_token_of_a_person_whose_accreditation_was_ended_sees_and_does_nothing(api: Api) -> None:
    token, now = await api.token("japan"), api.world.clock.now
    listing = {"query": "{ workingBodies { totalCount } parties { totalCount } }"}
    headers = {"authorization": f"Bearer {token}"}
    before = (await api._client.post("/graphql", json=listing, headers=headers)).json()["data"]

    await write(api, update(Delegate).where(Delegate.person_id == api.world.persons["japan"]).values(ended_at=now))
    after = (await api._client.post("/graphql", json=listing, headers=headers)).json()["data"]
    refused = await api.act("japan", "joinBody", bodyId=api.world.bodies["group"])

    assert before == {"workingBodies": {"totalCount": 5}, "parties": {"totalCount": 6}}
    assert after == {"workingBodies": {"totalCount": 0}, "parties": {"totalCount": 0}}
    assert refused["code"] == "NOT_ACCREDITED"


async def test_token_of_a_grant_is_refused_once_the_grant_is_revoked_or_not_there(api: Api) -> None:
    grant_id, token = await granted(api, "japan")
    elsewhere, other = await granted(api, "japan")
    assert [party_of(await shown(api, each)) for each in (token, other)] == ["Japan", "Japan"]

    await write(api, update(Grant).where(Grant.id == grant_id).values(revoked_at=api.world.clock.now))

    assert elsewhere != grant_id
    assert is_challenge(await shown(api, token))
    assert party_of(await shown(api, other)) == "Japan"


async def test_token_of_a_grant_given_in_a_browser_ends_with_its_sign_out_and_no_other(api: Api) -> None:
    grant_id, token = await granted(api, "japan")
    secret, other = await secret_of(api, "japan"), await secret_of(api, "japan")
    async with api.world.database.writing() as session:
        mine = BrowserSession.secret_digest == digest_of(secret)
        session_id = str(await session.scalar(select(BrowserSession.id).where(mine)))
        await session.execute(update(Grant).where(Grant.id == grant_id).values(session_id=session_id))
        await end_session(session, session_id, api.world.clock.now)

    assert is_challenge(await shown(api, token))
    assert await by_cookie(api, cookie_with(secret)) == NOBODY
    assert (await by_cookie(api, cookie_with(other)))["data"]["viewer"] is not None


async def ended(api: Api, _: str) -> None:
    """Signed out everywhere."""
    async with api.world.database.writing() as session:
        await end_sessions(session, api.world.persons["japan"], api.world.clock.now, because="test")


async def idle(api: Api, _: str) -> None:
    """Not used for as long as is allowed."""
    api.world.clock.move(minutes=api.settings.session_idle_minutes)


async def too_old(api: Api, cookie: str) -> None:
    """Used all the time, until it is too old."""
    for _ in range(api.settings.session_hours * 2 - 1):
        api.world.clock.move(minutes=30)
        assert (await by_cookie(api, cookie))["data"]["viewer"] is not None
    api.world.clock.move(minutes=30)


@pytest.mark.parametrize("end", [ended, idle, too_old])
async def test_cookie_of_a_session_that_ended_is_nobody(api: Api, end: Callable[[Api, str], Awaitable[None]]) -> None:
    cookie = cookie_with(await secret_of(api, "japan"))
    assert (await by_cookie(api, cookie))["data"]["viewer"] is not None

    await end(api, cookie)

    assert await by_cookie(api, cookie) == NOBODY


async def test_cookie_of_a_session_that_awaits_the_second_factor_is_nobody(api: Api) -> None:
    secret = await secret_of(api, "japan", awaits_factor=True)

    assert await by_cookie(api, cookie_with(secret)) == NOBODY


async def test_cookie_that_was_guessed_or_stolen_from_the_database_is_nobody(api: Api) -> None:
    secret = await secret_of(api, "japan")
    guesses = {
        "digest": digest_of(secret),
        "another secret": new_secret(),
        "in capitals": secret.upper(),
        "cut": secret[:-1],
        "longer": secret + "A",
        "quoted SQL": "' OR ''='",
        "wildcard": "%",
        "empty": "",
        "very long": "A" * 100_000,
    }

    answers = {name: await by_cookie(api, cookie_with(guess)) for name, guess in guesses.items()}

    assert answers == dict.fromkeys(guesses, NOBODY)


async def test_secret_anywhere_else_than_in_its_cookie_is_nobody(api: Api) -> None:
    secret = await secret_of(api, "japan")
    name = cookie_with(secret).partition("=")[0]

    in_query = await by_cookie(api, "", params={name: secret})
    otherwise = [await by_cookie(api, f"{other}={secret}") for other in ("intersession", "session", f"__Secure-{name}")]
    as_token = await shown(api, secret)

    assert [in_query, *otherwise] == [NOBODY] * 4
    assert is_challenge(as_token)


async def test_cookie_from_another_site_is_refused_and_does_not_keep_the_session_alive(api: Api) -> None:
    secret = await secret_of(api, "japan")
    api.world.clock.move(minutes=api.settings.session_idle_minutes - 1)

    headers = {"cookie": cookie_with(secret), "sec-fetch-site": "cross-site"}
    foreign = await api._client.post("/graphql", json={"query": WHO}, headers=headers)
    api.world.clock.move(minutes=1)

    assert (foreign.status_code, foreign.json()["errors"][0]["extensions"]["code"]) == (403, "CROSS_SITE")
    assert await by_cookie(api, cookie_with(secret)) == NOBODY


async def test_acts_while_the_person_is_being_suspended_are_done_whole_or_refused(api: Api) -> None:
    opened = await api.act(
        "canada",
        "openRound",
        textVersionId=api.world.version,
        bodyId=api.world.bodies["group"],
        title="Comments on Draft 1",
        closesAt=(api.world.clock.now + timedelta(days=7)).isoformat(),
        audience=["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
    )
    headers = {"authorization": f"Bearer {await api.token('upu')}"}

    async def file(number: int) -> str:
        content = {"type": "GENERAL", "text": f"Comment {number}"}
        sent = {"idempotencyKey": f"race {number}", "roundId": opened["round"]["id"], **content}
        body = {"query": document("submitComment"), "variables": {"input": sent}}
        response = await api._client.post("/graphql", json=body, headers=headers)
        if response.status_code != 200:
            return str(response.status_code)
        result = response.json()["data"]["submitComment"]
        return str(result.get("code", result["__typename"]))

    answers = await asyncio.gather(*map(file, range(8)), suspend(api, "upu"), *map(file, range(8, 16)))
    told = [each for each in answers if each is not None]
    afterwards = await file(16)

    async with api.world.database.reading() as connection:
        filed = select(func.count()).where(JournalEntry.party_id == api.world.parties["upu"])
        assert await connection.scalar(filed) == told.count("CommentSubmitted")
    assert set(told) <= {"CommentSubmitted", "UNAUTHENTICATED", "401"}
    assert afterwards == "401"


async def test_session_begun_twice_has_two_secrets_of_which_the_database_knows_neither(api: Api) -> None:
    now = api.world.clock.now
    given: dict[str, Any] = {"lasts": timedelta(hours=1), "methods": ["pwd"]}
    async with api.world.database.writing() as session:
        secrets = [await begin_session(session, api.world.persons["japan"], now, **given) for _ in range(2)]

    async with api.world.database.reading() as connection:
        rows = (await connection.execute(select(BrowserSession))).mappings().all()

    assert len({*secrets}) == 2
    assert [secret for secret in secrets if secret in str([dict(row) for row in rows])] == []
