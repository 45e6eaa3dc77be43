"""Parties: vocabulary, and who stands for whom."""

from enum import StrEnum


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


def folded(name: str) -> str:
    """A printed name as it is compared: case folded, white space collapsed, a leading article left out."""
    words = name.casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
