"""Revocation (RFC 7009) and introspection (RFC 7662), each for an application's own tokens only.

A token of another application is treated as one that does not exist, so that nothing is confirmed about it.
"""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

from collections.abc import Mapping
from typing import Any, NamedTuple

from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc7009 import RevocationEndpoint as AuthlibRevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint as AuthlibIntrospectionEndpoint

from server.identity.oauth.clients import EVERY_METHOD, SECRET_METHODS
from server.identity.oauth.families import BY_APPLICATION, find_live, revoke_family
from server.identity.secrets import digest_of
from server.models.oauth import Grant, RefreshToken


class OwnToken(NamedTuple):
    """A token of the client that presents it: a refresh token, or the verified claims of an access token."""

    family: Grant
    refresh: RefreshToken | None
    claims: Mapping[str, Any]


def find_own_token(server: Any, request: Any, client: Any) -> OwnToken | None:
    """Return the token in a request if it belongs to this client, None otherwise.

    Its kind is recognised, so that no hint is needed. Raise InvalidRequestError if the request holds no token.
    """
    token = request.form.get("token")
    if not token:
        raise InvalidRequestError("The token is missing.")
    row = server.session.get(RefreshToken, digest_of(token))
    claims = {} if row else request.claims
    family = server.session.get(Grant, row.grant_id if row else claims.get("grant", ""))
    if family is None or family.application_id != client.id:
        return None
    return OwnToken(family, row, claims)


class RevocationEndpoint(AuthlibRevocationEndpoint):
    """Revocation: revoking one token revokes its grant, the person's consent and every other token that came of it."""

    CLIENT_AUTH_METHODS = EVERY_METHOD

    def authenticate_token(self, request: Any, client: Any) -> OwnToken | None:
        """Return the token if it belongs to this client, None otherwise."""
        return find_own_token(self.server, request, client)

    def revoke_token(self, token: OwnToken, request: Any) -> None:
        """Revoke the grant of the token."""
        revoke_family(self.server.session, token.family.id, self.server.now, because=BY_APPLICATION)


class IntrospectionEndpoint(AuthlibIntrospectionEndpoint):
    """Introspection, for applications that prove who they are."""

    CLIENT_AUTH_METHODS = SECRET_METHODS

    def authenticate_token(self, request: Any, client: Any) -> OwnToken | None:
        """Return the token if it belongs to this client, None otherwise."""
        return find_own_token(self.server, request, client)

    def create_introspection_payload(self, token: OwnToken | None) -> dict[str, Any]:
        """Return the claims of a token in force; of any other token only that it is not active (RFC 7662)."""
        server = self.server
        family = find_live(server.session, token.family.id) if token else None
        if token is None or family is None:
            return {"active": False}
        if token.refresh is None:
            names = ("iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti")
            return {"active": True, "token_type": "Bearer"} | {name: token.claims[name] for name in names}
        if token.refresh.used_at is not None or server.now >= token.refresh.expires_at:
            return {"active": False}
        return {
            "active": True,
            "iss": server.settings.issuer,
            "sub": family.person_id,
            "client_id": family.application_id,
            "scope": " ".join(family.scopes),
            "exp": int(token.refresh.expires_at.timestamp()),
        }
