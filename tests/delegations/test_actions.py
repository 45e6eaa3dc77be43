"""What happens inside a delegation, what is refused, and that nobody outside it learns of anything."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from server.domain.delegations.actions import arranging, declaring, drafts, filing, reminding
from server.domain.delegations.actions.filing import Chosen
from server.domain.rounds.actions import calling
from server.domain.rounds.actions import filing as comments
from server.domain.tasks.queries.finding import find_tasks
from server.journal.verification import verify
from server.kernel.refusals import RefusalCode as Code
from server.models.outbox import Letter
from server.models.parties import Delegate, Person
from server.vocabulary.delegations import ClearanceLevels
from server.vocabulary.rounds import RoundVisibility
from server.vocabulary.tasks import TaskReason
from tests.factories.rounds import (
    CLOSES,
    code_of,
    draft,
    everything,
    open_round,
    refusal_of,
    rows_of,
    submit,
    words,
)
from tests.factories.threads import do_for, represent
from tests.factories.world import World, add_delegate

ISSUER = "http://127.0.0.1:8000"


async def arrange(world: World, levels: ClearanceLevels, revision: int = 0, **changed: Any) -> None:
    """Let Japan ask for so many clearances."""
    sent = {"party_id": world.parties["japan"], "levels": levels, "can_file_at_once": True}
    await world.do("japan", arranging.arrange_clearance, **sent | changed, expected_revision=revision)


async def add_colleague(world: World) -> None:
    """Accredit a second expert of Japan."""
    async with world.database.writing() as session:
        await add_delegate(session, world, "japan-second", "japan", is_focal_point=False)


async def stage_of(world: World, comment_id: str) -> str:
    """Return the stage of a draft."""
    return next(str(row["stage"]) for row in await rows_of(world, "draft_work") if row["comment_id"] == comment_id)


async def letters(world: World) -> list[tuple[str, str]]:
    """Return the letters in the outbox: address and subject."""
    async with world.database.reading() as connection:
        rows = await connection.execute(select(Letter.address, Letter.subject).order_by(Letter.address))
        return [tuple(row) for row in rows]  # type: ignore[misc]


async def test_two_clearances_need_two_people_who_did_not_write_and_are_not_one(world: World) -> None:
    await add_colleague(world)
    await arrange(world, ClearanceLevels.TWO)
    comment_id = await draft(world, "japan-assistant", await open_round(world))
    on = {"comment_id": comment_id}
    await world.do("japan-assistant", drafts.present_draft, **on, expected_revision=1)

    assert await code_of(world.do("japan", comments.clear_comment, **on, expected_revision=2)) == Code.WRONG_STATE
    assert await code_of(world.do("japan-assistant", drafts.clear_draft, **on, expected_revision=2)) == Code.FORBIDDEN
    await world.do("japan-second", drafts.clear_draft, **on, expected_revision=2)
    assert await code_of(world.do("japan-second", drafts.clear_draft, **on, expected_revision=3)) == Code.FORBIDDEN
    assert await stage_of(world, comment_id) == "CLEARED_ONCE"
    await world.do("japan", drafts.clear_draft, **on, expected_revision=3)
    assert await stage_of(world, comment_id) == "CLEARED"
    await world.do("japan", comments.clear_comment, **on, expected_revision=4)
    assert await stage_of(world, comment_id) == "FILED"


async def test_a_focal_point_who_gave_the_first_of_two_clearances_does_not_file(world: World) -> None:
    await add_colleague(world)
    await arrange(world, ClearanceLevels.TWO)
    comment_id = await draft(world, "japan-assistant", await open_round(world))
    on = {"comment_id": comment_id}
    await world.do("japan-assistant", drafts.present_draft, **on, expected_revision=1)
    await world.do("japan", drafts.clear_draft, **on, expected_revision=2)

    assert await code_of(world.do("japan", comments.clear_comment, **on, expected_revision=3)) == Code.FORBIDDEN
    assert await code_of(world.do("japan", drafts.clear_draft, **on, expected_revision=3)) == Code.FORBIDDEN


async def test_words_that_change_lose_their_clearances(world: World) -> None:
    await arrange(world, ClearanceLevels.ONE)
    comment_id = await draft(world, "japan-assistant", await open_round(world))
    on = {"comment_id": comment_id}
    await world.do("japan-assistant", drafts.present_draft, **on, expected_revision=1)
    await world.do("japan", drafts.clear_draft, **on, expected_revision=2)

    await world.do("japan-assistant", comments.revise_comment, **on, content=words(world), expected_revision=3)

    assert await stage_of(world, comment_id) == "DRAFT"
    assert await code_of(world.do("japan", comments.clear_comment, **on, expected_revision=4)) == Code.WRONG_STATE


async def test_two_clearances_that_the_delegation_cannot_give_are_refused_and_a_task_once_somebody_leaves(
    world: World,
) -> None:
    practice = {"party_id": world.parties["japan"], "levels": ClearanceLevels.TWO, "can_file_at_once": True}
    before = await everything(world)
    refused = await refusal_of(world.do("japan", arranging.arrange_clearance, **practice, expected_revision=0))
    assert refused is not None
    assert [(issue.path, issue.code) for issue in refused.issues] == [("levels", "CLEARERS_MISSING")]
    assert await everything(world) == before

    await add_colleague(world)
    await arrange(world, ClearanceLevels.TWO)
    assert await stuck(world, "japan") == []
    async with world.database.writing() as session:
        left = update(Delegate).where(Delegate.id == world.delegates["japan-second"])
        await session.execute(left.values(ended_at=world.clock.now))

    assert await stuck(world, "japan") == [world.parties["japan"]]
    assert await stuck(world, "japan-assistant") == []
    assert await stuck(world, "china") == []


async def stuck(world: World, who: str) -> list[str]:
    """Return the parties of which somebody has the task to ask for fewer clearances."""
    async with world.database.reading() as connection:
        tasks = await find_tasks(connection, await world.actor(who), world.clock.now)
    return [task.subject_id for task in tasks if task.why is TaskReason.CLEARANCE_STUCK]


async def test_acts_on_drafts_are_refused_to_everybody_outside_and_write_nothing(world: World) -> None:
    round_id = await open_round(world)
    one, two = [await draft(world, "japan-assistant", round_id) for _ in range(2)]
    note = {"round_id": round_id, "comment_id": one, "provision_id": None, "text": "Words."}
    note_id = await world.do("japan", arranging.write_note, **note)
    practice = {"party_id": world.parties["japan"], "levels": ClearanceLevels.ONE, "can_file_at_once": True}
    on = {"comment_id": one, "expected_revision": 1}
    merging = {"merged_id": two, "merged_revision": 1, "content": words(world)}
    before = await everything(world)

    for who in ("upu", "canada", "secretariat"):
        for action, sent in (
            (drafts.present_draft, on),
            (drafts.clear_draft, on),
            (drafts.return_draft, on | {"reason": "No."}),
            (drafts.merge_drafts, on | merging),
            (drafts.discard_draft, on),
            (arranging.discard_note, {"note_id": note_id}),
        ):
            assert await code_of(world.do(who, action, **sent)) == Code.NOT_FOUND, (who, action)
        refused = await code_of(world.do(who, arranging.arrange_clearance, **practice, expected_revision=0))
        assert refused == Code.FORBIDDEN
        chosen = {"round_id": round_id, "comments": [Chosen(one, 1)]}
        assert await code_of(world.do(who, filing.file_comments, **chosen)) in (Code.FORBIDDEN, Code.INVALID)

    assert await everything(world) == before


@pytest.mark.parametrize("how", ["filed in one step", "closed with its round"])
async def test_acts_on_drafts_are_refused_for_a_comment_that_is_none_any_more(world: World, how: str) -> None:
    round_id = await open_round(world)
    if how == "filed in one step":
        await arrange(world, ClearanceLevels.ONE)
        gone, revision = await submit(world, "japan", round_id), 1
        other = await draft(world, "japan", round_id)
    else:
        gone, other = [await draft(world, "japan", round_id) for _ in range(2)]
        await world.do("japan", drafts.present_draft, comment_id=gone, expected_revision=1)
        cancelling = {"round_id": round_id, "reason": "In error.", "expected_revision": 1}
        await world.do("secretariat", calling.cancel_round, **cancelling)
        revision = 3
    on = {"comment_id": gone, "expected_revision": revision}
    into = {"merged_id": other, "merged_revision": 1, "content": words(world)}
    out = {"comment_id": other, "merged_id": gone, "expected_revision": 1, "merged_revision": revision}

    for action, sent in (
        (drafts.present_draft, on),
        (drafts.clear_draft, on),
        (drafts.return_draft, on | {"reason": "No."}),
        (drafts.merge_drafts, on | into),
        (drafts.merge_drafts, into | out),
        (drafts.discard_draft, on),
    ):
        assert await code_of(world.do("japan", action, **sent)) == Code.WRONG_STATE, action


async def test_notes_are_for_the_delegation_and_not_for_who_speaks_on_its_behalf(world: World) -> None:
    await represent(world, "japan", "china")
    round_id = await open_round(world)
    comment_id = await draft(world, "japan-assistant", round_id)
    note = {"round_id": round_id, "comment_id": comment_id, "provision_id": None, "text": "Ask the ministry first."}
    note_id = await world.do("japan-assistant", arranging.write_note, **note)
    before = await everything(world)

    for action, sent, code in (
        (arranging.discard_note, {"note_id": note_id}, Code.NOT_FOUND),
        (arranging.write_note, note, Code.FORBIDDEN),
    ):
        refusal = await refusal_of(do_for(world, "china", "japan", action, **sent))
        assert refusal is not None
        assert refusal.code == code

    assert await everything(world) == before
    await do_for(world, "china", "japan", drafts.present_draft, comment_id=comment_id, expected_revision=1)


@pytest.mark.parametrize("how", ["left", "suspended"])
async def test_a_former_or_suspended_delegate_reaches_nothing_inside(world: World, how: str) -> None:
    round_id = await open_round(world)
    comment_id = await draft(world, "japan-assistant", round_id)
    note = {"round_id": round_id, "comment_id": comment_id, "provision_id": None, "text": "Words."}
    note_id = await world.do("japan-assistant", arranging.write_note, **note)
    async with world.database.writing() as session:
        change: Any = update(Delegate).where(Delegate.id == world.delegates["japan-assistant"])
        change = change.values(ended_at=world.clock.now)
        if how == "suspended":
            change = update(Person).where(Person.id == world.persons["japan-assistant"])
            change = change.values(suspended_at=world.clock.now)
        await session.execute(change)

    for action, sent in (
        (drafts.present_draft, {"comment_id": comment_id, "expected_revision": 1}),
        (drafts.discard_draft, {"comment_id": comment_id, "expected_revision": 1}),
        (arranging.discard_note, {"note_id": note_id}),
    ):
        assert await code_of(world.do("japan-assistant", action, **sent)) == Code.NOT_FOUND


async def test_clear_and_revise_at_once_leave_one_of_them(world: World) -> None:
    await arrange(world, ClearanceLevels.ONE)
    comment_id = await draft(world, "japan-assistant", await open_round(world))
    on = {"comment_id": comment_id}
    await world.do("japan-assistant", drafts.present_draft, **on, expected_revision=1)

    codes = await asyncio.gather(
        code_of(world.do("japan", comments.clear_comment, **on, expected_revision=2)),
        code_of(world.do("japan-assistant", comments.revise_comment, **on, content=words(world), expected_revision=2)),
    )

    stage = await stage_of(world, comment_id)
    assert sum(code is None for code in codes) == 1
    assert stage == ("FILED" if codes[0] is None else "DRAFT")
    assert {code for code in codes if code} <= {Code.STALE_REVISION, Code.WRONG_STATE}


async def test_declaring_and_filing_at_once_never_leave_both(world: World) -> None:
    round_id = await open_round(world)

    codes = await asyncio.gather(
        code_of(world.do("japan", declaring.declare_no_comment, round_id=round_id)),
        code_of(submit(world, "japan", round_id)),
    )

    assert codes[1] is None
    assert await code_of(world.do("japan", declaring.take_back_no_comment, round_id=round_id)) == Code.WRONG_STATE


async def test_no_comment_is_refused_when_late_and_to_who_does_not_file(world: World) -> None:
    round_id = await open_round(world)
    hidden = await open_round(world, audience=frozenset({"PRIVATE_SECTOR"}))
    declare = declaring.declare_no_comment

    assert await code_of(world.do("japan-assistant", declare, round_id=round_id)) == Code.FORBIDDEN
    assert await code_of(world.do("secretariat", declare, round_id=round_id)) == Code.FORBIDDEN
    assert await code_of(world.do("japan", declare, round_id=hidden)) == Code.NOT_FOUND
    world.clock.now = CLOSES
    assert await code_of(world.do("japan", declare, round_id=round_id)) == Code.ROUND_CLOSED


async def test_two_reminders_at_once_leave_one(world: World) -> None:
    round_id = await open_round(world)

    codes = await asyncio.gather(
        *(
            code_of(world.do(who, reminding.remind_silent, round_id=round_id, due_at=None))
            for who in ("canada", "secretariat")
        )
    )

    assert sorted(codes, key=str) == [Code.ALREADY_DONE, None]
    assert len(await rows_of(world, "reminders")) == 1


async def test_a_reminder_at_the_close_is_refused(world: World) -> None:
    late = {"round_id": await open_round(world), "due_at": CLOSES}

    assert await code_of(world.do("canada", reminding.remind_silent, **late)) == Code.INVALID


async def test_the_journal_of_the_secretariat_has_nothing_inside_and_holds(world: World) -> None:
    await arrange(world, ClearanceLevels.ONE)
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    one, two, three = [await draft(world, "japan-assistant", round_id) for _ in range(3)]
    note = {"round_id": round_id, "comment_id": one, "provision_id": None, "text": "Words."}
    note_id = await world.do("japan", arranging.write_note, **note)
    await world.do("japan", arranging.discard_note, note_id=note_id)
    due = {"round_id": round_id, "due_at": world.clock.now + timedelta(days=2), "expected_revision": 0}
    await world.do("japan", arranging.arrange_deadline, **due)
    await world.do("japan-assistant", drafts.present_draft, comment_id=one, expected_revision=1)
    await world.do("japan", drafts.return_draft, comment_id=one, reason="Shorter.", expected_revision=2)
    merging = {"merged_id": two, "merged_revision": 1, "content": words(world)}
    await world.do("japan-assistant", drafts.merge_drafts, comment_id=one, expected_revision=3, **merging)
    await world.do("japan-assistant", drafts.discard_draft, comment_id=three, expected_revision=1)
    await world.do("japan-assistant", drafts.present_draft, comment_id=one, expected_revision=4)
    chosen = [Chosen(one, 5)]
    await world.do("japan", filing.file_comments, round_id=round_id, comments=chosen)

    async with world.database.reading() as connection:
        report = await verify(connection)
    assert [fault.subject for fault in report.faults] == [f"text_versions/{world.version}"]  # made by hand
    acts = {row["act"] for row in await rows_of(world, "journal")}
    assert {"draft.returned", "drafts.merged", "draft.discarded", "comments.filed", "comment.cleared"} <= acts
