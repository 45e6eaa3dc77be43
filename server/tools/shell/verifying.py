"""The commands `intersession verify-journal` and `intersession verify`."""

import asyncio
import json
import runpy
from pathlib import Path
from typing import Annotated

import typer

from server.journal.faults import Report
from server.journal.verification import verify
from server.kernel.saying import say_number
from server.tools.shell.database import opened_database
from server.tools.shell.evidence import VERIFIER


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
        typer.echo(f"The journal holds: {say_number(report.entries, 'entry', 'entries')}, unbroken.")
        return
    for fault in report.faults:
        typer.secho(f"The journal does not hold: {fault}.", fg="red", err=True)
    if report.left_off:
        typer.secho(f"Not listed: {say_number(report.left_off, 'more fault')}.", fg="red", err=True)


def verify_files(
    files: Annotated[list[Path], typer.Argument(help="Receipts, proofs, seals, packs.")],
    key: Annotated[str | None, typer.Option(help="Fingerprint of a key that you know from elsewhere.")] = None,
    head: Annotated[str | None, typer.Option(help="Digest of a signed head that you know from elsewhere.")] = None,
) -> None:
    """Check evidence by `verify.py`, which also runs alone: neither a database nor a server is asked."""
    options = (("--key", key), ("--head", head))
    words = [*map(str, files), *(word for option in options if option[1] is not None for word in option)]
    status: int = runpy.run_path(str(VERIFIER / "verify.py"))["main"](words)
    if status:
        raise typer.Exit(status)
