"""Checking drafts and filing them together: one act each, once, and one refusal leaves the others."""

from typing import Any

import pytest

from server.domain.delegations.actions import drafts
from server.domain.rounds.actions import filing
from server.kernel.ids import new_id
from server.web.desk.several import MOST_AT_ONCE
from tests.desk.desks import Desk, Form, forms_of
from tests.factories.evidence import sign
from tests.factories.rounds import draft, everything, open_round, rows_of, submit, words
from tests.factories.world import World
from tests.pages.browser import words_of

pytestmark = pytest.mark.database
CHECK = "/delegation/check"


class Ticked:
    """Three drafts of Japan in an open round, as the check page shows them to a person."""

    def __init__(self, visitor: Desk, round_id: str, drafts: list[str]) -> None:
        self.visitor = visitor
        self.round_id = round_id
        self.drafts = drafts
        self.form: Form | None = None

    @property
    def address(self) -> str:
        """The check page of all drafts."""
        return f"{CHECK}?round={self.round_id}" + "".join(f"&comment={each}" for each in self.drafts)

    async def look(self) -> str:
        """Open the check page, keep its form, and return its words."""
        answer = await self.visitor.get(self.address)
        (self.form,) = forms_of(answer) or [None]
        return words_of(answer)

    async def send(self, **changes: Any) -> Any:
        """Send the form that was looked at; it has one field `comment` for each draft."""
        assert self.form is not None
        return await self.visitor.send(CHECK, self.form, **({"comment": self.drafts} | changes))


@pytest.fixture
async def ticked(desk, world: World) -> Ticked:
    round_id = await open_round(world)
    drafts = [await draft(world, "japan-assistant", round_id, text=f"Point {number}.") for number in (1, 2, 3)]
    return Ticked(await desk("japan"), round_id, drafts)


async def statuses(world: World) -> list[str]:
    """Return where each comment stands, in the order of their writing."""
    return [row["status"] for row in sorted(await rows_of(world, "comment_work"), key=lambda row: row["comment_id"])]


async def filings(world: World) -> int:
    """Return how many comments were cleared, by the journal."""
    return sum(row["act"] == "comment.cleared" for row in await rows_of(world, "journal"))


async def test_everything_is_read_once_more_and_filed_in_two_clicks(ticked: Ticked, world: World) -> None:
    said = await ticked.look()
    assert "Check and file 3 comments" in said
    assert all(f"Point {number}." in said for number in (1, 2, 3))
    assert "Nobody can change them, you neither." in said
    assert ticked.form
    assert ticked.form.buttons == ["File all or none", "File 3 comments for Japan"]

    answer = await ticked.send()

    assert answer.status_code == 303
    first, second, third = ticked.drafts
    assert answer.headers["location"] == f"/receipts/{first}?also={second}&also={third}&done=clearComment"
    assert await statuses(world) == ["SUBMITTED"] * 3
    await sign(world)
    receipt = await ticked.visitor.read(answer.headers["location"])
    assert "Receipt: 3 comments of Japan" in receipt
    assert all(f"Japan R1-{number} · Paragraph 1" in receipt for number in (1, 2, 3))


async def test_only_what_is_ticked_is_filed(ticked: Ticked, world: World) -> None:
    ticked.drafts = ticked.drafts[:1]
    await ticked.look()
    answer = await ticked.send()

    assert answer.headers["location"] == f"/receipts/{ticked.drafts[0]}?done=clearComment"
    assert sorted(await statuses(world)) == ["DRAFT", "DRAFT", "SUBMITTED"]


async def test_a_double_click_files_once_and_leads_to_the_same_receipt(ticked: Ticked, world: World) -> None:
    await ticked.look()

    first, second = await ticked.send(), await ticked.send()

    assert first.headers["location"] == second.headers["location"]
    assert await filings(world) == 3


async def test_a_second_tab_finds_everything_filed_and_files_nothing_again(ticked: Ticked, world: World) -> None:
    await ticked.look()
    other = Ticked(ticked.visitor, ticked.round_id, ticked.drafts)
    await other.look()
    first = await ticked.send()

    second = await other.send()

    assert second.headers["location"] == first.headers["location"]
    assert await filings(world) == 3


async def test_a_reload_of_the_check_page_says_what_is_filed_already(ticked: Ticked) -> None:
    await ticked.look()
    await ticked.send()

    said = await ticked.look()

    assert "Filed already: Japan R1-1 , Japan R1-2 , Japan R1-3" in said
    assert ticked.form is None


async def test_a_connection_that_broke_in_the_middle_is_taken_up_by_the_same_form(ticked: Ticked, world: World) -> None:
    await ticked.look()
    first = ticked.drafts[0]
    assert ticked.form
    await world.do("japan", filing.clear_comment, comment_id=first, expected_revision=1)

    answer = await ticked.send()

    assert answer.status_code == 303
    assert await filings(world) == 3


async def test_a_changed_draft_is_refused_and_the_others_are_filed(ticked: Ticked, world: World) -> None:
    await ticked.look()
    second = ticked.drafts[1]
    content = words(world, text="Quite another point.", proposed_wording="must exchange")
    await world.do("japan-assistant", filing.revise_comment, comment_id=second, content=content, expected_revision=1)

    answer = await ticked.send()
    said = words_of(answer)

    assert answer.status_code == 200
    assert sorted(await statuses(world)) == ["DRAFT", "SUBMITTED", "SUBMITTED"]
    assert "1 of 3 was not filed" in said
    assert "the draft was changed since you opened this page." in said
    assert "The others are filed: Japan R1-1 , Japan R1-2" in said
    assert "Wording, as you saw it shall exchange Now must exchange" in said
    assert "Remark, as you saw it Point 2. Now Quite another point." in said
    (again,) = forms_of(answer)
    assert again.buttons == ["File 1 comment for Japan"]
    done = await ticked.visitor.send(CHECK, again)
    assert done.headers["location"] == f"/receipts/{second}?done=clearComment"
    assert await filings(world) == 3


async def test_a_draft_that_was_deleted_meanwhile_is_named(ticked: Ticked, world: World) -> None:
    await ticked.look()
    await world.do("japan", drafts.discard_draft, comment_id=ticked.drafts[2], expected_revision=1)

    answer = await ticked.send()

    assert "1 draft was deleted meanwhile, so it was not filed." in words_of(answer)
    assert await filings(world) == 2


async def test_a_form_that_comes_after_the_closing_instant_is_refused_and_keeps_the_drafts(
    ticked: Ticked, world: World, desk
) -> None:
    await ticked.look()
    world.clock.move(days=7)
    ticked.visitor = await desk("japan")
    before = await everything(world)

    answer = await ticked.send()
    said = words_of(answer)

    assert answer.status_code == 422
    assert "3 of 3 were not filed" in said
    assert "closed" in said
    assert forms_of(answer) == []
    assert await everything(world) == before


async def test_an_expert_reads_the_check_and_is_refused_by_form(ticked: Ticked, world: World, desk) -> None:
    await ticked.look()
    ticked.visitor = await desk("japan-assistant")
    assert ticked.form
    ticked.form.fields["_standing"] = world.delegates["japan-assistant"]
    before = await everything(world)

    answer = await ticked.send()

    assert answer.status_code == 422
    assert "Filing is for the focal point of Japan: Delegate japan." in words_of(answer)
    assert forms_of(answer) == []
    assert await everything(world) == before


async def test_drafts_of_others_and_unknown_ids_are_not_there(ticked: Ticked, world: World) -> None:
    foreign = await draft(world, "upu", ticked.round_id, text="Of nobody else's business.")
    filed = await submit(world, "gea", ticked.round_id, text="Seen by all.")
    ticked.drafts = [foreign, filed, "CMT_01m8fy7yzjs6vr2f4jf38qsxga", "no id", ticked.round_id]

    assert "No draft was ticked." in await ticked.look()


async def test_drafts_of_others_that_are_sent_by_hand_are_refused(ticked: Ticked, world: World) -> None:
    await ticked.look()
    assert ticked.form
    foreign = await draft(world, "upu", ticked.round_id)
    before = await everything(world)

    answer = await ticked.send(comment=[foreign], **{f"key.{foreign}": "k", f"revision.{foreign}": "1"})

    assert answer.status_code == 422
    assert "No draft was ticked." in words_of(answer)
    assert await everything(world) == before


async def test_a_form_of_another_page_is_refused(ticked: Ticked, world: World) -> None:
    await ticked.look()
    before = await everything(world)

    for changes in ({"comment": []}, {"comment": ["CMT_x"]}, {"round": "", "comment": []}):
        assert (await ticked.send(**changes)).status_code == 400
    assert await everything(world) == before


async def test_what_was_seen_is_never_trusted(ticked: Ticked, world: World) -> None:
    await ticked.look()
    for each in ticked.drafts:
        await world.do("japan", filing.revise_comment, comment_id=each, content=words(world), expected_revision=1)
    written = ("{", "[1]", '{"text": "<script>alert(1)</script>"}')
    seen = {f"seen.{each}": text for each, text in zip(ticked.drafts, written, strict=True)}

    answer = await ticked.send(**seen)

    assert answer.status_code == 422
    assert words_of(answer).count("the draft was changed since you opened this page.") == 3
    assert "Remark, as you saw it <script>alert(1)</script> Now The duty must be clear." in words_of(answer)
    assert "<script>alert" not in answer.text


async def test_a_form_of_another_site_is_refused(ticked: Ticked, world: World) -> None:
    await ticked.look()
    assert ticked.form
    before = await everything(world)
    headers = {"sec-fetch-site": "cross-site", "content-type": "application/x-www-form-urlencoded"}

    answer = await ticked.visitor.client.post(CHECK, data=ticked.form.fields, headers=headers)

    assert answer.status_code == 403
    assert await everything(world) == before


async def test_a_form_of_somebody_signed_out_is_kept(ticked: Ticked, world: World) -> None:
    await ticked.look()
    ticked.visitor.client.cookies.clear()

    answer = await ticked.send()

    assert answer.status_code == 401
    assert await filings(world) == 0
    kept = forms_of(answer)[0]
    assert kept.action == CHECK
    assert {f"key.{each}" for each in ticked.drafts} <= set(kept.fields)


async def test_a_sealed_round_says_when_others_see_it(desk, world: World) -> None:
    round_id = await open_round(world, visibility="AFTER_CLOSE")
    one = Ticked(await desk("japan"), round_id, [await draft(world, "japan", round_id)])

    assert "The round is sealed: others see them when it closes." in await one.look()
    assert one.form
    assert one.form.buttons == ["File 1 comment for Japan"]


async def test_drafts_beyond_those_of_one_form_are_counted_and_stay_on_the_board(ticked: Ticked, world: World) -> None:
    first, second, third = ticked.drafts
    await ticked.look()
    strange = [new_id("CMT") for _ in range(MOST_AT_ONCE - 2)]
    keys = {f"key.{each}": each for each in strange} | {f"revision.{each}": "1" for each in strange}

    answer = await ticked.send(comment=[first, *strange, second, third], **keys)
    ticked.drafts = [first, *strange, second, third]
    await ticked.look()

    words = "1 more draft was ticked and is not on this page: at most 50 are filed at once. It stays on the board."
    assert words in words_of(answer)
    assert sorted(await statuses(world)) == ["DRAFT", "SUBMITTED", "SUBMITTED"]
    assert words in await ticked.look()
