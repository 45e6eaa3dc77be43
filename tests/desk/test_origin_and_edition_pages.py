"""Where provisions come from and who confirms it; editions, their page, and the text as at a day."""

from typing import Any

from server.domain.consolidation.actions import issuing
from tests.consolidation.test_actions import SHALL, accepted, consolidate, decided, issue
from tests.desk.desks import form_of, forms_of
from tests.factories.rounds import everything, rows_of
from tests.factories.world import World
from tests.pages.browser import words_of
from tests.texts.test_lineage import import_next, lines_of, version_of


async def test_lines_wait_for_an_officer_who_confirms_one_and_then_the_rest(world: World, desk: Any) -> None:
    version_id = await import_next(world)
    visitor, path = await desk("secretariat"), f"/texts/{version_id}/lineage"
    page = await visitor.get(path)
    assert "3 wait for a person" in words_of(page)
    one, all_ = forms_of(page, "confirmLineage")[0], forms_of(page, "confirmLineage")[-1]

    first = await visitor.send(path, one)
    stale = await visitor.send(path, all_)
    again = await visitor.send(path, forms_of(stale, "confirmLineage")[-1])

    assert (first.status_code, stale.status_code, again.status_code) == (303, 422, 303)
    assert "The lines below are those that stand now." in words_of(stale)
    assert sum(is_confirmed for *_, is_confirmed in await lines_of(world, version_id)) == 3
    words = await visitor.read(f"{path}?done=confirmLineage")
    assert "The origin is confirmed. " in words
    assert "Nothing waits for a person" in words
    assert "By Delegate secretariat on 24 Sept 2018" in words


async def test_an_officer_gives_a_new_provision_the_key_of_one_that_is_gone(world: World, desk: Any) -> None:
    version_id = await import_next(world)
    visitor, path = await desk("secretariat"), f"/texts/{version_id}/lineage"
    new = next(key for kind, key, *_ in await lines_of(world, version_id) if kind == "INSERTED")
    form = next(
        form
        for form in forms_of(await visitor.get(path), "confirmLineage")
        if form.fields["lines.0.provisionKey"] == new and form.fields["_form"].startswith("other-")
    )
    before = await everything(world)

    refused = await visitor.send(path, form, **{"lines.0.fromKey": world.keys[0]})
    assert await everything(world) == before
    answer = await visitor.send(path, form, **{"lines.0.fromKey": world.keys[2]})

    assert (refused.status_code, answer.status_code) == (422, 303)
    keys = [key for _, key, *_ in await lines_of(world, version_id)]
    assert world.keys[2] in keys
    assert new not in keys


async def test_who_leads_reads_the_lines_and_confirms_none(world: World, desk: Any) -> None:
    version_id = await import_next(world)
    path = f"/texts/{version_id}/lineage"
    form = forms_of(await (await desk("secretariat")).get(path), "confirmLineage")[0]
    leader, seen = await desk("canada"), (await version_of(world, version_id))["version"]

    page = await leader.get(path)
    answer = await leader.forge(path, form)

    assert "confirmed by the Secretariat before the version is issued" in words_of(page)
    assert forms_of(page) == []
    assert answer.status_code == 422
    assert (await version_of(world, version_id))["version"] == seen
    assert (await (await desk("japan")).get(path)).status_code == 404


async def test_versions_without_lines_say_why(world: World, desk: Any) -> None:
    await accepted(world, SHALL)
    version_id = (await consolidate(world)).target_id
    visitor = await desk("secretariat")

    assert "This is the first version" in await visitor.read(f"/texts/{world.version}/lineage")
    assert "This version was consolidated" in await visitor.read(f"/texts/{version_id}/lineage")


async def test_markup_in_an_imported_text_is_words(world: World, desk: Any) -> None:
    version_id = await import_next(world, "# Scope\n\n1. Use `<script>alert(1)</script>` never.\n")
    visitor = await desk("secretariat")

    for page in ("lineage", "changes", "translations", "terms", "corrections"):
        answer = await visitor.get(f"/texts/{version_id}/{page}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


async def test_nothing_was_adopted_and_a_day_before_the_first_version(world: World, desk: Any) -> None:
    visitor = await desk("japan")
    (instrument,) = await rows_of(world, "instruments")

    assert "No edition was adopted yet." in await visitor.read("/editions")
    at = f"/editions?instrument={instrument['id']}&on="
    assert "Newest text Draft 1 , issued on 22 September 2018" in await visitor.read(f"{at}2018-09-24")
    assert "No version was issued by then." in await visitor.read(f"{at}2017-01-01")
    assert "Write a day, such as 2022-12-08." in await visitor.read(f"{at}yesterday")
    assert "Choose the text" in await visitor.read("/editions?on=2018-09-24")
    assert (await visitor.get(f"/editions/EDN_{'0' * 26}")).status_code == 404


async def test_an_edition_names_its_decision_and_takes_objections(world: World, desk: Any) -> None:
    await accepted(world, SHALL)
    version_id = (await consolidate(world)).target_id
    officer = await desk("secretariat")
    provision = next(
        row
        for row in await rows_of(world, "provision_texts")
        if row["text_version_id"] == version_id and row["provision_id"] == world.keys[1]
    )
    path = f"/provisions/{provision['id']}"
    form = form_of(await officer.get(path), "correctEditorially")
    typing = {"words": "e-commerce", "replacement!": "E-Commerce", "reason": "Capitals."}
    assert (await officer.send(path, form, **typing)).status_code == 303
    await issue(world, version_id)
    decision_id = await decided(world, version_id, "council")
    sent = {"text_version_id": version_id, "decision_id": decision_id, "label": "<b>2018</b> edition"}
    edition_id = await world.do("secretariat", issuing.publish_edition, **sent)
    visitor = await desk("upu")

    listed, page = await visitor.get("/editions"), await visitor.get(f"/editions/{edition_id}")

    assert f'<a href="/editions/{edition_id}" dir="auto">&lt;b&gt;2018&lt;/b&gt; edition</a>' in listed.text
    assert "Adopted by Council , session 300" in words_of(page)
    assert "“approved” Approved" in words_of(page)
    objection = form_of(page, "objectToCorrection")
    answer = await visitor.send(f"/editions/{edition_id}", objection, reason="It was agreed so.")
    assert answer.status_code == 303
    assert "UPU objected on" in await visitor.read(f"/editions/{edition_id}")
