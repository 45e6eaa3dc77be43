"""Read one row of the chart of intersessional groups: the coordinators and the volunteers."""

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from server.documents.problems import Problem
from server.wording.folding import fold_name

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
    coordinators, rest, unknown = _read_coordinators(parties[opening.end() if opening else 0 :], names)
    volunteers: list[str] = []
    if opening and not unknown:
        volunteers = _read_volunteers(rest, names)
        unknown = next((name for name in volunteers if fold_name(name) not in names), "")
    if opening and unknown:
        problems.append(Problem(row, _COLUMN, f"{unknown!r} is not the name of a known party."))
    for problem in problems:
        report(problem)
    if number_match is None or problems:
        return None
    return GroupRow(row, int(number_match[1]), title, tuple(coordinators), tuple(volunteers))


def _read_coordinators(words: str, names: Collection[str]) -> tuple[list[str], str, str]:
    """Return the coordinators, the words after them, and the words that begin with no known name, "" if none do."""
    coordinators: list[str] = []
    rest = words.strip()
    while True:
        name = _find_name_at_start(rest, names)
        if not name:
            return coordinators, rest, rest[:40] or "(blank)"
        coordinators.append(name)
        rest = rest[len(name) :].lstrip()
        if not re.match(r"and\s", rest, re.IGNORECASE):
            return coordinators, rest.lstrip(",; "), ""
        rest = rest[3:].lstrip()


def _find_name_at_start(words: str, names: Collection[str]) -> str:
    """Return the longest known name at the beginning of the words, as printed; "" if there is none."""
    # one word more than the longest name, because "The" is dropped when a name is fold_name
    most = max((len(name.split()) for name in names), default=0) + 1
    ends = [word.end() for word, _ in zip(re.finditer(r"\S+", words), range(most), strict=False)]
    for end in reversed(ends):
        for candidate in (words[:end], words[:end].rstrip(",;")):
            if fold_name(candidate) in names:
                return candidate
    return ""


def _read_volunteers(words: str, names: Collection[str]) -> list[str]:
    """Return the names between commas and semicolons; names joined by "and" are split if all of them are known."""
    volunteers: list[str] = []
    for piece in filter(None, map(str.strip, re.split(r"[,;]", words))):
        pair = re.split(r"\s+and\s+", piece)
        is_pair = fold_name(piece) not in names and all(fold_name(name) in names for name in pair)
        volunteers.extend(pair if is_pair else [piece])
    return volunteers
