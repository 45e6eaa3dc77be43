"""The page of one comment: who sees it, and each of its acts done and refused by its form."""

import re
from html import unescape
from typing import Any

import pytest

from tests.desk.desks import form_of, forms_of
from tests.factories.api import Api
from tests.factories.rounds import draft, everything, open_round, rows_of, submit
from tests.factories.world import World
from tests.journeys.drafting import Drafting, lines
from tests.pages.browser import words_of

pytestmark = pytest.mark.database


def acts_of(answer: Any) -> list[str]:
    """Return the acts that the forms of a page send, in their order."""
    return [form.fields["_act"] for form in forms_of(answer)]


async def test_others_support_a_comment_once_and_then_read_so(desk, world: World) -> None:
    path = f"/comments/{await submit(world, 'japan', await open_round(world))}"
    visitor = await desk("upu")
    form = form_of(await visitor.get(path), "supportComment")

    first, second = await visitor.send(path, form), await visitor.send(path, form)

    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == f"{path}?done=supportComment#marks"
    answer = await visitor.get(path)
    assert "Supported by 1 party: UPU" in words_of(answer)
    assert "UPU supports it." in words_of(answer)
    assert acts_of(answer) == ["takeBackMark", "replyToComment", "writeNote"]
    assert len(await rows_of(world, "comment_supports")) == 1


async def test_others_oppose_with_a_reason_that_everybody_reads(desk, world: World) -> None:
    path = f"/comments/{await submit(world, 'japan', await open_round(world))}"
    visitor = await desk("gea")
    form = form_of(await visitor.get(path), "opposeComment")

    refused = await visitor.send(path, form, reason=" ")
    assert refused.status_code == 422
    assert "Nothing was done. Please look at this again:" in words_of(refused)
    done = await visitor.send(path, form_of(refused, "opposeComment"), reason="<b>Carriers</b> cannot.")

    assert done.status_code == 303
    answer = await (await desk("japan")).get(path)
    assert "GEA: <b>Carriers</b> cannot." in words_of(answer)
    assert "<b>Carriers" not in answer.text


async def test_the_party_itself_withdraws_and_marks_nothing(desk, world: World) -> None:
    path = f"/comments/{await submit(world, 'japan', await open_round(world))}"
    visitor = await desk("japan")
    answer = await visitor.get(path)
    assert acts_of(answer) == ["replyToComment", "replaceComment", "writeNote", "withdrawComment"]
    form = form_of(answer, "withdrawComment")

    assert (await visitor.send(path, form)).headers["location"] == f"{path}?done=withdrawComment"
    assert (await visitor.send(path, form)).status_code == 303

    answer = await visitor.get(path)
    assert "None: it was withdrawn before it was answered." in words_of(answer)
    assert acts_of(answer) == ["writeNote"]


async def test_who_can_do_nothing_has_no_form_but_that_for_notes_of_the_own_party(desk, world: World) -> None:
    path = f"/comments/{await submit(world, 'japan', await open_round(world))}"
    for who, acts in (("japan-assistant", ["writeNote"]), ("secretariat", ["replyToComment"])):
        answer = await (await desk(who)).get(path)
        assert (answer.status_code, acts_of(answer)) == (200, acts)


async def test_a_mark_after_the_close_is_refused_and_says_why(desk, world: World) -> None:
    path = f"/comments/{await submit(world, 'japan', await open_round(world))}"
    form = form_of(await (await desk("upu")).get(path), "supportComment")
    world.clock.move(days=8)
    visitor = await desk("upu")
    before = await everything(world)

    answer = await visitor.send(path, form)

    assert answer.status_code == 422
    assert "Support: " in words_of(answer)
    assert acts_of(answer) == ["replyToComment", "writeNote"]
    assert await everything(world) == before


async def test_an_expert_changes_a_draft_and_the_focal_point_finds_the_way_to_file_it(desk, world: World) -> None:
    round_id = await open_round(world)
    comment_id = await draft(world, "japan-assistant", round_id)
    path = f"/comments/{comment_id}"
    visitor = await desk("japan-assistant")
    answer = await visitor.get(path)
    assert "Filing is for the focal point of Japan." in words_of(answer)
    assert "revise" not in [form.fields["_form"] for form in forms_of(answer)]
    change = re.search(r'href="(/texts/[^"]*draft=[^"]*)#form"', answer.text)
    assert change
    place = unescape(change[1])
    form = next(each for each in forms_of(await visitor.get(place)) if each.fields.get("_form") == "comment")

    sent = {"proposedWording!": form.fields["proposedWording!"].replace("shall", "must"), "text": "It must be clear."}
    done = await visitor.send(place, form, _act="reviseComment", **sent)

    assert "done=reviseComment" in done.headers["location"]
    visitor = await desk("japan")
    answer = await visitor.get(path)
    assert "[inserted: must ]" in words_of(answer)
    assert f"/delegation/check?round={round_id}&amp;comment={comment_id}" in answer.text


async def test_a_draft_that_is_changed_in_the_text_keeps_its_language_and_those_who_are_asked_to_sign(
    desk, world: World
) -> None:
    round_id = await open_round(world)
    asked = [world.parties["canada"]]
    comment_id = await draft(world, "japan", round_id, language="fr", co_signer_ids=asked)
    visitor, path = await desk("japan"), f"/texts/{world.version}?on={world.keys[1]}&draft={comment_id}"
    form = next(each for each in forms_of(await visitor.get(path)) if each.fields.get("_form") == "comment")

    assert (await visitor.send(path, form, _act="reviseComment", text="Said better.")).status_code == 303

    (row,) = await rows_of(world, "comments")
    assert (row["text"], row["language"]) == ("Said better.", "fr")
    assert [each["party_id"] for each in await rows_of(world, "co_signatures")] == asked


async def test_an_expert_keeps_a_draft_and_gives_it_to_the_focal_point_in_one_step(desk, world: World) -> None:
    await open_round(world)
    visitor, path = await desk("japan-assistant"), f"/texts/{world.version}?on={world.keys[1]}"
    page = await visitor.get(path)
    form = next(each for each in forms_of(page) if each.fields.get("_form") == "comment")
    assert "Give to the focal point" in words_of(page)

    given = await visitor.send(f"{path}&give=1", form, _act="draftComment", text="A thought.")
    again = await visitor.send(f"{path}&give=1", form, _act="draftComment", text="A thought.")
    kept = await visitor.send(path, form, _act="draftComment", text="Another thought.")

    assert "done=presentDraft" in given.headers["location"]
    assert again.status_code == 303
    assert "done=draftComment" in kept.headers["location"]
    stages = [row["stage"] for row in await rows_of(world, "draft_work")]
    assert sorted(stages) == ["DRAFT", "READY"]


async def test_a_draft_after_the_close_cannot_be_filed_any_more(desk, world: World) -> None:
    path = f"/comments/{await draft(world, 'japan', await open_round(world))}"
    world.clock.move(days=8)
    said = await (await desk("japan")).read(path)
    assert "The round closed on Mon 1 October 2018, 11:00 Brussels time, and this draft was not filed" in said


async def test_what_is_hidden_is_answered_like_nothing_at_all(desk, world: World) -> None:
    round_id = await open_round(world, visibility="AFTER_CLOSE")
    drafted, sealed = await draft(world, "japan", round_id), await submit(world, "japan", round_id)
    visitor = await desk("upu")
    nothing = await visitor.get("/comments/CMT_01m8fy7yzjs6vr2f4jf38qsxgb")

    for each in (drafted, sealed, "CMT_01m8fy7yzjs6vr2f4jf38qsxga", "no-id", round_id):
        answer = await visitor.get(f"/comments/{each}")
        assert (answer.status_code, answer.text) == (404, nothing.text)


async def test_a_carried_comment_gets_its_place_by_the_form_of_its_party(desk, world: World) -> None:
    async with Api(world) as api:
        text = await Drafting(api).begin(lines("Posts sort mail in 3 days.", "Hubs seal bags.", "Posts pay all dues."))
        carried = await text.comment("china", "3.", "charges", "all dues")
        await text.comment("canada", "3.", "the dues", "all dues")
        await text.accept_all(China="DEFERRED")
        await text.consolidate()
        await text.go_on()
    path = f"/comments/{carried['comment']['id']}"
    visitor = await desk("china")
    answer = await visitor.get(path)
    assert "To confirm" in words_of(answer)
    form = next(each for each in forms_of(answer, "confirmCarriedComment") if each.fields["_form"] == "place")

    wrong = {"provisionKey": text.at("3.")["key"], "quotation.exact": "no such words"}
    refused = await visitor.send(path, form, **wrong)
    assert refused.status_code == 422
    form = next(each for each in forms_of(refused, "confirmCarriedComment") if each.fields["_form"] == "place")
    assert form.fields["quotation.exact"] == "no such words"
    done = await visitor.send(path, form, **{"quotation.exact": "the dues"})

    assert done.status_code == 303
    said = await visitor.read(path)
    assert "The place is confirmed." in said
    assert "“the dues”" in said
    others = await (await desk("gea")).get(path)
    assert forms_of(others, "confirmCarriedComment") == []
