"""Comment rounds, comments and dispositions: when things are possible, and what is well-formed. Pure."""

from server.rounds.rules.checks import TEXT_LIMIT, Content, check_call, check_content, check_disposition, check_window
from server.rounds.rules.facts import CommentFacts, OpeningFacts, QuotationFacts, ReceiptFacts, RoundFacts, audience_of
from server.rounds.rules.vocabulary import (
    ACCEPTING,
    COMMENT_LIFECYCLE,
    ROUND_LIFECYCLE,
    CommentStatus,
    CommentType,
    DispositionStage,
    DispositionVerdict,
    RoundPhase,
    RoundStatus,
    RoundVisibility,
)
from server.rounds.rules.window import (
    CLOSED_RULE,
    WINDOW_RULE,
    after_round_closed,
    phase_of,
    version_is_issued,
    while_round_is_open,
    while_seal_holds,
)

__all__ = [
    "ACCEPTING",
    "CLOSED_RULE",
    "COMMENT_LIFECYCLE",
    "ROUND_LIFECYCLE",
    "TEXT_LIMIT",
    "WINDOW_RULE",
    "CommentFacts",
    "CommentStatus",
    "CommentType",
    "Content",
    "DispositionStage",
    "DispositionVerdict",
    "OpeningFacts",
    "QuotationFacts",
    "ReceiptFacts",
    "RoundFacts",
    "RoundPhase",
    "RoundStatus",
    "RoundVisibility",
    "after_round_closed",
    "audience_of",
    "check_call",
    "check_content",
    "check_disposition",
    "check_window",
    "phase_of",
    "version_is_issued",
    "while_round_is_open",
    "while_seal_holds",
]
