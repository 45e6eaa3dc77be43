"""The receipt of a comment: what it says, for whom it is, and the file that the verifier takes."""

from pathlib import Path

import pytest

from server.models.parties import Delegate
from server.web.desk.visits import ACTING_COOKIE
from tests.factories.evidence import sign
from tests.factories.rounds import draft, open_round, submit
from tests.factories.verifier import verify_by_python
from tests.factories.world import START, World
from tests.pages.browser import words_of

pytestmark = pytest.mark.database


async def test_a_receipt_says_what_was_filed_when_and_what_happens_next(desk, world: World) -> None:
    await sign(world)
    comment_id = await submit(world, "japan", await open_round(world), text="<script>alert(1)</script>")
    visitor = await desk("japan")

    answer = await visitor.get(f"/receipts/{comment_id}")
    said = words_of(answer)

    assert "Receipt: Japan R1-1" in said
    assert "Japan Customs, Member" in said
    assert "Filed by Delegate japan" in said
    assert "A round accepts comments from its opening instant until, and not including, its closing instant." in said
    assert "The coordinators of WGEC-2 propose an answer to each comment, the Secretariat records it." in said
    assert "No signed head is out over it yet." in said
    assert "<script>alert" not in answer.text


async def test_after_the_close_a_receipt_is_proven_by_a_signed_head(desk, world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    world.clock.move(days=8)
    await sign(world)
    visitor = await desk("japan")

    assert "proven by signed head" in await visitor.read(f"/receipts/{comment_id}")


async def test_the_file_of_a_receipt_is_what_the_verifier_takes(desk, world: World, tmp_path: Path) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    world.clock.move(days=8)
    await sign(world)
    visitor = await desk("japan")
    page = await visitor.get(f"/receipts/{comment_id}")
    address = f"/files/receipts/{comment_id}.json"
    assert f'href="{address}"' in page.text

    saved = tmp_path / "receipt.json"
    saved.write_bytes((await visitor.get(address)).content)

    assert verify_by_python(saved).holds


async def test_a_receipt_is_for_its_party_and_the_secretariat(desk, world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    await sign(world)

    for who, status in (("japan-assistant", 200), ("secretariat", 200), ("upu", 404)):
        visitor = await desk(who)
        assert (await visitor.get(f"/receipts/{comment_id}")).status_code == status
        assert (await visitor.get(f"/files/receipts/{comment_id}.json")).status_code == status


async def test_a_receipt_as_a_file_is_for_the_party_that_was_chosen(desk, world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    await sign(world)
    second = Delegate(person_id=world.persons["upu"], party_id=world.parties["japan"], starts_on=START)
    await world.add(second)
    visitor = await desk("upu")
    page, file = f"/receipts/{comment_id}", f"/files/receipts/{comment_id}.json"

    for standing, status in ((world.delegates["upu"], 404), (second.id, 200)):
        visitor.client.cookies.set(ACTING_COOKIE, standing)
        assert (await visitor.get(page)).status_code == status
        assert (await visitor.get(file)).status_code == status


async def test_drafts_and_unknown_ids_have_no_receipt(desk, world: World) -> None:
    round_id = await open_round(world)
    drafted = await draft(world, "japan", round_id)
    await sign(world)
    visitor = await desk("japan")
    nothing = await visitor.get("/receipts/CMT_01m8fy7yzjs6vr2f4jf38qsxga")

    for each in (drafted, "no-id", round_id):
        answer = await visitor.get(f"/receipts/{each}")
        assert (answer.status_code, answer.text) == (404, nothing.text)


async def test_a_receipt_of_several_leaves_out_what_is_of_others(desk, world: World) -> None:
    round_id = await open_round(world)
    first = await submit(world, "japan", round_id)
    second = await submit(world, "japan", round_id)
    foreign = await submit(world, "upu", round_id, text="Of somebody else.")
    await sign(world)
    visitor = await desk("japan")

    said = await visitor.read(f"/receipts/{first}?also={second}&also={foreign}&also=no-id&done=clearComment")

    assert "Receipt: 2 comments of Japan" in said
    assert "Filed. Keep this page or print it." in said
    assert "somebody else" not in said
