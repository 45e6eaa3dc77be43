"""Delegates, persons, invitations and representations over HTTP: who sees what, for whom an act is done, and that a
right that ends is gone at the next request of a token that lives."""

from typing import Any

import pytest

from server.delivery.outbox.delivery import LetterRefused, Outgoing, deliver_letters
from server.domain.parties.actions.inviting import tell_inviter
from server.models.parties import Person
from server.vocabulary.bodies import FunctionKind
from tests.factories.accrediting import TODAY, accept, accredit, entries, letters, newcomer
from tests.factories.api import Api, document
from tests.factories.rounds import open_round, rows_of

DAY = TODAY.isoformat()
CONTENT = {"type": "GENERAL", "text": "The duty must be clear.", "reason": "Legal certainty."}
INVITED = {"name": "New delegate", "email": "new@example.org", "startsOn": DAY}


async def invite(api: Api, who: str | None = "japan", party: str = "japan", **given: Any) -> Any:
    """Invite somebody for a party."""
    return await api.act(who, "inviteDelegate", partyId=api.world.parties[party], **(INVITED | given))


async def grant(api: Api, by: str = "japan") -> str:
    """Canada lets another party speak for it; gives the representation's id."""
    parties = api.world.parties
    days = {"startsOn": DAY, "evidence": "Note 7"}
    result = await api.act("canada", "grantRepresentation", partyId=parties["canada"], byPartyId=parties[by], **days)
    return str(result["representation"]["id"])


async def test_an_invitation_becomes_a_delegate_who_acts(api: Api) -> None:
    invited = await invite(api, isFocalPoint=True)
    await newcomer(api.world)
    (letter,) = await rows_of(api.world, "letters")
    link = next(line for line in letter["text"].splitlines() if line.startswith("http"))
    delegate = await accept(api.world, link.partition("secret=")[2], "new")

    joined = await api.act("new", "joinBody", bodyId=api.world.bodies["group"])
    listed = (await api.ask("japan", "InvitationList"))["invitations"]["nodes"]

    assert invited["__typename"] == "DelegateInvited"
    assert link.startswith("http://127.0.0.1:8000/invitation?secret=")
    assert joined["__typename"] == "BodyJoined"
    assert [(node["id"], node["delegate"]["id"]) for node in listed] == [(invited["invitation"]["id"], delegate)]
    assert (await entries(api.world))[-1][:3] == ("body.joined", delegate, api.world.parties["japan"])


@pytest.mark.parametrize(
    ("who", "count"),
    [("japan", 1), ("secretariat", 2), ("canada", 1), ("japan-assistant", 0), ("gea", 0), (None, 0)],
)
async def test_invitations_are_seen_by_the_focal_points_of_the_party_and_the_secretariat(
    api: Api, who: str | None, count: int
) -> None:
    first = (await invite(api))["invitation"]["id"]
    await invite(api, "canada", "canada")

    listed = (await api.ask(who, "InvitationList"))["invitations"]
    answer = await api.send(who, "query ($id: ID!) { node(id: $id) { id } }", {"id": first})

    assert (listed["totalCount"], len(listed["nodes"])) == (count, count)
    assert (answer["data"]["node"] is not None) == (who in ("japan", "secretariat"))


async def test_an_invitation_is_not_seen_by_who_represents_the_party(api: Api) -> None:
    await invite(api, "canada", "canada")
    mandate = await grant(api)

    listed = await api.ask("japan", "InvitationList", acting_as=mandate)

    assert listed["invitations"] == {
        "nodes": [],
        "pageInfo": {"hasNextPage": False, "endCursor": None},
        "totalCount": 0,
    }


async def test_addresses_are_seen_by_few(api: Api) -> None:
    await newcomer(api.world, "technician")
    await accredit(api.world, "technician", "secretariat", is_administrator=True)
    japan = api.world.parties["japan"]

    seen = {}
    for who in ("japan", "japan-assistant", "canada", "secretariat", "technician", None):
        party = (await api.ask(who, "PartyDetail", id=japan))["party"]
        person = (await api.ask(who, "PersonDetail", id=api.world.persons["japan-assistant"]))["person"]
        of_delegates = {node["name"]: node["email"] for node in party["delegates"]["nodes"]} if party else None
        seen[who] = (of_delegates, person and (person["email"], person["zone"]))

    assistant, both = "japan-assistant@example.org", ["japan@example.org", "japan-assistant@example.org"]
    names = ["Delegate japan", "Delegate japan-assistant"]
    account = (assistant, "Europe/Brussels")
    assert seen == {
        "japan": (dict(zip(names, both, strict=True)), (None, None)),
        "japan-assistant": (dict(zip(names, [None, assistant], strict=True)), account),
        "canada": (dict.fromkeys(names), (None, None)),
        "secretariat": (dict(zip(names, both, strict=True)), account),
        "technician": (dict(zip(names, both, strict=True)), account),
        None: (None, None),
    }


@pytest.mark.parametrize(("who", "count"), [("secretariat", 7), ("japan", 0), (None, 0)])
async def test_persons_are_listed_for_those_who_keep_the_accounts(api: Api, who: str | None, count: int) -> None:
    listed = (await api.ask(who, "PersonList"))["persons"]

    assert (listed["totalCount"], len(listed["nodes"])) == (count, count)


async def test_an_administrator_sees_persons_and_delegates_and_no_content(api: Api) -> None:
    await newcomer(api.world, "technician")
    await accredit(api.world, "technician", "secretariat", is_administrator=True)
    await open_round(api.world)
    await invite(api)
    await grant(api)

    persons = (await api.ask("technician", "PersonList"))["persons"]
    parties = (await api.ask("technician", "PartyList"))["parties"]
    empty = [
        (await api.ask("technician", operation))[field]["totalCount"]
        for operation, field in (
            ("RoundList", "rounds"),
            ("InvitationList", "invitations"),
            ("RepresentationList", "representations"),
            ("BodyList", "workingBodies"),
        )
    ]

    assert (persons["totalCount"], parties["totalCount"], empty) == (8, 6, [0, 0, 0, 0])
    allowed = {
        (node["name"], act["act"]) for node in persons["nodes"] for act in node["availableActs"] if act["isAllowed"]
    }
    others = {(node["name"], "SUSPEND_PERSON") for node in persons["nodes"] if node["name"] != "Person technician"}
    everybody = {(node["name"], act) for node in persons["nodes"] for act in ("CORRECT_PERSON", "SIGN_OUT_PERSON")}
    assert allowed == others | everybody | {("Person technician", "CORRECT_PROFILE")}


async def test_a_person_of_two_parties_says_for_which_and_the_act_is_recorded_for_it(api: Api) -> None:
    world = api.world
    second = await accredit(world, "japan", "upu", focal_point_from=TODAY)
    group = world.bodies["group"]

    unchosen = await api.act("japan", "joinBody", bodyId=group)
    for standing in (world.delegates["japan"], second):
        joined = await api.act("japan", "joinBody", bodyId=group, acting_as=standing)
        assert joined["__typename"] == "BodyJoined"
    foreign = await api.send("japan", document("BodyList"), acting_as=world.delegates["canada"])

    assert (unchosen["kind"], unchosen["code"]) == ("FORBIDDEN", "PARTY_NOT_CHOSEN")
    assert foreign["errors"][0]["extensions"]["code"] == "NOT_ACCREDITED"
    assert [entry[:3] for entry in await entries(world)] == [
        ("body.joined", world.delegates["japan"], world.parties["japan"]),
        ("body.joined", second, world.parties["upu"]),
    ]


async def test_a_representative_files_in_the_name_of_the_represented_party(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    mandate = await grant(api)
    sent = {"roundId": round_id, **CONTENT}

    own = await api.act("japan", "submitComment", **sent)
    behalf = await api.act("japan", "submitComment", acting_as=mandate, **sent)
    drafted = await api.act("japan-assistant", "submitComment", acting_as=mandate, **sent)

    numbers = [result["comment"]["number"] for result in (own, behalf)]
    assert (numbers, drafted["code"]) == ([1, 1], "FORBIDDEN")
    filed = {comment["party_id"]: comment for comment in await rows_of(world, "comments")}
    of_canada = filed[world.parties["canada"]]
    assert (of_canada["author_id"], of_canada["submitted_by_id"]) == (world.delegates["japan"],) * 2
    entry = max(await rows_of(world, "journal"), key=lambda entry: entry["sequence"])
    assert (entry["act"], entry["party_id"]) == ("comment.submitted", world.parties["canada"])
    assert entry["details"]["representation"] == mandate


@pytest.mark.parametrize("what", ["accreditation", "person", "function", "representation", "focal point"])
async def test_what_ends_is_gone_at_the_next_request_of_a_token_that_lives(api: Api, what: str) -> None:
    world = api.world
    await newcomer(world, "second")
    await accredit(world, "second", "gea", focal_point_from=TODAY)
    mandate = await grant(api, "gea")
    body = {"bodyId": world.bodies["wgec"], "partyId": world.parties["gea"], "kind": FunctionKind.CHAIR}
    held = await api.act("secretariat", "appointFunction", **body, startsOn=DAY)
    headers = {"authorization": f"Bearer {await api.token('gea')}"}

    async def ask(text: str, **more: str) -> Any:
        response = await api._client.post("/graphql", json={"query": text}, headers=headers | more)
        return response.json()

    leads, parties = "{ viewer { leads { shortName } } }", "{ parties { totalCount } }"
    joining = 'mutation { joinBody(input: {idempotencyKey: "%s", bodyId: "%s"}) { __typename } }'
    before = (await ask(leads))["data"]["viewer"]["leads"], (await ask(parties, **{"acting-as": mandate}))["data"]
    end = {"reason": "Over.", "expectedRevision": 1}
    delegate = {"delegateId": world.delegates["gea"]}
    ended = {
        "accreditation": lambda: api.act("secretariat", "endAccreditation", **delegate, **end),
        "focal point": lambda: api.act("second", "releaseFocalPoint", **delegate, **end),
        "person": lambda: api.act("secretariat", "suspendPerson", personId=world.persons["gea"], **end),
        "function": lambda: api.act("secretariat", "endFunction", functionId=held["function"]["id"], **end),
        "representation": lambda: api.act("canada", "endRepresentation", representationId=mandate, **end),
    }[what]
    assert (await ended())["__typename"] != "Refusal"

    assert before == ([{"shortName": "WGEC"}], {"parties": {"totalCount": 6}})
    if what == "accreditation":
        assert (await ask(parties))["data"]["parties"]["totalCount"] == 0
    elif what == "person":
        assert (await ask(parties))["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    elif what == "function":
        assert (await ask(leads))["data"]["viewer"]["leads"] == []
    elif what == "representation":
        answer = await ask(parties, **{"acting-as": mandate})
        assert answer["errors"][0]["extensions"]["code"] == "NOT_ACCREDITED"
    else:
        answer = await ask(joining % ("key", world.bodies["group"]))
        assert answer["data"]["joinBody"]["__typename"] == "Refusal"


async def test_a_seat_is_handed_over_and_shows_its_predecessor(api: Api) -> None:
    world = api.world
    sent = {"name": "Successor", "email": "successor@example.org", "startsOn": DAY, "reason": "A new post."}
    handed = await api.act("canada", "handOverSeat", delegateId=world.delegates["canada"], expectedRevision=1, **sent)
    await newcomer(world, "successor")
    (letter,) = await rows_of(world, "letters")
    await accept(world, letter["text"].partition("secret=")[2].split()[0], "successor")

    nodes = (await api.ask("successor", "PartyDetail", id=world.parties["canada"]))["party"]["delegates"]["nodes"]

    assert handed["__typename"] == "SeatHandedOver"
    assert handed["invitation"]["predecessor"] == {"id": world.delegates["canada"], "name": "Delegate canada"}
    shown = {node["name"]: (node["isFocalPoint"], node["endedAt"] is None, node["predecessor"]) for node in nodes}
    assert shown == {
        "Delegate canada": (False, False, None),
        "Person successor": (True, True, {"id": world.delegates["canada"], "name": "Delegate canada"}),
    }


async def test_a_profile_is_updated_and_focal_points_change(api: Api) -> None:
    world = api.world
    person, assistant = world.persons["japan-assistant"], world.delegates["japan-assistant"]

    profile = await api.act(
        "japan-assistant", "correctProfile", personId=person, language="fr", notices="NONE", expectedRevision=1
    )
    focal = await api.act("japan", "appointFocalPoint", delegateId=assistant, startsOn=DAY, expectedRevision=1)
    withdrawn = await invite(api)
    back = await api.act(
        "japan-assistant", "withdrawInvitation", invitationId=withdrawn["invitation"]["id"], expectedRevision=1
    )

    assert (profile["person"]["language"], profile["person"]["notices"]) == ("fr", "NONE")
    assert (focal["delegate"]["isFocalPoint"], focal["delegate"]["revision"]) == (True, 2)
    assert back["invitation"]["withdrawnAt"] == "2018-09-24T09:00:00Z"


async def test_a_person_is_corrected_over_http_and_a_receipt_names_them_as_they_were_called(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    sent = {"personId": world.persons["japan"], "reason": "Married.", "expectedRevision": 1}
    filed = await api.act("japan", "submitComment", roundId=round_id, **CONTENT)
    world.clock.move(minutes=1)

    corrected = await api.act("japan", "correctPerson", **sent, name="Yuki Tanaka")
    stale = await api.act("secretariat", "correctPerson", **sent, email="yuki@example.org")
    world.clock.move(minutes=1)
    later = await api.act("japan", "submitComment", roundId=round_id, **CONTENT)
    listed = await api.ask("japan", "CommentList", filter={"roundId": round_id}, first=10)

    assert (corrected["__typename"], corrected["person"]["name"]) == ("PersonCorrected", "Yuki Tanaka")
    assert (stale["kind"], stale["code"]) == ("STALE", "STALE_REVISION")
    assert {node["id"]: node["receipt"]["submittedBy"] for node in listed["comments"]["nodes"]} == {
        filed["comment"]["id"]: "Delegate japan",
        later["comment"]["id"]: "Yuki Tanaka",
    }


async def test_an_invitation_says_how_far_its_letter_got_and_the_inviter_is_told(api: Api) -> None:
    async def send(letter: Outgoing) -> None:
        if letter.address == INVITED["email"]:
            raise LetterRefused(550)

    await invite(api)
    states, world = [], api.world
    for _ in range(2):
        (node,) = (await api.ask("japan", "InvitationList"))["invitations"]["nodes"]
        states.append(node["letter"])
        world.clock.move(minutes=1)
        await deliver_letters(world.database, world.clock, send, tell_inviter)
    other = await invite(api, email="other@example.org")
    world.clock.move(minutes=1)
    await deliver_letters(world.database, world.clock, send, tell_inviter)
    listed = (await api.ask("japan", "InvitationList"))["invitations"]["nodes"]

    assert states == ["WAITING", "REFUSED"]
    assert {node["letter"] for node in listed if node["id"] == other["invitation"]["id"]} == {"SENT"}
    assert [address for address, subject in await letters(world) if "not delivered" in subject] == ["japan@example.org"]


async def test_a_suspended_person_is_restored_over_http(api: Api) -> None:
    sent = {"personId": api.world.persons["japan"], "reason": "Lost."}

    suspended = await api.act("secretariat", "suspendPerson", expectedRevision=1, **sent)
    restored = await api.act("secretariat", "restorePerson", expectedRevision=2, **sent)

    assert (suspended["__typename"], suspended["person"]["suspendedAt"]) == (
        "PersonSuspended",
        "2018-09-24T09:00:00Z",
    )
    assert (restored["__typename"], restored["person"]["suspendedAt"]) == ("PersonRestored", None)
    async with api.world.database.studying() as session:
        assert (await session.get_one(Person, api.world.persons["japan"])).revision == 3
