"""Perform an act, and give the two answers that every act shares: a refusal, and the acts that may be done next."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

import strawberry
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.standing import actor_again
from server.journal.actions import KEY_LIMIT, Request, find_earlier
from server.kernel.actor import Actor
from server.kernel.acts import Act, ensure_accredited, verdicts
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import ReasonCode
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, graphql_name, not_done, not_found
from server.schema.act_names import ActName
from server.schema.context import Context
from server.schema.reads.executor import Rendered
from server.schema.reads.fetch import Reading
from server.schema.reads.kinds import Node, computed
from server.schema.reads.roots import Answers, node_of, read_fact
from server.schema.reads.sealed import Witness, record_sealed, witness_of
from server.schema.sent import read_request
from server.schema.vocabulary import vocabulary
from server.storage.database import finish
from server.storage.faults import is_deadlock

vocabulary(RefusalKind)
vocabulary(RefusalCode)
vocabulary(ReasonCode)
vocabulary(IssueCode)

Performing: TypeAlias = Callable[[AsyncSession, Actor, datetime], Awaitable[str]]


@strawberry.type(name="Issue", description="One fault of the input.")
class IssueType:
    """The GraphQL form of `server.kernel.refusals.Issue`."""

    path: list[str] = strawberry.field(
        description="The field at fault: names of fields below `input`, or of the draft that is filed, and indexes of "
        "lists, such as 'amendments', '0', 'wording'. Empty if an object is at fault: `parameters` name it then."
    )
    code: IssueCode = strawberry.field(description="What is wrong with the field, for the program.")
    parameters: strawberry.scalars.JSON = strawberry.field(
        description="The values that belong to the code, by name, such as `limit`: a text, a number or a list of texts "
        "each. With them a frontend says the fault in its own language. A fault in a table also has `row`, counted "
        "from 1 without header rows (in a sheet as the sheet numbers it), and `column` as printed."
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
    reason_code: ReasonCode | None = strawberry.field(
        description="What `message` says, as a code; null if it has none of its own. With it a frontend says the same "
        "in its own language."
    )
    parameters: strawberry.scalars.JSON | None = strawberry.field(
        description="The values that belong to `reasonCode`, by name: `instant`, `zone` in which that was announced, "
        "`day`; null without a code."
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
    is_retryable: bool = strawberry.field(
        description="Whether the same person can do the same act later: a STALE one with the revision of `current`, a "
        "NOT_NOW one when the calendar or the object has moved on, which an object in a final state never does. False "
        "where the input or somebody else is needed."
    )
    subject_id: strawberry.Private[str]

    @strawberry.field(
        description="The object as it stands now, whose `revision` is not the expected one. Null unless the kind is "
        "STALE, or if the caller does not see it any more."
    )
    async def current(self, info: strawberry.Info) -> Node | None:
        """Return the object that was changed since the caller read it."""
        return await node_of(info, self.subject_id) if self.subject_id else None


class Refusing(strawberry.ExceptionHandler[Refusal, RefusalType]):
    """Turns a refused act into the `Refusal` member of its result union."""

    def handle(self, exception: Refusal, *, field: Any, info: Any) -> RefusalType:
        """Return the refusal as data, and let the acts that are one with this one know of it."""
        if whole := info.context.whole:
            whole.note(info.path.key, info.field_name, exception)
        return RefusalType(
            kind=exception.kind,
            code=exception.code,
            message=exception.message,
            reason_code=exception.reason and exception.reason.code,
            parameters=exception.reason and strawberry.scalars.JSON(exception.reason.parameters),
            issues=[_show_issue(issue) for issue in exception.issues],
            rule=exception.rule or None,
            unlocks_at=exception.unlocks_at,
            is_retryable=exception.is_retryable,
            subject_id=exception.subject_id,
        )


def _show_issue(issue: Issue) -> IssueType:
    path = issue.path.split(".") if issue.path else []
    parameters = {graphql_name(name): value for name, value in issue.parameters.items()}
    return IssueType(path=path, code=issue.code, parameters=strawberry.scalars.JSON(parameters), message=issue.message)


@strawberry.type(
    description="An act on an object, and whether the caller may do it now; if not, why not and from when."
)
class AvailableAct:
    """The GraphQL form of `server.kernel.acts.Verdict`."""

    tag: ActName = strawberry.field(name="act", description="The act, which is named after its mutation.")
    is_allowed: bool = strawberry.field(description="Whether the caller may do it now.")
    code: RefusalCode | None = strawberry.field(description="Reason why not, for the program; null if allowed.")
    reason: str | None = strawberry.field(description="Reason why not, for the person; null if allowed.")
    reason_code: ReasonCode | None = strawberry.field(
        description="What `reason` says, as a code; null if it has none of its own."
    )
    parameters: strawberry.scalars.JSON | None = strawberry.field(
        description="The values that belong to `reasonCode`, as in `Refusal`; null without a code."
    )
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
    """Return the field `expectedRevision` of an input that changes something."""
    return strawberry.field(
        description="The `revision` of the object as the caller read it. The act is refused as STALE if it has changed "
        "since."
    )


class Done(NamedTuple):
    """An act that was done: the id of its subject, whether it was done now and not before, and what its fact shows."""

    subject_id: str
    is_new: bool
    answers: Answers


async def perform(info: strawberry.Info, sent: Any, act: Performing, fact_type: type) -> Done:
    """Do one act in one transaction, with all that its fact shows.

    A repeated request gives the subject that it gave the first time. The clock is read and the actor is looked up
    inside the transaction, so that time and rights are judged when the act is done, and the fact is read in it, so that
    it shows the subject as the act leaves it. Raise Refusal. Of several acts that are one, the first that fails keeps
    the others from being done.
    """
    context: Context = info.context
    whole = context.whole
    if whole is not None and whole.fault is not None:
        raise whole.fault if whole.key == info.path.key else not_done(whole.mutation, str(whole.key))
    try:
        if context.identify is None:
            ensure_accredited(context.actor)  # without a transaction for nobody
        done = await _perform_again_if_undone(info, sent, act, fact_type)
    except Refusal as refusal:
        _log_outcome(info, refusal.code)
        raise
    if not done.is_new:
        _log_outcome(info, "repeated")
    return done


async def _perform_again_if_undone(info: strawberry.Info, sent: Any, act: Performing, fact_type: type) -> Done:
    """Do one act, and once more if PostgreSQL undid it so that several acts in one transaction could go on."""
    try:
        return await finish(_perform_once(info, sent, act, fact_type))
    except DBAPIError as error:
        if info.context.whole is not None or not is_deadlock(error):
            raise
        return await finish(_perform_once(info, sent, act, fact_type))


def _log_outcome(info: strawberry.Info, outcome: str) -> None:
    """Log an act that was not done; one that was done is logged as it is recorded."""
    act = re.sub(r"(?=[A-Z])", "_", info.field_name).lower()
    structlog.get_logger("server").info("act", act=act, person=info.context.actor.person_id, outcome=outcome)


async def _perform_once(info: strawberry.Info, sent: Any, act: Performing, fact_type: type) -> Done:
    """Do an act, unless this request was done before or is being done at the same moment."""
    context: Context = info.context
    request: Request | None = None
    try:
        async with context.database.writing() as session:
            connection = await session.connection()
            now = context.clock()
            actor = await _look_up_actor(context, connection, now)
            ensure_accredited(actor)
            request = session.info["request"] = read_request(info.field_name, sent, actor)
            earlier = await find_earlier(connection, actor, request)
            subject_id = earlier or await act(session, actor, now)
            witness = witness_of(actor)
            answers = await _read_fact(info, connection, actor, now, fact_type, subject_id, witness)
            if earlier is not None:
                _ensure_seen(answers)
    except Refusal as refusal:
        if context.whole is not None:
            context.whole.note(info.path.key, info.field_name, refusal, request)
            raise
        # what stood in the way may be this very request, which another connection has done meanwhile
        done = await _find_done(info, actor, request, fact_type) if request is not None else None
        if done is None:
            raise
        return done
    context.now = now
    await record_sealed(context.database, witness, now)
    return Done(subject_id, earlier is None, answers)


async def _find_done(info: strawberry.Info, actor: Actor, request: Request, fact_type: type) -> Done | None:
    """Return the act that this request has done already, None if it has not. Refuse a key that was used otherwise."""
    context: Context = info.context
    now = context.clock()
    async with context.database.reading() as connection:
        subject_id = await find_earlier(connection, actor, request)
        if subject_id is None:
            return None
        witness = witness_of(actor)
        answers = await _read_fact(info, connection, actor, now, fact_type, subject_id, witness)
    _ensure_seen(answers)
    context.now = now
    await record_sealed(context.database, witness, now)
    return Done(subject_id, False, answers)


def _ensure_seen(answers: Answers) -> None:
    """Refuse to answer a retry if the caller, who saw the subject of the act then, does not see it any more."""
    if any(isinstance(answer, Rendered) and answer.shape is None for answer in answers.values()):
        raise not_found("object")


async def _look_up_actor(context: Context, connection: AsyncConnection, now: datetime) -> Actor:
    """Return the caller as they stand in the transaction of an act. Raise Refusal, or as `context.identify` does."""
    if context.identify is None:
        return await actor_again(connection, context.actor, now)
    context.actor = await context.identify(connection, now)
    context.identify = None
    return context.actor


async def _read_fact(
    info: strawberry.Info,
    connection: AsyncConnection,
    actor: Actor,
    now: datetime,
    fact_type: type,
    subject_id: str,
    witness: Witness | None,
) -> Answers:
    """Return what the fact of an act on this subject shows."""
    raw = info._raw_info
    reading = Reading(connection, actor, now, actor.parameters(now), raw.variable_values, witness=witness)
    return await read_fact(raw, reading, fact_type, subject_id)
