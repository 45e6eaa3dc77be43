"""What every resolver may use: who asks, when, and the two ways to the database. It holds no session."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from server.domain.parties.rules.accrediting import InvitationTerms
from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.storage.database import Database

NOT_INVITING = InvitationTerms(issuer="", days=0)
"""The terms of a server that has not said any: nothing that goes out can be taken up."""


class Watching(Protocol):
    """What a subscription needs besides: who asks is found out again whenever it tells something."""

    async def context(self) -> "Context":
        """The context of this instant. Raises when the caller may not stay."""
        ...

    async def changed(self) -> None:
        """Wait until something may have happened since the context was taken."""
        ...


@dataclass(slots=True)
class Context:
    """The context of one operation. `now` is taken once for all its reads; an act asks `clock` inside its transaction
    and moves `now` on to that instant, so that what it did is read as it stands then.
    `prepared` is the parsed document, which keeps the compiled reads. `watching` is there for subscriptions,
    `terms` say how invitations go out."""

    actor: Actor
    now: datetime
    clock: Clock
    database: Database
    prepared: Any
    watching: Callable[[], AbstractAsyncContextManager[Watching]] | None = None
    terms: InvitationTerms = NOT_INVITING
