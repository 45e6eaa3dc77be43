"""Access tokens: what is accepted, and what is not."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt

from server.access.keys import new_key
from server.access.tokens import (
    LEEWAY_SECONDS,
    REMEMBERED_TOKENS,
    KeyRing,
    TokenRefused,
    TokenValidator,
    Trust,
    sign_token,
)

NOW = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
ISSUER, AUDIENCE = "https://issuer.example", "https://api.example/graphql"
KEY, SECOND_KEY, STRANGE_KEY = new_key(), new_key(), new_key()
CANNOT, NOT_ACCESS = "The access token cannot be verified.", "This is not an access token."
OTHER, LACKS = "The access token is for another server.", "The access token lacks a claim."


def validator() -> TokenValidator:
    """A validator that remembers nothing yet."""
    return TokenValidator(ring(KEY, SECOND_KEY), Trust(ISSUER, AUDIENCE))


def ring(*keys: Any) -> KeyRing:
    """Keys that are there at once."""

    async def load() -> list[Any]:
        return list(keys)

    return KeyRing(load)


def claims(**changed: Any) -> dict[str, Any]:
    """Good claims with changes; a claim changed to None is left out."""
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "PER_1",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(minutes=10)).timestamp()),
    }
    return {name: value for name, value in (good | changed).items() if value is not None}


def token(*, key: Any = KEY, header: dict[str, Any] | None = None, **changed: Any) -> str:
    """A signed token with changed header or claims."""
    head = {"alg": "ES256", "typ": "at+jwt", "kid": key.kid} | (header or {})
    return jwt.encode({name: value for name, value in head.items() if value is not None}, claims(**changed), key)


def part(value: Any) -> str:
    """One part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned(**changed: Any) -> str:
    """A token that says it needs no signature."""
    return f"{part({'alg': 'none', 'typ': 'at+jwt'})}.{part(claims(**changed))}."


def confused(secret: bytes) -> str:
    """A token signed as HS256 with the public key as the secret, the oldest trick."""
    signed = f"{part({'alg': 'HS256', 'typ': 'at+jwt', 'kid': KEY.kid})}.{part(claims())}"
    return f"{signed}.{part(hmac.digest(secret, signed.encode(), 'sha256'))}"


def altered(given: str, **changed: Any) -> str:
    """The token with other claims under the old signature."""
    head, _, signature = given.split(".")
    return f"{head}.{part(claims(**changed))}.{signature}"


ACCEPTED = {
    "as signed by the embedded issuer": sign_token(
        KEY, issuer=ISSUER, audience=AUDIENCE, subject="PER_1", client_id="tests", scopes=["read"], now=NOW, minutes=10
    ),
    "by another of its keys": token(key=SECOND_KEY),
    "with the long media type": token(header={"typ": "application/at+jwt"}),
    "for several audiences": token(aud=["https://other.example", AUDIENCE]),
    "valid from now": token(nbf=int(NOW.timestamp())),
}
REFUSED = {
    "signed with a key of a stranger": (token(key=STRANGE_KEY), CANNOT),
    "signed by a stranger under a known key id": (token(key=STRANGE_KEY, header={"kid": KEY.kid}), CANNOT),
    "key id missing": (token(header={"kid": None}), CANNOT),
    "unsigned": (unsigned(), CANNOT),
    "HS256 with the public key": (confused(KEY.as_pem(private=False)), CANNOT),
    "HS256 with the public key as JSON": (confused(json.dumps(KEY.as_dict(private=False)).encode()), CANNOT),
    "altered claims": (altered(token(), sub="PER_2"), CANNOT),
    "signature cut off": (token().rsplit(".", 1)[0] + ".", CANNOT),
    "typ JWT": (token(header={"typ": "JWT"}), NOT_ACCESS),
    "typ missing": (token(header={"typ": None}), NOT_ACCESS),
    "another issuer": (token(iss="https://other.example"), OTHER),
    "issuer missing": (token(iss=None), OTHER),
    "another audience": (token(aud="https://other.example/graphql"), OTHER),
    "a longer audience": (token(aud=AUDIENCE + "/"), OTHER),
    "other audiences": (token(aud=["https://other.example"]), OTHER),
    "audience missing": (token(aud=None), OTHER),
    "subject missing": (token(sub=None), LACKS),
    "subject no text": (token(sub=7), LACKS),
    "expiry missing": (token(exp=None), LACKS),
    "expiry no number": (token(exp="tomorrow"), LACKS),
    "issue missing": (token(iat=None), LACKS),
}
GARBAGE = {
    "empty": "",
    "a word": "token",
    "dots": "..",
    "more dots": "....",
    "not base 64": "!.!.!",
    "not JSON": f"{part(b'x')}.{part(b'y')}.{part(b'z')}",
    "header a list": f"{part([])}.{part(claims())}.{part(b'z')}",
    "header a number": f"{part(1)}.{part(claims())}.{part(b'z')}",
    "header null": f"{part(None)}.{part(claims())}.{part(b'z')}",
    "header empty": f"{part({})}.{part(claims())}.{part(b'z')}",
    "algorithm a list": f"{part({'alg': ['ES256']})}.{part(claims())}.{part(b'z')}",
    "key id a list": f"{part({'alg': 'ES256', 'kid': [1]})}.{part(claims())}.{part(b'z')}",
    "key id a number": f"{part({'alg': 'ES256', 'kid': 1})}.{part(claims())}.{part(b'z')}",
    "not ASCII": "ä.ö.ü",
    "a lone surrogate": "\ud800.a.b",
    "nul": "\0",
    "bytes that are no UTF-8": f"{part(bytes([255, 254]))}.{part(claims())}.{part(b'z')}",
    "deep": f"{part(b'[' * 5000)}.{part(claims())}.{part(b'z')}",
    "encrypted": f"{part({'alg': 'dir', 'enc': 'A128GCM'})}.{part(b'a')}.{part(b'b')}.{part(b'c')}.{part(b'd')}",
    "long": "a" * 100_000,
}


@pytest.mark.parametrize("name", ACCEPTED)
async def test_claims_of_a_good_token_names_the_person(name: str) -> None:
    found = await validator().claims_of(ACCEPTED[name], NOW)

    assert found["sub"] == "PER_1"


@pytest.mark.parametrize("name", REFUSED)
async def test_claims_of_a_bad_token_is_refused_with_the_reason(name: str) -> None:
    bad, reason = REFUSED[name]

    with pytest.raises(TokenRefused) as refused:
        await validator().claims_of(bad, NOW)

    assert refused.value.reason == reason


@pytest.mark.parametrize("name", GARBAGE)
async def test_claims_of_garbage_is_refused(name: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        await validator().claims_of(GARBAGE[name], NOW)

    assert refused.value.reason == CANNOT


@pytest.mark.parametrize("remembered", [False, True])
async def test_claims_of_a_token_is_refused_from_expiry_and_leeway_on(remembered: bool) -> None:
    asked = validator()
    given = token()
    end = NOW + timedelta(minutes=10, seconds=LEEWAY_SECONDS)
    if remembered:
        await asked.claims_of(given, NOW)

    last = await asked.claims_of(given, end - timedelta(microseconds=1))
    with pytest.raises(TokenRefused) as refused:
        await asked.claims_of(given, end)

    assert last["sub"] == "PER_1"
    assert refused.value.reason == "The access token has expired."


async def test_claims_of_an_expired_token_is_refused_every_time() -> None:
    asked = validator()
    given = token()
    await asked.claims_of(given, NOW)
    later = NOW + timedelta(hours=1)

    for _ in range(2):
        with pytest.raises(TokenRefused, match="has expired"):
            await asked.claims_of(given, later)


@pytest.mark.parametrize("claim", ["iat", "nbf"])
async def test_claims_of_a_token_of_the_future_is_refused_until_the_leeway(claim: str) -> None:
    asked = validator()
    begins = NOW + timedelta(minutes=5)
    given = token(**{claim: int(begins.timestamp())})
    earliest = begins - timedelta(seconds=LEEWAY_SECONDS)

    with pytest.raises(TokenRefused) as refused:
        await asked.claims_of(given, earliest - timedelta(microseconds=1))
    found = await asked.claims_of(given, earliest)

    assert refused.value.reason == "The access token is not valid yet."
    assert found["sub"] == "PER_1"


async def test_claims_of_a_remembered_token_for_another_validator_are_verified_again() -> None:
    given = token()
    await validator().claims_of(given, NOW)
    elsewhere = TokenValidator(ring(KEY), Trust(ISSUER, "https://other.example"))

    with pytest.raises(TokenRefused) as refused:
        await elsewhere.claims_of(given, NOW)

    assert refused.value.reason == OTHER


async def test_claims_of_many_tokens_keep_the_memory_bounded() -> None:
    asked = validator()
    asked._valid.update((str(number), claims()) for number in range(REMEMBERED_TOKENS))
    given = token()

    await asked.claims_of(given, NOW)

    assert len(asked._valid) == REMEMBERED_TOKENS
    assert ("0" in asked._valid, "1" in asked._valid, given in asked._valid) == (False, True, True)


async def test_sign_token_says_who_asks_and_never_what_they_may_do() -> None:
    signed = sign_token(
        KEY, issuer=ISSUER, audience=AUDIENCE, subject="PER_1", client_id="tests", scopes=["read"], now=NOW, minutes=10
    )

    found = await validator().claims_of(signed, NOW)

    begin = int(NOW.timestamp())
    assert len(found.pop("jti")) == 22
    assert found == {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "PER_1",
        "client_id": "tests",
        "scope": "read",
        "iat": begin,
        "exp": begin + 600,
    }


def test_sign_token_twice_gives_two_tokens() -> None:
    given: dict[str, Any] = {"issuer": ISSUER, "audience": AUDIENCE, "subject": "PER_1", "now": NOW, "minutes": 10}
    given |= {"client_id": "tests", "scopes": ["read"]}

    assert sign_token(KEY, **given) != sign_token(KEY, **given)


async def test_refusal_of_a_token_never_repeats_it() -> None:
    secret = token(key=STRANGE_KEY)

    with pytest.raises(TokenRefused) as refused:
        await validator().claims_of(secret, NOW)

    assert secret not in str(refused.value)
    assert secret not in repr(refused.value)
