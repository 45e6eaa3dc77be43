"""The check: whether every accepted wording stands, and a decision is behind every change."""

import asyncio
from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries import gathering, reading
from server.domain.consolidation.rules.checking import Compared, Disagreement, find_disagreements, reading_order
from server.domain.texts import queries as texts
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.consolidation import Consolidation
from server.vocabulary.consolidation import ExceptionKind
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk


class Finding(NamedTuple):
    """A place where text and decisions do not agree.

    Words and source are empty where the reader does not see the comment or amendment.
    """

    kind: ExceptionKind
    provision_key: str
    source_id: str
    words: str
    explanation: str | None


class Reconciliation(NamedTuple):
    """The three lists of the check, and whether everything in them is explained."""

    is_clean: bool
    accepted_but_unchanged: list[Finding]
    changed_without_decision: list[Finding]
    refused_yet_changed: list[Finding]


async def disagreements_of(session: AsyncSession, consolidation: Consolidation) -> tuple[Disagreement, ...]:
    """Return the three lists of the check for a version, from what is in the database now.

    The number of statements does not depend on the length of the text.
    """
    accepted, refused = await gathering.answered_wordings(session, consolidation.base_id)
    agreed, not_agreed = await gathering.viewed_amendments(session, consolidation.base_id)
    settled, prevailed = await gathering.settled_sources(session, consolidation.id)
    revised = await gathering.decided_revisions(session, consolidation.id)
    provisions = await compare_provisions(session, consolidation)
    return await asyncio.to_thread(
        find_disagreements, provisions, accepted + agreed, refused + not_agreed, settled | revised, prevailed
    )


async def compare_provisions(session: AsyncSession, consolidation: Consolidation) -> list[Compared]:
    """Return every provision of base and target in reading order, with the changes recorded for it."""
    base = {p.provision_id: p.text for p in await texts.provisions_of(session, consolidation.base_id)}
    target = {p.provision_id: p.text for p in await texts.provisions_of(session, consolidation.target_id)}
    recorded: dict[str, list[Hunk]] = defaultdict(list)
    for change in await reading.changes_of(session, consolidation.id):
        if change.kind != AmendmentKind.MOVE:
            recorded[change.provision_id].append(Hunk(change.start, change.end, change.replacement))
    keys = reading_order(list(base), list(target))
    return [Compared(key, base.get(key), target.get(key), tuple(recorded[key])) for key in keys]


async def find_reconciliation(
    session: AsyncSession, actor: Actor, now: datetime, consolidation_id: str
) -> Reconciliation | None:
    """Return the check of a consolidation, None unless the actor sees the consolidation."""
    if prefix_of(consolidation_id) != Consolidation.prefix:
        return None
    consolidation = await reading.find_visible(session, actor, now, consolidation_id)
    if consolidation is None:
        return None
    disagreements = await disagreements_of(session, consolidation)
    seen_ids = await reading.find_seen_sources(session, actor, now, {each.source for each in disagreements})
    findings = {kind: [_show(each, seen_ids) for each in disagreements if each.kind == kind] for kind in ExceptionKind}
    return Reconciliation(
        is_clean=all(each.explanation is not None for each in disagreements),
        accepted_but_unchanged=findings[ExceptionKind.ACCEPTED_BUT_UNCHANGED],
        changed_without_decision=findings[ExceptionKind.CHANGED_WITHOUT_DECISION],
        refused_yet_changed=findings[ExceptionKind.REFUSED_YET_CHANGED],
    )


def _show(disagreement: Disagreement, seen_ids: set[str]) -> Finding:
    """Return the finding as the reader may see it: of a hidden comment or amendment, only that there is one."""
    kind, key, source, words, explanation = disagreement
    if source and source not in seen_ids:
        return Finding(kind, key, "", "", explanation and "explained; not shown to you")
    return Finding(kind, key, source, words, explanation)
