"""Bind issued versions with their words, the lines of their lineage and the changes that they are made of; editions."""

from typing import Any

from sqlalchemy import select

from server.journal.bindings.kinds import WHOLE, Binding, Computed, Part, Parts, Term, column_terms, part_of
from server.journal.chain import sha256_of
from server.journal.digests import digest_of_whole_text
from server.models.base import table_of
from server.models.consolidation import AppliedChange, Consolidation
from server.models.texts import Edition, Instrument, Lineage, ProvisionText, TextVersion
from server.vocabulary.texts import VersionStatus

_CHANGES, _MAKING = table_of(AppliedChange), table_of(Consolidation)
_APPLIED = Part(
    _CHANGES,
    select(_MAKING.c.target_id.label(WHOLE), *_CHANGES.c).join(_MAKING, _MAKING.c.id == _CHANGES.c.consolidation_id),
)


def _text_digest_of(_row: Any, parts: Parts) -> str:
    return digest_of_whole_text(sorted(parts["provision_texts"], key=lambda each: each.position))


BINDINGS = (
    Binding(Instrument, ("text.imported",), is_register=True, left_out=("short_title_key",)),
    Binding(
        TextVersion,
        ("version.issued",),
        is_filed=lambda row: row["status"] == VersionStatus.ISSUED,
        parts=(
            part_of(ProvisionText, "text_version_id", Computed("digest", lambda row, _: sha256_of(row.text))),
            part_of(Lineage, "text_version_id"),
            _APPLIED,
        ),
        terms=(
            *column_terms("version.issued", number="number"),
            Term("version.issued", "text_digest", "text", _text_digest_of),
        ),
    ),
    Binding(
        Edition,
        ("edition.published",),
        terms=column_terms("edition.published", version="text_version_id", decision="decision_id", label="label"),
    ),
)
