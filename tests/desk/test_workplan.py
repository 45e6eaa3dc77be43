"""The work plan: progress and filters, topics given to groups, and the life of an activity by its forms."""

from datetime import date

import pytest
from sqlalchemy import update

from server.domain.bodies.actions import recording
from server.domain.planning.actions import milestones
from server.domain.workplan.actions import activities, tracking
from server.models.parties import Person
from server.models.workplan import Activity, WorkItem
from server.vocabulary.parties import Language
from server.vocabulary.workplan import ActivityStatus
from tests.desk.desks import form_of, forms_of
from tests.desk.phrases import phrases_of, read
from tests.factories.proposals import add_sitting
from tests.factories.workplan import Plan, make_plan, rows_of
from tests.factories.world import World

pytestmark = pytest.mark.database
SHARP = "<b onclick=alert(1)>late</b>"


async def given(desk, world: World) -> Plan:
    """A plan whose first topic was given to the group, by its form."""
    plan = await make_plan(world)
    officer, path = await desk("secretariat"), f"/plans/items/{plan.items[1]}"
    form = form_of(await officer.get(path), "assignWorkItem")
    answer = await officer.send(path, form, **{"to.bodyId": world.bodies["group"]})
    assert answer.status_code == 303
    return plan


async def states_of(world: World) -> dict[str, str]:
    return dict(await rows_of(world.database, Activity.description, Activity.status))


async def test_a_plan_tells_what_is_late_in_a_timeline_and_in_a_table(desk, world: World) -> None:
    plan = await make_plan(world)
    council = {"body_id": world.bodies["council"], "first_number": 133, "second_number": 134, "place": "Brussels"}
    days = {"starts_on": date(2018, 11, 5), "ends_on": date(2018, 11, 7)}
    await world.do("secretariat", recording.record_sitting, **council, **days)

    shown = await (await desk("gea")).get(f"/plans/{plan.id}")
    said = phrases_of(shown)

    assert "4 activities in 2 topics, for the Council of 5 November 2018" in said
    assert "0 done 0 in progress 1 overdue 0 re-dated 1 may miss the Council" in said
    assert "At risk for the Council of 5 November 2018" in said
    assert "Sail the boats (October/November 2018)" in said
    assert "the longest is" not in said
    assert "Count the boats , 86 days." in said or "Count the boats, 86 days." in said
    assert "Overdue by 86 days" in said
    assert "Due soon" in said
    assert "May miss the Council" in said
    assert "no time set" in said
    assert "style=" not in shown.text
    assert shown.text.count("<svg") == 6
    assert "Timeline of 4 activities, June 2018 to November 2018" in shown.text


async def test_a_french_reader_sees_the_days_beside_a_period_that_is_printed_in_english(desk, world: World) -> None:
    plan = await make_plan(world)
    french = update(Person).where(Person.id == world.persons["gea"]).values(language=Language.FRENCH)
    async with world.database.writing() as session:
        await session.execute(french)

    reader = await desk("gea")
    pages = [await reader.get(f"/plans/{plan.id}"), await reader.get(f"/plans/items/{plan.items[1]}")]
    english = await (await desk("japan")).get(f"/plans/{plan.id}")

    for page in pages:
        assert '<span lang="en" dir="auto">October/November 2018</span> <span class="hint">(' in page.text
        assert "1 oct. \u2013 30 nov. 2018)" in phrases_of(page)
    assert 'lang="en" dir="auto"' not in english.text


async def test_milestones_that_end_behind_the_council_are_counted_with_what_may_miss_it(desk, world: World) -> None:
    """One at that sitting itself is none of them."""
    plan = await make_plan(world)
    days = {"starts_on": date(2018, 11, 5), "ends_on": date(2018, 11, 7)}
    council = await add_sitting(world, "council", 133, **days)
    said = {"work_plan_id": plan.id, "reason": "Agreed."}
    for name, when in (
        ("Pier", {"period": "5 November 2018"}),
        ("Road", {"period": "November 2018"}),
        ("Lights", {"sitting_id": council, "offset_days": 30}),
        ("Fleet", {"sitting_id": council}),
        ("Port", {"period": "TBD"}),
        ("Quay", {"period": "2019"}),
    ):
        await world.do("secretariat", milestones.add_milestone, **said, name=name, **when)
    visitor = await desk("gea")

    whole = phrases_of(await visitor.get(f"/plans/{plan.id}"))
    late = phrases_of(await visitor.get(f"/plans/{plan.id}?which=late"))

    assert "3 may miss the Council" in whole
    assert "Milestones that end after the Council begins: Road (November 2018); Quay (2019)" in whole
    assert "Road November 2018 May miss the Council" in late
    assert "Pier" not in late


async def test_a_plan_says_where_its_milestones_stand_and_what_waits(desk, world: World) -> None:
    plan = await make_plan(world)
    said = {"work_plan_id": plan.id, "reason": "Agreed."}
    for name, label in (
        ("Pier", "20 August 2018"),
        ("Lights", "1 October 2018"),
        ("Road", "May 2019"),
        ("Port", "TBD"),
    ):
        await world.do("secretariat", milestones.add_milestone, **said, name=name, period=label)
    blocked = {"waits_for": "The weather", "expected_revision": 1}
    await world.do("secretariat", activities.block_activity, activity_id=plan.activities["Sail the boats"], **blocked)

    said_of = phrases_of(await (await desk("gea")).get(f"/plans/{plan.id}"))

    for words in ("Pier 20 August 2018 Overdue by 35 days", "Lights 1 October 2018 Due soon"):
        assert words in said_of
    for words in ("Road May 2019 To come", "Port TBD Not dated", "Waits for something else"):
        assert words in said_of


async def test_a_plan_without_a_council_to_come_says_nothing_of_it(desk, world: World) -> None:
    plan = await make_plan(world)

    said = await read(await desk("japan"), f"/plans/{plan.id}")

    assert "Council" not in said
    assert "1 activity is overdue and has no new time: Count the boats" in said.replace(" ,", ",")


async def test_filters_show_the_activities_they_name(desk, world: World) -> None:
    plan = await given(desk, world)
    visitor = await desk("gea")

    async def listed(query: str) -> list[str]:
        shown = await visitor.get(f"/plans/{plan.id}{query}")
        return [words for words in plan.activities if f"{words}</a></th>" in shown.text]

    assert await listed("") == list(plan.activities)
    assert await listed("?which=overdue") == ["Count the boats"]
    assert await listed("?which=own") == ["Count the boats"]
    assert await listed(f"?group={world.bodies['group']}") == ["Count the boats", "Paint the boats", "Sail the boats"]
    assert "No activity is like that." in await read(visitor, f"/plans/{plan.id}?which=redated")
    assert "GEA (1)" in await read(visitor, f"/plans/{plan.id}")
    assert "Work plan of the WGEC" in await read(visitor, "/plans")


async def test_a_topic_is_given_to_a_group_and_taken_back(desk, world: World) -> None:
    plan = await given(desk, world)
    path = f"/plans/items/{plan.items[1]}"
    officer = await desk("secretariat")
    give, take = forms_of(await officer.get(path), "assignWorkItem")

    taken = await officer.send(path, take)
    stale = await officer.send(path, give)

    assert "Given to WGEC-2." not in await read(officer, path)
    assert taken.status_code == 303
    assert stale.status_code == 422
    assert "You saw WGEC-2 It is now no group" in phrases_of(stale)
    assert await rows_of(world.database, WorkItem.number, WorkItem.body_id) == [(1, None), (2, None)]


async def test_only_the_secretariat_gives_topics_to_groups(desk, world: World) -> None:
    plan = await make_plan(world)
    path = f"/plans/items/{plan.items[1]}"
    form = form_of(await (await desk("secretariat")).get(path), "assignWorkItem")
    coordinator = await desk("canada")

    answer = await coordinator.forge(path, form, **{"to.bodyId": world.bodies["group"]})

    assert forms_of(await coordinator.get(path)) == []
    assert answer.status_code == 422
    assert await rows_of(world.database, WorkItem.body_id, WorkItem.revision) == [(None, 1), (None, 1)]


async def test_a_coordinator_starts_redates_and_completes_what_the_group_was_given(desk, world: World) -> None:
    plan = await given(desk, world)
    visitor, path = await desk("canada"), f"/activities/{plan.activities['Count the boats']}"
    assert f'href="{path}#redate"' in (await visitor.get(f"/bodies/{world.bodies['group']}")).text

    started = await visitor.send(path, form_of(await visitor.get(path), "startActivity"))
    redate = form_of(await visitor.get(path), "redateActivity")
    redated = [await visitor.send(path, redate, period="May 2019", reason=SHARP) for _ in range(2)]
    done = form_of(await visitor.get(path), "completeActivity")
    completed = await visitor.send(path, done, evidenceId=world.version)
    shown = await (await desk("upu")).get(path)
    said = phrases_of(shown)

    assert [each.status_code for each in (started, *redated, completed)] == [303] * 4
    assert "First planned June 2018, now 86 days later" in said
    assert "From June 2018 to May 2019" in said
    assert "Done on 24 September 2018 Evidence Draft 1" in said
    assert SHARP not in shown.text
    assert forms_of(shown) == []
    assert "1 done" in await read(visitor, f"/plans/{plan.id}")


async def test_an_activity_waits_for_a_step_of_its_plan_that_is_chosen(desk, world: World) -> None:
    plan = await given(desk, world)
    awaited, step = plan.activities["Count the boats"], plan.activities["Paint the boats"]
    given_up = {"activity_id": plan.activities["Sail the boats"], "reason": "Ice.", "expected_revision": 1}
    await world.do("secretariat", tracking.drop_activity, **given_up)
    visitor, path = await desk("canada"), f"/activities/{step}"
    form = form_of(await visitor.get(path), "blockActivity")
    circle = f"/activities/{awaited}"

    blocked = await visitor.send(path, form, waitsFor="The count", waitsForId=awaited)
    refused = await visitor.send(
        circle, form_of(await visitor.get(circle), "blockActivity"), waitsFor="Paint", waitsForId=step
    )

    assert (blocked.status_code, refused.status_code) == (303, 422)
    assert 'id="blockActivity-waitsForId-fault"' in refused.text
    assert "List the ports" in phrases_of(await visitor.get(circle))
    rows = dict(await rows_of(world.database, Activity.id, Activity.blocked_by_id))
    assert {id_ for id_, blocked_by in rows.items() if blocked_by} == {step}
    assert rows[step] == awaited
    assert "Waits for The count" in phrases_of(await visitor.get(path))


async def test_an_activity_is_given_up_with_a_reason_and_never_without(desk, world: World) -> None:
    plan = await given(desk, world)
    visitor, path = await desk("canada"), f"/activities/{plan.activities['Paint the boats']}"
    form = form_of(await visitor.get(path), "dropActivity")

    refused = await visitor.send(path, form, reason=" ")
    assert refused.status_code == 422
    assert 'id="dropActivity-reason-fault"' in refused.text
    assert (await states_of(world))["Paint the boats"] == ActivityStatus.NOT_STARTED

    assert (await visitor.send(path, form_of(refused, "dropActivity"), reason="No paint.")).status_code == 303
    assert "Given up" in await read(visitor, path)


async def test_a_period_that_cannot_be_read_and_false_evidence_are_refused_at_their_fields(desk, world: World) -> None:
    plan = await given(desk, world)
    visitor, path = await desk("canada"), f"/activities/{plan.activities['Paint the boats']}"
    page = await visitor.get(path)

    period = await visitor.send(path, form_of(page, "redateActivity"), period="soonish", reason="Wind.")
    evidence = await visitor.send(path, form_of(page, "completeActivity"), evidenceId="RND_none")

    assert (period.status_code, evidence.status_code) == (422, 422)
    assert 'id="redateActivity-period-fault"' in period.text
    assert form_of(period, "redateActivity").fields["reason"] == "Wind."
    assert 'name="canKeepWords"' in period.text
    assert 'name="canKeepWords"' not in page.text
    kept = await visitor.send(path, form_of(period, "redateActivity"), canKeepWords="true")
    assert (kept.status_code, "soonish" in await read(visitor, path)) == (303, True)
    assert 'id="completeActivity-evidenceId-fault"' in evidence.text
    assert (await states_of(world))["Paint the boats"] == ActivityStatus.NOT_STARTED


async def test_a_stale_form_shows_what_was_seen_what_stands_and_what_was_written(desk, world: World) -> None:
    plan = await given(desk, world)
    path = f"/activities/{plan.activities['Paint the boats']}"
    slow, fast = await desk("canada"), await desk("secretariat")
    seen = form_of(await slow.get(path), "redateActivity")
    await fast.send(path, form_of(await fast.get(path), "redateActivity"), period="May 2019", reason="Wind.")

    answer = await slow.send(path, seen, period="June 2019", reason="Rain.")

    assert answer.status_code == 422
    said = phrases_of(answer)
    assert "You saw September 2018, Not started It is now May 2019, Not started You wrote June 2019" in said
    assert await rows_of(world.database, Activity.label, Activity.id) != []
    assert ("May 2019",) in await rows_of(world.database, Activity.label)


async def test_who_leads_nothing_has_no_form_and_sends_in_vain(desk, world: World) -> None:
    plan = await given(desk, world)
    path = f"/activities/{plan.activities['Paint the boats']}"
    forms = [form for form in forms_of(await (await desk("canada")).get(path)) if "_act" in form.fields]
    delegate = await desk("japan")

    assert len(forms) == 7
    assert forms_of(await delegate.get(path)) == []
    for form in forms:
        answer = await delegate.forge(path, form, reason="x", period="May 2019", evidenceId=world.version)
        assert answer.status_code == 422
    assert (await states_of(world))["Paint the boats"] == ActivityStatus.NOT_STARTED


async def test_pages_of_nothing_are_the_same_for_every_kind(desk) -> None:
    visitor = await desk("japan")
    pages = [await visitor.get(path) for path in ("/plans/WPL_none", "/plans/items/WIT_none", "/activities/ACT_none")]

    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert "There is no work plan yet." in await read(visitor, "/plans")
