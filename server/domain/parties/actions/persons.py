"""Persons: their profile, corrections, and suspending an account at once."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.delivery.outbox.letters import write_letter
from server.domain.parties import policy, queries
from server.domain.parties.actions.letters import moved_letter
from server.domain.parties.actions.seats import last_officer
from server.domain.parties.rules import accrediting
from server.domain.parties.rules.correcting import (
    NewAddressFacts,
    PersonCorrection,
    add_former_name,
    check_address,
    check_name,
)
from server.domain.parties.rules.facts import PersonFacts
from server.identity.applications.rules import check_reason
from server.identity.resets import ADDRESS_SETTLES, use_up_resets
from server.identity.sessions import end_sessions
from server.identity.standing import is_service_account
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.parties import Person
from server.vocabulary.notices import HOURS
from server.vocabulary.parties import Language, Notices
from server.wording.folding import plain_name


class Profile(NamedTuple):
    """The settings that people choose for themselves; None leaves one as it is.

    `language` is a tag such as "fr", `zone` the IANA name of a zone, `digest_hour` an hour in it, from 0 to 23.
    """

    language: str | None = None
    zone: str | None = None
    notices: Notices | None = None
    digest_hour: int | None = None


async def correct_profile(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: str, profile: Profile, expected_revision: int
) -> str:
    """Change a person's language, time zone, frequency of notices and hour of their letter; return the person's id.

    Refuses a change that changes nothing.
    """
    person = await queries.get_person(session, actor, now, person_id)
    policy.correct_profile.ensure(actor, facts_of(PersonFacts, person), now)
    ensure_current("person", person.id, expected=expected_revision, current=person.revision)
    issues = [] if profile.zone is None else accrediting.check_zone(profile.zone)
    languages = {language.tag: language for language in Language}
    if profile.language is not None and profile.language not in languages:
        issues.append(Issue("language", IssueCode.NOT_ONE_OF, allowed=tuple(languages)))
    if profile.digest_hour is not None and not 0 <= profile.digest_hour < HOURS:
        issues.append(Issue("digestHour", IssueCode.NUMBER_OUT_OF_RANGE, least=0, most=HOURS - 1))
    values = {**profile._asdict(), "language": languages.get(profile.language or "")}
    changes = {name: value for name, value in values.items() if value not in (None, getattr(person, name))}
    if not (changes or issues):
        issues.append(Issue("personId", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    for name, value in changes.items():
        setattr(person, name, value)
    person.revision += 1
    await record(session, actor, policy.correct_profile, person.id, now, changed=sorted(changes))
    return person.id


async def correct_person(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    person_id: str,
    correction: PersonCorrection,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct the name or the e-mail address of a person, with a reason, and return the person's id.

    What was filed goes on naming them as they were called. With a new address the person is signed out everywhere, both
    addresses are told by letter, and for days no letter that chooses a password goes to the new one. Refuses a
    correction that changes nothing.
    """
    # The Secretariat is locked before the person, as it is to suspend somebody: else the two could wait for each other.
    secretariat = await queries.find_secretariat(session)
    person = await queries.get_person(session, actor, now, person_id)
    policy.correct_person.ensure(actor, facts_of(PersonFacts, person), now)
    ensure_current("person", person.id, expected=expected_revision, current=person.revision)
    name = person.name if correction.name is None else plain_name(correction.name)
    email = person.email if correction.email is None else correction.email.strip().casefold()
    changed = [field for field, value in (("email", email), ("name", name)) if value != getattr(person, field)]
    issues = accrediting.check_reason(reason) + ([] if correction.name is None else check_name(correction.name))
    if "email" in changed:
        issues += check_address(email or "", await _find_address_facts(session, actor, person, email or ""))
    if not changed:
        issues.append(Issue("personId", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    if "email" in changed:
        await _ensure_may_move(session, actor, person, secretariat or "", now)
        await _move_address(session, person, email or "", now)
    if "name" in changed:
        person.former_names = add_former_name(person.former_names, person.name, now)
        person.name = name
    person.revision += 1
    await record(session, actor, policy.correct_person, person.id, now, changed=changed, reason=reason.strip())
    return person.id


async def _find_address_facts(session: AsyncSession, actor: Actor, person: Person, email: str) -> NewAddressFacts:
    other = await queries.find_person(session, email)
    return NewAddressFacts(
        is_own=actor.person_id == person.id,
        is_program=await is_service_account(session, person.id),
        is_taken=other is not None and other.id != person.id,
    )


async def _ensure_may_move(
    session: AsyncSession, actor: Actor, person: Person, secretariat: str, now: datetime
) -> None:
    """Raise a refusal if a technical administrator would give an officer another address, and become one by it."""
    if actor.is_administrator and await queries.is_officer(session, person.id, secretariat, now.date()):
        message = "The address of an officer is corrected by another officer."
        rule = "A technical administrator sees no content, and has no way to it."
        raise Refusal(RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN, message, rule=rule)


async def _move_address(session: AsyncSession, person: Person, email: str, now: datetime) -> None:
    """Give a person another address, so that nobody gets into the account by it."""
    before, person.email, person.email_corrected_at = person.email, email, now
    await use_up_resets(session, person.id, now)
    await end_sessions(session, person.id, now, because="address corrected")
    for address, is_new in ((before, False), (email, True)):
        if address:
            words = moved_letter(person.language, ADDRESS_SETTLES, is_new=is_new)
            await write_letter(session, address=address, subject=words.subject, text=words.text, now=now)


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
    ensure_current("person", person.id, expected=expected_revision, current=person.revision)
    ensure_well_formed(accrediting.check_reason(reason))
    await _ensure_officer_stays(session, person, secretariat or "", now)
    person.suspended_at = now
    person.revision += 1
    await end_sessions(session, person.id, now, because="suspended")
    details = {"reason": reason.strip(), "suspended_at": now}
    await record(session, actor, policy.suspend_person, person.id, now, **details)
    return person.id


async def restore_person(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: str, reason: str, expected_revision: int
) -> str:
    """Let a suspended person in again, with a reason, and return the person's id.

    The accreditations that are still in force count again; the person has to sign in anew.
    """
    person = await queries.get_person(session, actor, now, person_id)
    policy.restore_person.ensure(actor, facts_of(PersonFacts, person), now)
    ensure_current("person", person.id, expected=expected_revision, current=person.revision)
    ensure_well_formed(accrediting.check_reason(reason))
    details = {"reason": reason.strip(), "suspended_at": person.suspended_at}
    person.suspended_at = None
    person.revision += 1
    await record(session, actor, policy.restore_person, person.id, now, **details)
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
