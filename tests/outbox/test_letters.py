"""Writing letters: part of the transaction, harmless whatever is in them, in the language of the reader."""

from datetime import date, timedelta

import pytest

from server.delivery.outbox.delivery import Outgoing
from server.delivery.outbox.letters import one_line, write_letter
from server.delivery.outbox.senders import message_of
from server.domain.parties.actions.letters import Offer, invitation_letter
from server.kernel.refusals import Refusal, RefusalCode
from server.models.outbox import Letter
from server.storage.database import Database
from server.vocabulary.parties import Language
from tests.factories.workplan import rows_of
from tests.factories.world import NOW

OFFER = Offer(
    name="New delegate",
    inviter="Delegate japan",
    party="Japan Customs",
    starts_on=date(2018, 9, 24),
    ends_on=date(2019, 6, 30),
    link="https://fos.example/invitation?secret=abc",
    expires_at=NOW + timedelta(days=14),
    takes_over_from="Old delegate",
)
HOSTILE = "Hello\r\nBcc: victim@example.org\n\nbody\x00\u2028\x85\u202e end"


async def test_write_letter_is_part_of_its_transaction(database: Database) -> None:
    async with database.writing() as session:
        kept = await write_letter(session, address="a@example.org", subject="One", text="Words.", now=NOW)

    async def undone() -> None:
        async with database.writing() as session:
            await write_letter(session, address="a@example.org", subject="Two", text="Words.", now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await undone()

    columns = (Letter.id, Letter.address, Letter.subject, Letter.text, Letter.written_at, Letter.attempts)
    assert await rows_of(database, *columns, Letter.sent_at) == [(kept, "a@example.org", "One", "Words.", NOW, 0, None)]


async def test_write_letter_takes_out_of_the_subject_what_could_break_a_header(database: Database) -> None:
    async with database.writing() as session:
        await write_letter(session, address="a@example.org", subject=HOSTILE, text="Words.", now=NOW)
        await write_letter(session, address="a@example.org", subject="x" * 300, text="Words.", now=NOW)

    subjects = [subject for (subject,) in await rows_of(database, Letter.subject)]
    assert subjects == ["Hello Bcc: victim@example.org body end", "x" * 200]


@pytest.mark.parametrize(
    ("address", "text", "paths"),
    [
        ("a@example.org\nBcc: b@example.org", "Words.", ["email"]),
        ("a@example.org, b@example.org", "Words.", ["email"]),
        ("", " ", ["email", "text"]),
        ("a@example.org", "x" * 20_001, ["text"]),
    ],
)
async def test_write_letter_refuses(database: Database, address: str, text: str, paths: list[str]) -> None:
    with pytest.raises(Refusal) as refusal:
        async with database.writing() as session:
            await write_letter(session, address=address, subject="One", text=text, now=NOW)

    assert refusal.value.code == RefusalCode.INVALID
    assert [issue.path for issue in refusal.value.issues] == paths
    assert await rows_of(database, Letter.id) == []


def test_one_line() -> None:
    assert one_line(" a\tb \r\n c\u200b ") == "a b c"


@pytest.mark.parametrize("language", Language)
def test_invitation_letter_names_people_party_days_and_link(language: Language) -> None:
    words = invitation_letter(OFFER, language, "Asia/Tokyo")

    french = language == Language.FRENCH
    assert words.subject == (
        "Invitation à parler au nom de Japan Customs" if french else "Invitation to speak for Japan Customs"
    )
    told = ("New delegate", "Delegate japan", "Japan Customs", "Old delegate", OFFER.link)
    days = ("24 September 2018", "30 June 2019", "8 October 2018 at 18:00 (Asia/Tokyo), 09:00 UTC")
    jours = ("24 septembre 2018", "30 juin 2019", "8 octobre 2018 à 18:00 (Asia/Tokyo), 09:00 UTC")
    assert [part for part in (*told, *(jours if french else days)) if part not in words.text] == []
    assert f"\n\n{OFFER.link}\n\n" in words.text


@pytest.mark.parametrize(
    ("given", "subject", "words"),
    [
        ({}, "Invitation to speak for Japan Customs", "to be a delegate of Japan Customs"),
        ({"is_focal_point": True}, "Invitation to speak for Japan Customs", "to be a focal point of Japan Customs"),
        ({"is_administrator": True}, "Invitation to administer Japan Customs", "to be a technical administrator of"),
    ],
)
def test_invitation_letter_says_as_what(given: dict[str, bool], subject: str, words: str) -> None:
    letter = invitation_letter(OFFER._replace(**given), Language.ENGLISH, "UTC")

    assert (letter.subject, words in letter.text) == (subject, True)


@pytest.mark.parametrize(
    ("given", "subject", "words"),
    [
        ({}, "Invitation à parler au nom de Japan Customs", "devenir délégué(e) de"),
        ({"is_focal_point": True}, "Invitation à parler au nom de Japan Customs", "devenir point de contact de"),
        ({"is_administrator": True}, "Invitation à administrer Japan Customs", "administratrice technique de"),
    ],
)
def test_french_invitation_letter_says_as_what(given: dict[str, bool], subject: str, words: str) -> None:
    letter = invitation_letter(OFFER._replace(**given), Language.FRENCH, "UTC")

    assert (letter.subject, words in letter.text) == (subject, True)


@pytest.mark.parametrize("language", Language)
def test_invitation_letter_without_an_end_or_a_predecessor_says_neither(language: Language) -> None:
    plain = invitation_letter(OFFER._replace(ends_on=None, takes_over_from=""), language, "UTC").text

    assert [word for word in ("until", "jusqu", "seat", "siège") if word in plain] == []


@pytest.mark.parametrize("language", Language)
def test_invitation_letter_with_hostile_names_stays_one_letter(language: Language) -> None:
    words = invitation_letter(
        OFFER._replace(name=HOSTILE, inviter=HOSTILE, party=HOSTILE, takes_over_from=HOSTILE),
        language,
        "Europe/Brussels",
    )

    message = message_of(Outgoing("LET", "a@example.org", words.subject, words.text, 1), "fos@example.org")
    assert (message["To"], message["Bcc"]) == ("a@example.org", None)
    assert "\nBcc:" not in words.text
