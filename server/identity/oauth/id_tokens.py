"""ID tokens (who signed in, for one application), and the proof that a fresh sign-in was required."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from server.identity.tokens import ALGORITHM, LONGEST_TOKEN
from server.models.oauth import Grant

FRESH_SIGN_IN = "fresh-sign-in+jwt"
LONGEST_DETOUR = timedelta(hours=1)
"""How long a person may take to sign in before the application has to ask again."""


def sign_id_token(
    key: ECKey, family: Grant, *, issuer: str, nonce: str | None, access_token: str, now: datetime, minutes: int
) -> str:
    """Sign the ID token for the application of a grant (OpenID Connect Core, section 2)."""
    # at_hash is the left half of the digest (OpenID Connect Core, section 3.1.3.6)
    half = hashlib.sha256(access_token.encode("ascii")).digest()[:16]
    claims = {
        "iss": issuer,
        "sub": family.person_id,
        "aud": family.application_id,
        "iat": _seconds(now),
        "exp": _seconds(now + timedelta(minutes=minutes)),
        "auth_time": _seconds(family.signed_in_at),
        "at_hash": urlsafe_b64encode(half).rstrip(b"=").decode("ascii"),
    }
    claims |= {"amr": family.methods} if family.methods else {}
    claims |= {"nonce": nonce} if nonce else {}
    return jwt.encode({"alg": ALGORITHM, "typ": "JWT", "kid": key.kid}, claims, key)


def read_id_token(token: str, keys: Sequence[ECKey], issuer: str) -> dict[str, Any] | None:
    """Return the claims of an ID token of ours, even of one that has expired; None for anything else."""
    claims = _read(token, keys, typ="JWT")
    if claims is None or claims.get("iss") != issuer or not isinstance(claims.get("aud"), str):
        return None
    return claims


def sign_fresh_since(key: ECKey, parameters: Mapping[str, str], now: datetime) -> str:
    """Sign a proof that at this instant a fresh sign-in was required, for this authorization request only."""
    claims = {"request": _digest(parameters), "iat": now.timestamp()}
    return jwt.encode({"alg": ALGORITHM, "typ": FRESH_SIGN_IN, "kid": key.kid}, claims, key)


def read_fresh_since(
    token: str, keys: Sequence[ECKey], parameters: Mapping[str, str], now: datetime
) -> datetime | None:
    """Return since when this authorization request requires a fresh sign-in; None without a valid proof."""
    claims = _read(token, keys, typ=FRESH_SIGN_IN)
    if claims is None or claims.get("request") != _digest(parameters):
        return None
    since = datetime.fromtimestamp(claims["iat"], UTC)
    return since if now - since < LONGEST_DETOUR else None


def _read(token: str, keys: Sequence[ECKey], *, typ: str) -> dict[str, Any] | None:
    if not token or len(token) > LONGEST_TOKEN:
        return None
    try:
        decoded = jwt.decode(token, KeySet(list(keys)), algorithms=[ALGORITHM])
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None
    # the type tells an ID token from a proof and from an access token, which the same keys sign
    return decoded.claims if decoded.header.get("typ") == typ else None


def _digest(parameters: Mapping[str, str]) -> str:
    return hashlib.sha256(urlencode(sorted(parameters.items())).encode("ascii")).hexdigest()


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
