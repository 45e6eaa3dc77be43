"""Signing in at an external provider, as a browser does it; and what its access tokens are worth here."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx2 import AsyncClient, Response
from sqlalchemy import func, select
from starlette.responses import JSONResponse

from server.app import create_app
from server.identity.secrets import digest_of
from server.models.identity import BrowserSession, FederatedSignIn, Identity
from server.models.journal import JournalEntry
from server.models.parties import Delegate, Party, Person
from tests.factories.provider import CLIENT, CLIENT_SECRET, OURS, SecondIssuer, key_for, second_issuer
from tests.factories.refusing import Watched
from tests.factories.world import NOW, World

ROLES = {"oidc_roles_claim": "groups", "oidc_role_map": {"japan": "MEMBER:Japan", "industry": "PRIVATE_SECTOR"}}
SESSION, BROWSER = "__Host-intersession", "__Host-intersession-provider"
WHO = "{ viewer { delegate { party { shortName } } } }"
JAPAN = {"data": {"viewer": {"delegate": {"party": {"shortName": "Japan"}}}}}
UNACCREDITED: dict[str, Any] = {"data": {"viewer": {"delegate": None}}}
NOBODY: dict[str, Any] = {"data": {"viewer": None}}
FROM_HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def served() -> Iterator[SecondIssuer]:
    """One provider for all tests here."""
    with second_issuer() as issuer:
        yield issuer


@pytest.fixture
def issuer(served: SecondIssuer) -> SecondIssuer:
    """The provider in good order."""
    served.reset()
    return served


class Browsers:
    """Our site as it trusts the provider; each browser keeps its own cookies."""

    def __init__(self, world: World, issuer: SecondIssuer) -> None:
        self.world, self.issuer = world, issuer
        self._open: list[AsyncClient] = []

    def open(self, **settings: Any) -> AsyncClient:
        """A browser without cookies, at a server with these settings beside those of the provider."""
        app = create_app(self.issuer.settings(**settings), self.world.database, self.world.clock)
        self._open.append(AsyncClient(transport=Watched(app=app), base_url=OURS))
        return self._open[-1]

    async def close(self) -> None:
        """Close all."""
        for browser in self._open:
            await browser.aclose()

    async def count(self, table: type) -> int:
        """How many rows a table has."""
        async with self.world.database.reading() as connection:
            return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


@pytest.fixture
async def browsers(world: World, issuer: SecondIssuer) -> AsyncIterator[Browsers]:
    """Browsers at our site."""
    opened = Browsers(world, issuer)
    yield opened
    await opened.close()


async def begun(browser: AsyncClient, place: str = "/account") -> str:
    """Begin to sign in; gives the address at the provider."""
    sent = await browser.get("/sign-in/provider", params={"continue": place})
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


async def signed_in(browser: AsyncClient, issuer: SecondIssuer, **claims: Any) -> Response:
    """Sign in as the provider says; gives the answer of our site to what the browser brings back."""
    return await browser.get(issuer.answer(await begun(browser), **claims))


async def who(browser: AsyncClient, **headers: str) -> Any:
    """Who the API takes the browser for."""
    answer = await browser.post("/graphql", json={"query": WHO}, headers=headers or FROM_HERE)
    return answer.json()


async def test_sign_in_begins_with_a_request_that_only_this_browser_can_answer(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    browser = browsers.open()

    sent = await browser.get("/sign-in/provider", params={"continue": "/oauth/authorize?client_id=x"})

    location = urlsplit(sent.headers["location"])
    asked = parse_qs(location.query)
    secrets = {name: asked.pop(name)[0] for name in ("state", "nonce", "code_challenge")}
    assert f"{location.scheme}://{location.netloc}{location.path}" == f"{issuer.address}/authorize"
    assert asked == {
        "response_type": ["code"],
        "client_id": [CLIENT],
        "redirect_uri": [f"{OURS}/sign-in/provider/answer"],
        "scope": ["openid profile email"],
        "code_challenge_method": ["S256"],
    }
    assert [len(secret) for secret in secrets.values()] == [43] * 3
    cookie = sent.headers["set-cookie"]
    assert cookie.startswith(f"{BROWSER}=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"} <= set(cookie.split("; "))
    async with browsers.world.database.studying() as session:
        (kept,) = (await session.scalars(select(FederatedSignIn))).all()
    assert (kept.state_digest, kept.browser_digest) == (
        digest_of(secrets["state"]),
        digest_of(browser.cookies[BROWSER]),
    )
    assert kept.continue_to == "/oauth/authorize?client_id=x"
    challenge = base64.urlsafe_b64encode(hashlib.sha256(kept.verifier.encode()).digest()).decode().rstrip("=")
    assert secrets["code_challenge"] == challenge


@pytest.mark.parametrize(
    "place",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\n", "/" + "a" * 4096],
)
async def test_sign_in_leads_back_to_this_site_whatever_was_asked(
    browsers: Browsers, issuer: SecondIssuer, place: str
) -> None:
    browser = browsers.open()

    answer = await browser.get(issuer.answer(await begun(browser, place)))

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_sign_in_of_somebody_new_enters_them_and_leaves_them_unaccredited(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    browser = browsers.open()

    answer = await signed_in(browser, issuer, name="Kim  Lee", email="Kim@Example.org", email_verified=True)

    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert await who(browser) == UNACCREDITED
    async with browsers.world.database.studying() as session:
        person = await session.scalar(select(Person).join(Identity, Identity.person_id == Person.id))
        kept = (await session.scalars(select(BrowserSession))).one()
    assert person is not None
    assert (person.name, person.email) == ("Kim Lee", "kim@example.org")
    assert (kept.person_id, kept.methods, kept.capacities, kept.awaits_factor) == (
        person.id,
        ["federated"],
        None,
        False,
    )
    assert await browsers.count(JournalEntry) == 0


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "kim@example.org"},
        {"email": "kim@example.org", "email_verified": False},
        {"email": "kim@example.org", "email_verified": "true"},
        {"email": "japan@example.org", "email_verified": True},
        {"email": "not an address", "email_verified": True},
        {"email": ["kim@example.org"], "email_verified": True},
    ],
)
async def test_sign_in_with_an_address_that_is_not_verified_or_not_free_keeps_none_and_finds_nobody(
    browsers: Browsers, issuer: SecondIssuer, claims: dict[str, Any]
) -> None:
    browser = browsers.open()

    answer = await signed_in(browser, issuer, **claims)

    async with browsers.world.database.studying() as session:
        person = await session.scalar(select(Person).join(Identity, Identity.person_id == Person.id))
    assert (answer.status_code, person and person.email) == (303, None)
    assert await who(browser) == UNACCREDITED


async def test_sign_in_of_somebody_who_has_come_before_is_the_same_person(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    persons = await browsers.count(Person)

    for name in ("Kim Lee", "Kim Lee-Novak"):
        await signed_in(browsers.open(), issuer, name=name)

    assert (await browsers.count(Person), await browsers.count(Identity)) == (persons + 1, 1)
    assert await browsers.count(BrowserSession) == 2


async def test_sign_in_of_somebody_new_in_two_browsers_at_once_enters_one_person(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    persons, opened = await browsers.count(Person), [browsers.open() for _ in range(4)]
    answers = [issuer.answer(await begun(browser)) for browser in opened]

    told = await asyncio.gather(*(browser.get(answer) for browser, answer in zip(opened, answers, strict=True)))

    statuses = [page.status_code for page in told]
    assert (303 in statuses, set(statuses) <= {303, 409}) == (True, True)
    assert (await browsers.count(Person), await browsers.count(Identity)) == (persons + 1, 1)
    assert await browsers.count(BrowserSession) == statuses.count(303)


async def test_sign_in_of_somebody_vouched_for_is_accredited_from_today_and_the_journal_says_so(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    browser = browsers.open(**ROLES)

    await signed_in(browser, issuer, name="Kim Lee", groups=["japan", "strangers"])

    assert await who(browser) == JAPAN
    async with browsers.world.database.studying() as session:
        delegate = (await session.scalars(select(Delegate).where(Delegate.starts_on == NOW.date()))).one()
        entry = (await session.scalars(select(JournalEntry))).one()
    assert (delegate.party_id, delegate.focal_point_from, delegate.ends_on) == (
        browsers.world.parties["japan"],
        None,
        None,
    )
    assert (entry.act, entry.delegate_id, entry.subject_id, entry.capacity) == (
        "delegate.seeded",
        delegate.id,
        delegate.id,
        "MEMBER",
    )


async def test_sign_in_with_a_party_that_is_not_there_in_that_capacity_accredits_nobody(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    delegates = await browsers.count(Delegate)
    meanings = {"a": "OBSERVER:Japan", "b": "MEMBER:Atlantis", "c": "MEMBER"}
    browser = browsers.open(oidc_roles_claim="groups", oidc_role_map=meanings)

    answer = await signed_in(browser, issuer, groups=["a", "b", "c"])

    assert answer.status_code == 303
    assert (await browsers.count(Delegate), await browsers.count(JournalEntry)) == (delegates, 0)


async def test_sign_in_later_with_another_group_caps_and_does_not_accredit_again(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    browser, later = browsers.open(**ROLES), browsers.open(**ROLES)
    await signed_in(browser, issuer, groups=["japan", "japan"])
    delegates = await browsers.count(Delegate)

    await signed_in(later, issuer, groups=["industry"])

    assert (await who(browser), await who(later)) == (JAPAN, UNACCREDITED)
    assert await browsers.count(Delegate) == delegates


async def test_sign_in_takes_roles_from_the_access_token_where_the_id_token_has_none(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    told = []
    for given in ({"sub": "one"}, {"sub": "other"}, {"sub": "one", "aud": "https://elsewhere.example"}):
        browser = browsers.open(**ROLES)
        answer = issuer.answer(await begun(browser), sub="one")
        (code,) = issuer.codes
        issuer.codes[code]["access_token"] = issuer.token(groups=["japan"], **given)
        await browser.get(answer)
        told.append(await who(browser))

    assert told == [JAPAN, UNACCREDITED, UNACCREDITED]


async def test_sign_in_reads_what_the_provider_says_of_people_where_it_has_an_address_for_it(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    issuer.described = {"userinfo_endpoint": f"{issuer.address}/userinfo"}
    issuer.person = {"sub": "subject-1", "name": "Kim Lee", "groups": ["japan"]}
    browser, deceived = browsers.open(**ROLES), browsers.open(**ROLES)

    good = await signed_in(browser, issuer)
    other = await signed_in(deceived, issuer, sub="subject-2")

    assert (good.status_code, await who(browser)) == (303, JAPAN)
    assert (other.status_code, await who(deceived)) == (502, NOBODY)


async def test_sign_in_believes_the_signed_token_over_what_else_the_provider_says(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    issuer.described = {"userinfo_endpoint": f"{issuer.address}/userinfo"}
    issuer.person = {"sub": "subject-1", "name": "Somebody Else"}

    await signed_in(browsers.open(), issuer, name="Kim Lee")

    async with browsers.world.database.studying() as session:
        person = await session.scalar(select(Person).join(Identity, Identity.person_id == Person.id))
    assert person is not None
    assert person.name == "Kim Lee"


async def test_sign_in_takes_the_verification_of_one_address_for_no_other(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    issuer.described = {"userinfo_endpoint": f"{issuer.address}/userinfo"}
    issuer.person = {"sub": "subject-1", "email": "minister@example.org"}

    await signed_in(browsers.open(), issuer, email_verified=True)

    async with browsers.world.database.studying() as session:
        person = await session.scalar(select(Person).join(Identity, Identity.person_id == Person.id))
    assert (person and person.email) is None


@pytest.mark.parametrize(("length", "kept"), [(254, True), (255, False)])
async def test_sign_in_keeps_an_address_of_at_most_254_characters_and_200_of_a_name(
    browsers: Browsers, issuer: SecondIssuer, length: int, kept: bool
) -> None:
    email = "k" * (length - len("@example.org")) + "@example.org"

    await signed_in(browsers.open(), issuer, name="n" * 201, email=email, email_verified=True)

    async with browsers.world.database.studying() as session:
        person = await session.scalar(select(Person).join(Identity, Identity.person_id == Person.id))
    assert person is not None
    assert (person.name, person.email) == ("n" * 200, email if kept else None)


async def test_sign_in_keeps_the_query_of_the_address_that_the_provider_gives(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    issuer.described = {"authorization_endpoint": f"{issuer.address}/authorize?tenant=1"}

    asked = parse_qs(urlsplit(await begun(browsers.open())).query)

    assert (asked["tenant"], asked["response_type"], asked["client_id"]) == (["1"], ["code"], [CLIENT])


async def test_code_is_exchanged_with_the_verifier_and_the_secret(browsers: Browsers, issuer: SecondIssuer) -> None:
    with_secret, without = browsers.open(), browsers.open(oidc_client_secret="")

    for browser in (with_secret, without):
        assert (await signed_in(browser, issuer)).status_code == 303

    basic = base64.b64encode(b"intersession%3A1:a+secret%2C+and+more").decode()
    assert CLIENT_SECRET == "a secret, and more"
    verifiers, codes = [[form.pop(name) for form in issuer.sent] for name in ("code_verifier", "code")]
    assert [len(verifier) for verifier in verifiers] == [43, 43]
    assert len(set(codes)) == 2
    common = {"grant_type": "authorization_code", "redirect_uri": f"{OURS}/sign-in/provider/answer"}
    assert issuer.sent == [
        common | {"authorization": f"Basic {basic}"},
        common | {"authorization": "", "client_id": CLIENT},
    ]


BAD_ID_TOKENS: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "x" * 43},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "other"},
    "another audience though this application": {"aud": "other", "azp": CLIENT},
    "another application of several": {"aud": [CLIENT, "other"], "azp": "other"},
    "no application of several": {"aud": [CLIENT, "other"]},
    "another application": {"azp": "other"},
    "another application in a list of one": {"aud": [CLIENT], "azp": "other"},
    "another issuer": {"iss": "https://other.example"},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject of control characters": {"sub": "a\0b"},
    "a long subject": {"sub": "a" * 256},
    "expired": {"exp": int(NOW.timestamp()) - 60},
    "of the future": {"iat": int(NOW.timestamp()) + 60},
    "no time": {"iat": None},
    "an access token": {"header": {"typ": "at+jwt"}},
    "an unknown key": {"header": {"kid": "unknown"}},
    "a key of a stranger": {"key": key_for("ES256", "stranger"), "header": {"kid": key_for("ES256").kid}},
}


# OpenID Connect Core 3.1.3.7, steps 3 to 5: the audience may be a list, `azp` is demanded of several audiences only,
# and where it stands it names this application. Core 2: a subject has at most 255 characters.
GOOD_ID_TOKENS: dict[str, dict[str, Any]] = {
    "a list of one audience": {"aud": [CLIENT]},
    "a list of one audience and the application": {"aud": [CLIENT], "azp": CLIENT},
    "one audience and the application": {"azp": CLIENT},
    "several audiences and the application": {"aud": ["other", CLIENT], "azp": CLIENT},
    "the longest subject": {"sub": "a" * 255},
}


@pytest.mark.parametrize("name", GOOD_ID_TOKENS)
async def test_answer_with_a_good_id_token_signs_the_person_in(
    browsers: Browsers, issuer: SecondIssuer, name: str
) -> None:
    browser = browsers.open()

    answer = await signed_in(browser, issuer, **GOOD_ID_TOKENS[name])

    assert (answer.status_code, await who(browser)) == (303, UNACCREDITED)


@pytest.mark.parametrize("name", BAD_ID_TOKENS)
async def test_answer_with_a_bad_id_token_signs_nobody_in(browsers: Browsers, issuer: SecondIssuer, name: str) -> None:
    browser = browsers.open()

    answer = await signed_in(browser, issuer, **BAD_ID_TOKENS[name])

    assert (answer.status_code, "could not be accepted" in answer.text) == (502, True)
    assert SESSION not in browser.cookies
    assert (await browsers.count(Identity), await browsers.count(BrowserSession)) == (0, 0)


async def test_answer_with_the_algorithm_none_signs_nobody_in(browsers: Browsers, issuer: SecondIssuer) -> None:
    browser = browsers.open()
    answer = issuer.answer(await begun(browser))
    (code,) = issuer.codes
    _, claims, _ = issuer.codes[code]["id_token"].split(".")
    header = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    issuer.codes[code]["id_token"] = f"{header}.{claims}."

    refused = await browser.get(answer)

    assert (refused.status_code, await browsers.count(BrowserSession)) == (502, 0)


async def test_answer_with_another_state_or_in_another_browser_signs_nobody_in(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    victim, attacker = browsers.open(), browsers.open()
    answer = issuer.answer(await begun(attacker))
    await begun(victim)
    without = browsers.open()

    refused = [await browser.get(answer) for browser in (victim, without)]
    refused += [await attacker.get(answer.split("&state=")[0] + state) for state in ("", "&state=", "&state=other")]
    accepted = await attacker.get(answer)

    assert [page.status_code for page in refused] == [400] * 5
    assert all(SESSION not in page.cookies for page in refused)
    assert issuer.asked.count("/token") == 1
    assert accepted.status_code == 303


async def test_answer_that_is_brought_twice_signs_in_once(browsers: Browsers, issuer: SecondIssuer) -> None:
    browser = browsers.open()
    answer = issuer.answer(await begun(browser))
    cookie = {"cookie": f"{BROWSER}={browser.cookies[BROWSER]}"}

    both = await asyncio.gather(*(browser.get(answer, headers=cookie) for _ in range(2)))
    again = await browser.get(answer, headers=cookie)

    assert (sorted(page.status_code for page in both), again.status_code) == ([303, 400], 400)
    assert await browsers.count(BrowserSession) == 1
    assert issuer.asked.count("/token") == 1


async def test_answer_after_ten_minutes_signs_nobody_in(browsers: Browsers, issuer: SecondIssuer) -> None:
    browser = browsers.open()
    answer = issuer.answer(await begun(browser))
    browsers.world.clock.move(minutes=10)

    late = await browser.get(answer)

    assert (late.status_code, await browsers.count(BrowserSession)) == (400, 0)


@pytest.mark.parametrize(
    ("says", "iss", "status"),
    [
        (True, "right", 303),
        (True, "wrong", 502),
        (True, None, 502),
        (False, "right", 303),
        (False, "wrong", 502),
        (False, None, 303),
    ],
)
async def test_answer_from_another_provider_signs_nobody_in(
    browsers: Browsers, issuer: SecondIssuer, says: bool, iss: str | None, status: int
) -> None:
    issuer.described = {"authorization_response_iss_parameter_supported": says}
    browser = browsers.open()
    answer = issuer.answer(await begun(browser))
    named = {"right": f"&iss={issuer.address}", "wrong": "&iss=https://other.example", None: ""}[iss]

    told = await browser.get(answer + named)

    assert told.status_code == status
    assert issuer.asked.count("/token") == (1 if status == 303 else 0)


@pytest.mark.parametrize("given", ["error=access_denied&error_description=%3Cb%3EPolicy%2042", "error=", ""])
async def test_answer_without_a_code_is_a_page_that_gives_no_details(
    browsers: Browsers, issuer: SecondIssuer, given: str
) -> None:
    browser = browsers.open()
    state = parse_qs(urlsplit(await begun(browser)).query)["state"][0]

    told = await browser.get(f"/sign-in/provider/answer?{given}&state={state}")

    assert (told.status_code, told.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert ("Not signed in" in told.text, "Sign in again" in told.text) == (True, True)
    assert ("access_denied" in told.text, "Policy" in told.text) == (False, False)
    assert "/token" not in issuer.asked


@pytest.mark.parametrize("answered", [JSONResponse({"error": "invalid_grant", "error_description": "Secret"}, 400)])
async def test_answer_with_a_code_that_is_refused_is_a_page_that_gives_no_details(
    browsers: Browsers, issuer: SecondIssuer, answered: JSONResponse
) -> None:
    browser = browsers.open()
    issuer.answers["/token"] = answered

    told = await signed_in(browser, issuer)

    assert (told.status_code, "Secret" in told.text, "invalid_grant" in told.text) == (502, False, False)
    assert await browsers.count(BrowserSession) == 0


async def test_sign_in_while_the_provider_is_down_is_a_page_and_nothing_is_kept(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    issuer.answers["/.well-known/openid-configuration"] = JSONResponse({}, status_code=503)
    browser = browsers.open()

    down = [await browser.get("/sign-in/provider") for _ in range(3)]
    issuer.answers.clear()
    browsers.world.clock.move(seconds=30)
    up = await browser.get("/sign-in/provider")

    assert [(page.status_code, "cannot be reached" in page.text) for page in down] == [(503, True)] * 3
    assert issuer.asked == ["/.well-known/openid-configuration"] * 2
    assert (up.status_code, await browsers.count(FederatedSignIn)) == (303, 1)


async def test_sign_in_gives_a_new_secret_and_ends_the_session_before(browsers: Browsers, issuer: SecondIssuer) -> None:
    browser = browsers.open(**ROLES)
    browser.cookies.set(SESSION, "planted", domain="intersession.example", path="/")

    await signed_in(browser, issuer, groups=["japan"])
    first = browser.cookies.get(SESSION, domain="intersession.example")
    await signed_in(browser, issuer, groups=["japan"])
    second = browser.cookies.get(SESSION, domain="intersession.example")

    assert len({"planted", first, second}) == 3
    told = []
    for secret in ("planted", first, second):
        other = browsers.open(**ROLES)
        told.append(await who(other, cookie=f"{SESSION}={secret}", **FROM_HERE))
    assert told == [NOBODY, NOBODY, JAPAN]


async def test_sign_in_of_somebody_suspended_is_refused(browsers: Browsers, issuer: SecondIssuer) -> None:
    await signed_in(browsers.open(), issuer)
    async with browsers.world.database.writing() as session:
        person = await session.scalar(select(Person).join(Identity, Identity.person_id == Person.id))
        assert person is not None
        person.suspended_at = NOW
    browser = browsers.open()

    refused = await signed_in(browser, issuer)

    assert (refused.status_code, "suspended" in refused.text) == (403, True)
    assert (SESSION in browser.cookies, await browsers.count(BrowserSession)) == (False, 1)


async def test_bearer_of_a_linked_subject_is_the_person_within_the_cap(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    browser = browsers.open(**ROLES)
    await signed_in(browser, issuer, groups=["japan"])
    machine = browsers.open(**ROLES)

    told = [
        await who(machine, authorization=f"Bearer {issuer.token(groups=groups)}")
        for groups in (["japan"], ["industry"], [])
    ]

    assert told == [JAPAN, UNACCREDITED, UNACCREDITED]


async def test_bearer_of_a_subject_that_nobody_here_goes_by_is_answered_403(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    browser = browsers.open()
    persons = await browsers.count(Person)

    told = []
    for subject in ("somebody", browsers.world.persons["japan"], "japan@example.org"):
        bearer = {"authorization": f"Bearer {issuer.token(sub=subject, email='japan@example.org')}"}
        told.append(await browser.post("/graphql", json={"query": WHO}, headers=bearer))

    assert [answer.status_code for answer in told] == [403] * 3
    codes = {answer.json()["errors"][0]["extensions"]["code"] for answer in told}
    assert (codes, all("data" not in answer.json() for answer in told)) == ({"NOT_ACCREDITED"}, True)
    assert await browsers.count(Person) == persons


async def test_bearer_with_a_claim_called_grant_is_not_taken_for_a_grant_of_ours(
    browsers: Browsers, issuer: SecondIssuer
) -> None:
    browser = browsers.open(**ROLES)
    await signed_in(browser, issuer, groups=["japan"])

    told = await who(browser, authorization=f"Bearer {issuer.token(groups=['japan'], grant='GRT_1')}")

    assert told == JAPAN


async def test_server_starts_while_the_provider_is_down(world: World) -> None:
    with second_issuer() as gone:
        settings = gone.settings()
    app = create_app(settings, world.database, world.clock)

    await app.state.server.start()
    async with AsyncClient(transport=Watched(app=app), base_url=OURS) as browser:
        healthy = await browser.get("/readyz")
        refused = await browser.post(
            "/graphql", json={"query": WHO}, headers={"authorization": f"Bearer {gone.token()}"}
        )

    assert (healthy.status_code, refused.status_code) == (200, 401)


async def test_sign_in_at_a_provider_is_not_there_where_people_sign_in_here(world: World) -> None:
    app = create_app(database=world.database, clock=world.clock)

    async with AsyncClient(transport=Watched(app=app), base_url="http://127.0.0.1:8000") as browser:
        answers = [await browser.get(path) for path in ("/sign-in/provider", "/sign-in/provider/answer")]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_parties_are_named_exactly(browsers: Browsers, issuer: SecondIssuer) -> None:
    async with browsers.world.database.writing() as session:
        session.add(Party(name="Jap", short_name="Jap", kind="MEMBER_ADMINISTRATION", capacity="MEMBER"))
    browser = browsers.open(oidc_roles_claim="groups", oidc_role_map={"x": "MEMBER:japan", "y": "MEMBER:Ja%"})
    delegates = await browsers.count(Delegate)

    await signed_in(browser, issuer, groups=["x", "y"])

    assert await browsers.count(Delegate) == delegates
