"""Invitations between proponents: what happens, each refusal, who sees them, what waits and who is told."""

from typing import Any

import pytest
from sqlalchemy import select

from server.delivery.live.judging import judge, kind_of
from server.delivery.live.tail import read_news
from server.domain.neighbours.actions import inviting
from server.domain.neighbours.rules.inviting import MESSAGE_LIMIT
from server.domain.proposals.actions import drafting, handling, joining
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.tasks.queries.finding import find_tasks
from server.journal.queries import visible_journal_entries
from server.kernel.refusals import RefusalCode, RefusalKind
from server.models.journal import JournalEntry
from server.models.neighbours import NeighbourInvitation
from server.vocabulary.neighbours import NeighbourInvitationKind, NeighbourInvitationStatus
from server.vocabulary.proposals import AmendmentKind
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
from tests.factories.api import Api
from tests.factories.world import NOW, World
from tests.neighbours.test_api import SOFT, draft, registered, rewording
from tests.notices.test_actions import tell, told

MERGE, CO_SPONSOR = NeighbourInvitationKind.MERGE, NeighbourInvitationKind.CO_SPONSOR
DONE = (RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE)


async def two(world: World) -> tuple[str, str]:
    """Return a registered proposal of Canada, and one of Japan that conflicts with it."""
    cycle_id = await make.open_cycle(world)
    own = await draft(world, "canada", cycle_id, rewording(world))
    await make.act(world, "canada", drafting.submit_proposal, own)
    await make.act(world, "secretariat", handling.register_proposal, own)
    return own, await registered(world, cycle_id, rewording(world, SOFT))


async def invite(world: World, own: str, other: str, who: str = "canada", **changed: Any) -> str:
    """Invite the proponent of a neighbour to merge."""
    sent = {"neighbour_id": other, "kind": MERGE, "message": "Shall we?"} | changed
    return await make.act(world, who, inviting.invite_neighbour, own, **sent)


def without_rows(entry: Any) -> dict[str, Any]:
    """Return the details of an entry of the journal without the digest of the rows that it binds."""
    return {name: value for name, value in entry.details.items() if name != "rows"}


async def refused(world: World, own: str, other: str, who: str = "canada", **changed: Any) -> Any:
    """Return kind and code of the refusal of an invitation."""
    sent = {"neighbour_id": other, "kind": MERGE} | changed
    return kind_and_code(await make.refusal_on(world, who, inviting.invite_neighbour, own, **sent))


async def test_the_proponent_of_a_neighbour_is_invited_and_accepts_on_record(world: World) -> None:
    own, other = await two(world)

    on = await invite(world, own, other)
    invited = await last_entry(world)
    sent = {"neighbour_invitation_id": on, "reply": " Gladly. ", "expected_revision": 1}
    await world.do("japan", inviting.accept_neighbour_invitation, **sent)

    (row,) = await rows(world, NeighbourInvitation)
    parties = world.parties["canada"], world.parties["japan"]
    assert (row.proposal_id, row.neighbour_id, row.party_id, row.neighbour_party_id) == (own, other, *parties)
    assert (row.kind, row.message, row.status) == (MERGE, "Shall we?", NeighbourInvitationStatus.ACCEPTED)
    assert (row.invited_at, row.answered_at, row.reply, row.version) == (NOW, NOW, "Gladly.", 2)
    assert (invited.act, invited.subject_id) == ("neighbour.invited", on)
    assert without_rows(invited) == {
        "proposal": own,
        "neighbour": other,
        "party": world.parties["japan"],
        "kind": "MERGE",
        "message": "Shall we?",
    }
    answered = await last_entry(world)
    assert answered.act == "neighbour_invitation.accepted"
    assert without_rows(answered) == {"proposal": own, "neighbour": other, "kind": "MERGE", "answer": "Gladly."}


async def test_an_invitation_that_was_declined_can_be_made_again(world: World) -> None:
    own, other = await two(world)
    on = await invite(world, own, other)
    await world.do("japan", inviting.decline_neighbour_invitation, neighbour_invitation_id=on, expected_revision=1)

    again = await refusal(
        world, "japan", inviting.accept_neighbour_invitation, neighbour_invitation_id=on, expected_revision=2
    )
    await invite(world, own, other, kind=CO_SPONSOR)

    assert kind_and_code(again) == WRONG_STATE
    statuses = [row.status for row in await rows(world, NeighbourInvitation, NeighbourInvitation.id)]
    assert statuses == [NeighbourInvitationStatus.DECLINED, NeighbourInvitationStatus.OPEN]


async def test_an_invitation_that_cannot_be_is_refused(world: World) -> None:
    own, other = await two(world)
    cycle_id = await make.open_cycle(world, mechanism_id=await make.add_mechanism(world))
    elsewhere = await registered(world, cycle_id, AmendmentContent(AmendmentKind.DELETE, world.keys[3]))
    hidden = await draft(world, "china", cycle_id, rewording(world))
    own_other = await draft(world, "canada", cycle_id, rewording(world, SOFT))
    too_long = "x" * (MESSAGE_LIMIT + 1)

    assert await refused(world, own, other, "japan") == FORBIDDEN
    assert await refused(world, other, own, "japan-assistant") == FORBIDDEN
    assert await refused(world, own, hidden) == NOT_FOUND
    assert await refused(world, hidden, own) == NOT_FOUND
    assert await refused(world, own, elsewhere) == INVALID
    assert await refused(world, own, own_other) == INVALID
    assert await refused(world, own, other, message=too_long) == INVALID
    assert await refused(world, own, other, expected_revision=1) == STALE
    await invite(world, own, other)
    assert await refused(world, own, other, kind=CO_SPONSOR) == DONE


async def test_a_draft_invites_only_a_party_that_sees_it_and_not_to_co_sponsor(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    other = await registered(world, cycle_id, rewording(world, SOFT))
    hidden = await draft(world, "canada", cycle_id, rewording(world))
    shown = await draft(world, "canada", cycle_id, rewording(world), co_sponsor_ids=(world.parties["japan"],))

    assert await refused(world, hidden, other) == WRONG_STATE
    assert await refused(world, shown, other, kind=CO_SPONSOR) == WRONG_STATE
    on = await invite(world, shown, other)

    assert [row.id for row in await rows(world, NeighbourInvitation)] == [on]


async def test_who_may_not_answer_and_what_is_decided_is_refused(world: World) -> None:
    own, other = await two(world)
    on = await invite(world, own, other)
    sent = {"neighbour_invitation_id": on, "expected_revision": 1}
    accept = inviting.accept_neighbour_invitation

    assert kind_and_code(await refusal(world, "canada", accept, **sent)) == FORBIDDEN
    assert kind_and_code(await refusal(world, "japan-assistant", accept, **sent)) == FORBIDDEN
    assert kind_and_code(await refusal(world, "secretariat", accept, **sent)) == FORBIDDEN
    assert kind_and_code(await refusal(world, "china", accept, **sent)) == NOT_FOUND
    assert kind_and_code(await refusal(world, "japan", accept, **sent | {"expected_revision": 9})) == STALE
    too_long = sent | {"reply": "x" * (MESSAGE_LIMIT + 1)}
    assert kind_and_code(await refusal(world, "japan", accept, **too_long)) == INVALID
    await make.act(world, "canada", drafting.withdraw_proposal, own)
    assert kind_and_code(await refusal(world, "japan", accept, **sent)) == WRONG_STATE
    await world.do("japan", inviting.decline_neighbour_invitation, **sent)


async def waiting(world: World, who: str) -> list[tuple[str, str]]:
    """Return the act and the subject of the tasks about invitations that wait for somebody."""
    async with world.database.reading() as connection:
        tasks = await find_tasks(connection, await world.actor(who), world.clock.now)
    return [(task.act, task.subject_id) for task in tasks if "neighbour" in task.act]


@pytest.mark.own_sql
async def test_the_invited_focal_point_has_a_task_and_both_sides_are_told(world: World) -> None:
    own, other = await two(world)
    await tell(world)
    on = await invite(world, own, other)
    await tell(world)
    asked = {who: await waiting(world, who) for who in ("japan", "japan-assistant", "canada", "secretariat")}
    await world.do("japan", inviting.accept_neighbour_invitation, neighbour_invitation_id=on, expected_revision=1)
    await tell(world)

    task = [("accept_neighbour_invitation", on)]
    assert asked == {"japan": task, "japan-assistant": [], "canada": [], "secretariat": []}
    assert await waiting(world, "japan") == []
    assert {each for each in await told(world) if each[1].startswith("neighbour")} == {
        ("japan", "neighbour.invited"),
        ("canada", "neighbour_invitation.accepted"),
    }


@pytest.mark.own_sql
async def test_an_invitation_is_seen_by_its_parties_and_those_who_handle_the_proposals(api: Api) -> None:
    world = api.world
    own, other = await two(world)
    on = await invite(world, own, other)

    seen = {}
    for who in ("canada", "japan", "japan-assistant", "secretariat", "china", "upu", "gea"):
        one = (await api.ask(who, "NeighbourInvitationDetail", id=on))["neighbourInvitation"]
        listed = await api.ask(who, "NeighbourInvitationList", filter={"proposalId": [own]})
        seen[who] = one is not None
        assert listed["neighbourInvitations"]["totalCount"] == int(seen[who])

    everybody = {"canada", "japan", "japan-assistant", "secretariat"}
    assert {who for who, sees in seen.items() if sees} == everybody


async def acts_seen(world: World, who: str) -> tuple[set[str], set[str]]:
    """Return the tags of the entries that somebody sees, read from the journal and as news of it."""
    parameters = (await world.actor(who)).parameters(world.clock.now)
    listed = select(JournalEntry.act).where(visible_journal_entries(JournalEntry))
    async with world.database.reading() as connection:
        news = await read_news(connection, 0)
        kind = kind_of(parameters)
        streamed = (await judge(connection, [kind], news))[kind]
        return set(await connection.scalars(listed, parameters)), {e.act for e in news if e.sequence in streamed}


@pytest.mark.own_sql
async def test_what_parties_say_to_a_draft_is_hidden_from_the_secretariat_until_it_is_filed(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    other = await registered(world, cycle_id, rewording(world, SOFT))
    named = (world.parties["japan"], world.parties["china"])
    own = await draft(world, "canada", cycle_id, rewording(world), co_sponsor_ids=named)
    japan, china = [(await make.co_sponsors_of(world, own))[party_id].id for party_id in named]
    invited, again = await invite(world, own, other), {"expected_revision": 1}
    await world.do("japan", inviting.decline_neighbour_invitation, neighbour_invitation_id=invited, **again)
    invited = await invite(world, own, other, message="Once more?")
    await world.do("japan", inviting.accept_neighbour_invitation, neighbour_invitation_id=invited, **again)
    revision = (await make.work_of(world, own)).revision
    await world.do("japan", joining.confirm_co_sponsorship, co_sponsor_id=japan, expected_revision=revision)
    await world.do("china", joining.decline_co_sponsorship, co_sponsor_id=china, reason="Ours is softer.")
    given_up = await draft(world, "canada", cycle_id, rewording(world))
    await make.act(world, "canada", drafting.withdraw_proposal, given_up)

    before = {who: await acts_seen(world, who) for who in ("secretariat", "japan", "canada")}
    await make.act(world, "canada", drafting.submit_proposal, own, can_leave_out=True)
    listed, streamed = await acts_seen(world, "secretariat")

    answers = {"neighbour_invitation.accepted", "neighbour_invitation.declined", "co_sponsorship.confirmed"}
    private = answers | {"neighbour.invited", "co_sponsorship.declined"}
    assert [seen & (private | {"proposal.withdrawn"}) for seen in before["secretariat"]] == [set(), set()]
    assert [seen & private for seen in before["japan"]] == [answers, answers]
    withdrawn = {"neighbour.invited", "proposal.withdrawn"}
    assert [seen & (private | withdrawn) for seen in before["canada"]] == [withdrawn, withdrawn]
    assert (listed & private, streamed & private) == (private, private)
    assert "proposal.withdrawn" not in listed | streamed


async def test_an_invitation_is_made_and_answered_over_http(api: Api) -> None:
    own, other = await two(api.world)
    revision = (await make.work_of(api.world, own)).revision
    sent = {"proposalId": own, "neighbourId": other, "kind": "CO_SPONSOR", "expectedRevision": revision}
    offers = (await api.ask("canada", "ProposalDetail", id=own))["proposal"]["availableActs"]

    invited = await api.act("canada", "inviteNeighbour", **sent)
    on = invited["invitation"]["id"]
    (accept, decline) = (await api.ask("japan", "NeighbourInvitationDetail", id=on))["neighbourInvitation"][
        "availableActs"
    ]
    declined = await api.act(
        "japan", "declineNeighbourInvitation", neighbourInvitationId=on, reply="No.", expectedRevision=1
    )
    again = await api.act("japan", "acceptNeighbourInvitation", neighbourInvitationId=on, expectedRevision=2)

    assert next(each for each in offers if each["act"] == "INVITE_NEIGHBOUR")["isAllowed"] is True
    assert (invited["__typename"], invited["invitation"]["message"]) == ("NeighbourInvited", None)
    assert (accept["isAllowed"], decline["isAllowed"]) == (True, True)
    assert (declined["invitation"]["status"], declined["invitation"]["reply"]) == ("DECLINED", "No.")
    assert (again["__typename"], again["code"]) == ("Refusal", "WRONG_STATE")
