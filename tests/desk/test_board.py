"""The board of a delegation: its drafts in a round, what it has filed, and who may file."""

import pytest

from server.domain.rounds.actions import filing
from tests.desk.desks import forms_of
from tests.factories.rounds import CLOSES, draft, open_round, rows_of, submit, words
from tests.factories.world import World
from tests.pages.browser import words_of

pytestmark = pytest.mark.database


async def test_a_focal_point_ticks_drafts_and_sees_what_is_filed(desk, world: World) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    await draft(world, "japan-assistant", round_id, text="The duty is not clear.")
    await submit(world, "gea", round_id, text="Of somebody else.")
    await draft(world, "upu", round_id, text="Of nobody else's business.")
    visitor = await desk("japan")

    answer = await visitor.get("/delegation")
    said = words_of(answer)

    assert "Comments of Japan" in said
    assert "Customs administrations [deleted: should ] [inserted: shall ] exchange" in said
    assert "The duty is not clear. Reason: Legal certainty." in said
    assert "Japan R1-1" in said
    assert "Delegate japan-assistant" in said
    assert "somebody else" not in said
    assert "nobody else" not in said
    (form,) = [form for form in forms_of(answer) if form.action == "/delegation/check"]
    assert form.buttons == ["Check and file"]
    assert 'name="comment" value="CMT_' in answer.text


async def test_an_expert_gives_drafts_to_the_focal_point_and_has_no_boxes(desk, world: World) -> None:
    await draft(world, "japan-assistant", await open_round(world))
    visitor = await desk("japan-assistant")

    answer = await visitor.get("/delegation")

    assert [form.fields["_act"] for form in forms_of(answer)] == ["presentDraft"]
    assert 'type="checkbox"' not in answer.text
    assert "Filing is for the focal point of Japan: Delegate japan." in words_of(answer)


async def test_a_board_without_a_round_says_what_to_do(desk) -> None:
    visitor = await desk("japan")
    assert "No round asks Japan now, and Japan has written nothing in earlier ones." in await visitor.read(
        "/delegation"
    )


async def test_a_board_without_drafts_leads_to_the_text(desk, world: World) -> None:
    await open_round(world)
    visitor = await desk("japan")
    assert "Japan has no drafts here. Read Draft 1 and write a comment" in await visitor.read("/delegation")


async def test_drafts_of_a_closed_round_are_kept_and_cannot_be_filed(desk, world: World) -> None:
    round_id = await open_round(world)
    await draft(world, "japan-assistant", round_id)
    world.clock.move(days=8)
    visitor = await desk("japan")

    answer = await visitor.get("/delegation")
    said = words_of(answer)

    assert "This round closed on Mon 1 October 2018, 11:00 Brussels time" in said
    assert "1 draft was not filed. It is kept, but can no longer be filed here." in said
    assert forms_of(answer) == []


async def test_a_sealed_round_says_so(desk, world: World) -> None:
    await open_round(world, visibility="AFTER_CLOSE")
    visitor = await desk("japan")
    assert "This round is sealed" in await visitor.read("/delegation")


async def test_of_several_rounds_the_one_with_drafts_is_shown_and_the_others_are_named(desk, world: World) -> None:
    await open_round(world, title="First round")
    second = await open_round(world, title="Second round")
    await draft(world, "japan", second)
    visitor = await desk("japan")

    answer = await visitor.get("/delegation")
    said = words_of(answer)

    assert "First round" in said
    assert 'aria-current="true" dir="auto">Second round' in answer.text
    first = await visitor.read(f"/delegation?round={await _round_titled(world, 'First round')}")
    assert "Japan has no drafts here." in first


async def _round_titled(world: World, title: str) -> str:
    return next(str(row["id"]) for row in await rows_of(world, "rounds") if row["title"] == title)


async def test_an_officer_has_no_delegation(desk) -> None:
    visitor = await desk("secretariat")
    for path in ("/delegation", "/delegation/check", "/points"):
        assert (await visitor.get(path)).status_code == 404


async def test_a_hidden_round_is_answered_as_none(desk, world: World) -> None:
    hidden = await open_round(world, audience=frozenset({"PRIVATE_SECTOR"}))
    visitor = await desk("japan")
    nothing = await visitor.get("/delegation?round=RND_01m8fy7yzjs6vr2f4jf38qsxgb")

    for each in (hidden, "no id", "RND_01m8fy7yzjs6vr2f4jf38qsxga"):
        answer = await visitor.get(f"/delegation?round={each}")
        assert (answer.status_code, answer.text) == (404, nothing.text)
    assert "No round asks Japan now" in await visitor.read("/delegation?round=")


async def test_markup_in_a_draft_is_shown_as_it_was_written(desk, world: World) -> None:
    round_id = await open_round(world)
    evil = "</p><script>alert(1)</script>\u202e"
    await draft(world, "japan", round_id, text=evil, reason=evil, proposed_wording=f"shall {evil}")
    visitor = await desk("japan")

    answer = await visitor.get("/delegation")

    assert "<script>alert" not in answer.text
    assert answer.text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


async def test_a_long_board_has_pages_and_is_small(desk, world: World) -> None:
    round_id = await open_round(world)
    actor = await world.actor("japan")
    async with world.database.writing() as session:
        for _ in range(51):
            await filing.draft_comment(session, actor, world.clock.now, round_id=round_id, content=words(world))
    visitor = await desk("japan")

    answer = await visitor.get("/delegation")

    assert words_of(answer).count("Written by") == 50
    assert int(answer.headers["content-length"]) < 25_000
    following = answer.text.partition('href="/delegation?afterWritten=')[2].partition('"')[0]
    assert words_of(await visitor.get(f"/delegation?afterWritten={following}")).count("Written by") == 1


async def test_what_is_withdrawn_no_longer_counts_as_filed(desk, world: World) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id, text="It stays.")
    taken = await submit(world, "japan", round_id, text="It goes.")
    await world.do("japan", filing.withdraw_comment, comment_id=taken, expected_revision=1)
    visitor = await desk("japan")

    board = await visitor.read(f"/delegation?round={round_id}")
    points = await visitor.read("/points")
    home = await visitor.read("/")

    assert "1 filed 1 withdrawn" in board
    assert "1 filed 0 answered" in points
    assert "1 withdrawn" in points
    assert "Withdrawn" in board
    assert "It goes." in points
    assert "1 filed, 0 drafts" in home


async def test_a_round_with_nothing_but_withdrawn_comments_stays_in_reach(desk, world: World) -> None:
    round_id = await open_round(world)
    taken = await submit(world, "japan", round_id, text="It goes.")
    await world.do("japan", filing.withdraw_comment, comment_id=taken, expected_revision=1)
    world.clock.now = CLOSES
    visitor = await desk("japan")

    assert "0 filed 1 withdrawn" in await visitor.read("/delegation")
    assert "It goes." in await visitor.read("/points")
