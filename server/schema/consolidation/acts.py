"""Acts of consolidation: inputs, facts and mutations."""

from functools import partial

import strawberry

from server.domain.consolidation import policy
from server.domain.consolidation.actions import issuing, making, settling
from server.domain.texts import policy as text_policy
from server.schema.acts import act_field, key_field, version_field
from server.schema.consolidation.redlines import Reconciliation, show_reconciliation
from server.schema.consolidation.types import Consolidation, TextConflict
from server.schema.reads.roots import fact
from server.schema.texts.types import Edition, TextVersion


@strawberry.input(description="An issued version from which the next one is made.")
class ConsolidateInput:
    """Input of `consolidate`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(description="The issued version to start from.")
    label: str = strawberry.field(description="Label of the version that is made.")


@strawberry.input(description="The words that stand where accepted wordings collide.")
class SettleConflictInput:
    """Input of `settleConflict`."""

    idempotency_key: str = key_field()
    conflict_id: strawberry.ID = strawberry.field(description="The conflict.")
    words: str = strawberry.field(description="The words that stand: one side's, the base's or a compromise.")
    reason: str = strawberry.field(description="Why; the check shows it to those whose wording does not stand.")
    expected_version: int = version_field()


@strawberry.input(description="Other words for a provision of a version that is being made.")
class ReviseProvisionInput:
    """Input of `reviseProvision`."""

    idempotency_key: str = key_field()
    consolidation_id: strawberry.ID = strawberry.field(description="The consolidation.")
    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    text: str = strawberry.field(description="All its words.")
    reason: str = strawberry.field(description="Why.")
    decision_id: strawberry.ID | None = strawberry.field(
        default=None, description="The recorded decision behind it; without one the version cannot be issued."
    )
    expected_version: int = strawberry.field(
        description="The `version` of the version being made, as you read it; refused as STALE if it moved on."
    )


@strawberry.input(description="A version to be given out.")
class IssueVersionInput:
    """Input of `issueVersion`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(description="The version.")
    expected_version: int = version_field()


@strawberry.input(description="A version to be given up.")
class AbandonVersionInput:
    """Input of `abandonVersion`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(description="The version.")
    reason: str = strawberry.field(description="Why.")
    expected_version: int = version_field()


@strawberry.input(description="An issued version that was adopted.")
class PublishEditionInput:
    """Input of `publishEdition`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(description="The issued version.")
    decision_id: strawberry.ID = strawberry.field(description="The Council's decision that adopted it.")
    label: str = strawberry.field(description="Label, such as '2022 edition'.")


@strawberry.type
class _ConsolidationFact:
    subject_id: strawberry.Private[str]
    consolidation: Consolidation | None = fact("The consolidation as it stands now.", "Consolidation")

    @strawberry.field(description="The check, computed from what is in the database now.")
    async def reconciliation(self, info: strawberry.Info) -> Reconciliation | None:
        """The three lists."""
        return await show_reconciliation(info, self.subject_id)


@strawberry.type(description="The next version was made.")
class TextConsolidated(_ConsolidationFact):
    """Fact of `consolidate`."""


@strawberry.type(description="A provision of the version being made was revised.")
class ProvisionRevised(_ConsolidationFact):
    """Fact of `reviseProvision`."""


@strawberry.type(description="A conflict was settled.")
class ConflictSettled:
    """Fact of `settleConflict`."""

    subject_id: strawberry.Private[str]
    conflict: TextConflict | None = fact("The conflict as it stands now.", "TextConflict")


@strawberry.type
class _VersionFact:
    subject_id: strawberry.Private[str]
    version: TextVersion | None = fact("The version as it stands now.", "TextVersion")


@strawberry.type(description="A version was given out. It never changes again.")
class VersionIssued(_VersionFact):
    """Fact of `issueVersion`."""


@strawberry.type(description="A version was given up.")
class VersionAbandoned(_VersionFact):
    """Fact of `abandonVersion`."""


@strawberry.type(description="An edition was published.")
class EditionPublished:
    """Fact of `publishEdition`."""

    subject_id: strawberry.Private[str]
    edition: Edition | None = fact("The edition.", "Edition")


@strawberry.type
class ConsolidationMutations:
    """Acts that make, issue and publish texts."""

    consolidate = act_field(
        policy.consolidate,
        "Make the next version from everything that was accepted on an issued one. What collides waits to be settled.",
        ConsolidateInput,
        TextConsolidated,
        lambda input: partial(making.consolidate, base_id=input.text_version_id, label=input.label),
    )
    settle_conflict = act_field(
        policy.settle_conflict,
        "Say which words stand where accepted wordings collide, and why.",
        SettleConflictInput,
        ConflictSettled,
        lambda input: partial(
            settling.settle_conflict,
            conflict_id=input.conflict_id,
            words=input.words,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    revise_provision = act_field(
        policy.revise_provision,
        "Write other words for a provision of the version being made.",
        ReviseProvisionInput,
        ProvisionRevised,
        lambda input: partial(
            settling.revise_provision,
            consolidation_id=input.consolidation_id,
            provision_key=input.provision_key,
            text=input.text,
            reason=input.reason,
            decision_id=input.decision_id,
            expected_version=input.expected_version,
        ),
    )
    issue_version = act_field(
        text_policy.issue_version,
        "Give a version out. A consolidated one needs every conflict settled and the check clean.",
        IssueVersionInput,
        VersionIssued,
        lambda input: partial(
            issuing.issue_version, version_id=input.text_version_id, expected_version=input.expected_version
        ),
    )
    abandon_version = act_field(
        text_policy.abandon_version,
        "Give up a version that was not issued.",
        AbandonVersionInput,
        VersionAbandoned,
        lambda input: partial(
            issuing.abandon_version,
            version_id=input.text_version_id,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    publish_edition = act_field(
        policy.publish_edition,
        "Publish an issued version as the edition that the Council adopted.",
        PublishEditionInput,
        EditionPublished,
        lambda input: partial(
            issuing.publish_edition,
            version_id=input.text_version_id,
            decision_id=input.decision_id,
            label=input.label,
        ),
    )
