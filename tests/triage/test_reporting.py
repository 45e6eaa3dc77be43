"""The report of a round as a file and as data: for whom it is, from when on, and what it holds."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server.cli import app
from server.documents.reports import RoundReport
from server.domain.rounds.actions import calling, filing
from server.domain.triage.actions import answering, settling
from server.domain.triage.actions.answering import AnswerTo
from server.domain.triage.queries.reporting import find_report
from server.kernel.clock import utc_now
from server.vocabulary.rounds import DispositionVerdict
from server.vocabulary.triage import Reaction
from tests.factories.api import Api
from tests.factories.rounds import CLOSES, open_round, rows_of, submit
from tests.factories.world import World

NOTED = DispositionVerdict.NOTED


async def report_for(world: World, who: str | None, round_id: str) -> RoundReport | None:
    """Return the report as a person gets it."""
    async with world.database.studying() as session:
        return await find_report(session, await world.actor(who), world.clock.now, round_id)


async def test_report_is_for_those_who_answer_and_for_all_when_the_round_is_complete(world: World) -> None:
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    people = ("secretariat", "canada", "japan", "gea", None)

    open_now = [await report_for(world, who, round_id) is not None for who in people]
    world.clock.now = CLOSES
    closed = [await report_for(world, who, round_id) is not None for who in people]
    answers = (AnswerTo(comment, 1, None, NOTED, "Read."),)
    await world.do("secretariat", answering.record_answers, round_id=round_id, answers=answers)
    await world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1)
    complete = [await report_for(world, who, round_id) is not None for who in people]

    assert open_now == [False] * 5
    assert closed == [True, True, False, False, False]
    assert complete == [True, True, True, True, False]


async def test_report_says_answers_reactions_and_what_is_for_the_plenary(world: World) -> None:
    round_id = await open_round(world)
    comments = [await submit(world, party, round_id) for party in ("japan", "upu")]
    withdrawn = await submit(world, "china", round_id)
    await world.do("china", filing.withdraw_comment, comment_id=withdrawn, expected_revision=1)
    world.clock.now = CLOSES
    answers = tuple(AnswerTo(each, 1, None, NOTED, "Read.") for each in comments)
    await world.do("secretariat", answering.record_answers, round_id=round_id, answers=answers)
    work = {row["comment_id"]: row["disposition_id"] for row in await rows_of(world, "comment_work")}
    for who, comment in zip(("japan", "upu"), comments, strict=True):
        sent = {"disposition_id": work[comment], "reaction": Reaction.MAINTAINS, "reason": f"Says {who}."}
        await world.do(who, settling.react_to_answer, **sent)

    report = await report_for(world, "secretariat", round_id)

    assert report is not None
    told = {c.reference: (c.is_withdrawn, c.reaction_reason, c.is_for_plenary, c.maintains) for c in report.comments}
    assert told == {
        "Japan R1-1": (False, "Says japan.", True, True),
        "UPU R1-1": (False, "Says upu.", False, True),
        "China R1-1": (True, "", False, False),
    }
    assert report.comments[0].place == "Paragraph 1"


@pytest.mark.parametrize(("who", "status"), [("secretariat", 200), ("canada", 200), ("japan", 404), (None, 404)])
async def test_report_is_downloaded_by_those_for_whom_it_is(api: Api, who: str | None, status: int) -> None:
    round_id = await open_round(api.world)
    await submit(api.world, "japan", round_id)
    api.world.clock.now = CLOSES
    headers = {"authorization": f"Bearer {await api.token(who)}"} if who else {}

    response = await api._client.get(f"/files/reports/{round_id}.md", headers=headers)

    assert response.status_code == status
    if status == 200:
        assert response.headers["content-type"].startswith("text/markdown")
        assert response.text.startswith("# Report: Comments on Draft 1\n")


async def test_operator_writes_the_report_once_the_round_has_closed(
    world: World, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INTERSESSION_DATABASE", database_url)
    early = await open_round(world, closes_at=utc_now() + timedelta(days=1))
    round_id = await open_round(world)
    await submit(world, "japan", round_id)

    def run(subject: str, name: str) -> Result:
        return CliRunner().invoke(app, ["report", subject, "--output", str(tmp_path / name)])

    written, again = await asyncio.to_thread(run, round_id, "a.md"), await asyncio.to_thread(run, round_id, "a.md")
    refused = await asyncio.to_thread(run, early, "b.md")

    assert (written.exit_code, again.exit_code != 0, refused.exit_code != 0) == (0, True, True)
    assert r"**Japan R2\-1**" in (tmp_path / "a.md").read_text()
    assert not (tmp_path / "b.md").exists()
