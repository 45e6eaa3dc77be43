"""Registering applications, opening service accounts, and ending what programs may do.

Every act goes the same way: visible, permitted, possible, well-formed, done, recorded. A secret is made here and given
once to the person who acts; only its digest is kept, and the journal says nothing of it.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.identity.applications import policy, queries, rules
from server.identity.applications.rules import ApplicationFacts, GrantFacts, Registration, in_order
from server.identity.grants import revoke_grants
from server.identity.secrets import digest_of, new_secret
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.oauth import Application, Grant
from server.vocabulary.applications import KEEPS_SECRET, ApplicationKind
from server.wording.folding import plain_name


class Issued(NamedTuple):
    """The id of an application, which is its `client_id`, and its secret; None for one that keeps no secret."""

    application_id: str
    secret: str | None


class ApplicationCorrection(NamedTuple):
    """What to correct of an application; a field that is None stays as it is."""

    name: str | None = None
    purpose: str | None = None
    redirect_uris: tuple[str, ...] | None = None
    sign_out_uris: tuple[str, ...] | None = None
    scopes: tuple[str, ...] | None = None


async def register_application(
    session: AsyncSession, actor: Actor, now: datetime, *, kind: ApplicationKind, registration: Registration
) -> Issued:
    """Add an application that people may let in.

    An application that runs on a server of its own gets a secret.
    """
    policy.register_application.ensure(actor, None, now)
    issues = rules.check_registration(kind, registration)
    ensure_well_formed(issues + await _check_name(session, registration.name))
    secret = new_secret() if kind in KEEPS_SECRET else None
    application = Application(
        kind=kind,
        **columns_of(registration),
        secret_digest=secret and digest_of(secret),
        registered_at=now,
        registered_by_id=actor.delegate_id,
    )
    session.add(application)
    await session.flush()
    await record(
        session, actor, policy.register_application, application.id, now, kind=kind, **columns_of(registration)
    )
    return Issued(application.id, secret)


async def correct_application(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    application_id: str,
    correction: ApplicationCorrection,
    expected_revision: int,
) -> str:
    """Correct what is on record of an application and return its id.

    Where a scope is taken away, or people would be led to another address, every grant to it ends, so that people let
    it in anew.
    """
    application = await queries.get_application(session, actor, now, application_id)
    policy.correct_application.ensure(actor, facts_of_application(application), now)
    ensure_current("application", application.id, expected=expected_revision, current=application.revision)
    before = _registration(application)
    changes = {name: value for name, value in correction._asdict().items() if value is not None}
    after = before._replace(**changes)
    issues = rules.check_registration(application.kind, after)
    if correction.name is not None:
        issues += await _check_name(session, after.name, besides=application.id)
    if columns_of(after) == columns_of(before):
        issues.append(Issue("applicationId", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    for name, value in columns_of(after).items():
        setattr(application, name, value)
    application.revision += 1
    if not set(before.scopes) <= set(after.scopes) or not set(after.redirect_uris) <= set(before.redirect_uris):
        because = "scopes or addresses were changed"
        await revoke_grants(session, Grant.application_id == application.id, now=now, because=because)
    details = {"before": columns_of(before), "after": columns_of(after)}
    await record(session, actor, policy.correct_application, application.id, now, **details)
    return application.id


async def rotate_application_secret(
    session: AsyncSession, actor: Actor, now: datetime, *, application_id: str, expected_revision: int
) -> Issued:
    """Give an application a new secret.

    The secret before is not valid from now on, and every grant ends, because somebody else may have had the secret:
    people let the application in anew.
    """
    application = await queries.get_application(session, actor, now, application_id)
    policy.rotate_application_secret.ensure(actor, facts_of_application(application), now)
    ensure_current("application", application.id, expected=expected_revision, current=application.revision)
    secret = new_secret()
    application.secret_digest = digest_of(secret)
    application.revision += 1
    await revoke_grants(session, Grant.application_id == application.id, now=now, because="the secret was changed")
    await record(session, actor, policy.rotate_application_secret, application.id, now)
    return Issued(application.id, secret)


async def retire_application(
    session: AsyncSession, actor: Actor, now: datetime, *, application_id: str, reason: str, expected_revision: int
) -> str:
    """Take an application out of use, with a reason, and return its id.

    Every grant to it ends at once.
    """
    application = await queries.get_application(session, actor, now, application_id)
    policy.retire_application.ensure(actor, facts_of_application(application), now)
    ensure_current("application", application.id, expected=expected_revision, current=application.revision)
    ensure_well_formed(rules.check_reason(reason))
    await retire(session, application, now, because="application retired")
    await record(session, actor, policy.retire_application, application.id, now, reason=reason.strip())
    return application.id


async def revoke_grant(session: AsyncSession, actor: Actor, now: datetime, *, grant_id: str) -> str:
    """End a grant of the actor, with every code and token that came of it, and return its id."""
    grant = await queries.get_grant(session, actor, now, grant_id)
    policy.revoke_grant.ensure(actor, facts_of(GrantFacts, grant), now)
    grant.revoked_at, grant.revoked_because = now, "revoked by the person"
    await record(session, actor, policy.revoke_grant, grant.id, now, application=grant.application_id)
    return grant.id


async def retire(session: AsyncSession, application: Application, now: datetime, *, because: str) -> None:
    application.retired_at = now
    application.revision += 1
    await revoke_grants(session, Grant.application_id == application.id, now=now, because=because)


def facts_of_application(application: Application) -> ApplicationFacts:
    delegate = application.delegate
    return ApplicationFacts(application.kind, application.retired_at, delegate.party_id if delegate else None)


async def _check_name(session: AsyncSession, name: str, *, besides: str | None = None) -> list[Issue]:
    """Return the fault of a name that another application has: people know an application by its name alone."""
    is_taken = await queries.is_name_taken(session, name, besides=besides)
    return [Issue("name", IssueCode.NAME_TAKEN, name=name)] if is_taken else []


def _registration(application: Application) -> Registration:
    return Registration(
        application.name,
        application.purpose,
        tuple(application.redirect_uris),
        tuple(application.sign_out_uris),
        tuple(application.scopes),
    )


def columns_of(registration: Registration) -> dict[str, Any]:
    """Return a registration as the columns of a row.

    Words have no white space around them, and scopes stand in their order.
    """
    return {
        "name": plain_name(registration.name),
        "purpose": registration.purpose.strip(),
        "redirect_uris": list(registration.redirect_uris),
        "sign_out_uris": list(registration.sign_out_uris),
        "scopes": in_order(registration.scopes),
    }
