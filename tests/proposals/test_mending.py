"""What others read of a proposal while its party mends what was returned: what was filed, and never the new words."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.proposals.actions import drafting, joining, returning
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.proposals.rules.returning import FormalDefect
from server.journal.queries import visible_journal_entries
from server.models.journal import JournalEntry
from server.vocabulary.proposals import AmendmentKind, FormalDefectKind
from tests.factories import proposals as make
from tests.factories.api import Api
from tests.factories.world import World

SECRET = "Clandestine"
DEFECT = FormalDefect(FormalDefectKind.FORM, "On the form, please.")


async def mended(world: World) -> tuple[str, str]:
    """Make a proposal that was returned, and is mended in words that nobody outside knows. Canada does not join them.

    Return its id and that of its first amendment.
    """
    canada = world.parties["canada"]
    proposal_id = await make.draft(world, title="Filed title", co_sponsor_ids=(canada,))
    await make.act(world, "japan", drafting.submit_proposal, proposal_id, can_leave_out=True)
    await make.act(world, "secretariat", returning.return_proposal, proposal_id, defects=[DEFECT])
    asked = AmendmentContent(AmendmentKind.MODIFY, world.keys[1], wording=f"{SECRET} words.")
    said = {"title": f"{SECRET} title", "rationale": f"{SECRET} reason.", "amendments": (asked,)}
    content = make.content(world, co_sponsor_ids=(canada,), **said)
    await make.act(world, "japan", drafting.revise_proposal, proposal_id, content=content)
    named = (await make.co_sponsors_of(world, proposal_id))[canada]
    declining = {"co_sponsor_id": named.id, "reason": f"{SECRET} objection."}
    await world.do("canada", joining.decline_co_sponsorship, **declining)
    return proposal_id, (await make.amendments_of(world, proposal_id))[0]


def questions(world: World, proposal_id: str) -> list[tuple[str, dict[str, Any]]]:
    """Return published queries that lead to proposals, with their variables."""
    numbers: dict[str, Any] = {name: [] for name in ("numbers", "series", "commentNumbers", "citations")}
    searching = {"words": SECRET, **numbers, "commentParty": "", "sittingBody": "", "sittingNumbers": []}
    return [
        ("ProposalDetail", {"id": proposal_id}),
        ("ProposalList", {}),
        ("ProposalRegister", {}),
        ("ProposalNeighbours", {"proposalId": proposal_id}),
        ("ProposalPrecedents", {"proposalId": proposal_id}),
        ("TakingOrder", {"textVersionId": world.version}),
        ("ProvisionDossier", {"id": world.provisions[1]}),
        ("Search", searching),
        ("CycleList", {}),
        ("JournalList", {}),
        ("LatestActs", {}),
        ("TaskList", {}),
        ("NoticeList", {}),
        ("FilingReceipt", {"subjectId": proposal_id}),
        ("ReturnedFilingList", {}),
    ]


@pytest.mark.parametrize("who", ["secretariat", "china", "gea"])
async def test_while_a_proposal_is_mended_nobody_outside_reads_its_new_words(api: Api, who: str) -> None:
    proposal_id, amendment_id = await mended(api.world)

    answers = {name: await api.ask(who, name, **sent) for name, sent in questions(api.world, proposal_id)}
    nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    seen = (await api.send(who, nodes, {"ids": [proposal_id, amendment_id]}))["data"]["nodes"]
    tried = await api.send(
        who,
        "query($v: ID!, $p: [ID!]!) { whatIf(textVersionId: $v, pendingIds: $p) { __typename } }",
        {"v": api.world.version, "p": [proposal_id]},
    )

    assert [name for name, answer in answers.items() if SECRET in json.dumps(answer)] == []
    assert answers["ProposalDetail"]["proposal"] is None
    assert (seen, tried["data"]["whatIf"]["__typename"]) == ([None, None], "Refusal")


@pytest.mark.parametrize("who", ["japan", "japan-assistant", "canada"])
async def test_while_a_proposal_is_mended_those_named_on_it_read_its_new_words(api: Api, who: str) -> None:
    proposal_id, _ = await mended(api.world)

    seen = (await api.ask(who, "ProposalDetail", id=proposal_id))["proposal"]
    (kept,) = (await api.ask(who, "ReturnedFilingList"))["returnedFilings"]["nodes"]

    assert (seen["title"], seen["status"]) == (f"{SECRET} title", "RETURNED")
    assert (kept["title"], kept["proposal"]["title"]) == ("Filed title", f"{SECRET} title")


async def test_the_secretariat_reads_what_was_filed_until_it_is_submitted_again(api: Api) -> None:
    proposal_id, _ = await mended(api.world)

    lists = [(await api.ask(who, "ReturnedFilingList"))["returnedFilings"] for who in ("secretariat", "china")]
    own = {"filter": {"partyId": [api.world.parties["japan"]]}}
    filtered = (await api.ask("secretariat", "ReturnedFilingList", **own))["returnedFilings"]
    await make.act(api.world, "japan", drafting.submit_proposal, proposal_id, can_leave_out=True)
    (after,) = (await api.ask("secretariat", "ReturnedFilingList"))["returnedFilings"]["nodes"]

    (kept,) = lists[0]["nodes"]
    assert (kept["title"], kept["party"]["shortName"]) == ("Filed title", "Japan")
    assert (kept["proposal"], kept["isBeingMended"]) == (None, True)
    assert [each["totalCount"] for each in (*lists, filtered)] == [1, 0, 1]
    assert (after["proposal"]["title"], after["isBeingMended"]) == (f"{SECRET} title", False)
    assert after["title"] == "Filed title"


@pytest.mark.own_sql
async def test_what_parties_say_to_the_mended_words_is_hidden_until_they_are_filed(world: World) -> None:
    async def seen() -> set[str]:
        parameters = (await world.actor("secretariat")).parameters(world.clock.now)
        listed = select(JournalEntry.act).where(visible_journal_entries(JournalEntry))
        async with world.database.reading() as connection:
            return set(await connection.scalars(listed, parameters))

    withdrawn, _ = await mended(world)
    proposal_id, _ = await mended(world)
    before = await seen()
    await make.act(world, "japan", drafting.withdraw_proposal, withdrawn)
    between = await seen()
    await make.act(world, "japan", drafting.submit_proposal, proposal_id, can_leave_out=True)

    assert "co_sponsorship.declined" not in before | between
    assert ("proposal.withdrawn" in before, "proposal.withdrawn" in between) == (False, True)
    assert "co_sponsorship.declined" in await seen()
