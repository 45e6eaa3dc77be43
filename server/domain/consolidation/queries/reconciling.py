"""The check as a reader may see it, computed from what is in the database now."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries import reading
from server.domain.consolidation.queries.checking import Check, check_of
from server.domain.consolidation.rules.checking import Disagreement, Woven
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.consolidation import Consolidation, SentenceReading
from server.vocabulary.consolidation import ExceptionKind


class Finding(NamedTuple):
    """A place where text and decisions do not agree.

    Words and source are empty where the reader does not see the comment or amendment.
    """

    kind: ExceptionKind
    provision_key: str
    source_id: str
    words: str
    explanation: str | None


class WovenSentence(NamedTuple):
    """A sentence that several parties' changes made together, and the person who confirmed reading it, if any."""

    digest: str
    provision_key: str
    words: str
    read_by_id: str | None
    read_at: datetime | None


class Reconciliation(NamedTuple):
    """The lists of the check, and whether everything in them is explained and every sentence was read."""

    is_clean: bool
    woven: list[WovenSentence]
    proposal_in_part: list[Finding]
    misplaced: list[Finding]
    corrected: list[Finding]
    accepted_but_unchanged: list[Finding]
    changed_without_decision: list[Finding]
    refused_yet_changed: list[Finding]
    dangling_references: list[Finding]
    definitions_changed: list[Finding]


async def find_reconciliation(
    session: AsyncSession, actor: Actor, now: datetime, consolidation_id: str
) -> Reconciliation | None:
    """Return the check of a consolidation, None unless the actor sees the consolidation."""
    if prefix_of(consolidation_id) != Consolidation.prefix:
        return None
    consolidation = await reading.find_visible(session, actor, now, consolidation_id)
    if consolidation is None:
        return None
    return await show_check(session, actor, now, await check_of(session, consolidation))


async def show_check(session: AsyncSession, actor: Actor, now: datetime, check: Check) -> Reconciliation:
    """Return a check as an actor who sees its consolidation may see it."""
    disagreements = check.disagreements
    seen_ids = await reading.find_seen_sources(session, actor, now, {each.source for each in disagreements})
    findings = {kind: [_show(each, seen_ids) for each in disagreements if each.kind == kind] for kind in ExceptionKind}
    return Reconciliation(
        is_clean=not (check.unexplained or check.unread),
        woven=[show_woven(sentence, check.readings.get(sentence.digest)) for sentence in check.woven],
        proposal_in_part=findings[ExceptionKind.PROPOSAL_IN_PART],
        misplaced=findings[ExceptionKind.MISPLACED],
        corrected=findings[ExceptionKind.CORRECTED],
        accepted_but_unchanged=findings[ExceptionKind.ACCEPTED_BUT_UNCHANGED],
        changed_without_decision=findings[ExceptionKind.CHANGED_WITHOUT_DECISION],
        refused_yet_changed=findings[ExceptionKind.REFUSED_YET_CHANGED],
        dangling_references=findings[ExceptionKind.DANGLING_REFERENCE],
        definitions_changed=findings[ExceptionKind.DEFINITION_CHANGED],
    )


def show_woven(sentence: Woven, reading: SentenceReading | None) -> WovenSentence:
    """Return a woven sentence with the person who read it."""
    key, words, digest = sentence
    reader, read_at = (reading.read_by_id, reading.read_at) if reading else (None, None)
    return WovenSentence(digest, key, words, reader, read_at)


def _show(disagreement: Disagreement, seen_ids: set[str]) -> Finding:
    """Return the finding as the reader may see it: of a hidden comment or amendment, only that there is one."""
    kind, key, source, words, explanation = disagreement
    if source and source not in seen_ids:
        return Finding(kind, key, "", "", explanation and "explained; not shown to you")
    return Finding(kind, key, source, words, explanation)
