"""Redirect URIs: an authorization leads to a registered one, compared character by character, and nowhere else."""

import re
from collections.abc import Iterable

from server.vocabulary.applications import ApplicationKind

LOOPBACK = re.compile(r"http://(?P<host>127\.0\.0\.1|\[::1\])(?::(?P<port>[1-9][0-9]{0,4}))?(?P<rest>/[!-~]*)?")
"""A loopback address in numbers, as RFC 8252 asks: names can be made to mean another machine.

The port has no leading zero, which browsers drop, and is not 0, on which nobody listens.
"""
PLAIN_ORIGIN = re.compile(r"(https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)(?:[/?].*)?")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")


def is_registered(uri: str, registered: Iterable[str], kind: ApplicationKind) -> bool:
    """Return whether a redirect URI is one of those registered: the same string.

    For NATIVE the port of a loopback address is free, because a program on a person's own device takes any free port
    (RFC 8252, section 7.3). A WEB or BROWSER application on its author's machine has the port that was registered.
    """
    registered = list(registered)
    return uri in registered or (
        kind == ApplicationKind.NATIVE and any(_differs_by_port_only(uri, other) for other in registered)
    )


def _differs_by_port_only(uri: str, other: str) -> bool:
    ours, theirs = LOOPBACK.fullmatch(other), LOOPBACK.fullmatch(uri)
    if ours is None or theirs is None or int(theirs["port"] or 80) > 65535:
        return False
    return (ours["host"], ours["rest"]) == (theirs["host"], theirs["rest"])


def form_target(uri: str) -> str:
    """Return the source expression of a redirect URI for the `form-action` of a page.

    It is the origin, or only the scheme where the policy cannot express the origin (an IPv6 address, a scheme of the
    program's own).
    """
    origin = PLAIN_ORIGIN.fullmatch(uri)
    if origin:
        return origin[1]
    scheme = SCHEME.match(uri)
    return scheme[0] if scheme else "'self'"
