"""Append to the journal, and find what a repeated request did the first time."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.journal.chain import Record, canonical, digest_of
from server.journal.digests import digest_of_value, digest_of_written
from server.journal.rows import digest_written
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.ids import new_id
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.base import table_of
from server.models.journal import JournalEntry, JournalHead, JournalRow
from server.storage.afterwards import log_after_commit
from server.storage.written import take_written

KEY_LIMIT = 80
"""Longest idempotency key, in characters."""
_ENTRIES, _HEADS = table_of(JournalEntry), table_of(JournalHead)
_EARLIER = select(_ENTRIES.c.subject_id, _ENTRIES.c.request_digest).where(
    _ENTRIES.c.delegate_id == bindparam("delegate"), _ENTRIES.c.idempotency_key == bindparam("key")
)
_HEAD = select(_HEADS.c.sequence, _HEADS.c.digest).where(_HEADS.c.id == 1).with_for_update()
_APPEND = insert(_ENTRIES)
_HOLD = insert(table_of(JournalRow))
ROWS = "rows"
"""The detail that holds the digest of the digests of all rows that the act wrote."""


class Request(NamedTuple):
    """The client's idempotency key and the digest of the input, by which a repeated request is recognised."""

    key: str
    digest: str


def request_of(key: str, act: str, values: Any) -> Request:
    """Return the request behind an act. `values` is everything that the client sent besides the key."""
    return Request(key, digest_of_value([act, values]))


async def find_earlier(connection: AsyncConnection, actor: Actor, request: Request) -> str | None:
    """Return the id of the subject if this request was done before, None if it is new.

    Refuse a key that was used for something else. A request that is sent twice at the same moment is new for both: the
    journal takes one of the two and refuses the other, which looks again then.
    """
    values = {"delegate": actor.delegate_id, "key": request.key}
    earlier = (await connection.execute(_EARLIER, values)).first()
    if earlier is None:
        return None
    if earlier.request_digest != request.digest:
        message = "This idempotency key was used before for something else. Use a new key for a new act."
        raise Refusal(RefusalKind.INVALID, RefusalCode.IDEMPOTENCY_KEY_REUSED, message)
    return str(earlier.subject_id)


async def hold_journal(session: AsyncSession) -> None:
    """Lock the head of the chain until the commit, so that nothing is added to what is read of it now."""
    await session.execute(_HEAD)


def _in_utc(details: dict[str, Any]) -> dict[str, Any]:
    """Return details with every instant in UTC, so that it has one spelling whatever offset it came with."""
    return {name: each.astimezone(UTC) if isinstance(each, datetime) else each for name, each in details.items()}


async def record(
    session: AsyncSession, actor: Actor, act: Act[Any], subject_id: str, now: datetime, **details: Any
) -> None:
    """Append an entry for one act to the chain, in the transaction of the act.

    Call it as the last step of an action, because it locks the head of the chain until the commit. If a party speaks on
    behalf of another, the entry names the representation. The entry holds the digests of all rows that were written and
    are bound to the journal; the database moves the head.
    """
    await _append(session, actor, act, subject_id, now, session.info.get("request"), details)


async def record_part(
    session: AsyncSession, actor: Actor, act: Act[Any], subject_id: str, now: datetime, **details: Any
) -> None:
    """Append an entry for what an act does to one of several objects. The entry of the act itself follows.

    That one alone has the key of the request.
    """
    await _append(session, actor, act, subject_id, now, None, details)


async def _append(
    session: AsyncSession,
    actor: Actor,
    act: Act[Any],
    subject_id: str,
    now: datetime,
    request: Request | None,
    details: dict[str, Any],
) -> None:
    """Append an entry with the digests of the rows written since the one before, and the key of the request."""
    await session.flush()  # before the lock, so that it is held as briefly as possible
    details = _in_utc(details)
    if actor.representation_id:
        details["representation"] = actor.representation_id
    connection = await session.connection()
    rows = await digest_written(connection, take_written(session), act.tag)
    entry_id = new_id(JournalEntry.prefix)
    key, digest = request or (None, None)
    columns = {"id": entry_id, "idempotency_key": key, "request_digest": digest}
    details[ROWS] = digest_of_written(entry_id, key, digest, rows)
    head = (await connection.execute(_HEAD)).one()
    entry = Record(
        sequence=head.sequence + 1,
        at=now,
        act=act.tag,
        delegate_id=actor.delegate_id,
        party_id=actor.party_id,
        capacity=str(actor.capacity),
        subject_id=subject_id,
        rule=act.source,
        details=json.loads(canonical(details)),  # as they are read back from the database, so that the digests agree
        previous_digest=head.digest,
    )
    await connection.execute(_APPEND, entry._asdict() | columns | {"digest": digest_of(entry)})
    if rows:
        written = [{"key": key, "sequence": entry.sequence, "digest": digest} for key, digest in rows.items()]
        await connection.execute(_HOLD, written)
    log_after_commit(
        session, "act", act=act.name, person=actor.person_id, party=actor.party_id, subject=subject_id, outcome="done"
    )
