"""Accreditations: when they can be offered, taken up, handed over and ended, and checks of what people send."""

from datetime import date, datetime
from typing import NamedTuple

from server.domain.parties.rules.dates import check_days, while_it_lasts
from server.domain.parties.rules.facts import (
    AppointmentFacts,
    DelegateFacts,
    FocalPointFacts,
    InvitationFacts,
    PartyFacts,
    PersonFacts,
)
from server.kernel.actor import Capacity
from server.kernel.acts import Obstacle, hinder
from server.kernel.addresses import EMAIL_LIMIT, is_email
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.kernel.zones import find_zone
from server.vocabulary.parties import EVIDENCE_LIMIT, NAME_LIMIT, REASON_LIMIT
from server.wording.folding import fault_of_name

while_accredited = while_it_lasts("accreditation")
while_representing = while_it_lasts("representation")


class Invited(NamedTuple):
    """Who is invited and to what: the accreditation that is offered."""

    name: str
    email: str
    is_focal_point: bool
    starts_on: date
    ends_on: date | None = None
    is_administrator: bool = False


class InvitationTerms(NamedTuple):
    """The terms of the invitations of this server.

    `issuer` is the public address with which their links begin, `days` is for how many days a link is good.
    """

    issuer: str
    days: int


def is_focal_point(facts: FocalPointFacts | DelegateFacts, today: date) -> bool:
    """Return whether a delegate is a focal point today; the first and the last day are included."""
    begins, ends = facts.focal_point_from, facts.focal_point_until
    return facts.ended_at is None and begins is not None and begins <= today and (ends is None or today <= ends)


def not_accredited(facts: AppointmentFacts, now: datetime) -> Obstacle | None:
    """Refuse an accreditation of a person who has one for the party; for another party they can have one too."""
    if not facts.is_accredited:
        return None
    words = f"This person is accredited for {facts.party} already."
    return Obstacle(RefusalCode.ALREADY_DONE, words, "A person is accredited for one party once.")


def invitation_is_open(facts: InvitationFacts, now: datetime) -> Obstacle | None:
    """Refuse an invitation that was accepted, was withdrawn or has expired: it is taken up once."""
    rule = "An invitation is open until it is accepted, is withdrawn or expires."
    if facts.accepted_at is not None:
        return Obstacle(RefusalCode.ALREADY_DONE, "This invitation has been accepted.", rule)
    if facts.withdrawn_at is not None:
        return Obstacle(RefusalCode.ALREADY_DONE, "This invitation has been withdrawn.", rule)
    if now >= facts.expires_at or (facts.ends_on is not None and facts.ends_on < now.date()):
        return Obstacle(RefusalCode.WRONG_STATE, "This invitation has expired.", rule)
    return None


def is_a_delegate(facts: DelegateFacts, now: datetime) -> Obstacle | None:
    """Refuse for technical administrators and service accounts.

    A technical administrator has no seat: it cannot be handed over, nor be a focal point's. A service account is opened
    and closed with the application behind it; what it may do is said when it is opened, and no other act extends it.
    """
    if facts.is_service:
        words = "This is the seat of a service account: close it, and open another with what it shall be able to do."
        return Obstacle(RefusalCode.WRONG_STATE, words, "A service account has what it was opened with.")
    if not facts.is_administrator:
        return None
    words = "This is the accreditation of a technical administrator, who has no seat and clears nothing."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A technical administrator has no part in the work.")


def not_appointed(facts: DelegateFacts, now: datetime) -> Obstacle | None:
    """Refuse to appoint a focal point who is one already, or will be one from a later day on."""
    begins, ends = facts.focal_point_from, facts.focal_point_until
    if begins is None or (ends is not None and ends < now.date()):
        return None
    words = f"This delegate is a focal point from {begins:%Y-%m-%d} on already."
    return Obstacle(RefusalCode.ALREADY_DONE, words, "A delegate is a focal point or is not.")


def is_appointed(facts: DelegateFacts, now: datetime) -> Obstacle | None:
    """Refuse to release a delegate who is no focal point, and will not be one from a later day on."""
    if not_appointed(facts, now) is not None:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "This delegate is no focal point.", "Only a focal point can be released.")


def is_welcome(facts: PersonFacts, now: datetime) -> Obstacle | None:
    """Refuse to suspend a person who is suspended."""
    if facts.suspended_at is None:
        return None
    reason = Reason(ReasonCode.PERSON_SUSPENDED, facts.suspended_at)
    return hinder(RefusalCode.ALREADY_DONE, reason, "A person is suspended or is not.")


def is_suspended(facts: PersonFacts, now: datetime) -> Obstacle | None:
    """Refuse to restore a person who is not suspended."""
    if facts.suspended_at is not None:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "This person is not suspended.", "A person is suspended or is not.")


def takes_part(facts: PartyFacts, now: datetime) -> Obstacle | None:
    """Refuse to let another party represent the Secretariat: it speaks for itself."""
    if facts.capacity != Capacity.SECRETARIAT:
        return None
    words = "The Secretariat cannot be represented by another party."
    return Obstacle(RefusalCode.WRONG_STATE, words, "The Secretariat speaks for itself.")


def check_officer(email: str, name: str) -> list[Issue]:
    """Return every fault of the address and the name of a person who is to be accredited."""
    issues = []
    if not is_email(email):
        issues.append(Issue("email", IssueCode.EMAIL_MALFORMED, limit=EMAIL_LIMIT))
    if fault := fault_of_name(name, NAME_LIMIT):
        issues.append(Issue("name", IssueCode(fault.code), **fault.parameters))
    return issues


def check_invited(invited: Invited, today: date) -> list[Issue]:
    """Return every fault of an invitation: it names a person and days to come, in order."""
    issues = check_officer(invited.email, invited.name)
    if invited.starts_on < today:
        issues.append(Issue("startsOn", IssueCode.DAY_TOO_EARLY, earliest=f"{today:%Y-%m-%d}"))
    return issues + check_days(invited.starts_on, invited.ends_on)


def check_administrator(invited: Invited, capacity: Capacity) -> list[Issue]:
    """Return every fault of a technical administrator, who belongs to the Secretariat and is no focal point."""
    if not invited.is_administrator:
        return []
    issues = []
    if capacity != Capacity.SECRETARIAT:
        issues.append(Issue("isAdministrator", IssueCode.ADMINISTRATOR_OF_SECRETARIAT))
    if invited.is_focal_point:
        issues.append(Issue("isFocalPoint", IssueCode.ADMINISTRATOR_CLEARS_NOTHING))
    return issues


def check_within(ends_on: date | None, own_end: date | None) -> list[Issue]:
    """Return the fault of a last day after the actor's own last day as a focal point."""
    if own_end is None or (ends_on is not None and ends_on <= own_end):
        return []
    return [Issue("endsOn", IssueCode.FOCAL_POINT_UNTIL, day=f"{own_end:%Y-%m-%d}")]


def check_hand_over(facts: DelegateFacts, on: date, today: date) -> list[Issue]:
    """Return the fault of the day of a hand-over: today or later, while the outgoing delegate has the seat."""
    first = max(today, facts.starts_on)
    if on < first:
        return [Issue("startsOn", IssueCode.DAY_TOO_EARLY, earliest=f"{first:%Y-%m-%d}")]
    if facts.ends_on is not None and on > facts.ends_on:
        return [Issue("startsOn", IssueCode.ACCREDITATION_ENDS, day=f"{facts.ends_on:%Y-%m-%d}")]
    return []


def check_focal_days(facts: DelegateFacts, starts_on: date, ends_on: date | None, today: date) -> list[Issue]:
    """Return every fault of the days of a focal point.

    They lie within the accreditation and do not begin in the past.
    """
    issues = check_days(starts_on, ends_on)
    if starts_on < max(today, facts.starts_on):
        issues.append(Issue("startsOn", IssueCode.DAY_TOO_EARLY, earliest=f"{max(today, facts.starts_on):%Y-%m-%d}"))
    for path, day in (("startsOn", starts_on), ("endsOn", ends_on)):
        if day is not None and facts.ends_on is not None and day > facts.ends_on:
            issues.append(Issue(path, IssueCode.ACCREDITATION_ENDS, day=f"{facts.ends_on:%Y-%m-%d}"))
    return issues


def check_release(facts: DelegateFacts, ends_on: date | None, today: date) -> list[Issue]:
    """Return the fault of the last day of a focal point.

    None, for a release at once, makes yesterday the last day. Any other is today or later, and earlier than the last
    day now.
    """
    if ends_on is None or facts.focal_point_from is None:
        return []
    first = max(today, facts.focal_point_from)
    if ends_on < first:
        return [Issue("endsOn", IssueCode.DAY_TOO_EARLY, earliest=f"{first:%Y-%m-%d}")]
    if facts.focal_point_until is not None and ends_on >= facts.focal_point_until:
        return [Issue("endsOn", IssueCode.ENDS_ALREADY, day=f"{facts.focal_point_until:%Y-%m-%d}")]
    return []


def check_reason(reason: str) -> list[Issue]:
    """Return the fault of a reason that is missing or too long."""
    if not reason.strip():
        return [Issue("reason", IssueCode.REASON_MISSING)]
    return [Issue("reason", IssueCode.TOO_LONG, limit=REASON_LIMIT)] if len(reason) > REASON_LIMIT else []


def check_evidence(evidence: str) -> list[Issue]:
    """Return the fault of the name of the letter or note in which a party gave its mandate."""
    if evidence.strip() and len(evidence) <= EVIDENCE_LIMIT:
        return []
    return [Issue("evidence", IssueCode.LETTER_UNFIT, limit=EVIDENCE_LIMIT)]


def check_zone(zone: str) -> list[Issue]:
    """Return the fault of the name of a time zone, if the IANA database does not know it."""
    return [] if find_zone(zone) else [Issue("zone", IssueCode.ZONE_UNKNOWN)]
