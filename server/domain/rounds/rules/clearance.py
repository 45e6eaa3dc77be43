"""How a party clears what is filed in its name: by its own practice, inside its delegation. Pure."""

from datetime import datetime

from server.domain.rounds.rules.facts import CommentFacts
from server.kernel.acts import Obstacle
from server.kernel.refusals import RefusalCode
from server.vocabulary.delegations import DRAFT_LIFECYCLE, ClearanceLevels, DraftStage

CLEARANCE_RULE = (
    "A comment is filed once it has the clearances that its party asks for; the focal point gives the last."
)
NOT_GIVEN = "This draft was not given to those who clear it."
NOT_CLEARED = "This draft needs a first clearance by a delegate who did not write it."
GONE = {
    DraftStage.MERGED: "This draft was merged into another one, which goes on in its place.",
    DraftStage.DISCARDED: "This draft was given up.",
}
"""What is said of a draft that is one no more, by its stage."""
GONE_RULE = "A draft that was merged or given up stays on record inside its delegation, and is not filed."


def while_cleared_enough(facts: CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse to file a draft unless at most the focal point's own clearance is missing.

    A party without a practice asks for no clearance, and a draft without a stage is being written.
    """
    stage, levels = facts.stage or DraftStage.DRAFT, facts.levels or ClearanceLevels.NONE
    if levels is ClearanceLevels.NONE or stage in (DraftStage.CLEARED, DraftStage.CLEARED_ONCE):
        return None
    if levels is ClearanceLevels.ONE and stage is DraftStage.READY:
        return None
    words = NOT_CLEARED if stage is DraftStage.READY else NOT_GIVEN
    return Obstacle(RefusalCode.WRONG_STATE, words, CLEARANCE_RULE)


def while_draft_goes_on(facts: CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse what is done with a draft that was merged into another one, or given up."""
    words = GONE.get(facts.stage) if facts.stage else None
    return Obstacle(RefusalCode.WRONG_STATE, words, GONE_RULE, is_final=True) if words else None


def stage_after_revision(stage: DraftStage | None, *, is_focal_point: bool) -> DraftStage:
    """Return the stage of a draft that was rewritten: its clearances are gone, since they were for other words.

    It stays with those who clear it if the focal point rewrote what had been given to them.
    """
    before = stage or DraftStage.DRAFT
    stays = is_focal_point and before is DraftStage.READY
    return DRAFT_LIFECYCLE.target("revise_comment", before, DraftStage.READY if stays else DraftStage.DRAFT)
