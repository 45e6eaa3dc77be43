"""What the Secretariat and those who lead a group do with a proposal, on both databases."""

import asyncio
from datetime import date
from typing import Any

import pytest

from server.domain.proposals.actions import drafting, handling
from server.kernel.ids import new_id
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.journal import JournalEntry
from server.models.proposals import AmendmentView, ReviewCycle
from server.vocabulary.proposals import CycleKind, GroupView
from server.vocabulary.proposals import ProposalStatus as S
from tests.factories import proposals as make
from tests.factories.answers import (
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    STALE,
    WRONG_STATE,
    kind_and_code,
    refusal,
    rows,
)
from tests.factories.world import World

AGREED, NOT_AGREED, DEFERRED = GroupView.AGREED, GroupView.NOT_AGREED, GroupView.DEFERRED


def cycle_of(mechanism_id: str, **changed: Any) -> dict[str, Any]:
    """What `open_cycle` takes."""
    days = {"opens_on": date(2018, 9, 1), "closes_on": date(2018, 9, 30)}
    return {"mechanism_id": mechanism_id, "kind": CycleKind.PERIODIC, "title": "Review"} | days | changed


async def test_open_cycle_under_the_mechanism_in_force(world: World) -> None:
    mechanism_id = await make.add_mechanism(world)

    cycle_id = await world.do("secretariat", handling.open_cycle, **cycle_of(mechanism_id, title=" Review "))

    (row,) = await rows(world, ReviewCycle)
    expected = (cycle_id, mechanism_id, CycleKind.PERIODIC, "Review", date(2018, 9, 1), date(2018, 9, 30))
    assert tuple(row) == expected


async def test_open_cycle_by_anyone_else_is_forbidden(world: World) -> None:
    sent = cycle_of(await make.add_mechanism(world))

    for who in ("japan", "canada", "upu", "gea"):
        assert kind_and_code(await refusal(world, who, handling.open_cycle, **sent)) == FORBIDDEN


async def test_open_cycle_that_the_mechanism_does_not_allow_is_invalid(world: World) -> None:
    lasting = await make.add_mechanism(world)
    ended = await make.add_mechanism(world, valid_until=date(2018, 8, 31))

    for mechanism_id, changed, path in (
        (lasting, {"kind": CycleKind.ANNUAL}, "kind"),
        (lasting, {"opens_on": date(2018, 5, 31)}, "opensOn"),
        (ended, {}, "opensOn"),
        (lasting, {"closes_on": date(2018, 9, 23)}, "closesOn"),
        (lasting, {"title": ""}, "title"),
    ):
        sent = cycle_of(mechanism_id, **changed)
        refused = await refusal(world, "secretariat", handling.open_cycle, **sent)
        assert (kind_and_code(refused), [issue.path for issue in refused.issues]) == (INVALID, [path])


async def test_open_cycle_under_an_unknown_mechanism_is_not_found(world: World) -> None:
    refused = await refusal(world, "secretariat", handling.open_cycle, **cycle_of(new_id("MEC")))

    assert kind_and_code(refused) == NOT_FOUND


async def test_register_proposal_numbers_the_whole_register(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    drafts = [await make.draft(world, who, cycle_id) for who in ("japan", "upu")]
    for who, proposal_id in zip(("japan", "upu"), reversed(drafts), strict=True):
        assert kind_and_code(await make.refusal_on(world, who, drafting.submit_proposal, proposal_id)) == NOT_FOUND
    for who, proposal_id in zip(("japan", "upu"), drafts, strict=True):
        await make.act(world, who, drafting.submit_proposal, proposal_id)

    for proposal_id in reversed(drafts):
        await make.act(world, "secretariat", handling.register_proposal, proposal_id)

    works = [await make.work_of(world, proposal_id) for proposal_id in drafts]
    assert [(work.number, work.status) for work in works] == [(2, S.REGISTERED), (1, S.REGISTERED)]


async def test_register_proposal_at_the_same_moment_gives_two_numbers(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    proposals = [await make.submitted(world, cycle_id=cycle_id) for _ in range(2)]

    await asyncio.gather(*(make.act(world, "secretariat", handling.register_proposal, each) for each in proposals))

    assert {(await make.work_of(world, each)).number for each in proposals} == {1, 2}


async def test_register_proposal_is_for_the_secretariat(world: World) -> None:
    proposal_id = await make.submitted(world)

    assert kind_and_code(await make.refusal_on(world, "japan", handling.register_proposal, proposal_id)) == FORBIDDEN


async def test_assign_proposal_to_a_group(world: World) -> None:
    proposal_id = await make.registered(world)

    await make.act(world, "secretariat", handling.assign_proposal, proposal_id, body_id=world.bodies["group"])

    work = await make.work_of(world, proposal_id)
    assert (work.status, work.body_id) == (S.UNDER_CONSIDERATION, world.bodies["group"])


async def test_assign_proposal_to_an_unknown_body_is_not_found(world: World) -> None:
    proposal_id = await make.registered(world)

    sent = {"body_id": new_id("BOD")}
    refused = await make.refusal_on(world, "secretariat", handling.assign_proposal, proposal_id, **sent)

    assert kind_and_code(refused) == NOT_FOUND


@pytest.mark.parametrize("who", ["canada", "secretariat"])
async def test_record_view_on_each_amendment_separately_and_correct_it(world: World, who: str) -> None:
    proposal_id = await make.considered(world)

    await make.view(world, proposal_id, AGREED, DEFERRED, who=who)
    await make.view(world, proposal_id, NOT_AGREED, who=who)

    first, second = await make.amendments_of(world, proposal_id)
    views = {row.amendment_id: (row.view, row.reason, row.recorded_by_id) for row in await rows(world, AmendmentView)}
    by = world.delegates[who]
    assert views == {
        first: (NOT_AGREED, "No consensus in the group.", by),
        second: (DEFERRED, "No consensus in the group.", by),
    }
    entries = [e.details["view"] for e in await rows(world, JournalEntry, JournalEntry.sequence) if "view" in e.details]
    assert entries == ["AGREED", "DEFERRED", "NOT_AGREED"]


async def refused_view(world: World, who: str = "canada", **changed: Any) -> Refusal:
    """The refusal of a view that must be refused."""
    proposal_id = await make.considered(world)
    amendment_id = (await make.amendments_of(world, proposal_id))[0]
    sent = {"amendment_id": amendment_id, "view": AGREED, "reason": "", "expected_revision": 1}
    return await refusal(world, who, handling.record_view, **(sent | changed))


async def test_record_view_by_anyone_who_does_not_lead_is_forbidden(world: World) -> None:
    for who in ("japan", "china", "upu", "gea"):
        assert kind_and_code(await refused_view(world, who)) == FORBIDDEN


async def test_record_view_without_a_reason_is_refused_unless_agreed(world: World) -> None:
    refused = await refused_view(world, view=NOT_AGREED)

    assert kind_and_code(refused) == (RefusalKind.INVALID, RefusalCode.REASON_REQUIRED)


async def test_record_view_with_too_long_a_reason_is_invalid(world: World) -> None:
    assert kind_and_code(await refused_view(world, reason="x" * 20_001)) == INVALID


async def test_record_view_on_a_stale_version_is_refused(world: World) -> None:
    assert kind_and_code(await refused_view(world, expected_revision=2)) == STALE


async def test_record_view_on_an_unknown_amendment_is_not_found(world: World) -> None:
    assert kind_and_code(await refused_view(world, amendment_id=new_id("AMD"))) == NOT_FOUND


@pytest.mark.parametrize(
    ("views", "status"),
    [
        ((AGREED, NOT_AGREED), S.AGREED),
        ((NOT_AGREED, DEFERRED), S.DEFERRED),
        ((NOT_AGREED, NOT_AGREED), S.NOT_AGREED),
    ],
)
async def test_conclude_consideration_goes_where_the_views_say(
    world: World, views: tuple[GroupView, ...], status: S
) -> None:
    proposal_id = await make.considered(world)
    await make.view(world, proposal_id, *views)

    await make.act(world, "canada", handling.conclude_consideration, proposal_id)

    assert (await make.work_of(world, proposal_id)).status == status


async def test_conclude_consideration_before_every_amendment_has_a_view_is_refused(world: World) -> None:
    proposal_id = await make.considered(world)
    await make.view(world, proposal_id, AGREED)

    refused = await make.refusal_on(world, "canada", handling.conclude_consideration, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.message == "One of the amendments (2) has no recorded view yet."


async def test_conclude_consideration_by_anyone_who_does_not_lead_is_forbidden(world: World) -> None:
    proposal_id = await make.considered(world)

    refused = await make.refusal_on(world, "china", handling.conclude_consideration, proposal_id)

    assert kind_and_code(refused) == FORBIDDEN
