"""The part of the demonstration that lives around today: a group with a mandate and a plan, whatever day it is.

The plan of 2018 is history and stays as it was: most of it is overdue. This one is dated by the clock, so that there is
always something done, due soon, overdue, slipped, blocked and to come, and a sitting that is at risk.
"""

from datetime import date
from typing import Any

from sqlalchemy import select

from server.domain.bodies.actions.establishing import establish_body
from server.domain.bodies.actions.functions import appoint_function
from server.domain.groups.actions.succeeding import record_reporting_line
from server.domain.planning.actions.milestones import add_milestone, reach_milestone, redate_milestone
from server.domain.planning.actions.networking import add_dependency, record_baseline
from server.domain.planning.actions.proposing import propose_milestone_change
from server.domain.workplan.actions.activities import block_activity
from server.domain.workplan.actions.importing import import_work_plan
from server.domain.workplan.actions.tracking import complete_activity, redate_activity, start_activity
from server.domain.workplan.due import print_days
from server.models.bodies import Body, Decision, Sitting
from server.models.planning import Milestone
from server.models.rounds import Round
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.tools.demonstration.people import AUSTRALIA, CANADA, EU, OFFICER
from server.tools.demonstration.stage import Stage
from server.vocabulary.bodies import BodyKind, FunctionKind

GROUP = "WGDQ"
OPEN_ROUND = "Final comments on Draft 2"
PLAN = """# Working Group on Data Quality: plan of work

| | Topic | Activity | Responsible | Timeline | Remarks |
|---|---|---|---|---|---|
| 1. | Measures of data quality | Collect what Members measure today | Members | {last} | |
| | | Draft common measures | Co-Leads and Secretariat | {drafting} | |
| | | Send the draft round for comments | Secretariat | {commenting} | |
| | | Close the measures | WGDQ | {third} | |
| 2. | Reporting | Think out a yearly report | Interested Members and stakeholders | {this} | |
| | | Try it out with three Members | Members | {third} | |
| 3. | Training | List what customs officers ask | Interested Members | {last} | |
| | | Write a course for customs officers | Secretariat | {fourth} | |

## Intersessional groups

| No. | Item of Work | Volunteers |
|---|---|---|
| 1. | Measures of data quality | Coordinator: EU Australia, Canada, China, GEA, Japan, UPU |
| 2. | Reporting | Coordinator: Canada Amazon, Australia, GEA, Japan |
| 3. | Training | Coordinator: UPU China, EU, Japan |
"""
MONTHS = {"last": -1, "this": 1, "third": 3, "fourth": 5}
"""How many months after the present one these periods of the plan lie."""
MILESTONES: tuple[tuple[str, int | None, dict[str, Any]], ...] = (
    ("Members have said what they measure", 1, {"days": -8}),
    ("The draft measures are with the group", 1, {"days": 9}),
    ("Comments on the draft measures are in", 1, {"days": 21}),
    ("The paper for the PTC is out", 1, {"sitting": "PTC", "offset_days": -49}),
    ("The PTC considers the measures", 1, {"sitting": "PTC"}),
    ("The Council decides", None, {"sitting": "Council"}),
    ("The layout of the yearly report is agreed", 2, {"days": -5}),
    ("Three Members have tried the report out", 2, {"days": 20}),
)
"""(name, number of the topic, when it is due: so many days after today, or with a sitting that is to come)."""
WAITING = ((1, 2, 0), (2, 3, 10), (3, 4, 7), (4, 5, 0), (5, 6, 0), (7, 8, 0))
"""(earlier milestone, the one that waits for it, days between them), by their places in the table above.

The comments come in two days too late for the paper: the sittings that follow are at risk.
"""


def month_of(day: date, later: int) -> str:
    """Return the name of a month so many months after that of a day, such as "March 2027"."""
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return f"{date(year, month + 1, 1):%B %Y}"


def _print_day(stage: Stage, days: int) -> str:
    """Return a day so many days after today as a plan prints it, such as "7 December 2026"."""
    return print_days(stage.day(days), stage.day(days))


async def found_group(stage: Stage) -> None:
    """Enter a group with a chair and a second body that it reports to, and read its plan in."""
    group = await stage.do(
        OFFICER,
        58,
        establish_body,
        kind=BodyKind.WORKING_GROUP,
        name="Working Group on Data Quality",
        short_name=GROUP,
        parent_id=await stage.body("PTC"),
        terms="Agree on measures of the quality of advance data, and on how Members report them.",
        starts_on=stage.day(-70),
        ends_on=stage.day(660),
    )
    chair = {"party_id": await stage.party("Australia"), "delegate_id": None, "kind": FunctionKind.CHAIR}
    await stage.do(
        OFFICER, 58, appoint_function, body_id=group, **chair, starts_on=stage.day(-58), ends_on=stage.day(660)
    )
    line = {"superior_id": await stage.body("EC"), "topic": "Data for risk analysis", "starts_on": stage.day(-58)}
    await stage.do(OFFICER, 57, record_reporting_line, body_id=group, **line)
    periods = {name: month_of(stage.now.date(), later) for name, later in MONTHS.items()}
    periods |= {"drafting": print_days(stage.day(-20), stage.day(9))}
    periods |= {"commenting": print_days(stage.day(9), stage.day(21))}
    paper = {"markdown": PLAN.format(**periods), "source_name": "plan-data-quality.md", "body_short_name": GROUP}
    await stage.do(OFFICER, 56, import_work_plan, **paper, decided_on=stage.day(-57))


async def lay_milestones(stage: Stage) -> None:
    """Add the milestones, say which waits for which, and keep the plan as it was agreed."""
    plan = {"work_plan_id": await _plan(stage)}
    added: list[str] = []
    for name, number, when in MILESTONES:
        item = {"work_item_id": await _item(stage, number) if number else None}
        reason = "Agreed when the group began."
        added.append(
            await stage.do(
                AUSTRALIA, 50, add_milestone, **plan, **item, **await _when(stage, **when), name=name, reason=reason
            )
        )
    for first, last, days in WAITING:
        ends = {"predecessor_id": added[first - 1], "successor_id": added[last - 1], "lag_days": days}
        await stage.do(AUSTRALIA, 50, add_dependency, **plan, **ends, reason="One follows from the other.")
    ends = {"predecessor_id": await _step(stage, 2, 1), "successor_id": await _step(stage, 2, 2)}
    await stage.do(AUSTRALIA, 50, add_dependency, **plan, **ends, reason="Members try out what was thought out.")
    await stage.do(AUSTRALIA, 50, record_baseline, **plan, name="As agreed at the beginning")


async def _when(stage: Stage, days: int = 0, sitting: str = "", offset_days: int = 0) -> dict[str, Any]:
    """Return when a milestone is due, as the act takes it."""
    if not sitting:
        return {"period": _print_day(stage, days)}
    coming = select(Sitting.id).join(Body, Body.id == Sitting.body_id)
    coming = coming.where(Body.short_name == sitting, Sitting.starts_on > stage.now.date())
    return {"sitting_id": await stage.find(coming), "offset_days": offset_days}


async def move_plan_on(stage: Stage) -> None:
    """Close, begin, re-date and block activities, and reach and move milestones, as those who lead would."""
    on = {"expected_revision": 1}
    agreed = await stage.find(
        select(Decision.id).join(Sitting, Sitting.id == Decision.sitting_id).join(Body, Body.id == Sitting.body_id)
        .where(Body.short_name == GROUP)
    )  # fmt: skip
    evidence = {"evidence_id": agreed, **on}
    await stage.do(EU, 9.04, complete_activity, activity_id=await _step(stage, 1, 1), **evidence)
    await stage.do(EU, 9.04, reach_milestone, milestone_id=await _milestone(stage, 1), **evidence)
    await stage.do(EU, 9.04, start_activity, activity_id=await _step(stage, 1, 2), **on)
    layout = await _step(stage, 2, 1)
    later = {"period": month_of(stage.now.date(), 4), "reason": "The measures come first."}
    await stage.do(CANADA, 9.03, redate_activity, activity_id=layout, **later, **on)
    later = {"period": _print_day(stage, 52), "reason": "There is nothing to try out before the layout is agreed."}
    await stage.do(AUSTRALIA, 9.02, redate_milestone, milestone_id=await _milestone(stage, 8), **later, **on)
    waits = {"waits_for": "The layout of the report", "waits_for_id": layout}
    await stage.do(CANADA, 9.01, block_activity, activity_id=await _step(stage, 2, 2), **waits, **on)


async def propose_delay(stage: Stage) -> None:
    """Add a milestone that moves with the open round, and propose that the draft comes three weeks later."""
    open_round = await stage.find(select(Round.id).where(Round.title == OPEN_ROUND))
    tied = {"name": "The group has read the answers on Draft 2", "round_id": open_round, "offset_days": 14}
    item = {"work_plan_id": await _plan(stage), "work_item_id": await _item(stage, 1)}
    await stage.do(AUSTRALIA, 0.95, add_milestone, **item, **tied, reason="The measures speak of the same data.")
    later = {"period": _print_day(stage, 30), "reason": "Two Members count differently, and ask for three weeks."}
    draft = {"milestone_id": await _milestone(stage, 2), "expected_revision": 1}
    await stage.do(EU, 0.94, propose_milestone_change, **draft, **later)


async def _plan(stage: Stage) -> str:
    """Return the id of the plan."""
    of_group = select(WorkPlan.id).join(Body, Body.id == WorkPlan.body_id).where(Body.short_name == GROUP)
    return str(await stage.find(of_group))


async def _item(stage: Stage, number: int) -> str:
    """Return the id of a topic by its number."""
    of_plan = select(WorkItem.id).where(WorkItem.plan_id == await _plan(stage), WorkItem.number == number)
    return str(await stage.find(of_plan))


async def _step(stage: Stage, number: int, position: int) -> str:
    """Return the id of an activity by the number of its topic and its place there."""
    of_item = select(Activity.id).where(Activity.work_item_id == await _item(stage, number))
    return str(await stage.find(of_item.where(Activity.position == position)))


async def _milestone(stage: Stage, position: int) -> str:
    """Return the id of a milestone by its place."""
    of_plan = select(Milestone.id).where(Milestone.plan_id == await _plan(stage), Milestone.position == position)
    return str(await stage.find(of_plan))
