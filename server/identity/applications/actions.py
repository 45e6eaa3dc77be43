"""Registering applications, opening service accounts, and ending what programs may do.

Every act goes the same way: visible, permitted, possible, well-formed, done, recorded. A secret is made here and given
to whoever asked, once; only its digest is kept, and the journal says nothing of it.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties.queries import get_party, get_person
from server.identity.applications import policy, queries, rules
from server.identity.applications.rules import (
    ApplicationFacts,
    GrantFacts,
    Opening,
    OpeningFacts,
    Registration,
    in_order,
    today_of,
)
from server.identity.grants import revoke_grants
from server.identity.secrets import digest_of, new_secret
from server.identity.sessions import end_sessions
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.conditions import party_itself
from server.kernel.facts import facts_of
from server.kernel.refusals import Issue, ensure_current, ensure_well_formed
from server.models.oauth import Application, Grant
from server.models.parties import Delegate, Person
from server.vocabulary.applications import KEEPS_SECRET, ApplicationKind
from server.vocabulary.parties import Notices


class Issued(NamedTuple):
    """The id of an application, which is its `client_id`, and its secret; None for one that keeps no secret."""

    application_id: str
    secret: str | None


class Correction(NamedTuple):
    """What is to be corrected of an application; None leaves it as it is."""

    name: str | None = None
    purpose: str | None = None
    redirect_uris: tuple[str, ...] | None = None
    sign_out_uris: tuple[str, ...] | None = None
    scopes: tuple[str, ...] | None = None


async def register_application(
    session: AsyncSession, actor: Actor, now: datetime, *, kind: ApplicationKind, registration: Registration
) -> Issued:
    """Enter an application that people may let in. One that runs on a server of its own gets a secret."""
    policy.register_application.ensure(actor, None, now)
    ensure_well_formed(rules.check_registration(kind, registration))
    secret = new_secret() if kind in KEEPS_SECRET else None
    application = Application(
        kind=kind,
        **_columns(registration),
        secret_digest=secret and digest_of(secret),
        registered_at=now,
        registered_by_id=actor.delegate_id,
    )
    session.add(application)
    await session.flush()
    await record(session, actor, policy.register_application, application.id, now, kind=kind, **_columns(registration))
    return Issued(application.id, secret)


async def correct_application(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    application_id: str,
    correction: Correction,
    expected_version: int,
) -> str:
    """Correct what is on record of an application. Where a scope is taken away, or people would be led to another
    address, everything it was granted ends, so that they let it in anew. Gives its id."""
    application = await queries.get_application(session, actor, now, application_id)
    policy.correct_application.ensure(actor, _facts(application), now)
    ensure_current("application", expected=expected_version, current=application.version)
    before = _registration(application)
    changes = {name: value for name, value in correction._asdict().items() if value is not None}
    after = before._replace(**changes)
    issues = rules.check_registration(application.kind, after)
    if _columns(after) == _columns(before):
        issues.append(Issue("applicationId", "nothing of this application would change"))
    ensure_well_formed(issues)
    for name, value in _columns(after).items():
        setattr(application, name, value)
    application.version += 1
    if not set(before.scopes) <= set(after.scopes) or not set(after.redirect_uris) <= set(before.redirect_uris):
        because = "scopes or addresses were changed"
        await revoke_grants(session, Grant.application_id == application.id, now=now, because=because)
    details = {"before": _columns(before), "after": _columns(after)}
    await record(session, actor, policy.correct_application, application.id, now, **details)
    return application.id


async def rotate_application_secret(
    session: AsyncSession, actor: Actor, now: datetime, *, application_id: str, expected_version: int
) -> Issued:
    """Give an application a new secret; the one before is worth nothing from now on, and so is what was granted to
    whoever had it: people let it in anew."""
    application = await queries.get_application(session, actor, now, application_id)
    policy.rotate_application_secret.ensure(actor, _facts(application), now)
    ensure_current("application", expected=expected_version, current=application.version)
    secret = new_secret()
    application.secret_digest = digest_of(secret)
    application.version += 1
    await revoke_grants(session, Grant.application_id == application.id, now=now, because="the secret was changed")
    await record(session, actor, policy.rotate_application_secret, application.id, now)
    return Issued(application.id, secret)


async def retire_application(
    session: AsyncSession, actor: Actor, now: datetime, *, application_id: str, reason: str, expected_version: int
) -> str:
    """Take an application out of use, with a reason: everything it was granted ends at once. Gives its id."""
    application = await queries.get_application(session, actor, now, application_id)
    policy.retire_application.ensure(actor, _facts(application), now)
    ensure_current("application", expected=expected_version, current=application.version)
    ensure_well_formed(rules.check_reason(reason))
    await _retire(session, application, now, because="application retired")
    await record(session, actor, policy.retire_application, application.id, now, reason=reason.strip())
    return application.id


async def open_service_account(
    session: AsyncSession, actor: Actor, now: datetime, *, party_id: str, opening: Opening
) -> Issued:
    """Open an account for a program that acts for a party by itself: a person without an e-mail address, accredited
    from today (in UTC) until the last day, and an application of the kind SERVICE that signs in by its secret."""
    party = await get_party(session, actor, now, party_id)
    policy.open_service_account.ensure(actor, facts_of(OpeningFacts, party), now)
    today, by_party = today_of(now), party_itself.holds(actor, OpeningFacts(party.id))
    ensure_well_formed(rules.check_opening(opening, today, capacity=party.capacity, by_party=by_party))
    delegate = await _accredit(session, party.id, opening, today)
    secret = new_secret()
    application = Application(
        kind=ApplicationKind.SERVICE,
        **_columns(Registration(opening.name, opening.purpose, scopes=opening.scopes)),
        secret_digest=digest_of(secret),
        person_id=delegate.person_id,
        delegate_id=delegate.id,
        registered_at=now,
        registered_by_id=actor.delegate_id,
    )
    session.add(application)
    await session.flush()
    told = {"party": party.id, "name": application.name, "scopes": application.scopes, "may_file": opening.may_file}
    details = {**told, "ends_on": opening.ends_on.isoformat(), "delegate": delegate.id}
    await record(session, actor, policy.open_service_account, application.id, now, **details)
    return Issued(application.id, secret)


async def close_service_account(
    session: AsyncSession, actor: Actor, now: datetime, *, application_id: str, reason: str, expected_version: int
) -> str:
    """Close a service account, with a reason: its accreditation and everything it was granted end at once. Gives the
    application's id."""
    application = await queries.get_application(session, actor, now, application_id)
    policy.close_service_account.ensure(actor, _facts(application), now)
    ensure_current("service account", expected=expected_version, current=application.version)
    ensure_well_formed(rules.check_reason(reason))
    await _retire(session, application, now, because="service account closed")
    if application.delegate and application.delegate.ended_at is None:
        application.delegate.ended_at = now
        application.delegate.version += 1
    await record(session, actor, policy.close_service_account, application.id, now, reason=reason.strip())
    return application.id


async def revoke_grant(session: AsyncSession, actor: Actor, now: datetime, *, grant_id: str) -> str:
    """End what the actor let an application do: every code and token that came of it. Gives the grant's id."""
    grant = await queries.get_grant(session, actor, now, grant_id)
    policy.revoke_grant.ensure(actor, facts_of(GrantFacts, grant), now)
    grant.revoked_at, grant.revoked_because = now, "revoked by the person"
    await record(session, actor, policy.revoke_grant, grant.id, now, application=grant.application_id)
    return grant.id


async def sign_out_person(session: AsyncSession, actor: Actor, now: datetime, *, person_id: str, reason: str) -> str:
    """Sign a person out everywhere, with a reason: every browser, and everything that applications were granted. They
    can sign in again. Gives the person's id."""
    person = await get_person(session, actor, now, person_id)
    policy.sign_out_person.ensure(actor, None, now)
    ensure_well_formed(rules.check_reason(reason))
    await end_sessions(session, person.id, now, because="signed out by an officer")
    await record(session, actor, policy.sign_out_person, person.id, now, reason=reason.strip())
    return person.id


async def _accredit(session: AsyncSession, party_id: str, opening: Opening, today: date) -> Delegate:
    """The accreditation of a service account. Its name says what it is wherever it is shown."""
    person = Person(name=f"{opening.name.strip()} (service account)", email=None, notices=Notices.NONE)
    session.add(person)
    await session.flush()
    delegate = Delegate(
        person_id=person.id,
        party_id=party_id,
        starts_on=today,
        ends_on=opening.ends_on,
        focal_point_from=today if opening.may_file else None,
        focal_point_until=opening.ends_on if opening.may_file else None,
        is_service=True,
    )
    session.add(delegate)
    await session.flush()
    return delegate


async def _retire(session: AsyncSession, application: Application, now: datetime, *, because: str) -> None:
    application.retired_at = now
    application.version += 1
    await revoke_grants(session, Grant.application_id == application.id, now=now, because=because)


def _facts(application: Application) -> ApplicationFacts:
    delegate = application.delegate
    return ApplicationFacts(application.kind, application.retired_at, delegate.party_id if delegate else None)


def _registration(application: Application) -> Registration:
    return Registration(
        application.name,
        application.purpose,
        tuple(application.redirect_uris),
        tuple(application.sign_out_uris),
        tuple(application.scopes),
    )


def _columns(registration: Registration) -> dict[str, Any]:
    """What is on record, as the columns of a row: words without white space around them, scopes in their order."""
    return {
        "name": registration.name.strip(),
        "purpose": registration.purpose.strip(),
        "redirect_uris": list(registration.redirect_uris),
        "sign_out_uris": list(registration.sign_out_uris),
        "scopes": in_order(registration.scopes),
    }
