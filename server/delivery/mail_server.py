"""The address of a mail server, as it stands in the settings."""

from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

SUBMISSION, SUBMISSIONS = 587, 465
"""Ports of mail servers: with STARTTLS, and with TLS from the first byte."""
HERE = frozenset({"127.0.0.1", "::1", "localhost"})
SHAPE = "must be smtp://HOST:PORT or smtps://HOST:PORT, with USER:PASSWORD@ before HOST where one is asked for"


class MailTls(StrEnum):
    """When letters go out only over TLS."""

    ELSEWHERE = "ELSEWHERE"
    """Unless the mail server is on this machine."""
    ALWAYS = "ALWAYS"
    """To every mail server."""
    OFFERED = "OFFERED"
    """To mail servers that offer it; others get letters that everybody on the way can read."""


class MailServer(NamedTuple):
    """A mail server, and the account to use there. Both parts of the account are "" for none."""

    host: str
    port: int
    is_secure: bool
    user: str
    password: str

    def demands_tls(self, tls: MailTls) -> bool:
        """Return whether no letter may go to this server without TLS."""
        return tls is MailTls.ALWAYS or (tls is MailTls.ELSEWHERE and self.host not in HERE)


def mail_server_of(url: str) -> MailServer:
    """Return the mail server at `smtp://USER:PASSWORD@HOST:PORT`; `smtps://` means TLS from the first byte.

    Raise ValueError for any other address, in words that quote nothing of it: it may hold a password.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise ValueError(f"{SHAPE}; write / # ? @ : in a password as %2F %23 %3F %40 %3A") from None
    if parts.scheme not in ("smtp", "smtps") or not host or port == 0 or parts.path.strip("/"):
        raise ValueError(SHAPE)
    if parts.query or parts.fragment or bool(parts.username) != bool(parts.password) or host != host.strip():
        raise ValueError(f"{SHAPE}; write / # ? @ : in a password as %2F %23 %3F %40 %3A")
    is_secure = parts.scheme == "smtps"
    usual = SUBMISSIONS if is_secure else SUBMISSION
    return MailServer(host, port or usual, is_secure, unquote(parts.username or ""), unquote(parts.password or ""))
