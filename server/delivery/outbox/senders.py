"""Send a letter: through a mail server, or onto the terminal if there is none."""

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
    """Return a function that sends through the mail server at `smtp://USER:PASSWORD@HOST:PORT`.

    `smtps://` means TLS from the first byte. With `smtp://` the connection is secured by STARTTLS if the server offers
    it. A password is never sent over a connection without TLS. Raise ValueError for any other address.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("a mail server is given as smtp://HOST:PORT or smtps://HOST:PORT")

    def send(letter: Outgoing) -> None:
        with _connect(parts.scheme, parts.hostname or "", parts.port) as server:
            if parts.username:
                if not isinstance(server.sock, ssl.SSLSocket):
                    raise smtplib.SMTPNotSupportedError("no password over a connection that is not secure")
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message_of(letter, sender))

    async def send_in_thread(letter: Outgoing) -> None:
        await asyncio.to_thread(send, letter)  # smtplib blocks

    return send_in_thread


async def terminal_sender(letter: Outgoing) -> None:
    """Print a letter. For a machine without a mail server, such as that of the demonstration."""
    rule = "-" * 72
    sys.stdout.write(f"\n{rule}\nTo: {letter.address}\nSubject: {letter.subject}\n\n{letter.text}{rule}\n")
    sys.stdout.flush()


def message_of(letter: Outgoing, sender: str) -> EmailMessage:
    """Return the letter as a message. The `email` package raises ValueError for a header of more than one line."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(idstring=letter.id, domain=sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _connect(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or SUBMISSIONS, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port or SUBMISSION, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()  # again, because the server may offer other things over TLS (RFC 3207, section 4.2)
    return server
