"""Vocabulary of applications: the kinds of programs, and which of them keep a secret."""

from enum import StrEnum


class ApplicationKind(StrEnum):
    """The sort of program that an application is.

    It decides how the program authenticates and how people give consent.
    """

    WEB = "WEB"
    """Runs on a server of its own and keeps a secret."""
    BROWSER = "BROWSER"
    """Runs in a browser and cannot keep a secret."""
    NATIVE = "NATIVE"
    """Runs on the device of a person, opens the system's browser and listens on a loopback address."""
    DEVICE = "DEVICE"
    """Runs on a device without a browser; the person types a short code on another device."""
    SERVICE = "SERVICE"
    """A service account: authenticates by its secret, without a person, and is accredited for one party."""


KEEPS_SECRET = frozenset({ApplicationKind.WEB, ApplicationKind.SERVICE})
"""Kinds that run where nobody else looks, and prove who they are by a secret."""


REDIRECTED = frozenset({ApplicationKind.WEB, ApplicationKind.BROWSER, ApplicationKind.NATIVE})
"""Kinds to which people are sent back after they let them in."""
