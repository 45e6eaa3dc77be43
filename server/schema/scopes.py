"""The scopes as one GraphQL enumeration: those of this server, and those of OpenID Connect that it hands out."""

from collections.abc import Iterable
from enum import StrEnum

from server.kernel import scopes
from server.schema.vocabulary import vocabulary


class Scope(StrEnum):
    """What a person lets an application do.

    In OAuth itself, in the parameter `scope` and in tokens, a scope is the same word in small letters: READ is 'read',
    OFFLINE_ACCESS is 'offline_access'. Every scope from READ to SECRETARIAT includes reading.
    """

    READ = scopes.Scope.READ.value
    """See what the person may see, and change nothing."""
    COMMENT = scopes.Scope.COMMENT.value
    """Draft, file, withdraw and support comments."""
    WRITE = scopes.Scope.WRITE.value
    """Do the other acts of delegates and coordinators, also when the Secretariat does them.

    They are on proposals, groups, rounds, the work plan, accreditations and one's own profile.
    """
    SECRETARIAT = scopes.Scope.SECRETARIAT.value
    """Do the acts that only the Secretariat does: admit, register, record, consolidate, issue, publish."""
    ADMINISTER = scopes.Scope.ADMINISTER.value
    """Do the acts of a technical administrator on applications, service accounts and sign-ins. It shows no content."""
    OPENID = "openid"
    """Know who the person is (OpenID Connect)."""
    PROFILE = "profile"
    """Know the person's name, language and time zone (OpenID Connect)."""
    EMAIL = "email"
    """Know the person's e-mail address (OpenID Connect)."""
    OFFLINE_ACCESS = "offline_access"
    """Go on while the person is away, until the grant is revoked (OpenID Connect)."""


vocabulary(Scope)


def names_of(sent: Iterable[Scope]) -> tuple[str, ...]:
    """Return the names under which OAuth knows scopes."""
    return tuple(scope.value for scope in sent)
