"""Counting what keeps a version from being consolidated."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.rounds.queries import is_closed
from server.models.rounds import CarriedComment, Comment, CommentWork, Round
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


def is_on(version_id: str) -> ColumnElement[bool]:
    """Return the condition on the work of a comment and its round that the comment is on a version now.

    It is on the version to which it was carried last, or on that of its round.
    """
    carried = aliased(CarriedComment)
    moved_here = select(carried.id).where(carried.id == CommentWork.carried_id, carried.text_version_id == version_id)
    return or_(and_(CommentWork.carried_id.is_(None), Round.text_version_id == version_id), moved_here.exists())


async def count_undisposed(session: AsyncSession, version_id: str) -> int:
    """Count the comments on a version, and those carried to it, that wait for their recorded disposition.

    Comments in cancelled rounds are left out, and those that were carried on to a later version.
    """
    statement = (
        select(func.count())
        .select_from(Comment)
        .join(Round, Round.id == Comment.round_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .where(
            is_on(version_id),
            Round.status != RoundStatus.CANCELLED,
            CommentWork.status.in_(UNDISPOSED),
        )
    )
    return await session.scalar(statement) or 0
