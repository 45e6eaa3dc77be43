"""Inviting delegates, taking invitations back and taking them up, on both databases."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.parties import queries
from server.domain.parties.actions import inviting, representing, seats
from server.domain.parties.queries import OpenInvitation
from server.domain.parties.rules.accrediting import Invited
from server.identity.secrets import digest_of
from server.kernel.refusals import Refusal
from server.kernel.refusals import RefusalCode as Code
from server.models.parties import Delegate, Person
from server.vocabulary.parties import Language
from tests.factories.accrediting import (
    TERMS,
    TODAY,
    accept,
    entries,
    invite,
    last_secret,
    letters,
    newcomer,
    refused,
    row,
    speaking,
)
from tests.factories.rounds import code_of, everything, rows_of
from tests.factories.world import NOW, World

DAY = timedelta(days=1)


async def change(world: World, model: Any, identifier: str, **values: Any) -> None:
    """Set columns of one row."""
    async with world.database.writing() as session:
        found = await session.get_one(model, identifier)
        for name, value in values.items():
            setattr(found, name, value)


async def test_invite_delegate_keeps_a_digest_and_writes_the_letter(world: World) -> None:
    invitation = await invite(world, "japan", "japan", "New@Example.org", name=" New delegate ", is_focal_point=True)

    secret = await last_secret(world)
    (letter,) = await rows_of(world, "letters")
    assert await row(world, "invitations", invitation) == {
        "id": invitation,
        "party_id": world.parties["japan"],
        "name": "New delegate",
        "email": "new@example.org",
        "is_focal_point": True,
        "is_administrator": False,
        "starts_on": TODAY,
        "ends_on": None,
        "predecessor_id": None,
        "secret_digest": digest_of(secret),
        "invited_at": NOW,
        "invited_by_id": world.delegates["japan"],
        "expires_at": NOW + timedelta(days=14),
        "accepted_at": None,
        "withdrawn_at": None,
        "delegate_id": None,
        "version": 1,
        "letter_id": letter["id"],
    }
    assert await letters(world) == [("new@example.org", "Invitation to speak for Japan Customs")]
    (entry,) = await rows_of(world, "journal")
    assert (entry["act"], entry["subject_id"], entry["party_id"]) == (
        "delegate.invited",
        invitation,
        world.parties["japan"],
    )
    assert not {"new@example.org", "New delegate", secret} & set(map(str, entry["details"].values()))


@pytest.mark.parametrize(
    ("reader", "subject"),
    [
        ("known", "Invitation à parler au nom de Japan Customs"),
        ("inviter", "Invitation à parler au nom de Japan Customs"),
        ("other", "Invitation to speak for Japan Customs"),
    ],
)
async def test_invite_delegate_speaks_the_language_of_the_reader_if_known_else_of_the_inviter(
    world: World, reader: str, subject: str
) -> None:
    person = {"known": await newcomer(world), "inviter": world.persons["japan"], "other": world.persons["upu"]}[reader]
    await change(world, queries.Person, person, language=Language.FRENCH)

    await invite(world, "japan", "japan", "new@example.org" if reader == "known" else "unknown@example.org")

    assert [letter[1] for letter in await letters(world)] == [subject]


@pytest.mark.parametrize(
    ("who", "party", "code"),
    [
        ("japan", "japan", None),
        ("secretariat", "japan", None),
        ("secretariat", "secretariat", None),
        ("japan-assistant", "japan", Code.FORBIDDEN),
        ("canada", "japan", Code.FORBIDDEN),
        (None, "japan", Code.NOT_FOUND),
    ],
)
async def test_invite_delegate_is_for_the_focal_point_and_the_secretariat(
    world: World, who: str | None, party: str, code: Code | None
) -> None:
    before = await everything(world)

    assert await code_of(invite(world, who, party)) == code  # type: ignore[arg-type]
    assert (await everything(world) == before) == (code is not None)


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        ("japan", {"email": "japan-assistant@example.org"}, Code.ALREADY_DONE),
        pytest.param("japan", {"email": "canada@example.org"}, None, marks=pytest.mark.accepted),
        ("japan", {"email": "nobody"}, Code.INVALID),
        ("japan", {"name": "A\r\nBcc: b@example.org"}, Code.INVALID),
        ("japan", {"starts_on": TODAY - DAY}, Code.INVALID),
        ("japan", {"ends_on": TODAY - DAY}, Code.INVALID),
        ("secretariat", {"is_administrator": True}, Code.INVALID),
    ],
)
async def test_invite_delegate_refuses(world: World, who: str, given: dict[str, Any], code: Code | None) -> None:
    before = await everything(world)

    assert await code_of(invite(world, who, "japan", **given)) == code
    assert (await everything(world) == before) == (code is not None)


async def test_invite_delegate_twice_is_refused_until_the_first_is_over(world: World) -> None:
    first = await invite(world, "japan", "japan")

    assert await code_of(invite(world, "secretariat", "japan", "NEW@example.org")) == Code.ALREADY_DONE
    assert await code_of(invite(world, "canada", "canada")) is None

    await world.do("japan", inviting.withdraw_invitation, invitation_id=first, expected_revision=1)
    assert await code_of(invite(world, "japan", "japan")) is None
    world.clock.move(days=14)
    assert await code_of(invite(world, "japan", "japan", starts_on=world.clock.now.date())) is None


async def test_invite_delegate_twice_at_once_invites_once(world: World) -> None:
    codes = await asyncio.gather(*(code_of(invite(world, who, "japan")) for who in ("japan", "secretariat")))

    assert sorted(map(str, codes)) == ["ALREADY_DONE", "None"]
    assert len(await letters(world)) == 1


async def test_invite_delegate_never_lasts_longer_than_the_focal_point(world: World) -> None:
    end = TODAY + 30 * DAY
    await change(world, queries.Delegate, world.delegates["japan"], ends_on=end)

    longer = [await code_of(invite(world, "japan", "japan", ends_on=day)) for day in (None, end + DAY)]

    assert longer == [Code.INVALID, Code.INVALID]
    assert await code_of(invite(world, "japan", "japan", ends_on=end)) is None
    assert await code_of(invite(world, "secretariat", "japan", "other@example.org")) is None


async def test_invite_delegate_for_another_party_is_not_for_who_represents_it(world: World) -> None:
    granted = {"party_id": world.parties["canada"], "by_party_id": world.parties["japan"], "evidence": "Note"}
    mandate = await world.do("canada", representing.grant_representation, **granted, starts_on=TODAY, ends_on=None)
    actor = await speaking(world, "japan", mandate)
    invited = Invited("New", "new@example.org", False, TODAY)

    with pytest.raises(Refusal) as refusal:
        async with world.database.writing() as session:
            await inviting.invite_delegate(
                session, actor, NOW, party_id=world.parties["canada"], invited=invited, terms=TERMS
            )

    assert (actor.party_id, actor.is_focal_point) == (world.parties["canada"], True)
    assert refusal.value.code == Code.FORBIDDEN
    assert await rows_of(world, "invitations") == []


async def test_find_invitation_tells_who_invites_for_what(world: World) -> None:
    invitation = await invite(world, "japan", "japan", is_focal_point=True, ends_on=TODAY + DAY)

    async with world.database.studying() as session:
        found = await queries.find_invitation(session, await last_secret(world), NOW)

    assert found == OpenInvitation(
        id=invitation,
        name="New delegate",
        email="new@example.org",
        party="Japan Customs",
        inviter="Delegate japan",
        is_focal_point=True,
        is_administrator=False,
        starts_on=TODAY,
        ends_on=TODAY + DAY,
        expires_at=NOW + timedelta(days=14),
    )


@pytest.mark.parametrize("over", ["unknown", "expired", "withdrawn", "used", "past"])
async def test_find_invitation_and_accept_invitation_know_none_that_is_over(world: World, over: str) -> None:
    ends_on = TODAY + DAY if over == "past" else None
    invitation = await invite(world, "japan", "japan", ends_on=ends_on)
    secret = await last_secret(world)
    await newcomer(world)
    await newcomer(world, "late")
    if over == "withdrawn":
        await world.do("japan", inviting.withdraw_invitation, invitation_id=invitation, expected_revision=1)
    if over == "used":
        await accept(world, secret, "new")
    world.clock.move(days={"expired": 14, "past": 2}.get(over, 0))
    before = await everything(world)

    async with world.database.studying() as session:
        found = await queries.find_invitation(session, "x" if over == "unknown" else secret, world.clock.now)
    with pytest.raises(Refusal) as refusal:
        await accept(world, "x" if over == "unknown" else secret, "late")

    assert found is None
    assert (refusal.value.code, refusal.value.message) == (Code.NOT_FOUND, "There is no such invitation for you.")
    assert await everything(world) == before


@pytest.mark.parametrize("days", [0, 5])
@pytest.mark.parametrize("is_focal_point", [True, False])
async def test_accept_invitation_accredits_from_its_first_day_or_from_today(
    world: World, days: int, is_focal_point: bool
) -> None:
    invitation = await invite(world, "secretariat", "japan", is_focal_point=is_focal_point, starts_on=TODAY + 2 * DAY)
    secret = await last_secret(world)
    person = await newcomer(world)
    now = world.clock.move(days=days)

    delegate = await accept(world, secret, "new")

    begins = TODAY + max(2, days) * DAY
    assert await row(world, "delegates", delegate) == {
        "id": delegate,
        "person_id": person,
        "party_id": world.parties["japan"],
        "starts_on": begins,
        "ends_on": None,
        "ended_at": None,
        "focal_point_from": begins if is_focal_point else None,
        "focal_point_until": None,
        "is_administrator": False,
        "is_service": False,
        "predecessor_id": None,
        "version": 1,
    }
    taken = await row(world, "invitations", invitation)
    assert (taken["accepted_at"], taken["delegate_id"], taken["version"]) == (now, delegate, 2)
    assert (await entries(world))[-1] == ("invitation.accepted", delegate, world.parties["japan"], delegate)
    world.clock.now = NOW + 10 * DAY
    actor = await world.actor("new")
    assert (actor.delegate_id, actor.is_focal_point) == (delegate, is_focal_point)


async def test_accept_invitation_as_administrator_gives_no_part_in_the_work(world: World) -> None:
    await invite(world, "secretariat", "secretariat", is_administrator=True)
    await newcomer(world)

    await accept(world, await last_secret(world), "new")

    actor = await world.actor("new")
    assert (actor.is_administrator, actor.is_signed_in, actor.is_secretariat) == (True, False, False)


async def test_accept_invitation_by_somebody_accredited_already_is_refused_and_leaves_it_open(world: World) -> None:
    await invite(world, "japan", "japan")
    secret = await last_secret(world)
    before = await everything(world)

    assert await code_of(accept(world, secret, "japan-assistant")) == Code.ALREADY_DONE
    assert await everything(world) == before
    assert await code_of(accept(world, secret, "canada")) is None
    assert len((await world.actor("canada")).standings) == 2


async def test_accept_invitation_by_a_suspended_person_is_refused(world: World) -> None:
    await invite(world, "japan", "japan")
    person = await newcomer(world)
    await change(world, queries.Person, person, suspended_at=NOW)

    assert await code_of(accept(world, await last_secret(world), "new")) == Code.NOT_FOUND
    assert len(await rows_of(world, "delegates")) == len(world.delegates)


async def test_accept_invitation_twice_at_once_accredits_once(world: World) -> None:
    await invite(world, "japan", "japan")
    secret = await last_secret(world)
    for key in ("new", "other"):
        await newcomer(world, key)

    codes = await asyncio.gather(*(code_of(accept(world, secret, key)) for key in ("new", "other")))

    assert sorted(map(str, codes)) == ["NOT_FOUND", "None"]
    assert len(await rows_of(world, "delegates")) == len(world.delegates) + 1


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("japan", None),
        ("secretariat", None),
        ("japan-assistant", Code.NOT_FOUND),
        ("canada", Code.NOT_FOUND),
        (None, Code.NOT_FOUND),
    ],
)
async def test_withdraw_invitation_is_for_those_who_see_it(world: World, who: str | None, code: Code | None) -> None:
    invitation = await invite(world, "japan", "japan")
    sent = {"invitation_id": invitation, "expected_revision": 1}

    if code:
        assert await refused(world, who, inviting.withdraw_invitation, **sent) == code
    else:
        await world.do(who, inviting.withdraw_invitation, **sent)
        assert (await row(world, "invitations", invitation))["withdrawn_at"] == NOW
        assert (await entries(world))[-1][0] == "invitation.withdrawn"


async def test_invite_delegate_again_and_again_is_refused_for_a_day(world: World) -> None:
    for _ in range(inviting.INVITATIONS_A_DAY):
        invitation = await invite(world, "japan", "japan", "new@example.org")
        await world.do("japan", inviting.withdraw_invitation, invitation_id=invitation, expected_revision=1)
        world.clock.move(minutes=1)

    with pytest.raises(Refusal) as refusal:
        await invite(world, "japan", "japan", "New@example.org")

    assert (refusal.value.code, refusal.value.unlocks_at) == (Code.ALREADY_DONE, NOW + DAY)
    assert len(await letters(world)) == inviting.INVITATIONS_A_DAY
    await invite(world, "japan", "japan", "other@example.org")
    world.clock.now = NOW + DAY
    await invite(world, "japan", "japan", "new@example.org", starts_on=TODAY + DAY)


async def test_withdraw_invitation_that_is_stale_or_over_is_refused(world: World) -> None:
    invitation = await invite(world, "japan", "japan")
    withdraw = inviting.withdraw_invitation

    stale = await refused(world, "japan", withdraw, invitation_id=invitation, expected_revision=2)
    await world.do("japan", withdraw, invitation_id=invitation, expected_revision=1)
    again = await refused(world, "japan", withdraw, invitation_id=invitation, expected_revision=2)

    assert (stale, again) == (Code.STALE_REVISION, Code.ALREADY_DONE)


@pytest.mark.parametrize("how", ["suspended", "ended", "released"])
async def test_accept_invitation_of_somebody_who_could_not_give_it_any_more_is_refused(world: World, how: str) -> None:
    await invite(world, "japan", "japan", is_focal_point=True)
    secret = await last_secret(world)
    await newcomer(world)
    async with world.database.writing() as session:
        giver = await session.get_one(Delegate, world.delegates["japan"])
        if how == "suspended":
            (await session.get_one(Person, giver.person_id)).suspended_at = NOW
        elif how == "ended":
            giver.ended_at = NOW
        else:
            giver.focal_point_until = date(2018, 9, 23)
    before = await everything(world)

    code = await code_of(accept(world, secret, "new"))

    assert code == Code.NOT_FOUND
    assert await everything(world) == before


async def test_a_focal_point_for_a_time_gives_no_longer(world: World) -> None:
    async with world.database.writing() as session:
        (await session.get_one(Delegate, world.delegates["japan"])).focal_point_until = TODAY
    assistant = {"delegate_id": world.delegates["japan-assistant"], "starts_on": TODAY, "expected_revision": 1}

    for ends_on, code in ((None, Code.INVALID), (TODAY, None)):
        invited = code_of(
            invite(world, "japan", "japan", f"{ends_on}@example.org", is_focal_point=True, ends_on=ends_on)
        )
        appointed = code_of(world.do("japan", seats.appoint_focal_point, **assistant, ends_on=ends_on))
        assert (await invited, await appointed) == (code, code)
