"""Perform chosen operations: in their turn, for the caller of a connection, with everything read from one snapshot."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from graphql import ExecutionResult
from starlette.requests import ClientDisconnect, HTTPConnection

from server.transport.pipeline import ContextFor, Exchange, Pipeline


class Performer:
    """Executes operations that a pipeline has chosen.

    The context is built and an operation executed inside the context manager `together()`, so that both can share
    something, such as one snapshot of the database. `settle(context)` is awaited after the execution: what it raises is
    the answer instead.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        context_for: ContextFor,
        together: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
        settle: Callable[[Any], Awaitable[None]] | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._context_for = context_for
        self._together = together
        self._settle = settle

    async def perform(
        self,
        connection: HTTPConnection,
        exchanges: Sequence[Exchange],
        limit: asyncio.Timeout,
        leaving: Callable[[], Awaitable[object]] | None = None,
    ) -> list[ExecutionResult]:
        """Return the results of operations of one kind, in their order. They have one turn and one snapshot.

        Raise RequestRefused if the turn would come too late or the caller is refused, and ClientDisconnect if the
        client has left meanwhile.
        """
        async with self._pipeline.in_turn(exchanges[0], limit, leaving) as is_here:
            if not is_here:
                raise ClientDisconnect
            async with self._together():
                return [await self._execute(connection, exchange) for exchange in exchanges]

    async def _execute(self, connection: HTTPConnection, exchange: Exchange) -> ExecutionResult:
        assert exchange.prepared is not None
        context = await self._context_for(connection, exchange.prepared)
        result = self._pipeline.execute(exchange, context)
        answer = result if isinstance(result, ExecutionResult) else await result
        if self._settle is not None:
            await self._settle(context)
        return answer
