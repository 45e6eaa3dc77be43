"""The check and the redline as a reader may see them, computed from what is in the database now."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries import reading
from server.domain.consolidation.queries.checking import check_of, compare_provisions
from server.domain.consolidation.rules.checking import Compared, Disagreement, Woven
from server.domain.consolidation.rules.redlining import build_redline, change_of
from server.domain.texts import queries as texts
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.consolidation import AppliedChange, Consolidation, SentenceReading
from server.models.texts import TextVersion
from server.vocabulary.consolidation import ExceptionKind
from server.vocabulary.texts import ProvisionChange
from server.wording.hunks import Hunk
from server.wording.redline import RunKind

LARGEST_REDLINE = 1_000
"""Provisions of one redline at most."""


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


class RunSource(NamedTuple):
    """The source of a changed run of words; the parts that the reader does not see are empty."""

    source_id: str
    decision_id: str
    party: str


class SourcedRun(NamedTuple):
    """A run of words with the sources of its change."""

    kind: RunKind
    text: str
    sources: list[RunSource]


class RedlinedProvision(NamedTuple):
    """A provision of base or target with its runs, and each change as a sentence."""

    key: str
    change: ProvisionChange
    printed_number: str
    before: str | None
    after: str | None
    sentences: list[str]
    runs: list[SourcedRun]


class Redline(NamedTuple):
    """The changes between a version and its base. `changed_count` counts all provisions that are not UNCHANGED."""

    version_id: str
    base_id: str
    changed_count: int
    provisions: list[RedlinedProvision]


class Excerpt(NamedTuple):
    """The provisions of a redline that are shown: `first` of them after `skip`, unchanged ones left out or not."""

    changed_only: bool
    first: int
    skip: int


async def find_reconciliation(
    session: AsyncSession, actor: Actor, now: datetime, consolidation_id: str
) -> Reconciliation | None:
    """Return the check of a consolidation, None unless the actor sees the consolidation."""
    if prefix_of(consolidation_id) != Consolidation.prefix:
        return None
    consolidation = await reading.find_visible(session, actor, now, consolidation_id)
    if consolidation is None:
        return None
    check = await check_of(session, consolidation)
    disagreements = check.disagreements
    seen_ids = await reading.find_seen_sources(session, actor, now, {each.source for each in disagreements})
    findings = {kind: [_show(each, seen_ids) for each in disagreements if each.kind == kind] for kind in ExceptionKind}
    return Reconciliation(
        is_clean=not (check.unexplained or check.unread),
        woven=[_show_woven(sentence, check.readings.get(sentence.digest)) for sentence in check.woven],
        proposal_in_part=findings[ExceptionKind.PROPOSAL_IN_PART],
        misplaced=findings[ExceptionKind.MISPLACED],
        corrected=findings[ExceptionKind.CORRECTED],
        accepted_but_unchanged=findings[ExceptionKind.ACCEPTED_BUT_UNCHANGED],
        changed_without_decision=findings[ExceptionKind.CHANGED_WITHOUT_DECISION],
        refused_yet_changed=findings[ExceptionKind.REFUSED_YET_CHANGED],
    )


def _show_woven(sentence: Woven, reading: SentenceReading | None) -> WovenSentence:
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


async def find_redline(
    session: AsyncSession, actor: Actor, now: datetime, version_id: str, excerpt: Excerpt
) -> Redline | None:
    """Return the redline of a version against the version it was made from, None unless the actor sees the version."""
    if prefix_of(version_id) != TextVersion.prefix:
        return None
    consolidation = await reading.find_making(session, actor, now, version_id)
    if consolidation is None:
        return None
    provisions = await compare_provisions(session, consolidation)
    changes = await reading.changes_of(session, consolidation.id)
    names = await reading.short_names_behind(session, changes)
    seen_ids = await reading.find_seen_sources(session, actor, now, {change.source_id for change in changes})
    numbers = {p.provision_id: p.printed_number for p in await texts.provisions_of(session, version_id)}
    differing = [provision for provision in provisions if change_of(provision) != ProvisionChange.UNCHANGED]
    excerpted = (differing if excerpt.changed_only else provisions)[excerpt.skip : excerpt.skip + excerpt.first]
    sources = _group_sources(changes, names, seen_ids)
    # Comparing long provisions takes time that the event loop has not.
    redlines = await asyncio.to_thread(lambda: [_attribute_redline(each, sources, numbers) for each in excerpted])
    return Redline(version_id, consolidation.base_id, len(differing), redlines)


def _group_sources(
    changes: Sequence[AppliedChange], names: Mapping[str, str], seen_ids: set[str]
) -> dict[str, dict[Hunk, list[RunSource]]]:
    """Return the sources by permanent key and hunk, as far as the reader sees the comment or amendment behind them."""
    behind: dict[str, dict[Hunk, list[RunSource]]] = {}
    for change in changes:
        is_seen = change.source_id in seen_ids
        party = names.get(change.party_id or "", "") if is_seen else ""
        source = RunSource(change.source_id if is_seen else "", change.decision_id, party)
        hunk = Hunk(change.start, change.end, change.replacement)
        behind.setdefault(change.provision_id, {}).setdefault(hunk, []).append(source)
    return behind


def _attribute_redline(
    provision: Compared, sources: Mapping[str, dict[Hunk, list[RunSource]]], numbers: Mapping[str, str]
) -> RedlinedProvision:
    """Return the redline of one provision, with the sources of each run."""
    behind = sources.get(provision.key, {})
    # `build_redline` takes sources by a name only: each hunk goes in under its place and comes back by it.
    places = {str(place): of_hunk for place, of_hunk in enumerate(behind.values())}
    redline = build_redline(provision, {hunk: (str(place),) for place, hunk in enumerate(behind)})
    return RedlinedProvision(
        key=redline.key,
        change=redline.change,
        printed_number=numbers.get(redline.key, ""),
        before=redline.before,
        after=redline.after,
        sentences=list(redline.sentences),
        runs=[
            SourcedRun(run.kind, run.text, [source for place in run.sources for source in places[place]])
            for run in redline.runs
        ],
    )
