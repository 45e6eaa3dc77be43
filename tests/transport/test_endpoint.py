"""Execution over ASGI: context, errors of resolvers, time, clients that leave, metrics."""

import asyncio
from pathlib import Path

import pytest
from graphql.execution import Executor
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from server.transport.documents import id_of
from server.transport.errors import RequestRefused, Unauthenticated
from server.transport.limits import Limits
from server.transport.metrics import Metrics
from server.transport.trusted import TrustedDocument, TrustedDocuments
from tests.transport.sample import GRAPHQL, PASSWORD, Context, endpoint, post, query, refusal, send


async def test_resolver_exception_is_masked_and_logged_once_without_values():
    text = "query($note: String!) { failing(note: $note) nodes { broken } }"
    payload = {"query": text, "variables": {"note": "confidential remark", "unused": [1, "x"]}}

    with capture_logs() as logs:
        response = await post(endpoint(), payload, {"X-Request-Id": "abc-1"})

    extensions = {"code": "INTERNAL", "requestId": "abc-1"}
    assert response.status_code == 200
    assert response.json() == {
        "data": {"failing": None, "nodes": [{"broken": None}] * 3},
        "errors": [
            {"message": "Internal error", "locations": [{"line": 1, "column": 25}], "path": ["failing"]}
            | {"extensions": extensions},
            *(
                {"message": "Internal error", "locations": [{"line": 1, "column": 54}]}
                | {"path": ["nodes", row, "broken"], "extensions": extensions}
                for row in range(3)
            ),
        ],
    }
    assert [(log["event"], log["error"], log["request_id"]) for log in logs] == [
        ("graphql.unexpected_error", "RuntimeError", "abc-1"),
        ("graphql.unexpected_error", "KeyError", "abc-1"),
    ]
    assert "in failing" in logs[0]["traceback"]
    assert logs[0]["traceback"].endswith("RuntimeError: no connection for […]\n")
    assert "confidential" not in str(logs)
    assert PASSWORD not in str(logs)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("{ forbidden }", "FORBIDDEN", "Not for you."),
        ("{ refused }", "RATE_LIMITED", "Too many requests."),
        ("{ unmarked }", "INTERNAL", "Internal error"),
        ("{ miscounted }", "INTERNAL", "Internal error"),
        (
            "query($k: Int) { f: forbidden @include(if: false) ...F } fragment F on Query { pick(choice: {key: $k}) }",
            "BAD_USER_INPUT",
            "Value for member field 'key' must be non-null",
        ),
    ],
)
async def test_field_error_is_public_only_if_it_is_meant_for_the_client(text, code, message):
    with capture_logs() as logs:
        response = await post(endpoint(), {"query": text, "variables": {"k": None}})

    (error,) = response.json()["errors"]
    assert (error["extensions"]["code"], error["message"]) == (code, message)
    assert len(logs) == (1 if code == "INTERNAL" else 0)


async def test_response_that_orjson_cannot_write_is_still_json():
    response = await post(endpoint(), {"query": "{ odd }"})

    assert response.content == b'{"data":{"odd":"lone \\ud800 surrogate"}}'


async def test_context_is_built_only_for_a_valid_document():
    asked = []

    async def context_for(request, prepared):
        asked.append((request.state.request_id, prepared.id))
        return Context(prepared)

    app = endpoint(context_for=context_for)
    for body in ({"query": "{unknown}"}, {"query": "{"}, {"query": "{hello}", "operationName": "A"}, []):
        await post(app, body)
    assert asked == []

    await post(app, {"query": "{hello}"}, {"X-Request-Id": "r1"})
    assert asked == [("r1", id_of("{hello}"))]


@pytest.mark.parametrize("accept", [GRAPHQL, {"accept": "application/json"}])
async def test_context_may_refuse_the_credential(accept):
    async def context_for(request, prepared):
        raise Unauthenticated('Bearer error="invalid_token"', "The token has expired.")

    response = await post(endpoint(context_for=context_for), {"query": "{hello}"}, accept)

    assert refusal(response) == (401, "UNAUTHENTICATED", "The token has expired.")
    assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def test_context_may_refuse_for_reasons_of_its_own():
    async def context_for(request, prepared):
        raise RequestRefused("RATE_LIMITED", "Too many requests.", status=429, headers={"Retry-After": "7"})

    response = await post(endpoint(context_for=context_for), {"query": "{hello}"})

    assert refusal(response) == (429, "RATE_LIMITED", "Too many requests.")
    assert response.headers["retry-after"] == "7"


async def test_context_that_fails_unexpectedly_is_masked():
    async def context_for(request, prepared):
        raise TimeoutError("of the database, not of the request")

    with capture_logs() as logs:
        response = await post(endpoint(context_for=context_for), {"query": "{hello}"})

    assert refusal(response) == (500, "INTERNAL", "Internal error")
    assert response.json()["errors"][0]["extensions"]["requestId"] == response.headers["x-request-id"]
    assert [log["error"] for log in logs] == ["TimeoutError"]


@pytest.mark.parametrize(
    ("given", "kept"), [("abc_DEF-123", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ("", False)]
)
async def test_request_id_is_returned_if_it_is_one_and_replaced_otherwise(given, kept):
    response = await send(query("{hello}"), x_request_id=given)

    found = response.headers["x-request-id"]
    assert (found == given) is kept
    assert 1 <= len(found) <= 64


async def test_request_beyond_its_time_is_stopped():
    context = Context(None)

    async def context_for(request, prepared):
        return context

    app = endpoint(context_for=context_for, limits=Limits(seconds=0.01))
    response = await post(app, {"query": "{slow}"})

    assert refusal(response) == (503, "TIMEOUT", "The request took longer than 0.01 seconds and was stopped.")
    assert context.outcome == ["cancelled"]


@pytest.mark.parametrize("kind", ["query", "mutation"])
async def test_client_that_leaves_does_not_stop_what_has_begun(kind):
    context, sent = Context(None), []
    body = [{"type": "http.request", "body": query(f"{kind}{{slow}}")}]

    async def context_for(request, prepared):
        return context

    async def receive():
        return body.pop() if body else {"type": "http.disconnect"}

    async def keep(message):
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    request = asyncio.create_task(endpoint(context_for=context_for)(scope, receive, keep))
    await context.started.wait()
    context.release.set()
    await request

    assert context.outcome == ["completed"]


async def test_server_that_stops_cancels_its_requests():
    context = Context(None)

    async def context_for(request, prepared):
        return context

    request = asyncio.create_task(post(endpoint(context_for=context_for), {"query": "{slow}"}))
    await context.started.wait()
    request.cancel()

    with pytest.raises(asyncio.CancelledError):
        await request
    assert context.outcome == ["cancelled"]


async def test_executor_class_executes_the_operation():
    executed = []

    class Recording(Executor):
        def execute_operation(self, *args, **settings):
            executed.append(self.context_value.prepared.id)
            return super().execute_operation(*args, **settings)

    response = await post(endpoint(executor_class=Recording), {"query": "{hello}"})

    assert response.json() == {"data": {"hello": "hello world"}}
    assert executed == [id_of("{hello}")]


async def test_metrics_name_operations_of_the_manifest_only():
    registry, text = CollectorRegistry(), "query Hello { hello }"
    trusted = TrustedDocuments((TrustedDocument(id_of(text), "Hello", "query", text),))
    app = endpoint(metrics=Metrics(registry), trusted=trusted)

    for body in ({"query": text}, {"query": "query Mine{hello}"}, {"query": "{forbidden}"}, {"query": "{"}, 5):
        await post(app, body)
    await post(app, {"query": "mutation{touch}"})

    counted = {
        tuple(sample.labels[name] for name in ("operation", "type", "outcome")): sample.value
        for metric in registry.collect()
        for sample in metric.samples
        if sample.name == "graphql_requests_total"
    }
    assert counted == {
        ("Hello", "query", "ok"): 1,
        ("other", "query", "ok"): 1,
        ("other", "query", "partial"): 1,
        ("other", "none", "refused"): 2,
        ("other", "mutation", "ok"): 1,
    }
    assert registry.get_sample_value("graphql_request_seconds_count", {"operation": "Hello", "type": "query"}) == 1


def test_nothing_here_knows_the_domain():
    folder = Path(__file__).parents[2] / "server" / "transport"

    imported = {
        line.split()[1]
        for module in folder.glob("*.py")
        for line in module.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from server", "import server"))
    }

    assert {name.rpartition(".")[0] for name in imported} == {"server.transport"}
