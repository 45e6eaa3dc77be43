"""When a draft may be filed and who clears it, by the practice of the party: whole tables, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain.delegations.rules import inside
from server.domain.delegations.rules.facts import DraftFacts
from server.domain.rounds.rules.clearance import stage_after_revision, while_cleared_enough
from server.domain.rounds.rules.facts import CommentFacts
from server.kernel.actor import Actor, Capacity
from server.vocabulary.delegations import LIVE, ClearanceLevels, DraftStage
from server.vocabulary.rounds import CommentStatus, RoundStatus, RoundVisibility

NOW = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NONE, ONE, TWO = ClearanceLevels
ENOUGH = {
    (None, None): True,
    **{(NONE, stage): True for stage in sorted(LIVE)},
    **{(ONE, stage): stage in ("READY", "CLEARED_ONCE", "CLEARED") for stage in sorted(LIVE)},
    **{(TWO, stage): stage in ("CLEARED_ONCE", "CLEARED") for stage in sorted(LIVE)},
}


def comment_of(levels: ClearanceLevels | None, stage: DraftStage | None) -> CommentFacts:
    """Return the facts of a draft in an open round."""
    known = (CommentStatus.DRAFT, "own", "group", RoundStatus.CALLED, NOW - DAY, NOW + DAY)
    return CommentFacts(*known, stage=stage, levels=levels)


def draft_of(levels: ClearanceLevels, stage: DraftStage, cleared_by_id: str | None = None) -> DraftFacts:
    """Return the facts of a draft that the delegate "writer" wrote."""
    known = (RoundStatus.CALLED, NOW - DAY, NOW + DAY, RoundVisibility.IMMEDIATE)
    return DraftFacts(stage, "own", "writer", cleared_by_id, levels, *known)


def delegate(key: str, *, party: str = "own", focal: bool = False) -> Actor:
    """Return a delegate by key."""
    return Actor(key, key, key, party, party, Capacity.MEMBER, focal)


@pytest.mark.parametrize(("levels", "stage"), ENOUGH)
def test_a_draft_is_filed_when_at_most_the_own_clearance_is_missing(
    levels: ClearanceLevels | None, stage: DraftStage | None
) -> None:
    assert (while_cleared_enough(comment_of(levels, stage), NOW) is None) is ENOUGH[levels, stage]


@pytest.mark.parametrize(
    ("levels", "stage", "cleared_by", "clearing"),
    [
        (ONE, DraftStage.READY, None, {"focal"}),
        (TWO, DraftStage.READY, None, {"focal", "colleague"}),
        (TWO, DraftStage.CLEARED_ONCE, "colleague", {"focal"}),
        (TWO, DraftStage.CLEARED_ONCE, "focal", set()),
    ],
)
def test_who_gives_a_clearance(
    levels: ClearanceLevels, stage: DraftStage, cleared_by: str | None, clearing: set[str]
) -> None:
    facts = draft_of(levels, stage, cleared_by)
    everybody = [delegate("focal", focal=True), delegate("writer"), delegate("colleague")]
    everybody += [delegate("stranger", party="other", focal=True)]

    assert {actor.delegate_id for actor in everybody if inside.may_clear(actor, facts)} == clearing


@pytest.mark.parametrize("stage", sorted(LIVE))
def test_other_words_stay_with_who_clears_only_if_the_focal_point_wrote_them(stage: DraftStage) -> None:
    assert stage_after_revision(stage, is_focal_point=False) == DraftStage.DRAFT
    stays = stage is DraftStage.READY
    assert stage_after_revision(stage, is_focal_point=True) == (DraftStage.READY if stays else DraftStage.DRAFT)


@pytest.mark.parametrize(("hours", "possible"), [(0, False), (23, False), (24, True), (-23, False), (-24, True)])
def test_reminders_are_a_day_apart(hours: int, possible: bool) -> None:
    assert (inside.find_next_reminder(NOW + timedelta(hours=hours), [NOW]) is None) is possible


def test_an_internal_deadline_lies_before_the_closing_instant() -> None:
    tick = timedelta(microseconds=1)

    assert inside.check_due("dueAt", NOW + DAY - tick, NOW, NOW + DAY) == []
    assert [issue.path for issue in inside.check_due("dueAt", NOW + DAY, NOW, NOW + DAY)] == ["dueAt"]
    assert [issue.path for issue in inside.check_due("dueAt", NOW - tick, NOW, NOW + DAY)] == ["dueAt"]
