"""GraphQL over HTTP: one ASGI application for `/graphql`. It knows nothing of the domain.

A request goes through these steps, and each may end it: media type, parameters, document, operation, context,
execution.
Nothing about the person is looked up before the document is known to be valid.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode, execute
from graphql.execution import Executor
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from server.graphql_http.documents import DocumentCache, PreparedDocument, id_of
from server.graphql_http.errors import Code, RequestRefused, located_error_of
from server.graphql_http.limits import Limits
from server.graphql_http.masking import field_errors_of, internal_error, log_unexpected
from server.graphql_http.metrics import OTHER, Metrics, label_of
from server.graphql_http.request import GraphQLParameters, bad_request, parameters_of
from server.graphql_http.response import JSON, answer, negotiated, refused
from server.graphql_http.trusted import TrustedDocuments

ContextFor = Callable[[Request, PreparedDocument], Awaitable[Any]]

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(slots=True)
class _Exchange:
    """One request on its way, and what is known of it so far."""

    request: Request
    id: str
    media_type: str = JSON
    label: str = OTHER
    kind: str = "none"
    outcome: str = "refused"
    variables: dict[str, Any] | None = None


class GraphQLEndpoint:
    """Serve a schema over HTTP. Put it into a Starlette `Route` as it is; it answers every method itself.

    `context_for(request, prepared)` builds the context value of one operation and may raise RequestRefused or
    Unauthenticated. The request id is in `request.state.request_id` and in structlog's context. Queries are cancelled
    when the client leaves; mutations are completed. With `trusted_only` only documents of the manifest are executed.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        context_for: ContextFor,
        *,
        executor_class: type[Executor[Any]] | None = None,
        limits: Limits | None = None,
        trusted: TrustedDocuments | None = None,
        trusted_only: bool = False,
        introspection: bool = True,
        metrics: Metrics | None = None,
    ) -> None:
        if trusted_only and trusted is None:
            raise ValueError("trusted_only needs a manifest of trusted documents.")
        self._schema = schema
        self._context_for = context_for
        self._executor_class = executor_class
        self._limits = limits or Limits()
        self._trusted = trusted
        self._trusted_only = trusted_only
        self._metrics = metrics
        pinned = trusted.ids if trusted is not None else frozenset()
        self.documents = DocumentCache(schema, self._limits, introspection=introspection, pinned=pinned)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        request = Request(scope, receive)
        given = request.headers.get("x-request-id", "")
        exchange = _Exchange(request, given if _REQUEST_ID.fullmatch(given) else token_hex(16))
        request.state.request_id = exchange.id
        started = time.perf_counter()
        with bound_contextvars(request_id=exchange.id):
            response = await self._response(exchange)
        if self._metrics is not None:
            seconds = time.perf_counter() - started
            self._metrics.record(
                operation=exchange.label, kind=exchange.kind, outcome=exchange.outcome, seconds=seconds
            )
        if response is not None:
            response.headers["X-Request-Id"] = exchange.id
            await response(scope, receive, send)

    async def _response(self, exchange: _Exchange) -> Response | None:
        """Give the response whatever happens; None if nobody is there to read it."""
        try:
            return await self._answered(exchange)
        except RequestRefused as refusal:
            if refusal.status >= 500:
                exchange.outcome = "failed"
            return refused(refusal, exchange.media_type)
        except ClientDisconnect:
            exchange.outcome = "abandoned"
            return None
        except Exception as error:  # the last line of defence: whatever it is, the client gets JSON without details
            exchange.outcome = "failed"
            log_unexpected(error, request_id=exchange.id, operation=exchange.label, variables=exchange.variables)
            return answer({"errors": [internal_error(exchange.id)]}, exchange.media_type, status=500)

    async def _answered(self, exchange: _Exchange) -> Response:
        request = exchange.request
        exchange.media_type = negotiated(request.headers.get("accept", ""))
        async with self._within_time():
            parameters = await parameters_of(request, self._limits)
            exchange.variables = parameters.variables
            prepared = self.documents.prepare(self._source_of(parameters))
            exchange.label = label_of(prepared.id, self._trusted)
            operation = prepared.operation(parameters.operation_name)
            exchange.kind = operation.operation.value
            _check_method(request.method, exchange.kind)
            context = await self._context_for(request, prepared)
            result = await self._executed(exchange, prepared, operation, context)
        return self._told(exchange, result)

    def _source_of(self, parameters: GraphQLParameters) -> str:
        """Find the text to execute, in the request or in the manifest."""
        query, document_id = parameters.query, parameters.document_id
        if document_id is not None and query is not None:
            bad_request("Send either query or documentId.")
        if document_id is not None:
            known = self._trusted.find(document_id) if self._trusted is not None else None
            if known is None:
                raise RequestRefused(Code.DOCUMENT_ID_UNKNOWN, "No trusted document has this documentId.")
            return known.body
        hash_ = _persisted_hash(parameters.extensions)
        if query is None:
            if hash_ is None:
                bad_request("The parameter query or documentId is missing.")
            return self._persisted(hash_)
        if hash_ is not None and id_of(query) != f"sha256:{hash_}":
            bad_request("The sha256Hash is not the hash of the query.")
        if self._trusted_only and self._trusted is not None and self._trusted.find(id_of(query)) is None:
            message = "Only trusted documents are executed here: send a documentId."
            raise RequestRefused(Code.DOCUMENT_NOT_TRUSTED, message)
        return query

    def _persisted(self, hash_: str) -> str:
        """Resolve a hash as Apollo's clients expect: they know both refusals by their messages."""
        if self._trusted is None:
            raise RequestRefused(Code.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
        known = self._trusted.find(f"sha256:{hash_}")
        if known is None:
            raise RequestRefused(Code.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
        return known.body

    @asynccontextmanager
    async def _within_time(self) -> AsyncIterator[None]:
        limit = asyncio.timeout(self._limits.seconds)
        try:
            async with limit:
                yield
        except TimeoutError:
            if not limit.expired():
                raise
            message = f"The request took longer than {self._limits.seconds:g} seconds and was stopped."
            raise RequestRefused(Code.TIMEOUT, message, status=503) from None

    async def _executed(
        self, exchange: _Exchange, prepared: PreparedDocument, operation: OperationDefinitionNode, context: Any
    ) -> ExecutionResult:
        assert prepared.document is not None
        result = execute(
            self._schema,
            prepared.document,
            context_value=context,
            variable_values=exchange.variables,
            operation_name=operation.name.value if operation.name is not None else None,
            max_coercion_errors=self._limits.errors,
            executor_class=self._executor_class,
            hide_suggestions=True,
        )
        if isinstance(result, ExecutionResult):
            return result
        if exchange.kind != "query":
            return await result
        return await _unless_abandoned(result, exchange.request.receive)

    def _told(self, exchange: _Exchange, result: ExecutionResult) -> Response:
        errors = result.errors
        if not errors:
            response = answer({"data": result.data}, exchange.media_type)
            exchange.outcome = "ok"
            return response
        if result.data is None and not any(error.path for error in errors):
            told = tuple(located_error_of(error, Code.BAD_USER_INPUT) for error in errors)
            raise RequestRefused(Code.BAD_USER_INPUT, told[0]["message"], errors=told)
        formatted = field_errors_of(
            errors, request_id=exchange.id, operation=exchange.label, variables=exchange.variables
        )
        internal = any(error["extensions"]["code"] == Code.INTERNAL for error in formatted)
        exchange.outcome = "failed" if internal else "partial"
        return answer({"data": result.data, "errors": formatted}, exchange.media_type)


def _check_method(method: str, kind: str) -> None:
    if kind == "subscription":
        raise RequestRefused(Code.OPERATION_NOT_SUPPORTED, "Subscriptions are not served by this endpoint.")
    if method == "GET" and kind != "query":
        message = "Only queries may be sent with GET."
        raise RequestRefused(Code.METHOD_NOT_ALLOWED, message, status=405, headers={"Allow": "POST"})


def _persisted_hash(extensions: dict[str, Any] | None) -> str | None:
    """Read Apollo's extension `persistedQuery: {version: 1, sha256Hash}`; None if it is absent."""
    persisted = (extensions or {}).get("persistedQuery")
    if persisted is None:
        return None
    if not isinstance(persisted, dict) or persisted.get("version") != 1:
        bad_request("The extension persistedQuery must have the version 1.")
    hash_ = persisted.get("sha256Hash")
    if not isinstance(hash_, str):
        bad_request("The extension persistedQuery must have a sha256Hash.")
    return hash_


async def _unless_abandoned(result: Awaitable[ExecutionResult], receive: Receive) -> ExecutionResult:
    """Await a result, but stop the work when the client disconnects. Raises ClientDisconnect then."""
    task = asyncio.current_task()
    assert task is not None
    gone = False

    async def watch() -> None:
        nonlocal gone
        while (await receive())["type"] != "http.disconnect":
            pass
        gone = True
        task.cancel()

    watcher = asyncio.create_task(watch())
    try:
        return await result
    except asyncio.CancelledError:
        if not gone:
            raise
        task.uncancel()
        raise ClientDisconnect from None
    finally:
        watcher.cancel()
