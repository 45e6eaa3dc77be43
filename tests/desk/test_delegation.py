"""The pages inside a delegation: clearance by forms, merging, notes, no comment, practice, and who has answered."""

import pytest

from server.domain.delegations.actions import arranging, declaring
from server.domain.delegations.actions import drafts as inside
from server.vocabulary.delegations import ClearanceLevels
from tests.desk.desks import form_of, forms_of
from tests.factories.rounds import draft, open_round, rows_of, submit
from tests.factories.world import World, add_delegate
from tests.pages.browser import words_of

pytestmark = pytest.mark.database


async def stage_of(world: World, comment_id: str) -> str:
    """Return the stage of a draft."""
    return next(str(row["stage"]) for row in await rows_of(world, "draft_work") if row["comment_id"] == comment_id)


async def arrange(world: World, levels: ClearanceLevels) -> None:
    """Let Japan ask for so many clearances."""
    sent = {"party_id": world.parties["japan"], "levels": levels, "can_file_at_once": False, "expected_revision": 0}
    await world.do("japan", arranging.arrange_clearance, **sent)


async def test_a_draft_goes_from_column_to_column_by_forms(desk, world: World) -> None:
    await arrange(world, ClearanceLevels.ONE)
    comment_id = await draft(world, "japan-assistant", await open_round(world))
    expert, focal_point = await desk("japan-assistant"), await desk("japan")

    await expert.send("/delegation", form_of(await expert.get("/delegation"), "presentDraft"))
    waiting = await focal_point.get("/delegation")
    await focal_point.send("/delegation", form_of(waiting, "clearDraft"))
    cleared = words_of(await focal_point.get("/delegation"))

    assert "To clear 1" in words_of(waiting)
    assert 'name="comment"' in waiting.text
    assert "Cleared 1" in cleared
    assert await stage_of(world, comment_id) == "CLEARED"


async def test_a_draft_that_is_returned_shows_the_reason_to_its_writer(desk, world: World) -> None:
    comment_id = await draft(world, "japan-assistant", await open_round(world))
    await world.do("japan-assistant", inside.present_draft, comment_id=comment_id, expected_revision=1)
    focal_point, path = await desk("japan"), f"/comments/{comment_id}"

    empty = await focal_point.send(path, form_of(await focal_point.get(path), "returnDraft"))
    await focal_point.send(path, form_of(await focal_point.get(path), "returnDraft"), reason="<b>Shorter</b>, please.")
    board = await (await desk("japan-assistant")).get("/delegation")

    assert empty.status_code == 422
    assert "<b>Shorter</b>, please." in words_of(board)
    assert "<b>Shorter" not in board.text
    assert await stage_of(world, comment_id) == "RETURNED"


async def test_two_drafts_become_one_and_a_stale_form_loses_nothing(desk, world: World) -> None:
    round_id = await open_round(world)
    one = await draft(world, "japan", round_id, text="The duty.")
    two = await draft(world, "japan-assistant", round_id, text="The cost.")
    visitor = await desk("japan")
    assert "The cost." in words_of(await visitor.get(f"/delegation/merge?comment={one}"))
    path = f"/delegation/merge?comment={one}&with={two}"
    form = form_of(await visitor.get(path), "mergeDrafts")
    await world.do("japan-assistant", inside.present_draft, comment_id=two, expected_revision=1)

    stale = await visitor.send(path, form, text="The duty and its cost.")
    kept = form_of(stale, "mergeDrafts")
    done = await visitor.send(path, kept)

    assert stale.status_code == 422
    assert "The duty and its cost." in stale.text
    assert done.headers["location"].startswith(f"/comments/{one}?")
    assert (await stage_of(world, one), await stage_of(world, two)) == ("DRAFT", "MERGED")
    assert "The duty." in words_of(await visitor.get(f"/comments/{one}"))


async def test_pages_of_drafts_of_others_are_not_there(desk, world: World) -> None:
    round_id = await open_round(world)
    one, two = [await draft(world, "japan", round_id) for _ in range(2)]
    filed = await submit(world, "japan", round_id)

    for who in ("upu", "secretariat", "canada"):
        visitor = await desk(who)
        for path in (f"/delegation/merge?comment={one}&with={two}", f"/comments/{one}"):
            assert (await visitor.get(path)).status_code == 404
    assert (await (await desk("japan")).get(f"/delegation/merge?comment={filed}")).status_code == 404


async def test_notes_are_written_and_removed_by_forms_and_seen_by_nobody_else(desk, world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    visitor, path = await desk("japan-assistant"), f"/comments/{comment_id}"

    await visitor.send(path, form_of(await visitor.get(path), "writeNote"), text="Ask <i>Tokyo</i>.")
    own = await (await desk("japan")).get(path)
    others = [words_of(await (await desk(who)).get(path)) for who in ("upu", "secretariat")]

    assert "Ask <i>Tokyo</i>." in words_of(own)
    assert "Ask <i>Tokyo</i>." in words_of(await visitor.get("/delegation"))
    assert all("Tokyo" not in said for said in others)
    await visitor.send(path, form_of(await visitor.get(path), "discardNote"))
    assert "Tokyo" not in words_of(await visitor.get(path))


async def test_no_comment_is_asked_once_more_declared_and_taken_back(desk, world: World) -> None:
    round_id = await open_round(world)
    await draft(world, "japan-assistant", round_id)
    visitor, path = await desk("japan"), f"/delegation/no-comment?round={round_id}"

    asked = await visitor.get(path)
    done = await visitor.send(path, form_of(asked, "declareNoComment"))
    board = await visitor.get(done.headers["location"])
    back = await visitor.send("/delegation", form_of(board, "takeBackNoComment"))

    assert "1 draft is on your board. It is kept, and is not filed." in words_of(asked)
    assert "Japan has declared that it has no comment" in words_of(board)
    assert back.status_code == 303
    assert "Japan has declared" not in words_of(await visitor.get("/delegation"))
    assert forms_of(await (await desk("japan-assistant")).get(path)) == []


async def test_the_practice_is_arranged_by_the_focal_point_and_read_by_the_others(desk, world: World) -> None:
    visitor, path = await desk("japan"), "/delegation/practice"
    form = form_of(await visitor.get(path), "arrangeClearance")

    few = await visitor.send(path, form, levels="TWO", canFileAtOnce="false")
    async with world.database.writing() as session:
        await add_delegate(session, world, "japan-second", "japan", is_focal_point=False)
    done = await visitor.send(path, form, idempotencyKey="with three", levels="TWO", canFileAtOnce="false")
    stale = await visitor.send(path, form, idempotencyKey="another", levels="NONE", canFileAtOnce="true")
    read = await (await desk("japan-assistant")).get(path)

    assert few.status_code == 422
    assert "two clearances need two focal points, or one and two more delegates" in words_of(few)
    assert done.status_code == 303
    assert stale.status_code == 422
    assert "Two: first a delegate who did not write it" in words_of(read)
    assert forms_of(read) == []
    assert (await (await desk("secretariat")).get(path)).status_code == 404


async def test_a_deadline_inside_is_on_the_board_of_the_party(desk, world: World) -> None:
    await draft(world, "japan-assistant", await open_round(world))
    visitor = await desk("japan")
    form = form_of(await visitor.get("/delegation"), "arrangeDeadline")

    late = await visitor.send("/delegation", form, dueAt="2018-11-01T12:00")
    await visitor.send("/delegation", form, dueAt="2018-09-27T12:00")
    said = words_of(await (await desk("japan-assistant")).get("/delegation"))

    assert late.status_code == 422
    assert "Japan wants its drafts until Thu 27 September 2018, 12:00 Brussels time" in said
    assert "wants its drafts" not in words_of(await (await desk("upu")).get("/delegation"))


async def test_drafts_are_filed_all_or_none(desk, world: World) -> None:
    round_id = await open_round(world)
    one, two = [await draft(world, "japan-assistant", round_id, text=f"Remark {number}.") for number in (1, 2)]
    visitor, path = await desk("japan"), f"/delegation/check?round={round_id}&comment={one}&comment={two}"
    (form,) = forms_of(await visitor.get(path))
    await world.do("japan-assistant", inside.present_draft, comment_id=two, expected_revision=1)

    refused = await visitor.send("/delegation/check", form, comment=[one, two], together="yes")
    filed_then = [row for row in await rows_of(world, "comments") if row["submitted_at"]]
    (again,) = forms_of(refused)
    done = await visitor.send("/delegation/check", again, comment=[one, two], together="yes")

    assert refused.status_code == 422
    assert "it was to be filed with others, and one of them cannot be." in words_of(refused)
    assert filed_then == []
    assert done.status_code == 303
    assert len([row for row in await rows_of(world, "comments") if row["submitted_at"]]) == 2


async def test_the_turnout_of_a_round_tells_who_has_answered(desk, world: World) -> None:
    round_id = await open_round(world)
    await submit(world, "upu", round_id)
    await world.do("gea", declaring.declare_no_comment, round_id=round_id)
    await draft(world, "japan", round_id)
    path = f"/rounds/{round_id}/turnout"

    leads = await (await desk("canada")).get(path)
    own = words_of(await (await desk("japan")).get(path))
    silent = words_of(await (await desk("canada")).get(f"{path}?state=SILENT"))

    assert "5 parties" in words_of(leads)
    assert "1 Answered 1 Declared none 3 Silent" in words_of(leads)
    assert "1 Drafting" in own
    assert "UPU" not in silent.partition("3 parties")[2].partition("By capacity")[0]
    assert [form.fields["_act"] for form in forms_of(leads) if "_act" in form.fields] == ["remindSilent"]
    assert (await (await desk("canada")).get(f"{path}?state=WHALE")).status_code == 400


async def test_a_sealed_turnout_shows_the_own_party_only_and_reminders_hide_their_number(desk, world: World) -> None:
    round_id = await open_round(world, visibility="AFTER_CLOSE")
    await submit(world, "upu", round_id)
    visitor, path = await desk("canada"), f"/rounds/{round_id}/turnout"

    shown = await visitor.get(path)
    done = await visitor.send(path, form_of(shown, "remindSilent"))
    again = await visitor.send(path, form_of(await visitor.get(path), "remindSilent"))

    assert "1 party" in words_of(shown)
    assert "UPU" not in words_of(shown)
    assert "Who they are, and how many, is not shown to you." in words_of(shown)
    assert done.status_code == 303
    assert again.status_code == 422
