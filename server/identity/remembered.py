"""Look up the caller of a direct read in the snapshot that it reads.

Whoever was looked up before is remembered together with a digest of everything that was read about them. A later read
asks its own snapshot for the digest, in its one statement: if it is the same, so is the actor. Nothing is ever taken
from the memory that the snapshot does not confirm, and so nothing has to be invalidated
(`server/decisions/0026-direct-reads.md`).
"""

from collections import OrderedDict
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, Text, func, literal_column, select, type_coerce
from sqlalchemy.dialects.postgresql import aggregate_order_by

from server.identity.accreditations import STANDINGS, UNORDERED_STANDINGS
from server.identity.identities import LINKED_PERSON
from server.identity.standing import Claim, build_actor
from server.identity.tokens import Caller
from server.kernel.actor import Actor
from server.storage.snapshots import Snapshot
from server.storage.texts import KeptStatement

REMEMBERED_ACTORS = 4096
_ROW = type_coerce(literal_column("standing::text"), Text)
_ROWS = func.string_agg(_ROW, aggregate_order_by(literal_column("'|'"), _ROW))
DIGEST = (
    select(type_coerce(func.sha256(func.convert_to(func.coalesce(_ROWS, ""), "UTF8")), LargeBinary))
    .select_from(UNORDERED_STANDINGS.subquery("standing"))
    .scalar_subquery()
)
"""A digest of the rows of STANDINGS, on PostgreSQL: it differs if anything differs that a person can speak as."""
_LINKED = KeptStatement(LINKED_PERSON)
_STANDINGS = KeptStatement(STANDINGS)
_PROVEN = KeptStatement(STANDINGS.add_columns(DIGEST.label("digest")))


class NobodyHere(Exception):
    """Raised for somebody whom the provider knows and we do not."""


class Remembered(NamedTuple):
    """An actor, and what they were made of: a digest of the rows of STANDINGS, or the person and these rows."""

    proof: Any
    actor: Actor


class Actors:
    """The actors that were looked up last, each by what they asked with and the day."""

    def __init__(self) -> None:
        self._actors: OrderedDict[tuple[Any, ...], Remembered] = OrderedDict()

    def __len__(self) -> int:
        """Return how many actors are remembered."""
        return len(self._actors)

    def recall(self, caller: Caller, acting_as: str, today: date) -> Remembered | None:
        """Return who the caller was when they were looked up last, to be confirmed by a snapshot; None if unknown."""
        return self._actors.get(_key_of(caller, acting_as, today))

    async def look_up(
        self, snapshot: Snapshot, caller: Caller, acting_as: str, now: datetime, *, own_issuer: str, proves: bool
    ) -> Actor:
        """Return the actor behind a caller, as a snapshot has them. With `proves` they are remembered by a digest.

        Raise NobodyHere for somebody whom the provider knows and we do not, and Refusal for a choice of party that is
        not theirs.
        """
        is_ours = caller.issuer == own_issuer
        values = values_of(caller, now, own_issuer=own_issuer)
        if not is_ours:
            rows = await snapshot.fetch(_LINKED, {"issuer": caller.issuer, "subject": caller.subject})
            values["person"] = _first(rows)
        proves = proves and is_ours
        rows = await snapshot.fetch(_PROVEN if proves else _STANDINGS, values)
        key = _key_of(caller, acting_as, now.date())
        proof = rows[0][-1] if proves and rows else (values["person"], rows)
        remembered = self._actors.get(key)
        if remembered is not None and remembered.proof == proof:
            return remembered.actor
        claim = Claim(values["person"], caller.scopes, acting_as, values["grant"], caller.capacities)
        actor = build_actor(rows, claim)
        if rows:
            self._keep(key, Remembered(proof, actor))
        return actor

    def _keep(self, key: tuple[Any, ...], remembered: Remembered) -> None:
        self._actors[key] = remembered
        if len(self._actors) > REMEMBERED_ACTORS:
            self._actors.popitem(last=False)  # the one that was added first


def values_of(caller: Caller, now: datetime, *, own_issuer: str) -> dict[str, Any]:
    """Return the SQL parameters with which a caller's standing is read."""
    # a grant of another issuer means nothing here
    grant_id = caller.grant_id if caller.issuer == own_issuer else ""
    return {"person": caller.subject, "today": now.date(), "grant": grant_id}


def _key_of(caller: Caller, acting_as: str, today: date) -> tuple[Any, ...]:
    return caller.issuer, caller.subject, caller.scopes, caller.grant_id, caller.capacities, acting_as, today


def _first(rows: Any) -> str:
    """Return the only value of a statement. Raise NobodyHere if there is none."""
    for row in rows:
        return str(row[0])
    raise NobodyHere
