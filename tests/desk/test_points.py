"""What became of what a party asked: answers, and the exact words that stand now."""

import pytest

from tests.factories.api import Api
from tests.factories.rounds import draft, open_round, submit
from tests.factories.world import World
from tests.journeys.drafting import Drafting, lines
from tests.pages.browser import words_of

pytestmark = pytest.mark.database


async def test_points_show_the_question_the_answer_and_the_exact_new_words(desk, world: World) -> None:
    async with Api(world) as api:
        text = await Drafting(api).begin(lines("Posts sort mail in 3 days.", "Hubs seal bags.", "Posts pay all dues."))
        await text.comment("japan", "1.", "2 days", "3 days")
        await text.comment("japan", "2.", "locks", "bags")
        await text.comment("gea", "3.", "some dues", "all dues")
        await text.accept_all(GEA="NOT_ACCEPTED")
        await text.consolidate()
        await text.go_on()
    visitor = await desk("japan")

    said = await visitor.read("/points")

    assert "What became of what Japan asked" in said
    assert "2 filed 2 answered 2 accepted 0 accepted in other words 0 not accepted" in said
    assert "Posts sort mail in [deleted: 3 ] [inserted: 2 ] days." in said
    assert said.count("Exactly as asked.") == 2
    assert "some dues" not in said
    assert "No comment is of this kind. Show all" in await visitor.read("/points?view=refused")
    visitor = await desk("gea")
    said = await visitor.read("/points?view=refused")
    assert "The group heard it." in said
    assert "Nothing of the words that were asked for." in said


async def test_points_of_one_round_and_of_one_kind(desk, world: World) -> None:
    first = await open_round(world, title="First round")
    second = await open_round(world, title="Second round")
    await submit(world, "japan", first, text="In the first.")
    await submit(world, "japan", second, text="In the second.")
    await draft(world, "japan", second, text="Not filed.")
    await submit(world, "upu", second, text="Of another party.")
    visitor = await desk("japan")

    both = await visitor.read("/points")
    one = await visitor.read(f"/points?round={second}&view=waiting")

    assert "In the first." in both
    assert "In the second." in both
    assert "In the second." in one
    assert "In the first." not in one
    assert "Not filed." not in both
    assert "another party" not in both
    assert "No comment is of this kind." in await visitor.read(f"/points?round={second}&view=answered")


async def test_points_without_comments_say_what_to_do(desk) -> None:
    visitor = await desk("japan")
    for query in ("", "?round=no-id", "?view=nonsense"):
        assert "Japan has filed nothing here yet. Comments of Japan" in await visitor.read(f"/points{query}")


async def test_markup_in_a_comment_is_shown_as_it_was_written(desk, world: World) -> None:
    evil = "</div><img src=x onerror=alert(1)>"
    await submit(world, "japan", await open_round(world, title=evil), text=evil, reason=evil)
    visitor = await desk("japan")

    answer = await visitor.get("/points")

    assert "<img" not in answer.text
    assert words_of(answer).count(evil) >= 3
