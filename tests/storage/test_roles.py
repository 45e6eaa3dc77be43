"""The two roles on PostgreSQL: the owner migrates, and the one that serves can write what acts write and no more."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.engine import make_url

from server.domain.rounds.actions import answering, calling, filing, marking
from server.storage.database import Database
from server.storage.ownership import serves_as_owner
from server.tools.shell.roles import grant_serving, serving_role
from server.vocabulary.rounds import DispositionVerdict
from tests.factories.postgresql import create_database
from tests.factories.rounds import CLOSES, draft, open_round, rows_of, submit
from tests.factories.world import World, world_of

ROLE = "intersession_server"
REFUSED = (
    "UPDATE journal SET act = 'other'",
    "DELETE FROM journal",
    "UPDATE journal_head SET sequence = sequence + 1",
    "UPDATE journal_rows SET digest = NULL",
    "UPDATE dispositions SET reason = 'Other'",
    "UPDATE decisions SET text = 'Other'",
    "DELETE FROM comments",
    "DELETE FROM rounds",
    "TRUNCATE comments",
    "DROP TRIGGER comments_no_update ON comments",
    "ALTER TABLE comments DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "DROP TABLE journal",
    "CREATE TABLE other (id text)",
    "CREATE OR REPLACE FUNCTION comments_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "UPDATE alembic_version SET version_num = '0001'",
)


@pytest.fixture
def owned(postgresql_server: str) -> Iterator[str]:
    """The URL, as its owner, of a copy of the small world that a role of its own serves."""
    url = create_database(postgresql_server, f"{make_url(postgresql_server).database}_owned", "small")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {ROLE}")  # type: ignore[arg-type]
        connection.execute(f"CREATE ROLE {ROLE} LOGIN")  # type: ignore[arg-type]
    grant_serving(url, ROLE)
    yield url
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')  # type: ignore[arg-type]
        connection.execute(f"DROP ROLE IF EXISTS {ROLE}")  # type: ignore[arg-type]


async def served(owned: str, known: dict[str, object]) -> World:
    """The small world as the role that serves reaches it."""
    url = make_url(owned).set(username=ROLE).render_as_string(hide_password=False)
    return world_of(Database(url, pool=3), known)


async def test_role_that_serves_does_acts_and_can_change_nothing_that_is_kept(
    owned: str, postgresql_databases: object
) -> None:
    world = await served(owned, postgresql_databases.known)  # type: ignore[attr-defined]
    try:
        round_id = await open_round(world)
        drafted = await draft(world, "china", round_id)
        await world.do("china", filing.clear_comment, comment_id=drafted, expected_revision=1)
        comment = await submit(world, "japan", round_id)
        await world.do("upu", marking.support_comment, comment_id=comment)
        later = {"closes_at": CLOSES.replace(hour=20), "reason": "Holidays", "expected_revision": 1}
        await world.do("canada", calling.extend_round, round_id=round_id, **later)
        world.clock.move(days=9)
        answer = {"verdict": DispositionVerdict.NOTED, "reason": "Noted.", "wording": None, "expected_revision": 1}
        await world.do("secretariat", answering.record_disposition, comment_id=comment, **answer)
        await world.database.check_writable()

        assert len(await rows_of(world, "journal")) == 7
        assert [row["sequence"] for row in await rows_of(world, "journal_head")] == [7]
        assert not await serves_as_owner(world.database)
        assert passed_by(make_url(owned).set(username=ROLE).render_as_string(hide_password=False)) == []
    finally:
        await world.database.close()


def passed_by(url: str) -> list[str]:
    """Return the statements that a role may run, and must not."""
    passed = []
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in REFUSED:
            try:
                connection.execute(statement)  # type: ignore[arg-type]
            except errors.InsufficientPrivilege:
                continue
            passed.append(statement)
    return passed


FORGED = (
    "CREATE TEMPORARY TABLE round_extensions AS SELECT id AS round_id, closes_at AS closed_at_before, "
    "closes_at + interval '1 day' AS closes_at_after FROM rounds",
    "UPDATE rounds SET closes_at = closes_at + interval '1 day', version = version + 1",
    "SET CONSTRAINTS ALL IMMEDIATE",
)
"""Show the guard of the closing instant an extension that is in no table of the schema."""


async def test_guards_read_no_table_that_the_role_that_serves_makes_for_itself(
    owned: str, postgresql_databases: object
) -> None:
    world = await served(owned, postgresql_databases.known)  # type: ignore[attr-defined]
    await open_round(world)
    await world.database.close()

    url = make_url(owned).set(username=ROLE).render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        *forging, looking = FORGED
        for statement in forging:
            connection.execute(statement)  # type: ignore[arg-type]

        with pytest.raises(errors.RaiseException, match="by an extension only"):
            connection.execute(looking)  # type: ignore[arg-type]


def test_every_guard_says_where_it_looks_for_tables(owned: str) -> None:
    with psycopg.connect(owned) as connection:
        rows = connection.execute(
            "SELECT proname, proconfig FROM pg_proc WHERE prorettype = 'trigger'::regtype "
            "AND pronamespace = 'public'::regnamespace"
        ).fetchall()

    assert len(rows) > 100
    assert [name for name, terms in rows if terms != ["search_path=public, pg_temp"]] == []


async def test_owner_serves_and_is_told_apart(owned: str) -> None:
    database = Database(owned, pool=1)
    try:
        assert await serves_as_owner(database)
    finally:
        await database.close()


def test_role_that_serves_is_named_by_the_database() -> None:
    assert serving_role("postgresql://server:secret@127.0.0.1/intersession") == "server"
