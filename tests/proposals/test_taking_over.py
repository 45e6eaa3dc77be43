"""Withdrawn proposals that co-sponsors take over, on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError

from server.domain.proposals.actions import drafting, handling, joining, restating, returning, taking_over
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.proposals.rules.returning import FormalDefect
from server.domain.tasks.queries.finding import find_tasks
from server.journal.verification import verify
from server.kernel.refusals import RefusalCode
from server.models.parties import Delegate
from server.models.proposals import AmendmentProposal, CarriedAmendment
from server.models.taking_over import ProposalTakeOver
from server.vocabulary.proposals import AmendmentKind, CarriedState, FormalDefectKind
from server.vocabulary.proposals import ProposalStatus as S
from tests.factories import proposals as make
from tests.factories.answers import FORBIDDEN, NOT_FOUND, STALE, WRONG_STATE, kind_and_code, last_entry, refusal, rows
from tests.factories.api import Api
from tests.factories.world import NOW, World
from tests.notices.test_actions import tell, told

LAST = datetime(2018, 10, 8, 22, tzinfo=UTC)
"""The end of the fourteenth day after the withdrawal, in Brussels."""
DEFECT = FormalDefect(FormalDefectKind.RATIONALE, "Say why.")


async def withdraw(world: World, proposal_id: str, who: str = "japan") -> None:
    await make.act(world, who, drafting.withdraw_proposal, proposal_id)


async def joined(world: World, proposal_id: str, party: str = "canada") -> dict[str, Any]:
    """Return what a party sends to answer for its co-sponsorship of a proposal."""
    named = (await make.co_sponsors_of(world, proposal_id))[world.parties[party]]
    return {"co_sponsor_id": named.id, "expected_revision": (await make.work_of(world, proposal_id)).revision}


async def take(world: World, proposal_id: str, who: str = "canada") -> None:
    await world.do(who, taking_over.take_over_proposal, **await joined(world, proposal_id, who))


async def refused(world: World, proposal_id: str, who: str = "canada", of: str = "canada") -> Any:
    return await refusal(world, who, taking_over.take_over_proposal, **await joined(world, proposal_id, of))


def with_sponsors(world: World, *parties: str) -> dict[str, Any]:
    return {"co_sponsor_ids": tuple(world.parties[each] for each in parties or ("canada",))}


async def test_withdraw_proposal_leaves_it_to_its_co_sponsors_for_a_time(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))

    await withdraw(world, proposal_id)

    (left,) = await rows(world, ProposalTakeOver)
    assert (left.proposal_id, left.number, left.status_before) == (proposal_id, 1, S.REGISTERED)
    assert (left.party_id, left.withdrawn_by_id) == (world.parties["japan"], world.delegates["japan"])
    assert (left.withdrawn_at, left.closes_at, left.taken_at, left.new_party_id) == (NOW, LAST, None, None)
    work = await make.work_of(world, proposal_id)
    assert (work.status, work.take_over_until) == (S.WITHDRAWN, LAST)
    entry = await last_entry(world)
    assert (entry.act, entry.details["take_over"]) == ("proposal.withdrawn", left.id)
    assert entry.details["open_to"] == [world.parties["canada"]]


@pytest.mark.parametrize("days", [1, 30])
async def test_the_mechanism_says_for_how_many_days(world: World, days: int) -> None:
    cycle_id = await make.open_cycle(world, mechanism_id=await make.add_mechanism(world, take_over_days=days))
    proposal_id = await make.submitted(world, cycle_id=cycle_id, **with_sponsors(world))

    await withdraw(world, proposal_id)

    begins = datetime(2018, 9, 24, 22, tzinfo=UTC)
    shift = timedelta(hours=1) if days == 30 else timedelta(0)  # the clocks of Brussels went back meanwhile
    until = (await make.work_of(world, proposal_id)).take_over_until
    assert until in (begins + timedelta(days=days), begins + timedelta(days=days) + shift)


async def test_withdraw_proposal_without_co_sponsors_ends_it_at_once(world: World) -> None:
    proposal_id = await make.registered(world)

    await withdraw(world, proposal_id)

    assert await rows(world, ProposalTakeOver) == []
    work = await make.work_of(world, proposal_id)
    assert (work.status, work.take_over_until) == (S.WITHDRAWN, None)
    assert "take_over" not in (await last_entry(world)).details


async def test_a_draft_ends_at_once_also_with_a_co_sponsor_that_confirmed(world: World) -> None:
    proposal_id = await make.draft(world, **with_sponsors(world))
    await world.do("canada", joining.confirm_co_sponsorship, **await joined(world, proposal_id))
    await withdraw(world, proposal_id)

    late = await refused(world, proposal_id)

    assert await rows(world, ProposalTakeOver) == []
    assert (kind_and_code(late), late.message) == (WRONG_STATE, "This proposal ended when it was withdrawn.")


@pytest.mark.parametrize("before", [S.SUBMITTED, S.REGISTERED, S.UNDER_CONSIDERATION])
async def test_take_over_proposal_puts_it_where_it_was_under_the_new_proponent(world: World, before: S) -> None:
    make_it = {S.SUBMITTED: make.submitted, S.REGISTERED: make.registered}.get(before, make.considered)
    proposal_id = await make_it(world, **with_sponsors(world))
    (filed,) = await rows(world, AmendmentProposal)
    earlier = await make.work_of(world, proposal_id)
    await withdraw(world, proposal_id)
    world.clock.move(days=3)

    await take(world, proposal_id)

    work = await make.work_of(world, proposal_id)
    assert (work.status, work.number, work.body_id) == (before, earlier.number, earlier.body_id)
    assert (work.party_id, work.take_over_until, work.revision) == (world.parties["canada"], None, earlier.revision + 2)
    assert await rows(world, AmendmentProposal) == [filed]
    (taken,) = await rows(world, ProposalTakeOver)
    assert (taken.new_party_id, taken.taken_by_id) == (world.parties["canada"], world.delegates["canada"])
    assert taken.taken_at == NOW + timedelta(days=3)
    entry = await last_entry(world)
    assert (entry.act, entry.subject_id, entry.party_id) == (
        "proposal.taken_over",
        proposal_id,
        world.parties["canada"],
    )
    assert entry.details["former_party"] == world.parties["japan"]


async def test_the_new_proponent_acts_on_it_and_the_former_one_does_not(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world, "canada", "china"))
    await withdraw(world, proposal_id)
    await take(world, proposal_id)

    former = await make.refusal_on(world, "japan", drafting.withdraw_proposal, proposal_id)
    await withdraw(world, proposal_id, "canada")
    again = await refused(world, proposal_id)
    await take(world, proposal_id, "china")

    assert kind_and_code(former) == FORBIDDEN
    assert (kind_and_code(again), again.message) == (WRONG_STATE, "Your party withdrew this proposal.")
    assert (await make.work_of(world, proposal_id)).party_id == world.parties["china"]
    left = await rows(world, ProposalTakeOver, ProposalTakeOver.number)
    assert [(row.number, row.party_id, row.new_party_id) for row in left] == [
        (1, world.parties["japan"], world.parties["canada"]),
        (2, world.parties["canada"], world.parties["china"]),
    ]


async def test_it_ends_with_the_last_sponsor(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)
    await take(world, proposal_id)

    await withdraw(world, proposal_id, "canada")

    work = await make.work_of(world, proposal_id)
    assert (work.status, work.take_over_until) == (S.WITHDRAWN, None)
    assert len(await rows(world, ProposalTakeOver)) == 1


async def test_of_two_parties_the_first_takes_it_over(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world, "canada", "china"))
    await withdraw(world, proposal_id)
    read = await joined(world, proposal_id, "china")
    await take(world, proposal_id)

    second = await refusal(world, "china", taking_over.take_over_proposal, **read)

    assert kind_and_code(second) == WRONG_STATE
    assert (await make.work_of(world, proposal_id)).party_id == world.parties["canada"]


async def test_take_over_proposal_read_before_another_act_is_stale(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)
    sent = await joined(world, proposal_id) | {"expected_revision": 1}

    assert kind_and_code(await refusal(world, "canada", taking_over.take_over_proposal, **sent)) == STALE


@pytest.mark.parametrize(("before", "can"), [(timedelta(microseconds=1), True), (timedelta(0), False)])
async def test_take_over_proposal_until_the_last_microsecond(world: World, before: timedelta, can: bool) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)
    world.clock.now = LAST - before

    if can:
        await take(world, proposal_id)
    else:
        late = await refused(world, proposal_id)
        assert (kind_and_code(late), "9 October 2018" in late.message) == (WRONG_STATE, True)

    assert (await make.work_of(world, proposal_id)).status == (S.REGISTERED if can else S.WITHDRAWN)


@pytest.mark.parametrize("who", ["japan", "japan-assistant", "china", "upu", "gea", "secretariat"])
async def test_take_over_proposal_is_for_the_focal_point_of_a_co_sponsor(world: World, who: str) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)

    assert kind_and_code(await refused(world, proposal_id, who)) == FORBIDDEN


@pytest.mark.parametrize("who", ["china", "upu"])
async def test_take_over_proposal_that_the_caller_does_not_see_is_not_found(world: World, who: str) -> None:
    proposal_id = await make.submitted(world, **with_sponsors(world))
    await withdraw(world, proposal_id)

    assert kind_and_code(await refused(world, proposal_id, who)) == NOT_FOUND


async def test_take_over_proposal_with_an_accreditation_that_ended_is_refused(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)
    async with world.database.writing() as session:
        is_seat = Delegate.id == world.delegates["canada"]
        await session.execute(update(Delegate).where(is_seat).values(ends_on=date(2018, 9, 23)))

    answer = await refused(world, proposal_id)

    assert answer.code in (RefusalCode.UNAUTHENTICATED, RefusalCode.NOT_FOUND)
    assert (await make.work_of(world, proposal_id)).status == S.WITHDRAWN


async def test_take_over_proposal_that_stands_is_refused(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))

    assert kind_and_code(await refused(world, proposal_id)) == WRONG_STATE


async def returned(world: World, *answers: str) -> str:
    """Make a proposal of Japan that was returned, that Canada confirmed, and to which China gave its answers."""
    proposal_id = await make.draft(world, **with_sponsors(world, "canada", "china"))
    for party in ("canada", "china"):
        await world.do(party, joining.confirm_co_sponsorship, **await joined(world, proposal_id, party))
    await make.act(world, "japan", drafting.submit_proposal, proposal_id)
    await make.act(world, "secretariat", returning.return_proposal, proposal_id, defects=[DEFECT])
    if "declines" in answers:
        sent = {"co_sponsor_id": (await joined(world, proposal_id, "china"))["co_sponsor_id"]}
        await world.do("china", joining.decline_co_sponsorship, **sent)
    await withdraw(world, proposal_id)
    return proposal_id


async def test_a_party_that_declined_does_not_take_it_over(world: World) -> None:
    proposal_id = await returned(world, "declines")

    answer = await refused(world, proposal_id, "china", "china")

    assert (kind_and_code(answer), answer.message) == (WRONG_STATE, "Your party declined to co-sponsor it.")
    assert (await last_entry(world)).details["open_to"] == [world.parties["canada"]]


async def test_what_was_returned_is_mended_and_submitted_by_the_party_that_took_it_over(world: World) -> None:
    proposal_id = await returned(world)
    await take(world, proposal_id)
    (written,) = await rows(world, AmendmentProposal)
    sponsors = await make.co_sponsors_of(world, proposal_id)

    await make.act(world, "canada", drafting.submit_proposal, proposal_id)

    assert (written.party_id, written.submitted_at) == (world.parties["canada"], None)
    assert set(sponsors) == {world.parties["china"]}
    work = await make.work_of(world, proposal_id)
    assert (work.status, work.party_id) == (S.SUBMITTED, None)


async def test_a_sponsor_is_not_asked_again_where_only_the_proponent_changed(world: World) -> None:
    proposal_id = await returned(world)
    await take(world, proposal_id)

    same = make.content(world, **with_sponsors(world, "china"))
    await make.act(world, "canada", drafting.revise_proposal, proposal_id, content=same)

    assert (await make.co_sponsors_of(world, proposal_id))[world.parties["china"]].confirmed_at is not None


async def test_what_a_party_took_over_is_returned_to_it(world: World) -> None:
    proposal_id = await make.draft(world, **with_sponsors(world))
    await world.do("canada", joining.confirm_co_sponsorship, **await joined(world, proposal_id))
    await make.act(world, "japan", drafting.submit_proposal, proposal_id)
    await withdraw(world, proposal_id)
    await take(world, proposal_id)

    await make.act(world, "secretariat", returning.return_proposal, proposal_id, defects=[DEFECT])
    mended = make.content(world, title="Mended")
    await make.act(world, "canada", drafting.revise_proposal, proposal_id, content=mended)
    hindered = await make.refusal_on(world, "japan", drafting.submit_proposal, proposal_id)
    await make.act(world, "canada", drafting.submit_proposal, proposal_id)

    (filed,) = await rows(world, AmendmentProposal)
    assert (filed.party_id, filed.submitted_by_id) == (world.parties["canada"], world.delegates["canada"])
    assert kind_and_code(hindered) == FORBIDDEN
    async with world.database.reading() as connection:
        report = await verify(connection)
    assert [fault.what for fault in report.faults if not fault.subject.startswith("text_versions/")] == []


@pytest.mark.parametrize("when", ["withdrawn", "taken", "returned"])
async def test_the_journal_holds_at_every_step(world: World, when: str) -> None:
    if when == "returned":
        proposal_id = await returned(world)
    else:
        proposal_id = await make.draft(world, **with_sponsors(world))
        await world.do("canada", joining.confirm_co_sponsorship, **await joined(world, proposal_id))
        await make.act(world, "japan", drafting.submit_proposal, proposal_id)
        await make.act(world, "secretariat", handling.register_proposal, proposal_id)
        await withdraw(world, proposal_id)
    if when != "withdrawn":
        await take(world, proposal_id)

    async with world.database.reading() as connection:
        report = await verify(connection)

    assert [fault.what for fault in report.faults if not fault.subject.startswith("text_versions/")] == []


async def test_a_take_over_that_was_tampered_with_is_found(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)
    forged = "UPDATE proposal_take_overs SET taken_at = withdrawn_at, new_party_id = :party"
    async with world.database.writing() as session:
        await session.execute(text(forged), {"party": world.parties["gea"]})

    async with world.database.reading() as connection:
        report = await verify(connection)

    (left,) = await rows(world, ProposalTakeOver)
    assert any(fault.subject == f"proposal_take_overs/{left.id}" for fault in report.faults)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE proposal_take_overs SET new_party_id = party_id",
        "UPDATE proposal_take_overs SET taken_at = NULL",
        "DELETE FROM proposal_take_overs",
    ],
)
async def test_a_take_over_never_changes_again(world: World, statement: str) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)
    await take(world, proposal_id)

    with pytest.raises(DatabaseError, match="cannot change"):
        async with world.database.writing() as session:
            await session.execute(text(statement))


async def test_a_withdrawal_keeps_its_instant_while_nobody_has_taken_over(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)

    with pytest.raises(DatabaseError, match="cannot change"):
        async with world.database.writing() as session:
            await session.execute(text("UPDATE proposal_take_overs SET closes_at = withdrawn_at"))


async def test_the_new_proponent_restates_what_became_stale(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)
    await take(world, proposal_id)
    amendment_id = (await make.amendments_of(world, proposal_id))[0]
    stale = {"text_version_id": world.version, "state": CarriedState.STALE, "provision_id": world.keys[1]}
    await world.add(CarriedAmendment(amendment_id=amendment_id, **stale))
    async with world.database.writing() as session:
        await session.execute(text("UPDATE proposal_work SET text_version_id = :version"), {"version": world.version})
    revision = (await make.work_of(world, proposal_id)).revision
    sent = {"amendment_id": amendment_id, "dropped": True, "reason": "Done.", "expected_revision": revision}

    former = await refusal(world, "japan", restating.restate_amendment, **sent)
    await world.do("canada", restating.restate_amendment, **sent)

    assert kind_and_code(former) == FORBIDDEN


async def waiting(world: World, who: str) -> list[tuple[str, datetime | None]]:
    """Return when the tasks to take a proposal over are due that wait for somebody."""
    async with world.database.reading() as connection:
        tasks = await find_tasks(connection, await world.actor(who), world.clock.now)
    return [(task.why, task.due_at) for task in tasks if task.act == "take_over_proposal"]


@pytest.mark.own_sql
async def test_a_focal_point_of_a_co_sponsor_has_a_task_while_it_can(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await withdraw(world, proposal_id)

    asked = {who: await waiting(world, who) for who in ("canada", "japan", "china", "secretariat")}
    world.clock.now = LAST

    assert {who for who, tasks in asked.items() if tasks} == {"canada"}
    assert [(str(why), due) for why, due in asked["canada"]] == [("PROPOSAL_LEFT", LAST)]
    assert await waiting(world, "canada") == []


@pytest.mark.own_sql
async def test_the_co_sponsors_are_told_and_then_everybody_who_stands_behind_it(world: World) -> None:
    proposal_id = await make.registered(world, **with_sponsors(world))
    await tell(world)

    await withdraw(world, proposal_id)
    await tell(world)
    left = await told(world)
    await take(world, proposal_id)
    await tell(world)

    assert {each for each in left if each[1].startswith("proposal.")} == {
        ("canada", "proposal.left"),
        ("japan-assistant", "proposal.withdrawn"),
    }
    taken = {who for who, name in await told(world) if name == "proposal.taken_over"}
    assert taken == {"japan", "japan-assistant", "secretariat"}


@pytest.mark.own_sql
async def test_who_sees_it_stays_the_same_and_the_former_proponent_goes_on_seeing_it(api: Api) -> None:
    world = api.world
    proposal_id = await returned(world)

    async def seen() -> set[str]:
        everybody = ("japan", "canada", "china", "upu", "gea", "secretariat")
        found = {who: (await api.ask(who, "ProposalDetail", id=proposal_id))["proposal"] for who in everybody}
        return {who for who, proposal in found.items() if proposal}

    withdrawn = await seen()
    await take(world, proposal_id)
    without = make.content(world, amendments=(AmendmentContent(AmendmentKind.DELETE, world.keys[2]),))
    await make.act(world, "canada", drafting.revise_proposal, proposal_id, content=without)

    assert withdrawn == {"japan", "canada", "china"}
    assert await seen() == {"japan", "canada"}
