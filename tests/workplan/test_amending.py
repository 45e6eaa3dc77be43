"""Papers that amend an earlier one: shown, confirmed, written as changes; and plans that are printed and read back."""

import base64
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from server.documents.plan_papers import PlanTables, print_markdown, print_sheet
from server.documents.work_plan import MilestoneRow, read_work_plan
from server.domain.planning.actions import milestones
from server.domain.planning.printing import tables_of_plan
from server.domain.workplan.actions import activities, importing, topics, tracking
from server.domain.workplan.actions.importing import PlanPaper, PlanPreview
from server.kernel.refusals import Refusal
from server.models.bodies import Body
from server.models.planning import Milestone, PlanChange
from server.models.workplan import Activity, Redating, WorkItem
from server.vocabulary.workplan import PlanAmendmentKind, PlanDoubtKind
from tests.factories.proposals import add_sitting
from tests.factories.workplan import AGREED_ON, CHART, STEPS, Plan, import_plan, make_plan, paper, rows_of, sizes
from tests.factories.world import World

AMENDED = (
    "| 1. | Boats | Count the boats | Co-Leads (Canada and GEA) | July 2018 | |",
    "| | | Order new canvas | Secretariat | 2019 | |",
    "| | | Sail the big boats | Sub-Group Co-Leads and EC | October/November 2018 | calm |",
    "| 3. | Ports | List the ports | Co-Chairs and interested Members and stakeholders | | |",
)
"""Another period, a new activity, other words and remarks, another number; painting is in it no longer."""


async def preview(world: World, markdown: str, **more: Any) -> PlanPreview:
    """What an import would do; nothing is written."""
    before = await sizes(world.database)
    actor = await world.actor("secretariat")
    async with world.database.studying() as session:
        sent = PlanPaper(markdown, decided_on=AGREED_ON, **more)
        shown = await importing.preview_import(session, actor, world.clock.now, sent)
    assert await sizes(world.database) == before
    return shown


async def test_an_amended_paper_is_shown_and_written_once_it_is_confirmed(world: World) -> None:
    plan = await make_plan(world)
    shown = await preview(world, paper(AMENDED))
    seen = [(each.kind, each.column, each.was, each.says) for each in shown.amendments]
    changed, vanished = PlanAmendmentKind.CHANGED, PlanAmendmentKind.VANISHED
    assert seen == [
        (changed, "Timeline", "June 2018", "July 2018"),
        (changed, "Activity", "Sail the boats", "Sail the big boats"),
        (changed, "Remarks", "windy", "calm"),
        (vanished, "", "Paint the boats", ""),
        (changed, "No.", "2", "3"),
    ]
    assert shown.added == {"activities": 1, "responsibles": 1}
    with pytest.raises(Refusal) as refused:
        await import_plan(world, paper(AMENDED), confirmed="0" * 64)
    assert [issue.place for issue in refused.value.issues] == [
        "row 1, Timeline", "row 3, Activity", "row 3, Remarks", "row 4, No.",
    ]  # fmt: skip

    await import_plan(world, paper(AMENDED), confirmed=shown.digest)

    rows = {
        row[0]: row[1:] for row in await rows_of(world.database, Activity.description, Activity.label, Activity.status)
    }
    assert rows["Count the boats"][0] == "July 2018"
    assert rows["Paint the boats"] == ("September 2018", "NOT_STARTED")
    assert {"Sail the big boats", "Order new canvas"} < rows.keys()
    assert [row[0] for row in await rows_of(world.database, WorkItem.number)] == [1, 3]
    assert len(await rows_of(world.database, Redating.id)) == 1
    kinds = [row[0] for row in await rows_of(world.database, PlanChange.kind)]
    assert sorted(kinds) == ["ADDED", "CORRECTED", "CORRECTED", "MOVED", "REDATED"]
    assert await import_plan(world, paper(AMENDED)) == plan.id
    assert (await preview(world, paper(AMENDED))).added == {}


async def test_what_vanished_is_given_up_only_when_the_import_says_so(world: World) -> None:
    await make_plan(world)
    shorter = paper((*STEPS[:1], *STEPS[2:]))
    await import_plan(world, shorter)
    kept = await rows_of(world.database, Activity.description, Activity.status)
    shown = await preview(world, shorter)
    assert [each.name for each in shown.amendments] == ["Paint the boats"]

    await import_plan(world, shorter, can_drop_vanished=True, confirmed=shown.digest)

    assert ("Paint the boats", "NOT_STARTED") in kept
    assert ("Paint the boats", "DROPPED") in await rows_of(world.database, Activity.description, Activity.status)


async def test_acts_since_the_paper_stand_unless_a_new_paper_says_otherwise(world: World) -> None:
    plan = await make_plan(world)
    step = plan.activities["Count the boats"]
    redated = {"activity_id": step, "period": "May 2019", "reason": "Ice.", "expected_revision": 1}
    await world.do("secretariat", tracking.redate_activity, **redated)

    assert (await preview(world, paper() + "\nThe same.\n")).amendments == []
    assert (await preview(world, paper().replace("June 2018", "May 2019"))).amendments == []
    (other,) = (await preview(world, paper().replace("June 2018", "June 2019"))).amendments
    assert (other.was, other.says) == ("May 2019", "June 2019")


async def test_cells_that_need_a_person_are_doubts_and_keep_their_words(world: World) -> None:
    steps = (
        "| 1. | Boats | Count | Nobody Known | ongoing | |",
        "| | | Paint | Japan | when ice melts | |",
        "| 2. | Flow Charts and Data | Draw | Secretariat | by end of March 2027 | |",
    )
    shown = await preview(world, paper(steps))
    plan_id = await import_plan(world, paper(steps))

    assert [(each.row, each.column, each.kind) for each in shown.doubts] == [
        (1, "Timeline", PlanDoubtKind.UNDATED),
        (1, "Responsible", PlanDoubtKind.UNLINKED),
        (2, "Timeline", PlanDoubtKind.UNREAD),
        (3, "Topic", PlanDoubtKind.UNJOINED),
    ]
    assert plan_id
    labels = {row[0] for row in await rows_of(world.database, Activity.label)}
    assert labels == {"ongoing", "when ice melts", "by end of March 2027"}


async def test_topics_and_groups_with_one_title_are_joined(world: World) -> None:
    chart = (CHART[0].replace("Crews", "THE boats"), CHART[1])
    await import_plan(world, paper(chart=chart))

    rows = await rows_of(world.database, WorkItem.number, WorkItem.body_id)
    bodies = dict(await rows_of(world.database, Body.id, Body.short_name))
    assert [(number, bodies.get(body)) for number, body in rows] == [(1, "WGEC-1"), (2, None)]


@pytest.mark.parametrize("title", ["Definition", "The definitions", "Definitions and scope"])
async def test_topics_and_groups_with_nearly_one_title_are_asked_about(world: World, title: str) -> None:
    chart = (
        CHART[0].replace("Crews", "Definitions" if "scope" not in title else "Definitions and the scope"),
        CHART[1],
    )
    steps = (STEPS[0].replace("Boats", title), *STEPS[1:])

    shown = await preview(world, paper(steps, chart))

    joined = title == "The definitions"
    kinds = [each.kind for each in shown.doubts if each.column == "Topic"]
    assert kinds == ([] if joined else [PlanDoubtKind.UNJOINED])


@pytest.mark.parametrize("form", ["markdown", "sheet"])
async def test_a_plan_with_blanks_and_line_breaks_is_printed_and_read_back_unchanged(world: World, form: str) -> None:
    plan = await make_plan(world)
    title = {"work_plan_id": plan.id, "title": "Ports  of\tcall", "reason": "So."}
    item = await world.do("secretariat", topics.add_work_item, **title)
    words = {"text": "Count\tthem,\ntwo  blanks", "remarks": "one\r\ntwo", "period": "May  2019"}
    more = {"responsible": "China/Japan & EU", "reason": "So."}
    await world.do("secretariat", activities.add_activity, work_item_id=item, **words, **more)
    actor = await world.actor("secretariat")
    async with world.database.studying() as session:
        tables = await tables_of_plan(session, actor, world.clock.now, plan.id)
    assert tables is not None
    printed = print_markdown(tables) if form == "markdown" else base64.b64encode(print_sheet(tables)).decode()

    shown = await preview(world, printed)

    assert (shown.added, shown.amendments) == ({}, [])


async def test_every_unknown_name_is_named_at_once(world: World) -> None:
    chart = ("| 1. | Boats | Coordinator: Atlantis and GEA Lemuria, Japan; Mu and Brazil |",)
    with pytest.raises(Refusal) as refused:
        await import_plan(world, paper(chart=chart))

    assert [issue.parameters["name"] for issue in refused.value.issues] == ["Atlantis", "Lemuria", "Mu"]
    assert all("admit it" in issue.message for issue in refused.value.issues)


async def test_parties_of_a_paper_begin_on_no_day_that_nobody_said(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        await import_plan(world, decided_on=None)

    assert [issue.path for issue in refused.value.issues] == ["decidedOn"]
    assert await import_plan(world, paper(chart=()).split("| No.")[0], decided_on=None)


async def add_milestones(world: World, plan: Plan) -> dict[str, str]:
    """Add a milestone of the plan, one of a topic and its namesake of another, and one that moves with a sitting."""
    sitting = await add_sitting(world, starts_on=date(2018, 10, 8), ends_on=date(2018, 10, 12))
    ids = {}
    for key, name, sent in (
        ("plan", "Paper for the *Council*", {"period": "March 2019"}),
        ("boats", "Draft ready", {"period": "Q4 2018", "work_item_id": plan.items[1]}),
        ("ports", "Draft ready", {"period": "as appropriate", "work_item_id": plan.items[2]}),
        ("sitting", "PTC endorses", {"sitting_id": sitting, "approver_body_id": world.bodies["ptc"]}),
    ):
        added = {"work_plan_id": plan.id, "name": name, "reason": "New.", **sent}
        ids[key] = await world.do("secretariat", milestones.add_milestone, **added)
    return ids


MILESTONES = (
    "| No. | Milestone | Timeline | Approved by |\n|--|--|--|--|\n"
    "| | Paper for the *Council* | {council} | {approver} |\n| 1. | Draft ready | Q4 2018 | |\n"
    "| 2. | List printed | soonish | PTC |\n"
)


async def milestone_rows(world: World) -> list[tuple[Any, ...]]:
    """Name, topic, label, last day, approver, status and revision of every milestone, in their order."""
    columns = (Milestone.position, Milestone.name, WorkItem.number, Milestone.label, Milestone.latest)
    more = (Body.short_name, Milestone.status, Milestone.revision)
    statement = select(*columns, *more).join(Body, Body.id == Milestone.approver_body_id)
    async with world.database.reading() as connection:
        rows = await connection.execute(
            statement.outerjoin(WorkItem, WorkItem.id == Milestone.work_item_id).order_by(Milestone.position)
        )
        return [tuple(row)[1:] for row in rows]


async def test_milestones_of_a_paper_are_added_and_amended_once_confirmed(world: World) -> None:
    markdown = f"{paper()}\n{MILESTONES.format(council='March 2019', approver='')}"
    shown = await preview(world, markdown)
    await import_plan(world, markdown)
    first = await milestone_rows(world)
    later = f"{paper()}\n{MILESTONES.format(council='June 2019', approver='PTC')}"
    amended = await preview(world, later)
    with pytest.raises(Refusal):
        await import_plan(world, later)
    unconfirmed = await milestone_rows(world)
    await import_plan(world, later, confirmed=amended.digest)
    confirmed = await milestone_rows(world)
    again = await preview(world, markdown)

    assert shown.added["milestones"] == 3
    assert [(doubt.column, doubt.printed) for doubt in shown.doubts if doubt.printed == "soonish"] == [
        ("Timeline", "soonish")
    ]
    assert first == unconfirmed == [
        ("Paper for the Council", None, "March 2019", date(2019, 3, 31), "WGEC", "PLANNED", 1),
        ("Draft ready", 1, "Q4 2018", date(2018, 12, 31), "WGEC", "PLANNED", 1),
        ("List printed", 2, "soonish", None, "PTC", "PLANNED", 1),
    ]  # fmt: skip
    assert [(each.column, each.was, each.says) for each in amended.amendments] == [
        ("Timeline", "March 2019", "June 2019"), ("Approved by", "WGEC", "PTC"),
    ]  # fmt: skip
    assert confirmed[0] == ("Paper for the Council", None, "June 2019", date(2019, 6, 30), "PTC", "PLANNED", 3)
    assert confirmed[1:] == first[1:]
    assert [each.column for each in again.amendments] == []  # what was planned first amends nothing planned since


async def test_words_that_are_no_period_amend_a_milestone_and_an_activity_alike(world: World) -> None:
    steps = tuple(each.replace("September 2018", "when dry") for each in STEPS)
    marks = MILESTONES.replace("Q4 2018", "when ready").format(council="March 2019", approver="")
    await import_plan(world, f"{paper()}\n{MILESTONES.format(council='March 2019', approver='')}")
    amended = await preview(world, f"{paper(steps)}\n{marks}")
    await import_plan(world, f"{paper(steps)}\n{marks}", confirmed=amended.digest)

    assert [(each.was, each.says) for each in amended.amendments] == [
        ("September 2018", "when dry"), ("Q4 2018", "when ready"),
    ]  # fmt: skip
    assert [(doubt.column, doubt.printed, doubt.kind) for doubt in amended.doubts if doubt.column == "Timeline"] == [
        ("Timeline", words, PlanDoubtKind.UNREAD) for words in ("when dry", "when ready")
    ]
    assert ("Draft ready", 1, "when ready", None, "WGEC", "PLANNED", 2) in await milestone_rows(world)


async def test_a_milestone_of_no_topic_or_an_unknown_body_is_refused_with_its_row(world: World) -> None:
    rows = "| 9. | Draft ready | May 2019 | |\n| | | May 2019 | |\n"
    with pytest.raises(Refusal) as unread:
        await import_plan(world, f"{paper()}\n{MILESTONES.format(council='', approver='')}{rows}")
    with pytest.raises(Refusal) as unknown:
        await import_plan(world, f"{paper()}\n{MILESTONES.format(council='', approver='Nobody')}")

    assert [(issue.parameters["row"], issue.parameters["column"]) for issue in unread.value.issues] == [
        (4, "No."), (5, "Milestone"),
    ]  # fmt: skip
    assert [(issue.code, issue.parameters["column"]) for issue in unknown.value.issues] == [
        ("BODY_UNKNOWN", "Approved by")
    ]


@pytest.mark.parametrize("form", ["markdown", "sheet"])
async def test_a_printed_plan_read_back_changes_nothing(world: World, form: str) -> None:
    plan = await make_plan(world)
    step, other = plan.activities["Count the boats"], plan.activities["Paint the boats"]
    redated = {"activity_id": step, "period": "mid-2019", "reason": "Ice.", "expected_revision": 1}
    await world.do("secretariat", tracking.redate_activity, **redated)
    words = {"text": "Count *all* boats | twice", "responsible": "Japan and China; Tar Makers, Ltd.", "remarks": "<1>"}
    corrected = {"activity_id": step, **words, "reason": "More.", "expected_revision": 2}
    await world.do("secretariat", activities.correct_activity, **corrected)
    dropped = {"activity_id": other, "reason": "No paint.", "expected_revision": 1}
    await world.do("secretariat", tracking.drop_activity, **dropped)
    added = {"work_item_id": plan.items[2], "text": "Name the ports", "reason": "New.", "period": "Q4/Q1 2019"}
    await world.do("secretariat", activities.add_activity, **added)
    await add_milestones(world, plan)
    actor = await world.actor("japan")
    async with world.database.studying() as session:
        tables = await tables_of_plan(session, actor, world.clock.now, plan.id)
    assert tables is not None
    printed = print_markdown(tables) if form == "markdown" else base64.b64encode(print_sheet(tables)).decode()

    shown = await preview(world, printed)
    before = await sizes(world.database)
    await import_plan(world, printed)

    assert (shown.amendments, shown.added, await sizes(world.database)) == ([], {}, before)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_plan_is_read_from_csv(separator: str) -> None:
    lines = [
        ["No.", "Topic", "Activity", "Responsible", "Timeline", "Remarks"],
        ["1.", "Boats", "Count", "Japan", "May 2019", ""],
        ["", "", "Paint", "Secretariat", "TBD", "wet"],
        ["No.", "Milestone", "Timeline", "Approved by"],
        ["1.", "Boats counted", "June 2019", "PTC"],
        ["No.", "Item of Work", "Volunteers"],
        ["1.", "Boats", "Coordinator: Japan China"],
    ]
    document = read_work_plan("\n".join(separator.join(line) for line in lines), ["Japan", "China"])

    assert [len(topic.activities) for topic in document.topics] == [2]
    assert document.milestones == (MilestoneRow(1, 1, "Boats counted", "June 2019", "PTC"),)
    assert document.groups[0].volunteers == ("China",)


def test_a_sheet_keeps_odd_words_and_computes_nothing() -> None:
    row = ("1.", "=1+1", "a\x00b & <c>", "é \N{GRINNING FACE}", "", "x")
    document = read_work_plan(base64.b64encode(print_sheet(PlanTables("T", (row,), ()))).decode(), [])

    (topic,) = document.topics
    assert (topic.title, topic.activities[0].description) == ("=1+1", "ab & <c>")
