"""When consolidation is possible, and the life of a conflict."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, NamedTuple

from server.domain.texts.rules import VersionStatus
from server.kernel.acts import Obstacle
from server.kernel.lifecycle import Lifecycle, moves
from server.kernel.refusals import RefusalCode


class ConflictStatus(StrEnum):
    """Where a conflict between accepted wordings stands."""

    OPEN = "OPEN"
    """The wordings compete and nobody has settled which stands."""
    SETTLED = "SETTLED"
    """Settled, with the words that stand and the reason."""


class ExceptionKind(StrEnum):
    """How the text and the decisions can disagree."""

    ACCEPTED_BUT_UNCHANGED = "ACCEPTED_BUT_UNCHANGED"
    """A wording was accepted and does not stand in the text."""
    CHANGED_WITHOUT_DECISION = "CHANGED_WITHOUT_DECISION"
    """Words changed and no decision is behind them."""
    REFUSED_YET_CHANGED = "REFUSED_YET_CHANGED"
    """A wording was refused and stands in the text all the same."""


CONFLICT_LIFECYCLE = Lifecycle(
    "conflict",
    ConflictStatus.OPEN,
    (moves("settle_conflict", ConflictStatus.OPEN, to=ConflictStatus.SETTLED),),
    finals=frozenset({ConflictStatus.SETTLED}),
)


class ConflictFacts(NamedTuple):
    """What the rules and the policy of a conflict look at."""

    status: ConflictStatus
    target_status: Annotated[VersionStatus, "consolidation.target.status"]


class BaseFacts(NamedTuple):
    """What is known when a version is about to be consolidated."""

    status: VersionStatus
    undisposed: int
    working: int
    open_rounds: int = 0
    is_latest: bool = True


def base_can_be_consolidated(facts: BaseFacts, now: datetime) -> Obstacle | None:
    """The latest issued version is consolidated once no round on it is open and every comment on it is answered, one
    consolidation at a time: nothing accepted on it can be missed."""
    rule = "The latest issued version is consolidated once every comment on it has its recorded disposition."
    if facts.status != VersionStatus.ISSUED:
        return Obstacle(RefusalCode.WRONG_STATE, f"This version is {facts.status}.", rule)
    if not facts.is_latest:
        return Obstacle(RefusalCode.WRONG_STATE, "A later version of this text is issued: start from that one.", rule)
    if facts.open_rounds:
        message = f"{facts.open_rounds} rounds on this version still take comments."
        return Obstacle(RefusalCode.ROUND_NOT_OPEN, message, rule)
    if facts.undisposed:
        message = f"{facts.undisposed} comments on this version have no recorded disposition yet."
        return Obstacle(RefusalCode.DISPOSITIONS_OPEN, message, rule)
    if facts.working:
        return Obstacle(RefusalCode.WRONG_STATE, "Another version of this instrument is being made already.", rule)
    return None


def target_is_working(facts: ConflictFacts, now: datetime) -> Obstacle | None:
    """Conflicts are settled before the version is issued."""
    if facts.target_status == VersionStatus.WORKING:
        return None
    rule = "Conflicts are settled before the version is issued."
    return Obstacle(RefusalCode.WRONG_STATE, f"The version is {facts.target_status}.", rule)
