"""Perform an act, and give the two answers that every act shares: a refusal, and the acts that may be done next."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, NoReturn, TypeAlias

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.blocks import name_format
from server.identity.standing import actor_again
from server.journal.actions import KEY_LIMIT, find_earlier, request_of
from server.kernel import refusals
from server.kernel.actor import Actor
from server.kernel.acts import Act, ensure_accredited, verdicts
from server.kernel.refusals import Issue, RefusalCode, RefusalKind, graphql_name, invalid
from server.schema.context import Context
from server.schema.reads.kinds import computed
from server.schema.vocabulary import vocabulary
from server.storage.database import finish

vocabulary(RefusalKind)
vocabulary(RefusalCode)

Performing: TypeAlias = Callable[[AsyncSession, Actor, datetime], Awaitable[str]]


@strawberry.type(name="Issue", description="One fault of the input.")
class IssueType:
    """The GraphQL form of `server.kernel.refusals.Issue`."""

    path: str = strawberry.field(
        description=(
            "The field at fault, as dotted names below `input` such as 'content.text', or a row "
            "and column of a document."
        )
    )
    message: str = strawberry.field(description="What is wrong with the field, in words.")


@strawberry.type(name="Refusal", description="The answer to an act that was not possible. Nothing was written.")
class RefusalType:
    """The GraphQL form of `server.kernel.refusals.Refusal`."""

    kind: RefusalKind = strawberry.field(description="Kind of the refusal, which says whether trying again can help.")
    code: RefusalCode = strawberry.field(description="Reason for the refusal, for the program.")
    message: str = strawberry.field(
        description="Reason for the refusal, for the person: what is wrong and what can be done next."
    )
    issues: list[IssueType] = strawberry.field(
        description="Every fault of the input; empty unless the kind is INVALID."
    )
    rule: str | None = strawberry.field(
        description="Rule that the refusal comes from, in words; null if there is none."
    )
    unlocks_at: datetime | None = strawberry.field(
        description="Instant from which the act is possible; null if no calendar decides it."
    )


class Refusing(strawberry.ExceptionHandler[refusals.Refusal, RefusalType]):
    """Turns a refused act into the `Refusal` member of its result union."""

    def handle(self, exception: refusals.Refusal, *, field: Any, info: Any) -> RefusalType:
        """Return the refusal as data."""
        return RefusalType(
            kind=exception.kind,
            code=exception.code,
            message=exception.message,
            issues=[IssueType(path=issue.path, message=issue.message) for issue in exception.issues],
            rule=exception.rule or None,
            unlocks_at=exception.unlocks_at,
        )


@strawberry.type(
    description="An act on an object, and whether the caller may do it now; if not, why not and from when."
)
class AvailableAct:
    """The GraphQL form of `server.kernel.acts.Verdict`."""

    mutation: str = strawberry.field(
        name="act", description="Name of the mutation of the act, such as 'submitComment'."
    )
    allowed: bool = strawberry.field(description="Whether the caller may do it now.")
    code: RefusalCode | None = strawberry.field(description="Reason why not, for the program; null if allowed.")
    reason: str | None = strawberry.field(description="Reason why not, for the person; null if allowed.")
    rule: str | None = strawberry.field(
        description="Rule that the reason comes from, in words; null if there is none or the act is allowed."
    )
    unlocks_at: datetime | None = strawberry.field(
        description="Instant from which the act is possible; null if allowed or if no calendar decides it."
    )
    who_can: str = strawberry.field(description="Who may do the act at all, in words.")


def acts_on(noun: str, acts: tuple[Act[Any], ...], facts: type[Any]) -> Any:
    """Declare the field `availableActs` of an object: the verdict on each of its acts, in the order of the table."""
    return computed(
        f"Every act on this {noun}, and whether the caller may do it now; if not, why not and from when.",
        lambda actor, known, now: verdicts(acts, actor, known, now),
        facts,
        repeats=True,
    )


def key_field() -> Any:
    """Return the field `idempotencyKey` of an input."""
    return strawberry.field(
        description=f"Key that the client makes up for each act, 1 to {KEY_LIMIT} characters. "
        "Sending the same input again with the same key does nothing twice and returns the same object."
    )


def version_field() -> Any:
    """Return the field `expectedVersion` of an input that changes something."""
    return strawberry.field(
        description="The `version` of the object as the caller read it. The act is refused as STALE if it has changed "
        "since."
    )


def _holds_nul(sent: Any) -> bool:
    """Return whether any text in the input holds U+0000, which PostgreSQL cannot store."""
    if isinstance(sent, dict):
        return any(_holds_nul(value) for value in sent.values())
    if isinstance(sent, list | tuple):
        return any(_holds_nul(value) for value in sent)
    return isinstance(sent, str) and "\0" in sent


def _refuse_nul(sent: dict[str, Any]) -> NoReturn:
    """Refuse an input that holds U+0000; where a file was sent that is no text, say what it is."""
    for name, value in sent.items():
        if isinstance(value, str) and (fault := name_format(value)):
            raise invalid(Issue(graphql_name(name), fault), code=RefusalCode.IMPORT_UNREADABLE)
    raise invalid(Issue("input", "the character U+0000 cannot be stored"))


async def perform(info: strawberry.Info, sent: Any, act: Performing) -> str:
    """Do one act in one transaction and return the id of its subject.

    A repeated request returns the id that it returned the first time. The clock is read and the actor is looked up
    again inside the transaction, so that time and rights are judged when the act is done. Raise Refusal.
    """
    context: Context = info.context
    ensure_accredited(context.actor)
    key = sent.idempotency_key
    if not 1 <= len(key) <= KEY_LIMIT:
        raise invalid(Issue("idempotencyKey", f"1 to {KEY_LIMIT} characters"))
    as_sent = strawberry.asdict(sent)
    if _holds_nul(as_sent):
        _refuse_nul(as_sent)
    on_behalf = {"onBehalf": context.actor.representation_id} if context.actor.representation_id else {}
    request = request_of(key, info.field_name, as_sent | on_behalf)

    async def in_one_transaction() -> str:
        async with context.database.writing() as session:
            now = context.clock()
            actor = await actor_again(await session.connection(), context.actor, now)
            ensure_accredited(actor)
            earlier = await find_earlier(session, actor, request)
            if earlier is None:
                session.info["request"] = request
                earlier = await act(session, actor, now)
            context.now = now
            return earlier

    return await finish(in_one_transaction())
