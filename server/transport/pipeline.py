"""What becomes of one operation, the same over every transport: document, limits, execution, errors, figures.

A transport reads parameters, asks who is there, and writes what comes out; everything between is here.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, Protocol

from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode, execute, located_error, subscribe
from graphql.execution import Executor
from starlette.requests import HTTPConnection

from server.transport.documents import DocumentCache, PreparedDocument, id_of
from server.transport.errors import Code, RequestRefused, located_error_of
from server.transport.limits import Limits
from server.transport.masking import field_errors_of
from server.transport.metrics import OTHER, Metrics, OpenSubscriptions, label_of
from server.transport.request import GraphQLParameters, bad_request
from server.transport.trusted import TrustedDocuments

ContextFor = Callable[[Any, PreparedDocument], Awaitable[Any]]
"""Builds the context value of one operation from the request or connection that brought it. It may raise RequestRefused
or Unauthenticated."""


class Visit(Protocol):
    """Somebody who stays: the other end of a WebSocket, or of a stream of events."""

    @property
    def person(self) -> str:
        """Whose subscriptions these are; they are counted together. "" for nobody."""
        ...

    async def ended(self) -> RequestRefused:
        """Wait until whoever is there may not stay, and say why: with the status 503 when the server is closing."""
        ...


VisitOf = Callable[[HTTPConnection], Awaitable[Visit]]
"""Lets somebody in. It may raise RequestRefused or Unauthenticated."""


@dataclass(slots=True)
class Exchange:
    """One operation on its way, and what is known of it so far."""

    id: str
    label: str = OTHER
    kind: str = "none"
    outcome: str = "refused"
    variables: dict[str, Any] | None = None
    prepared: PreparedDocument | None = None
    operation: OperationDefinitionNode | None = None


class Pipeline:
    """Chooses, executes and tells operations of one schema.

    With `trusted_only` only documents of the manifest are executed. A person has at most `subscriptions` open at once.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        executor_class: type[Executor[Any]] | None = None,
        limits: Limits | None = None,
        trusted: TrustedDocuments | None = None,
        trusted_only: bool = False,
        introspection: bool = True,
        metrics: Metrics | None = None,
        subscriptions: int = 20,
    ) -> None:
        if trusted_only and trusted is None:
            raise ValueError("trusted_only needs a manifest of trusted documents.")
        self._schema = schema
        self._executor_class = executor_class
        self.limits = limits or Limits()
        self._trusted = trusted
        self._trusted_only = trusted_only
        self._metrics = metrics
        self._open = OpenSubscriptions(subscriptions, metrics)
        pinned = trusted.ids if trusted is not None else frozenset()
        self.documents = DocumentCache(schema, self.limits, introspection=introspection, pinned=pinned)

    def choose(self, exchange: Exchange, parameters: GraphQLParameters) -> PreparedDocument:
        """Prepare the document and choose the operation. Raises RequestRefused."""
        exchange.variables = parameters.variables
        exchange.prepared = prepared = self.documents.prepare(self._source_of(parameters))
        exchange.label = label_of(prepared.id, self._trusted)
        exchange.operation = prepared.operation(parameters.operation_name)
        exchange.kind = exchange.operation.operation.value
        return prepared

    def execute(self, exchange: Exchange, context: Any) -> Awaitable[ExecutionResult] | ExecutionResult:
        """Execute the chosen query or mutation."""
        return execute(self._schema, executor_class=self._executor_class, **_arguments(exchange, context, self.limits))

    async def subscribed(self, exchange: Exchange, context: Any, person: str) -> AsyncGenerator[dict[str, Any]]:
        """The responses of the chosen subscription, as they come. Raises RequestRefused: at once for one that cannot
        begin, later when whoever asked may not be told more, or when it failed."""
        with self._open.one_of(person):
            begun = subscribe(
                self._schema, executor_class=self._executor_class, **_arguments(exchange, context, self.limits)
            )
            stream = await begun if isawaitable(begun) else begun
            if isinstance(stream, ExecutionResult):
                errors = tuple(self.payload(exchange, stream)["errors"])
                raise RequestRefused(errors[0]["extensions"]["code"], errors[0]["message"], errors=errors)
            async with aclosing(stream):  # type: ignore[type-var]
                while True:
                    try:
                        result = await anext(stream)
                    except StopAsyncIteration:
                        return
                    except RequestRefused:
                        raise
                    except Exception as error:
                        raise self._failed(exchange, error) from error
                    yield self.payload(exchange, result)

    def payload(self, exchange: Exchange, result: ExecutionResult) -> dict[str, Any]:
        """What the client is told of a result. Raises RequestRefused when nothing was executed."""
        errors = result.errors
        if not errors:
            exchange.outcome = "ok"
            return {"data": result.data}
        if result.data is None and not any(error.path for error in errors):
            told = tuple(located_error_of(error, Code.BAD_USER_INPUT) for error in errors)
            raise RequestRefused(Code.BAD_USER_INPUT, told[0]["message"], errors=told)
        formatted = field_errors_of(
            errors, request_id=exchange.id, operation=exchange.label, variables=exchange.variables
        )
        internal = any(error["extensions"]["code"] == Code.INTERNAL for error in formatted)
        exchange.outcome = "failed" if internal else "partial"
        return {"data": result.data, "errors": formatted}

    @asynccontextmanager
    async def within_time(self) -> AsyncIterator[None]:
        """Stop what takes longer than one operation may. Raises RequestRefused (TIMEOUT) then."""
        limit = asyncio.timeout(self.limits.seconds)
        try:
            async with limit:
                yield
        except TimeoutError:
            if not limit.expired():
                raise
            message = f"The request took longer than {self.limits.seconds:g} seconds and was stopped."
            raise RequestRefused(Code.TIMEOUT, message, status=503) from None

    def record(self, exchange: Exchange, seconds: float) -> None:
        """Count one operation that came to its end."""
        if self._metrics is not None:
            self._metrics.record(
                operation=exchange.label, kind=exchange.kind, outcome=exchange.outcome, seconds=seconds
            )

    def _failed(self, exchange: Exchange, error: Exception) -> RequestRefused:
        """The refusal that a subscription ends with when its source raises: what is meant for the client, or masked."""
        located = located_error(error, [exchange.operation] if exchange.operation else None)
        (told,) = field_errors_of(
            [located], request_id=exchange.id, operation=exchange.label, variables=exchange.variables
        )
        code = told["extensions"]["code"]
        exchange.outcome = "failed" if code == Code.INTERNAL else "partial"
        return RequestRefused(code, told["message"], status=500 if code == Code.INTERNAL else 400, errors=(told,))

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


def _arguments(exchange: Exchange, context: Any, limits: Limits) -> dict[str, Any]:
    assert exchange.prepared is not None
    assert exchange.operation is not None
    name = exchange.operation.name
    return {
        "document": exchange.prepared.document,
        "context_value": context,
        "variable_values": exchange.variables,
        "operation_name": name.value if name is not None else None,
        "max_coercion_errors": limits.errors,
        "hide_suggestions": True,
    }


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
