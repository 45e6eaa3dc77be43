"""One word, one thing; and an import names the module that defines what it takes."""

import ast
import re
from collections import defaultdict

from tests.house.test_house import MODULES, SERVER, nodes_of, place

STATEMENTS = {"select", "insert", "update", "delete", "text", "func", "and_", "or_", "not_", "exists", "union_all"}
"""What a statement of SQL is made of."""


def test_a_class_has_a_name_of_its_own() -> None:
    defined = defaultdict(list)
    for path in MODULES:
        if SERVER / "schema" not in path.parents:  # GraphQL types are named after the rows and values that they show
            for node in nodes_of(path):
                if isinstance(node, ast.ClassDef):
                    defined[node.name].append(place(path))

    assert {name: places for name, places in defined.items() if len(places) > 1} == {}


def test_no_package_hands_names_on() -> None:
    handing_on = [
        place(path)
        for path in MODULES
        if path.name == "__init__.py"
        and any(
            isinstance(node, ast.ImportFrom) and (node.module or "").startswith("server") for node in nodes_of(path)
        )
    ]

    assert handing_on == ["server/models/__init__.py"], "which registers the tables and hands nothing on"
    assert "__all__" not in (SERVER / "models" / "__init__.py").read_text()


def test_policies_and_rules_need_no_excuse() -> None:
    pure = [path for path in MODULES if {"policy.py", "rules.py"} & {path.name} or "rules" in path.parts]

    assert len(pure) > 20
    assert [place(path) for path in pure if re.search(r"type: ignore|# noqa", path.read_text())] == []


def test_a_concept_imports_only_from_those_before_it() -> None:
    table = re.findall(r"^\| `server/domain/(\w+)/` \|", (SERVER / "README.md").read_text(), re.MULTILINE)
    order = {name: number for number, name in enumerate(table)}

    later = {
        f"{place(path)} -> {node.module}"
        for path in (SERVER / "domain").rglob("*.py")
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("server.domain.")
        if order[(node.module or "").split(".")[2]] > order[path.relative_to(SERVER / "domain").parts[0]]
    }

    assert len(order) >= 10
    assert later == set()


def test_the_schema_holds_no_statement_of_its_own() -> None:
    strays = {
        place(path): sorted(names)
        for path in (SERVER / "schema").rglob("*.py")
        if "reads" not in path.parts
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        if (names := {alias.name for alias in node.names} & STATEMENTS)
    }

    assert strays == {}
