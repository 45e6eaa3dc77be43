"""Browsers in which a person has signed in before: their guesses are counted apart from those of strangers.

Anybody can guess at the password of an account until it is blocked. The person then still gets in by a browser that is
known for them, because there only the guesses made in that very browser count (OWASP calls it a device cookie).
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.guesses import GuessKey, strict_key
from server.identity.secrets import digest_of, new_secret
from server.models.identity import KnownBrowser

KNOWN_FOR = timedelta(days=90)
"""How long a browser stays known after the last sign-in."""


async def remember_browser(session: AsyncSession, secret: str | None, person_id: str, now: datetime) -> str:
    """Note that a person signed in with a browser; return the new secret for its cookie.

    `secret` is what the browser brought. All people of the browser move to the new one, so that a secret that somebody
    planted or copied before is worth nothing.
    """
    await session.execute(delete(KnownBrowser).where(KnownBrowser.expires_at <= now))
    renewed = new_secret()
    if secret:
        before = update(KnownBrowser).where(KnownBrowser.secret_digest == digest_of(secret))
        await session.execute(before.values(secret_digest=digest_of(renewed)))
    await session.merge(KnownBrowser(secret_digest=digest_of(renewed), person_id=person_id, expires_at=now + KNOWN_FOR))
    await session.flush()
    return renewed


async def find_known_key(
    connection: AsyncConnection, secret: str | None, person_id: str | None, now: datetime, *, purpose: str
) -> GuessKey | None:
    """Return the key under which guesses of a person in this browser are counted.

    None if the browser is not known for the person: its guesses are then counted with those of strangers.
    """
    if not secret or not person_id:
        return None
    known = select(KnownBrowser.person_id).where(
        KnownBrowser.secret_digest == digest_of(secret),
        KnownBrowser.person_id == person_id,
        KnownBrowser.expires_at > now,
    )
    if await connection.scalar(known) is None:
        return None
    return strict_key(f"{purpose} in a known browser", f"{digest_of(secret)}|{person_id}")


async def forget_browsers(session: AsyncSession, person_id: str, *, besides: str | None = None) -> None:
    """Forget every browser that is known for a person, except the one with the secret `besides`."""
    forgotten = [KnownBrowser.person_id == person_id]
    if besides:
        forgotten.append(KnownBrowser.secret_digest != digest_of(besides))
    await session.execute(delete(KnownBrowser).where(*forgotten))
