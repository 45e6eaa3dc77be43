"""How somebody makes a token that no library would make for them."""

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from httpx2 import Response
from joserfc.jwk import ECKey

from server.identity.keys import signing_keys
from tests.factories.api import Api

WHO = "{ viewer { delegate { party { shortName } } } }"


def part(value: Any) -> str:
    """Encode one part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged(key: ECKey, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """Sign exactly this header and these claims with ECDSA by a key, whatever the header says."""
    signed = f"{part(header)}.{part(claims)}"
    private: Any = key.private_key
    r, s = decode_dss_signature(private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{part(r.to_bytes(32) + s.to_bytes(32))}"


def keyed(secret: bytes, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """Sign exactly this header and these claims with an HMAC."""
    signed = f"{part(header)}.{part(claims)}"
    return f"{signed}.{part(hmac.digest(secret, signed.encode(), 'sha256'))}"


def good_header(key: ECKey, **changed: Any) -> dict[str, Any]:
    """Return the header that the embedded issuer writes, with changes; None leaves one out."""
    header = {"alg": "ES256", "typ": "at+jwt", "kid": key.kid} | changed
    return {name: value for name, value in header.items() if value is not None}


def good_claims(api: Api, person: str = "secretariat", **changed: Any) -> dict[str, Any]:
    """Return good claims for a person by key, with changes; None leaves one out."""
    now = api.world.clock.now
    claims = {
        "iss": api.settings.issuer,
        "aud": api.settings.token_audience,
        "sub": api.world.persons[person],
        "client_id": "tests",
        "scope": "read comment write secretariat administer",
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(minutes=10)).timestamp()),
        "jti": "once",
    } | changed
    return {name: value for name, value in claims.items() if value is not None}


async def own_key(api: Api) -> ECKey:
    """Return the key with which the embedded issuer signs."""
    return (await signing_keys(api.world.database, api.world.clock.now))[0]


async def shown(api: Api, token: str, **headers: str) -> Response:
    """Present a token, ask who the caller is, and return the answer."""
    given = {"authorization": f"Bearer {token}", **headers}
    return await api._client.post("/graphql", json={"query": WHO}, headers=given)


def is_challenge(response: Response) -> bool:
    """Return whether an answer refuses the credential, with a challenge and without data."""
    body = response.json()
    return (
        response.status_code == 401
        and response.headers["www-authenticate"].startswith('Bearer error="invalid_token"')
        and [error["extensions"]["code"] for error in body["errors"]] == ["UNAUTHENTICATED"]
        and "data" not in body
    )


def party_of(response: Response) -> str | None:
    """Return the short name of the party that asks, None for nobody."""
    viewer = response.json()["data"]["viewer"]
    return viewer and str(viewer["delegate"]["party"]["shortName"])
