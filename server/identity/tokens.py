"""Access tokens: the embedded issuer signs them (RFC 9068, ES256), and every resource server validates them.

A token says who asks and through which application, never what the person may do: party, capacity and functions come
from the database at each request.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key

from server.identity.roles import RoleMap
from server.kernel.actor import Capacity
from server.kernel.scopes import Scope, scopes_of

ALGORITHM = "ES256"
ACCESS_TOKEN = frozenset({"at+jwt", "application/at+jwt"})
"""The types of an access token (RFC 9068, section 4): no other signed token passes for one."""
LEEWAY_SECONDS = 30
"""By how much the clocks of issuer and server may differ."""
REMEMBERED_TOKENS = 4096
LONGEST_TOKEN = 8192
"""Longest token that is looked at, in characters."""


class TokenRefused(Exception):
    """A presented token is not valid. `reason` may be shown to the bearer; it never repeats the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Caller(NamedTuple):
    """What a valid credential says: who (issuer and subject), through an application with which scopes, until when.

    `capacities` is the cap of an external provider, None for no cap; `grant_id` the grant the token came from, "" where
    there is none.
    """

    issuer: str
    subject: str
    scopes: frozenset[Scope]
    expires_at: datetime
    grant_id: str = ""
    capacities: frozenset[Capacity] | None = None


class Trust(NamedTuple):
    """Which tokens are valid: of this issuer, for this audience, signed by these algorithms, of these types."""

    issuer: str
    audience: str
    algorithms: tuple[str, ...] = (ALGORITHM,)
    types: frozenset[str] = ACCESS_TOKEN
    roles: RoleMap = RoleMap()


def sign_token(
    key: ECKey,
    *,
    issuer: str,
    audience: str,
    subject: str,
    client_id: str,
    scopes: Iterable[str],
    now: datetime,
    minutes: int,
    grant_id: str = "",
) -> str:
    """Sign an access token for the person with the id `subject`, valid from `now` for `minutes`."""
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": subject,
        "client_id": client_id,
        "scope": " ".join(sorted(scopes)),
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(minutes=minutes)).timestamp()),
        "jti": secrets.token_urlsafe(16),
    } | ({"grant": grant_id} if grant_id else {})
    return jwt.encode({"alg": ALGORITHM, "typ": "at+jwt", "kid": key.kid}, claims, key)


class KeyRing:
    """The keys by which tokens are verified.

    They are read anew when an unknown key id turns up and every few minutes (`FRESH`), but never more often than once
    in `COOL_DOWN`, however many unknown ids are sent.
    """

    COOL_DOWN = timedelta(seconds=30)
    FRESH = timedelta(minutes=10)

    def __init__(self, load: Callable[[], Awaitable[Iterable[Key]]]) -> None:
        self._load = load
        self._keys: dict[str, Key] = {}
        self._read_at: datetime | None = None
        self._reading = asyncio.Lock()
        self.loads = 0

    async def key_of(self, kid: str, now: datetime) -> Key | None:
        """Return the key with this id, None if there is none; a source that fails leaves the keys as they were."""
        if kid not in self._keys or not self._is_within(self.FRESH, now):
            async with self._reading:
                # asked again: another request may have read the keys while this one waited for the lock
                if not self._is_within(self.COOL_DOWN if kid not in self._keys else self.FRESH, now):
                    self._read_at = now  # before the read: a source that fails is not asked again at once
                    self.loads += 1
                    self._keys = {str(key.kid): key for key in await self._load()}
        return self._keys.get(kid)

    def _is_within(self, time: timedelta, now: datetime) -> bool:
        return self._read_at is not None and abs(now - self._read_at) < time


class TokenValidator:
    """Validates tokens of one issuer for one audience.

    A valid token is remembered until it expires or its key is no longer live, in a bounded memory, because verifying a
    signature costs more than the smallest operation.
    """

    def __init__(self, keys: KeyRing, trust: Trust) -> None:
        self.keys = keys
        self._trust = trust
        self._valid: OrderedDict[str, tuple[str, dict[str, Any]]] = OrderedDict()
        self._callers: OrderedDict[str, Caller] = OrderedDict()
        """The callers of valid tokens, as they were read from the claims."""

    async def claims_of(self, token: str, now: datetime) -> dict[str, Any]:
        """Return the verified claims of a token.

        Raise `TokenRefused` for a wrong signature, algorithm, type, issuer, audience or time.
        """
        kid, claims = self._valid.get(token, ("", {}))
        if not claims or await self.keys.key_of(kid, now) is None:
            kid, unchecked = await self._verify(token, now)
            claims = self._check(unchecked)
            self._valid[token] = kid, claims
            if len(self._valid) > REMEMBERED_TOKENS:
                self._valid.popitem(last=False)  # the one that was added first
        seconds = now.timestamp()
        if seconds >= claims["exp"] + LEEWAY_SECONDS:
            self._valid.pop(token, None)
            raise TokenRefused("The access token has expired.")
        if seconds < claims.get("nbf", claims["iat"]) - LEEWAY_SECONDS:
            raise TokenRefused("The access token is not valid yet.")
        return claims

    async def caller_of(self, token: str, now: datetime) -> Caller:
        """Return the caller that a token names, with the scopes of the token.

        The token must name the application (`client_id`, elsewhere `azp`). Raise `TokenRefused` if it is not valid.
        """
        claims = await self.claims_of(token, now)
        if caller := self._callers.get(token):
            return caller
        caller = self._callers[token] = self._read_caller(claims)
        if len(self._callers) > REMEMBERED_TOKENS:
            self._callers.popitem(last=False)
        return caller

    def _read_caller(self, claims: dict[str, Any]) -> Caller:
        """Return the caller that verified claims name. Raise `TokenRefused` if they name no application."""
        if not isinstance(claims.get("client_id", claims.get("azp")), str):
            raise TokenRefused("The access token lacks a claim.")
        scope = claims.get("scope", claims.get("scp"))
        names = scope.split() if isinstance(scope, str) else map(str, scope) if isinstance(scope, list) else ()
        return Caller(
            issuer=claims["iss"],
            subject=claims["sub"],
            scopes=scopes_of(names),
            expires_at=datetime.fromtimestamp(claims["exp"] + LEEWAY_SECONDS, UTC),
            grant_id=str(claims.get("grant", "")),
            capacities=self._trust.roles.capacities_of(claims),
        )

    async def _verify(self, token: str, now: datetime) -> tuple[str, dict[str, Any]]:
        """Return the id of the key that signed the token, and its claims. Raise `TokenRefused`."""
        try:
            if len(token) > LONGEST_TOKEN:
                raise ValueError("too long")
            header = jws.extract_compact(token.encode("ascii")).headers()
            kid = str(header.get("kid", ""))
            key = await self.keys.key_of(kid, now)
            if key is None:
                raise ValueError("unknown key")
            decoded = jwt.decode(token, key, algorithms=list(self._trust.algorithms))
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise TokenRefused("The access token cannot be verified.") from error
        if str(decoded.header.get("typ", "JWT")).lower() not in self._trust.types:
            raise TokenRefused("This is not an access token.")
        return kid, decoded.claims

    def _check(self, claims: dict[str, Any]) -> dict[str, Any]:
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if claims.get("iss") != self._trust.issuer or self._trust.audience not in audiences:
            raise TokenRefused("The access token is for another server.")
        times = [claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)]
        if not all(isinstance(time, int | float) for time in times) or not isinstance(claims.get("sub"), str):
            raise TokenRefused("The access token lacks a claim.")
        return claims
