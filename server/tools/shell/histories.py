"""The command `intersession provision-history`: how the words of one provision came to stand."""

import asyncio
from typing import Annotated

import typer

from server.domain.consolidation.queries.histories import ProvisionHistory, find_history
from server.kernel.clock import utc_now
from server.tools.shell.database import Email, officer_named, opened_database


def provision_history_command(
    key: Annotated[str, typer.Argument(help="Permanent key of the provision: PRV_...")], officer: Email = ""
) -> None:
    """Print the drafting history of a provision as Markdown, as the officer sees it."""

    async def work() -> ProvisionHistory | None:
        async with opened_database() as database:
            actor = await officer_named(database, officer)
            async with database.studying() as session:
                return await find_history(session, actor, utc_now(), key)

    history = asyncio.run(work())
    if history is None:
        raise typer.BadParameter(f"No provision with the key {key} stands in an issued version.")
    typer.echo(history.markdown, nl=False)
