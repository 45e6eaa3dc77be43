"""Short stories of acts and questions that no journey needs, so that each of them has an example.

Each begins with a small world of its own.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from server.models.identity import BrowserSession
from server.models.oauth import Grant
from tests.contracts.calls import tell_of_calls
from tests.contracts.notices import tell_of_notices
from tests.contracts.planning import tell_of_planning
from tests.contracts.recorder import Recorder
from tests.factories.proposals import add_mechanism, add_sitting, considered
from tests.factories.workplan import make_plan
from tests.factories.world import NOW, WORDS
from tests.journeys.drafting import Drafting, lines
from tests.journeys.meetings import tell_of_a_sitting, tell_of_silence, tell_of_work_in_a_group

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


async def open_round(api: Recorder, **more: Any) -> dict[str, Any]:
    """Open a round for a week as the coordinator."""
    opened = await api.act(
        "canada",
        "openRound",
        textVersionId=api.world.version,
        bodyId=api.world.bodies["group"],
        title=more.pop("title", "Comments on Draft 1"),
        **more,
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
    another = await open_round(api, title="Comments on Draft 1, in error")
    await api.act("secretariat", "cancelRound", roundId=another["id"], reason="Opened in error.", expectedRevision=1)


async def tell_of_a_life(api: Recorder) -> None:
    """Correct, pause, resume and close a round early; admit one party late and refuse another; complete and report."""
    opened = await open_round(api, title="Comments on scope and data")
    on, later = {"roundId": opened["id"]}, (api.world.clock.now + timedelta(days=7)).isoformat()
    terms = {"closesAt": later, "zone": "Europe/Brussels", "visibility": "IMMEDIATE", "audience": opened["audience"]}
    corrected = {"title": "Comments on data", "settings": {"reminderDays": [3]}, "reason": "The title was too long."}
    await api.act("canada", "reviseRound", **on, **terms, **corrected, expectedRevision=1)
    await api.act("secretariat", "pauseRound", **on, reason="A page of the text is missing.", expectedRevision=2)
    await api.act("secretariat", "resumeRound", **on, reason="The page is there.", expectedRevision=3)
    api.world.clock.move(hours=1)
    await api.act("secretariat", "closeRound", **on, reason="Everybody has answered.", expectedRevision=4)
    api.world.clock.move(hours=1)
    for party in ("japan", "upu"):
        await api.act(party, "askLateAdmission", **on, reason="Our capital answers today.")
    asked = (await api.ask("canada", "RoundLife", id=opened["id"], first=10))["round"]["lateAdmissions"]["nodes"]
    until = (api.world.clock.now + timedelta(hours=1)).isoformat()
    first, second = ({"admissionId": each["id"], "expectedRevision": 1} for each in asked)
    await api.act("canada", "admitLateComments", **first, endsAt=until, reason="They said so before the close.")
    await api.act("canada", "refuseLateAdmission", **second, reason="The round was open for weeks.")
    api.world.clock.move(hours=2)
    await api.act("canada", "completeRound", **on, expectedRevision=5)
    await api.act("canada", "reportRound", **on, textVersionId=api.world.version, expectedRevision=6)


async def tell_of_delegations(api: Recorder) -> None:
    """Clear, return, merge and give up drafts inside a delegation, file two at once, and remind who is silent."""
    on = {"roundId": (await open_round(api))["id"]}
    party_id = api.world.parties["japan"]
    practice = {"partyId": party_id, "levels": "ONE", "canFileAtOnce": True}
    await api.act("japan", "arrangeClearance", **practice, expectedRevision=0)
    due = (api.world.clock.now + timedelta(days=3)).isoformat()
    await api.act("japan", "arrangeDeadline", **on, dueAt=due, expectedRevision=0)
    ids = []
    for number in range(4):
        sent = {**on, **content_of_comment(api, text=f"Remark {number + 1}.")}
        ids.append((await api.act("japan-assistant", "draftComment", **sent))["comment"]["id"])
    one, two, three, four = ids
    await api.act("japan-assistant", "presentDraft", commentId=one, expectedRevision=1)
    await api.act("japan", "returnDraft", commentId=one, reason="Say who pays.", expectedRevision=2)
    merging = {"commentId": one, "expectedRevision": 3, "mergedId": two, "mergedRevision": 1}
    await api.act("japan-assistant", "mergeDrafts", **merging, **content_of_comment(api, text="Both remarks."))
    await api.act("japan-assistant", "discardDraft", commentId=three, expectedRevision=1)
    note = (await api.act("japan", "writeNote", **on, commentId=four, text="Ask the ministry."))["note"]
    await api.ask("japan", "NotesOfRound", **on, first=10)
    await api.act("japan", "discardNote", noteId=note["id"])
    await api.act("japan-assistant", "presentDraft", commentId=one, expectedRevision=4)
    await api.act("japan-assistant", "presentDraft", commentId=four, expectedRevision=1)
    await api.act("japan", "clearDraft", commentId=one, expectedRevision=5)
    await api.ask("japan", "DelegationBoard", **on, partyId=[party_id])
    await api.ask("japan", "DraftDetail", id=one)
    await api.ask("japan", "ClearanceOfParty", id=party_id)
    chosen = [{"commentId": one, "expectedRevision": 6}, {"commentId": four, "expectedRevision": 2}]
    await api.act("japan", "fileComments", **on, comments=chosen)
    await api.act("gea", "declareNoComment", **on)
    await api.act("gea", "takeBackNoComment", **on)
    await api.act("canada", "remindSilent", **on)
    await api.ask("canada", "WhoHasAnswered", id=on["roundId"], roundId=[on["roundId"]], first=10)


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
    await api.ask("japan", "PartyNames", first=3)
    await api.ask("secretariat", "ActsToBegin")
    await api.ask("secretariat", "Registers")
    await api.ask("secretariat", "ObjectInWords", objectId=invitation["id"])
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
    await api.ask("secretariat", "ApplicationDetail", id=on["applicationId"])
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
    await api.ask("upu", "AmendmentInstructions", **on)
    revised = content | {"title": "Advance data"}
    await api.act("upu", "reviseProposal", **on, **revised, expectedRevision=proposal["revision"])
    shown = (await api.ask("japan", "ProposalDetail", id=proposal["id"]))["proposal"]
    (named,) = shown["coSponsors"]["nodes"]
    await api.act("japan", "declineCoSponsorship", coSponsorId=named["id"], reason="Not yet.")
    await api.act("japan", "confirmCoSponsorship", coSponsorId=named["id"], expectedRevision=shown["revision"])
    await api.act("upu", "submitProposal", **on, expectedRevision=shown["revision"])
    defect = {"kind": "PLACE", "reason": "Name the paragraph.", "position": 1}
    returning = {**on, "expectedRevision": shown["revision"] + 1}
    await api.act("secretariat", "returnProposal", **returning, defects=[])
    await api.act("secretariat", "returnProposal", **returning, defects=[defect])
    await api.ask("secretariat", "ReturnedFilingList", first=3)
    shown = (await api.ask("upu", "ProposalDetail", id=proposal["id"]))["proposal"]
    left = (await api.act("upu", "withdrawProposal", **on, expectedRevision=shown["revision"]))["proposal"]
    await api.ask("japan", "ProposalDetail", id=proposal["id"])
    await api.act("japan", "takeOverProposal", coSponsorId=named["id"], expectedRevision=shown["revision"])
    await api.act("japan", "takeOverProposal", coSponsorId=named["id"], expectedRevision=left["revision"])
    again = {"expectedRevision": left["revision"] + 1}
    await api.act("japan", "withdrawProposal", **on, **again)
    await _put_off(api)


async def _put_off(api: Recorder) -> None:
    """Put a proposal off until another one is decided, not the other way round, and take it up again."""
    first, second = await considered(api.world), await considered(api.world)
    until = {"until": "PROPOSAL", "reason": "The datasets come first."}
    await api.act("secretariat", "deferProposal", proposalId=first, awaitedId=second, **until, expectedRevision=1)
    await api.act("secretariat", "deferProposal", proposalId=second, awaitedId=first, **until, expectedRevision=1)
    again = {"proposalId": first, "reason": "It cannot wait.", "expectedRevision": 2}
    await api.act("secretariat", "resumeProposal", **again)
    await api.act("secretariat", "resumeProposal", **again | {"expectedRevision": 3})


async def tell_of_answers(api: Recorder) -> None:
    """Sort the comments of a closed round, answer them together, undo it, and hear how a party takes its answer."""
    opened = await open_round(api)
    sent = {"roundId": opened["id"], **content_of_comment(api)}
    first, second = [(await api.act(who, "submitComment", **sent))["comment"]["id"] for who in ("japan", "china")]
    language = content_of_comment(api, type="EDITORIAL")
    third = (await api.act("upu", "submitComment", roundId=opened["id"], **language))["comment"]["id"]
    api.world.clock.move(days=7)
    desk = {"delegateId": api.world.delegates["canada"], "note": "A word of the treaty."}
    await api.act("canada", "placeComment", commentId=first, **desk, expectedRevision=0)
    await api.act("canada", "tagComment", commentId=first, tags=["Law"], expectedRevision=1)
    question = {"delegateId": api.world.delegates["gea"], "question": "Is it a duty?", "dueOn": "2018-12-01"}
    await api.act("canada", "forwardComment", commentId=first, **question)
    (request,) = (await api.ask("gea", "AdviceRequestList", first=3))["adviceRequests"]["nodes"]
    await api.act("gea", "giveAdvice", adviceId=request["id"], advice="It is one.", expectedRevision=1)
    points = [
        {"type": "EDITORIAL", "text": "“Shall” for “should”.", "hasWording": True},
        {"type": "LINGUISTIC", "text": "The French has “doit”."},
    ]
    await api.act("canada", "splitComment", commentId=third, points=points, expectedRevision=1)
    in_round = {"roundId": opened["id"]}
    await api.act("canada", "groupComments", **in_round, leadId=first, commentIds=[second])
    kept = {"title": "No duty", "verdict": "NOT_ACCEPTED", "reason": "The text invites."}
    reusable = (await api.act("canada", "keepAnswer", **in_round, **kept))["reusableAnswer"]
    of_group = {"answers": [{"commentId": first, "expectedRevision": 1}], "reusableAnswerId": reusable["id"]}
    await api.act("canada", "proposeAnswers", **in_round, **of_group)
    await _record_and_undo(api, opened["id"], first)
    await _settle_point(api, opened["id"], third)
    await _ask_of_answers(api, opened["id"], first)


async def _record_and_undo(api: Recorder, round_id: str, comment: str) -> None:
    """Record the answer of a group, undo it, record it again, and let its party maintain the comment."""
    recorded = await api.act(
        "secretariat", "recordAnswers", roundId=round_id, answers=[{"commentId": comment, "expectedRevision": 2}]
    )
    undone = {"batchId": recorded["batch"]["id"], "reason": "Read anew."}
    await api.act("secretariat", "undoAnswers", **undone, expectedRevision=1)
    again = [{"commentId": comment, "expectedRevision": 4}]
    await api.act("secretariat", "recordAnswers", roundId=round_id, answers=again)
    answer = (await api.ask("japan", "TriageOfComment", id=comment))["comment"]["disposition"]
    reaction = {"dispositionId": answer["id"], "reaction": "MAINTAINS", "reason": "It is a duty."}
    await api.act("japan", "reactToAnswer", **reaction)


async def _settle_point(api: Recorder, round_id: str, comment: str) -> None:
    """Propose answers to the points of a comment, and settle the first for one of the two sides."""
    points = (await api.ask("canada", "TriageOfComment", id=comment))["comment"]["points"]["nodes"]
    sent = [{"commentId": comment, "pointId": each["id"], "expectedRevision": 2} for each in points]
    noted = {"verdict": "NOTED", "reason": "For the translators."}
    await api.act("canada", "proposeAnswers", roundId=round_id, answers=sent, **noted)
    points = (await api.ask("canada", "TriageOfComment", id=comment))["comment"]["points"]["nodes"]
    await api.act("canada", "settleAnswer", dispositionId=points[0]["disposition"]["id"])


async def _ask_of_answers(api: Recorder, round_id: str, comment: str) -> None:
    """Ask for what those who answer and those who are answered see."""
    in_round = {"roundId": round_id}
    await api.ask("canada", "CommentsInTriage", **in_round, first=3)
    await api.ask("canada", "ReusableAnswerList", **in_round, first=3)
    await api.ask("canada", "AnswerBatchList", **in_round, first=3)
    await api.ask("japan", "PlenaryList", **in_round, first=3)
    await api.ask("japan", "ReactionList", **in_round, first=3)
    await api.ask("japan", "RoundReport", **in_round, filter={"roundId": [round_id], "isSubmitted": True})
    await api.ask("japan", "ReportedComments", **in_round, first=3)
    await api.ask("japan", "CoverageMap", **in_round, by="CAPACITY")
    await api.ask("japan", "MyBrief", first=3)


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


async def tell_of_threads(api: Recorder) -> None:
    """Sign a comment for two parties, revise one, mark, reply and take both back; look for what is alike."""
    opened = await open_round(api)
    sent = {"roundId": opened["id"], **content_of_comment(api)}
    others = [api.world.parties["canada"], api.world.parties["upu"]]
    drafted = (await api.act("japan", "draftComment", **sent, coSignerIds=others))["comment"]
    asked = {}
    for who in ("canada", "upu"):
        listed = await api.ask(who, "CoSignatureList", filter={"partyId": [api.world.parties[who]]}, first=10)
        asked[who] = listed["coSignatures"]["nodes"][0]["id"]
    await api.act("canada", "confirmCoSignature", coSignatureId=asked["canada"], expectedRevision=1)
    await api.act("upu", "declineCoSignature", coSignatureId=asked["upu"], reason="Not ours.")
    await api.act("japan", "clearComment", commentId=drafted["id"], expectedRevision=1, canLeaveOut=True)
    filed = (await api.act("china", "submitComment", **sent))["comment"]
    clearer = content_of_comment(api, text="It must be clear who has the duty.")
    later = await api.act("china", "replaceComment", commentId=filed["id"], **clearer, expectedRevision=1)
    on = {"commentId": later["comment"]["id"]}
    await api.act("gea", "tolerateComment", **on)
    marked = (await api.ask("gea", "CommentDetail", id=on["commentId"]))["comment"]
    await api.act("gea", "takeBackMark", markId=marked["tolerances"]["nodes"][0]["id"])
    await api.act("gea", "replyToComment", **on, text="Carriers can.")
    thread = (await api.ask("japan", "CommentThread", id=on["commentId"], first=10))["comment"]
    await api.act("gea", "takeBackReply", replyId=thread["replies"]["nodes"][0]["id"])
    alike = {"provisionId": api.world.provisions[1], "text": "It must be clear who has the duty."}
    await api.ask("japan", "AlikeComments", roundId=opened["id"], **alike)
    await api.ask("canada", "CommentGroups", roundId=opened["id"])


async def tell_of_registers(api: Recorder) -> None:
    """Enter what an empty installation lacks: parties, people, bodies with mandates, and the mechanism."""
    bodies = api.world.bodies
    await api.ask("secretariat", "InstallationSteps")
    await api.ask("secretariat", "KnownPartyList")
    await api.act("secretariat", "admitKnownParties", shortNames=["Brazil", "Korea"])
    sheet = "Party,Name,E-mail,Focal point\nJapan,Hanako YAMADA,hanako@japan.example,yes\n"
    sent = {"sheet": sheet, "enrolment": "INVITE"}
    await api.ask("secretariat", "PreviewParticipants", input=sent)
    await api.act("secretariat", "importParticipants", **sent, sourceName="list.csv")
    await api.ask("secretariat", "ParticipantLists", first=1)
    group = {"kind": "INTERSESSIONAL_GROUP", "name": "Revenue Models", "shortName": "WGEC-4", "number": 4}
    mandate = {"terms": "Compare the models.", "startsOn": "2018-07-01", "endsOn": "2019-06-30"}
    made = await api.act("secretariat", "establishBody", **group, parentId=bodies["wgec"], **mandate)
    on = {"bodyId": made["body"]["id"], "reason": "Council, June 2019."}
    further = {"terms": "Go on virtually.", "startsOn": "2019-07-01", "endsOn": "2020-06-30"}
    await api.act("secretariat", "extendMandate", **on, **further, expectedRevision=1)
    await api.act("secretariat", "correctBody", **on, name="Revenue Collection Models", expectedRevision=2)
    await api.act("secretariat", "nameSuccessor", **on, successorId=bodies["ptc"], expectedRevision=3)
    await api.act("secretariat", "concludeBody", **on, concludedOn=DAY, expectedRevision=4)
    rules = {"title": "Mechanism of 2018", "evidence": "Council 131/132", "startsOn": DAY, "cycleKinds": ["PERIODIC"]}
    rules |= {"approvalPath": ["TECHNICAL_COMMITTEE", "POLICY_COMMISSION", "COUNCIL"], "considerationDays": 180}
    await api.ask("secretariat", "PreviewMechanism", input=rules)
    await api.act("secretariat", "recordMechanism", **rules)


TELLINGS: Mapping[str, Callable[[Recorder], Awaitable[Any]]] = {
    "comments": tell_of_comments,
    "threads": tell_of_threads,
    "calls": tell_of_calls,
    "delegations": tell_of_delegations,
    "carrying": tell_of_carrying,
    "life of a round": tell_of_a_life,
    "structure": tell_of_structure,
    "numbers": tell_of_numbers,
    "papers": tell_of_papers,
    "languages": tell_of_languages,
    "parties": tell_of_parties,
    "programs": tell_of_programs,
    "proposals": tell_of_proposals,
    "plans": tell_of_plans,
    "planning": tell_of_planning,
    "answers": tell_of_answers,
    "registers": tell_of_registers,
    "sittings": tell_of_a_sitting,
    "silence": tell_of_silence,
    "work in groups": tell_of_work_in_a_group,
    "notices": tell_of_notices,
}
"""Every short story by name, in the order in which they are told: the first example of an operation is kept."""
