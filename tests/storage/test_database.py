"""The two ways to the database: what each can do, and what comes back from it."""

import asyncio
from contextvars import Context
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from server.kernel.actor import Capacity
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.oauth import SigningKey
from server.models.parties import Party, PartyName
from server.storage.database import Database, finish
from server.vocabulary.parties import PartyKind

NOON = datetime(2018, 10, 12, 15, 0, tzinfo=UTC)


def party(short_name: str, **given: str) -> Party:
    """A party with a short name."""
    kind = PartyKind.MEMBER_ADMINISTRATION
    return Party(name=f"The {short_name}", short_name=short_name, kind=kind, capacity=Capacity.MEMBER, **given)


def signing_key(kid: str, created_at: datetime) -> SigningKey:
    """A row that holds an instant and nothing else of interest."""
    return SigningKey(kid=kid, jwk={}, created_at=created_at)


async def short_names(database: Database) -> list[str]:
    """What stands in the table of parties."""
    async with database.reading() as connection:
        return list((await connection.scalars(select(Party.short_name).order_by(Party.short_name))).all())


@pytest.mark.parametrize(
    "statement",
    [
        insert(PartyName).values(name="japan", party_id="PTY_1"),
        update(Party).values(name="Other"),
        delete(Party),
        text("CREATE TABLE intruders (id INTEGER)"),
        text("DROP TABLE parties"),
    ],
    ids=["insert", "update", "delete", "create", "drop"],
)
async def test_reading_when_it_tries_to_write_raises(database: Database, statement) -> None:  # type: ignore[no-untyped-def]
    async with database.writing() as session:
        session.add(party("Japan", id="PTY_1"))

    async def write_while_reading() -> None:
        async with database.reading() as connection:
            await connection.execute(statement)
            await connection.commit()

    with pytest.raises(DBAPIError, match=r"read-?only"):
        await write_while_reading()

    assert await short_names(database) == ["Japan"]


async def test_reading_while_somebody_writes_keeps_its_snapshot(database: Database) -> None:
    count = select(func.count()).select_from(Party)

    async with database.reading() as connection:
        before = await connection.scalar(count)
        async with database.writing() as session:
            session.add(party("Japan"))
        during = await connection.scalar(count)

    assert (before, during) == (0, 0)
    assert await short_names(database) == ["Japan"]


async def test_writing_when_the_block_ends_commits(database: Database) -> None:
    async with database.writing() as session:
        session.add_all([party("Japan"), party("Canada")])

    assert await short_names(database) == ["Canada", "Japan"]


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a bug"),
        Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, "Not now."),
        KeyboardInterrupt(),
        asyncio.CancelledError(),
    ],
    ids=["bug", "refusal", "interrupt", "cancelled"],
)
async def test_writing_on_any_exception_rolls_back_and_passes_it_on(database: Database, error: BaseException) -> None:
    async def fail_while_writing() -> None:
        async with database.writing() as session:
            session.add(party("Japan"))
            await session.flush()
            raise error

    with pytest.raises(type(error)) as raised:
        await fail_while_writing()

    assert raised.value is error
    assert await short_names(database) == []


async def test_writing_what_is_there_already_becomes_the_refusal_and_writes_nothing(database: Database) -> None:
    async with database.writing() as session:
        session.add(party("Japan"))

    async def write_two() -> None:
        async with database.writing() as session:
            session.add(party("Canada"))
            await session.flush()
            session.add(party("Japan"))

    with pytest.raises(Refusal) as refused:
        await write_two()

    assert (refused.value.kind, refused.value.code) == (RefusalKind.STALE, RefusalCode.ALREADY_DONE)
    assert await short_names(database) == ["Japan"]


async def test_writing_the_same_primary_key_twice_becomes_the_refusal(database: Database) -> None:
    async with database.writing() as session:
        session.add(party("Japan", id="PTY_1"))

    with pytest.raises(Refusal) as refused:
        async with database.writing() as session:
            session.add(party("Canada", id="PTY_1"))

    assert refused.value.code == RefusalCode.ALREADY_DONE
    assert await short_names(database) == ["Japan"]


@pytest.mark.parametrize(
    "values",
    [{"name": "nobody", "party_id": "PTY_none"}, {"name": None, "party_id": "PTY_1"}],
    ids=["foreign key", "not null"],
)
async def test_writing_against_another_constraint_is_a_bug_and_writes_nothing(
    database: Database, values: dict[str, str | None]
) -> None:
    async with database.writing() as session:
        session.add(party("Japan", id="PTY_1"))

    async def write_two() -> None:
        async with database.writing() as session:
            session.add(party("Canada"))
            await session.flush()
            await session.execute(insert(PartyName).values(**values))

    with pytest.raises(IntegrityError):
        await write_two()

    assert await short_names(database) == ["Japan"]


async def test_writing_a_word_outside_the_vocabulary_is_refused_by_the_database(database: Database) -> None:
    columns = "INSERT INTO parties (id, name, short_name, kind, capacity, version)"
    words = text(f"{columns} VALUES ('PTY_1', 'A', 'A', 'MEMBER_ADMINISTRATION', 'TOURIST', 1)")

    with pytest.raises(IntegrityError, match="capacity"):
        async with database.writing() as session:
            await session.execute(words)

    assert await short_names(database) == []


async def test_writing_twenty_at_once_does_every_one(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.writing() as session:
            session.add(party(f"P{number:02}"))

    await asyncio.gather(*(write(number) for number in range(20)))

    assert await short_names(database) == [f"P{number:02}" for number in range(20)]


INSTANTS = {
    "utc": NOON,
    "one microsecond": NOON.replace(microsecond=1),
    "last microsecond": NOON.replace(microsecond=999_999),
    "brussels summer": datetime(2018, 10, 12, 17, 0, tzinfo=ZoneInfo("Europe/Brussels")),
    "repeated hour": datetime(2018, 10, 28, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Brussels")),
    "new york": datetime(2018, 10, 12, 23, 59, 59, 5, tzinfo=ZoneInfo("America/New_York")),
    "half an hour": datetime(2018, 10, 12, 15, 0, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    "year 999": datetime(999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    "year 9998": datetime(9998, 12, 31, tzinfo=UTC),
}


async def test_instants_when_stored_come_back_the_same_instants_in_utc(database: Database) -> None:
    async with database.writing() as session:
        session.add_all(signing_key(name, instant) for name, instant in INSTANTS.items())

    async with database.reading() as connection:
        stored = dict((await connection.execute(select(SigningKey.kid, SigningKey.created_at))).all())  # type: ignore[arg-type]

    assert stored == {name: instant.astimezone(UTC) for name, instant in INSTANTS.items()}
    assert {instant.utcoffset() for instant in stored.values()} == {timedelta(0)}


async def test_instants_when_ordered_and_compared_follow_time(database: Database) -> None:
    in_order = sorted(INSTANTS, key=lambda name: INSTANTS[name].astimezone(UTC))
    async with database.writing() as session:
        session.add_all(signing_key(name, instant) for name, instant in INSTANTS.items())

    async with database.reading() as connection:
        ordered = (await connection.scalars(select(SigningKey.kid).order_by(SigningKey.created_at))).all()
        before = select(SigningKey.kid).where(SigningKey.created_at < NOON).order_by(SigningKey.created_at)
        earlier = (await connection.scalars(before)).all()
        at = select(SigningKey.kid).where(SigningKey.created_at == NOON).order_by(SigningKey.kid)
        same = (await connection.scalars(at)).all()

    ties = {"utc", "brussels summer"}
    assert [name for name in ordered if name not in ties] == [name for name in in_order if name not in ties]
    assert list(earlier) == ["year 999", "half an hour"]
    assert list(same) == ["brussels summer", "utc"]


async def test_instant_without_a_zone_is_refused_and_writes_nothing(database: Database) -> None:
    naive = NOON.replace(tzinfo=None)

    with pytest.raises(StatementError, match="an instant needs a zone"):
        async with database.writing() as session:
            session.add(signing_key("key", naive))

    async with database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(SigningKey)) == 0


async def test_instant_without_a_zone_cannot_be_compared_with(database: Database) -> None:
    naive = NOON.replace(tzinfo=None)

    with pytest.raises(StatementError, match="an instant needs a zone"):
        async with database.reading() as connection:
            await connection.scalar(select(SigningKey.kid).where(SigningKey.created_at == naive))


async def test_one_snapshot_is_read_by_everybody_in_turn_whatever_others_write(database: Database) -> None:
    async with database.one_snapshot():
        before = await short_names(database)
        await asyncio.create_task(_elsewhere(database, "Japan"), context=Context())
        within = await asyncio.gather(*(short_names(database) for _ in range(5)))
    after = await short_names(database)

    assert (before, within, after) == ([], [[]] * 5, ["Japan"])


async def _elsewhere(database: Database, name: str) -> None:
    """Write as another request would, which shares no snapshot."""
    async with database.writing() as session:
        session.add(party(name))


async def test_one_snapshot_ends_with_what_is_written_in_it(database: Database) -> None:
    async with database.one_snapshot():
        before = await short_names(database)
        async with database.writing() as session:
            session.add(party("Japan"))
        after = await short_names(database)

    assert (before, after) == ([], ["Japan"])


async def test_one_snapshot_survives_a_reader_that_fails(database: Database) -> None:
    async with database.one_snapshot():
        with pytest.raises(DBAPIError):
            async with database.reading() as connection:
                await connection.execute(text("SELECT nothing FROM nowhere"))

        assert await short_names(database) == []


async def test_one_snapshot_is_lent_again_to_whoever_reads_with_it(database: Database) -> None:
    async with database.one_snapshot(), database.reading() as outer, database.reading() as inner:
        assert inner is outer


async def test_one_snapshot_refuses_to_write_while_it_is_read(database: Database) -> None:
    async with database.one_snapshot(), database.reading():
        with pytest.raises(RuntimeError, match="finish reading"):
            async with database.writing():
                pass


async def test_one_snapshot_borrows_one_connection_for_many_readers(database: Database) -> None:
    readers = database._readers.sync_engine.pool
    async with database.one_snapshot():
        await asyncio.gather(*(short_names(database) for _ in range(5)))
        borrowed = readers.checkedout()  # type: ignore[attr-defined]

    assert (borrowed, readers.checkedout()) == (1, 0)  # type: ignore[attr-defined]


async def test_what_was_begun_is_written_even_if_whoever_waits_is_cancelled(database: Database) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with database.writing() as session:
            session.add(party("Japan"))
            await session.flush()
            begun.set()
            await go_on.wait()

    waiting = asyncio.create_task(finish(write()))
    await begun.wait()
    waiting.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await short_names(database) == ["Japan"]


async def test_parameters_of_a_failed_statement_are_not_told(database: Database) -> None:
    secret = "hash-of-a-password"
    async with database.writing() as session:
        session.add(signing_key(secret, NOON))

    with pytest.raises((Refusal, IntegrityError)) as failed:
        async with database.writing() as session:
            session.add(signing_key(secret, NOON))

    error: BaseException | None = failed.value
    while error is not None:
        assert f"'{secret}'" not in str(error) or "[parameters" not in str(error)
        error = error.__cause__
