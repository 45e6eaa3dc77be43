"""Checks of the table of parties."""

from collections.abc import Collection

from server.domain.parties.rules.facts import PartyFacts
from server.kernel.actor import Capacity
from server.kernel.refusals import Issue
from server.vocabulary.parties import CAPACITIES, NAME_LIMIT, SHORT_NAME_LIMIT, PartyKind
from server.wording.folding import fold_name


def check_names(name: str, short_name: str, further: Collection[str]) -> list[Issue]:
    """Return every fault of the names of a party: they are not empty, and fit their columns."""
    issues = []
    for path, value, limit in (("name", name, NAME_LIMIT), ("shortName", short_name, SHORT_NAME_LIMIT)):
        if not value.strip():
            issues.append(Issue(path, "must not be empty"))
        if max(len(value), len(fold_name(value))) > limit:
            issues.append(Issue(path, f"at most {limit} characters"))
    for number, value in enumerate(further):
        if not value.strip() or max(len(value), len(fold_name(value))) > NAME_LIMIT:
            issues.append(Issue(f"furtherNames.{number}", f"1 to {NAME_LIMIT} characters"))
    return issues


def check_capacity(kind: PartyKind, capacity: Capacity) -> list[Issue]:
    """Return the fault of a capacity that parties of this kind cannot have."""
    if capacity in CAPACITIES[kind]:
        return []
    possible = " or ".join(sorted(CAPACITIES[kind]))
    return [Issue("capacity", f"a party of kind {kind} takes part as {possible}")]


def check_single_secretariat(before: PartyFacts | None, capacity: Capacity) -> list[Issue]:
    """Return the fault of a second Secretariat, or of one that becomes something else.

    `before` is None for a party that is being admitted.
    """
    was, becomes = before is not None and before.capacity == Capacity.SECRETARIAT, capacity == Capacity.SECRETARIAT
    if was == becomes:
        return []
    return [Issue("capacity", "the Secretariat stays the Secretariat" if was else "there is one Secretariat only")]
