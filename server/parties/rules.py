"""Parties: vocabulary, and who stands for whom."""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from server.access.actor import Capacity
from server.refusals import Issue


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


NAME_LIMIT = 200
"""Longest name of a party, in characters."""
SHORT_NAME_LIMIT = 40
"""Longest short name of a party, in characters."""

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
