"""Proposals that the Secretariat returns for formal defects, and that are submitted again, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from server.domain.proposals.actions import drafting, handling, joining, restating, returning
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.proposals.rules.returning import FormalDefect
from server.domain.tasks.queries.finding import find_tasks
from server.journal.chain import sha256_of
from server.journal.verification import verify
from server.models.proposals import Amendment, AmendmentProposal, CarriedAmendment
from server.models.returning import ReturnedFiling
from server.vocabulary.proposals import AmendmentKind, CarriedState, FormalDefectKind
from server.vocabulary.proposals import ProposalStatus as S
from tests.factories import proposals as make
from tests.factories.answers import FORBIDDEN, INVALID, NOT_FOUND, STALE, WRONG_STATE, kind_and_code, last_entry, rows
from tests.factories.world import NOW, World

PLACE = FormalDefect(FormalDefectKind.PLACE, " Name the paragraph. ", 2)
WHOLE = FormalDefect(FormalDefectKind.RATIONALE, "Say why.")


async def submit(world: World, proposal_id: str, **arguments: Any) -> None:
    await make.act(world, "japan", drafting.submit_proposal, proposal_id, **arguments)


async def give_back(world: World, proposal_id: str, *defects: FormalDefect) -> None:
    await make.act(world, "secretariat", returning.return_proposal, proposal_id, defects=defects or (PLACE, WHOLE))


async def returned(world: World, **changed: Any) -> str:
    """Make a proposal that Japan submitted and the Secretariat returned."""
    proposal_id = await make.draft(world, **changed)
    await submit(world, proposal_id)
    await give_back(world, proposal_id)
    return proposal_id


async def test_return_proposal_keeps_what_was_filed_with_its_defects(world: World) -> None:
    proposal_id = await make.draft(world)
    await submit(world, proposal_id)
    (filed,) = await rows(world, AmendmentProposal)
    world.clock.move(days=1)

    await give_back(world, proposal_id)

    (kept,) = await rows(world, ReturnedFiling)
    assert (kept.proposal_id, kept.number) == (proposal_id, 1)
    assert (kept.filed_at, kept.filed_by_id, kept.content_digest) == (NOW, filed.submitted_by_id, filed.content_digest)
    assert sha256_of(kept.content) == filed.content_digest
    assert (kept.returned_at, kept.returned_by_id) == (NOW + timedelta(days=1), world.delegates["secretariat"])
    assert kept.defects == {
        "defects": [
            {"kind": "PLACE", "reason": "Name the paragraph.", "position": 2},
            {"kind": "RATIONALE", "reason": "Say why.", "position": None},
        ]
    }
    (proposal,) = await rows(world, AmendmentProposal)
    assert (proposal.submitted_at, proposal.submitted_by_id, proposal.content_digest) == (None, None, None)
    assert (await make.work_of(world, proposal_id)).status == S.RETURNED
    entry = await last_entry(world)
    assert (entry.act, entry.subject_id, entry.details["filing"]) == ("proposal.returned", proposal_id, kept.id)


async def test_a_returned_proposal_is_mended_and_submitted_again_under_the_same_id(world: World) -> None:
    proposal_id = await returned(world)
    world.clock.move(days=2)

    mended = make.content(world, rationale="Members asked twice.")
    await make.act(world, "japan-assistant", drafting.revise_proposal, proposal_id, content=mended)
    await submit(world, proposal_id)
    await make.act(world, "secretariat", handling.register_proposal, proposal_id)

    (proposal,) = await rows(world, AmendmentProposal)
    (kept,) = await rows(world, ReturnedFiling)
    assert (proposal.id, proposal.rationale) == (proposal_id, "Members asked twice.")
    assert (kept.filed_at, proposal.submitted_at) == (NOW, NOW + timedelta(days=2))
    assert proposal.content_digest not in (None, kept.content_digest)
    work = await make.work_of(world, proposal_id)
    assert (work.status, work.number) == (S.REGISTERED, 1)


async def test_a_proposal_is_returned_twice_and_each_filing_is_kept(world: World) -> None:
    proposal_id = await returned(world)
    await submit(world, proposal_id)
    await give_back(world, proposal_id, WHOLE)

    assert [row.number for row in await rows(world, ReturnedFiling, ReturnedFiling.number)] == [1, 2]


@pytest.mark.parametrize("when", ["returned", "mended", "again", "withdrawn"])
async def test_the_journal_holds_at_every_step(world: World, when: str) -> None:
    proposal_id = await returned(world)
    if when in ("mended", "again"):
        amendment = AmendmentContent(AmendmentKind.DELETE, world.keys[2])
        mended = make.content(world, title="Mended", amendments=(amendment,))
        await make.act(world, "japan", drafting.revise_proposal, proposal_id, content=mended)
    if when == "again":
        await submit(world, proposal_id)
    if when == "withdrawn":
        await make.act(world, "japan", drafting.withdraw_proposal, proposal_id)

    async with world.database.reading() as connection:
        report = await verify(connection)

    about = [fault.what for fault in report.faults if not fault.subject.startswith("text_versions/")]
    assert about == []


@pytest.mark.parametrize("table", ["amendment_proposals", "amendments"])
async def test_what_was_filed_again_is_frozen_again(world: World, table: str) -> None:
    await submit(world, await returned(world))

    with pytest.raises(DatabaseError, match="cannot change"):
        async with world.database.writing() as session:
            await session.execute(text(f"UPDATE {table} SET id = 'XXX'"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE returned_filings SET content = 'Other'",
        "DELETE FROM returned_filings",
    ],
)
async def test_a_returned_filing_never_changes(world: World, statement: str) -> None:
    await returned(world)

    with pytest.raises(DatabaseError, match="cannot change"):
        async with world.database.writing() as session:
            await session.execute(text(statement))


async def test_the_database_lets_go_of_a_filed_proposal_only_when_it_is_kept(world: World) -> None:
    await submit(world, await make.draft(world))
    release = "UPDATE amendment_proposals SET submitted_at = NULL, content_digest = NULL"

    with pytest.raises(DatabaseError, match="cannot change"):
        async with world.database.writing() as session:
            await session.execute(text(release))


@pytest.mark.parametrize("who", ["japan", "canada", "upu", "gea"])
async def test_return_proposal_is_for_the_secretariat(world: World, who: str) -> None:
    proposal_id = await make.registered(world)

    refused = await make.refusal_on(world, who, returning.return_proposal, proposal_id, defects=[WHOLE])

    assert kind_and_code(refused) == FORBIDDEN


async def test_return_proposal_of_a_draft_or_a_registered_one_is_refused(world: World) -> None:
    act, cycle_id = returning.return_proposal, await make.open_cycle(world)
    hidden, registered = await make.draft(world, cycle_id=cycle_id), await make.registered(world, cycle_id=cycle_id)

    for proposal_id, expected in ((hidden, NOT_FOUND), (registered, WRONG_STATE)):
        refused = await make.refusal_on(world, "secretariat", act, proposal_id, defects=[WHOLE])
        assert kind_and_code(refused) == expected


async def test_return_proposal_read_before_another_act_is_stale(world: World) -> None:
    sent = {"defects": [WHOLE], "expected_revision": 9}

    refused = await make.refusal_on(
        world, "secretariat", returning.return_proposal, await make.submitted(world), **sent
    )

    assert kind_and_code(refused) == STALE


@pytest.mark.parametrize(
    ("defects", "paths"),
    [
        ((), ["defects"]),
        ((WHOLE._replace(reason="  "), PLACE._replace(position=3)), ["defects.0.reason", "defects.1.position"]),
        ((PLACE._replace(reason="x" * 2_001, position=0),), ["defects.0.reason", "defects.0.position"]),
        ((WHOLE,) * 101, ["defects"]),
    ],
)
async def test_return_proposal_names_every_fault_at_once_and_keeps_nothing(
    world: World, defects: Any, paths: list[str]
) -> None:
    proposal_id = await make.submitted(world)

    refused = await make.refusal_on(world, "secretariat", returning.return_proposal, proposal_id, defects=defects)

    assert (kind_and_code(refused), [issue.path for issue in refused.issues]) == (INVALID, paths)
    assert await rows(world, ReturnedFiling) == []


async def test_what_was_returned_is_submitted_again_only_while_its_cycle_is_open(world: World) -> None:
    proposal_id = await returned(world)
    world.clock.move(days=10)

    refused = await make.refusal_on(world, "japan", drafting.submit_proposal, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert "30 September 2018" in refused.message


@pytest.mark.parametrize("who", ["canada", "secretariat"])
async def test_what_was_returned_is_submitted_by_its_own_focal_point(world: World, who: str) -> None:
    proposal_id = await returned(world, co_sponsor_ids=())

    refused = await make.refusal_on(world, who, drafting.submit_proposal, proposal_id)

    assert kind_and_code(refused) == NOT_FOUND


async def test_a_co_sponsor_is_asked_again_only_where_the_words_were_mended(world: World) -> None:
    canada = world.parties["canada"]
    proposal_id = await make.draft(world, co_sponsor_ids=(canada,))

    async def confirm() -> None:
        named = (await make.co_sponsors_of(world, proposal_id))[canada]
        revision = (await make.work_of(world, proposal_id)).revision
        sent = {"co_sponsor_id": named.id, "expected_revision": revision}
        await world.do("canada", joining.confirm_co_sponsorship, **sent)

    await confirm()
    await submit(world, proposal_id)
    await give_back(world, proposal_id)
    same = make.content(world, co_sponsor_ids=(canada,))
    await make.act(world, "japan", drafting.revise_proposal, proposal_id, content=same)
    assert (await make.co_sponsors_of(world, proposal_id))[canada].confirmed_at is not None
    mended = make.content(world, title="Mended", co_sponsor_ids=(canada,))
    await make.act(world, "japan", drafting.revise_proposal, proposal_id, content=mended)

    refused = await make.refusal_on(world, "japan", drafting.submit_proposal, proposal_id)
    await confirm()
    await submit(world, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert (await make.work_of(world, proposal_id)).status == S.SUBMITTED


async def carry(world: World, proposal_id: str, **decided: Any) -> None:
    """Write what became of the first amendment in the version, as issuing a later one does."""
    amendment_id = (await make.amendments_of(world, proposal_id))[0]
    carried = {"text_version_id": world.version, "state": CarriedState.STALE, "provision_id": world.keys[1]}
    await world.add(CarriedAmendment(amendment_id=amendment_id, **carried | decided))
    async with world.database.writing() as session:
        await session.execute(text("UPDATE proposal_work SET text_version_id = :version"), {"version": world.version})


async def test_return_proposal_forgets_what_became_of_it_in_a_later_version(world: World) -> None:
    proposal_id = await make.draft(world)
    await submit(world, proposal_id)
    await carry(world, proposal_id)

    await give_back(world, proposal_id)
    await make.act(world, "japan", drafting.revise_proposal, proposal_id, content=make.content(world))

    assert await rows(world, CarriedAmendment) == []
    assert (await make.work_of(world, proposal_id)).text_version_id is None
    assert len(await rows(world, Amendment)) == 2


async def test_return_proposal_of_which_an_amendment_was_restated_is_refused(world: World) -> None:
    proposal_id = await make.submitted(world)
    await carry(world, proposal_id)
    (amendment_id, _) = await make.amendments_of(world, proposal_id)
    sent = {"amendment_id": amendment_id, "wording": "Customs shall.", "expected_revision": 1}
    await world.do("japan", restating.restate_amendment, **sent)

    refused = await make.refusal_on(world, "secretariat", returning.return_proposal, proposal_id, defects=[WHOLE])

    assert kind_and_code(refused) == WRONG_STATE


async def test_mending_is_a_task_of_the_party(world: World) -> None:
    proposal_id = await returned(world)

    async with world.database.reading() as session:
        tasks = await find_tasks(session, await world.actor("japan-assistant"), NOW)

    assert ("revise_proposal", proposal_id) in [(task.act, task.subject_id) for task in tasks]
