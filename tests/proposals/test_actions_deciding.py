"""What the bodies decide on a proposal, and what no act can do, on both databases."""

from datetime import date
from typing import Any

import pytest

from server.domain.proposals.actions import deciding, drafting, handling
from server.kernel.ids import new_id
from server.models.bodies import Decision
from server.models.proposals import AmendmentView
from server.vocabulary.bodies import Outcome
from server.vocabulary.proposals import GroupView
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
from tests.factories.world import World

AGREED, NOT_AGREED = GroupView.AGREED, GroupView.NOT_AGREED


async def test_assign_proposal_to_a_body_that_decides_is_invalid(world: World) -> None:
    proposal_id = await make.registered(world)

    for body in ("ptc", "pc", "council"):
        sent = {"body_id": world.bodies[body]}
        refused = await make.refusal_on(world, "secretariat", handling.assign_proposal, proposal_id, **sent)
        assert (kind_and_code(refused), refused.issues[0].path) == (INVALID, "bodyId")


async def test_decide_proposal_along_the_whole_path(world: World) -> None:
    proposal_id = await make.concluded(world)
    ptc, pc, council = [await make.add_sitting(world, body) for body in ("ptc", "pc", "council")]

    walked = []
    for sitting, outcome, verb in (
        (ptc, Outcome.ENDORSED, "endorsed"),
        (pc, Outcome.NOTED, "took note of"),
        (pc, Outcome.ENDORSED, "recommended"),
        (council, Outcome.ENDORSED, "endorsed"),
        (council, Outcome.ADOPTED, "adopted"),
    ):
        await make.decide(world, proposal_id, sitting, outcome, verb)
        work = await make.work_of(world, proposal_id)
        walked.append((work.status, len(work.carried_by)))

    assert walked == [(S.AGREED, 1), (S.AGREED, 1), (S.AGREED, 2), (S.AGREED, 2), (S.APPROVED, 3)]
    decisions = await rows(world, Decision, Decision.id)
    assert [(row.subject_id, row.verb) for row in decisions] == [
        (proposal_id, verb) for verb in ("endorsed", "took note of", "recommended", "endorsed", "adopted")
    ]
    entry = await last_entry(world)
    assert (entry.act, entry.subject_id, entry.details["decision"]) == (
        "proposal.decided",
        proposal_id,
        decisions[-1].id,
    )


async def test_decide_proposal_returned_keeps_the_views_and_begins_the_path_anew(world: World) -> None:
    proposal_id = await make.concluded(world, AGREED, NOT_AGREED)
    ptc, pc = [await make.add_sitting(world, body) for body in ("ptc", "pc")]
    await make.decide(world, proposal_id, ptc)
    await make.decide(world, proposal_id, pc, Outcome.RETURNED, "returned")
    returned = await make.work_of(world, proposal_id)
    views = sorted(row.view for row in await rows(world, AmendmentView))

    await make.act(world, "canada", handling.conclude_consideration, proposal_id)
    said = {"sitting_id": pc, "content": make.decision()}
    refused = await make.refusal_on(world, "secretariat", deciding.decide_proposal, proposal_id, **said)

    assert (returned.status, returned.body_id) == (S.UNDER_CONSIDERATION, world.bodies["group"])
    assert views == [AGREED, NOT_AGREED]
    assert refused.message == "It is the turn of a TECHNICAL_COMMITTEE; this sitting is of a POLICY_COMMISSION."


@pytest.mark.parametrize(("outcome", "verb"), [(Outcome.DEFERRED, "deferred"), (Outcome.REFERRED, "referred")])
async def test_decide_proposal_deferred_can_be_assigned_again(world: World, outcome: Outcome, verb: str) -> None:
    proposal_id = await make.concluded(world)
    await make.decide(world, proposal_id, await make.add_sitting(world), outcome, verb)
    deferred = (await make.work_of(world, proposal_id)).status

    await make.act(world, "secretariat", handling.assign_proposal, proposal_id, body_id=world.bodies["wgec"])

    assert deferred == S.DEFERRED
    assert (await make.work_of(world, proposal_id)).status == S.UNDER_CONSIDERATION


async def test_decide_proposal_out_of_turn_names_whose_turn_it_is(world: World) -> None:
    proposal_id = await make.concluded(world)

    for body in ("pc", "council", "wgec", "group"):
        said = {"sitting_id": await make.add_sitting(world, body), "content": make.decision()}
        refused = await make.refusal_on(world, "secretariat", deciding.decide_proposal, proposal_id, **said)
        assert kind_and_code(refused) == WRONG_STATE
        assert refused.message.startswith("It is the turn of a TECHNICAL_COMMITTEE;")


async def test_decide_proposal_follows_the_path_of_its_own_mechanism(world: World) -> None:
    mechanism_id = await make.add_mechanism(world, approval_path=["COUNCIL"])
    cycle_id = await make.open_cycle(world, mechanism_id=mechanism_id)
    proposal_id = await make.concluded(world, cycle_id=cycle_id)

    await make.decide(world, proposal_id, await make.add_sitting(world, "council"), Outcome.APPROVED, "approved")

    work = await make.work_of(world, proposal_id)
    assert (work.status, work.carried_by) == (S.APPROVED, ["COUNCIL"])


async def test_decide_proposal_otherwise_is_refused(world: World) -> None:
    proposal_id = await make.concluded(world)
    said = {"sitting_id": await make.add_sitting(world), "content": make.decision()}
    contradicting = make.decision(Outcome.APPROVED, "took note")

    for who, changed, expected in (
        ("canada", {}, FORBIDDEN),
        ("japan", {}, FORBIDDEN),
        ("secretariat", {"sitting_id": new_id("SIT")}, NOT_FOUND),
        ("secretariat", {"expected_revision": 2}, STALE),
        ("secretariat", {"content": contradicting}, INVALID),
    ):
        sent: dict[str, Any] = said | changed
        refused = await make.refusal_on(world, who, deciding.decide_proposal, proposal_id, **sent)
        assert kind_and_code(refused) == expected


async def test_every_act_on_an_unknown_proposal_is_not_found(world: World) -> None:
    sent = {"proposal_id": new_id("PRP"), "expected_revision": 1}

    assert kind_and_code(await refusal(world, "japan", drafting.submit_proposal, **sent)) == NOT_FOUND


async def test_decide_proposal_before_the_sitting_says_from_when(world: World) -> None:
    proposal_id = await make.concluded(world)
    later = await make.add_sitting(world, starts_on=date(2018, 9, 27))

    said = {"sitting_id": later, "content": make.decision()}
    refused = await make.refusal_on(world, "secretariat", deciding.decide_proposal, proposal_id, **said)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.unlocks_at is not None
    assert refused.unlocks_at.date() == date(2018, 9, 27)


async def acts_on(world: World) -> list[tuple[str, Any, dict[str, Any]]]:
    """Who does which act on a proposal, with what it takes; the acts with one more object have tests of their own."""
    return [
        ("japan", drafting.revise_proposal, {"content": make.content(world)}),
        ("japan", drafting.submit_proposal, {}),
        ("japan", drafting.withdraw_proposal, {}),
        ("secretariat", handling.register_proposal, {}),
        ("secretariat", handling.assign_proposal, {"body_id": world.bodies["group"]}),
        ("secretariat", handling.conclude_consideration, {}),
        (
            "secretariat",
            deciding.decide_proposal,
            {"sitting_id": await make.add_sitting(world), "content": make.decision()},
        ),
    ]


async def test_every_act_on_a_final_proposal_is_refused_and_writes_nothing(world: World) -> None:
    proposal_id = await make.registered(world)
    await make.act(world, "japan", drafting.withdraw_proposal, proposal_id)

    for who, action, sent in await acts_on(world):
        assert kind_and_code(await make.refusal_on(world, who, action, proposal_id, **sent)) == WRONG_STATE


async def test_every_act_on_a_stale_version_is_refused_and_writes_nothing(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    draft = await make.draft(world, "japan", cycle_id)
    submitted, registered, considered, concluded = [
        await reach(world, cycle_id=cycle_id)
        for reach in (make.submitted, make.registered, make.considered, make.concluded)
    ]

    proposals = (draft, draft, draft, submitted, registered, considered, concluded)
    for proposal_id, (who, action, sent) in zip(proposals, await acts_on(world), strict=True):
        refused = await make.refusal_on(world, who, action, proposal_id, expected_revision=99, **sent)
        assert kind_and_code(refused) == STALE


async def test_decision_of_a_sitting_that_was_over_before_the_proposal_is_refused(world: World) -> None:
    proposal_id = await make.concluded(world)
    over = await make.add_sitting(world, starts_on=date(2018, 9, 20), ends_on=date(2018, 9, 23))
    sent = {"proposal_id": proposal_id, "sitting_id": over, "content": make.decision(), "expected_revision": 1}

    refused = await refusal(world, "secretariat", deciding.decide_proposal, **sent)

    assert [(issue.path, issue.code) for issue in refused.issues] == [("sittingId", "SITTING_OVER")]


async def test_body_that_sat_before_the_one_before_it_is_refused(world: World) -> None:
    proposal_id = await make.concluded(world)
    ptc = await make.add_sitting(world, starts_on=date(2018, 9, 26), ends_on=date(2018, 9, 28))
    world.clock.move(days=3)
    await make.decide(world, proposal_id, ptc)
    early = await make.add_sitting(world, "pc", 80, starts_on=date(2018, 9, 24), ends_on=date(2018, 9, 25))
    sent = {"proposal_id": proposal_id, "sitting_id": early, "content": make.decision(), "expected_revision": 2}

    refused = await refusal(world, "secretariat", deciding.decide_proposal, **sent)

    assert [(issue.path, issue.code) for issue in refused.issues] == [("sittingId", "SITTING_OVER")]
