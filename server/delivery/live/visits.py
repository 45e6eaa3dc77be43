"""Somebody who stays: while a connection lasts, who is there is asked of the database again and again."""

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
"""Longest time for which somebody is believed without being looked up again."""


class Visit:
    """One caller over one connection. `acting_as` is the party they chose, `secret` that of the cookie they came with,
    if they did, and `began_as` who they were when they came: whoever is somebody else later has to come again.
    `context_of` builds the context of an operation; what is in it is the concern of those who resolve it."""

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
        """Who it is, "" for nobody."""
        return self._began_as.person_id

    def first_context(self, now: datetime, prepared: Any) -> Any:
        """The context of an operation that begins as the visit does, at `now`."""
        return self._context(self._began_as, now, prepared)

    async def context(self, prepared: Any) -> Any:
        """The context of an operation at this instant. Raises as `actor` does."""
        now = self._site.now()
        return self._context(await self.actor(now), now, prepared)

    async def actor(self, now: datetime) -> Actor:
        """Who the caller is now. Raises Unauthenticated and RequestRefused when they may not stay."""
        if self._hub.is_closed:
            raise RequestRefused("CLOSING", "The server is closing.", status=503)
        caller = self._caller
        if caller is not None and now >= caller.expires_at:
            raise Unauthenticated(message="The credential has expired.")
        if self._secret is not None and not await self._is_signed_in(self._secret, now):
            raise Unauthenticated(message="The session has ended.")
        actor = await Callers(self._site).actor_of(caller, self._acting_as, now)
        if _identity(actor) != _identity(self._began_as):
            message = "You do not speak for the same party as when this began. Connect again."
            raise RequestRefused("FORBIDDEN", message, status=403)
        return actor

    async def wait_for_end(self) -> RequestRefused:
        """Wait until the caller may not stay, and give the reason."""
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
        """Watch what happens, for one operation."""
        async with self._hub.listening() as listener:
            yield Watch(self, listener, prepared)

    def _context(self, actor: Actor, now: datetime, prepared: Any) -> Any:
        return self._context_of(actor, now, prepared, partial(self.watching, prepared))

    async def _is_signed_in(self, secret: str, now: datetime) -> bool:
        """Whether the browser's session is in force. Asking is not using: an open page keeps nobody signed in."""
        async with self._site.database.reading() as connection:
            found = await find_session(connection, secret, now, self._site.session_limits)
        return found is not None and not found.awaits_factor


class Watch:
    """What a subscription has of its visit: the context anew, and the news that something happened."""

    def __init__(self, visit: Visit, listener: Listener, prepared: Any) -> None:
        self._visit = visit
        self._listener = listener
        self._prepared = prepared

    async def context(self) -> Any:
        """The context of this instant. Raises Unauthenticated and RequestRefused when the caller may not stay."""
        return await self._visit.context(self._prepared)

    async def changed(self) -> None:
        """Wait until something may have happened since the context was taken."""
        await self._listener.wait(None)


def _identity(actor: Actor) -> tuple[str, str, str, bool]:
    return actor.delegate_id, actor.representation_id, actor.party_id, actor.reads
