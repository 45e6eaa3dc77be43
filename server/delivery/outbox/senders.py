"""Send a letter: through a mail server, or onto the terminal if there is none."""

import asyncio
import smtplib
import ssl
import sys
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from server.delivery.mail_server import MailServer, MailTls, mail_server_of
from server.delivery.outbox.delivery import LetterRefused, Outgoing, Send
from server.delivery.outbox.headers import LETTER_POLICY

TIMEOUT_SECONDS = 30
OURS = frozenset({530, 534, 535, 538})
"""Codes that say that this server must prove who it is, in another way: no fault of a letter (RFC 4954, section 6)."""


class TlsMissing(Exception):
    """Raised when a mail server offers no TLS and the settings, or a password, demand it."""


def smtp_sender(url: str, sender: str, tls: MailTls = MailTls.ELSEWHERE) -> Send:
    """Return a function that sends through the mail server at `url`: see `mail_server_of`, which raises ValueError.

    With `smtp://` the connection is secured by STARTTLS if the server offers it; `tls` says when nothing is sent
    without. A password is never sent over a connection without TLS.
    """
    mail_server = mail_server_of(url)

    def send(letter: Outgoing) -> None:
        with _connect(mail_server) as server:
            is_secure = isinstance(server.sock, ssl.SSLSocket)
            if not is_secure and (mail_server.user or mail_server.demands_tls(tls)):
                raise TlsMissing
            if mail_server.user:
                server.login(mail_server.user, mail_server.password)
            _hand_over(server, message_of(letter, sender))

    async def send_in_thread(letter: Outgoing) -> None:
        await asyncio.to_thread(send, letter)  # smtplib blocks

    return send_in_thread


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Send a message. Raise LetterRefused if the server refuses its recipient or its content for good.

    What it refuses before it has heard of either, such as the sender, is a fault of the settings, and is tried again.
    """
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        _raise_if_final(refused, *(code for code, _ in refused.recipients.values()))
    except smtplib.SMTPDataError as refused:
        _raise_if_final(refused, refused.smtp_code)


def _raise_if_final(error: smtplib.SMTPException, *codes: int) -> None:
    """Raise LetterRefused if all of the codes are final, otherwise the error itself."""
    if codes and all(code >= 500 and code not in OURS for code in codes):
        raise LetterRefused(codes[0]) from error
    raise error


async def terminal_sender(letter: Outgoing) -> None:
    """Print a letter. For a machine without a mail server, such as that of the demonstration."""
    rule = "-" * 72
    sys.stdout.write(f"\n{rule}\nTo: {letter.address}\nSubject: {letter.subject}\n\n{letter.text}{rule}\n")
    sys.stdout.flush()


def message_of(letter: Outgoing, sender: str) -> EmailMessage:
    """Return the letter as a message. The `email` package raises ValueError for a header of more than one line."""
    message = EmailMessage(LETTER_POLICY)
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = formatdate(usegmt=True)
    # The same at each attempt: a mailbox that gets a letter twice, because an answer was lost, can tell that it is one.
    message["Message-ID"] = f"<{letter.id}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


def _connect(mail_server: MailServer) -> smtplib.SMTP:
    context, host, port = ssl.create_default_context(), mail_server.host, mail_server.port
    if mail_server.is_secure:
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()  # again, because the server may offer other things over TLS (RFC 3207, section 4.2)
    return server
