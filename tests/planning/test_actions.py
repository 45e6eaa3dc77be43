"""Keeping plans by acts: topics, activities, milestones, dependencies, baselines, and the next plan."""

from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.planning.actions import carrying, milestones, networking, proposing
from server.domain.workplan import steps
from server.domain.workplan.actions import activities, topics, tracking
from server.kernel.refusals import Refusal
from server.models.bodies import Decision, Sitting
from server.models.planning import Baseline, BaselineRow, Dependency, Milestone, MilestoneChange, PlanChange
from server.models.workplan import Activity, Responsible, WorkItem, WorkPlan
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.workplan import ActivityStatus, MilestoneChangeStatus, MilestoneStatus
from tests.factories.proposals import add_sitting
from tests.factories.rounds import open_round
from tests.factories.workplan import Plan, make_decision, make_plan, rows_of
from tests.factories.world import World

WHY = "As agreed in the corridor."


async def refused(world: World, key: str, action: Any, **sent: Any) -> Refusal:
    """The refusal of an act; the database watches that nothing is written by it."""
    with pytest.raises(Refusal) as refusal:
        await world.do(key, action, **sent)
    return refusal.value


async def row_of(world: World, table: Any, key: str) -> Any:
    """One row by its id."""
    async with world.database.studying() as session:
        return await session.get(table, key)


async def changes_of(world: World, subject: str) -> list[tuple[str, str, str, str]]:
    """Kind, before, after and reason of the changes of a subject, sorted."""
    columns = (PlanChange.subject_id, PlanChange.kind, PlanChange.before, PlanChange.after, PlanChange.reason)
    return [(str(row[1]), *row[2:]) for row in await rows_of(world.database, *columns) if row[0] == subject]


async def test_open_work_plan_for_a_body_that_has_none(world: World) -> None:
    day = date(2018, 9, 1)
    opened = {"body_id": world.bodies["ptc"], "title": " Plan of the PTC ", "decided_on": day}
    plan_id = await world.do("secretariat", topics.open_work_plan, **opened)

    plan = await row_of(world, WorkPlan, plan_id)
    again = await refused(world, "secretariat", topics.open_work_plan, **opened)
    future = opened | {"body_id": world.bodies["group"], "decided_on": date(2030, 1, 1)}
    later = await refused(world, "secretariat", topics.open_work_plan, **future)
    other = await refused(world, "japan", topics.open_work_plan, **opened)

    assert (plan.title, plan.decided_on, plan.closed_at) == ("Plan of the PTC", day, None)
    assert (again.code, later.issues[0].code, other.code) == ("ALREADY_DONE", "DAY_OUT_OF_RANGE", "FORBIDDEN")
    await world.do(
        "secretariat",
        topics.correct_work_plan,
        work_plan_id=plan_id,
        title="Plan of the Committee",
        reason=WHY,
        expected_revision=1,
    )
    assert ("CORRECTED", "Plan of the PTC", "Plan of the Committee", WHY) in await changes_of(world, plan_id)


async def test_add_work_item_correct_and_drop_it_with_what_is_open_in_it(world: World) -> None:
    plan = await make_plan(world)
    added = {"work_plan_id": plan.id, "title": "Lights", "reason": WHY}
    item = await world.do("secretariat", topics.add_work_item, **added)
    taken = await refused(world, "secretariat", topics.add_work_item, **added, number=1)
    other = await refused(world, "japan", topics.add_work_item, **added)
    corrected = {"work_item_id": item, "title": "Lighthouses", "number": 9, "reason": WHY}
    await world.do("secretariat", topics.correct_work_item, **corrected, expected_revision=1)
    same = await refused(world, "secretariat", topics.correct_work_item, **corrected, expected_revision=2)
    step = await world.do("secretariat", activities.add_activity, work_item_id=item, text="Paint", reason=WHY)
    dropped = {"work_item_id": item, "reason": "No lights.", "expected_revision": 2}
    silent = await refused(world, "secretariat", topics.drop_work_item, **dropped | {"reason": " "})
    await world.do("secretariat", topics.drop_work_item, **dropped)
    twice = await refused(world, "secretariat", topics.drop_work_item, **dropped | {"expected_revision": 3})

    row = await row_of(world, WorkItem, item)
    assert (row.number, row.title, row.drop_reason) == (9, "Lighthouses", "No lights.")
    assert (await row_of(world, Activity, step)).status == ActivityStatus.DROPPED
    assert (taken.issues[0].code, other.code, same.issues[0].code) == (
        "TAKEN", "FORBIDDEN", "NOTHING_CHANGES",
    )  # fmt: skip
    assert (silent.issues[0].code, twice.code) == ("REASON_MISSING", "WRONG_STATE")
    assert ("MOVED", "3", "9", WHY) in await changes_of(world, item)


async def test_add_activity_in_between_with_those_responsible_as_printed(world: World) -> None:
    plan = await make_plan(world)
    added = {"work_item_id": plan.items[1], "text": "Tar the boats", "reason": WHY, "position": 2}
    printed = {"period": "mid-2019", "responsible": "Japan and China, Co-Leads; Tar Makers, Ltd.", "remarks": "hot"}
    step = await world.do("secretariat", activities.add_activity, **added, **printed)
    wrong = await refused(world, "secretariat", activities.add_activity, **added | {"position": 9}, period="soon")

    rows = await rows_of(world.database, Activity.position, Activity.description, Activity.work_item_id)
    assert [row[:2] for row in rows if row[2] == plan.items[1]] == [
        (1, "Count the boats"), (2, "Tar the boats"), (3, "Paint the boats"), (4, "Sail the boats"),
    ]  # fmt: skip
    row = await row_of(world, Activity, step)
    assert (row.earliest, row.latest, row.baseline_latest) == (date(2019, 5, 1), date(2019, 8, 31), date(2019, 8, 31))
    named = [
        row[1:]
        for row in await rows_of(
            world.database, Responsible.activity_id, Responsible.label, Responsible.party_id, Responsible.function
        )
        if row[0] == step
    ]
    assert sorted(named, key=str) == sorted(
        [
            ("Japan", world.parties["japan"], None),
            ("China", world.parties["china"], None),
            ("Co-Leads", None, FunctionKind.COORDINATOR),
            ("Tar Makers, Ltd.", None, None),
        ],
        key=str,
    )
    assert [issue.code for issue in wrong.issues] == ["UNREADABLE", "NUMBER_OUT_OF_RANGE"]


async def test_words_that_are_no_period_are_kept_when_somebody_says_so(world: World) -> None:
    plan = await make_plan(world)
    added = {"work_item_id": plan.items[1], "text": "Tar the boats", "reason": WHY, "period": " when ice  melts "}
    redated = {"activity_id": plan.activities["Count the boats"], "reason": WHY, "period": "when ice melts"}
    refusals = [
        await refused(world, "secretariat", activities.add_activity, **added),
        await refused(world, "secretariat", tracking.redate_activity, **redated, expected_revision=1),
    ]
    step = await world.do("secretariat", activities.add_activity, **added, can_keep_words=True)
    await world.do("secretariat", tracking.redate_activity, **redated, expected_revision=1, can_keep_words=True)

    assert [refusal.issues[0].code for refusal in refusals] == ["UNREADABLE", "UNREADABLE"]
    rows = [await row_of(world, Activity, each) for each in (step, redated["activity_id"])]
    assert [(row.earliest, row.latest, row.label) for row in rows] == [
        (None, None, "when ice  melts"), (None, None, "when ice melts"),
    ]  # fmt: skip


async def test_correct_activity_says_each_change_and_leaves_the_rest(world: World) -> None:
    plan = await make_plan(world)
    step = plan.activities["Paint the boats"]
    words = {"text": "Paint all boats", "responsible": "Secretariat, WGEC", "remarks": ""}
    corrected = {"activity_id": step, **words, "reason": WHY}
    await world.do("secretariat", activities.correct_activity, **corrected, expected_revision=1)
    same = await refused(world, "secretariat", activities.correct_activity, **corrected, expected_revision=2)
    stale = await refused(world, "secretariat", activities.correct_activity, **corrected, expected_revision=1)

    assert (await changes_of(world, step))[-1] == ("CORRECTED", "Paint the boats", "Paint all boats", WHY)
    assert (same.issues[0].code, stale.code) == ("NOTHING_CHANGES", "STALE_REVISION")


async def test_move_activity_within_its_topic_and_to_another_one(world: World) -> None:
    plan = await make_plan(world)
    moved = {"activity_id": plan.activities["Sail the boats"], "reason": WHY}
    first = {"work_item_id": plan.items[1], "position": 1}
    await world.do("secretariat", activities.move_activity, **moved, **first, expected_revision=1)
    nowhere = await refused(world, "secretariat", activities.move_activity, **moved, **first, expected_revision=2)
    second = {"work_item_id": plan.items[2], "position": 1}
    await world.do("secretariat", activities.move_activity, **moved, **second, expected_revision=2)
    far = await refused(
        world, "secretariat", activities.move_activity, **moved, **second | {"position": 3}, expected_revision=3
    )

    rows = await rows_of(world.database, Activity.work_item_id, Activity.position, Activity.description)
    assert {row[1:] for row in rows if row[0] == plan.items[1]} == {(1, "Count the boats"), (2, "Paint the boats")}
    assert {row[1:] for row in rows if row[0] == plan.items[2]} == {(1, "Sail the boats"), (2, "List the ports")}
    assert (nowhere.issues[0].code, far.issues[0].code) == ("NOTHING_CHANGES", "NUMBER_OUT_OF_RANGE")


async def test_block_activity_until_it_waits_no_longer(world: World) -> None:
    plan = await make_plan(world)
    step, other = plan.activities["Paint the boats"], plan.activities["Count the boats"]
    blocked = {"activity_id": step, "waits_for": "the count", "waits_for_id": other}
    unfit = blocked | {"waits_for_id": world.parties["japan"]}
    wrong = await refused(world, "secretariat", activities.block_activity, **unfit, expected_revision=1)
    await world.do("secretariat", activities.block_activity, **blocked, expected_revision=1)
    twice = await refused(world, "secretariat", activities.block_activity, **blocked, expected_revision=2)
    itself = {"activity_id": other, "waits_for": "itself", "expected_revision": 1}
    own = await refused(world, "secretariat", activities.block_activity, **itself, waits_for_id=other)
    circle = await refused(world, "secretariat", activities.block_activity, **itself, waits_for_id=step)
    row = await row_of(world, Activity, step)
    await world.do("secretariat", activities.unblock_activity, activity_id=step, expected_revision=2)
    free = await refused(world, "secretariat", activities.unblock_activity, activity_id=step, expected_revision=3)

    assert (row.blocked_by, row.blocked_by_id, row.status) == ("the count", other, ActivityStatus.NOT_STARTED)
    assert (wrong.issues[0].code, twice.code, free.code) == ("OBJECT_UNKNOWN", "ALREADY_DONE", "ALREADY_DONE")
    assert [(each.path, each.code) for each in (*own.issues, *circle.issues)] == [("waitsForId", "CIRCLE")] * 2
    assert circle.issues[0].parameters["steps"] == ("Paint the boats", "Count the boats")
    assert (await row_of(world, Activity, step)).blocked_by is None


async def add_milestone(world: World, plan: Plan, **more: Any) -> str:
    """Add a milestone as the Secretariat."""
    values = {"work_plan_id": plan.id, "name": "Harbour open", "reason": WHY, **more}
    return str(await world.do("secretariat", milestones.add_milestone, **values))


async def test_add_milestone_correct_reach_and_drop_it(world: World) -> None:
    plan = await make_plan(world)
    milestone = await add_milestone(world, plan, period="June 2019", work_item_id=plan.items[1])
    second = await add_milestone(world, plan, period="TBD")
    vague = {"work_plan_id": plan.id, "name": "Vague", "reason": WHY}
    unsaid = await refused(world, "secretariat", milestones.add_milestone, **vague)
    other = await refused(world, "japan", milestones.add_milestone, **vague, period="2019")
    corrected = {"milestone_id": second, "name": "Harbour lit", "position": 1, "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.correct_milestone, **corrected)
    older = {"milestone_id": milestone, "evidence_id": world.version, "expected_revision": 1}
    too_old = await refused(world, "secretariat", milestones.reach_milestone, **older)
    unproven = older | {"evidence_id": await make_decision(world)}
    await world.do("secretariat", milestones.reach_milestone, **unproven)
    again = await refused(world, "secretariat", milestones.reach_milestone, **unproven | {"expected_revision": 2})
    missing = {"milestone_id": second, "evidence_id": plan.id, "expected_revision": 2}
    hollow = await refused(world, "secretariat", milestones.reach_milestone, **missing)
    dropped = {"milestone_id": second, "reason": "No harbour.", "expected_revision": 2}
    await world.do("secretariat", milestones.drop_milestone, **dropped)

    rows = await rows_of(world.database, Milestone.position, Milestone.name, Milestone.status)
    assert rows == [(1, "Harbour lit", MilestoneStatus.DROPPED), (2, "Harbour open", MilestoneStatus.REACHED)]
    assert (unsaid.issues[0].code, other.code) == ("ANCHOR_UNFIT", "FORBIDDEN")
    assert too_old.issues[0].code == "EVIDENCE_OLDER"
    assert (again.code, hollow.code) == ("WRONG_STATE", "EVIDENCE_REQUIRED")


@pytest.mark.own_sql
async def test_a_milestone_at_a_past_sitting_is_reached_with_its_decision(world: World) -> None:
    """So is one that was carried over from it."""
    plan = await make_plan(world)
    decision = await make_decision(world, date(2018, 3, 5), date(2018, 3, 9), 219)
    sitting = (await row_of(world, Decision, decision)).sitting_id
    milestone = await add_milestone(world, plan, period="December 2018")
    reached = {"milestone_id": milestone, "evidence_id": decision}
    too_early = await refused(world, "secretariat", milestones.reach_milestone, **reached, expected_revision=1)
    redated = {"milestone_id": milestone, "sitting_id": sitting, "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **redated)
    carried = Milestone(
        plan_id=plan.id,
        position=2,
        name="Harbour open",
        label="TBD",
        approver_body_id=world.bodies["wgec"],
        carried_from_id=milestone,
    )
    await world.add(carried)
    await world.do("secretariat", milestones.reach_milestone, **reached, expected_revision=2)
    await world.do(
        "secretariat", milestones.reach_milestone, **reached | {"milestone_id": carried.id}, expected_revision=1
    )

    assert too_early.issues[0].code == "EVIDENCE_OLDER"
    statuses = {(await row_of(world, Milestone, each)).status for each in (milestone, carried.id)}
    assert statuses == {MilestoneStatus.REACHED}


@pytest.mark.own_sql
async def test_what_is_too_old_to_show_a_step_done_tells_no_day_of_a_hidden_round(world: World) -> None:
    """Japan sees the round that the milestone stood at first, the GEA does not."""
    plan = await make_plan(world)
    round_id = await open_round(world, audience=frozenset({"MEMBER"}))
    world.clock.move(days=30)
    milestone = await add_milestone(world, plan, round_id=round_id)
    redated = {"milestone_id": milestone, "period": "June 2019", "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **redated)

    days = {}
    for who in ("japan", "gea"):
        actor = await world.actor(who)
        async with world.database.studying() as session:
            step = await session.get_one(Milestone, milestone)
            days[who] = await steps.planned_since(session, actor, world.clock.now, step)

    assert days == {"japan": date(2018, 10, 1), "gea": world.clock.now.date()}


@pytest.mark.own_sql
async def test_words_that_are_no_period_are_kept_of_a_milestone_if_somebody_says_so(world: World) -> None:
    plan = await make_plan(world)
    add = {"work_plan_id": plan.id, "name": "Harbour open", "reason": WHY, "period": "after the thaw"}
    unread = await refused(world, "secretariat", milestones.add_milestone, **add)
    milestone = await world.do("secretariat", milestones.add_milestone, **add, can_keep_words=True)
    on = {"milestone_id": milestone, "reason": WHY, "expected_revision": 1}
    again = [
        await refused(world, "secretariat", act, **on, period="once it thaws")
        for act in (milestones.redate_milestone, proposing.propose_milestone_change)
    ]
    same = await refused(
        world, "secretariat", milestones.redate_milestone, **on, period="after the thaw", can_keep_words=True
    )
    first = await row_of(world, Milestone, milestone)
    change = await world.do(
        "secretariat", proposing.propose_milestone_change, **on, period="once it thaws", can_keep_words=True
    )
    await world.do("secretariat", proposing.approve_milestone_change, milestone_change_id=change, expected_revision=1)
    await world.do(
        "secretariat", milestones.redate_milestone, **on | {"expected_revision": 2}, period="thaw", can_keep_words=True
    )

    assert [each.issues[0].code for each in (unread, *again, same)] == ["UNREADABLE"] * 3 + ["NOTHING_CHANGES"]
    assert (first.label, first.baseline_label, first.earliest, first.latest) == (*["after the thaw"] * 2, None, None)
    moved = [(before, after) for _, before, after, _ in await changes_of(world, milestone)]
    assert moved == [("", "after the thaw"), ("after the thaw", "once it thaws"), ("once it thaws", "thaw")]


async def test_propose_milestone_change_and_approve_it_in_one_act(world: World) -> None:
    plan = await make_plan(world)
    await give_to_group(world, plan)
    sitting = await add_sitting(world)
    milestone = await add_milestone(world, plan, period="June 2018", work_item_id=plan.items[1])
    proposed = {"milestone_id": milestone, "sitting_id": sitting, "offset_days": -49, "reason": WHY}
    stranger = await refused(world, "japan", proposing.propose_milestone_change, **proposed, expected_revision=1)
    change = await world.do("canada", proposing.propose_milestone_change, **proposed, expected_revision=1)
    twice = await refused(world, "canada", proposing.propose_milestone_change, **proposed, expected_revision=1)
    answer = {"milestone_change_id": change, "expected_revision": 1}
    own = await refused(world, "canada", proposing.approve_milestone_change, **answer)
    await world.do("secretariat", proposing.approve_milestone_change, **answer)
    again = await refused(world, "secretariat", proposing.approve_milestone_change, **answer | {"expected_revision": 2})

    row = await row_of(world, Milestone, milestone)
    day = (await row_of(world, Sitting, sitting)).starts_on - timedelta(days=49)
    assert (row.sitting_id, row.offset_days, row.label, row.revision) == (sitting, -49, "", 2)
    assert (row.baseline_label, (await row_of(world, MilestoneChange, change)).status) == (
        "June 2018", MilestoneChangeStatus.APPROVED,
    )  # fmt: skip
    assert ("REDATED", "June 2018", f"{day.day} {day:%B %Y}", WHY) in await changes_of(world, milestone)
    assert (stranger.code, twice.code, own.code, again.code) == (
        "FORBIDDEN", "ALREADY_DONE", "FORBIDDEN", "WRONG_STATE",
    )  # fmt: skip


async def test_decline_milestone_change_take_back_milestone_change_and_redate_milestone(world: World) -> None:
    plan = await make_plan(world)
    await give_to_group(world, plan)
    milestone = await add_milestone(world, plan, period="June 2019", work_item_id=plan.items[1])
    proposed = {"milestone_id": milestone, "period": "July 2019", "reason": WHY, "expected_revision": 1}
    first = await world.do("canada", proposing.propose_milestone_change, **proposed)
    declined = {"milestone_change_id": first, "reason": "Too late.", "expected_revision": 1}
    silent = await refused(world, "secretariat", proposing.decline_milestone_change, **declined | {"reason": ""})
    await world.do("secretariat", proposing.decline_milestone_change, **declined)
    second = await world.do("canada", proposing.propose_milestone_change, **proposed)
    back = {"milestone_change_id": second, "expected_revision": 1}
    foreign = await refused(world, "secretariat", proposing.take_back_milestone_change, **back)
    await world.do("canada", proposing.take_back_milestone_change, **back)
    redated = {"milestone_id": milestone, "period": "August 2019", "reason": WHY, "expected_revision": 1}
    alone = await refused(world, "canada", milestones.redate_milestone, **redated)
    await world.do("secretariat", milestones.redate_milestone, **redated)
    same = await refused(world, "secretariat", milestones.redate_milestone, **redated | {"expected_revision": 2})

    statuses = {row[0]: row[1] for row in await rows_of(world.database, MilestoneChange.id, MilestoneChange.status)}
    assert statuses == {first: "DECLINED", second: "TAKEN_BACK"}
    assert (await row_of(world, Milestone, milestone)).latest == date(2019, 8, 31)
    assert (silent.issues[0].code, foreign.code, alone.code) == ("REASON_MISSING", "FORBIDDEN", "FORBIDDEN")
    assert same.issues[0].code == "NOTHING_CHANGES"


async def test_add_dependency_refuses_circles_and_drop_dependency_ends_it(world: World) -> None:
    plan = await make_plan(world)
    count, paint, sail = (plan.activities[f"{each} the boats"] for each in ("Count", "Paint", "Sail"))
    milestone = await add_milestone(world, plan, period="2019")
    link = {"work_plan_id": plan.id, "reason": WHY}
    chain = [(count, paint), (paint, sail), (sail, milestone)]
    links = [
        await world.do("secretariat", networking.add_dependency, **link, predecessor_id=first, successor_id=last)
        for first, last in chain
    ]
    for first, last, code in (
        (milestone, count, "CIRCLE"), (count, count, "CIRCLE"), (plan.id, count, "OBJECT_UNKNOWN"),
    ):  # fmt: skip
        ends = {"predecessor_id": first, "successor_id": last}
        refusal = await refused(world, "secretariat", networking.add_dependency, **link, **ends)
        assert [issue.code for issue in refusal.issues] == [code]
    twice = await refused(
        world, "secretariat", networking.add_dependency, **link, predecessor_id=count, successor_id=paint
    )
    ended = {"dependency_id": links[0], "reason": WHY}
    await world.do("secretariat", networking.drop_dependency, **ended, expected_revision=1)
    again = await refused(world, "secretariat", networking.drop_dependency, **ended, expected_revision=2)
    await world.do(
        "secretariat", networking.add_dependency, **link, predecessor_id=milestone, successor_id=count, lag_days=-3
    )

    assert (twice.code, again.code) == ("ALREADY_DONE", "ALREADY_DONE")
    assert ("UNLINKED", "Count the boats", "", WHY) in await changes_of(world, paint)


async def test_record_baseline_keeps_all_periods_under_a_name(world: World) -> None:
    plan = await make_plan(world)
    sitting = await add_sitting(world)
    milestone = await add_milestone(world, plan, sitting_id=sitting)
    kept = {"work_plan_id": plan.id, "name": "Before the storm"}
    await world.do("secretariat", networking.record_baseline, **kept)
    twice = await refused(world, "secretariat", networking.record_baseline, **kept)

    rows = {row[0]: row[1:] for row in await rows_of(world.database, BaselineRow.item_id, BaselineRow.latest)}
    assert len(rows) == 5
    assert rows[milestone] == ((await row_of(world, Sitting, sitting)).ends_on,)
    assert len(await rows_of(world.database, Baseline.id)) == 1
    assert twice.issues[0].code == "TAKEN"


async def test_carry_over_work_plan_takes_what_is_open_with_trace(world: World) -> None:
    plan = await make_plan(world)
    count, paint = plan.activities["Count the boats"], plan.activities["Paint the boats"]
    await world.do("secretariat", tracking.start_activity, activity_id=count, expected_revision=1)
    dropped = {"activity_id": plan.activities["List the ports"], "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", tracking.drop_activity, **dropped)
    milestone = await add_milestone(world, plan, period="June 2019")
    for first, last in ((count, paint), (paint, milestone)):
        ends = {"work_plan_id": plan.id, "reason": WHY, "predecessor_id": first, "successor_id": last}
        await world.do("secretariat", networking.add_dependency, **ends)
    proposed = {"milestone_id": milestone, "period": "July 2019", "reason": WHY, "expected_revision": 1}
    change = await world.do("secretariat", proposing.propose_milestone_change, **proposed)
    day = date(2018, 9, 20)
    carried = {"work_plan_id": plan.id, "title": "Plan of 2019", "decided_on": day, "reason": WHY}
    waits = await refused(world, "secretariat", carrying.carry_over_work_plan, **carried, expected_revision=1)
    back = {"milestone_change_id": change, "expected_revision": 1}
    await world.do("secretariat", proposing.take_back_milestone_change, **back)
    following = await world.do("secretariat", carrying.carry_over_work_plan, **carried, expected_revision=1)
    closed = await refused(world, "secretariat", topics.add_work_item, work_plan_id=plan.id, title="Late", reason=WHY)

    items = await rows_of(world.database, WorkItem.plan_id, WorkItem.number, WorkItem.carried_from_id)
    assert [row[1:] for row in items if row[0] == following] == [(1, plan.items[1])]
    steps = await rows_of(
        world.database, Activity.description, Activity.status, Activity.carried_from_id, Activity.baseline_label
    )
    assert ("Count the boats", ActivityStatus.IN_PROGRESS, count, "June 2018") in steps
    assert ("Count the boats", ActivityStatus.CARRIED_OVER, None, "June 2018") in steps
    links = await rows_of(world.database, Dependency.plan_id, Dependency.ended_at)
    assert sorted((row[0] == following, row[1] is None) for row in links) == [(False, False)] * 2 + [(True, True)] * 2
    assert (await row_of(world, WorkPlan, following)).follows_id == plan.id
    assert (await row_of(world, Milestone, milestone)).status == MilestoneStatus.CARRIED_OVER
    assert (waits.code, closed.code) == ("WRONG_STATE", "WRONG_STATE")


async def give_to_group(world: World, plan: Plan) -> None:
    """Give topic 1 to the group that Canada coordinates."""
    await world.do(
        "secretariat",
        topics.assign_work_item,
        work_item_id=plan.items[1],
        body_id=world.bodies["group"],
        expected_revision=1,
    )


@pytest.mark.parametrize("who", ["japan", "gea"])
async def test_others_keep_nothing_of_a_plan(world: World, who: str) -> None:
    plan = await make_plan(world)
    refusal = await refused(world, who, networking.record_baseline, work_plan_id=plan.id, name="Mine")

    assert refusal.code == "FORBIDDEN"


async def test_approve_milestone_change_refuses_a_proposal_older_than_the_day_that_holds(world: World) -> None:
    plan = await make_plan(world)
    await give_to_group(world, plan)
    milestone = await add_milestone(world, plan, period="June 2019", work_item_id=plan.items[1])
    proposed = {"milestone_id": milestone, "period": "July 2019", "reason": WHY, "expected_revision": 1}
    change = await world.do("canada", proposing.propose_milestone_change, **proposed)
    world.clock.now += timedelta(hours=1)
    redated = {"milestone_id": milestone, "period": "August 2019", "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **redated)

    answer = {"milestone_change_id": change, "expected_revision": 1}
    stale = await refused(world, "secretariat", proposing.approve_milestone_change, **answer)
    await world.do("secretariat", proposing.decline_milestone_change, **answer, reason="It is August.")
    again = {"milestone_id": milestone, "period": "July 2019", "reason": WHY, "expected_revision": 2}
    new = await world.do("canada", proposing.propose_milestone_change, **again)
    await world.do("secretariat", proposing.approve_milestone_change, milestone_change_id=new, expected_revision=1)

    assert (stale.kind, stale.code, stale.subject_id) == ("STALE", "STALE_REVISION", milestone)
    assert (await row_of(world, Milestone, milestone)).label == "July 2019"
