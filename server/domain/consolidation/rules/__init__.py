"""Consolidation: what is merged, what collides, and whether text and decisions agree. Pure."""

from server.domain.consolidation.rules.checking import (
    Disagreement,
    Redlined,
    Standing,
    change_of,
    disagreements,
    final_hunks,
    reading_order,
    redlined,
)
from server.domain.consolidation.rules.life import (
    CONFLICT_LIFECYCLE,
    BaseFacts,
    ConflictFacts,
    ConflictStatus,
    ExceptionKind,
    base_can_be_consolidated,
    target_is_working,
)
from server.domain.consolidation.rules.merging import (
    Accepted,
    Applied,
    BaseText,
    Collision,
    Made,
    consolidated,
    words_in,
)

__all__ = [
    "CONFLICT_LIFECYCLE",
    "Accepted",
    "Applied",
    "BaseFacts",
    "BaseText",
    "Collision",
    "ConflictFacts",
    "ConflictStatus",
    "Disagreement",
    "ExceptionKind",
    "Made",
    "Redlined",
    "Standing",
    "base_can_be_consolidated",
    "change_of",
    "consolidated",
    "disagreements",
    "final_hunks",
    "reading_order",
    "redlined",
    "target_is_working",
    "words_in",
]
