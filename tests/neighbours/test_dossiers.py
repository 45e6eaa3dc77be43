"""Dossiers and precedents over HTTP, with the published operations: what each person sees, and what it takes."""

from typing import Any

import pytest
from sqlalchemy import update

from server.domain.consolidation.rules.changes import BaseText
from server.domain.neighbours.queries.dossiers import gather
from server.domain.neighbours.rules.budgets import MOST_CHARACTERS
from server.domain.proposals.actions import drafting
from server.domain.proposals.rules.contents import AmendmentContent
from server.models.proposals import ProposalWork
from server.vocabulary.proposals import AmendmentKind, GroupView, ProposalStatus
from tests.factories import proposals as make
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.rounds import everything, rows_of
from tests.factories.world import World
from tests.neighbours.test_api import FIRM, SOFT, draft, registered, rewording
from tests.neighbours.test_costs import TEXT, pending
from tests.texts.test_lineage import SPLIT, import_next, texts_of


async def settle(world: World, proposal_id: str, status: ProposalStatus = ProposalStatus.NOT_AGREED) -> str:
    """Give a proposal a status by which nobody has to decide on it any more."""
    async with world.database.writing() as session:
        await session.execute(update(ProposalWork).where(ProposalWork.proposal_id == proposal_id).values(status=status))
    return proposal_id


async def earlier(world: World, cycle_id: str, wording: str, title: str, view: GroupView = GroupView.NOT_AGREED) -> str:
    """Make a proposal of Japan of which the group did not agree to the wording of paragraph 1."""
    amendments = (rewording(world, wording),)
    proposal_id = await make.concluded(world, view, cycle_id=cycle_id, amendments=amendments, title=title)
    return await settle(world, proposal_id)


async def dossier(api: Api, who: str | None, provision_id: str = "", **sent: Any) -> Any:
    """Return the dossier of a provision, paragraph 1 if none is named, as somebody sees it."""
    return await api.ask(who, "ProvisionDossier", id=provision_id or api.world.provisions[1], **sent)


async def precedents(api: Api, who: str, proposal_id: str, **sent: Any) -> Any:
    """Return what somebody is told of the precedents of a proposal."""
    return (await api.ask(who, "ProposalPrecedents", proposalId=proposal_id, **sent))["precedents"]


def told(page: Any) -> list[tuple[str, int | None, str, str | None]]:
    """Return what is told of precedents: title, similarity, outcome and reason."""
    return [
        (each["amendment"]["proposal"]["title"], each["similarity"], each["outcome"], each["reason"])
        for each in page["precedents"]["nodes"]
    ]


async def test_a_proponent_sees_what_was_asked_before_and_why_not(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    await earlier(world, cycle_id, SOFT, "Softer")
    await earlier(world, cycle_id, FIRM, "The same")
    await registered(world, cycle_id, rewording(world), title="Pending")
    own = await draft(world, "canada", cycle_id, rewording(world))

    answer = await precedents(api, "canada", own)

    assert answer["isComplete"] is True
    assert told(answer) == [("The same", 100, "NOT_AGREED", "Heard."), ("Softer", 50, "NOT_AGREED", "Heard.")]
    first = answer["precedents"]["nodes"][0]
    assert (first["key"], first["like"]["position"], first["decision"]) == (world.keys[1], 1, None)
    assert [run["text"] for run in first["amendment"]["runs"] if run["kind"] == "INSERT"] == ["shall"]


async def test_precedents_come_in_pages_and_say_when_they_were_settled(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    for number in range(2):
        await earlier(world, cycle_id, FIRM, f"Number {number}")
    taken_back = await registered(world, cycle_id, rewording(world, SOFT), title="Taken back")
    await make.act(world, "japan", drafting.withdraw_proposal, taken_back)
    own = await draft(world, "canada", cycle_id, rewording(world))

    first = await precedents(api, "canada", own, first=2)
    second = await precedents(api, "canada", own, first=2, after=first["precedents"]["pageInfo"]["endCursor"])

    assert {title for title, *_ in told(first)} == {"Number 0", "Number 1"}
    assert told(second) == [("Taken back", 50, "WITHDRAWN", None)]
    assert second["precedents"]["nodes"][0]["settledAt"] is not None
    assert second["precedents"]["totalCount"] == 3


async def test_what_was_never_submitted_or_is_hidden_is_no_precedent(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    given_up = await draft(world, "canada", cycle_id, rewording(world))
    await make.act(world, "canada", drafting.withdraw_proposal, given_up)
    unnumbered = await make.submitted(world, cycle_id=cycle_id, amendments=(rewording(world),), title="Unnumbered")
    await make.act(world, "japan", drafting.withdraw_proposal, unnumbered)
    own = await draft(world, "canada", cycle_id, rewording(world))

    answers = [await precedents(api, "canada", own), (await dossier(api, "canada"))["provisionDossier"]]

    assert [(told(each), each["precedents"]["totalCount"]) for each in answers] == [([], 0), ([], 0)]
    assert told((await dossier(api, "japan"))["provisionDossier"]) == [("Unnumbered", None, "WITHDRAWN", None)]
    assert await precedents(api, "china", own) is None
    assert await precedents(api, "canada", world.keys[1]) is None


async def test_the_dossier_says_what_is_pending_and_how_it_stands_to_each_other(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    await registered(world, cycle_id, rewording(world), title="Firm")
    await registered(world, cycle_id, AmendmentContent(AmendmentKind.DELETE, world.keys[1]), title="Gone")
    await registered(world, cycle_id, AmendmentContent(AmendmentKind.DELETE, world.keys[3]), title="Elsewhere")
    await draft(world, "china", cycle_id, rewording(world, SOFT))
    await earlier(world, cycle_id, FIRM, "Before")

    seen, own, public = [await dossier(api, who) for who in ("canada", "china", None)]

    def waiting(answer: Any) -> list[tuple[str, int]]:
        return [
            (each["amendment"]["proposal"]["title"], each["distance"])
            for each in answer["provisionDossier"]["amendments"]["nodes"]
        ]

    assert [title for title, _ in waiting(seen)] == ["Gone", "Firm"]
    assert waiting(seen)[1] == ("Firm", 2)
    assert [title for title, _ in waiting(own)] == ["Gone", "Firm", "Own"]
    assert [each["relation"] for each in seen["provisionDossier"]["pairs"]["nodes"]] == ["CONFLICTS"]
    assert own["provisionDossier"]["pairs"]["totalCount"] == 3
    assert told(seen["provisionDossier"]) == [("Before", 100, "NOT_AGREED", "Heard.")]
    only = await dossier(api, "china", relations=["IDENTICAL"])
    assert only["provisionDossier"]["pairs"]["totalCount"] == 0
    assert public == {"provision": None, "provisionDossier": None}
    assert (await dossier(api, "canada", world.keys[1]))["provisionDossier"] is None


def test_what_goes_with_a_section_or_goes_behind_is_about_the_provision() -> None:
    base = (BaseText("h1", "HEADING", 1, "", "Scope"), *(each._replace(parent="h1") for each in TEXT))
    waiting = [
        pending("behind", "Parcels are counted.", kind=AmendmentKind.ADD),
        pending("section", "", "h1", kind=AmendmentKind.DELETE),
        pending("elsewhere", "Letters.", "p2"),
    ]

    gathered = gather(base, waiting, "p1")

    assert [each.source for each in gathered.turns] == ["section", "behind"]
    assert [(pair.amendment_id, pair.other_id) for pair in gathered.pairs] == [("behind", "section")]
    assert gathered.are_compared


def test_what_is_too_long_is_named_without_being_compared() -> None:
    base = (BaseText("p1", "PARAGRAPH", 0, "", "x" * MOST_CHARACTERS),)
    waiting = [pending(each, each) for each in ("a", "b")]

    gathered = gather(base, waiting, "p1")

    assert [each.distance for each in gathered.turns] == [None, None]
    assert (gathered.pairs, gathered.are_compared) == ([], False)


async def test_comments_are_counted_as_far_as_one_sees_them(api: Api) -> None:
    world = api.world
    await everything(world)

    answers = [(await dossier(api, who))["provision"] for who in ("japan", "upu", "secretariat")]

    for answer in answers:
        assert answer["comments"]["totalCount"] == len(answer["comments"]["nodes"])
        assert answer["commentCount"] == sum(each["status"] != "DRAFT" for each in answer["comments"]["nodes"])
        assert answer["history"]["nodes"][0]["commentCount"] == answer["commentCount"]


@pytest.mark.own_sql
async def test_numbers_and_precedents_follow_the_lineage(api: Api) -> None:
    world = api.world
    version_id = await import_next(world, SPLIT)
    whole = (await texts_of(world, version_id))[2]
    (line,) = [row for row in await rows_of(world, "lineages") if row["kind"] == "MERGED_INTO"]
    gone, kept = (world.keys.index(line[name]) for name in ("provision_id", "into_id"))
    amendments = (rewording(world, "Other words.", gone),)
    await settle(world, await make.registered(world, amendments=amendments, title="Before the merger"))

    after = (await dossier(api, "secretariat", whole["id"]))["provisionDossier"]
    hidden = (await dossier(api, "china", world.provisions[kept]))["provisionDossier"]

    assert {(each["key"], each["textVersion"]["number"]) for each in after["origin"]["numbers"]} == {
        *((world.keys[place], 1) for place in (gone, kept)),
        (world.keys[kept], 2),
    }
    assert ("MERGED_INTO", world.keys[gone]) in [
        (each["kind"], each["provisionKey"]) for each in after["origin"]["lineage"]
    ]
    assert [(title, outcome) for title, _, outcome, _ in told(after)] == [("Before the merger", "NOT_AGREED")]
    # The version is not issued: nobody else learns of it, or of what comes together in it.
    assert [(each["key"], each["textVersion"]["number"]) for each in hidden["origin"]["numbers"]] == [
        (world.keys[kept], 1)
    ]
    assert (hidden["origin"]["lineage"], told(hidden)) == ([], [])


@pytest.mark.own_sql
async def test_statements_do_not_grow_with_the_rows(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    own = await draft(world, "canada", cycle_id, rewording(world), rewording(world, "Other words.", 3))
    counts = []
    for number in range(3):
        await registered(world, cycle_id, rewording(world), title=f"Pending {number}")
        await earlier(world, cycle_id, SOFT, f"Before {number}")
        with statements(world.database) as seen:
            answer = await dossier(api, "canada")
            await precedents(api, "canada", own)
        assert answer["provisionDossier"]["precedents"]["totalCount"] == number + 1
        counts.append(len(seen))

    assert counts[0] == counts[1] == counts[2]
