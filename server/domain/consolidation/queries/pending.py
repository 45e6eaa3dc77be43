"""Counting what keeps a version from being consolidated."""

from datetime import datetime

from sqlalchemy import func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds.queries import is_closed
from server.models.rounds import Comment, CommentWork, Round
from server.models.texts import TextVersion
from server.vocabulary.rounds import UNDISPOSED, RoundStatus
from server.vocabulary.texts import VersionStatus


async def count_working(session: AsyncSession, instrument_id: str, language: str) -> int:
    """Count the versions of an instrument in a language that are being made."""
    spoken = (TextVersion.instrument_id == instrument_id, TextVersion.language == language)
    working = (*spoken, TextVersion.status == VersionStatus.WORKING)
    return await session.scalar(select(func.count()).select_from(TextVersion).where(*working)) or 0


async def count_open_rounds(session: AsyncSession, version_id: str, now: datetime) -> int:
    """Count the rounds on a version that take comments, or will."""
    called = (Round.text_version_id == version_id, Round.status == RoundStatus.CALLED)
    open_rounds = select(func.count()).select_from(Round).where(*called, not_(is_closed(Round.closes_at, now)))
    return await session.scalar(open_rounds) or 0


async def count_undisposed(session: AsyncSession, version_id: str) -> int:
    """Count the comments on a version that wait for their recorded disposition.

    Comments in cancelled rounds are left out.
    """
    statement = (
        select(func.count())
        .select_from(Comment)
        .join(Round, Round.id == Comment.round_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .where(
            Round.text_version_id == version_id,
            Round.status != RoundStatus.CANCELLED,
            CommentWork.status.in_(UNDISPOSED),
        )
    )
    return await session.scalar(statement) or 0
