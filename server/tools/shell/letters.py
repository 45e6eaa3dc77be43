"""The command `intersession letters`."""

import asyncio
from typing import Annotated

import typer

from server.delivery.outbox.delivery import Waiting, count_waiting, deliver_letters
from server.delivery.outbox.postman import sender_of
from server.domain.parties.actions.inviting import tell_inviter
from server.kernel.clock import utc_now
from server.tools.shell.database import opened_database
from server.tools.shell.settings import current_settings


def letters(
    send: Annotated[bool, typer.Option("--send", help="Deliver what is due now.")] = False,
) -> None:
    """Print how many letters wait to be sent; with --send deliver them now."""
    settings = current_settings()
    sender = sender_of(settings, production=settings.production)
    if send and sender is None:
        raise typer.BadParameter("There is no mail server: set INTERSESSION_SMTP.")

    async def work() -> tuple[int, Waiting]:
        async with opened_database() as database:
            sent = await deliver_letters(database, utc_now, sender, tell_inviter) if send and sender else 0
            async with database.reading() as connection:
                return sent, await count_waiting(connection)

    sent, left = asyncio.run(work())
    if send:
        typer.echo(f"Sent: {sent}.")
    typer.echo(f"Waiting: {left.waiting}. Given up: {left.given_up}.")
