"""Reading applications, grants and signed-in browsers, each under the visibility predicate of its noun."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.kernel.actor import Actor
from server.kernel.predicates import (
    actor_party,
    actor_person,
    is_administrator,
    is_secretariat,
    present,
    sight,
    signed_in,
)
from server.models.oauth import Application, Grant
from server.models.parties import Delegate
from server.storage.rows import WANTED, get_row
from server.vocabulary.applications import ApplicationKind
from server.wording.folding import fold_name


def visible_applications(application: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an application.

    The Secretariat and technical administrators see every application, a party sees the service accounts that speak for
    it, and a person the applications they let in.
    """
    delegate, grant = aliased(Delegate), aliased(Grant)
    of_party = select(delegate.id).where(delegate.id == application.delegate_id, delegate.party_id == actor_party)
    let_in = select(grant.id).where(grant.application_id == application.id, grant.person_id == actor_person)
    return or_(
        sight("the Secretariat", is_secretariat),
        sight("technical administrators", is_administrator),
        sight("delegates of the party that the service account acts for", and_(signed_in, of_party.exists())),
        sight("whoever let the application in", and_(signed_in, let_in.exists())),
    )


def _own(person_id: Any) -> ColumnElement[bool]:
    return sight("the person themself", and_(or_(signed_in, is_administrator), person_id == actor_person))


def visible_grants(grant: Any) -> ColumnElement[bool]:
    """Return the condition that a grant is the caller's own: nobody else sees it."""
    return _own(grant.person_id)


def visible_sessions(session: Any) -> ColumnElement[bool]:
    """Return the condition that a browser session is the caller's own: nobody else sees it."""
    return _own(session.person_id)


def is_live(column_at: Callable[[str], Any]) -> ColumnElement[bool]:
    """Return the condition of a list of browsers in which somebody is signed in.

    One that was idle for too long is still among them until its absolute limit: `seenAt` says since when.
    """
    not_ended = and_(column_at("ended_at").is_(None), column_at("expires_at") > present)
    return and_(not_ended, column_at("awaits_factor").is_(False))


def in_force(column_at: Callable[[str], Any]) -> ColumnElement[bool]:
    """Return the condition of a list of grants that were not revoked."""
    return column_at("revoked_at").is_(None)  # type: ignore[no-any-return]


async def is_name_taken(session: AsyncSession, name: str, *, besides: str | None = None) -> bool:
    """Return whether another application in use has this name, however it is written.

    `besides` is the application that has it itself. Only those who see every application ask.
    """
    in_use = select(Application.id, Application.name).where(Application.retired_at.is_(None))
    rows = (await session.execute(in_use.where(Application.kind != ApplicationKind.SERVICE))).all()
    return any(fold_name(row.name) == fold_name(name) for row in rows if row.id != besides)


_APPLICATION = (
    select(Application)
    .where(Application.id == WANTED, visible_applications(Application))
    .options(joinedload(Application.delegate))
    .with_for_update(of=Application)
)


async def get_application(session: AsyncSession, actor: Actor, now: datetime, application_id: str) -> Application:
    """Return the application with the accreditation of a service account, locked for change.

    Raise the refusal NOT_FOUND if this actor does not see one.
    """
    return await get_row(session, actor, now, _APPLICATION, application_id, "application")


_GRANT = select(Grant).where(Grant.id == WANTED, visible_grants(Grant)).with_for_update()


async def get_grant(session: AsyncSession, actor: Actor, now: datetime, grant_id: str) -> Grant:
    """Return the grant, locked for change. Raise the refusal NOT_FOUND if this actor does not see one."""
    return await get_row(session, actor, now, _GRANT, grant_id, "grant")
