"""Opening and closing the accounts of programs that act for a party by themselves."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy
from server.domain.parties.queries import get_party
from server.domain.parties.rules.service_accounts import AccountOpeningFacts, Opening, check_opening
from server.identity.applications import queries
from server.identity.applications.actions import Issued, columns_of, facts_of_application, retire
from server.identity.applications.rules import Registration, check_reason, today_of
from server.identity.secrets import digest_of, new_secret
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.conditions import party_itself
from server.kernel.facts import facts_of
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.oauth import Application
from server.models.parties import Delegate, Person
from server.vocabulary.applications import ApplicationKind
from server.vocabulary.parties import Notices
from server.wording.folding import plain_name


async def open_service_account(
    session: AsyncSession, actor: Actor, now: datetime, *, party_id: str, opening: Opening
) -> Issued:
    """Open an account for a program that acts for a party by itself; return its id and secret.

    It is a person without an e-mail address, accredited from today (in UTC) until the last day, and an application of
    the kind SERVICE that signs in by its secret.
    """
    party = await get_party(session, actor, now, party_id)
    policy.open_service_account.ensure(actor, facts_of(AccountOpeningFacts, party), now)
    today, by_party = today_of(now), party_itself.holds(actor, AccountOpeningFacts(party.id))
    ensure_well_formed(check_opening(opening, today, capacity=party.capacity, by_party=by_party))
    delegate = await _accredit(session, party.id, opening, today)
    secret = new_secret()
    application = Application(
        kind=ApplicationKind.SERVICE,
        **columns_of(Registration(opening.name, opening.purpose, scopes=opening.scopes)),
        secret_digest=digest_of(secret),
        person_id=delegate.person_id,
        delegate_id=delegate.id,
        registered_at=now,
        registered_by_id=actor.delegate_id,
    )
    session.add(application)
    await session.flush()
    details = {"party": party.id, "name": application.name, "scopes": application.scopes, "may_file": opening.may_file}
    details |= {"ends_on": opening.ends_on.isoformat(), "delegate": delegate.id}
    await record(session, actor, policy.open_service_account, application.id, now, **details)
    return Issued(application.id, secret)


async def close_service_account(
    session: AsyncSession, actor: Actor, now: datetime, *, application_id: str, reason: str, expected_revision: int
) -> str:
    """Close a service account, with a reason, and return the application's id.

    Its accreditation and everything it was granted end at once.
    """
    application = await queries.get_application(session, actor, now, application_id)
    policy.close_service_account.ensure(actor, facts_of_application(application), now)
    ensure_current("service account", application.id, expected=expected_revision, current=application.revision)
    ensure_well_formed(check_reason(reason))
    await retire(session, application, now, because="service account closed")
    if application.delegate and application.delegate.ended_at is None:
        application.delegate.ended_at = now
        application.delegate.revision += 1
    await record(session, actor, policy.close_service_account, application.id, now, reason=reason.strip())
    return application.id


async def _accredit(session: AsyncSession, party_id: str, opening: Opening, today: date) -> Delegate:
    """Add the person and the accreditation of a service account, and return the latter.

    The name says that it is a service account, wherever it is shown.
    """
    # Without an address nobody can sign in as this person.
    person = Person(name=f"{plain_name(opening.name)} (service account)", email=None, notices=Notices.NONE)
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
