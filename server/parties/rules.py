"""Parties: vocabulary, and who stands for whom."""

import re
from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from server.access.actor import Capacity
from server.acts import Obstacle
from server.refusals import Issue, RefusalCode


class PartyKind(StrEnum):
    """What a party is. Its capacity is a separate question: a union can take part as a Member or as an observer."""

    MEMBER_ADMINISTRATION = "MEMBER_ADMINISTRATION"
    """The customs administration of a Member."""
    CUSTOMS_UNION = "CUSTOMS_UNION"
    """A customs or economic union."""
    INTERNATIONAL_ORGANIZATION = "INTERNATIONAL_ORGANIZATION"
    """An intergovernmental organization."""
    PRIVATE_SECTOR_BODY = "PRIVATE_SECTOR_BODY"
    """An association of industry, or a company."""
    ACADEMIC = "ACADEMIC"
    """A university or a research institution."""
    SECRETARIAT = "SECRETARIAT"
    """The Secretariat of the organization."""


class Language(StrEnum):
    """A language in which letters and pages speak to a person: the two working languages."""

    ENGLISH = "ENGLISH"
    """English."""
    FRENCH = "FRENCH"
    """French."""


class Notices(StrEnum):
    """How often a person wants to be told what happened."""

    AT_ONCE = "AT_ONCE"
    """Each by itself, when it happens."""
    DAILY = "DAILY"
    """Together, once a day."""
    NONE = "NONE"
    """Not at all; letters about the account itself are sent all the same."""


def folded(name: str) -> str:
    """A printed name as it is compared: case folded, white space collapsed, a leading article left out."""
    words = name.casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


NAME_LIMIT = 200
"""Longest name of a party, in characters."""
SHORT_NAME_LIMIT = 40
"""Longest short name of a party, in characters."""
EMAIL_LIMIT = 254
"""Longest e-mail address of a person, in characters."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")

CAPACITIES = {
    PartyKind.MEMBER_ADMINISTRATION: frozenset({Capacity.MEMBER}),
    PartyKind.CUSTOMS_UNION: frozenset({Capacity.MEMBER, Capacity.OBSERVER}),
    PartyKind.INTERNATIONAL_ORGANIZATION: frozenset({Capacity.OBSERVER}),
    PartyKind.PRIVATE_SECTOR_BODY: frozenset({Capacity.OBSERVER, Capacity.PRIVATE_SECTOR}),
    PartyKind.ACADEMIC: frozenset({Capacity.OBSERVER, Capacity.PRIVATE_SECTOR}),
    PartyKind.SECRETARIAT: frozenset({Capacity.SECRETARIAT}),
}
"""The capacities in which a party of each kind can take part."""


class PartyFacts(NamedTuple):
    """What the rules and the policy of a party look at."""

    kind: PartyKind
    capacity: Capacity


class FocalPointFacts(NamedTuple):
    """When a delegate is a focal point: from a day on, until and including a day; an accreditation that was ended ends
    the function with it."""

    focal_point_from: date | None
    focal_point_until: date | None
    ended_at: datetime | None


def is_focal_point(facts: FocalPointFacts, today: date) -> bool:
    """Whether a delegate is a focal point today."""
    begins, ends = facts.focal_point_from, facts.focal_point_until
    return facts.ended_at is None and begins is not None and begins <= today and (ends is None or today <= ends)


class AppointmentFacts(NamedTuple):
    """What the rule of appointing an officer looks at: the short name of the party for which the person is accredited
    already, today or from a later day on; "" for nobody."""

    accredited_for: str


def not_accredited(facts: AppointmentFacts, now: datetime) -> Obstacle | None:
    """A person speaks for one party at a time."""
    if not facts.accredited_for:
        return None
    words = f"This person is accredited already, for {facts.accredited_for}. Name another person."
    return Obstacle(RefusalCode.ALREADY_DONE, words, "A person speaks for one party at a time.")


def check_officer(email: str, name: str) -> list[Issue]:
    """An officer has an address and a name."""
    issues = []
    if not _EMAIL.fullmatch(email) or len(email) > EMAIL_LIMIT:
        issues.append(Issue("email", f"an e-mail address of at most {EMAIL_LIMIT} characters"))
    if not name.strip() or len(name) > NAME_LIMIT:
        issues.append(Issue("name", f"1 to {NAME_LIMIT} characters"))
    return issues


def check_names(name: str, short_name: str, further: Collection[str]) -> list[Issue]:
    """Names are there, and fit their columns."""
    issues = []
    for path, value, limit in (("name", name, NAME_LIMIT), ("shortName", short_name, SHORT_NAME_LIMIT)):
        if not value.strip():
            issues.append(Issue(path, "must not be empty"))
        if max(len(value), len(folded(value))) > limit:
            issues.append(Issue(path, f"at most {limit} characters"))
    for number, value in enumerate(further):
        if not value.strip() or max(len(value), len(folded(value))) > NAME_LIMIT:
            issues.append(Issue(f"furtherNames.{number}", f"1 to {NAME_LIMIT} characters"))
    return issues


def check_capacity(kind: PartyKind, capacity: Capacity) -> list[Issue]:
    """The capacity is one that parties of this kind can have."""
    if capacity in CAPACITIES[kind]:
        return []
    possible = " or ".join(sorted(CAPACITIES[kind]))
    return [Issue("capacity", f"a party of kind {kind} takes part as {possible}")]


def check_single_secretariat(before: PartyFacts | None, capacity: Capacity) -> list[Issue]:
    """There is one Secretariat: nobody becomes it, and it does not become anybody else. `before` is None for a party
    that is being admitted."""
    was, becomes = before is not None and before.capacity == Capacity.SECRETARIAT, capacity == Capacity.SECRETARIAT
    if was == becomes:
        return []
    return [Issue("capacity", "the Secretariat stays the Secretariat" if was else "there is one Secretariat only")]
