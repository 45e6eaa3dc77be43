"""The commands `intersession backup`, `restore` and `move`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from server.journal.verification import verify
from server.kernel.faults import MachineFault
from server.kernel.saying import say_number
from server.models.base import Base
from server.storage.backups import back_up, restore
from server.storage.database import Database
from server.storage.schema import UnknownSchema, read_schema_state
from server.storage.settings import StorageSettings
from server.tools.shell.settings import current_settings

BESIDE = "The settings (INTERSESSION_...) are not in it: keep them in a safe place of their own."


def backup_command(file: Annotated[Path, typer.Argument(help="A new file to write.")]) -> None:
    """Write a verified backup of the database to a file, also while a server writes to it."""
    back_up(current_settings().database, file, verify_database)
    typer.echo(f"{file} is complete. {BESIDE}")


def restore_command(
    file: Annotated[Path, typer.Argument(help="A backup made by `intersession backup`.")],
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of a database that is not empty.")] = False,
) -> None:
    """Check a backup and make it the database."""
    before = restore(file, current_settings().database, verify_database, replace=replace)
    typer.echo(f"{file} is the database now." + (f" The one before is kept as {before}." if before else ""))


def move_command(
    source: Annotated[str, typer.Argument(help="The file or the URL of the database to move.")],
    target: Annotated[str, typer.Argument(help="The URL of an empty database: postgresql://USER@HOST/NAME.")],
) -> None:
    """Move a whole database to another one, from SQLite to PostgreSQL or back, and compare both."""
    # late, because it loads Alembic, which the server that runs for weeks does not need
    from server.storage.moving import move  # noqa: PLC0415

    source = source if "://" in source else f"sqlite:///{Path(source).absolute()}"
    for url in (source, target):
        StorageSettings(database=url)
    moved = move(source, target, Base.metadata)
    rows = sum(contents.rows for contents in moved.contents.values())
    typer.echo(f"Moved, and the same: {say_number(rows, 'row')} of {say_number(len(moved.contents), 'table')}.")
    verify_database(target)
    if moved.behind:
        behind = say_number(moved.behind, "entry of its journal is", "entries of its journal are")
        raise MachineFault(
            f"The source has gone on: {behind} not in the target. Stop the server, and move again to an empty database."
        )
    typer.echo(f"Set INTERSESSION_DATABASE to the target, and start the server. {BESIDE}")


def verify_database(url: str) -> None:
    """Check the journal of a database, and say how many entries hold. Raise MachineFault if it is broken.

    Of a database that another release made only its revision is said: only that release knows all of its tables.
    """
    typer.echo(asyncio.run(_verify(url)))


async def _verify(url: str) -> str:
    database = Database(url)
    try:
        async with database.reading() as connection:
            state = await connection.run_sync(read_schema_state)
            if state.revision is None:
                raise MachineFault("This is not a database of Intersession.")
            try:
                await database.check_schema()
            except UnknownSchema:
                return f"The journal was not verified: revision {state.revision} belongs to another release."
            report = await verify(connection)
    finally:
        await database.close()
    if report.faults:
        raise MachineFault(f"The journal does not hold: {report.faults[0]}.")
    return f"The journal holds: {say_number(report.entries, 'entry', 'entries')}, unbroken."
