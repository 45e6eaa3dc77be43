"""Whether the filings of a round may be handed out. Pure."""

from datetime import datetime

from server.domain.rounds.rules.window import has_closed
from server.vocabulary.rounds import RoundStatus, RoundVisibility


def may_show_filings(visibility: RoundVisibility, status: RoundStatus, closes_at: datetime, now: datetime) -> bool:
    """Return whether an evidence pack of a round holds its comments.

    Before the close of a sealed round it holds none, and none of one that was cancelled, which stays sealed.
    """
    return visibility == RoundVisibility.IMMEDIATE or (has_closed(closes_at, now) and status != RoundStatus.CANCELLED)
