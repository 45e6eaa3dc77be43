"""Calendars show milestones and activities of work plans, and what the person's party promised."""

from datetime import date, timedelta
from typing import Any

import pytest
from ical.event import Event

from server.domain.calendars.queries import happenings
from server.domain.calendars.queries.sources import SOURCES
from server.domain.groups.actions import promising
from server.domain.planning.actions import carrying, milestones, proposing
from server.domain.planning.actions.following import with_milestones
from server.domain.rounds.actions import calling
from server.domain.sittings.actions import convening
from server.domain.workplan.actions import topics, tracking
from tests.factories.calendars import ISSUER, open_feed, read_feed
from tests.factories.proposals import add_sitting
from tests.factories.rounds import open_round
from tests.factories.workplan import make_decision, make_plan
from tests.factories.world import NOW, World

WHY = "As agreed in the corridor."
DUE = NOW + timedelta(days=21)


async def add_milestone(world: World, plan_id: str, **when: Any) -> tuple[str, str]:
    """Add a milestone as the Secretariat, and return its id and the UID of its event."""
    added = {"work_plan_id": plan_id, "name": "Paper for the Council", "reason": WHY}
    milestone_id = await world.do("secretariat", milestones.add_milestone, **added | when)
    return milestone_id, f"milestone-{milestone_id}@intersession"


def state_of(event: Event) -> tuple[Any, str, int | None]:
    """Return the day or instant of an event, its status and its sequence."""
    assert event.status is not None
    return event.dtstart, event.status.value, event.sequence


async def test_milestone_moves_when_its_change_is_approved_and_is_cancelled_when_dropped(world: World) -> None:
    plan = await make_plan(world)
    secret = await open_feed(world, "gea")
    milestone_id, uid = await add_milestone(world, plan.id, period="March 2019")
    added = (await read_feed(world, secret))[uid]
    moved = {"milestone_id": milestone_id, "period": "June 2019", "reason": WHY, "expected_revision": 1}
    change_id = await world.do("secretariat", proposing.propose_milestone_change, **moved)
    proposed = (await read_feed(world, secret))[uid]
    await world.do(
        "secretariat", proposing.approve_milestone_change, milestone_change_id=change_id, expected_revision=1
    )
    approved = (await read_feed(world, secret))[uid]
    dropped = {"milestone_id": milestone_id, "reason": WHY, "expected_revision": 2}
    await world.do("secretariat", milestones.drop_milestone, **dropped)
    cancelled = (await read_feed(world, secret))[uid]

    assert [state_of(each) for each in (added, proposed, approved, cancelled)] == [
        (date(2019, 3, 31), "CONFIRMED", 0),
        (date(2019, 3, 31), "CONFIRMED", 0),
        (date(2019, 6, 30), "CONFIRMED", 1000),
        (date(2019, 6, 30), "CANCELLED", 2000),
    ]
    assert (added.summary, str(added.url)) == (
        "Milestone: Paper for the Council", f"{ISSUER}/milestones/{milestone_id}",
    )  # fmt: skip
    assert [len(each.alarm) for each in (added, cancelled)] == [1, 0]


async def test_milestone_moves_with_its_sitting_and_rises_when_it_is_tied_to_a_round(world: World) -> None:
    plan = await make_plan(world)
    secret = await open_feed(world, "japan")
    sitting = await add_sitting(world, starts_on=date(2018, 10, 8), ends_on=date(2018, 10, 12))
    milestone_id, uid = await add_milestone(world, plan.id, sitting_id=sitting, offset_days=-5)
    before = (await read_feed(world, secret))[uid]
    days = {"starts_on": date(2018, 10, 15), "ends_on": date(2018, 10, 19)}
    await world.do("secretariat", convening.move_sitting, sitting_id=sitting, **days, reason=WHY, expected_revision=1)
    later = (await read_feed(world, secret))[uid]
    round_id = await open_round(world, audience=frozenset({"MEMBER"}))
    tied = {"milestone_id": milestone_id, "round_id": round_id, "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **tied)
    with_round = (await read_feed(world, secret))[uid]
    closes_at = NOW + timedelta(days=60)
    await world.do(
        "canada", calling.extend_round, round_id=round_id, closes_at=closes_at, reason=WHY, expected_revision=1
    )
    extended = (await read_feed(world, secret))[uid]

    sequences = [each.sequence or 0 for each in (before, later, with_round, extended)]
    assert [each.dtstart for each in (before, later)] == [date(2018, 10, 3), date(2018, 10, 10)]
    assert extended.dtstart == date(2018, 11, 23)
    assert sequences == sorted(set(sequences))
    assert uid not in await read_feed(world, await open_feed(world, "gea"))


async def test_milestone_of_a_sitting_or_round_that_is_called_off_is_cancelled_where_it_stood(world: World) -> None:
    plan = await make_plan(world)
    secret = await open_feed(world, "japan")
    sitting = await add_sitting(world, starts_on=date(2018, 10, 8), ends_on=date(2018, 10, 12))
    round_id = await open_round(world)
    milestone_id, at_sitting = await add_milestone(world, plan.id, sitting_id=sitting, offset_days=-5)
    _, at_round = await add_milestone(world, plan.id, round_id=round_id)
    before = await read_feed(world, secret)
    called_off = {"reason": WHY, "expected_revision": 1}
    await world.do("secretariat", convening.cancel_sitting, sitting_id=sitting, **called_off)
    await world.do("secretariat", calling.cancel_round, round_id=round_id, **called_off)
    cancelled = await read_feed(world, secret)
    redated = {"milestone_id": milestone_id, "period": "March 2019", "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **redated)
    again = (await read_feed(world, secret))[at_sitting]

    for uid in (at_sitting, at_round):
        assert state_of(before[uid])[1] == "CONFIRMED"
        assert (cancelled[uid].dtstart, cancelled[uid].status.value) == (before[uid].dtstart, "CANCELLED")
        assert (cancelled[uid].sequence or 0) > (before[uid].sequence or 0)
        assert cancelled[uid].alarm == []
    assert state_of(again)[:2] == (date(2019, 3, 31), "CONFIRMED")
    assert (again.sequence or 0) > (cancelled[at_sitting].sequence or 0)


@pytest.mark.own_sql
async def test_day_that_a_hidden_round_took_away_is_shown_only_to_those_who_see_the_round(world: World) -> None:
    plan = await make_plan(world)
    feeds = {who: await open_feed(world, who) for who in ("japan", "gea")}
    round_id = await open_round(world, audience=frozenset({"MEMBER"}))
    milestone_id, uid = await add_milestone(world, plan.id, round_id=round_id)
    cancel = with_milestones(calling.cancel_round)
    await world.do("secretariat", cancel, round_id=round_id, reason=WHY, expected_revision=1)
    open_end = {"milestone_id": milestone_id, "period": "as appropriate", "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **open_end)

    events = {who: await read_feed(world, secret) for who, secret in feeds.items()}

    assert (events["japan"][uid].dtstart, uid in events["gea"]) == (date(2018, 10, 1), False)


@pytest.mark.own_sql
async def test_day_that_was_taken_from_a_hidden_round_by_hand_is_shown_only_to_those_who_see_it(world: World) -> None:
    plan = await make_plan(world)
    feeds = {who: await open_feed(world, who) for who in ("japan", "gea")}
    round_id = await open_round(world, audience=frozenset({"MEMBER"}))
    milestone_id, uid = await add_milestone(world, plan.id, round_id=round_id)
    open_end = {"milestone_id": milestone_id, "period": "as appropriate", "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **open_end)

    events = {who: await read_feed(world, secret) for who, secret in feeds.items()}

    assert (events["japan"][uid].dtstart, uid in events["gea"]) == (date(2018, 10, 1), False)


async def test_step_that_is_given_a_time_without_days_is_cancelled_where_it_stood(world: World) -> None:
    plan = await make_plan(world)
    secret = await open_feed(world, "japan")
    milestone_id, uid = await add_milestone(world, plan.id, period="March 2019")
    activity_id = plan.activities["Sail the boats"]
    step = f"activity-{activity_id}@intersession"
    before = await read_feed(world, secret)
    open_end = {"period": "as appropriate", "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, milestone_id=milestone_id, **open_end)
    await world.do("secretariat", tracking.redate_activity, activity_id=activity_id, **open_end)
    undated = await read_feed(world, secret)
    again = {"period": "June 2019", "reason": WHY, "expected_revision": 2}
    await world.do("secretariat", milestones.redate_milestone, milestone_id=milestone_id, **again)
    await world.do("secretariat", tracking.redate_activity, activity_id=activity_id, **again)
    dated = await read_feed(world, secret)

    assert [[state_of(events[each]) for events in (before, undated, dated)] for each in (uid, step)] == [
        [
            (date(2019, 3, 31), "CONFIRMED", 0),
            (date(2019, 3, 31), "CANCELLED", 1000),
            (date(2019, 6, 30), "CONFIRMED", 2000),
        ],
        [
            (date(2018, 11, 30), "CONFIRMED", 0),
            (date(2018, 11, 30), "CANCELLED", 1),
            (date(2019, 6, 30), "CONFIRMED", 2),
        ],
    ]
    assert f"activity-{plan.activities['List the ports']}@intersession" not in undated


async def test_milestones_are_taken_into_a_calendar_by_the_day_on_which_they_are_due(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more than a calendar holds it has the nearest to come, by their distance from a sitting too."""
    plan = await make_plan(world)
    secret = await open_feed(world, "japan")
    sitting = await add_sitting(world, starts_on=date(2018, 10, 8), ends_on=date(2018, 10, 12))
    round_id = await open_round(world)
    uids = [
        (await add_milestone(world, plan.id, **when))[1]
        for when in (
            {"sitting_id": sitting, "offset_days": 300},
            {"period": "March 2019"},
            {"round_id": round_id},
            {"period": "as appropriate"},
        )
    ]
    source = next(each for each in SOURCES if each.name == "milestone")
    monkeypatch.setitem(happenings._STATEMENTS, source, happenings._STATEMENTS[source].limit(2))

    assert [uid in await read_feed(world, secret) for uid in uids] == [False, True, True, False]


async def test_milestone_stands_in_the_calendars_of_its_group_and_of_the_body_of_its_plan(world: World) -> None:
    plan = await make_plan(world)
    group = world.bodies["group"]
    await world.do(
        "secretariat", topics.assign_work_item, work_item_id=plan.items[1], body_id=group, expected_revision=1
    )
    _, uid = await add_milestone(world, plan.id, work_item_id=plan.items[1], period="March 2019")
    _, undated = await add_milestone(world, plan.id, period="as appropriate")
    events = {
        body: await read_feed(world, await open_feed(world, "japan", world.bodies[body]))
        for body in ("wgec", "group", "ptc")
    }

    assert {body for body in events if uid in events[body]} == {"wgec", "group"}
    assert undated not in events["wgec"]


async def test_milestone_of_a_topic_that_is_given_up_is_cancelled_with_it(world: World) -> None:
    plan = await make_plan(world)
    secret = await open_feed(world, "japan")
    _, uid = await add_milestone(world, plan.id, work_item_id=plan.items[1], period="March 2019")
    dropped = {"work_item_id": plan.items[1], "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", topics.drop_work_item, **dropped)

    assert state_of((await read_feed(world, secret))[uid]) == (date(2019, 3, 31), "CANCELLED", 1000)


async def test_work_that_is_carried_over_is_cancelled_in_the_plan_that_was_closed(world: World) -> None:
    plan = await make_plan(world)
    secret = await open_feed(world, "japan", world.bodies["wgec"])
    _, uid = await add_milestone(world, plan.id, period="March 2019")
    step = f"activity-{plan.activities['Sail the boats']}@intersession"
    reached = await read_feed(world, secret)
    world.clock.move(days=1)
    following = {"title": "Plan of 2019", "decided_on": date(2018, 9, 24), "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", carrying.carry_over_work_plan, work_plan_id=plan.id, **following)
    carried = await read_feed(world, secret)

    assert [state_of(reached[each])[1:] for each in (uid, step)] == [("CONFIRMED", 0), ("CONFIRMED", 0)]
    assert [state_of(carried[each])[1:] for each in (uid, step)] == [("CANCELLED", 1000), ("CANCELLED", 1)]
    confirmed = [str(event.summary) for event in carried.values() if state_of(event)[1] == "CONFIRMED"]
    assert sorted(confirmed) == [
        "Due: Count the boats", "Due: Paint the boats", "Due: Sail the boats", "Milestone: Paper for the Council",
    ]  # fmt: skip


async def test_promise_stands_in_the_calendars_of_its_party_once_accepted(world: World) -> None:
    group = world.bodies["group"]
    japan, of_group = await open_feed(world, "japan"), await open_feed(world, "japan", group)
    canada, assistant = await open_feed(world, "canada"), await open_feed(world, "japan-assistant")
    asked = {"body_id": group, "party_id": world.parties["japan"], "text": "Comments on section 4", "due_at": DUE}
    first = await world.do("canada", promising.ask_promise, **asked)
    second = await world.do("canada", promising.ask_promise, **asked)
    while_asked = await read_feed(world, japan)
    for each in (first, second):
        await world.do("japan", promising.accept_promise, promise_id=each, expected_revision=1)
    await world.do("canada", promising.nudge_promise, promise_id=first, expected_revision=2)
    uids = [f"promise-{each}@intersession" for each in (first, second)]
    accepted = [await read_feed(world, secret) for secret in (japan, of_group, assistant)]
    of_others = await read_feed(world, canada)
    await world.do("japan", promising.hand_back_promise, promise_id=first, reason=WHY, expected_revision=3)
    await world.do("japan", promising.keep_promise, promise_id=second, expected_revision=2)
    settled = await read_feed(world, japan)

    assert while_asked == of_others == {}
    assert [[state_of(events[uid]) for uid in uids] for events in accepted] == [[(DUE, "CONFIRMED", 0)] * 2] * 3
    assert (accepted[0][uids[0]].summary, len(accepted[0][uids[0]].alarm)) == ("Promised: Comments on section 4", 1)
    assert [state_of(settled[uid]) for uid in uids] == [(DUE, "CANCELLED", 1), (DUE, "CONFIRMED", 1)]
    kept = settled[uids[1]]
    assert (kept.summary, kept.alarm) == ("Promise kept: Comments on section 4", [])


async def test_what_is_done_stays_where_it_stood_under_a_higher_sequence_and_alarms_nobody(world: World) -> None:
    """An event that only vanished would stay open, with its alarm, in a program that took the calendar in once."""
    plan = await make_plan(world)
    secret = await open_feed(world, "japan")
    milestone_id, uid = await add_milestone(world, plan.id, period="March 2019")
    evidence = await make_decision(world)
    activity_id = plan.activities["Sail the boats"]
    step = f"activity-{activity_id}@intersession"
    before = await read_feed(world, secret)
    done = {"evidence_id": evidence, "expected_revision": 1}
    await world.do("secretariat", milestones.reach_milestone, milestone_id=milestone_id, **done)
    await world.do("secretariat", tracking.complete_activity, activity_id=activity_id, **done)
    after = await read_feed(world, secret)

    assert [[state_of(events[each]) for events in (before, after)] for each in (uid, step)] == [
        [(date(2019, 3, 31), "CONFIRMED", 0), (date(2019, 3, 31), "CONFIRMED", 1000)],
        [(date(2018, 11, 30), "CONFIRMED", 0), (date(2018, 11, 30), "CONFIRMED", 1)],
    ]
    assert [(str(after[each].summary), after[each].alarm) for each in (uid, step)] == [
        ("Milestone reached: Paper for the Council", []),
        ("Done: Sail the boats", []),
    ]
