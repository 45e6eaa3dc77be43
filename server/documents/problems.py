"""What is wrong with a work plan, said by row and column."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong: ``row`` counts the rows of its table from 1, header rows left out, 0 for the paper as a whole.

    ``column`` is the printed name of the column (``No.`` for the number), ``""`` when the whole row is wrong.
    """

    row: int
    column: str
    message: str


class UnreadableWorkPlan(Exception):
    """The work plan cannot be taken over; ``problems`` holds all that was found, by row."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"row {row}, {column}: {message}" for row, column, message in problems))
        self.problems = problems
