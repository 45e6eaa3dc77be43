"""Bind calls for inputs, their questions, and the answers that were filed."""

from typing import Any

from server.journal.bindings.kinds import Binding, Computed, Parts, Term, column_terms, part_of
from server.journal.chain import sha256_of
from server.journal.digests import content_of_answers
from server.kernel.actor import Capacity
from server.models.calls import AnswerSheet, Call, CallQuestion, CallRedating, CallReminder

_MOVING = ("call.extended", "call.closed_early")


def _audience_of(row: Any, _parts: Parts) -> list[Capacity]:
    audience = {
        Capacity.MEMBER: row.open_to_members,
        Capacity.OBSERVER: row.open_to_observers,
        Capacity.PRIVATE_SECTOR: row.open_to_private_sector,
    }
    return sorted(capacity for capacity, is_open in audience.items() if is_open)


BINDINGS = (
    Binding(
        Call,
        ("call.opened",),
        (*_MOVING, "call.cancelled", "results.published"),
        parts=(part_of(CallQuestion, "call_id"),),
        terms=(
            *column_terms("call.opened", visibility="visibility", body="body_id", title="title", zone="zone"),
            *column_terms("call.opened", opens_at="opens_at", closes_at="closes_at"),
            Term("call.opened", "audience", "audience", _audience_of),
            *(term for tag in _MOVING for term in column_terms(tag, after="closes_at")),
        ),
    ),
    Binding(
        CallRedating,
        _MOVING,
        subject="call_id",
        names={"before": "closed_at_before", "after": "closes_at_after"},
    ),
    # What the server itself notes when it sends a reminder is no act.
    Binding(CallReminder, ("asked.reminded",), left_out=("sent_at", "letter_count")),
    Binding(
        AnswerSheet,
        ("answers.filed",),
        terms=column_terms("answers.filed", content_digest="content_digest", number="number"),
        computed=(Computed("content_digest", lambda row, _: sha256_of(content_of_answers(row))),),
    ),
)
