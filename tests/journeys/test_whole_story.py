"""A draft goes from comments to a consolidated text, a proposal into an edition, and the work plan lives."""

from server.journal.verification import verify
from tests.factories.api import Api
from tests.journeys.story import Story


async def test_the_whole_story_on_the_demonstration_papers(api: Api) -> None:
    story = Story(api)

    text = await story.a_text_comes_in()
    plan = await story.the_plan_comes_in()
    home = await story.a_round_opens()
    supported = await story.delegates_comment()
    late = await story.too_late_is_too_late()
    completed = await story.answers()
    made = await story.consolidation()

    assert text["textVersion"]["status"] == "ISSUED"
    assert text["textVersion"]["provisions"]["totalCount"] == 25
    items = plan["workPlan"]["items"]["nodes"]
    assert [len(item["activities"]["nodes"]) for item in items] == [4, 8, 4, 5, 1, 3, 1]
    assert [asked["title"] for asked in home["viewer"]["asked"]["nodes"]] == ["Comments on Draft 1"]
    assert supported["comment"]["supportCount"] == 1
    assert (late["code"], late["kind"], late["unlocksAt"]) == ("ROUND_CLOSED", "NOT_NOW", None)
    assert "5 October 2018 at 17:00 (Europe/Brussels), 15:00 UTC" in late["message"]
    assert "Secretariat can still help" in late["message"]
    assert completed["round"]["phase"] == "COMPLETED"
    assert made["made"]["consolidation"]["openConflictCount"] == 1
    assert made["detail"]["reconciliation"]["isClean"] is True
    (lost,) = made["detail"]["reconciliation"]["acceptedButUnchanged"]
    assert lost["source"]["id"] == story.comments["gea"]["id"]
    assert [p["sentences"] for p in made["redline"]["provisions"]["nodes"]] == [
        ["replace “should” by “shall”"],
        ["replace “the” by “a”", "replace “it already uses” by “agreed with Customs”"],
    ]


async def test_the_story_of_a_proposal_and_of_the_plan(api: Api) -> None:
    story = Story(api)
    for chapter in (story.a_text_comes_in, story.the_plan_comes_in, story.a_round_opens, story.delegates_comment):
        await chapter()
    for chapter in (story.too_late_is_too_late, story.answers, story.consolidation):
        await chapter()

    lives = await story.the_plan_lives()
    agreed = await story.a_proposal_is_made()
    decided = await story.the_bodies_decide()

    assert lives["done"]["activity"]["status"] == "DONE"
    assert lives["done"]["activity"]["evidence"]["id"] == story.second["id"]
    assert lives["redated"]["activity"]["slipDays"] == 31
    assert lives["redated"]["activity"]["baseline"]["label"] == "March/April 2019"
    assert lives["overdue"]["activities"]["totalCount"] > 0
    assert agreed["proposal"]["status"] == "AGREED"
    outcomes = [node["outcome"] for node in decided["detail"]["proposal"]["decisions"]["nodes"]]
    assert outcomes == ["ENDORSED", "ENDORSED", "APPROVED"]
    assert decided["detail"]["proposal"]["status"] == "APPROVED"
    assert decided["published"]["edition"]["label"] == "2020 edition"
    after = await api.ask("gea", "ProposalDetail", id=story.proposal["id"])
    assert after["proposal"]["status"] == "IN_EDITION"
    before = await api.ask("gea", "VersionDetail", id=story.version["id"], first=100)
    assert before["textVersion"]["provisions"]["totalCount"] == 25
    async with api.world.database.reading() as connection:
        faults = [fault for fault in (await verify(connection)).faults if "speaks of it" not in fault.what]
    assert faults == []  # the small world is given without acts, so that nothing speaks of its text
