"""Vocabulary of applications: the kinds of programs, and which of them keep a secret."""

from enum import StrEnum


class ApplicationKind(StrEnum):
    """What sort of program an application is: it decides how it proves who it is and how people let it in."""

    WEB = "WEB"
    """Runs on a server of its own and keeps a secret."""
    BROWSER = "BROWSER"
    """Runs in a browser and can keep no secret."""
    NATIVE = "NATIVE"
    """Runs on a person's own device, opens the system's browser and listens on a loopback address."""
    DEVICE = "DEVICE"
    """Has no browser: the person types a short code on another device."""
    SERVICE = "SERVICE"
    """A service account: signs in by its secret, without a person, and is accredited for one party."""


KEEPS_SECRET = frozenset({ApplicationKind.WEB, ApplicationKind.SERVICE})
"""Kinds that run where nobody else looks, and prove who they are by a secret."""


REDIRECTED = frozenset({ApplicationKind.WEB, ApplicationKind.BROWSER, ApplicationKind.NATIVE})
"""Kinds to which people are sent back after they let them in."""
