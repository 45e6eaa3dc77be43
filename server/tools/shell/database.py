"""What the commands share: the database of the settings, and the officer in whose name something is done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from server.identity.standing import actor_of, find_only_officer, find_person
from server.kernel.actor import Actor
from server.kernel.clock import utc_now
from server.storage.database import Database
from server.tools.shell.settings import current_settings

Email = Annotated[str, typer.Option("--as", help="E-mail of the Secretariat officer in whose name this is done.")]


@asynccontextmanager
async def opened_database() -> AsyncIterator[Database]:
    """Open the database of the settings, and close it at the end in any case.

    An open database keeps the command from ending. Raises UnknownSchema if this program cannot serve its schema.
    """
    database = Database(current_settings().database)
    try:
        await database.check_schema()
        yield database
    finally:
        await database.close()


async def officer_named(database: Database, email: str) -> Actor:
    """Return the officer with this e-mail; without one the only officer of the Secretariat.

    Raise BadParameter if there is none or, without an e-mail, more than one.
    """
    now = utc_now()
    async with database.reading() as connection:
        person = await (find_person(connection, email) if email else find_only_officer(connection, now.date()))
        actor = await actor_of(connection, person, now) if person else None
    if actor is None or not actor.is_signed_in:
        raise typer.BadParameter(
            f"{email} is not accredited."
            if email
            else "Name the officer with --as EMAIL: there is none or more than one. See `intersession appoint-officer`."
        )
    return actor
