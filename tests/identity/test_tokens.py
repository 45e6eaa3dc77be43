"""Access tokens: what is accepted, and what is not. The same table for the embedded issuer and for an external provider
whose keys come over HTTP."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from server.identity.keys import new_key
from server.identity.provider import Provider
from server.identity.tokens import (
    REMEMBERED_TOKENS,
    KeyRing,
    TokenRefused,
    TokenValidator,
    Trust,
    sign_token,
)
from tests.factories.provider import AUDIENCE, SecondIssuer, key_for, second_issuer, signed
from tests.factories.provider import claims as timed
from tests.factories.world import NOW

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # still what many providers sign with

EXTERNAL = ("ES256", "RS256", "PS256", "EdDSA", "Ed25519")
CANNOT, NOT_ACCESS = "The access token cannot be verified.", "This is not an access token."
OTHER, LACKS = "The access token is for another server.", "The access token lacks a claim."


class Side:
    """One issuer that is trusted: it signs with two keys, a stranger has a third of the same kind."""

    def __init__(self, issuer: str, algorithm: str, validator: Callable[[], TokenValidator]) -> None:
        self.issuer, self.algorithm, self.validator = issuer, algorithm, validator
        self.key, self.second_key, self.strange_key = (key_for(algorithm, name) for name in ("1", "2", "stranger"))

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Good claims with changes; a claim changed to None is left out."""
        return timed(**self._named() | changed)

    def token(self, *, key: Any = None, header: dict[str, Any] | None = None, **changed: Any) -> str:
        """A signed token with changed header or claims."""
        return signed(key or self.key, header, **self._named() | changed)

    def _named(self) -> dict[str, Any]:
        return {"iss": self.issuer, "aud": AUDIENCE, "sub": "PER_1", "client_id": "tests"}

    def unsigned(self) -> str:
        """A token that says it needs no signature."""
        return f"{part({'alg': 'none', 'typ': 'at+jwt'})}.{part(self.claims())}."

    def confused(self, secret: bytes) -> str:
        """A token signed as HS256 with the public key as the secret, the oldest trick."""
        head = part({"alg": "HS256", "typ": "at+jwt", "kid": self.key.kid})
        content = f"{head}.{part(self.claims())}"
        return f"{content}.{part(hmac.digest(secret, content.encode(), 'sha256'))}"

    def altered(self, **changed: Any) -> str:
        """A token with other claims under the old signature."""
        head, _, signature = self.token().split(".")
        return f"{head}.{part(self.claims(**changed))}.{signature}"


def part(value: Any) -> str:
    """One part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def ring(*keys: Any) -> KeyRing:
    """Keys that are there at once."""

    async def load() -> list[Any]:
        return list(keys)

    return KeyRing(load)


@pytest.fixture(scope="module")
def provider() -> Iterator[SecondIssuer]:
    """An external provider that publishes two keys of every kind."""
    with second_issuer() as issuer:
        issuer.keys = [key_for(algorithm, name) for algorithm in EXTERNAL for name in ("1", "2")]
        yield issuer


@pytest.fixture(params=["embedded", *EXTERNAL])
def side(request: pytest.FixtureRequest) -> Side:
    """The embedded issuer, or the external provider with each algorithm; its validator remembers nothing yet."""
    if request.param == "embedded":
        keys, trust = ring(key_for("ES256"), key_for("ES256", "2")), Trust("https://issuer.example", AUDIENCE)
        return Side(trust.issuer, "ES256", lambda: TokenValidator(keys, trust))
    issuer: SecondIssuer = request.getfixturevalue("provider")
    validator = Provider(issuer.settings(), lambda: NOW).access_tokens
    return Side(issuer.address, request.param, lambda: validator)


Made: TypeAlias = Callable[[Side], str]

ACCEPTED: dict[str, Made] = {
    "as it should be": lambda side: side.token(),
    "by another of its keys": lambda side: side.token(key=side.second_key),
    "with the long media type": lambda side: side.token(header={"typ": "application/at+jwt"}),
    "for several audiences": lambda side: side.token(aud=["https://other.example", AUDIENCE]),
    "valid from now": lambda side: side.token(nbf=int(NOW.timestamp())),
    "the application as azp": lambda side: side.token(client_id=None, azp="tests"),
}
REFUSED: dict[str, tuple[Made, str]] = {
    "signed with a key of a stranger": (lambda side: side.token(key=side.strange_key), CANNOT),
    "signed by a stranger under a known key id": (
        lambda side: side.token(key=side.strange_key, header={"kid": side.key.kid}),
        CANNOT,
    ),
    "key id missing": (lambda side: side.token(header={"kid": None}), CANNOT),
    "unsigned": (lambda side: side.unsigned(), CANNOT),
    "HS256 with the public key": (lambda side: side.confused(side.key.as_pem(private=False)), CANNOT),
    "HS256 with the public key as JSON": (
        lambda side: side.confused(json.dumps(side.key.as_dict(private=False)).encode()),
        CANNOT,
    ),
    "altered claims": (lambda side: side.altered(sub="PER_2"), CANNOT),
    "signature cut off": (lambda side: side.token().rsplit(".", 1)[0] + ".", CANNOT),
    "typ JWT": (lambda side: side.token(header={"typ": "JWT"}), NOT_ACCESS),
    "typ missing": (lambda side: side.token(header={"typ": None}), NOT_ACCESS),
    "another issuer": (lambda side: side.token(iss="https://other.example"), OTHER),
    "issuer missing": (lambda side: side.token(iss=None), OTHER),
    "another audience": (lambda side: side.token(aud="https://other.example/graphql"), OTHER),
    "a longer audience": (lambda side: side.token(aud=AUDIENCE + "/"), OTHER),
    "other audiences": (lambda side: side.token(aud=["https://other.example"]), OTHER),
    "audience missing": (lambda side: side.token(aud=None), OTHER),
    "subject missing": (lambda side: side.token(sub=None), LACKS),
    "subject no text": (lambda side: side.token(sub=7), LACKS),
    "application missing": (lambda side: side.token(client_id=None), LACKS),
    "application no text": (lambda side: side.token(client_id=7), LACKS),
    "expiry missing": (lambda side: side.token(exp=None), LACKS),
    "expiry no number": (lambda side: side.token(exp="tomorrow"), LACKS),
    "issue missing": (lambda side: side.token(iat=None), LACKS),
}
BODY = part(timed(iss="https://issuer.example", aud=AUDIENCE, sub="PER_1"))
GARBAGE = {
    "empty": "",
    "a word": "token",
    "dots": "..",
    "more dots": "....",
    "not base 64": "!.!.!",
    "not JSON": f"{part(b'x')}.{part(b'y')}.{part(b'z')}",
    "header a list": f"{part([])}.{BODY}.{part(b'z')}",
    "header a number": f"{part(1)}.{BODY}.{part(b'z')}",
    "header null": f"{part(None)}.{BODY}.{part(b'z')}",
    "header empty": f"{part({})}.{BODY}.{part(b'z')}",
    "algorithm a list": f"{part({'alg': ['ES256']})}.{BODY}.{part(b'z')}",
    "key id a list": f"{part({'alg': 'ES256', 'kid': [1]})}.{BODY}.{part(b'z')}",
    "key id a number": f"{part({'alg': 'ES256', 'kid': 1})}.{BODY}.{part(b'z')}",
    "not ASCII": "ä.ö.ü",
    "a lone surrogate": "\ud800.a.b",
    "nul": "\0",
    "bytes that are no UTF-8": f"{part(bytes([255, 254]))}.{BODY}.{part(b'z')}",
    "deep": f"{part(b'[' * 5000)}.{BODY}.{part(b'z')}",
    "encrypted": f"{part({'alg': 'dir', 'enc': 'A128GCM'})}.{part(b'a')}.{part(b'b')}.{part(b'c')}.{part(b'd')}",
    "long": "a" * 100_000,
}


@pytest.mark.parametrize("name", ACCEPTED)
async def test_caller_of_a_good_token_names_the_person(side: Side, name: str) -> None:
    found = await side.validator().caller_of(ACCEPTED[name](side), NOW)

    assert (found.issuer, found.subject) == (side.issuer, "PER_1")
    assert found.expires_at == NOW + timedelta(minutes=10, seconds=30)


@pytest.mark.parametrize("name", REFUSED)
async def test_caller_of_a_bad_token_is_refused_with_the_reason(side: Side, name: str) -> None:
    bad, reason = REFUSED[name]

    with pytest.raises(TokenRefused) as refused:
        await side.validator().caller_of(bad(side), NOW)

    assert refused.value.reason == reason


@pytest.mark.parametrize("name", GARBAGE)
async def test_claims_of_garbage_is_refused(side: Side, name: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        await side.validator().claims_of(GARBAGE[name], NOW)

    assert refused.value.reason == CANNOT


async def test_claims_of_a_token_of_more_than_8192_characters_is_refused() -> None:
    key, trust = key_for("ES256"), Trust("https://issuer.example", AUDIENCE)
    side = Side(trust.issuer, "ES256", lambda: TokenValidator(ring(key), trust))
    by_length = {len(token): token for size in range(5700, 6000) if (token := side.token(padding="x" * size))}

    longest = await side.validator().claims_of(by_length[8192], NOW)
    with pytest.raises(TokenRefused) as refused:
        await side.validator().claims_of(by_length[8193], NOW)

    assert longest["sub"] == "PER_1"
    assert refused.value.reason == CANNOT


async def test_keys_that_are_known_are_read_anew_after_ten_minutes() -> None:
    keys = ring(key_for("ES256"))
    loads = []
    for seconds in (0, 599, 600, 1199, 1200):
        assert await keys.key_of(key_for("ES256").kid, NOW + timedelta(seconds=seconds)) is not None
        loads.append(keys.loads)

    assert loads == [1, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("given", "scopes"),
    [
        ({"scope": "read write"}, {"read", "write"}),
        ({"scope": "openid read other:read"}, {"read"}),
        ({"scp": ["comment", "secretariat"]}, {"comment", "secretariat"}),
        ({"scope": ["administer", 7]}, {"administer"}),
        ({}, set()),
        ({"scope": 7}, set()),
        ({"scope": {"read": True}}, set()),
    ],
)
async def test_caller_of_a_token_has_our_scopes_of_those_in_it(
    side: Side, given: dict[str, Any], scopes: set[str]
) -> None:
    found = await side.validator().caller_of(side.token(**given), NOW)

    assert set(found.scopes) == scopes


@pytest.mark.parametrize("remembered", [False, True])
async def test_claims_of_a_token_is_refused_from_expiry_and_leeway_on(side: Side, remembered: bool) -> None:
    asked, given = side.validator(), side.token()
    end = NOW + timedelta(minutes=10, seconds=30)
    if remembered:
        await asked.claims_of(given, NOW)

    last = await asked.claims_of(given, end - timedelta(microseconds=1))
    with pytest.raises(TokenRefused) as refused:
        await asked.claims_of(given, end)

    assert last["sub"] == "PER_1"
    assert refused.value.reason == "The access token has expired."


async def test_claims_of_an_expired_token_is_refused_every_time(side: Side) -> None:
    asked, given = side.validator(), side.token()
    await asked.claims_of(given, NOW)
    later = NOW + timedelta(hours=1)

    for _ in range(2):
        with pytest.raises(TokenRefused, match="has expired"):
            await asked.claims_of(given, later)


@pytest.mark.parametrize("claim", ["iat", "nbf"])
async def test_claims_of_a_token_of_the_future_is_refused_until_the_leeway(side: Side, claim: str) -> None:
    asked = side.validator()
    begins = NOW + timedelta(minutes=5)
    given = side.token(**{claim: int(begins.timestamp())})
    earliest = begins - timedelta(seconds=30)

    with pytest.raises(TokenRefused) as refused:
        await asked.claims_of(given, earliest - timedelta(microseconds=1))
    found = await asked.claims_of(given, earliest)

    assert refused.value.reason == "The access token is not valid yet."
    assert found["sub"] == "PER_1"


async def test_claims_of_a_remembered_token_for_another_validator_are_verified_again(side: Side) -> None:
    given = side.token()
    await side.validator().claims_of(given, NOW)
    elsewhere = TokenValidator(ring(side.key), Trust(side.issuer, "https://other.example", (side.algorithm,)))

    with pytest.raises(TokenRefused) as refused:
        await elsewhere.claims_of(given, NOW)

    assert refused.value.reason == OTHER


async def test_claims_of_many_tokens_keep_the_memory_bounded(side: Side) -> None:
    asked, last, one_more = side.validator(), side.token(), side.token(sub="PER_2")
    asked._valid.update((str(number), ("", side.claims())) for number in range(1, REMEMBERED_TOKENS))

    sizes = []
    for given in (last, one_more):
        await asked.claims_of(given, NOW)
        sizes.append(len(asked._valid))

    assert sizes == [REMEMBERED_TOKENS] * 2
    kept = [name in asked._valid for name in ("1", "2", last, one_more)]
    assert kept == [False, True, True, True]


GIVEN: dict[str, Any] = {
    "issuer": "https://issuer.example",
    "audience": AUDIENCE,
    "subject": "PER_1",
    "client_id": "tests",
    "scopes": ["read"],
    "now": NOW,
    "minutes": 10,
}


async def test_sign_token_says_who_asks_and_never_what_they_may_do() -> None:
    key = new_key()

    found = await TokenValidator(ring(key), Trust(GIVEN["issuer"], AUDIENCE)).claims_of(sign_token(key, **GIVEN), NOW)

    begin = int(NOW.timestamp())
    assert len(found.pop("jti")) == 22
    assert found == {
        "iss": GIVEN["issuer"],
        "aud": AUDIENCE,
        "sub": "PER_1",
        "client_id": "tests",
        "scope": "read",
        "iat": begin,
        "exp": begin + 600,
    }


def test_sign_token_twice_gives_two_tokens() -> None:
    key = new_key()

    assert sign_token(key, **GIVEN) != sign_token(key, **GIVEN)


async def test_token_of_the_embedded_issuer_is_refused_where_a_provider_is_trusted(provider: SecondIssuer) -> None:
    key = key_for("ES256")
    validator = Provider(provider.settings(), lambda: NOW).access_tokens

    reasons = []
    for bad in (sign_token(new_key(), **GIVEN), sign_token(key, **GIVEN)):
        with pytest.raises(TokenRefused) as refused:
            await validator.caller_of(bad, NOW)
        reasons.append(refused.value.reason)

    assert reasons == [CANNOT, OTHER]


async def test_token_with_an_algorithm_off_the_list_is_refused_though_the_key_fits(provider: SecondIssuer) -> None:
    key = RSAKey.generate_key(2048, {"kid": "for any algorithm"})
    provider.keys.append(key)
    validator = Provider(provider.settings(), lambda: NOW).access_tokens
    given = {"iss": provider.address, "aud": AUDIENCE, "sub": "PER_1", "client_id": "tests"}
    good, bad = (
        jwt.encode({"alg": algorithm, "typ": "at+jwt", "kid": key.kid}, timed(**given), key, algorithms=[algorithm])
        for algorithm in ("RS256", "RS512")
    )

    found = await validator.caller_of(good, NOW)
    with pytest.raises(TokenRefused) as refused:
        await validator.caller_of(bad, NOW)

    assert (found.subject, refused.value.reason) == ("PER_1", CANNOT)


async def test_token_of_the_type_jwt_is_accepted_only_where_the_settings_say_so(provider: SecondIssuer) -> None:
    given = provider.token(key=key_for("ES256"), header={"typ": "JWT"}, sub="PER_1")
    strict, lenient = (
        Provider(provider.settings(oidc_any_token_type=any_type), lambda: NOW).access_tokens
        for any_type in (False, True)
    )

    found = await lenient.caller_of(given, NOW)
    with pytest.raises(TokenRefused) as refused:
        await strict.caller_of(given, NOW)

    assert (found.subject, refused.value.reason) == ("PER_1", NOT_ACCESS)


async def test_token_for_the_audience_of_the_settings_is_accepted_and_another_refused(provider: SecondIssuer) -> None:
    validator = Provider(provider.settings(oidc_audience="api://intersession"), lambda: NOW).access_tokens
    key = key_for("ES256")

    found = await validator.caller_of(provider.token(key=key, aud="api://intersession", sub="PER_1"), NOW)
    with pytest.raises(TokenRefused) as refused:
        await validator.caller_of(provider.token(key=key), NOW)

    assert (found.subject, refused.value.reason) == ("PER_1", OTHER)


async def test_refusal_of_a_token_never_repeats_it(side: Side) -> None:
    secret = side.token(key=side.strange_key)

    with pytest.raises(TokenRefused) as refused:
        await side.validator().claims_of(secret, NOW)

    assert secret not in str(refused.value)
    assert secret not in repr(refused.value)
