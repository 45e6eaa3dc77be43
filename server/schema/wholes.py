"""Do several acts of one request as one: all of them or none. The client asks for it with a directive."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import strawberry
from graphql import DirectiveLocation, ExecutionResult, OperationDefinitionNode, OperationType
from strawberry.directive import DirectiveValue

from server.journal.actions import find_earlier, hold_journal
from server.schema.context import Context, Whole
from server.storage.database import finish
from server.storage.faults import is_deadlock

Run: TypeAlias = Callable[[], Awaitable[ExecutionResult]]
NAME = "allOrNothing"
TRIES = 3
"""Times that a request is tried that waits for another, which waits for it."""


@strawberry.directive(
    name=NAME,
    locations=[DirectiveLocation.MUTATION],
    description="Do every act of this mutation or none, in the order of the text and in one transaction. If one is not "
    "possible, it is answered with its refusal and every other with the refusal NOT_DONE. Without the directive each "
    "act is done by itself. Each act has its own idempotency key, so that the request can be sent again.",
)
def all_or_nothing(value: DirectiveValue[Any]) -> Any:
    """Return the value as it is: the directive says how an operation is run and not what a field shows."""
    return value


class _Undone(Exception):
    """Raised so that the transaction of several acts is rolled back."""


async def run_acts(operation: OperationDefinitionNode, context: Context, run: Run) -> ExecutionResult:
    """Run an operation, as one transaction if it asks for all or nothing.

    If an act is not possible, everything is undone, and the operation is run once more with nothing done, so that each
    act is answered with the fields that were asked for.
    """
    is_whole = any(directive.name.value == NAME for directive in operation.directives or ())
    if operation.operation is not OperationType.MUTATION or not is_whole:
        return await run()
    return await finish(_run_whole(context, run))


async def _run_whole(context: Context, run: Run) -> ExecutionResult:
    """Run the acts in one transaction; answer each with a refusal if one was refused.

    After a deadlock the acts wait for the journal before they lock anything else, so that the other transaction can
    end. Otherwise two that lock the same objects in opposite orders could meet again at each try.
    """
    has_met = False
    for remaining in reversed(range(TRIES)):
        whole = context.whole = Whole()
        try:
            async with context.database.one_transaction() as session:
                if has_met:
                    await hold_journal(session)
                result = await run()
                if whole.fault is not None or result.data is None:
                    raise _Undone
        except _Undone:
            meets = _met_deadlock(result)
            has_met = has_met or meets
            if remaining and (meets or await _is_done_by_now(context, whole)):
                continue
            return await run() if whole.fault is not None else result
        return result
    raise AssertionError("the last try gives an answer")


def _met_deadlock(result: ExecutionResult) -> bool:
    """Return whether PostgreSQL ended the transaction so that another can go on."""
    return any(is_deadlock(error.original_error) for error in result.errors or ())


async def _is_done_by_now(context: Context, whole: Whole) -> bool:
    """Return whether the act that failed was done meanwhile, because the same request came over two connections."""
    if whole.request is None:
        return False
    async with context.database.reading() as connection:
        return await find_earlier(connection, context.actor, whole.request) is not None
