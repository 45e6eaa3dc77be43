"""Bodies and sittings: what each kind of person sees, joining and leaving, and what the Secretariat records."""

from datetime import date
from typing import Any

import pytest

from server.domain.bodies.actions import establishing, recording
from server.models.bodies import Decision, Function, Membership, Sitting
from tests.desk.desks import form_of, forms_of
from tests.desk.phrases import phrases_of, read
from tests.factories.rounds import open_round
from tests.factories.workplan import make_plan, rows_of
from tests.factories.world import World
from tests.groups.test_actions import ask

pytestmark = pytest.mark.database
SHARP = "<img src=x onerror=alert(1)>"
MEETING = {"firstNumber": "4", "startsOn": "2018-09-20", "endsOn": "2018-09-21", "place": "Brussels"}


async def test_the_directory_begins_with_those_of_the_visitor(desk) -> None:
    coordinator, delegate = await desk("canada"), await desk("japan")

    assert "Yours Flow Charts and Data Elements You lead it WGEC-2 All" in await read(coordinator, "/bodies")
    said = await read(delegate, "/bodies")
    assert "Yours" not in said
    assert "Council Council Policy commission Policy Commission PC · of Council" in said
    assert "WGEC-2 · of WGEC Canada (Coordinator) 1" in said


async def test_a_group_says_who_leads_it_and_offers_a_round_to_them_only(desk, world: World) -> None:
    path = f"/bodies/{world.bodies['group']}"
    coordinator, delegate, officer = await desk("canada"), await desk("japan"), await desk("secretariat")
    pages = {who: await each.get(path) for who, each in (("c", coordinator), ("d", delegate), ("o", officer))}

    assert "WGEC-2, intersessional group of the Working Group on E-Commerce. You lead it." in phrases_of(pages["c"])
    assert "Canada Coordinator, since 18 June 2018" in phrases_of(pages["d"])
    assert "Members 1 Canada" in phrases_of(pages["d"])
    assert "No sitting is recorded." in phrases_of(pages["d"])
    assert ["/rounds/new?body=" in pages[who].text for who in "cdo"] == [True, False, True]
    assert [len(forms_of(pages[who], "recordSitting")) for who in "cdo"] == [0, 0, 1]


async def test_a_focal_point_joins_and_leaves_once_each(desk, world: World) -> None:
    path = f"/bodies/{world.bodies['group']}"
    visitor = await desk("japan")
    join = form_of(await visitor.get(path), "joinBody")

    answers = [await visitor.send(path, join), await visitor.send(path, join)]
    joined = await visitor.get(path + "?done=joinBody")
    left = await visitor.send(path, form_of(joined, "leaveBody"))

    assert [answer.status_code for answer in (*answers, left)] == [303] * 3
    assert "Your party takes part from today. Flow" not in phrases_of(joined)
    assert "Your party takes part since 24 September 2018." in phrases_of(joined)
    assert "Members 2 Canada, Japan" in phrases_of(joined)
    assert "Your party no longer takes part." in await read(visitor, left.headers["location"])
    days = await rows_of(world.database, Membership.party_id, Membership.joined_on, Membership.left_on)
    assert len([day for day in days if day[0] == world.parties["japan"]]) == 1


async def test_others_than_focal_points_and_bodies_that_decide_have_no_form_to_join(desk, world: World) -> None:
    group = f"/bodies/{world.bodies['group']}"
    expert, focal = await desk("japan-assistant"), await desk("japan")
    form = form_of(await focal.get(group), "joinBody")

    assert forms_of(await expert.get(group)) == []
    assert (await expert.forge(group, form)).status_code == 422
    council = await focal.get(f"/bodies/{world.bodies['council']}")
    assert forms_of(council) == []
    assert "Join this group: " in phrases_of(council)
    assert len(await rows_of(world.database, Membership.id)) == 1


async def test_the_secretariat_appoints_in_two_steps_and_ends_a_function(desk, world: World) -> None:
    path = f"/bodies/{world.bodies['group']}"
    officer = await desk("secretariat")
    found = await officer.get(f"{path}?party=china")
    assert "China Customs" in found.text
    assert "Japan Customs" not in found.text
    chosen = await officer.get(f"{path}?appoint={world.parties['china']}")
    form = form_of(chosen, "appointFunction")
    assert form.fields["kind"] == "COORDINATOR"
    assert "Delegate china" in chosen.text

    answer = await officer.send(path, form, delegateId=world.delegates["china"])
    said = await officer.get(answer.headers["location"])
    coordinator = (await _functions(world))[world.parties["canada"]]
    ending = next(form for form in forms_of(said, "endFunction") if form.fields["functionId"] != coordinator)
    ended = await officer.send(path, ending, reason="Handed over.")

    assert "China Coordinator, Delegate china, since 24 September 2018" in phrases_of(said)
    assert ended.status_code == 303
    assert "1 past function China Coordinator" in await read(officer, path)


async def _functions(world: World) -> dict[str, Any]:
    return dict(await rows_of(world.database, Function.party_id, Function.id))


async def test_a_refused_appointment_keeps_the_party_and_a_refused_end_opens_its_own_form(desk, world: World) -> None:
    path = f"/bodies/{world.bodies['group']}"
    officer = await desk("secretariat")
    form = form_of(await officer.get(f"{path}?appoint={world.parties['china']}"), "appointFunction")
    refused = await officer.send(path, form, endsOn="2018-01-01")
    assert refused.status_code == 422
    assert form_of(refused, "appointFunction").fields["partyId"] == world.parties["china"]

    ending = form_of(await officer.get(path), "endFunction")
    refused = await officer.send(path, ending, reason=" ")
    assert refused.status_code == 422
    assert 'class="fault"' in refused.text
    assert len(await _functions(world)) == 1


async def test_nobody_but_the_secretariat_appoints_or_records(desk, world: World) -> None:
    path = f"/bodies/{world.bodies['group']}"
    officer, coordinator = await desk("secretariat"), await desk("canada")
    appoint = form_of(await officer.get(f"{path}?appoint={world.parties['china']}"), "appointFunction")
    sitting = form_of(await officer.get(path), "recordSitting")

    answers = [await coordinator.forge(path, appoint), await coordinator.forge(path, sitting, **MEETING)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert forms_of(await coordinator.get(f"{path}?appoint={world.parties['china']}"), "appointFunction") == []
    assert len(await _functions(world)) == 1
    assert await rows_of(world.database, Sitting.id) == []


async def test_a_sitting_is_recorded_and_a_decision_on_the_plan_in_it(desk, world: World) -> None:
    await make_plan(world)
    officer = await desk("secretariat")
    path = f"/bodies/{world.bodies['wgec']}"
    answer = await officer.send(path, form_of(await officer.get(path), "recordSitting"), **MEETING, secondNumber="5")
    place = answer.headers["location"]
    sitting = await officer.get(place)
    form = form_of(sitting, "recordDecision")
    plan = next(each for each in sitting.text.split('value="') if each.startswith("WPL_")).split('"')[0]
    decided = {"subjectId": plan, "verb": "took note", "outcome": "NOTED", "text": f"Noted {SHARP}", "agendaItem": "II"}

    first = await officer.send(place, form, **decided, isAsAppropriate="true")
    second = await officer.send(place, form, **decided, isAsAppropriate="true")
    shown = await (await desk("upu")).get(place.split("?")[0])

    assert "WGEC, sessions 4 and 5" in phrases_of(sitting)
    assert (first.status_code, second.status_code) == (303, 303)
    assert "Item II · Noted printed as “took note”, as appropriate · Work plan" in phrases_of(shown)
    assert SHARP not in shown.text
    assert forms_of(shown) == []
    assert len(await rows_of(world.database, Decision.id)) == 1


async def test_a_decision_that_contradicts_its_verb_is_refused_and_kept(desk, world: World) -> None:
    await open_round(world)
    group = {"body_id": world.bodies["group"], "second_number": None, "place": "Brussels"}
    days = {"starts_on": world.clock.now.date(), "ends_on": world.clock.now.date()}
    sitting_id = await world.do("secretariat", recording.record_sitting, first_number=1, **group, **days)
    officer, place = await desk("secretariat"), f"/sittings/{sitting_id}"
    form = form_of(await officer.get(place), "recordDecision")
    subject = (await officer.get(place)).text.split('value="RND_')[1].split('"')[0]
    decided = {"subjectId": f"RND_{subject}", "verb": "noted", "outcome": "ADOPTED", "text": "Noted."}

    answer = await officer.send(place, form, **decided)

    assert answer.status_code == 422
    assert form_of(answer, "recordDecision").fields["verb"] == "noted"
    assert (await (await desk("japan")).forge(place, form, **(decided | {"outcome": "NOTED"}))).status_code == 422
    assert await rows_of(world.database, Decision.id) == []


async def test_a_sitting_to_come_takes_no_decision_yet(desk, world: World) -> None:
    group = {"body_id": world.bodies["group"], "second_number": None, "place": "Brussels", "first_number": 1}
    later = world.clock.now.date().replace(month=11)
    sitting_id = await world.do("secretariat", recording.record_sitting, **group, starts_on=later, ends_on=later)

    shown = await (await desk("secretariat")).get(f"/sittings/{sitting_id}")

    assert forms_of(shown, "recordDecision") == []
    assert "Record a decision: " in phrases_of(shown)
    assert "No paper is issued for this sitting yet." in phrases_of(shown)


async def test_members_of_one_capacity_are_a_page_and_unknown_bodies_are_none(desk, world: World) -> None:
    visitor = await desk("upu")
    group = f"/bodies/{world.bodies['group']}"

    assert "Canada Border Services Agency (Canada) since 18 June 2018" in await read(
        visitor, f"{group}?capacity=MEMBER"
    )
    assert "Nobody of this capacity takes part." in await read(visitor, f"{group}?capacity=OBSERVER")
    pages = [await visitor.get(path) for path in ("/bodies/BOD_none", "/sittings/SIT_none", f"{group}?capacity=ALL")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


async def test_a_body_says_that_its_mandate_lapsed_until_it_is_extended(desk, world: World) -> None:
    path = f"/bodies/{world.bodies['group']}"
    days = {"starts_on": date(2017, 7, 1), "ends_on": date(2018, 6, 30)}
    extended = {"body_id": world.bodies["group"], "terms": "Draw the charts.", "reason": "The first one."}
    await world.do("secretariat", establishing.extend_mandate, **extended, **days, expected_revision=1)
    lapsed = await read(await desk("japan"), path)
    days = {"starts_on": date(2018, 7, 1), "ends_on": date(2018, 9, 24)}
    await world.do("secretariat", establishing.extend_mandate, **extended, **days, expected_revision=2)

    assert "Lapsed Its mandate ended on 30 June 2018 and was not extended." in lapsed
    assert "Lapsed" not in await read(await desk("japan"), path)  # the last day itself is covered


async def test_a_body_begins_with_what_waits_for_the_party_and_not_for_others(desk, world: World) -> None:
    await ask(world)
    path = f"/bodies/{world.bodies['group']}"

    of_japan, of_china = await read(await desk("japan"), path), await read(await desk("china"), path)

    assert "What waits for your party Comments on section 4 Asked Japan" in of_japan
    assert of_japan.index("What waits for your party") < of_japan.index("Texts, papers and proposals")
    assert "Comments on section 4" not in of_china
