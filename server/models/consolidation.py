"""Define the tables of consolidation: the applied changes, and the conflicts with the way they were settled."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kernel.ids import LENGTH
from server.models.base import Base, Identified, choice, lock, reference, to
from server.models.parties import Delegate, Party
from server.models.texts import Provision, TextVersion
from server.vocabulary.consolidation import ConflictKind, ConflictStatus, CorrectionKind, CorrectionStatus
from server.vocabulary.proposals import AmendmentKind


class Consolidation(Identified, Base):
    """The making of the version `target` from the version `base`. It ends when the target is issued."""

    __tablename__ = "consolidations"
    prefix = "CON"
    base_id: Mapped[str] = reference("text_versions")
    target_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("text_versions.id"), unique=True)
    started_by_id: Mapped[str] = reference("delegates")
    started_at: Mapped[datetime] = mapped_column(index=True)
    base: Mapped[TextVersion] = to("Consolidation.base_id")
    target: Mapped[TextVersion] = to("Consolidation.target_id")
    started_by: Mapped[Delegate] = to("Consolidation.started_by_id")


class AppliedChange(Identified, Base):
    """One accepted change of the base: its hunk, its source and the decision behind it.

    It stands in the target, or waits while `stands` is false: for the settlement of a conflict about places and
    sections, or for the other amendments of its proposal. Words that compete are recorded as sides of the conflict.

    `source_id` is a comment or an amendment, empty for a revision by the Secretariat. `decision_id` is the disposition,
    the view or the decision that accepted it, empty if there is none; the check then lists the change. `start` and
    `end` are code points in the base text of the provision; for ADD the new provision is `provision_id` and both are 0.
    """

    __tablename__ = "applied_changes"
    prefix = "APC"
    consolidation_id: Mapped[str] = reference("consolidations")
    provision_id: Mapped[str] = reference("provisions")
    kind: Mapped[AmendmentKind] = choice(AmendmentKind)
    start: Mapped[int]
    end: Mapped[int]
    replacement: Mapped[str]
    source_id: Mapped[str] = mapped_column(String(LENGTH), default="", index=True)
    decision_id: Mapped[str] = mapped_column(String(LENGTH), default="")
    party_id: Mapped[str | None] = reference("parties")
    reason: Mapped[str] = mapped_column(default="")
    after_id: Mapped[str | None] = reference("provisions")
    stands: Mapped[bool] = mapped_column(default=True)
    party: Mapped[Party | None] = to("AppliedChange.party_id")


class TextConflict(Identified, Base):
    """A place where accepted changes collide, with what stands there after it was settled.

    `start` and `end` are code points in the base text of the provision. Where words compete, `settled_words` stand; in
    a conflict about places and sections `standing_ids` names the comments and amendments that stand, in their order.
    `rest_stands` says that proposals whose change here does not stand may stand in part.
    """

    __tablename__ = "text_conflicts"
    prefix = "CNF"
    consolidation_id: Mapped[str] = reference("consolidations")
    kind: Mapped[ConflictKind] = choice(ConflictKind, default=ConflictKind.WORDS)
    provision_id: Mapped[str] = reference("provisions")
    start: Mapped[int]
    end: Mapped[int]
    base_words: Mapped[str]
    status: Mapped[ConflictStatus] = choice(ConflictStatus, default=ConflictStatus.OPEN)
    settled_words: Mapped[str | None]
    standing_ids: Mapped[list[str]] = mapped_column(default=list)
    rest_stands: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    settled_by_id: Mapped[str | None] = reference("delegates")
    settled_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    consolidation: Mapped[Consolidation] = to("TextConflict.consolidation_id")
    provision: Mapped[Provision] = to("TextConflict.provision_id")
    settled_by: Mapped[Delegate | None] = to("TextConflict.settled_by_id")


class ConflictSide(Identified, Base):
    """One of the changes that collide: `words` would stand in the place of the conflict if this side prevailed.

    `kind` is what the change does. ADD and MOVE put the provision `placed_id` after `after_id`, null for the beginning;
    for the other kinds both are null.
    """

    __tablename__ = "conflict_sides"
    prefix = "CSD"
    conflict_id: Mapped[str] = reference("text_conflicts")
    kind: Mapped[AmendmentKind] = choice(AmendmentKind, default=AmendmentKind.MODIFY)
    placed_id: Mapped[str | None] = reference("provisions")
    after_id: Mapped[str | None] = reference("provisions")
    source_id: Mapped[str] = mapped_column(String(LENGTH), index=True)
    decision_id: Mapped[str] = mapped_column(String(LENGTH))
    party_id: Mapped[str | None] = reference("parties")
    words: Mapped[str]
    conflict: Mapped["TextConflict"] = to("ConflictSide.conflict_id")
    party: Mapped[Party | None] = to("ConflictSide.party_id")


class SentenceReading(Identified, Base):
    """The confirmation that a person has read a sentence that several parties' changes made together.

    `digest` is the SHA-256 of the provision's key and the words of the sentence: other words must be read again.
    """

    __tablename__ = "sentence_readings"
    __table_args__ = (UniqueConstraint("consolidation_id", "digest"),)
    prefix = "SRD"
    consolidation_id: Mapped[str] = reference("consolidations")
    provision_id: Mapped[str] = reference("provisions")
    digest: Mapped[str] = mapped_column(String(64))
    words: Mapped[str]
    read_by_id: Mapped[str] = reference("delegates")
    read_at: Mapped[datetime]
    read_by: Mapped[Delegate] = to("SentenceReading.read_by_id")


class TextCorrection(Identified, Base):
    """A correction of a version that is being made, on top of the accepted changes.

    `start` and `end` are code points in the words of the provision before any correction of it; `before` stood there.
    Corrections of one provision do not overlap. A party may object, also when the version is issued.
    """

    __tablename__ = "text_corrections"
    prefix = "COR"
    text_version_id: Mapped[str] = reference("text_versions")
    provision_id: Mapped[str] = reference("provisions")
    kind: Mapped[CorrectionKind] = choice(CorrectionKind)
    status: Mapped[CorrectionStatus] = choice(CorrectionStatus, default=CorrectionStatus.STANDS)
    start: Mapped[int]
    end: Mapped[int]
    before: Mapped[str]
    replacement: Mapped[str]
    reason: Mapped[str]
    made_by_id: Mapped[str] = reference("delegates")
    made_at: Mapped[datetime] = mapped_column(index=True)
    objecting_party_id: Mapped[str | None] = reference("parties")
    objected_by_id: Mapped[str | None] = reference("delegates")
    objected_at: Mapped[datetime | None]
    objection: Mapped[str] = mapped_column(default="")
    text_version: Mapped[TextVersion] = to("TextCorrection.text_version_id")
    provision: Mapped[Provision] = to("TextCorrection.provision_id")
    made_by: Mapped[Delegate] = to("TextCorrection.made_by_id")
    objecting_party: Mapped[Party | None] = to("TextCorrection.objecting_party_id")
    objected_by: Mapped[Delegate | None] = to("TextCorrection.objected_by_id")
