"""The conventions of the house. If no test here says so, it is taste, and taste yields."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType

from server.kernel.acts import Act
from server.kernel.refusals import RefusalCode
from server.models.base import Base
from server.schema.root import schema
from server.settings import Settings

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "server"
MODULES = sorted(SERVER.rglob("*.py"))
CONCEPTS = {
    folder.name: folder
    for folder in (*sorted((SERVER / "domain").iterdir()), SERVER / "identity" / "applications")
    if (folder / "__init__.py").exists() and folder.name not in ("rights", "tasks")
}
"""The folder of every concept, by its name. `rights` and `tasks` have no acts of their own."""
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40

FORBIDDEN_WORDS = {
    *("util", "utils", "utility", "helper", "helpers", "common", "misc", "shared", "manager", "managers", "service"),
    *("services", "handler", "handlers", "data", "info", "process", "processor", "stuff", "kit"),
}
GIVEN_NAMES = {
    *("PageInfo", "ServiceAccountOpened", "ServiceAccountClosed"),
    *("OpenServiceAccountInput", "CloseServiceAccountInput", "service_accounts"),
}
"""Names that a standard gives: Relay's, and what OAuth and everybody else call an account of a program."""
FOUR_NAMES = {"rules", "policy", "queries", "actions"}
FURTHER_NAMES = {
    "bodies": {"mandates"},
    "rounds": {"life"},
    "planning": {"printing"},
    "workplan": {"due", "periods", "period_forms", "period_words", "steps"},
}
WEB = {"strawberry", "starlette"}
MAY_USE_THE_WEB = (
    *("server/schema/", "server/transport/", "server/web/", "server/identity/oauth/"),
    *("server/identity/callers.py", "server/identity/cookie.py", "server/identity/origin.py"),
    *("server/app.py", "server/cli.py"),
)
MODELS_MAY_IMPORT = re.compile(r"server\.(models|kernel|vocabulary)(\..+)?")
CLOCK = {"server/kernel/clock.py": {"datetime.now"}, "server/kernel/ids.py": {"time.time_ns"}}
ASKS_THE_TIME = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}


def place(path: Path) -> str:
    """A path as it is written in messages."""
    return path.relative_to(ROOT).as_posix()


TESTS_OF_PRODUCT = [path for path in (ROOT / "tests").rglob("test_*.py") if "house" not in path.parts]


@cache
def source_of(path: Path) -> str:
    """The words of a module, read once."""
    return path.read_text(encoding="utf-8")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module's syntax."""
    return tuple(ast.walk(ast.parse(path.read_text())))


def dotted(path: Path) -> str:
    """A folder or a module as it is imported."""
    return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")


def imports_of(path: Path) -> set[str]:
    """Every module that a module imports, by its absolute name."""
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            submodules = {f"{node.module}.{alias.name}" for alias in node.names}
            packages = {name for name in submodules if (ROOT / name.replace(".", "/")).with_suffix(".py").exists()}
            found |= packages or {node.module}
    return found


def functions_of(path: Path) -> set[str]:
    """The functions at the top of a module, or of every module of a package."""
    modules = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    top = [node for module in modules for node in ast.parse(module.read_text()).body]
    return {node.name for node in top if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def words_of(name: str) -> set[str]:
    """The words of a snake-case or camel-case name, in lower case."""
    return set(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_"))


def snake(name: str) -> str:
    """A camel-case name in snake case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def acts_of(concept: str) -> dict[str, Act[Any]]:
    """The acts that a concept's policy declares, by the name of the constant."""
    if not (CONCEPTS[concept] / "policy.py").exists():
        return {}
    policy = importlib.import_module(f"{dotted(CONCEPTS[concept])}.policy")
    return {name: value for name, value in vars(policy).items() if isinstance(value, Act)}


def test_imports_go_in_one_direction() -> None:
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

    linted = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_web_libraries_are_imported_only_where_the_web_is() -> None:
    strays = {
        place(path): sorted(used)
        for path in MODULES
        if not place(path).startswith(MAY_USE_THE_WEB)
        and (used := {name.split(".")[0] for name in imports_of(path)} & WEB)
    }

    assert strays == {}


def test_tables_import_only_vocabulary_and_kernel() -> None:
    strays = {
        place(path): sorted(found)
        for path in (SERVER / "models").glob("*.py")
        if (
            found := {
                name for name in imports_of(path) if name.startswith("server") and not MODELS_MAY_IMPORT.fullmatch(name)
            }
        )
    }

    assert strays == {}


def test_modules_are_not_too_long() -> None:
    lengths = {place(path): len(path.read_text().splitlines()) for path in MODULES}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_not_too_long() -> None:
    lengths = {
        f"{place(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_names_of_modules_and_classes_say_something() -> None:
    modules = {place(path): path.stem if path.stem != "__init__" else path.parent.name for path in MODULES}
    classes = {
        f"{place(path)}:{node.lineno}": node.name
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.ClassDef)
    }

    assert {
        at: name
        for at, name in (modules | classes).items()
        if words_of(name) & FORBIDDEN_WORDS and name not in GIVEN_NAMES
    } == {}


def test_concept_folders_hold_only_the_four_names() -> None:
    strays = {}
    for concept in CONCEPTS:
        found = {
            path.name if path.suffix not in ("", ".py") else path.stem
            for path in CONCEPTS[concept].iterdir()
            if path.name not in ("__init__.py", "__pycache__")
        }
        strays[concept] = found - FOUR_NAMES - FURTHER_NAMES.get(concept, set())

    assert {concept: sorted(found) for concept, found in strays.items() if found} == {}


def test_every_mutation_has_an_act_an_action_and_an_operation_of_its_name() -> None:
    acts = {name: concept for concept in CONCEPTS for name in acts_of(concept)}
    operations = {path.stem for path in (ROOT / "frontend-contracts" / "operations").rglob("*.graphql")}
    actions = {name for folder in CONCEPTS.values() for path in folder.glob("actions*") for name in functions_of(path)}
    mutations = schema._schema.mutation_type.fields  # type: ignore[union-attr]

    lacking: dict[str, list[str]] = {}
    for mutation in mutations:
        name = snake(mutation)
        concept = acts.get(name)
        act = acts_of(concept).get(name) if concept else None
        has = {
            "act": act is not None and act.name == name,
            "action": name in actions,
            "operation": mutation in operations,
        }
        lacking |= {mutation: [part for part, there in has.items() if not there]}

    assert len(mutations) >= 13
    assert {mutation: parts for mutation, parts in lacking.items() if parts} == {}


def test_every_act_is_listed_and_tagged_once() -> None:
    acts = [(concept, name, act) for concept in CONCEPTS for name, act in acts_of(concept).items()]
    tags = [act.tag for _, _, act in acts]

    own = {
        concept: {act.name for where, _, act in acts if where == concept}
        for concept in CONCEPTS
        if (CONCEPTS[concept] / "policy.py").exists()
    }
    policies = {concept: importlib.import_module(f"{dotted(CONCEPTS[concept])}.policy") for concept in own}
    listed = {
        concept: {act.name for act in (*policy.ACTS, *getattr(policy, "INTERNAL", ()))}
        for concept, policy in policies.items()
    }
    assert listed == own
    assert [name for _, name, act in acts if act.name != name] == []
    assert sorted(tag for tag in set(tags) if tags.count(tag) > 1) == []


def test_every_relation_is_loaded_by_the_query_or_raises() -> None:
    relations = [relation for mapper in Base.registry.mappers for relation in mapper.relationships]

    assert len(relations) > 30
    assert [str(relation) for relation in relations if relation.lazy != "raise"] == []


@pytest.mark.parametrize("code", RefusalCode)
def test_every_refusal_code_is_raised_somewhere_and_asserted_somewhere(code: RefusalCode) -> None:
    raised = re.compile(rf"\bRefusalCode\.{code.name}\b")
    asserted = re.compile(rf"\bCode\.{code.name}\b|\bRefusalCode\.{code.name}\b|\"{code.name}\"")
    in_server = any(raised.search(source_of(path)) for path in MODULES)
    in_tests = any(asserted.search(source_of(path)) for path in TESTS_OF_PRODUCT)

    assert (in_server, in_tests) == (True, True)


def test_only_the_clock_asks_what_time_it_is() -> None:
    strays = {}
    for path in MODULES:
        asked = {ast.unparse(node) for node in nodes_of(path) if isinstance(node, ast.Attribute)} & ASKS_THE_TIME
        strays[place(path)] = asked - CLOCK.get(place(path), set())

    assert {name: sorted(asked) for name, asked in strays.items() if asked} == {}


def test_only_the_database_says_commit() -> None:
    strays = [place(path) for path in MODULES if re.search(r"\.(commit|rollback)\(", path.read_text())]

    assert [name for name in strays if name != "server/storage/database.py"] == []


def test_folder_of_the_migrations_is_no_package() -> None:
    assert (ROOT / "alembic" / "env.py").exists()
    assert list((ROOT / "alembic").rglob("__init__.py")) == []


def test_no_revision_imports_the_server() -> None:
    revisions = list((ROOT / "alembic" / "versions").glob("*.py"))

    assert len(revisions) >= 2
    assert [place(path) for path in revisions if any(name.split(".")[0] == "server" for name in imports_of(path))] == []


def described_in(graphql_type: Any) -> Iterator[tuple[str, str | None]]:
    """Everything of a GraphQL type that needs a description, with the one it has."""
    name = graphql_type.name
    yield name, graphql_type.description
    if isinstance(graphql_type, GraphQLEnumType):
        for value, definition in graphql_type.values.items():
            yield f"{name}.{value}", definition.description
    if isinstance(graphql_type, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        for field, definition in graphql_type.fields.items():
            yield f"{name}.{field}", definition.description
            for argument, given in getattr(definition, "args", {}).items():
                yield f"{name}.{field}({argument}:)", given.description


def test_no_description_depends_on_how_python_keeps_a_docstring() -> None:
    """Python 3.13 takes the indentation out of docstrings and earlier ones do not."""
    types = [found for name, found in schema._schema.type_map.items() if not name.startswith("__")]
    described = [item for found in types for item in described_in(found)]

    raw = [name for name, description in described if description and description != " ".join(description.split())]

    assert len(described) > 300
    assert raw == []


def test_everything_in_the_schema_has_a_description() -> None:
    types = [found for name, found in schema._schema.type_map.items() if not name.startswith("__")]

    described = [item for found in types for item in described_in(found)]

    assert len(described) > 300
    assert [name for name, description in described if not (description or "").strip()] == []


def test_every_setting_is_in_the_handbook() -> None:
    text = (ROOT / "server" / "HANDBOOK.md").read_text(encoding="utf-8")

    names = [f"INTERSESSION_{name.upper()}" for name in Settings.model_fields]

    assert [name for name in names if name not in text] == []
