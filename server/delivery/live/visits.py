"""Check the caller over a connection that lasts: they are read from the database again and again while it lasts."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from server.delivery.live.hub import Hub, Listener
from server.identity.callers import Callers
from server.identity.sessions import find_session
from server.identity.site import Site
from server.identity.tokens import Caller
from server.kernel.actor import Actor
from server.transport.errors import RequestRefused, Unauthenticated

Watching: TypeAlias = Callable[[], AbstractAsyncContextManager["Watch"]]
ContextOf: TypeAlias = Callable[[Actor, datetime, Any, Watching], Any]
"""Builds the context of one operation: who asks, when, the prepared document, and how to watch what happens."""

RECHECK_SECONDS = 5.0
"""Longest time between two checks of a caller."""


class Visit:
    """One caller over one connection.

    `acting_as` is the party they chose. `secret` is the secret of their cookie, None if they came without one.
    `began_as` is the actor at the beginning: a caller who later speaks as somebody else has to connect again.
    `context_of` builds the context of an operation for those who resolve it.
    """

    def __init__(
        self,
        site: Site,
        hub: Hub,
        caller: Caller | None,
        acting_as: str,
        secret: str | None,
        began_as: Actor,
        context_of: ContextOf,
    ) -> None:
        self._site = site
        self._hub = hub
        self._caller = caller
        self._acting_as = acting_as
        self._secret = secret
        self._began_as = began_as
        self._context_of = context_of

    @property
    def person(self) -> str:
        """The id of the person, "" for nobody."""
        return self._began_as.person_id

    def first_context(self, now: datetime, prepared: Any) -> Any:
        """Return the context of an operation that begins together with the visit, at `now`."""
        return self._build_context(self._began_as, now, prepared)

    async def context(self, prepared: Any) -> Any:
        """Return the context of an operation at this instant. Raise as `actor` does."""
        now = self._site.now()
        return self._build_context(await self.actor(now), now, prepared)

    async def actor(self, now: datetime) -> Actor:
        """Return the caller as they are at `now`. Raise Unauthenticated or RequestRefused if they may not stay."""
        if self._hub.is_closed:
            raise RequestRefused("CLOSING", "The server is closing.", status=503)
        caller = self._caller
        if caller is not None and now >= caller.expires_at:
            raise Unauthenticated(message="The credential has expired.")
        if self._secret is not None and not await self._is_signed_in(self._secret, now):
            raise Unauthenticated(message="The session has ended.")
        actor = await Callers(self._site).actor_of(caller, self._acting_as, now)
        if _identity_of(actor) != _identity_of(self._began_as):
            message = "You do not speak for the same party as when this began. Connect again."
            raise RequestRefused("FORBIDDEN", message, status=403)
        return actor

    async def wait_for_end(self) -> RequestRefused:
        """Wait until the caller may not stay, and return the reason."""
        async with self._hub.listening() as listener:
            while True:
                now = self._site.now()
                try:
                    await self.actor(now)
                except RequestRefused as refusal:
                    return refusal
                left = (self._caller.expires_at - now).total_seconds() if self._caller else RECHECK_SECONDS
                await listener.wait(min(left, RECHECK_SECONDS))

    @asynccontextmanager
    async def watching(self, prepared: Any) -> AsyncIterator["Watch"]:
        """Lend one operation a watch on the journal."""
        async with self._hub.listening() as listener:
            yield Watch(self, listener, prepared)

    def _build_context(self, actor: Actor, now: datetime, prepared: Any) -> Any:
        return self._context_of(actor, now, prepared, partial(self.watching, prepared))

    async def _is_signed_in(self, secret: str, now: datetime) -> bool:
        """Return whether the browser session is in force.

        The check does not count as use of the session: an open page must not keep anybody signed in.
        """
        async with self._site.database.reading() as connection:
            session = await find_session(connection, secret, now, self._site.session_limits)
        return session is not None and not session.awaits_factor


class Watch:
    """The side of a visit that a subscription uses: a new context for each response, and the wait for news."""

    def __init__(self, visit: Visit, listener: Listener, prepared: Any) -> None:
        self._visit = visit
        self._listener = listener
        self._prepared = prepared

    async def context(self) -> Any:
        """Return the context at this instant. Raise Unauthenticated or RequestRefused if the caller may not stay."""
        return await self._visit.context(self._prepared)

    async def changed(self) -> None:
        """Wait until something may have happened since the context was taken."""
        await self._listener.wait(None)


def _identity_of(actor: Actor) -> tuple[str, str, str, bool]:
    """Return the values that may not change during a visit."""
    return actor.delegate_id, actor.representation_id, actor.party_id, actor.reads
