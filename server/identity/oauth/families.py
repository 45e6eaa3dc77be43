"""A grant and everything that came of it: made at consent, used once each, and revoked together."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Select, and_, delete, or_, select, update
from sqlalchemy.orm import Session, joinedload

from server.identity.oauth.scopes import OFFLINE
from server.identity.sessions import SignedIn
from server.models.identity import BrowserSession
from server.models.oauth import Application, Grant
from server.models.parties import Person

REPLAYED = "a code was used twice"
REUSED = "a refresh token was used twice"
BY_APPLICATION = "revoked by the application"
RECOGNISED = timedelta(days=1)
"""How long after it expired something that was used is still recognised."""


def begin_family(session: Session, application_id: str, scopes: list[str], given: SignedIn, now: datetime) -> Grant:
    """The grant that the person of a browser session gives an application. It ends with the session, unless the
    application may go on while the person is away."""
    family = Grant(
        person_id=given.person_id,
        application_id=application_id,
        session_id=None if OFFLINE in scopes else given.id,
        scopes=scopes,
        signed_in_at=given.signed_in_at,
        methods=given.methods,
        granted_at=now,
    )
    session.add(family)
    session.flush()
    return family


def find_live(session: Session, grant_id: str) -> Grant | None:
    """A grant that still holds: not revoked, the person welcome, the application not retired."""
    return session.scalars(_live().where(Grant.id == grant_id)).one_or_none()


def is_remembered(session: Session, person_id: str, application_id: str, scopes: list[str], now: datetime) -> bool:
    """Whether a live grant of the person to the application covers these scopes already: one that was given in a
    browser which is still signed in, or to go on while they are away."""
    in_force = and_(BrowserSession.ended_at.is_(None), BrowserSession.expires_at > now)
    signed_in = select(BrowserSession.id).where(BrowserSession.id == Grant.session_id, in_force).exists()
    mine = _live().where(Grant.person_id == person_id, Grant.application_id == application_id)
    given = session.scalars(mine.where(or_(Grant.session_id.is_(None), signed_in)))
    return any(set(scopes) <= set(family.scopes) for family in given)


def service_family(session: Session, application: Application, person_id: str, now: datetime) -> Grant | None:
    """The one live grant of a service account, made at its first token; None while it is suspended."""
    session.execute(select(Application.id).where(Application.id == application.id).with_for_update())
    welcome = select(Person.id).where(Person.id == person_id, Person.suspended_at.is_(None))
    if session.scalar(welcome) is None:
        return None
    mine = _live().where(Grant.application_id == application.id, Grant.person_id == person_id)
    family = session.scalars(mine.order_by(Grant.id)).first()
    if family is None:
        family = Grant(person_id=person_id, application_id=application.id, signed_in_at=now, granted_at=now)
        session.add(family)
    family.scopes = application.scopes
    session.flush()
    return family


def claim(session: Session, model: type[Any], key: ColumnElement[bool], now: datetime) -> bool:
    """Use what can be used once. Of two at the same time exactly one is told that it was the first."""
    used = session.execute(
        update(model).where(key, model.used_at.is_(None)).values(used_at=now), execution_options=_BESIDE_THE_ROWS
    )
    assert isinstance(used, CursorResult)
    return used.rowcount == 1


def forget_expired(session: Session, model: type[Any], now: datetime) -> None:
    """Drop what could be used once and expired long ago. Until then it is kept, to be recognised if it comes again."""
    expired = delete(model).where(model.expires_at < now - RECOGNISED)
    session.execute(expired, execution_options=_BESIDE_THE_ROWS)


def revoke_family(session: Session, grant_id: str, now: datetime, *, because: str) -> None:
    """End a grant: its codes, refresh tokens and access tokens are worth nothing from now on."""
    live = (Grant.id == grant_id, Grant.revoked_at.is_(None))
    session.execute(
        update(Grant).where(*live).values(revoked_at=now, revoked_because=because), execution_options=_BESIDE_THE_ROWS
    )


_BESIDE_THE_ROWS = {"synchronize_session": False}


def _live() -> Select[Grant]:
    return (
        select(Grant)
        .join(Person, Person.id == Grant.person_id)
        .join(Application, Application.id == Grant.application_id)
        .where(Grant.revoked_at.is_(None), Person.suspended_at.is_(None), Application.retired_at.is_(None))
        .options(joinedload(Grant.person))
    )
