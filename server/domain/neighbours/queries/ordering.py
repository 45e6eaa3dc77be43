"""Reading in which order the pending amendments on a version are taken, as far as the reader sees them."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.outline import TextTree
from server.domain.neighbours.queries.meeting import Pending, read_pending, read_tree, sees_version
from server.domain.neighbours.rules.budgets import CharacterBudget
from server.domain.neighbours.rules.ordering import (
    TakenTurn,
    count_characters,
    distance_of,
    group_by_provision,
    order_taking,
)
from server.kernel.actor import Actor


class ProvisionTaking(NamedTuple):
    """The pending amendments that are about a provision, as they are taken; both ids are "" for the beginning.

    It is not complete where the distance of some was not counted.
    """

    key: str
    text_id: str
    amendments: list[TakenTurn]
    is_complete: bool


class TakingOrder(NamedTuple):
    """A version with its pending amendments by provision, in reading order.

    What they ask for is compared when a provision is asked for, once: `taken` keeps it, and `turn` lets one in. All
    provisions that are asked for in one operation share the `budget`.
    """

    version_id: str
    outline: TextTree
    pending: dict[str, Pending]
    groups: dict[str | None, list[Accepted]]
    taken: dict[str, ProvisionTaking]
    turn: asyncio.Lock
    budget: CharacterBudget

    def list_keys(self, wanted: Collection[str] | None) -> list[str]:
        """Return the keys of the provisions that amendments are about, "" for the beginning; only those of `wanted`."""
        keys = [key or "" for key in self.groups]
        return keys if wanted is None else [key for key in keys if key in wanted]

    async def take(self, keys: Sequence[str]) -> list[ProvisionTaking]:
        """Return the order for some of the provisions."""
        async with self.turn:
            missing = [key for key in keys if key not in self.taken]
            provisions = await asyncio.to_thread(lambda: [self._take(key) for key in missing])
            self.taken.update(zip(missing, provisions, strict=True))
        return [self.taken[key] for key in keys]

    def _take(self, key: str) -> ProvisionTaking:
        provision = self.outline.provisions.get(key)
        pending = [self.pending[change.source] for change in self.groups[key or None]]
        turns = measure_turns(self.outline, pending, self.budget)
        is_complete = all(each.distance is not None for each in turns)
        return ProvisionTaking(key, provision.text_id if provision else "", turns, is_complete)


def measure_turns(outline: TextTree, pending: Sequence[Pending], budget: CharacterBudget) -> list[TakenTurn]:
    """Return pending amendments as they are taken; the distance of those beyond the budget is not counted."""
    turns = []
    for each in pending:
        distance = None
        if budget.spend(count_characters(outline, each.outlined())):
            provision = outline.provisions.get(each.content.provision_id or "")
            words = {provision.key: provision.text} if provision else {}
            distance = distance_of(outline, each.compared(words))
        turns.append(TakenTurn(each.amendment.id, distance))
    return order_taking(turns)


async def find_taking_order(session: AsyncSession, actor: Actor, now: datetime, version_id: str) -> TakingOrder | None:
    """Return the order in which the pending amendments on a version are taken, None unless the actor sees it.

    The number of statements does not depend on the number of amendments.
    """
    if not await sees_version(session, actor, now, version_id):
        return None
    pending = await read_pending(session, actor, now, version_id)
    base = await read_tree(session, version_id)
    return await asyncio.to_thread(group_pending, version_id, base, pending)


def group_pending(version_id: str, base: Sequence[BaseText], pending: Sequence[Pending]) -> TakingOrder:
    """Return the pending amendments on a version by provision."""
    outline = TextTree(base)
    groups = group_by_provision(outline, (each.outlined() for each in pending))
    by_id = {each.amendment.id: each for each in pending}
    return TakingOrder(version_id, outline, by_id, groups, {}, asyncio.Lock(), CharacterBudget())
