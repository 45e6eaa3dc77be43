"""Settling the conflicts between accepted changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.tables import count_breaks
from server.domain.consolidation import policy
from server.domain.consolidation.actions.making import add_changes
from server.domain.consolidation.actions.rewriting import read_change, rewrite_provisions
from server.domain.consolidation.queries import reading, settlements
from server.domain.consolidation.queries.checking import read_provisions
from server.domain.consolidation.rules.changes import Accepted, Applied
from server.domain.consolidation.rules.life import ConflictFacts
from server.domain.consolidation.rules.outline import TextTree
from server.domain.consolidation.rules.structure import PLACING, find_rivals
from server.domain.texts.queries import reading as texts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.consolidation import AppliedChange, ConflictSide, TextConflict
from server.vocabulary.consolidation import ConflictKind, ConflictStatus
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk

WORDS_LIMIT = 50_000
"""Longest text of a provision, in characters."""


async def settle_conflict(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    conflict_id: str,
    words: str,
    reason: str,
    rest_stands: bool = False,
    expected_revision: int,
) -> str:
    """Say which words stand where accepted wordings collide, and why; return the conflict's id.

    They may be those of one side, those of the base or a compromise. With `rest_stands`, proposals whose words here do
    not stand may stand in part.
    """
    conflict = await reading.get_conflict(session, actor, now, conflict_id)
    # Before the rule: it asks for the status of the target, which another act may be changing.
    await reading.lock_target(session, conflict.consolidation)
    policy.settle_conflict.ensure(actor, facts_of(ConflictFacts, conflict), now)
    ensure_current("conflict", conflict.id, expected=expected_revision, current=conflict.revision)
    ensure_well_formed(_check_reason(reason) + check_words(conflict, words))
    sides = await reading.sides_of(session, conflict.id)
    if changes := changes_for_words(conflict, sides, words):
        await add_changes(session, conflict.consolidation_id, changes)
    conflict.settled_words = words
    await _close_conflict(session, actor, now, conflict, reason, rest_stands=rest_stands)
    await _release(session, conflict, sides, {conflict.provision_id})
    details = {"words": words, "reason": reason, "rest_stands": rest_stands}
    await record(session, actor, policy.settle_conflict, conflict.id, now, **details)
    return conflict.id


def changes_for_words(conflict: TextConflict, sides: Sequence[ConflictSide], words: str) -> list[Applied]:
    """Return the changes that put words in the place of a conflict, one for each side that asks for exactly these."""
    if words == conflict.base_words:
        return []
    sources = [(side.source_id, side.party_id or "") for side in sides if side.words == words] or [("", "")]
    hunk = Hunk(conflict.start, conflict.end, words)
    kind, key = AmendmentKind.MODIFY, conflict.provision_id
    return [Applied(Accepted(source, conflict.id, party, kind, key, (hunk,)), hunk, key) for source, party in sources]


def _check_reason(reason: str) -> list[Issue]:
    """Return the fault of a reason that is missing."""
    return [] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)]


def check_words(conflict: TextConflict, words: str) -> list[Issue]:
    """Return every fault of the words that are to stand."""
    issues = []
    if len(words) > WORDS_LIMIT:
        issues.append(Issue("words", IssueCode.TOO_LONG, limit=WORDS_LIMIT))
    breaks = count_breaks(conflict.base_words)
    if conflict.kind == ConflictKind.CELLS and words and count_breaks(words) != breaks:
        issues.append(Issue("words", IssueCode.CELLS_DIFFER, cells=breaks + 1))
    return issues


async def settle_structure(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    conflict_id: str,
    standing_ids: list[str],
    reason: str,
    rest_stands: bool = False,
    expected_revision: int,
) -> str:
    """Say which of the changes of places and sections stand that cannot all stand, and why; return the conflict's id.

    `standing_ids` are the sources of sides; several at one place stand in the order given. None may stand: then the
    base stands. Refuses changes that still exclude each other.
    """
    conflict = await reading.get_conflict(session, actor, now, conflict_id)
    await reading.lock_target(session, conflict.consolidation)
    policy.settle_structure.ensure(actor, facts_of(ConflictFacts, conflict), now)
    ensure_current("conflict", conflict.id, expected=expected_revision, current=conflict.revision)
    sides = await reading.sides_of(session, conflict.id)
    contested = await list_contested(session, conflict, sides)
    ensure_well_formed(_check_reason(reason) + await check_standing(session, conflict, standing_ids, contested))
    conflict.standing_ids = list(standing_ids)
    standing = [row for source in standing_ids for row in contested[source]]
    line_up(standing, all_at_one_place=conflict.kind == ConflictKind.ORDER)
    for row in standing:
        row.stands = True
    await _close_conflict(session, actor, now, conflict, reason, rest_stands=rest_stands)
    await _release(session, conflict, sides, {row.provision_id for row in standing})
    details = {"standing": list(standing_ids), "reason": reason, "rest_stands": rest_stands}
    await record(session, actor, policy.settle_structure, conflict.id, now, **details)
    return conflict.id


async def list_contested(
    session: AsyncSession, conflict: TextConflict, sides: Sequence[ConflictSide]
) -> dict[str, list[AppliedChange]]:
    """Return the waiting changes of a conflict by their source."""
    contested: dict[str, list[AppliedChange]] = {side.source_id: [] for side in sides}
    for row in await settlements.waiting_changes(session, conflict.consolidation_id):
        if row.source_id in contested:
            contested[row.source_id].append(row)
    return contested


async def check_standing(
    session: AsyncSession,
    conflict: TextConflict,
    standing_ids: Sequence[str],
    contested: Mapping[str, Sequence[AppliedChange]],
) -> list[Issue]:
    """Return the fault of changes that are no sides of the conflict, or that still exclude each other."""
    if set(standing_ids) - contested.keys() or len(set(standing_ids)) < len(standing_ids):
        return [Issue("standingIds", IssueCode.SIDES_UNKNOWN)]
    base = read_provisions(await texts.provisions_of(session, conflict.consolidation.base_id))
    standing = [read_change(row).accepted for source in standing_ids for row in contested[source]]
    rivals = find_rivals(TextTree(base), standing)
    return [Issue("standingIds", IssueCode.CHANGES_EXCLUDE, rivals=tuple(rivals))] if rivals else []


def line_up(standing: Sequence[AppliedChange], *, all_at_one_place: bool) -> None:
    """Put the provisions that are placed at one place after each other, in the order given."""
    last_at: dict[str | None, str] = {}
    for row in standing:
        if row.kind in PLACING:
            place = "" if all_at_one_place else row.after_id
            if place in last_at and last_at[place] != row.provision_id:
                row.after_id = last_at[place]
            last_at[place] = row.provision_id


async def _close_conflict(
    session: AsyncSession, actor: Actor, now: datetime, conflict: TextConflict, reason: str, *, rest_stands: bool
) -> None:
    """Mark a conflict as settled by the actor."""
    conflict.status = ConflictStatus.SETTLED
    conflict.reason, conflict.rest_stands = reason.strip(), rest_stands
    conflict.settled_by_id, conflict.settled_at = actor.delegate_id, now
    conflict.revision += 1
    conflict.consolidation.target.revision += 1
    await session.flush()


async def _release(
    session: AsyncSession, conflict: TextConflict, sides: Sequence[ConflictSide], keys: set[str]
) -> None:
    """Let the rest of the proposals stand that waited for this settlement, and write the text anew."""
    for row in await settlements.released_changes(
        session, conflict.consolidation_id, {side.source_id for side in sides}
    ):
        row.stands = True
        keys.add(row.provision_id)
    await session.flush()
    await rewrite_provisions(session, conflict.consolidation, keys)
