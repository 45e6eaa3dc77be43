"""Consolidations, conflicts and changes; the check and the redline."""

from datetime import datetime
from typing import Annotated

import strawberry

from server.domain.consolidation import policy
from server.domain.consolidation.queries import reading
from server.domain.consolidation.queries.redlines import LARGEST_REDLINE
from server.domain.consolidation.rules.life import ConflictFacts
from server.kernel.acts import verdicts
from server.models import consolidation as tables
from server.schema.acts import AvailableAct
from server.schema.consolidation.redlines import Reconciliation, Redline, show_reconciliation, show_redline
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection, bad_input
from server.schema.reads.roots import IDENTIFIER, one
from server.schema.texts.types import TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import ConflictStatus
from server.vocabulary.proposals import AmendmentKind

vocabulary(ConflictStatus)


@noun(tables.Consolidation, reading.visible_consolidations)
class Consolidation(Node):
    """The making of the next version from everything that was accepted on the one before."""

    base: TextVersion = to_one("The version it starts from.", implied=True)
    target: TextVersion = to_one("The version it makes.", implied=True)
    started_by: Delegate = to_one("Who began it.", implied=True)
    started_at: datetime = column("When it was begun.")
    open_conflict_count: int = batch("Conflicts not settled yet.", reading.open_conflicts_per_consolidation, 0)
    conflicts: Connection["TextConflict"] = connection(
        "Places where accepted wordings collide.", on="consolidation_id", order=("provision_id", "start", "id")
    )
    changes: Connection["AppliedChange"] = connection(
        "Every change that stands in the target, with who asked for it and the decision behind it.",
        on="consolidation_id",
        order=("provision_id", "start", "id"),
    )


@noun(tables.AppliedChange, reading.visible_changes)
class AppliedChange(Node):
    """One change of the base that stands in the target."""

    provision_key: strawberry.ID = column("Permanent key of the provision.", "provision_id")
    kind: AmendmentKind = column("What it does to the provision.")
    start: int = column("Where it begins in the base text, in code points from 0.")
    end: int = column("Where it ends, exclusive.")
    replacement: str = column("The words that stand there now.")
    source_id: str = column("Comment or amendment that asked for it: ask `node(id:)`. Empty for a revision.")
    decision_id: str = column("Disposition, view, settlement or decision behind it.")


@noun(tables.TextConflict, reading.visible_conflicts)
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


@noun(tables.ConflictSide, reading.visible_sides)
class ConflictSide(Node):
    """One of the wordings that collide."""

    source_id: strawberry.ID = column("Comment or amendment.")
    party: Party | None = to_one("Whose wording it is.", implied=True)
    words: str = column("What would stand in the conflict's place if this side prevailed.")


FIRST_SHOWN = Annotated[int, strawberry.argument(description=f"Provisions to give, 1 to {LARGEST_REDLINE}.")]
SKIPPED = Annotated[int, strawberry.argument(description="Provisions to leave out at the beginning.")]
CHANGED_ONLY = Annotated[bool, strawberry.argument(description="Leave out provisions whose words did not change.")]


@strawberry.type
class ConsolidationQueries:
    """Root fields about consolidations."""

    consolidation: Consolidation | None = one("A consolidation by its id.", "Consolidation")

    @strawberry.field(description="The check of a consolidation; null when it does not exist or is hidden.")
    async def reconciliation(self, info: strawberry.Info, consolidation_id: IDENTIFIER) -> Reconciliation | None:
        """Return the check of a consolidation, computed now."""
        return await show_reconciliation(info, consolidation_id)

    @strawberry.field(description="What changed in a consolidated version, and who changed it; null when hidden.")
    async def redline(
        self,
        info: strawberry.Info,
        version_id: IDENTIFIER,
        changed_only: CHANGED_ONLY = True,
        first: FIRST_SHOWN = 100,
        skip: SKIPPED = 0,
    ) -> Redline | None:
        """Return the redline of a version. Raise a GraphQL error (BAD_REQUEST) for `first` or `skip` out of range."""
        if not 1 <= first <= LARGEST_REDLINE or skip < 0:
            raise bad_input(f"Ask for 1 to {LARGEST_REDLINE} provisions.")
        return await show_redline(info, version_id, changed_only=changed_only, first=first, skip=skip)
