"""What the proponent and its co-sponsors do with a proposal, on both databases."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from server.domain.proposals.actions import drafting, joining
from server.domain.proposals.rules.contents import AmendmentContent, ProposalContent
from server.kernel.ids import new_id
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.proposals import Amendment, AmendmentProposal
from server.models.texts import TextVersion
from server.vocabulary.proposals import AmendmentKind
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
from tests.factories.contents import contents_of
from tests.factories.entries import said
from tests.factories.rounds import code_of
from tests.factories.world import NOW, World


@pytest.mark.parametrize("who", ["japan-assistant", "upu", "gea"])
async def test_draft_proposal_keeps_the_amendments_in_their_order(world: World, who: str) -> None:
    cycle_id = await make.open_cycle(world)

    proposal_id = await make.draft(world, who, cycle_id)

    (row,) = await rows(world, AmendmentProposal)
    assert (row.id, row.author_id, row.drafted_at) == (proposal_id, world.delegates[who], NOW)
    assert (row.submitted_at, row.content_digest) == (None, None)
    amendments = [tuple(each)[2:] for each in await rows(world, Amendment, Amendment.position)]
    assert amendments == [
        (1, AmendmentKind.MODIFY, world.keys[1], None, "Administrations shall exchange data.", None, None, None),
        (2, AmendmentKind.DELETE, world.keys[3], None, None, None, None, None),
    ]
    work = await make.work_of(world, proposal_id)
    assert tuple(work) == (proposal_id, S.DRAFT, None, None, [], None, None, None, None, 1)


async def test_draft_proposal_keeps_a_wording_without_the_number_copied_along(world: World) -> None:
    amendment = AmendmentContent(AmendmentKind.MODIFY, world.keys[1], wording="1. Administrations exchange data.")
    said = make.content(world, amendments=(amendment,))

    sent = {"cycle_id": await make.open_cycle(world), "text_version_id": world.version, "content": said}
    await world.do("japan", drafting.draft_proposal, **sent)

    (row,) = await rows(world, Amendment)
    assert row.wording == "Administrations exchange data."


async def refused_draft(world: World, who: str = "japan", **changed: Any) -> Refusal:
    """The refusal of a draft that must be refused."""
    sent = {"cycle_id": await make.open_cycle(world), "text_version_id": world.version, "content": make.content(world)}
    return await refusal(world, who, drafting.draft_proposal, **(sent | changed))


async def test_draft_proposal_by_the_secretariat_is_forbidden(world: World) -> None:
    assert kind_and_code(await refused_draft(world, "secretariat")) == FORBIDDEN


@pytest.mark.parametrize(("name", "prefix"), [("cycle_id", "CYC"), ("text_version_id", "VER")])
async def test_draft_proposal_in_or_on_what_does_not_exist_is_not_found(world: World, name: str, prefix: str) -> None:
    assert kind_and_code(await refused_draft(world, **{name: new_id(prefix)})) == NOT_FOUND


@pytest.mark.parametrize(("who", "expected"), [("canada", WRONG_STATE), ("japan", NOT_FOUND)])
async def test_draft_proposal_on_a_working_version_is_refused(world: World, who: str, expected: Any) -> None:
    async with world.database.reading() as connection:
        instrument = (await connection.execute(select(TextVersion.instrument_id))).scalar_one()
    working = TextVersion(instrument_id=instrument, number=2, label="Draft 2", created_at=NOW)
    await world.add(working)

    assert kind_and_code(await refused_draft(world, who, text_version_id=working.id)) == expected


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
        "amendments.0.provisionKey",
        "amendments.1.afterKey",
        "coSponsorIds.0",
        "coSponsorIds.1",
        "coSponsorIds.2",
    ]


async def test_revise_proposal_replaces_the_amendments_and_lets_confirmations_lapse(world: World) -> None:
    canada, china = world.parties["canada"], world.parties["china"]
    proposal_id = await make.draft(world, co_sponsor_ids=(canada,))
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[canada]
    await world.do("canada", joining.confirm_co_sponsorship, co_sponsor_id=co_sponsor.id, expected_revision=1)
    moved = AmendmentContent(AmendmentKind.MOVE, world.keys[1], world.keys[2])
    said = make.content(world, title="Another title", amendments=(moved,), co_sponsor_ids=(china, canada))

    await make.act(world, "japan-assistant", drafting.revise_proposal, proposal_id, content=said)

    (proposal,) = await rows(world, AmendmentProposal)
    assert proposal.title == "Another title"
    amendments = [tuple(each)[2:] for each in await rows(world, Amendment)]
    assert amendments == [(1, AmendmentKind.MOVE, world.keys[1], world.keys[2], None, None, None, None)]
    confirmed = {party: row.confirmed_at for party, row in (await make.co_sponsors_of(world, proposal_id)).items()}
    assert confirmed == {canada: None, china: None}
    assert (await make.work_of(world, proposal_id)).revision == 2


async def test_revise_proposal_with_faults_is_invalid(world: World) -> None:
    proposal_id = await make.draft(world)
    said = make.content(world, rationale="")

    refused = await make.refusal_on(world, "japan", drafting.revise_proposal, proposal_id, content=said)

    assert [issue.path for issue in refused.issues] == ["rationale"]


async def test_confirm_co_sponsorship_by_the_focal_point_of_the_named_party(world: World) -> None:
    upu = world.parties["upu"]
    proposal_id = await make.draft(world, co_sponsor_ids=(upu,))
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[upu]

    subject = await world.do("upu", joining.confirm_co_sponsorship, co_sponsor_id=co_sponsor.id, expected_revision=1)

    row = (await make.co_sponsors_of(world, proposal_id))[upu]
    assert (subject, row.confirmed_at, row.confirmed_by_id) == (proposal_id, NOW, world.delegates["upu"])
    assert (await make.work_of(world, proposal_id)).revision == 1


async def test_confirm_co_sponsorship_otherwise_is_refused(world: World) -> None:
    parties = (world.parties["upu"], world.parties["canada"])
    proposal_id = await make.draft(world, co_sponsor_ids=parties)
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[world.parties["upu"]]

    for who, expected_revision, expected in (
        ("japan", 1, FORBIDDEN),
        ("canada", 1, FORBIDDEN),
        ("china", 1, NOT_FOUND),
        ("secretariat", 1, NOT_FOUND),
        ("upu", 2, STALE),
    ):
        sent = {"co_sponsor_id": co_sponsor.id, "expected_revision": expected_revision}
        refused = await refusal(world, who, joining.confirm_co_sponsorship, **sent)
        assert kind_and_code(refused) == expected


async def test_confirm_co_sponsorship_twice_is_refused(world: World) -> None:
    proposal_id = await make.draft(world, co_sponsor_ids=(world.parties["upu"],))
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[world.parties["upu"]]
    sent = {"co_sponsor_id": co_sponsor.id, "expected_revision": 1}
    await world.do("upu", joining.confirm_co_sponsorship, **sent)

    refused = await refusal(world, "upu", joining.confirm_co_sponsorship, **sent)

    assert kind_and_code(refused) == (RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE)


async def test_submit_proposal_certifies_the_words(world: World) -> None:
    upu = world.parties["upu"]
    proposal_id = await make.draft(world, co_sponsor_ids=(upu,))
    co_sponsor = (await make.co_sponsors_of(world, proposal_id))[upu]
    await world.do("upu", joining.confirm_co_sponsorship, co_sponsor_id=co_sponsor.id, expected_revision=1)

    await make.act(world, "japan", drafting.submit_proposal, proposal_id)

    (row,) = await rows(world, AmendmentProposal)
    assert (row.submitted_at, row.submitted_by_id) == (NOW, world.delegates["japan"])
    assert (await make.work_of(world, proposal_id)).status == S.SUBMITTED
    entry = await last_entry(world)
    assert (entry.act, entry.subject_id) == ("proposal.submitted", proposal_id)
    assert said(entry.details) == {
        "content_digest": row.content_digest,
        "cycle": row.cycle_id,
        "version": world.version,
        "amendments": 2,
        "co_sponsors": [world.parties["upu"]],
    }


async def test_submit_proposal_digest_depends_on_every_word(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    amendments = make.content(world).amendments
    other = (amendments[0]._replace(wording="Administrations should all exchange data."), amendments[1])
    for changed in ({}, {}, {"title": "T"}, {"rationale": "R"}, {"amendments": amendments[:1]}, {"amendments": other}):
        proposal_id = await make.draft(world, "japan", cycle_id, **changed)
        await make.act(world, "japan", drafting.submit_proposal, proposal_id)

    digests = [row.content_digest for row in await rows(world, AmendmentProposal, AmendmentProposal.id)]

    assert len(digests) == 6
    assert digests[0] == digests[1]
    assert len(set(digests)) == 5


async def test_submit_proposal_fixes_the_words_in_the_database(world: World) -> None:
    await make.act(world, "japan", drafting.submit_proposal, await make.draft(world))
    before = contents_of(world.database)

    for statement in (
        "UPDATE amendment_proposals SET title = 'other'",
        "UPDATE amendments SET wording = 'other'",
        "DELETE FROM amendments",
    ):
        with pytest.raises(DatabaseError, match="cannot change"):
            async with world.database.writing() as session:
                await session.execute(text(statement))
        assert contents_of(world.database) == before


async def test_submit_proposal_by_anyone_else_is_refused(world: World) -> None:
    proposal_id = await make.draft(world)

    for who, expected in (("japan-assistant", FORBIDDEN), ("china", NOT_FOUND), ("secretariat", NOT_FOUND)):
        assert kind_and_code(await make.refusal_on(world, who, drafting.submit_proposal, proposal_id)) == expected


async def test_submit_proposal_without_amendments_is_refused(world: World) -> None:
    proposal_id = await make.draft(world, amendments=())

    refused = await make.refusal_on(world, "japan", drafting.submit_proposal, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.message == "This proposal has no amendment yet. Revise it first."


async def test_submit_proposal_before_co_sponsors_confirmed_names_them(world: World) -> None:
    proposal_id = await make.draft(world, co_sponsor_ids=(world.parties["upu"], world.parties["canada"]))

    refused = await make.refusal_on(world, "japan", drafting.submit_proposal, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.message == "Not confirmed yet by Canada, UPU. Leave them out, or wait."


async def test_decline_co_sponsorship_lets_the_proponent_leave_the_party_out(world: World) -> None:
    ids = [world.parties[each] for each in ("upu", "canada", "china")]
    proposal_id = await make.draft(world, co_sponsor_ids=tuple(ids))
    rows_by_party = await make.co_sponsors_of(world, proposal_id)
    confirmed = {"co_sponsor_id": rows_by_party[ids[2]].id, "expected_revision": 1}
    await world.do("china", joining.confirm_co_sponsorship, **confirmed)
    declined = {"co_sponsor_id": rows_by_party[ids[0]].id}
    await world.do("upu", joining.decline_co_sponsorship, **declined, reason=" Not ours. ")
    refused = await make.refusal_on(world, "japan", drafting.submit_proposal, proposal_id)

    await make.act(world, "japan", drafting.submit_proposal, proposal_id, can_leave_out=True)

    assert refused.message == "Declined by UPU. Not confirmed yet by Canada. Leave them out, or wait."
    assert {*await make.co_sponsors_of(world, proposal_id)} == {ids[2]}


async def test_decline_co_sponsorship_otherwise_is_refused(world: World) -> None:
    upu = world.parties["upu"]
    proposal_id = await make.draft(world, co_sponsor_ids=(upu,))
    declined = {"co_sponsor_id": (await make.co_sponsors_of(world, proposal_id))[upu].id}

    codes = [
        await code_of(world.do(who, joining.decline_co_sponsorship, **declined | changed))
        for who, changed in (
            ("gea", {}),
            ("japan", {}),
            ("upu", {"reason": "x" * 20_001}),
            ("upu", {}),
            ("upu", {}),
        )
    ]

    expected = [RefusalCode.NOT_FOUND, RefusalCode.FORBIDDEN, RefusalCode.INVALID, None, RefusalCode.ALREADY_DONE]
    assert codes == expected


async def test_revise_proposal_asks_again_only_for_other_words(world: World) -> None:
    upu, canada = world.parties["upu"], world.parties["canada"]
    proposal_id = await make.draft(world, co_sponsor_ids=(upu,))
    named = (await make.co_sponsors_of(world, proposal_id))[upu]
    await world.do("upu", joining.confirm_co_sponsorship, co_sponsor_id=named.id, expected_revision=1)

    same = make.content(world, co_sponsor_ids=(upu, canada))
    await make.act(world, "japan", drafting.revise_proposal, proposal_id, content=same)
    after_same = await make.co_sponsors_of(world, proposal_id)
    other = make.content(world, title="Another title", co_sponsor_ids=(upu, canada))
    await make.act(world, "japan", drafting.revise_proposal, proposal_id, content=other)
    after_other = await make.co_sponsors_of(world, proposal_id)

    assert {party: row.confirmed_at is not None for party, row in after_same.items()} == {upu: True, canada: False}
    assert {party: row.confirmed_at is not None for party, row in after_other.items()} == {upu: False, canada: False}


async def test_submit_proposal_after_the_cycle_closed_is_refused(world: World) -> None:
    proposal_id = await make.draft(world)
    world.clock.move(days=7)

    refused = await make.refusal_on(world, "japan", drafting.submit_proposal, proposal_id)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.message == "The review cycle closed on 30 September 2018."


async def test_withdraw_proposal_before_the_bodies_decide(world: World) -> None:
    cycle_id = await make.open_cycle(world)

    for reach in (make.draft, make.submitted, make.registered, make.considered):
        proposal_id = await reach(world, cycle_id=cycle_id)
        await make.act(world, "japan", drafting.withdraw_proposal, proposal_id)
        assert (await make.work_of(world, proposal_id)).status == S.WITHDRAWN

    assert len(await rows(world, Amendment)) == 8


async def test_withdraw_proposal_once_the_group_agreed_is_refused(world: World) -> None:
    proposal_id = await make.concluded(world)

    for who in ("japan-assistant", "secretariat", "canada"):
        assert kind_and_code(await make.refusal_on(world, who, drafting.withdraw_proposal, proposal_id)) == FORBIDDEN
    assert kind_and_code(await make.refusal_on(world, "japan", drafting.withdraw_proposal, proposal_id)) == WRONG_STATE
