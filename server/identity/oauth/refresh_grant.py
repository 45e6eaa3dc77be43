"""Refresh tokens (RFC 6749, section 6): each is used once and gives the next; using one later ends the grant.

The next token is computed from the one before it by the key of the issuer. So a client that sends the same token twice
within `GRACE`, from two tabs or because the answer was lost, gets the same next token, and no secret is kept.
"""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from authlib.oauth2.rfc6749 import InvalidGrantError
from authlib.oauth2.rfc6749.grants import RefreshTokenGrant
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from server.identity.oauth.clients import EVERY_METHOD
from server.identity.oauth.families import REUSED, claim, find_live, forget_expired, revoke_family
from server.identity.secrets import digest_of, new_secret
from server.models.oauth import Grant, RefreshToken

GRACE = timedelta(seconds=30)
"""How long after its use a refresh token gives the same next token again to its client."""


class PresentedToken(NamedTuple):
    """A refresh token that a client presents, in the form that Authlib expects."""

    secret: str
    row: RefreshToken
    family: Grant

    def check_client(self, client: Any) -> bool:
        """Return whether the token belongs to this client."""
        return bool(self.family.application_id == client.id)

    def get_scope(self) -> str:
        """Return the granted scopes, separated by spaces."""
        return " ".join(self.family.scopes)


def add_first_token(session: Session, grant_id: str, now: datetime, *, days: int) -> str:
    """Add the first refresh token of a grant and return its secret; it expires after `days` if it is not used."""
    return _add(session, new_secret(), grant_id, now + timedelta(days=days), now)


def ensure_next_token(
    session: Session, presented: PresentedToken, keys: Sequence[ECKey], now: datetime, *, days: int
) -> str:
    """Return the secret of the refresh token that follows the presented one; add the token at the first use.

    It expires `days` after that use. A token that was used before has one successor, whichever key computed it.
    """
    secrets = [derive_next_secret(presented.secret, key) for key in keys]
    if presented.row.used_at is not None:
        for secret in secrets:
            if session.get(RefreshToken, digest_of(secret)) is not None:
                return secret
    return _add(session, secrets[0], presented.row.grant_id, now + timedelta(days=days), now)


def derive_next_secret(secret: str, key: ECKey) -> str:
    """Return the secret that follows another under a key of the issuer: 256 bits that only this key can compute."""
    private = str(key.as_dict(private=True)["d"]).encode("ascii")
    derived = hmac.digest(private, b"refresh token after " + secret.encode("utf-8"), hashlib.sha256)
    return urlsafe_b64encode(derived).rstrip(b"=").decode("ascii")


def is_void(row: RefreshToken, now: datetime) -> bool:
    """Return whether a refresh token was used so long ago that using it again is a theft and no accident."""
    return row.used_at is not None and now - row.used_at >= GRACE


def _add(session: Session, secret: str, grant_id: str, expires_at: datetime, now: datetime) -> str:
    forget_expired(session, RefreshToken, now)
    session.add(RefreshToken(token_digest=digest_of(secret), grant_id=grant_id, expires_at=expires_at))
    return secret


class RefreshGrant(RefreshTokenGrant):
    """Refresh tokens at the token endpoint.

    The scope may be narrowed for one access token, never widened.
    """

    TOKEN_ENDPOINT_AUTH_METHODS = EVERY_METHOD
    INCLUDE_NEW_REFRESH_TOKEN = False
    """Not by `generate_token`, which makes the first one of a grant: `issue_token` adds the one that follows."""

    def authenticate_refresh_token(self, refresh_token: str) -> PresentedToken | None:
        """Return the token if it belongs to this client and can be used, None otherwise.

        The client is checked first: no client can use up or end the token of another. A token that was used longer ago
        than `GRACE` revokes its grant (RFC 9700, section 4.14.2).
        """
        session, now = self.server.session, self.server.now
        row = session.get(RefreshToken, digest_of(refresh_token))
        family = session.get(Grant, row.grant_id) if row else None
        if row is None or family is None or family.application_id != self.request.client.id:
            return None
        if is_void(row, now):
            revoke_family(session, family.id, now, because=REUSED)
            return None
        return PresentedToken(refresh_token, row, family) if now < row.expires_at else None

    def authenticate_user(self, refresh_token: PresentedToken) -> Grant:
        """Claim the refresh token: mark it used and return its grant.

        Raise InvalidGrantError if the grant holds no more.
        """
        session, now, row = self.server.session, self.server.now, refresh_token.row
        if not claim(session, RefreshToken, RefreshToken.token_digest == row.token_digest, now):
            # Another request used it, at this moment or within the grace. Locked, so that it gets one successor only.
            session.refresh(row, with_for_update=True)
        family = find_live(session, row.grant_id)
        if family is None:
            raise InvalidGrantError()
        return family

    def issue_token(self, user: Grant, refresh_token: PresentedToken) -> Any:
        """Return the tokens for a refresh token, with the refresh token that follows it."""
        server, token = self.server, super().issue_token(user, refresh_token)
        days = server.settings.refresh_days
        return token | {
            "refresh_token": ensure_next_token(server.session, refresh_token, server.keys, server.now, days=days)
        }

    def revoke_old_credential(self, refresh_token: PresentedToken) -> None:
        """Do nothing: `authenticate_user` marked the token used."""
