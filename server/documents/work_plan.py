"""Read the work plan, its milestones and the chart of intersessional groups from a paper.

The model is the paper of 21 September 2018: a table of topics and activities over three pages, and a chart of groups
with their coordinators and volunteers. That paper has no milestones; a plan that is printed here has a table of them.
Pure: text in, values out. Timelines are interpreted in
``server.domain.workplan.periods``.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from server.documents.blocks import read_blocks
from server.documents.groups import GroupRow, read_group
from server.documents.plan_columns import CHART, MILESTONES, PLAN, HeadedColumn, Heads, find_heads, find_nearly, lacking
from server.documents.printed_names import split_names
from server.documents.problems import Problem, UnreadableWorkPlan
from server.documents.sheets import read_sheet
from server.vocabulary.texts import UnitKind
from server.wording.folding import fold_name

__all__ = [
    "ActivityRow",
    "GroupRow",
    "MilestoneRow",
    "Problem",
    "Topic",
    "UnreadableWorkPlan",
    "WorkPlanDocument",
    "read_work_plan",
]

_NUMBER = re.compile(r"(?:no\.?\s*)?([0-9]{1,3})\s*[.)]?", re.IGNORECASE)
_NUMBERED = re.compile(r"([0-9]{1,3})\s*[.)]\s+(\S.*)")


class ActivityRow(NamedTuple):
    """One step of a topic. ``row`` counts the rows of the plan from 1 through all pages, header rows left out.

    ``responsible`` is a list, see ``read_work_plan``; ``timeline`` and ``remarks`` are as printed, ``""`` where blank.
    """

    row: int
    description: str
    responsible: tuple[str, ...]
    timeline: str
    remarks: str


class Topic(NamedTuple):
    """A numbered topic of the work plan and its steps, in the order of the paper. It may have none."""

    number: int
    title: str
    activities: tuple[ActivityRow, ...]

    @property
    def row(self) -> int:
        """The row of its first step, 0 without any."""
        return self.activities[0].row if self.activities else 0


class MilestoneRow(NamedTuple):
    """A milestone of the topic with a number, 0 for the whole plan; `approver` is a body, "" for that of the plan."""

    row: int
    number: int
    name: str
    timeline: str
    approver: str


class WorkPlanDocument(NamedTuple):
    """Topics with their activities, groups with their parties, and milestones; a paper may have none of the latter.

    ``columns`` says for what the headings of its tables were taken.
    """

    topics: tuple[Topic, ...]
    groups: tuple[GroupRow, ...]
    milestones: tuple[MilestoneRow, ...] = ()
    columns: tuple[HeadedColumn, ...] = ()


class _HeadedTable(NamedTuple):
    """A table of a plan, of a chart or of milestones: its headings, and the rows below them."""

    heads: Heads
    rows: list[tuple[str, ...]]


def read_work_plan(paper: str, known_names: Collection[str], body_names: Collection[str] = ()) -> WorkPlanDocument:
    """Read the work plan and the chart of groups, from Markdown, or from a sheet (CSV, or XLSX in Base64).

    ``known_names`` are all names of parties, aliases included, ``body_names`` those of bodies.

    - Columns are found by their headings, see ``server.documents.plan_columns``.
    - A row with a blank number and topic continues the topic above it, also over a page.
    - *Responsible* is split into known names and other words as ``split_names`` says.
    - Coordinators and volunteers share a cell without a separator between them: names are read from the left, longest
      first; the first names, joined by "and", are the coordinators. Case and a leading "The" do not matter.

    Raise ``UnreadableWorkPlan`` with every problem (plan first, then chart), each with the row and the column, and
    ``UnreadableDocument`` if the paper itself cannot be read. Names are returned as printed.
    """
    problems: list[Problem] = []
    tables = list(_read_sheet_tables(paper) if is_sheet(paper) else _read_tables(paper))
    headed = [_HeadedTable(heads, table[1:]) for table in tables if (heads := find_heads(table[0]))]
    names = frozenset(fold_name(name) for name in known_names)
    plan_rows, chart_rows, milestone_rows = [
        _pick_rows([table for table in headed if table.heads.columns is columns], problems.append)
        for columns in (PLAN, CHART, MILESTONES)
    ]
    if not any(table.rows for table in headed if table.heads.columns is PLAN):
        problems.append(Problem(0, "", _explain_missing([table[0] for table in tables])))
    topics = _read_topics(plan_rows, names | {fold_name(name) for name in body_names}, problems.append)
    groups = [read_group(number, cells, names, problems.append) for number, cells in chart_rows]
    _ensure_distinct([(group.row, group.number) for group in groups if group], problems.append)
    milestones = _read_milestones(milestone_rows, {topic.number for topic in topics}, problems.append)
    if problems:
        raise UnreadableWorkPlan(tuple(problems))
    columns = dict.fromkeys(column for table in headed for column in table.heads.taken)
    return WorkPlanDocument(topics, tuple(group for group in groups if group), milestones, tuple(columns))


def _explain_missing(heads: Sequence[tuple[str, ...]]) -> str:
    """Return what a paper lacks: a column of a table that has the others, or the whole table."""
    nearly = next(filter(None, map(find_nearly, heads)), None)
    if nearly and (missing := lacking(nearly)):
        headings = ", ".join(filter(None, nearly.headings))
        return f"The table with the headings {headings} has no column {' and no '.join(missing)}."
    return f"The paper has no table with the columns {', '.join(PLAN[1:])}."


def _pick_rows(
    tables: Sequence[_HeadedTable], report: Callable[[Problem], None]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of tables that are as wide as their headings, counted from 1, in the order of the columns.

    The number may stand before the title. Where a table has no column for it, what has none is numbered in its order.
    """
    rows = [(table.heads, cells) for table in tables for cells in table.rows]
    last, last_title = 0, ""
    for row, (heads, cells) in enumerate(rows, start=1):
        if len(cells) != len(heads.headings):
            width = f"The row has {len(cells)} cells, the table has {len(heads.headings)} columns."
            report(Problem(row, "", width))
            continue
        number, title, *rest = heads.pick(cells)
        if not number and (match := _NUMBERED.fullmatch(title)):
            number, title = match[1], match[2]
        if not number and title and heads.places[0] is None and heads.columns is not MILESTONES:
            number = str(last if title == last_title else last + 1)
        if match := _NUMBER.fullmatch(number):
            last, last_title = int(match[1]), title
        yield row, (number, title, *rest)


def is_sheet(paper: str) -> bool:
    """Return whether a paper is a sheet: an XLSX file in Base64, or CSV, where no line has a table of Markdown."""
    if paper.lstrip().startswith("UEsDB"):
        return True
    first = next((line for line in paper.lstrip("\ufeff").splitlines() if line.strip(',; \t"')), "")
    return "|" not in first and find_nearly([cell.strip(' "') for cell in re.split("[,;\t]", first)]) is not None


def _read_sheet_tables(sheet: str) -> Iterator[list[tuple[str, ...]]]:
    """Yield the tables of a sheet, each from a row with its headings on. Cells beyond the last heading are left out."""
    table: list[tuple[str, ...]] = []
    rows = [tuple(" ".join(cell.split()) for cell in row.cells) for row in read_sheet(sheet)]
    width = 0
    for cells in rows:
        if find_heads(cells):
            if table:
                yield table
            width = max(place for place, cell in enumerate(cells, start=1) if cell)
            table = [cells[:width]]
        elif table and any(cells[:width]):
            table.append((cells + ("",) * width)[:width])
    if table or rows:
        yield table or rows[:1]


def _read_tables(markdown: str) -> Iterator[list[tuple[str, ...]]]:
    """Yield the tables of a paper. A table with a blank first row continues the one before it, if it is as wide."""
    table: list[tuple[str, ...]] = []
    for block in read_blocks(markdown):
        if block.kind is not UnitKind.TABLE_ROW:
            continue
        cells = tuple(" ".join(cell.split()) for cell in block.cells)  # a no-break space parts names and dates too
        if block.level != 1:
            table.append(cells)
        elif not table or any(cells) or len(cells) != len(table[0]):
            if table:
                yield table
            table = [cells]
    if table:
        yield table


def _ensure_distinct(numbers: Sequence[tuple[int, int]], report: Callable[[Problem], None]) -> None:
    earlier: set[int] = set()
    for row, number in numbers:
        if number in earlier:
            report(Problem(row, "No.", f"The number {number} is used twice."))
        earlier.add(number)


def _read_topics(
    rows: Iterable[tuple[int, tuple[str, ...]]], names: Collection[str], report: Callable[[Problem], None]
) -> tuple[Topic, ...]:
    """Return the topics with their steps. ``names`` are the folded names of parties and bodies."""
    topics: list[tuple[int, int, str]] = []
    activities: list[list[ActivityRow]] = []
    for row, cells in rows:
        number, title, description, responsible, timeline, remarks = cells
        if number or title:
            heading = (_read_number(row, number, report), title)
            if not title:
                report(Problem(row, "Topic", "The topic has a number but no title."))
            if not topics or heading != topics[-1][1:]:
                topics.append((row, *heading))
                activities.append([])
        elif not topics:
            report(Problem(row, "Topic", "The first row of the plan names no topic."))
            continue
        if (number or title) and not any((description, responsible, timeline, remarks)):
            continue  # a topic without activities
        if not description:
            report(Problem(row, "Activity", "The row names no activity."))
        activities[-1].append(ActivityRow(row, description, split_names(responsible, names), timeline, remarks))
    _ensure_distinct([(row, number) for row, number, _ in topics if number], report)
    return tuple(
        Topic(number, title, tuple(steps)) for (_, number, title), steps in zip(topics, activities, strict=True)
    )


def _read_milestones(
    rows: Iterable[tuple[int, tuple[str, ...]]], topics: Collection[int], report: Callable[[Problem], None]
) -> tuple[MilestoneRow, ...]:
    """Return the milestones, each of a topic of the paper or of the whole plan."""
    milestones: list[MilestoneRow] = []
    for row, (printed, name, timeline, approver) in rows:
        number = _read_number(row, printed, report) if printed else 0
        if number and number not in topics:
            report(Problem(row, "No.", f"The paper has no topic with the number {number}."))
        if not name:
            report(Problem(row, "Milestone", "The row names no milestone."))
        milestones.append(MilestoneRow(row, number, name, timeline, approver))
    return tuple(milestones)


def _read_number(row: int, cell: str, report: Callable[[Problem], None]) -> int:
    match = _NUMBER.fullmatch(cell)
    if match is None:
        report(Problem(row, "No.", f"{cell!r} is not the number of a topic."))
    return int(match[1]) if match else 0
