"""Applications (OAuth clients) and service accounts: what may be registered. Pure."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from ipaddress import ip_address
from typing import Annotated, NamedTuple
from urllib.parse import SplitResult, urlsplit

from server.kernel.acts import Obstacle, hinder
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope
from server.vocabulary.applications import KEEPS_SECRET, REDIRECTED, ApplicationKind
from server.wording.folding import fault_of_name

OPENID_SCOPES = ("openid", "profile", "email", "offline_access")
"""Scopes of OpenID Connect: who the person is, and going on without them."""
SCOPES = (*(scope.value for scope in Scope), *OPENID_SCOPES)
"""Every scope that an application can be given, in the order in which they are listed."""
LOOPBACK = frozenset({"127.0.0.1", "[::1]"})
"""Addresses of the device itself. Not the name localhost, which can point elsewhere (RFC 8252, 8.3)."""
WHILE_WRITTEN = LOOPBACK | {"localhost"}
"""Where a WEB or BROWSER application runs while its author works on it, each port registered on its own."""

NAME_LIMIT = 120
"""Longest name of an application, in characters."""
PURPOSE_LIMIT = 400
"""Longest purpose of an application, in characters."""
LONGEST_HOST = 253
"""Longest name of a host, in characters (RFC 1035)."""
URI_LIMIT = 500
"""Longest address, in characters."""
MOST_URIS = 10
"""Addresses that an application can have of each sort."""
REASON_LIMIT = 400
"""Longest reason, in characters."""

_ADDRESS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
"""The characters of RFC 3986."""
_AUTHORITY = re.compile(r"(?P<host>\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::[1-9][0-9]{0,4})?")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label of this form makes browsers read the whole host as an IPv4 address."""
_HALF_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PORT = re.compile(r":[0-9]+\Z")
_PRIVATE_SCHEME = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+")
OWN_MACHINE = "must begin with https://, or with http:// on 127.0.0.1, [::1] or localhost"
ONLY_PROGRAMS = "A service account is opened and closed; it is not registered, corrected or retired."


class ApplicationFacts(NamedTuple):
    """What the rules and the policy of an application look at.

    `party_id` is the party of a service account.
    """

    kind: ApplicationKind
    retired_at: datetime | None
    party_id: Annotated[str | None, "delegate.party_id"]


class GrantFacts(NamedTuple):
    """What the rules and the policy of a grant look at."""

    person_id: str
    revoked_at: datetime | None


class Registration(NamedTuple):
    """The record of an application that people let in. Addresses are compared character by character."""

    name: str
    purpose: str
    redirect_uris: tuple[str, ...] = ()
    sign_out_uris: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()


def not_retired(facts: ApplicationFacts, now: datetime) -> Obstacle | None:
    """Return an obstacle if the application was retired: retirement is for good."""
    if facts.retired_at is None:
        return None
    reason = Reason(ReasonCode.APPLICATION_RETIRED, facts.retired_at)
    return hinder(RefusalCode.WRONG_STATE, reason, "What is retired stays retired; register it anew.")


def is_program(facts: ApplicationFacts, now: datetime) -> Obstacle | None:
    """Return an obstacle for a service account: the act is for applications that people let in."""
    if facts.kind != ApplicationKind.SERVICE:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "This is a service account.", ONLY_PROGRAMS)


def is_service(facts: ApplicationFacts, now: datetime) -> Obstacle | None:
    """Return an obstacle for any application but a service account."""
    if facts.kind == ApplicationKind.SERVICE:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "This is no service account.", ONLY_PROGRAMS)


def has_secret(facts: ApplicationFacts, now: datetime) -> Obstacle | None:
    """Return an obstacle for a kind that keeps no secret."""
    if facts.kind in KEEPS_SECRET:
        return None
    words = f"An application of the kind {facts.kind} has no secret."
    return Obstacle(RefusalCode.WRONG_STATE, words, "Only what runs on a server of its own can keep a secret.")


def not_revoked(facts: GrantFacts, now: datetime) -> Obstacle | None:
    """Return an obstacle if the grant was revoked already."""
    if facts.revoked_at is None:
        return None
    reason = Reason(ReasonCode.GRANT_REVOKED, facts.revoked_at)
    return hinder(RefusalCode.ALREADY_DONE, reason, "A grant is revoked once.")


def check_registration(kind: ApplicationKind, registration: Registration) -> list[Issue]:
    """Return the faults of a registration.

    Name and purpose must be there, addresses of the form that the kind has, and scopes known and allowed to the kind.
    """
    if kind == ApplicationKind.SERVICE:
        return [Issue("kind", IssueCode.KIND_UNFIT, act="openServiceAccount")]
    issues = check_words(registration.name, registration.purpose)
    issues += check_uris("redirectUris", kind, registration.redirect_uris)
    issues += check_uris("signOutUris", kind, registration.sign_out_uris)
    if kind in REDIRECTED and not registration.redirect_uris:
        issues.append(
            Issue("redirectUris", IssueCode.TOO_FEW, allowed=("the addresses to which people are sent back",))
        )
    if kind == ApplicationKind.WEB:
        return issues + check_scopes(registration.scopes, SCOPES)
    allowed = [scope for scope in SCOPES if scope != Scope.ADMINISTER]
    return issues + check_scopes(registration.scopes, allowed, IssueCode.SCOPE_ONLY_WEB)


def check_reason(reason: str) -> list[Issue]:
    """Return a fault if there is no reason or it is too long."""
    return [] if 1 <= len(reason.strip()) <= REASON_LIMIT else [Issue("reason", IssueCode.LENGTH, limit=REASON_LIMIT)]


def check_uris(field: str, kind: ApplicationKind, uris: Sequence[str]) -> list[Issue]:
    """Return every fault of a list of addresses to which people are sent back."""
    issues = [
        Issue(f"{field}.{number}", IssueCode.UNFIT, why=fault)
        for number, uri in enumerate(uris)
        if (fault := fault_of_uri(kind, uri))
    ]
    if uris and kind not in REDIRECTED:
        issues = [Issue(field, IssueCode.NOT_FOR_KIND, kind=str(kind))]
    if len(uris) > MOST_URIS:
        issues.append(Issue(field, IssueCode.TOO_MANY, limit=MOST_URIS))
    if len(set(uris)) < len(uris):
        issues.append(Issue(field, IssueCode.REPEATED))
    return issues


def fault_of_uri(kind: ApplicationKind, uri: str) -> str | None:
    """Return the fault of an address to which people are sent back, None if it is good.

    Good is https; for WEB and BROWSER also http on the author's own machine; for NATIVE also http on a loopback
    address, or a scheme of the maker's own such as org.example.reader:/callback (RFC 8252).
    """
    if len(uri) > URI_LIMIT or not _ADDRESS.fullmatch(uri):
        return f"1 to {URI_LIMIT} characters of those that an address has (RFC 3986)"
    if "*" in uri or "#" in uri:
        return "without wildcard and fragment: addresses are compared character by character"
    try:
        # reading the port raises ValueError too, for one that is no number or above 65535
        parts = urlsplit(uri)
        well_formed = bool(parts.scheme) and parts.port != 0
    except ValueError:
        well_formed = False
    if not well_formed or "@" in parts.netloc:
        return "a whole address, without the name of a user"
    if fault := _fault_of_spelling(uri, parts):
        return fault
    if parts.scheme == "https":
        return None if parts.netloc else "names no host"
    if kind == ApplicationKind.NATIVE:
        return _fault_of_native(parts)
    if kind not in REDIRECTED:
        return "must begin with https://"
    return None if parts.scheme == "http" and _host_of(parts) in WHILE_WRITTEN else OWN_MACHINE


def _fault_of_native(parts: SplitResult) -> str | None:
    if parts.scheme == "http":
        return None if _host_of(parts) in LOOPBACK else "http is for 127.0.0.1 and [::1] only"
    if not _PRIVATE_SCHEME.fullmatch(parts.scheme) or parts.netloc or not parts.path.startswith("/"):
        return "https, http on a loopback address, or a scheme of your own such as org.example.reader:/callback"
    return None


def _fault_of_spelling(uri: str, parts: SplitResult) -> str | None:
    """Return the fault of an address that browsers would spell in another way, and so change on the way back."""
    if not uri.startswith(f"{parts.scheme}:"):
        return "the scheme in lower case"
    if parts.netloc and not _is_plain_authority(parts.netloc):
        return "the host in lower case and as browsers spell it, and a port of 1 to 65535 without leading zeros"
    segments = parts.path.lower().replace("%2e", ".").split("/")
    if _HALF_ESCAPE.search(uri) or not {".", ".."}.isdisjoint(segments):
        return "a path without . and .. and every % with two digits"
    return None


def _is_plain_authority(authority: str) -> bool:
    """Return whether host and port are spelled as browsers spell them (WHATWG URL, section 3.5)."""
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        return False
    host = match["host"]
    labels = host.split(".")
    if host.startswith("[") or _NUMBER.fullmatch(labels[-1]):
        return _is_plain_number(host)
    return len(host) <= LONGEST_HOST and all(_LABEL.fullmatch(label) for label in labels)


def _is_plain_number(host: str) -> bool:
    """Return whether a host is an IP address in its one usual form: "192.0.2.1" or "[2001:db8::1]"."""
    number = host.strip("[]")
    try:
        address = ip_address(number)
    except ValueError:
        return False
    return str(address) == number and (address.version == 6) == host.startswith("[")


def _host_of(parts: SplitResult) -> str:
    """Return the host as it is written, without the port; what stands beside an address in brackets is part of it."""
    return _PORT.sub("", parts.netloc)


def today_of(now: datetime) -> date:
    """Return the calendar day of an instant in UTC."""
    return now.astimezone(UTC).date()


def in_order(scopes: Collection[str]) -> list[str]:
    """Return the scopes in the order in which they are listed, each once."""
    return [scope for scope in SCOPES if scope in scopes]


def check_words(name: str, purpose: str) -> list[Issue]:
    limits = (("name", name, NAME_LIMIT), ("purpose", purpose, PURPOSE_LIMIT))
    return [
        Issue(field, IssueCode(fault.code), **fault.parameters)
        for field, words, limit in limits
        if (fault := fault_of_name(words, limit))
    ]


def check_scopes(
    scopes: Collection[str], allowed: Collection[str], code: IssueCode = IssueCode.NOT_ONE_OF
) -> list[Issue]:
    issues = [
        Issue(f"scopes.{number}", code, allowed=tuple(allowed))
        for number, scope in enumerate(scopes)
        if scope not in allowed
    ]
    return issues if scopes else [Issue("scopes", IssueCode.TOO_FEW, allowed=tuple(allowed))]
