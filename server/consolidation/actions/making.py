"""Merging what was accepted into the next version, settling what collides, and revising."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.access.actor import Actor
from server.bodies import queries as bodies
from server.consolidation import policy, queries
from server.consolidation.rules import (
    CONFLICT_LIFECYCLE,
    Accepted,
    Applied,
    BaseFacts,
    BaseText,
    Collision,
    ConflictFacts,
    ConflictStatus,
    Made,
    consolidated,
)
from server.facts import facts_of
from server.ids import new_id
from server.journal.actions import record
from server.models.consolidation import AppliedChange, ConflictSide, Consolidation, TextConflict
from server.models.texts import Provision, ProvisionText, TextVersion
from server.proposals.rules import AmendmentKind
from server.refusals import Issue, RefusalCode, ensure_current, ensure_well_formed, invalid
from server.texts import queries as texts
from server.texts.actions import digest_of_text
from server.texts.hunks import Hunk, apply_hunks, hunks_between

WORDS_LIMIT = 50_000
"""Longest text of a provision, in characters."""


async def consolidate(session: AsyncSession, actor: Actor, now: datetime, *, base_id: str, label: str) -> str:
    """Make the next version from an issued one and everything that was accepted on it. What collides waits to be
    settled, with the words of the base standing. Gives the id of the consolidation."""
    base = await texts.get_version(session, actor, now, base_id)
    facts = BaseFacts(
        base.status,
        await queries.count_undisposed(session, base.id),
        await queries.count_working(session, base.instrument_id),
    )
    policy.consolidate.ensure(actor, facts, now)
    ensure_well_formed([] if label.strip() else [Issue("label", "must not be empty")])
    accepted = (await queries.answered_wordings(session, base.id))[0]
    accepted += (await queries.viewed_amendments(session, base.id))[0]
    _ensure_movable(accepted)
    standing = [
        BaseText(p.provision_id, p.kind, p.level, p.printed_number, p.text)
        for p in await texts.provisions_of(session, base.id)
    ]
    made = await asyncio.to_thread(consolidated, standing, accepted)
    latest = await texts.latest_version(session, base.instrument_id)
    target = TextVersion(
        instrument_id=base.instrument_id,
        number=(latest or base).number + 1,
        label=label.strip(),
        language=base.language,
        base_id=base.id,
        created_at=now,
    )
    consolidation = Consolidation(base_id=base.id, target_id=target.id, started_by_id=actor.delegate_id, started_at=now)
    session.add(target)
    await session.flush()
    session.add(consolidation)
    await session.flush()
    await _write(session, target, consolidation, made, accepted)
    await record(
        session,
        actor,
        policy.consolidate,
        consolidation.id,
        now,
        base=base.id,
        target=target.id,
        applied=len(made.applied),
        conflicts=len(made.collisions),
    )
    return consolidation.id


def _ensure_movable(accepted: Sequence[Accepted]) -> None:
    places: dict[str, set[str | None]] = {}
    for change in accepted:
        if change.kind == AmendmentKind.MOVE:
            places.setdefault(change.key, set()).add(change.after)
    if twice := [key for key, after in places.items() if len(after) > 1]:
        message = "agreed amendments move this provision to different places: the group must choose one"
        raise invalid(*(Issue(key, message) for key in twice), code=RefusalCode.CONFLICTS_OPEN)


async def _write(
    session: AsyncSession, target: TextVersion, consolidation: Consolidation, made: Made, accepted: list[Accepted]
) -> None:
    new = [change.key for change in accepted if change.kind == AmendmentKind.ADD]
    known = set(await session.scalars(select(Provision.id).where(Provision.id.in_(new))))
    if missing := [key for key in new if key not in known]:
        await session.execute(
            insert(Provision), [{"id": key, "instrument_id": target.instrument_id} for key in missing]
        )
    rows = [
        {
            "id": new_id(ProvisionText.prefix),
            "text_version_id": target.id,
            "provision_id": provision.key,
            "position": position,
            "kind": provision.kind,
            "level": provision.level,
            "printed_number": provision.printed_number,
            "text": provision.text,
            "digest": digest_of_text(provision.text),
        }
        for position, provision in enumerate(made.provisions, start=1)
    ]
    if rows:
        await session.execute(insert(ProvisionText), rows)
    await _add_changes(session, consolidation.id, made.applied)
    for collision in made.collisions:
        await _add_conflict(session, consolidation.id, collision)


async def _add_changes(session: AsyncSession, consolidation_id: str, applied: Sequence[Applied]) -> None:
    rows = [
        {
            "id": new_id(AppliedChange.prefix),
            "consolidation_id": consolidation_id,
            "provision_id": change.key,
            "kind": change.kind,
            "start": hunk.start,
            "end": hunk.end,
            "replacement": hunk.replacement,
            "source_id": change.source,
            "decision_id": change.decision,
            "party_id": change.party or None,
            "reason": "",
        }
        for change, hunk in applied
    ]
    if rows:
        await session.execute(insert(AppliedChange), rows)


async def _add_conflict(session: AsyncSession, consolidation_id: str, collision: Collision) -> None:
    conflict = TextConflict(
        consolidation_id=consolidation_id,
        provision_id=collision.key,
        start=collision.start,
        end=collision.end,
        base_words=collision.base_words,
        status=ConflictStatus.OPEN,
    )
    session.add(conflict)
    await session.flush()
    session.add_all(
        ConflictSide(
            conflict_id=conflict.id,
            source_id=change.source,
            decision_id=change.decision,
            party_id=change.party,
            words=words,
        )
        for change, words in collision.sides
    )


async def settle_conflict(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    conflict_id: str,
    words: str,
    reason: str,
    expected_version: int,
) -> str:
    """Say which words stand where accepted wordings collide, and why: one side's, the base's or a compromise."""
    conflict = await queries.get_conflict(session, actor, now, conflict_id)
    policy.settle_conflict.ensure(actor, facts_of(ConflictFacts, conflict), now)
    ensure_current("conflict", expected=expected_version, current=conflict.version)
    issues = [] if reason.strip() else [Issue("reason", "say why these words stand")]
    if len(words) > WORDS_LIMIT:
        issues.append(Issue("words", f"at most {WORDS_LIMIT} characters"))
    ensure_well_formed(issues)
    sides = await queries.sides_of(session, conflict.id)
    prevailing = [side for side in sides if side.words == words]
    if words != conflict.base_words:
        sources = [(side.source_id, side.party_id) for side in prevailing] or [("", "")]
        hunk = Hunk(conflict.start, conflict.end, words)
        kind, key = AmendmentKind.MODIFY, conflict.provision_id
        applied = [Applied(Accepted(source, conflict.id, party, kind, key, (hunk,)), hunk) for source, party in sources]
        await _add_changes(session, conflict.consolidation_id, applied)
    conflict.status = CONFLICT_LIFECYCLE.target("settle_conflict", conflict.status)
    conflict.settled_words, conflict.reason = words, reason.strip()
    conflict.settled_by_id, conflict.settled_at = actor.delegate_id, now
    conflict.version += 1
    await session.flush()
    await _rewrite(session, conflict.consolidation, conflict.provision_id)
    await record(session, actor, policy.settle_conflict, conflict.id, now, words=words, reason=reason)
    return conflict.id


async def _rewrite(session: AsyncSession, consolidation: Consolidation, provision_id: str) -> None:
    """The target's words of a provision from the base and every change recorded for it."""
    base = await _words(session, consolidation.base_id, provision_id)
    changes = await queries.changes_of(session, consolidation.id, provision_id)
    hunks = {Hunk(c.start, c.end, c.replacement) for c in changes if c.kind != AmendmentKind.MOVE}
    await _set_words(session, consolidation.target_id, provision_id, apply_hunks(base, hunks))


async def _words(session: AsyncSession, version_id: str, provision_id: str) -> str:
    place = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id == provision_id)
    return await session.scalar(select(ProvisionText.text).where(*place)) or ""


async def _set_words(session: AsyncSession, version_id: str, provision_id: str, text: str) -> None:
    place = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id == provision_id)
    if text:
        await session.execute(update(ProvisionText).where(*place).values(text=text, digest=digest_of_text(text)))
    else:
        await session.execute(delete(ProvisionText).where(*place))


async def revise_provision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    consolidation_id: str,
    provision_key: str,
    text: str,
    reason: str,
    decision_id: str | None,
) -> str:
    """Write other words for a provision of the version being made. With the id of a recorded decision the change is
    explained by it; without one the check shows it and the version cannot be issued."""
    consolidation = await queries.get_consolidation(session, actor, now, consolidation_id)
    policy.revise_provision.ensure(actor, ConflictFacts(ConflictStatus.OPEN, consolidation.target.status), now)
    issues = [] if reason.strip() else [Issue("reason", "say why")]
    if not text.strip() or len(text) > WORDS_LIMIT:
        issues.append(Issue("text", f"1 to {WORDS_LIMIT} characters"))
    present = await _words(session, consolidation.target_id, provision_key)
    if not present:
        issues.append(Issue("provisionKey", "this provision does not stand in the version"))
    ensure_well_formed(issues)
    await _set_words(session, consolidation.target_id, provision_key, text)
    if decision_id:
        await _explain(session, actor, now, consolidation, provision_key, text, reason, decision_id)
    await record(
        session,
        actor,
        policy.revise_provision,
        consolidation.id,
        now,
        provision=provision_key,
        before=present,
        after=text,
        reason=reason,
        decision=decision_id or "",
    )
    return consolidation.id


async def _explain(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    consolidation: Consolidation,
    key: str,
    text: str,
    reason: str,
    decision_id: str,
) -> None:
    """Record the changes of a decided revision: those that stood before keep their source, the rest have the
    decision behind them."""
    decision = await bodies.get_decision(session, actor, now, decision_id)
    base = await _words(session, consolidation.base_id, key)
    before = await queries.changes_of(session, consolidation.id, key)
    finals = set(hunks_between(base, text))
    kept = {Hunk(c.start, c.end, c.replacement) for c in before} & finals
    gone = [c.id for c in before if Hunk(c.start, c.end, c.replacement) not in kept and c.kind != AmendmentKind.MOVE]
    await session.execute(delete(AppliedChange).where(AppliedChange.id.in_(gone)))
    for hunk in sorted(finals - kept):
        session.add(
            AppliedChange(
                consolidation_id=consolidation.id,
                provision_id=key,
                kind=AmendmentKind.MODIFY,
                start=hunk.start,
                end=hunk.end,
                replacement=hunk.replacement,
                decision_id=decision.id,
                reason=reason.strip(),
            )
        )
