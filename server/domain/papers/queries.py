"""Reading papers, under the visibility predicate of their noun."""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.kernel.predicates import signed_in
from server.models.papers import Paper


def visible_papers(paper: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a paper.

    Every delegate does; the text that it carries has been issued to everyone.
    """
    return signed_in


async def last_letter(session: AsyncSession, series: str, serial: int) -> str:
    """Return the letter of the last version of a paper, "" where there is none."""
    of_paper = (Paper.series == series, Paper.serial == serial)
    return await session.scalar(select(func.max(Paper.letter)).where(*of_paper)) or ""
