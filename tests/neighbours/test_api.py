"""Neighbours and taking orders over HTTP, with the published operations: what each person sees."""

from typing import Any

import pytest

from server.domain.proposals.actions import drafting
from server.domain.proposals.rules.contents import AmendmentContent
from server.vocabulary.proposals import AmendmentKind
from tests.factories import proposals as make
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.world import WORDS, World

FIRM = WORDS[1].replace("should", "shall")
SOFT = WORDS[1].replace("should", "may")


def rewording(world: World, wording: str = FIRM, key: int = 1) -> AmendmentContent:
    return AmendmentContent(AmendmentKind.MODIFY, world.keys[key], wording=wording)


async def registered(world: World, cycle_id: str, *amendments: AmendmentContent, title: str = "Other") -> str:
    """Register a proposal of Japan with these amendments."""
    return await make.registered(world, cycle_id=cycle_id, amendments=amendments, title=title)


async def draft(world: World, who: str, cycle_id: str, *amendments: AmendmentContent, **changed: Any) -> str:
    """Draft a proposal of another party with these amendments."""
    return await make.draft(world, who, cycle_id, amendments=amendments, title="Own", **changed)


async def neighbours(api: Api, who: str, proposal_id: str, **sent: Any) -> Any:
    """Return what somebody is told of the neighbours of a proposal."""
    return (await api.ask(who, "ProposalNeighbours", proposalId=proposal_id, **sent))["neighbours"]


def told(answer: Any) -> list[tuple[str, str, str]]:
    """Return what is told of the pairs: class, title of the other proposal, and number or words of the place."""
    return [
        (pair["relation"], pair["proposal"]["title"], (pair["places"][0]["words"] or ""))
        for pair in answer["pairs"]["nodes"]
    ]


async def test_a_proponent_sees_what_its_draft_meets(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    await registered(world, cycle_id, rewording(world), title="The same")
    await registered(world, cycle_id, rewording(world, SOFT), title="Softer")
    await registered(world, cycle_id, AmendmentContent(AmendmentKind.DELETE, world.keys[3]), title="Elsewhere")
    proposal_id = await draft(world, "canada", cycle_id, rewording(world))

    answer = await neighbours(api, "canada", proposal_id)

    assert answer["isComplete"] is True
    assert told(answer) == [("IDENTICAL", "The same", "should"), ("CONFLICTS", "Softer", "should")]
    conflict = answer["pairs"]["nodes"][1]
    assert conflict["places"] == [{"key": world.keys[1], "words": "should", "ownWords": "shall", "otherWords": "may"}]
    assert conflict["provision"]["key"] == world.keys[1]
    assert [run["text"] for run in conflict["other"]["runs"] if run["kind"] == "INSERT"] == ["may"]
    only = await neighbours(api, "canada", proposal_id, relations=["CONFLICTS"])
    assert (told(only), only["pairs"]["totalCount"]) == (told(answer)[1:], 1)


async def test_pairs_come_in_pages(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    for number in range(3):
        await registered(world, cycle_id, rewording(world), title=f"Number {number}")
    proposal_id = await draft(world, "canada", cycle_id, rewording(world))

    first = await neighbours(api, "canada", proposal_id, first=2)
    after = first["pairs"]["pageInfo"]["endCursor"]
    second = await neighbours(api, "canada", proposal_id, first=2, after=after)

    assert [title for _, title, _ in told(first) + told(second)] == ["Number 0", "Number 1", "Number 2"]
    assert second["pairs"]["totalCount"] == 3


async def test_drafts_of_others_and_what_is_not_registered_are_nobodys_neighbours(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    hidden = await draft(world, "china", cycle_id, rewording(world, SOFT))
    await make.submitted(world, cycle_id=cycle_id, amendments=(rewording(world),), title="Submitted")
    named = await draft(world, "upu", cycle_id, rewording(world), co_sponsor_ids=(world.parties["canada"],))
    own = await draft(world, "canada", cycle_id, rewording(world))

    assert told(await neighbours(api, "canada", own)) == []
    assert await neighbours(api, "canada", hidden) is None
    # A party that is named sees the draft and what it meets, but for others it stays a draft.
    assert told(await neighbours(api, "canada", named)) == [("IDENTICAL", "Own", "should")]
    assert told(await neighbours(api, "upu", named)) == []
    assert await neighbours(api, "secretariat", own) is None


async def test_what_is_withdrawn_meets_nothing(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    other = await registered(world, cycle_id, rewording(world))
    own = await draft(world, "canada", cycle_id, rewording(world))
    before = told(await neighbours(api, "canada", own))
    await make.act(world, "japan", drafting.withdraw_proposal, other)

    assert len(before) == 1
    assert told(await neighbours(api, "canada", own)) == []
    assert told(await neighbours(api, "canada", other)) == []


async def taking_order(api: Api, who: str, **sent: Any) -> list[tuple[str | None, list[tuple[str, int]]]]:
    """Return what somebody is told of the order: for each provision the titles with their distances."""
    answer = await api.ask(who, "TakingOrder", textVersionId=api.world.version, **sent)
    return [
        (each["key"], [(taken["amendment"]["proposal"]["title"], taken["distance"]) for taken in each["amendments"]])
        for each in answer["takingOrder"]["provisions"]["nodes"]
    ]


async def test_amendments_are_taken_furthest_first_as_far_as_one_sees_them(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    await registered(world, cycle_id, rewording(world), title="Near")
    await registered(world, cycle_id, AmendmentContent(AmendmentKind.DELETE, world.keys[1]), title="Far")
    await registered(world, cycle_id, AmendmentContent(AmendmentKind.DELETE, world.keys[3]), title="Elsewhere")
    await draft(world, "china", cycle_id, rewording(world, f"{FIRM} And much more than anybody else asks for here."))

    seen = dict(await taking_order(api, "canada"))
    own = dict(await taking_order(api, "china", provisionKeys=[world.keys[1]]))

    assert [title for title, _ in seen[world.keys[1]]] == ["Far", "Near"]
    assert [title for title, _ in own[world.keys[1]]] == ["Own", "Far", "Near"]
    assert (list(seen), list(own)) == ([world.keys[1], world.keys[3]], [world.keys[1]])
    assert seen[world.keys[1]][1][1] == 2


async def test_the_order_is_of_a_version_that_one_sees(api: Api) -> None:
    assert await taking_order(api, "canada") == []
    answer = await api.ask("canada", "TakingOrder", textVersionId=api.world.keys[0])
    assert answer["takingOrder"] is None


@pytest.mark.own_sql
async def test_statements_do_not_grow_with_what_meets(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    own = await draft(world, "canada", cycle_id, rewording(world), rewording(world, "Other words.", 3))
    counts = []
    for _ in range(3):
        await registered(world, cycle_id, rewording(world), rewording(world, "No words.", 3))
        with statements(world.database) as seen:
            await neighbours(api, "canada", own)
            await taking_order(api, "canada")
        counts.append(len(seen))

    assert counts[0] == counts[1] == counts[2]
