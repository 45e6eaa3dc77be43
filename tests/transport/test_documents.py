"""The document cache: what it keeps, what it refuses and what it forgets."""

import pytest
from graphql import get_introspection_query

from server.transport.documents import FAILED_ENTRIES, DocumentCache, id_of
from server.transport.errors import MESSAGE_CHARACTERS, RequestRefused
from server.transport.limits import Limits
from tests.transport.sample import SCHEMA


def cache(**settings) -> DocumentCache:
    return DocumentCache(SCHEMA, settings.pop("limits", Limits()), **settings)


def messages(prepared) -> list[str]:
    return [error["message"] for error in prepared.errors]


def test_prepare_gives_the_same_object_for_the_same_text():
    documents = cache()
    prepared = documents.prepare("{ hello }")

    assert documents.prepare("{ hello }") is prepared
    assert documents.prepare("{hello}") is not prepared
    assert prepared.id == id_of("{ hello }")
    assert {prepared: "hashable"}[prepared] == "hashable"
    assert prepared.code is None
    assert [operation.operation.value for operation in prepared.operations] == ["query"]


def test_prepare_drops_the_least_recently_used_document_with_its_plans():
    documents = cache(entries=2)
    first, second = documents.prepare("{ hello }"), documents.prepare("{ node { name } }")
    first.plans["plan"] = second.plans["plan"] = "compiled"
    documents.prepare("{ hello }")

    documents.prepare("{ nodes { name } }")

    assert len(documents) == 2
    assert documents.prepare("{ hello }") is first
    assert first.plans == {"plan": "compiled"}
    assert second.plans == {}
    assert documents.prepare("{ node { name } }") is not second


def test_prepare_bounds_the_memory_by_tokens():
    documents = cache(tokens=1_000)

    for number in range(20):
        documents.prepare(" ".join(["{", *(f"h{n}: hello" for n in range(25)), f"number(value: {number})", "}"]))

    assert len(documents) == 1_000 // (25 * 3 + 8 + 2)


def test_prepare_keeps_pinned_documents_for_ever():
    documents = cache(entries=1, pinned={id_of("{ hello }")})
    pinned = documents.prepare("{ hello }")

    for number in range(3):
        documents.prepare(f"{{ number(value: {number}) }}")

    assert documents.prepare("{ hello }") is pinned


def test_prepare_remembers_refused_documents_without_pushing_out_good_ones():
    documents = cache(entries=1)
    good = documents.prepare("{ hello }")
    refused = [documents.prepare(f"{{ unknown{number} }}") for number in range(FAILED_ENTRIES + 1)]

    assert documents.prepare("{ hello }") is good
    assert documents.prepare(f"{{ unknown{FAILED_ENTRIES} }}") is refused[-1]
    assert documents.prepare("{ unknown0 }") is not refused[0]
    assert len(documents) == FAILED_ENTRIES + 1
    assert refused[-1].document is None


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("{", "GRAPHQL_PARSE_FAILED", "Syntax Error: Expected Name, found <EOF>."),
        ("", "GRAPHQL_PARSE_FAILED", "Syntax Error: Unexpected <EOF>."),
        ("{ node { } }", "GRAPHQL_PARSE_FAILED", "Syntax Error: Expected Name, found '}'."),
        ('{ hello(name: "\ud800") }', "GRAPHQL_PARSE_FAILED", "Syntax Error: Invalid character within String: U+D800."),
        ("{ helo }", "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'helo' on type 'Query'."),
        ("{ node { nam } }", "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'nam' on type 'Node'."),
        (
            "{ ...F } fragment F on Query { ...F }",
            "GRAPHQL_VALIDATION_FAILED",
            "Cannot spread fragment 'F' within itself.",
        ),
        ("{" + " hello" * 2_001 + "}", "LIMIT_EXCEEDED", "Document contains more than 2000 tokens. Parsing aborted."),
        ("#\n" * 2_001 + "{ hello }", "LIMIT_EXCEEDED", "Document contains more than 2000 comments. Parsing aborted."),
        ("{ a" * 300, "LIMIT_EXCEEDED", "Document is nested too deeply. Parsing aborted."),
        (
            "{ node" + " { child" * 15 + " { name }" + " }" * 16,
            "LIMIT_EXCEEDED",
            "The operation has 17 levels of fields; 15 are allowed.",
        ),
        (
            "{ " + "node { name } " * 499 + "}",
            "LIMIT_EXCEEDED",
            "The document has 499 copies of one field in one place; 30 are allowed.",
        ),
        (
            "{ node { name } node: nodes { name } }",
            "GRAPHQL_VALIDATION_FAILED",
            "Fields 'node' conflict because 'node' and 'nodes' are different fields. Use different aliases on the"
            " fields to fetch both if this was intentional.",
        ),
        ("fragment F on Query { hello }", "GRAPHQL_VALIDATION_FAILED", "Fragment 'F' is never used."),
        ("type T { a: Int }", "GRAPHQL_VALIDATION_FAILED", "The 'T' definition is not executable."),
    ],
)
def test_prepare_refuses_with_code_and_message(source, code, message):
    prepared = cache().prepare(source)

    assert (prepared.code, messages(prepared)) == (code, [message])
    assert prepared.errors[0]["extensions"] == {"code": code}
    with pytest.raises(RequestRefused) as refusal:
        prepared.operation(None)
    assert (refusal.value.code, refusal.value.errors) == (code, prepared.errors)


def test_prepare_reports_a_bounded_number_of_short_messages():
    unknown = "".join(f"{'x' * 2_000}{number} " for number in range(30))

    prepared = cache(limits=Limits(errors=5)).prepare(f"{{ {unknown} }}")

    assert [len(message) for message in messages(prepared)[:5]] == [MESSAGE_CHARACTERS] * 5
    assert messages(prepared)[5:] == ["Too many validation errors, error limit reached. Validation aborted."]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{ pick(choice: {}) }", ["OneOf Input Object 'Choice' must specify exactly one key."]),
        ('{ pick(choice: {key: 1, name: "a"}) }', ["OneOf Input Object 'Choice' must specify exactly one key."]),
        ("{ pick(choice: {key: $undeclared}) }", ["Variable '$undeclared' is not defined."]),
        ("query ($k: Int!) { pick(choice: {key: $k}) }", []),
        (
            "query ($k: Int) { pick(choice: {key: $k}) }",
            ["Variable 'k' must be non-nullable to be used for OneOf Input Object 'Choice'."],
        ),
        ("fragment F on Query { pick(choice: {key: $k}) } query ($k: Int!) { ...F }", []),
        (
            "query A ($k: Int) { number(value: $k) }"
            " fragment F on Query { pick(choice: {key: $k}) } query B ($k: Int!) { ...F }",
            ["Variable '$k' of type 'Int' used in position expecting type 'Int!'."],
        ),
    ],
)
def test_prepare_checks_one_of_inputs_without_stumbling_over_variables(source, expected):
    assert messages(cache().prepare(source)) == expected


def test_prepare_with_introspection_forbidden_refuses_the_schema_but_not_typename():
    documents = cache(introspection=False)

    assert documents.prepare("{ __typename }").code is None
    assert documents.prepare("{ __schema { queryType { name } } }").code == "GRAPHQL_VALIDATION_FAILED"
    assert documents.prepare(get_introspection_query()).code == "GRAPHQL_VALIDATION_FAILED"
    assert cache().prepare(get_introspection_query()).code is None


def test_operation_is_chosen_by_name_or_because_it_is_the_only_one():
    several = cache().prepare("query One { hello } query Two { node { name } }")
    anonymous = cache().prepare("{ hello }")

    assert several.operation("Two") is several.operations[1]
    assert anonymous.operation(None) is anonymous.operations[0]
    for prepared, name, message in (
        (several, None, "The document has several operations: give operationName."),
        (several, "Three", "The document has no operation named 'Three'."),
        (anonymous, "One", "The document has no operation named 'One'."),
    ):
        with pytest.raises(RequestRefused, match=message) as refusal:
            prepared.operation(name)
        assert refusal.value.code == "OPERATION_NOT_FOUND"
