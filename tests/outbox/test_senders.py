"""Ways to send a letter, against a real listener."""

import asyncio
import smtplib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from pydantic import SecretStr, ValidationError

from server.app import create_app
from server.delivery.mail_server import MailServer, MailTls, mail_server_of
from server.delivery.outbox.delivery import LetterRefused, Outgoing
from server.delivery.outbox.letters import write_letter
from server.delivery.outbox.senders import TlsMissing, message_of, smtp_sender, terminal_sender
from server.settings import Settings
from server.storage.database import Database
from tests.factories.world import NOW

LETTER = Outgoing("LET_1", "a@example.org", "Invitation à parler", "Bonjour,\n\nhttps://fos.example/x\n.\nfin\n", 1)


class Listener:
    """A mail server of a few lines: keeps what it is told and what it gets."""

    def __init__(self, refusing: str = "", code: int = 550) -> None:
        self.refusing = refusing
        self.code = code
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
                writer.write(f"{self.code} no\r\n".encode())
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


async def test_address_that_looks_like_an_encoded_word_is_not_read_as_another() -> None:
    listener = Listener()

    async with listener.listening() as address:
        send = smtp_sender(f"smtp://{address}", "fos@example.org")
        await send(LETTER._replace(address="=?utf-8?q?b?=@example.org"))

    assert [line for line in listener.commands if line.startswith("rcpt")] == ["rcpt TO:<=?utf-8?q?b?=@example.org>"]


async def test_smtp_sender_never_sends_a_password_over_a_connection_that_is_not_secure() -> None:
    listener = Listener()

    async with listener.listening() as address:
        with pytest.raises(TlsMissing):
            await smtp_sender(f"smtp://user:hunter2@{address}", "fos@example.org")(LETTER)

    assert listener.received == []
    assert "AUTH" not in " ".join(listener.commands).upper()


@pytest.mark.parametrize(("verb", "code"), [("RCPT", 550), ("RCPT", 553), ("DATA", 554)])
async def test_letter_that_a_server_refuses_for_good_is_told_apart(verb: str, code: int) -> None:
    listener = Listener(verb, code)

    async with listener.listening() as address:
        with pytest.raises(LetterRefused) as refused:
            await smtp_sender(f"smtp://{address}", "fos@example.org")(LETTER)

    assert (refused.value.code, listener.received) == (code, [])


@pytest.mark.parametrize(
    ("verb", "code", "error"),
    [
        ("RCPT", 450, smtplib.SMTPRecipientsRefused),
        ("RCPT", 530, smtplib.SMTPRecipientsRefused),
        ("DATA", 451, smtplib.SMTPDataError),
        ("MAIL", 550, smtplib.SMTPSenderRefused),
    ],
)
async def test_letter_that_a_server_does_not_take_now_or_from_us_may_be_tried_again(
    verb: str, code: int, error: type[Exception]
) -> None:
    listener = Listener(verb, code)

    async with listener.listening() as address:
        with pytest.raises(error):
            await smtp_sender(f"smtp://{address}", "fos@example.org")(LETTER)

    assert listener.received == []


async def test_letter_has_the_same_message_id_at_each_attempt_and_another_letter_has_another() -> None:
    listener = Listener()

    async with listener.listening() as address:
        send = smtp_sender(f"smtp://{address}", "Secretariat <fos@example.org>")
        for letter in (LETTER, LETTER._replace(attempts=2), LETTER._replace(id="LET_2")):
            await send(letter)

    ids = [message["Message-ID"] for message in listener.received]
    assert ids == ["<LET_1@example.org>", "<LET_1@example.org>", "<LET_2@example.org>"]


async def test_letter_does_not_go_without_tls_where_that_is_demanded() -> None:
    listener = Listener()

    async with listener.listening() as address:
        with pytest.raises(TlsMissing):
            await smtp_sender(f"smtp://{address}", "fos@example.org", MailTls.ALWAYS)(LETTER)

    assert (listener.received, "MAIL" in " ".join(listener.commands).upper()) == ([], False)


@pytest.mark.parametrize(
    ("url", "tls", "is_demanded"),
    [
        ("smtp://mail.example.org", MailTls.ELSEWHERE, True),
        ("smtp://127.0.0.1:1025", MailTls.ELSEWHERE, False),
        ("smtp://[::1]", MailTls.ELSEWHERE, False),
        ("smtp://LOCALHOST", MailTls.ELSEWHERE, False),
        ("smtp://localhost.example.org", MailTls.ELSEWHERE, True),
        ("smtp://localhost", MailTls.ALWAYS, True),
        ("smtp://mail.example.org", MailTls.OFFERED, False),
    ],
)
def test_tls_is_demanded_of_mail_servers_elsewhere(url: str, tls: MailTls, is_demanded: bool) -> None:
    assert mail_server_of(url).demands_tls(tls) is is_demanded


def test_mail_server_is_read_with_its_account_and_the_usual_ports() -> None:
    assert mail_server_of("smtps://a%40b:p%2Fq%3A@mail.example.org") == MailServer(
        "mail.example.org", 465, True, "a@b", "p/q:"
    )
    assert mail_server_of("smtp://mail.example.org/") == MailServer("mail.example.org", 587, False, "", "")


@pytest.mark.parametrize(
    "url",
    [
        *("https://mail.example.org", "mail.example.org:25", "smtp://", "smtp:mail", "smtp://mail:0", "smtp://mail:x"),
        *("smtp://user:hunter2/x@mail", "smtp://user:hunter2#x@mail", "smtp://user:hunter2?x@mail", "smtp://[mail"),
        *("smtp://user@mail", "smtp://mail/path", "smtp://mail:99999"),
    ],
)
def test_mail_server_at_any_other_address_is_refused_in_words_that_quote_nothing(url: str) -> None:
    with pytest.raises(ValueError, match="must be smtp://HOST:PORT or smtps://HOST:PORT") as refused:
        mail_server_of(url)

    assert "hunter2" not in str(refused.value)
    with pytest.raises(ValidationError):
        Settings(smtp=SecretStr(url))


@pytest.mark.parametrize(
    ("sender", "is_good"),
    [
        ("fos@example.org", True),
        ("Secretariat <fos@example.org>", True),
        ("fos", False),
        ("fos@example.org\nBcc: b@example.org", False),
        ("fos@example.org, b@example.org", False),
        ("Office, Secretariat <fos@example.org>", False),
        ('"Office, Secretariat" <fos@example.org>', True),
        ("", False),
    ],
)
def test_sender_of_letters_is_an_address(sender: str, is_good: bool) -> None:
    if is_good:
        assert Settings(mail_from=sender).mail_from == sender
    else:
        with pytest.raises(ValidationError):
            Settings(mail_from=sender)


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
