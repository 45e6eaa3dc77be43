"""The check and the redline: plain values, computed from what is in the database now."""

import strawberry

from server.domain.consolidation.queries import redlines
from server.schema.context import Context
from server.schema.reads.roots import render_value
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import ExceptionKind
from server.vocabulary.texts import ProvisionChange
from server.wording.redline import RunKind

for vocabulary_of_redlines in (ExceptionKind, RunKind, ProvisionChange):
    vocabulary(vocabulary_of_redlines)


@strawberry.type(description="A place where the text and the decisions do not agree.")
class ReconciliationException:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.Finding`."""

    kind: ExceptionKind = strawberry.field(description="How they disagree.")
    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    source_id: str = strawberry.field(description="Comment or amendment concerned; empty if none.")
    words: str = strawberry.field(description="The words concerned.")
    explanation: str | None = strawberry.field(description="What explains it; null blocks the issuing of the version.")


@strawberry.type(description="The check: does every accepted wording stand, and is a decision behind every change?")
class Reconciliation:
    """The three lists of the check, computed from what is in the database now."""

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


async def show_reconciliation(info: strawberry.Info, consolidation_id: str) -> Reconciliation | None:
    """Return the check of a consolidation, computed now; None unless the caller sees the consolidation."""
    context: Context = info.context
    async with context.database.studying() as session:
        check = await redlines.find_reconciliation(session, context.actor, context.now, consolidation_id)
    return render_value(info, check)  # type: ignore[no-any-return]


async def show_redline(
    info: strawberry.Info, version_id: str, *, changed_only: bool, first: int, skip: int
) -> Redline | None:
    """Return the redline of a version; None unless the caller sees the version and it was made from another."""
    context: Context = info.context
    async with context.database.studying() as session:
        page = redlines.Excerpt(changed_only=changed_only, first=first, skip=skip)
        redline = await redlines.find_redline(session, context.actor, context.now, version_id, page)
    return render_value(info, redline)  # type: ignore[no-any-return]
