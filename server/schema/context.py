"""The context of an operation: the caller, the instant and the database. It holds no session."""

from asyncio import Lock
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.domain.forecast.rules.backwards import Gaps
from server.domain.parties.rules.accrediting import InvitationTerms
from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.storage.database import Database

NOT_INVITING = InvitationTerms(issuer="", days=0)
"""The terms of a server that has set none: an invitation expires at the moment it is sent."""
USUAL_GAPS = Gaps()
"""The gaps of a server that has set none."""


Identify: TypeAlias = Callable[[AsyncConnection, datetime], Awaitable[Actor]]
"""Looks the caller up over a connection. Raises an error for a caller whom the server does not answer."""


@dataclass(slots=True)
class Whole:
    """Several acts that are done all or not at all.

    `fault` is what the act raised that failed, `key` its response key and `mutation` its name. `request` is what was
    sent with it, None if that was not read.
    """

    key: str | int = ""
    mutation: str = ""
    fault: BaseException | None = None
    request: Any = None

    def note(self, key: str | int, mutation: str, fault: BaseException, request: Any = None) -> None:
        """Keep the first fault, and which act it was."""
        if self.fault is None:
            self.key, self.mutation, self.fault, self.request = key, mutation, fault, request


@dataclass(slots=True)
class Context:
    """The context of one operation.

    `now` is taken once for all reads. An act reads `clock` inside its transaction and sets `now` to that instant, so
    that its result is read as of the act. `prepared` is the parsed document, with which compiled reads are kept.
    `identify` looks up the caller of a mutation, who is nobody until the first act has done so in its transaction; it
    is None then, and for everything else. `terms` are those of invitations: the address in their links and their days.
    `gaps` are the usual days on the way to a Council.
    `whole` is set while several acts are done as one.
    """

    actor: Actor
    now: datetime
    clock: Clock
    database: Database
    prepared: Any
    terms: InvitationTerms = NOT_INVITING
    gaps: Gaps = USUAL_GAPS
    whole: Whole | None = None
    identify: Identify | None = None
    _studies: dict[Hashable, Any] = field(default_factory=dict)
    _studying: Lock = field(default_factory=Lock)

    async def study(self, key: Hashable, find: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        """Return what `find` reads and computes, once for the operation: aliases of a field share it by `key`."""
        async with self._studying:
            if key not in self._studies:
                async with self.database.studying() as session:
                    self._studies[key] = await find(session)
            return self._studies[key]
