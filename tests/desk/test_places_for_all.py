"""What the API offers has its place on a page: replies of a round, cells, parts, notes, new provisions, seals."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.consolidation.actions.issuing import issue_version
from server.domain.texts.actions import importing
from server.models.texts import ProvisionText
from server.vocabulary.rounds import RoundVisibility
from tests.desk.desks import Form, form_of, forms_of
from tests.desk.phrases import phrases_of, read
from tests.evidence.test_seals import seal
from tests.factories.calls import file, open_call
from tests.factories.rounds import CLOSES, draft, open_round, rows_of, submit
from tests.factories.threads import ask_to_sign
from tests.factories.world import World
from tests.texts.test_lineage import texts_of

pytestmark = pytest.mark.database
SHARP = '<script>alert("x")</script>'


def form_named(response: Any, name: str) -> Form:
    """Return the form of a page with a name."""
    (form,) = [form for form in forms_of(response) if form.fields.get("_form") == name]
    return form


async def place_of(world: World, position: int) -> tuple[str, str]:
    """Return the id and the permanent key of a provision."""
    async with world.database.reading() as connection:
        chosen = select(ProvisionText.id, ProvisionText.provision_id).where(
            ProvisionText.id == world.provisions[position]
        )
        row = (await connection.execute(chosen)).one()
    return row.id, row.provision_id


async def test_round_is_called_with_those_who_reply_and_with_a_part_found_by_its_number(desk, world: World) -> None:
    visitor, (_, key) = await desk("canada"), await place_of(world, 1)
    path = f"/rounds/new?version={world.version}"
    form = form_of(await visitor.get(path), "openRound")
    named = {"title": "Views", "replies": "DELEGATES", "settings.roundScope": "NAMED"}

    listed = await visitor.send(path, form, **named, _number="1", _preview="parts")
    again = form_of(listed, "openRound")
    called = await visitor.send(path, again, **{"settings.provisionKeys": [key]})

    assert listed.status_code == 200
    assert f'value="{key}"' in listed.text
    assert (again.fields["title"], again.fields["replies"]) == ("Views", "DELEGATES")
    assert called.status_code == 303
    (row,) = await rows_of(world, "rounds")
    assert (row["replies"], row["provision_keys"]) == ("DELEGATES", [key])


async def test_cursor_of_another_list_of_parts_is_left(desk, world: World) -> None:
    visitor = await desk("canada")
    path = f"/rounds/new?version={world.version}"
    form = form_of(await visitor.get(path), "openRound")

    listed = await visitor.send(path, form, _listed="PRV_other|", _preview="no cursor")

    assert listed.status_code == 200


async def test_note_on_a_provision_is_written_seen_by_the_party_alone_and_removed(desk, world: World) -> None:
    await open_round(world)
    visitor, other = await desk("japan"), await desk("china")
    path = f"/provisions/{world.provisions[1]}"

    kept = await visitor.send(path, form_of(await visitor.get(path), "writeNote"), text=SHARP)
    page = await visitor.get(path)
    bare = await visitor.send(path, form_of(page, "writeNote"), text="")
    hidden = await other.read(path)
    removed = await visitor.send(path, form_of(page, "discardNote"))

    assert (kept.status_code, bare.status_code, removed.status_code) == (303, 422, 303)
    assert SHARP not in page.text
    assert "alert" in page.text
    assert "alert" not in hidden
    assert "alert" not in await visitor.read(path)
    assert "writeNote" not in (await (await desk("secretariat")).get(path)).text


async def test_draft_of_a_new_provision_is_changed_on_its_page(desk, world: World) -> None:
    round_id = await open_round(world)
    visitor = await desk("japan")
    _, key = await place_of(world, 1)
    path = f"/texts/{world.version}?on={key}&new=1"
    form = form_named(await visitor.get(path), "comment")
    written = {"newProvision.words": "Fees should be low.", "text": "A new rule.", "reason": "Trade."}
    await visitor.send(path, form, _act="draftComment", roundId=round_id, **written)
    (comment,) = await rows_of(world, "comments")
    own = f"/comments/{comment['id']}"

    text = await visitor.get(f"/texts/{world.version}?on={key}&draft={comment['id']}")
    revise = form_named(await visitor.get(own), "revise")
    kept = await visitor.send(own, revise, **{"newProvision.words": "Fees should be lower."})
    stale = await visitor.send(own, revise, **{"newProvision.words": "No fees."})

    assert form_named(text, "comment").fields.get("commentId") is None
    assert f'href="/comments/{comment["id"]}#change"' in text.text
    assert (kept.status_code, stale.status_code) == (303, 422)
    (comment,) = await rows_of(world, "comments")
    assert comment["addition_words"] == "Fees should be lower."
    assert "Fees should be lower." in phrases_of(stale)
    assert "No fees." in stale.text


async def test_comment_that_others_filed_before_is_filed_only_after_they_were_shown(desk, world: World) -> None:
    round_id = await open_round(world)
    first = await submit(world, "japan", round_id, text=f"The duty must be clear. {SHARP}")
    visitor, (_, key) = await desk("china"), await place_of(world, 1)
    path = f"/texts/{world.version}?on={key}"
    form = form_named(await visitor.get(path), "comment")
    words = str(form.fields["proposedWording!"]).replace("should exchange", "shall exchange")
    filled = {"text": "The duty must be clear.", "reason": "Legal certainty.", "proposedWording!": words}

    held = await visitor.send(path, form, _act="submitComment", **filled)
    own_only = len(await rows_of(world, "comments"))
    filed = await visitor.send(path, form_named(held, "comment"), _act="submitComment")

    assert (held.status_code, own_only, filed.status_code) == (200, 1, 303)
    assert "Not filed yet: these say much the same" in phrases_of(held)
    assert f'href="/comments/{first}"' in held.text
    assert SHARP not in held.text
    assert form_named(held, "comment").fields["text"] == "The duty must be clear."


async def test_words_of_the_own_party_and_of_a_sealed_round_hold_nothing_up(desk, world: World) -> None:
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    await submit(world, "japan", round_id)
    for who in ("china", "japan"):
        visitor, (_, key) = await desk(who), await place_of(world, 1)
        path = f"/texts/{world.version}?on={key}"
        form = form_named(await visitor.get(path), "comment")
        sent = await visitor.send(path, form, _act="submitComment", text="The duty must be clear.", type="QUESTION")
        assert sent.status_code == 303


async def test_triage_names_comments_that_say_much_the_same(desk, world: World) -> None:
    round_id = await open_round(world)
    for who in ("japan", "china"):
        await submit(world, who, round_id)
    world.clock.now = CLOSES

    said = await read(await desk("canada"), f"/rounds/{round_id}/triage")

    assert "1 group of comments says much the same" in said
    assert "much the same as Japan R1-1" in said
    assert "much the same" not in await read(await desk("gea"), f"/rounds/{round_id}/triage")


async def test_seals_are_shown_while_the_round_is_sealed_and_opened_after_its_close(desk, world: World) -> None:
    await seal(world)
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    comment = await submit(world, "japan", round_id)
    world.clock.move(hours=1)
    await seal(world)
    path = f"/rounds/{round_id}"

    before = await (await desk("china")).get(path)
    receipt = await (await desk("japan")).get(f"/receipts/{comment}")
    world.clock.now = CLOSES
    await seal(world)
    after = await (await desk("china")).get(path)

    seals = sorted(await rows_of(world, "seals"), key=lambda row: row["number"])
    (commitment,) = await rows_of(world, "filing_commitments")
    assert seals[0]["digest"] in before.text
    assert f"/journal/seals/{round_id}.json" in before.text
    assert f"/files/seals/{round_id}.json" not in before.text
    assert "intersession-seal-1" in before.text
    assert commitment["digest"] in receipt.text
    assert commitment["salt"] in receipt.text
    assert commitment["salt"] not in before.text
    assert [row["digest"] in after.text for row in seals[-2:]] == [True] * len(seals[-2:])
    assert f"/files/seals/{round_id}.json" in after.text
    open_round_id = await open_round(world, closes_at=CLOSES + timedelta(days=1))
    assert "/journal/seals/" not in (await (await desk("china")).get(f"/rounds/{open_round_id}")).text


async def test_comment_on_one_cell_is_filed_by_the_form(desk, world: World) -> None:
    table = "# Data\n\n| Element | Given by |\n|---|---|\n| Value | seller |\n"
    names = {"title": "Note on data", "short_title": "Note", "label": "Draft 1", "language": "en"}
    version = await world.do("secretariat", importing.import_text, markdown=table, **names)
    await world.do("secretariat", issue_version, text_version_id=version, expected_revision=1)
    await open_round(world, text_version_id=version)
    row = (await texts_of(world, version))[-1]
    visitor, path = await desk("japan"), f"/texts/{version}?on={row['provision_id']}"
    form = form_named(await visitor.get(path), "comment")
    asked = {"text": "Which seller?", "type": "QUESTION", "cell": "2"}

    remark = await visitor.send(path, form, _act="draftComment", **asked)
    wording = await visitor.send(
        path,
        form,
        _act="draftComment",
        reason="Why.",
        **asked | {"type": "SUBSTANTIVE", "proposedWording!": "Worth | seller"},
    )

    assert (remark.status_code, wording.status_code) == (303, 303)
    assert [comment["cell"] for comment in await rows_of(world, "comments")].count(2) == 1


async def test_the_only_party_that_is_asked_to_sign_can_be_asked_no_longer(desk, world: World) -> None:
    comment_id = await ask_to_sign(world, await open_round(world), "upu")
    visitor, path = await desk("japan"), f"/comments/{comment_id}?asking=1"

    sent = await visitor.send(path, form_named(await visitor.get(path), "without"))

    assert sent.status_code == 303
    assert await rows_of(world, "co_signatures") == []


async def test_call_that_asks_a_party_stands_on_its_first_page_until_it_is_answered(desk, world: World) -> None:
    call_id = await open_call(world, title=SHARP)
    visitor = await desk("japan")

    before = await visitor.get("/")
    await file(world, "japan", call_id)
    after = await visitor.get("/")

    assert f'href="/calls/{call_id}/answer"' in before.text
    assert SHARP not in before.text
    assert f'class="button small second" href="/calls/{call_id}/answer"' not in after.text
    assert f'href="/calls/{call_id}"' in after.text


async def test_draft_keeps_its_words_when_a_colleague_was_faster(desk, world: World) -> None:
    comment_id = await draft(world, "japan-assistant", await open_round(world))
    first, second = await desk("japan"), await desk("japan-assistant")
    path = f"/texts/{world.version}?on=general&draft={comment_id}"
    mine, theirs = [form_named(await each.get(path), "comment") for each in (first, second)]

    await second.send(path, theirs, _act="reviseComment", text="Words of a colleague.")
    stale = await first.send(path, mine, _act="reviseComment", text="My words.")

    said = phrases_of(stale)
    assert stale.status_code == 422
    assert [each in said for each in ("The duty must be clear.", "Words of a colleague.", "My words.")] == [True] * 3
