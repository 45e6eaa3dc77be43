"""The whole story of a round in real browsers: each step by the person who would do it, without the API."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser

from tests.desk.browsing import NEEDS_CHROMIUM, SCRIPTLESS, WIDE, Browsing, Look, browsing
from tests.desk.walking import Walker, walking
from tests.factories.world import World

pytestmark = [NEEDS_CHROMIUM, pytest.mark.rest, pytest.mark.long]
TEXT = """# Rules on small parcels

1. Carriers should send the data before a parcel arrives.

2. Parcels of low value should be released within a day, and they may be opened.

3. Fees should be low.
"""
AFTER = datetime(2018, 10, 5, 15, 0, tzinfo=UTC)
"""The closing instant: 17:00 in Brussels."""
MOST_CLICKS_TO_FILE, CLICKS_TO_ACCEPT, CLICKS_TO_ANSWER = 3, 1, 2


@pytest.fixture
async def site(chromium: Browser, world: World, database_url: str) -> AsyncIterator[Browsing]:
    """Serve the world to a browser, at the instant of its clock."""
    async with browsing(chromium, world.database, database_url, world.clock) as opened:
        yield opened


class Round:
    """The people of the story, each in a browser of their own, and what the next chapters need."""

    def __init__(self, world: World, people: dict[str, Walker]) -> None:
        self.world = world
        self.officer, self.coordinator = people["secretariat"], people["canada"]
        self.japan, self.expert, self.china = people["japan"], people["japan-assistant"], people["china"]
        self.upu = people["upu"]
        self.version = self.next = self.answers = ""

    async def a_text_comes_in(self) -> None:
        officer = self.officer
        await officer.open("/")
        await officer.follow("Texts")
        await officer.follow("Import a text")
        await officer.write("Full title of the instrument", "Rules on small parcels")
        await officer.write("Short title", "Parcels")
        await officer.write("Label of the version", "Draft 1")
        await officer.write("The text", TEXT)
        await officer.press("Read the text")
        await officer.see("4 units were read, and nothing is stored yet.", "Nothing looks misread.")
        await officer.press("Import the text")
        await officer.see("The text is imported.")
        await officer.press("Issue Draft 1")
        await officer.see("The version is issued, and every delegate can read it.")
        self.version = officer.path

    async def a_round_is_called(self) -> None:
        coordinator = self.coordinator
        await coordinator.open("/")
        await coordinator.follow("Groups")
        await coordinator.follow("Flow Charts and Data Elements")
        await coordinator.follow("Call a round")
        await coordinator.choose("Text", "Parcels")
        await coordinator.write("Title", "Comments on Draft 1")
        await coordinator.write("Closes", "2018-10-05T17:00")
        await coordinator.press("Call the round")
        await coordinator.see("The round is called.", "Fri 5 October 2018, 17:00 Brussels time")

    async def delegates_comment(self) -> None:
        """File as the focal point, who comes by a letter; draft as an expert; ask for other words as another party."""
        japan = self.japan
        await japan.open(self.version)
        await japan.follow("Comment Paragraph 1")
        await japan.write("How should it read?", "Carriers shall send the data before a parcel arrives.")
        await japan.write("Remark", "A firm rule.")
        await japan.write("Reason", "Systems need a firm rule.")
        await japan.press("File for Japan")
        await japan.see("Your comment is filed.", "Japan R1-1")
        assert (japan.clicks, japan.written) == (2, {self.version}), "from a letter to a filed comment"
        assert japan.clicks <= MOST_CLICKS_TO_FILE
        expert = self.expert
        await expert.open(self.version)
        await expert.follow("Comment Paragraph 2")
        await expert.write("How should it read?", TEXT_2.replace("should be", "shall be"))
        await expert.write("Remark", "A firm rule here too.")
        await expert.write("Reason", "As in paragraph 1.")
        await expert.press("Give to the focal point")
        await expert.see("The draft is given to those who clear it.", "Draft, seen by Japan only")
        await self._others_ask()
        await self._the_focal_point_files()

    async def _others_ask(self) -> None:
        china = self.china
        await china.open(self.version)
        await self._ask(china, "1", "Carriers may send the data before a parcel arrives.", "China", "Not all can.")
        await china.see("China R1-1")
        await self._ask(china, "2", TEXT_2.replace("may be opened", "may be opened and weighed"), "China", "Safety.")
        assert "A firm rule here too." not in await china.said()
        upu = self.upu
        await upu.open(self.version)
        await self._ask(upu, "3", "Fees should be zero.", "UPU", "Posts pay twice.")
        await upu.press(re.compile("^Support Japan"))
        await upu.see("Your party supports the comment.", "Supported by UPU")

    async def _ask(self, walker: Walker, number: str, wording: str, party: str, reason: str) -> None:
        await walker.follow(f"Comment Paragraph {number}")
        await walker.write("How should it read?", wording)
        await walker.write("Remark", reason)
        await walker.write("Reason", reason)
        await walker.press("Show my change")
        await walker.see("It would read:", wording)
        await walker.press(f"File for {party}")
        await walker.see("Your comment is filed.")

    async def _the_focal_point_files(self) -> None:
        japan = self.japan
        await japan.open("/")
        await japan.follow("Look through and file 1 draft of Japan")
        await japan.press("Check and file")
        await japan.see("Written by", "Delegate japan-assistant")
        await japan.press("File 1 comment for Japan")
        await japan.see("Filed. Keep this page or print it.", "Japan R1-2", "Digest")

    async def answers_are_given(self) -> None:
        """Close by the clock; propose as the coordinator and record as the officer."""
        self.world.clock.now = AFTER
        coordinator = self.coordinator
        await coordinator.come_back("/")
        await coordinator.follow("Propose answers to the comments of “Comments on Draft 1”")
        self.answers = coordinator.path
        for reference in ("Japan R1-1", "China R1-1", "Japan R1-2", "China R1-2"):
            before = coordinator.clicks
            await coordinator.press(re.compile(f"^Accept .*{reference}$"))
            assert coordinator.clicks - before == CLICKS_TO_ACCEPT
            await coordinator.see("The answer is proposed.")
        before = coordinator.clicks
        await coordinator.follow(re.compile("^Other answer to .*UPU R1-1$"))
        await coordinator.page.get_by_label("Accepted with modification").check()
        await coordinator.write("Reason", "Low fees cover costs.")
        await coordinator.write("Words instead", "as low as costs allow")
        await coordinator.press(re.compile("^Propose the answer"))
        await coordinator.see("5 of 5 answered", "0 recorded")
        assert coordinator.clicks - before == CLICKS_TO_ANSWER
        await self._answers_are_recorded()

    async def _answers_are_recorded(self) -> None:
        officer = self.officer
        await officer.come_back("/")
        await officer.follow("Record the answers to the comments of “Comments on Draft 1”")
        for reference in ("Japan R1-1", "China R1-1", "Japan R1-2", "China R1-2", "UPU R1-1"):
            before = officer.clicks
            await officer.press(re.compile(f"^Record it .*{reference}$"))
            assert officer.clicks - before == CLICKS_TO_ACCEPT
            await officer.see("The answer is recorded.")
        await officer.press("Complete the round")
        await officer.see("This round is complete")

    async def the_next_version_is_made(self) -> None:
        """Consolidate as the officer, meet the conflict and settle it, read the woven sentence, and issue."""
        officer = self.officer
        await officer.follow("Consolidation")
        await officer.see("5 accepted changes")
        await officer.press("Make it Parcels")
        await officer.see("Cannot be issued yet", "accepted changes meet")
        await officer.page.get_by_label("As Japan asks").check()
        await officer.write("Reason", "Most parties can.")
        await officer.press("Settle with these words")
        await officer.see("The conflict is settled.", "one sentence, several writers")
        await officer.press("I have read it: it stands")
        await officer.see("Everything is ready")
        await officer.press("Issue Draft 2")
        await officer.see("The version is issued", "It never changes again.")
        self.next = officer.path

    async def the_council_adopts_it(self) -> None:
        """Record the sitting and the decision as the officer, and publish the edition."""
        officer = self.officer
        await officer.open("/bodies")
        await officer.follow("Council")
        await officer.unfold("Record a sitting")
        await officer.write("Session number", "133")
        await officer.write("First day", "2018-10-05")
        await officer.write("Last day", "2018-10-05")
        await officer.press("Record the sitting")
        await officer.see("The sitting is recorded.")
        await officer.choose("What was decided on", "Parcels, Draft 2")
        await officer.write("Verb, as printed in the report", "adopted")
        await officer.choose("What it means", "^Adopted$")
        await officer.write("The decision in words", "The Council adopted the rules on small parcels.")
        await officer.press("Record the decision")
        await officer.see("The decision is recorded.", "printed as “adopted”")
        await officer.open(self.next)
        await officer.unfold("Publish it as an edition")
        await officer.write("Name of the edition", "2018 edition")
        await officer.choose("Decision of the Council that adopted it", "adopted")
        await officer.press("Publish the edition")
        await officer.see("The edition is published.", "Published as 2018 edition")

    async def delegates_read_what_became_of_it(self) -> None:
        """Read the exact new words under the own points, and in the redline who asked for what."""
        upu = self.upu
        await upu.come_back("/")
        await upu.follow("My points")
        await upu.see(
            "UPU R1-1", "accepted in other words", "as low as costs allow", "Low fees cover costs.", "Draft 2"
        )
        japan = self.japan
        await japan.come_back("/points")
        await japan.see("Exactly as asked.", "Settled between several parties:", "Most parties can.")
        await japan.follow(re.compile(r"See it in the redline.*Japan R1-2"))
        await japan.see(
            "[deleted: should][inserted: shall]", "Japan R1-2", "China R1-2", "UPU R1-1", "Accepted with modification"
        )
        await japan.follow("Clean text")
        await japan.see(
            "Carriers shall send the data before a parcel arrives.",
            "Parcels of low value shall be released within a day, and they may be opened and weighed.",
            "2018 edition",
        )


TEXT_2 = "Parcels of low value should be released within a day, and they may be opened."


@pytest.mark.own_sql
@pytest.mark.parametrize("look", [SCRIPTLESS, WIDE], ids=["without scripts", "with scripts"])
async def test_a_round_from_import_to_edition(site: Browsing, world: World, look: Look) -> None:
    async with AsyncExitStack() as rooms:
        names = ("secretariat", "canada", "japan", "japan-assistant", "china", "upu")
        people = {name: await rooms.enter_async_context(walking(site, name, look)) for name in names}
        story = Round(world, people)

        await story.a_text_comes_in()
        await story.a_round_is_called()
        await story.delegates_comment()
        await story.answers_are_given()
        await story.the_next_version_is_made()
        await story.the_council_adopts_it()
        await story.delegates_read_what_became_of_it()
