"""Amendment proposals over HTTP, with the published operations."""

from typing import Any

from server.domain.proposals.actions import drafting, returning
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.proposals.rules.returning import FormalDefect
from server.vocabulary.proposals import AmendmentKind, FormalDefectKind
from tests.factories import proposals as make
from tests.factories.api import Api
from tests.factories.world import WORDS, World

EVERYONE = ("secretariat", "japan", "japan-assistant", "canada", "china", "upu", "gea")


def amendment_content(api: Api, **sent: Any) -> dict[str, Any]:
    """Two amendments: other words for the first paragraph, and a new one after the heading."""
    said = {
        "title": "Advance data as a duty",
        "rationale": "Members asked for certainty.",
        "amendments": [
            {"kind": "MODIFY", "provisionKey": api.world.keys[1], "wording": "Administrations shall exchange data."},
            {"kind": "MOVE", "provisionKey": api.world.keys[3], "afterKey": api.world.keys[1]},
        ],
    }
    return said | sent


async def draft_proposal(api: Api, who: str = "upu", **sent: Any) -> Any:
    """A draft in a review that the Secretariat opened over HTTP."""
    mechanism_id = await make.add_mechanism(api.world)
    cycle = {"mechanismId": mechanism_id, "kind": "PERIODIC", "title": "Review of 2018", "opensOn": "2018-09-01"}
    opened = (await api.act("secretariat", "openCycle", **cycle))["cycle"]
    assert opened["isOpen"] is True
    said = {"cycleId": opened["id"], "textVersionId": api.world.version, **amendment_content(api)}
    return await api.act(who, "draftProposal", **(said | sent))


async def step(api: Api, who: str, operation: str, proposal_id: str, **sent: Any) -> Any:
    """One act on a proposal at its present version (UPU reads it), which must succeed; gives the proposal after."""
    version = (await api.ask("upu", "ProposalDetail", id=proposal_id))["proposal"]["revision"]
    result = await api.act(who, operation, expectedRevision=version, **sent)
    assert result["__typename"] != "Refusal", result
    return result["proposal"]


async def test_a_proposal_is_co_sponsored_and_submitted(api: Api) -> None:
    content = amendment_content(api, coSponsorIds=[api.world.parties["japan"]])
    proposal_id = (await draft_proposal(api, **content))["proposal"]["id"]
    sent = {"proposalId": proposal_id, **content | {"title": "Advance data"}}
    await step(api, "upu", "reviseProposal", proposal_id, **sent)
    (named,) = (await api.ask("japan", "ProposalDetail", id=proposal_id))["proposal"]["coSponsors"]["nodes"]
    offered, declining, _ = named["availableActs"]
    await api.act("japan", "declineCoSponsorship", coSponsorId=named["id"], reason="Not yet.")
    (declined,) = (await api.ask("upu", "ProposalDetail", id=proposal_id))["proposal"]["coSponsors"]["nodes"]

    await step(api, "japan", "confirmCoSponsorship", proposal_id, coSponsorId=named["id"])
    submitted = await step(api, "upu", "submitProposal", proposal_id, proposalId=proposal_id)
    registered = await step(api, "secretariat", "registerProposal", proposal_id, proposalId=proposal_id)

    assert (offered["act"], offered["isAllowed"]) == ("CONFIRM_CO_SPONSORSHIP", True)
    assert (declining["act"], declining["isAllowed"]) == ("DECLINE_CO_SPONSORSHIP", True)
    assert (declined["declineReason"], declined["declinedAt"] is None) == ("Not yet.", False)
    assert (submitted["status"], submitted["title"], submitted["number"]) == ("SUBMITTED", "Advance data", None)
    assert (submitted["submittedBy"]["name"], len(submitted["contentDigest"])) == ("Delegate upu", 64)
    assert (registered["status"], registered["number"]) == ("REGISTERED", 1)


async def test_a_proposal_is_considered_by_a_group(api: Api) -> None:
    moved = AmendmentContent(AmendmentKind.MOVE, api.world.keys[3], api.world.keys[1])
    amendments = (make.content(api.world).amendments[0], moved)
    proposal_id = await make.registered(api.world, amendments=amendments)
    group = {"proposalId": proposal_id, "bodyId": api.world.bodies["group"]}
    await step(api, "secretariat", "assignProposal", proposal_id, **group)
    first, second = (await api.ask("gea", "ProposalDetail", id=proposal_id))["proposal"]["amendments"]["nodes"]

    await step(api, "canada", "recordView", proposal_id, amendmentId=first["id"], view="AGREED")
    view = {"amendmentId": second["id"], "view": "NOT_AGREED", "reason": "No need."}
    viewed = await step(api, "canada", "recordView", proposal_id, **view)
    concluded = await step(api, "canada", "concludeConsideration", proposal_id, proposalId=proposal_id)

    assert (first["provision"]["text"], first["after"]) == (WORDS[1], None)
    assert (second["provision"]["text"], second["after"]["text"]) == (WORDS[3], WORDS[1])
    assert [each["view"]["view"] for each in viewed["amendments"]["nodes"]] == ["AGREED", "NOT_AGREED"]
    assert (concluded["status"], concluded["nextBody"]) == ("AGREED", "TECHNICAL_COMMITTEE")
    assert (concluded["viewCount"], concluded["body"]["shortName"]) == (2, "WGEC-2")


async def test_a_proposal_is_decided_by_the_bodies_in_turn(api: Api) -> None:
    proposal_id = await make.concluded(api.world)

    awaited = []
    for body, verb, outcome in (
        ("ptc", "endorsed", "ENDORSED"),
        ("pc", "recommended", "ENDORSED"),
        ("council", "adopted", "ADOPTED"),
    ):
        content = {"verb": verb, "outcome": outcome, "text": "The body dealt with the proposal."}
        sent = {"sittingId": await make.add_sitting(api.world, body), **content}
        decided = await step(api, "secretariat", "decideProposal", proposal_id, proposalId=proposal_id, **sent)
        awaited.append((decided["decisions"]["nodes"][0]["verb"], decided["nextBody"]))
    seen = (await api.ask("gea", "ProposalDetail", id=proposal_id))["proposal"]

    assert awaited == [("endorsed", "POLICY_COMMISSION"), ("recommended", "COUNCIL"), ("adopted", None)]
    assert (seen["number"], seen["status"]) == (1, "APPROVED")
    assert [each["sitting"]["body"]["shortName"] for each in seen["decisions"]["nodes"]] == ["PTC", "PC", "Council"]
    assert [each["isAllowed"] for each in seen["availableActs"]] == [False] * 12


async def test_a_proposal_is_returned_and_what_was_filed_stays_between_its_parties(api: Api) -> None:
    on = {"proposalId": (await draft_proposal(api))["proposal"]["id"]}
    filed = await step(api, "upu", "submitProposal", on["proposalId"], **on)
    defect = {"kind": "PLACE", "reason": "Name the paragraph.", "position": 1}

    sent = {**on, "expectedRevision": filed["revision"], "defects": [defect]}
    returned = (await api.act("secretariat", "returnProposal", key="once", **sent))["filing"]
    again = (await api.act("secretariat", "returnProposal", key="once", **sent))["filing"]
    mended = {**on, **amendment_content(api, title="Advance data")}
    await step(api, "upu", "reviseProposal", on["proposalId"], **mended)
    await step(api, "upu", "submitProposal", on["proposalId"], **on)
    await step(api, "secretariat", "registerProposal", on["proposalId"], **on)

    assert (returned["title"], returned["party"]["shortName"]) == (filed["title"], "UPU")
    assert (returned["contentDigest"], returned["isBeingMended"], again) == (filed["contentDigest"], True, returned)
    for who, count in (("upu", 1), ("secretariat", 1), ("japan", 0)):
        seen = (await api.ask(who, "ProposalDetail", id=on["proposalId"]))["proposal"]
        assert (seen["title"], seen["status"], seen["returnedAt"] is None) == ("Advance data", "REGISTERED", False)
        assert len(seen["returnedFilings"]["nodes"]) == count
    (kept,) = (await api.ask("upu", "ProposalDetail", id=on["proposalId"]))["proposal"]["returnedFilings"]["nodes"]
    assert (kept["defects"], kept["contentDigest"]) == ([defect], filed["contentDigest"])
    assert kept["contentDigest"] != seen["contentDigest"]


async def test_a_withdrawn_proposal_is_taken_over_by_its_co_sponsor(api: Api) -> None:
    content = amendment_content(api, coSponsorIds=[api.world.parties["japan"]])
    proposal_id = (await draft_proposal(api, **content))["proposal"]["id"]
    (named,) = (await api.ask("japan", "ProposalDetail", id=proposal_id))["proposal"]["coSponsors"]["nodes"]
    await step(api, "japan", "confirmCoSponsorship", proposal_id, coSponsorId=named["id"])
    await step(api, "upu", "submitProposal", proposal_id, proposalId=proposal_id)
    await step(api, "secretariat", "registerProposal", proposal_id, proposalId=proposal_id)
    withdrawn = await step(api, "upu", "withdrawProposal", proposal_id, proposalId=proposal_id)
    left = (await api.ask("japan", "ProposalDetail", id=proposal_id))["proposal"]
    taking = left["coSponsors"]["nodes"][0]["availableActs"][2]
    sent = {"coSponsorId": named["id"], "expectedRevision": withdrawn["revision"]}

    refused = await api.act("upu", "takeOverProposal", **sent)
    taken = await step(api, "japan", "takeOverProposal", proposal_id, coSponsorId=named["id"])

    assert (withdrawn["status"], left["takeOverClosesAt"]) == ("WITHDRAWN", "2018-10-08T22:00:00Z")
    assert (taking["act"], taking["isAllowed"]) == ("TAKE_OVER_PROPOSAL", True)
    assert (refused["__typename"], refused["code"]) == ("Refusal", "FORBIDDEN")
    assert (taken["status"], taken["number"], taken["party"]["shortName"]) == ("REGISTERED", 1, "Japan")
    after = (await api.ask("upu", "ProposalDetail", id=proposal_id))["proposal"]
    (take_over,) = after["takeOvers"]["nodes"]
    assert (take_over["phase"], take_over["statusBefore"], after["takeOverClosesAt"]) == ("TAKEN", "REGISTERED", None)
    assert (take_over["party"]["shortName"], take_over["newParty"]["shortName"]) == ("UPU", "Japan")
    assert (after["filingParty"]["shortName"], after["contentDigest"]) == ("UPU", left["contentDigest"])
    assert (take_over["withdrawnAt"], take_over["takenAt"]) == (after["withdrawnAt"], after["takenOverAt"])


async def test_defer_proposal_shows_everywhere_until_what_it_waits_for_has_come(api: Api) -> None:
    cycle_id = await make.open_cycle(api.world)
    first, second = [await make.considered(api.world, cycle_id=cycle_id) for _ in range(2)]
    until = {"until": "PROPOSAL", "awaitedId": second, "reason": "The datasets come first."}

    deferred = await step(api, "canada", "deferProposal", first, proposalId=first, **until)
    listed = await api.ask("gea", "ProposalList", filter={"status": ["DEFERRED"]})
    seen = (await api.ask("gea", "ProposalDetail", id=first))["proposal"]
    offers = {each["act"]: each for each in seen["availableActs"]}
    await make.act(api.world, "japan", drafting.withdraw_proposal, second)
    back = (await api.ask("gea", "ProposalDetail", id=first))["proposal"]
    after = await api.ask("gea", "ProposalList", filter={"status": ["DEFERRED"]})

    assert deferred["status"] == "DEFERRED"
    assert [each["id"] for each in listed["proposals"]["nodes"]] == [first]
    assert (seen["status"], seen["deferral"]["awaited"]["id"], seen["deferral"]["kind"]) == (
        "DEFERRED",
        second,
        "PROPOSAL",
    )
    assert offers["RECORD_VIEW"]["isAllowed"] is False
    assert (back["status"], after["proposals"]["nodes"]) == ("UNDER_CONSIDERATION", [])
    assert back["deferrals"]["nodes"] == [back["deferral"]]


async def test_resume_proposal_over_http_shows_why(api: Api) -> None:
    proposal_id = await make.considered(api.world)
    sent = {"proposalId": proposal_id, "reason": "Not finished."}
    await step(api, "secretariat", "deferProposal", proposal_id, **sent, until="CYCLE")

    resumed = await step(api, "secretariat", "resumeProposal", proposal_id, **sent | {"reason": "It cannot wait."})
    seen = (await api.ask("gea", "ProposalDetail", id=proposal_id))["proposal"]

    assert resumed["status"] == "UNDER_CONSIDERATION"
    assert (seen["deferral"], seen["deferrals"]["nodes"][0]["resumeReason"]) == (None, "It cannot wait.")


async def test_withdraw_proposal_keeps_its_words_on_record(api: Api) -> None:
    drafted = (await draft_proposal(api))["proposal"]

    result = await api.act("upu", "withdrawProposal", proposalId=drafted["id"], expectedRevision=1)

    assert (result["__typename"], result["proposal"]["status"]) == ("ProposalWithdrawn", "WITHDRAWN")
    assert result["proposal"]["amendmentCount"] == 2


async def test_draft_proposal_twice_with_one_key_writes_it_once(api: Api) -> None:
    cycle_id = await make.open_cycle(api.world)
    sent = {"cycleId": cycle_id, "textVersionId": api.world.version, **amendment_content(api)}

    first = await api.act("upu", "draftProposal", key="once", **sent)
    second = await api.act("upu", "draftProposal", key="once", **sent)
    listed = await api.ask("upu", "ProposalList")

    assert first == second
    assert listed["proposals"]["totalCount"] == 1


async def test_draft_proposal_with_faults_names_each_and_writes_nothing(api: Api) -> None:
    wrong = [{"kind": "MODIFY", "wording": "Words."}, {"kind": "DELETE", "provisionKey": api.world.keys[1]}]
    result = await draft_proposal(api, **amendment_content(api, title=" ", amendments=wrong))

    assert (result["kind"], result["code"]) == ("INVALID", "INVALID")
    assert [issue["path"] for issue in result["issues"]] == [["title"], ["amendments", "0", "provisionKey"]]
    assert (await api.ask("upu", "ProposalList"))["proposals"]["nodes"] == []


async def test_decide_proposal_out_of_turn_is_refused_over_http(api: Api) -> None:
    proposal_id = await make.concluded(api.world)
    version = (await make.work_of(api.world, proposal_id)).revision
    content = {"verb": "approved", "outcome": "APPROVED", "text": "Approved."}
    sent = {"proposalId": proposal_id, "sittingId": await make.add_sitting(api.world, "council"), **content}

    result = await api.act("secretariat", "decideProposal", expectedRevision=version, **sent)
    seen = (await api.ask("japan", "ProposalDetail", id=proposal_id))["proposal"]

    assert (result["kind"], result["code"]) == ("NOT_NOW", "WRONG_STATE")
    assert "It is the turn of a TECHNICAL_COMMITTEE" in result["message"]
    assert (seen["decisions"]["nodes"], seen["revision"]) == ([], version)


async def withdrawn_draft(world: World, **changed: Any) -> str:
    """A draft that was withdrawn."""
    return await make.act(world, "japan", drafting.withdraw_proposal, await make.draft(world, **changed))


async def withdrawn_submitted(world: World, **changed: Any) -> str:
    """A proposal that was withdrawn after it was submitted and before it was registered."""
    return await make.act(world, "japan", drafting.withdraw_proposal, await make.submitted(world, **changed))


async def withdrawn_registered(world: World, **changed: Any) -> str:
    """A proposal that was withdrawn after it was registered."""
    return await make.act(world, "japan", drafting.withdraw_proposal, await make.registered(world, **changed))


async def given_back(world: World, **changed: Any) -> str:
    """A proposal that was returned for formal defects and is being mended."""
    proposal_id = await make.act(world, "japan", drafting.submit_proposal, await make.draft(world, **changed))
    sent = {"defects": [FormalDefect(FormalDefectKind.FORM, "On the form, please.")]}
    return await make.act(world, "secretariat", returning.return_proposal, proposal_id, **sent)


async def withdrawn_given_back(world: World, **changed: Any) -> str:
    """A proposal that was returned and then withdrawn without being submitted again."""
    return await make.act(world, "japan", drafting.withdraw_proposal, await given_back(world, **changed))


OWN, WITH_SECRETARIAT = {"japan", "japan-assistant"}, {"japan", "japan-assistant", "secretariat"}
SEEN_BY = (
    (make.draft, OWN),
    (make.submitted, WITH_SECRETARIAT),
    (given_back, OWN),
    (withdrawn_given_back, OWN),
    (make.registered, set(EVERYONE)),
    (make.considered, set(EVERYONE)),
    (make.concluded, set(EVERYONE)),
    (withdrawn_draft, OWN),
    (withdrawn_submitted, WITH_SECRETARIAT),
    (withdrawn_registered, set(EVERYONE)),
)

PARTS = """query Parts($proposals: [ID!]!, $amendments: [ID!]!) {
  nodes(ids: $proposals) { id }
  parts: nodes(ids: $amendments) { id }
  proposals { nodes { id amendments { nodes { id } } } totalCount }
  reviewCycles { nodes { proposalCount } }
}"""


async def test_visibility_list_get_and_counts_agree_for_everyone_at_every_point(api: Api) -> None:
    cycle_id = await make.open_cycle(api.world)
    seen_by = {await reach(api.world, cycle_id=cycle_id): people for reach, people in SEEN_BY}
    amendments = {proposal_id: await make.amendments_of(api.world, proposal_id) for proposal_id in seen_by}
    variables = {"proposals": list(seen_by), "amendments": [ids[0] for ids in amendments.values()]}

    for who in (*EVERYONE, None):
        seen = (await api.send(who, PARTS, variables))["data"]
        expected = [proposal_id for proposal_id, people in seen_by.items() if who in people]

        assert [node and node["id"] for node in seen["nodes"]] == [i if i in expected else None for i in seen_by], who
        assert [part is not None for part in seen["parts"]] == [i in expected for i in seen_by], who
        listed = {
            node["id"]: [part["id"] for part in node["amendments"]["nodes"]] for node in seen["proposals"]["nodes"]
        }
        assert listed == {proposal_id: amendments[proposal_id] for proposal_id in expected}, who
        assert seen["proposals"]["totalCount"] == len(expected), who
        assert seen["reviewCycles"]["nodes"] == ([{"proposalCount": len(expected)}] if who else []), who


async def test_visibility_of_a_draft_reaches_the_named_co_sponsors_and_nobody_else(api: Api) -> None:
    parties = (api.world.parties["china"],)
    proposal_id = await make.draft(api.world, co_sponsor_ids=parties)
    co_sponsor = (await make.co_sponsors_of(api.world, proposal_id))[parties[0]].id
    document = "query($p: ID!, $c: ID!) { proposal(id: $p) { id } node(id: $c) { id } }"

    seen = {who: (await api.send(who, document, {"p": proposal_id, "c": co_sponsor}))["data"] for who in EVERYONE}
    nobody = (await api.send(None, document, {"p": proposal_id, "c": co_sponsor}))["data"]

    found = {who for who, data in seen.items() if data["proposal"]}
    assert found == {who for who, data in seen.items() if data["node"]} == OWN | {"china"}
    assert nobody == {"proposal": None, "node": None}


async def test_visibility_of_a_view_follows_its_proposal(api: Api) -> None:
    proposal_id = await make.concluded(api.world)
    detail = (await api.ask("gea", "ProposalDetail", id=proposal_id))["proposal"]
    view_id = detail["amendments"]["nodes"][0]["view"]["id"]
    document = "query($id: ID!) { node(id: $id) { id } }"

    seen = (await api.send("gea", document, {"id": view_id}))["data"]
    nobody = (await api.send(None, document, {"id": view_id}))["data"]

    assert (seen["node"], nobody["node"]) == ({"id": view_id}, None)


async def test_proposals_are_filtered(api: Api) -> None:
    bodies, parties = api.world.bodies, api.world.parties
    await make.registered(api.world)
    await make.considered(api.world)
    cycle_id = await make.open_cycle(api.world)
    await make.draft(api.world, "japan", cycle_id)

    for wanted, count in (
        ({"status": "REGISTERED"}, 1),
        ({"status": "DRAFT"}, 1),
        ({"status": "APPROVED"}, 0),
        ({"bodyId": bodies["group"]}, 1),
        ({"bodyId": bodies["wgec"]}, 0),
        ({"partyId": parties["japan"]}, 3),
        ({"partyId": parties["upu"]}, 0),
        ({"textVersionId": api.world.version}, 3),
        ({"cycleId": cycle_id}, 1),
        ({"cycleId": cycle_id, "status": "REGISTERED"}, 0),
    ):
        listed = (await api.ask("japan", "ProposalList", filter=wanted))["proposals"]
        assert (listed["totalCount"], len(listed["nodes"])) == (count, count), wanted


async def test_proposals_come_by_number_and_page_by_page(api: Api) -> None:
    for _ in range(3):
        await make.registered(api.world)

    first = (await api.ask("gea", "ProposalList", first=2))["proposals"]
    second = (await api.ask("gea", "ProposalList", first=2, after=first["pageInfo"]["endCursor"]))["proposals"]

    assert [node["number"] for node in first["nodes"] + second["nodes"]] == [1, 2, 3]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)


async def test_cycles_show_the_mechanism_and_its_path(api: Api) -> None:
    await make.open_cycle(api.world)

    seen = await api.ask("gea", "CycleList", filter={"kind": "PERIODIC"})
    other = await api.ask("gea", "CycleList", filter={"kind": "AD_HOC"})

    (mechanism,) = seen["mechanisms"]["nodes"]
    assert mechanism["approvalPath"] == ["TECHNICAL_COMMITTEE", "POLICY_COMMISSION", "COUNCIL"]
    assert mechanism["cycleKinds"] == ["PERIODIC", "AD_HOC"]
    assert [node["mechanism"]["id"] for node in seen["reviewCycles"]["nodes"]] == [mechanism["id"]]
    assert other["reviewCycles"]["nodes"] == []
