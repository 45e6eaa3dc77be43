"""Consolidations, conflicts and changes; the check, the redline, the history of a provision."""

from datetime import datetime
from typing import Annotated

import strawberry

from server.domain.consolidation import policy
from server.domain.consolidation.queries import corrections, reading
from server.domain.consolidation.rules.correcting import CorrectionFacts
from server.domain.consolidation.rules.life import ConflictFacts
from server.models import consolidation as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.consolidation.histories import ProvisionBlame, ProvisionHistory, show_blame, show_history
from server.schema.consolidation.redlines import (
    Reconciliation,
    Redline,
    show_comparison,
    show_reconciliation,
    show_redline,
)
from server.schema.consolidation.renumberings import BY_HAND, Renumbering, show_renumbering
from server.schema.lists.consolidation import (
    CONSOLIDATION_ORDERS,
    CORRECTION_ORDERS,
    ChangeFilter,
    ConflictFilter,
    ConsolidationFilter,
    CorrectionFilter,
)
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, batch, column, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import IDENTIFIER, many, one
from server.schema.texts.types import TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import ConflictKind, ConflictStatus, CorrectionKind, CorrectionStatus
from server.vocabulary.proposals import AmendmentKind

for vocabulary_of_consolidation in (ConflictKind, ConflictStatus, CorrectionKind, CorrectionStatus):
    vocabulary(vocabulary_of_consolidation)


@noun(tables.Consolidation, reading.visible_consolidations)
class Consolidation(Node):
    """The making of the next version of a text from everything that was accepted on the version before.

    Everybody who sees the version that it makes sees it.
    """

    base: TextVersion = to_one("The issued version that it starts from.", implied=True)
    target: TextVersion = to_one("The version that it makes.", implied=True)
    started_by: Delegate = to_one("The delegate who started it.", implied=True)
    started_at: datetime = column("Instant at which it was started.")
    open_conflict_count: int = batch(
        "Number of conflicts that are not settled.", reading.open_conflicts_per_consolidation, 0
    )
    conflicts: Connection["TextConflict"] = connection(
        "Places where accepted wordings collide, grouped by provision (not in reading order), then by place in it.",
        on="consolidation_id",
        order=("provision_id", "start", "id"),
        filter_type=ConflictFilter,
    )
    changes: Connection["AppliedChange"] = connection(
        "Accepted changes that stand in the target or wait (`stands`), grouped by provision (not in reading order), "
        "then by place in it.",
        on="consolidation_id",
        order=("provision_id", "start", "id"),
        filter_type=ChangeFilter,
    )


@noun(tables.TextCorrection, corrections.visible_corrections)
class TextCorrection(Node):
    """A correction of a version that was being made, on top of the accepted changes.

    Everybody who sees the version sees it, and any party may object.
    """

    text_version: TextVersion = to_one("The version that was corrected.", implied=True)
    provision_key: strawberry.ID = column("Permanent key of the provision.", "provision_id")
    kind: CorrectionKind = column("Why it was corrected.")
    status: CorrectionStatus = column("Whether it stands.")
    before: str = column("Words that stood there; empty if words were only added.")
    replacement: str = column("Words that stand there instead; empty if words were only taken out.")
    reason: str = column("Why it is an error, at most 2,000 characters.")
    made_by: Delegate = to_one("The delegate who corrected it.", implied=True)
    made_at: datetime = column("Instant of the correction.")
    objecting_party: Party | None = to_one("The party that objected; null if none did.", implied=True)
    objected_at: datetime | None = column("Instant of the objection; null if there is none.")
    objection: str = column("Why the party objected; empty if none did.")
    available_acts: list[AvailableAct] = acts_on("correction", policy.ON_CORRECTION, CorrectionFacts)


@noun(tables.AppliedChange, reading.visible_changes)
class AppliedChange(Node):
    """One accepted change of the base, and the decision behind it. It stands in the target, or waits."""

    provision_key: strawberry.ID = column("Permanent key of the provision; for ADD, of the new one.", "provision_id")
    kind: AmendmentKind = column("What it does to the provision.")
    start: int = column(
        "Where the replaced words begin in the base text of the provision, in Unicode code points from 0; 0 "
        "for ADD and MOVE."
    )
    end: int = column("Where the replaced words end, exclusive, in Unicode code points; 0 for ADD and MOVE.")
    replacement: str = column(
        "Words that stand in place of the replaced ones; empty if words were only deleted, and for MOVE."
    )
    source_id: str = column(
        "Id of the comment or amendment that asked for the change; read it with `node(id:)`. Empty for a "
        "revision by the Secretariat."
    )
    decision_id: str = column(
        "Id of the disposition, amendment view, conflict settlement or decision behind the change; empty if "
        "there is none."
    )
    after_key: strawberry.ID | None = column(
        "For ADD and MOVE, permanent key of the provision that it stands after; null for the beginning.", "after_id"
    )
    stands: bool = column(
        "Whether it stands. Otherwise it waits for a conflict about places or sections, or for the rest of its "
        "proposal."
    )


@noun(tables.TextConflict, reading.visible_conflicts)
class TextConflict(Node):
    """A place where accepted changes collide. The Secretariat settles it with a reason.

    Words are settled by `settleConflict`, places and sections by `settleStructure`.
    """

    consolidation: Consolidation = to_one("The consolidation in which they collide.", implied=True)
    kind: ConflictKind = column("What the changes compete for.")
    provision_key: strawberry.ID = column("Permanent key of the provision.", "provision_id")
    start: int = column("Where the place begins in the base text of the provision, in Unicode code points from 0.")
    end: int = column("Where the place ends, exclusive, in Unicode code points.")
    base_words: str = column("Words of the base at this place. They stand in the target until the conflict is settled.")
    status: ConflictStatus = column("Whether the conflict is open or settled.")
    settled_words: str | None = column("Words that stand since the conflict was settled; null while it is open.")
    standing_ids: list[str] = column(
        "Ids of the comments and amendments that stand since a conflict about places or sections was settled, in their "
        "order."
    )
    rest_stands: bool = column("Whether the settlement lets proposals that lost here stand in part.")
    reason: str = column("Why these words or changes stand; empty while the conflict is open.")
    settled_by: Delegate | None = to_one("The delegate who settled it; null while it is open.", implied=True)
    settled_at: datetime | None = column("Instant at which it was settled; null while it is open.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    sides: Connection["ConflictSide"] = connection(
        "Wordings that collide, as far as the caller sees the comments and amendments that ask for them.",
        on="conflict_id",
        order=("id",),
    )
    available_acts: list[AvailableAct] = acts_on("conflict", policy.ON_CONFLICT, ConflictFacts)


@noun(tables.ConflictSide, reading.visible_sides)
class ConflictSide(Node):
    """One of the wordings that collide.

    Those who see the conflict and the comment or amendment behind the wording see it.
    """

    source_id: strawberry.ID = column(
        "Id of the comment or amendment that asks for this wording; read it with `node(id:)`."
    )
    kind: AmendmentKind = column("What the change does.")
    placed_key: strawberry.ID | None = column(
        "For ADD and MOVE, permanent key of the provision that it places; null for other kinds.", "placed_id"
    )
    after_key: strawberry.ID | None = column(
        "For ADD and MOVE, permanent key of the provision that it is to stand after; null for the beginning.",
        "after_id",
    )
    party: Party | None = to_one("The party that asks for this wording; null if none is recorded.", implied=True)
    words: str = column(
        "Words that would stand at the place of the conflict if this side prevailed; empty if it deletes them."
    )


KEY = Annotated[
    strawberry.ID, strawberry.argument(description="Permanent key of the provision, the same in all versions.")
]
IN_VERSION = Annotated[strawberry.ID, strawberry.argument(description="Id of the version, issued or not.")]
CHANGED_ONLY = Annotated[bool, strawberry.argument(description="Whether to leave out provisions that are UNCHANGED.")]


@strawberry.type
class ConsolidationQueries:
    """Root fields about consolidations."""

    text_corrections: Connection[TextCorrection] = many(
        "Corrections of errors, the newest first.",
        order=CORRECTION_ORDERS,
        filter_type=CorrectionFilter,
    )
    consolidations: Connection[Consolidation] = many(
        "Consolidations of all instruments.", order=CONSOLIDATION_ORDERS, filter_type=ConsolidationFilter
    )
    consolidation: Consolidation | None = one(
        "A consolidation by its id; null if it does not exist or the caller does not see it.", "Consolidation"
    )

    @strawberry.field(
        description="The check of a consolidation; null if that does not exist or the caller does not see it."
    )
    async def reconciliation(self, info: strawberry.Info, consolidation_id: IDENTIFIER) -> Reconciliation | None:
        """Return the check of a consolidation, computed now."""
        return await show_reconciliation(info, consolidation_id)

    @strawberry.field(
        description="What changed in a consolidated version and who asked for it; null if the version does not "
        "exist, was not made by consolidation or is not visible to the caller."
    )
    async def redline(
        self,
        info: strawberry.Info,
        version_id: IDENTIFIER,
        changed_only: CHANGED_ONLY = True,
    ) -> Redline | None:
        """Return the redline of a version."""
        return await show_redline(info, version_id, changed_only=changed_only)

    @strawberry.field(
        description="What changed between any two versions of an instrument, editions included, matched by the "
        "permanent keys of their provisions; null if one of them does not exist or is not visible to the caller, or if "
        "they are of different instruments or languages. Sources are named only where the version was made from the "
        "base in one step."
    )
    async def comparison(
        self,
        info: strawberry.Info,
        base_id: Annotated[strawberry.ID, strawberry.argument(description="Id of the earlier version.")],
        version_id: IDENTIFIER,
        changed_only: CHANGED_ONLY = True,
    ) -> Redline | None:
        """Return the redline between two versions."""
        return await show_comparison(info, base_id, version_id, changed_only=changed_only)

    @strawberry.field(
        description="What renumbering a version would do; null if the version does not exist or the caller does not "
        "see it. `renumberVersion` does it."
    )
    async def renumbering(
        self,
        info: strawberry.Info,
        text_version_id: IN_VERSION,
        numbers: BY_HAND = (),  # type: ignore[assignment]
    ) -> Renumbering | None:
        """Return the preview of a renumbering, computed now."""
        return await show_renumbering(info, text_version_id, list(numbers))

    @strawberry.field(
        description="The drafting history of a provision over the issued versions of its instrument; null if the "
        "caller sees no issued version in which it stands."
    )
    async def provision_history(self, info: strawberry.Info, provision_key: KEY) -> ProvisionHistory | None:
        """Return the history of a provision, computed now."""
        return await show_history(info, provision_key)

    @strawberry.field(
        description="Who wrote the words of a provision in a version, and in which version they came in; null if the "
        "provision does not stand there or the caller does not see the version."
    )
    async def provision_blame(
        self, info: strawberry.Info, provision_key: KEY, version_id: IN_VERSION
    ) -> ProvisionBlame | None:
        """Return the origin of the words of a provision, computed now."""
        return await show_blame(info, provision_key, version_id)
