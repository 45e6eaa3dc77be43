"""Counting what keeps a version from being consolidated."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.rounds.queries import is_closed
from server.kernel.zones import say_instant
from server.models.rounds import CarriedComment, Comment, CommentWork, Round
from server.models.texts import TextVersion
from server.vocabulary.rounds import RUNNING, UNDISPOSED, RoundStatus
from server.vocabulary.texts import VersionStatus


async def count_working(session: AsyncSession, instrument_id: str, language: str) -> int:
    """Count the versions of an instrument in a language that are being made."""
    spoken = (TextVersion.instrument_id == instrument_id, TextVersion.language == language)
    working = (*spoken, TextVersion.status == VersionStatus.WORKING)
    return await session.scalar(select(func.count()).select_from(TextVersion).where(*working)) or 0


async def count_open_rounds(session: AsyncSession, version_id: str, now: datetime) -> int:
    """Count the rounds on a version that take comments, or will."""
    called = (Round.text_version_id == version_id, Round.status.in_(RUNNING))
    open_rounds = select(func.count()).select_from(Round).where(*called, not_(is_closed(Round.closes_at, now)))
    return await session.scalar(open_rounds) or 0


async def name_open_rounds(session: AsyncSession, version_id: str, now: datetime) -> tuple[str, ...]:
    """Return the rounds on a version that take comments or will, the one that closes first at the front."""
    called = (Round.text_version_id == version_id, Round.status.in_(RUNNING), not_(is_closed(Round.closes_at, now)))
    columns = (Round.code, Round.title, Round.closes_at, Round.zone)
    rows = await session.execute(select(*columns).where(*called).order_by(Round.closes_at, Round.id))
    return tuple(
        f"{f'{code} ' if code else ''}“{title}” until {say_instant(closes_at, zone)}"
        for code, title, closes_at, zone in rows
    )


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


def select_open_rounds(now: datetime) -> Any:
    """Return the statement that counts the rounds that take comments, or will, by their version."""
    called = (Round.status.in_(RUNNING), not_(is_closed(Round.closes_at, now)))
    return select(Round.text_version_id, func.count()).where(*called).group_by(Round.text_version_id)


def select_comments_of(version_ids: Collection[str], *conditions: ColumnElement[bool]) -> Any:
    """Return the statement that counts comments in rounds that were not cancelled, by the version they are on now."""
    carried = aliased(CarriedComment)
    version_id = func.coalesce(carried.text_version_id, Round.text_version_id)
    return (
        select(version_id, func.count())
        .select_from(Comment)
        .join(Round, Round.id == Comment.round_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .outerjoin(carried, carried.id == CommentWork.carried_id)
        .where(version_id.in_(version_ids), Round.status != RoundStatus.CANCELLED, *conditions)
        .group_by(version_id)
    )
