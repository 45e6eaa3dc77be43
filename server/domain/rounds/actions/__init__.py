"""What people do in a comment round. Every act goes the same way: visible, permitted, possible, well-formed, done,
recorded."""

from server.domain.rounds.actions.answering import propose_disposition, record_disposition
from server.domain.rounds.actions.calling import cancel_round, complete_round, extend_round, open_round
from server.domain.rounds.actions.filing import (
    clear_comment,
    draft_comment,
    revise_comment,
    submit_comment,
    support_comment,
    withdraw_comment,
)

__all__ = [
    "cancel_round",
    "clear_comment",
    "complete_round",
    "draft_comment",
    "extend_round",
    "open_round",
    "propose_disposition",
    "record_disposition",
    "revise_comment",
    "submit_comment",
    "support_comment",
    "withdraw_comment",
]
