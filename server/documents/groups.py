"""One row of the chart of intersessional groups: who coordinates and who volunteers."""

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from server.documents.problems import Problem
from server.vocabulary.parties import folded

_NUMBER = re.compile(r"([0-9]{1,3})\.?")
_OPENING = re.compile(r"Coordinators?\s*:\s*", re.IGNORECASE)
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
    """The group of a chart row (number, item of work, parties); ``names`` are folded.

    None if the row has a problem; every problem goes to ``report``.
    """
    number, title, parties = cells
    found = _NUMBER.fullmatch(number)
    opening = _OPENING.match(parties)
    problems = []
    if found is None:
        problems.append(Problem(row, "No.", f"{number!r} is not the number of a group."))
    if not title:
        problems.append(Problem(row, "Item of Work", "The group has no item of work."))
    if opening is None:
        problems.append(Problem(row, _COLUMN, 'The cell does not begin with "Coordinator:".'))
    coordinators, rest, unknown = _read_coordinators(parties[opening.end() if opening else 0 :], names)
    volunteers: list[str] = []
    if opening and not unknown:
        volunteers = _read_volunteers(rest, names)
        unknown = next((name for name in volunteers if folded(name) not in names), "")
    if opening and unknown:
        problems.append(Problem(row, _COLUMN, f"{unknown!r} is not the name of a known party."))
    for problem in problems:
        report(problem)
    if found is None or problems:
        return None
    return GroupRow(row, int(found[1]), title, tuple(coordinators), tuple(volunteers))


def _read_coordinators(words: str, names: Collection[str]) -> tuple[list[str], str, str]:
    """The coordinators, the words after them, and the words where no known name begins ("" if all is well)."""
    coordinators: list[str] = []
    rest = words.strip()
    while True:
        name = _name_at_start(rest, names)
        if not name:
            return coordinators, rest, rest[:40] or "(blank)"
        coordinators.append(name)
        rest = rest[len(name) :].lstrip()
        if not re.match(r"and\s", rest, re.IGNORECASE):
            return coordinators, rest.lstrip(",; "), ""
        rest = rest[3:].lstrip()


def _name_at_start(words: str, names: Collection[str]) -> str:
    """The longest known name that the words begin with, as printed; "" if none does."""
    most = max((len(name.split()) for name in names), default=0) + 1
    ends = [found.end() for found, _ in zip(re.finditer(r"\S+", words), range(most), strict=False)]
    for end in reversed(ends):
        for candidate in (words[:end], words[:end].rstrip(",;")):
            if folded(candidate) in names:
                return candidate
    return ""


def _read_volunteers(words: str, names: Collection[str]) -> list[str]:
    """The names between commas and semicolons; a last pair joined by "and" is two names if both are known."""
    volunteers: list[str] = []
    for piece in filter(None, map(str.strip, re.split(r"[,;]", words))):
        pair = re.split(r"\s+and\s+", piece)
        is_pair = folded(piece) not in names and all(folded(name) in names for name in pair)
        volunteers.extend(pair if is_pair else [piece])
    return volunteers
