"""Applications, service accounts and grants over HTTP, with the published operations."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest

from server.identity.secrets import digest_of
from server.models.identity import BrowserSession
from server.models.oauth import Grant
from server.models.parties import Delegate, Person
from tests.factories.api import Api
from tests.factories.rounds import rows_of
from tests.factories.world import NOW, World

EDITOR = {
    "name": "Editor",
    "kind": "WEB",
    "purpose": "Comments in a margin.",
    "redirectUris": ["https://editor.example/back"],
    "scopes": ["OPENID", "READ", "COMMENT"],
}
BOT = {"name": "Tracker", "purpose": "Watches deadlines.", "scopes": ["READ"], "endsOn": "2018-12-31"}


async def register(api: Api, **changed: Any) -> dict[str, Any]:
    """An application, registered by the Secretariat."""
    result = await api.act("secretariat", "registerApplication", **(EDITOR | changed))
    assert result["__typename"] == "ApplicationRegistered"
    return dict(result["application"])


async def let_in(world: World, application_id: str, key: str) -> str:
    """A grant of a person."""
    granted = {"scopes": ["read"], "signed_in_at": NOW, "granted_at": NOW}
    grant = Grant(person_id=world.persons[key], application_id=application_id, **granted)
    await world.add(grant)
    return grant.id


async def add_technician(world: World) -> None:
    """A technical administrator."""
    person = Person(name="Technician", email="technician@example.org")
    await world.add(person)
    party = world.parties["secretariat"]
    await world.add(Delegate(person_id=person.id, party_id=party, starts_on=date(2018, 1, 1), is_administrator=True))
    world.persons["technician"] = person.id


async def test_register_application_shows_the_secret_once(api: Api) -> None:
    first = await api.act("secretariat", "registerApplication", key="same", **EDITOR)
    retried = await api.act("secretariat", "registerApplication", key="same", **EDITOR)

    (row,) = await rows_of(api.world, "applications")
    assert row["secret_digest"] == digest_of(first["secret"])
    assert retried == first | {"secret": None}
    assert first["application"] == {
        "id": row["id"],
        "name": "Editor",
        "kind": "WEB",
        "purpose": "Comments in a margin.",
        "redirectUris": ["https://editor.example/back"],
        "signOutUris": [],
        "scopes": ["READ", "COMMENT", "OPENID"],
        "party": None,
        "endsOn": None,
        "registeredAt": "2018-09-24T09:00:00Z",
        "retiredAt": None,
        "revision": 1,
    }


async def test_register_application_says_every_fault(api: Api) -> None:
    bad = EDITOR | {"name": "", "redirectUris": ["https://editor.example/#x"], "scopes": []}

    refusal = await api.act("secretariat", "registerApplication", **bad)

    assert refusal["code"] == "INVALID"
    assert [".".join(issue["path"]) for issue in refusal["issues"]] == ["name", "redirectUris.0", "scopes"]
    assert await rows_of(api.world, "applications") == []


async def test_a_secret_is_in_no_answer_but_the_first_and_in_no_row_and_no_log(
    api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    registered = await api.act("secretariat", "registerApplication", **EDITOR)
    opened = await api.act("japan", "openServiceAccount", partyId=api.world.parties["japan"], **BOT)
    changed = {"applicationId": registered["application"]["id"], "expectedRevision": 1}
    rotated = await api.act("secretariat", "rotateApplicationSecret", **changed)
    secrets = [registered["secret"], opened["secret"], rotated["secret"]]

    listed = await api.ask("secretariat", "ApplicationList")
    journal = await api.ask("secretariat", "JournalList", first=10)
    rows = [await rows_of(api.world, table) for table in ("applications", "journal", "persons", "delegates")]

    assert len(set(secrets)) == 3
    assert rotated["__typename"] == "ApplicationSecretRotated"
    kept = repr((listed, journal, rows)) + caplog.text
    assert [secret for secret in secrets if secret in kept] == []
    shown = repr((listed, journal))
    assert [digest for secret in secrets if (digest := digest_of(secret)) in shown] == []


@pytest.mark.parametrize("key", ["secretariat", "technician"])
async def test_the_keepers_correct_and_retire_an_application(api: Api, key: str) -> None:
    await add_technician(api.world)
    app = await register(api)

    corrected = await api.act(key, "correctApplication", applicationId=app["id"], name="Margin", expectedRevision=1)
    stale = await api.act(key, "correctApplication", applicationId=app["id"], name="Other", expectedRevision=1)
    sent = {"applicationId": app["id"], "reason": "No longer made.", "expectedRevision": 2}
    retired = await api.act(key, "retireApplication", **sent)

    assert corrected["application"] == app | {"name": "Margin", "revision": 2}
    assert stale["code"] == "STALE_REVISION"
    assert retired["application"] == app | {"name": "Margin", "revision": 3, "retiredAt": "2018-09-24T09:00:00Z"}


async def test_a_service_account_is_opened_and_closed_by_the_focal_point(api: Api) -> None:
    party = api.world.parties["japan"]

    opened = await api.act("japan", "openServiceAccount", partyId=party, **BOT)
    application = opened["application"]
    sent = {"applicationId": application["id"], "reason": "Replaced.", "expectedRevision": 1}
    refused = await api.act("japan-assistant", "closeServiceAccount", **sent)
    closed = await api.act("japan", "closeServiceAccount", **sent)

    assert (application["kind"], application["party"]) == ("SERVICE", {"id": party, "shortName": "Japan"})
    assert (application["endsOn"], application["scopes"]) == ("2018-12-31", ["READ"])
    assert len(opened["secret"]) == 43
    assert refused["code"] == "FORBIDDEN"
    assert closed["application"]["retiredAt"] == "2018-09-24T09:00:00Z"


async def test_who_sees_which_applications(api: Api) -> None:
    await add_technician(api.world)
    app = await register(api)
    for key, party in (("japan", "japan"), ("secretariat", "gea")):
        await api.act(key, "openServiceAccount", partyId=api.world.parties[party], **(BOT | {"name": party}))
    await let_in(api.world, app["id"], "upu")

    seen = {
        person: [node["name"] for node in (await api.ask(person, "ApplicationList"))["clientApplications"]["nodes"]]
        for person in ("secretariat", "technician", "japan", "japan-assistant", "gea", "upu", "canada", None)
    }

    everything = ["Editor", "gea", "japan"]
    assert seen == {
        "secretariat": everything,
        "technician": everything,
        "japan": ["japan"],
        "japan-assistant": ["japan"],
        "gea": ["gea"],
        "upu": ["Editor"],
        "canada": [],
        None: [],
    }


async def test_an_application_says_what_may_be_done_with_it(api: Api) -> None:
    await api.act("japan", "openServiceAccount", partyId=api.world.parties["japan"], **BOT)
    await register(api)

    nodes = (await api.ask("secretariat", "ApplicationList"))["clientApplications"]["nodes"]
    allowed = [[act["act"] for act in node["availableActs"] if act["isAllowed"]] for node in nodes]
    (own,) = (await api.ask("japan", "ApplicationList", filter={"kind": "SERVICE"}))["clientApplications"]["nodes"]

    assert allowed == [
        ["CORRECT_APPLICATION", "ROTATE_APPLICATION_SECRET", "RETIRE_APPLICATION"],
        ["CLOSE_SERVICE_ACCOUNT"],
    ]
    assert [act["act"] for act in own["availableActs"] if act["isAllowed"]] == [
        "ROTATE_APPLICATION_SECRET",
        "CLOSE_SERVICE_ACCOUNT",
    ]


async def test_revoke_grant_takes_it_from_the_list_of_the_person(api: Api) -> None:
    app = await register(api)
    grant = await let_in(api.world, app["id"], "japan")

    before = (await api.ask("japan", "Viewer"))["viewer"]["grants"]["nodes"]
    foreign = await api.act("gea", "revokeGrant", grantId=grant)
    revoked = await api.act("japan", "revokeGrant", grantId=grant)
    after = (await api.ask("japan", "Viewer"))["viewer"]["grants"]["nodes"]

    assert [(node["id"], node["application"]["name"], node["scopes"]) for node in before] == [
        (grant, "Editor", ["READ"])
    ]
    assert foreign["code"] == "NOT_FOUND"
    assert (revoked["grant"]["id"], revoked["grant"]["revokedAt"]) == (grant, "2018-09-24T09:00:00Z")
    assert after == []


async def test_sign_out_person_ends_their_sessions(api: Api) -> None:
    until = {"seen_at": NOW, "expires_at": NOW + timedelta(hours=1), "methods": ["pwd"]}
    person = api.world.persons["japan"]
    await api.world.add(BrowserSession(secret_digest="1", person_id=person, signed_in_at=NOW, **until))
    sent = {"personId": person, "reason": "Lost laptop."}

    before = (await api.ask("japan", "Viewer"))["viewer"]["sessions"]["nodes"]
    refused = await api.act("gea", "signOutPerson", **sent)
    done = await api.act("secretariat", "signOutPerson", **sent)
    after = (await api.ask("japan", "Viewer"))["viewer"]["sessions"]["nodes"]

    assert [node["methods"] for node in before] == [["pwd"]]
    assert refused["code"] == "FORBIDDEN"
    assert done == {"__typename": "PersonSignedOut", "person": {"id": person, "name": "Delegate japan"}}
    assert after == []


@pytest.mark.parametrize(("person", "code"), [("japan", "FORBIDDEN"), ("upu", "FORBIDDEN"), (None, "UNAUTHENTICATED")])
async def test_applications_are_registered_by_the_keepers(api: Api, person: str | None, code: str) -> None:
    assert (await api.act(person, "registerApplication", **EDITOR))["code"] == code
    assert await rows_of(api.world, "applications") == []
