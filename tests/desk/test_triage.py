"""Pages of triage: what each sees, each act by its form, and markup in what people write."""

from datetime import timedelta
from typing import Any

import pytest

from server.domain.rounds.actions import answering as single
from server.domain.triage.actions import answering, settling, sorting
from server.domain.triage.actions.answering import AnswerTo
from server.domain.triage.actions.sorting import PointContent
from server.vocabulary.rounds import CommentType, DispositionVerdict
from server.web.desk.triage.reports import draw
from tests.desk.desks import form_of, forms_of
from tests.desk.phrases import read
from tests.factories.evidence import ask_for_head, sign
from tests.factories.rounds import open_round, rows_of, submit
from tests.factories.world import NOW, World
from tests.pages.browser import words_of

pytestmark = pytest.mark.database
SHARP = '<script>alert("x")</script>'
NOTED = DispositionVerdict.NOTED


async def closed(world: World, *parties: str, **changed: Any) -> tuple[str, list[str]]:
    """Return a round that has closed, with one comment of each of these parties."""
    round_id = await open_round(world, closes_at=NOW + timedelta(minutes=1))
    comments = [await submit(world, party, round_id, **changed) for party in parties]
    world.clock.now = NOW + timedelta(minutes=2)
    return round_id, comments


async def recorded(world: World, round_id: str, *comments: str) -> None:
    """Record an answer to each of these comments."""
    answers = tuple(AnswerTo(each, 1, None, NOTED, "Read.") for each in comments)
    await world.do("secretariat", answering.record_answers, round_id=round_id, answers=answers)


async def test_coordinator_takes_tags_and_groups_comments_by_the_forms(desk) -> None:
    visitor = await desk("canada")
    round_id, (first, second) = await closed(visitor.world, "japan", "china")
    path, own = f"/rounds/{round_id}/triage", f"/comments/{first}/triage"

    await visitor.send(path, forms_of(await visitor.get(path), "placeComment")[0])
    await visitor.send(path, form_of(await visitor.get(path), "groupComments"), comment=[first, second])
    tagged = await visitor.send(own, form_of(await visitor.get(own), "tagComment"), tags=f"Law, {SHARP}")
    page = await visitor.get(path)

    assert tagged.status_code == 303
    said = await read(visitor, path)
    assert "Delegate canada" in said
    assert "leads its group" in said
    assert "with Japan R1-1" in said
    assert SHARP not in page.text
    assert [row["lead_id"] for row in await rows_of(visitor.world, "comment_triage")] == [first, first]


async def test_comment_is_split_by_its_form_and_its_points_answered(desk) -> None:
    visitor = await desk("secretariat")
    _, (comment,) = await closed(visitor.world, "japan")
    path = f"/comments/{comment}/triage"
    written = {"points.0.text": "Make it a duty.", "points.2.text": SHARP, "points.2.type": "QUESTION", "worded": "0"}

    split = await visitor.send(path, form_of(await visitor.get(path), "splitComment"), **written)
    page = await visitor.get(path)

    assert split.status_code == 303
    assert SHARP not in page.text
    assert [(row["number"], row["type"], row["has_wording"]) for row in await points_of(visitor.world)] == [
        (1, "SUBSTANTIVE", True),
        (2, "QUESTION", False),
    ]


async def test_split_comment_is_joined_again_by_its_form(desk) -> None:
    visitor = await desk("secretariat")
    _, (comment,) = await closed(visitor.world, "japan")
    path = f"/comments/{comment}/triage"
    written = {"points.0.text": "Make it a duty.", "worded": "0"}
    before = await visitor.get(path)
    await visitor.send(path, form_of(before, "splitComment"), **written)

    _, join = forms_of(await visitor.get(path), "splitComment")
    joined = await visitor.send(path, join)
    twice = await visitor.send(path, join)

    assert len(forms_of(before, "splitComment")) == 1
    assert (joined.status_code, twice.status_code) == (303, 303)
    assert await points_of(visitor.world) == []


async def points_of(world: World) -> list[dict[str, Any]]:
    """Return every point in the order of its number."""
    return sorted(await rows_of(world, "comment_points"), key=lambda row: row["number"])


async def test_faulty_split_keeps_what_was_written(desk) -> None:
    visitor = await desk("canada")
    _, (comment,) = await closed(visitor.world, "japan")
    path = f"/comments/{comment}/triage"

    answer = await visitor.send(
        path, form_of(await visitor.get(path), "splitComment"), **{"points.1.text": "Since when?", "worded": "0"}
    )

    assert answer.status_code == 422
    assert "Since when?" in answer.text
    assert await points_of(visitor.world) == []


@pytest.mark.parametrize("who", ["japan", "gea"])
async def test_delegate_sees_no_working_copies_and_no_forms(desk, who: str) -> None:
    visitor = await desk(who)
    round_id, (comment,) = await closed(visitor.world, "japan")
    world = visitor.world
    sent = {
        "comment_id": comment,
        "delegate_id": world.delegates["canada"],
        "function_id": None,
        "note": "Secret note.",
    }
    await world.do("canada", sorting.place_comment, **sent, expected_revision=0)
    points = (PointContent(CommentType.SUBSTANTIVE, "Hidden point.", has_wording=True),)
    await world.do("canada", sorting.split_comment, comment_id=comment, points=points, expected_revision=1)

    pages = [await visitor.get(f"/comments/{comment}/triage"), await visitor.get(f"/rounds/{round_id}/triage")]

    for page in pages:
        assert page.status_code == 200
        assert "Secret note." not in page.text
        assert "Hidden point." not in page.text
        assert "Delegate canada" not in page.text
        assert 'method="post"' not in page.text


async def test_party_reacts_by_the_form_and_stands_on_the_plenary_list(desk) -> None:
    visitor = await desk("japan")
    world = visitor.world
    round_id, (own, other) = await closed(world, "japan", "upu")
    await recorded(world, round_id, own, other)
    path = f"/comments/{own}/triage"
    form = form_of(await visitor.get(path), "reactToAnswer")

    bare = await visitor.send(path, form, reaction="MAINTAINS")
    form = form_of(bare, "reactToAnswer")
    done = await visitor.send(path, form, reaction="MAINTAINS", reason=SHARP)
    work = {row["comment_id"]: row["disposition_id"] for row in await rows_of(world, "comment_work")}
    upu = {"disposition_id": work[other], "reaction": "MAINTAINS", "reason": "So do we."}
    await world.do("upu", settling.react_to_answer, **upu)
    plenary = await visitor.get(f"/rounds/{round_id}/plenary")

    assert (bare.status_code, done.status_code) == (422, 303)
    assert SHARP not in plenary.text
    said = await read(visitor, f"/rounds/{round_id}/plenary")
    assert said.index("Japan maintains it:") < said.index("listed in the report") < said.index("UPU maintains it:")
    assert "reactToAnswer" not in (await visitor.get(path)).text


async def test_reusable_answer_is_kept_and_shown_with_its_uses(desk) -> None:
    visitor = await desk("canada")
    round_id, (comment,) = await closed(visitor.world, "japan")
    path = f"/rounds/{round_id}/reusable"

    kept = await visitor.send(
        path, form_of(await visitor.get(path), "keepAnswer"), title="No duty", reason="It invites."
    )
    (row,) = await rows_of(visitor.world, "reusable_answers")
    sent = {"round_id": round_id, "answers": (AnswerTo(comment, 1),), "reusable_answer_id": row["id"]}
    await visitor.world.do("canada", answering.propose_answers, **sent)

    assert kept.status_code == 303
    said = await read(visitor, path)
    assert "Given 1 time. Japan R1-1" in said
    assert "No answer is kept for this round." in await read(await desk("gea"), path)


async def test_batch_is_undone_by_its_form(desk) -> None:
    visitor = await desk("secretariat")
    round_id, (comment,) = await closed(visitor.world, "japan")
    await recorded(visitor.world, round_id, comment)
    path = f"/rounds/{round_id}/batches"

    undone = await visitor.send(path, form_of(await visitor.get(path), "undoAnswers"), reason="The wrong round.")

    assert undone.status_code == 303
    assert "Undone by Delegate secretariat: The wrong round." in await read(visitor, path)
    assert [row["status"] for row in await rows_of(visitor.world, "comment_work")] == ["SUBMITTED"]


async def test_both_sides_settle_by_their_forms(desk) -> None:
    coordinator, officer = await desk("canada"), await desk("secretariat")
    _, (comment,) = await closed(coordinator.world, "japan", type=CommentType.EDITORIAL)
    sent = {"comment_id": comment, "verdict": NOTED, "reason": "A word.", "wording": None, "expected_revision": 1}
    await coordinator.world.do("canada", single.propose_disposition, **sent)
    path = f"/comments/{comment}/triage"

    for visitor in (coordinator, officer):
        await visitor.send(path, form_of(await visitor.get(path), "settleAnswer"))

    assert [row["status"] for row in await rows_of(coordinator.world, "comment_work")] == ["DISPOSED"]


async def test_advice_is_asked_and_given_by_forms(desk) -> None:
    coordinator, expert = await desk("canada"), await desk("upu")
    world = coordinator.world
    _, (comment,) = await closed(world, "japan")
    path = f"/comments/{comment}/triage"
    asked = {"delegateId": world.delegates["upu"], "question": SHARP, "dueOn": "2018-12-01"}

    forwarded = await coordinator.send(path, form_of(await coordinator.get(path), "forwardComment"), **asked)
    page = await expert.get("/advice")
    given = await expert.send("/advice", form_of(page, "giveAdvice"), advice="It is a duty.")

    assert (forwarded.status_code, given.status_code) == (303, 303)
    assert SHARP not in page.text
    assert "It is a duty." in await read(coordinator, path)
    assert "Nothing was forwarded for advice." in await read(await desk("gea"), "/advice")


@pytest.mark.parametrize("page", ["report", "coverage", "plenary"])
async def test_pages_of_a_round_are_shown_to_all_who_see_it(desk, page: str) -> None:
    visitor = await desk("gea")
    round_id, (comment,) = await closed(visitor.world, "japan", text=SHARP)
    await recorded(visitor.world, round_id, comment)

    answer = await visitor.get(f"/rounds/{round_id}/{page}")

    assert answer.status_code == 200
    assert SHARP not in answer.text
    assert (await visitor.get(f"/rounds/RND_none/{page}")).status_code == 404


async def test_report_links_to_the_evidence_pack_where_there_is_one_for_the_reader(desk) -> None:
    officer = await desk("secretariat")
    round_id, _ = await closed(officer.world, "japan")
    path, address = f"/rounds/{round_id}/report", f"/files/packs/{round_id}.zip"
    before = await officer.get(path)
    await sign(officer.world)
    await ask_for_head(officer.world)

    after, other = await officer.get(path), await (await desk("japan")).get(path)

    assert address not in before.text
    assert "waits for a signed head" in words_of(before)
    assert f'href="{address}"' in after.text
    assert (await officer.get(address)).headers["content-type"] == "application/zip"
    assert "pack" not in words_of(other)


async def test_brief_shows_the_fate_of_own_points(desk) -> None:
    visitor = await desk("japan")
    round_id, (comment,) = await closed(visitor.world, "japan")
    await recorded(visitor.world, round_id, comment)

    assert "1 of your points is answered" in await read(visitor, "/brief")
    assert "0 of your points are answered" in await read(visitor, "/brief?since=2030-01-01")
    assert (await visitor.get("/brief?since=soon")).status_code == 200


def test_cells_of_the_map_are_darker_the_more_comments_there_are() -> None:
    rows = [{"counts": [0, 1, 8]}, {"counts": [2, 4, 6]}]

    lines = draw({"rows": rows, "groups": [{}, {}, {}]})

    assert [[square.shade for square in line.squares] for line in lines] == [[0, 1, 4], [1, 2, 3]]
    assert [line.y for line in lines] == [24, 40]
