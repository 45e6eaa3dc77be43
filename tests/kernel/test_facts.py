"""Facts: the same paths read from a row and from SQL."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Annotated, NamedTuple

import pytest
from sqlalchemy.exc import InvalidRequestError

from server.domain.rounds.rules.facts import CommentFacts
from server.kernel.facts import facts_of, paths_of
from server.models.rounds import Comment, CommentWork, Round
from server.vocabulary.rounds import CommentStatus, RoundStatus, RoundVisibility
from server.vocabulary.threads import ReplyMode

OPENS = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
CLOSES = datetime(2018, 10, 12, 15, 0, tzinfo=UTC)


class Single(NamedTuple):
    """One field only."""

    status: Annotated[str, "work.status"]


class Plain(NamedTuple):
    """Fields whose paths are their names, and one that is renamed."""

    number: int
    closes_at: Annotated[datetime, "round.closes_at"]
    note: str | None


def test_paths_of_facts_are_names_unless_annotated() -> None:
    assert paths_of(Plain) == ("number", "round.closes_at", "note")
    assert paths_of(Single) == ("work.status",)


def test_facts_of_a_row_follow_the_paths() -> None:
    row = SimpleNamespace(number=3, round=SimpleNamespace(closes_at=CLOSES), note=None, closes_at="another")

    facts = facts_of(Plain, row)

    assert facts == Plain(3, CLOSES, None)
    assert type(facts) is Plain


def test_facts_of_a_row_with_a_single_field_are_not_taken_apart() -> None:
    facts = facts_of(Single, SimpleNamespace(work=SimpleNamespace(status="DRAFT")))

    assert facts == Single("DRAFT")


def test_facts_of_a_comment_are_read_from_comment_round_and_work() -> None:
    round_ = Round(
        body_id="BOD_1",
        status=RoundStatus.CALLED,
        opens_at=OPENS,
        closes_at=CLOSES,
        visibility=RoundVisibility.IMMEDIATE,
        zone="Europe/Brussels",
        replies=ReplyMode.LEADERS,
    )
    comment = Comment(
        party_id="PTY_1", co_signer_ids=["PTY_2"], round=round_, work=CommentWork(status=CommentStatus.DRAFT)
    )

    facts = facts_of(CommentFacts, comment)

    expected = CommentFacts(CommentStatus.DRAFT, "PTY_1", "BOD_1", RoundStatus.CALLED, OPENS, CLOSES)
    assert facts == expected._replace(zone="Europe/Brussels", co_signer_ids=["PTY_2"], replies=ReplyMode.LEADERS)


@pytest.mark.database
async def test_facts_of_a_row_whose_relation_was_not_loaded_raise(world) -> None:  # type: ignore[no-untyped-def]
    await world.add(
        Round(
            id="RND_1",
            text_version_id=world.version,
            body_id=world.bodies["group"],
            title="Round",
            opens_at=OPENS,
            closes_at=CLOSES,
            zone="UTC",
            visibility="IMMEDIATE",
            open_to_members=True,
            open_to_observers=True,
            open_to_private_sector=True,
            called_by_id=world.delegates["canada"],
            called_at=OPENS,
        ),
        Comment(
            id="CMT_1",
            round_id="RND_1",
            party_id=world.parties["japan"],
            author_id=world.delegates["japan"],
            type="GENERAL",
            text="Words",
            drafted_at=OPENS,
            work=CommentWork(status=CommentStatus.DRAFT),
        ),
    )
    async with world.database.writing() as session:
        comment = await session.get_one(Comment, "CMT_1")

        with pytest.raises(InvalidRequestError, match="lazy='raise'"):
            facts_of(CommentFacts, comment)
