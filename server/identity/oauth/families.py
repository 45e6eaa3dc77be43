"""A grant with its codes and tokens: begun at consent, each code and refresh token used once, all revoked together."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Select, and_, delete, or_, select, update
from sqlalchemy.orm import Session, joinedload

from server.identity.oauth.scopes import OFFLINE
from server.identity.sessions import SignedIn
from server.models.identity import BrowserSession
from server.models.oauth import Application, Grant
from server.models.parties import Person
from server.storage.afterwards import log_after_commit

REPLAYED = "a code was used twice"
REUSED = "a refresh token was used twice"
BY_APPLICATION = "revoked by the application"
RECOGNISED = timedelta(days=1)
"""How long after it expired a used code or token is still recognised."""


def begin_family(session: Session, application_id: str, scopes: list[str], visitor: SignedIn, now: datetime) -> Grant:
    """Add and return the grant that the person of a browser session gives an application.

    It ends with the session, unless the application may go on while the person is away (`offline_access`).
    """
    family = Grant(
        person_id=visitor.person_id,
        application_id=application_id,
        session_id=None if OFFLINE in scopes else visitor.id,
        scopes=scopes,
        signed_in_at=visitor.signed_in_at,
        methods=visitor.methods,
        granted_at=now,
    )
    session.add(family)
    session.flush()
    return family


def find_live(session: Session, grant_id: str) -> Grant | None:
    """Return a grant that still holds, None otherwise.

    It holds if it was not revoked, its person is not suspended and its application not retired.
    """
    return session.scalars(_select_live().where(Grant.id == grant_id)).one_or_none()


def is_remembered(session: Session, person_id: str, application_id: str, scopes: list[str], now: datetime) -> bool:
    """Return whether a live grant of the person to the application covers these scopes already.

    The grant must come from a browser that is still signed in, or be one for the time while they are away.
    """
    in_force = and_(BrowserSession.ended_at.is_(None), BrowserSession.expires_at > now)
    in_signed_in_browser = select(BrowserSession.id).where(BrowserSession.id == Grant.session_id, in_force).exists()
    mine = _select_live().where(Grant.person_id == person_id, Grant.application_id == application_id)
    families = session.scalars(mine.where(or_(Grant.session_id.is_(None), in_signed_in_browser)))
    return any(set(scopes) <= set(family.scopes) for family in families)


def ensure_service_family(session: Session, application: Application, person_id: str, now: datetime) -> Grant | None:
    """Return the one live grant of a service account, made at its first token; None while the account is suspended."""
    # locks the application, so that two first tokens at the same time do not make two grants
    session.execute(select(Application.id).where(Application.id == application.id).with_for_update())
    welcome = select(Person.id).where(Person.id == person_id, Person.suspended_at.is_(None))
    if session.scalar(welcome) is None:
        return None
    mine = _select_live().where(Grant.application_id == application.id, Grant.person_id == person_id)
    family = session.scalars(mine.order_by(Grant.id)).first()
    if family is None:
        family = Grant(person_id=person_id, application_id=application.id, signed_in_at=now, granted_at=now)
        session.add(family)
    family.scopes = application.scopes
    session.flush()
    return family


def claim(session: Session, model: type[Any], key: ColumnElement[bool], now: datetime) -> bool:
    """Mark a code or token used; return whether this call was the first to do so.

    Of two calls at the same time exactly one gets True.
    """
    result = session.execute(
        update(model).where(key, model.used_at.is_(None)).values(used_at=now), execution_options=_BESIDE_THE_ROWS
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def forget_expired(session: Session, model: type[Any], now: datetime) -> None:
    """Delete codes and tokens that expired longer ago than `RECOGNISED`.

    Until then they are kept, so that one that is used again is recognised.
    """
    deletion = delete(model).where(model.expires_at < now - RECOGNISED)
    session.execute(deletion, execution_options=_BESIDE_THE_ROWS)


def revoke_family(session: Session, grant_id: str, now: datetime, *, because: str) -> None:
    """End a grant: its codes, refresh tokens and access tokens are not valid from now on."""
    live = (Grant.id == grant_id, Grant.revoked_at.is_(None))
    revocation = update(Grant).where(*live).values(revoked_at=now, revoked_because=because)
    revoked = session.execute(revocation, execution_options=_BESIDE_THE_ROWS)
    if revoked.rowcount:  # type: ignore[attr-defined]
        log_after_commit(session, "tokens revoked", grant=grant_id, because=because)


_BESIDE_THE_ROWS = {"synchronize_session": False}
"""Change rows in the database only: no caller reads its loaded copies afterwards."""


def _select_live() -> Select[Grant]:
    return (
        select(Grant)
        .join(Person, Person.id == Grant.person_id)
        .join(Application, Application.id == Grant.application_id)
        .where(Grant.revoked_at.is_(None), Person.suspended_at.is_(None), Application.retired_at.is_(None))
        .options(joinedload(Grant.person))
    )
