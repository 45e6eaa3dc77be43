"""Settling conflicts, and revising a version that is being made."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.words import carry_marks, marks_of
from server.domain.bodies import queries as bodies
from server.domain.consolidation import policy
from server.domain.consolidation.actions.making import add_changes
from server.domain.consolidation.actions.rewriting import lapse_corrections, read_change, rewrite_provisions
from server.domain.consolidation.queries import reading
from server.domain.consolidation.queries.checking import check_of, read_provisions
from server.domain.consolidation.rules.changes import Accepted, Applied
from server.domain.consolidation.rules.life import ConflictFacts, MakingFacts
from server.domain.consolidation.rules.merging import CELL_BREAK
from server.domain.consolidation.rules.outline import Outline
from server.domain.consolidation.rules.structure import PLACING, find_rivals
from server.domain.texts import queries as texts
from server.domain.texts.actions import digest_of_text
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Issue, Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.models.consolidation import AppliedChange, ConflictSide, Consolidation, SentenceReading, TextConflict
from server.models.texts import ProvisionText
from server.vocabulary.bodies import CARRIES
from server.vocabulary.consolidation import ConflictKind, ConflictStatus
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, hunks_between

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
    expected_version: int,
) -> str:
    """Say which words stand where accepted wordings collide, and why; return the conflict's id.

    They may be those of one side, those of the base or a compromise. With `rest_stands`, proposals whose words here do
    not stand may stand in part.
    """
    conflict = await reading.get_conflict(session, actor, now, conflict_id)
    # Before the rule: it asks for the status of the target, which another act may be changing.
    await reading.lock_target(session, conflict.consolidation)
    policy.settle_conflict.ensure(actor, facts_of(ConflictFacts, conflict), now)
    ensure_current("conflict", expected=expected_version, current=conflict.version)
    issues = [] if reason.strip() else [Issue("reason", "say why these words stand")]
    if len(words) > WORDS_LIMIT:
        issues.append(Issue("words", f"at most {WORDS_LIMIT} characters"))
    breaks = conflict.base_words.count(CELL_BREAK)
    if conflict.kind == ConflictKind.CELLS and words and words.count(CELL_BREAK) != breaks:
        issues.append(Issue("words", f"the row has {breaks + 1} cells"))
    ensure_well_formed(issues)
    sides = await reading.sides_of(session, conflict.id)
    chosen_sides = [side for side in sides if side.words == words]
    if words != conflict.base_words:
        sources = [(side.source_id, side.party_id or "") for side in chosen_sides] or [("", "")]
        hunk = Hunk(conflict.start, conflict.end, words)
        kind, key = AmendmentKind.MODIFY, conflict.provision_id
        changes = [Accepted(source, conflict.id, party, kind, key, (hunk,)) for source, party in sources]
        await add_changes(session, conflict.consolidation_id, [Applied(change, hunk, key) for change in changes])
    conflict.settled_words = words
    await _close_conflict(session, actor, now, conflict, reason, rest_stands=rest_stands)
    await _release(session, conflict, sides, {conflict.provision_id})
    details = {"words": words, "reason": reason, "rest_stands": rest_stands}
    await record(session, actor, policy.settle_conflict, conflict.id, now, **details)
    return conflict.id


async def settle_structure(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    conflict_id: str,
    standing_ids: list[str],
    reason: str,
    rest_stands: bool = False,
    expected_version: int,
) -> str:
    """Say which of the changes of places and sections stand that cannot all stand, and why; return the conflict's id.

    `standing_ids` are the sources of sides; several at one place stand in the order given. None may stand: then the
    base stands. Refuses changes that still exclude each other.
    """
    conflict = await reading.get_conflict(session, actor, now, conflict_id)
    await reading.lock_target(session, conflict.consolidation)
    policy.settle_structure.ensure(actor, facts_of(ConflictFacts, conflict), now)
    ensure_current("conflict", expected=expected_version, current=conflict.version)
    sides = await reading.sides_of(session, conflict.id)
    waiting = await reading.waiting_changes(session, conflict.consolidation_id)
    contested = {source: [row for row in waiting if row.source_id == source] for source in {s.source_id for s in sides}}
    base = read_provisions(await texts.provisions_of(session, conflict.consolidation.base_id))
    issues = [] if reason.strip() else [Issue("reason", "say why these changes stand")]
    if set(standing_ids) - contested.keys() or len(set(standing_ids)) < len(standing_ids):
        issues.append(Issue("standingIds", "name sources of sides of this conflict, each once"))
    elif rivals := find_rivals(
        Outline(base), [read_change(row).accepted for source in standing_ids for row in contested[source]]
    ):
        issues.append(Issue("standingIds", f"these exclude each other: {', '.join(rivals)}"))
    ensure_well_formed(issues)
    conflict.standing_ids = list(standing_ids)
    standing = [row for source in standing_ids for row in contested[source]]
    _line_up(standing)
    for row in standing:
        row.stands = True
    await _close_conflict(session, actor, now, conflict, reason, rest_stands=rest_stands)
    await _release(session, conflict, sides, {row.provision_id for row in standing})
    details = {"standing": list(standing_ids), "reason": reason, "rest_stands": rest_stands}
    await record(session, actor, policy.settle_structure, conflict.id, now, **details)
    return conflict.id


def _line_up(standing: Sequence[AppliedChange]) -> None:
    """Put the provisions that are placed at one place after each other, in the order given."""
    last_at: dict[str | None, str] = {}
    for row in standing:
        if row.kind in PLACING:
            place = row.after_id
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
    conflict.version += 1
    conflict.consolidation.target.version += 1
    await session.flush()


async def _release(
    session: AsyncSession, conflict: TextConflict, sides: Sequence[ConflictSide], keys: set[str]
) -> None:
    """Let the rest of the proposals stand that waited for this settlement, and write the text anew."""
    for row in await reading.released_changes(session, conflict.consolidation_id, {side.source_id for side in sides}):
        row.stands = True
        keys.add(row.provision_id)
    await session.flush()
    await rewrite_provisions(session, conflict.consolidation, keys)


async def _read_words(session: AsyncSession, version_id: str, provision_id: str) -> str:
    """Return the words of a provision in a version, "" where it does not stand."""
    place = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id == provision_id)
    return await session.scalar(select(ProvisionText.text).where(*place)) or ""


async def _write_words(session: AsyncSession, version_id: str, provision_id: str, text: str) -> None:
    """Write the words of a provision in a version; without words it goes, and what stood in it moves up."""
    place = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id == provision_id)
    row = (
        await session.execute(select(ProvisionText.text, ProvisionText.marks, ProvisionText.parent_id).where(*place))
    ).first()
    if row is None:
        return
    if text:
        marks = [list(mark) for mark in carry_marks(marks_of(row.marks), row.text, text)]
        words = {"text": text, "digest": digest_of_text(text), "marks": marks}
        await session.execute(update(ProvisionText).where(*place).values(words))
    else:
        inside = (ProvisionText.text_version_id == version_id, ProvisionText.parent_id == provision_id)
        await session.execute(update(ProvisionText).where(*inside).values(parent_id=row.parent_id))
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
    expected_version: int,
) -> str:
    """Write other words for a provision of the version being made, and return the consolidation's id.

    With the id of a recorded decision, the change is explained by it. Without one, the check shows the change and the
    version cannot be issued. `expected_version` is that of the version being made. Refuses while accepted wordings
    compete in the provision.
    """
    consolidation = await reading.get_consolidation(session, actor, now, consolidation_id)
    await reading.lock_target(session, consolidation)
    policy.revise_provision.ensure(actor, facts_of(MakingFacts, consolidation), now)
    if await reading.has_open_conflict(session, consolidation.id, provision_key):
        message = "Accepted wordings still compete in this provision: settle them first, with these words if need be."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.CONFLICTS_OPEN, message)
    ensure_current("version", expected=expected_version, current=consolidation.target.version)
    before = await _read_words(session, consolidation.target_id, provision_key)
    _ensure_revisable(before, text, reason)
    await lapse_corrections(session, consolidation.target_id, [provision_key])
    await _write_words(session, consolidation.target_id, provision_key, text)
    consolidation.target.version += 1
    if decision_id:
        await _record_revision(session, actor, now, consolidation, provision_key, text, reason, decision_id)
    details = {"before": before, "after": text, "reason": reason, "decision": decision_id or ""}
    await record(session, actor, policy.revise_provision, consolidation.id, now, provision=provision_key, **details)
    return consolidation.id


def _ensure_revisable(before: str, text: str, reason: str) -> None:
    """Raise a refusal unless the provision stands in the version and text and reason are well-formed."""
    issues = [] if reason.strip() else [Issue("reason", "say why")]
    if not text.strip() or len(text) > WORDS_LIMIT:
        issues.append(Issue("text", f"1 to {WORDS_LIMIT} characters"))
    if not before:
        issues.append(Issue("provisionKey", "this provision does not stand in the version"))
    ensure_well_formed(issues)


async def _record_revision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    consolidation: Consolidation,
    key: str,
    text: str,
    reason: str,
    decision_id: str,
) -> None:
    """Record the decision behind a revision's changes, except those that stood before: these keep their source."""
    decision = await bodies.get_decision(session, actor, now, decision_id)
    subjects = {consolidation.id, consolidation.base_id, consolidation.target_id, consolidation.target.instrument_id}
    if decision.outcome not in CARRIES or decision.subject_id not in subjects:
        message = "this decision does not carry a change of this text: name one on the text or on a version of it"
        raise invalid(Issue("decisionId", message), code=RefusalCode.DECISION_MISSING)
    base = await _read_words(session, consolidation.base_id, key)
    before = await reading.changes_of(session, consolidation.id, key)
    finals = set(hunks_between(base, text))
    lasting = {Hunk(c.start, c.end, c.replacement) for c in before} & finals
    if additions := [change for change in before if change.kind == AmendmentKind.ADD]:
        for change in additions:
            change.replacement, change.decision_id, change.reason = text, decision.id, reason.strip()
        return
    rewordings = [change for change in before if change.kind != AmendmentKind.MOVE]
    obsolete = [change.id for change in rewordings if Hunk(change.start, change.end, change.replacement) not in lasting]
    await session.execute(delete(AppliedChange).where(AppliedChange.id.in_(obsolete)))
    for hunk in sorted(finals - lasting):
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


LARGEST_READING = 500
"""Sentences that one act confirms at most."""


async def confirm_reading(
    session: AsyncSession, actor: Actor, now: datetime, *, consolidation_id: str, digests: list[str]
) -> str:
    """Confirm that the actor has read sentences which several parties' changes made; return the consolidation's id.

    `digests` are those of the check, 1 to 500. A sentence that was read before is left as it is. Refuses a digest of no
    such sentence: its words may have changed since.
    """
    consolidation = await reading.get_consolidation(session, actor, now, consolidation_id)
    await reading.lock_target(session, consolidation)
    policy.confirm_reading.ensure(actor, facts_of(MakingFacts, consolidation), now)
    size = [] if 0 < len(digests) <= LARGEST_READING else [Issue("digests", f"1 to {LARGEST_READING} sentences")]
    ensure_well_formed(size)
    check = await check_of(session, consolidation)
    woven = {sentence.digest: sentence for sentence in check.woven}
    unknown = [number for number, digest in enumerate(digests) if digest not in woven]
    ensure_well_formed([Issue(f"digests.{number}", "no sentence of the check has this digest") for number in unknown])
    for digest in dict.fromkeys(digests):
        if digest not in check.readings:
            key, words, _ = woven[digest]
            session.add(
                SentenceReading(
                    consolidation_id=consolidation.id,
                    provision_id=key,
                    digest=digest,
                    words=words,
                    read_by_id=actor.delegate_id,
                    read_at=now,
                )
            )
    await record(session, actor, policy.confirm_reading, consolidation.id, now, sentences=list(dict.fromkeys(digests)))
    return consolidation.id
