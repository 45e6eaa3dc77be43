"""Acts that make, issue and publish texts."""

import strawberry

from server.domain.consolidation import policy
from server.domain.consolidation.actions import (
    confirming,
    correcting,
    issuing,
    making,
    renumbering,
    revising,
    settling,
    translating,
)
from server.domain.texts import policy as text_policy
from server.schema.consolidation.reconciliations import Reconciliation, show_reconciliation
from server.schema.consolidation.renumberings import RenumberVersionInput
from server.schema.consolidation.types import Consolidation, TextConflict, TextCorrection
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.texts.types import Edition, TextVersion

TARGET_REVISION = (
    "The `revision` of the target version as the caller read it. The act is refused as STALE if it has changed since."
)

REST_STANDS = (
    "Whether proposals whose change here does not stand may stand in part. Otherwise their other amendments do not "
    "stand either, unless the proponent said that they may be taken apart."
)


@strawberry.type
class ConsolidationFact:
    """What every fact about a consolidation shows."""

    subject_id: strawberry.Private[str]
    consolidation: Consolidation = fact("The consolidation as it stands now.")

    @strawberry.field(description="The check of the consolidation, computed after the act.")
    async def reconciliation(self, info: strawberry.Info) -> Reconciliation:
        """Return the check."""
        return await show_reconciliation(info, self.subject_id)  # type: ignore[return-value]


@strawberry.type
class ConflictFact:
    """What every fact about a conflict shows."""

    subject_id: strawberry.Private[str]
    conflict: TextConflict = fact("The conflict as it stands now.")


@strawberry.type
class CorrectionFact:
    """What every fact about a correction shows."""

    subject_id: strawberry.Private[str]
    correction: TextCorrection = fact("The correction as it stands now.")


@strawberry.type
class VersionFact:
    """What every fact about a version shows."""

    subject_id: strawberry.Private[str]
    text_version: TextVersion = fact("The version as it stands now.")


@strawberry.type
class EditionFact:
    """What every fact about an edition shows."""

    subject_id: strawberry.Private[str]
    edition: Edition = fact("The edition.")


@strawberry.type
class ConsolidationMutations:
    """Acts that make, issue and publish texts."""

    consolidate = act_field(
        policy.consolidate,
        making.consolidate,
        "Make the next version from everything that was accepted on an issued one. What collides waits to be settled.",
        about="An issued version to make the next version from.",
        text_version_id="Id of the issued version to start from.",
        label="Label of the version to make, such as 'Draft of March 2019'.",
        fact_name="TextConsolidated",
        outcome="The next version was made.",
        answer=ConsolidationFact,
    )
    settle_conflict = act_field(
        policy.settle_conflict,
        settling.settle_conflict,
        "Say which words stand where accepted wordings collide, and why.",
        about="The words that are to stand where accepted wordings collide.",
        conflict_id="Id of the conflict.",
        words="Words that are to stand: those of one side, those of the base, or a compromise.",
        reason="Why these words stand. The check shows it as the explanation for the other sides.",
        rest_stands=REST_STANDS,
        outcome="A conflict was settled.",
        answer=ConflictFact,
    )
    settle_structure = act_field(
        policy.settle_structure,
        settling.settle_structure,
        "Say which changes stand where accepted changes of places or sections exclude each other, and why.",
        about="The changes that are to stand where not all of them can.",
        conflict_id="Id of the conflict.",
        standing_ids="Ids of the comments and amendments (`source` of sides) that are to stand, at one place in this "
        "order; none of them: the base stands.",
        reason="Why these changes stand. The check shows it as the explanation for the other sides.",
        rest_stands=REST_STANDS,
        fact_name="StructureSettled",
        outcome="A conflict about places or sections was settled.",
        answer=ConflictFact,
    )
    confirm_reading = act_field(
        policy.confirm_reading,
        confirming.confirm_reading,
        "Confirm that you have read sentences which the changes of several parties made together.",
        about="Sentences that the caller has read.",
        consolidation_id="Id of the consolidation.",
        digests="Digests of the sentences, as the check gives them (`woven`), 1 to 500.",
        fact_name="SentencesRead",
        outcome="Sentences were read by a person.",
        answer=ConsolidationFact,
        unlocked="each digest names the words that were read, and other words have another digest",
    )
    correct_editorially = act_field(
        policy.correct_editorially,
        correcting.correct_editorially,
        "Correct an error of typing in a version that is being made. The check and the redline list it.",
        about="An error of typing, and the words that are right.",
        text_version_id="Id of the version being made.",
        provision_key="Permanent key of the provision.",
        words="The words that are wrong, as they stand in the provision, at most 200 characters.",
        prefix="Characters right before them, if they stand there several times.",
        suffix="Characters right after them, if they stand there several times.",
        replacement="The words that are right, at most 200 characters. Figures and words of obligation, such as "
        "'shall' and 'not', must stay as they are.",
        reason="Why it is an error, at most 2,000 characters.",
        fact_name="TextCorrected",
        outcome="An error was corrected.",
        answer=CorrectionFact,
    )
    open_language_version = act_field(
        policy.open_language_version,
        translating.open_language_version,
        "Make the next version of a translation, which follows the newest issued version of the original.",
        about="A translation of which to make the next version.",
        text_version_id="Id of the latest issued version in the language.",
        outcome="The next version of a translation was made.",
        answer=VersionFact,
    )
    translate_provision = act_field(
        policy.translate_provision,
        translating.translate_provision,
        "Write the translation of a provision of the original as it stands now.",
        about="The translation of a provision.",
        text_version_id="Id of the translation, which is not issued.",
        provision_key="Permanent key of the provision.",
        text="All words of the provision in the language of the translation, at most 50,000 characters; the cells of a "
        "table row joined by ' | ', as many as in the original.",
        outcome="A provision was translated.",
        answer=VersionFact,
    )
    correct_linguistically = act_field(
        policy.correct_linguistically,
        correcting.correct_linguistically,
        "Correct the language of a translation that is being made. The other languages stay as they are.",
        about="Words of a translation, and the words that are right.",
        text_version_id="Id of the translation, which is not issued.",
        provision_key="Permanent key of the provision.",
        words="The words that are wrong, as they stand in the provision, at most 2,000 characters.",
        prefix="Characters right before them, if they stand there several times.",
        suffix="Characters right after them, if they stand there several times.",
        replacement="The words that are right, at most 2,000 characters.",
        reason="Why they are right, at most 2,000 characters.",
        outcome="The language of a translation was corrected.",
        answer=CorrectionFact,
    )
    correct_reference = act_field(
        policy.correct_reference,
        correcting.correct_reference,
        "Correct a reference in a version that is being made, or say why it is right as it stands. The check and the "
        "redline list it.",
        about="A reference, and the words that are right.",
        text_version_id="Id of the version being made.",
        provision_key="Permanent key of the provision.",
        words="The reference as it stands in the provision, such as 'paragraph 3', at most 200 characters.",
        prefix="Characters right before it, if it stands there several times.",
        suffix="Characters right after it, if it stands there several times.",
        replacement="The reference that is right, at most 200 characters; the same words if it is right as it stands.",
        reason="Why, at most 2,000 characters. The check shows it.",
        fact_name="ReferenceCorrected",
        outcome="A reference was corrected.",
        answer=CorrectionFact,
    )
    renumber_version = act_field(
        policy.renumber_version,
        renumbering.renumber_version,
        "Number the provisions of a version that is being made without gaps. References follow; `renumbering` shows "
        "before what would change.",
        input_type=RenumberVersionInput,
        fact_name="VersionRenumbered",
        outcome="A version was numbered anew.",
        answer=VersionFact,
    )
    object_to_correction = act_field(
        policy.object_to_correction,
        correcting.object_to_correction,
        "Object to a correction, in the name of your party. It is undone at once, or in the next version once its "
        "version is issued.",
        about="A correction that the caller's party does not agree with.",
        correction_id="Id of the correction.",
        reason="Why the party objects, at most 2,000 characters.",
        fact_name="CorrectionObjected",
        outcome="A party objected to a correction.",
        answer=CorrectionFact,
        unlocked="an objection undoes a correction that stands, once, whatever else has changed",
    )
    revise_provision = act_field(
        policy.revise_provision,
        revising.revise_provision,
        "Write other words for a provision of the version being made.",
        about="New words for a provision of a version that is being made.",
        consolidation_id="Id of the consolidation.",
        provision_key="Permanent key of the provision.",
        text="All words of the provision, at most 50,000 characters.",
        reason="Why the provision is revised.",
        decision_id="Id of the recorded decision behind the revision. Without one the version cannot be issued.",
        expected_revision=TARGET_REVISION,
        outcome="A provision of the version being made was revised.",
        answer=ConsolidationFact,
    )
    issue_version = act_field(
        text_policy.issue_version,
        issuing.issue_version,
        "Give a version out. A consolidated one needs every conflict settled and the check clean.",
        about="A version to issue.",
        text_version_id="Id of the version.",
        outcome="A version was given out. It never changes again.",
        answer=VersionFact,
    )
    abandon_version = act_field(
        text_policy.abandon_version,
        issuing.abandon_version,
        "Give up a version that was not issued.",
        about="A version to give up.",
        text_version_id="Id of the version.",
        reason="Why the version is given up.",
        outcome="A version was given up.",
        answer=VersionFact,
    )
    publish_edition = act_field(
        policy.publish_edition,
        issuing.publish_edition,
        "Publish an issued version as the edition that the Council adopted.",
        about="An adopted version to publish as an edition.",
        text_version_id="Id of the issued version that was adopted.",
        decision_id="Id of the Council's decision that adopted it.",
        label="Label, such as '2022 edition'.",
        outcome="An edition was published.",
        answer=EditionFact,
        unlocked="an issued version never changes, and becomes an edition once",
    )
