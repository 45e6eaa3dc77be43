"""Whether the filings of a round may be handed out, and when it is sealed. Pure."""

from datetime import datetime, timedelta

from server.domain.rounds.rules.window import has_closed
from server.vocabulary.calls import CallStatus
from server.vocabulary.rounds import RoundStatus, RoundVisibility


def may_show_filings(
    visibility: RoundVisibility, status: RoundStatus | CallStatus, closes_at: datetime, now: datetime
) -> bool:
    """Return whether an evidence pack of a round holds its comments.

    Before the close of a sealed round it holds none, and none of one that was cancelled, which stays sealed.
    """
    return visibility == RoundVisibility.IMMEDIATE or (
        has_closed(closes_at, now) and str(status) != RoundStatus.CANCELLED
    )


SEAL_EVERY = timedelta(hours=1)
"""Time between two seals of a round, counted from its opening instant."""


def find_tick(opens_at: datetime, closes_at: datetime, now: datetime) -> datetime | None:
    """Return the newest instant at which a sealed round is to be sealed: its close, or a whole hour after it opened.

    None before the first. It follows from the calendar alone, so that it tells nothing of what was filed.
    """
    if has_closed(closes_at, now):
        return closes_at
    ticks = (now - opens_at) // SEAL_EVERY
    return opens_at + ticks * SEAL_EVERY if ticks > 0 else None
