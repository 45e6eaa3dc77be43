"""What somebody tries with a browser that is not theirs, against the whole application, from one end to the other."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from sqlalchemy import func, select, update
from starlette.routing import Route

from server.domain.notices.rules.unsubscribing import PATH
from server.models.base import Base
from server.models.oauth import Application
from server.models.parties import Person
from tests.attacks.forging import WHO
from tests.attacks.visitor import ELSEWHERE, ORIGIN, Visitor, form_in, origin_of
from tests.browser.visits import sent
from tests.factories.world import World
from tests.oauth.desk import CALLBACK, CHALLENGE, VERIFIER, Desk, Registered
from tests.pages.browser import PASSWORD, give_password

MACHINES = {"/oauth/token", "/oauth/device_authorization", "/oauth/revoke", "/oauth/introspect", "/oauth/userinfo"}
"""Endpoints that take a form of programs and never look at a cookie."""
TURNED_INTO_GET = {"/oauth/authorize", "/oauth/end_session"}
"""Where a form of another site is a request of an application, which is asked anew by GET."""
ONE_CLICK = f"{PATH}{{token}}"
"""Where mail programs end letters from elsewhere (RFC 8058): a token says whose they are, a cookie nothing."""


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    """A browser in which nobody is signed in; Japan and the UPU have passwords."""
    await give_password(world, "japan", "upu")
    async with Visitor(world) as fresh:
        yield fresh


async def signed_in(visitor: Visitor) -> None:
    """Sign Japan in."""
    await visitor.sign_in("japan", PASSWORD, await visitor.open("/sign-in"))
    visitor.trail.clear()
    assert await party_in(visitor) == "Japan"


async def party_in(visitor: Visitor) -> str | None:
    """Whose browser it is, as the API sees it."""
    viewer = (await visitor.ask(WHO)).json()["data"]["viewer"]
    return viewer and str(viewer["delegate"]["party"]["shortName"])


async def application(world: World) -> Registered:
    """An application that keeps no secret."""
    return await Desk(world).application("BROWSER")


def request_of(client: Registered, **changed: str) -> str:
    """The address of an authorization request."""
    good = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": client.redirect_uri,
        "scope": "openid read",
        "state": "the state",
        "nonce": "the nonce",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return f"/oauth/authorize?{urlencode(good | changed)}"


async def rows_in(world: World) -> dict[str, list[Any]]:
    """Everything in the database."""
    async with world.database.reading() as connection:
        tables = [(table, await connection.execute(select(table))) for table in Base.metadata.sorted_tables]
    return {table.name: sorted(map(str, rows.all())) for table, rows in tables}


@pytest.mark.rest
async def test_person_goes_from_an_application_through_every_page_and_back(world: World, visitor: Visitor) -> None:
    client = await application(world)
    asked = request_of(client)

    door = await visitor.open(asked, ELSEWHERE)
    onward = await visitor.sign_in("japan", PASSWORD, door)
    place = parse_qs(urlsplit(visitor.trail[-1]).query)["continue"][0]
    consent = await visitor.open(place, ORIGIN)
    answer = await visitor.send(place, form_in(consent) | {"decision": "allow"})
    told = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    metadata = (await visitor.open("/.well-known/oauth-authorization-server")).json()
    form = {"grant_type": "authorization_code", "code": told["code"], "client_id": client.id}
    form |= {"redirect_uri": client.redirect_uri, "code_verifier": VERIFIER}
    token = (await sent(visitor.app, "POST", "/oauth/token", base_url=ORIGIN, data=form)).json()["access_token"]
    bearer = {"authorization": f"Bearer {token}"}
    seen = await sent(visitor.app, "POST", "/graphql", base_url=ORIGIN, json={"query": WHO}, headers=bearer)

    assert [page.status_code for page in (door, onward, consent)] == [200, 200, 200]
    assert answer.headers["location"].startswith(CALLBACK)
    assert (told["state"], told["iss"]) == ("the state", ORIGIN)
    assert (metadata["issuer"], metadata["authorization_response_iss_parameter_supported"]) == (ORIGIN, True)
    assert seen.json()["data"]["viewer"]["delegate"]["party"]["shortName"] == "Japan"
    for page in (door, onward, consent):
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        assert page.headers["cache-control"] == "no-store"


EVIL = (
    *("https://elsewhere.example", "//elsewhere.example", "///elsewhere.example", "/\\elsewhere.example"),
    *("\\\\elsewhere.example", "/\t/elsewhere.example", "\t//elsewhere.example", "/%09/elsewhere.example"),
    *("https:elsewhere.example", "javascript:alert(1)", "data:text/html,x", "/..//elsewhere.example"),
    *("https://fos.example.org@elsewhere.example", "https://fos.example.org.elsewhere.example", "/\r\nlocation: x"),
    *(
        "//fos.example.org@elsewhere.example",
        "\u2028//elsewhere.example",
        "\uff0f\uff0felsewhere.example",
        "/.//elsewhere.example",
    ),
)


@pytest.mark.parametrize("has_session", [False, True])
async def test_no_parameter_leads_to_another_site(world: World, visitor: Visitor, has_session: bool) -> None:
    client = await application(world)
    if has_session:
        await signed_in(visitor)

    for evil in EVIL:
        for address in (
            f"/sign-in?{urlencode({'continue': evil})}",
            f"/sign-in/onward?{urlencode({'continue': evil})}",
            f"/sign-in/factor?{urlencode({'continue': evil})}",
            request_of(client, redirect_uri=evil),
            f"/oauth/end_session?{urlencode({'post_logout_redirect_uri': evil, 'client_id': client.id})}",
        ):
            page = await visitor.open(address, ELSEWHERE)
            assert page.status_code in {200, 400}
            assert 'href="https://elsewhere' not in page.text

    assert {origin_of(address) for address in visitor.trail} <= {ORIGIN}


async def test_signing_in_continues_here_whatever_the_link_said(visitor: Visitor) -> None:
    for evil in EVIL:
        door = await visitor.open(f"/sign-in?{urlencode({'continue': evil})}", ELSEWHERE)
        await visitor.sign_in("japan", PASSWORD, door)
        assert await party_in(visitor) == "Japan"

    assert {origin_of(address) for address in visitor.trail} == {ORIGIN}


def forms_of(visitor: Visitor) -> list[str]:
    """Every address of the application that takes a form from a browser."""
    routes = [route for route in visitor.app.routes if isinstance(route, Route) and "POST" in (route.methods or ())]
    return sorted({route.path for route in routes} - MACHINES - {"/graphql"})


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": ELSEWHERE},
        {"sec-fetch-site": "same-site", "origin": "https://other.example.org"},
        {"sec-fetch-site": "cross-site", "origin": "null"},
        {"origin": ELSEWHERE},
        {"origin": "null"},
        {},
    ],
)
async def test_form_of_another_site_changes_nothing_anywhere(
    world: World, visitor: Visitor, headers: dict[str, str]
) -> None:
    await signed_in(visitor)
    before = await rows_in(world)
    credentials = {"email": "upu@example.org", "password": PASSWORD, "new_password": PASSWORD, "code": "123456"}
    fields = credentials | {"decision": "allow", "person": world.persons["japan"], "user_code": "BCDF-GHJK"}

    answers = {path: await visitor.client.post(path, data=fields, headers=headers) for path in forms_of(visitor)}

    assert {"/sign-in", "/sign-out", "/account/password", *TURNED_INTO_GET} <= set(answers)
    taken = {path: answer.status_code for path, answer in answers.items() if answer.status_code != 403}
    assert taken == {ONE_CLICK: 404}
    assert [path for path, answer in answers.items() if "set-cookie" in answer.headers] == []
    assert await rows_in(world) == before
    assert await party_in(visitor) == "Japan"


async def test_machine_endpoints_take_no_cookie_for_a_credential(world: World, visitor: Visitor) -> None:
    await signed_in(visitor)
    client = await application(world)
    before = await rows_in(world)
    fields = {"client_id": client.id, "grant_type": "client_credentials", "token": "guess", "scope": "read"}

    for path in sorted({*MACHINES, ONE_CLICK} - {"/oauth/device_authorization"}):
        answer = await visitor.client.post(path, data=fields, headers={"sec-fetch-site": "same-origin"})
        assert "access_token" not in answer.text
        assert "Delegate japan" not in answer.text

    assert await rows_in(world) == before


async def test_every_page_is_framed_by_nobody_and_kept_by_nobody(visitor: Visitor) -> None:
    await signed_in(visitor)
    routes = [route for route in visitor.app.routes if isinstance(route, Route) and "GET" in (route.methods or ())]
    pages = [await visitor.open(route.path) for route in routes if "{" not in route.path]
    shown = [page for page in pages if page.headers.get("content-type", "").startswith("text/html")]

    assert len(shown) > 10
    for page in shown:
        policy = page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy, page.url
        assert "default-src 'none'" in policy, page.url
        assert "unsafe" not in policy, page.url
        assert page.headers["cache-control"] == "no-store", page.url


async def test_session_planted_before_signing_in_never_becomes_the_victims(world: World, visitor: Visitor) -> None:
    async with Visitor(world) as attacker:
        await attacker.sign_in("upu", PASSWORD, await attacker.open("/sign-in"))
        planted = list(attacker.client.cookies.jar)
        for cookie in planted:
            visitor.client.cookies.jar.set_cookie(cookie)
        assert await party_in(visitor) == "UPU"

        await visitor.sign_in("japan", PASSWORD, await visitor.open("/sign-in"))

        assert await party_in(visitor) == "Japan"
        values = {cookie.name: cookie.value for cookie in visitor.client.cookies.jar}
        assert sorted(values) == ["__Host-intersession", "__Host-intersession-known"]
        assert not {cookie.value for cookie in planted} & set(values.values())
        assert await party_in(attacker) is None


async def test_wording_never_tells_who_has_an_account(world: World, visitor: Visitor) -> None:
    async with world.database.writing() as session:
        suspended = update(Person).where(Person.id == world.persons["upu"])
        await session.execute(suspended.values(suspended_at=world.clock.now))
    people = ("japan", "upu", "gea", "nobody")
    told: dict[str, set[tuple[Any, ...]]] = {"/sign-in": set(), "/sign-in/forgotten": set()}

    for path, answers in told.items():
        for person in people:
            page = await visitor.open(path)
            fields = form_in(page, path) | {"email": f"{person}@example.org", "password": "not the password"}
            answer = await visitor.send(path, fields)
            own = ("content-length", "x-request-id")
            headers = {name: value for name, value in answer.headers.items() if name not in own}
            answers.add((answer.status_code, answer.text.replace(person, "someone"), str(headers)))

    assert {path: len(answers) for path, answers in told.items()} == {"/sign-in": 1, "/sign-in/forgotten": 1}


async def test_application_that_is_retired_is_led_nowhere(world: World, visitor: Visitor) -> None:
    client = await application(world)
    await signed_in(visitor)
    async with world.database.writing() as session:
        retired = update(Application).where(Application.id == client.id)
        await session.execute(retired.values(retired_at=world.clock.now))

    page = await visitor.open(request_of(client), ELSEWHERE)

    assert page.status_code == 400
    assert visitor.trail == []
    async with world.database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(Base.metadata.tables["grants"])) == 0
