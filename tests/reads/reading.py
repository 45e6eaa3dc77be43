"""Asking a schema in-process, and counting the statements that it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, execute

from server.schema.context import Context
from server.schema.reads.executor import ReadingExecutor
from server.transport.documents import DocumentCache
from server.transport.limits import Limits
from tests.factories.filled import declared_reads
from tests.factories.refusing import check_nothing_written, watching
from tests.factories.world import World

LIMITS = Limits(aliases=200, copies=200, depth=30)


class Reader:
    """Executes documents on a schema as the persons of a world, with the prepared documents of a server."""

    def __init__(self, schema: GraphQLSchema, world: World) -> None:
        self.schema = schema
        self.world = world
        self.documents = DocumentCache(schema, LIMITS)

    async def answer(self, person: str | None, text: str, variables: dict[str, Any] | None = None) -> ExecutionResult:
        """Execute an operation, and return its whole result."""
        prepared = self.documents.prepare(text)
        assert prepared.document is not None, prepared.errors
        world = self.world
        context = Context(
            actor=await world.actor(person),
            now=world.clock.now,
            clock=world.clock,
            database=world.database,
            prepared=prepared,
        )
        result = execute(
            self.schema,
            prepared.document,
            context_value=context,
            variable_values=variables,
            executor_class=ReadingExecutor,
        )
        return result if isinstance(result, ExecutionResult) else await result

    async def ask(self, person: str | None, text: str, **variables: Any) -> Any:
        """Execute an operation, and return its data. Fail on any error."""
        result = await self.answer(person, text, variables)
        assert result.errors is None, result.errors
        return result.data

    async def refused(self, person: str | None, text: str, **variables: Any) -> list[tuple[Any, str]]:
        """Execute an operation, and return (code, message) of every error."""
        with watching() as committed:
            result = await self.answer(person, text, variables)
        check_nothing_written(committed, text)
        return [((error.extensions or {}).get("code"), error.message) for error in result.errors or ()]


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the texts of the declared reads that are executed while the block runs."""
    seen: list[str] = []
    with declared_reads(seen):
        yield seen
