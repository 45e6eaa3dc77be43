"""Plans with dependencies, milestones at sittings and rounds: the small one of the example, and large ones."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from server.kernel.ids import new_id
from server.models.bodies import Body, Sitting
from server.models.planning import Dependency, Milestone
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.vocabulary.bodies import BodyKind
from server.vocabulary.workplan import ActivityStatus
from tests.factories.rounds import CLOSES, open_round
from tests.factories.world import NOW, World

TODAY = NOW.date()
COUNCIL, PTC = date(2019, 6, 24), date(2019, 4, 22)


def _make_sittings(world: World) -> tuple[Sitting, Sitting]:
    """Return the sittings of the Council in June and of the PTC in April."""
    return (
        Sitting(body_id=world.bodies["council"], first_number=133, starts_on=COUNCIL, ends_on=COUNCIL + timedelta(2)),
        Sitting(body_id=world.bodies["ptc"], first_number=223, starts_on=PTC, ends_on=PTC + timedelta(4)),
    )


@dataclass
class Forecast:
    """The ids of the small plan by what they are called."""

    plan: str
    council: str
    ptc: str
    round: str
    steps: dict[str, str]


async def make_forecast(world: World) -> Forecast:
    """Add the plan of the example: a round, one text, a paper for the PTC of April, and the Council of June.

    Other activities of the group: one overdue, one due soon, one without a day, one done.
    """
    plan = WorkPlan(body_id=world.bodies["wgec"], title="Work plan of the WGEC")
    await world.add(plan)
    council, ptc = _make_sittings(world)
    item = WorkItem(plan_id=plan.id, number=1, title="Boats", body_id=world.bodies["group"])
    await world.add(council, ptc, item)
    round_id = await open_round(world)
    days = {
        "One text": (date(2018, 10, 2), date(2018, 10, 31)),
        "Paper for the PTC": (date(2019, 2, 25), date(2019, 3, 1)),
        "Overdue": (date(2018, 8, 1), date(2018, 8, 31)),
        "Due soon": (date(2018, 9, 1), date(2018, 9, 30)),
        "Undated": (None, None),
        "Done": (date(2018, 5, 1), date(2018, 5, 31)),
    }
    rows: dict[str, Any] = {
        name: Activity(
            work_item_id=item.id,
            position=position,
            description=name,
            earliest=begins,
            latest=ends,
            label=str(ends or ""),
            baseline_earliest=begins,
            baseline_latest=date(2019, 2, 8) if name == "Paper for the PTC" else ends,
            status=ActivityStatus.DONE if name == "Done" else ActivityStatus.NOT_STARTED,
        )
        for position, (name, (begins, ends)) in enumerate(days.items(), start=1)
    }
    anchors = {
        "Round closed": ("round_id", round_id, CLOSES.date(), CLOSES.date()),
        "PTC endorses": ("sitting_id", ptc.id, ptc.starts_on, ptc.ends_on),
        "Council adopts": ("sitting_id", council.id, council.starts_on, council.ends_on),
    }
    rows |= {
        name: Milestone(
            plan_id=plan.id,
            position=position,
            name=name,
            approver_body_id=world.bodies["wgec"],
            baseline_earliest=begins,
            baseline_latest=ends,
            **{column: anchor},  # type: ignore[arg-type]
        )
        for position, (name, (column, anchor, begins, ends)) in enumerate(anchors.items(), start=1)
    }
    await world.add(*rows.values())
    chain = ("Round closed", "One text", "Paper for the PTC", "PTC endorses", "Council adopts")
    await world.add(
        *(
            Dependency(plan_id=plan.id, predecessor_id=rows[first].id, successor_id=rows[second].id)
            for first, second in pairwise(chain)
        )
    )
    return Forecast(plan.id, council.id, ptc.id, round_id, {name: row.id for name, row in rows.items()})


async def make_large(world: World, groups: int, topics: int, activities: int, dependencies: int) -> Forecast:
    """Add so many groups with topics, activities and dependencies, a plan for each group of ten topics.

    Each topic is a chain that ends at a milestone of the PTC or of the Council; every twentieth activity is overdue.
    """
    bodies = [
        Body(kind=BodyKind.INTERSESSIONAL_GROUP, name=f"Group {number}", short_name=f"G-{number}")
        for number in range(groups)
    ]
    await world.add(*bodies)
    council, ptc = _make_sittings(world)
    plans = [WorkPlan(id=new_id("WPL"), body_id=body.id, title=f"Plan of {body.short_name}") for body in bodies]
    await world.add(council, ptc, *plans)
    per_plan = topics // groups
    items = [
        WorkItem(
            id=new_id("WIT"),
            plan_id=plans[place // per_plan].id,
            number=place % per_plan + 1,
            title=f"Topic {place}",
            body_id=bodies[place // per_plan].id,
        )
        for place in range(topics)
    ]
    await world.add(*items)
    length = activities // topics
    steps = [_make_activity(items[place // length], place, place % length, length) for place in range(activities)]
    milestones = [
        Milestone(
            id=new_id("MST"),
            plan_id=item.plan_id,
            work_item_id=item.id,
            position=1,
            name=f"Sitting takes topic {place}",
            approver_body_id=world.bodies["wgec"],
            sitting_id=ptc.id if place % 2 else council.id,
        )
        for place, item in enumerate(items)
    ]
    await world.add(*steps, *milestones)
    links = _make_links(items, steps, milestones, length, dependencies)
    await world.add(*links)
    return Forecast(plans[0].id, council.id, ptc.id, "", {step.description: step.id for step in steps})


def _make_activity(item: WorkItem, number: int, place: int, length: int) -> Activity:
    """Return an activity of a chain that leads to the document deadline of a sitting in spring."""
    gap = 150 // length
    begins = TODAY + timedelta(days=place * gap - (40 if number % 20 == 0 else 0))
    ends = begins + timedelta(days=gap - 2)
    return Activity(
        id=new_id("ACT"),
        work_item_id=item.id,
        position=place + 1,
        description=f"Activity {number}",
        earliest=begins,
        latest=ends,
        label=str(ends),
        baseline_earliest=begins,
        baseline_latest=ends - timedelta(days=number % 30),
        status=ActivityStatus.DONE if number % 7 == 0 else ActivityStatus.NOT_STARTED,
    )


def _make_links(
    items: list[WorkItem], steps: list[Activity], milestones: list[Milestone], length: int, wanted: int
) -> list[Dependency]:
    """Return as many dependencies as are wanted: along each topic, to its milestone, and across topics of a plan."""
    plan_of = {item.id: item.plan_id for item in items}
    pairs: dict[tuple[str, str], str] = {}
    for gap in range(1, length):
        for place in range(len(steps) - gap):
            first, second = steps[place], steps[place + gap]
            if first.work_item_id == second.work_item_id:
                pairs[first.id, second.id] = plan_of[first.work_item_id]
        if gap == 1:
            for number, milestone in enumerate(milestones):
                pairs[steps[(number + 1) * length - 1].id, milestone.id] = milestone.plan_id
    return [
        Dependency(id=new_id("DEP"), plan_id=plan_id, predecessor_id=first, successor_id=second)
        for (first, second), plan_id in list(pairs.items())[:wanted]
    ]
