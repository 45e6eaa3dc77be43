"""The headers of letters, in the bytes that a mail server gets: the parser of Python mends what others cannot read."""

from email.header import decode_header, make_header

import pytest

from server.delivery.outbox.delivery import Outgoing
from server.delivery.outbox.senders import smtp_sender
from tests.factories.mail import mail_server

LINK = "https://intersession.example.org/unsubscribe/PER_01KB5J0000000000000000000." + "0123456789abcdef" * 4
LETTER = Outgoing("LET_01KB5J0000000000000000000", "a@example.org", "News", "Words\n", 1, None, "<p>Mots</p>", LINK)
LONG_ADDRESS = f"{'x' * 64}@{'y' * 60}.{'z' * 60}.{'w' * 60}.org"
READ_BY_MACHINES = ("From", "To", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post")
SUBJECTS = (
    "Une consultation est lancée : « Données » " * 4 + "fin",
    "x" * 200,
    "a" * 70 + " é " + "b" * 100,
    "é " * 99,
    "عنوان الجولة " * 10 + "شكرا",
    "東京都千代田区永田町一丁目" * 15,
    "🚢" * 100,
    "quotes \" ' \\ < > , ; @ [] () : =",
    "=?utf-8?q?Bcc=3A_x=40example=2Eorg?=",
    "=?utf-8?q?x=0D=0ABcc=3A_evil=40example=2Eorg?= and more",
)


async def send(letter: Outgoing, sender: str = "fos@example.org") -> tuple[bytes, dict[str, str]]:
    """Send one letter to a real mail server; return its bytes, and its headers by name."""
    with mail_server() as (mailbox, smtp):
        await smtp_sender(smtp, sender)(letter)
    return mailbox.raw[0], mailbox.raw_headers()[0]


async def test_address_that_ends_letters_arrives_as_it_is() -> None:
    _, headers = await send(LETTER)

    assert headers["List-Unsubscribe"] == f"<{LINK}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Message-ID"] == "<LET_01KB5J0000000000000000000@example.org>"


@pytest.mark.parametrize(
    "sender",
    [
        "fos@example.org",
        LONG_ADDRESS,
        f"Secrétariat de la Commission technique permanente <{LONG_ADDRESS}>",
        '"Secretariat, \\"FOS\\"" <fos@example.org>',
    ],
)
async def test_no_header_that_machines_read_holds_an_encoded_word(sender: str) -> None:
    raw, headers = await send(LETTER._replace(address=LONG_ADDRESS), sender)

    machine = {name: headers[name] for name in READ_BY_MACHINES if name != "From"}
    assert [name for name, value in machine.items() if "=?" in value] == []
    assert headers["To"] == LONG_ADDRESS
    assert headers["From"].rpartition(" ")[2].strip("<>") == sender.rpartition(" ")[2].strip("<>")
    assert headers["Message-ID"] == f"<{LETTER.id}@{sender.rpartition('@')[2].strip('>')}>"
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@pytest.mark.parametrize("sender", ["Secrétariat <fos@example.org>", "مكتب المقترحات <fos@example.org>", "é" * 90])
async def test_name_of_the_sender_arrives_whole(sender: str) -> None:
    name = sender.partition(" <")[0]

    _, headers = await send(LETTER, f"{name} <fos@example.org>")

    words, _, address = headers["From"].rpartition(" ")
    assert (str(make_header(decode_header(words))), address) == (name, "<fos@example.org>")


@pytest.mark.parametrize("subject", SUBJECTS, ids=range(len(SUBJECTS)))
async def test_subject_arrives_word_for_word_and_in_short_encoded_words(subject: str) -> None:
    raw, headers = await send(LETTER._replace(subject=subject))

    assert str(make_header(decode_header(headers["Subject"]))) == subject
    assert [word for word in headers["Subject"].split(" ") if word.startswith("=?") and len(word) > 75] == []
    assert b"\r\nBcc" not in raw


@pytest.mark.parametrize("text", ["Données, " * 400 + "\n", "é\n" * 300, "plain\n", "مرحبا\n"])
async def test_letter_goes_out_in_seven_bits_and_short_lines(text: str) -> None:
    raw, _ = await send(LETTER._replace(text=text, html=f"<p>{text}</p>"))

    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
