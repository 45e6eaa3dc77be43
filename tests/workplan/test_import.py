"""Importing papers, on both databases: what is entered, what is refused, and that nothing is overwritten."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from server.domain.bodies.actions import joining
from server.domain.workplan.actions import importing, tracking
from server.domain.workplan.queries import PlanCounts, counts_of_plan
from server.kernel.actor import Capacity
from server.kernel.refusals import Refusal, RefusalCode
from server.models.bodies import Body, Function, Membership
from server.models.journal import JournalEntry
from server.models.parties import Party, PartyName
from server.models.workplan import Activity, Responsible, WorkItem, WorkPlan
from server.vocabulary.bodies import BodyKind, FunctionKind
from tests.factories.workplan import CHART, STEPS, import_plan, make_plan, paper, rows_of, sizes
from tests.factories.world import World

PAPERS = Path(__file__).resolve().parents[3] / "shared" / "source-documents"
DECIDED_ON = date(2018, 6, 21)


def real_paper() -> str:
    found = sorted(PAPERS.glob("003_*.txt"))
    if not found:
        pytest.skip(f"the paper of September 2018 is not beside the checkout, in {PAPERS}")
    return found[0].read_text(encoding="utf-8")


async def refused(world: World, markdown: str, key: str = "secretariat", **sent: Any) -> Refusal:
    """The refusal of an import; nothing is written by it."""
    before = await sizes(world.database)

    given = {"source_name": "paper", "decided_on": DECIDED_ON} | sent
    with pytest.raises(Refusal) as refusal:
        await world.do(key, importing.import_work_plan, markdown=markdown, **given)

    assert await sizes(world.database) == before
    return refusal.value


async def added_by(world: World, markdown: str, **sent: Any) -> dict[str, int]:
    """The number of rows that an import adds, by table."""
    before = await sizes(world.database)
    await import_plan(world, markdown, **sent)
    after = await sizes(world.database)
    return {table: after[table] - before[table] for table in after if after[table] != before[table]}


async def counts(world: World, plan_id: str) -> PlanCounts:
    async with world.database.reading() as connection:
        return await counts_of_plan(connection, plan_id)


async def test_import_work_plan_enters_topics_activities_and_periods(world: World) -> None:
    plan_id = await import_plan(world, title=" Plan of the boats ")

    assert await rows_of(world.database, WorkPlan.id, WorkPlan.body_id, WorkPlan.title) == [
        (plan_id, world.bodies["wgec"], "Plan of the boats")
    ]
    assert await rows_of(world.database, WorkItem.number, WorkItem.title, WorkItem.body_id) == [
        (1, "Boats", None),
        (2, "Ports", None),
    ]
    columns = (Activity.description, Activity.position, Activity.label, Activity.earliest, Activity.latest)
    assert await rows_of(world.database, *columns, Activity.remarks) == [
        ("Count the boats", 1, "June 2018", date(2018, 6, 1), date(2018, 6, 30), ""),
        ("List the ports", 1, "", None, None, ""),
        ("Paint the boats", 2, "September 2018", date(2018, 9, 1), date(2018, 9, 30), ""),
        ("Sail the boats", 3, "October/November 2018", date(2018, 10, 1), date(2018, 11, 30), "windy"),
    ]
    baseline = (Activity.baseline_label, Activity.baseline_earliest, Activity.baseline_latest)
    assert await rows_of(world.database, *baseline) == await rows_of(
        world.database, Activity.label, Activity.earliest, Activity.latest
    )


async def test_import_work_plan_says_what_each_responsible_stands_for(world: World) -> None:
    await make_plan(world)

    parties = dict(await rows_of(world.database, Party.id, Party.short_name))
    short_names = dict(await rows_of(world.database, Body.id, Body.short_name))
    columns = (Responsible.label, Responsible.function, Responsible.party_id, Responsible.body_id)
    found = [
        (label, function, parties.get(party), short_names.get(body))
        for label, function, party, body in await rows_of(world.database, *columns)
    ]
    assert sorted(found, key=str) == [
        ("Co-Chairs", FunctionKind.CO_CHAIR, None, None),
        ("Co-Leads (Canada and GEA)", FunctionKind.COORDINATOR, "Canada", None),
        ("Co-Leads (Canada and GEA)", FunctionKind.COORDINATOR, "GEA", None),
        ("EC", None, None, "EC"),
        ("Secretariat", None, "Secretariat", None),
        ("Sub-Group Co-Leads", FunctionKind.COORDINATOR, None, None),
        ("WGEC", None, None, "WGEC"),
        ("interested Members and stakeholders", None, None, None),
    ]


async def test_import_work_plan_enters_groups_with_coordinators_of_any_capacity(world: World) -> None:
    plan_id = await import_plan(world)

    groups = [
        row
        for row in await rows_of(world.database, Body.short_name, Body.kind, Body.number, Body.name, Body.parent_id)
        if row[2]
    ]
    wgec, kind = world.bodies["wgec"], BodyKind.INTERSESSIONAL_GROUP
    assert groups == [
        ("WGEC-1", kind, 1, "Crews", wgec),
        ("WGEC-2", kind, 2, "Flow Charts and Data Elements", wgec),
    ]
    names = dict(await rows_of(world.database, Body.id, Body.short_name))
    names |= dict(await rows_of(world.database, Party.id, Party.short_name))
    columns = (Function.body_id, Function.party_id, Function.kind, Function.starts_on)
    held = [(names[body], names[party], *rest) for body, party, *rest in await rows_of(world.database, *columns)]
    assert sorted(held) == [
        ("WGEC-1", "China", FunctionKind.COORDINATOR, DECIDED_ON),
        ("WGEC-1", "GEA", FunctionKind.COORDINATOR, DECIDED_ON),
        ("WGEC-2", "Canada", FunctionKind.COORDINATOR, date(2018, 6, 18)),
    ]
    assert await counts(world, plan_id) == PlanCounts(
        topics=2,
        activities=4,
        groups=2,
        coordinators=3,
        volunteers=4,
        parties={Capacity.MEMBER: 5, Capacity.OBSERVER: 1, Capacity.PRIVATE_SECTOR: 1, Capacity.SECRETARIAT: 1},
    )


async def test_import_work_plan_enters_only_the_known_parties_that_it_names(world: World) -> None:
    before = {row[0] for row in await rows_of(world.database, Party.short_name)}

    await import_plan(world)

    entered = [row for row in await rows_of(world.database, Party.short_name, Party.capacity) if row[0] not in before]
    assert entered == [("Brazil", Capacity.MEMBER), ("Netherlands", Capacity.MEMBER)]
    assert await rows_of(world.database, PartyName.name) == [
        ("brazil",),
        ("federative republic of brazil",),
        ("kingdom of the netherlands",),
        ("netherlands",),
        ("receita federal do brasil",),
    ]


async def test_import_work_plan_uses_names_that_the_secretariat_entered(world: World) -> None:
    async with world.database.writing() as session:
        session.add(PartyName(name="nippon customs", party_id=world.parties["japan"]))
    chart = ("| 1. | Boats | Coordinator: Nippon Customs UPU |",)

    await import_plan(world, paper(chart=chart))

    held = await rows_of(world.database, Function.party_id, Function.starts_on)
    assert (world.parties["japan"], DECIDED_ON) in held


async def test_import_work_plan_twice_changes_nothing(world: World) -> None:
    plan = await make_plan(world)
    journal = await rows_of(world.database, JournalEntry.sequence, JournalEntry.act, JournalEntry.subject_id)

    added = await added_by(world, paper(), title="Another title")

    assert added == {}
    assert journal == [(1, "work_plan.imported", plan.id)]
    assert await import_plan(world) == plan.id


async def test_import_work_plan_of_a_paper_that_says_the_same_changes_nothing(world: World) -> None:
    await make_plan(world)

    assert await added_by(world, paper() + "\nA last word.\n") == {}
    assert await added_by(world, paper(STEPS[:2], CHART[:1])) == {}


async def test_import_work_plan_adds_what_is_new_and_keeps_what_people_did(world: World) -> None:
    plan = await make_plan(world)
    activity = plan.activities["Count the boats"]
    redated = {"activity_id": activity, "period": "July 2018", "reason": "Late.", "expected_revision": 1}
    await world.do("secretariat", tracking.redate_activity, **redated)
    await world.do("upu", joining.leave_body, body_id=await group_one(world))
    steps = (*STEPS, "| | | Close the ports | EC | 2019 | |", "| 3. | Report | Write it | WGEC | 2020 | |")
    chart = (CHART[0].replace("Brazil", "Brazil and Japan"), *CHART[1:], "| 3. | Ports | Coordinator: EU UPU |")

    added = await added_by(world, paper(steps, chart))

    assert added == {
        "parties": 1,
        "party_names": 3,
        "bodies": 1,
        "functions": 1,
        "memberships": 2,
        "work_items": 1,
        "activities": 2,
        "responsibles": 2,
        "journal": 1,
        "plan_changes": 3,
        "journal_rows": 15,
    }
    labels = await rows_of(world.database, Activity.id, Activity.label, Activity.baseline_label, Activity.revision)
    assert (activity, "July 2018", "June 2018", 2) in labels
    left = await rows_of(world.database, Membership.party_id, Membership.left_on)
    assert (world.parties["upu"], date(2018, 9, 24)) in left
    assert await added_by(world, paper(steps, chart)) == {}
    assert await added_by(world, paper()) == {}


async def group_one(world: World) -> str:
    return next(row[1] for row in await rows_of(world.database, Body.short_name, Body.id) if row[0] == "WGEC-1")


@pytest.mark.parametrize(
    ("old", "new", "paths"),
    [
        ("Boats | Count", "Ships | Count", ["row 1, Topic"]),
        ("Count the boats", "Count the ships", ["row 1, Activity"]),
        ("Secretariat, WGEC", "WGEC", ["row 2, Responsible"]),
        ("September 2018", "October 2018", ["row 2, Timeline"]),
        ("windy", "calm", ["row 3, Remarks"]),
        ("Flow Charts", "Charts", ["row 2, Item of Work"]),
        ("2018", "2019", ["row 1, Timeline", "row 2, Timeline", "row 3, Timeline"]),
    ],
)
async def test_import_work_plan_of_a_paper_that_differs_names_every_row(
    world: World, old: str, new: str, paths: list[str]
) -> None:
    await make_plan(world)

    refusal = await refused(world, paper().replace(old, new))

    assert (refusal.code, [issue.place for issue in refusal.issues]) == (RefusalCode.INVALID, paths)


@pytest.mark.parametrize(
    ("markdown", "code", "paths"),
    [
        ("", RefusalCode.IMPORT_UNREADABLE, ["markdown"]),
        ("Only words.", RefusalCode.INVALID, ["markdown"]),
        (paper().replace("UPU", "Atland"), RefusalCode.INVALID, ["row 1, Volunteers"]),
        (paper().replace("Coordinator: Canada", "Coordinator: Boreal"), RefusalCode.INVALID, ["row 2, Volunteers"]),
        (paper().replace("| Paint the boats |", "| |"), RefusalCode.INVALID, ["row 2, Activity"]),
        (paper().replace("windy |", "windy | x |"), RefusalCode.INVALID, ["row 3"]),
    ],
    ids=["empty", "no table", "volunteer", "coordinator", "no activity", "cells"],
)
async def test_import_work_plan_refuses_by_row_and_column(
    world: World, markdown: str, code: RefusalCode, paths: list[str]
) -> None:
    refusal = await refused(world, markdown)

    assert (refusal.code, [issue.place for issue in refusal.issues]) == (code, paths)


async def test_import_work_plan_is_for_the_secretariat(world: World) -> None:
    for key in ("japan", "canada", "upu", "gea"):
        assert (await refused(world, paper(), key=key)).code == RefusalCode.FORBIDDEN


async def test_import_work_plan_refuses_bodies_that_do_not_fit(world: World) -> None:
    unknown = await refused(world, paper(), body_short_name="XG", parent_short_name="XC")
    blank = await refused(world, paper(), body_short_name=" ")

    assert [issue.place for issue in unknown.issues] == ["parentShortName"]
    assert [issue.place for issue in blank.issues] == ["bodyShortName"]


async def test_import_work_plan_refuses_a_group_whose_short_name_is_taken(world: World) -> None:
    await world.add(Body(kind=BodyKind.WORKING_GROUP, name="Boats", short_name="WGEC-1"))

    assert [issue.place for issue in (await refused(world, paper())).issues] == ["row 1, No."]


async def test_import_work_plan_enters_missing_bodies_with_their_kinds(world: World) -> None:
    added = await added_by(world, paper(), body_short_name="WGX", parent_short_name="CBC")

    parents = {row[0]: row[1] for row in await rows_of(world.database, Body.id, Body.short_name)}
    rows = await rows_of(world.database, Body.short_name, Body.kind, Body.parent_id)
    entered = [(name, kind, parents.get(parent)) for name, kind, parent in rows if name in ("CBC", "WGX", "EC")]
    assert entered == [
        ("CBC", BodyKind.TECHNICAL_COMMITTEE, "Council"),
        ("EC", BodyKind.TECHNICAL_COMMITTEE, "Council"),
        ("WGX", BodyKind.WORKING_GROUP, "CBC"),
    ]
    assert added["bodies"] == 5


async def test_import_work_plan_of_the_real_paper(world: World) -> None:
    plan_id = await import_plan(world, real_paper())

    assert await counts(world, plan_id) == PlanCounts(
        topics=7,
        activities=26,
        groups=5,
        coordinators=9,
        volunteers=58,
        parties={Capacity.MEMBER: 14, Capacity.OBSERVER: 4, Capacity.PRIVATE_SECTOR: 8, Capacity.SECRETARIAT: 1},
    )
    assert await added_by(world, real_paper()) == {}
    assert await added_by(world, real_paper() + "\n") == {}


async def test_import_work_plan_takes_as_many_statements_for_many_rows_as_for_few(world: World) -> None:
    seen: list[str] = []

    def count(*arguments: Any) -> None:
        seen.append(arguments[2])

    few, many = STEPS[:1], tuple(f"| {n}. | Topic {n} | Step | WGEC, EC | 2019 | |" for n in range(1, 40))
    event.listen(Engine, "before_cursor_execute", count)
    try:
        await import_plan(world, paper(few), body_short_name="FEW")
        small, seen[:] = list(seen), []
        await import_plan(world, paper(many), body_short_name="MANY")
    finally:
        event.remove(Engine, "before_cursor_execute", count)

    assert len(seen) <= len(small)


async def test_import_work_plan_that_is_perhaps_of_another_body_says_how_to_name_it(world: World) -> None:
    await import_plan(world)

    refusal = await refused(world, paper((STEPS[0].replace("Boats", "Ships"),), ()))
    elsewhere = await import_plan(world, paper((STEPS[0].replace("Boats", "Ships"),), ()), body_short_name="WGX")

    row = "row 1, Topic: on record is 'Boats': confirm the changes as the preview shows them, or correct the paper"
    body = "The WGEC has a work plan already. If this is the plan of another body, name that body"
    assert refusal.message == f"Please correct {row}. {body} (bodyShortName; on the command line --body NAME)."
    assert [f"{issue.place}: {issue.message}" for issue in refusal.issues] == [row]
    assert (await counts(world, elsewhere)).topics == 1


async def test_import_work_plan_that_is_not_well_formed_does_not_speak_of_other_bodies(world: World) -> None:
    refusal = await refused(world, paper((STEPS[0].replace("Count the boats", ""),)))

    assert refusal.message.startswith("Please correct row 1, Activity: ")
    assert "another body" not in refusal.message
