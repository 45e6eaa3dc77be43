"""Refresh tokens (RFC 6749, section 6): each is used once and gives the next; using one twice ends the grant."""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from authlib.oauth2.rfc6749 import InvalidGrantError
from authlib.oauth2.rfc6749.grants import RefreshTokenGrant
from sqlalchemy.orm import Session

from server.identity.oauth.clients import EVERY_METHOD
from server.identity.oauth.families import REUSED, claim, find_live, forget_expired, revoke_family
from server.identity.secrets import digest_of, new_secret
from server.models.oauth import Grant, RefreshToken


class PresentedToken(NamedTuple):
    """A refresh token that a client presents, in the form that Authlib expects."""

    row: RefreshToken
    family: Grant

    def check_client(self, client: Any) -> bool:
        """Return whether the token belongs to this client."""
        return bool(self.family.application_id == client.id)

    def get_scope(self) -> str:
        """Return the granted scopes, separated by spaces."""
        return " ".join(self.family.scopes)


def add_refresh_token(session: Session, grant_id: str, now: datetime, *, days: int) -> str:
    """Add a refresh token to a grant and return its secret; it expires after `days` if it is not used."""
    forget_expired(session, RefreshToken, now)
    secret = new_secret()
    expires_at = now + timedelta(days=days)
    session.add(RefreshToken(token_digest=digest_of(secret), grant_id=grant_id, expires_at=expires_at))
    return secret


class RefreshGrant(RefreshTokenGrant):
    """Refresh tokens at the token endpoint.

    The scope may be narrowed for one access token, never widened.
    """

    TOKEN_ENDPOINT_AUTH_METHODS = EVERY_METHOD
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> PresentedToken | None:
        """Return the token if it belongs to this client and can be used, None otherwise.

        The client is checked first: no client can use up or end the token of another. A token that was used before
        revokes its grant (RFC 9700, section 4.14.2).
        """
        session, now = self.server.session, self.server.now
        row = session.get(RefreshToken, digest_of(refresh_token))
        family = session.get(Grant, row.grant_id) if row else None
        if row is None or family is None or family.application_id != self.request.client.id:
            return None
        if row.used_at is not None:
            revoke_family(session, family.id, now, because=REUSED)
            return None
        return PresentedToken(row, family) if now < row.expires_at else None

    def authenticate_user(self, refresh_token: PresentedToken) -> Grant:
        """Claim the refresh token: mark it used and return its grant.

        Raise InvalidGrantError if the token was used before, which revokes its grant, or if the grant holds no more.
        """
        session, now, row = self.server.session, self.server.now, refresh_token.row
        if not claim(session, RefreshToken, RefreshToken.token_digest == row.token_digest, now):
            revoke_family(session, row.grant_id, now, because=REUSED)
            raise InvalidGrantError()
        family = find_live(session, row.grant_id)
        if family is None:
            raise InvalidGrantError()
        return family

    def revoke_old_credential(self, refresh_token: PresentedToken) -> None:
        """Do nothing: `authenticate_user` marked the token used."""
