"""The check of a consolidation: plain values, computed from what is in the database now."""

from datetime import datetime

import strawberry

from server.domain.consolidation.queries import reconciling
from server.schema.consolidation.types import ChangeSource
from server.schema.context import Context
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.values import render_value
from server.schema.scalars import Digest
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import ExceptionKind

vocabulary(ExceptionKind)


@strawberry.type(description="A place where the text and the decisions disagree.")
class ReconciliationException:
    """The GraphQL form of `server.domain.consolidation.queries.reconciling.Finding`."""

    kind: ExceptionKind = strawberry.field(description="How they disagree.")
    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision concerned.")
    source: ChangeSource | None = edge(
        "The comment, amendment or correction concerned; null if there is none or the caller does not see it.",
        "source_id",
    )
    words: str | None = words_or_null("The words concerned; null if the caller does not see the comment or amendment.")
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

    digest: Digest = strawberry.field(description="SHA-256 of its provision and words; send it to `confirmReading`.")
    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision it is in.")
    words: str = strawberry.field(description="The sentence as it stands in the version being made.")
    read_by: Delegate | None = edge("The delegate who confirmed reading it; null while nobody has.", "read_by_id")
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
        description="Words that were corrected as errors; `source` is the correction, `explanation` its reason. Any "
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


async def show_reconciliation(info: strawberry.Info, consolidation_id: str) -> Reconciliation | None:
    """Return the check of a consolidation, computed now; None unless the caller sees the consolidation."""
    context: Context = info.context
    async with context.database.studying() as session:
        check = await reconciling.find_reconciliation(session, context.actor, context.now, consolidation_id)
    return await render_value(info, check)  # type: ignore[no-any-return]
