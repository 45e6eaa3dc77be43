"""The empty text in the place of an identifier, for every identifier that the API takes: it is never taken for one that
was left out, never an error of the server, and nothing is written."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, get_named_type

from server.storage.database import Database
from tests.contracts.test_matrix import MUTATIONS, QUERIES, SCHEMA, declared, example, variables
from tests.factories.api import document
from tests.factories.rounds import everything
from tests.rights.personas import People, people


def emptied(kind: Any, value: Any, name: str = "", path: str = "", inside: str = "") -> Iterator[tuple[str, Any]]:
    """Yield a value once for each identifier in it, with that one empty, and its path; also those it need not have.

    A value of the type that it is `inside` is left out: alternatives of a filter are filters.
    """
    if isinstance(kind, GraphQLNonNull):
        yield from emptied(kind.of_type, value, name, path, inside)
    elif isinstance(kind, GraphQLList):
        for where, inner in emptied(kind.of_type, None, name, f"{path}.0", inside):
            yield where, [inner]
    elif isinstance(kind, GraphQLInputObjectType) and kind.name != inside:
        whole = value or example(name, kind, 0)
        for inner_name, field in kind.fields.items():
            where = f"{path}.{inner_name}" if path else inner_name
            for below, inner in emptied(field.type, whole.get(inner_name), inner_name, where, kind.name):
                yield below, {**({} if kind.is_one_of else whole), inner_name: inner}
    elif kind.name == "ID":
        yield path, ""


def cases_of(operation: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the variables of an operation once for each identifier, with that one empty, and its path."""
    good = variables(operation)
    for name, (kind, _) in declared(operation).items():
        for path, value in emptied(kind, good.get(name), name, "" if name == "input" else name):
            yield path, {**good, name: value}


ACTS = [(name, path, sent) for name in MUTATIONS for path, sent in cases_of(name)]
ASKED = [(name, path, sent) for name in QUERIES for path, sent in cases_of(name)]


@pytest.fixture
async def present(database: Database) -> AsyncIterator[People]:
    """Give the people of the matrix, with one object of every noun."""
    async with people(database) as everybody:
        yield everybody


def test_every_identifier_of_an_input_is_tried() -> None:
    fields = {
        f"{name}.{field}"
        for name, kind in SCHEMA.type_map.items()
        if isinstance(kind, GraphQLInputObjectType) and name.endswith("Input")
        for field, definition in kind.fields.items()
        if get_named_type(definition.type).name == "ID"
    }

    assert len(ACTS) >= len(fields) > 80
    assert {f"{name[:1].upper()}{name[1:]}Input.{path.removesuffix('.0')}" for name, path, _ in ACTS} >= {
        field for field in fields if field.split("Input.")[0].lower() in {name.lower() for name in MUTATIONS}
    }


@pytest.mark.rest
async def test_empty_identifier_of_an_act_is_refused_by_its_path_and_writes_nothing(present: People) -> None:
    headers = await present.headers("member", ["read", "comment", "write"])
    before = await everything(present.api.world)

    answers = {}
    for name, path, sent in ACTS:
        answer = await present.send(headers, document(name), sent)
        (result,) = answer["data"].values() if answer.get("data") else [answer]
        answers[name, path] = result.get("code"), [".".join(issue["path"]) for issue in result.get("issues", ())]

    assert answers == {(name, path): ("INVALID", [path]) for name, path, _ in ACTS}
    assert await everything(present.api.world) == before


@pytest.mark.rest
async def test_empty_identifier_of_a_query_is_never_an_error_of_the_server(present: People) -> None:
    headers = await present.headers("secretariat", ["read", "secretariat"])

    codes = {}
    for name, path, sent in ASKED:
        answer = await present.send(headers, document(name), sent, status=None)
        codes[name, path] = {error["extensions"]["code"] for error in answer.get("errors", ())}

    assert len(codes) > 30
    assert {case: code for case, code in codes.items() if code - {"BAD_REQUEST", "BAD_USER_INPUT"}} == {}
