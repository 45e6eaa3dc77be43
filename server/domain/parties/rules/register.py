"""Checks of the table of parties."""

from collections.abc import Collection

from server.domain.parties.rules.facts import PartyFacts
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.parties import CAPACITIES, NAME_LIMIT, SHORT_NAME_LIMIT, PartyKind
from server.wording.folding import fault_of_name, fold_name


def check_names(name: str, short_name: str, further: Collection[str]) -> list[Issue]:
    """Return every fault of the names of a party: what is wrong with each, as it is printed and as it is compared."""
    names = [("name", name, NAME_LIMIT), ("shortName", short_name, SHORT_NAME_LIMIT)]
    names += [(f"furtherNames.{number}", value, NAME_LIMIT) for number, value in enumerate(further)]
    issues = []
    for path, value, limit in names:
        # a folded name can be longer than the name, and has to fit its column too
        fault = fault_of_name(value, limit) or fault_of_name(fold_name(value), limit)
        if fault:
            issues.append(Issue(path, IssueCode(fault.code), **fault.parameters))
    return issues


def check_capacity(kind: PartyKind, capacity: Capacity) -> list[Issue]:
    """Return the fault of a capacity that parties of this kind cannot have."""
    if capacity in CAPACITIES[kind]:
        return []
    possible = " or ".join(sorted(CAPACITIES[kind]))
    return [Issue("capacity", IssueCode.CAPACITY_UNFIT, kind=str(kind), possible=possible)]


def check_single_secretariat(before: PartyFacts | None, capacity: Capacity) -> list[Issue]:
    """Return the fault of a second Secretariat, or of one that becomes something else.

    `before` is None for a party that is being admitted.
    """
    was, becomes = before is not None and before.capacity == Capacity.SECRETARIAT, capacity == Capacity.SECRETARIAT
    if was == becomes:
        return []
    return [Issue("capacity", IssueCode.SECRETARIAT_STAYS)]
