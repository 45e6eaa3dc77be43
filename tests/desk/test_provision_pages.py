"""The dossier of a provision, corrections of errors in it, and objections to them."""

from typing import Any

import pytest

from server.domain.consolidation.actions import correcting
from tests.consolidation.test_actions import SHALL, accepted, consolidate, issue, seen_version
from tests.desk.desks import Desk, form_of, forms_of
from tests.factories.proposals import draft, submitted
from tests.factories.rounds import everything, rows_of
from tests.factories.world import WORDS, World
from tests.pages.browser import words_of
from tests.texts.test_lineage import import_next, texts_of

TYPING = {"words": "electronic data", "replacement!": "electronic, data", "reason": "A comma."}


async def making(world: World) -> tuple[str, str]:
    """Return a version that is being made and the page of its first paragraph."""
    await accepted(world, SHALL)
    version_id = (await consolidate(world)).target_id
    return version_id, f"/provisions/{(await texts_of(world, version_id))[1]['id']}"


async def corrected(world: World, version_id: str, words: str = "electronic data") -> str:
    """Correct an error of typing in the first paragraph and return the correction's id."""
    return await world.do(
        "secretariat",
        correcting.correct_editorially,
        text_version_id=version_id,
        provision_key=world.keys[1],
        words=words,
        replacement=words.replace("data", "datum"),
        reason="Latin.",
        expected_revision=await seen_version(world, version_id),
    )


async def test_a_dossier_says_who_wrote_which_words_and_what_was_said_about_them(world: World, desk: Any) -> None:
    await accepted(world, SHALL)
    version_id = (await consolidate(world)).target_id
    await issue(world, version_id)
    first, second = world.provisions[1], (await texts_of(world, version_id))[1]["id"]
    visitor = await desk("japan")

    words = await visitor.read(f"/provisions/{second}")

    assert words.startswith("Paragraph 1 · Intersession")
    assert "administrations shall a exchange" in words
    assert "a · Draft 2 UPU, UPU R1-1 Accepted" in words
    assert "[deleted: should ] [inserted: shall ] a exchange" in words
    assert "The same provision in: Draft 1" in words
    assert "Comments on it (1)" in words
    assert "All of these words stood in the first version." in await visitor.read(f"/provisions/{first}")


async def test_a_proposal_is_named_at_its_provision_to_those_who_see_it(world: World, desk: Any) -> None:
    await submitted(world)
    await draft(world, "canada", title="Hidden draft")

    path = f"/provisions/{world.provisions[1]}"
    pages = {person: await (await desk(person)).read(path) for person in ("japan", "canada", "upu")}

    assert "Proposals that concern it (1)" in pages["japan"]
    assert "Hidden draft" not in pages["japan"]
    assert "Proposals that concern it (1) Hidden draft Draft" in pages["canada"]
    assert "No proposal concerns it" in pages["upu"]
    assert "No proposal concerns it" in await (await desk("japan")).read(f"/provisions/{world.provisions[0]}")


async def test_references_lead_both_ways_and_terms_to_their_definition(world: World, desk: Any) -> None:
    text = "# Scope\n\n1. “Parcel” means a small packet.\n\n2. A Parcel under paragraph 1 is released.\n"
    version_id = await import_next(world, text, title="Terms", short_title="Terms", label="Draft 1")
    rows = await texts_of(world, version_id)
    visitor = await desk("secretariat")

    definition, use = [await visitor.read(f"/provisions/{row['id']}") for row in rows[1:]]

    assert "It refers to “paragraph 1” → 1. Resolved" in use
    assert "It uses: Parcel" in use
    assert "Referred to by 2. “paragraph 1”" in definition
    assert "It defines: Parcel (used once)" in definition
    terms = await visitor.read(f"/texts/{version_id}/terms")
    assert "Parcel Paragraph 1 “Parcel” means a small packet. Paragraph 2 1" in terms
    assert "This version defines no terms" in await visitor.read(f"/texts/{world.version}/terms")


async def test_an_officer_corrects_an_error_and_everybody_reads_it(world: World, desk: Any) -> None:
    version_id, path = await making(world)
    visitor = await desk("secretariat")
    form = form_of(await visitor.get(path), "correctEditorially")

    answer = await visitor.send(path, form, **TYPING)
    again = await visitor.send(path, form, **TYPING)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?done=correctEditorially#corrections")
    assert again.headers["location"] == answer.headers["location"]
    (correction,) = await rows_of(world, "text_corrections")
    assert (correction["before"], correction["replacement"]) == ("electronic data", "electronic, data")
    words = await visitor.read(f"{path}?done=correctEditorially")
    assert "The error is corrected." in words
    assert "advance electronic , b data" in words
    assert "b · Draft 2 Correction, See the correction A comma." in words
    assert "Paragraph 1 Editorial Stands [deleted: electronic data ] [inserted: electronic, data ] A comma." in (
        await visitor.read(f"/texts/{version_id}/corrections")
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"words": "unknown words"}, "these words do not stand in the provision"),
        ({"words": "shall", "replacement!": "should"}, "words of obligation"),
        ({"reason": ""}, "say why"),
    ],
)
async def test_a_refused_correction_keeps_what_was_written(
    world: World, desk: Any, changes: dict[str, str], fault: str
) -> None:
    _, path = await making(world)
    visitor = await desk("secretariat")
    form = form_of(await visitor.get(path), "correctEditorially")
    before = await everything(world)

    answer = await visitor.send(path, form, **(TYPING | changes))

    assert answer.status_code == 422
    assert fault in words_of(answer)
    assert "Error:" in answer.text.split("</title>")[0]
    fields = form_of(answer, "correctEditorially").fields
    assert {name: fields[name] for name in TYPING} == TYPING | changes
    assert fields["idempotencyKey"] != form.fields["idempotencyKey"]
    assert await everything(world) == before


async def test_a_correction_of_words_that_somebody_changed_shows_what_was_seen_and_what_stands(
    world: World, desk: Any
) -> None:
    version_id, path = await making(world)
    visitor = await desk("secretariat")
    form = form_of(await visitor.get(path), "correctEditorially")
    await corrected(world, version_id)

    answer = await visitor.send(path, form, **(TYPING | {"words": "advance"}))

    words = words_of(answer)
    assert answer.status_code == 422
    assert "Somebody was faster" in words
    assert "What you saw Customs administrations shall exchange advance electronic data" in words
    assert "What stands now Customs administrations shall exchange advance electronic datum" in words
    resent = form_of(answer, "correctEditorially")
    assert (await visitor.send(path, resent, **{"replacement!": "advance,"})).status_code == 303


async def test_a_reference_is_corrected_where_it_stands(world: World, desk: Any) -> None:
    text = "# Scope\n\n1. Parcels wait.\n\n2. Under paragraph 1, and again paragraph 1.\n"
    version_id = await import_next(world, text, title="Terms", short_title="Terms", label="Draft 1")
    path = f"/provisions/{(await texts_of(world, version_id))[2]['id']}"
    visitor = await desk("secretariat")
    _, second = forms_of(await visitor.get(path), "correctReference")

    answer = await visitor.send(path, second, replacement="paragraph 2", reason="Renumbered.")

    assert answer.status_code == 303
    assert "Under paragraph 1, and again paragraph 2." in await visitor.read(path)


async def test_a_party_objects_to_a_correction_and_the_secretariat_cannot(world: World, desk: Any) -> None:
    version_id, path = await making(world)
    await corrected(world, version_id)
    await issue(world, version_id)
    visitor, officer = await desk("japan"), await desk("secretariat")
    for place in (path, f"/texts/{version_id}/corrections"):
        assert len(forms_of(await visitor.get(place), "objectToCorrection")) == 1
        assert forms_of(await officer.get(place), "objectToCorrection") == []
    form = form_of(await visitor.get(path), "objectToCorrection")

    refused = await visitor.send(path, form, reason="x" * 2001)
    answer = await visitor.send(path, form, reason="<b>Agreed</b> so.")

    assert refused.status_code == 422
    assert answer.status_code == 303
    page = await visitor.get(f"/texts/{version_id}/corrections")
    assert "Objected" in words_of(page)
    assert "&lt;b&gt;Agreed&lt;/b&gt; so." in page.text
    assert "Paragraph 1 Editorial Objected" in words_of(page)
    assert forms_of(page, "objectToCorrection") == []


async def test_a_form_that_is_not_for_the_sender_changes_nothing(world: World, desk: Any) -> None:
    version_id, path = await making(world)
    form = form_of(await (await desk("secretariat")).get(path), "correctEditorially")
    leader: Desk = await desk("canada")
    assert forms_of(await leader.get(path), "correctEditorially") == []
    before = await everything(world)

    answer = await leader.forge(path, form, **TYPING)

    assert answer.status_code == 422
    assert "Secretariat" in words_of(answer)
    assert await everything(world) == before
    assert (await (await desk("japan")).get(path)).status_code == 404
    assert version_id not in (await (await desk("japan")).get(f"/provisions/{world.provisions[1]}")).text


async def test_an_issued_version_says_why_nothing_is_corrected(world: World, desk: Any) -> None:
    words = await (await desk("secretariat")).read(f"/provisions/{world.provisions[1]}")

    assert "Correct an error: This version is issued." in words
    assert WORDS[1] in words
    assert (await (await desk("japan")).get(f"/provisions/PVT_{'0' * 26}")).status_code == 404
    assert (await (await desk("japan")).get("/provisions/nothing")).status_code == 404
