"""The life of a round on its pages: the list, the terms, each step with its reason, and late admission."""

from datetime import timedelta

import pytest

from server.domain.rounds.actions import calling
from server.domain.rounds.rules.terms import RoundSettings
from server.vocabulary.calling import RoundScope
from tests.desk.desks import form_of, forms_of
from tests.desk.phrases import read
from tests.factories.rounds import CLOSES, everything, open_round, rows_of, submit
from tests.factories.world import NOW, World

pytestmark = pytest.mark.database
SHARP = '<script>alert("x")</script>'


async def test_list_of_rounds_shows_code_phase_and_close_and_is_filtered(desk, world: World) -> None:
    await open_round(world, title="Views on data")
    await open_round(world, title=SHARP, opens_at=NOW + timedelta(days=1))
    visitor = await desk("japan")

    shown = await visitor.get("/rounds")
    planned = await read(visitor, "/rounds?phase=PLANNED")

    assert SHARP not in shown.text
    assert "2 rounds that you see" in await read(visitor, "/rounds")
    assert "R1 Views on data" in await read(visitor, "/rounds?q=views")
    assert ("Views on data" in planned, "R2" in planned) == (False, True)
    assert "No round is found." in await read(visitor, "/rounds?q=nothing")


async def test_terms_are_shown_and_corrected_with_a_reason_before_the_round_opens(desk, world: World) -> None:
    round_id = await open_round(world, opens_at=NOW + timedelta(days=1))
    visitor = await desk("canada")
    path = f"/rounds/{round_id}/terms"
    form = form_of(await visitor.get(path), "reviseRound")

    refused = await visitor.send(path, form, title="Other", reason="")
    done = await visitor.send(
        path,
        form_of(await visitor.get(path), "reviseRound"),
        **{"title": "Other", "reason": "A better title.", "settings.mostComments": "3", "settings.reminderDays": ["7"]},
    )
    said = await read(visitor, done.headers["location"])

    assert refused.status_code == 422
    assert 'id="reviseRound-reason-fault"' in refused.text
    assert done.status_code == 303
    assert "The terms are corrected." in said
    assert "3 comments of each party" in said
    assert "Revised A better title." in said


async def test_terms_page_for_who_leads_nothing_says_who_corrects_them(desk, world: World) -> None:
    round_id = await open_round(world)

    said = await read(await desk("japan"), f"/rounds/{round_id}/terms")

    assert "The terms are corrected by those who lead the body" in said
    assert (await (await desk("japan")).get("/rounds/RND_00000000000000000000000000/terms")).status_code == 404


async def test_officer_pauses_resumes_and_closes_a_round_by_its_forms(desk, world: World) -> None:
    round_id = await open_round(world)
    world.clock.move(hours=1)
    visitor, path = await desk("secretariat"), f"/rounds/{round_id}"

    for act in ("pauseRound", "resumeRound", "closeRound"):
        sent = await visitor.send(path, form_of(await visitor.get(path), act), reason=f"Because of {act}.")
        assert sent.status_code == 303
    said = await read(visitor, path)

    assert "Paused Because of pauseRound." in said
    assert "Resumed Because of resumeRound." in said
    assert "Closed early" in said
    assert "Announced Mon 1 October 2018, 11:00 Brussels time" in said
    assert not [
        form
        for form in forms_of(await (await desk("japan")).get(path))
        if "reason" in form.fields
        and "roundId" in form.fields
        and form.fields.get("_act") in ("pauseRound", "closeRound")
    ]


async def test_party_asks_to_comment_late_and_a_coordinator_admits_it(desk, world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES
    japan, canada, path = await desk("japan"), await desk("canada"), f"/rounds/{round_id}"

    await japan.send(path, form_of(await japan.get(path), "askLateAdmission"), reason=SHARP)
    shown = await canada.get(path)
    admitted = await canada.send(
        path, form_of(shown, "admitLateComments"), endsAt="2018-10-02T17:00", reason="They wrote before the close."
    )
    await submit(world, "japan", round_id)
    said = await read(japan, path)

    assert SHARP not in shown.text
    assert admitted.status_code == 303
    assert "Your party was admitted" in said
    assert "They wrote before the close." in said
    assert [each["is_late"] for each in await rows_of(world, "comments")] == [True]


async def test_call_with_a_scope_outside_the_text_is_refused_at_the_field_and_opens_nothing(desk, world: World) -> None:
    visitor = await desk("canada")
    path = f"/rounds/new?version={world.version}"
    form = form_of(await visitor.get(path), "openRound")
    before = await everything(world)

    answer = await visitor.send(
        path,
        form,
        **{"title": "Views", "closesAt": "2018-10-12T17:00", "audience": "MEMBER", "settings.roundScope": "NAMED"},
    )

    assert answer.status_code == 422
    assert 'id="openRound-settings.provisionKeys-fault"' in answer.text
    assert await everything(world) == before


async def test_scope_of_a_round_is_said_on_its_page(desk, world: World) -> None:
    settings = RoundSettings(scope=RoundScope.NAMED, provision_keys=(world.keys[1],), is_general_taken=False)
    round_id = await open_round(world, settings=settings)

    said = await read(await desk("japan"), f"/rounds/{round_id}")

    assert "Scope 1 named provision; no comments on the text as a whole" in said


async def test_cancelled_round_says_that_its_comments_are_closed(desk, world: World) -> None:
    round_id = await open_round(world)
    filed = await submit(world, "japan", round_id)
    await world.do("secretariat", calling.cancel_round, round_id=round_id, reason="In error.", expected_revision=1)
    japan = await desk("japan")

    assert "Called off In error." in (said := await read(japan, f"/rounds/{round_id}")) or "Cancelled In error." in said
    assert "Closed with its round" in await read(japan, f"/comments/{filed}")
