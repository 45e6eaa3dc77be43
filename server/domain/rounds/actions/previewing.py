"""Showing what a wording would change before it is filed. Nothing is written."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds.queries import visible_comments
from server.domain.rounds.rules.anchoring import locate_words
from server.domain.rounds.rules.checks import TEXT_LIMIT
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import check_cells
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed, invalid
from server.models.rounds import Comment
from server.models.texts import ProvisionText
from server.wording.anchors import Quotation
from server.wording.previews import Preview, preview_rewriting
from server.wording.provisions import same_words, without_label

MOST_ALIKE = 50
"""Comments with the same words that are named, the first that were filed."""
MOST_COMPARED = 1_000
"""Comments on one provision whose words are compared."""


class WordingPreview(NamedTuple):
    """What a wording would make of a provision, and the comments that ask for the same."""

    before: str
    after: str
    rewriting: Preview
    alike: list[str]


async def preview_wording(
    session: AsyncSession, actor: Actor, now: datetime, provision_id: str, wording: str, quotation: Quotation | None
) -> WordingPreview | None:
    """Return what a wording in the place of the quoted words, or of the whole provision, would change.

    None unless the actor is a delegate who sees the provision. Refuse what filing refuses: words that are too long or
    cannot be stored, that do not stand there or stand there twice, that change nothing, and other cells of a row.
    """
    provision = await texts.find_visible_provision(session, actor, now, provision_id)
    if provision is None or not actor.reads:
        return None
    ensure_well_formed(_check_words(wording, quotation))
    before = provision.text
    if quotation is None:
        after = without_label(wording, provision.printed_number)
    else:
        start, end = await asyncio.to_thread(locate_words, quotation, before)
        after = before[:start] + wording + before[end:]
    if same_words(after, before):
        raise invalid(Issue("wording", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(check_cells("wording", provision.kind, before, after))
    preview = await asyncio.to_thread(preview_rewriting, before, after)
    return WordingPreview(before, after, preview, await _find_alike(session, actor, now, provision, after))


def _check_words(wording: str, quotation: Quotation | None) -> list[Issue]:
    """Return every fault of words that do not depend on the text."""
    fields = [("wording", wording)]
    if quotation:
        fields += [(f"quotation.{name}", words) for name, words in quotation._asdict().items()]
    issues = [Issue(name, IssueCode.TOO_LONG, limit=TEXT_LIMIT) for name, words in fields if len(words) > TEXT_LIMIT]
    issues += [Issue(name, IssueCode.NUL) for name, words in fields if "\0" in words]
    if quotation and not quotation.exact:
        issues.append(Issue("quotation.exact", IssueCode.EMPTY))
    return issues


async def _find_alike(
    session: AsyncSession, actor: Actor, now: datetime, provision: ProvisionText, after: str
) -> list[str]:
    """Return the ids of the comments that the actor sees and that would make the same words of a provision."""
    statement = (
        select(Comment.id, Comment.quote_start, Comment.quote_end, Comment.proposed_wording)
        .where(Comment.provision_text_id == provision.id, Comment.proposed_wording.is_not(None))
        .where(visible_comments(Comment))
        .order_by(Comment.submitted_at, Comment.id)
        .limit(MOST_COMPARED)
    )
    rows = (await session.execute(statement, actor.parameters(now))).all()
    wordings = [(row.id, row.quote_start, row.quote_end, row.proposed_wording or "") for row in rows]
    return _list_alike(wordings, provision.text, after)[:MOST_ALIKE]


def _list_alike(rows: Sequence[tuple[str, int | None, int | None, str]], before: str, after: str) -> list[str]:
    """Return the ids of the rows whose words, put in their place in `before`, give `after`."""
    alike = []
    for comment_id, start, end, words in rows:
        first, last = (0, len(before)) if start is None or end is None else (start, end)
        # lengths first, so that no text is copied for words that cannot be the same
        if first + len(words) + len(before) - last == len(after) and before[:first] + words + before[last:] == after:
            alike.append(comment_id)
    return alike
