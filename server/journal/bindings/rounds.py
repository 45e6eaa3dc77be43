"""Bind rounds, comments, the marks on them and the answers to them."""

from typing import Any

from server.journal.bindings.kinds import Binding, Computed, Parts, Term, column_terms
from server.journal.chain import sha256_of
from server.journal.digests import content_of_comment
from server.kernel.actor import Capacity
from server.models.calling import LateAdmission, RoundStep
from server.models.rounds import (
    CarriedComment,
    Comment,
    CommentWork,
    Disposition,
    Opposition,
    Round,
    RoundExtension,
    Support,
    Tolerance,
)
from server.models.threads import Reply
from server.vocabulary.rounds import CommentStatus

_FILING = ("comment.submitted", "comment.cleared", "comment.replaced")
_ANSWERING = ("disposition.proposed", "disposition.recorded")
_STEPS = (
    *("round.revised", "round.paused", "round.resumed", "round.closed_early", "round.reported"),
    *("round.cancelled", "comment.closed", "comment.draft_closed"),
)
"""Acts of the steps that are taken with a round; what is closed with a round is recorded before the calling off."""
_TOGETHER = ("answers.proposed", "answers.recorded", "answer.settled")


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
        (
            *("round.extended", "round.completed", "round.cancelled", "round.revised", "round.paused", "round.resumed"),
            *("round.closed_early", "round.reported", *_ANSWERING, *_TOGETHER),
        ),
        terms=(
            *column_terms("round.opened", code="code", replies="replies"),
            *(
                term
                for tag in ("round.opened", "round.revised")
                for term in (
                    *column_terms(tag, visibility="visibility", version="text_version_id", body="body_id"),
                    *column_terms(tag, title="title", zone="zone", opens_at="opens_at", closes_at="closes_at"),
                    Term(tag, "audience", "audience", _audience_of),
                )
            ),
            *column_terms("round.extended", after="closes_at"),
            *column_terms("round.closed_early", after="closes_at"),
        ),
        left_out=("replies",),  # it has a value in rounds of before, too
    ),
    Binding(RoundStep, _STEPS, subject="round_id", names={"id": "id"}),
    Binding(
        LateAdmission,
        ("late_admission.asked",),
        ("late_admission.admitted", "late_admission.refused"),
        subject="round_id",
        names={"request": "id"},
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
        # A trigger keeps the position equal to that of the provision; the others are in the content.
        left_out=("position", "filing", "co_signer_ids"),
    ),
    Binding(
        CommentWork,
        (
            *_FILING,
            *("comment.withdrawn", "drafts.merged", "draft.discarded"),
            *("comment.closed", "comment.draft_closed"),
        ),
        (*_ANSWERING, *_TOGETHER, "answers.undone", "comment.split", "version.issued"),
        subject="comment_id",
        is_filed=lambda row: row["status"] != CommentStatus.DRAFT,
    ),
    Binding(CarriedComment, ("version.issued",), ("comment.place_confirmed",), subject="text_version_id"),
    Binding(
        Disposition,
        (*_ANSWERING, *_TOGETHER),
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
    *(
        Binding(mark, (act,), ("mark.taken_back",), subject="comment_id", names={"party_id": "party_id"})
        for mark, act in (
            (Support, "comment.supported"),
            (Opposition, "comment.opposed"),
            (Tolerance, "comment.tolerated"),
        )
    ),
    Binding(Reply, ("comment.replied",), ("reply.taken_back",), subject="comment_id", names={"reply": "id"}),
)
