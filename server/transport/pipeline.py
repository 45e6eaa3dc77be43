"""Run one operation, in the same way for every transport: document, limits, execution, errors, metrics.

A transport reads the parameters, finds out who the caller is, and writes the result; everything between is here.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode, execute
from graphql import create_source_event_stream as source_of
from graphql.execution import Executor

from server.transport.admission import Admission
from server.transport.documents import DocumentCache, id_of
from server.transport.episodes import Episode
from server.transport.errors import Code, RequestRefused, Unavailable, located_error_of
from server.transport.limits import Limits
from server.transport.masking import cause_of, field_errors_of
from server.transport.metrics import OTHER, Metrics, OpenSubscriptions, label_of
from server.transport.request import GraphQLParameters, bad_request
from server.transport.shelves import PreparedDocument
from server.transport.subscriptions import Subscription, Visiting
from server.transport.trusted import PREFIX, TrustedDocuments

RunActs = Callable[[OperationDefinitionNode, Any, Callable[[], Awaitable[ExecutionResult]]], Awaitable[ExecutionResult]]
"""A function that runs a mutation, given its operation, its context, and what executes it."""
ContextFor = Callable[[Any, PreparedDocument], Awaitable[Any]]
"""A function that builds the context value of one operation from its request or connection.

It may raise RequestRefused or Unauthenticated.
"""


def _is_never_passing(_: BaseException) -> bool:
    return False


def _find_nobody(_: Any) -> str:
    return ""


@dataclass(slots=True)
class Exchange:
    """One operation on its way through the pipeline, with the things found out about it so far."""

    id: str
    label: str = OTHER
    kind: str = "none"
    outcome: str = "refused"
    variables: dict[str, Any] | None = None
    credential: str = ""
    prepared: PreparedDocument | None = None
    operation: OperationDefinitionNode | None = None


class Pipeline:
    """Chooses and executes operations of one schema, and formats their results.

    With `trusted_only` only documents of the manifest are executed. A person may have at most `subscriptions` open at
    once. `admission` limits what is at work at once. `is_passing` says which exceptions come from a machine that will
    work again, such as a database that restarts. `person_of` returns the person of a context, "" for nobody. `run_acts`
    runs a mutation, so that several acts can be one.
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
        admission: Admission | None = None,
        is_passing: Callable[[BaseException], bool] = _is_never_passing,
        person_of: Callable[[Any], str] = _find_nobody,
        run_acts: RunActs | None = None,
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
        self.admission = admission or Admission({}, 1.0)
        self.is_passing = is_passing
        self._outage = Episode("unavailable")
        self._person_of = person_of
        self._run_acts = run_acts
        self._hide_suggestions = not introspection
        pinned = trusted.texts if trusted is not None else frozenset()
        self.documents = DocumentCache(schema, self.limits, introspection=introspection, pinned=pinned)

    def choose(self, exchange: Exchange, parameters: GraphQLParameters, credential: str) -> PreparedDocument:
        """Prepare the document, note in `exchange` which operation to execute, and return the document.

        `credential` is what the caller sent to prove who they are, "" if nothing. Raise RequestRefused if the document
        is refused or has no such operation.
        """
        exchange.variables = parameters.variables
        exchange.credential = credential
        exchange.prepared = prepared = self.documents.prepare(self._source_of(parameters), credential)
        exchange.label = label_of(prepared.id, self._trusted)
        exchange.operation = prepared.operation(parameters.operation_name)
        exchange.kind = exchange.operation.operation.value
        return prepared

    @asynccontextmanager
    async def in_turn(
        self, exchange: Exchange, limit: asyncio.Timeout, leaving: Callable[[], Awaitable[object]] | None = None
    ) -> AsyncIterator[bool]:
        """Wait for the turn of the chosen operation, and hold its slot while the block runs.

        Give False if the client has left meanwhile. Raise RequestRefused (OVERLOADED) if the turn would come too late.
        An act that has its turn is completed and answered: the time limit is lifted, because an act that is recorded
        and then answered as failed would be lost to its sender.
        """
        loop = asyncio.get_running_loop()
        ends = limit.when()
        seconds = self.limits.seconds if ends is None else ends - loop.time()
        is_act = exchange.kind == "mutation"
        async with self.admission.admit(exchange.kind, seconds, None if is_act else leaving) as is_here:
            if is_act:
                limit.reschedule(None)
            yield is_here

    def execute(self, exchange: Exchange, context: Any) -> Awaitable[ExecutionResult] | ExecutionResult:
        """Execute the chosen query or mutation."""
        arguments = self._arguments_of(exchange, context)
        if self._run_acts is None or exchange.kind != "mutation":
            return execute(self._schema, executor_class=self._executor_class, **arguments)

        async def run() -> ExecutionResult:
            result = execute(self._schema, executor_class=self._executor_class, **arguments)
            return await result if isawaitable(result) else result

        assert exchange.operation is not None
        return self._run_acts(exchange.operation, context, run)

    async def subscribe(self, exchange: Exchange, visit: Visiting, subscription: Subscription) -> None:
        """Begin the chosen subscription of a visitor: from now on it is told what happens.

        Raise RequestRefused if it cannot begin.
        """
        self._open.add(visit.person)
        try:
            context = await visit.context(exchange.prepared)
            source = await self._find_source(exchange, context)
        except BaseException:
            self._open.remove(visit.person)
            raise
        exchange.outcome = "ok"
        subscription.begin(visit, source, self._open, exchange.id, exchange.label)

    async def _find_source(self, exchange: Exchange, context: Any) -> Any:
        """Return what the field of a subscription resolves to: the source that it follows."""
        arguments = self._arguments_of(exchange, context)
        arguments["raw_variable_values"] = arguments.pop("variable_values")
        executor = (self._executor_class or Executor).build(self._schema, **arguments)
        source: Any = ExecutionResult(None, executor) if isinstance(executor, list) else source_of(executor)
        if isawaitable(source):
            source = await source
        if isinstance(source, ExecutionResult):
            errors = tuple(self.payload(exchange, source)["errors"])
            raise RequestRefused(errors[0]["extensions"]["code"], errors[0]["message"], errors=errors)
        return source

    def payload(self, exchange: Exchange, result: ExecutionResult) -> dict[str, Any]:
        """Return the GraphQL response for a result, its errors masked. Raise RequestRefused if nothing was executed."""
        errors = result.errors
        if not errors:
            exchange.outcome = "ok"
            return {"data": result.data}
        if any(self.is_passing(cause_of(error)) for error in errors):
            raise self.unavailable(cause_of(errors[0])) from None
        # No error has a path if execution did not begin, because a variable could not be read.
        if result.data is None and not any(error.path for error in errors):
            input_errors = tuple(located_error_of(error, Code.BAD_USER_INPUT) for error in errors)
            raise RequestRefused(Code.BAD_USER_INPUT, input_errors[0]["message"], errors=input_errors)
        formatted = field_errors_of(
            errors, request_id=exchange.id, operation=exchange.label, variables=exchange.variables
        )
        internal = any(error["extensions"]["code"] == Code.INTERNAL for error in formatted)
        exchange.outcome = "failed" if internal else "partial"
        return {"data": result.data, "errors": formatted}

    @asynccontextmanager
    async def within_time(self) -> AsyncIterator[asyncio.Timeout]:
        """Stop the block and raise RequestRefused (TIMEOUT) if it takes longer than one operation may.

        Give the limit, which the block may lift.
        """
        limit = asyncio.timeout(self.limits.seconds)
        try:
            async with limit:
                yield limit
        except TimeoutError:
            if not limit.expired():
                raise  # a TimeoutError of something inside the block
            message = f"The request took longer than {self.limits.seconds:g} seconds and was stopped."
            raise RequestRefused(Code.TIMEOUT, message, status=503) from None

    def unavailable(self, error: BaseException) -> Unavailable:
        """Return the refusal of a request that met a passing fault of the machine, and note the outage."""
        self._outage.note(error=type(error).__qualname__, message=str(error).partition("\n")[0][:200])
        return Unavailable()

    def record(self, exchange: Exchange, seconds: float) -> None:
        """Count one finished operation in the metrics."""
        if self._metrics is not None:
            self._metrics.record(
                operation=exchange.label, kind=exchange.kind, outcome=exchange.outcome, seconds=seconds
            )

    def _arguments_of(self, exchange: Exchange, context: Any) -> dict[str, Any]:
        """Return the arguments of graphql-core, and keep the document, now that the caller is known."""
        assert exchange.prepared is not None
        assert exchange.operation is not None
        self.documents.keep(exchange.prepared, self._person_of(context), exchange.credential)
        name = exchange.operation.name
        return {
            "document": exchange.prepared.document,
            "context_value": context,
            "variable_values": exchange.variables,
            "operation_name": name.value if name is not None else None,
            "max_coercion_errors": self.limits.errors,
            "hide_suggestions": self._hide_suggestions,
        }

    def _source_of(self, parameters: GraphQLParameters) -> str:
        """Return the text to execute, from the request or from the manifest. Raise RequestRefused if there is none."""
        query, document_id = parameters.query, parameters.document_id
        hash_ = _read_persisted_hash(parameters.extensions)
        if document_id is not None and query is not None:
            bad_request("Send either query or documentId.")
        if document_id is not None and hash_ is not None:
            bad_request("Send either documentId or the extension persistedQuery.")
        if document_id is not None:
            document = self._trusted.find(document_id) if self._trusted is not None else None
            if document is None:
                raise RequestRefused(Code.DOCUMENT_ID_UNKNOWN, "No trusted document has this documentId.")
            return document.body
        if query is None:
            if hash_ is None:
                bad_request("The parameter query or documentId is missing.")
            return self._find_persisted(hash_)
        if hash_ is not None and id_of(query).removeprefix(PREFIX) != hash_.removeprefix(PREFIX):
            bad_request("The sha256Hash is not the hash of the query.")
        if self._trusted_only and self._trusted is not None and self._trusted.find_text(id_of(query)) is None:
            message = "Only trusted documents are executed here: send a documentId."
            raise RequestRefused(Code.DOCUMENT_NOT_TRUSTED, message)
        return query

    def _find_persisted(self, hash_: str) -> str:
        """Return the text with this hash, for Apollo's clients: they know both refusals by their messages."""
        if self._trusted is None:
            raise RequestRefused(Code.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
        document = self._trusted.find(hash_)
        if document is None:
            raise RequestRefused(Code.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
        return document.body


def _read_persisted_hash(extensions: dict[str, Any] | None) -> str | None:
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
