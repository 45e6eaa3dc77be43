"""Persons: their profile, and suspending an account at once."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy, queries
from server.domain.parties.actions.seats import last_officer
from server.domain.parties.rules import accrediting
from server.domain.parties.rules.facts import PersonFacts
from server.identity.applications.rules import check_reason
from server.identity.sessions import end_sessions
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Issue, ensure_current, ensure_well_formed
from server.models.parties import Person
from server.vocabulary.parties import Language, Notices


class Profile(NamedTuple):
    """The settings that people choose for themselves; None leaves one as it is.

    `language` is a tag such as "fr", `zone` the IANA name of a zone.
    """

    language: str | None = None
    zone: str | None = None
    notices: Notices | None = None


async def update_profile(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: str, profile: Profile, expected_revision: int
) -> str:
    """Change a person's language, time zone and frequency of notices, and return the person's id.

    Refuses a change that changes nothing.
    """
    person = await queries.get_person(session, actor, now, person_id)
    policy.update_profile.ensure(actor, facts_of(PersonFacts, person), now)
    ensure_current("person", expected=expected_revision, current=person.revision)
    issues = [] if profile.zone is None else accrediting.check_zone(profile.zone)
    languages = {language.tag: language for language in Language}
    if profile.language is not None and profile.language not in languages:
        issues.append(Issue("language", f"one of {', '.join(languages)}"))
    values = {**profile._asdict(), "language": languages.get(profile.language or "")}
    changes = {name: value for name, value in values.items() if value not in (None, getattr(person, name))}
    if not (changes or issues):
        issues.append(Issue("personId", "nothing of this profile would change"))
    ensure_well_formed(issues)
    for name, value in changes.items():
        setattr(person, name, value)
    person.revision += 1
    await record(session, actor, policy.update_profile, person.id, now, changed=sorted(changes))
    return person.id


async def suspend_person(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: str, reason: str, expected_revision: int
) -> str:
    """Lock a person out at once, with a reason, and return the person's id.

    The person is signed out everywhere, every application's grant is revoked, and nothing is possible until the person
    is restored. What they did stays. Refuses to suspend oneself or the last officer.
    """
    # The Secretariat is locked before the person: of two officers who suspend each other at the same moment, one stays.
    secretariat = await queries.find_secretariat(session)
    person = await queries.get_person(session, actor, now, person_id)
    policy.suspend_person.ensure(actor, facts_of(PersonFacts, person), now)
    ensure_current("person", expected=expected_revision, current=person.revision)
    ensure_well_formed(accrediting.check_reason(reason))
    await _ensure_officer_stays(session, person, secretariat or "", now)
    person.suspended_at = now
    person.revision += 1
    await end_sessions(session, person.id, now, because="suspended")
    await record(session, actor, policy.suspend_person, person.id, now, reason=reason.strip())
    return person.id


async def restore_person(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: str, reason: str, expected_revision: int
) -> str:
    """Let a suspended person in again, with a reason, and return the person's id.

    The accreditations that are still in force count again; the person has to sign in anew.
    """
    person = await queries.get_person(session, actor, now, person_id)
    policy.restore_person.ensure(actor, facts_of(PersonFacts, person), now)
    ensure_current("person", expected=expected_revision, current=person.revision)
    ensure_well_formed(accrediting.check_reason(reason))
    person.suspended_at = None
    person.revision += 1
    await record(session, actor, policy.restore_person, person.id, now, reason=reason.strip())
    return person.id


async def _ensure_officer_stays(session: AsyncSession, person: Person, secretariat: str, now: datetime) -> None:
    """Raise a refusal if this person is the last officer of the Secretariat."""
    today = now.date()
    is_officer = await queries.is_officer(session, person.id, secretariat, today)
    if is_officer and not await queries.has_other(session, secretariat, person.id, today):
        raise last_officer()


async def sign_out_person(session: AsyncSession, actor: Actor, now: datetime, *, person_id: str, reason: str) -> str:
    """Sign a person out everywhere, with a reason, and return the person's id.

    Every browser session ends, and everything that applications were granted. The person can sign in again.
    """
    person = await queries.get_person(session, actor, now, person_id)
    policy.sign_out_person.ensure(actor, None, now)
    ensure_well_formed(check_reason(reason))
    await end_sessions(session, person.id, now, because="signed out by an officer")
    await record(session, actor, policy.sign_out_person, person.id, now, reason=reason.strip())
    return person.id
