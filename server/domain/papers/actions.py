"""Issuing papers. An issued paper never changes: a correction is the next letter."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import get_sitting
from server.domain.papers import policy, queries, rules
from server.domain.papers.rules import IssueFacts, PaperNumber
from server.domain.texts.queries.reading import get_version
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed
from server.models.bodies import Sitting
from server.models.papers import Paper


async def issue_paper(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    series: str,
    serial: int,
    language: str = "en",
    title: str,
    sitting_id: str | None = None,
    text_version_id: str | None = None,
) -> str:
    """Issue the next lettered version of a paper, and return its id.

    It is for a sitting and carries an issued text where these are named. The server gives the letter, so that none is
    skipped. `language` is a tag such as "en". If two are issued at once on PostgreSQL, the later one may be refused
    as stale.
    """
    sitting = await get_sitting(session, actor, now, sitting_id) if sitting_id is not None else None
    version = await get_version(session, actor, now, text_version_id) if text_version_id is not None else None
    last = await queries.last_letter(session, series, serial)
    policy.issue_paper.ensure(actor, IssueFacts(last, version.status if version else None), now)
    ensure_well_formed([*rules.check_paper(series, serial, language, title), *_check_sitting(sitting)])
    # The letter is unique for a paper, so two issues at once cannot both take it.
    paper = Paper(
        series=series,
        serial=serial,
        letter=rules.letter_after(last),
        language=rules.letter_of(language),
        title=title.strip(),
        sitting_id=sitting and sitting.id,
        text_version_id=version and version.id,
        issued_at=now,
    )
    session.add(paper)
    number = PaperNumber(series, serial, paper.language, paper.letter)
    details: dict[str, Any] = {"reference": rules.reference_of(number), "title": paper.title}
    details |= {"sitting": paper.sitting_id, "version": paper.text_version_id}
    await record(session, actor, policy.issue_paper, paper.id, now, **details)
    return paper.id


def _check_sitting(sitting: Sitting | None) -> list[Issue]:
    """Return the fault of a sitting that was called off."""
    if sitting is None or sitting.cancelled_at is None:
        return []
    return [Issue("sittingId", IssueCode.UNFIT, why="this sitting was called off")]
