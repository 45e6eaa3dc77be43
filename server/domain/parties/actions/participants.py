"""Importing a list of participants from a sheet: all of it, or nothing. Importing it twice changes nothing."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.sheets import UnreadableSheet, read_sheet
from server.domain.parties import policy, queries
from server.domain.parties.actions.inviting import A_DAY, INVITATIONS_A_DAY, build_invitation
from server.domain.parties.rules import participants as rules
from server.domain.parties.rules.accrediting import InvitationTerms
from server.domain.parties.rules.participants import Participant, ReadList, issue_at
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode, ensure_well_formed, invalid
from server.models.parties import Delegate, Invitation, ParticipantList, Party, Person
from server.vocabulary.known_parties import known_parties
from server.vocabulary.parties import Enrolment, Language, Region
from server.wording.folding import fold_name

AT_ONCE = 500
"""Addresses that a statement takes at most."""


class ParticipantSheet(NamedTuple):
    """A sheet with a list of participants, and what is to become of them.

    `sheet` is CSV as it is, or an XLSX file in Base64. The days are those of rows that say none; without `starts_on`
    they begin today (in UTC).
    """

    sheet: str
    enrolment: Enrolment
    starts_on: date | None = None
    ends_on: date | None = None


class Enrolling(NamedTuple):
    """What an import would do: the participants who are new, each with their party, and how many are known already.

    `regions` and `languages` are those that the sheet says, by party: a language that all its rows agree on.
    """

    new: tuple[tuple[Participant, str], ...]
    known: int
    persons: dict[str, Person]
    regions: dict[str, Region]
    languages: dict[str, str]


async def import_participants(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    participants: ParticipantSheet,
    source_name: str = "",
    terms: InvitationTerms,
) -> str:
    """Accredit or invite everybody in a sheet who is not there yet, and return the id of the list.

    Refuses a sheet with any fault, and names every row and column at fault and every unknown party. A party without a
    region or a language gets the one that the sheet says, and a person who is not known yet gets the language. Where
    everybody is there already nothing is written if this sheet was imported before.
    """
    policy.import_participants.ensure(actor, None, now)
    enrolling = await prepare_import(session, actor, now, participants)
    digest = hashlib.sha256(participants.sheet.encode("utf-8", "surrogatepass")).hexdigest()
    earlier = select(ParticipantList.id).where(ParticipantList.source_digest == digest)
    if not enrolling.new and (same := await session.scalar(earlier.limit(1))) is not None:
        return same
    if participants.enrolment == Enrolment.INVITE:
        await _invite(session, actor, now, enrolling, terms)
    else:
        await _accredit(session, enrolling)
    await _complete_parties(session, enrolling)
    invited = len(enrolling.new) if participants.enrolment == Enrolment.INVITE else 0
    counts = {"invited": invited, "accredited": len(enrolling.new) - invited, "known": enrolling.known}
    imported = ParticipantList(
        source_name=source_name.strip()[:200],
        source_digest=digest,
        enrolment=participants.enrolment,
        imported_at=now,
        imported_by_id=actor.delegate_id,
        **{f"{name}_count": count for name, count in counts.items()},
    )
    session.add(imported)
    details = {"source_digest": digest, "enrolment": participants.enrolment, **counts}
    await record(session, actor, policy.import_participants, imported.id, now, **details)
    return imported.id


async def prepare_import(
    session: AsyncSession, actor: Actor, now: datetime, participants: ParticipantSheet
) -> Enrolling:
    """Return what an import would do. Nothing is written; refuses what importing refuses.

    The caller has checked that the actor is of the Secretariat.
    """
    read = await _read(participants, now)
    party_ids = await queries.ids_by_name(session)
    issues = [*read.issues, *_check_parties(read, party_ids)]
    listed = [(each, party_ids.get(fold_name(each.party), "")) for each in read.participants]
    emails = sorted({each.invited.email.casefold() for each, _ in listed})
    persons = await _persons_by_email(session, emails)
    accredited = await _accredited(session, emails, now)
    open_pairs, sent = await _invited(session, emails, now)
    new = []
    for each, party_id in listed:
        pair = (each.invited.email.casefold(), party_id)
        if pair in accredited or (pair in open_pairs and participants.enrolment == Enrolment.INVITE):
            continue
        person = persons.get(pair[0])
        if person is not None and person.suspended_at is not None:
            issues.append(issue_at(each.row, "E-mail", IssueCode.PERSON_SUSPENDED))
        if participants.enrolment == Enrolment.INVITE and sent[pair] >= INVITATIONS_A_DAY:
            issues.append(issue_at(each.row, "E-mail", IssueCode.INVITED_OFTEN))
        new.append((each, party_id))
    ensure_well_formed(sorted(issues, key=lambda issue: int(str(issue.parameters.get("row", 0)))))
    regions = {party_id: each.region for each, party_id in listed if each.region is not None}
    return Enrolling(tuple(new), len(listed) - len(new), persons, regions, _agree(listed))


def _agree(listed: Sequence[tuple[Participant, str]]) -> dict[str, str]:
    """Return the language of each party on which all rows agree that say one."""
    spoken: dict[str, set[str]] = {}
    for each, party_id in listed:
        if each.language:
            spoken.setdefault(party_id, set()).add(each.language)
    return {party_id: tags.pop() for party_id, tags in spoken.items() if len(tags) == 1}


async def _read(participants: ParticipantSheet, now: datetime) -> ReadList:
    """Return what a sheet says, read outside the event loop. Refuses one that cannot be read."""
    today = now.astimezone(UTC).date()
    days = (today, participants.starts_on or today, participants.ends_on)
    try:
        rows = await asyncio.to_thread(read_sheet, participants.sheet)
        return await asyncio.to_thread(rules.read_participants, rows, *days)
    except UnreadableSheet as error:
        issue = issue_at(error.row, "", IssueCode.UNREADABLE, why=error.message)
        raise invalid(issue, code=RefusalCode.IMPORT_UNREADABLE) from error


def _check_parties(read: ReadList, party_ids: dict[str, str]) -> Iterator[Issue]:
    """Yield the fault of every row with a party that is not on record, with the remedy."""
    known = {fold_name(name) for party in known_parties() for name in party.names}
    for each in read.participants:
        name = fold_name(each.party)
        if name and name not in party_ids and not each.party.startswith(rules.FORMULAS):
            code = IssueCode.PARTY_KNOWN if name in known else IssueCode.PARTY_UNKNOWN
            yield issue_at(each.row, "Party", code, name=each.party)


async def _invite(
    session: AsyncSession, actor: Actor, now: datetime, enrolling: Enrolling, terms: InvitationTerms
) -> None:
    """Add an invitation with its letter for everybody who is new."""
    parties = await _parties_by_id(session, {party_id for _, party_id in enrolling.new})
    inviter = await session.get_one(Person, actor.person_id)
    for each, party_id in enrolling.new:
        email = each.invited.email.casefold()
        known = enrolling.persons.get(email)
        invitation, letter = build_invitation(
            actor,
            now,
            party=parties[party_id],
            invited=each.invited,
            terms=terms,
            reader=known or inviter,
            language=None if known else _language_of(each),
        )
        session.add_all([letter, invitation])


def _language_of(participant: Participant) -> Language | None:
    """Return the language of pages and letters for a participant; None where the sheet says none of them."""
    primary = (participant.language or "").partition("-")[0]
    return next((language for language in Language if language.tag == primary), None)


async def _accredit(session: AsyncSession, enrolling: Enrolling) -> None:
    """Add an accreditation for everybody who is new, and the person where there is none yet."""
    persons = dict(enrolling.persons)
    for each, party_id in enrolling.new:
        invited, email = each.invited, each.invited.email.casefold()
        if email not in persons:
            persons[email] = Person(name=invited.name, email=email, language=_language_of(each) or Language.ENGLISH)
            session.add(persons[email])
        session.add(
            Delegate(
                person_id=persons[email].id,
                party_id=party_id,
                starts_on=invited.starts_on,
                ends_on=invited.ends_on,
                focal_point_from=invited.starts_on if invited.is_focal_point else None,
            )
        )


async def _complete_parties(session: AsyncSession, enrolling: Enrolling) -> None:
    """Give the parties of a sheet the region and the language that it says, where none is on record."""
    regions, languages = enrolling.regions, enrolling.languages
    for party in (await _parties_by_id(session, {*regions, *languages})).values():
        before = (party.region, party.language)
        party.region = party.region or regions.get(party.id)
        party.language = party.language or languages.get(party.id)
        if (party.region, party.language) != before:
            party.revision += 1


async def _parties_by_id(session: AsyncSession, party_ids: set[str]) -> dict[str, Party]:
    parties = await session.scalars(select(Party).where(Party.id.in_(party_ids)))
    return {party.id: party for party in parties}


def _in_turns(emails: Sequence[str]) -> Iterator[Sequence[str]]:
    return (emails[start : start + AT_ONCE] for start in range(0, len(emails), AT_ONCE))


async def _persons_by_email(session: AsyncSession, emails: Sequence[str]) -> dict[str, Person]:
    """Return the persons with these addresses, by address."""
    persons: dict[str, Person] = {}
    for some in _in_turns(emails):
        rows = await session.scalars(select(Person).where(Person.email.in_(some)))
        persons |= {str(person.email): person for person in rows}
    return persons


async def _accredited(session: AsyncSession, emails: Sequence[str], now: datetime) -> set[tuple[str, str]]:
    """Return (address, party) of those who are accredited today or from a later day on."""
    pairs: set[tuple[str, str]] = set()
    for some in _in_turns(emails):
        statement = select(Person.email, Delegate.party_id).join(Delegate.person).where(Person.email.in_(some))
        rows = await session.execute(statement.where(queries.lasts(Delegate, now.date())))
        pairs |= {(str(email), party_id) for email, party_id in rows}
    return pairs


async def _invited(
    session: AsyncSession, emails: Sequence[str], now: datetime
) -> tuple[set[tuple[str, str]], Counter[tuple[str, str]]]:
    """Return (address, party) of open invitations, and how many each got within a day."""
    open_pairs: set[tuple[str, str]] = set()
    sent: Counter[tuple[str, str]] = Counter()
    for some in _in_turns(emails):
        pairs = select(Invitation.email, Invitation.party_id).where(Invitation.email.in_(some))
        rows = await session.execute(pairs.where(*queries.is_open_at(now)))
        open_pairs |= {(email, party_id) for email, party_id in rows}
        rows = await session.execute(pairs.where(Invitation.invited_at > now - A_DAY))
        sent.update((email, party_id) for email, party_id in rows)
    return open_pairs, sent
