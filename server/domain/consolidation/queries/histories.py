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
    find_bases,
    find_chain,
    list_blamed,
    list_steps,
    trace_changes,
)
from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.consolidation import AppliedChange, Consolidation, TextCorrection
from server.models.texts import Provision, ProvisionText, TextVersion
from server.storage.rows import WANTED
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import ProvisionChange, VersionStatus
from server.wording.hunks import Hunk, apply_hunks
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


_ISSUED = (
    select(TextVersion)
    .join(Provision, Provision.instrument_id == TextVersion.instrument_id)
    .where(Provision.id == WANTED, TextVersion.status == VersionStatus.ISSUED, TextVersion.follows_id.is_(None))
    .where(visible_versions(TextVersion))
    .order_by(TextVersion.number)
    .options(joinedload(TextVersion.edition), joinedload(TextVersion.instrument))
)
_INSTRUMENT = select(TextVersion.instrument_id).where(TextVersion.id == WANTED).scalar_subquery()
_OF_INSTRUMENT = (
    select(TextVersion)
    .where(TextVersion.instrument_id == _INSTRUMENT, visible_versions(TextVersion))
    .order_by(TextVersion.number)
)
"""The statements are built once: for a page that shows a history they took longer than everything else."""


async def find_history(session: AsyncSession, actor: Actor, now: datetime, key: str) -> ProvisionHistory | None:
    """Return the history of a provision in the original, None where the actor sees no issued version of it there.

    The number of statements does not depend on the number of versions and changes.
    """
    if prefix_of(key) != Provision.prefix:
        return None
    versions = (await session.scalars(_ISSUED, {**actor.parameters(now), "wanted": key})).all()
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
    rows = (await session.scalars(_OF_INSTRUMENT, {**actor.parameters(now), "wanted": version_id})).all()
    versions = {version.id: version for version in rows}
    chain = find_chain(find_bases([(row.id, row.base_id) for row in rows]), version_id)
    seen = await _find_seen(session, actor, now, key, [versions[each] for each in chain])
    if version_id not in seen.texts:
        return None
    runs = [
        BlamedRun(run.text, run.start, run.end, run.version, [seen.changes[name] for name in run.sources])
        for run in await asyncio.to_thread(list_blamed, seen.states)
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
    recorded_in = version_ids if actor.reads else []  # the public sees words only
    recorded = (
        select(Consolidation.target_id, AppliedChange)
        .join(AppliedChange, AppliedChange.consolidation_id == Consolidation.id)
        .where(Consolidation.target_id.in_(recorded_in), AppliedChange.provision_id == key, AppliedChange.stands)
        .order_by(AppliedChange.start, AppliedChange.id)
    )
    changes: dict[str, list[AppliedChange]] = defaultdict(list)
    for target_id, change in await session.execute(recorded):
        changes[target_id].append(change)
    corrections: dict[str, list[TextCorrection]] = defaultdict(list)
    for correction in await find_corrections(session, key, recorded_in):
        corrections[correction.text_version_id].append(correction)
    states, bases = [], find_bases([(version.id, version.base_id) for version in versions])
    for version, base_id in zip(versions, bases.values(), strict=True):
        words, base = (texts[each].text if each in texts else None for each in (version.id, base_id or ""))
        recorded_here = _list_recorded(base or "", words or "", changes[version.id], corrections[version.id])
        number = texts[version.id].printed_number if version.id in texts else ""
        states.append(State(version.id, base_id, words, tuple(recorded_here), number))
    behind = await _show_changes(session, actor, now, [each for of_one in changes.values() for each in of_one])
    behind |= {each.id: _show_correction(each) for of_one in corrections.values() for each in of_one}
    return _Seen(texts, states, behind)


def _list_recorded(
    base: str, words: str, changes: Sequence[AppliedChange], corrections: Sequence[TextCorrection]
) -> Iterator[Recorded]:
    """Yield the changes recorded for the words of a provision in one version, corrections as changes of its base.

    Corrections of words that no recorded change leads to from the base are left out: those of an imported version.
    """
    lower: dict[Hunk, tuple[str, ...]] = {}
    kinds = {change.id: change.kind for change in changes}
    for change in changes:
        hunk = Hunk(change.start, change.end, change.replacement)
        if change.kind == AmendmentKind.MOVE:
            yield Recorded(change.id, change.kind, hunk)
        else:
            lower[hunk] = (*lower.get(hunk, ()), change.id)
    upper = {Hunk(each.start, each.end, each.replacement): (each.id,) for each in corrections}
    if upper and _lead_to(words, apply_hunks(base, lower), upper):
        lower = stack(base, lower, upper)
    for hunk, names in lower.items():
        for name in names:
            yield Recorded(name, kinds.get(name, AmendmentKind.MODIFY), hunk)


def _lead_to(words: str, before: str, hunks: Collection[Hunk]) -> bool:
    """Return whether hunks make these words of the words before, to which they may not belong at all."""
    return all(hunk.end <= len(before) for hunk in hunks) and apply_hunks(before, hunks) == words


def _show_correction(correction: TextCorrection) -> ChangeBehind:
    """Return a correction as a change, which no party asked for."""
    return ChangeBehind(AmendmentKind.MODIFY, correction.id, "", "", correction.id, correction.reason)


async def _show_changes(
    session: AsyncSession, actor: Actor, now: datetime, changes: Sequence[AppliedChange]
) -> dict[str, ChangeBehind]:
    """Return recorded changes by their id, as far as the actor sees the comments and amendments behind them."""
    origins = await reading.find_origins(session, actor, now, {change.source_id for change in changes})
    names = await reading.short_names_behind(session, changes)
    reasons = await reading.find_reasons(session, actor, now, {change.decision_id for change in changes})
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
