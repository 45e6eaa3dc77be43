"""The check: whether every accepted change stands, a decision is behind every word, and every sentence was read."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries import corrections, gathering, reading, renumberings
from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.checking import (
    Compared,
    Disagreement,
    RecordedHunk,
    Woven,
    explain_waiting,
    find_dangling,
    find_disagreements,
    find_misplaced,
    find_parted,
    list_woven,
    reading_order,
)
from server.domain.consolidation.rules.defining import find_redefined
from server.domain.consolidation.rules.outline import TextTree
from server.domain.consolidation.rules.structure import PLACING, join_equal_additions, spread_deletions
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import NumberedProvision
from server.models.consolidation import AppliedChange, Consolidation, SentenceReading, TextCorrection
from server.models.texts import ProvisionText
from server.vocabulary.consolidation import CorrectionKind, ExceptionKind
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk


class Check(NamedTuple):
    """Where text and decisions disagree, the sentences that several parties' changes made together, and who read them.

    `readings` are by the digest of the sentence.
    """

    disagreements: tuple[Disagreement, ...]
    woven: tuple[Woven, ...]
    readings: Mapping[str, SentenceReading]

    @property
    def unexplained(self) -> list[Disagreement]:
        """Return the disagreements that nothing explains."""
        return [each for each in self.disagreements if each.explanation is None]

    @property
    def unread(self) -> list[Woven]:
        """Return the woven sentences that nobody has read yet."""
        return [each for each in self.woven if each.digest not in self.readings]


class DanglingWords(NamedTuple):
    """The references that lead nowhere in base and target, as (key of the provision, words)."""

    base: Sequence[tuple[str, str]]
    target: Sequence[tuple[str, str]]


class _Making(NamedTuple):
    """What is in the database about a consolidation."""

    base: Sequence[ProvisionText]
    target: Sequence[ProvisionText]
    changes: Sequence[AppliedChange]
    accepted: list[Accepted]
    refused: list[Accepted]
    settled: gathering.Settled
    corrections: Sequence[TextCorrection]
    dangling: DanglingWords


async def check_of(session: AsyncSession, consolidation: Consolidation) -> Check:
    """Return the check of a version, from what is in the database now.

    The number of statements does not depend on the length of the text.
    """
    accepted, refused = await gathering.gather(session, consolidation.base_id, consolidation.started_at)
    settled = await gathering.settled_sources(session, consolidation.id)
    settled.lost.update(await gathering.decided_revisions(session, consolidation.id))
    dangling = await renumberings.dangling_references(session, (consolidation.base_id, consolidation.target_id))
    state = _Making(
        await texts.provisions_of(session, consolidation.base_id),
        await texts.provisions_of(session, consolidation.target_id),
        await reading.changes_of(session, consolidation.id),
        accepted,
        refused,
        settled,
        await corrections.corrections_of(session, consolidation.target_id),
        DanglingWords(dangling.get(consolidation.base_id, []), dangling.get(consolidation.target_id, [])),
    )
    disagreements, woven = await asyncio.to_thread(_compare, state)
    readings = await reading.readings_of(session, consolidation.id)
    return Check(disagreements, woven, {each.digest: each for each in readings})


def _compare(state: _Making) -> tuple[tuple[Disagreement, ...], tuple[Woven, ...]]:
    """Return the disagreements and the woven sentences."""
    outline = TextTree(read_provisions(state.base))
    accepted = join_equal_additions(outline, state.accepted)
    settled = explain_waiting(accepted, state.settled.lost)
    provisions = compare(state.base, state.target, state.changes, state.corrections)
    changes = spread_deletions(outline, accepted)
    moved = {change.source_id for change in state.changes if change.kind == AmendmentKind.MOVE}
    disagreements = find_disagreements(provisions, changes, state.refused, settled, state.settled.prevailed, moved)
    missing = {
        each.source: each.explanation for each in disagreements if each.kind == ExceptionKind.ACCEPTED_BUT_UNCHANGED
    }
    placements = _list_placements(state, [change for change in accepted if change.source not in missing])
    misplaced = find_misplaced(outline, placements, [provision.provision_id for provision in state.target])
    parted = find_parted(accepted, state.refused, missing)
    redefined = find_redefined(number_rows(state.base), number_rows(state.target))
    listed = (*misplaced, *parted, *_list_corrected(state), *_list_dangling(state), *redefined)
    return (*disagreements, *listed), tuple(list_woven(provisions, changes, _list_recorded(state.changes)))


def _list_placements(state: _Making, standing: Iterable[Accepted]) -> list[Accepted]:
    """Return the accepted placements that should stand, each where it should."""
    # A settlement may have put several provisions of one place after each other.
    after = {change.source_id: change.after_id for change in state.changes if change.source_id in state.settled.placed}
    return [
        change._replace(after=after.get(change.source, change.after)) for change in standing if change.kind in PLACING
    ]


def _list_recorded(changes: Iterable[AppliedChange]) -> Iterator[RecordedHunk]:
    """Yield the hunks of recorded changes with who is behind each: a party, else the decision."""
    for change in changes:
        hunk = Hunk(change.start, change.end, change.replacement)
        yield RecordedHunk(change.source_id, change.provision_id, hunk, change.party_id or change.decision_id)


def _list_corrected(state: _Making) -> Iterator[Disagreement]:
    """Yield the corrections that stand, explained by their reasons."""
    for each in state.corrections:
        words = each.replacement.strip()
        yield Disagreement(ExceptionKind.CORRECTED, each.provision_id, each.id, words, each.reason)


def _list_dangling(state: _Making) -> Sequence[Disagreement]:
    """Return the references that lead nowhere, explained where somebody confirmed that they stay."""
    confirmed = {
        (each.provision_id, each.replacement): each.reason
        for each in state.corrections
        if each.kind == CorrectionKind.REFERENCE and each.before == each.replacement
    }
    return find_dangling(state.dangling.target, set(state.dangling.base), confirmed)


def number_rows(provisions: Sequence[ProvisionText]) -> list[NumberedProvision]:
    """Return the rows of a version as numbering, references and terms see them, in the same order."""
    return [
        NumberedProvision(p.provision_id, p.kind, p.level, p.printed_number, p.text, p.parent_id) for p in provisions
    ]


def read_provisions(provisions: Sequence[ProvisionText]) -> list[BaseText]:
    """Return the rows of a version as provisions, in the same order."""
    return [BaseText(p.provision_id, p.kind, p.level, p.printed_number, p.text, p.parent_id) for p in provisions]


def compare(
    base: Sequence[ProvisionText],
    target: Sequence[ProvisionText],
    changes: Sequence[AppliedChange],
    corrections: Sequence[TextCorrection],
) -> list[Compared]:
    """Return every provision of base and target in reading order, with the changes recorded for it."""
    corrected: dict[str, list[Hunk]] = defaultdict(list)
    for correction in corrections:
        corrected[correction.provision_id].append(Hunk(correction.start, correction.end, correction.replacement))
    before, after = ({p.provision_id: p.text for p in version} for version in (base, target))
    recorded: dict[str, list[Hunk]] = defaultdict(list)
    for change in changes:
        if change.kind != AmendmentKind.MOVE:
            recorded[change.provision_id].append(Hunk(change.start, change.end, change.replacement))
    keys = reading_order(list(before), list(after))
    return [
        Compared(key, before.get(key), after.get(key), tuple(recorded[key]), tuple(sorted(set(corrected[key]))))
        for key in keys
    ]
