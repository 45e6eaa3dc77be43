"""Lists of participants from a sheet: what is read, refused and written, on both databases."""

from datetime import date
from typing import Any

import pytest

from server.documents.sheets import read_sheet
from server.domain.parties.actions import inviting, persons, register
from server.domain.parties.actions.participants import ParticipantSheet, import_participants, prepare_import
from server.domain.parties.rules.accrediting import InvitationTerms
from server.domain.parties.rules.participants import ReadList, read_participants
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.models.outbox import Letter
from server.models.parties import Delegate, Invitation, ParticipantList, Party, PartyName, Person
from server.vocabulary.known_parties import known_parties
from server.vocabulary.parties import Enrolment, PartyKind
from tests.factories.answers import FORBIDDEN, INVALID, kind_and_code, last_entry, refusal, rows
from tests.factories.world import World

TODAY = date(2018, 9, 24)
TERMS = InvitationTerms("https://x.example", 14)
SHEET = (
    "List of participants,,,,\n"
    "Delegation,Family name,Given name,E-mail,Focal point\n"
    "JAPAN,YAMADA,Ms. Hanako,hanako@japan.example,yes\n"
    "universal postal union,Müller,Jörg, Joerg@UPU.example ,\n"
)


def read(sheet: str, **days: Any) -> ReadList:
    """Return what a sheet says for somebody who begins today."""
    return read_participants(read_sheet(sheet), TODAY, days.get("starts_on", TODAY), days.get("ends_on"))


def sent(sheet: str = SHEET, enrolment: Enrolment = Enrolment.INVITE, **changed: Any) -> dict[str, Any]:
    """Return what `import_participants` takes."""
    return {"participants": ParticipantSheet(sheet, enrolment, **changed), "terms": TERMS, "source_name": "list.csv"}


def faults(issues: Any) -> list[tuple[Any, Any, IssueCode]]:
    """Return row, column and code of faults."""
    return [(issue.parameters.get("row"), issue.parameters.get("column"), issue.code) for issue in issues]


def test_names_are_kept_as_delegates_print_them() -> None:
    sheet = "Country,Name,Email,From,Until\nJapan,Mr. Taro  YAMADA,t@j.org,43400,2019-06-30\nJapan,M. Ly,l@j.org,,\n"

    first, second = read(sheet).participants

    assert (first.party, first.invited.name, first.invited.is_focal_point) == ("Japan", "Taro YAMADA", False)
    assert (first.invited.starts_on, first.invited.ends_on) == (date(2018, 10, 27), date(2019, 6, 30))
    assert (second.invited.name, second.invited.starts_on) == ("Ly", TODAY)


async def test_party_without_a_region_gets_that_of_the_sheet(world: World) -> None:
    sheet = (
        "Country,Name,E-mail,WCO region\nJapan,Hanako Yamada,h@j.org,Asia/Pacific\n"
        "China,Li Wei,l@c.org,ASIA_PACIFIC\nCanada,Ann Lee,a@c.org,\n"
    )
    wrong = sheet.replace("Asia/Pacific", "Atlantis")

    refused = await refusal(world, "secretariat", import_participants, **sent(wrong))
    await world.do("secretariat", import_participants, **sent(sheet))

    assert faults(refused.issues) == [(2, "WCO region", IssueCode.NOT_ONE_OF)]
    regions = {party.short_name: party.region for party in await rows(world, Party)}
    assert (regions["Japan"], regions["China"], regions["Canada"]) == ("ASIA_PACIFIC", "ASIA_PACIFIC", None)


@pytest.mark.parametrize(
    ("printed", "tag"),
    [
        *(("French", "fr"), ("ANGLAIS", "en"), ("español", "es"), ("pt-br", "pt-BR"), ("zh-hant", "zh-Hant")),
        *(("FR", "fr"), ("", None)),
    ],
)
def test_language_of_a_row_is_a_name_or_a_tag(printed: str, tag: str | None) -> None:
    reading = read(f"Country,Name,E-mail,Language\nJapan,Hanako Yamada,h@j.org,{printed}\n")

    assert (reading.participants[0].language, reading.issues) == (tag, ())


def test_language_that_nobody_knows_is_a_fault_of_its_cell() -> None:
    reading = read("Pays,Nom,Courriel,Langue\nJapon,Yamada,h@j.org,Klingon or so\n")

    assert faults(reading.issues) == [(2, "Langue", IssueCode.LANGUAGE_MALFORMED)]


async def test_party_and_new_person_without_a_language_get_that_of_the_sheet(world: World) -> None:
    sheet = (
        "Country,Name,E-mail,Language\nJapan,Hanako Yamada,h@j.org,French\nJapan,Taro Ito,t@j.org,\n"
        "China,Li Wei,l@c.org,English\nChina,Wu Min,w@c.org,French\n"
    )

    await world.do("secretariat", import_participants, **sent(sheet, Enrolment.ACCREDIT))

    languages = {party.short_name: party.language for party in await rows(world, Party)}
    assert (languages["Japan"], languages["China"]) == ("fr", None)
    spoken = {person.email: person.language for person in await rows(world, Person)}
    expected = {"h@j.org": "FRENCH", "t@j.org": "ENGLISH", "l@c.org": "ENGLISH", "w@c.org": "FRENCH"}
    assert {email: spoken[email] for email in expected} == expected


async def test_letter_of_an_invitation_is_in_the_language_of_the_row(world: World) -> None:
    sheet = "Country,Name,E-mail,Language\nJapan,Hanako Yamada,h@j.org,French\nJapan,Taro Ito,t@j.org,\n"

    await world.do("secretariat", import_participants, **sent(sheet))

    subjects = {letter.address: letter.subject for letter in await rows(world, Letter)}
    assert subjects["h@j.org"] != subjects["t@j.org"]
    assert "Invitation" in subjects["h@j.org"]


def test_every_fault_has_its_row_and_its_column() -> None:
    sheet = (
        "Pays,Nom,Prénom,Courriel,Point de contact,Du,Au\n"
        ",Doe,Jane,jane@x.org,,,\n"
        "Japan,,,j@x.org,,,\n"
        "Japan,Doe,Jane,jane,,,\n"
        "Japan,Doe,Jane,j2@x.org,perhaps,,\n"
        "Japan,Doe,Jane,j3@x.org,,30 November,\n"
        "Japan,Doe,Jane,j4@x.org,,2018-09-23,\n"
        "Japan,Doe,Jane,j5@x.org,,2018-10-02,2018-10-01\n"
        "Japan,Do\u202ee,Jane,j6@x.org,,,\n"
        "\"=cmd|'/c calc'!A1\",Doe,Jane,j7@x.org,,,\n"
        "Japan,Doe,Jane,j8@x.org,,,\n"
        " the JAPAN ,Doe,Jane,J8@X.ORG,,,\n"
    )

    assert faults(read(sheet).issues) == [
        (2, "Pays", IssueCode.EMPTY),
        (3, "Nom", IssueCode.EMPTY),
        (4, "Courriel", IssueCode.EMAIL_MALFORMED),
        (5, "Point de contact", IssueCode.NOT_ONE_OF),
        (6, "Du", IssueCode.DAY_UNREADABLE),
        (7, "Du", IssueCode.DAY_TOO_EARLY),
        (8, "Au", IssueCode.DAYS_REVERSED),
        (9, "Nom", IssueCode.NAME_TURNS),
        (10, "Pays", IssueCode.FORMULA),
        (12, "Courriel", IssueCode.ROW_REPEATED),
    ]


@pytest.mark.parametrize("sheet", ["", "Name,E-mail\nJane,j@x.org", "Party,E-mail\nJapan,j@x.org"])
def test_sheet_without_its_columns_says_which_are_needed(sheet: str) -> None:
    assert [issue.code for issue in read(sheet).issues] == [IssueCode.COLUMNS_MISSING]


async def test_import_participants_invites_all_of_them_once(world: World) -> None:
    list_id = await world.do("secretariat", import_participants, **sent())
    again = await world.do("secretariat", import_participants, **sent())

    invitations = await rows(world, Invitation, Invitation.email)
    assert [(row.email, row.name, row.party_id, row.is_focal_point) for row in invitations] == [
        ("hanako@japan.example", "Ms. Hanako YAMADA".removeprefix("Ms. "), world.parties["japan"], True),
        ("joerg@upu.example", "Jörg Müller", world.parties["upu"], False),
    ]
    assert {row.address for row in await rows(world, Letter)} == {row.email for row in invitations}
    (imported,) = await rows(world, ParticipantList)
    assert again == list_id == imported.id
    assert (imported.invited_count, imported.accredited_count, imported.known_count) == (2, 0, 0)
    entry = await last_entry(world)
    assert (entry.act, entry.details["invited"], entry.details["known"]) == ("participants.imported", 2, 0)
    assert "hanako" not in str(entry.details)


async def test_import_participants_accredits_and_leaves_those_who_are_there(world: World) -> None:
    there = "Japan,Delegate,japan,JAPAN@example.org,no\nCanada,Delegate,japan,japan@example.org,no\n"

    await world.do("secretariat", import_participants, **sent(SHEET + there, Enrolment.ACCREDIT, ends_on=TODAY))

    people = {row.email: row for row in await rows(world, Person)}
    new = [row for row in await rows(world, Delegate) if row.ends_on == TODAY]
    assert people["joerg@upu.example"].name == "Jörg Müller"
    assert {(row.person_id, row.party_id, row.focal_point_from) for row in new} == {
        (people["hanako@japan.example"].id, world.parties["japan"], TODAY),
        (people["joerg@upu.example"].id, world.parties["upu"], None),
        (people["japan@example.org"].id, world.parties["canada"], None),
    }
    assert await rows(world, Letter) == []
    (imported,) = await rows(world, ParticipantList)
    assert (imported.accredited_count, imported.known_count) == (3, 1)


async def test_one_fault_refuses_all_and_every_unknown_party_is_named(world: World) -> None:
    unknown = "Atlantis,A,B,a@a.org,\nBrazil,C,D,c@b.org,\nLilliput,E,F,e@l.org,\n"

    refused = await refusal(world, "secretariat", import_participants, **sent(SHEET + unknown))

    assert kind_and_code(refused) == INVALID
    assert [(issue.code, issue.parameters["name"]) for issue in refused.issues] == [
        (IssueCode.PARTY_UNKNOWN, "Atlantis"),
        (IssueCode.PARTY_KNOWN, "Brazil"),
        (IssueCode.PARTY_UNKNOWN, "Lilliput"),
    ]


async def test_former_and_further_names_of_a_party_are_understood(world: World) -> None:
    correction = register.PartyCorrection(name="State of Japan", further_names=("Nippon", "Japan Customs"))
    party = {"party_id": world.parties["japan"], "reason": "New name.", "expected_revision": 1}
    await world.do("secretariat", register.correct_party, **party, correction=correction)

    wide = "\uff2e\uff49\uff50\uff50\uff4f\uff4e"
    printed = ("Japan Customs,A B,a@j.org", f"{wide},C D,c@j.org", "state of  japan,E F,e@j.org")
    sheet = "\n".join(("Party,Name,E-mail", *printed))
    await world.do("secretariat", import_participants, **sent(sheet))

    assert {row.party_id for row in await rows(world, Invitation)} == {world.parties["japan"]}


async def test_import_participants_by_anyone_else_is_forbidden(world: World) -> None:
    for who in ("japan", "japan-assistant", "canada", "upu", "gea"):
        assert kind_and_code(await refusal(world, who, import_participants, **sent())) == FORBIDDEN


async def test_suspended_person_refuses_the_list(world: World) -> None:
    await world.do(
        "secretariat", persons.suspend_person, person_id=world.persons["japan"], reason="Stolen.", expected_revision=1
    )
    sheet = "Party,Name,E-mail\nCanada,Delegate japan,japan@example.org\n"

    refused = await refusal(world, "secretariat", import_participants, **sent(sheet, Enrolment.ACCREDIT))

    assert faults(refused.issues) == [(2, "E-mail", IssueCode.PERSON_SUSPENDED)]


async def test_address_that_was_invited_too_often_refuses_the_list(world: World) -> None:
    sheet = "Party,Name,E-mail\nCanada,Jane Doe,jane@x.org\n"
    for number in range(inviting.INVITATIONS_A_DAY):
        await world.do("secretariat", import_participants, **sent(sheet + "\n" * number))
        (open_,) = [row for row in await rows(world, Invitation) if row.withdrawn_at is None]
        drop = {"invitation_id": open_.id, "expected_revision": 1}
        await world.do("secretariat", inviting.withdraw_invitation, **drop)

    refused = await refusal(world, "secretariat", import_participants, **sent(sheet))

    assert faults(refused.issues) == [(2, "E-mail", IssueCode.INVITED_OFTEN)]
    world.clock.move(days=1)
    await world.do("secretariat", import_participants, **sent(sheet))


async def test_preview_counts_and_writes_nothing(world: World) -> None:
    actor = await world.actor("secretariat")

    async with world.database.studying() as session:
        enrolling = await prepare_import(session, actor, world.clock.now, sent()["participants"])

    assert (len(enrolling.new), enrolling.known) == (2, 0)
    assert await rows(world, Invitation) == []


async def test_ten_thousand_rows_are_refused_at_once_and_two_thousand_taken(world: World) -> None:
    line = "Japan,Person {0},p{0}@x.org\n"
    refused = await refusal(
        world,
        "secretariat",
        import_participants,
        **sent("Party,Name,E-mail\n" + "".join(map(line.format, range(10_000)))),
    )
    assert refused.code == "IMPORT_UNREADABLE"

    await world.do(
        "secretariat", import_participants, **sent("Party,Name,E-mail\n" + "".join(map(line.format, range(1_999))))
    )

    assert len(await rows(world, Invitation)) == 1_999


async def test_admit_known_parties_enters_them_with_all_their_names(world: World) -> None:
    first = await world.do("secretariat", register.admit_known_parties, short_names=("Korea", "brazil"))

    parties = {row.short_name: row for row in await rows(world, Party)}
    names = {row.name for row in await rows(world, PartyName) if row.party_id == first}
    assert parties["Korea"].id == first
    assert parties["Brazil"].capacity == Capacity.MEMBER
    assert {"republic of korea", "korea", "south korea", "kcs"} <= names
    assert (await last_entry(world)).details["names"] == ["Korea", "Brazil"]


@pytest.mark.parametrize(
    ("short_names", "code"),
    [
        ((), IssueCode.COUNT),
        (("Atlantis",), IssueCode.PARTY_UNKNOWN),
        (("Secretariat",), IssueCode.SECRETARIAT_STAYS),
        (("Japan",), IssueCode.NAME_TAKEN),
    ],
)
async def test_parties_that_cannot_be_admitted_are_refused(
    world: World, short_names: tuple[str, ...], code: IssueCode
) -> None:
    refused = await refusal(world, "secretariat", register.admit_known_parties, short_names=short_names)

    assert [issue.code for issue in refused.issues] == [code]
    for who in ("japan", "upu"):
        other = await refusal(world, who, register.admit_known_parties, short_names=("Korea",))
        assert kind_and_code(other) == FORBIDDEN


@pytest.mark.parametrize(
    "name", ["J\u0430pan", "Jápan", "\uff2a\uff21\uff30\uff21\uff2e", "jap\u00adan", "\u039c\u0391\u03a1\u0399\u0391"]
)
async def test_name_that_looks_like_another_party_is_refused(world: World, name: str) -> None:
    taken = {"name": "Maria Ltd", "short_name": "MAPIA", "kind": PartyKind.PRIVATE_SECTOR_BODY}
    await world.do("secretariat", register.admit_party, **taken, capacity=Capacity.PRIVATE_SECTOR)
    sent_name = {"name": f"{name} of somewhere else", "short_name": name, "kind": PartyKind.PRIVATE_SECTOR_BODY}

    refused = await refusal(world, "secretariat", register.admit_party, **sent_name, capacity=Capacity.PRIVATE_SECTOR)

    assert "shortName" in [issue.path for issue in refused.issues]


def test_known_parties_do_not_look_alike() -> None:
    names = [name for party in known_parties() for name in party.names]

    assert len({name.casefold() for name in names}) >= len(known_parties())
