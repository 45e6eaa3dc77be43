"""Migrations: from nothing to the newest revision and back, on both databases, without drift."""

import ast
import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from alembic import command
from server.models.base import Base
from server.storage.database import Database
from server.storage.migrations import configuration, migrate
from server.storage.schema import SCRIPTS
from tests.factories.shapes import asked, revision, shape
from tests.reads.seed import seeded

REVISIONS = sorted(path.read_text().split("Revision ID: ")[1][:4] for path in (SCRIPTS / "versions").glob("*.py"))
"""Every revision, by its number: they are counted without gaps."""


def without_defaults(tables: dict[str, Any]) -> dict[str, Any]:
    """Leave out the defaults of the database, by which a server of the release before writes newer columns."""
    return {name: {key: value for key, value in table.items() if key != "defaults"} for name, table in tables.items()}


@pytest.mark.rest
def test_migrate_an_empty_database_up_down_and_up_again(fresh_url: Callable[[], str]) -> None:
    url, earlier = fresh_url(), fresh_url()
    migrate(earlier, "0002")

    migrate(url)
    first = asked(url, shape)
    migrate(url)
    again = asked(url, shape)
    command.downgrade(configuration(url), "0002")
    first_release = asked(url, shape)
    command.downgrade(configuration(url), "0001")
    between = asked(url, lambda connection: (revision(connection), shape(connection)))
    migrate(url)
    back = asked(url, shape)
    command.downgrade(configuration(url), "base")
    emptied = asked(url, lambda connection: inspect(connection).get_table_names())
    migrate(url)
    last = asked(url, lambda connection: (revision(connection), shape(connection)))

    assert first["head"] == [(1, 0, "0" * 64)]
    assert len(first["tables"]) == len(Base.metadata.tables) + 1
    assert len(first["triggers"]) > 40
    assert again == first
    made = asked(earlier, shape)
    assert first_release | {"tables": without_defaults(first_release["tables"])} == made | {
        "tables": without_defaults(made["tables"])
    }
    assert between == ("0001", first_release | {"triggers": [], "head": []})
    assert back == first
    assert emptied == ["alembic_version"]
    assert last == (REVISIONS[-1], first)


def test_migrations_and_models_say_the_same(fresh_url: Callable[[], str]) -> None:
    migrated, made = fresh_url(), fresh_url()
    migrate(migrated)
    if made.startswith("sqlite"):
        Path(str(make_url(made).database)).touch()

    def created(connection: Connection) -> dict[str, Any]:
        Base.metadata.create_all(connection)
        return shape(connection)

    drift = asked(
        migrated,
        lambda connection: compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata
        ),
    )
    tables = without_defaults(asked(migrated, shape)["tables"])
    del tables["alembic_version"]

    assert drift == []
    assert tables == without_defaults(asked(made, created)["tables"])


def test_migrations_have_one_head_one_line_and_no_server_in_them() -> None:
    scripts = ScriptDirectory.from_config(configuration("sqlite://"))

    revisions = list(scripts.walk_revisions())

    assert [f"{number:04d}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
    assert scripts.get_heads() == [REVISIONS[-1]]
    assert [each.revision for each in reversed(revisions)] == REVISIONS
    assert [each.down_revision for each in reversed(revisions)] == [None, *REVISIONS[:-1]]
    for path in (SCRIPTS / "versions").glob("*.py"):
        tree = ast.parse(path.read_text())
        named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert "server" not in {name.split(".")[0] for name in named}, path.name
        assert ast.get_docstring(tree).count("Why: ") == 1, path.name  # type: ignore[union-attr]


@pytest.mark.rest
@pytest.mark.parametrize("fresh_url", ["postgresql"], indirect=True)
def test_migrate_by_two_processes_at_once_does_it_once(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    code = "import sys; from server.storage.migrations import migrate; migrate(sys.argv[1])"

    started = [
        subprocess.Popen([sys.executable, "-c", code, url], cwd=SCRIPTS.parent, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ended = [(process.communicate()[1], process.returncode) for process in started]

    assert ended == [("", 0), ("", 0)]
    assert asked(url, revision) == REVISIONS[-1]
    assert asked(url, shape)["head"] == [(1, 0, "0" * 64)]


@pytest.mark.rest
def test_migrating_nests_the_provisions_of_an_issued_version_and_keeps_it(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    migrate(url, "0004")
    parsed = make_url(url)
    driver = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}[parsed.get_backend_name()]
    engine = create_engine(parsed.set(drivername=driver), poolclass=NullPool)
    paper = [
        ("HEADING", 1, "Ports"),
        ("PARAGRAPH", 0, "A port:"),
        ("LIST_ITEM", 1, "opens;"),
        ("LIST_ITEM", 2, "by day;"),
        ("LIST_ITEM", 1, "closes."),
        ("HEADING", 2, "Ships"),
        ("TABLE_ROW", 1, "a | b"),
        ("HEADING", 1, "Ends"),
    ]
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO instruments (id, title, short_title) VALUES ('INS_1', 'Ports', 'Ports')"))
        connection.execute(
            text(
                "INSERT INTO text_versions (id, instrument_id, number, label, language, status, source_name, "
                "source_digest, created_at, version) VALUES ('VER_1', 'INS_1', 1, 'One', 'en', 'WORKING', '', '', "
                "'2026-01-01T00:00:00.000000Z', 1)"
            )
        )
        for number, (kind, level, words) in enumerate(paper, start=1):
            connection.execute(text(f"INSERT INTO provisions (id, instrument_id) VALUES ('PRV_{number}', 'INS_1')"))
            connection.execute(
                text(
                    "INSERT INTO provision_texts (id, text_version_id, provision_id, position, kind, level, "
                    "printed_number, text, digest) VALUES (:id, 'VER_1', :key, :position, :kind, :level, '', :text, '')"
                ),
                {
                    "id": f"PVT_{number}",
                    "key": f"PRV_{number}",
                    "position": number,
                    "kind": kind,
                    "level": level,
                    "text": words,
                },
            )
        connection.execute(text("UPDATE text_versions SET status = 'ISSUED'"))

    migrate(url)
    tree = "SELECT parent_id FROM provision_texts ORDER BY position"
    parents = asked(url, lambda connection: list(connection.scalars(text(tree))))
    with pytest.raises(DatabaseError), engine.begin() as connection:
        connection.execute(text("UPDATE provision_texts SET text = 'other' WHERE position = 1"))
    command.downgrade(configuration(url), "0004")
    words = asked(url, lambda connection: list(connection.scalars(text("SELECT text FROM provision_texts"))))
    with pytest.raises(DatabaseError), engine.begin() as connection:
        connection.execute(text("DELETE FROM provision_texts"))

    assert parents == [None, "PRV_1", "PRV_2", "PRV_3", "PRV_2", "PRV_1", "PRV_6", None]
    assert sorted(words) == sorted(each[2] for each in paper)


@pytest.mark.rest
def test_migrating_folds_the_names_of_parties_anew(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    migrate(url, "0014")
    parsed = make_url(url)
    driver = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}[parsed.get_backend_name()]
    engine = create_engine(parsed.set(drivername=driver), poolclass=NullPool)
    parties = [("PTY_1", "Åland"), ("PTY_2", "Japan")]
    names = [
        ("a\u030aland", "PTY_1"),
        ("\u212bland archipelago".casefold(), "PTY_1"),
        ("kiribati", "PTY_1"),
        ("ja\u200bpan", "PTY_2"),
        ("japan", "PTY_2"),
        ("\uff4biribati", "PTY_2"),
    ]
    with engine.begin() as connection:
        for party_id, short_name in parties:
            connection.execute(
                text(
                    "INSERT INTO parties (id, name, short_name, kind, capacity, version) "
                    "VALUES (:id, :name, :short_name, 'MEMBER_ADMINISTRATION', 'MEMBER', 1)"
                ),
                {"id": party_id, "name": short_name, "short_name": short_name},
            )
        for name, party_id in names:
            statement = text("INSERT INTO party_names (name, party_id) VALUES (:name, :party)")
            connection.execute(statement, {"name": name, "party": party_id})

    migrate(url)

    rows = asked(url, lambda connection: connection.execute(text("SELECT name, party_id FROM party_names")).all())
    assert sorted(map(tuple, rows)) == [
        ("japan", "PTY_2"),
        ("kiribati", "PTY_1"),
        ("\u00e5land", "PTY_1"),
        ("\u00e5land archipelago", "PTY_1"),
        ("\uff4biribati", "PTY_2"),
    ]


def test_migrating_gives_filed_comments_the_position_of_their_provision(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    migrate(url)
    asyncio.run(_fill(url))
    positions = text(
        "SELECT c.position, coalesce(p.position, 0) FROM comments c "
        "LEFT JOIN provision_texts p ON p.id = c.provision_text_id ORDER BY 1"
    )
    command.downgrade(configuration(url), "0015")
    migrate(url)

    pairs = asked(url, lambda connection: [tuple(row) for row in connection.execute(positions)])
    with pytest.raises(DatabaseError):
        asked(url, lambda connection: connection.execute(text("UPDATE comments SET text = '' WHERE number = 1")))

    assert {own for own, _ in pairs} == {0, 1, 2, 3, 4}
    assert [own for own, _ in pairs] == [source for _, source in pairs]


async def _fill(url: str) -> None:
    """Put comments of every kind into a database."""
    database = Database(url)
    await seeded(database, 13)
    await database.close()
