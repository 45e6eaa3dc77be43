"""Reading papers, under the visibility predicate of their noun."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.papers.rules import PaperNumber, read_reference
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


async def find_unknown(session: AsyncSession, references: Iterable[str]) -> frozenset[str]:
    """Return those of some references that name no paper on record, with or without the letter of a version."""
    numbers = {reference: _read(reference) for reference in references}
    serials = {number.serial for number in numbers.values() if number}
    rows = (await session.scalars(select(Paper).where(Paper.serial.in_(serials)))).all() if serials else []
    known = {
        PaperNumber(row.series, row.serial, language, letter)
        for row in rows
        for language in (row.language, "")
        for letter in (row.letter, "")
    }
    return frozenset(each for each, number in numbers.items() if number is None or number._replace(part=0) not in known)


def _read(reference: str) -> PaperNumber | None:
    try:
        return read_reference(reference)
    except ValueError:
        return None
