"""What people do with amendment proposals, on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from server.bodies.rules import Outcome
from server.ids import new_id
from server.models.bodies import Decision
from server.models.journal import JournalEntry
from server.models.proposals import Amendment, AmendmentProposal, AmendmentView, ReviewCycle
from server.models.texts import TextVersion
from server.proposals import actions
from server.proposals.rules import AmendmentContent, AmendmentKind, CycleKind, GroupView, ProposalContent
from server.proposals.rules import ProposalStatus as S
from server.refusals import Refusal, RefusalCode, RefusalKind
from tests.factories import proposals as make
from tests.factories.world import NOW, World

AGREED, NOT_AGREED, DEFERRED = GroupView.AGREED, GroupView.NOT_AGREED, GroupView.DEFERRED


async def rows(world: World, model: Any, order: Any = None) -> list[Any]:
    """Every row of a table."""
    async with world.database.reading() as connection:
        return list(await connection.execute(select(model.__table__).order_by(order)))


async def last_entry(world: World) -> Any:
    """The last entry of the journal."""
    return (await rows(world, JournalEntry, JournalEntry.sequence))[-1]


def cycle_of(mechanism_id: str, **changed: Any) -> dict[str, Any]:
    """What `open_cycle` takes."""
    days = {"opens_on": date(2018, 9, 1), "closes_on": date(2018, 9, 30)}
    return {"mechanism_id": mechanism_id, "kind": CycleKind.PERIODIC, "title": "Review"} | days | changed


def kind_and_code(refused: Refusal) -> tuple[RefusalKind, RefusalCode]:
    """What a client decides by."""
    return refused.kind, refused.code


FORBIDDEN = (RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN)
NOT_FOUND = (RefusalKind.NOT_FOUND, RefusalCode.NOT_FOUND)
WRONG_STATE = (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE)
STALE = (RefusalKind.STALE, RefusalCode.STALE_VERSION)
INVALID = (RefusalKind.INVALID, RefusalCode.INVALID)


async def test_open_cycle_under_the_mechanism_in_force(world: World) -> None:
    mechanism_id = await make.add_mechanism(world)

    cycle_id = await world.do("secretariat", actions.open_cycle, **cycle_of(mechanism_id, title=" Review "))

    (row,) = await rows(world, ReviewCycle)
    expected = (cycle_id, mechanism_id, CycleKind.PERIODIC, "Review", date(2018, 9, 1), date(2018, 9, 30))
    assert tuple(row) == expected


async def test_open_cycle_by_anyone_else_is_forbidden(world: World) -> None:
    sent = cycle_of(await make.add_mechanism(world))

    for who in ("japan", "canada", "upu", "gea"):
        assert kind_and_code(await make.refusal(world, who, actions.open_cycle, **sent)) == FORBIDDEN


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
        refused = await make.refusal(world, "secretariat", actions.open_cycle, **sent)
        assert (kind_and_code(refused), [issue.path for issue in refused.issues]) == (INVALID, [path])


async def test_open_cycle_under_an_unknown_mechanism_is_not_found(world: World) -> None:
    refused = await make.refusal(world, "secretariat", actions.open_cycle, **cycle_of(new_id("MEC")))

    assert kind_and_code(refused) == NOT_FOUND


@pytest.mark.parametrize("who", ["japan-assistant", "upu", "gea"])
async def test_draft_proposal_keeps_the_amendments_in_their_order(world: World, who: str) -> None:
    cycle_id = await make.open_cycle(world)

    proposal_id = await make.draft(world, who, cycle_id)

    (row,) = await rows(world, AmendmentProposal)
    assert (row.id, row.author_id, row.drafted_at) == (proposal_id, world.delegates[who], NOW)
    assert (row.submitted_at, row.content_digest) == (None, None)
    amendments = [tuple(each)[2:] for each in await rows(world, Amendment, Amendment.position)]
    assert amendments == [
        (1, AmendmentKind.MODIFY, world.keys[1], None, "Administrations shall exchange data."),
        (2, AmendmentKind.DELETE, world.keys[3], None, None),
    ]
    work = await make.work_of(world, proposal_id)
    assert tuple(work) == (proposal_id, S.DRAFT, None, None, [], 1)


async def refused_draft(world: World, who: str = "japan", **changed: Any) -> Refusal:
    """The refusal of a draft that must be refused."""
    sent = {"cycle_id": await make.open_cycle(world), "version_id": world.version, "content": make.content(world)}
    return await make.refusal(world, who, actions.draft_proposal, **(sent | changed))


async def test_draft_proposal_by_the_secretariat_is_forbidden(world: World) -> None:
    assert kind_and_code(await refused_draft(world, "secretariat")) == FORBIDDEN


@pytest.mark.parametrize(("name", "prefix"), [("cycle_id", "CYC"), ("version_id", "VER")])
async def test_draft_proposal_in_or_on_what_does_not_exist_is_not_found(world: World, name: str, prefix: str) -> None:
    assert kind_and_code(await refused_draft(world, **{name: new_id(prefix)})) == NOT_FOUND


@pytest.mark.parametrize(("who", "expected"), [("canada", WRONG_STATE), ("japan", NOT_FOUND)])
async def test_draft_proposal_on_a_working_version_is_refused(world: World, who: str, expected: Any) -> None:
    async with world.database.reading() as connection:
        instrument = (await connection.execute(select(TextVersion.instrument_id))).scalar_one()
    working = TextVersion(instrument_id=instrument, number=2, label="Draft 2", created_at=NOW)
    await world.add(working)

    assert kind_and_code(await refused_draft(world, who, version_id=working.id)) == expected


async def test_draft_proposal_names_every_fault_at_once(world: World) -> None:
    amendments = (
        AmendmentContent(AmendmentKind.MODIFY, world.provisions[1], wording="A version's id, not the permanent key."),
        AmendmentContent(AmendmentKind.MOVE, world.keys[1], world.keys[1]),
    )
    parties = (world.parties["japan"], world.parties["secretariat"], new_id("PTY"))
    said = ProposalContent("", "Because.", amendments, parties)

    refused = await refused_draft(world, content=said)

    assert kind_and_code(refused) == INVALID
    assert [issue.path for issue in refused.issues] == [
        "title",
        "amendments.0.provisionId",
        "amendments.1.afterId",
        "coSponsorIds.0",
        "coSponsorIds.1",
        "coSponsorIds.2",
    ]


async def test_revise_proposal_replaces_the_amendments_and_lets_confirmations_lapse(world: World) -> None:
    canada, china = world.parties["canada"], world.parties["china"]
    proposal_id = await make.draft(world, co_sponsor_ids=(canada,))
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[canada]
    await world.do("canada", actions.confirm_co_sponsorship, co_sponsor_id=co_sponsor.id, expected_version=1)
    moved = AmendmentContent(AmendmentKind.MOVE, world.keys[1], world.keys[2])
    said = make.content(world, title="Another title", amendments=(moved,), co_sponsor_ids=(china, canada))

    await make.act(world, "japan-assistant", actions.revise_proposal, proposal_id, content=said)

    (proposal,) = await rows(world, AmendmentProposal)
    assert proposal.title == "Another title"
    amendments = [tuple(each)[2:] for each in await rows(world, Amendment)]
    assert amendments == [(1, AmendmentKind.MOVE, world.keys[1], world.keys[2], None)]
    confirmed = {party: row.confirmed_at for party, row in (await make.co_sponsors_of(world, proposal_id)).items()}
    assert confirmed == {canada: None, china: None}
    assert (await make.work_of(world, proposal_id)).version == 2


async def test_revise_proposal_with_faults_is_invalid(world: World) -> None:
    proposal_id = await make.draft(world)
    said = make.content(world, rationale="")

    refused = await make.refusal_on(world, "japan", actions.revise_proposal, proposal_id, content=said)

    assert [issue.path for issue in refused.issues] == ["rationale"]


async def test_confirm_co_sponsorship_by_the_focal_point_of_the_named_party(world: World) -> None:
    upu = world.parties["upu"]
    proposal_id = await make.draft(world, co_sponsor_ids=(upu,))
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[upu]

    subject = await world.do("upu", actions.confirm_co_sponsorship, co_sponsor_id=co_sponsor.id, expected_version=1)

    row = (await make.co_sponsors_of(world, proposal_id))[upu]
    assert (subject, row.confirmed_at, row.confirmed_by_id) == (proposal_id, NOW, world.delegates["upu"])
    assert (await make.work_of(world, proposal_id)).version == 1


async def test_confirm_co_sponsorship_otherwise_is_refused(world: World) -> None:
    parties = (world.parties["upu"], world.parties["canada"])
    proposal_id = await make.draft(world, co_sponsor_ids=parties)
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[world.parties["upu"]]

    for who, expected_version, expected in (
        ("japan", 1, FORBIDDEN),
        ("canada", 1, FORBIDDEN),
        ("china", 1, NOT_FOUND),
        ("secretariat", 1, NOT_FOUND),
        ("upu", 2, STALE),
    ):
        sent = {"co_sponsor_id": co_sponsor.id, "expected_version": expected_version}
        refused = await make.refusal(world, who, actions.confirm_co_sponsorship, **sent)
        assert kind_and_code(refused) == expected


async def test_confirm_co_sponsorship_twice_is_refused(world: World) -> None:
    proposal_id = await make.draft(world, co_sponsor_ids=(world.parties["upu"],))
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[world.parties["upu"]]
    sent = {"co_sponsor_id": co_sponsor.id, "expected_version": 1}
    await world.do("upu", actions.confirm_co_sponsorship, **sent)

    refused = await make.refusal(world, "upu", actions.confirm_co_sponsorship, **sent)

    assert kind_and_code(refused) == (RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE)


async def test_submit_proposal_certifies_the_words(world: World) -> None:
    upu = world.parties["upu"]
    proposal_id = await make.draft(world, co_sponsor_ids=(upu,))
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[upu]
    await world.do("upu", actions.confirm_co_sponsorship, co_sponsor_id=co_sponsor.id, expected_version=1)

    await make.act(world, "japan", actions.submit_proposal, proposal_id)

    (row,) = await rows(world, AmendmentProposal)
    assert (row.submitted_at, row.submitted_by_id) == (NOW, world.delegates["japan"])
    assert (await make.work_of(world, proposal_id)).status == S.SUBMITTED
    entry = await last_entry(world)
    assert (entry.act, entry.subject_id) == ("proposal.submitted", proposal_id)
    assert entry.details == {"content_digest": row.content_digest}


async def test_submit_proposal_digest_depends_on_every_word(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    amendments = make.content(world).amendments
    other = (amendments[0]._replace(wording="Administrations should all exchange data."), amendments[1])
    for said in ({}, {}, {"title": "T"}, {"rationale": "R"}, {"amendments": amendments[:1]}, {"amendments": other}):
        proposal_id = await make.draft(world, "japan", cycle_id, **said)
        await make.act(world, "japan", actions.submit_proposal, proposal_id)

    digests = [row.content_digest for row in await rows(world, AmendmentProposal, AmendmentProposal.id)]

    assert len(digests) == 6
    assert digests[0] == digests[1]
    assert len(set(digests)) == 5


async def test_submit_proposal_fixes_the_words_in_the_database(world: World) -> None:
    await make.act(world, "japan", actions.submit_proposal, await make.draft(world))
    before = await make.everything(world)

    for statement in (
        "UPDATE amendment_proposals SET title = 'other'",
        "UPDATE amendments SET wording = 'other'",
        "DELETE FROM amendments",
    ):
        with pytest.raises(DatabaseError, match="cannot change"):
            async with world.database.writing() as session:
                await session.execute(text(statement))
        assert await make.everything(world) == before


async def test_submit_proposal_by_anyone_else_is_refused(world: World) -> None:
    proposal_id = await make.draft(world)

    for who, expected in (("japan-assistant", FORBIDDEN), ("china", NOT_FOUND), ("secretariat", NOT_FOUND)):
        assert kind_and_code(await make.refusal_on(world, who, actions.submit_proposal, proposal_id)) == expected


async def test_submit_proposal_without_amendments_is_refused(world: World) -> None:
    proposal_id = await make.draft(world, amendments=())

    refused = await make.refusal_on(world, "japan", actions.submit_proposal, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.message == "This proposal has no amendment yet. Revise it first."


async def test_submit_proposal_before_co_sponsors_confirmed_names_them(world: World) -> None:
    proposal_id = await make.draft(world, co_sponsor_ids=(world.parties["upu"], world.parties["canada"]))

    refused = await make.refusal_on(world, "japan", actions.submit_proposal, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.message == "Not confirmed yet by Canada, UPU."


async def test_submit_proposal_after_the_cycle_closed_is_refused(world: World) -> None:
    proposal_id = await make.draft(world)
    world.clock.move(days=7)

    refused = await make.refusal_on(world, "japan", actions.submit_proposal, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.message == "The review cycle closed on 2018-09-30."


async def test_register_proposal_numbers_the_whole_register(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    drafts = [await make.draft(world, who, cycle_id) for who in ("japan", "upu")]
    for who, proposal_id in zip(("japan", "upu"), reversed(drafts), strict=True):
        assert kind_and_code(await make.refusal_on(world, who, actions.submit_proposal, proposal_id)) == NOT_FOUND
    for who, proposal_id in zip(("japan", "upu"), drafts, strict=True):
        await make.act(world, who, actions.submit_proposal, proposal_id)

    for proposal_id in reversed(drafts):
        await make.act(world, "secretariat", actions.register_proposal, proposal_id)

    works = [await make.work_of(world, proposal_id) for proposal_id in drafts]
    assert [(work.number, work.status) for work in works] == [(2, S.REGISTERED), (1, S.REGISTERED)]


async def test_register_proposal_is_for_the_secretariat(world: World) -> None:
    proposal_id = await make.submitted(world)

    assert kind_and_code(await make.refusal_on(world, "japan", actions.register_proposal, proposal_id)) == FORBIDDEN


async def test_assign_proposal_to_a_group(world: World) -> None:
    proposal_id = await make.registered(world)

    await make.act(world, "secretariat", actions.assign_proposal, proposal_id, body_id=world.bodies["group"])

    work = await make.work_of(world, proposal_id)
    assert (work.status, work.body_id) == (S.UNDER_CONSIDERATION, world.bodies["group"])


async def test_assign_proposal_to_a_body_that_decides_is_invalid(world: World) -> None:
    proposal_id = await make.registered(world)

    for body in ("ptc", "pc", "council"):
        sent = {"body_id": world.bodies[body]}
        refused = await make.refusal_on(world, "secretariat", actions.assign_proposal, proposal_id, **sent)
        assert (kind_and_code(refused), refused.issues[0].path) == (INVALID, "bodyId")


async def test_assign_proposal_to_an_unknown_body_is_not_found(world: World) -> None:
    proposal_id = await make.registered(world)

    sent = {"body_id": new_id("BOD")}
    refused = await make.refusal_on(world, "secretariat", actions.assign_proposal, proposal_id, **sent)

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
    sent = {"amendment_id": amendment_id, "view": AGREED, "reason": "", "expected_version": 1}
    return await make.refusal(world, who, actions.record_view, **(sent | changed))


async def test_record_view_by_anyone_who_does_not_lead_is_forbidden(world: World) -> None:
    for who in ("japan", "china", "upu", "gea"):
        assert kind_and_code(await refused_view(world, who)) == FORBIDDEN


async def test_record_view_without_a_reason_is_refused_unless_agreed(world: World) -> None:
    refused = await refused_view(world, view=NOT_AGREED)

    assert kind_and_code(refused) == (RefusalKind.INVALID, RefusalCode.REASON_REQUIRED)


async def test_record_view_with_too_long_a_reason_is_invalid(world: World) -> None:
    assert kind_and_code(await refused_view(world, reason="x" * 20_001)) == INVALID


async def test_record_view_on_a_stale_version_is_refused(world: World) -> None:
    assert kind_and_code(await refused_view(world, expected_version=2)) == STALE


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

    await make.act(world, "canada", actions.conclude_consideration, proposal_id)

    assert (await make.work_of(world, proposal_id)).status == status


async def test_conclude_consideration_before_every_amendment_has_a_view_is_refused(world: World) -> None:
    proposal_id = await make.considered(world)
    await make.view(world, proposal_id, AGREED)

    refused = await make.refusal_on(world, "canada", actions.conclude_consideration, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.message == "1 of 2 amendments have no recorded view yet."


async def test_conclude_consideration_by_anyone_who_does_not_lead_is_forbidden(world: World) -> None:
    proposal_id = await make.considered(world)

    refused = await make.refusal_on(world, "china", actions.conclude_consideration, proposal_id)

    assert kind_and_code(refused) == FORBIDDEN


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

    await make.act(world, "canada", actions.conclude_consideration, proposal_id)
    said = {"sitting_id": pc, "content": make.decision()}
    refused = await make.refusal_on(world, "secretariat", actions.decide_proposal, proposal_id, **said)

    assert (returned.status, returned.body_id) == (S.UNDER_CONSIDERATION, world.bodies["group"])
    assert views == [AGREED, NOT_AGREED]
    assert refused.message == "It is the turn of a TECHNICAL_COMMITTEE; this sitting is of a POLICY_COMMISSION."


@pytest.mark.parametrize(("outcome", "verb"), [(Outcome.DEFERRED, "deferred"), (Outcome.REFERRED, "referred")])
async def test_decide_proposal_deferred_can_be_assigned_again(world: World, outcome: Outcome, verb: str) -> None:
    proposal_id = await make.concluded(world)
    await make.decide(world, proposal_id, await make.add_sitting(world), outcome, verb)
    deferred = (await make.work_of(world, proposal_id)).status

    await make.act(world, "secretariat", actions.assign_proposal, proposal_id, body_id=world.bodies["wgec"])

    assert deferred == S.DEFERRED
    assert (await make.work_of(world, proposal_id)).status == S.UNDER_CONSIDERATION


async def test_decide_proposal_out_of_turn_names_whose_turn_it_is(world: World) -> None:
    proposal_id = await make.concluded(world)

    for body in ("pc", "council", "wgec", "group"):
        said = {"sitting_id": await make.add_sitting(world, body), "content": make.decision()}
        refused = await make.refusal_on(world, "secretariat", actions.decide_proposal, proposal_id, **said)
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
        ("secretariat", {"expected_version": 2}, STALE),
        ("secretariat", {"content": contradicting}, INVALID),
    ):
        sent: dict[str, Any] = said | changed
        refused = await make.refusal_on(world, who, actions.decide_proposal, proposal_id, **sent)
        assert kind_and_code(refused) == expected


async def test_every_act_on_an_unknown_proposal_is_not_found(world: World) -> None:
    sent = {"proposal_id": new_id("PRP"), "expected_version": 1}

    assert kind_and_code(await make.refusal(world, "japan", actions.submit_proposal, **sent)) == NOT_FOUND


async def test_decide_proposal_before_the_sitting_says_from_when(world: World) -> None:
    proposal_id = await make.concluded(world)
    later = await make.add_sitting(world, starts_on=date(2018, 9, 27))

    said = {"sitting_id": later, "content": make.decision()}
    refused = await make.refusal_on(world, "secretariat", actions.decide_proposal, proposal_id, **said)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.unlocks_at is not None
    assert refused.unlocks_at.date() == date(2018, 9, 27)


async def test_withdraw_proposal_before_the_bodies_decide(world: World) -> None:
    cycle_id = await make.open_cycle(world)

    for reach in (make.draft, make.submitted, make.registered, make.considered):
        proposal_id = await reach(world, cycle_id=cycle_id)
        await make.act(world, "japan", actions.withdraw_proposal, proposal_id)
        assert (await make.work_of(world, proposal_id)).status == S.WITHDRAWN

    assert len(await rows(world, Amendment)) == 8


async def test_withdraw_proposal_once_the_group_agreed_is_refused(world: World) -> None:
    proposal_id = await make.concluded(world)

    for who in ("japan-assistant", "secretariat", "canada"):
        assert kind_and_code(await make.refusal_on(world, who, actions.withdraw_proposal, proposal_id)) == FORBIDDEN
    assert kind_and_code(await make.refusal_on(world, "japan", actions.withdraw_proposal, proposal_id)) == WRONG_STATE


async def acts_on(world: World, proposal_id: str) -> list[tuple[str, Any, dict[str, Any]]]:
    """Who does which act on a proposal, with what it takes; the acts with one more object have tests of their own."""
    return [
        ("japan", actions.revise_proposal, {"content": make.content(world)}),
        ("japan", actions.submit_proposal, {}),
        ("japan", actions.withdraw_proposal, {}),
        ("secretariat", actions.register_proposal, {}),
        ("secretariat", actions.assign_proposal, {"body_id": world.bodies["group"]}),
        ("secretariat", actions.conclude_consideration, {}),
        (
            "secretariat",
            actions.decide_proposal,
            {"sitting_id": await make.add_sitting(world), "content": make.decision()},
        ),
    ]


async def test_every_act_on_a_final_proposal_is_refused_and_writes_nothing(world: World) -> None:
    proposal_id = await make.registered(world)
    await make.act(world, "japan", actions.withdraw_proposal, proposal_id)

    for who, action, sent in await acts_on(world, proposal_id):
        assert kind_and_code(await make.refusal_on(world, who, action, proposal_id, **sent)) == WRONG_STATE


async def test_every_act_on_a_stale_version_is_refused_and_writes_nothing(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    draft = await make.draft(world, "japan", cycle_id)
    submitted, registered, considered, concluded = [
        await reach(world, cycle_id=cycle_id)
        for reach in (make.submitted, make.registered, make.considered, make.concluded)
    ]

    proposals = (draft, draft, draft, submitted, registered, considered, concluded)
    for proposal_id, (who, action, sent) in zip(proposals, await acts_on(world, draft), strict=True):
        refused = await make.refusal_on(world, who, action, proposal_id, expected_version=99, **sent)
        assert kind_and_code(refused) == STALE
