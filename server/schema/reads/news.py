"""Fields that are followed: rows of a noun as they are entered, rendered by the plan of the selection."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

import strawberry
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.visitors import iterate

from server.delivery.live.tail import Wanted
from server.kernel.actor import Actor
from server.kernel.predicates import actor_person
from server.schema.reads.fetch import Reading, fetch_rows
from server.schema.reads.plan import RowPlan
from server.schema.reads.roots import Raw, plan_rows
from server.schema.reads.sealed import record_found, witness_of
from server.schema.reads.statements import select_by_ids
from server.transport.response import encode

_NAMING: WeakKeyDictionary[RowPlan, bool] = WeakKeyDictionary()
"""Whether the statement of a plan asks who the caller is; found out once for each plan."""


class Feed(AsyncIterable[Any]):
    """The source of one subscription: which rows it is about, and what is selected of them.

    `after` is the place after which to begin, None for now; `wanted` says which entries.
    """

    __slots__ = ("_database", "_variables", "after", "has_variables", "is_personal", "key", "plan", "wanted")

    def __init__(self, raw: Raw, plan: RowPlan, *, wanted: Wanted, after: int | None) -> None:
        assert raw.path is not None
        self.plan = plan
        self._database = raw.context.database
        self.key = str(raw.path.key)
        self.wanted = wanted
        self.after = after
        # Only pages and batches in a row read variables; nothing else of the operation is held.
        self.has_variables = bool(plan.attachments)
        self._variables = raw.variable_values if self.has_variables else None
        self.is_personal = self.has_variables or _names_person(plan)

    def __aiter__(self) -> AsyncIterator[Any]:
        """Refuse to be iterated: a feed is followed. graphql-core takes nothing but an iterable for a source."""
        raise TypeError("a feed is followed, not iterated")

    async def render(
        self, connection: AsyncConnection, actor: Actor, parameters: dict[str, Any], now: datetime, ids: Sequence[str]
    ) -> dict[str, bytes]:
        """Return the response for each row that the actor sees, as JSON, by the id of the row.

        Who is shown what others filed in a sealed round is recorded by name, so that no group is shown it together.
        """
        witness = witness_of(actor)
        reading = Reading(connection, actor, now, parameters, self._variables, witness=witness)
        rows = await fetch_rows(reading, self.plan, ids)
        if witness is not None and witness.reads:
            await record_found(self._database, connection, actor, now, witness.named)
        head = b'{"data":{' + encode(self.key) + b":"
        return {id_: head + encode(row) + b"}}" for id_, row in rows.items()}


def feed_of(info: strawberry.Info, noun: str, *, wanted: Wanted, after: int | None) -> Any:
    """Return what a field of a subscription resolves to: the rows of a noun that the caller sees, as they are entered.

    `after` is the place after which to begin, None for now; `wanted` says which entries.
    """
    raw = info._raw_info
    return Feed(raw, plan_rows(raw, noun), wanted=wanted, after=after)


def _names_person(plan: RowPlan) -> bool:
    """Return whether the statement of a plan asks who the caller is, and not only for whom they speak."""
    if plan not in _NAMING:
        parts = iterate(select_by_ids(plan))
        _NAMING[plan] = any(getattr(element, "key", None) == actor_person.key for element in parts)
    return _NAMING[plan]
