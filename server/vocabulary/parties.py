"""Vocabulary of parties and persons, and the limits of their fields."""

from enum import StrEnum

from server.kernel.actor import Capacity


class PartyKind(StrEnum):
    """The sort of a party. It is independent of the capacity: a union can take part as a Member or as an observer."""

    MEMBER_ADMINISTRATION = "MEMBER_ADMINISTRATION"
    """The customs administration of a Member of the organization."""
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
    """One of the two languages of letters and pages."""

    ENGLISH = "ENGLISH"
    """English."""
    FRENCH = "FRENCH"
    """French."""

    @property
    def tag(self) -> str:
        """The tag of the language (BCP 47)."""
        return LANGUAGE_TAGS[self]


LANGUAGE_TAGS = {Language.ENGLISH: "en", Language.FRENCH: "fr"}
"""The languages of letters and pages with their tags."""


class Notices(StrEnum):
    """How often a person is to be told what happened."""

    AT_ONCE = "AT_ONCE"
    """One notice for each event, when it happens."""
    DAILY = "DAILY"
    """One notice a day for all events."""
    NONE = "NONE"
    """No notices; letters about the account itself are sent all the same."""


NAME_LIMIT = 200
"""Longest name of a party or a person, in characters."""
SHORT_NAME_LIMIT = 40
"""Longest short name of a party, in characters."""
REASON_LIMIT = 2_000
"""Longest reason for an act on a person, an accreditation or a function, in characters."""
EVIDENCE_LIMIT = 400
"""Longest name of the letter or note behind a representation, in characters."""

CAPACITIES = {
    PartyKind.MEMBER_ADMINISTRATION: frozenset({Capacity.MEMBER}),
    PartyKind.CUSTOMS_UNION: frozenset({Capacity.MEMBER, Capacity.OBSERVER}),
    PartyKind.INTERNATIONAL_ORGANIZATION: frozenset({Capacity.OBSERVER}),
    PartyKind.PRIVATE_SECTOR_BODY: frozenset({Capacity.OBSERVER, Capacity.PRIVATE_SECTOR}),
    PartyKind.ACADEMIC: frozenset({Capacity.OBSERVER, Capacity.PRIVATE_SECTOR}),
    PartyKind.SECRETARIAT: frozenset({Capacity.SECRETARIAT}),
}
"""The capacities in which a party of each kind can take part."""
