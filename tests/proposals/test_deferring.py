"""Proposals that are put off until something comes, and are back by themselves, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.consolidation.queries.gathering import gather
from server.domain.notices.actions.making import make_notices
from server.domain.proposals.actions import deciding, deferring, drafting, handling
from server.domain.proposals.actions.taking_over import take_over_proposal
from server.domain.sittings.actions import convening
from server.domain.tasks.queries.finding import find_tasks
from server.journal.verification import verify
from server.kernel.refusals import RefusalCode
from server.models.deferring import ProposalDeferral
from server.models.notices import Notice
from server.models.proposals import ProposalWork
from server.vocabulary.proposals import DeferralKind, GroupView
from server.vocabulary.proposals import ProposalStatus as S
from tests.factories import proposals as make
from tests.factories.answers import (
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    STALE,
    WRONG_STATE,
    kind_and_code,
    last_entry,
    refusal,
    rows,
)
from tests.factories.world import NOW, World

TODAY = NOW.date()


async def later_sitting(world: World, days: int = 10, number: int = 300) -> str:
    """Add a sitting of the committee that begins in some days."""
    first = TODAY + timedelta(days=days)
    return await make.add_sitting(world, first_number=number, starts_on=first, ends_on=first)


async def defer(world: World, proposal_id: str, who: str = "secretariat", **sent: Any) -> None:
    said = {"until": DeferralKind.CYCLE, "reason": " The datasets are not finished. "} | sent
    await make.act(world, who, deferring.defer_proposal, proposal_id, **said)


async def defer_until_sitting(world: World, proposal_id: str, **days: Any) -> str:
    sitting_id = await later_sitting(world, **days)
    await defer(world, proposal_id, until=DeferralKind.SITTING, sitting_id=sitting_id)
    return sitting_id


async def standing(world: World, proposal_id: str) -> S:
    """Where a proposal stands, by the one expression, for the day of the clock."""
    statement = select(ProposalWork.standing).where(ProposalWork.proposal_id == proposal_id)
    async with world.database.reading() as connection:
        return S(
            await connection.scalar(statement, {"actor_today": world.clock.now.date(), "actor_now": world.clock.now})
        )


async def refused(world: World, proposal_id: str, **sent: Any) -> Any:
    said = {"until": DeferralKind.CYCLE, "reason": "Not finished."} | sent
    return await make.refusal_on(world, sent.pop("who", "secretariat"), deferring.defer_proposal, proposal_id, **said)


async def test_defer_proposal_until_a_sitting_and_it_is_back_when_that_begins(world: World) -> None:
    proposal_id = await make.considered(world)

    sitting_id = await defer_until_sitting(world, proposal_id)

    assert await standing(world, proposal_id) == S.DEFERRED
    (kept,) = await rows(world, ProposalDeferral)
    assert (kept.kind, kept.sitting_id, kept.reason) == (
        DeferralKind.SITTING,
        sitting_id,
        "The datasets are not finished.",
    )
    entry = await last_entry(world)
    assert (entry.act, entry.subject_id, entry.details["sitting"]) == ("proposal.deferred", proposal_id, sitting_id)
    world.clock.move(days=9)
    assert await standing(world, proposal_id) == S.DEFERRED
    world.clock.move(days=1)
    assert await standing(world, proposal_id) == S.UNDER_CONSIDERATION


async def test_a_proposal_does_not_wait_for_a_sitting_that_is_called_off(world: World) -> None:
    proposal_id = await make.considered(world)
    sitting_id = await defer_until_sitting(world, proposal_id)

    sent = {"sitting_id": sitting_id, "reason": "No room.", "expected_revision": 1}
    await world.do("secretariat", convening.cancel_sitting, **sent)

    assert await standing(world, proposal_id) == S.UNDER_CONSIDERATION


async def test_defer_proposal_until_the_next_review_opens(world: World) -> None:
    mechanism_id = await make.add_mechanism(world)
    cycle_id = await make.open_cycle(world, mechanism_id=mechanism_id)
    proposal_id = await make.registered(world, cycle_id=cycle_id)
    await defer(world, proposal_id)
    world.clock.move(days=60)
    before = await standing(world, proposal_id)

    opens = (world.clock.now + timedelta(days=5)).date()
    said = {"mechanism_id": mechanism_id, "title": "Next", "opens_on": opens, "closes_on": None}
    await make.open_cycle(world, **said)
    between = await standing(world, proposal_id)
    world.clock.move(days=5)

    assert [before, between, await standing(world, proposal_id)] == [S.DEFERRED, S.DEFERRED, S.REGISTERED]


@pytest.mark.parametrize("ends", ["decided", "withdrawn"])
async def test_defer_proposal_until_another_one_is_decided(world: World, ends: str) -> None:
    cycle_id = await make.open_cycle(world)
    first = await make.considered(world, cycle_id=cycle_id)
    second = await make.concluded(world, cycle_id=cycle_id)
    await defer(world, second, until=DeferralKind.PROPOSAL, awaited_id=first)
    before = await standing(world, second)

    if ends == "withdrawn":
        await make.act(world, "japan", drafting.withdraw_proposal, first)
    else:
        await make.view(world, first, *(GroupView.NOT_AGREED,) * 2)
        await make.act(world, "canada", handling.conclude_consideration, first)

    assert (before, await standing(world, second)) == (S.DEFERRED, S.AGREED)


async def test_what_waits_is_not_assigned_viewed_concluded_or_decided(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    considered, agreed = await make.considered(world, cycle_id=cycle_id), await make.concluded(world, cycle_id=cycle_id)
    sitting_id = await make.add_sitting(world)
    for proposal_id, number in ((considered, 301), (agreed, 302)):
        await defer_until_sitting(world, proposal_id, number=number)
    on_amendment = {"amendment_id": (await make.amendments_of(world, considered))[0], "view": GroupView.AGREED}
    revision = (await make.work_of(world, considered)).revision

    viewing = await refusal(world, "canada", handling.record_view, **on_amendment, expected_revision=revision)
    answers = [
        await make.refusal_on(
            world, "secretariat", handling.assign_proposal, considered, body_id=world.bodies["group"]
        ),
        await make.refusal_on(world, "canada", handling.conclude_consideration, considered),
        await make.refusal_on(
            world, "secretariat", deciding.decide_proposal, agreed, sitting_id=sitting_id, content=make.decision()
        ),
    ]

    assert [kind_and_code(each) for each in (viewing, *answers)] == [WRONG_STATE] * 4


async def test_what_was_put_off_goes_into_no_text_until_it_is_back(world: World) -> None:
    proposal_id = await make.concluded(world)
    await defer_until_sitting(world, proposal_id)

    async def gathered() -> int:
        async with world.database.studying() as session:
            accepted, _ = await gather(session, world.version, world.clock.now)
            return len(accepted)

    before = await gathered()
    world.clock.move(days=10)

    assert (before, await gathered()) == (0, 2)


async def test_resume_proposal_takes_it_up_again_before(world: World) -> None:
    proposal_id = await make.concluded(world)
    await defer_until_sitting(world, proposal_id)
    world.clock.move(days=1)

    await make.act(world, "secretariat", deferring.resume_proposal, proposal_id, reason="It cannot wait.")

    (kept,) = await rows(world, ProposalDeferral)
    assert (await standing(world, proposal_id), kept.resume_reason) == (S.AGREED, "It cannot wait.")
    assert kept.resumed_at == world.clock.now
    assert (await last_entry(world)).act == "proposal.resumed"


async def test_resume_proposal_that_waits_for_nothing_is_refused(world: World) -> None:
    act, cycle_id = deferring.resume_proposal, await make.open_cycle(world)
    back, never = await make.considered(world, cycle_id=cycle_id), await make.considered(world, cycle_id=cycle_id)
    waiting = await make.considered(world, cycle_id=cycle_id)
    await defer_until_sitting(world, back, number=301)
    await defer_until_sitting(world, waiting, days=40, number=302)
    world.clock.move(days=10)

    answers = [await make.refusal_on(world, "secretariat", act, each, reason="Now.") for each in (back, never)]
    empty = await make.refusal_on(world, "secretariat", act, waiting, reason=" ")
    old = await make.refusal_on(world, "secretariat", act, waiting, reason="Now.", expected_revision=9)
    others = [await make.refusal_on(world, who, act, waiting, reason="Now.") for who in ("japan", "canada", "gea")]

    assert [kind_and_code(each) for each in answers] == [WRONG_STATE] * 2
    assert (empty.code, [each.path for each in empty.issues]) == (RefusalCode.REASON_REQUIRED, ["reason"])
    assert kind_and_code(old) == STALE
    assert [kind_and_code(each) for each in others] == [FORBIDDEN] * 3


async def test_defer_proposal_that_a_group_put_off_brings_it_back_to_the_group(world: World) -> None:
    proposal_id = await make.considered(world)
    await make.view(world, proposal_id, *(GroupView.DEFERRED,) * 2)
    await make.act(world, "canada", handling.conclude_consideration, proposal_id)

    await defer_until_sitting(world, proposal_id)
    before = await standing(world, proposal_id)
    world.clock.move(days=10)
    await make.view(world, proposal_id, *(GroupView.AGREED,) * 2)
    await make.act(world, "canada", handling.conclude_consideration, proposal_id)

    work = await make.work_of(world, proposal_id)
    assert (before, work.status, work.deferral_id) == (S.DEFERRED, S.AGREED, None)


async def test_what_moved_on_is_not_put_off_again_when_the_sitting_moves(world: World) -> None:
    proposal_id = await make.registered(world)
    await defer_until_sitting(world, proposal_id)
    world.clock.move(days=10)

    await make.act(world, "secretariat", handling.assign_proposal, proposal_id, body_id=world.bodies["group"])

    assert (await make.work_of(world, proposal_id)).deferral_id is None
    assert await standing(world, proposal_id) == S.UNDER_CONSIDERATION


async def test_defer_proposal_by_those_who_lead_the_group_that_considers_it(world: World) -> None:
    proposal_id = await make.considered(world)

    await defer(world, proposal_id, "canada")

    assert await standing(world, proposal_id) == S.DEFERRED


@pytest.mark.parametrize(
    ("who", "reach", "expected"),
    [
        ("canada", make.concluded, WRONG_STATE),
        ("canada", make.registered, FORBIDDEN),
        ("japan", make.considered, FORBIDDEN),
        ("gea", make.considered, FORBIDDEN),
        ("upu", make.considered, FORBIDDEN),
        ("secretariat", make.submitted, WRONG_STATE),
    ],
)
async def test_defer_proposal_by_others_is_refused(world: World, who: str, reach: Any, expected: Any) -> None:
    sent = {"until": DeferralKind.CYCLE, "reason": "Later."}

    answer = await make.refusal_on(world, who, deferring.defer_proposal, await reach(world), **sent)

    assert kind_and_code(answer) == expected


async def test_defer_proposal_in_a_circle_is_refused(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    first, second, third = [await make.registered(world, cycle_id=cycle_id) for _ in range(3)]
    until = DeferralKind.PROPOSAL
    await defer(world, first, until=until, awaited_id=second)
    await defer(world, second, until=until, awaited_id=third)

    circle = await refused(world, third, until=until, awaited_id=first)
    itself = await refused(world, third, until=until, awaited_id=third)

    for answer in (circle, itself):
        assert (kind_and_code(answer), answer.issues[0].path) == (INVALID, "awaitedId")
        assert "wait for each other" in answer.issues[0].message


async def test_defer_proposal_until_what_is_hidden_or_come_is_refused(world: World) -> None:
    cycle_id, until = await make.open_cycle(world), DeferralKind.PROPOSAL
    proposal_id = await make.registered(world, cycle_id=cycle_id)
    hidden, unnumbered = await make.draft(world, cycle_id=cycle_id), await make.submitted(world, cycle_id=cycle_id)
    over = await make.registered(world, cycle_id=cycle_id)
    await make.act(world, "japan", drafting.withdraw_proposal, over)
    begun, later = await make.add_sitting(world), await later_sitting(world)
    missing = "PRP_" + "0" * 26

    not_there = [await refused(world, proposal_id, until=until, awaited_id=each) for each in (hidden, missing)]
    unfit = [
        await refused(world, proposal_id, until=until, awaited_id=unnumbered),
        await refused(world, proposal_id, until=until, awaited_id=over),
        await refused(world, proposal_id, until=until),
        await refused(world, proposal_id, until=DeferralKind.SITTING, sitting_id=begun),
        await refused(world, proposal_id, until=DeferralKind.SITTING),
        await refused(world, proposal_id, sitting_id=later),
        await refused(world, proposal_id, reason=" "),
    ]

    assert [kind_and_code(each) for each in not_there] == [NOT_FOUND] * 2
    assert not_there[0].message == not_there[1].message
    assert [kind_and_code(each) for each in unfit[:-1]] == [INVALID] * 6
    assert unfit[-1].code == RefusalCode.REASON_REQUIRED
    paths = ["awaitedId"] * 3 + ["sittingId"] * 3 + ["reason"]
    assert [[issue.path for issue in each.issues] for each in unfit] == [[path] for path in paths]
    assert await rows(world, ProposalDeferral) == []


async def test_its_party_and_co_sponsors_are_told_once_that_a_proposal_is_back(world: World) -> None:
    canada = world.parties["china"]
    proposal_id = await make.concluded(world, co_sponsor_ids=(canada,))
    await make_notices(world.database, world.clock)
    await defer_until_sitting(world, proposal_id)

    async def told() -> set[str]:
        await make_notices(world.database, world.clock)
        notices = await rows(world, Notice)
        people = {world.persons[key]: key for key in ("japan", "china", "gea", "secretariat")}
        return {people[each.person_id] for each in notices if each.name == "proposal.back" and each.person_id in people}

    world.clock.move(days=9)
    assert await told() == set()
    world.clock.move(days=1)
    assert await told() == {"japan", "china", "secretariat"}
    count = len(await rows(world, Notice))
    world.clock.move(days=30)
    assert (await told(), len(await rows(world, Notice))) == ({"japan", "china", "secretariat"}, count)


async def test_what_waits_is_no_task_until_it_is_back(world: World) -> None:
    proposal_id = await make.considered(world)

    async def tasks() -> list[str]:
        async with world.database.reading() as session:
            found = await find_tasks(session, await world.actor("canada"), world.clock.now)
        return [task.act for task in found if task.subject_id == proposal_id]

    await defer_until_sitting(world, proposal_id)
    before = await tasks()
    world.clock.move(days=10)

    assert (before, await tasks()) == ([], ["record_view"])


@pytest.mark.parametrize("when", ["deferred", "resumed", "back", "moved on"])
async def test_the_journal_holds_what_was_put_off(world: World, when: str) -> None:
    proposal_id = await make.draft(world)
    await make.act(world, "japan", drafting.submit_proposal, proposal_id)
    await make.act(world, "secretariat", handling.register_proposal, proposal_id)
    await defer_until_sitting(world, proposal_id)
    if when == "resumed":
        await make.act(world, "secretariat", deferring.resume_proposal, proposal_id, reason="Now.")
    if when in ("back", "moved on"):
        world.clock.move(days=10)
    if when == "moved on":
        await make.act(world, "secretariat", handling.assign_proposal, proposal_id, body_id=world.bodies["group"])

    async with world.database.reading() as connection:
        report = await verify(connection)

    assert [fault.what for fault in report.faults if not fault.subject.startswith("text_versions/")] == []


async def withdraw_and_take_over(world: World, proposal_id: str, *, in_between: Any) -> None:
    """Withdraw a proposal of Japan, and let Canada take it over after something else is looked at."""
    await make.act(world, "japan", drafting.withdraw_proposal, proposal_id)
    await in_between()
    named = (await make.co_sponsors_of(world, proposal_id))[world.parties["canada"]]
    revision = (await make.work_of(world, proposal_id)).revision
    await world.do("canada", take_over_proposal, co_sponsor_id=named.id, expected_revision=revision)


async def test_what_was_put_off_goes_on_waiting_when_a_co_sponsor_takes_it_over(world: World) -> None:
    proposal_id = await make.considered(world, co_sponsor_ids=(world.parties["canada"],))
    await defer_until_sitting(world, proposal_id)
    seen = []

    async def look() -> None:
        seen.append(await standing(world, proposal_id))

    await withdraw_and_take_over(world, proposal_id, in_between=look)
    await look()
    world.clock.now += timedelta(days=11)
    await look()

    assert seen == [S.WITHDRAWN, S.DEFERRED, S.UNDER_CONSIDERATION]


async def test_what_a_co_sponsor_can_still_take_over_is_waited_for(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    awaited = await make.registered(world, cycle_id=cycle_id, co_sponsor_ids=(world.parties["canada"],))
    proposal_id = await make.considered(world, cycle_id=cycle_id)
    await defer(world, proposal_id, until=DeferralKind.PROPOSAL, awaited_id=awaited)
    seen = []

    async def look() -> None:
        seen.append(await standing(world, proposal_id))

    await withdraw_and_take_over(world, awaited, in_between=look)
    await look()
    named = {"co_sponsor_ids": (world.parties["canada"],)}
    lost = await make.registered(world, cycle_id=cycle_id, **named)
    other = await make.considered(world, cycle_id=cycle_id)
    await defer(world, other, until=DeferralKind.PROPOSAL, awaited_id=lost)
    await make.act(world, "japan", drafting.withdraw_proposal, lost)
    before = await standing(world, other)
    world.clock.now += timedelta(days=20)

    assert seen == [S.DEFERRED, S.DEFERRED]
    assert (before, await standing(world, other)) == (S.DEFERRED, S.UNDER_CONSIDERATION)
