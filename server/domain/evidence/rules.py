"""Which filings of a round may be handed out, and what of a filing its receipt certifies. Pure."""

from datetime import datetime
from typing import Any

from server.domain.rounds.rules.window import has_closed
from server.journal.digests import content_of_comment, content_of_proposal
from server.models.rounds import Comment
from server.vocabulary.rounds import RoundStatus, RoundVisibility


def may_show_filings(visibility: RoundVisibility, status: RoundStatus, closes_at: datetime, now: datetime) -> bool:
    """Return whether an evidence pack of a round holds its comments.

    Before the close of a sealed round it holds none, and none of one that was cancelled, which stays sealed.
    """
    return visibility == RoundVisibility.IMMEDIATE or (has_closed(closes_at, now) and status != RoundStatus.CANCELLED)


def content_of(filing: Any) -> str:
    """Return the canonical JSON of what a comment or a proposal says, of which its digest is taken."""
    if isinstance(filing, Comment):
        return content_of_comment(filing)
    return content_of_proposal(filing, filing.amendments, [each.party_id for each in filing.co_sponsors])
