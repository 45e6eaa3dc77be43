"""Access tokens: the embedded issuer signs them (RFC 9068, ES256), and any resource server validates them.

A token says who asks, never what they may do: party, capacity and functions come from the database at each request.
"""

import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

ALGORITHM = "ES256"
LEEWAY_SECONDS = 30
REMEMBERED_TOKENS = 4096


class TokenRefused(Exception):
    """A presented token is not valid. `reason` may be shown to the bearer; it never repeats the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_key() -> ECKey:
    """A new ES256 key with a random key id."""
    return ECKey.generate_key("P-256", {"kid": secrets.token_urlsafe(12), "use": "sig", "alg": ALGORITHM})


def sign_token(key: ECKey, *, issuer: str, audience: str, subject: str, now: datetime, minutes: int) -> str:
    """An access token for the person with the id `subject`, valid from `now` for `minutes`."""
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": subject,
        "client_id": "intersession-cli",
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(minutes=minutes)).timestamp()),
        "jti": secrets.token_urlsafe(16),
    }
    return jwt.encode({"alg": ALGORITHM, "typ": "at+jwt", "kid": key.kid}, claims, key)


class TokenValidator:
    """Validates tokens of one issuer for one audience. A token that was found valid is remembered until it expires,
    in a bounded memory, because verifying a signature costs more than the smallest operation."""

    def __init__(self, keys: KeySet, *, issuer: str, audience: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._valid: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def claims_of(self, token: str, now: datetime) -> dict[str, Any]:
        """The verified claims. Raises `TokenRefused`: wrong signature, algorithm, type, issuer, audience, or time."""
        claims = self._valid.get(token)
        if claims is None:
            claims = self._verified(token)
            self._valid[token] = claims
            if len(self._valid) > REMEMBERED_TOKENS:
                self._valid.popitem(last=False)
        seconds = now.timestamp()
        if seconds >= claims["exp"] + LEEWAY_SECONDS:
            self._valid.pop(token, None)
            raise TokenRefused("The access token has expired.")
        if seconds < claims.get("nbf", claims["iat"]) - LEEWAY_SECONDS:
            raise TokenRefused("The access token is not valid yet.")
        return claims

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            decoded = jwt.decode(token, self._keys, algorithms=[ALGORITHM])
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise TokenRefused("The access token cannot be verified.") from error
        claims = decoded.claims
        if decoded.header.get("typ") not in ("at+jwt", "application/at+jwt"):
            raise TokenRefused("This is not an access token.")
        audience = claims.get("aud")
        if claims.get("iss") != self._issuer or self._audience not in (
            audience if isinstance(audience, list) else [audience]
        ):
            raise TokenRefused("The access token is for another server.")
        if not all(isinstance(claims.get(name), int) for name in ("exp", "iat")) or not isinstance(
            claims.get("sub"), str
        ):
            raise TokenRefused("The access token lacks a claim.")
        return claims
