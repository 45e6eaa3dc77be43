"""What is kept of rows that change, against plain SQL with the triggers in place; and the head of the chain."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.domain.rounds.actions import answering, calling
from server.kernel.refusals import Refusal
from server.vocabulary.rounds import DispositionVerdict, RoundVisibility
from tests.factories.rounds import CLOSES, everything, open_round, rows_of, submit
from tests.factories.world import World

COPIED = "round_id, party_id, author_id, type, text, reason, quote_prefix, quote_suffix, covers_section"
COPY = (
    f"INSERT INTO comments (id, position, {COPIED}, drafted_at, submitted_at, number) "
    f"SELECT 'CMT_forged', 0, {COPIED}, drafted_at, {{submitted_at}}, 99 FROM comments WHERE number = 1"
)
ANSWER = (
    "INSERT INTO dispositions (id, comment_id, stage, verdict, reason, decided_by_id, decided_at) "
    "SELECT 'DSP_forged', comment_id, 'RECORDED', 'NOT_ACCEPTED', '', decided_by_id, decided_at FROM dispositions"
)
LATER = CLOSES.replace(hour=20)
REFUSED = {
    "round, closed earlier": (
        "terms",
        "UPDATE rounds SET closes_at = (SELECT MIN(closed_at_before) FROM round_extensions)",
    ),
    "round, closed later": ("terms", "UPDATE rounds SET closes_at = (SELECT MAX(at) FROM journal)"),
    "round, visibility": ("terms", "UPDATE rounds SET visibility = 'IMMEDIATE'"),
    "round, audience": ("terms", "UPDATE rounds SET open_to_private_sector = (1 = 0)"),
    "round, zone": ("terms", "UPDATE rounds SET zone = 'Asia/Tokyo'"),
    "round, opened again": ("terms", "UPDATE rounds SET status = 'CALLED' WHERE status = 'COMPLETED'"),
    "round, removed": ("terms", "DELETE FROM rounds"),
    "comment, back-dated": ("window", COPY.format(submitted_at="submitted_at")),
    "comment, after the close": ("window", COPY.format(submitted_at="(SELECT closes_at FROM rounds)")),
    "second answer": ("an answer is given once", ANSWER),
    "answer taken back": ("goes forward", "UPDATE comment_work SET status = 'SUBMITTED', disposition_id = NULL"),
    "answer made a draft": ("goes forward", "UPDATE comment_work SET status = 'DRAFT'"),
    "handling removed": ("goes forward", "DELETE FROM comment_work"),
    "head, two on": ("moves by an entry", "UPDATE journal_head SET sequence = sequence + 2"),
    "head, back": ("moves by an entry", "UPDATE journal_head SET sequence = sequence - 1"),
    "head, one on without an entry": ("moves by an entry", "UPDATE journal_head SET sequence = sequence + 1"),
    "head, digest": ("moves by an entry", f"UPDATE journal_head SET digest = '{'1' * 64}'"),
    "head, removed": ("moves by an entry", "DELETE FROM journal_head"),
    "digest of a row": ("cannot change", "UPDATE journal_rows SET digest = NULL"),
    "digest of a row, removed": ("cannot change", "DELETE FROM journal_rows"),
    "digest of a row, added": ("written with it", "INSERT INTO journal_rows (key, sequence) VALUES ('comments/x', 1)"),
    "entry that does not follow": (
        "follows the last one",
        "INSERT INTO journal (id, sequence, at, act, delegate_id, party_id, capacity, subject_id, rule, details, "
        "previous_digest, digest) SELECT 'JRN_forged', 99, at, act, delegate_id, party_id, capacity, subject_id, rule, "
        "details, previous_digest, digest FROM journal WHERE sequence = 1",
    ),
}
"""(words of the refusal, statement) by what it tries."""


async def answered(world: World) -> World:
    """The world with a sealed round that was extended, closed, answered and completed, and one comment in it."""
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    comment = await submit(world, "japan", round_id)
    later = {"closes_at": LATER, "reason": "Holidays", "expected_revision": 1}
    await world.do("canada", calling.extend_round, round_id=round_id, **later)
    world.clock.move(days=9)
    answer: dict[str, Any] = {"verdict": DispositionVerdict.NOTED, "reason": "Noted.", "wording": None}
    await world.do("secretariat", answering.record_disposition, comment_id=comment, **answer, expected_revision=1)
    await world.do("canada", calling.complete_round, round_id=round_id, expected_revision=2)
    return world


async def run(world: World, statement: str) -> None:
    """Run a statement in a transaction of its own, past the server."""
    async with world.database.writing() as session:
        await session.execute(text(statement))
        if not world.database.is_sqlite:  # what is looked at when a transaction ends is looked at here
            await session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


async def test_change_of_what_is_kept_is_refused_and_changes_nothing(world: World) -> None:
    await answered(world)
    before = await everything(world)

    passed: dict[str, str] = {}
    for name, (words, statement) in REFUSED.items():
        try:
            await run(world, statement)
            passed[name] = "let through"
        except (DBAPIError, Refusal) as error:
            if words not in str(error):
                passed[name] = str(error)[:200]

    assert passed == {}
    assert await everything(world) == before


async def test_closing_instant_moves_only_with_an_extension_that_says_so(world: World) -> None:
    round_id = await open_round(world)
    await open_round(world, title="Later", closes_at=LATER)

    with pytest.raises(DBAPIError, match="by an extension only"):
        await run(world, f"UPDATE rounds SET closes_at = (SELECT MAX(closes_at) FROM rounds) WHERE id = '{round_id}'")

    later = {"closes_at": LATER, "reason": "Holidays", "expected_revision": 1}
    await world.do("canada", calling.extend_round, round_id=round_id, **later)
    assert {row["closes_at"] for row in await rows_of(world, "rounds")} == {LATER}


async def test_filing_that_began_before_the_close_is_written_a_moment_after_it(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES
    await open_round(world, title="Later", closes_at=LATER)
    world.clock.move(microseconds=-1)

    filed = await submit(world, "japan", round_id)

    assert [row["id"] for row in await rows_of(world, "comments")] == [filed]
