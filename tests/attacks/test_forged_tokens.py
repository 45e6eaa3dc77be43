"""Tokens that somebody made who must not, presented to the whole application."""

import json
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import serialize_compact

from server.identity.keys import find_keys, new_key, rotate_keys
from server.identity.tokens import LONGEST_TOKEN, KeyRing
from tests.attacks.forging import (
    forged,
    good_claims,
    good_header,
    is_challenge,
    keyed,
    own_key,
    part,
    party_of,
    shown,
)
from tests.factories.api import Api

STRANGER = new_key()
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
AT_HOME = "http://127.0.0.1:9/keys"

Forger = Callable[[ECKey, dict[str, Any]], str]
"""From the issuer's key, of which only the public half is used where not said otherwise, and good claims."""


def by_rsa(key: ECKey, claims: dict[str, Any]) -> str:
    """A proper RS256 token under the id of our key."""
    return serialize_compact({"alg": "RS256", "typ": "at+jwt", "kid": key.kid}, json.dumps(claims).encode(), RSA)


def unsigned(algorithm: str, signature: str = "") -> Forger:
    """A token that says it needs no signature."""
    return lambda key, claims: f"{part(good_header(key, alg=algorithm))}.{part(claims)}.{signature}"


def by_stranger(**header: Any) -> Forger:
    """A token by a key of the attacker's, with a header that recommends it."""
    return lambda key, claims: forged(STRANGER, good_header(key, **header), claims)


def hmac_with(encode: Callable[[ECKey], bytes], algorithm: str = "HS256") -> Forger:
    """A token with the public key as the secret of an HMAC."""
    return lambda key, claims: keyed(encode(key), good_header(key, alg=algorithm), claims)


OWN_JWK = STRANGER.as_dict(private=False)
FORGERIES: dict[str, Forger] = {
    "unsigned": unsigned("none"),
    "unsigned in capitals": unsigned("NONE"),
    "unsigned with a signature": unsigned("none", part(b"signature")),
    "unsigned, algorithm empty": unsigned(""),
    "HMAC with the public key": hmac_with(lambda key: key.as_pem(private=False)),
    "HMAC with the public key as JSON": hmac_with(lambda key: json.dumps(key.as_dict(private=False)).encode()),
    "HMAC with the public key as DER": hmac_with(lambda key: key.as_der(private=False)),
    "HMAC with nothing": hmac_with(lambda key: b""),
    "HMAC with the public key, said to be ES256": hmac_with(lambda key: key.as_pem(private=False), "ES256"),
    "RS256 with an RSA key": by_rsa,
    "RS256 said, signed by our own key": lambda key, claims: forged(key, good_header(key, alg="RS256"), claims),
    "ES384 said, signed by our own key": lambda key, claims: forged(key, good_header(key, alg="ES384"), claims),
    "ES256K said, signed by our own key": lambda key, claims: forged(key, good_header(key, alg="ES256K"), claims),
    "algorithm missing": lambda key, claims: forged(key, good_header(key, alg=None), claims),
    "a stranger's key under our key id": by_stranger(),
    "a stranger's key under its own id": by_stranger(kid=STRANGER.kid),
    "key in the header": by_stranger(jwk=OWN_JWK),
    "key in the header under its own id": by_stranger(jwk=OWN_JWK, kid=OWN_JWK["kid"]),
    "key in the header without an id": by_stranger(jwk=OWN_JWK, kid=None),
    "address of keys in the header": by_stranger(jku=AT_HOME),
    "address of a certificate in the header": by_stranger(x5u=AT_HOME),
    "certificate in the header": by_stranger(x5c=["MIIB"]),
    "key id a path": by_stranger(kid="../../../../dev/null"),
    "key id an address": by_stranger(kid=AT_HOME),
    "key id SQL": by_stranger(kid="' OR '1'='1"),
    "key id very long": by_stranger(kid="k" * 5_000),
    "an extension we must understand": lambda key, claims: forged(
        key, good_header(key, crit=["surprise"], surprise=True), claims
    ),
    "payload not encoded": lambda key, claims: forged(key, good_header(key, crit=["b64"], b64=False), claims),
    "signature of nothing": lambda key, claims: f"{part(good_header(key))}.{part(claims)}.{part(bytes(64))}",
    "signature of another token": lambda key, claims: ".".join(
        [part(good_header(key)), part(claims), forged(key, good_header(key), {"sub": "x"}).rpartition(".")[2]]
    ),
}


async def test_forged_token_is_refused_and_not_repeated(api: Api) -> None:
    key, claims = await own_key(api), good_claims(api)
    tokens = {name: forge(key, claims) for name, forge in FORGERIES.items()}

    answers = {name: await shown(api, token) for name, token in tokens.items()}

    assert [name for name, answer in answers.items() if not is_challenge(answer)] == []
    assert [name for name, answer in answers.items() if tokens[name].rpartition(".")[0] in answer.text] == []


async def test_good_token_made_in_the_same_way_is_accepted(api: Api) -> None:
    key = await own_key(api)

    response = await shown(api, forged(key, good_header(key), good_claims(api)))

    assert party_of(response) == "Secretariat"


@pytest.mark.parametrize("field", ["jku", "x5u"])
async def test_address_in_a_token_is_never_asked(api: Api, field: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/keys"
        token = forged(STRANGER, good_header(STRANGER, **{field: address}), good_claims(api))

        response = await shown(api, token)

        assert is_challenge(response)
        with pytest.raises(BlockingIOError):
            listener.accept()


def claims_with(**changed: Any) -> Callable[[Api], dict[str, Any]]:
    """Good claims with changes."""
    return lambda api: good_claims(api, **changed)


def claims_at(**minutes: int) -> Callable[[Api], dict[str, Any]]:
    """Good claims with times so many minutes from now."""
    return lambda api: good_claims(
        api,
        **{name: int((api.world.clock.now + timedelta(minutes=after)).timestamp()) for name, after in minutes.items()},
    )


WRONG: dict[str, Callable[[Api], dict[str, Any]]] = {
    "audience missing": claims_with(aud=None),
    "audience another server": claims_with(aud="https://elsewhere.example/graphql"),
    "audience our issuer": lambda api: good_claims(api, aud=api.settings.issuer),
    "audience beginning like ours": lambda api: good_claims(api, aud=api.settings.token_audience + "/x"),
    "audience in capitals": lambda api: good_claims(api, aud=api.settings.token_audience.upper()),
    "audiences all foreign": claims_with(aud=["https://a.example", "https://b.example"]),
    "audiences none": claims_with(aud=[]),
    "audience a list in a list": lambda api: good_claims(api, aud=[[api.settings.token_audience]]),
    "audience a key": lambda api: good_claims(api, aud={api.settings.token_audience: True}),
    "issuer missing": claims_with(iss=None),
    "issuer another": claims_with(iss="https://elsewhere.example"),
    "issuer with a slash": lambda api: good_claims(api, iss=api.settings.issuer + "/"),
    "issuers several": lambda api: good_claims(api, iss=[api.settings.issuer]),
    "expired": claims_at(iat=-20, exp=-10),
    "expired before it was issued": claims_at(exp=-1),
    "not valid yet": claims_at(nbf=5),
    "issued in the future": claims_at(iat=5, exp=15),
    "without end": claims_with(exp=None),
    "end in words": claims_with(exp="2099-01-01"),
    "subject missing": claims_with(sub=None),
    "subject nobody": claims_with(sub="PER_nobody"),
    "subject empty": claims_with(sub=""),
    "subject everybody": claims_with(sub="%"),
    "subject a list": lambda api: good_claims(api, sub=[api.world.persons["secretariat"]]),
    "subject an e-mail": claims_with(sub="secretariat@example.org"),
}


async def test_token_signed_by_us_with_wrong_claims_is_refused(api: Api) -> None:
    key = await own_key(api)
    header = good_header(key)

    answers = {name: await shown(api, forged(key, header, claims(api))) for name, claims in WRONG.items()}

    assert [name for name, answer in answers.items() if not is_challenge(answer)] == []


async def test_other_things_that_we_sign_are_no_access_tokens(api: Api) -> None:
    key, claims = await own_key(api), good_claims(api)
    types = ("JWT", None, "id_token", "logout+jwt", "at+jwt+x", "application/jwt", "")

    answers = {typ: await shown(api, forged(key, good_header(key, typ=typ), claims)) for typ in types}

    assert [typ for typ, answer in answers.items() if not is_challenge(answer)] == []
    messages = {answer.json()["errors"][0]["message"] for answer in answers.values()}
    assert messages == {"This is not an access token."}


@pytest.mark.parametrize("length", [LONGEST_TOKEN + 1, 100_000])
async def test_token_that_is_too_long_is_refused_though_it_is_signed(api: Api, length: int) -> None:
    key = await own_key(api)
    padded = forged(key, good_header(key), good_claims(api, padding="x" * length))

    response = await shown(api, padded)

    assert is_challenge(response)


async def test_token_in_another_place_than_the_header_does_not_count_or_is_refused(api: Api) -> None:
    token = await api.token("secretariat")
    body = {"query": "{ viewer { delegate { id } } }", "access_token": token, "extensions": {"access_token": token}}

    by_query = await api._client.post("/graphql", params={"access_token": token}, json=body)
    by_cookie = await api._client.post("/graphql", json=body, headers={"cookie": f"access_token={token}"})
    by_scheme = await api._client.post("/graphql", json=body, headers={"authorization": f"Basic {token}"})

    assert by_cookie.json() == {"data": {"viewer": None}}
    assert [is_challenge(answer) for answer in (by_query, by_scheme)] == [True, True]


async def test_flood_of_unknown_keys_reads_the_keys_once_in_a_while_and_stops_nobody(api: Api) -> None:
    ring: KeyRing = api.app.state.server.validator.keys
    api.world.clock.move(seconds=31)
    before, good, refused = ring.loads, await api.token("upu"), 0

    for number in range(300):
        forgery = forged(STRANGER, good_header(STRANGER, kid=f"unknown-{number}"), good_claims(api))
        refused += is_challenge(await shown(api, forgery))

    assert (refused, ring.loads - before) == (300, 1)
    assert party_of(await shown(api, good)) == "UPU"


async def test_token_after_the_keys_rotated_once_is_accepted_and_after_twice_refused(api: Api) -> None:
    old = await own_key(api)
    tokens = [forged(old, good_header(old), good_claims(api, jti=str(number))) for number in range(2)]
    statuses = []

    for token in tokens:
        api.world.clock.move(seconds=1)
        await rotate_keys(api.world.database, api.world.clock.now)
        api.world.clock.move(seconds=31)
        newest = (await find_keys(api.world.database))[0]
        assert party_of(await shown(api, forged(newest, good_header(newest), good_claims(api)))) == "Secretariat"
        statuses.append((await shown(api, token)).status_code)

    assert statuses == [200, 401]


async def test_token_that_was_accepted_before_its_key_was_rotated_away_is_refused(api: Api) -> None:
    key = await own_key(api)
    forever = int((api.world.clock.now + timedelta(days=3650)).timestamp())
    stolen = forged(key, good_header(key), good_claims(api, exp=forever))
    before = await shown(api, stolen)

    for _ in range(2):
        api.world.clock.move(seconds=1)
        await rotate_keys(api.world.database, api.world.clock.now)
    api.world.clock.move(minutes=10)
    after = await shown(api, stolen)

    assert party_of(before) == "Secretariat"
    assert is_challenge(after)
