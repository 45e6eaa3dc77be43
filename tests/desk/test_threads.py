"""The pages of threads: signing, revising, marking and replying by forms, and what looks alike."""

from server.domain.threads.actions import replying
from tests.desk.desks import form_of, forms_of, words_of
from tests.factories.rounds import everything, open_round, rows_of, submit
from tests.factories.threads import ask_to_sign, work_of
from tests.factories.world import World


async def test_a_draft_is_signed_declined_and_filed_without_those_who_declined(desk, world: World) -> None:
    comment_id = await ask_to_sign(world, await open_round(world), "canada", "upu")
    path = f"/comments/{comment_id}"
    canada, upu, japan = await desk("canada"), await desk("upu"), await desk("japan")
    assert "Japan on Paragraph 1" in await canada.read("/signatures")
    assert "1 draft of another party waits for your signature" in await canada.read("/")

    signed = await canada.send(path, form_of(await canada.get(path), "confirmCoSignature"))
    declined = await upu.send(path, form_of(await upu.get(path), "declineCoSignature"), reason="<i>Not ours.</i>")
    before = await japan.get(path)
    filed = await japan.send(path, form_of(before, "clearComment"))

    assert (signed.status_code, declined.headers["location"]) == (303, "/signatures?done=declineCoSignature")
    assert "Canada Confirmed" in words_of(before)
    assert "“<i>Not ours.</i>”" in words_of(before)
    assert "File without UPU" in words_of(before)
    assert filed.status_code == 303
    assert "Signed by Japan, Canada" in await (await desk("gea")).read(path)
    assert (await upu.get("/signatures")).status_code == 200
    assert "your signature" not in await upu.read("/")
    assert "Not ours" not in await (await desk("gea")).read(path)


async def test_a_party_is_asked_and_no_longer_asked_on_the_page_of_the_draft(desk, world: World) -> None:
    comment_id = await ask_to_sign(world, await open_round(world), "upu")
    path, visitor = f"/comments/{comment_id}?asking=1", await desk("japan")
    ask = next(each for each in forms_of(await visitor.get(path), "reviseComment") if each.fields["_form"] == "ask")

    await visitor.send(path, ask, coSignerIds=[world.parties["upu"], world.parties["gea"]])
    asked = {row["party_id"] for row in await rows_of(world, "co_signatures")}
    forms = forms_of(await visitor.get(path), "reviseComment")
    await visitor.send(path, next(each for each in forms if each.fields["_form"] == "without"))

    assert asked == {world.parties["gea"], world.parties["upu"]}
    assert [row["party_id"] for row in await rows_of(world, "co_signatures")] == [world.parties["upu"]]
    (comment,) = await rows_of(world, "comments")
    assert (comment["text"], comment["proposed_wording"]) == ("The duty must be clear.", "shall exchange")


async def test_a_filed_comment_is_revised_by_its_form_and_leads_to_the_later_words(desk, world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    path, visitor = f"/comments/{comment_id}", await desk("japan")

    done = await visitor.send(path, form_of(await visitor.get(path), "replaceComment"), text="Who has the duty?")

    later = done.headers["location"].split("?")[0]
    said = await visitor.read(path)
    assert later != path
    assert "These are earlier words" in said
    assert "Japan R1-1/2" in said
    assert "Revises Japan R1-1" in await visitor.read(later)
    assert await work_of(world, comment_id) == "REPLACED"


async def test_a_mark_is_made_taken_back_and_made_otherwise(desk, world: World) -> None:
    path = f"/comments/{await submit(world, 'japan', await open_round(world))}"
    visitor = await desk("upu")

    await visitor.send(path, form_of(await visitor.get(path), "tolerateComment"))
    marked = await visitor.get(path)
    await visitor.send(path, form_of(marked, "takeBackMark"))
    await visitor.send(path, form_of(await visitor.get(path), "supportComment"))

    assert "1 party can live with it: UPU" in words_of(marked)
    assert "UPU can live with it." in words_of(marked)
    assert "Supported by 1 party: UPU" in await visitor.read(path)


async def test_replies_are_written_answered_and_taken_back_by_forms(desk, world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    path, visitor, other = f"/comments/{comment_id}", await desk("upu"), await desk("canada")

    refused = await visitor.send(path, form_of(await visitor.get(path), "replyToComment"), text=" ")
    await visitor.send(path, form_of(refused, "replyToComment"), text="<b>Carriers</b> can.")
    (reply,) = await rows_of(world, "comment_replies")
    answering = await other.get(f"{path}?answer={reply['id']}")
    await other.send(path, form_of(answering, "replyToComment"), text="Which?")
    shown = await other.get(path)
    await visitor.send(path, form_of(await visitor.get(path), "takeBackReply"))

    assert refused.status_code == 422
    assert "Answer reply 1 of UPU" in words_of(answering)
    assert "<b>Carriers</b> can." in words_of(shown)
    assert "<b>Carriers" not in shown.text
    said = await other.read(path)
    assert "UPU took this reply back" in said
    assert "In answer to 1 (UPU)" in said
    assert "Carriers" not in said


async def test_a_reply_in_a_sealed_round_is_not_possible_now_and_writes_nothing(desk, world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world, visibility="AFTER_CLOSE"))
    path, visitor = f"/comments/{comment_id}", await desk("japan")
    before = await everything(world)

    answer = await visitor.get(path)

    assert forms_of(answer, "replyToComment") == []
    assert "Reply: " in words_of(answer)
    assert await everything(world) == before


async def test_the_form_shows_what_looks_alike_and_proposes_a_new_provision(desk, world: World) -> None:
    await submit(world, "japan", await open_round(world))
    visitor = await desk("upu")
    path = f"/texts/{world.version}?on={world.keys[1]}&new=1"
    form = next(each for each in forms_of(await visitor.get(path)) if each.fields.get("_form") == "comment")
    sent = {"text": "The duty must be clear.", "reason": "It is clearer."}
    alike = {"newProvision.words": "shall exchange", "_preview": ""}

    shown = await visitor.send(path, form, **sent, **alike)
    await visitor.send(path, form, **sent, **{"newProvision.words": "Posts train staff."}, _act="submitComment")

    assert "These look alike" in words_of(shown)
    assert "Japan R1-1" in words_of(shown)
    filed = next(row for row in await rows_of(world, "comments") if row["party_id"] == world.parties["upu"])
    assert (filed["addition_kind"], filed["addition_words"]) == ("PARAGRAPH", "Posts train staff.")
    assert "A new provision after this one" in await visitor.read(f"/comments/{filed['id']}")


async def test_comments_that_look_alike_are_listed_for_those_who_answer(desk, world: World) -> None:
    round_id = await open_round(world)
    for who in ("japan", "upu"):
        await submit(world, who, round_id)

    said = await (await desk("canada")).read(f"/rounds/{round_id}/alike")

    assert "Paragraph 1: 2 comments" in said
    assert "Japan R1-1" in said
    assert (await (await desk("gea")).get(f"/rounds/{round_id}/alike")).status_code == 404


async def test_long_threads_are_read_in_pages(desk, world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    for who in ("upu", "gea", "china"):
        for number in range(18):
            await world.do(who, replying.reply_to_comment, comment_id=comment_id, text=f"Reply {number} of {who}.")
    visitor = await desk("canada")

    answer = await visitor.get(f"/comments/{comment_id}")

    assert "Reply 13 of china." in words_of(answer)
    assert "Reply 14 of china." not in words_of(answer)
    assert "?replies=" in answer.text
