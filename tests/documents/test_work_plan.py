"""Reading the work plan and the chart of groups; the short papers here are invented."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.documents import plan_columns
from server.documents.printed_names import split_names
from server.documents.units import UnreadableDocument
from server.documents.work_plan import (
    ActivityRow,
    GroupRow,
    Problem,
    Topic,
    UnreadableWorkPlan,
    WorkPlanDocument,
    read_work_plan,
)
from server.wording.folding import fold_name

HERE = Path(__file__).resolve()
PAPERS = HERE.parents[3] / "shared" / "source-documents"
KNOWN_PARTIES = HERE.parents[2] / "server" / "vocabulary" / "known_parties.csv"

NAMES = ("Atland", "Atland Isles", "Boreal Union", "BU", "Cargo Guild", "CG", "Netherreach")
KNOWN = frozenset(map(fold_name, (*NAMES, "Trinidad and Tobago", "Bosnia and Herzegovina", "Amazon.com, Inc.", "EU")))
PLAN_HEADER = "| | Topic | Activity | Responsible | Timeline | Remarks |\n|--|--|--|--|--|--|\n"
CHART_HEADER = "| No. | Item of Work | Volunteers |\n|--|--|--|\n"
PLAN = PLAN_HEADER + "| 1. | Boats | Count boats | Secretariat | May 2018 | |\n"
CHART = CHART_HEADER + "| 1. | Boats | <p>Coordinator: BU and CG Atland, The Netherreach</p> |\n"


ROW = ("1.", "Boats", "Count boats", "Secretariat", "May 2018", "windy")
HEADINGS = (
    ("Topic", "Activity", "Responsible", "Timeline", "Remarks"),
    ("No", "Topic", "Activity", "Responsible", "Timeline", "Remarks"),
    ("#", "TOPIC", "ACTIVITY", "RESPONSIBLE", "TIMELINE", "REMARKS"),
    ("Item", "Topic ", "Activities:", "Responsible party", "Time frame", "Comments"),
    ("N\u00b0", "Sujet", "Activit\u00e9", "Responsable", "Calendrier", "Remarques"),
    ("Timeline", "Who", "Action", "Item of work", "No."),
    ("Item", "Activity", "Priority", "Responsible", "Due date"),
)


def markdown_of(*rows: tuple[str, ...]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|--" * len(rows[0]) + "|", *lines[1:]]) + "\n"


@pytest.mark.parametrize("headings", HEADINGS, ids=",".join)
@pytest.mark.parametrize("is_csv", [False, True], ids=["markdown", "csv"])
def test_columns_are_found_by_their_headings(headings: tuple[str, ...], is_csv: bool) -> None:
    """In any order, with or without number and remarks; what each was taken for is said."""
    taken = {name: ROW[place] for place, name in enumerate(plan_columns.PLAN)}
    heads = plan_columns.find_heads(headings)
    assert heads is not None
    cells = tuple(taken.get(column, "low") for _, column in heads.taken)
    sheet = "\n".join(",".join(row) for row in (headings, cells)) + "\n"

    document = read_work_plan(sheet if is_csv else markdown_of(headings, cells), NAMES)

    [topic] = document.topics
    remarks = "windy" if "Remarks" in dict(heads.taken).values() else ""
    assert topic == Topic(1, "Boats", (ActivityRow(1, "Count boats", ("Secretariat",), "May 2018", remarks),))
    assert [column.heading for column in document.columns] == [heading.strip() for heading in headings]
    assert {column.column for column in document.columns} >= {"Topic", "Activity", "Responsible", "Timeline"}


def test_topics_without_a_column_for_numbers_are_numbered_in_their_order() -> None:
    five = HEADINGS[0]
    rows = [(title, "Do it", "", "", "") for title in ("Boats", "", "Boats", "7. Ports", "Sails")]

    topics = read_work_plan(markdown_of(five, *rows), NAMES).topics

    assert [(topic.number, topic.title, len(topic.activities)) for topic in topics] == [
        (1, "Boats", 3), (7, "Ports", 1), (8, "Sails", 1),
    ]  # fmt: skip


def test_a_table_that_lacks_a_column_says_which() -> None:
    paper = markdown_of(("Topic", "Activity", "Responsible", "Where"), ("Boats", "Count", "WGEC", "Bern"))
    message = "The table with the headings Topic, Activity, Responsible, Where has no column Timeline."

    assert problems_of(paper) == (Problem(0, "", message),)
    assert problems_of("Topic,Activity,Responsible,Where\nBoats,Count,WGEC,Bern\n") == (Problem(0, "", message),)


def known_parties() -> list[dict[str, str]]:
    with KNOWN_PARTIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names_of(party: dict[str, str]) -> list[str]:
    return [party["name"], party["short_name"], *filter(None, party["aliases"].split(";"))]


def problems_of(markdown: str) -> tuple[Problem, ...]:
    with pytest.raises(UnreadableWorkPlan) as refused:
        read_work_plan(markdown, NAMES)
    return refused.value.problems


def real_work_plan() -> WorkPlanDocument:
    found = sorted(PAPERS.glob("003_*.txt"))
    if not found:
        pytest.skip(f"the paper of September 2018 is not beside the checkout, in {PAPERS}")
    names = [name for party in known_parties() for name in names_of(party)]
    return read_work_plan(found[0].read_text(encoding="utf-8"), names)


def test_the_real_paper_has_seven_topics_and_twenty_six_activities() -> None:
    topics = real_work_plan().topics

    assert [(topic.number, len(topic.activities)) for topic in topics] == [
        (1, 4), (2, 8), (3, 4), (4, 5), (5, 1), (6, 3), (7, 1),
    ]  # fmt: skip
    assert [step.row for topic in topics for step in topic.activities] == list(range(1, 27))
    assert {step.remarks for topic in topics for step in topic.activities} == {""}


def test_the_real_paper_names_who_is_responsible() -> None:
    topics = real_work_plan().topics

    assert topics[1].activities[0].responsible == ("Co-Leads (CBSA and IFCBA)",)
    assert topics[1].activities[5] == ActivityRow(
        10, "Continue consultations and further work", ("Co-Chairs", "Sub-Group Co-Leads"), "", ""
    )
    assert topics[5].activities[0].responsible == ("Co-Chairs", "Co-Leads", "interested Members and stakeholders")
    assert topics[6].activities[0].responsible == ("WGEC", "PTC", "EC", "Secretariat")


def test_the_real_paper_has_five_groups() -> None:
    groups = real_work_plan().groups

    assert [(group.number, group.coordinators, len(group.volunteers)) for group in groups] == [
        (1, ("US", "EU"), 14),
        (2, ("Canada", "China"), 16),
        (3, ("China", "Amazon"), 12),
        (4, ("Australia", "ICC"), 13),
        (5, ("EU",), 4),
    ]
    assert groups[4].volunteers == ("Australia", "IATA", "UPU", "FIATA")


def test_the_known_parties_have_a_capacity_each_and_no_name_twice() -> None:
    parties = known_parties()

    names = [fold_name(name) for party in parties for name in set(map(fold_name, names_of(party)))]
    assert sorted(names) == sorted(set(names))
    assert {(party["capacity"], party["kind"]) for party in parties} == {
        ("MEMBER", "MEMBER_ADMINISTRATION"),
        ("MEMBER", "CUSTOMS_UNION"),
        ("OBSERVER", "CUSTOMS_UNION"),
        ("OBSERVER", "INTERNATIONAL_ORGANIZATION"),
        ("OBSERVER", "ACADEMIC"),
        ("PRIVATE_SECTOR", "PRIVATE_SECTOR_BODY"),
        ("SECRETARIAT", "SECRETARIAT"),
    }


def test_a_plan_over_two_pages_is_one_plan() -> None:
    markdown = (
        PLAN_HEADER
        + "| 1. | Boats | Count boats | Secretariat, CG | May 2018 | |\n| | | Paint boats | WGEC | | late |\n\n---\n\n"
        + PLAN_HEADER
        + "| | | Sail boats | WGEC | 2019 | |\n| 2. | Ports | Count ports | CG; WGEC | | |\n\n"
        + "| | | | | | |\n|-|-|-|-|-|-|\n| | | Close ports | Secretariat | | |\n\n| A | B |\n|-|-|\n| c | d |\n"
    )

    plan = read_work_plan(markdown, ())

    assert plan[:2] == (
        (
            Topic(
                1,
                "Boats",
                (
                    ActivityRow(1, "Count boats", ("Secretariat", "CG"), "May 2018", ""),
                    ActivityRow(2, "Paint boats", ("WGEC",), "", "late"),
                    ActivityRow(3, "Sail boats", ("WGEC",), "2019", ""),
                ),
            ),
            Topic(
                2,
                "Ports",
                (
                    ActivityRow(4, "Count ports", ("CG", "WGEC"), "", ""),
                    ActivityRow(5, "Close ports", ("Secretariat",), "", ""),
                ),
            ),
        ),
        (),
    )


def test_a_topic_printed_again_on_the_next_page_is_the_same_topic() -> None:
    row = "| 1. | Boats | Count boats | Secretariat | | |\n"

    topics = read_work_plan(f"{PLAN_HEADER}{row}\n{PLAN_HEADER}{row}", ()).topics

    assert [(topic.number, len(topic.activities)) for topic in topics] == [(1, 2)]


@pytest.mark.parametrize(
    ("cell", "coordinators", "volunteers"),
    [
        ("Coordinator: BU and CG Atland, BU; Netherreach", ("BU", "CG"), ("Atland", "BU", "Netherreach")),
        ("<p>Coordinators: Atland Isles The Netherreach, CG</p>", ("Atland Isles",), ("The Netherreach", "CG")),
        ("<p>Coordinator: atland</p><p>Boreal  Union and CG</p>", ("atland",), ("Boreal Union", "CG")),
        ("Coordinator: Atland; BU", ("Atland",), ("BU",)),
        ("Coordinator: Atland", ("Atland",), ()),
        ("Coordinator: Atland and BU and CG", ("Atland", "BU", "CG"), ()),
    ],
)
def test_coordinators_end_where_the_names_stop_being_joined(
    cell: str, coordinators: tuple[str, ...], volunteers: tuple[str, ...]
) -> None:
    plan = read_work_plan(f"{PLAN}\n{CHART_HEADER}| 3. | Boats | {cell} |\n", NAMES)

    assert plan.groups == (GroupRow(1, 3, "Boats", coordinators, volunteers),)


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("Co-Chairs, Co-Leads, and interested Members and stakeholders",
         ("Co-Chairs", "Co-Leads", "interested Members and stakeholders")),
        ("Interested Members and Stakeholders and Secretariat", ("Interested Members and Stakeholders", "Secretariat")),
        ("Secretariat and stakeholders", ("Secretariat", "stakeholders")),
        ("Group on Boats (CG and BU, at sea); WGEC", ("Group on Boats (CG and BU, at sea)", "WGEC")),
        ("Andorra and Sandland", ("Andorra", "Sandland")),
        (") A, B (", (") A", "B (")),
        ("", ()),
        ("Canada, Trinidad and Tobago Customs and EU", ("Canada", "Trinidad and Tobago Customs", "EU")),
        ("Trinidad and Tobago, Japan", ("Trinidad and Tobago", "Japan")),
        ("Amazon.com, Inc.", ("Amazon.com, Inc.",)),
        ("Unknown Traders, Ltd. and Japan", ("Unknown Traders, Ltd.", "Japan")),
        ("Bosnia and Herzegovina and EU", ("Bosnia and Herzegovina", "EU")),
        ("Trinidad and Tobago & Bosnia and Herzegovina", ("Trinidad and Tobago", "Bosnia and Herzegovina")),
        ("EU/Atland", ("EU", "Atland")),
        ("WGEC / EU", ("WGEC", "EU")),
        ("trinidad & tobago; bosnia & herzegovina", ("trinidad & tobago", "bosnia & herzegovina")),
        ("Post & Parcel, Ltd. and/or Boats & Co", ("Post & Parcel, Ltd.", "Boats & Co")),
        ("EU and/or Atland", ("EU", "Atland")),
        ("Secretariat, Trinidad and Tobago and Bosnia and Herzegovina; EU",
         ("Secretariat", "Trinidad and Tobago", "Bosnia and Herzegovina", "EU")),
    ],
)  # fmt: skip
def test_responsible_is_split_between_parties_only(cell: str, entries: tuple[str, ...]) -> None:
    assert split_names(cell, KNOWN) == entries


@pytest.mark.parametrize(
    ("markdown", "problems"),
    [
        (
            "No table here.",
            [(0, "", "The paper has no table with the columns Topic, Activity, Responsible, Timeline, Remarks.")],
        ),
        (PLAN + "| x | Ports | Count | WGEC | | |\n", [(2, "No.", "'x' is not the number of a topic.")]),
        (PLAN + "| 1. | Ports | Count | WGEC | | |\n", [(2, "No.", "The number 1 is used twice.")]),
        (PLAN + "| 2. | | Count | WGEC | | |\n", [(2, "Topic", "The topic has a number but no title.")]),
        (PLAN + "| | | | WGEC | | |\n", [(2, "Activity", "The row names no activity.")]),
        (PLAN + "| | | Count | WGEC |\n", [(2, "", "The row has 4 cells, the table has 6 columns.")]),
        (PLAN_HEADER + "| | | Count | WGEC | | |\n", [(1, "Topic", "The first row of the plan names no topic.")]),
        (
            f"{PLAN}\n{CHART}| 1. | Ports | Coordinator: BU CG |\n",
            [(2, "No.", "The number 1 is used twice.")],
        ),
        (
            f"{PLAN}\n{CHART}| two | | Ports: BU |\n| 3. | Ports |\n",
            [
                (2, "No.", "'two' is not the number of a group."),
                (2, "Item of Work", "The group has no item of work."),
                (2, "Volunteers", 'The cell does not begin with "Coordinator:".'),
                (3, "", "The row has 2 cells, the table has 3 columns."),
            ],
        ),
        (
            f"{PLAN}\n{CHART}| 2. | Ports | Coordinator: Utopia and BU CG |\n"
            "| 3. | Quays | Coordinator: BU CG, Utopia |\n",
            [
                (2, "Volunteers", "'Utopia' is not the name of a known party."),
                (3, "Volunteers", "'Utopia' is not the name of a known party."),
            ],
        ),
        (
            f"{PLAN}\n{CHART}| 2. | Ports | Coordinator: |\n",
            [(2, "Volunteers", "'(blank)' is not the name of a known party.")],
        ),
    ],
)
def test_every_problem_names_its_row_and_column(markdown: str, problems: list[tuple[int, str, str]]) -> None:
    assert tuple(each[:3] for each in problems_of(markdown)) == tuple(problem for problem in problems)


def test_problems_of_plan_and_chart_are_raised_together() -> None:
    markdown = f"{PLAN}| x | Ports | Count | WGEC | | |\n\n{CHART}| 2. | Ports | Coordinator: Utopia |\n"

    assert [(problem.row, problem.column) for problem in problems_of(markdown)] == [(2, "No."), (2, "Volunteers")]


def test_an_unreadable_paper_has_no_work_plan() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_work_plan("", NAMES)

    assert refused.value.message == "The document is empty."


PARTIES = st.lists(st.sampled_from(NAMES), min_size=1, max_size=5)


@given(PARTIES, PARTIES)
def test_a_chart_cell_gives_back_the_names_it_was_made_of(coordinators: list[str], volunteers: list[str]) -> None:
    cell = f"Coordinator: {' and '.join(coordinators)} {', '.join(volunteers)}"

    group = read_work_plan(f"{PLAN}\n{CHART_HEADER}| 1. | Boats | {cell} |\n", NAMES).groups[0]

    assert (group.coordinators, group.volunteers) == (tuple(coordinators), tuple(volunteers))
