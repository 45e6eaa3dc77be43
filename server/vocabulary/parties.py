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


class Region(StrEnum):
    """One of the six regions into which the organization groups its Members."""

    EUROPE = "EUROPE"
    """Europe."""
    NORTH_AFRICA_NEAR_AND_MIDDLE_EAST = "NORTH_AFRICA_NEAR_AND_MIDDLE_EAST"
    """North of Africa, Near and Middle East."""
    WEST_AND_CENTRAL_AFRICA = "WEST_AND_CENTRAL_AFRICA"
    """West and Central Africa."""
    EAST_AND_SOUTHERN_AFRICA = "EAST_AND_SOUTHERN_AFRICA"
    """East and Southern Africa."""
    AMERICAS_AND_CARIBBEAN = "AMERICAS_AND_CARIBBEAN"
    """South America, North America, Central America and the Caribbean."""
    ASIA_PACIFIC = "ASIA_PACIFIC"
    """Far East, South and South East Asia, Australasia and the Pacific Islands."""


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
    """A letter as soon as something happens."""
    DAILY = "DAILY"
    """One letter a day with all that is new, at the person's hour; what cannot wait comes at once."""
    NONE = "NONE"
    """No letters: what is new waits in the inbox. Letters about the account itself are sent all the same."""


class Enrolment(StrEnum):
    """What becomes of the people of a list of participants."""

    INVITE = "INVITE"
    """Each gets a letter with a link, and is accredited when they take it up."""
    ACCREDIT = "ACCREDIT"
    """Each is accredited at once; they ask for a letter to choose a password."""


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
