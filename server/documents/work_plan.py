"""Read the work plan and the chart of intersessional groups from a paper.

The model is the paper of 21 September 2018: a table of topics and activities over three pages, and a chart of groups
with their coordinators and volunteers. Pure: text in, values out. Timelines are interpreted in
``server.domain.workplan.periods``.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from server.documents.blocks import read_blocks
from server.documents.groups import GroupRow, read_group
from server.documents.problems import Problem, UnreadableWorkPlan
from server.vocabulary.texts import UnitKind
from server.wording.folding import fold_name

__all__ = ["ActivityRow", "GroupRow", "Problem", "Topic", "UnreadableWorkPlan", "WorkPlanDocument", "read_work_plan"]

_PLAN = ("", "topic", "activity", "responsible", "timeline", "remarks")
_CHART = ("no.", "item of work", "volunteers")
_NUMBER = re.compile(r"([0-9]{1,3})\.?")
_SEPARATOR = re.compile(r"[()]|\s*[,;](?:\s*and(?=\s))?\s*|\s+and\s+", re.IGNORECASE)


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
    """A numbered topic of the work plan and its steps, in the order of the paper."""

    number: int
    title: str
    activities: tuple[ActivityRow, ...]


class WorkPlanDocument(NamedTuple):
    """Topics with their activities, and groups with their parties; a paper without a chart has no groups."""

    topics: tuple[Topic, ...]
    groups: tuple[GroupRow, ...]


def read_work_plan(markdown: str, known_names: Collection[str]) -> WorkPlanDocument:
    """Read the work plan and the chart of groups; ``known_names`` are all names of parties, aliases included.

    - A row with a blank number and topic continues the topic above it, also over a page, whether the next page repeats
      the header or leaves it blank.
    - *Responsible* is split at commas, semicolons and "and", with two exceptions: nothing inside brackets is split
      ("Co-Leads (CBSA and IFCBA)" is one entry), and "Members and stakeholders" is one entry with the words before it.
    - Coordinators and volunteers share a cell without a separator between them: names are read from the left, longest
      first; the first names, joined by "and", are the coordinators. Case and a leading "The" do not matter.

    Raise ``UnreadableWorkPlan`` with every problem (plan first, then chart), each with the row and the column, and
    ``UnreadableDocument`` if the paper itself cannot be read. Names are returned as printed.
    """
    problems: list[Problem] = []
    tables = tuple(_read_tables(markdown))
    plan_rows = [row for table in tables if _is_headed(table, _PLAN) for row in table[1:]]
    chart_rows = [row for table in tables if _is_headed(table, _CHART) for row in table[1:]]
    if not plan_rows:
        problems.append(Problem(0, "", f"The paper has no table with the columns {', '.join(_PLAN[1:]).title()}."))
    topics = _read_topics(plan_rows, problems.append)
    names = frozenset(fold_name(name) for name in known_names)
    groups = [
        read_group(number, cells, names, problems.append)
        for number, cells in enumerate(chart_rows, start=1)
        if _check_width(number, cells, _CHART, problems.append)
    ]
    _ensure_distinct([(group.row, group.number) for group in groups if group], problems.append)
    if problems:
        raise UnreadableWorkPlan(tuple(problems))
    return WorkPlanDocument(topics, tuple(group for group in groups if group))


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


def _is_headed(table: Sequence[tuple[str, ...]], columns: tuple[str, ...]) -> bool:
    # the header of the first column may be blank or "No."
    return tuple(cell.casefold() for cell in table[0]) in (columns, ("no.", *columns[1:]))


def _check_width(row: int, cells: tuple[str, ...], columns: tuple[str, ...], report: Callable[[Problem], None]) -> bool:
    if len(cells) == len(columns):
        return True
    report(Problem(row, "", f"The row has {len(cells)} cells, the table has {len(columns)} columns."))
    return False


def _ensure_distinct(numbers: Sequence[tuple[int, int]], report: Callable[[Problem], None]) -> None:
    earlier: set[int] = set()
    for row, number in numbers:
        if number in earlier:
            report(Problem(row, "No.", f"The number {number} is used twice."))
        earlier.add(number)


def _read_topics(rows: Sequence[tuple[str, ...]], report: Callable[[Problem], None]) -> tuple[Topic, ...]:
    topics: list[tuple[int, int, str]] = []
    activities: list[list[ActivityRow]] = []
    for row, cells in enumerate(rows, start=1):
        if not _check_width(row, cells, _PLAN, report):
            continue
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
        if not description:
            report(Problem(row, "Activity", "The row names no activity."))
        activities[-1].append(ActivityRow(row, description, split_responsible(responsible), timeline, remarks))
    _ensure_distinct([(row, number) for row, number, _ in topics if number], report)
    return tuple(
        Topic(number, title, tuple(steps)) for (_, number, title), steps in zip(topics, activities, strict=True)
    )


def _read_number(row: int, cell: str, report: Callable[[Problem], None]) -> int:
    match = _NUMBER.fullmatch(cell)
    if match is None:
        report(Problem(row, "No.", f"{cell!r} is not the number of a topic."))
    return int(match[1]) if match else 0


def split_responsible(cell: str) -> tuple[str, ...]:
    """Return the entries of a *Responsible* cell, as printed, split as in ``read_work_plan``."""
    entries, start, depth = [], 0, 0
    for mark in _SEPARATOR.finditer(cell):
        if mark[0] in ("(", ")"):
            depth = max(0, depth + (1 if mark[0] == "(" else -1))
        elif not depth and not _is_one_entry(cell, mark):
            entries.append(cell[start : mark.start()])
            start = mark.end()
    entries.append(cell[start:])
    return tuple(entry.strip() for entry in entries if entry.strip())


def _is_one_entry(cell: str, mark: re.Match[str]) -> bool:
    """Return whether the mark is the "and" of "Members and stakeholders"."""
    before = cell[max(0, mark.start() - 7) : mark.start()].casefold()
    after = cell[mark.end() : mark.end() + 12].casefold()
    return mark[0].strip().casefold() == "and" and before == "members" and after == "stakeholders"
