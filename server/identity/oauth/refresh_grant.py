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
    """A refresh token that came back, as Authlib asks about it."""

    row: RefreshToken
    family: Grant

    def check_client(self, client: Any) -> bool:
        """Whether it is this client's."""
        return bool(self.family.application_id == client.id)

    def get_scope(self) -> str:
        """The scopes granted."""
        return " ".join(self.family.scopes)


def add_refresh_token(session: Session, grant_id: str, now: datetime, *, days: int) -> str:
    """A new refresh token of a grant, good for so many days if it is not used."""
    forget_expired(session, RefreshToken, now)
    secret = new_secret()
    expires_at = now + timedelta(days=days)
    session.add(RefreshToken(token_digest=digest_of(secret), grant_id=grant_id, expires_at=expires_at))
    return secret


class RefreshGrant(RefreshTokenGrant):
    """Refresh tokens at the token endpoint. The scope may be narrowed for one access token, never widened."""

    TOKEN_ENDPOINT_AUTH_METHODS = EVERY_METHOD
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> PresentedToken | None:
        """The token if it can be used. Whose it is comes first: nobody can use up or end what is another client's."""
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
        """The grant of a token, which is used up by asking."""
        session, now, row = self.server.session, self.server.now, refresh_token.row
        if not claim(session, RefreshToken, RefreshToken.token_digest == row.token_digest, now):
            revoke_family(session, row.grant_id, now, because=REUSED)
            raise InvalidGrantError()
        family = find_live(session, row.grant_id)
        if family is None:
            raise InvalidGrantError()
        return family

    def revoke_old_credential(self, refresh_token: PresentedToken) -> None:
        """Nothing: it was used up."""
