"""The command that writes the report of a round."""

import asyncio
from typing import Annotated

import typer

from server.documents.reports import write_report
from server.domain.triage.queries.reporting import find_report
from server.kernel.clock import utc_now
from server.tools.shell.database import Email, officer_named, opened_database
from server.tools.shell.evidence import Output, write_file


def report_command(
    subject: Annotated[str, typer.Argument(metavar="ROUND", help="Round: RND_...")], output: Output, officer: Email = ""
) -> None:
    """Write the report of a round as Markdown: by provision and party, with statistics and what is maintained."""

    async def work() -> str | None:
        async with opened_database() as database:
            actor = await officer_named(database, officer)
            async with database.studying() as session:
                report = await find_report(session, actor, utc_now(), subject)
        return report and write_report(report)

    text = asyncio.run(work())
    if text is None:
        raise typer.BadParameter(f"There is no report of {subject}: there is no such round, or it has not closed.")
    write_file(output, text.encode())
