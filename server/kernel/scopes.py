"""List the scopes: what a program may do in a person's name.

A scope only ever takes away: the right itself comes from the person.
"""

from collections.abc import Iterable
from enum import StrEnum


class Scope(StrEnum):
    """What a person lets an application do. Every scope but `administer` includes reading, because whoever may act on
    something must be able to look at it."""

    READ = "read"
    """See what the person may see, and change nothing."""
    COMMENT = "comment"
    """Draft, file, withdraw and support comments."""
    WRITE = "write"
    """Do the other acts of delegates and coordinators, also those that the Secretariat does for them: proposals,
    groups, rounds, the work plan, accreditations, their own profile."""
    SECRETARIAT = "secretariat"
    """Do the acts that only the Secretariat does: admit, register, record, consolidate, issue, publish."""
    ADMINISTER = "administer"
    """Do the acts of a technical administrator: applications, service accounts, sign-ins. Shows no content."""


EVERY_SCOPE = frozenset(Scope)
VALUES = frozenset(scope.value for scope in Scope)


def scopes_of(names: Iterable[str]) -> frozenset[Scope]:
    """Return the scopes among the names that a token carries; names of other servers' scopes are left out."""
    return frozenset(Scope(name) for name in names if name in VALUES)
