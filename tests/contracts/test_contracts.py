"""`frontend-contracts/` is what the code says: fresh, valid, complete, and its examples are what the server answers."""

import hashlib
import json
from functools import cache
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from server.domain.rights.rules.areas import all_acts
from server.schema.root import schema
from server.tools.contracts.build import build_contracts
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


def test_every_mutation_has_an_operation_and_an_act() -> None:
    mutations = set(schema._schema.mutation_type.fields)  # type: ignore[union-attr]
    acts = {act.name for act in all_acts()}

    assert {o.name for o in OPERATIONS if o.type == "mutation"} == mutations
    assert {"".join(f"_{c.lower()}" if c.isupper() else c for c in name) for name in mutations} == acts


async def test_examples_are_what_the_server_answers(tmp_path: Path) -> None:
    recorded = await record_in(tmp_path)

    stored = {
        str(path.relative_to(CONTRACTS / "examples")): path.read_text()
        for path in (CONTRACTS / "examples").rglob("*.json")
    }
    assert sorted(recorded) == sorted(stored)
    assert recorded == stored
