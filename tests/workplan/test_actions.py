"""Tracking activities, on both databases: the happy path, each refusal, and nothing written on refusal."""

from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.planning.actions import carrying
from server.domain.silence.actions import settling
from server.domain.workplan.actions import activities, topics, tracking
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.journal import JournalEntry
from server.models.rounds import Round
from server.models.texts import TextVersion
from server.models.workplan import Activity, Redating, WorkItem
from server.vocabulary.rounds import RoundStatus, RoundVisibility
from server.vocabulary.texts import VersionStatus
from server.vocabulary.workplan import ActivityStatus
from tests.factories.silence import EXPIRES, TEXT, open_silence
from tests.factories.workplan import Plan, import_plan, make_decision, make_plan, paper, rows_of, sizes
from tests.factories.world import NOW, World

STATE = (Activity.id, Activity.status, Activity.label, Activity.revision, Activity.evidence_id, Activity.settled_at)


async def refused(world: World, key: str | None, action: Any, **sent: Any) -> Refusal:
    """The refusal of an act; nothing is written by it."""
    before = await sizes(world.database), await rows_of(world.database, *STATE)

    with pytest.raises(Refusal) as refusal:
        await world.do(key, action, **sent)

    assert (await sizes(world.database), await rows_of(world.database, *STATE)) == before
    return refusal.value


async def state(world: World, activity_id: str) -> Any:
    (found,) = [row[1:] for row in await rows_of(world.database, *STATE) if row[0] == activity_id]
    return found


async def give_to_group(world: World, plan: Plan, item: int = 1) -> None:
    await world.do(
        "secretariat",
        topics.assign_work_item,
        work_item_id=plan.items[item],
        body_id=world.bodies["group"],
        expected_revision=1,
    )


async def test_assign_work_item_lets_the_coordinators_of_the_group_track_it(world: World) -> None:
    plan = await make_plan(world)
    activity = plan.activities["Count the boats"]
    before = await refused(world, "canada", tracking.start_activity, activity_id=activity, expected_revision=1)

    await give_to_group(world, plan)
    await world.do("canada", tracking.start_activity, activity_id=activity, expected_revision=1)

    assert before.code == RefusalCode.FORBIDDEN
    assert (await state(world, activity))[0] == ActivityStatus.IN_PROGRESS
    assert (1, world.bodies["group"], 2) in await rows_of(
        world.database, WorkItem.number, WorkItem.body_id, WorkItem.revision
    )


async def test_assign_work_item_takes_a_topic_back(world: World) -> None:
    plan = await make_plan(world)
    await give_to_group(world, plan)
    item = plan.items[1]

    await world.do("secretariat", topics.assign_work_item, work_item_id=item, body_id=None, expected_revision=2)

    assert await rows_of(world.database, WorkItem.number, WorkItem.body_id, WorkItem.revision) == [
        (1, None, 3),
        (2, None, 1),
    ]


@pytest.mark.parametrize(
    ("key", "body", "version", "code"),
    [
        ("canada", "group", 1, RefusalCode.FORBIDDEN),
        (None, "group", 1, RefusalCode.NOT_FOUND),
        ("secretariat", "group", 2, RefusalCode.STALE_REVISION),
        ("secretariat", "wgec", 1, RefusalCode.INVALID),
        ("secretariat", None, 1, RefusalCode.ALREADY_DONE),
    ],
)
async def test_assign_work_item_refuses(
    world: World, key: str | None, body: str | None, version: int, code: RefusalCode
) -> None:
    plan = await make_plan(world)
    body_id = world.bodies[body] if body else None

    refusal = await refused(
        world,
        key,
        topics.assign_work_item,
        work_item_id=plan.items[1],
        body_id=body_id,
        expected_revision=version,
    )

    assert refusal.code == code


async def test_start_activity_twice_is_refused(world: World) -> None:
    activity = (await make_plan(world)).activities["List the ports"]
    await world.do("secretariat", tracking.start_activity, activity_id=activity, expected_revision=1)

    refusal = await refused(world, "secretariat", tracking.start_activity, activity_id=activity, expected_revision=2)

    assert (refusal.kind, refusal.code) == (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE)


async def test_redate_activity_keeps_the_baseline_and_the_history(world: World) -> None:
    activity = (await make_plan(world)).activities["Count the boats"]
    period = {"period": " March/April 2019 ", "reason": " The data came late. ", "expected_revision": 1}

    await world.do("secretariat", tracking.redate_activity, activity_id=activity, **period)

    async with world.database.writing() as session:
        redated = await session.get_one(Activity, activity)
    assert (redated.earliest, redated.latest, redated.label) == (
        date(2019, 3, 1),
        date(2019, 4, 30),
        "March/April 2019",
    )
    assert (redated.baseline_latest, redated.baseline_label) == (date(2018, 6, 30), "June 2018")
    assert (redated.status, redated.revision) == (ActivityStatus.NOT_STARTED, 2)
    history = (Redating.label_before, Redating.latest_before, Redating.label_after, Redating.latest_after)
    assert await rows_of(world.database, *history, Redating.reason, Redating.redated_at) == [
        ("June 2018", date(2018, 6, 30), "March/April 2019", date(2019, 4, 30), "The data came late.", NOW)
    ]


@pytest.mark.parametrize(
    ("sent", "code", "path"),
    [
        ({"period": "soon"}, RefusalCode.INVALID, "period"),
        ({"period": " "}, RefusalCode.INVALID, "period"),
        ({"period": "June 2018"}, RefusalCode.INVALID, "period"),
        ({"reason": " "}, RefusalCode.REASON_REQUIRED, "reason"),
        ({"expected_revision": 2}, RefusalCode.STALE_REVISION, None),
        ({"activity_id": "ACT_none"}, RefusalCode.NOT_FOUND, None),
    ],
)
async def test_redate_activity_refuses(world: World, sent: dict[str, Any], code: RefusalCode, path: str | None) -> None:
    activity = (await make_plan(world)).activities["Count the boats"]
    good = {"activity_id": activity, "period": "July 2018", "reason": "Late.", "expected_revision": 1}

    refusal = await refused(world, "secretariat", tracking.redate_activity, **(good | sent))

    assert refusal.code == code
    assert [issue.path for issue in refusal.issues] == ([path] if path else [])


async def round_of(world: World, status: RoundStatus, *, open_to_members: bool = True) -> str:
    round_ = Round(
        text_version_id=world.version,
        body_id=world.bodies["wgec"],
        title="Round",
        opens_at=NOW - timedelta(days=9),
        closes_at=NOW - timedelta(days=2),
        zone="Europe/Brussels",
        visibility=RoundVisibility.IMMEDIATE,
        open_to_members=open_to_members,
        open_to_observers=True,
        open_to_private_sector=False,
        status=status,
        called_by_id=world.delegates["secretariat"],
        called_at=NOW - timedelta(days=9),
    )
    await world.add(round_)
    return round_.id


@pytest.mark.parametrize("kind", ["version", "decision", "silence", "round"])
async def test_complete_activity_with_evidence(world: World, kind: str) -> None:
    plan = await make_plan(world)
    await give_to_group(world, plan)
    activity = plan.activities["Count the boats"]
    evidence = {
        "version": world.version,
        "decision": await make_decision(world),
        "silence": await open_silence(world),
        "round": await round_of(world, RoundStatus.COMPLETED),
    }[kind]
    world.clock.now = EXPIRES  # from this instant on nobody can object

    await world.do(
        "canada", tracking.complete_activity, activity_id=activity, evidence_id=evidence, expected_revision=1
    )

    assert await state(world, activity) == (ActivityStatus.DONE, "June 2018", 2, evidence, EXPIRES)


async def add_activity(world: World, plan: Plan, period: str = "") -> str:
    """Add an activity to the second topic of a plan as the Secretariat, and return its id."""
    added = {"work_item_id": plan.items[2], "text": "Light the ports", "period": period, "reason": "Dark."}
    return str(await world.do("secretariat", activities.add_activity, **added))


async def complete(world: World, activity_id: str, evidence_id: str, expected_revision: int = 1) -> None:
    """Declare an activity done as the Secretariat."""
    sent = {"activity_id": activity_id, "evidence_id": evidence_id, "expected_revision": expected_revision}
    await world.do("secretariat", tracking.complete_activity, **sent)


async def test_evidence_that_is_older_than_an_activity_shows_nothing_unless_the_activity_is_of_that_time(
    world: World,
) -> None:
    """A decision of 20 to 21 September, for an activity added on 24 September and for one of a plan of 21 June."""
    plan = await make_plan(world)
    decision = await make_decision(world, date(2018, 9, 20), date(2018, 9, 21))
    world.clock.move(hours=1)
    added, of_the_past = await add_activity(world, plan), await add_activity(world, plan, "September 2018")
    completed = {"activity_id": added, "evidence_id": decision, "expected_revision": 1}
    refusal = await refused(world, "secretariat", tracking.complete_activity, **completed)
    await complete(world, of_the_past, decision)
    await complete(world, plan.activities["List the ports"], decision)
    dated = {"activity_id": added, "period": "September 2018", "reason": "Begun then.", "expected_revision": 1}
    await world.do("secretariat", tracking.redate_activity, **dated)
    await complete(world, added, decision, 2)

    assert (refusal.kind, refusal.code) == (RefusalKind.INVALID, RefusalCode.EVIDENCE_REQUIRED)
    fault = {"day": "2018-09-21", "earliest": "2018-09-24"}
    assert refusal.issues == (Issue("evidenceId", IssueCode.EVIDENCE_OLDER, **fault),)


async def test_activity_that_was_carried_over_is_as_old_as_the_one_it_comes_from(world: World) -> None:
    plan = await make_plan(world)
    added = await add_activity(world, plan)
    decision = await make_decision(world, NOW.date(), NOW.date())
    world.clock.move(days=30)
    following = {"title": "Plan of 2019", "decided_on": date(2018, 10, 20), "reason": "A year is over."}
    await world.do("secretariat", carrying.carry_over_work_plan, work_plan_id=plan.id, **following, expected_revision=1)
    rows = await rows_of(world.database, Activity.carried_from_id, Activity.id)
    (carried,) = (id_ for carried_from, id_ in rows if carried_from == added)
    (undated,) = (id_ for carried_from, id_ in rows if carried_from == plan.activities["List the ports"])
    old = await make_decision(world, date(2018, 6, 19), date(2018, 6, 20), number=219)
    completed = {"activity_id": undated, "evidence_id": old, "expected_revision": 1}
    refusal = await refused(world, "secretariat", tracking.complete_activity, **completed)
    await complete(world, carried, decision)

    assert refusal.issues[0].parameters == {"day": "2018-06-20", "earliest": "2018-06-21"}
    assert (await state(world, carried))[0] == ActivityStatus.DONE


async def test_plan_of_which_nobody_knows_the_day_takes_older_evidence(world: World) -> None:
    plan_id = await import_plan(world, paper(chart=()), decided_on=None)
    rows = await rows_of(world.database, Activity.description, Activity.id)
    (step,) = (id_ for words, id_ in rows if words == "List the ports")

    await complete(world, step, await make_decision(world, date(2018, 4, 9), date(2018, 4, 13)))

    assert plan_id
    assert (await state(world, step))[0] == ActivityStatus.DONE


async def _break_silence(world: World) -> str:
    """Open a silence procedure and break it, and return its id."""
    procedure = await open_silence(world)
    await world.do("china", settling.break_silence, procedure_id=procedure, passage=TEXT, reason="Too early.")
    return procedure


UNFIT = (
    *("nothing", "unknown", "body", "working version", "called round", "hidden round"),
    *("silence that runs", "silence that was broken"),
)


@pytest.mark.parametrize("kind", UNFIT)
async def test_complete_activity_without_evidence_is_refused(world: World, kind: str) -> None:
    plan = await make_plan(world)
    await give_to_group(world, plan)
    async with world.database.writing() as session:
        issued = await session.get_one(TextVersion, world.version)
        working = TextVersion(
            instrument_id=issued.instrument_id, number=2, label="Draft 2", created_at=NOW, status=VersionStatus.WORKING
        )
        session.add(working)
    evidence = {
        "nothing": "",
        "unknown": f"{world.version[:-1]}{'1' if world.version[-1] != '1' else '2'}",
        "body": world.bodies["wgec"],
        "working version": working.id,
        "called round": await round_of(world, RoundStatus.CALLED),
        "silence that runs": await open_silence(world),
        "silence that was broken": await _break_silence(world),
        "hidden round": await round_of(world, RoundStatus.COMPLETED, open_to_members=False),
    }[kind]

    refusal = await refused(
        world,
        "canada",
        tracking.complete_activity,
        activity_id=plan.activities["Count the boats"],
        evidence_id=evidence,
        expected_revision=1,
    )

    assert (refusal.kind, refusal.code) == (RefusalKind.INVALID, RefusalCode.EVIDENCE_REQUIRED)
    assert refusal.message == ("Please correct evidenceId: name an issued version, a decision or a completed round.")


async def test_drop_activity_settles_it_for_good(world: World) -> None:
    activity = (await make_plan(world)).activities["Count the boats"]
    sent = {"activity_id": activity, "reason": "No boats.", "expected_revision": 1}
    without = await refused(world, "secretariat", tracking.drop_activity, **(sent | {"reason": ""}))

    await world.do("secretariat", tracking.drop_activity, **sent)
    again = await refused(world, "secretariat", tracking.drop_activity, **(sent | {"expected_revision": 2}))

    assert (without.code, again.code) == (RefusalCode.REASON_REQUIRED, RefusalCode.WRONG_STATE)
    assert await state(world, activity) == (ActivityStatus.DROPPED, "June 2018", 2, None, NOW)


TRACKING = {
    "start_activity": {},
    "redate_activity": {"period": "July 2018", "reason": "Late."},
    "complete_activity": {"evidence_id": "version"},
    "drop_activity": {"reason": "No boats."},
}


@pytest.mark.parametrize("name", TRACKING)
async def test_each_act_on_an_activity_is_for_those_who_lead_and_leaves_one_entry(world: World, name: str) -> None:
    plan = await make_plan(world)
    await give_to_group(world, plan)
    sent = {"activity_id": plan.activities["Paint the boats"], "expected_revision": 1, **TRACKING[name]}
    sent |= {"evidence_id": world.version} if "evidence_id" in sent else {}
    before = (await sizes(world.database))["journal"]

    stranger = await refused(world, "japan", getattr(tracking, name), **sent)
    stale = await refused(world, "canada", getattr(tracking, name), **(sent | {"expected_revision": 9}))
    await world.do("canada", getattr(tracking, name), **sent)

    assert (stranger.code, stale.code) == (RefusalCode.FORBIDDEN, RefusalCode.STALE_REVISION)
    entries = await rows_of(world.database, JournalEntry.sequence, JournalEntry.act, JournalEntry.subject_id)
    tag = {"start": "started", "redate": "redated", "complete": "completed", "drop": "dropped"}[name.split("_")[0]]
    assert max(entries) == (before + 1, f"activity.{tag}", sent["activity_id"])
