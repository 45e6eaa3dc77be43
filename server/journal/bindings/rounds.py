"""Bind rounds, comments, the marks on them and the answers to them."""

from typing import Any

from server.journal.bindings.kinds import Binding, Computed, Parts, Term, column_terms
from server.journal.chain import sha256_of
from server.journal.digests import content_of_comment
from server.kernel.actor import Capacity
from server.models.rounds import (
    CarriedComment,
    Comment,
    CommentWork,
    Disposition,
    Opposition,
    Round,
    RoundExtension,
    Support,
)
from server.vocabulary.rounds import CommentStatus

_FILING = ("comment.submitted", "comment.cleared")
_ANSWERING = ("disposition.proposed", "disposition.recorded")


def _audience_of(row: Any, _parts: Parts) -> list[Capacity]:
    audience = {
        Capacity.MEMBER: row.open_to_members,
        Capacity.OBSERVER: row.open_to_observers,
        Capacity.PRIVATE_SECTOR: row.open_to_private_sector,
    }
    return sorted(capacity for capacity, is_open in audience.items() if is_open)


def _wording_digest_of(row: Any, _parts: Parts) -> str | None:
    return None if row.wording is None else sha256_of(row.wording)


BINDINGS = (
    Binding(
        Round,
        ("round.opened",),
        ("round.extended", "round.completed", "round.cancelled"),
        terms=(
            *column_terms("round.opened", visibility="visibility", version="text_version_id", body="body_id"),
            *column_terms("round.opened", title="title", zone="zone", opens_at="opens_at", closes_at="closes_at"),
            Term("round.opened", "audience", "audience", _audience_of),
            *column_terms("round.extended", after="closes_at"),
        ),
    ),
    Binding(
        RoundExtension,
        ("round.extended",),
        subject="round_id",
        names={"before": "closed_at_before", "after": "closes_at_after"},
    ),
    Binding(
        Comment,
        _FILING,
        is_filed=lambda row: row["submitted_at"] is not None,
        terms=tuple(term for tag in _FILING for term in column_terms(tag, content_digest="content_digest")),
        computed=(Computed("content_digest", lambda row, _: sha256_of(content_of_comment(row))),),
        left_out=("position",),  # a trigger keeps it equal to that of the provision
    ),
    Binding(
        CommentWork,
        (*_FILING, "comment.withdrawn"),
        (*_ANSWERING, "version.issued"),
        subject="comment_id",
        is_filed=lambda row: row["status"] != CommentStatus.DRAFT,
    ),
    Binding(CarriedComment, ("version.issued",), ("comment.place_confirmed",), subject="text_version_id"),
    Binding(
        Disposition,
        _ANSWERING,
        subject="comment_id",
        names={"disposition": "id"},
        terms=tuple(
            term
            for tag in _ANSWERING
            for term in (
                *column_terms(tag, verdict="verdict", reason="reason"),
                Term(tag, "wording_digest", "wording", _wording_digest_of),
            )
        ),
    ),
    Binding(Support, ("comment.supported",), subject="comment_id", names={"party_id": "party_id"}),
    Binding(Opposition, ("comment.opposed",), subject="comment_id", names={"party_id": "party_id"}),
)
