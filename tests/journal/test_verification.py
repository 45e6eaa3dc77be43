"""Verifying the journal of a database: what is found, and that a long one takes no more memory."""

import tracemalloc

import pytest
from sqlalchemy import insert, text, update

from server.journal.chain import GENESIS, Record, digest_of
from server.journal.faults import OLDER_ENTRIES
from server.journal.verification import verify
from server.models.journal import JournalEntry, JournalHead
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
        if not world.database.is_sqlite:  # past the trigger that moves the head entry by entry
            await session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            await session.execute(text("DROP TRIGGER IF EXISTS journal_keep_order"))
        await session.execute(insert(JournalEntry), rows)
        moved = update(JournalHead).values(sequence=last, digest=digest)
        if world.database.is_sqlite:
            await session.execute(text("DROP TRIGGER IF EXISTS journal_head_keep_forward"))
        await session.execute(moved)
    return digest


GONE = "CMT_1, of which entry 1 speaks, is gone"
"""The first fault of entries about a comment that was never there."""


async def test_verify_says_how_many_entries_there_are_and_that_older_ones_hold_no_rows(world: World) -> None:
    await append(world, 1, 1_234)

    async with world.database.reading() as connection:
        report = await verify(connection)

    assert (report.entries, report.unbound[OLDER_ENTRIES], report.head and report.head[0]) == (1_234, 1_234, 1_234)
    assert GONE in [fault.what for fault in report.faults]


async def test_verify_of_a_journal_with_a_missing_entry_names_it_and_goes_on(world: World) -> None:
    digest = await append(world, 1, 600)
    await append(world, 602, 700, digest)

    async with world.database.reading() as connection:
        report = await verify(connection)

    (fault,) = [fault for fault in report.faults if fault.subject.startswith("journal/")]
    assert (fault.what, fault.since) == ("entry 601 is missing: 602 follows 600", 600)
    assert report.entries == 700 - 1


@pytest.mark.long
@pytest.mark.rest
async def test_verifying_five_times_as_many_entries_takes_no_more_memory(world: World) -> None:
    peaks = []
    digest = await append(world, 1, 1_000)
    for first, last in ((1_001, 1_000), (1_001, 5_000)):
        digest = await append(world, first, last, digest) if first <= last else digest
        async with world.database.reading() as connection:
            await verify(connection)  # which compiles the statements
            tracemalloc.start()
            try:
                assert (await verify(connection)).entries == last
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.3
