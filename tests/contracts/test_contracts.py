"""`frontend-contracts/` is what the code says: fresh, valid, complete, and its examples are what the server answers."""

import hashlib
import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from graphql import FieldNode, GraphQLSchema, OperationDefinitionNode, build_schema, parse, validate

from server.domain.rights.rules.areas import all_acts
from server.schema.root import schema
from server.tools.contracts.build import build_contracts
from server.tools.contracts.documents import Operation
from server.tools.contracts.typescript import are_types_stale
from tests.contracts.record import record_in
from tests.factories.api import CONTRACTS, OPERATIONS


@cache
def printed() -> GraphQLSchema:
    """Build the schema that clients read. It takes a seventh of a second, so once for all operations."""
    return build_schema((CONTRACTS / "schema.graphql").read_text())


def test_generated_files_are_fresh() -> None:
    assert build_contracts(CONTRACTS, write=False) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_operation_fits_the_printed_schema(operation: object) -> None:
    assert validate(printed(), parse(operation.body)) == []  # type: ignore[attr-defined]


def test_manifest_names_each_document_by_the_digest_of_its_text() -> None:
    manifest = json.loads((CONTRACTS / "manifests" / "persisted-query-manifest.json").read_text())

    assert [entry["name"] for entry in manifest["operations"]] == [operation.name for operation in OPERATIONS]
    assert all(
        entry["id"] == f"sha256:{hashlib.sha256(entry['body'].encode()).hexdigest()}"
        for entry in manifest["operations"]
    )


def test_types_are_those_of_this_schema_and_these_operations(tmp_path: Path) -> None:
    for name in ("operations", "fragments", "typescript"):
        shutil.copytree(CONTRACTS / name, tmp_path / name)
    for edited in (None, "schema.graphql", "operations/viewer/Home.graphql", "fragments/ActFields.graphql"):
        shutil.copy(CONTRACTS / "schema.graphql", tmp_path / "schema.graphql")
        if edited:
            (tmp_path / edited).write_text((tmp_path / edited).read_text() + "\n# another", encoding="utf-8")

        assert are_types_stale(tmp_path) == bool(edited), "run `make contracts` where Node is"


def test_every_mutation_has_an_operation_and_an_act() -> None:
    mutations = set(schema._schema.mutation_type.fields)  # type: ignore[union-attr]
    acts = {act.name for act in all_acts()}

    assert {o.name for o in OPERATIONS if o.type == "mutation"} == mutations
    assert {"".join(f"_{c.lower()}" if c.isupper() else c for c in name) for name in mutations} == acts


@pytest.mark.long
@pytest.mark.rest
async def test_examples_are_what_the_server_answers(tmp_path: Path) -> None:
    recorded = await record_in(tmp_path)

    stored = {
        str(path.relative_to(CONTRACTS / "examples")): path.read_text()
        for path in (CONTRACTS / "examples").rglob("*.json")
    }
    assert sorted(recorded) == sorted(stored)
    assert recorded == stored


def cases_of(operation: str) -> set[str]:
    """Return the cases of an operation of which an example was recorded."""
    return {path.name.partition(".")[0] for path in (CONTRACTS / "examples" / operation).glob("*.response.json")}


def test_every_operation_has_an_example_and_every_act_a_refusal() -> None:
    acts = {operation.name for operation in OPERATIONS if operation.type == "mutation"}

    without_example = [o.name for o in OPERATIONS if not cases_of(o.name) & {"done", "answer"}]
    without_refusal = [act for act in sorted(acts) if not any(case.startswith("refused") for case in cases_of(act))]

    assert without_example == without_refusal == []
    assert {path.name for path in (CONTRACTS / "examples").iterdir()} == {operation.name for operation in OPERATIONS}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_example_answers_with_the_fields_that_its_document_selects(operation: Operation) -> None:
    for path in (CONTRACTS / "examples" / operation.name).glob("*.response.json"):
        data = json.loads(path.read_text(encoding="utf-8"))["data"]
        definition = parse(operation.body).definitions[0]
        assert isinstance(definition, OperationDefinitionNode)
        roots = [node for node in definition.selection_set.selections if isinstance(node, FieldNode)]

        assert set(data) == {node.alias.value if node.alias else node.name.value for node in roots}
        assert any(value is not None for value in data.values()), f"{path.name} shows nothing"
