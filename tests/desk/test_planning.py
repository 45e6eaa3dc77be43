"""The pages on which a work plan is kept: milestones, changes, what is open, and the plan as a paper."""

import base64
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update

from server.domain.planning.actions import milestones, proposing
from server.domain.planning.actions.following import with_milestones
from server.domain.rounds.actions import calling
from server.domain.sittings.actions import convening
from server.domain.workplan.actions import topics, tracking
from server.models.parties import Person
from server.models.planning import Milestone, MilestoneChange
from server.models.workplan import Activity, WorkItem
from server.vocabulary.parties import Language
from server.vocabulary.sittings import SittingFormat
from tests.desk.desks import form_of, forms_of
from tests.desk.phrases import read
from tests.factories.proposals import add_sitting
from tests.factories.rounds import CLOSES, open_round
from tests.factories.workplan import Plan, make_plan, paper, rows_of
from tests.factories.world import World

WHY = "So agreed."


async def add_milestone(world: World, plan: Plan, **more: Any) -> str:
    values = {"work_plan_id": plan.id, "name": "Harbour <open>", "period": "June 2019", "reason": WHY, **more}
    return str(await world.do("secretariat", milestones.add_milestone, **values))


async def test_the_secretariat_keeps_a_plan_on_its_page(desk: Callable[..., Any], world: World) -> None:
    plan = await make_plan(world)
    visitor, reader = await desk("secretariat"), await desk("japan")
    page = await visitor.get(f"/plans/{plan.id}/keep")
    added = await visitor.send(
        f"/plans/{plan.id}/keep", form_of(page, "addMilestone"), name="Harbour", period="mid-2019", reason=WHY
    )
    faulty = await visitor.send(
        f"/plans/{plan.id}/keep", form_of(page, "addMilestone"), name="Harbour", period="one day", reason=WHY
    )
    await visitor.send(f"/plans/{plan.id}/keep", form_of(page, "addWorkItem"), title="Lights", reason=WHY)
    steps = {"predecessorId": plan.activities["Count the boats"], "successorId": plan.activities["Paint the boats"]}
    await visitor.send(f"/plans/{plan.id}/keep", form_of(page, "addDependency"), **steps, reason=WHY)
    seen = await reader.get(f"/plans/{plan.id}/keep")
    changes = await reader.get(f"/plans/{plan.id}/changes")

    assert (added.status_code, faulty.status_code) == (303, 422)
    assert "one day" in faulty.text
    assert [row[0] for row in await rows_of(world.database, Milestone.label)] == ["mid-2019"]
    assert (3, "Lights") in await rows_of(world.database, WorkItem.number, WorkItem.title)
    assert "mid-2019" in seen.text
    assert "waits for" in seen.text
    assert "addMilestone" not in seen.text
    assert changes.text.count(WHY) == 3


async def test_what_moved_a_milestone_is_said_in_the_language_of_its_reader(
    desk: Callable[..., Any], world: World
) -> None:
    plan = await make_plan(world)
    days = {"starts_on": date(2018, 10, 8), "ends_on": date(2018, 10, 12)}
    sitting_id, round_id = await add_sitting(world, **days), await open_round(world, title="Charts <b>")
    at_sitting = await add_milestone(world, plan, period="", sitting_id=sitting_id)
    at_round = await add_milestone(world, plan, period="", round_id=round_id)
    on_sitting, on_round = (
        {"sitting_id": sitting_id, "reason": "No room."}, {"round_id": round_id, "reason": "Holidays."},
    )  # fmt: skip
    for who, action, sent in (
        ("secretariat", convening.move_sitting, on_sitting | {"ends_on": date(2018, 10, 13)}),
        ("secretariat", convening.cancel_sitting, on_sitting | {"expected_revision": 2}),
        ("canada", calling.extend_round, on_round | {"closes_at": CLOSES + timedelta(days=9)}),
        ("secretariat", calling.cancel_round, on_round | {"expected_revision": 2}),
    ):
        await world.do(who, with_milestones(action), **{"expected_revision": 1} | sent)
    async with world.database.writing() as session:
        french = update(Person).where(Person.id == world.persons["china"]).values(language=Language.FRENCH)
        await session.execute(french)
    said = {
        who: " ".join([await read(await desk(who), f"/milestones/{each}") for each in (at_sitting, at_round)])
        .replace("“ ", "“")
        .replace(" ”", "”")
        for who in ("japan", "china")
    }

    needs, attend = "the milestone needs a new date.", "le jalon attend une nouvelle date."
    for who, sentences in (
        ("japan", (
            "The sitting of PTC of 8 October 2018 was moved.",
            f"The sitting of PTC of 8 October 2018 was called off: {needs}",
            "The round “Charts <b>” closes at another time.",
            f"The round “Charts <b>” was called off: {needs}",
        )),
        ("china", (
            "La session de PTC du 8 octobre 2018 a été déplacée.",
            f"La session de PTC du 8 octobre 2018 est annulée: {attend}",
            "La clôture de la consultation « Charts <b> » est déplacée.",
            f"La consultation « Charts <b> » est annulée: {attend}",
        )),
    ):  # fmt: skip
        words = " ".join(said[who].split())
        assert [each for each in sentences if each not in words] == [], words


async def test_a_milestone_change_is_approved_from_its_link(desk: Callable[..., Any], world: World) -> None:
    plan = await make_plan(world)
    group = {"work_item_id": plan.items[1], "body_id": world.bodies["group"], "expected_revision": 1}
    await world.do("secretariat", topics.assign_work_item, **group)
    milestone = await add_milestone(world, plan, work_item_id=plan.items[1])
    coordinator, officer, reader = await desk("canada"), await desk("secretariat"), await desk("japan")
    page = await coordinator.get(f"/milestones/{milestone}")
    proposed = await coordinator.send(
        f"/milestones/{milestone}", form_of(page, "proposeMilestoneChange"), period="July 2019", reason="Ice <melts>."
    )
    (change,) = [row[0] for row in await rows_of(world.database, MilestoneChange.id)]
    link = f"/milestone-changes/{change}"
    shown, seen = await officer.get(link), await reader.get(link)
    approved = await officer.send(link, form_of(shown, "approveMilestoneChange"))

    assert (proposed.status_code, approved.status_code) == (303, 303)
    assert "Ice &lt;melts&gt;." in shown.text
    assert "approveMilestoneChange" not in seen.text
    assert [row[0] for row in await rows_of(world.database, Milestone.label)] == ["July 2019"]
    after = await reader.get(f"/milestones/{milestone}")
    assert "June 2019" in after.text
    assert "Harbour &lt;open&gt;" in after.text


async def test_a_proposal_is_declined_with_a_reason(desk: Callable[..., Any], world: World) -> None:
    plan = await make_plan(world)
    milestone = await add_milestone(world, plan)
    proposal = {"milestone_id": milestone, "period": "July 2019", "reason": WHY, "expected_revision": 1}
    change = await world.do("secretariat", proposing.propose_milestone_change, **proposal)
    officer = await desk("secretariat")
    page = await officer.get(f"/milestone-changes/{change}")
    await officer.send(f"/milestone-changes/{change}", form_of(page, "declineMilestoneChange"), reason="No.")

    assert "No." in (await officer.get(f"/milestone-changes/{change}")).text


async def test_activities_are_corrected_moved_and_blocked_by_their_forms(
    desk: Callable[..., Any], world: World
) -> None:
    plan = await make_plan(world)
    step = plan.activities["Paint the boats"]
    visitor, address = await desk("secretariat"), f"/activities/{step}"
    page = await visitor.get(address)
    corrected = await visitor.send(address, form_of(page, "correctActivity"), text="Paint all", reason=WHY)
    stale = await visitor.send(address, form_of(page, "correctActivity"), text="Paint none", reason=WHY)
    page = await visitor.get(address)
    moved = await visitor.send(address, form_of(page, "moveActivity"), position="1", reason=WHY)
    page = await visitor.get(address)
    blocked = await visitor.send(address, form_of(page, "blockActivity"), waitsFor="the paint")
    seen = await visitor.get(address)

    assert [each.status_code for each in (corrected, stale, moved, blocked)] == [303, 422, 303, 303]
    assert ("Paint all", 1, "the paint") in await rows_of(
        world.database, Activity.description, Activity.position, Activity.blocked_by
    )
    assert "It waits no longer" in seen.text


async def test_topics_get_activities_and_are_given_up_by_their_forms(desk: Callable[..., Any], world: World) -> None:
    plan = await make_plan(world)
    visitor, address = await desk("secretariat"), f"/plans/items/{plan.items[2]}"
    page = await visitor.get(address)
    added = await visitor.send(address, form_of(page, "addActivity"), text="Name them", period="TBD", reason=WHY)
    page = await visitor.get(address)
    dropped = await visitor.send(address, form_of(page, "dropWorkItem"), reason="No ports.")
    after = await visitor.get(address)

    assert (added.status_code, dropped.status_code) == (303, 303)
    assert "No ports." in after.text
    assert "addActivity" not in after.text


async def test_what_is_open_is_handed_over_by_group(desk: Callable[..., Any], world: World) -> None:
    plan = await make_plan(world)
    group = {"work_item_id": plan.items[1], "body_id": world.bodies["group"], "expected_revision": 1}
    await world.do("secretariat", topics.assign_work_item, **group)
    dropped = {"activity_id": plan.activities["Paint the boats"], "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", tracking.drop_activity, **dropped)
    await add_milestone(world, plan)
    page = await (await desk("japan")).get(f"/plans/{plan.id}/hand-over")

    assert "Count the boats" in page.text
    assert "Paint the boats" not in page.text
    assert page.text.index("WGEC-2") < page.text.index("With no group") < page.text.index("Harbour")


async def test_what_is_open_is_handed_over_to_the_next_sitting_in_a_room(
    desk: Callable[..., Any], world: World
) -> None:
    plan = await make_plan(world)
    visitor = await desk("japan")

    async def call(number: int, day: date, form: SittingFormat) -> str:
        sent: dict[str, Any] = {"first_number": number, "second_number": None, "starts_on": day, "ends_on": day}
        await world.do("secretariat", convening.call_sitting, body_id=world.bodies["wgec"], sitting_format=form, **sent)
        page = await visitor.get(f"/plans/{plan.id}/hand-over")
        return str(re.findall(r"To be handed over to .*? of ([^<]*?)\.", page.text)[0])

    told = [
        await call(7, date(2018, 11, 5), SittingFormat.VIRTUAL),
        await call(8, date(2018, 12, 10), SittingFormat.HYBRID),
        await call(9, date(2018, 11, 26), SittingFormat.IN_PERSON),
    ]

    assert told == ["5 November 2018", "10 December 2018", "26 November 2018"]


async def test_a_plan_is_downloaded_and_read_again(desk: Callable[..., Any], world: World) -> None:
    plan = await make_plan(world)
    visitor = await desk("secretariat")
    markdown = await visitor.get(f"/plans/{plan.id}/paper.md")
    sheet = await visitor.get(f"/plans/{plan.id}/paper.xlsx")
    form = next(each for each in forms_of(await visitor.get("/import/plan")) if each.fields.get("_form") == "import")
    shown = [
        await visitor.send("/import/plan", form, markdown=text, decidedOn="2018-06-21", _preview="read")
        for text in (markdown.text, base64.b64encode(sheet.content).decode(), paper().replace("June 2018", "July 2018"))
    ]
    missing = await visitor.get(f"/plans/{plan.items[1]}/paper.md")

    assert 'filename="work-plan.xlsx"' in sheet.headers["content-disposition"]
    assert ["nothing: all of it is here already" in page.text for page in shown] == [True, True, False]
    assert "Confirm the changes" in shown[2].text
    assert missing.status_code == 404


async def test_a_plan_is_opened_for_a_body_that_has_none(desk: Callable[..., Any], world: World) -> None:
    visitor = await desk("secretariat")
    page = await visitor.get("/plans/new")
    opened = await visitor.send(
        "/plans/new", form_of(page, "openWorkPlan"), bodyId=world.bodies["ptc"], title="Plan", decidedOn="2018-09-01"
    )
    hidden = await (await desk("japan")).get("/plans/new")

    assert opened.status_code == 303
    assert hidden.status_code == 404
