"""Consolidations, conflicts and changes: what they look like."""

from datetime import datetime
from typing import Annotated, NamedTuple

import strawberry

from server.domain.consolidation import policy
from server.domain.consolidation.queries import corrections, reading
from server.domain.consolidation.rules.correcting import CorrectionFacts
from server.domain.consolidation.rules.life import ConflictFacts, MakingFacts
from server.models import consolidation as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.meetings import Decision
from server.schema.lists.consolidation import AppliedChangeFilter, TextConflictFilter
from server.schema.parties.types import Delegate, Party
from server.schema.proposals.types import Amendment
from server.schema.proposals.views import AmendmentView
from server.schema.reads.kinds import Node, batch, column, computed, connection, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.rounds.answers import Disposition
from server.schema.rounds.types import Comment
from server.schema.texts.types import TextVersion
from server.schema.texts.values import PreviewRun
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import ConflictKind, ConflictStatus, CorrectionKind, CorrectionStatus
from server.vocabulary.proposals import AmendmentKind
from server.wording.previews import preview_rewriting

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
        filter_type=TextConflictFilter,
    )
    changes: Connection["AppliedChange"] = connection(
        "Accepted changes that stand in the target or wait (`isApplied`), grouped by provision (not in reading order), "
        "then by place in it.",
        on="consolidation_id",
        order=("provision_id", "start", "id"),
        filter_type=AppliedChangeFilter,
    )
    available_acts: list[AvailableAct] = acts_on("consolidation", policy.ON_CONSOLIDATION, MakingFacts)


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
    objection: str | None = column("Why the party objected; null if none did.", or_null=True)
    available_acts: list[AvailableAct] = acts_on("correction", policy.ON_CORRECTION, CorrectionFacts)


ChangeSource = Annotated[
    Comment | Amendment | TextCorrection,
    strawberry.union("ChangeSource", description="What asked for a change of a text."),
]


class SideFacts(NamedTuple):
    """The facts about the words of a side and those in whose place they would stand."""

    words: str
    base_words: Annotated[str, "conflict.base_words"]


@noun(tables.ConflictSide, reading.visible_sides)
class ConflictSide(Node):
    """One of the wordings that collide.

    Those who see the conflict and the comment or amendment behind the wording see it.
    """

    source: ChangeSource | None = to_any("The comment or amendment that asks for this wording.", "source_id")
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
    runs: list[PreviewRun] = computed(
        "The words of the base at the place of the conflict, and those of this side, in runs.",
        lambda _, facts, __: preview_rewriting(facts.base_words, facts.words).runs,
        SideFacts,
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
    prevailing: list[ChangeSource] = to_any(
        "The comments and amendments that stand since a conflict about places or sections was settled, in their order, "
        "as far as the caller sees them.",
        "standing_ids",
    )
    can_stand_in_part: bool = column(
        "Whether the settlement lets proposals that lost here stand in part.", "rest_stands"
    )
    reason: str | None = column("Why these words or changes stand; null while the conflict is open.", or_null=True)
    settled_by: Delegate | None = to_one("The delegate who settled it; null while it is open.", implied=True)
    settled_at: datetime | None = column("Instant at which it was settled; null while it is open.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    sides: Connection["ConflictSide"] = connection(
        "Wordings that collide, as far as the caller sees the comments and amendments that ask for them.",
        on="conflict_id",
        order=("id",),
    )
    available_acts: list[AvailableAct] = acts_on("conflict", policy.ON_CONFLICT, ConflictFacts)


ChangeDecision = Annotated[
    Disposition | AmendmentView | TextConflict | TextCorrection | Decision,
    strawberry.union(
        "ChangeDecision",
        description="What decided on a change: the answer to a comment, the view of a group, the settlement of a "
        "conflict, a correction, or the decision of a body.",
    ),
]


class ReplacementFacts(NamedTuple):
    """The facts about the words that a change puts in place of others."""

    kind: AmendmentKind
    replacement: str


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
    replacement: str | None = computed(
        "Words that stand in place of the replaced ones, none at all if words were only deleted; null for MOVE.",
        lambda _, facts, __: None if facts.kind == AmendmentKind.MOVE else facts.replacement,
        ReplacementFacts,
    )
    source: ChangeSource | None = to_any(
        "The comment or amendment that asked for the change; null for a revision by the Secretariat, and if the caller "
        "does not see it.",
        "source_id",
    )
    decision: ChangeDecision | None = to_any(
        "The decision behind the change; null if there is none, and if the caller does not see it.", "decision_id"
    )
    after_key: strawberry.ID | None = column(
        "For ADD and MOVE, permanent key of the provision that it stands after; null for the beginning.", "after_id"
    )
    is_applied: bool = column(
        "Whether it stands in the target. Otherwise it waits for a conflict about places or sections, or for the rest "
        "of its proposal.",
        "stands",
    )
