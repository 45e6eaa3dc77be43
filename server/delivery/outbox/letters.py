"""Write letters. A letter is a row in the transaction that it tells of: it goes out only if that is committed."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.kernel.addresses import EMAIL_LIMIT, is_email
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed
from server.models.outbox import Letter

SUBJECT_LIMIT = 200
"""Longest subject of a letter, in characters; a longer subject is cut."""
TEXT_LIMIT = 20_000
"""Longest text of a letter, in characters."""


async def write_letter(session: AsyncSession, *, address: str, subject: str, text: str, now: datetime) -> str:
    """Put a letter into the outbox and return its id. Refuse as `build_letter` does."""
    letter = build_letter(address=address, subject=subject, text=text, now=now)
    session.add(letter)
    await session.flush()
    return letter.id


def build_letter(*, address: str, subject: str, text: str, now: datetime) -> Letter:
    """Return a letter for the outbox, for an act that writes many at once.

    The subject may hold any characters: those that could break a header are taken out. Refuse an invalid address, and a
    text that is empty or too long.
    """
    issues = [] if is_email(address) else [Issue("email", IssueCode.EMAIL_MALFORMED, limit=EMAIL_LIMIT)]
    if not text.strip() or len(text) > TEXT_LIMIT:
        issues.append(Issue("text", IssueCode.LENGTH, limit=TEXT_LIMIT))
    ensure_well_formed(issues)
    return Letter(address=address, subject=one_line(subject)[:SUBJECT_LIMIT], text=text, written_at=now)


def one_line(words: str) -> str:
    """Return the words on one line: line ends, tabs and all other unprintable characters become single spaces."""
    printable = "".join(character if character.isprintable() else " " for character in words)
    return " ".join(printable.split())
