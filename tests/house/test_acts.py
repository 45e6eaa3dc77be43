"""Every act is tried as an action, through the API, and in the matrix of who may do what."""

import ast
from pathlib import Path

from server.domain.rights.rules.areas import all_acts
from server.kernel.refusals import graphql_name
from server.schema.root import schema
from server.tools.contracts.documents import operations_of
from server.tools.contracts.permissions import matrix_of
from tests.factories.api import CONTRACTS
from tests.house.test_house import ROOT

TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
ACTS = {act.name for act in all_acts()}


def functions_called(path: Path) -> set[str]:
    """Return every name that a test takes from a module that is no policy, as `filing.submit_comment` or bare."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
    taken = {node.attr for node in attributes if "policy" not in ast.unparse(node.value)}
    return taken | {node.id for node in nodes if isinstance(node, ast.Name)}


def words_sent(path: Path) -> set[str]:
    """Return every string of a module: an operation is sent by its name."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_act_is_called_in_a_test_of_actions() -> None:
    of_actions = [path for path in TESTS if "api" not in path.stem and path.parent.name not in ("house", "contracts")]

    called = set().union(*map(functions_called, of_actions))

    assert sorted(ACTS - called) == []


def test_every_act_is_sent_in_a_test_of_the_api() -> None:
    through_http = ("from tests.factories.api import", "from tests.journeys")
    of_api = [
        path
        for path in TESTS
        if path.parent.name not in ("house", "contracts") and any(each in path.read_text() for each in through_http)
    ]
    of_api += (ROOT / "tests" / "journeys").glob("*.py")

    sent = set().union(*map(words_sent, of_api))

    assert sorted({graphql_name(act) for act in ACTS} - sent) == []


def test_every_act_is_in_the_matrix_and_answered_for_every_persona() -> None:
    rows = {row["act"]: row["answers"] for row in matrix_of(operations_of(CONTRACTS))["acts"]}
    personas = {frozenset(answers) for answers in rows.values()}

    assert {graphql_name(act) for act in ACTS} == set(rows) == set(schema._schema.mutation_type.fields)  # type: ignore[union-attr]
    assert len(personas) == 1
    assert len(*personas) > 15
