"""The check and the redline: plain values, computed from what is in the database now."""

import asyncio
from collections.abc import Sequence

import strawberry

from server.domain.consolidation.actions.checking import disagreements_of, standings_of
from server.domain.consolidation.queries import reading
from server.domain.consolidation.rules.checking import Disagreement, Standing, change_of, redlined
from server.domain.texts import queries as texts
from server.kernel.ids import prefix_of
from server.models import consolidation as tables
from server.schema.context import Context
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import ExceptionKind
from server.vocabulary.texts import ProvisionChange
from server.wording.hunks import Hunk
from server.wording.redline import RunKind

LARGEST_REDLINE = 1_000
VERSION_PREFIX = "VER"

for vocabulary_of_redlines in (ExceptionKind, RunKind, ProvisionChange):
    vocabulary(vocabulary_of_redlines)


@strawberry.type(description="A place where the text and the decisions do not agree.")
class ReconciliationException:
    """The GraphQL form of `server.domain.consolidation.rules.Disagreement`."""

    kind: ExceptionKind = strawberry.field(description="How they disagree.")
    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    source_id: str = strawberry.field(description="Comment or amendment concerned; empty if none.")
    words: str = strawberry.field(description="The words concerned.")
    explanation: str | None = strawberry.field(description="What explains it; null blocks the issuing of the version.")


@strawberry.type(description="The check: does every accepted wording stand, and is a decision behind every change?")
class Reconciliation:
    """The three lists, computed from what is in the database now."""

    is_clean: bool = strawberry.field(description="Whether nothing is left unexplained.")
    accepted_but_unchanged: list[ReconciliationException] = strawberry.field(
        description="Wordings that were accepted and do not stand in the text."
    )
    changed_without_decision: list[ReconciliationException] = strawberry.field(
        description="Words that changed with no decision behind them."
    )
    refused_yet_changed: list[ReconciliationException] = strawberry.field(
        description="Wordings that were refused and stand in the text all the same."
    )


@strawberry.type(description="Who or what is behind a changed run of words.")
class RunSource:
    """One source of a redline run."""

    source_id: str = strawberry.field(description="Comment or amendment; empty if there is none or it is hidden.")
    decision_id: str = strawberry.field(description="The decision behind it; empty if there is none.")
    party: str = strawberry.field(description="Short name of the party that asked for it; empty if none.")


@strawberry.type(description="A run of words in a redline.")
class RedlineRun:
    """Joining KEEP and DELETE gives the words before, KEEP and INSERT the words after."""

    kind: RunKind = strawberry.field(description="Kept, inserted or deleted.")
    text: str = strawberry.field(description="The words.")
    sources: list[RunSource] = strawberry.field(description="Who asked for the change.")


@strawberry.type(description="A provision in a redline.")
class RedlineProvision:
    """One provision of base or target."""

    key: strawberry.ID = strawberry.field(description="Permanent key.")
    change: ProvisionChange = strawberry.field(description="What became of it.")
    printed_number: str = strawberry.field(description="Number as printed in the later version.")
    before: str | None = strawberry.field(description="The words before, null if it is new.")
    after: str | None = strawberry.field(description="The words after, null if it is gone.")
    sentences: list[str] = strawberry.field(description="Each change as a plain sentence, for screen readers.")
    runs: list[RedlineRun] = strawberry.field(description="The words with what was kept, inserted and deleted.")


@strawberry.type(description="What changed between a version and the version it was made from, and who changed it.")
class Redline:
    """Provisions in the order of the later version; deleted ones follow the provision they stood after."""

    version_id: strawberry.ID = strawberry.field(description="The later version.")
    base_id: strawberry.ID = strawberry.field(description="The version it was made from.")
    changed_count: int = strawberry.field(description="Provisions that are not UNCHANGED.")
    provisions: list[RedlineProvision] = strawberry.field(description="The provisions asked for.")


async def reconciliation_of(info: strawberry.Info, consolidation_id: str) -> Reconciliation | None:
    """The check of a consolidation that the caller sees, None otherwise."""
    context: Context = info.context
    if prefix_of(consolidation_id) != tables.Consolidation.prefix:
        return None
    async with context.database.studying() as session:
        made = await reading.find_visible(session, context.actor, context.now, consolidation_id)
        if made is None:
            return None
        found = await disagreements_of(session, made)
        seen = await reading.seen_among(session, context.actor, context.now, {d.source for d in found})
    listed = {kind: [_exception(d, seen) for d in found if d.kind == kind] for kind in ExceptionKind}
    return Reconciliation(
        is_clean=all(d.explanation is not None for d in found),
        accepted_but_unchanged=listed[ExceptionKind.ACCEPTED_BUT_UNCHANGED],
        changed_without_decision=listed[ExceptionKind.CHANGED_WITHOUT_DECISION],
        refused_yet_changed=listed[ExceptionKind.REFUSED_YET_CHANGED],
    )


def _exception(found: Disagreement, seen: set[str]) -> ReconciliationException:
    """The exception as the caller may see it: of a comment or an amendment that is hidden, only that there is one."""
    if found.source and found.source not in seen:
        found = found._replace(source="", words="", explanation=found.explanation and "explained; not shown to you")
    return ReconciliationException(
        kind=found.kind,
        provision_key=strawberry.ID(found.key),
        source_id=found.source,
        words=found.words,
        explanation=found.explanation,
    )


async def redline_of(
    info: strawberry.Info, version_id: str, *, changed_only: bool, first: int, skip: int
) -> Redline | None:
    """The redline of a version that the caller sees against the version it was made from; None for any other."""
    context: Context = info.context
    if prefix_of(version_id) != VERSION_PREFIX:
        return None
    async with context.database.studying() as session:
        made = await reading.find_making(session, context.actor, context.now, version_id)
        if made is None:
            return None
        standings = await standings_of(session, made)
        changes = await reading.changes_of(session, made.id)
        names = await reading.short_names_behind(session, changes)
        seen = await reading.seen_among(session, context.actor, context.now, {c.source_id for c in changes})
        numbers = {p.provision_id: p.printed_number for p in await texts.provisions_of(session, version_id)}
    changed = [standing for standing in standings if change_of(standing) != ProvisionChange.UNCHANGED]
    shown = (changed if changed_only else standings)[skip : skip + first]
    sources = _sources(changes, names, seen)
    provisions = await asyncio.to_thread(lambda: [_provision(standing, sources, numbers) for standing in shown])
    return Redline(
        version_id=strawberry.ID(version_id),
        base_id=strawberry.ID(made.base_id),
        changed_count=len(changed),
        provisions=provisions,
    )


def _sources(
    changes: Sequence[tables.AppliedChange], names: dict[str, str], seen: set[str]
) -> dict[str, dict[Hunk, list[RunSource]]]:
    """Who is behind each change, as far as the caller sees the comment or the amendment that asked for it."""
    behind: dict[str, dict[Hunk, list[RunSource]]] = {}
    for change in changes:
        hunk = Hunk(change.start, change.end, change.replacement)
        party = names.get(change.party_id or "", "") if change.source_id in seen else ""
        source_id = change.source_id if change.source_id in seen else ""
        source = RunSource(source_id=source_id, decision_id=change.decision_id, party=party)
        behind.setdefault(change.provision_id, {}).setdefault(hunk, []).append(source)
    return behind


def _provision(
    standing: Standing, sources: dict[str, dict[Hunk, list[RunSource]]], numbers: dict[str, str]
) -> RedlineProvision:
    behind = sources.get(standing.key, {})
    places = {str(place): found for place, found in enumerate(behind.values())}
    shown = redlined(standing, {hunk: (str(place),) for place, hunk in enumerate(behind)})
    runs = [
        RedlineRun(kind=run.kind, text=run.text, sources=[s for place in run.sources for s in places[place]])
        for run in shown.runs
    ]
    return RedlineProvision(
        key=strawberry.ID(shown.key),
        change=shown.change,
        printed_number=numbers.get(shown.key, ""),
        before=shown.before,
        after=shown.after,
        sentences=list(shown.sentences),
        runs=runs,
    )
