"""The commands `intersession admit-parties` and `intersession import-participants`: who takes part, from lists."""

import asyncio
import base64
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from server.domain.parties.actions.participants import ParticipantSheet, import_participants, prepare_import
from server.domain.parties.actions.register import admit_known_parties
from server.domain.parties.rules.accrediting import InvitationTerms
from server.kernel.actor import Capacity
from server.kernel.clock import utc_now
from server.tools.shell.database import Email, officer_named, opened_database
from server.tools.shell.settings import current_settings
from server.vocabulary.known_parties import known_parties
from server.vocabulary.parties import Enrolment

Names = Annotated[list[str], typer.Argument(help="Short names as in the list of known parties, such as Japan or UPU.")]
Sheet = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The sheet, CSV or XLSX.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def admit_parties_command(
    names: Names = [],  # noqa: B006
    officer: Email = "",
) -> None:
    """Enter parties from the list of known parties with all their names; without names, print the list."""
    if not names:
        for party in known_parties():
            if party.capacity != Capacity.SECRETARIAT:
                typer.echo(f"{party.short_name}: {party.name} ({party.capacity})")
        return

    async def work() -> None:
        async with opened_database() as database:
            actor = await officer_named(database, officer)
            async with database.writing() as session:
                await admit_known_parties(session, actor, utc_now(), short_names=tuple(names))

    asyncio.run(work())
    typer.echo(f"admitted: {', '.join(names)}")


def import_participants_command(
    file: Sheet,
    accredit: Annotated[bool, typer.Option("--accredit", help="Accredit at once instead of inviting.")] = False,
    starts_on: Day = None,
    ends_on: Day = None,
    officer: Email = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, but write nothing.")] = False,
) -> None:
    """Accredit or invite everybody in a sheet who is not there yet: all of them, or nobody."""
    enrolment = Enrolment.ACCREDIT if accredit else Enrolment.INVITE
    days = (starts_on and starts_on.date(), ends_on and ends_on.date())
    participants = ParticipantSheet(_read_sheet(file), enrolment, *days)

    async def work() -> str:
        async with opened_database() as database:
            actor = await officer_named(database, officer)
            now = utc_now()
            async with database.studying() as session:
                enrolling = await prepare_import(session, actor, now, participants)
            counts = f"{len(enrolling.new)} new, {enrolling.known} known already"
            if dry_run:
                return counts
            settings = current_settings()
            terms = InvitationTerms(settings.issuer, settings.invitation_days)
            async with database.writing() as session:
                await import_participants(
                    session, actor, utc_now(), participants=participants, source_name=file.name, terms=terms
                )
        return counts

    typer.echo(asyncio.run(work()))


def _read_sheet(file: Path) -> str:
    """Return the sheet as the import takes it. Raise BadParameter for a file that is too large or is no text."""
    limit = current_settings().import_bytes
    if file.stat().st_size > limit:
        raise typer.BadParameter(f"{file.name} is larger than {limit} bytes.")
    content = file.read_bytes()
    if content.startswith(b"PK"):
        return base64.b64encode(content).decode("ascii")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{file.name} is neither CSV in UTF-8 nor XLSX.") from error
