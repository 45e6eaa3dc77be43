"""Ways to send a letter, against a real listener."""

import asyncio
import smtplib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from pydantic import SecretStr

from server.app import create_app
from server.delivery.outbox.delivery import Outgoing
from server.delivery.outbox.letters import write_letter
from server.delivery.outbox.senders import message_of, smtp_sender, terminal_sender
from server.settings import Settings
from server.storage.database import Database
from tests.factories.world import NOW

LETTER = Outgoing("LET_1", "a@example.org", "Invitation à parler", "Bonjour,\n\nhttps://fos.example/x\n.\nfin\n", 1)


class Listener:
    """A mail server of a few lines: keeps what it is told and what it gets."""

    def __init__(self, refusing: str = "") -> None:
        self.refusing = refusing
        self.commands: list[str] = []
        self.received: list[EmailMessage] = []
        self.arrived = asyncio.Event()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        writer.write(b"220 ready\r\n")
        while line := (await reader.readline()).decode().strip():
            self.commands.append(line)
            verb = line.split()[0].upper()
            if verb == self.refusing:
                writer.write(b"550 no\r\n")
            elif verb == "DATA":
                writer.write(b"354 go\r\n")
                body = (await reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
                self.received.append(message_from_bytes(body, policy=policy.default))  # type: ignore[arg-type]
                writer.write(b"250 kept\r\n")
                self.arrived.set()
            else:
                writer.write(b"221 bye\r\n" if verb == "QUIT" else b"250 fine\r\n")
            await writer.drain()
            if verb == "QUIT":
                break
        writer.close()
        await writer.wait_closed()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Listen, and give host and port."""
        server = await asyncio.start_server(self.talk, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        try:
            yield f"{host}:{port}"
        finally:
            server.close()
            await server.wait_closed()


async def test_smtp_sender_hands_the_letter_to_the_mail_server() -> None:
    listener = Listener()

    async with listener.listening() as address:
        await smtp_sender(f"smtp://{address}", "fos@example.org")(LETTER)

    (message,) = listener.received
    headers = ("From", "To", "Subject", "Auto-Submitted")
    assert [message[name] for name in headers] == [
        "fos@example.org",
        "a@example.org",
        "Invitation à parler",
        "auto-generated",
    ]
    assert message.get_content().replace("\r\n", "\n") == LETTER.text
    assert sum("<a@example.org>" in line for line in listener.commands) == 1


async def test_smtp_sender_never_sends_a_password_over_a_connection_that_is_not_secure() -> None:
    listener = Listener()

    async with listener.listening() as address:
        with pytest.raises(smtplib.SMTPNotSupportedError):
            await smtp_sender(f"smtp://user:hunter2@{address}", "fos@example.org")(LETTER)

    assert listener.received == []
    assert "AUTH" not in " ".join(listener.commands).upper()


async def test_smtp_sender_raises_when_the_server_refuses_the_address() -> None:
    listener = Listener("RCPT")

    async with listener.listening() as address:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            await smtp_sender(f"smtp://{address}", "fos@example.org")(LETTER)

    assert listener.received == []


@pytest.mark.parametrize("url", ["https://mail.example.org", "mail.example.org:25", "smtp://", "smtp:mail"])
def test_smtp_sender_takes_no_other_address(url: str) -> None:
    with pytest.raises(ValueError, match="a mail server is given as"):
        smtp_sender(url, "fos@example.org")


def test_message_of_refuses_a_header_that_would_not_stay_on_its_line() -> None:
    with pytest.raises(ValueError, match="Header values"):
        message_of(LETTER._replace(address="a@example.org\nBcc: b@example.org"), "fos@example.org")


async def test_terminal_sender_prints_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    await terminal_sender(LETTER)

    printed = capsys.readouterr().out
    assert "To: a@example.org\nSubject: Invitation à parler\n\nBonjour," in printed


async def test_the_application_delivers_letters_while_it_runs(database: Database) -> None:
    listener = Listener()
    async with database.writing() as session:
        await write_letter(session, address="a@example.org", subject="One", text="Words.\n", now=NOW)

    async with listener.listening() as address:
        app = create_app(Settings(smtp=SecretStr(f"smtp://{address}")), database)
        async with app.router.lifespan_context(app):
            await asyncio.wait_for(listener.arrived.wait(), 20)

    assert [message["To"] for message in listener.received] == ["a@example.org"]
