"""Define the tables of the embedded authorization server: keys, applications, grants, codes and refresh tokens.

Codes and refresh tokens are stored as SHA-256 digests. Access tokens are not stored: each carries the id of its grant,
and is invalid from the moment the grant is revoked.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, Named, choice, lock, order_key, reference, to
from server.models.parties import Delegate, Person
from server.vocabulary.applications import ApplicationKind


class SigningKey(Base):
    """An ES256 key of the embedded issuer. The newest key signs, the two newest verify.

    `jwk` is the private key as a JSON Web Key.
    """

    __tablename__ = "signing_keys"
    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    jwk: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Application(Named, Identified, Base):
    """An OAuth client. Its id is its `client_id`; `secret_digest` is null if it can keep no secret.

    `scopes` are the most that it can be granted. A service account is an application of the kind SERVICE with a
    `person` of its own, who is accredited (`delegate`) like anybody else and signs in by the secret of the application
    only.
    """

    __tablename__ = "applications"
    prefix = "APP"
    name: Mapped[str] = mapped_column(String(120), index=True)
    name_key: Mapped[str] = order_key("name")
    kind: Mapped[ApplicationKind] = choice(ApplicationKind)
    purpose: Mapped[str] = mapped_column(String(400), default="")
    redirect_uris: Mapped[list[str]]
    sign_out_uris: Mapped[list[str]]
    scopes: Mapped[list[str]]
    secret_digest: Mapped[str | None] = mapped_column(String(64))
    person_id: Mapped[str | None] = reference("persons")
    delegate_id: Mapped[str | None] = reference("delegates")
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[str | None] = reference("delegates")
    retired_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    person: Mapped[Person | None] = to("Application.person_id")
    delegate: Mapped[Delegate | None] = to("Application.delegate_id")
    registered_by: Mapped[Delegate | None] = to("Application.registered_by_id")


class Grant(Identified, Base):
    """The things that a person let an application do. All codes and tokens of one consent belong to one grant.

    Revoking it ends all of them at once. `session_id` is the browser session with which it ends; null for a service
    account, and if the person let the application go on while they are away. `methods` says how the person had proved
    who they are, as in the session.
    """

    __tablename__ = "grants"
    prefix = "GRT"
    person_id: Mapped[str] = reference("persons")
    application_id: Mapped[str] = reference("applications")
    session_id: Mapped[str | None] = reference("browser_sessions")
    scopes: Mapped[list[str]]
    signed_in_at: Mapped[datetime]
    methods: Mapped[list[str]] = mapped_column(default=list)
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str | None] = mapped_column(String(80))
    person: Mapped[Person] = to("Grant.person_id")
    application: Mapped[Application] = to("Grant.application_id")


class AuthorizationCode(Base):
    """A code on its way from the browser to the application, valid for a minute and once."""

    __tablename__ = "authorization_codes"
    code_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    grant_id: Mapped[str] = reference("grants")
    redirect_uri: Mapped[str]
    challenge: Mapped[str] = mapped_column(String(128))
    nonce: Mapped[str | None] = mapped_column(String(255))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RefreshToken(Base):
    """A refresh token, valid once: using it gives the next token, using it again later revokes the grant."""

    __tablename__ = "refresh_tokens"
    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    grant_id: Mapped[str] = reference("grants")
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class DeviceRequest(Base):
    """A request of a device without a browser for access (RFC 8628).

    The person types the user code on another device, and there grants or denies access.
    """

    __tablename__ = "device_requests"
    device_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    application_id: Mapped[str] = reference("applications")
    scopes: Mapped[list[str]]
    grant_id: Mapped[str | None] = reference("grants")
    expires_at: Mapped[datetime]
    polled_at: Mapped[datetime | None]
    denied_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
