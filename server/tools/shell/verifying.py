"""The command `intersession verify-journal`."""

import asyncio
import json
from typing import Annotated

import typer

from server.journal.faults import Report
from server.journal.verification import verify
from server.tools.shell.database import opened_database


def verify_journal(
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole result as one JSON object.")] = False,
) -> None:
    """Recompute the chain of the journal and the digests of every row; status 1 if anything does not hold."""

    async def work() -> Report:
        async with opened_database() as database, database.reading() as connection:
            return await verify(connection)

    report = asyncio.run(work())
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        _print_report(report)
    if not report.holds:
        raise typer.Exit(1)


def _print_report(report: Report) -> None:
    for reason, count in sorted(report.unbound.items()):
        if count:
            typer.echo(f"Not bound: {count} {reason}.")
    if report.holds:
        typer.echo(f"The journal holds: {report.entries} entries, unbroken.")
        return
    for fault in report.faults:
        typer.secho(f"The journal does not hold: {fault}.", fg="red", err=True)
    if report.left_off:
        typer.secho(f"{report.left_off} more faults are not listed.", fg="red", err=True)
