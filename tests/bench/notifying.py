"""Make notices and send letters as a server does, until there is nothing left to do: the process that is killed."""

import asyncio
import sys
from datetime import datetime, timedelta
from functools import partial

from server.delivery.outbox.delivery import deliver_letters
from server.delivery.outbox.senders import smtp_sender
from server.domain.notices.actions.making import make_notices
from server.domain.notices.actions.posting import compose_letter, post_notices
from server.storage.database import Database


async def work(url: str, smtp: str, issuer: str, now: datetime) -> None:
    """Do turns until one of them did nothing."""
    database = Database(url, pool=4)
    compose = partial(compose_letter, issuer=issuer)
    send = smtp_sender(smtp, "fos@example.org")
    while True:
        made = await make_notices(database, lambda: now)
        posted = await post_notices(database, lambda: now, issuer)
        sent = await deliver_letters(database, lambda: now, send, compose=compose)
        if not (made or posted or sent):
            break
    await database.close()


if __name__ == "__main__":
    _, url, smtp, issuer, now, ahead = sys.argv
    asyncio.run(work(url, smtp, issuer, datetime.fromisoformat(now) + timedelta(seconds=int(ahead))))
