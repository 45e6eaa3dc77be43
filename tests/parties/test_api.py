"""Parties over HTTP, with the published operations."""

import pytest

from tests.factories.api import Api

ATLAND = {
    "name": "Republic of Atland",
    "shortName": "Atland",
    "kind": "MEMBER_ADMINISTRATION",
    "capacity": "MEMBER",
    "furtherNames": ["Atland Customs"],
}


async def test_admit_party_gives_the_party(api: Api) -> None:
    result = await api.act("secretariat", "admitParty", **ATLAND)

    assert result["__typename"] == "PartyAdmitted"
    assert result["party"] == {
        "id": result["party"]["id"],
        "name": "Republic of Atland",
        "shortName": "Atland",
        "kind": "MEMBER_ADMINISTRATION",
        "capacity": "MEMBER",
        "printedNames": ["atland", "atland customs", "republic of atland"],
        "revision": 1,
    }


async def test_correct_party_gives_the_party_as_it_stands_now(api: Api) -> None:
    sent = {"partyId": api.world.parties["gea"], "reason": "It is one.", "expectedRevision": 1}

    result = await api.act("secretariat", "correctParty", capacity="OBSERVER", **sent)
    stale = await api.act("secretariat", "correctParty", capacity="PRIVATE_SECTOR", **sent)

    assert result["__typename"] == "PartyCorrected"
    assert (result["party"]["capacity"], result["party"]["revision"]) == ("OBSERVER", 2)
    assert (stale["kind"], stale["code"]) == ("STALE", "STALE_REVISION")


@pytest.mark.parametrize(
    ("person", "code"), [("japan", "FORBIDDEN"), ("upu", "FORBIDDEN"), ("gea", "FORBIDDEN"), (None, "UNAUTHENTICATED")]
)
async def test_parties_are_kept_by_the_secretariat(api: Api, person: str | None, code: str) -> None:
    admitted = await api.act(person, "admitParty", **ATLAND)
    corrected = await api.act(
        person, "correctParty", partyId=api.world.parties["gea"], name="Better", reason="So.", expectedRevision=1
    )
    listed = await api.ask("secretariat", "PartyList")

    assert (admitted["code"], corrected["code"]) == (code, code)
    assert listed["parties"]["totalCount"] == 6
    assert {node["revision"] for node in listed["parties"]["nodes"]} == {1}


@pytest.mark.parametrize("person", ["secretariat", "japan", "upu", "gea", None])
async def test_every_delegate_sees_every_party(api: Api, person: str | None) -> None:
    listed = (await api.ask(person, "PartyList", filter={"capacity": "MEMBER"}))["parties"]["nodes"]

    assert [node["shortName"] for node in listed] == (["Canada", "China", "Japan"] if person else [])
    allowed = {(node["shortName"], act["act"]) for node in listed for act in node["availableActs"] if act["isAllowed"]}
    by_focal_point = {"INVITE_DELEGATE", "GRANT_REPRESENTATION", "OPEN_SERVICE_ACCOUNT"}
    assert allowed == {
        (node["shortName"], act)
        for node in listed
        for act in by_focal_point | {"CORRECT_PARTY"}
        if person == "secretariat" or (node["shortName"].lower() == person and act in by_focal_point)
    }
