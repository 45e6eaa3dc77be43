"""Acts that make, issue and publish texts."""

import strawberry

from server.domain.consolidation import policy
from server.domain.consolidation.actions import issuing, making, settling
from server.domain.texts import policy as text_policy
from server.schema.consolidation.redlines import Reconciliation, show_reconciliation
from server.schema.consolidation.types import Consolidation, TextConflict
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.texts.types import Edition, TextVersion

TARGET_VERSION = "The `version` of the version being made, as you read it; refused as STALE if it moved on."


@strawberry.type
class ConsolidationFact:
    """What every fact about a consolidation shows."""

    subject_id: strawberry.Private[str]
    consolidation: Consolidation | None = fact("The consolidation as it stands now.", "Consolidation")

    @strawberry.field(description="The check, computed from what is in the database now.")
    async def reconciliation(self, info: strawberry.Info) -> Reconciliation | None:
        """Return the three lists."""
        return await show_reconciliation(info, self.subject_id)


@strawberry.type
class ConflictFact:
    """What every fact about a conflict shows."""

    subject_id: strawberry.Private[str]
    conflict: TextConflict | None = fact("The conflict as it stands now.", "TextConflict")


@strawberry.type
class VersionFact:
    """What every fact about a version shows."""

    subject_id: strawberry.Private[str]
    version: TextVersion | None = fact("The version as it stands now.", "TextVersion")


@strawberry.type
class EditionFact:
    """What every fact about an edition shows."""

    subject_id: strawberry.Private[str]
    edition: Edition | None = fact("The edition.", "Edition")


@strawberry.type
class ConsolidationMutations:
    """Acts that make, issue and publish texts."""

    consolidate = act_field(
        policy.consolidate,
        making.consolidate,
        "Make the next version from everything that was accepted on an issued one. What collides waits to be settled.",
        about="An issued version from which the next one is made.",
        text_version_id="The issued version to start from.",
        label="Label of the version that is made.",
        fact_name="TextConsolidated",
        outcome="The next version was made.",
        answer=ConsolidationFact,
    )
    settle_conflict = act_field(
        policy.settle_conflict,
        settling.settle_conflict,
        "Say which words stand where accepted wordings collide, and why.",
        about="The words that stand where accepted wordings collide.",
        conflict_id="The conflict.",
        words="The words that stand: one side's, the base's or a compromise.",
        reason="Why; the check shows it to those whose wording does not stand.",
        outcome="A conflict was settled.",
        answer=ConflictFact,
    )
    revise_provision = act_field(
        policy.revise_provision,
        settling.revise_provision,
        "Write other words for a provision of the version being made.",
        about="Other words for a provision of a version that is being made.",
        consolidation_id="The consolidation.",
        provision_key="Permanent key of the provision.",
        text="All its words.",
        reason="Why.",
        decision_id="The recorded decision behind it; without one the version cannot be issued.",
        expected_version=TARGET_VERSION,
        outcome="A provision of the version being made was revised.",
        answer=ConsolidationFact,
    )
    issue_version = act_field(
        text_policy.issue_version,
        issuing.issue_version,
        "Give a version out. A consolidated one needs every conflict settled and the check clean.",
        about="A version to be given out.",
        text_version_id="The version.",
        outcome="A version was given out. It never changes again.",
        answer=VersionFact,
    )
    abandon_version = act_field(
        text_policy.abandon_version,
        issuing.abandon_version,
        "Give up a version that was not issued.",
        about="A version to be given up.",
        text_version_id="The version.",
        reason="Why.",
        outcome="A version was given up.",
        answer=VersionFact,
    )
    publish_edition = act_field(
        policy.publish_edition,
        issuing.publish_edition,
        "Publish an issued version as the edition that the Council adopted.",
        about="An issued version that was adopted.",
        text_version_id="The issued version.",
        decision_id="The Council's decision that adopted it.",
        label="Label, such as '2022 edition'.",
        outcome="An edition was published.",
        answer=EditionFact,
    )
