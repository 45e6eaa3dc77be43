"""Evidence packs of large rounds: they take no more memory than those of small ones, and hold all the same."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import insert, select

from server.journal.chain import Record, digest_of, sha256_of
from server.journal.digests import content_of_comment
from server.kernel.ids import new_id
from server.models.journal import JournalEntry, JournalHead
from server.models.rounds import Comment, Disposition
from server.vocabulary.rounds import CommentType, DispositionStage, DispositionVerdict
from tests.factories.evidence import ask_for_head, write_to
from tests.factories.filled import end_journal, lift_guards
from tests.factories.memory import at_most
from tests.factories.rounds import open_round
from tests.factories.verifier import verify_by_python
from tests.factories.world import World

WORDS = "The duty must be clear to those who file early, and to those who file late. " * 12
"""What each comment says, of the length of a paragraph."""


def comment_row(world: World, round_id: str, number: int) -> dict[str, Any]:
    """Return a comment that was filed."""
    row = {"id": new_id(Comment.prefix), "round_id": round_id, "party_id": world.parties["japan"], "number": number}
    row |= {"author_id": world.delegates["japan"], "submitted_by_id": world.delegates["japan"], "filing": 1}
    row |= {"type": CommentType.SUBSTANTIVE, "text": f"{number}. {WORDS}", "reason": "", "covers_section": False}
    row |= {"quote_prefix": "", "quote_suffix": "", "co_signer_ids": [], "position": 0}
    row |= {"drafted_at": world.clock.now, "submitted_at": world.clock.now}
    return row | {"content_digest": sha256_of(content_of_comment(Comment(**row)))}


def answer_row(world: World, comment_id: str) -> dict[str, Any]:
    """Return a recorded answer to a comment."""
    row = {"id": new_id(Disposition.prefix), "comment_id": comment_id, "stage": DispositionStage.RECORDED}
    row |= {"verdict": DispositionVerdict.NOTED, "reason": WORDS, "wording": None}
    return row | {"decided_by_id": world.delegates["secretariat"], "decided_at": world.clock.now}


async def file_and_answer(world: World, round_id: str, first: int, last: int) -> None:
    """File comments with numbers from `first` to `last` and answer them, row by row, past the acts."""
    comments = [comment_row(world, round_id, number) for number in range(first, last + 1)]
    answers = [answer_row(world, comment["id"]) for comment in comments]
    said = [("comment.submitted", "japan", each["id"], {"content_digest": each["content_digest"]}) for each in comments]
    said += [
        ("disposition.recorded", "secretariat", each["comment_id"], {"disposition": each["id"], "verdict": "NOTED"})
        for each in answers
    ]
    async with world.database.writing() as session:
        await lift_guards(session, is_sqlite=world.database.is_sqlite)
        last, digest = (await session.execute(select(JournalHead.sequence, JournalHead.digest))).one()
        rows = []
        for sequence, (act, who, subject, details) in enumerate(said, last + 1):
            who_did = (world.delegates[who], world.parties[who], "MEMBER" if who == "japan" else "SECRETARIAT")
            entry = Record(sequence, world.clock.now, act, *who_did, subject, "PC0618b", details, digest)
            digest = digest_of(entry)
            rows.append(entry._asdict() | {"id": new_id(JournalEntry.prefix), "digest": digest})
        for model, values in ((Comment, comments), (Disposition, answers), (JournalEntry, rows)):
            await session.execute(insert(model), values)
        await end_journal(session)


@pytest.mark.long
@pytest.mark.rest
@pytest.mark.own_sql
async def test_pack_of_four_times_as_many_comments_takes_no_more_memory_and_verifies(
    world: World, tmp_path: Path
) -> None:
    round_id = await open_round(world)
    peaks, sizes = [], []
    for first, last in ((1, 1_000), (1_001, 4_000)):
        await file_and_answer(world, round_id, first, last)
        world.clock.move(minutes=1)
        await ask_for_head(world)
        await write_to(BytesIO(), world, round_id)  # which compiles the statements
        with TemporaryFile(dir=tmp_path) as stream:
            with at_most() as peak:
                await write_to(stream, world, round_id)
            sizes.append(stream.tell())
        peaks += peak

    file = tmp_path / "pack.zip"
    with file.open("wb") as stream:
        await write_to(stream, world, round_id)
    result = verify_by_python(file)
    assert result.holds, result.lines
    assert "8001 entries are in the journal of that head; 4000 filings and 4000 answers fit them" in result.lines[2]
    with ZipFile(file) as archive:
        assert archive.namelist()[-1] == "manifest.jws"
    assert sizes[1] > 3.5 * sizes[0]
    assert peaks[1] < 1.2 * peaks[0], peaks
