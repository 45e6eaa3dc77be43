"""A deadline is compared in one Python function and one SQL expression; everything else asks these."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENDS = {"opens_at", "closes_at", "opens_on", "closes_on", "earliest", "latest"}
"""Names of the ends of a round's window, of a review cycle and of an activity's period."""
ORDERINGS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
COMPARING = {
    "server/domain/rounds/rules/window.py": {"accepts_at", "has_closed"},
    "server/domain/rounds/queries.py": {"is_accepting", "is_closed", "is_sealed_since"},
    "server/domain/evidence/queries/seals.py": {"_due"},
    "server/domain/proposals/rules/life.py": {"cycle_is_open", "cycle_is_over"},
    "server/domain/proposals/queries.py": {"is_cycle_open"},
    "server/domain/proposals/rules/taking_over.py": {"can_take_over_at"},
    "server/models/deferring.py": {"has_opened"},
    "server/domain/workplan/rules.py": {"timing_of"},
    "server/domain/workplan/queries.py": {"_timing_case"},
}
"""The functions that compare a deadline with an instant or a day, by module. Tests hold Python and SQL together."""


def names_in(node: ast.AST) -> set[str]:
    """Return every name, attribute and string in an expression: columns are also asked for by a string."""
    names = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            names.add(part.id)
        elif isinstance(part, ast.Attribute):
            names.add(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            names.add(part.value)
    return names


def is_end(node: ast.AST) -> bool:
    """Return whether an expression is an end of a period and nothing more."""
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name in ENDS


def comparisons_in(source: str) -> list[tuple[str, str]]:
    """Return (function, comparison) for every deadline that a module compares with something else.

    Two ends of periods may be compared with each other anywhere: no clock is asked.
    """
    tree = ast.parse(source)
    owners = {
        inner: outer.name
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(isinstance(operator, ORDERINGS) for operator in node.ops):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "between":
            parts = [node.func.value, *node.args]
        else:
            continue
        if any(names_in(part) & ENDS for part in parts) and not all(map(is_end, parts)):
            found.append((owners.get(node, ""), ast.unparse(node)))
    return found


def test_deadlines_are_compared_only_where_it_is_said_how() -> None:
    strays = {}
    for path in sorted((ROOT / "server").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        allowed = COMPARING.get(place, set())
        strays[place] = [words for function, words in comparisons_in(path.read_text()) if function not in allowed]

    assert {place: words for place, words in strays.items() if words} == {}


def test_every_place_that_may_compare_a_deadline_exists() -> None:
    named = {
        place: {
            node.name for node in ast.walk(ast.parse((ROOT / place).read_text())) if isinstance(node, ast.FunctionDef)
        }
        for place in COMPARING
    }

    assert {place: COMPARING[place] - names for place, names in named.items() if COMPARING[place] - names} == {}


@pytest.mark.parametrize(
    "comparison",
    [
        "round_.closes_at <= now",
        "now < facts.opens_at",
        "opens_at <= now < closes_at",
        "column_at('closes_at') > present",
        "max(opens_on, today) > closes_on",
        "present.between(Round.opens_at, Round.closes_at)",
    ],
)
def test_comparison_of_a_deadline_with_something_else_is_noticed(comparison: str) -> None:
    assert comparisons_in(f"def rule(facts, now):\n    return {comparison}") == [("rule", comparison)]


@pytest.mark.parametrize("comparison", ["closes_at <= opens_at", "facts.closes_at is None", "now >= expires_at"])
def test_comparison_that_asks_no_deadline_is_left_alone(comparison: str) -> None:
    assert comparisons_in(f"def rule(facts, now):\n    return {comparison}") == []
