"""Consolidations, conflicts and changes; the check and the redline."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import strawberry

from server.acts import verdicts
from server.consolidation import policy, queries
from server.consolidation.actions import disagreements_of
from server.consolidation.actions.checking import standings_of
from server.consolidation.rules import (
    ConflictFacts,
    ConflictStatus,
    Disagreement,
    ExceptionKind,
    Standing,
    change_of,
    redlined,
)
from server.ids import prefix_of
from server.models import consolidation as tables
from server.proposals.rules import AmendmentKind
from server.schema.acts import AvailableAct
from server.schema.context import Context
from server.schema.parties import Delegate, Party
from server.schema.reads import Node, batch, column, computed, connection, noun, one, render_value, to_one
from server.schema.reads.pages import Connection, bad_input
from server.schema.reads.roots import IDENTIFIER
from server.schema.texts import TextVersion
from server.schema.vocabulary import vocabulary
from server.texts import queries as texts
from server.texts.hunks import Hunk
from server.texts.redline import RunKind
from server.texts.rules import ProvisionChange

for vocabulary_of_consolidation in (ConflictStatus, ExceptionKind, RunKind, ProvisionChange):
    vocabulary(vocabulary_of_consolidation)

LARGEST_REDLINE = 1_000
VERSION_PREFIX = "VER"


@noun(tables.Consolidation, queries.visible_consolidations)
class Consolidation(Node):
    """The making of the next version from everything that was accepted on the one before."""

    base: TextVersion = to_one("The version it starts from.", implied=True)
    target: TextVersion = to_one("The version it makes.", implied=True)
    started_by: Delegate = to_one("Who began it.", implied=True)
    started_at: datetime = column("When it was begun.")
    open_conflict_count: int = batch("Conflicts not settled yet.", queries.open_conflicts_per_consolidation, 0)
    conflicts: Connection["TextConflict"] = connection(
        "Places where accepted wordings collide.", on="consolidation_id", order=("provision_id", "start", "id")
    )
    changes: Connection["AppliedChange"] = connection(
        "Every change that stands in the target, with who asked for it and the decision behind it.",
        on="consolidation_id",
        order=("provision_id", "start", "id"),
    )


@noun(tables.AppliedChange, queries.visible_changes)
class AppliedChange(Node):
    """One change of the base that stands in the target."""

    provision_key: strawberry.ID = column("Permanent key of the provision.", "provision_id")
    kind: AmendmentKind = column("What it does to the provision.")
    start: int = column("Where it begins in the base text, in code points from 0.")
    end: int = column("Where it ends, exclusive.")
    replacement: str = column("The words that stand there now.")
    source_id: str = column("Comment or amendment that asked for it; empty for a revision or a compromise.")
    decision_id: str = column("Disposition, view, settlement or decision behind it.")
    party: Party | None = to_one("Who asked for it; null if the round kept that from others.", implied=True)


@noun(tables.TextConflict, queries.visible_conflicts)
class TextConflict(Node):
    """A place where accepted wordings collide. It is settled with words and a reason, never silently."""

    consolidation: Consolidation = to_one("The consolidation.", implied=True)
    provision_key: strawberry.ID = column("Permanent key of the provision.", "provision_id")
    start: int = column("Where it begins in the base text, in code points from 0.")
    end: int = column("Where it ends, exclusive.")
    base_words: str = column("The words of the base; they stand until the conflict is settled.")
    status: ConflictStatus = column("Whether it is settled.")
    settled_words: str | None = column("The words that stand.")
    reason: str = column("Why these words stand.")
    settled_by: Delegate | None = to_one("Who settled it.", implied=True)
    settled_at: datetime | None = column("When it was settled.")
    version: int = column("Counts changes; send it back as `expectedVersion`.")
    sides: Connection["ConflictSide"] = connection("The wordings that collide.", on="conflict_id", order=("id",))
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this conflict, and if not, why not.",
        lambda actor, facts, now: verdicts(policy.ON_CONFLICT, actor, facts, now),
        ConflictFacts,
    )


@noun(tables.ConflictSide, queries.visible_sides)
class ConflictSide(Node):
    """One of the wordings that collide."""

    source_id: strawberry.ID = column("Comment or amendment.")
    party: Party | None = to_one("Whose wording it is; null if the round kept that from others.", implied=True)
    words: str = column("What would stand in the conflict's place if this side prevailed.")


@strawberry.type(description="A place where the text and the decisions do not agree.")
class ReconciliationException:
    """The GraphQL form of `server.consolidation.rules.Disagreement`."""

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

    source_id: str = strawberry.field(description="Comment or amendment; empty for a revision or a compromise.")
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
        made = await queries.find_visible(session, context.actor, context.now, consolidation_id)
        if made is None:
            return None
        found = await disagreements_of(session, made)
    listed = {kind: [_exception(d) for d in found if d.kind == kind] for kind in ExceptionKind}
    return Reconciliation(
        is_clean=all(d.explanation is not None for d in found),
        accepted_but_unchanged=listed[ExceptionKind.ACCEPTED_BUT_UNCHANGED],
        changed_without_decision=listed[ExceptionKind.CHANGED_WITHOUT_DECISION],
        refused_yet_changed=listed[ExceptionKind.REFUSED_YET_CHANGED],
    )


def _exception(found: Disagreement) -> ReconciliationException:
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
        made = await queries.find_making(session, context.actor, context.now, version_id)
        if made is None:
            return None
        standings = await standings_of(session, made)
        changes = await queries.changes_of(session, made.id)
        names = await queries.short_names_behind(session, changes)
        numbers = {p.provision_id: p.printed_number for p in await texts.provisions_of(session, version_id)}
    changed = [standing for standing in standings if change_of(standing) != ProvisionChange.UNCHANGED]
    shown = (changed if changed_only else standings)[skip : skip + first]
    sources = _sources(changes, names)
    provisions = await asyncio.to_thread(lambda: [_provision(standing, sources, numbers) for standing in shown])
    return Redline(
        version_id=strawberry.ID(version_id),
        base_id=strawberry.ID(made.base_id),
        changed_count=len(changed),
        provisions=provisions,
    )


def _sources(changes: Sequence[tables.AppliedChange], names: dict[str, str]) -> dict[str, dict[Hunk, list[RunSource]]]:
    behind: dict[str, dict[Hunk, list[RunSource]]] = {}
    for change in changes:
        hunk = Hunk(change.start, change.end, change.replacement)
        source = RunSource(
            source_id=change.source_id, decision_id=change.decision_id, party=names.get(change.party_id or "", "")
        )
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


FIRST_SHOWN = Annotated[int, strawberry.argument(description=f"Provisions to give, 1 to {LARGEST_REDLINE}.")]
SKIPPED = Annotated[int, strawberry.argument(description="Provisions to leave out at the beginning.")]
CHANGED_ONLY = Annotated[bool, strawberry.argument(description="Leave out provisions whose words did not change.")]


@strawberry.type
class ConsolidationQueries:
    """Root fields about consolidations."""

    consolidation: Consolidation | None = one("A consolidation by its id.", "Consolidation")

    @strawberry.field(description="The check of a consolidation; null when it does not exist or is hidden.")
    async def reconciliation(self, info: strawberry.Info, consolidation_id: IDENTIFIER) -> Reconciliation | None:
        """The three lists, computed now."""
        return render_value(info, await reconciliation_of(info, consolidation_id))  # type: ignore[no-any-return]

    @strawberry.field(description="What changed in a consolidated version, and who changed it; null when hidden.")
    async def redline(
        self,
        info: strawberry.Info,
        version_id: IDENTIFIER,
        changed_only: CHANGED_ONLY = True,
        first: FIRST_SHOWN = 100,
        skip: SKIPPED = 0,
    ) -> Redline | None:
        """The redline against the version it was made from."""
        if not 1 <= first <= LARGEST_REDLINE or skip < 0:
            raise bad_input(f"Ask for 1 to {LARGEST_REDLINE} provisions.")
        shown = await redline_of(info, version_id, changed_only=changed_only, first=first, skip=skip)
        return render_value(info, shown)  # type: ignore[no-any-return]
