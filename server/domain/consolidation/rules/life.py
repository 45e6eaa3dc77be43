"""When a version can be consolidated, and until when a conflict is settled. Pure."""

from datetime import datetime
from typing import Annotated, NamedTuple

from server.domain.texts.rules.provisions import VersionFacts
from server.kernel.acts import Obstacle
from server.kernel.refusals import RefusalCode
from server.kernel.saying import end_sentence, say_number, say_state
from server.vocabulary.consolidation import STRUCTURAL, ConflictKind, ConflictStatus
from server.vocabulary.texts import VersionStatus


class ConflictFacts(NamedTuple):
    """The facts of a conflict that its rules and policy look at."""

    status: ConflictStatus
    target_status: Annotated[VersionStatus, "consolidation.target.status"]
    kind: ConflictKind = ConflictKind.WORDS


class MakingFacts(NamedTuple):
    """The facts of a consolidation that its rules and policy look at."""

    target_status: Annotated[VersionStatus, "target.status"]


class BaseFacts(NamedTuple):
    """The facts about a version that is about to be consolidated."""

    status: VersionStatus
    undisposed: int
    working: int
    open_rounds: int = 0
    is_latest: bool = True
    rounds: tuple[str, ...] = ()
    """Which rounds these are, with the instant at which each closes; only where somebody is told."""


def base_can_be_consolidated(facts: BaseFacts, now: datetime) -> Obstacle | None:
    """Refuse to consolidate while something accepted could be missed.

    The version has to be the latest issued one, no round on it may be open, every comment on it has to be answered, and
    no other version of its instrument may be in the making.
    """
    rule = "The latest issued version is consolidated once every comment on it has its recorded disposition."
    if facts.status != VersionStatus.ISSUED:
        return Obstacle(RefusalCode.WRONG_STATE, f"This version is {say_state(facts.status)}.", rule)
    if not facts.is_latest:
        return Obstacle(RefusalCode.WRONG_STATE, "A later version of this text is issued: start from that one.", rule)
    if facts.open_rounds:
        return Obstacle(RefusalCode.ROUND_NOT_OPEN, _describe_rounds(facts), rule)
    if facts.undisposed:
        message = (
            f"{say_number(facts.undisposed, 'comment on this version has', 'comments on this version have')} "
            "no recorded disposition yet."
        )
        return Obstacle(RefusalCode.DISPOSITIONS_OPEN, message, rule)
    if facts.working:
        return Obstacle(RefusalCode.WRONG_STATE, "Another version of this instrument is being made already.", rule)
    return None


def _describe_rounds(facts: BaseFacts) -> str:
    """Return which rounds still take comments, and what can be done."""
    one = facts.open_rounds == 1
    count = "One round on this version still takes" if one else f"{facts.open_rounds} rounds on this version still take"
    names = f": {'; '.join(facts.rounds)}" if facts.rounds else ""
    it = "it" if one else "them"
    which = end_sentence(f"{count} comments{names}")
    return f"{which} Wait for the close; or the Secretariat closes {it} early or calls {it} off."


def is_given_out(facts: VersionFacts, now: datetime) -> Obstacle | None:
    """Refuse to make an edition from a version that is not issued."""
    if facts.status == VersionStatus.ISSUED:
        return None
    rule = "An edition is made from an issued version, once."
    return Obstacle(RefusalCode.WRONG_STATE, f"This version is {say_state(facts.status)}.", rule)


def is_about_words(facts: ConflictFacts, now: datetime) -> Obstacle | None:
    """Refuse to settle a conflict about places or sections by words."""
    if facts.kind not in STRUCTURAL:
        return None
    rule = "A conflict about places or sections is settled by saying which changes stand."
    return Obstacle(RefusalCode.WRONG_STATE, f"This conflict is about {facts.kind}: name the changes that stand.", rule)


def is_about_structure(facts: ConflictFacts, now: datetime) -> Obstacle | None:
    """Refuse to settle a conflict of words by naming changes."""
    if facts.kind in STRUCTURAL:
        return None
    rule = "A conflict of words is settled by the words that stand."
    return Obstacle(RefusalCode.WRONG_STATE, f"This conflict is about {facts.kind}: say which words stand.", rule)


def target_is_working(facts: ConflictFacts | MakingFacts, now: datetime) -> Obstacle | None:
    """Refuse to settle a conflict in a version that is no longer being made."""
    if facts.target_status == VersionStatus.WORKING:
        return None
    rule = "Conflicts are settled before the version is issued."
    return Obstacle(RefusalCode.WRONG_STATE, f"The version is {say_state(facts.target_status)}.", rule)
