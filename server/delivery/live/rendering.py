"""Render entries for followers, and tell an error of what they selected from a database that is away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncConnection

from server.delivery.live.groups import ActorOfMany, Group

_AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, OSError)


def is_away(error: BaseException) -> bool:
    """Return whether an error comes from a database that cannot be reached now, so that trying again can help."""
    return isinstance(error, _AWAY)


async def render(
    connection: AsyncConnection, group: Group, ids: Sequence[str], now: datetime, *, is_shared: bool
) -> dict[str, bytes]:
    """Return the response for each entry that a group sees, by the id of the entry.

    Raise Personal if a shared group would be shown what is one person's own.
    """
    actor: Any = group.actor
    parameters = actor.parameters(now)
    if is_shared:
        actor, parameters = ActorOfMany(actor), parameters | {"actor_person": ""}
    return await group.feed.render(connection, actor, parameters, now, ids)
