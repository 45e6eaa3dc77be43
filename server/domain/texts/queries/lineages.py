"""Reading where provisions come from, and what translations owe."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.texts.queries.reading import visible_versions
from server.domain.texts.rules.lineages import TRUSTED
from server.kernel.predicates import Within, is_for_delegates
from server.models.texts import Lineage, TextVersion
from server.models.translations import TranslationDebt

visible_lineages = Within("text_version_id", TextVersion, visible_versions, is_for_delegates)
"""The condition that the caller sees where a provision comes from: they see the version."""
visible_debts = Within("text_version_id", TextVersion, visible_versions, is_for_delegates)
"""The condition that the caller sees what a translation owes: they see the version."""


def is_unconfirmed(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for lines of lineage that wait for a person, or do not: `rules.needs_confirmation` in SQL."""
    waits = and_(column_at("score") < TRUSTED, column_at("confirmed_at").is_(None))
    return matches(type_coerce(waits, Boolean()))  # type: ignore[no-any-return]


async def lineage_of(session: AsyncSession, version_id: str) -> Sequence[Lineage]:
    """Return every line of the lineage of a version, in order. The caller has checked that the actor sees it."""
    statement = select(Lineage).where(Lineage.text_version_id == version_id)
    return (await session.scalars(statement.order_by(Lineage.position))).all()


async def unconfirmed_lineage(session: AsyncSession, version_id: str) -> Sequence[Lineage]:
    """Return the lines of the lineage of a version that wait for a person, in order."""
    waiting = (Lineage.score < TRUSTED, Lineage.confirmed_at.is_(None))
    statement = select(Lineage).where(Lineage.text_version_id == version_id, *waiting)
    return (await session.scalars(statement.order_by(Lineage.position))).all()


async def debts_of(session: AsyncSession, version_id: str) -> Sequence[TranslationDebt]:
    """Return what a translation owes, in order. The caller has checked that the actor sees it."""
    statement = select(TranslationDebt).where(TranslationDebt.text_version_id == version_id)
    return (await session.scalars(statement.order_by(TranslationDebt.position))).all()
