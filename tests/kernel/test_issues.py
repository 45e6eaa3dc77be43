"""Issues: their words follow from a code and its parameters, and a frontend can say them in its own language."""

import re
from pathlib import Path
from string import Formatter

import pytest

from server.kernel.issue_codes import IssueCode
from server.kernel.issues import WORDS, Issue
from server.kernel.refusals import graphql_name
from server.schema.vocabulary import docstrings_of

SOURCES = "\n".join(
    path.read_text()
    for path in (Path(__file__).parents[2] / "server").rglob("*.py")
    if path.stem not in ("issues", "issue_codes")
)
ROWS = {"row", "column"}


def test_words_of_an_issue_are_made_of_its_parameters() -> None:
    issue = Issue("scopes.1", IssueCode.NOT_ONE_OF, allowed=("read", "comment"))

    assert (issue.path, issue.place, issue.message) == ("scopes.1", "scopes.1", "one of read, comment")
    assert issue == Issue("scopes.1", IssueCode.NOT_ONE_OF, allowed=("read", "comment"))
    assert issue != Issue("scopes.1", IssueCode.NOT_ONE_OF, allowed=("read",))


def test_issue_of_a_table_names_row_and_column() -> None:
    issue = Issue("markdown", IssueCode.UNREADABLE, row=3, column="Topic", why="no number")

    assert (issue.path, issue.place, issue.message) == ("markdown", "row 3, Topic", "no number")
    assert Issue("markdown", IssueCode.UNREADABLE, row=3, column="", why="no number").place == "row 3"


def test_issue_without_a_parameter_of_its_words_is_no_issue() -> None:
    with pytest.raises(KeyError):
        Issue("title", IssueCode.TOO_LONG)


@pytest.mark.parametrize("code", IssueCode)
def test_every_code_has_words_and_a_place_that_raises_it(code: IssueCode) -> None:
    parameters = {name for _, name, _, _ in Formatter().parse(WORDS[code]) if name}
    named = set(re.findall(r"`(\w+)`", docstrings_of(IssueCode)[code]))

    assert {graphql_name(name) for name in parameters} <= named
    assert f"IssueCode.{code}" in SOURCES or f'"{code}"' in SOURCES
