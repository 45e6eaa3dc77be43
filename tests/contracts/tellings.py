"""Short stories of acts and questions that no journey needs, so that each of them has an example.

Each begins with a small world of its own.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from server.models.identity import BrowserSession
from server.models.oauth import Grant
from tests.contracts.recorder import Recorder
from tests.factories.proposals import add_mechanism, add_sitting
from tests.factories.workplan import make_plan
from tests.factories.world import NOW, WORDS
from tests.journeys.drafting import Drafting, lines

DAY = NOW.date().isoformat()
ENGLISH = "# Data\n\n1. Customs should exchange data.\n\n2. Parcels are small."
FRENCH = "# Données\n\n1. Les douanes devraient échanger des données.\n\n2. Les colis sont petits."
GUIDELINES = """# Guidelines

## Standard 1: Data

1. "Data" means advance electronic data.

2. See paragraph 1 and Standard 3.

## Standard 3: Returns

1. See Standard 1 on Data.
"""


def content_of_comment(api: Recorder, **changed: Any) -> dict[str, Any]:
    """Return a comment on the first paragraph."""
    content = {
        "type": "SUBSTANTIVE",
        "provisionId": api.world.provisions[1],
        "quotation": {"exact": "should exchange"},
        "text": "The duty must be clear.",
        "reason": "Legal certainty.",
        "proposedWording": "shall exchange",
    }
    return content | changed


async def open_round(api: Recorder) -> dict[str, Any]:
    """Open a round for a week as the coordinator."""
    opened = await api.act(
        "canada",
        "openRound",
        textVersionId=api.world.version,
        bodyId=api.world.bodies["group"],
        title="Comments on Draft 1",
        closesAt=(api.world.clock.now + timedelta(days=7)).isoformat(),
        zone="Europe/Brussels",
        audience=["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
    )
    return dict(opened["round"])


async def tell_of_comments(api: Recorder) -> None:
    """Draft, revise, clear, oppose and withdraw comments; extend a round and cancel another."""
    opened = await open_round(api)
    sent = {"roundId": opened["id"], **content_of_comment(api)}
    drafted = (await api.act("japan-assistant", "draftComment", **sent))["comment"]
    on = {"commentId": drafted["id"]}
    clearer = content_of_comment(api, text="It must be clear who has the duty.")
    await api.act("japan-assistant", "reviseComment", **on, **clearer, expectedRevision=1)
    await api.act("japan", "clearComment", **on, expectedRevision=2)
    await api.act("upu", "opposeComment", **on, reason="Postal operators cannot.")
    filed = (await api.act("upu", "submitComment", **sent))["comment"]
    await api.act("upu", "withdrawComment", commentId=filed["id"], expectedRevision=1)
    later = (api.world.clock.now + timedelta(days=8)).isoformat()
    changed = {"roundId": opened["id"], "reason": "Holidays in several Members.", "expectedRevision": 1}
    await api.act("canada", "extendRound", **changed, closesAt=later)
    another = await open_round(api)
    await api.act("secretariat", "cancelRound", roundId=another["id"], reason="Opened in error.", expectedRevision=1)


async def tell_of_carrying(api: Recorder) -> None:
    """Issue a version on which a deferred comment has lost its place, and an amendment its words."""
    text = await Drafting(api).begin(lines("Posts sort mail in 3 days.", "Hubs seal bags.", "Posts pay all dues."))
    amendment = {"kind": "MODIFY", "provisionKey": text.at("1.")["key"], "wording": "Posts sort mail in 2 days."}
    proposal = await text.file("gea", amendment)
    await text.comment("japan", "1.", "5 days", "3 days")
    await text.comment("china", "3.", "charges", "all dues")
    await text.comment("canada", "3.", "the dues", "all dues")
    await text.accept_all(China="DEFERRED")
    await text.consolidate()
    await text.go_on()
    listed = await api.ask("china", "CommentList", first=50)
    comment = next(node for node in listed["comments"]["nodes"] if node["party"]["shortName"] == "China")
    sent = {"commentId": comment["id"], "provisionKey": text.at("3.")["key"], "quotation": {"exact": "the dues"}}
    await api.act("china", "confirmCarriedComment", **sent, expectedRevision=comment["revision"])
    pending = (await api.ask("gea", "ProposalDetail", id=proposal["id"]))["proposal"]
    answer = {"restate": {"wording": "Posts sort mail in 4 days."}}
    changed = {"amendmentId": pending["amendments"]["nodes"][0]["id"], "answer": answer}
    await api.act("gea", "restateAmendment", **changed, expectedRevision=pending["revision"])


async def tell_of_structure(api: Recorder) -> None:
    """Settle in which order additions stand, read what several wrote, and correct what is left."""
    text = await Drafting(api).begin(lines("Posts sort mail.", "Posts scan bags.", "Posts pay dues on arival."))
    place = text.at("2.")["key"]
    await text.propose("japan", {"kind": "ADD", "provisionKey": place, "wording": "Posts train staff."})
    await text.propose("china", {"kind": "ADD", "provisionKey": place, "wording": "Posts weigh bags."})
    await text.comment("gea", "1.", "Hubs", "Posts")
    await text.comment("upu", "1.", "parcels", "mail")
    await text.accept_all()
    made = await text.consolidate()
    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    await api.ask("secretariat", "ConflictDetail", ids=[conflict["id"]])
    standing = [side["source"]["id"] for side in conflict["sides"]["nodes"]]
    await text.settle(conflict, "settleStructure", standingIds=standing)
    await text.read_all()
    target = (await text.look())["consolidation"]["target"]
    key = next(node["key"] for node in await text.made() if "arival" in node["text"])
    sent = {"textVersionId": target["id"], "provisionKey": key, "words": "arival", "replacement": "arrival"}
    corrected = await api.act(
        "secretariat", "correctEditorially", **sent, reason="A letter.", expectedRevision=target["revision"]
    )
    await api.ask("japan", "CorrectionList", filter={"textVersionId": target["id"]})
    await api.act("canada", "objectToCorrection", correctionId=corrected["correction"]["id"], reason="It is a name.")
    target = (await text.look())["consolidation"]["target"]
    revised = {"consolidationId": text.consolidation["id"], "provisionKey": key, "text": "3. Posts pay dues."}
    await api.act("secretariat", "reviseProvision", **revised, reason="Shorter.", expectedRevision=target["revision"])
    target = (await text.look())["consolidation"]["target"]
    await api.act(
        "secretariat",
        "abandonVersion",
        textVersionId=target["id"],
        reason="Made too early.",
        expectedRevision=target["revision"],
    )


async def tell_of_numbers(api: Recorder) -> None:
    """Import a text with a gap in its numbers, look at its references and terms, and number it anew."""
    names = {"title": "Guidelines", "shortTitle": "Guidelines", "label": "Draft 1"}
    await api.ask("secretariat", "ReadDocument", input={"markdown": GUIDELINES})
    version = (await api.act("secretariat", "importText", **names, markdown=GUIDELINES))["textVersion"]
    on = {"textVersionId": version["id"]}
    detail = await api.ask("secretariat", "VersionDetail", id=version["id"])
    nodes = {node["text"]: node for node in detail["textVersion"]["provisions"]["nodes"]}
    referring = nodes["See paragraph 1 and Standard 3."]
    await api.ask("secretariat", "ReferencesOfProvision", id=referring["id"])
    await api.ask("secretariat", "SectionOfText", provisionId=nodes["Data"]["id"])
    await api.ask("secretariat", "DefinedTerms", **on)
    await api.ask("secretariat", "RenumberingOfVersion", **on)
    await api.act("secretariat", "renumberVersion", **on, expectedRevision=version["revision"])
    sent = {"provisionKey": referring["key"], "words": "paragraph 1", "replacement": "paragraph 1 of Standard 1"}
    await api.act(
        "secretariat", "correctReference", **on, **sent, reason="More exact.", expectedRevision=version["revision"] + 1
    )


async def tell_of_papers(api: Recorder) -> None:
    """Import the next paper of a known text, and confirm where its provisions come from."""
    markdown = f"# {WORDS[0]}\n\n1. {WORDS[1]}\n\nNew controls apply.\n\n2. {WORDS[3].replace('arrival', 'sight')}"
    names = {"title": "Framework", "shortTitle": "E-Commerce FoS", "label": "Draft 2", "markdown": markdown}
    version = (await api.act("secretariat", "importText", **names, language="en"))["textVersion"]
    on = {"textVersionId": version["id"], "filter": {"needsConfirmation": True}}
    waiting = (await api.ask("secretariat", "VersionLineage", **on))["textVersion"]["lineage"]["nodes"]
    claims = [{"provisionKey": node["provisionKey"], "fromKey": node["fromKey"]} for node in waiting]
    sent = {"textVersionId": version["id"], "lines": claims, "expectedRevision": version["revision"]}
    done = await api.act("secretariat", "confirmLineage", **sent)
    sent = {"textVersionId": version["id"], "expectedRevision": done["textVersion"]["revision"]}
    await api.act("secretariat", "issueVersion", **sent)
    await api.ask("japan", "ComparisonOfVersions", baseId=api.world.version, textVersionId=version["id"])
    paper = {"series": "PC", "serial": 618, "title": "Draft 2 for comments", "textVersionId": version["id"]}
    issued = await api.act("secretariat", "issuePaper", **paper)
    await api.ask("japan", "PaperDetail", id=issued["paper"]["id"])


async def tell_of_languages(api: Recorder) -> None:
    """Translate a text, change its original, and pay the debt of the translation."""
    text = await Drafting(api).begin(ENGLISH, title="Data", shortTitle="Data", language="en")
    names = {"title": "Données", "shortTitle": "Data", "label": "Projet", "language": "fr"}
    imported = await api.act("secretariat", "importText", **names, markdown=FRENCH, translatesId=text.version["id"])
    french = imported["textVersion"]
    sent = {"textVersionId": french["id"], "expectedRevision": french["revision"]}
    await api.act("secretariat", "issueVersion", **sent)
    await text.comment("japan", "1.", "shall", "should")
    await text.accept_all()
    await text.consolidate()
    await text.go_on()
    await api.ask("japan", "TranslationDebtOfVersion", textVersionId=french["id"])
    opened = (await api.act("secretariat", "openLanguageVersion", textVersionId=french["id"]))["textVersion"]
    on = {"textVersionId": opened["id"]}
    shown = await api.ask("secretariat", "TranslationDebtOfVersion", textVersionId=opened["id"])
    (debt,) = shown["textVersion"]["translationDebt"]["nodes"]
    words = {"provisionKey": debt["provisionKey"], "text": "Les douanes doivent échanger des données."}
    await api.act("secretariat", "translateProvision", **on, **words, expectedRevision=opened["revision"])
    better = {"words": "échanger", "replacement": "échanger entre elles", "reason": "Le sens est réciproque."}
    sent = {"provisionKey": debt["provisionKey"], **better, "expectedRevision": opened["revision"] + 1}
    await api.act("secretariat", "correctLinguistically", **on, **sent)


async def tell_of_parties(api: Recorder) -> None:
    """Admit and correct a party, change its people, and end what was granted."""
    world = api.world
    atland = {"name": "Republic of Atland", "shortName": "Atland", "kind": "MEMBER_ADMINISTRATION"}
    await api.act("secretariat", "admitParty", **atland, capacity="MEMBER", furtherNames=["Atland Customs"])
    corrected = {"partyId": world.parties["gea"], "capacity": "OBSERVER", "reason": "It is one."}
    await api.act("secretariat", "correctParty", **corrected, expectedRevision=1)
    assistant = {"delegateId": world.delegates["japan-assistant"]}
    await api.act("japan", "appointFocalPoint", **assistant, startsOn=DAY, expectedRevision=1)
    await api.act("japan", "releaseFocalPoint", **assistant, reason="Back from leave.", expectedRevision=2)
    await api.act("japan", "endAccreditation", **assistant, reason="A new post.", expectedRevision=3)
    invited = {"name": "Nora Newcomer", "email": "nora@example.org", "startsOn": DAY}
    invitation = (await api.act("japan", "inviteDelegate", partyId=world.parties["japan"], **invited))["invitation"]
    await api.act("japan", "withdrawInvitation", invitationId=invitation["id"], expectedRevision=1)
    parties = {"partyId": world.parties["canada"], "byPartyId": world.parties["japan"]}
    granted = await api.act("canada", "grantRepresentation", **parties, startsOn=DAY, evidence="Note 7")
    ended = {"representationId": granted["representation"]["id"], "reason": "Over.", "expectedRevision": 1}
    await api.act("canada", "endRepresentation", **ended)
    await api.act("japan", "joinBody", bodyId=world.bodies["group"])
    await api.act("japan", "leaveBody", bodyId=world.bodies["group"])
    await api.ask("secretariat", "PartyDetail", id=world.parties["japan"])
    await api.ask("secretariat", "PersonList", first=3)
    await api.ask("secretariat", "RightsOfPerson", personId=world.persons["japan"])
    await api.hear("japan", "JournalEntryAdded", "joinBody", bodyId=world.bodies["wgec"])


async def tell_of_programs(api: Recorder) -> None:
    """Correct an application, change its secret and retire it; take a grant back, and sign a person out."""
    world = api.world
    editor = {"name": "Editor", "kind": "WEB", "purpose": "Comments in a margin.", "scopes": ["READ", "COMMENT"]}
    sent = {**editor, "redirectUris": ["https://editor.example/back"]}
    on = {"applicationId": (await api.act("secretariat", "registerApplication", **sent))["application"]["id"]}
    await api.act("secretariat", "correctApplication", **on, name="Margin", expectedRevision=1)
    await api.act("secretariat", "rotateApplicationSecret", **on, expectedRevision=2)
    granted = {"scopes": ["read"], "signed_in_at": NOW, "granted_at": NOW}
    grant = Grant(person_id=world.persons["japan"], application_id=on["applicationId"], **granted)
    until = {"seen_at": NOW, "expires_at": NOW + timedelta(hours=1), "methods": ["pwd"], "signed_in_at": NOW}
    await world.add(grant, BrowserSession(secret_digest="1", person_id=world.persons["japan"], **until))
    await api.act("japan", "revokeGrant", grantId=grant.id)
    await api.act("secretariat", "signOutPerson", personId=world.persons["japan"], reason="Lost laptop.")
    await api.act("secretariat", "retireApplication", **on, reason="No longer made.", expectedRevision=3)


async def tell_of_proposals(api: Recorder) -> None:
    """Revise a proposal with a co-sponsor, and withdraw it; look at the cycles."""
    cycle = {"mechanismId": await add_mechanism(api.world), "kind": "PERIODIC", "title": "Review of 2018"}
    opened = (await api.act("secretariat", "openCycle", **cycle, opensOn="2018-09-01"))["cycle"]
    await api.ask("japan", "CycleList", first=3)
    content = {
        "title": "Advance data as a duty",
        "rationale": "Members asked for certainty.",
        "amendments": [{"kind": "MODIFY", "provisionKey": api.world.keys[1], "wording": "Customs shall exchange."}],
        "coSponsorIds": [api.world.parties["japan"]],
    }
    sent = {"cycleId": opened["id"], "textVersionId": api.world.version, **content}
    proposal = (await api.act("upu", "draftProposal", **sent))["proposal"]
    on = {"proposalId": proposal["id"]}
    revised = content | {"title": "Advance data"}
    await api.act("upu", "reviseProposal", **on, **revised, expectedRevision=proposal["revision"])
    shown = (await api.ask("japan", "ProposalDetail", id=proposal["id"]))["proposal"]
    (named,) = shown["coSponsors"]["nodes"]
    await api.act("japan", "confirmCoSponsorship", coSponsorId=named["id"], expectedRevision=shown["revision"])
    shown = (await api.ask("upu", "ProposalDetail", id=proposal["id"]))["proposal"]
    await api.act("upu", "withdrawProposal", **on, expectedRevision=shown["revision"])


async def tell_of_plans(api: Recorder) -> None:
    """Start and drop activities, and record what a sitting decided."""
    plan = await make_plan(api.world)
    started = {"activityId": plan.activities["Count the boats"], "expectedRevision": 1}
    await api.act("secretariat", "startActivity", **started)
    dropped = {"activityId": plan.activities["Paint the boats"], "reason": "No boats left.", "expectedRevision": 1}
    await api.act("secretariat", "dropActivity", **dropped)
    await api.ask("japan", "ActivityDetail", id=started["activityId"])
    await api.ask("japan", "WorkPlanList", first=3)
    sitting = await add_sitting(api.world)
    decision = {"verb": "endorsed", "outcome": "ENDORSED", "text": "The Committee endorsed it.", "agendaItem": "IX.a"}
    await api.act("secretariat", "recordDecision", sittingId=sitting, subjectId=api.world.version, **decision)
    await api.ask("japan", "SittingDetail", id=sitting)


TELLINGS: Mapping[str, Callable[[Recorder], Awaitable[None]]] = {
    "comments": tell_of_comments,
    "carrying": tell_of_carrying,
    "structure": tell_of_structure,
    "numbers": tell_of_numbers,
    "papers": tell_of_papers,
    "languages": tell_of_languages,
    "parties": tell_of_parties,
    "programs": tell_of_programs,
    "proposals": tell_of_proposals,
    "plans": tell_of_plans,
}
"""Every short story by name, in the order in which they are told: the first example of an operation is kept."""
