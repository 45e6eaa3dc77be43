"""What every web room needs of one server: its settings, its database, its clock, and who it believes."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from prometheus_client import CollectorRegistry, Counter

from server.identity.keys import find_keys, signing_keys
from server.identity.provider import Provider
from server.identity.sessions import SessionLimits
from server.identity.settings import IdentitySettings
from server.identity.tokens import KeyRing, TokenValidator, Trust
from server.kernel.actor import Actor
from server.kernel.clock import Clock, utc_now
from server.storage.database import Database


class Site:
    """One server and its settings, database and clock.

    `validator` says which access tokens are valid here: those of the embedded issuer, or those of the external
    `provider` where the settings name one.
    """

    def __init__(self, settings: IdentitySettings, database: Database, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.database = database
        self.clock = clock
        self.registry = CollectorRegistry()
        self._sign_ins = Counter("sign_ins_total", "Sign-ins by outcome.", ("outcome",), registry=self.registry)
        self.provider = Provider(settings, self.now) if settings.oidc_issuer else None
        self.validator = self.provider.access_tokens if self.provider else self._own_tokens()

    async def start(self) -> None:
        """Read the keys by which tokens are verified.

        The embedded issuer makes its first key; an external provider that is down is asked again at the next sign-in.
        """
        now = self.now()
        if self.provider:
            await self.validator.keys.key_of("", now)
            return
        newest = (await signing_keys(self.database, now))[0]
        self.validator = self._own_tokens()
        await self.validator.keys.key_of(str(newest.kid), now)

    def now(self) -> datetime:
        """Return the present instant."""
        return self.clock()

    def admit(self, actor: Actor) -> Actor:
        """Return the actor with what this server opens to everybody, by its setting."""
        return replace(actor, is_public=True) if self.settings.open_editions else actor

    def note_sign_in(self, outcome: str) -> None:
        """Count a sign-in: "done", "failed" or "throttled"."""
        self._sign_ins.labels(outcome).inc()

    def note_failed_sign_in(self, reason: str, *, person: str | None = None) -> None:
        """Count and log a sign-in that failed, of a person who exists or of nobody known (None)."""
        self.note_sign_in("failed")
        structlog.get_logger("server.identity").warning("sign-in failed", reason=reason, person=person)

    @property
    def session_limits(self) -> SessionLimits:
        """How long a browser stays signed in."""
        settings = self.settings
        return SessionLimits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))

    def _own_tokens(self) -> TokenValidator:
        trust = Trust(self.settings.issuer, self.settings.token_audience)
        return TokenValidator(KeyRing(lambda: find_keys(self.database)), trust)
