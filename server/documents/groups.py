"""Read one row of the chart of intersessional groups: the coordinators and the volunteers."""

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from server.documents.printed_names import find_name_at_start, find_unknown, is_known, split_names
from server.documents.problems import Problem

_NUMBER = re.compile(r"(?:no\.?\s*)?([0-9]{1,3})\s*[.)]?", re.IGNORECASE)
_OPENING = re.compile(r"(?P<leads>Coordinators?)\s*:\s*|Volunteers\s*:\s*", re.IGNORECASE)
_COLUMN = "Volunteers"


class GroupRow(NamedTuple):
    """One intersessional group: ``row`` from 1 without the header row; the names of parties as printed, in order.

    A party may stand in both lists, and in several groups.
    """

    row: int
    number: int
    title: str
    coordinators: tuple[str, ...]
    volunteers: tuple[str, ...]


def read_group(
    row: int, cells: tuple[str, ...], names: Collection[str], report: Callable[[Problem], None]
) -> GroupRow | None:
    """Return the group of a chart row with the cells number, item of work and parties.

    ``names`` are the folded names of all known parties. Return None if the row has a problem; every problem is passed
    to ``report``.
    """
    number, title, parties = cells
    number_match = _NUMBER.fullmatch(number)
    opening = _OPENING.match(parties)
    problems = []
    if number_match is None:
        problems.append(Problem(row, "No.", f"{number!r} is not the number of a group."))
    if not title:
        problems.append(Problem(row, "Item of Work", "The group has no item of work."))
    if opening is None:
        problems.append(Problem(row, _COLUMN, 'The cell does not begin with "Coordinator:".'))
    coordinators: list[str] = []
    unknown: list[str] = []
    rest = parties[opening.end() if opening else 0 :]
    if opening is None or opening["leads"]:
        coordinators, rest, unknown = _read_coordinators(rest, names)
    volunteers = split_names(rest, names) if opening else ()
    unknown += [name for name in volunteers if not is_known(name, names)]
    if opening:
        problems += [
            Problem(row, _COLUMN, f"{name!r} is not the name of a known party.", name)
            for name in dict.fromkeys(unknown)
        ]
    for problem in problems:
        report(problem)
    if number_match is None or problems:
        return None
    return GroupRow(row, int(number_match[1]), title, tuple(coordinators), volunteers)


def _read_coordinators(words: str, names: Collection[str]) -> tuple[list[str], str, list[str]]:
    """Return the coordinators, the words after them, and every unknown name among them."""
    coordinators: list[str] = []
    unknown: list[str] = []
    rest = words.strip()
    while True:
        name = find_name_at_start(rest, names)
        if name:
            coordinators.append(name)
            rest = rest[len(name) :].lstrip()
        else:
            name, rest = find_unknown(rest, names)
            unknown.append(name or "(blank)")
        joined = re.match(r"(?:and|et|&)\s+", rest, re.IGNORECASE)
        if not joined:
            return coordinators, rest.lstrip(",; "), unknown
        rest = rest[joined.end() :]
