"""Sign heads of the journal, and prove that entries are in it and that one head continues another."""

from bisect import bisect_left
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.journal.chain import instant_of, sha256_of
from server.journal.keys import HEAD, Signer, add_key, find_signer
from server.journal.merkle import BLOCK, Tree, hash_leaf, root_of, split_of
from server.kernel.ids import new_id
from server.models.journal import JournalEntry, JournalHead, JournalSubtree, SignedHead
from server.vocabulary.journal import HeadOccasion

BLOCKS_AT_ONCE = 32
"""Subtrees that are stored in one transaction, which keeps acts waiting meanwhile."""


class Occasion(NamedTuple):
    """Why a head is signed. The same occasion, with its subject and instant, is signed once."""

    kind: HeadOccasion
    subject_id: str | None
    occurred_at: datetime


class Statement(NamedTuple):
    """The columns of a signed head."""

    id: str
    number: int
    size: int
    root: str
    signature: str
    digest: str
    kid: str


_LOCK = select(JournalHead.sequence, JournalHead.digest).where(JournalHead.id == 1).with_for_update()
_COUNT = select(func.count()).select_from(JournalSubtree)


async def lock_journal(session: AsyncSession) -> tuple[int, str]:
    """Lock the end of the journal until the commit, and return its sequence and digest."""
    sequence, digest = (await session.execute(_LOCK)).one()
    return sequence, digest


async def count_missing_subtrees(connection: AsyncConnection) -> int:
    """Return how many subtrees of the journal are not stored yet."""
    size = await connection.scalar(select(JournalHead.sequence)) or 0
    return size // BLOCK - (await connection.scalar(_COUNT) or 0)


async def store_subtrees(session: AsyncSession) -> None:
    """Append some of the subtrees that are not stored yet: at most `BLOCKS_AT_ONCE`."""
    size, _ = await lock_journal(session)
    await _write_subtrees(await session.connection(), size, limit=BLOCKS_AT_ONCE)


async def _write_subtrees(connection: AsyncConnection, size: int, *, limit: int | None = None) -> None:
    first = await connection.scalar(_COUNT) or 0
    for place in range(first, size // BLOCK)[:limit]:
        root = root_of(await _leaves_of(connection, place, size)).hex()
        await connection.execute(insert(JournalSubtree).values(place=place, root=root))


async def _leaves_of(connection: AsyncConnection, place: int, size: int) -> list[bytes]:
    """Return the hashes of the leaves in a block, as far as the tree over `size` entries goes."""
    first, last = place * BLOCK + 1, min((place + 1) * BLOCK, size)
    digests = select(JournalEntry.digest).where(JournalEntry.sequence.between(first, last))
    return [hash_leaf(each) for each in (await connection.scalars(digests.order_by(JournalEntry.sequence))).all()]


async def load_tree(connection: AsyncConnection, size: int, indexes: Iterable[int] = ()) -> Tree:
    """Return the tree over the first `size` entries, for which a head was signed.

    It can prove the leaves at `indexes`, from 0, and consistency with a tree that ends after one of them.
    """
    places = {index // BLOCK for index in indexes} | ({size // BLOCK} if size % BLOCK else set())
    stored = select(JournalSubtree.root).where(JournalSubtree.place < size // BLOCK).order_by(JournalSubtree.place)
    blocks = [bytes.fromhex(root) for root in (await connection.scalars(stored)).all()]
    return Tree(size, blocks, {place: await _leaves_of(connection, place, size) for place in sorted(places)})


async def prove_together(connection: AsyncConnection, size: int, indexes: Sequence[int]) -> AsyncIterator[bytes]:
    """Yield what the root over the first `size` entries is computed from besides the leaves at `indexes`.

    Subtrees without any of them, left to right. The indexes count from 0 and are in order, each once. The leaves of one
    block are in memory at a time, so that a long proof takes no more than a short one.
    """
    tree = await load_tree(connection, size)
    waiting = [(0, size)]
    while waiting:
        start, end = waiting.pop()
        if bisect_left(indexes, start) == bisect_left(indexes, end):
            yield tree.hash_range(start, end)
        elif end - start > BLOCK:
            middle = start + split_of(end - start)
            waiting += [(middle, end), (start, middle)]
        else:
            leaves = await _leaves_of(connection, start // BLOCK, size)
            within = indexes[bisect_left(indexes, start) : bisect_left(indexes, end)]
            for each in Tree(end - start, [], {0: leaves}).prove_together([index - start for index in within]):
                yield each


async def sign_head(session: AsyncSession, issuer: str, occasion: Occasion, now: datetime) -> Statement | None:
    """Sign the journal as it ends now, and return the head; None if this occasion has one already.

    The first head adds the key, and is signed for that as well. Two processes that notice an occasion come one after
    the other, because the journal is locked.
    """
    end = await lock_journal(session)
    connection = await session.connection()
    if await _is_signed(connection, occasion):
        return None
    signer = await find_signer(connection)
    if signer is None:
        signer = await add_key(session, now)
        addition = Occasion(HeadOccasion.KEY_ADDED, signer.kid, now)
        await _append(connection, issuer, signer, addition, now, end)
    return await _append(connection, issuer, signer, occasion, now, end)


async def rotate_key(session: AsyncSession, issuer: str, now: datetime) -> Statement:
    """Add a key that signs from now on, and return the first head that it signs. Older keys verify for ever."""
    end = await lock_journal(session)
    signer = await add_key(session, now)
    occasion = Occasion(HeadOccasion.KEY_ADDED, signer.kid, now)
    return await _append(await session.connection(), issuer, signer, occasion, now, end)


async def _is_signed(connection: AsyncConnection, occasion: Occasion) -> bool:
    same = (SignedHead.occasion == occasion.kind, SignedHead.subject_id == occasion.subject_id)
    wanted = select(SignedHead.id).where(*same, SignedHead.occurred_at == occasion.occurred_at)
    return await connection.scalar(wanted) is not None


async def _append(
    connection: AsyncConnection, issuer: str, signer: Signer, occasion: Occasion, now: datetime, end: tuple[int, str]
) -> Statement:
    """Append a head to the others, with the digest of the one before it, and return it."""
    size, chain_digest = end
    await _write_subtrees(connection, size)
    root = (await load_tree(connection, size)).root().hex()
    newest = select(SignedHead.number, SignedHead.digest).order_by(SignedHead.number.desc()).limit(1)
    number, previous = (await connection.execute(newest)).first() or (0, None)
    statement: dict[str, Any] = {
        **{"issuer": issuer, "number": number + 1, "previous": previous},
        **{"size": size, "root": root, "chain_digest": chain_digest},
        **{"occasion": str(occasion.kind), "occurred_at": instant_of(occasion.occurred_at)},
        "signed_at": instant_of(now),
    }
    signature = signer.sign(HEAD, statement)
    head = Statement(new_id(SignedHead.prefix), number + 1, size, root, signature, sha256_of(signature), signer.kid)
    row = {"occasion": occasion.kind, "subject_id": occasion.subject_id, "occurred_at": occasion.occurred_at}
    row |= {"signed_at": now, "chain_digest": chain_digest, **head._asdict()}
    await connection.execute(insert(SignedHead).values(row))
    return head
