"""The history of one provision and the origin of its words, as a reader may see them."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.documents.history import Cause, PrintedStage, print_history
from server.domain.consolidation.queries import reading
from server.domain.consolidation.queries.corrections import find_corrections
from server.domain.consolidation.rules.histories import (
    Recorded,
    State,
    Step,
    find_chain,
    list_blamed,
    list_steps,
    trace_changes,
)
from server.domain.proposals.queries import visible_views
from server.domain.rounds.queries import visible_dispositions
from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.consolidation import AppliedChange, Consolidation, TextConflict, TextCorrection
from server.models.proposals import AmendmentView
from server.models.rounds import Disposition
from server.models.texts import Provision, ProvisionText, TextVersion
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import ProvisionChange, VersionStatus
from server.wording.hunks import Hunk
from server.wording.layers import stack
from server.wording.redline import Run, RunKind


class ChangeBehind(NamedTuple):
    """A recorded change. Where the reader does not see its source, only kind and decision are told."""

    kind: AmendmentKind
    source_id: str
    party_id: str
    party: str
    decision_id: str
    reason: str


class HistoryRun(NamedTuple):
    """A run of words with the changes behind it."""

    kind: RunKind
    text: str
    changes: list[ChangeBehind]


class HistoryEntry(NamedTuple):
    """A provision in one issued version; number and words are empty and None where it was deleted."""

    version_id: str
    edition_id: str | None
    printed_number: str
    text: str | None
    change: ProvisionChange
    runs: list[HistoryRun]
    changes: list[ChangeBehind]


class ProvisionHistory(NamedTuple):
    """A provision in every issued version in which it stands, or in which it was deleted; also as Markdown.

    `runs` are the words of the first version with all changes since.
    """

    key: str
    instrument_id: str
    entries: list[HistoryEntry]
    runs: list[HistoryRun]
    markdown: str


class BlamedRun(NamedTuple):
    """Words of a version that came in together: their place, the version in which they did, and the changes behind."""

    text: str
    start: int
    end: int
    version_id: str
    changes: list[ChangeBehind]


class ProvisionBlame(NamedTuple):
    """The words of a provision in one version, by the change that wrote them."""

    key: str
    version_id: str
    runs: list[BlamedRun]


class _Seen(NamedTuple):
    """A provision in several versions: its rows by version, and the recorded changes as the reader sees them."""

    texts: dict[str, ProvisionText]
    states: list[State]
    changes: dict[str, ChangeBehind]


async def find_history(session: AsyncSession, actor: Actor, now: datetime, key: str) -> ProvisionHistory | None:
    """Return the history of a provision in the original, None where the actor sees no issued version of it there.

    The number of statements does not depend on the number of versions and changes.
    """
    if prefix_of(key) != Provision.prefix:
        return None
    issued = (TextVersion.status == VersionStatus.ISSUED, TextVersion.follows_id.is_(None))
    statement = (
        select(TextVersion)
        .join(Provision, Provision.instrument_id == TextVersion.instrument_id)
        .where(Provision.id == key, *issued, visible_versions(TextVersion))
        .order_by(TextVersion.number)
        .options(joinedload(TextVersion.edition), joinedload(TextVersion.instrument))
    )
    versions = (await session.scalars(statement, actor.parameters(now))).all()
    seen = await _find_seen(session, actor, now, key, versions)
    # Long provisions take time to compare.
    return await asyncio.to_thread(_tell, key, versions, seen) if seen.texts else None


async def find_blame(
    session: AsyncSession, actor: Actor, now: datetime, key: str, version_id: str
) -> ProvisionBlame | None:
    """Return the origin of the words of a provision in a version, None where the actor does not see them there.

    The number of statements does not depend on the number of versions and changes.
    """
    if prefix_of(key) != Provision.prefix or prefix_of(version_id) != TextVersion.prefix:
        return None
    instrument = select(TextVersion.instrument_id).where(TextVersion.id == version_id).scalar_subquery()
    of_instrument = select(TextVersion).where(TextVersion.instrument_id == instrument, visible_versions(TextVersion))
    versions = {version.id: version for version in await session.scalars(of_instrument, actor.parameters(now))}
    chain = find_chain({version.id: version.base_id for version in versions.values()}, version_id)
    seen = await _find_seen(session, actor, now, key, [versions[each] for each in chain])
    if version_id not in seen.texts:
        return None
    blamed = await asyncio.to_thread(list_blamed, seen.states)
    runs = [
        BlamedRun(run.text, run.start, run.end, run.version, [seen.changes[name] for name in run.sources])
        for run in blamed
    ]
    return ProvisionBlame(key, version_id, runs)


async def _find_seen(
    session: AsyncSession, actor: Actor, now: datetime, key: str, versions: Sequence[TextVersion]
) -> _Seen:
    """Return a provision in versions that the actor sees."""
    version_ids = [version.id for version in versions]
    of_key = select(ProvisionText).where(
        ProvisionText.provision_id == key, ProvisionText.text_version_id.in_(version_ids)
    )
    texts = {text.text_version_id: text for text in await session.scalars(of_key)}
    recorded = (
        select(Consolidation.target_id, AppliedChange)
        .join(AppliedChange, AppliedChange.consolidation_id == Consolidation.id)
        .where(Consolidation.target_id.in_(version_ids), AppliedChange.provision_id == key, AppliedChange.stands)
        .order_by(AppliedChange.start, AppliedChange.id)
    )
    changes: dict[str, list[AppliedChange]] = defaultdict(list)
    for target_id, change in await session.execute(recorded):
        changes[target_id].append(change)
    corrections: dict[str, list[TextCorrection]] = defaultdict(list)
    for correction in await find_corrections(session, key, version_ids):
        corrections[correction.text_version_id].append(correction)
    states = []
    for version in versions:
        words, base = (texts[each].text if each in texts else None for each in (version.id, version.base_id or ""))
        recorded_here = _list_recorded(base or "", changes[version.id], corrections[version.id])
        number = texts[version.id].printed_number if version.id in texts else ""
        states.append(State(version.id, version.base_id, words, tuple(recorded_here), number))
    behind = await _show_changes(session, actor, now, [each for of_one in changes.values() for each in of_one])
    behind |= {each.id: _show_correction(each) for of_one in corrections.values() for each in of_one}
    return _Seen(texts, states, behind)


def _list_recorded(
    base: str, changes: Sequence[AppliedChange], corrections: Sequence[TextCorrection]
) -> Iterator[Recorded]:
    """Yield the changes recorded for the words of a provision in one version, corrections as changes of its base."""
    lower: dict[Hunk, tuple[str, ...]] = {}
    kinds = {change.id: change.kind for change in changes}
    for change in changes:
        hunk = Hunk(change.start, change.end, change.replacement)
        if change.kind == AmendmentKind.MOVE:
            yield Recorded(change.id, change.kind, hunk)
        else:
            lower[hunk] = (*lower.get(hunk, ()), change.id)
    upper = {Hunk(each.start, each.end, each.replacement): (each.id,) for each in corrections}
    for hunk, names in (stack(base, lower, upper) if upper else lower).items():
        for name in names:
            yield Recorded(name, kinds.get(name, AmendmentKind.MODIFY), hunk)


def _show_correction(correction: TextCorrection) -> ChangeBehind:
    """Return a correction as a change, which no party asked for."""
    return ChangeBehind(AmendmentKind.MODIFY, correction.id, "", "", correction.id, correction.reason)


async def _show_changes(
    session: AsyncSession, actor: Actor, now: datetime, changes: Sequence[AppliedChange]
) -> dict[str, ChangeBehind]:
    """Return recorded changes by their id, as far as the actor sees the comments and amendments behind them."""
    origins = await reading.find_origins(session, actor, now, {change.source_id for change in changes})
    names = await reading.short_names_behind(session, changes)
    reasons = await _find_reasons(session, actor, now, {change.decision_id for change in changes})
    seen = {}
    for change in changes:
        is_told = change.source_id in origins or not change.source_id
        seen[change.id] = ChangeBehind(
            kind=change.kind,
            source_id=change.source_id if is_told else "",
            party_id=change.party_id or "" if is_told else "",
            party=names.get(change.party_id or "", "") if is_told else "",
            decision_id=change.decision_id,
            reason=(change.reason or reasons.get(change.decision_id, "")) if is_told else "",
        )
    return seen


async def _find_reasons(
    session: AsyncSession, actor: Actor, now: datetime, decision_ids: Collection[str]
) -> dict[str, str]:
    """Return the reasons of dispositions, group's views and settlements by id, of those that the actor sees."""
    reasons: dict[str, str] = {}
    for table, visible in (
        (Disposition, visible_dispositions),
        (AmendmentView, visible_views),
        (TextConflict, reading.visible_conflicts),
    ):
        statement = select(table.id, table.reason).where(table.id.in_(decision_ids), visible(table))
        reasons |= {row.id: row.reason for row in await session.execute(statement, actor.parameters(now))}
    return reasons


def _tell(key: str, versions: Sequence[TextVersion], seen: _Seen) -> ProvisionHistory:
    """Return the history of a provision from its rows."""
    by_id = {version.id: version for version in versions}
    recorded = {state.version_id: [seen.changes[each.name] for each in state.recorded] for state in seen.states}
    entries = [
        _tell_step(step, by_id[step.version_id], seen, recorded[step.version_id]) for step in list_steps(seen.states)
    ]
    instrument = versions[0].instrument
    runs = _show_runs(trace_changes(seen.states), seen)
    title = f"{instrument.short_title}, provision {key}"
    markdown = print_history(
        title, [_stage_of(entry, by_id[entry.version_id]) for entry in entries], [run[:2] for run in runs]
    )
    return ProvisionHistory(key, instrument.id, entries, runs, markdown)


def _tell_step(step: Step, version: TextVersion, seen: _Seen, changes: list[ChangeBehind]) -> HistoryEntry:
    """Return the entry of a version."""
    row, edition = seen.texts.get(version.id), version.edition
    return HistoryEntry(
        version_id=version.id,
        edition_id=edition.id if edition else None,
        printed_number=row.printed_number if row else "",
        text=row.text if row else None,
        change=step.change,
        runs=_show_runs(step.runs, seen),
        changes=changes,
    )


def _show_runs(runs: Sequence[Run], seen: _Seen) -> list[HistoryRun]:
    """Return runs with the changes behind them."""
    return [HistoryRun(run.kind, run.text, [seen.changes[name] for name in run.sources]) for run in runs]


def _stage_of(entry: HistoryEntry, version: TextVersion) -> PrintedStage:
    """Return the entry of a version as it is printed."""
    title = f"Version {version.number}, {version.label}, issued on {version.issued_at:%Y-%m-%d}"
    if version.edition:
        title += f"; {version.edition.label}, adopted on {version.edition.adopted_on}"
    causes = [Cause(each.kind, each.party, each.source_id, each.decision_id, each.reason) for each in entry.changes]
    return PrintedStage(title, entry.printed_number, entry.change, [run[:2] for run in entry.runs], causes)
