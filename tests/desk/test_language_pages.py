"""The languages of a text: what a translation owes, both side by side, and the forms by which it is translated."""

from typing import Any

from tests.desk.desks import form_of, forms_of
from tests.factories.rounds import everything, rows_of
from tests.factories.world import World
from tests.pages.browser import words_of
from tests.texts.test_lineage import texts_of, version_of
from tests.texts.test_translations import CHANGED, keys_of, open_next, original, translate, translated

NEW = "Les colis attendent."


async def opened(world: World) -> str:
    """Return a French version that is being made, of an original that went on since the one before."""
    _, french = await translated(world)
    await original(world, CHANGED)
    return await open_next(world, french)


async def test_a_text_in_one_language_says_so(world: World, desk: Any) -> None:
    path = f"/texts/{world.version}/translations"

    pages = {person: await (await desk(person)).read(path) for person in ("japan", "secretariat")}

    assert "This text stands in one language only. The Secretariat imports" in pages["japan"]
    assert "Import a translation" in pages["secretariat"]


async def test_the_original_lists_its_languages_and_each_says_what_it_follows(world: World, desk: Any) -> None:
    first, french = await translated(world)
    second = await original(world, CHANGED)
    visitor = await desk("japan")

    earlier, later, translation = [
        await visitor.read(f"/texts/{each}/translations") for each in (first, second, french)
    ]

    assert "French Draft 2, 24 Sept 2018 This version" in earlier
    assert "French Draft 2, 24 Sept 2018 An earlier version" in later
    assert "The original went on since this version was issued." in translation
    assert "[deleted: should ] [inserted: shall ]" in translation
    assert forms_of(await visitor.get(f"/texts/{french}/translations")) == []


async def test_both_languages_stand_side_by_side(world: World, desk: Any) -> None:
    _, french = await translated(world)

    page = await (await desk("upu")).get(f"/texts/{french}/translations?view=all")

    assert "English Customs should exchange data. French Les douanes devraient échanger des données." in words_of(page)
    assert '<p lang="fr" dir="auto">Les colis sont petits.</p>' in page.text
    assert "Nothing waits" in await (await desk("upu")).read(f"/texts/{french}/translations")


async def test_an_officer_begins_the_next_version_of_a_language(world: World, desk: Any) -> None:
    _, french = await translated(world)
    await original(world, CHANGED)
    visitor, path = await desk("secretariat"), f"/texts/{french}/translations"
    form = form_of(await visitor.get(path), "openLanguageVersion")

    answer = await visitor.send(path, form)
    refused = await visitor.send(path, form, idempotencyKey="another")

    assert answer.status_code == 303
    (version_id,) = [row["id"] for row in await rows_working(world)]
    assert answer.headers["location"] == f"/texts/{version_id}/translations?done=openLanguageVersion"
    assert "3 provisions wait for translation" in await visitor.read(answer.headers["location"])
    assert refused.status_code == 422
    assert (await (await desk("japan")).get(f"/texts/{version_id}/translations")).status_code == 404


async def rows_working(world: World) -> list[dict[str, Any]]:
    """Return the versions that are being made."""
    return [row for row in await rows_of(world, "text_versions") if row["status"] == "WORKING"]


async def test_a_translation_is_kept_once_and_an_empty_one_is_refused(world: World, desk: Any) -> None:
    version_id = await opened(world)
    visitor, path = await desk("secretariat"), f"/texts/{version_id}/translations"
    first, *_ = forms_of(await visitor.get(path), "translateProvision")
    assert first.fields["text"] == "Les douanes devraient échanger des données."
    before = await everything(world)

    empty = await visitor.send(path, first, text="")
    assert await everything(world) == before
    answers = [await visitor.send(path, first, text=f"<i>{NEW}</i>") for _ in range(2)]

    assert empty.status_code == 422
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (await texts_of(world, version_id))[1]["text"] == f"<i>{NEW}</i>"
    page = await visitor.get(f"{path}?view=all")
    assert f"<i>{NEW}" not in page.text
    assert f"&lt;i&gt;{NEW}" in page.text


async def test_a_translation_that_somebody_else_wrote_meanwhile_keeps_both(world: World, desk: Any) -> None:
    version_id = await opened(world)
    visitor, path = await desk("secretariat"), f"/texts/{version_id}/translations"
    first, *others = forms_of(await visitor.get(path), "translateProvision")
    key = (await keys_of(world, version_id))[1]
    await translate(world, version_id, key, "Les douanes échangent.")

    gone = await visitor.send(path, first, text=NEW)
    stale = await visitor.send(path, others[0], text=NEW)
    beside = await visitor.send(f"{path}?view=all", first, text=NEW)

    assert [answer.status_code for answer in (gone, stale, beside)] == [422, 422, 422]
    assert f"somebody translated it. See it in the whole text. You wrote: {NEW}" in words_of(gone)
    assert "these words still stand as you saw them" in words_of(stale)
    assert NEW in [form.fields["text"] for form in forms_of(stale, "translateProvision")]
    assert "What stands now Les douanes échangent." in words_of(beside)
    resent = next(form for form in forms_of(beside, "translateProvision") if form.fields["text"] == NEW)
    assert (await visitor.send(path, resent)).status_code == 303
    assert (await texts_of(world, version_id))[1]["text"] == NEW


async def test_a_translation_is_corrected_in_its_dossier(world: World, desk: Any) -> None:
    version_id = await opened(world)
    visitor = await desk("secretariat")
    path = f"/provisions/{(await texts_of(world, version_id))[1]['id']}"
    form = form_of(await visitor.get(path), "correctLinguistically")

    answer = await visitor.send(path, form, words="échanger", reason="Style.", **{"replacement!": "transmettre"})

    assert answer.status_code == 303
    assert (await texts_of(world, version_id))[1]["text"] == "Les douanes devraient transmettre des données."
    assert (await version_of(world, version_id))["language"] == "fr"
    assert "Beside the original" in await visitor.read(path)
