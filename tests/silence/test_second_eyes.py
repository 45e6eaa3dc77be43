"""Decisions by silence, written from what people were promised of them and not from how they are done."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.api import Api
from tests.factories.proposals import add_sitting
from tests.factories.world import NOW

TEXT = "Small parcels are released on arrival. The list is reviewed each year."
EXPIRES = NOW + timedelta(days=14)


async def open_silence(api: Api, **changed: Any) -> dict[str, Any]:
    """Put a text under silence as the Secretariat, and return the answer."""
    sent = {"bodyId": api.world.bodies["wgec"], "title": "Parcels", "text": TEXT, "expiresAt": EXPIRES.isoformat()}
    answer: dict[str, Any] = await api.act("secretariat", "openSilence", **sent | changed)
    return answer


async def opened(api: Api) -> str:
    """Put a text under silence, and return the id of the procedure."""
    return str((await open_silence(api))["procedure"]["id"])


async def object_to(api: Api, who: str, procedure: str, **changed: Any) -> dict[str, Any]:
    """Object as somebody, and return the answer."""
    sent = {"procedureId": procedure, "passage": "reviewed each year", "reason": "Each two years."}
    answer: dict[str, Any] = await api.act(who, "breakSilence", **sent | changed)
    return answer


async def phase_of(api: Api, procedure: str) -> str:
    """Return the phase of a procedure as Japan sees it."""
    return str((await api.ask("japan", "SilenceDetail", id=procedure))["silenceProcedure"]["phase"])


@pytest.mark.parametrize(("seconds", "is_in_time"), [(-1, True), (0, False), (1, False)])
async def test_an_objection_counts_to_the_last_second_and_not_at_the_expiry(
    api: Api, seconds: int, is_in_time: bool
) -> None:
    procedure = await opened(api)
    api.world.clock.now = EXPIRES + timedelta(seconds=seconds)

    answer = await object_to(api, "japan", procedure)

    assert (answer["__typename"] != "Refusal") == is_in_time
    assert await phase_of(api, procedure) == ("BROKEN" if is_in_time else "ADOPTED")


async def test_one_objection_breaks_the_silence_and_a_second_one_comes_too_late(api: Api) -> None:
    procedure = await opened(api)
    first = await object_to(api, "japan", procedure)
    second = await object_to(api, "china", procedure)

    assert first["__typename"] != "Refusal"
    assert second["__typename"] == "Refusal"
    api.world.clock.now = EXPIRES + timedelta(days=1)
    assert await phase_of(api, procedure) == "BROKEN"


@pytest.mark.parametrize(
    "fault", [{"reason": " "}, {"reason": "\u200b"}, {"passage": "words that stand nowhere"}, {"passage": ""}]
)
async def test_an_objection_needs_a_reason_and_names_what_it_is_about(api: Api, fault: dict[str, str]) -> None:
    procedure = await opened(api)

    assert (await object_to(api, "japan", procedure, **fault))["__typename"] == "Refusal"
    assert await phase_of(api, procedure) == "OPEN"


async def test_a_party_that_is_no_member_does_not_break_the_silence(api: Api) -> None:
    procedure = await opened(api)

    assert {(await object_to(api, who, procedure))["__typename"] for who in ("upu", "gea")} == {"Refusal"}
    assert await phase_of(api, procedure) == "OPEN"


async def test_silence_is_not_recorded_before_it_has_ended_and_once_only(api: Api) -> None:
    procedure = await opened(api)
    early = await api.act("secretariat", "recordSilence", procedureId=procedure, expectedRevision=1)
    api.world.clock.now = EXPIRES
    recorded = await api.act("secretariat", "recordSilence", procedureId=procedure, expectedRevision=1)
    again = await api.act("secretariat", "recordSilence", procedureId=procedure, expectedRevision=2)

    assert [each["__typename"] == "Refusal" for each in (early, recorded, again)] == [True, False, True]


async def test_a_broken_text_is_put_anew_with_other_words_and_the_first_ones_stay(api: Api) -> None:
    procedure = await opened(api)
    restart = {"procedureId": procedure, "reason": "Reworded.", "text": TEXT.replace("each year", "each two years")}
    later = {"expiresAt": (EXPIRES + timedelta(days=30)).isoformat()}
    too_early = await api.act("secretariat", "restartSilence", **restart, **later, expectedRevision=1)
    await object_to(api, "japan", procedure)
    following = await api.act("secretariat", "restartSilence", **restart, **later, expectedRevision=2)

    assert too_early["__typename"] == "Refusal"
    assert following["__typename"] != "Refusal", following
    before = (await api.ask("japan", "SilenceDetail", id=procedure))["silenceProcedure"]
    assert (before["phase"], before["text"]) == ("RESTARTED", TEXT)


async def test_silence_is_extended_and_never_shortened(api: Api) -> None:
    procedure = await opened(api)
    answers = []
    for days in (13, 14, 15):
        moved = {"procedureId": procedure, "reason": "Holidays.", "expiresAt": (NOW + timedelta(days=days)).isoformat()}
        answers.append((await api.act("secretariat", "extendSilence", **moved, expectedRevision=1))["__typename"])

    assert [answer == "Refusal" for answer in answers] == [True, True, False]


async def test_a_text_is_not_put_under_silence_that_has_ended_already_or_by_somebody_else(api: Api) -> None:
    past = await open_silence(api, expiresAt=NOW.isoformat())
    sent = {"bodyId": api.world.bodies["wgec"], "title": "P", "text": TEXT, "expiresAt": EXPIRES.isoformat()}
    other = await api.act("gea", "openSilence", **sent)
    void = await open_silence(api, text=" \u200b")

    assert {each["__typename"] for each in (past, other, void)} == {"Refusal"}


async def test_a_broken_text_is_not_referred_to_a_sitting_that_is_over_or_called_off(api: Api) -> None:
    procedure = await opened(api)
    await object_to(api, "japan", procedure)
    over = await add_sitting(api.world, starts_on=NOW.date() - timedelta(30), ends_on=NOW.date() - timedelta(28))
    off = await add_sitting(
        api.world, first_number=224, starts_on=NOW.date() + timedelta(30), ends_on=NOW.date() + timedelta(31)
    )
    await api.act("secretariat", "cancelSitting", sittingId=off, reason="No room.", expectedRevision=1)
    answers = [
        await api.act(
            "secretariat", "referSilence", procedureId=procedure, sittingId=each, reason="R", expectedRevision=2
        )
        for each in (over, off)
    ]

    assert {each["__typename"] for each in answers} == {"Refusal"}
