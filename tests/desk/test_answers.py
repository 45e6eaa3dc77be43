"""The answers to the comments of a round: who reads them, who proposes and who records, one by one and together."""

import gzip
from typing import Any

import pytest
from sqlalchemy import func, select

from server.domain.rounds.actions import answering, filing
from server.kernel.actor import Capacity
from server.kernel.ids import new_id
from server.models.journal import JournalEntry
from server.models.rounds import Disposition
from server.vocabulary.rounds import CommentType, DispositionVerdict, RoundVisibility
from server.web.desk.answers.groups import group_comments
from server.web.desk.several import MOST_AT_ONCE
from server.wording.anchors import Quotation
from tests.desk.desks import Desk, Form, form_of, forms_of
from tests.factories import rounds as make
from tests.factories.filled import statements
from tests.factories.world import World
from tests.pages.browser import words_of

database = pytest.mark.database
PAGE = "/rounds/{}/answers"


async def closed_round(world: World, **changed: Any) -> tuple[str, dict[str, str]]:
    """Return a closed round and its comments by party: wording of Japan and China, a question of the UPU."""
    round_id = await make.open_round(world, **changed)
    question = {"type": CommentType.QUESTION, "text": "Which data?", "proposed_wording": None, "reason": ""}
    comments = {
        "japan": await make.submit(world, "japan", round_id),
        "china": await make.submit(
            world, "china", round_id, quotation=Quotation("exchange advance"), proposed_wording="send early"
        ),
        "upu": await make.submit(world, "upu", round_id, quotation=None, provision_id=world.provisions[3], **question),
    }
    world.clock.move(days=8)
    return round_id, comments


async def answers_in(world: World) -> list[tuple[str, str, str, str]]:
    """Return every answer: comment, stage, verdict and reason."""
    async with world.database.reading() as connection:
        table = Disposition.__table__
        rows = await connection.execute(select(table).order_by(table.c.decided_at, table.c.id))
        return [(row.comment_id, row.stage, row.verdict, row.reason) for row in rows]


async def answer(world: World, who: str, comment_id: str, verdict: str, *, revision: int = 1, reason: str = "") -> None:
    """Propose an answer, or record it as the Secretariat."""
    act = answering.record_disposition if who == "secretariat" else answering.propose_disposition
    sent = {"verdict": DispositionVerdict(verdict), "reason": reason, "wording": None, "expected_revision": revision}
    await world.do(who, act, comment_id=comment_id, **sent)


def form_for(response: Any, act: str, comment_id: str) -> Form:
    """Return the form by which one comment is answered with one click."""
    (form,) = [form for form in forms_of(response, act) if form.fields["commentId"] == comment_id]
    return form


async def choose(visitor: Desk, page: str, act: str, comments: dict[str, int], **fields: str) -> Any:
    """Send the form for several comments, with the revision of each that was seen."""
    opened = await visitor.get(page)
    (form,) = [form for form in forms_of(opened) if form.action.partition("?")[0].endswith("/chosen")]
    boxes = [f"{comment} {revision}" for comment, revision in comments.items()]
    return await visitor.send(page, form, comment=boxes, _act=act, **fields)


@database
async def test_before_the_close_nothing_is_shown_and_no_reading_recorded(desk, world: World) -> None:
    round_id = await make.open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    await make.submit(world, "japan", round_id)
    visitor = await desk("secretariat")

    said = await visitor.read(PAGE.format(round_id))

    assert "Comments are answered after the close" in said
    assert "shall" not in said
    async with world.database.reading() as connection:
        read = select(func.count()).where(JournalEntry.act == "sealed_comments.read")
        assert await connection.scalar(read) == 0


@database
async def test_a_coordinator_accepts_with_one_click(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    visitor, page = await desk("canada"), PAGE.format(round_id)
    opened = await visitor.get(page)
    form = form_for(opened, "proposeDisposition", comments["japan"])

    sent = await visitor.send(page, form)
    again = await visitor.send(page, form)

    assert sent.status_code == again.status_code == 303
    assert sent.headers["location"] == f"{page}?done=proposeDisposition#{comments['japan']}"
    assert await answers_in(world) == [(comments["japan"], "PROPOSED", "ACCEPTED", "")]
    said = await visitor.read(page)
    assert "1 of 3 answered" in said
    assert "Proposed: Accepted" in said
    assert "recordDisposition" not in opened.text


@database
async def test_comments_stand_in_the_order_of_the_text_with_their_words_marked(desk, world: World) -> None:
    round_id, _ = await closed_round(world)
    visitor = await desk("canada")

    opened = await visitor.get(PAGE.format(round_id))

    said = words_of(opened)
    assert "China, Japan change the same words" in said
    assert said.index("China R1-1") < said.index("Japan R1-1") < said.index("UPU R1-1")
    assert "<mark>should </mark>" in opened.text
    assert '<del><span class="unseen">[deleted: </span>should<span class="unseen">]</span></del>' in opened.text


@database
async def test_the_secretariat_records_what_is_proposed_with_one_click(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    await answer(world, "canada", comments["upu"], "NOTED", reason="The table says it.")
    visitor, page = await desk("secretariat"), PAGE.format(round_id)

    form = form_for(await visitor.get(page), "recordDisposition", comments["upu"])
    sent = await visitor.send(page, form)

    assert sent.status_code == 303
    assert (comments["upu"], "RECORDED", "NOTED", "The table says it.") in await answers_in(world)


@database
async def test_a_delegate_reads_and_answers_nothing(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    await answer(world, "canada", comments["upu"], "NOTED", reason="Heard by the group.")
    visitor, page = await desk("japan"), PAGE.format(round_id)

    opened = await visitor.get(page)

    assert [form for form in forms_of(opened) if "_act" in form.fields] == []
    assert "Answers are proposed by those who lead WGEC-2" in words_of(opened)
    assert "Heard by the group." not in words_of(opened)
    forged = Form(page)
    forged.fields = {"_act": "proposeDisposition", "commentId": comments["japan"], "verdict": "ACCEPTED"}
    sent = await visitor.send(page, forged, idempotencyKey="key", expectedRevision="1")
    assert sent.status_code == 422
    assert len(await answers_in(world)) == 1


@database
async def test_another_answer_without_a_reason_is_refused_and_kept(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    visitor, page = await desk("canada"), PAGE.format(round_id)
    address = f"{page}?answer={comments['japan']}"
    (form,) = [form for form in forms_of(await visitor.get(address)) if form.fields.get("_form") == "answer"]

    refused = await visitor.send(address, form, _act="proposeDisposition", verdict="NOTED", reason=" ")
    (kept,) = [form for form in forms_of(refused) if form.fields.get("_form") == "answer"]
    sent = await visitor.send(address, kept, _act="proposeDisposition", reason="Heard.")

    assert refused.status_code == 422
    assert 'href="#answer-reason"' in refused.text
    assert kept.fields["verdict"] == "NOTED"
    assert sent.status_code == 303
    assert await answers_in(world) == [(comments["japan"], "PROPOSED", "NOTED", "Heard.")]


@database
async def test_other_words_go_only_with_the_verdict_that_takes_them(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    visitor, page = await desk("canada"), PAGE.format(round_id)
    address = f"{page}?answer={comments['japan']}"
    (form,) = [form for form in forms_of(await visitor.get(address)) if form.fields.get("_form") == "answer"]
    assert form.fields["wording!"] == "shall exchange"

    changed = {"verdict": "ACCEPTED_WITH_MODIFICATION", "reason": "Firm.", "wording!": "must exchange"}
    sent = await visitor.send(address, form, _act="proposeDisposition", **changed)

    assert sent.status_code == 303
    assert "must exchange" in await visitor.read(page)


@database
async def test_an_answer_that_another_tab_changed_shows_what_stands_now(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    visitor, page = await desk("canada"), PAGE.format(round_id)
    address = f"{page}?answer={comments['japan']}"
    (form,) = [form for form in forms_of(await visitor.get(address)) if form.fields.get("_form") == "answer"]
    await answer(world, "canada", comments["japan"], "DEFERRED", reason="Later.")

    stale = await visitor.send(address, form, _act="proposeDisposition", verdict="NOTED", reason="Mine.")
    (kept,) = [form for form in forms_of(stale) if form.fields.get("_form") == "answer"]
    sent = await visitor.send(address, kept, _act="proposeDisposition")

    assert stale.status_code == 422
    assert "What stands now is of Delegate canada: Deferred." in words_of(stale)
    assert kept.fields["reason"] == "Mine."
    assert sent.status_code == 303
    assert [verdict for _, _, verdict, _ in await answers_in(world)] == ["DEFERRED", "NOTED"]


@database
async def test_chosen_comments_are_answered_each_by_itself(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    await answer(world, "canada", comments["china"], "DEFERRED", reason="Later.")
    visitor, page = await desk("canada"), PAGE.format(round_id)
    seen = {comments["japan"]: 1, comments["china"]: 1, comments["upu"]: 1}

    sent = await choose(visitor, page, "proposeDisposition", seen, verdict="NOTED", reason="Heard.")

    assert sent.status_code == 200
    said = words_of(sent)
    assert "2 comments are answered, these are not:" in said
    assert "China R1-1 :" in said or "China R1-1:" in said
    assert f'value="{comments["china"]} 2" checked' in sent.text
    noted = {comment for comment, _, verdict, _ in await answers_in(world) if verdict == "NOTED"}
    assert noted == {comments["japan"], comments["upu"]}


@database
async def test_the_form_for_several_sent_twice_answers_once(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    visitor, page = await desk("canada"), PAGE.format(round_id)
    seen = {comments["japan"]: 1, comments["china"]: 1}

    first = await choose(visitor, page, "proposeDisposition", seen, verdict="ACCEPTED", idempotencyKey="one")
    second = await choose(visitor, page, "proposeDisposition", seen, verdict="ACCEPTED", idempotencyKey="one")

    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == f"{page}?done=proposeDisposition"
    assert len(await answers_in(world)) == 2


@database
async def test_the_secretariat_records_for_several_what_is_proposed_for_each(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    await answer(world, "canada", comments["japan"], "ACCEPTED")
    await answer(world, "canada", comments["upu"], "NOTED", reason="The table says it.")
    visitor, page = await desk("secretariat"), PAGE.format(round_id)
    seen = {comments["japan"]: 2, comments["upu"]: 1, comments["china"]: 1}

    sent = await choose(visitor, page, "recordDisposition", seen, verdict="AS_PROPOSED")

    assert sent.status_code == 200
    said = words_of(sent)
    assert "1 comment is answered, these are not:" in said
    assert "China R1-1 : no answer is proposed for it" in said
    assert "UPU R1-1 :" in said
    recorded = [row for row in await answers_in(world) if row[1] == "RECORDED"]
    assert recorded == [(comments["japan"], "RECORDED", "ACCEPTED", "")]


@database
async def test_the_form_for_several_without_a_box_says_so_and_is_refused(desk, world: World) -> None:
    round_id, _ = await closed_round(world)
    visitor, page = await desk("canada"), PAGE.format(round_id)

    sent = await choose(visitor, page, "proposeDisposition", {}, verdict="NOTED", reason="Kept reason.")

    assert sent.status_code == 422
    assert "no comment is chosen" in words_of(sent)
    assert "Kept reason." in sent.text
    assert await answers_in(world) == []


@database
async def test_a_round_is_completed_when_every_answer_is_recorded(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    visitor, page = await desk("secretariat"), PAGE.format(round_id)
    early = await visitor.get(page)
    seen = dict.fromkeys(comments.values(), 1)
    await choose(visitor, page, "recordDisposition", seen, verdict="NOTED", reason="Heard.")

    sent = await visitor.send(page, form_of(await visitor.get(page), "completeRound"))

    assert forms_of(early, "completeRound") == []
    assert "3 comments have no recorded answer yet." in words_of(early)
    assert sent.status_code == 303
    after = await visitor.get(page)
    assert "This round is complete" in words_of(after)
    assert [form for form in forms_of(after) if "_act" in form.fields] == []


@database
async def test_a_withdrawn_comment_is_shown_and_not_answered(desk, world: World) -> None:
    round_id = await make.open_round(world)
    comment_id = await make.submit(world, "japan", round_id)
    await world.do("japan", filing.withdraw_comment, comment_id=comment_id, expected_revision=1)
    world.clock.move(days=8)
    visitor = await desk("canada")

    opened = await visitor.get(PAGE.format(round_id))

    assert "Withdrawn" in words_of(opened)
    assert forms_of(opened, "proposeDisposition") == []


@database
async def test_the_list_is_filtered_by_state_party_kind_and_type(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    await answer(world, "canada", comments["china"], "NOTED", reason="Heard.")
    visitor, page = await desk("canada"), PAGE.format(round_id)

    waiting = await visitor.read(f"{page}?state=waiting")
    observers = await visitor.read(f"{page}?capacity=OBSERVER")
    substantive = await visitor.read(f"{page}?type=SUBSTANTIVE&state=proposed")
    nobody = await visitor.read(f"{page}?capacity=PRIVATE_SECTOR")

    shown = [
        [name for name in ("China R1-1", "Japan R1-1", "UPU R1-1") if name in said]
        for said in (waiting, observers, substantive)
    ]
    assert shown == [["Japan R1-1", "UPU R1-1"], ["UPU R1-1"], ["China R1-1"]]
    assert "No comment in this view." in nobody


@database
async def test_a_hidden_round_is_not_told_from_none(desk, world: World) -> None:
    round_id, _ = await closed_round(world, audience=frozenset({Capacity.MEMBER, Capacity.OBSERVER}))
    visitor = await desk("gea")

    hidden, none = await visitor.get(PAGE.format(round_id)), await visitor.get(PAGE.format("RND_nothing"))

    assert (hidden.status_code, none.status_code) == (404, 404)
    assert hidden.text == none.text


@database
async def test_markup_in_a_comment_is_shown_as_written(desk, world: World) -> None:
    round_id = await make.open_round(world)
    script = "<script>alert(1)</script>"
    await make.submit(world, "japan", round_id, text=f"{script}!", reason=script, proposed_wording=script)
    world.clock.move(days=8)
    visitor = await desk("canada")

    opened = await visitor.get(PAGE.format(round_id))

    assert "<script>alert" not in opened.text
    assert opened.text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


@database
async def test_many_comments_are_paged_small_and_take_no_more_statements(desk, world: World) -> None:
    round_id = await make.open_round(world)
    for number in range(60):
        await make.submit(world, ("japan", "china", "upu")[number % 3], round_id, text=f"Point {number} of many.")
    small = await make.open_round(world, title="Small")
    await make.submit(world, "japan", small)
    world.clock.move(days=8)
    visitor = await desk("canada")
    await visitor.get(PAGE.format(small))

    counts = []
    for each in (small, round_id):
        with statements(world.database) as seen:
            opened = await visitor.get(PAGE.format(each))
        counts.append(len(seen))

    assert len(forms_of(opened, "proposeDisposition")) == 50
    assert "Next page" in opened.text
    assert counts[0] == counts[1]
    assert len(gzip.compress(opened.content)) < 25_000


def comment(name: str, start: int, end: int, wording: str | None, status: str = "SUBMITTED") -> dict[str, Any]:
    """Return a comment on words of one provision, as an operation answers it."""
    return {
        "id": name,
        "status": status,
        "party": {"id": name, "shortName": name},
        "provision": {"key": "P", "text": "One two three four."},
        "quotation": {"start": start, "end": end},
        "proposedWording": wording,
    }


def test_words_are_marked_in_pieces_that_give_the_text() -> None:
    (group,) = group_comments([comment("A", 0, 7, "x"), comment("B", 4, 13, "y")])

    assert "".join(piece.text for piece in group.pieces) == "One two three four."
    assert [piece.text for piece in group.pieces if piece.is_marked] == ["One ", "two", " three"]
    assert [[end["letter"] for end in piece.ending] for piece in group.pieces] == [[], ["a"], ["b"], []]
    assert (group.sharing, group.asking_same) == (["A", "B"], [])


def test_the_same_words_in_the_same_place_are_said() -> None:
    (group,) = group_comments([comment("A", 0, 3, "x"), comment("B", 0, 3, "x"), comment("C", 0, 3, "x", "WITHDRAWN")])

    assert group.asking_same == ["A", "B"]


@database
async def test_comments_beyond_those_of_one_form_are_counted_and_not_dropped(desk, world: World) -> None:
    round_id, comments = await closed_round(world)
    visitor, page = await desk("canada"), PAGE.format(round_id)
    seen = {new_id("CMT"): 1 for _ in range(MOST_AT_ONCE - 1)} | {comments["japan"]: 1, comments["upu"]: 1}

    sent = await choose(visitor, page, "proposeDisposition", seen, verdict="NOTED", reason="Heard.")

    assert sent.status_code == 200
    assert "1 more comment was chosen and not tried: at most 50 are answered at once." in words_of(sent)
    assert [comment for comment, *_ in await answers_in(world)] == [comments["japan"]]
