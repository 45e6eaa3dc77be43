"""Statements for what parties owe to groups: answers to nominations and promises; and for silence that still runs."""

from sqlalchemy import ColumnElement, null, select
from sqlalchemy.orm import aliased

from server.domain.groups.queries import visible_nominations, visible_promises
from server.domain.silence.queries import visible_procedures
from server.domain.tasks.queries.kinds import Subjects
from server.kernel.predicates import actor_party, present
from server.models.bodies import Body
from server.models.groups import Nomination, Promise
from server.models.silence import SilenceProcedure, SilenceStatement
from server.vocabulary.groups import NominationStatus, PromiseStatus
from server.vocabulary.silence import SilenceStatus


def select_nominations() -> Subjects:
    """Return the statement for nominations of the caller's party that wait for its answer."""
    return (
        select(Nomination.id, null(), Body.name, Body.short_name, null())
        .join(Body, Body.id == Nomination.body_id)
        .where(
            visible_nominations(Nomination),
            Nomination.party_id == actor_party,
            Nomination.status == NominationStatus.NOMINATED,
        )
        .order_by(Nomination.nominated_at, Nomination.id)
    )


def select_promises(status: PromiseStatus) -> Subjects:
    """Return the statement for promises of the caller's party with a status."""
    return (
        select(Promise.id, Promise.due_at, Promise.text, Body.short_name, Promise.zone)
        .join(Body, Body.id == Promise.body_id)
        .where(visible_promises(Promise), Promise.party_id == actor_party, Promise.status == status)
        .order_by(Promise.due_at, Promise.id)
    )


def select_running_silence() -> Subjects:
    """Return the statement for silence procedures that the caller's party can still break, and has not spoken in."""
    statement = aliased(SilenceStatement)
    spoken: ColumnElement[bool] = (
        select(statement.id)
        .where(statement.procedure_id == SilenceProcedure.id, statement.party_id == actor_party)
        .exists()
    )
    return (
        select(
            SilenceProcedure.id,
            SilenceProcedure.expires_at,
            SilenceProcedure.title,
            Body.short_name,
            SilenceProcedure.zone,
        )
        .join(Body, Body.id == SilenceProcedure.body_id)
        .where(
            visible_procedures(SilenceProcedure),
            SilenceProcedure.status == SilenceStatus.OPENED,
            SilenceProcedure.expires_at > present,
            ~spoken,
        )
        .order_by(SilenceProcedure.expires_at, SilenceProcedure.id)
    )
