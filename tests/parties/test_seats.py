"""Handing seats over, ending accreditations and the function of a focal point, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.parties.actions import seats
from server.domain.proposals.actions.drafting import submit_proposal
from server.domain.rounds.actions import filing
from server.kernel.actor import Capacity
from server.kernel.refusals import RefusalCode as Code
from server.models.bodies import Function
from server.models.parties import Delegate, Person
from server.vocabulary.bodies import FunctionKind
from tests.factories.accrediting import (
    TODAY,
    accept,
    accredit,
    at_once,
    entries,
    hand_over,
    invite,
    last_secret,
    letters,
    newcomer,
    refused,
    row,
)
from tests.factories.proposals import act as act_on_proposal
from tests.factories.proposals import draft as draft_proposal
from tests.factories.rounds import code_of, draft, everything, open_round, rows_of, words
from tests.factories.world import NOW, World

DAY = timedelta(days=1)
END = {"ends_on": None, "reason": "A new post.", "expected_revision": 1}


async def change(world: World, model: Any, identifier: str, **values: Any) -> None:
    """Set columns of one row."""
    async with world.database.writing() as session:
        found = await session.get_one(model, identifier)
        for name, value in values.items():
            setattr(found, name, value)


async def succeed(world: World, **given: Any) -> str:
    """Canada's seat handed over and taken up by "successor"; gives the new delegate's id."""
    await hand_over(world, "canada", "canada", **given)
    await newcomer(world, "successor")
    return await accept(world, await last_secret(world), "successor")


async def test_hand_over_seat_today_ends_the_accreditation_at_once_and_invites(world: World) -> None:
    await change(world, Delegate, world.delegates["japan"], ends_on=date(2019, 6, 30))

    invitation = await hand_over(world, "japan", "japan")

    outgoing = await row(world, "delegates", world.delegates["japan"])
    offered = await row(world, "invitations", invitation)
    assert (outgoing["ended_at"], outgoing["ends_on"], outgoing["version"]) == (NOW, date(2019, 6, 30), 2)
    assert (offered["predecessor_id"], offered["is_focal_point"]) == (world.delegates["japan"], True)
    assert (offered["starts_on"], offered["ends_on"]) == (TODAY, date(2019, 6, 30))
    assert await letters(world) == [("successor@example.org", "Invitation to speak for Japan Customs")]
    assert await entries(world) == [("seat.handed_over", world.delegates["japan"], world.parties["japan"], invitation)]
    assert not (await world.actor("japan")).is_signed_in


async def test_hand_over_seat_later_keeps_it_until_the_day_before(world: World) -> None:
    await succeed(world, starts_on=TODAY + 3 * DAY)

    parties = []
    for days in (2, 3):
        world.clock.now = NOW + days * DAY
        parties.append([(await world.actor(key)).party_id for key in ("canada", "successor")])

    canada = world.parties["canada"]
    assert parties == [[canada, ""], ["", canada]]
    assert (await row(world, "delegates", world.delegates["canada"]))["ended_at"] is None


async def test_hand_over_seat_on_its_first_day_to_come_ends_the_accreditation_at_once(world: World) -> None:
    assistant, begins = world.delegates["japan-assistant"], TODAY + 3 * DAY
    await change(world, Delegate, assistant, starts_on=begins)

    invitation = await hand_over(world, "japan", "japan-assistant", starts_on=begins)

    outgoing = await row(world, "delegates", assistant)
    assert (outgoing["starts_on"], outgoing["ends_on"], outgoing["ended_at"]) == (begins, None, NOW)
    assert (await row(world, "invitations", invitation))["starts_on"] == begins


async def test_hand_over_seat_of_a_focal_point_for_a_time_gives_the_rest_of_the_time(world: World) -> None:
    until = TODAY + 10 * DAY
    await change(world, Delegate, world.delegates["canada"], focal_point_until=until)

    delegate = await succeed(world)

    found = await row(world, "delegates", delegate)
    assert (found["focal_point_from"], found["focal_point_until"]) == (TODAY, until)
    assert found["predecessor_id"] == world.delegates["canada"]


@pytest.mark.parametrize(("days", "ended"), [(0, True), (5, False)])
async def test_hand_over_seat_takes_the_functions_along_and_keeps_both_on_record(
    world: World, days: int, ended: bool
) -> None:
    seat = {"party_id": world.parties["canada"], "delegate_id": world.delegates["canada"]}
    days_of = {"starts_on": date(2018, 7, 1), "ends_on": date(2019, 6, 30)}
    await world.add(
        Function(id="FUN_chair", body_id=world.bodies["ptc"], kind=FunctionKind.CHAIR, **seat, **days_of),
        Function(
            id="FUN_over",
            body_id=world.bodies["pc"],
            kind=FunctionKind.CHAIR,
            **seat,
            starts_on=date(2018, 1, 1),
            ends_on=TODAY - DAY,
        ),
    )
    before = await world.actor("canada")

    delegate = await succeed(world, starts_on=TODAY + days * DAY)

    held = [function for function in await rows_of(world, "functions") if function["body_id"] == world.bodies["ptc"]]
    new = next(function for function in held if function["id"] != "FUN_chair")
    old = await row(world, "functions", "FUN_chair")
    assert (old["ended_at"], old["ends_on"]) == (
        (NOW, date(2019, 6, 30)) if ended else (None, TODAY + (days - 1) * DAY)
    )
    assert (new["starts_on"], new["ends_on"], new["delegate_id"], new["ended_at"]) == (
        TODAY + days * DAY,
        date(2019, 6, 30),
        delegate,
        None,
    )
    assert len(await rows_of(world, "functions")) == 4
    world.clock.now = NOW + days * DAY
    after = await world.actor("successor")
    assert after.leads == before.leads == {world.bodies["group"], world.bodies["ptc"]}


async def test_hand_over_seat_leaves_the_drafts_to_the_successor_and_their_author_to_history(world: World) -> None:
    round_id = await open_round(world)
    comment = await draft(world, "canada", round_id)
    await succeed(world)

    await world.do("successor", filing.revise_comment, comment_id=comment, content=words(world), expected_revision=1)
    await world.do("successor", filing.clear_comment, comment_id=comment, expected_revision=2)

    filed = await row(world, "comments", comment)
    assert (filed["author_id"], filed["party_id"]) == (world.delegates["canada"], world.parties["canada"])
    assert filed["submitted_by_id"] == (await world.actor("successor")).delegate_id


async def test_hand_over_seat_leaves_draft_proposals_to_the_successor_too(world: World) -> None:
    proposal = await draft_proposal(world, "canada")
    await succeed(world)

    await act_on_proposal(world, "successor", submit_proposal, proposal)

    filed = await row(world, "amendment_proposals", proposal)
    assert (filed["author_id"], filed["party_id"]) == (world.delegates["canada"], world.parties["canada"])
    assert (await entries(world))[-1][1] == (await world.actor("successor")).delegate_id


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"email": "Canada@example.org"}, Code.INVALID),
        ({"email": "nobody"}, Code.INVALID),
        ({"reason": " "}, Code.REASON_REQUIRED),
        ({"starts_on": TODAY - DAY}, Code.INVALID),
        ({"expected_revision": 2}, Code.STALE_REVISION),
        ({"delegate_id": "DEL_none"}, Code.NOT_FOUND),
    ],
)
async def test_hand_over_seat_refuses(world: World, given: dict[str, Any], code: Code) -> None:
    before = await everything(world)

    assert await code_of(hand_over(world, "canada", "canada", **given)) == code
    assert await everything(world) == before


async def test_hand_over_seat_to_a_delegate_of_the_party_is_refused(world: World) -> None:
    assert await code_of(hand_over(world, "japan", "japan", email="japan-assistant@example.org")) == Code.ALREADY_DONE
    assert await code_of(hand_over(world, "japan", "japan", email="canada@example.org")) is None


@pytest.mark.parametrize(
    ("who", "code"), [("canada", Code.FORBIDDEN), ("japan-assistant", Code.FORBIDDEN), (None, Code.NOT_FOUND)]
)
async def test_hand_over_seat_is_for_the_focal_point_and_the_secretariat(
    world: World, who: str | None, code: Code
) -> None:
    assert await code_of(hand_over(world, who, "japan")) == code  # type: ignore[arg-type]
    assert await code_of(hand_over(world, "secretariat", "japan-assistant")) is None


@pytest.mark.parametrize("who", ["japan", "japan-assistant", "secretariat"])
async def test_end_accreditation_ends_it_at_once_for_focal_point_themself_and_secretariat(
    world: World, who: str
) -> None:
    assistant = world.delegates["japan-assistant"]

    await world.do(who, seats.end_accreditation, delegate_id=assistant, **END)

    ended = await row(world, "delegates", assistant)
    assert (ended["ended_at"], ended["ends_on"], ended["version"]) == (NOW, None, 2)
    assert (await entries(world))[-1][0] == "accreditation.ended"
    assert not (await world.actor("japan-assistant")).is_signed_in


async def test_end_accreditation_after_a_day_keeps_it_until_then(world: World) -> None:
    last = TODAY + 2 * DAY
    sent = END | {"ends_on": last}
    await world.do("japan", seats.end_accreditation, delegate_id=world.delegates["japan-assistant"], **sent)

    parties = []
    for days in (2, 3):
        world.clock.now = NOW + days * DAY
        parties.append((await world.actor("japan-assistant")).party_id)

    assert parties == [world.parties["japan"], ""]


@pytest.mark.parametrize(
    ("who", "delegate", "given", "code"),
    [
        ("canada", "japan-assistant", {}, Code.FORBIDDEN),
        ("japan-assistant", "japan", {}, Code.FORBIDDEN),
        (None, "japan", {}, Code.NOT_FOUND),
        ("japan", "japan-assistant", {"reason": ""}, Code.REASON_REQUIRED),
        ("japan", "japan-assistant", {"ends_on": TODAY - DAY}, Code.INVALID),
        ("japan", "japan-assistant", {"expected_revision": 9}, Code.STALE_REVISION),
        ("japan", "japan", {}, Code.WRONG_STATE),
        ("japan", "japan", {"ends_on": TODAY + DAY}, Code.WRONG_STATE),
        ("secretariat", "secretariat", {}, Code.WRONG_STATE),
    ],
)
async def test_end_accreditation_refuses(
    world: World, who: str | None, delegate: str, given: dict[str, Any], code: Code
) -> None:
    sent = END | given | {"delegate_id": world.delegates[delegate]}

    assert await refused(world, who, seats.end_accreditation, **sent) == code


async def test_end_accreditation_of_the_last_focal_point_is_done_by_the_secretariat(world: World) -> None:
    await world.do("secretariat", seats.end_accreditation, delegate_id=world.delegates["japan"], **END)

    assert not (await world.actor("japan")).is_signed_in


async def test_end_accreditation_twice_is_refused(world: World) -> None:
    assistant = world.delegates["japan-assistant"]
    await world.do("japan", seats.end_accreditation, delegate_id=assistant, **END)

    again = END | {"delegate_id": assistant, "expected_revision": 2}
    assert await refused(world, "japan", seats.end_accreditation, **again) == Code.WRONG_STATE


async def test_end_accreditation_by_two_focal_points_of_each_other_at_once_leaves_one(world: World) -> None:
    assistant = world.delegates["japan-assistant"]
    await world.do(
        "japan", seats.appoint_focal_point, delegate_id=assistant, starts_on=TODAY, ends_on=None, expected_revision=1
    )
    of_other = END | {"delegate_id": assistant, "expected_revision": 2}
    of_self = END | {"delegate_id": world.delegates["japan"]}

    codes = await at_once(
        world, ("japan", seats.end_accreditation, of_other), ("japan", seats.end_accreditation, of_self)
    )

    assert codes == ["None", "WRONG_STATE"]


@pytest.mark.parametrize("lost", ["administrator", "suspended", "nameless", "ends"])
async def test_the_last_officer_stays_whoever_else_is_accredited(world: World, lost: str) -> None:
    person = await newcomer(world, "second")
    ends_on = TODAY + DAY if lost == "ends" else None
    await accredit(world, "second", "secretariat", is_administrator=lost == "administrator", ends_on=ends_on)
    values: dict[str, Any] = {"suspended": {"suspended_at": NOW}, "nameless": {"email": None}}.get(lost, {})
    await change(world, Person, person, **values)
    officer = world.delegates["secretariat"]
    last = {"ends_on": TODAY + DAY} if lost == "ends" else {}

    code = await refused(world, "secretariat", seats.end_accreditation, **(END | last), delegate_id=officer)

    assert code == Code.WRONG_STATE
    assert await code_of(hand_over(world, "secretariat", "secretariat", starts_on=TODAY + 2 * DAY)) == Code.WRONG_STATE


async def test_an_officer_goes_once_there_is_another(world: World) -> None:
    await newcomer(world, "second")
    await accredit(world, "second", "secretariat")

    await world.do("secretariat", seats.end_accreditation, **END, delegate_id=world.delegates["secretariat"])

    assert not (await world.actor("secretariat")).is_signed_in
    assert (await world.actor("second")).capacity == Capacity.SECRETARIAT


async def test_appoint_focal_point_and_release_focal_point_go_by_their_days(world: World) -> None:
    assistant = world.delegates["japan-assistant"]
    days = {"starts_on": TODAY + DAY, "ends_on": TODAY + 4 * DAY}

    await world.do("japan", seats.appoint_focal_point, delegate_id=assistant, **days, expected_revision=1)
    focal = []
    for number in (0, 1, 4, 5):
        world.clock.now = NOW + number * DAY
        focal.append((await world.actor("japan-assistant")).is_focal_point)
    world.clock.now = NOW + 2 * DAY
    release = {"delegate_id": assistant, "ends_on": None, "reason": "Back.", "expected_revision": 2}
    await world.do("japan", seats.release_focal_point, **release)

    assert focal == [False, True, True, False]
    assert (await world.actor("japan-assistant")).is_focal_point is False
    assert (await world.actor("japan-assistant")).is_signed_in
    assert [entry[0] for entry in await entries(world)] == ["focal_point.appointed", "focal_point.released"]


@pytest.mark.parametrize(
    ("who", "delegate", "given", "code"),
    [
        ("japan", "japan", {}, Code.ALREADY_DONE),
        ("canada", "japan-assistant", {}, Code.FORBIDDEN),
        ("japan-assistant", "japan-assistant", {}, Code.FORBIDDEN),
        ("japan", "japan-assistant", {"starts_on": TODAY - DAY}, Code.INVALID),
        ("japan", "japan-assistant", {"ends_on": TODAY - DAY}, Code.INVALID),
        ("japan", "japan-assistant", {"expected_revision": 2}, Code.STALE_REVISION),
    ],
)
async def test_appoint_focal_point_refuses(
    world: World, who: str, delegate: str, given: dict[str, Any], code: Code
) -> None:
    sent = {"starts_on": TODAY, "ends_on": None, "expected_revision": 1, "delegate_id": world.delegates[delegate]}

    assert await refused(world, who, seats.appoint_focal_point, **(sent | given)) == code


@pytest.mark.parametrize(
    ("who", "delegate", "given", "code"),
    [
        ("japan", "japan-assistant", {}, Code.WRONG_STATE),
        ("japan", "japan", {}, Code.WRONG_STATE),
        ("canada", "japan", {}, Code.FORBIDDEN),
        ("secretariat", "japan", {"reason": " "}, Code.REASON_REQUIRED),
        ("secretariat", "japan", {"ends_on": TODAY - DAY}, Code.INVALID),
        ("secretariat", "japan", {"expected_revision": 2}, Code.STALE_REVISION),
        pytest.param("secretariat", "japan", {}, None, marks=pytest.mark.accepted),
    ],
)
async def test_release_focal_point_is_refused_for_the_last_one_except_by_the_secretariat(
    world: World, who: str, delegate: str, given: dict[str, Any], code: Code | None
) -> None:
    sent = {"ends_on": None, "reason": "So.", "expected_revision": 1, "delegate_id": world.delegates[delegate]} | given

    if code:
        assert await refused(world, who, seats.release_focal_point, **sent) == code
    else:
        await world.do(who, seats.release_focal_point, **sent)
        assert not (await world.actor(delegate)).is_focal_point


async def test_an_administrator_is_handed_over_and_appointed_by_nobody(world: World) -> None:
    await newcomer(world, "technician")
    technician = await accredit(world, "technician", "secretariat", is_administrator=True)
    world.delegates["technician"] = technician
    appoint = {"delegate_id": technician, "starts_on": TODAY, "ends_on": None, "expected_revision": 1}

    assert await code_of(hand_over(world, "secretariat", "technician")) == Code.WRONG_STATE
    assert await refused(world, "secretariat", seats.appoint_focal_point, **appoint) == Code.WRONG_STATE
    await world.do("technician", seats.end_accreditation, delegate_id=technician, **END)
    assert not (await world.actor("technician")).is_administrator


async def test_end_accreditation_of_oneself_is_possible_once_another_focal_point_is_there(world: World) -> None:
    await invite(world, "japan", "japan", is_focal_point=True)
    await newcomer(world)
    await accept(world, await last_secret(world), "new")

    await world.do("japan", seats.end_accreditation, delegate_id=world.delegates["japan"], **END)

    assert (await world.actor("new")).is_focal_point
