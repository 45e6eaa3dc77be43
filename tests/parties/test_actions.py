"""Admitting and correcting parties, on both databases."""

from typing import Any, Literal
from unicodedata import normalize

import pytest
from sqlalchemy import select

from server.domain.parties.actions import register
from server.domain.parties.actions.register import PartyCorrection
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode
from server.models.journal import JournalEntry
from server.models.parties import Party, PartyName
from server.vocabulary.parties import PartyKind
from tests.factories.entries import said
from tests.factories.workplan import rows_of, sizes
from tests.factories.world import World

ATLAND: dict[str, Any] = {
    "name": " Republic of Atland ",
    "short_name": "Atland",
    "kind": PartyKind.MEMBER_ADMINISTRATION,
    "capacity": Capacity.MEMBER,
    "further_names": ("Atland Customs", "The Atland"),
}
STATE = (Party.id, Party.name, Party.short_name, Party.kind, Party.capacity, Party.revision)


async def refused(world: World, key: str | None, action: Any, **sent: Any) -> Refusal:
    """The refusal of an act; nothing is written by it."""
    before = await sizes(world.database), await rows_of(world.database, *STATE)

    with pytest.raises(Refusal) as refusal:
        await world.do(key, action, **sent)

    assert (await sizes(world.database), await rows_of(world.database, *STATE)) == before
    return refusal.value


async def party(world: World, party_id: str) -> tuple[Any, ...]:
    """What is on record of a party, and its folded names."""
    (found,) = [row[1:] for row in await rows_of(world.database, *STATE) if row[0] == party_id]
    names = [name for name, of in await rows_of(world.database, PartyName.name, PartyName.party_id) if of == party_id]
    return (*found, names)


HIDDEN = Issue("name", IssueCode.NAME_HAS_UNSEEN, character="U+200B")
SPACE = Issue("shortName", IssueCode.NAME_HAS_OTHER_SPACE, character="U+00A0")


async def test_admit_party_enters_it_under_all_its_names(world: World) -> None:
    party_id = await world.do("secretariat", register.admit_party, **ATLAND)

    assert await party(world, party_id) == (
        "Republic of Atland",
        "Atland",
        PartyKind.MEMBER_ADMINISTRATION,
        Capacity.MEMBER,
        1,
        ["atland", "atland customs", "republic of atland"],
    )
    entries = await rows_of(world.database, JournalEntry.act, JournalEntry.subject_id)
    assert entries == [("party.admitted", party_id)]


@pytest.mark.parametrize(
    ("sent", "issues"),
    [
        ({"short_name": " "}, [Issue("shortName", IssueCode.EMPTY)]),
        ({"short_name": "JAPAN"}, [Issue("shortName", IssueCode.NAME_TAKEN, name="japan")]),
        ({"name": "The  UPU"}, [Issue("name", IssueCode.NAME_TAKEN, name="upu")]),
        ({"further_names": ("Japan customs",)}, [Issue("furtherNames", IssueCode.NAME_TAKEN, name="japan customs")]),
        ({"name": "Ja\u200bpan"}, [HIDDEN, Issue("name", IssueCode.NAME_TAKEN, name="japan")]),
        ({"short_name": "\uff2aapan\u00a0"}, [SPACE, Issue("shortName", IssueCode.NAME_TAKEN, name="japan")]),
        (
            {"capacity": Capacity.OBSERVER},
            [Issue("capacity", IssueCode.CAPACITY_UNFIT, kind="MEMBER_ADMINISTRATION", possible="MEMBER")],
        ),
        (
            {"kind": PartyKind.SECRETARIAT, "capacity": Capacity.SECRETARIAT},
            [Issue("capacity", IssueCode.SECRETARIAT_STAYS)],
        ),
    ],
)
async def test_admit_party_refuses(world: World, sent: dict[str, Any], issues: list[Issue]) -> None:
    refusal = await refused(world, "secretariat", register.admit_party, **(ATLAND | sent))

    assert (refusal.code, list(refusal.issues)) == (RefusalCode.INVALID, issues)


async def test_admit_party_twice_is_refused(world: World) -> None:
    await world.do("secretariat", register.admit_party, **ATLAND)

    refusal = await refused(world, "secretariat", register.admit_party, **ATLAND)

    assert [issue.path for issue in refusal.issues] == ["furtherNames", "shortName", "name"]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
async def test_admit_party_again_in_another_normal_form_is_refused(world: World, form: Literal["NFC", "NFD"]) -> None:
    names = {"name": "République d'Ålande", "short_name": "Ålande", "further_names": ("Ålande № 1",)}
    first = await world.do("secretariat", register.admit_party, **(ATLAND | names))
    again = {
        key: normalize(form, value) if isinstance(value, str) else tuple(normalize(form, each) for each in value)
        for key, value in names.items()
    }

    refusal = await refused(world, "secretariat", register.admit_party, **(ATLAND | again))

    assert {issue.path.partition(".")[0] for issue in refusal.issues} == {"furtherNames", "shortName", "name"}
    assert (await party(world, first))[:2] == ("République d'Ålande", "Ålande")


async def test_admit_party_keeps_names_in_one_normal_form(world: World) -> None:
    names = {"name": normalize("NFD", "République d'Ålande "), "short_name": normalize("NFD", " Ålande")}

    party_id = await world.do("secretariat", register.admit_party, **(ATLAND | names))

    assert (await party(world, party_id))[:2] == ("République d'Ålande", "Ålande")


async def test_admit_party_is_for_the_secretariat(world: World) -> None:
    for key in ("japan", "upu", "gea"):
        assert (await refused(world, key, register.admit_party, **ATLAND)).code == RefusalCode.FORBIDDEN


async def test_correct_party_changes_the_capacity_and_tells_the_journal(world: World) -> None:
    upu = world.parties["upu"]
    correction = PartyCorrection(kind=PartyKind.CUSTOMS_UNION, capacity=Capacity.MEMBER)

    await world.do(
        "secretariat",
        register.correct_party,
        party_id=upu,
        correction=correction,
        reason=" It acceded. ",
        expected_revision=1,
    )

    names = ["universal postal union", "upu"]
    assert await party(world, upu) == (
        "Universal Postal Union",
        "UPU",
        PartyKind.CUSTOMS_UNION,
        Capacity.MEMBER,
        2,
        names,
    )
    assert (await world.actor("upu")).capacity == Capacity.MEMBER
    async with world.database.reading() as connection:
        details = (await connection.execute(select(JournalEntry.details))).scalar_one()
    state = {"name": "Universal Postal Union", "short_name": "UPU", "printed": names, "region": None, "language": None}
    assert said(details) == {
        "reason": "It acceded.",
        "before": state | {"kind": "INTERNATIONAL_ORGANIZATION", "capacity": "OBSERVER"},
        "after": state | {"kind": "CUSTOMS_UNION", "capacity": "MEMBER"},
    }


async def test_correct_party_keeps_the_old_name_unless_the_names_are_given_anew(world: World) -> None:
    japan = world.parties["japan"]
    sent = {"party_id": japan, "reason": "As printed."}

    await world.do(
        "secretariat", register.correct_party, correction=PartyCorrection(name="Japan"), expected_revision=1, **sent
    )
    kept = (await party(world, japan))[-1]
    await world.do(
        "secretariat",
        register.correct_party,
        correction=PartyCorrection(further_names=("Nippon",)),
        expected_revision=2,
        **sent,
    )

    assert kept == ["japan", "japan customs"]
    assert (await party(world, japan))[-1] == ["japan", "nippon"]


@pytest.mark.parametrize(
    ("sent", "code", "path"),
    [
        ({"reason": " "}, RefusalCode.REASON_REQUIRED, "reason"),
        ({"expected_revision": 2}, RefusalCode.STALE_REVISION, None),
        ({"party_id": "PTY_none"}, RefusalCode.NOT_FOUND, None),
        ({"correction": PartyCorrection()}, RefusalCode.INVALID, "partyId"),
        ({"correction": PartyCorrection(short_name="UPU")}, RefusalCode.INVALID, "partyId"),
        ({"correction": PartyCorrection(short_name="")}, RefusalCode.INVALID, "shortName"),
        ({"correction": PartyCorrection(short_name="GEA")}, RefusalCode.INVALID, "shortName"),
        ({"correction": PartyCorrection(capacity=Capacity.MEMBER)}, RefusalCode.INVALID, "capacity"),
        (
            {"correction": PartyCorrection(kind=PartyKind.SECRETARIAT, capacity=Capacity.SECRETARIAT)},
            RefusalCode.INVALID,
            "capacity",
        ),
    ],
)
async def test_correct_party_refuses(world: World, sent: dict[str, Any], code: RefusalCode, path: str | None) -> None:
    good = {
        "party_id": world.parties["upu"],
        "correction": PartyCorrection(name="Postal Union"),
        "reason": "As printed.",
        "expected_revision": 1,
    }

    refusal = await refused(world, "secretariat", register.correct_party, **(good | sent))

    assert refusal.code == code
    assert [issue.path for issue in refusal.issues] == ([path] if path else [])


async def test_correct_party_never_takes_the_capacity_of_the_secretariat(world: World) -> None:
    refusal = await refused(
        world,
        "secretariat",
        register.correct_party,
        party_id=world.parties["secretariat"],
        correction=PartyCorrection(kind=PartyKind.ACADEMIC, capacity=Capacity.OBSERVER),
        reason="No.",
        expected_revision=1,
    )

    assert list(refusal.issues) == [Issue("capacity", IssueCode.SECRETARIAT_STAYS)]


async def test_correct_party_is_for_the_secretariat(world: World) -> None:
    sent = {"correction": PartyCorrection(name="Better"), "reason": "We say so.", "expected_revision": 1}

    for key in ("japan", "upu", "gea"):
        refusal = await refused(world, key, register.correct_party, party_id=world.parties[key], **sent)
        assert refusal.code == RefusalCode.FORBIDDEN
