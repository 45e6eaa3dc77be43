"""Showing what a settlement would make of the text before a person decides. Nothing is written."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.actions.rewriting import read_change, read_changes
from server.domain.consolidation.actions.settling import (
    changes_for_words,
    check_standing,
    check_words,
    line_up,
    list_contested,
)
from server.domain.consolidation.queries import reading, settlements
from server.domain.consolidation.queries.checking import read_provisions
from server.domain.consolidation.rules.changes import Applied, BaseText
from server.domain.consolidation.rules.merging import compose
from server.domain.consolidation.rules.outline import TextTree
from server.domain.texts.queries import reading as texts
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed
from server.models.consolidation import ConflictSide, TextConflict
from server.vocabulary.consolidation import STRUCTURAL, ConflictKind, ConflictStatus
from server.wording.hunks import hunks_between
from server.wording.previews import Preview, preview_rewriting


class SideStanding(StrEnum):
    """How much of one side of a conflict stands once it is settled."""

    WHOLE = "WHOLE"
    """Exactly its words stand, or its change of places."""
    PART = "PART"
    """Some of its changes of the base stand, and others do not."""
    NONE = "NONE"
    """None of its changes of the base stand."""


class PreviewedProvision(NamedTuple):
    """A provision that a settlement would change. `before` is None where it is new, `after` where it goes."""

    key: str
    before: str | None
    after: str | None
    after_key: str | None
    preview: Preview


class PreviewedSide(NamedTuple):
    """A side of a conflict, and how much of it would stand."""

    id: str
    standing: SideStanding


class SettlementPreview(NamedTuple):
    """What a settlement would make of the text: the provisions that change, and how much stands of each side."""

    provisions: list[PreviewedProvision]
    sides: list[PreviewedSide]


class Settling(NamedTuple):
    """A settlement to try: the words that stand where words compete, or the sources that stand, in their order."""

    words: str | None
    standing_ids: Sequence[str] | None
    rest_stands: bool


async def preview_settlement(
    session: AsyncSession, actor: Actor, now: datetime, conflict_id: str, settling: Settling
) -> SettlementPreview | None:
    """Return what a settlement would make of the text. None unless the actor sees the conflict.

    Refuse words for a conflict about places and sources for one about words, and what settling refuses. The session
    must be one that is never committed: rows are marked as if the conflict were settled.
    """
    conflict = await reading.find_visible_conflict(session, actor, now, conflict_id)
    if conflict is None:
        return None
    _ensure_kind(conflict, settling)
    sides = await reading.sides_of(session, conflict.id)
    seen = await reading.find_visible_sides(session, actor, now, conflict.id)
    base = read_provisions(await texts.provisions_of(session, conflict.consolidation.base_id))
    target = read_provisions(await texts.provisions_of(session, conflict.consolidation.target_id))
    with session.no_autoflush:
        changes, keys = await _try_settling(session, conflict, sides, settling)
        standing = [*await read_changes(session, conflict.consolidation_id), *changes]
    provisions = await asyncio.to_thread(_compare, base, target, standing, keys)
    seen_sides = [PreviewedSide(side.id, _stand(conflict, side, settling)) for side in sides if side.id in seen]
    return SettlementPreview(provisions, seen_sides)


def _ensure_kind(conflict: TextConflict, settling: Settling) -> None:
    """Refuse what is not for this kind of conflict, and words that cannot stand."""
    structural = conflict.kind in STRUCTURAL
    if structural != (settling.words is None):
        path = "outcome.words" if structural else "outcome.standingIds"
        ensure_well_formed([Issue(path, IssueCode.NOT_FOR_KIND, kind=str(conflict.kind))])
    if settling.words is not None:
        ensure_well_formed([issue.at("outcome.words") for issue in check_words(conflict, settling.words)])


async def _try_settling(
    session: AsyncSession, conflict: TextConflict, sides: Sequence[ConflictSide], settling: Settling
) -> tuple[list[Applied], set[str]]:
    """Mark a conflict as settled, and return the changes that come to stand and the provisions that they are on."""
    changes: list[Applied] = []
    keys = {conflict.provision_id}
    if settling.words is not None:
        changes = changes_for_words(conflict, sides, settling.words)
        conflict.settled_words = settling.words
    else:
        standing_ids = settling.standing_ids or ()
        contested = await list_contested(session, conflict, sides)
        faults = await check_standing(session, conflict, standing_ids, contested)
        ensure_well_formed([issue.at("outcome.standingIds") for issue in faults])
        rows = [row for source in standing_ids for row in contested[source]]
        line_up(rows, all_at_one_place=conflict.kind == ConflictKind.ORDER)
        conflict.standing_ids = list(standing_ids)
        changes = [read_change(row) for row in rows]
        keys = {row.provision_id for row in rows}
    conflict.status, conflict.rest_stands = ConflictStatus.SETTLED, settling.rest_stands
    sources = {side.source_id for side in sides}
    released = await settlements.released_changes(session, conflict.consolidation_id, sources)
    return changes + [read_change(row) for row in released], keys | {row.provision_id for row in released}


def _compare(
    base: Sequence[BaseText], target: Sequence[BaseText], standing: Sequence[Applied], keys: set[str]
) -> list[PreviewedProvision]:
    """Return the provisions with these keys as they stand and as they would stand, in the order of the new text."""
    composed = compose(TextTree(list(base)), standing)
    places = {each.key: before.key if before else None for before, each in _pairs(composed)}
    now, then = _words_of(target), _words_of(composed)
    order = [key for key in places if key in keys] + sorted(keys - places.keys())
    return [
        PreviewedProvision(
            key, now.get(key), then.get(key), places.get(key), preview_rewriting(now.get(key, ""), then.get(key, ""))
        )
        for key in order
        if key in now or key in then
    ]


def _pairs(provisions: Sequence[BaseText]) -> list[tuple[BaseText | None, BaseText]]:
    return list(zip([None, *provisions], provisions, strict=False))


def _words_of(provisions: Sequence[BaseText]) -> Mapping[str, str]:
    return {provision.key: provision.text for provision in provisions}


def _stand(conflict: TextConflict, side: ConflictSide, settling: Settling) -> SideStanding:
    """Return how much of a side stands."""
    if settling.words is None:
        return SideStanding.WHOLE if side.source_id in (settling.standing_ids or ()) else SideStanding.NONE
    if side.words == settling.words:
        return SideStanding.WHOLE
    theirs = set(hunks_between(conflict.base_words, side.words))
    shared = theirs & set(hunks_between(conflict.base_words, settling.words))
    return SideStanding.PART if shared else SideStanding.NONE
