"""Requests over ASGI: what the endpoint takes, and what it refuses before anything is executed."""

import gzip
import json

import pytest
from structlog.testing import capture_logs

from server.transport.limits import Limits
from tests.transport.sample import endpoint, post, query, refusal, send

JSON_ONLY = {"accept": "application/json"}
HELLO = {"data": {"hello": "hello world"}}


HOSTILE = [
    (b"", 400, "BAD_REQUEST", "The body is not JSON: Input is a zero-length, empty document"),
    (b'"x"', 400, "BAD_REQUEST", "The body must be a JSON object."),
    (b"5", 400, "BAD_REQUEST", "The body must be a JSON object."),
    (b"null", 400, "BAD_REQUEST", "The body must be a JSON object."),
    (b"[]", 400, "BAD_REQUEST", "Batched requests are not accepted"),
    (b'[{"query":"{hello}"}]', 400, "BAD_REQUEST", "Batched requests are not accepted"),
    (b'{"query":"{hello}"', 400, "BAD_REQUEST", "The body is not JSON"),
    (b'{"query":"{hello}"} x', 400, "BAD_REQUEST", "The body is not JSON"),
    (b'{"query":"\xff"}', 400, "BAD_REQUEST", "The body is not JSON: str is not valid UTF-8"),
    (b'\xef\xbb\xbf{"query":"{hello}"}', 400, "BAD_REQUEST", "The body is not JSON: UTF-8 byte order mark"),
    ('{"query":"{hello}"}'.encode("utf-16"), 400, "BAD_REQUEST", "The body is not JSON"),
    (b'{"query":"{hello}","variables":{"a":NaN}}', 400, "BAD_REQUEST", "The body is not JSON"),
    (b'{"query":"{hello}","variables":{"a":1e999}}', 400, "BAD_REQUEST", "The body is not JSON: number is infinity"),
    (b'{"query":"{hello}","query":"{node}"}', 400, "BAD_REQUEST", "The key 'query' stands twice"),
    (b'{"query":"{hello}","variables":{"a":{"b":1,"b":2}}}', 400, "BAD_REQUEST", "The key 'b' stands twice"),
    (b'{"query":"{hello}","variables":{"a":1%s}}' % (b"0" * 30), 400, "BAD_REQUEST", "The JSON has an integer of more"),
    (b'{"query":"{hello}","variables":{"a":1%s}}' % (b"0" * 5_000), 400, "BAD_REQUEST", "The body is not JSON"),
    (b'{"query":"{hello(name:\\"\\ud800\\")}"}', 400, "BAD_REQUEST", "The body is not JSON: no low surrogate"),
    (b"[" * 40_000, 400, "LIMIT_EXCEEDED", "The body is nested more than 64 levels deep."),
    (b'{"a":' * 65 + b"1" + b"}" * 65, 400, "LIMIT_EXCEEDED", "The body is nested more than 64 levels deep."),
    (b"{}", 400, "BAD_REQUEST", "The parameter query or documentId is missing."),
    (b'{"query":7}', 400, "BAD_REQUEST", "The parameter query must be a string."),
    (b'{"query":"{hello}","operationName":7}', 400, "BAD_REQUEST", "The parameter operationName must be a string."),
    (b'{"query":"{hello}","variables":[1]}', 400, "BAD_REQUEST", "The parameter variables must be a JSON object."),
    (b'{"query":"{hello}","variables":"{}"}', 400, "BAD_REQUEST", "The parameter variables must be a JSON object."),
    (b'{"query":"{hello}","extensions":false}', 400, "BAD_REQUEST", "The parameter extensions must be a JSON object."),
    (query("{hello}", extensions={"persistedQuery": []}), 400, "BAD_REQUEST", "The extension persistedQuery must have"),
    (query("{hello}", documentId=1), 400, "BAD_REQUEST", "The parameter documentId must be a string."),
    (b" " * 100_001, 413, "LIMIT_EXCEEDED", "The body is larger than 100000 bytes."),
    (query("{" + "hello " * 10_000 + "}"), 400, "LIMIT_EXCEEDED", "Document contains more than 2000 tokens."),
    (
        query(
            "{...F0}"
            + "".join(f"fragment F{n} on Query{{...F{n + 1} ...F{n + 1}}}" for n in range(60))
            + "fragment F60 on Query{a:hello}"
        ),
        400,
        "LIMIT_EXCEEDED",
        "The operation has 1000000000 or more aliases; 30 are allowed.",
    ),
    (query("{" + "node{child" * 400 + "}"), 400, "LIMIT_EXCEEDED", "Document is nested too deeply."),
    (query('{hello(name:"\\ud800")}'), 400, "GRAPHQL_PARSE_FAILED", "Syntax Error: Invalid Unicode escape"),
    (query("{hello\x00}"), 400, "GRAPHQL_PARSE_FAILED", "Syntax Error: Unexpected character: U+0000"),
    (query("\ufeff{hello unknown}"), 400, "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'unknown'"),
    (query(""), 400, "GRAPHQL_PARSE_FAILED", "Syntax Error: Unexpected <EOF>."),
    (query("{hello}", operationName="Other"), 400, "OPERATION_NOT_FOUND", "The document has no operation named"),
    (query("{hello}", operationName=""), 400, "OPERATION_NOT_FOUND", "The document has no operation named"),
    (query("query A{hello} query B{hello}"), 400, "OPERATION_NOT_FOUND", "The document has several operations"),
    (query("subscription{ticks}"), 400, "OPERATION_NOT_SUPPORTED", "Subscriptions are not served"),
    (query("query($v:Int!){number(value:$v)}"), 400, "BAD_USER_INPUT", "Variable '$v' has invalid value"),
    (
        query("query($v:Int!){number(value:$v)}", variables={"v": "x" * 50_000}),
        400,
        "BAD_USER_INPUT",
        "Variable '$v' has invalid value",
    ),
    (
        query("query($v:Int!){number(value:$v)}", variables={"v": 2**63}),
        400,
        "BAD_USER_INPUT",
        "Variable '$v' has invalid value",
    ),
    (
        query("query($c:Choice!){pick(choice:$c)}", variables={"c": {}}),
        400,
        "BAD_USER_INPUT",
        "OneOf Input Object 'Choice' must specify exactly one key.",
    ),
]


@pytest.mark.parametrize(("body", "status", "code", "message"), HOSTILE)
async def test_post_refuses_a_hostile_body_with_a_clear_error(body, status, code, message):
    with capture_logs() as logs:
        response = await send(body)

    found = refusal(response)
    assert found[:2] == (status, code)
    assert found[2].startswith(message)
    assert len(response.content) < 2_000
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert logs == []


async def test_post_with_a_null_for_each_optional_parameter_is_executed():
    body = query("{ hello }", operationName=None, variables=None, extensions=None, documentId=None)

    response = await send(body)

    assert (response.status_code, response.json()) == (200, HELLO)
    assert response.headers["cache-control"] == "private, no-store"


async def test_post_counts_no_brackets_inside_strings():
    name = '{["' * 100

    response = await send(query("query($n:String!){hello(name:$n)}", variables={"n": name}))

    assert response.json() == {"data": {"hello": f"hello {name}"}}


async def test_post_with_variables_and_operation_name_executes_that_operation():
    text = "query One { hello } query Two($n: String!) { hello(name: $n) }"

    response = await send(query(text, operationName="Two", variables={"n": "Ünï 🏊"}))

    assert response.json() == {"data": {"hello": "hello Ünï 🏊"}}


@pytest.mark.parametrize(
    ("content_type", "encoding", "expected"),
    [
        ("application/json", "identity", 200),
        ("Application/JSON; charset=UTF-8", "identity", 200),
        ('application/json;charset="utf-8"', "identity", 200),
        ("application/json; charset=latin-1", "identity", 415),
        ("text/plain", "identity", 415),
        ("application/x-www-form-urlencoded", "identity", 415),
        ("multipart/form-data; boundary=x", "identity", 415),
        ("application/graphql", "identity", 415),
        ("", "identity", 415),
        ("application/json", "gzip", 415),
    ],
)
async def test_post_takes_uncompressed_json_only(content_type, encoding, expected):
    body = gzip.compress(query("{hello}")) if encoding == "gzip" else query("{hello}")

    response = await send(body, content_type=content_type, content_encoding=encoding)

    assert response.status_code == expected
    assert expected == 200 or refusal(response)[1] == "UNSUPPORTED_MEDIA_TYPE"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json"),
        ("application/graphql-response+json;q=0.5, application/json;q=0.9", "application/json"),
        ("application/json, application/graphql-response+json", "application/json"),
        ("application/graphql-response+json, */*", "application/graphql-response+json"),
        ("application/json;q=0, */*", "application/graphql-response+json"),
        (
            "application/graphql-response+json, application/json, text/event-stream, multipart/mixed",
            "application/graphql-response+json",
        ),
        ("application/json; charset=utf-8", "application/json"),
        ("text/event-stream;q=0.9, application/json", "application/json"),
        ("multipart/mixed, text/*", None),
        ("text/html;q=x, application/json;q=nonsense", None),
    ],
)
async def test_post_answers_in_the_media_type_the_client_prefers(accept, media_type):
    response = await send(query("{hello}"), accept=accept)

    if media_type is None:
        assert refusal(response)[:2] == (406, "NOT_ACCEPTABLE")
    else:
        assert response.json() == HELLO
        assert response.headers["content-type"] == f"{media_type}; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "json_status", "graphql_status"),
    [
        (query("{"), 200, 400),
        (query("{unknown}"), 200, 400),
        (query("query($v:Int!){number(value:$v)}"), 200, 400),
        (query("{hello}", operationName="No"), 200, 400),
        (query("{" + "hello " * 3_000 + "}"), 400, 400),
        (b"{}", 400, 400),
        (query("{forbidden}"), 200, 200),
    ],
)
async def test_status_of_an_error_follows_the_media_type(body, json_status, graphql_status):
    assert (await send(body, **JSON_ONLY)).status_code == json_status
    assert (await send(body)).status_code == graphql_status


async def ask(app, messages, **headers: str) -> list[dict]:
    """Speak ASGI directly: give the messages one by one, return what was sent."""
    waiting, sent = iter(messages), []

    async def receive():
        return next(waiting)

    async def keep(message):
        sent.append(message)

    named = {"content-type": "application/json", **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": raw}
    await app(scope, receive, keep)
    return sent


async def test_post_stops_reading_at_the_limit():
    chunk = {"type": "http.request", "body": b" " * 60_000, "more_body": True}

    start, _ = await ask(endpoint(), [chunk, chunk])

    assert start["status"] == 413
    assert (b"connection", b"close") in start["headers"]


@pytest.mark.parametrize(("length", "status"), [("100001", 413), ("9" * 40, 413), ("-1", 400), ("x", 400), ("²", 400)])
async def test_post_judges_the_content_length_before_reading(length, status):
    start, _ = await ask(endpoint(), [], **{"content_length": length})

    assert start["status"] == status


@pytest.mark.parametrize("length", ["5", "500"])
async def test_post_with_a_wrong_content_length_is_refused(length):
    _, body = await ask(endpoint(), [{"type": "http.request", "body": query("{hello}")}], content_length=length)

    assert json.loads(body["body"])["errors"][0]["message"] == "The Content-Length is not the length of the body."


async def test_post_from_a_client_that_leaves_while_sending_is_dropped():
    half = {"type": "http.request", "body": b'{"query"', "more_body": True}

    assert await ask(endpoint(), [half, {"type": "http.disconnect"}]) == []


async def test_post_bounds_the_variables_by_their_json():
    app = endpoint(limits=Limits(variables_bytes=50))
    text = "query($n:String){hello(name:$n)}" + " " * 100

    small = await post(app, {"query": text, "variables": {"n": "a" * 20}})
    large = await post(app, {"query": text, "variables": {"n": "a" * 80}})

    assert small.status_code == 200
    assert refusal(large) == (413, "LIMIT_EXCEEDED", "The JSON of the variables is larger than 50 bytes.")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("?query={hello}", 200),
        ('?query=query($n:String){hello(name:$n)}&variables={"n":"x"}&operationName=&extensions=&other=1', 200),
        ("?query=query A{hello} query B{hello}&operationName=A", 200),
        ("?query=%FF", "The query string is not URL-encoded UTF-8."),
        ("?query={hello}&query={node}", "The parameter query is given twice."),
        ("?query={hello}&variables={", "The parameter variables is not JSON: unexpected end of data"),
        ("?query={hello}&variables=[]", "The parameter variables must be a JSON object."),
        ('?query={hello}&variables={"a":1,"a":2}', "The key 'a' stands twice in one JSON object."),
        ("?" + "&".join("query" * 60), "The query string is not URL-encoded UTF-8."),
        ("", "The parameter query or documentId is missing."),
    ],
)
async def test_get_executes_a_query_from_the_query_string(path, expected):
    response = await send(None, method="GET", path=f"/graphql{path}")

    if expected == 200:
        assert response.status_code == 200
    else:
        assert refusal(response)[:2] == (400, "BAD_REQUEST")
        assert refusal(response)[2].startswith(expected)


async def test_get_never_executes_a_mutation():
    response = await send(None, method="GET", path="/graphql?query=mutation{touch}")

    assert refusal(response) == (405, "METHOD_NOT_ALLOWED", "Only queries may be sent with GET.")
    assert response.headers["allow"] == "POST"
    assert (await send(query("mutation{touch}"))).json() == {"data": {"touch": "touched"}}


async def test_get_with_a_query_string_beyond_the_limit_is_refused():
    response = await send(None, app=endpoint(limits=Limits(body_bytes=50)), method="GET", path="/?query=" + "a" * 50)

    assert refusal(response) == (414, "LIMIT_EXCEEDED", "The query string is larger than 50 bytes.")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD"])
async def test_other_methods_are_refused(method):
    response = await send(None, method=method)

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"
