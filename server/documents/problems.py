"""Define the problems of a work plan, each with its row and column."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One problem. ``row`` counts the rows of its table from 1 without header rows; 0 is the paper as a whole.

    ``column`` is the printed name of the column (``No.`` for the number), ``""`` if the whole row is wrong. ``name`` is
    the name of a party that is not known, ``""`` for any other problem.
    """

    row: int
    column: str
    message: str
    name: str = ""


class UnreadableWorkPlan(Exception):
    """Raised when the work plan cannot be imported. ``problems`` holds every problem, by row."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"row {row}, {column}: {message}" for row, column, message, _ in problems))
        self.problems = problems
