"""Ways to send a letter: through a mail server, or onto the terminal where there is none."""

import asyncio
import smtplib
import ssl
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from server.delivery.outbox.delivery import Outgoing, Send

TIMEOUT_SECONDS = 30
SUBMISSION, SUBMISSIONS = 587, 465
"""Ports of mail servers: with STARTTLS, and with TLS from the first byte."""


def smtp_sender(url: str, sender: str) -> Send:
    """Sends through the mail server at `smtp://USER:PASSWORD@HOST:PORT`, or `smtps://` for TLS from the first byte.
    With `smtp://` the connection is made secure by STARTTLS where the server offers it; a password is never sent over
    one that is not. Raises ValueError for an address that is neither."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("a mail server is given as smtp://HOST:PORT or smtps://HOST:PORT")

    def send(letter: Outgoing) -> None:
        with _connected(parts.scheme, parts.hostname or "", parts.port) as server:
            if parts.username:
                if not isinstance(server.sock, ssl.SSLSocket):
                    raise smtplib.SMTPNotSupportedError("no password over a connection that is not secure")
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message_of(letter, sender))

    async def in_a_thread(letter: Outgoing) -> None:
        await asyncio.to_thread(send, letter)

    return in_a_thread


async def terminal_sender(letter: Outgoing) -> None:
    """Print a letter: for a machine without a mail server, such as that of the demonstration."""
    rule = "-" * 72
    sys.stdout.write(f"\n{rule}\nTo: {letter.address}\nSubject: {letter.subject}\n\n{letter.text}{rule}\n")
    sys.stdout.flush()


def message_of(letter: Outgoing, sender: str) -> EmailMessage:
    """The letter as a message. The library refuses a header that would not stay on its line."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(idstring=letter.id, domain=sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _connected(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or SUBMISSIONS, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port or SUBMISSION, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    return server
