"""What goes wrong on a bad day, in a real browser: late, stale, broken off, done twice, signed out, hard to see."""

import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Error, Route, expect
from sqlalchemy import select, update

from server.models.identity import BrowserSession
from server.models.outbox import Letter
from server.models.parties import Person
from server.vocabulary.parties import Language
from server.vocabulary.rounds import CommentStatus
from tests.consolidation.test_actions import accepted, consolidate
from tests.desk.browsing import (
    FRENCH,
    NEEDS_CHROMIUM,
    SCRIPTLESS,
    WIDE,
    ZOOMED,
    Browsing,
    Look,
    browsing,
    press,
    tab_to,
    type_into,
)
from tests.desk.judging import overflow_of
from tests.desk.walking import Walker, walking
from tests.factories.rounds import CLOSES, draft, open_round, rows_of
from tests.factories.templates import SqliteFiles
from tests.factories.world import World
from tests.pages.browser import PASSWORD, give_password

pytestmark = [NEEDS_CHROMIUM, pytest.mark.rest, pytest.mark.long]
WORDING = "Operators shall provide the data in a simplified form."
REMARK = "Simplified, but certain."


@pytest.fixture
def databases(sqlite_templates: Path, tmp_path: Path) -> SqliteFiles:
    """Give SQLite only: what a browser does does not depend on the database."""
    return SqliteFiles(sqlite_templates, tmp_path)


@pytest.fixture
async def site(chromium: Browser, world: World, database_url: str) -> AsyncIterator[Browsing]:
    """Serve the world, with a round open on its text, to a browser."""
    await open_round(world)
    async with browsing(chromium, world.database, database_url, world.clock) as opened:
        yield opened


async def comments_of(world: World) -> list[dict[str, Any]]:
    """Return every comment in the database."""
    return await rows_of(world, "comments")


async def statuses_of(world: World) -> list[CommentStatus]:
    """Return where every comment stands."""
    return [each["status"] for each in await rows_of(world, "comment_work")]


async def write_comment(walker: Walker, world: World) -> None:
    """Open the form of a comment on the second paragraph, and write."""
    await walker.open(f"/texts/{world.version}")
    await walker.follow("Comment Paragraph 2")
    await walker.write("How should it read?", WORDING)
    await walker.write("Remark", REMARK)
    await walker.write("Reason", REMARK)


async def test_words_of_a_late_comment_are_kept(site: Browsing, world: World) -> None:
    world.clock.now = CLOSES - timedelta(minutes=1)
    async with walking(site, "japan", SCRIPTLESS) as japan:
        await write_comment(japan, world)
        world.clock.now = CLOSES

        await japan.press("File for Japan")

        await japan.see("Your comment was not filed", "Your comment reached the server at Mon 1 October 2018, 11:00:00")
        assert await japan.field("How should it read?").input_value() == WORDING
        assert await japan.field("Remark").input_value() == REMARK
    assert await comments_of(world) == []


async def test_second_to_change_a_draft_sees_three_texts(site: Browsing, world: World) -> None:
    async with walking(site, "japan") as japan, walking(site, "japan-assistant", SCRIPTLESS) as expert:
        await write_comment(expert, world)
        await expert.press("Give to the focal point")
        await expert.follow("Change the draft")
        await japan.open(f"/texts/{world.version}")
        await japan.follow("Change the draft")
        await japan.write("Remark", "As the focal point wants it.")
        await japan.press("Keep the draft")
        await expert.write("Remark", "As the expert wants it.")

        await expert.press("Keep the draft")

        await expert.see("Somebody was faster", f"You saw{REMARK}Now", "NowAs the focal point wants it.")
        await expert.see("YoursAs the expert wants it.")
        await expert.press("Keep the draft")
        await expert.see("Your draft is kept.")
    assert [each["text"] for each in await comments_of(world)] == ["As the expert wants it."]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_connection_breaks_while_drafts_are_filed(site: Browsing, world: World, when: str) -> None:
    """Lose the request on its way there, or the answer on its way back; then go back and look again."""
    (round_,) = await rows_of(world, "rounds")
    for place in (1, 2, 3):
        content = {"provision_id": world.provisions[place], "quotation": None}
        await draft(world, "japan-assistant", round_["id"], **content, proposed_wording=f"Other words {place}.")
    async with walking(site, "japan") as japan:
        await japan.open(f"/delegation?round={round_['id']}")
        await japan.press("Check and file")
        await japan.see("Check and file 3 comments")

        async def lose(route: Route) -> None:
            if when == "after" and route.request.method == "POST":
                await route.fetch(max_redirects=0)
            await route.abort("connectionreset")

        await japan.page.route("**/*", lose)
        async with japan.page.expect_event("requestfailed"):
            await japan.page.get_by_role("button", name="File 3 comments for Japan").click()
        status = CommentStatus.DRAFT if when == "before" else CommentStatus.SUBMITTED
        assert await statuses_of(world) == [status] * 3
        await japan.page.unroute("**/*")
        await japan.open(f"/delegation?round={round_['id']}")
        if when == "before":
            await japan.press("Check and file")
            await japan.press("File 3 comments for Japan")
            await japan.see("Receipt: 3 comments of Japan")
        await japan.see("Japan R1-1", "Japan R1-2", "Japan R1-3")
        japan.opened.messages.clear()  # the browser says that its connection broke
    assert await statuses_of(world) == [CommentStatus.SUBMITTED] * 3


async def test_double_click_and_second_tab_file_one_comment(site: Browsing, world: World) -> None:
    (round_,) = await rows_of(world, "rounds")
    await draft(world, "japan-assistant", round_["id"])
    check = f"/delegation/check?round={round_['id']}&comment={(await comments_of(world))[0]['id']}"
    async with walking(site, "japan") as japan, walking(site, "japan") as second_tab:
        await write_comment(japan, world)
        async with japan.page.expect_event("load"):
            await japan.page.get_by_role("button", name="File for Japan", exact=True).dblclick()
        await japan.see("Your comment is filed.")
        await japan.page.reload()
        await japan.open(check)
        await second_tab.open(check)
        await japan.press("File 1 comment for Japan")

        await second_tab.press("File 1 comment for Japan")

        await second_tab.see("Receipt: Japan R1-2")
    assert await statuses_of(world) == [CommentStatus.SUBMITTED] * 2


async def test_form_is_kept_when_the_session_is_over(site: Browsing, world: World) -> None:
    await give_password(world, "japan")
    async with walking(site, "japan", SCRIPTLESS) as japan:
        await write_comment(japan, world)
        async with world.database.writing() as session:
            await session.execute(update(BrowserSession).values(ended_at=world.clock.now))
        await japan.press("File for Japan")
        await japan.see("What you wrote is kept on this page.")
        async with japan.page.expect_popup() as opening:
            await japan.page.get_by_role("link", name="Sign in again, in a new window").click()
        door = await opening.value
        await door.get_by_label("E-mail address").fill("japan@example.org")
        await door.get_by_label("Password").fill(PASSWORD)
        await door.get_by_role("button", name="Sign in", exact=True).click()
        await expect(door.get_by_role("heading", level=1)).to_contain_text("account")

        await japan.press("Send what I wrote")

        await japan.see("Your comment is filed.", "Japan R1-1")
    assert [each["text"] for each in await comments_of(world)] == [REMARK]


@pytest.mark.parametrize("look", [SCRIPTLESS, WIDE, ZOOMED], ids=["without scripts", "with scripts", "at 400 %"])
async def test_comment_is_filed_with_a_keyboard_only(site: Browsing, world: World, look: Look) -> None:
    async with walking(site, "japan", look) as japan:
        await japan.open(f"/texts/{world.version}")
        await press(japan.page, "Comment Paragraph 2")
        await type_into(japan.page, "How should it read?", WORDING)
        await type_into(japan.page, "Remark", REMARK)
        await type_into(japan.page, "Reason", REMARK)
        await press(japan.page, "File for Japan")
        await japan.see("Your comment is filed.", "Japan R1-1")
        assert await overflow_of(japan.page) == []
        await tab_to(japan.page, "About the round")
    assert await statuses_of(world) == [CommentStatus.SUBMITTED]


async def test_delegate_in_tokyo_reads_french_and_the_time_there(site: Browsing, world: World) -> None:
    async with world.database.writing() as session:
        chosen = update(Person).where(Person.id == world.persons["japan"])
        await session.execute(chosen.values(language=Language.FRENCH, zone="Asia/Tokyo"))
    async with walking(site, "japan", FRENCH, SCRIPTLESS) as japan:
        await japan.open("/")
        assert await japan.page.locator("html").get_attribute("lang") == "fr"
        await japan.open(f"/texts/{world.version}")
        await japan.see("11:00", "18:00", "Tokyo", "octobre")
        await japan.page.goto(f"/texts/{world.version}?on={world.keys[2]}#form")
        await japan.page.locator("[name='proposedWording!']").fill(WORDING)
        await japan.page.locator("[name=text]").fill("Plus sûr.")
        await japan.page.locator("[name=reason]").fill("Plus sûr.")
        async with japan.page.expect_event("load"):
            await japan.page.locator("button[value=submitComment]").click()
        await japan.see("Japan R1-1", "Plus sûr.")
    assert len(await comments_of(world)) == 1


async def test_seat_of_a_focal_point_is_handed_over(
    site: Browsing, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hand the seat over; the successor comes by the link of the letter and files the draft that waits."""
    (round_,) = await rows_of(world, "rounds")
    await draft(world, "japan-assistant", round_["id"])
    async with walking(site, "japan", SCRIPTLESS) as japan, walking(site, None, SCRIPTLESS) as successor:
        await japan.open(f"/parties/{world.parties['japan']}")
        await japan.follow("Change the seat of Delegate japan", japan.main.get_by_role("row", name="Focal point"))
        await japan.unfold("Hand over the seat")
        await japan.write("Full name of the successor", "Sora Successor")
        await japan.write("E-mail address of the successor", "sora@example.org")
        await japan.page.locator("#handover-reason").fill("A new post.")
        await japan.press("Hand over")
        assert await japan.page.locator("[role=status]").inner_text() == "The successor gets a letter with a link."

        await successor.open(await _link_to(world, "sora@example.org", capsys))
        await successor.write("New password", PASSWORD)
        await successor.press("Accept the invitation")
        await successor.open("/")
        await successor.see("Japan Customs, focal point")
        await successor.follow("Look through and file 1 draft of Japan")
        await successor.press("Check and file")
        await successor.press("File 1 comment for Japan")
        await successor.see("Filed bySora Successor")
        await japan.open("/")
        await japan.see("You are accredited for no party today.")
    assert await statuses_of(world) == [CommentStatus.SUBMITTED]


async def _link_to(world: World, address: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the path of the link in the only letter to an address.

    It waits in the outbox, or was sent to the console by now: a letter that was sent is empty there.
    """
    async with world.database.studying() as session:
        waiting = await session.scalar(select(Letter.text).where(Letter.address == address))
    found = re.search(r"/invitation\S+", f"{waiting} {capsys.readouterr().out}")
    assert found
    return found[0]


async def test_going_back_after_a_preview_or_a_fault_finds_what_was_written(site: Browsing, world: World) -> None:
    async with walking(site, "japan", SCRIPTLESS) as japan:
        await write_comment(japan, world)
        await japan.press("Show my change")
        await japan.see("Your change")
        await japan.follow("Work plan")
        await japan.page.go_back()
        await japan.see("Your change")
        assert await japan.field("How should it read?").input_value() == WORDING

        await japan.write("Reason", " ")
        await japan.press("File for Japan")
        await japan.see("Nothing was done.")
        await japan.follow("Work plan")
        await japan.page.go_back()
        await japan.see("Nothing was done.")
        assert await japan.field("Remark").input_value() == REMARK

        await japan.write("Reason", REMARK)
        await japan.press("File for Japan")
        await japan.page.reload()
        await japan.see("Your comment is filed.")
    assert len(await comments_of(world)) == 1


async def test_after_signing_out_nobody_goes_back_to_what_was_written(site: Browsing, world: World) -> None:
    async with walking(site, "japan", SCRIPTLESS) as japan:
        await write_comment(japan, world)
        await japan.press("Show my change")
        await japan.page.goto("/account")
        await japan.press("Sign out")
        with suppress(Error):
            await japan.page.go_back()
            await japan.page.go_back()
            await japan.page.wait_for_load_state()
        await expect(japan.page.locator("body")).not_to_contain_text(REMARK)


async def test_second_officer_to_rewrite_a_provision_sees_three_texts(site: Browsing, world: World) -> None:
    await accepted(world, ("upu", 1, "should exchange", "shall exchange"))
    made = await consolidate(world)
    place = f"/consolidations/{made.id}?at={world.keys[2]}&do=revise"
    async with walking(site, "secretariat") as first, walking(site, "secretariat", SCRIPTLESS) as second:
        for officer, words in ((first, "Words of the first officer."), (second, "Words of the second officer.")):
            await officer.open(place)
            await officer.write("All its words", words)
            await officer.write("Reason", "It is clearer.")
        await first.press("Put in these words")

        await second.press("Put in these words")

        await second.see("Somebody was faster", "What you saw", "What stands now", "Words of the first officer.")
        assert await second.field("All its words").input_value() == "Words of the second officer."


async def test_fifty_thousand_characters_are_kept_to_the_last(site: Browsing, world: World) -> None:
    await accepted(world, ("upu", 1, "should exchange", "shall exchange"))
    made = await consolidate(world)
    words = ("Each office keeps its records. " * 1_700)[:49_999] + "."
    async with walking(site, "secretariat", SCRIPTLESS) as officer:
        await officer.open(f"/consolidations/{made.id}?at={world.keys[2]}&do=revise")
        await officer.write("All its words", words)
        await officer.write("Reason", "It is complete.")
        await officer.press("Put in these words")

        await officer.see("Your words stand in the text.")
    assert words in [each["text"] for each in await rows_of(world, "provision_texts")]
