"""The redline as a reader may see it, computed from what is in the database now."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries import reading, recorded
from server.domain.consolidation.queries.reconciling import WovenSentence, show_woven
from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.checking import Compared, find_unread
from server.domain.consolidation.rules.redlining import Pair, build_redline, change_of, pair_provisions
from server.domain.texts.queries import reading as texts
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.consolidation import Consolidation, SentenceReading
from server.models.texts import TextVersion
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import ProvisionChange
from server.wording.hunks import Hunk
from server.wording.layers import stack
from server.wording.redline import RunKind


class RunSource(NamedTuple):
    """Who asked for a change, and why; the parts that the reader does not see are empty.

    `settled_by` is the officer who settled a conflict with these words, and `reason` then the reason of the settlement.
    """

    source_id: str
    decision_id: str
    party_id: str
    party: str
    settled_by_id: str
    settled_by: str
    reason: str


class SourcedRun(NamedTuple):
    """A run of words with the sources of its change."""

    kind: RunKind
    text: str
    sources: list[RunSource]


class RedlineMove(NamedTuple):
    """The places of a provision that was moved, each as a key and in words, and who asked for the move."""

    after_key_before: str | None
    after_key_now: str | None
    place_before: str
    place_now: str
    sources: list[RunSource]


class RedlinedProvision(NamedTuple):
    """A provision of base or target with its runs, and each change as a sentence."""

    key: str
    text_id: str
    base_text_id: str
    change: ProvisionChange
    printed_number: str
    number_before: str | None
    number_after: str | None
    before: str | None
    after: str | None
    move: RedlineMove | None
    sentences: list[str]
    runs: list[SourcedRun]
    woven: list[WovenSentence]
    row: "RedlineRow | None"


class RedlineRow(NamedTuple):
    """A changed provision as a row of the table that papers print."""

    provision: str
    current: str
    proposed: str
    who_and_why: str


class SourcesByPlace(NamedTuple):
    """What was recorded for the provisions of a version, by permanent key.

    `rewordings` and `corrections` are sources by hunk, the corrections on top of the rewordings. `authors` are the
    parties, or else the decisions, behind each rewording. `readings` are by the digest of the sentence.
    """

    rewordings: dict[str, dict[Hunk, list[RunSource]]]
    moves: dict[str, list[RunSource]]
    corrections: dict[str, dict[Hunk, list[RunSource]]]
    authors: dict[str, dict[Hunk, set[str]]]
    readings: Mapping[str, SentenceReading]


class Redline(NamedTuple):
    """The provisions of two versions in pairs, with what was recorded for them; the pairs that changed once more."""

    version_id: str
    base_id: str
    pairs: Sequence[Pair]
    changed: Sequence[Pair]
    record: SourcesByPlace

    def select(self, is_changed: bool | None, keys: Collection[str] | None = None) -> Sequence[Pair]:
        """Return the pairs that changed, or that did not, or with None all of them; with `keys` only those."""
        pairs = self.changed if is_changed else self.pairs
        if is_changed is False:
            pairs = [pair for pair in pairs if change_of(pair) == ProvisionChange.UNCHANGED]
        return pairs if keys is None else [pair for pair in pairs if pair.key in keys]

    async def attribute(self, pairs: Sequence[Pair]) -> list[RedlinedProvision]:
        """Return the redline of some of the pairs, with the sources of each run."""
        # Comparing long provisions takes time that the event loop has not.
        return await asyncio.to_thread(lambda: [_attribute_redline(pair, self.record) for pair in pairs])


async def find_redline(session: AsyncSession, actor: Actor, now: datetime, version_id: str) -> Redline | None:
    """Return the redline of a version against the version it was made from, None unless the actor sees the version."""
    if prefix_of(version_id) != TextVersion.prefix:
        return None
    consolidation = await reading.find_making(session, actor, now, version_id)
    if consolidation is None:
        return None
    record = await _read_record(session, actor, now, consolidation)
    return await _redline_between(session, consolidation.base_id, version_id, record)


async def find_comparison(
    session: AsyncSession, actor: Actor, now: datetime, base_id: str, version_id: str
) -> Redline | None:
    """Return the redline between any two versions of one instrument, None unless the actor sees both.

    Sources are named where the one was made from the other in one step.
    """
    if {prefix_of(base_id), prefix_of(version_id)} != {TextVersion.prefix}:
        return None
    if not await texts.are_comparable(session, actor, now, base_id, version_id):
        return None
    consolidation = await reading.find_making(session, actor, now, version_id)
    record = SourcesByPlace({}, {}, {}, {}, {})
    if consolidation is not None and consolidation.base_id == base_id:
        record = await _read_record(session, actor, now, consolidation)
    return await _redline_between(session, base_id, version_id, record)


async def _redline_between(session: AsyncSession, base_id: str, version_id: str, record: SourcesByPlace) -> Redline:
    """Return the redline between two versions that the actor sees."""
    older, newer = await recorded.read_text(session, base_id), await recorded.read_text(session, version_id)
    return await asyncio.to_thread(_compare, older, newer, record, base_id, version_id)


def _compare(
    older: Sequence[BaseText], newer: Sequence[BaseText], record: SourcesByPlace, base_id: str, version_id: str
) -> Redline:
    """Return the redline between two texts."""
    pairs = pair_provisions(older, newer, record.moves)
    changed = [pair for pair in pairs if change_of(pair) != ProvisionChange.UNCHANGED]
    return Redline(version_id, base_id, pairs, changed, record)


async def _read_record(
    session: AsyncSession, actor: Actor, now: datetime, consolidation: Consolidation
) -> SourcesByPlace:
    """Return the recorded changes of a consolidation with their sources, as far as the reader sees them.

    The number of statements does not depend on the number of changes.
    """
    changes = await recorded.read_changes(session, consolidation.id)
    settlements = await recorded.settlements_of(session, consolidation.id)
    sides = [side for settlement in settlements.values() for side in settlement.sides]
    source_ids = {change.source_id for change in changes} | {source_id for source_id, _ in sides}
    reasons = await recorded.find_reasons(session, actor, now, source_ids - {""})
    party_ids = {change.party_id for change in changes} | {party_id for _, party_id in sides}
    names = await recorded.short_names_of(session, {party_id for party_id in party_ids if party_id})
    readings = await reading.readings_of(session, consolidation.id)
    record = SourcesByPlace({}, {}, {}, {}, {each.digest: each for each in readings})
    await _add_corrections(session, consolidation.target_id, record)
    for change in changes:
        settlement = settlements.get(change.decision_id)
        claims = [(change.source_id, change.party_id)]
        if settlement and not change.source_id:
            # A compromise: nobody asked for these very words, but for the others. Hidden sides are not even counted.
            claims = [side for side in settlement.sides if side[0] in reasons] or [("", None)]
        sources = [
            RunSource(
                source_id=source_id if source_id in reasons else "",
                decision_id=change.decision_id,
                party_id=party_id or "" if source_id in reasons else "",
                party=names.get(party_id or "", "") if source_id in reasons else "",
                settled_by_id=settlement.settled_by_id if settlement else "",
                settled_by=settlement.settled_by if settlement else "",
                reason=settlement.reason if settlement else change.reason or reasons.get(source_id, ""),
            )
            for source_id, party_id in claims
        ]
        _add_change(change, sources, record)
    return record


def _add_change(change: recorded.RecordedChange, sources: list[RunSource], record: SourcesByPlace) -> None:
    """Add a change with its sources to what was recorded."""
    if change.kind == AmendmentKind.MOVE:
        record.moves.setdefault(change.provision_id, []).extend(sources)
        return
    hunk = Hunk(change.start, change.end, change.replacement)
    record.rewordings.setdefault(change.provision_id, {}).setdefault(hunk, []).extend(sources)
    authors = record.authors.setdefault(change.provision_id, {})
    authors.setdefault(hunk, set()).add(change.party_id or change.decision_id)


async def _add_corrections(session: AsyncSession, version_id: str, record: SourcesByPlace) -> None:
    """Add the corrections that stand in a version to what was recorded for it."""
    for correction in await recorded.read_corrections(session, version_id):
        hunk = Hunk(correction.start, correction.end, correction.replacement)
        source = RunSource(correction.id, correction.id, "", "", "", "", correction.reason)
        record.corrections.setdefault(correction.provision_id, {})[hunk] = [source]


def _attribute_redline(pair: Pair, record: SourcesByPlace) -> RedlinedProvision:
    """Return the redline of one provision, with the sources of each run."""
    behind, corrected = record.rewordings.get(pair.key, {}), record.corrections.get(pair.key, {})
    # `build_redline` takes sources by a name only: each hunk goes in under its place and comes back by it.
    places = {str(place): sources for place, sources in enumerate((*behind.values(), *corrected.values()))}
    lower = {hunk: (str(place),) for place, hunk in enumerate(behind)}
    upper = {hunk: (str(place),) for place, hunk in enumerate(corrected, start=len(behind))}
    base = pair.before.text if pair.before else ""
    redline = build_redline(pair, stack(base, lower, upper) if upper else lower)
    before, after = pair.before, pair.after
    standing = after or before
    move = None
    if pair.is_moved and pair.place_before and pair.place_after:
        was, now = pair.place_before, pair.place_after
        move = RedlineMove(was.after, now.after, was.words, now.words, record.moves.get(pair.key, []))
    provision = RedlinedProvision(
        key=pair.key,
        text_id=after.text_id if after else "",
        base_text_id=before.text_id if before else "",
        change=redline.change,
        printed_number=standing.printed_number if standing else "",
        number_before=before.printed_number if before else None,
        number_after=after.printed_number if after else None,
        before=before.text if before else None,
        after=after.text if after else None,
        move=move,
        sentences=list(redline.sentences),
        runs=[
            SourcedRun(run.kind, run.text, [source for place in run.sources for source in places[place]])
            for run in redline.runs
        ],
        woven=_find_woven(pair, record),
        row=None,
    )
    return provision._replace(row=None if redline.change == ProvisionChange.UNCHANGED else _print_row(provision))


def _find_woven(pair: Pair, record: SourcesByPlace) -> list[WovenSentence]:
    """Return the sentences of a provision that several parties' changes made together, read or not."""
    before, after = (each.text if each else None for each in (pair.before, pair.after))
    authors, corrected = record.authors.get(pair.key, {}), record.corrections.get(pair.key, {})
    compared = Compared(pair.key, before, after, tuple(authors), tuple(sorted(corrected)))
    woven = find_unread(compared, authors)
    return [show_woven(sentence, record.readings.get(sentence.digest)) for sentence in woven]


def _print_row(provision: RedlinedProvision) -> RedlineRow:
    """Return a changed provision as a row of a table: provision, current words, proposed words, who and why."""
    is_worded = provision.change == ProvisionChange.REWORDED
    remarks = [sentence for sentence in provision.sentences if not is_worded or sentence.startswith(("move ", "renum"))]
    sources = [source for run in provision.runs for source in run.sources]
    sources += provision.move.sources if provision.move else []
    return RedlineRow(
        provision=" ".join(filter(None, [provision.printed_number, *(f"({remark})" for remark in remarks)])),
        current=provision.before or "",
        proposed=provision.after or "",
        who_and_why="\n".join(dict.fromkeys(filter(None, map(_print_source, sources)))),
    )


def _print_source(source: RunSource) -> str:
    """Return who asked for a change and why, in one line; empty if the reader sees neither."""
    who = [source.party, f"settled by {source.settled_by}" if source.settled_by else ""]
    return ": ".join(filter(None, [", ".join(filter(None, who)), source.reason]))
