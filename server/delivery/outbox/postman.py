"""Deliver letters in the background for as long as the server runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from server.delivery.outbox.delivery import (
    Compose,
    Count,
    Send,
    Tell,
    compose_nothing,
    count_nowhere,
    deliver_letters,
    tell_nobody,
)
from server.delivery.outbox.senders import smtp_sender, terminal_sender
from server.delivery.repeating import TURN_SECONDS, repeating
from server.delivery.settings import DeliverySettings
from server.kernel.clock import Clock
from server.storage.database import Database


def sender_of(settings: DeliverySettings, *, production: bool) -> Send | None:
    """Return the function that sends letters under these settings.

    None in production without a mail server: the letters wait, because a link that signs somebody in must not stand in
    a log.
    """
    if url := settings.smtp.get_secret_value():
        return smtp_sender(url, settings.mail_from, settings.smtp_tls)
    return None if production else terminal_sender


@asynccontextmanager
async def postman(
    database: Database,
    clock: Clock,
    send: Send | None,
    *,
    tell: Tell = tell_nobody,
    count: Count = count_nowhere,
    compose: Compose = compose_nothing,
    every: float = TURN_SECONDS,
) -> AsyncIterator[None]:
    """Deliver letters while the block runs, beginning at once. `every` is in seconds: a wait when none is left to send.

    If `send` is None the letters wait, and the log says so once. `tell`, `count` and `compose` are as in
    `deliver_letters`.
    """
    if send is None:
        structlog.get_logger().warning("no mail server: letters wait", setting="INTERSESSION_SMTP")
        yield
        return

    async def deliver() -> None:
        """Send letters until none is due, in batches. Thousands that wait do not wait for a turn each fifty."""
        while await deliver_letters(database, clock, send, tell, count, compose):
            pass

    async with repeating(deliver, "letters not delivered", every=every):
        yield
