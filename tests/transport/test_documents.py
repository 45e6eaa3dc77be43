"""The document cache: what it keeps, what it refuses and what it forgets."""

import pytest
from graphql import get_introspection_query

from server.transport.documents import FAILED_BYTES, DocumentCache, id_of
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
    documents = cache(strangers=640_000)
    first, second = documents.prepare("{ hello }"), documents.prepare("{ node { name } }")
    first.plans["plan"] = second.plans["plan"] = "compiled"
    documents.prepare("{ hello }")

    documents.prepare("{ nodes { name children: child { name child { name } } } }")

    assert documents.prepare("{ hello }") is first
    assert first.plans == {"plan": "compiled"}
    assert second.plans == {}
    assert documents.prepare("{ node { name } }") is not second


def test_prepare_counts_the_plans_that_a_document_has_by_now():
    documents = cache(strangers=5_000_000)
    other, prepared = documents.prepare("{ node { name } }"), documents.prepare("{ hello }")
    before = documents.weight

    prepared.plans.update(dict.fromkeys(range(40), "another value of @include"))
    documents.prepare("{ hello }")

    assert documents.weight - before > 500_000
    assert documents.prepare("{ node { name } }") is other

    prepared.plans.update(dict.fromkeys(range(60), "and more"))
    documents.prepare("{ hello }")

    assert documents.prepare("{ node { name } }") is not other


def aliased(number: int) -> str:
    return " ".join(["{", *(f"h{n}: hello" for n in range(25)), f"number(value: {number})", "}"])


def test_prepare_bounds_the_weight_of_many_documents():
    documents = cache(strangers=5_000_000)

    for number in range(20):
        documents.prepare(aliased(number))

    assert 3_000_000 < documents.weight <= 5_000_000


def test_documents_of_strangers_and_of_the_greedy_push_out_nobody_elses():
    documents = cache(weight=5_000_000, strangers=5_000_000)
    modest = documents.prepare("{ hello }", "a modest token")
    documents.keep(modest, "modest", "a modest token")

    for number in range(20):
        documents.keep(documents.prepare(aliased(number), "a greedy token"), "greedy", "a greedy token")
    for number in range(100, 120):
        documents.keep(documents.prepare(aliased(number), "no token"), "", "no token")

    assert documents.prepare("{ hello }") is modest


def test_share_of_strangers_is_one_and_ends_before_that_of_a_person():
    documents = cache()
    documents.keep(documents.prepare("{ hello }", "a token"), "somebody", "a token")
    refused = None
    for number in range(1_000):
        try:
            documents.prepare(aliased(number), f"an invented token {number}")
        except RequestRefused as refusal:
            refused = refusal
            break

    assert refused is not None
    assert (refused.code, refused.status) == ("RATE_LIMITED", 429)
    assert int(refused.headers["Retry-After"]) >= 1
    assert documents.prepare(aliased(1_000), "a token").document is not None
    assert documents.prepare(aliased(number - 1)).document is not None, "what is prepared costs nothing"


def test_document_of_the_manifest_is_prepared_whatever_is_left_of_the_share():
    documents = cache(pinned={id_of("{ hello }")})
    documents._share_of_strangers.use("", 1_000.0)

    assert documents.prepare("{ hello }").document is not None
    with pytest.raises(RequestRefused, match="different documents"):
        documents.prepare("{ node { name } }")


def test_prepare_keeps_pinned_documents_for_ever():
    documents = cache(strangers=1, pinned={id_of("{ hello }")})
    pinned = documents.prepare("{ hello }")

    for number in range(3):
        documents.prepare(f"{{ number(value: {number}) }}")

    assert documents.prepare("{ hello }") is pinned


def test_prepare_remembers_refused_documents_without_pushing_out_good_ones():
    documents = cache(strangers=1, introspection=False)
    good = documents.prepare("{ hello }")
    refused = [documents.prepare(f"{{ unknown{number} }}") for number in range(1_000)]

    assert documents.prepare("{ hello }") is good
    assert documents.prepare("{ unknown999 }") is refused[-1]
    assert documents.prepare("{ unknown0 }") is not refused[0]
    assert documents._failed.weight <= FAILED_BYTES
    assert refused[-1].document is None


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("{", "GRAPHQL_PARSE_FAILED", "Syntax Error: Expected Name, found <EOF>."),
        ("", "GRAPHQL_PARSE_FAILED", "Syntax Error: Unexpected <EOF>."),
        ("{ node { } }", "GRAPHQL_PARSE_FAILED", "Syntax Error: Expected Name, found '}'."),
        ('{ hello(name: "\ud800") }', "GRAPHQL_PARSE_FAILED", "Syntax Error: Invalid character within String: U+D800."),
        ("{ helo }", "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'helo' on type 'Query'. Did you mean 'hello'?"),
        (
            "{ node { nam } }",
            "GRAPHQL_VALIDATION_FAILED",
            "Cannot query field 'nam' on type 'Node'. Did you mean 'name'?",
        ),
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
            "{ " + "node { name } " * 149 + "}",
            "LIMIT_EXCEEDED",
            "The document has 149 copies of one field in one place; 30 are allowed.",
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
