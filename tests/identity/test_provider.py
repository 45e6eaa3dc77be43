"""What is believed of an external provider, and what becomes of tokens while it is silent or wrong or changes keys."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import AsyncClient
from joserfc.jwk import OctKey
from starlette.responses import JSONResponse, PlainTextResponse, Response

from server.identity import provider as module
from server.identity.provider import LARGEST_ANSWER, Provider, ProviderFailed
from server.identity.tokens import TokenRefused
from tests.factories.provider import SecondIssuer, elsewhere, key_for, second_issuer
from tests.factories.serving import free_port
from tests.factories.world import NOW, ManualClock

DISCOVERY = "/.well-known/openid-configuration"
CANNOT = "The access token cannot be verified."


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


@pytest.fixture
def clock() -> ManualClock:
    """The time of the server that trusts the provider."""
    return ManualClock()


async def is_accepted(provider: Provider, token: str, clock: ManualClock) -> bool:
    """Whether a token is valid now; False says that it cannot be verified."""
    try:
        await provider.access_tokens.caller_of(token, clock.now)
    except TokenRefused as refused:
        if refused.reason != CANNOT:
            raise
        return False
    return True


async def answer_of(issuer: SecondIssuer, path: str) -> bytes:
    """What the provider in good order answers at a path."""
    async with AsyncClient(trust_env=False) as client:
        body = (await client.get(issuer.address + path)).content
    issuer.asked.clear()
    return body


BAD_DESCRIPTIONS: dict[str, dict[str, Any]] = {
    "another issuer": {"issuer": "https://other.example"},
    "the issuer with a slash": {"issuer": None},
    "an endpoint without https": {"token_endpoint": "http://login.example.org/token"},
    "an endpoint that is no address": {"jwks_uri": "jwks"},
    "an endpoint of another kind": {"authorization_endpoint": "javascript:alert(1)"},
    "an endpoint missing": {"jwks_uri": None},
    "an endpoint that is a list": {"token_endpoint": ["https://login.example.org/token"]},
    "an address of people without https": {"userinfo_endpoint": "http://login.example.org/me"},
}
BAD_ANSWERS: dict[str, Response] = {
    "a redirect": elsewhere(),
    "an error": JSONResponse({}, status_code=500),
    "nothing": Response(status_code=204),
    "no JSON": PlainTextResponse("hello"),
    "no object": JSONResponse([1]),
    "no text": Response(b"\xff\xfe", media_type="application/json"),
    "too much": Response(b" " * (LARGEST_ANSWER + 1), media_type="application/json"),
}


@pytest.mark.parametrize("name", BAD_DESCRIPTIONS)
async def test_description_of_a_provider_that_says_something_else_is_not_believed(
    issuer: SecondIssuer, clock: ManualClock, name: str
) -> None:
    bad = BAD_DESCRIPTIONS[name]
    issuer.described = {"issuer": issuer.address + "/"} if bad == {"issuer": None} else bad
    provider = Provider(issuer.settings(), clock)

    with pytest.raises(ProviderFailed):
        await provider.description()

    assert await is_accepted(provider, issuer.token(), clock) is False
    assert issuer.asked == [DISCOVERY]


@pytest.mark.parametrize("path", [DISCOVERY, "/jwks"])
@pytest.mark.parametrize("name", BAD_ANSWERS)
async def test_keys_of_a_provider_that_answers_something_else_are_not_there(
    issuer: SecondIssuer, clock: ManualClock, name: str, path: str
) -> None:
    issuer.answers[path] = BAD_ANSWERS[name]
    provider = Provider(issuer.settings(), clock)

    before = await is_accepted(provider, issuer.token(), clock)
    issuer.answers.clear()
    clock.move(seconds=30)

    assert (before, await is_accepted(provider, issuer.token(), clock)) == (False, True)


@pytest.mark.parametrize("path", [DISCOVERY, "/jwks"])
@pytest.mark.parametrize("status", [203, 302, 307])
async def test_keys_in_an_answer_with_another_status_or_behind_a_redirect_are_not_there(
    issuer: SecondIssuer, clock: ManualClock, path: str, status: int
) -> None:
    issuer.answers[path] = Response(await answer_of(issuer, path), status, {"location": f"{issuer.address}/elsewhere"})
    issuer.answers["/elsewhere"] = Response(await answer_of(issuer, path))

    assert await is_accepted(Provider(issuer.settings(), clock), issuer.token(), clock) is False
    assert "/elsewhere" not in issuer.asked


@pytest.mark.parametrize(("length", "accepted"), [(262_144, True), (262_145, False)])
async def test_keys_in_an_answer_of_more_than_262144_bytes_are_not_read(
    issuer: SecondIssuer, clock: ManualClock, length: int, accepted: bool
) -> None:
    issuer.answers["/jwks"] = Response((await answer_of(issuer, "/jwks")).ljust(length))

    assert await is_accepted(Provider(issuer.settings(), clock), issuer.token(), clock) is accepted


async def test_description_is_read_anew_after_ten_minutes(issuer: SecondIssuer, clock: ManualClock) -> None:
    provider = Provider(issuer.settings(), clock)
    asked = []
    for seconds in (0, 599, 1):
        clock.move(seconds=seconds)
        await provider.description()
        asked.append(len(issuer.asked))

    assert asked == [1, 1, 2]


async def test_keys_of_a_provider_that_never_answers_are_given_up_in_time(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.1)
    with free_port() as (listener, port):
        listener.listen()
        silent = SecondIssuer(f"http://127.0.0.1:{port}")
        provider = Provider(silent.settings(), clock)

        assert await is_accepted(provider, silent.token(), clock) is False
        with pytest.raises(ProviderFailed):
            await provider.description()


async def test_keys_of_a_provider_that_is_down_are_asked_for_once_in_thirty_seconds(clock: ManualClock) -> None:
    with second_issuer() as issuer:
        provider = Provider(issuer.settings(), clock)
        token = issuer.token()
    accepted = [await is_accepted(provider, token, clock) for _ in range(3)]

    assert accepted == [False] * 3
    assert provider.access_tokens.keys.loads == 1


async def test_keys_known_before_still_verify_while_the_provider_is_down(
    issuer: SecondIssuer, clock: ManualClock
) -> None:
    provider = Provider(issuer.settings(), clock)
    minutes = [await is_accepted(provider, issuer.token(), clock)]

    issuer.answers = {DISCOVERY: JSONResponse({}, status_code=503), "/jwks": JSONResponse({}, status_code=503)}
    for _ in range(2):
        clock.move(minutes=11)
        later = {"iat": int(clock.now.timestamp()), "exp": int((clock.now + timedelta(minutes=5)).timestamp())}
        minutes.append(await is_accepted(provider, issuer.token(**later), clock))

    assert minutes == [True, True, True]
    assert provider.access_tokens.keys.loads == 3


async def test_flood_of_unknown_key_ids_makes_one_fetch_in_thirty_seconds(
    issuer: SecondIssuer, clock: ManualClock
) -> None:
    provider = Provider(issuer.settings(), clock)
    good = issuer.token()
    assert await is_accepted(provider, good, clock)
    issuer.asked.clear()
    clock.move(seconds=30)

    flood = [issuer.token(header={"kid": f"unknown-{number}"}) for number in range(200)]
    accepted = await asyncio.gather(*(is_accepted(provider, token, clock) for token in flood))
    at_once = list(issuer.asked)
    clock.move(seconds=29)
    await is_accepted(provider, flood[0], clock)

    assert accepted == [False] * 200
    assert at_once == issuer.asked == ["/jwks"]
    assert await is_accepted(provider, good, clock)


async def test_keys_changed_at_the_provider_are_read_when_the_new_one_turns_up(
    issuer: SecondIssuer, clock: ManualClock
) -> None:
    provider = Provider(issuer.settings(), clock)
    old, new = key_for("ES256"), key_for("RS256")
    assert await is_accepted(provider, issuer.token(key=old), clock)

    issuer.keys = [new]
    early = await is_accepted(provider, issuer.token(key=new), clock)
    clock.move(seconds=30)
    late = await is_accepted(provider, issuer.token(key=new), clock)
    gone = await is_accepted(provider, issuer.token(key=old, sub="somebody-else"), clock)

    assert (early, late, gone) == (False, True, False)


async def test_keys_that_are_not_for_signatures_are_left_out(issuer: SecondIssuer, clock: ManualClock) -> None:
    key = key_for("ES256")
    public, shared = key.as_dict(private=False), OctKey.generate_key(256, {"kid": "shared"}).as_dict(private=True)
    odd = [7, None, {}, {"kid": "x"}, {"kid": "y", "kty": "EC"}, {"kid": 7, "kty": "RSA"}, {"kid": "z", "kty": ["EC"]}]
    unnamed = {name: value for name, value in public.items() if name != "kid"}
    other_uses = [public | {"kid": use, "use": use} for use in ("enc", "tls")]
    listed = [*odd, shared, unnamed, *other_uses, public | {"kid": "good"}]
    issuer.answers["/jwks"] = JSONResponse({"keys": listed})
    provider = Provider(issuer.settings(), clock)

    found = {
        kid: await provider.access_tokens.keys.key_of(kid, NOW) for kid in ("shared", "enc", "tls", "x", "", "good")
    }

    assert [kid for kid, there in found.items() if there] == ["good"]


@pytest.mark.parametrize("listed", [None, 7, "keys", {}])
async def test_keys_that_are_no_list_are_none(issuer: SecondIssuer, clock: ManualClock, listed: Any) -> None:
    issuer.answers["/jwks"] = JSONResponse({"keys": listed})

    assert await is_accepted(Provider(issuer.settings(), clock), issuer.token(), clock) is False


@pytest.mark.parametrize(
    ("given", "capacities"),
    [({"groups": ["japan", "strangers"]}, {"MEMBER"}), ({"groups": []}, set()), ({}, set()), ({"groups": "x"}, set())],
)
async def test_caller_of_a_token_is_capped_by_the_roles_in_it(
    issuer: SecondIssuer, clock: ManualClock, given: dict[str, Any], capacities: set[str]
) -> None:
    settings = issuer.settings(oidc_roles_claim="groups", oidc_role_map={"japan": "MEMBER:Japan"})
    provider = Provider(settings, clock)

    capped = await provider.access_tokens.caller_of(issuer.token(**given), NOW)
    free = await Provider(issuer.settings(), clock).access_tokens.caller_of(issuer.token(**given), NOW)

    assert (capped.capacities, free.capacities) == (frozenset(capacities), None)
