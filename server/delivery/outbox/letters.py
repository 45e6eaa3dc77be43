"""Writing letters. A letter is a row of the transaction that it tells of: it goes out if that is committed, and only
then."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.kernel.addresses import is_email
from server.kernel.refusals import Issue, ensure_well_formed
from server.models.outbox import Letter

SUBJECT_LIMIT = 200
"""Longest subject of a letter, in characters; a longer one is cut."""
TEXT_LIMIT = 20_000
"""Longest text of a letter, in characters."""


async def write_letter(session: AsyncSession, *, address: str, subject: str, text: str, now: datetime) -> str:
    """Put a letter into the outbox. The subject may hold anything: what could break a header is taken out of it. Gives
    the letter's id; refuses an address that is none, and a text that is empty or too long."""
    issues = [] if is_email(address) else [Issue("email", "an e-mail address")]
    if not text.strip() or len(text) > TEXT_LIMIT:
        issues.append(Issue("text", f"1 to {TEXT_LIMIT} characters"))
    ensure_well_formed(issues)
    letter = Letter(address=address, subject=one_line(subject)[:SUBJECT_LIMIT], text=text, written_at=now)
    session.add(letter)
    await session.flush()
    return letter.id


def one_line(words: str) -> str:
    """Words on one line: line ends, tabs and whatever else is not printed become single spaces."""
    printed = "".join(character if character.isprintable() else " " for character in words)
    return " ".join(printed.split())
