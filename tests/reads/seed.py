"""Rounds with comments of every kind, written straight into the tables: what the reads are tested on."""

from datetime import timedelta
from itertools import count

from server.models.bodies import Decision, Sitting
from server.models.rounds import Comment, CommentWork, Disposition, Round, RoundExtension, Support
from server.storage.database import Database
from server.vocabulary.bodies import Outcome
from server.vocabulary.rounds import CommentStatus, CommentType, DispositionStage, DispositionVerdict, RoundVisibility
from tests.factories.world import NOW, World, make_world

FILING = ("japan", "upu", "gea", "canada")
"""The parties that file, in turn."""
NUMBERS = count(900)
"""Tells the sittings of a body apart."""
OUTCOMES = (None, DispositionStage.PROPOSED, DispositionStage.RECORDED)


async def seeded(database: Database, comments: int, *, rounds: int = 1) -> World:
    """Build the small world with `rounds` rounds that closed yesterday and `comments` comments in each of them.

    Of twelve comments in a row every party files three; one is a draft, some are GENERAL (no provision), some have no
    answer yet, some a proposed one (hidden from most), some a recorded one.
    """
    world = await make_world(database)
    for number in range(rounds):
        await add_round(world, comments, number)
    return world


async def add_round(world: World, comments: int, number: int) -> None:
    """Add a round with so many comments. Its number decides who sees it and how often it was extended."""
    round_ = Round(
        text_version_id=world.version,
        body_id=world.bodies["group"],
        title=f"Round {number}",
        opens_at=NOW - timedelta(days=9),
        closes_at=NOW - timedelta(days=1),
        zone="Europe/Brussels",
        visibility=list(RoundVisibility)[number % len(RoundVisibility)],
        open_to_members=True,
        open_to_observers=True,
        open_to_private_sector=number % 2 == 0,
        called_by_id=world.delegates["canada"],
        called_at=NOW - timedelta(days=10),
    )
    await world.add(round_)
    for place in range(number % 3):
        extension = RoundExtension(
            round_id=round_.id,
            closed_at_before=NOW - timedelta(days=3),
            closes_at_after=NOW - timedelta(days=1),
            reason=f"Reason {place}",
            extended_by_id=world.delegates["canada"],
            extended_at=NOW - timedelta(days=4),
        )
        await world.add(extension)
    made = [_comment(world, round_, place) for place in range(comments)]
    await world.add(*made)
    await world.add(*(row for place, comment in enumerate(made) for row in _handling(world, comment, place)))
    await _add_decisions(world, [round_.id, *(comment.id for comment in made[6:9])])


async def _add_decisions(world: World, subjects: list[str]) -> None:
    """Add a sitting that decided on subjects, on a party, on a body, and on something that does not exist."""
    day = NOW.date()
    sitting = Sitting(body_id=world.bodies["group"], first_number=next(NUMBERS), starts_on=day, ends_on=day)
    await world.add(sitting)
    for subject in (*subjects, world.parties["upu"], world.bodies["group"], "RND_00000000000000000000000000"):
        decision = Decision(
            sitting_id=sitting.id,
            subject_id=subject,
            verb="took note",
            outcome=Outcome.NOTED,
            text=f"On {subject[:3]}",
            recorded_at=NOW,
            recorded_by_id=world.delegates["secretariat"],
        )
        await world.add(decision)


def _comment(world: World, round_: Round, place: int) -> Comment:
    filing = FILING[place % len(FILING)]
    provision = None if place % 7 == 3 else world.provisions[place % len(world.provisions)]
    draft = place % 12 == 8
    quoted = provision is not None and place % 2 == 0
    return Comment(
        round_id=round_.id,
        party_id=world.parties[filing],
        author_id=world.delegates["japan-assistant" if filing == "japan" else filing],
        provision_text_id=provision,
        position=0 if provision is None else world.provisions.index(provision) + 1,
        number=None if draft else place // len(FILING) + 1,
        type=CommentType.GENERAL if provision is None else CommentType.SUBSTANTIVE,
        text=f"Comment {place}: the duty must be clear to operators and Ämter alike.",
        reason="Legal certainty.",
        quote_exact="should" if quoted else None,
        quote_start=0 if quoted else None,
        quote_end=6 if quoted else None,
        proposed_wording="shall" if quoted else None,
        drafted_at=NOW - timedelta(days=5),
        submitted_at=None if draft else NOW - timedelta(days=4, minutes=place),
        submitted_by_id=None if draft else world.delegates[filing],
        content_digest=None if draft else f"{place:064d}",
    )


def _handling(world: World, comment: Comment, place: int) -> list[object]:
    stage = None if comment.submitted_at is None else OUTCOMES[place // 4 % 3]
    status = CommentStatus.DRAFT if comment.submitted_at is None else CommentStatus.SUBMITTED
    rows: list[object] = []
    if stage is None:
        work = CommentWork(comment_id=comment.id, status=status)
    else:
        recorded = stage == DispositionStage.RECORDED
        answer = Disposition(
            comment_id=comment.id,
            stage=stage,
            verdict=list(DispositionVerdict)[place % 3],
            reason="Discussed at length.",
            decided_by_id=world.delegates["secretariat" if recorded else "canada"],
            decided_at=NOW - timedelta(hours=5),
        )
        rows.append(answer)
        status = CommentStatus.DISPOSED if recorded else CommentStatus.DISPOSITION_PROPOSED
        work = CommentWork(comment_id=comment.id, status=status, disposition_id=answer.id)
    rows.append(work)
    for supporter in FILING[: place % 3] if comment.submitted_at else ():
        if world.parties[supporter] != comment.party_id:
            supported = NOW - timedelta(days=2, minutes=place)
            rows.append(
                Support(
                    comment_id=comment.id,
                    party_id=world.parties[supporter],
                    delegate_id=world.delegates[supporter],
                    supported_at=supported,
                )
            )
    return rows
