"""Addresses on the web and of e-mail: what they tell, and which are safe to send something to."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9._:-]+")
"""A host as browsers write it: other letters as "xn--"."""


def is_protected(address: str) -> bool:
    """Return whether a message to `address` is safe from being read or changed on the way: https, or this machine."""
    try:
        scheme, host = urlsplit(address).scheme, urlsplit(address).hostname
    except ValueError:
        return False
    return bool(host) and (scheme == "https" or (scheme == "http" and host in {"127.0.0.1", "::1", "localhost"}))


def is_web_address(text: str) -> bool:
    """Return whether a text is the address of a page or file on the web: http or https, a host, and no blanks."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    is_plain = text.isprintable() and not any(each.isspace() for each in text)
    return is_plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and not parts.username


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address: "https://host:8443" for "https://host:8443/path"."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def origins_of(text: str) -> frozenset[str]:
    """Return the origins in a list separated by spaces.

    Raise ValueError if an item is not exactly one origin: "*", "null", an address with a path, capitals, or the default
    port of its scheme.
    """
    origins = frozenset(text.split())
    for origin in sorted(origins):
        check_origin(origin)
    return origins


def check_origin(origin: str) -> None:
    """Raise ValueError unless an address is an origin, exactly as browsers write it in the Origin header."""
    if "@" in origin:  # not quoted, because a password may stand there
        raise ValueError("must be an origin such as https://app.example.org, without a user or a password")
    try:
        parts, port = urlsplit(origin), urlsplit(origin).port
    except ValueError:
        raise ValueError(f"{origin} is not an origin such as https://app.example.org") from None
    # Browsers leave the default port out of the Origin header, so an origin that names it would never match.
    default_port = {"http": ":80", "https": ":443"}.get(parts.scheme)
    is_host = _HOST.fullmatch(parts.hostname or "") is not None
    if default_port is None or not is_host or origin.endswith(default_port) or port == 0:
        raise ValueError(f"{origin} is not an origin such as https://app.example.org")
    if origin != origin_of(origin).lower():
        raise ValueError(f"{origin} is more than an origin: leave path and capitals out")


EMAIL_LIMIT = 254
"""Longest e-mail address of a person, in characters."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def is_email(email: str) -> bool:
    """Return whether this is a plain e-mail address in ASCII.

    Nothing in such an address can end the header of a letter, begin another or add a second recipient.
    """
    return len(email) <= EMAIL_LIMIT and _EMAIL.fullmatch(email) is not None
