"""Every published operation against everybody who may not use it: refused as data, never an error, nothing written.

The variables are built from the input types, so that a new operation is covered on the day it is published.
"""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
    build_schema,
    parse,
    type_from_ast,
)

from server.access.actor import Capacity
from server.bodies.rules import FunctionKind
from server.contracts.documents import operations_of
from server.database import Database
from server.models.bodies import Function
from server.models.parties import Delegate, Party, Person
from server.parties.rules import PartyKind
from server.schema.reads import NOUNS
from tests.factories.api import CONTRACTS, Api, document
from tests.factories.filled import filled, identifier
from tests.factories.rounds import everything

SCHEMA = build_schema((CONTRACTS / "schema.graphql").read_text())
OPERATIONS = operations_of(CONTRACTS)
MUTATIONS = [operation.name for operation in OPERATIONS if operation.type == "mutation"]
QUERIES = [operation.name for operation in OPERATIONS if operation.type == "query"]
PERMISSIONS = {row["act"]: row for row in json.loads((CONTRACTS / "permissions.json").read_text())}
PERSONAS = ("ownDelegate", "ownFocalPoint", "member", "observer", "privateSector", "coordinator", "secretariat")
NOUN_OF = {"key": "Provision", "subject": "TextVersion", "evidence": "TextVersion", "group": "Body", "parent": "Body"}
"""Fields whose name does not end with the name of a noun."""
EXAMPLES = {"String": "Words", "Int": 1, "Boolean": True, "Date": "2018-09-24", "DateTime": "2018-10-05T17:00:00Z"}
BAD_TEXTS = {"nul": "Words\0", "long": "x" * 60_000}


def example_id(name: str, number: int) -> str:
    """An identifier of the right noun for a field: of an object that exists (0), or of none."""
    if name.endswith("Key"):
        return identifier("provisions", number)
    stem = name.removesuffix("s").removesuffix("Id")
    stem = NOUN_OF.get(stem, stem[:1].upper() + stem[1:])
    (table,) = {
        noun.model.__tablename__
        for known, noun in NOUNS.items()
        if known == stem or (stem not in NOUNS and (known.endswith(stem) or stem.endswith(known)))
    }
    return identifier(table, number)


def example(name: str, kind: Any, number: int) -> Any:
    """A well-formed value for a field, with nothing that is not required in it."""
    if isinstance(kind, GraphQLNonNull):
        return example(name, kind.of_type, number)
    if isinstance(kind, GraphQLList):
        return [example(name, kind.of_type, number)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        needed = {inner: field for inner, field in kind.fields.items() if is_required(field.type, field.default_value)}
        return {inner: example(inner, field.type, number) for inner, field in needed.items()}
    return example_id(name, number) if kind.name == "ID" else EXAMPLES[kind.name]


def is_required(kind: Any, default: Any) -> bool:
    """Whether a client has to give a value."""
    return isinstance(kind, GraphQLNonNull) and default is Undefined


def declared(operation: str) -> dict[str, tuple[Any, bool]]:
    """The variables of an operation: type, and whether it has to be given."""
    definition: Any = parse(document(operation)).definitions[0]
    return {
        variable.variable.name.value: (
            type_from_ast(SCHEMA, variable.type),
            is_required(type_from_ast(SCHEMA, variable.type), Undefined if variable.default_value is None else None),
        )
        for variable in definition.variable_definitions or ()
    }


def variables(operation: str, number: int = 0) -> dict[str, Any]:
    """Well-formed variables: of objects that exist (0), or of none. "id" is of the noun that the operation names."""
    noun = operation.removesuffix("Detail")
    return {
        name: example(f"{noun[:1].lower()}{noun[1:]}Id" if name in ("id", "ids") else name, kind, number)
        for name, (kind, required) in declared(operation).items()
        if required
    }


def spoilt(kind: Any, value: Any, bad: str) -> Iterator[Any]:
    """The value with one text at a time spoilt, also those that need not be given."""
    if isinstance(kind, GraphQLNonNull):
        yield from spoilt(kind.of_type, value, bad)
    elif isinstance(kind, GraphQLList):
        yield from ([inner] for inner in spoilt(kind.of_type, None, bad))
    elif isinstance(kind, GraphQLInputObjectType):
        given = value or example("", kind, 0)
        for name, field in kind.fields.items():
            yield from ({**given, name: inner} for inner in spoilt(field.type, given.get(name), bad))
    elif getattr(kind, "name", "") in ("String", "ID", "Date", "DateTime"):
        yield bad
        if isinstance(value, str):
            yield value[:-1] + bad[-1]


def spoilt_variables(operation: str, bad: str) -> Iterator[dict[str, Any]]:
    """The variables of an operation with one text at a time spoilt."""
    good = variables(operation)
    for name, (kind, _) in declared(operation).items():
        yield from ({**good, name: value} for value in spoilt(kind, good.get(name), bad))


@pytest.fixture
async def full(database: Database) -> AsyncIterator[Api]:
    """One object of every noun, of the party "own" (a Member) and the body "group"; and the people of the matrix.

    The next place in the journal is taken, so that an act that is allowed is undone as well."""
    world = await filled(database, 1)
    async with database.writing() as session:
        own = await session.get_one(Party, identifier("parties", 0))
        own.capacity = Capacity.MEMBER
        for persona in PERSONAS:
            party_id = own.id if persona.startswith("own") else await _add_party(session, persona)
            person = Person(name=persona, email=f"{persona}@example.org")
            session.add(person)
            await session.flush()
            focal = None if persona == "ownDelegate" else date(2018, 1, 1)
            session.add(
                Delegate(person_id=person.id, party_id=party_id, focal_point_from=focal, starts_on=date(2018, 1, 1))
            )
            world.persons[persona] = person.id
    async with Api(world) as api:
        yield api


async def _add_party(session: Any, persona: str) -> str:
    capacity = {
        "member": Capacity.MEMBER,
        "observer": Capacity.OBSERVER,
        "secretariat": Capacity.SECRETARIAT,
    }.get(persona, Capacity.PRIVATE_SECTOR)
    party = Party(name=persona, short_name=persona, kind=PartyKind.MEMBER_ADMINISTRATION, capacity=capacity)
    session.add(party)
    await session.flush()
    if persona == "coordinator":
        leads = {"body_id": identifier("bodies", 0), "starts_on": date(2018, 1, 1)}
        session.add(Function(party_id=party.id, kind=FunctionKind.COORDINATOR, **leads))
    return party.id


async def told(api: Api, person: str | None, operation: str, sent: dict[str, Any]) -> str:
    """What a mutation answers in one word: the code of the refusal, "done", or the code of an error."""
    answer = await api.send(person, document(operation), sent)
    if "errors" in answer:
        return f"error {answer['errors'][0]['extensions']['code']}"
    (result,) = answer["data"].values()
    return str(result["code"]) if result["__typename"] == "Refusal" else "done"


def leaves(value: Any) -> Iterator[Any]:
    """Everything that an answer shows, except the time of day."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner) if name != "serverTime" else ()
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


async def test_every_mutation_by_nobody_says_sign_in_and_writes_nothing(full: Api) -> None:
    before = await everything(full.world)

    answers = {name: await told(full, None, name, variables(name)) for name in MUTATIONS}

    assert answers == dict.fromkeys(MUTATIONS, "UNAUTHENTICATED")
    assert await everything(full.world) == before


async def test_every_mutation_of_what_does_not_exist_is_refused_and_writes_nothing(full: Api) -> None:
    before = await everything(full.world)

    answers = {name: await told(full, "member", name, variables(name, 7)) for name in MUTATIONS}

    assert {name: code for name, code in answers.items() if code not in ("NOT_FOUND", "FORBIDDEN")} == {}
    assert await everything(full.world) == before


async def test_every_mutation_by_every_persona_is_refused_as_the_permissions_say(full: Api) -> None:
    before = await everything(full.world)

    answers = {
        (name, persona): await told(full, persona, name, variables(name)) for name in MUTATIONS for persona in PERSONAS
    }

    forbidden = {who: code for who, code in answers.items() if not PERMISSIONS[who[0]][who[1]]}
    permitted = {who: code for who, code in answers.items() if who not in forbidden}
    assert len(forbidden) > 200
    assert {who: code for who, code in forbidden.items() if code not in ("NOT_FOUND", "FORBIDDEN")} == {}
    wrong = ("FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED")
    assert {who: code for who, code in permitted.items() if code in wrong or code.startswith("error")} == {}
    assert await everything(full.world) == before


async def test_every_query_by_nobody_shows_nothing_of_what_is_there(full: Api) -> None:
    hidden, shown = {}, {}
    for name in QUERIES:
        answers = [await full.send(who, document(name), variables(name)) for who in (None, "secretariat")]
        assert [answer.get("errors") for answer in answers] == [None, None], name
        hidden[name], shown[name] = (sorted({str(leaf) for leaf in leaves(a["data"]) if leaf}) for a in answers)

    assert hidden == {name: [] for name in QUERIES}
    assert [name for name, leaf in shown.items() if not leaf] == []


@pytest.mark.parametrize("bad", BAD_TEXTS.values(), ids=BAD_TEXTS)
async def test_every_operation_with_a_bad_text_is_answered_clearly_and_writes_nothing(full: Api, bad: str) -> None:
    before = await everything(full.world)

    answers = [
        (name, json.dumps(sent).replace(bad, "…"), await full.send("secretariat", document(name), sent))
        for name in (*QUERIES, *MUTATIONS)
        for sent in spoilt_variables(name, bad)
    ]

    codes = [(*sent, {error["extensions"]["code"] for error in answer.get("errors", ())}) for *sent, answer in answers]
    assert len(codes) > 150
    assert [told for told in codes if told[-1] - {"BAD_USER_INPUT", "BAD_REQUEST"}] == []
    assert [sent for *sent, answer in answers if sent[0] in MUTATIONS and not _is_refused(answer)] == []
    assert await everything(full.world) == before


def _is_refused(answer: dict[str, Any]) -> bool:
    return "errors" in answer or all(result["__typename"] == "Refusal" for result in answer["data"].values())
