"""Verifying the journal of a database: what is found, and that a long one takes no more memory."""

import tracemalloc

import pytest
from sqlalchemy import insert, text

from server.journal.chain import GENESIS, Record, digest_of
from server.journal.queries import verify
from server.models.journal import JournalEntry
from tests.factories.world import World


async def append(world: World, first: int, last: int, digest: str = GENESIS) -> str:
    """Append entries `first` to `last` to the journal, which ends with `digest`, and return the digest of the last."""
    rows = []
    for number in range(first, last + 1):
        entry = Record(
            sequence=number,
            at=world.clock.now,
            act="comment.submitted",
            delegate_id=world.delegates["japan"],
            party_id=world.parties["japan"],
            capacity="MEMBER",
            subject_id="CMT_1",
            rule="PC0618b",
            details={"number": number},
            previous_digest=digest,
        )
        digest = digest_of(entry)
        rows.append(entry._asdict() | {"id": f"JRN_{number:026d}", "digest": digest})
    async with world.database.writing() as session:
        await session.execute(insert(JournalEntry), rows)
    return digest


async def test_verify_says_how_many_entries_hold(world: World) -> None:
    await append(world, 1, 1_234)

    async with world.database.reading() as connection:
        assert await verify(connection) == (None, 1_234)


async def test_verify_of_a_journal_with_a_missing_entry_names_it(world: World) -> None:
    digest = await append(world, 1, 600)
    await append(world, 602, 700, digest)

    async with world.database.reading() as connection:
        assert await verify(connection) == ("entry 601 is missing: 602 follows 600", 600)


@pytest.mark.long
async def test_verifying_five_times_as_many_entries_takes_no_more_memory(world: World) -> None:
    peaks = []
    digest = await append(world, 1, 1_000)
    for first, last in ((1_001, 1_000), (1_001, 5_000)):
        digest = await append(world, first, last, digest) if first <= last else digest
        async with world.database.reading() as connection:
            await connection.execute(text("SELECT 1"))
            tracemalloc.start()
            try:
                assert await verify(connection) == (None, last)
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.3
