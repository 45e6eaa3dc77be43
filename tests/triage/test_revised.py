"""A comment that was revised counts once, and a party that signed one has answered."""

import pytest
from sqlalchemy import select

from server.domain.delegations.actions.declaring import declare_no_comment
from server.domain.rounds.actions import filing, signing
from server.domain.triage.queries.reporting import find_report
from server.models.edges import AnsweredRound
from server.models.parties import Party
from server.vocabulary.parties import Region
from tests.factories.api import Api
from tests.factories.rounds import CLOSES, draft, open_round, rows_of, submit, words
from tests.factories.threads import ask_to_sign, signature_of
from tests.factories.world import World

pytestmark = pytest.mark.own_sql


async def revise(world: World, comment_id: str) -> str:
    """File other words in the place of a comment of Japan."""
    content = words(world, text="Put otherwise.")
    return await world.do("japan", filing.replace_comment, comment_id=comment_id, content=content, expected_revision=1)


async def place(world: World, who: str, region: Region, language: str) -> None:
    """Say the region and the language of a party."""
    async with world.database.writing() as session:
        party = await session.get_one(Party, world.parties[who])
        party.region, party.language = region, language


async def test_revised_comment_counts_once_in_the_map_the_report_and_the_counts(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    first = await submit(world, "japan", round_id)
    await submit(world, "china", round_id)
    await revise(world, first)
    world.clock.now = CLOSES

    seen = (await api.ask("secretariat", "CoverageMap", roundId=round_id, by="CAPACITY"))["coverageMap"]
    text = "query($f: CommentFilter) { commentCounts(by: CAPACITY, filter: $f) { value count } }"
    chosen = {"f": {"roundId": [round_id]}}
    counts = (await api.send("secretariat", text, chosen))["data"]["commentCounts"]
    async with world.database.studying() as session:
        report = await find_report(session, await world.actor("secretariat"), world.clock.now, round_id)
    async with world.database.reading() as connection:
        of_party = await connection.execute(
            select(AnsweredRound.comment_count).where(AnsweredRound.party_id == world.parties["japan"]),
            {"actor_today": world.clock.now.date()},
        )

    assert seen["rows"][1]["counts"] == [2, 0, 0]
    assert counts == [{"value": "MEMBER", "count": 2}]
    assert report is not None
    assert [each.text for each in report.comments] == ["The duty must be clear.", "Put otherwise."]
    assert of_party.scalars().all() == [1]


LISTS = """query($round: ID!, $party: ID!, $later: CommentFilter) {
  round(id: $round) { textVersion { provisions(first: 100) { nodes { comments { totalCount } } } }
    commentCount comments { totalCount } again: comments(filter: $later) { totalCount } }
  comments { totalCount } party(id: $party) { comments { totalCount } }
  revised: comments(filter: { status: REPLACED }) { totalCount }
  cited: comments(filter: { or: [{ citation: "Japan R1-1" }, { number: 9 }] }) { totalCount }
  byStatus: commentCounts(by: STATUS) { value count }
  counted: commentCounts(by: STATUS, filter: { status: [REPLACED, DRAFT, SUBMITTED] }) { value count }
  brief { points { totalCount } } }"""


async def test_every_list_and_count_has_a_revised_comment_once_unless_it_is_asked_for(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    await revise(world, await submit(world, "japan", round_id))
    await draft(world, "japan", round_id)
    asked = {"round": round_id, "party": world.parties["japan"], "later": {"isReplaced": True}}

    seen = (await api.send("japan", LISTS, asked))["data"]

    provisions = seen["round"]["textVersion"]["provisions"]["nodes"]
    assert sum(each["comments"]["totalCount"] for each in provisions) == 2
    assert (seen["round"]["commentCount"], seen["round"]["comments"]["totalCount"]) == (1, 2)
    assert (seen["comments"]["totalCount"], seen["party"]["comments"]["totalCount"]) == (2, 2)
    assert (seen["revised"]["totalCount"], seen["round"]["again"]["totalCount"]) == (1, 1)
    assert seen["cited"]["totalCount"] == 1
    assert seen["brief"]["points"]["totalCount"] == 1
    assert seen["byStatus"] == [{"value": "SUBMITTED", "count": 1}]
    assert seen["counted"] == [{"value": each, "count": 1} for each in ("DRAFT", "REPLACED", "SUBMITTED")]


async def test_comment_revised_and_then_withdrawn_does_not_stand_filed(world: World) -> None:
    round_id = await open_round(world)
    later = await revise(world, await submit(world, "japan", round_id))
    await world.do("japan", filing.withdraw_comment, comment_id=later, expected_revision=1)

    await world.do("japan", declare_no_comment, round_id=round_id)

    (declared,) = await rows_of(world, "no_comments")
    assert declared["party_id"] == world.parties["japan"]


async def test_party_that_signed_a_comment_has_answered_and_one_that_declared_none_is_counted_so(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    await place(world, "japan", Region.ASIA_PACIFIC, "ja")
    comment_id = await ask_to_sign(world, round_id, "canada")
    signature = await signature_of(world, comment_id, "canada")
    signed = {"co_signature_id": signature["id"], "expected_revision": 1}
    await world.do("canada", signing.confirm_co_signature, **signed)
    await world.do("japan", filing.clear_comment, comment_id=comment_id, expected_revision=1)
    await world.do("upu", declare_no_comment, round_id=round_id)

    by_capacity = (await api.ask("secretariat", "CoverageMap", roundId=round_id, by="CAPACITY"))["coverageMap"]
    by_region = (await api.ask("secretariat", "CoverageMap", roundId=round_id, by="REGION"))["coverageMap"]
    by_language = (await api.ask("secretariat", "CoverageMap", roundId=round_id, by="LANGUAGE"))["coverageMap"]

    assert [(each["answeredCount"], each["declaredNoneCount"]) for each in by_capacity["groups"]] == [
        (2, 0),
        (0, 1),
        (0, 0),
    ]
    assert [(each["value"], each["answeredCount"]) for each in by_region["groups"]] == [(None, 1), ("ASIA_PACIFIC", 1)]
    assert [(each["value"], each["answeredCount"]) for each in by_language["groups"]] == [(None, 1), ("ja", 1)]
