"""Define the tables for signing in: identities, passwords, second factors, browser sessions, and failed guesses.

Secrets that come back from a browser or a letter are stored as SHA-256 digests only; they are random, so that nobody
can find them from the digest. Passwords are stored as Argon2id hashes.
"""

from datetime import datetime

from sqlalchemy import PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, reference, to
from server.models.parties import Person


class Identity(Base):
    """The identity of a person at an OpenID provider. Only the pair (issuer, subject) identifies a person."""

    __tablename__ = "identities"
    __table_args__ = (PrimaryKeyConstraint("issuer", "subject"),)
    issuer: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(255))
    person_id: Mapped[str] = reference("persons")
    linked_at: Mapped[datetime]


class Password(Base):
    """The password of a person at the embedded issuer, as an Argon2id hash with its salt and parameters."""

    __tablename__ = "passwords"
    person_id: Mapped[str] = reference("persons", primary_key=True)
    hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime]


class PasswordReset(Base):
    """A link by which a person can choose a new password, once."""

    __tablename__ = "password_resets"
    secret_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = reference("persons")
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Authenticator(Base):
    """A person's second factor by time-based codes (RFC 6238).

    It counts once `confirmed_at` is set, so that a new one can be set up beside the one in force. `last_step` is the
    time step of the last code that was accepted, so that no code works twice.
    """

    __tablename__ = "authenticators"
    person_id: Mapped[str] = reference("persons", primary_key=True)
    secret: Mapped[str] = mapped_column(String(64), primary_key=True)
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """A code that stands in for the second factor, once."""

    __tablename__ = "recovery_codes"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = reference("persons")
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A passkey (WebAuthn): the public key of a credential in a person's device or password manager.

    Id and key are base64url.
    """

    __tablename__ = "passkeys"
    credential_id: Mapped[str] = mapped_column(String(700), primary_key=True)
    person_id: Mapped[str] = reference("persons")
    public_key: Mapped[str] = mapped_column(String(2000))
    sign_count: Mapped[int]
    label: Mapped[str] = mapped_column(String(80))
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class PasskeyChallenge(Base):
    """A challenge for a passkey to sign, valid for a few minutes and once.

    `person_id` is the person who adds a passkey, null if the challenge is for signing in.
    """

    __tablename__ = "passkey_challenges"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str | None] = reference("persons")
    expires_at: Mapped[datetime]


class BrowserSession(Identified, Base):
    """A signed-in browser. The cookie holds a random secret; only the digest of it is stored here.

    It ends at `expires_at` at the latest, earlier if it was idle for too long, and at once when `ended_at` is set.
    While `awaits_factor` is set, the password was right and the second factor is still missing: nobody is signed in.
    `methods` says how the person proved who they are ("pwd", "otp", "hwk", "federated"), as in RFC 8176. `capacities`
    caps what the person can be here, if an external provider says so; null is no cap.
    """

    __tablename__ = "browser_sessions"
    prefix = "SES"
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = reference("persons")
    signed_in_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    awaits_factor: Mapped[bool] = mapped_column(default=False)
    methods: Mapped[list[str]]
    capacities: Mapped[list[str] | None]
    browser: Mapped[str] = mapped_column(String(200), default="")
    person: Mapped[Person] = to("BrowserSession.person_id")


class KnownBrowser(Base):
    """A browser in which a person has signed in: a cookie holds a random secret, only the digest of it is stored here.

    It proves nothing about who uses the browser. It only gives the person's guesses there a count of their own, so that
    strangers who guess elsewhere do not keep the person out. Several people may share a browser.
    """

    __tablename__ = "known_browsers"
    secret_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = reference("persons", primary_key=True)
    expires_at: Mapped[datetime]


class FederatedSignIn(Base):
    """A sign-in at the external provider that has begun, with the values that its answer must match.

    It is valid for a few minutes and once.
    """

    __tablename__ = "federated_sign_ins"
    state_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_digest: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128))
    continue_to: Mapped[str]
    expires_at: Mapped[datetime]


class Guesses(Base):
    """Failed attempts to sign in or to guess a code, counted per account and per address.

    `key` is a digest: neither the e-mail address nor the network address is stored. No attempt is accepted before
    `blocked_until`.
    """

    __tablename__ = "guesses"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    first_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
