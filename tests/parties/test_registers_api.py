"""What an empty installation lacks, entered over HTTP with the published operations; and who may not."""

from typing import Any

from tests.factories import proposals as make
from tests.factories.api import Api
from tests.factories.world import NOW, World

DAY = NOW.date().isoformat()
OTHERS = ("japan", "japan-assistant", "canada", "upu", "gea")
SHEET = "Party,Name,E-mail\nJapan,Hanako YAMADA,hanako@japan.example\n"
RULES = {"title": "Mechanism", "evidence": "Council 131", "startsOn": DAY, "cycleKinds": ["AD_HOC"]}
RULES |= {"approvalPath": ["TECHNICAL_COMMITTEE", "COUNCIL"]}


def acts_of(world: World) -> dict[str, dict[str, Any]]:
    """Return an input that the Secretariat could send, by act."""
    on = {"bodyId": world.bodies["group"], "reason": "The PTC said so.", "expectedRevision": 1}
    group = {"kind": "WORKING_GROUP", "name": "Parcels", "shortName": "WGP", "parentId": world.bodies["ptc"]}
    mandate = {"terms": "Look at parcels.", "startsOn": "2018-07-01"}
    return {
        "recordMechanism": RULES,
        "establishBody": group | mandate,
        "correctBody": on | {"name": "Charts"},
        "extendMandate": on | mandate,
        "concludeBody": on | {"concludedOn": DAY},
        "nameSuccessor": on | {"successorId": world.bodies["ptc"]},
        "admitKnownParties": {"shortNames": ["Korea"]},
        "importParticipants": {"sheet": SHEET, "enrolment": "INVITE"},
    }


async def test_every_act_on_registers_answers_its_fact_to_the_secretariat(api: Api) -> None:
    sent = acts_of(api.world)

    facts = {name: (await api.act("secretariat", name, **sent[name]))["__typename"] for name in list(sent)[:3]}
    facts["admitKnownParties"] = (await api.act("secretariat", "admitKnownParties", **sent["admitKnownParties"]))[
        "__typename"
    ]
    imported = await api.act("secretariat", "importParticipants", **sent["importParticipants"])
    for revision, name in enumerate(("extendMandate", "nameSuccessor", "concludeBody"), start=2):
        fact = await api.act("secretariat", name, **sent[name] | {"expectedRevision": revision})
        facts[name] = fact["__typename"]

    assert facts == {
        "recordMechanism": "MechanismRecorded",
        "establishBody": "BodyEstablished",
        "correctBody": "BodyCorrected",
        "admitKnownParties": "KnownPartiesAdmitted",
        "extendMandate": "MandateExtended",
        "nameSuccessor": "SuccessorNamed",
        "concludeBody": "BodyConcluded",
    }
    assert imported["participantList"]["invitedCount"] == 1


async def test_act_on_registers_by_others_is_refused(api: Api) -> None:
    for name, sent in acts_of(api.world).items():
        for who in OTHERS:
            refused = await api.act(who, name, **sent)
            assert (refused["__typename"], refused["code"]) == ("Refusal", "FORBIDDEN"), (name, who)


async def test_previews_and_lists_are_for_the_secretariat(api: Api) -> None:
    await api.act("secretariat", "importParticipants", sheet=SHEET, enrolment="INVITE")
    sheet = {"sheet": SHEET, "enrolment": "ACCREDIT"}

    for who in OTHERS:
        assert (await api.ask(who, "PreviewMechanism", input=RULES))["previewMechanism"] is None
        assert (await api.ask(who, "PreviewParticipants", input=sheet))["previewParticipants"] is None
        assert (await api.ask(who, "ParticipantLists", first=5))["participantLists"]["totalCount"] == 0
    assert (await api.ask("secretariat", "ParticipantLists", first=5))["participantLists"]["totalCount"] == 1


async def test_preview_of_a_mechanism_shows_what_the_caller_sees(api: Api) -> None:
    cycle_id = await make.open_cycle(api.world)
    await make.draft(api.world, "japan", cycle_id)
    await make.submitted(api.world, cycle_id=cycle_id)

    preview = (await api.ask("secretariat", "PreviewMechanism", input=RULES | {"windowDays": 10}))["previewMechanism"]

    assert (preview["proposalCount"], preview["cycleCount"]) == (1, 1)
    assert [(each["rule"], each["breach"], each["count"]) for each in preview["breaches"]] == [
        ("CYCLE_KIND", "OUT_OF_SCOPE", 1),
        ("WINDOW", "LATE", 1),
    ]


async def test_acts_that_begin_an_installation_are_offered_to_the_secretariat(api: Api) -> None:
    begun = {"RECORD_MECHANISM", "ESTABLISH_BODY", "ADMIT_KNOWN_PARTIES", "IMPORT_PARTICIPANTS"}

    for who, offered in (("secretariat", begun), ("japan", set())):
        listed = (await api.ask(who, "ActsToBegin"))["viewer"]["availableActs"]
        assert {each["act"] for each in listed if each["isAllowed"]} & begun == offered


async def test_address_with_blanks_around_it_is_taken_without_them(api: Api) -> None:
    sent = {"partyId": api.world.parties["japan"], "name": "Jane Doe", "email": "  Jane@X.org ", "startsOn": DAY}

    invited = (await api.act("secretariat", "inviteDelegate", **sent))["invitation"]

    assert invited["email"] == "jane@x.org"


async def test_address_of_a_successor_with_blanks_around_it_is_taken_without_them(api: Api) -> None:
    seat = {"delegateId": api.world.delegates["japan"], "name": "Jane Doe", "startsOn": DAY, "reason": "A new post."}

    same = await api.act("japan", "handOverSeat", **seat, email=" Japan@Example.org ", expectedRevision=1)
    handed_over = await api.act("japan", "handOverSeat", **seat, email=" Jane@X.org ", expectedRevision=1)

    assert [(issue["path"], issue["code"]) for issue in same["issues"]] == [(["email"], "SAME_PERSON")]
    assert handed_over["invitation"]["email"] == "jane@x.org"


async def test_party_is_found_by_a_former_name(api: Api) -> None:
    sent = {"partyId": api.world.parties["upu"], "name": "Universal Post", "reason": "New name.", "expectedRevision": 1}
    await api.act("secretariat", "correctParty", **sent)

    for words, found in (("POSTAL union", ["UPU"]), ("universal post", ["UPU"]), ("atlantis", [])):
        listed = (await api.ask("japan", "PartyList", filter={"printedText": words}))["parties"]["nodes"]
        assert [party["shortName"] for party in listed] == found, words
