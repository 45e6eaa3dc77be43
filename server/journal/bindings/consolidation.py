"""Bind the making of a version: conflicts with their sides, readings, corrections."""

from server.journal.bindings.kinds import Binding, Computed, column_terms, part_of
from server.journal.digests import digest_of_sentence
from server.models.consolidation import ConflictSide, Consolidation, SentenceReading, TextConflict, TextCorrection

_CORRECTING = ("correction.made", "translation.corrected", "reference.corrected", "version.renumbered")

BINDINGS = (
    Binding(
        Consolidation,
        ("version.consolidated",),
        terms=column_terms("version.consolidated", base="base_id", target="target_id"),
    ),
    Binding(
        TextConflict,
        ("version.consolidated",),
        ("conflict.settled", "conflict.structure_settled"),
        subject="consolidation_id",
        parts=(part_of(ConflictSide, "conflict_id"),),
    ),
    Binding(
        SentenceReading,
        ("sentences.read",),
        subject="consolidation_id",
        computed=(Computed("digest", lambda row, _: digest_of_sentence(row.provision_id, row.words)),),
    ),
    Binding(TextCorrection, _CORRECTING, ("correction.objected", "conflict.settled", "provision.revised"), subject=""),
)
