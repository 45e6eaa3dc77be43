"""An external OpenID provider: its metadata, its keys, and the person it vouches for when a code comes back.

What it says is believed only over https (or from this very machine), within limits of time and size, and never by way
of a redirect. A provider that cannot be reached leaves everything as it was.
"""

# mypy: disable-error-code="import-untyped"

import asyncio
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from ssl import SSLContext
from typing import Any, NamedTuple
from urllib.parse import quote_plus

import orjson
import structlog
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from httpx2 import AsyncClient, BasicAuth, HTTPError, InvalidURL, Response, create_ssl_context
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from server.identity.roles import RoleMap
from server.identity.settings import IdentitySettings
from server.identity.tokens import ACCESS_TOKEN, KeyRing, TokenRefused, TokenValidator, Trust
from server.identity.vouching import Vouched, name_of, verified_email_of
from server.kernel.addresses import is_protected

DISCOVERY = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
ID_TOKEN = frozenset({"jwt"})
SCOPE = "openid profile email"
"""What is asked of the provider for a sign-in: who it is, their name and their e-mail address."""
SECONDS = 5.0
"""Longest time that one answer of the provider may take, in seconds."""
LARGEST_ANSWER = 262_144
"""Largest answer of the provider that is read, in bytes."""
LONGEST_SUBJECT = 255
"""Longest name that a provider may give a person (OpenID Connect Core 2), in characters."""
_KINDS: dict[str, type[RSAKey] | type[ECKey] | type[OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}


class ProviderFailed(Exception):
    """Raised when the provider cannot be reached or its answer is not acceptable. The words are for the log."""


class Description(NamedTuple):
    """What the provider says of itself (OpenID Connect Discovery).

    With `names_itself` its answers to the browser carry `iss` (RFC 9207).
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    names_itself: bool


class Provider:
    """One external provider. `access_tokens` says which of its tokens are valid here, by the keys that it publishes."""

    COOL_DOWN = timedelta(seconds=30)
    FRESH = timedelta(minutes=10)

    def __init__(self, settings: IdentitySettings, now: Callable[[], datetime]) -> None:
        self.issuer = settings.oidc_issuer
        self.client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret.get_secret_value()
        self._now = now
        self._description: Description | None = None
        self._asked_at: datetime | None = None
        self._asking = asyncio.Lock()
        self._last_keys: list[Key] = []
        self._roles = RoleMap(settings.oidc_roles_claim, settings.oidc_role_map)
        self._keys = KeyRing(self._current_keys)
        audience = settings.oidc_audience or settings.token_audience
        types = ACCESS_TOKEN | ID_TOKEN if settings.oidc_any_token_type else ACCESS_TOKEN
        self.access_tokens = TokenValidator(self._keys, Trust(self.issuer, audience, ALGORITHMS, types, self._roles))
        self._id_tokens = TokenValidator(self._keys, Trust(self.issuer, self.client_id, ALGORITHMS, ID_TOKEN))

    async def description(self) -> Description:
        """Return what the provider says of itself, read anew every few minutes.

        After a failure return the last description known. Without one raise ProviderFailed, and do not ask again before
        `COOL_DOWN` is over.
        """
        async with self._asking:
            pause = self.FRESH if self._description else self.COOL_DOWN
            if self._asked_at is None or abs(self._now() - self._asked_at) >= pause:
                self._asked_at = self._now()
                try:
                    document = await _fetched("GET", self.issuer.rstrip("/") + DISCOVERY)
                    self._description = _description_of(document, self.issuer)
                except ProviderFailed as failure:
                    self._log(failure)
        if self._description is None:
            raise ProviderFailed("The provider has not said anything of itself yet.")
        return self._description

    async def address_to_sign_in(self, *, state: str, nonce: str, verifier: str, redirect_uri: str) -> str:
        """Return the address to which the browser is sent: the authorization request, for a code with PKCE (S256).

        Raise ProviderFailed.
        """
        endpoint = (await self.description()).authorization_endpoint
        parameters = {
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        return str(prepare_grant_uri(endpoint, self.client_id, "code", redirect_uri, SCOPE, state, **parameters))

    async def ensure_named(self, iss: str | None) -> None:
        """Raise ProviderFailed when an answer came from another provider than the one asked (RFC 9207)."""
        if iss is None and (await self.description()).names_itself:
            raise ProviderFailed("The answer does not say from which provider it is.")
        if iss is not None and iss != self.issuer:
            raise ProviderFailed("The answer is from another provider.")

    async def vouched(self, code: str, *, verifier: str, nonce: str, redirect_uri: str) -> Vouched:
        """Exchange a code and return the person for whom the provider vouches.

        Raise ProviderFailed.
        """
        description = await self.description()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        tokens = await self._exchanged(description.token_endpoint, form | {"code_verifier": verifier})
        signed = await self._identified(tokens.get("id_token"), nonce)
        described: dict[str, Any] = {}
        access_token = str(tokens.get("access_token", ""))
        if description.userinfo_endpoint and access_token:
            bearer = {"authorization": f"Bearer {access_token}"}
            described = await _fetched("GET", description.userinfo_endpoint, headers=bearer)
            if described.get("sub") != signed["sub"]:
                raise ProviderFailed("What is said of the person is said of another.")
        claims = described | signed
        roles = await self._claims_with_roles(claims, access_token)
        return Vouched(
            subject=claims["sub"],
            name=name_of(signed, described),
            email=verified_email_of(signed, described),
            capacities=self._roles.capacities_of(roles),
            parties=self._roles.parties_of(roles),
        )

    async def _exchanged(self, endpoint: str, form: dict[str, str]) -> dict[str, Any]:
        """Return the tokens for a code, as a client with a secret (client_secret_basic) or without (none)."""
        if not self._secret:
            return await _fetched("POST", endpoint, data=form | {"client_id": self.client_id})
        secret = BasicAuth(quote_plus(self.client_id), quote_plus(self._secret))
        return await _fetched("POST", endpoint, data=form, auth=secret)

    async def _identified(self, id_token: object, nonce: str) -> dict[str, Any]:
        """Return the claims of the ID token that answers this very sign-in (OpenID Connect Core 3.1.3.7).

        Raise ProviderFailed.
        """
        try:
            claims = await self._id_tokens.claims_of(str(id_token or ""), self._now())
        except TokenRefused as refused:
            raise ProviderFailed(f"ID token: {refused.reason}") from refused
        if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT or not claims["sub"].isprintable():
            raise ProviderFailed("The subject of the ID token is not well-formed.")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self.client_id) != self.client_id:
            raise ProviderFailed("The ID token is for another application.")
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise ProviderFailed("The ID token answers another sign-in.")
        return claims

    async def _claims_with_roles(self, claims: dict[str, Any], access_token: str) -> Mapping[str, Any]:
        """Return the claims that hold the roles: the person's, else those of an access token that is meant for us."""
        if self._roles.capacities_of(claims):
            return claims
        try:
            access = await self.access_tokens.claims_of(access_token, self._now())
        except TokenRefused:
            return {}
        return access if access["sub"] == claims["sub"] else {}

    async def _current_keys(self) -> list[Key]:
        """Return the keys that verify its tokens; those known before where they cannot be read."""
        try:
            listed = (await _fetched("GET", (await self.description()).jwks_uri)).get("keys")
        except ProviderFailed as failure:
            self._log(failure)
            return self._last_keys
        self._last_keys = [key for jwk in (listed if isinstance(listed, list) else []) if (key := _key_of(jwk))]
        return self._last_keys

    def _log(self, failure: ProviderFailed) -> None:
        structlog.get_logger().warning("the OpenID provider cannot be used", issuer=self.issuer, reason=str(failure))


def _description_of(document: dict[str, Any], issuer: str) -> Description:
    if document.get("issuer") != issuer:
        raise ProviderFailed("The provider calls itself otherwise than the settings do.")
    endpoints = {name: str(document.get(name) or "") for name in ENDPOINTS}
    if not all(
        is_protected(endpoint) for name, endpoint in endpoints.items() if endpoint or name != "userinfo_endpoint"
    ):
        raise ProviderFailed("The provider lacks an endpoint, or has one without https.")
    return Description(**endpoints, names_itself=document.get("authorization_response_iss_parameter_supported") is True)


def _key_of(jwk: object) -> Key | None:
    """Return a public key for signatures with an id, None for anything else that a key set may hold."""
    if not isinstance(jwk, dict) or not isinstance(jwk.get("kid"), str) or jwk.get("use", "sig") != "sig":
        return None
    try:
        kind = _KINDS[jwk["kty"]]
        return kind.import_key({name: value for name, value in jwk.items() if name != "d"})
    except (JoseError, ValueError, TypeError, KeyError):
        return None


@cache
def _certificates() -> SSLContext:
    """Return the certificates that are trusted; read once, because that takes longer than an answer."""
    return create_ssl_context()


async def _fetched(method: str, address: str, **sent: Any) -> dict[str, Any]:
    """Return the JSON object that is answered with the status 200. Raise ProviderFailed for any other answer."""
    headers = {"accept": "application/json", "accept-encoding": "identity"} | sent.pop("headers", {})
    try:
        async with (
            asyncio.timeout(SECONDS),
            AsyncClient(verify=_certificates(), follow_redirects=False, timeout=SECONDS) as client,
            client.stream(method, address, headers=headers, **sent) as response,
        ):
            body = await _read(response)
    except (HTTPError, InvalidURL, TimeoutError) as error:
        raise ProviderFailed(f"{address} does not answer: {type(error).__name__}") from error
    if response.status_code != 200:
        raise ProviderFailed(f"{address} answers with the status {response.status_code}")
    return _object_in(body, address)


async def _read(response: Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > LARGEST_ANSWER:
            raise ProviderFailed(f"{response.url} answers at too great a length")
    return bytes(body)


def _object_in(body: bytes, address: str) -> dict[str, Any]:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ProviderFailed(f"{address} does not answer in JSON") from error
    if not isinstance(document, dict):
        raise ProviderFailed(f"{address} does not answer with an object")
    return document
