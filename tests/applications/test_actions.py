"""Applications, service accounts and grants, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.parties.actions import persons, service_accounts
from server.domain.parties.actions.seats import appoint_focal_point, hand_over_seat
from server.domain.parties.rules.service_accounts import Opening
from server.identity.applications import actions
from server.identity.applications.actions import ApplicationCorrection, Issued
from server.identity.applications.rules import Registration
from server.identity.secrets import digest_of
from server.identity.standing import actor_of
from server.kernel.actor import Actor, Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal
from server.kernel.refusals import RefusalCode as Code
from server.kernel.scopes import Scope
from server.models.identity import BrowserSession
from server.models.journal import JournalEntry
from server.models.oauth import Application, Grant
from server.models.parties import Delegate, Person, Representation
from server.vocabulary.applications import ApplicationKind
from tests.factories.accrediting import TERMS
from tests.factories.entries import said
from tests.factories.rounds import everything, rows_of
from tests.factories.world import NOW, World

EDITOR = Registration(
    " Editor ", "Comments in a margin.", ("https://editor.example/back",), (), ("openid", "comment", "read")
)
TODAY = NOW.date()
BOT = Opening("Tracker", "Watches deadlines.", ("read", "comment"), TODAY + timedelta(days=30))


async def do(world: World, key: str | None, action: Any, **sent: Any) -> Any:
    """Do one act as a person; gives what the action gives."""
    return await as_actor(world, await world.actor(key), action, **sent)


async def as_actor(world: World, actor: Actor, action: Any, **sent: Any) -> Any:
    """Do one act as an actor."""
    async with world.database.writing() as session:
        return await action(session, actor, world.clock.now, **sent)


async def refused(world: World, key: str | None, action: Any, **sent: Any) -> Refusal:
    """The refusal of an act by which nothing is written."""
    before = await everything(world)
    with pytest.raises(Refusal) as refusal:
        await do(world, key, action, **sent)
    assert await everything(world) == before
    return refusal.value


async def application(world: World, application_id: str) -> dict[str, Any]:
    """The row of an application."""
    (row,) = [row for row in await rows_of(world, "applications") if row["id"] == application_id]
    return row


async def entries(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    """(act, subject, details) of the journal, in order."""
    columns = (JournalEntry.act, JournalEntry.subject_id, JournalEntry.details)
    async with world.database.reading() as connection:
        rows = await connection.execute(select(*columns).order_by(JournalEntry.sequence))
        return [(act, subject, said(details)) for act, subject, details in rows]


async def register(world: World, **changed: Any) -> Issued:
    """A WEB application, registered by the Secretariat under the name Editor, or Editor 2 if there is one."""
    number = len(await rows_of(world, "applications")) + 1
    registration = EDITOR if number == 1 else EDITOR._replace(name=f"{EDITOR.name} {number}")
    sent = {"kind": ApplicationKind.WEB, "registration": registration} | changed
    issued: Issued = await do(world, "secretariat", actions.register_application, **sent)
    return issued


async def let_in(world: World, application_id: str, key: str) -> str:
    """A grant of a person."""
    grant = Grant(
        person_id=world.persons[key], application_id=application_id, scopes=["read"], signed_in_at=NOW, granted_at=NOW
    )
    await world.add(grant)
    return grant.id


async def revoked(world: World) -> dict[str, tuple[Any, Any]]:
    """When and why each grant ended."""
    return {row["id"]: (row["revoked_at"], row["revoked_because"]) for row in await rows_of(world, "grants")}


async def administrator(world: World) -> None:
    """A technical administrator, "technician"."""
    person = Person(name="Technician", email="technician@example.org")
    await world.add(person)
    party = world.parties["secretariat"]
    await world.add(Delegate(person_id=person.id, party_id=party, starts_on=date(2018, 1, 1), is_administrator=True))
    world.persons["technician"] = person.id


@pytest.mark.parametrize("key", ["secretariat", "technician"])
async def test_register_application_of_the_web_keeps_the_digest_of_its_secret_only(world: World, key: str) -> None:
    await administrator(world)

    issued = await do(world, key, actions.register_application, kind=ApplicationKind.WEB, registration=EDITOR)

    row = await application(world, issued.application_id)
    assert issued.secret is not None
    assert len(issued.secret) == 43
    assert (row["name"], row["scopes"], row["redirect_uris"], row["version"]) == (
        "Editor",
        ["read", "comment", "openid"],
        ["https://editor.example/back"],
        1,
    )
    assert (row["secret_digest"], row["registered_at"], row["retired_at"]) == (digest_of(issued.secret), NOW, None)
    told = await entries(world)
    assert [(act, subject) for act, subject, _ in told] == [("application.registered", issued.application_id)]
    assert issued.secret not in repr(told)
    assert digest_of(issued.secret) not in repr(told)


@pytest.mark.parametrize("kind", [ApplicationKind.BROWSER, ApplicationKind.NATIVE, ApplicationKind.DEVICE])
async def test_register_application_that_can_keep_no_secret_gets_none(world: World, kind: ApplicationKind) -> None:
    uris = () if kind == ApplicationKind.DEVICE else EDITOR.redirect_uris

    issued = await register(world, kind=kind, registration=EDITOR._replace(redirect_uris=uris))

    assert issued.secret is None
    assert (await application(world, issued.application_id))["secret_digest"] is None


async def test_register_application_refuses_what_is_not_well_formed(world: World) -> None:
    bad = EDITOR._replace(redirect_uris=("http://editor.example/",), scopes=("administer",))
    sent = {"kind": ApplicationKind.BROWSER, "registration": bad}

    refusal = await refused(world, "secretariat", actions.register_application, **sent)

    assert (refusal.code, [i.path for i in refusal.issues]) == (Code.INVALID, ["redirectUris.0", "scopes.0"])


@pytest.mark.parametrize(
    "name", ["Margin editor", " MARGIN  editor ", "Margin \N{FULLWIDTH LATIN SMALL LETTER E}ditor"]
)
async def test_register_application_refuses_the_name_of_another(world: World, name: str) -> None:
    await register(world, registration=EDITOR._replace(name="Margin editor"))

    sent = {"kind": ApplicationKind.WEB, "registration": EDITOR._replace(name=name)}
    refusal = await refused(world, "secretariat", actions.register_application, **sent)

    assert list(refusal.issues) == [Issue("name", IssueCode.NAME_TAKEN, name=name)]


async def test_correct_application_refuses_the_name_of_another_and_takes_its_own(world: World) -> None:
    one, other = await register(world), await register(world)
    theirs, own = ApplicationCorrection(name=EDITOR.name), ApplicationCorrection(name=EDITOR.name.upper())
    sent = {"expected_revision": 1}

    refusal = await refused(
        world,
        "secretariat",
        actions.correct_application,
        application_id=other.application_id,
        correction=theirs,
        **sent,
    )
    await do(
        world, "secretariat", actions.correct_application, application_id=one.application_id, correction=own, **sent
    )

    assert list(refusal.issues) == [Issue("name", IssueCode.NAME_TAKEN, name=EDITOR.name)]
    assert (await application(world, one.application_id))["name"] == EDITOR.name.strip().upper()


async def test_register_application_takes_the_name_of_one_that_was_retired(world: World) -> None:
    issued = await register(world)
    sent = {"application_id": issued.application_id, "reason": "Replaced.", "expected_revision": 1}
    await do(world, "secretariat", actions.retire_application, **sent)

    again = await register(world, registration=EDITOR)

    assert (await application(world, again.application_id))["name"] == EDITOR.name.strip()


@pytest.mark.parametrize(
    ("key", "code"), [("japan", Code.FORBIDDEN), ("gea", Code.FORBIDDEN), (None, Code.UNAUTHENTICATED)]
)
async def test_register_application_is_for_the_keepers(world: World, key: str | None, code: Code) -> None:
    sent = {"kind": ApplicationKind.WEB, "registration": EDITOR}

    assert (await refused(world, key, actions.register_application, **sent)).code == code


async def test_correct_application_tells_the_journal_before_and_after(world: World) -> None:
    issued = await register(world)
    grant = await let_in(world, issued.application_id, "japan")
    correction = ApplicationCorrection(name="Margin", scopes=("read", "comment", "openid", "write"))

    await do(
        world,
        "secretariat",
        actions.correct_application,
        application_id=issued.application_id,
        correction=correction,
        expected_revision=1,
    )

    row = await application(world, issued.application_id)
    assert (row["name"], row["scopes"], row["version"]) == ("Margin", ["read", "comment", "write", "openid"], 2)
    assert await revoked(world) == {grant: (None, None)}
    act, _, details = (await entries(world))[-1]
    assert (act, details["before"]["name"], details["after"]["name"]) == ("application.corrected", "Editor", "Margin")


@pytest.mark.parametrize(
    "correction",
    [
        ApplicationCorrection(scopes=("read",)),
        ApplicationCorrection(redirect_uris=("https://editor.example/back", "https://b.example/")),
    ],
)
async def test_correct_application_that_takes_a_scope_away_or_leads_elsewhere_ends_what_was_granted(
    world: World, correction: ApplicationCorrection
) -> None:
    issued, other = await register(world), await register(world)
    grants = [await let_in(world, app.application_id, "japan") for app in (issued, other)]

    await do(
        world,
        "secretariat",
        actions.correct_application,
        application_id=issued.application_id,
        correction=correction,
        expected_revision=1,
    )

    assert await revoked(world) == {grants[0]: (NOW, "scopes or addresses were changed"), grants[1]: (None, None)}


async def test_rotate_application_secret_ends_what_was_granted_to_whoever_had_it(world: World) -> None:
    issued = await register(world)
    grant = await let_in(world, issued.application_id, "japan")
    sent = {"application_id": issued.application_id, "expected_revision": 1}

    await do(world, "secretariat", actions.rotate_application_secret, **sent)

    assert await revoked(world) == {grant: (NOW, "the secret was changed")}


async def test_an_application_with_only_the_scope_of_delegates_does_nothing_as_the_secretariat(world: World) -> None:
    issued = await register(world)
    officer = await world.actor("secretariat")
    sent = {"application_id": issued.application_id, "expected_revision": 1}

    with pytest.raises(Refusal) as refusal:
        await as_actor(
            world, replace(officer, scopes=frozenset({Scope.WRITE})), actions.rotate_application_secret, **sent
        )
    rotated = await as_actor(
        world, replace(officer, scopes=frozenset({Scope.SECRETARIAT})), actions.rotate_application_secret, **sent
    )

    assert refusal.value.code == Code.SCOPE_MISSING
    assert "'secretariat'" in refusal.value.message
    assert rotated.secret


async def test_a_service_account_neither_leads_nor_represents(world: World) -> None:
    account = await open_account(world, "canada", "canada", may_file=True)
    granted = {"party_id": world.parties["japan"], "by_party_id": world.parties["canada"], "evidence": "Letter"}
    days = {"starts_on": TODAY, "ends_on": None}
    await world.add(Representation(**granted, **days, granted_by_id=world.delegates["japan"]))

    person = await world.actor("canada")
    program = await account_actor(world, account.application_id)

    assert (len(person.standings), len(person.leads)) == (2, 1)
    assert [standing.party_id for standing in program.standings] == [world.parties["canada"]]
    assert (program.leads, program.is_service, person.is_service) == (frozenset(), True, False)


@pytest.mark.parametrize(
    ("changed", "code", "paths"),
    [
        ({"correction": ApplicationCorrection()}, Code.INVALID, ["applicationId"]),
        ({"correction": ApplicationCorrection(name="Editor")}, Code.INVALID, ["applicationId"]),
        ({"correction": ApplicationCorrection(redirect_uris=())}, Code.INVALID, ["redirectUris"]),
        ({"expected_revision": 2}, Code.STALE_REVISION, []),
        ({"application_id": "APP_none"}, Code.NOT_FOUND, []),
    ],
)
async def test_correct_application_refuses(world: World, changed: dict[str, Any], code: Code, paths: list[str]) -> None:
    issued = await register(world)
    sent = {
        "application_id": issued.application_id,
        "correction": ApplicationCorrection(name="Margin"),
        "expected_revision": 1,
    }

    refusal = await refused(world, "secretariat", actions.correct_application, **(sent | changed))

    assert (refusal.code, [issue.path for issue in refusal.issues]) == (code, paths)


async def test_an_application_that_was_let_in_is_seen_by_the_person_and_changed_by_the_keepers(world: World) -> None:
    issued = await register(world)
    await let_in(world, issued.application_id, "japan")
    sent = {"application_id": issued.application_id, "reason": "Mine.", "expected_revision": 1}

    codes = [(await refused(world, key, actions.retire_application, **sent)).code for key in ("japan", "gea")]

    assert codes == [Code.FORBIDDEN, Code.NOT_FOUND]


async def test_rotate_application_secret_leaves_the_digest_of_the_new_one_only(world: World) -> None:
    issued = await register(world)
    sent = {"application_id": issued.application_id, "expected_revision": 1}

    again: Issued = await do(world, "secretariat", actions.rotate_application_secret, **sent)
    stale = await refused(world, "secretariat", actions.rotate_application_secret, **sent)

    row = await application(world, issued.application_id)
    assert again.secret not in (None, issued.secret)
    assert (row["secret_digest"], row["version"]) == (digest_of(again.secret or ""), 2)
    assert (await entries(world))[-1] == ("application.secret_rotated", issued.application_id, {})
    assert stale.code == Code.STALE_REVISION


async def test_rotate_application_secret_of_an_application_without_one_is_refused(world: World) -> None:
    issued = await register(world, kind=ApplicationKind.BROWSER)
    sent = {"application_id": issued.application_id, "expected_revision": 1}

    assert (await refused(world, "secretariat", actions.rotate_application_secret, **sent)).code == Code.WRONG_STATE


async def test_retire_application_ends_what_it_was_granted_at_once(world: World) -> None:
    issued, other = await register(world), await register(world)
    grants = [await let_in(world, app.application_id, "japan") for app in (issued, other)]
    sent = {"application_id": issued.application_id, "reason": " No longer made. "}

    await do(world, "secretariat", actions.retire_application, **sent, expected_revision=1)
    again = await refused(world, "secretariat", actions.retire_application, **sent, expected_revision=2)

    assert (await application(world, issued.application_id))["retired_at"] == NOW
    assert await revoked(world) == {grants[0]: (NOW, "application retired"), grants[1]: (None, None)}
    assert (await entries(world))[-1][2] == {"reason": "No longer made."}
    assert again.code == Code.WRONG_STATE


async def test_retire_application_without_a_reason_is_refused(world: World) -> None:
    issued = await register(world)
    sent = {"application_id": issued.application_id, "reason": " ", "expected_revision": 1}

    assert (await refused(world, "secretariat", actions.retire_application, **sent)).code == Code.REASON_REQUIRED


async def open_account(world: World, key: str = "japan", party: str = "japan", **changed: Any) -> Issued:
    """A service account of a party."""
    sent = {"party_id": world.parties[party], "opening": BOT._replace(**changed)}
    issued: Issued = await do(world, key, service_accounts.open_service_account, **sent)
    return issued


async def account_actor(world: World, application_id: str, day: date = TODAY, **given: Any) -> Actor:
    """The actor behind a service account."""
    row = await application(world, application_id)
    now = NOW + (day - TODAY)
    async with world.database.reading() as connection:
        return await actor_of(connection, row["person_id"], now, **given)


async def test_open_service_account_accredits_a_program_until_its_last_day(world: World) -> None:
    issued = await open_account(world)

    row = await application(world, issued.application_id)
    days = [TODAY - timedelta(days=1), TODAY, BOT.ends_on, BOT.ends_on + timedelta(days=1)]
    actors = [await account_actor(world, issued.application_id, day) for day in days]
    assert (row["kind"], row["scopes"], row["secret_digest"]) == (
        "SERVICE",
        ["read", "comment"],
        digest_of(issued.secret or ""),
    )
    assert [actor.capacity for actor in actors] == [None, Capacity.MEMBER, Capacity.MEMBER, None]
    assert (actors[1].name, actors[1].is_focal_point) == ("Tracker (service account)", False)
    assert (actors[1].delegate_id, actors[1].party_id) == (row["delegate_id"], world.parties["japan"])
    (person,) = [each for each in await rows_of(world, "persons") if each["id"] == row["person_id"]]
    assert (person["email"], person["notices"]) == (None, "NONE")
    act, subject, details = (await entries(world))[-1]
    assert (act, subject) == ("service_account.opened", issued.application_id)
    assert details == {
        "party": world.parties["japan"],
        "name": "Tracker",
        "scopes": ["read", "comment"],
        "may_file": False,
        "ends_on": BOT.ends_on.isoformat(),
        "delegate": row["delegate_id"],
    }


async def test_open_service_account_that_may_file_is_a_focal_point_until_its_last_day(world: World) -> None:
    issued = await open_account(world, may_file=True)

    days = (TODAY, BOT.ends_on, BOT.ends_on + timedelta(days=1))
    actors = [await account_actor(world, issued.application_id, day) for day in days]

    assert [actor.is_focal_point for actor in actors] == [True, True, False]


async def test_open_service_account_by_the_secretariat_for_another_party_cannot_file(world: World) -> None:
    issued = await open_account(world, "secretariat", "gea")
    sent = {"party_id": world.parties["gea"], "opening": BOT._replace(may_file=True)}

    refusal = await refused(world, "secretariat", service_accounts.open_service_account, **sent)

    assert (await account_actor(world, issued.application_id)).party_id == world.parties["gea"]
    assert (refusal.code, [issue.path for issue in refusal.issues]) == (Code.INVALID, ["mayFile"])


async def test_open_service_account_of_the_secretariat_can_have_its_scope(world: World) -> None:
    issued = await open_account(world, "secretariat", "secretariat", scopes=("read", "secretariat"))
    sent = {"party_id": world.parties["japan"], "opening": BOT._replace(scopes=("read", "secretariat"))}

    refusal = await refused(world, "secretariat", service_accounts.open_service_account, **sent)

    assert (await application(world, issued.application_id))["scopes"] == ["read", "secretariat"]
    assert [issue.path for issue in refusal.issues] == ["scopes.1"]


@pytest.mark.parametrize(
    ("key", "party", "code"),
    [
        ("japan-assistant", "japan", Code.FORBIDDEN),
        ("canada", "japan", Code.FORBIDDEN),
        ("gea", "secretariat", Code.FORBIDDEN),
        (None, "japan", Code.NOT_FOUND),
    ],
)
async def test_open_service_account_is_for_the_focal_point_and_the_secretariat(
    world: World, key: str | None, party: str, code: Code
) -> None:
    sent = {"party_id": world.parties[party], "opening": BOT}

    assert (await refused(world, key, service_accounts.open_service_account, **sent)).code == code


async def test_a_service_account_opens_no_others_and_touches_no_applications(world: World) -> None:
    program = await register(world)
    issued = await open_account(world, "secretariat", "secretariat", scopes=("read", "secretariat"))
    actor = await account_actor(world, issued.application_id)
    of_program = {"application_id": program.application_id, "expected_revision": 1}
    before = await everything(world)

    told = []
    for action, sent in (
        (service_accounts.open_service_account, {"party_id": world.parties["secretariat"], "opening": BOT}),
        (actions.register_application, {"kind": ApplicationKind.WEB, "registration": EDITOR}),
        (actions.rotate_application_secret, of_program),
        (actions.correct_application, of_program | {"correction": ApplicationCorrection(name="Mine")}),
    ):
        with pytest.raises(Refusal) as refusal:
            await as_actor(world, actor, action, **sent)
        told.append((refusal.value.code, refusal.value.message))

    assert [code for code, _ in told] == [Code.FORBIDDEN] * 4
    assert await everything(world) == before


async def test_rotate_application_secret_of_a_service_account_is_for_its_party_only(world: World) -> None:
    await administrator(world)
    issued = await open_account(world, "secretariat", "japan")
    sent = {"application_id": issued.application_id, "expected_revision": 1}

    codes = {
        key: (await refused(world, key, actions.rotate_application_secret, **sent)).code
        for key in ("secretariat", "technician", "japan-assistant", "canada")
    }
    again: Issued = await do(world, "japan", actions.rotate_application_secret, **sent)

    assert codes == dict.fromkeys(("secretariat", "technician", "japan-assistant"), Code.FORBIDDEN) | {
        "canada": Code.NOT_FOUND
    }
    assert (await application(world, issued.application_id))["secret_digest"] == digest_of(again.secret or "")


@pytest.mark.parametrize("key", ["japan", "secretariat", "technician"])
async def test_close_service_account_ends_it_at_once(world: World, key: str) -> None:
    await administrator(world)
    issued = await open_account(world, may_file=True)
    person = (await application(world, issued.application_id))["person_id"]
    world.persons["tracker"] = person
    grant = await let_in(world, issued.application_id, "tracker")
    sent = {"application_id": issued.application_id, "reason": "Replaced.", "expected_revision": 1}

    await do(world, key, service_accounts.close_service_account, **sent)

    actor = await account_actor(world, issued.application_id)
    assert (actor.person_id, actor.standings) == (person, ())
    assert (await application(world, issued.application_id))["retired_at"] == NOW
    assert await revoked(world) == {grant: (NOW, "service account closed")}
    assert (await entries(world))[-1][::2] == ("service_account.closed", {"reason": "Replaced."})


@pytest.mark.parametrize(
    ("key", "changed", "code"),
    [
        ("japan-assistant", {}, Code.FORBIDDEN),
        ("canada", {}, Code.NOT_FOUND),
        ("japan", {"reason": " "}, Code.REASON_REQUIRED),
        ("japan", {"expected_revision": 2}, Code.STALE_REVISION),
    ],
)
async def test_close_service_account_refuses(world: World, key: str, changed: dict[str, Any], code: Code) -> None:
    issued = await open_account(world)
    sent = {"application_id": issued.application_id, "reason": "Replaced.", "expected_revision": 1} | changed

    assert (await refused(world, key, service_accounts.close_service_account, **sent)).code == code


async def test_close_service_account_and_retire_application_are_not_mistaken_for_each_other(world: World) -> None:
    program, account = await register(world), await open_account(world)
    sent = {"reason": "Over.", "expected_revision": 1}

    closed = await refused(
        world, "secretariat", service_accounts.close_service_account, application_id=program.application_id, **sent
    )
    retired = await refused(
        world, "secretariat", actions.retire_application, application_id=account.application_id, **sent
    )

    assert (closed.code, retired.code) == (Code.WRONG_STATE, Code.WRONG_STATE)


async def test_revoke_grant_is_for_the_person_who_gave_it(world: World) -> None:
    issued = await register(world)
    grant = await let_in(world, issued.application_id, "japan")

    codes = [(await refused(world, key, actions.revoke_grant, grant_id=grant)).code for key in ("gea", "secretariat")]
    await do(world, "japan", actions.revoke_grant, grant_id=grant)
    again = await refused(world, "japan", actions.revoke_grant, grant_id=grant)

    assert codes == [Code.NOT_FOUND, Code.NOT_FOUND]
    assert await revoked(world) == {grant: (NOW, "revoked by the person")}
    assert again.code == Code.ALREADY_DONE
    async with world.database.reading() as connection:
        assert (await actor_of(connection, world.persons["japan"], NOW, grant_id=grant)).person_id == ""


async def test_retire_application_keeps_when_and_why_a_grant_ended_before(world: World) -> None:
    issued = await register(world)
    grants = [await let_in(world, issued.application_id, who) for who in ("japan", "gea")]
    await do(world, "secretariat", persons.sign_out_person, person_id=world.persons["japan"], reason="Lost laptop.")
    world.clock.move(days=1)

    sent = {"application_id": issued.application_id, "reason": "No longer made."}
    await do(world, "secretariat", actions.retire_application, **sent, expected_revision=1)

    assert await revoked(world) == {
        grants[0]: (NOW, "signed out by an officer"),
        grants[1]: (NOW + timedelta(days=1), "application retired"),
    }


@pytest.mark.parametrize("key", ["secretariat", "technician"])
async def test_sign_out_person_ends_sessions_and_grants_of_that_person(world: World, key: str) -> None:
    await administrator(world)
    issued = await register(world)
    grants = [await let_in(world, issued.application_id, who) for who in ("japan", "gea")]
    until = {"signed_in_at": NOW, "seen_at": NOW, "expires_at": NOW + timedelta(hours=1), "methods": ["pwd"]}
    for who in ("japan", "gea"):
        await world.add(BrowserSession(secret_digest=digest_of(who), person_id=world.persons[who], **until))

    await do(world, key, persons.sign_out_person, person_id=world.persons["japan"], reason=" Lost laptop. ")

    assert await revoked(world) == {grants[0]: (NOW, "signed out by an officer"), grants[1]: (None, None)}
    ended = {row["person_id"]: row["ended_at"] for row in await rows_of(world, "browser_sessions")}
    assert ended == {world.persons["japan"]: NOW, world.persons["gea"]: None}
    assert (await entries(world))[-1] == ("person.signed_out", world.persons["japan"], {"reason": "Lost laptop."})


@pytest.mark.parametrize(
    ("key", "reason", "code"),
    [("japan", "Why", Code.FORBIDDEN), ("secretariat", "", Code.REASON_REQUIRED)],
)
async def test_sign_out_person_refuses(world: World, key: str, reason: str, code: Code) -> None:
    refusal = await refused(world, key, persons.sign_out_person, person_id=world.persons["gea"], reason=reason)

    assert refusal.code == code


async def test_a_program_without_the_scope_administer_does_nothing_for_an_administrator(world: World) -> None:
    await administrator(world)
    async with world.database.reading() as connection:
        limited = await actor_of(connection, world.persons["technician"], NOW, scopes=frozenset({Scope.WRITE}))

    with pytest.raises(Refusal) as refusal:
        await as_actor(world, limited, actions.register_application, kind=ApplicationKind.WEB, registration=EDITOR)

    assert refusal.value.code == Code.SCOPE_MISSING
    assert await rows_of(world, "applications") == []


async def test_the_rows_of_an_application_are_what_the_models_say(world: World) -> None:
    issued = await open_account(world)

    async with world.database.studying() as session:
        row = await session.get_one(Application, issued.application_id)
        delegate = await session.get_one(Delegate, row.delegate_id)

    assert (delegate.person_id, delegate.party_id) == (row.person_id, world.parties["japan"])


async def test_the_seat_of_a_service_account_is_neither_handed_over_nor_made_a_focal_points(world: World) -> None:
    account = await account_actor(world, (await open_account(world)).application_id)
    handed = {
        "name": "Successor",
        "email": "successor@example.org",
        "starts_on": TODAY,
        "reason": "New",
        "terms": TERMS,
    }
    before = await everything(world)

    told = [
        await refused(world, "japan", action, delegate_id=account.delegate_id, expected_revision=1, **sent)
        for action, sent in ((appoint_focal_point, {"starts_on": TODAY, "ends_on": None}), (hand_over_seat, handed))
    ]

    assert [refusal.code for refusal in told] == [Code.WRONG_STATE] * 2
    assert await everything(world) == before
