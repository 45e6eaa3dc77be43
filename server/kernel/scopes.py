"""List the scopes: what a program may do in a person's name.

A scope only ever takes away: the right itself comes from the person.
"""

from collections.abc import Iterable
from enum import StrEnum


class Scope(StrEnum):
    """What a person lets an application do. Every scope except ADMINISTER includes reading."""

    READ = "read"
    """See what the person may see, and change nothing."""
    COMMENT = "comment"
    """Draft, file, withdraw and support comments."""
    WRITE = "write"
    """Do the other acts of delegates and coordinators, also when the Secretariat does them.

    They are on proposals, groups, rounds, the work plan, accreditations and one's own profile.
    """
    SECRETARIAT = "secretariat"
    """Do the acts that only the Secretariat does: admit, register, record, consolidate, issue, publish."""
    ADMINISTER = "administer"
    """Do the acts of a technical administrator on applications, service accounts and sign-ins. It shows no content."""


EVERY_SCOPE = frozenset(Scope)
VALUES = frozenset(scope.value for scope in Scope)
_SETS: dict[frozenset[Scope], frozenset[Scope]] = {}
"""One set for all tokens with the same scopes: thousands of connections hold one each."""


def scopes_of(names: Iterable[str]) -> frozenset[Scope]:
    """Return the scopes among the names that a token carries; names of other servers' scopes are left out."""
    scopes = frozenset(Scope(name) for name in names if name in VALUES)
    return _SETS.setdefault(scopes, scopes)
