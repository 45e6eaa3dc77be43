"""Append to the journal, and find what a repeated request did the first time."""

import hashlib
import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.journal.chain import Record, canonical, digest_of
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.ids import new_id
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.journal import JournalEntry, JournalHead

KEY_LIMIT = 80
"""Longest idempotency key, in characters."""


class Request(NamedTuple):
    """The client's idempotency key and the digest of the input, by which a repeated request is recognised."""

    key: str
    digest: str


def request_of(key: str, act: str, values: Any) -> Request:
    """Return the request behind an act. `values` is everything that the client sent besides the key."""
    return Request(key, hashlib.sha256(canonical([act, values]).encode()).hexdigest())


async def find_earlier(session: AsyncSession, actor: Actor, request: Request) -> str | None:
    """Return the id of the subject if this request was done before, None if it is new.

    Refuse a key that was used for something else. Two requests with the same key wait for each other.
    """
    # A second request must not look before the first has committed. SQLite has one writer at a time anyway.
    if session.get_bind().dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock(func.hashtextextended(f"{actor.delegate_id} {request.key}", 0))
        await session.execute(select(lock))
    statement = select(JournalEntry.subject_id, JournalEntry.request_digest).where(
        JournalEntry.delegate_id == actor.delegate_id, JournalEntry.idempotency_key == request.key
    )
    earlier = (await session.execute(statement)).first()
    if earlier is None:
        return None
    if earlier.request_digest != request.digest:
        message = "This idempotency key was used before for something else. Use a new key for a new act."
        raise Refusal(RefusalKind.INVALID, RefusalCode.IDEMPOTENCY_KEY_REUSED, message)
    return str(earlier.subject_id)


async def record(
    session: AsyncSession, actor: Actor, act: Act[Any], subject_id: str, now: datetime, **details: Any
) -> None:
    """Append an entry for one act to the chain, in the transaction of the act.

    Call it as the last step of an action, because it locks the head of the chain until the commit. If a party speaks on
    behalf of another, the entry names the representation.
    """
    await session.flush()  # before the lock, so that it is held as briefly as possible
    if actor.representation_id:
        details["representation"] = actor.representation_id
    head = (await session.scalars(select(JournalHead).where(JournalHead.id == 1).with_for_update())).one()
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
    request: Request | None = session.info.get("request")
    digest = digest_of(entry)
    row = entry._asdict() | {"id": new_id(JournalEntry.prefix), "digest": digest}
    row |= {"idempotency_key": request and request.key, "request_digest": request and request.digest}
    await session.execute(insert(JournalEntry).values(**row))
    head.sequence, head.digest = entry.sequence, digest
    await session.flush()
