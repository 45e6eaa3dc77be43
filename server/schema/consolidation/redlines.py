"""The check and the redline: values computed from what is in the database now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from server.domain.consolidation.queries import reconciling, redlines
from server.domain.consolidation.rules.redlining import Pair
from server.schema.context import Context
from server.schema.reads.pages import Connection, connection_field
from server.schema.reads.roots import render_value
from server.schema.reads.sequences import connect, cut_page
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import ExceptionKind
from server.vocabulary.texts import ProvisionChange
from server.wording.redline import RunKind

for vocabulary_of_redlines in (ExceptionKind, RunKind, ProvisionChange):
    vocabulary(vocabulary_of_redlines)


@strawberry.type(description="A place where the text and the decisions disagree.")
class ReconciliationException:
    """The GraphQL form of `server.domain.consolidation.queries.reconciling.Finding`."""

    kind: ExceptionKind = strawberry.field(description="How they disagree.")
    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision concerned.")
    source_id: str = strawberry.field(
        description="Id of the comment or amendment concerned; empty if there is none or the caller does not see it."
    )
    words: str = strawberry.field(
        description="The words concerned; empty if the caller does not see the comment or amendment."
    )
    explanation: str | None = strawberry.field(
        description="What explains the disagreement, in words; null if nothing does, and then the version cannot be "
        "issued."
    )


@strawberry.type(
    description="A sentence that no party asked for as it stands: by the changes of two or more parties, or by one "
    "change of a party while another of it does not stand. A person confirms reading it before the version is issued."
)
class WovenSentence:
    """The GraphQL form of `server.domain.consolidation.queries.reconciling.WovenSentence`."""

    digest: str = strawberry.field(description="SHA-256 of its provision and words; send it to `confirmReading`.")
    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision it is in.")
    words: str = strawberry.field(description="The sentence as it stands in the version being made.")
    read_by_id: strawberry.ID | None = strawberry.field(
        description="Id of the delegate who confirmed reading it; null while nobody has."
    )
    read_at: datetime | None = strawberry.field(description="Instant of the confirmation; null while there is none.")


@strawberry.type(
    description="The check of a consolidation: whether every accepted wording stands in the text, and whether a "
    "decision is behind every change. Computed at each request."
)
class Reconciliation:
    """The lists of the check, computed from what is in the database now."""

    is_clean: bool = strawberry.field(
        description="Whether every disagreement in the lists is explained and every woven sentence was read, which "
        "issuing the version needs."
    )
    woven: list[WovenSentence] = strawberry.field(
        description="Sentences that no party asked for as they stand, read or not, in reading order."
    )
    proposal_in_part: list[ReconciliationException] = strawberry.field(
        description="Amendments that do not stand although others of the same proposal do, and its proponent did not "
        "say that they may be taken apart."
    )
    misplaced: list[ReconciliationException] = strawberry.field(
        description="Provisions that do not stand where the accepted amendments put them."
    )
    corrected: list[ReconciliationException] = strawberry.field(
        description="Words that were corrected as errors; `sourceId` is the correction, `explanation` its reason. Any "
        "party may object with `objectToCorrection`."
    )
    accepted_but_unchanged: list[ReconciliationException] = strawberry.field(
        description="Accepted wordings that do not stand in the text."
    )
    changed_without_decision: list[ReconciliationException] = strawberry.field(
        description="Words that changed without a decision behind them."
    )
    refused_yet_changed: list[ReconciliationException] = strawberry.field(
        description="Refused wordings that stand in the text all the same."
    )
    dangling_references: list[ReconciliationException] = strawberry.field(
        description="References that lead nowhere, or no longer to the provision that they pointed to. "
        "`correctReference` mends one, or says why it stays."
    )
    definitions_changed: list[ReconciliationException] = strawberry.field(
        description="Terms that are defined in other words, or no longer, and that the text uses; `words` is the term, "
        "`explanation` says where it is used."
    )


@strawberry.type(description="Who asked for a changed run of words, and the decision behind it.")
class RunSource:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.Source`."""

    source_id: str = strawberry.field(
        description="Id of the comment or amendment that asked for the change; empty if there is none or the "
        "caller does not see it."
    )
    decision_id: str = strawberry.field(
        description="Id of the disposition, amendment view, conflict settlement or decision behind the change; "
        "empty if there is none."
    )
    party: str = strawberry.field(
        description="Short name of the party that asked for the change; empty if there is none or the caller does "
        "not see the source."
    )
    settled_by: str = strawberry.field(
        description="Name of the officer who settled a conflict with these words; empty if no conflict was settled."
    )
    reason: str = strawberry.field(
        description="Reason given for the change: of the settlement, of the revision or of the party; empty if there "
        "is none or the caller does not see the source."
    )


@strawberry.type(
    description="A run of words in a redline. KEEP and DELETE runs joined are the words before, KEEP and INSERT runs "
    "the words after."
)
class RedlineRun:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.SourcedRun`."""

    kind: RunKind = strawberry.field(description="Whether the words were kept, inserted or deleted.")
    text: str = strawberry.field(description="The words; never empty.")
    sources: list[RunSource] = strawberry.field(description="Who asked for the change; empty for kept words.")


@strawberry.type(description="The move of a provision from one place to another, and who asked for it.")
class RedlineMove:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.RedlineMove`."""

    after_key_before: strawberry.ID | None = strawberry.field(
        description="Permanent key of the provision it stood after; null if it stood at the beginning."
    )
    after_key_now: strawberry.ID | None = strawberry.field(
        description="Permanent key of the provision it stands after; null if it stands at the beginning."
    )
    place_before: str = strawberry.field(description="Where it stood, in English words, such as 'after 4.'.")
    place_now: str = strawberry.field(description="Where it stands, in English words, such as 'the beginning'.")
    sources: list[RunSource] = strawberry.field(
        description="Who asked for the move; empty if that is not recorded for these two versions."
    )


@strawberry.type(description="A provision in a redline, with its words before and after.")
class RedlineProvision:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.RedlinedProvision`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    change: ProvisionChange = strawberry.field(description="What became of the provision.")
    printed_number: str = strawberry.field(
        description="Number as printed in the later version, or for a deleted provision in the version before; empty "
        "if it has none."
    )
    number_before: str | None = strawberry.field(
        description="Number as printed in the version before, empty if it has none; null if the provision is new."
    )
    number_after: str | None = strawberry.field(
        description="Number as printed in the later version, empty if it has none; null if the provision was deleted."
    )
    before: str | None = strawberry.field(description="Words in the version before; null if the provision is new.")
    after: str | None = strawberry.field(description="Words in the later version; null if the provision was deleted.")
    move: RedlineMove | None = strawberry.field(
        description="Where it stood and where it stands, if it was moved; null if it was not."
    )
    sentences: list[str] = strawberry.field(
        description="Each change as an English sentence for screen readers, such as 'replace “should” by “shall”' or "
        "'new paragraph after 4.'."
    )
    runs: list[RedlineRun] = strawberry.field(
        description="Words in reading order, in runs that were kept, inserted or deleted."
    )
    woven: list[WovenSentence] = strawberry.field(
        description="Sentences in it that stand by the changes of two or more parties, read by a person or not."
    )


@strawberry.type(description="A changed provision as a row of a table with four columns of plain text.")
class RedlineRow:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.RedlineRow`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    provision: str = strawberry.field(
        description="First column: the printed number, and what became of the provision as a whole, such as "
        "'4. (delete paragraph 4.)'."
    )
    current: str = strawberry.field(description="Second column: words in the version before; empty if it is new.")
    proposed: str = strawberry.field(description="Third column: words in the later version; empty if it was deleted.")
    who_and_why: str = strawberry.field(
        description="Fourth column: on each line who asked for a change and why, as far as the caller sees it."
    )


async def _resolve_provisions(root: Any, info: strawberry.Info) -> Any:
    """Return a page of the provisions of a redline, rendered."""
    keys = [pair.key for pair in root.shown]
    cut = cut_page(info._raw_info, f"{root.base_id} {root.version_id}", keys)
    return render_value(info, connect(cut, keys, await root.source.provisions(root.shown[cut.begin : cut.end])))


async def _resolve_rows(root: Any, info: strawberry.Info) -> Any:
    """Return a page of the changed provisions of a redline as rows of a table, rendered."""
    keys = [pair.key for pair in root.source.changed]
    cut = cut_page(info._raw_info, f"{root.base_id} {root.version_id}", keys)
    return render_value(info, connect(cut, keys, await root.source.rows(root.source.changed[cut.begin : cut.end])))


@strawberry.type(description="What changed between two versions of an instrument, and who asked for it.")
class Redline:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.Redline`; its pages are computed when asked."""

    source: strawberry.Private[redlines.Redline]
    shown: strawberry.Private[Sequence[Pair]]
    version_id: strawberry.ID = strawberry.field(description="Id of the later version.")
    base_id: strawberry.ID = strawberry.field(
        description="Id of the earlier version: for `redline`, the one it was made from."
    )
    changed_count: int = strawberry.field(
        description="Number of provisions in the whole version that are not UNCHANGED."
    )
    provisions: Connection[RedlineProvision] = connection_field(
        "Provisions in the order of the later version; a deleted one follows the one it stood after.",
        {},
        resolver=_resolve_provisions,
    )
    rows: Connection[RedlineRow] = connection_field(
        "The provisions that changed, in the same order, as rows of a table.", {}, resolver=_resolve_rows
    )


async def show_reconciliation(info: strawberry.Info, consolidation_id: str) -> Reconciliation | None:
    """Return the check of a consolidation, computed now; None unless the caller sees the consolidation."""
    context: Context = info.context
    async with context.database.studying() as session:
        check = await reconciling.find_reconciliation(session, context.actor, context.now, consolidation_id)
    return render_value(info, check)  # type: ignore[no-any-return]


async def show_redline(info: strawberry.Info, version_id: str, *, changed_only: bool) -> Redline | None:
    """Return the redline of a version; None unless the caller sees the version and it was made from another."""
    context: Context = info.context
    async with context.database.studying() as session:
        redline = await redlines.find_redline(session, context.actor, context.now, version_id)
    return _show(redline, changed_only=changed_only)


async def show_comparison(
    info: strawberry.Info, base_id: str, version_id: str, *, changed_only: bool
) -> Redline | None:
    """Return the redline between two versions of an instrument; None unless the caller sees both."""
    context: Context = info.context
    async with context.database.studying() as session:
        redline = await redlines.find_comparison(session, context.actor, context.now, base_id, version_id)
    return _show(redline, changed_only=changed_only)


def _show(redline: redlines.Redline | None, *, changed_only: bool) -> Redline | None:
    """Return the GraphQL form of a redline, None for none."""
    return redline and Redline(
        source=redline,
        shown=redline.changed if changed_only else redline.pairs,
        version_id=strawberry.ID(redline.version_id),
        base_id=strawberry.ID(redline.base_id),
        changed_count=len(redline.changed),
    )
