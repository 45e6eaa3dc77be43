"""Errors of typing: what may be corrected, that it is listed, and that an objection undoes it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.consolidation.actions import correcting
from server.domain.consolidation.queries import histories, redlines
from server.domain.consolidation.rules.correcting import Correction, check_editorial, place_before, take_back
from server.kernel.refusals import RefusalCode as Code
from server.kernel.refusals import RefusalKind as Kind
from server.vocabulary.consolidation import ExceptionKind
from server.wording.hunks import Hunk, apply_hunks
from tests.consolidation.test_actions import (
    FORBIDDEN,
    MAY,
    NOT_FOUND,
    SHALL,
    STALE,
    UNKNOWN,
    WRONG_STATE,
    Case,
    accepted,
    assert_refused,
    check,
    conflicts,
    consolidate,
    invalid,
    issue,
    last_act,
    revise,
    seen_version,
    settle,
    texts_of,
)
from tests.factories.rounds import rows_of
from tests.factories.world import WORDS, World
from tests.wording.strategies import hunk_lists, quick


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("exhange", "exchange"),
        ("datas", "data"),
        ("un administration", "une administration"),
        ("the the", "the"),
        ("", "("),
        ("Custom", "Customs"),
        (" ,", ","),
    ],
)
def test_an_error_of_typing_may_be_corrected(before: str, after: str) -> None:
    assert check_editorial(before, after) == []


def test_a_correction_is_short() -> None:
    assert check_editorial("a" * 200, "b" * 200) == []
    assert [issue.path for issue in check_editorial("a" * 201, "b" * 201)] == ["words", "replacement"]


def test_a_place_beside_a_correction_is_found_and_one_in_it_is_not() -> None:
    corrections = [Correction(Hunk(5, 6, "xx"), "y")]

    assert place_before(0, 5, corrections) == (0, 5)
    assert place_before(7, 9, corrections) == (6, 8)
    assert place_before(4, 6, corrections) is None
    assert place_before(6, 9, corrections) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("shall exchange", "should exchange"),
        ("may not", "may"),
        ("10 days", "100 days"),
        ("two hundred and fifty", "two hundred and sixty"),
        ("ten days", "two days"),
        ("五千元", "六千元"),
        ("Annex II", "Annex III"),
        ("(a)", "(b)"),
        ("don\u2019t go", "do go"),
        ("may not not go", "may not go"),
        ("1,000", "1.000"),
        ("Customs", "Customs only"),
        ("doit", "devrait"),
        ("can't", "can"),
        ("data", "data"),
        ("x" * 201, "y"),
        ("y", "x" * 201),
    ],
)
def test_what_carries_what_was_agreed_may_not_be_corrected(before: str, after: str) -> None:
    assert check_editorial(before, after) != []


@quick
@given(hunk_lists(length=15), st.integers(0, 30), st.integers(0, 5))
def test_words_and_places_from_before_corrections_are_found(hunks: tuple[Hunk, ...], start: int, length: int) -> None:
    text = "abcdefghijklmno"
    corrections = [Correction(hunk, text[hunk.start : hunk.end]) for hunk in hunks]
    corrected = apply_hunks(text, hunks)

    assert take_back(corrected, corrections) == text
    end = start + length
    place = place_before(start, end, corrections)
    if place is not None and end <= len(corrected):
        assert text[place[0] : place[1]] == corrected[start:end]


async def correct(world: World, version_id: str, **changed: Any) -> str:
    """Correct a word of the second paragraph."""
    said = {
        "provision_key": world.keys[2],
        "words": "simplified",
        "replacement": "simplifed",
        "reason": " Printed so. ",
    }
    seen = {"expected_revision": await seen_version(world, version_id)}
    sent = said | seen | changed
    return await world.do("secretariat", correcting.correct_editorially, text_version_id=version_id, **sent)


async def test_a_correction_stands_is_listed_and_keeps_what_was_accepted(world: World) -> None:
    await accepted(world, SHALL, ("upu", 2, "may provide", "should provide"))
    made = await consolidate(world)

    first = await correct(world, made.target_id)
    second = await correct(world, made.target_id, words="form", replacement="forms")

    assert (await texts_of(world, made.target_id))[2] == "Operators should provide the data in a simplifed forms."
    assert await check(world, made) == [
        (ExceptionKind.CORRECTED, first, "simplifed", "Printed so."),
        (ExceptionKind.CORRECTED, second, "forms", "Printed so."),
    ]
    details = {"version": made.target_id, "provision": world.keys[2], "before": "form", "after": "forms"}
    assert await last_act(world) == ("correction.made", second, details | {"reason": " Printed so. "})
    await issue(world, made.target_id)


async def test_a_correction_and_a_woven_sentence_are_shown_in_the_redline(world: World) -> None:
    upu, gea = await accepted(world, ("upu", 1, "should", "shall"), ("gea", 1, "operators", "vendors"))
    made = await consolidate(world)
    first = await correct(world, made.target_id, provision_key=world.keys[1], words="vendors", replacement="vendor")
    second = await correct(world, made.target_id)

    async with world.database.studying() as session:
        actor = await world.actor("secretariat")
        redline = await redlines.find_redline(session, actor, world.clock.now, made.target_id)

    assert redline is not None
    provisions = await redline.attribute(redline.changed)

    sources = [
        [(run.text.strip(), [source.source_id for source in run.sources]) for run in each.runs if run.kind != "KEEP"]
        for each in provisions
    ]
    assert sources == [
        [("should", [upu]), ("shall", [upu]), ("operators", [gea, first]), ("vendor", [gea, first])],
        [("simplified", [second]), ("simplifed", [second])],
    ]
    woven = WORDS[1].replace("should", "shall").replace("operators", "vendor")
    assert [[sentence.words for sentence in each.woven] for each in provisions] == [[woven], []]


async def test_an_objection_undoes_a_correction_at_once_and_leaves_the_others(world: World) -> None:
    await accepted(world, SHALL)
    made = await consolidate(world)
    first = await correct(world, made.target_id)
    second = await correct(world, made.target_id, words="form", replacement="forms")

    await world.do("canada", correcting.object_to_correction, correction_id=first, reason="It was right.")

    assert (await texts_of(world, made.target_id))[2] == WORDS[2].replace("form.", "forms.")
    assert [source for _, source, _, _ in await check(world, made)] == [second]
    row = next(row for row in await rows_of(world, "text_corrections") if row["id"] == first)
    assert (row["status"], row["objecting_party_id"], row["objection"]) == (
        "OBJECTED",
        world.parties["canada"],
        "It was right.",
    )
    assert await last_act(world) == ("correction.objected", first, {"reason": "It was right."})


async def test_an_objection_after_the_issue_takes_effect_in_the_next_version(world: World) -> None:
    await accepted(world, SHALL)
    made = await consolidate(world)
    await correct(world, made.target_id, words="Operators", replacement="Operator")
    second = await correct(world, made.target_id)
    await issue(world, made.target_id)
    world.clock.move(days=1)
    before = await texts_of(world, made.target_id)

    await world.do("upu", correcting.object_to_correction, correction_id=second, reason="It was right.")

    assert await texts_of(world, made.target_id) == before
    world.version = made.target_id
    following = await consolidate(world)
    assert (await texts_of(world, following.target_id))[2] == WORDS[2].replace("Operators", "Operator")
    assert await check(world, following) == []
    (change,) = [row for row in await rows_of(world, "applied_changes") if row["consolidation_id"] == following.id]
    assert (change["source_id"], change["party_id"]) == (second, world.parties["upu"])


async def test_a_correction_is_in_the_history_and_the_blame_of_its_provision(world: World) -> None:
    (upu,) = await accepted(world, ("upu", 2, "may provide", "should provide"))
    made = await consolidate(world)
    correction = await correct(world, made.target_id)
    await issue(world, made.target_id)

    async with world.database.studying() as session:
        actor = await world.actor("japan")
        blame = await histories.find_blame(session, actor, world.clock.now, world.keys[2], made.target_id)
        history = await histories.find_history(session, actor, world.clock.now, world.keys[2])

    assert blame is not None
    assert history is not None
    runs = [(run.text.strip(), [change.source_id for change in run.changes]) for run in blame.runs]
    assert [each for each in runs if each[1]] == [("should", [upu]), ("simplifed", [correction])]
    assert [change.source_id for change in history.entries[-1].changes] == [upu, correction]


async def test_a_revision_lets_the_corrections_of_its_provision_lapse(world: World) -> None:
    await accepted(world, SHALL)
    made = await consolidate(world)
    correction = await correct(world, made.target_id)

    await revise(world, made, 2, "Other words.")

    (row,) = await rows_of(world, "text_corrections")
    assert (row["id"], row["status"]) == (correction, "LAPSED")
    lapsed: dict[str, Case] = {"lapsed": ("canada", {}, WRONG_STATE)}
    good = {"correction_id": correction, "reason": "It was right."}
    await assert_refused(world, correcting.object_to_correction, good, lapsed)


async def test_a_correction_that_may_not_be_made_is_refused_and_writes_nothing(world: World) -> None:
    await accepted(world, SHALL, MAY)
    made = await consolidate(world)
    await correct(world, made.target_id)
    good = {
        "text_version_id": made.target_id,
        "provision_key": world.keys[2],
        "words": "Operators",
        "replacement": "Operator",
        "reason": "Printed so.",
        "expected_revision": 2,
    }
    competing = {"provision_key": world.keys[1], "words": "advance", "replacement": "advanced"}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown": ("secretariat", {"text_version_id": f"VER_{UNKNOWN}"}, NOT_FOUND),
        "stale": ("secretariat", {"expected_revision": 1}, STALE),
        "issued": ("secretariat", {"text_version_id": world.version}, WRONG_STATE),
        "no reason": ("secretariat", {"reason": " "}, invalid("reason", code=Code.REASON_REQUIRED)),
        "another meaning": ("secretariat", {"words": "may", "replacement": "shall"}, invalid("replacement")),
        "no such words": ("secretariat", {"words": "Vendors"}, invalid("words")),
        "words that repeat": ("secretariat", {"words": "a", "replacement": "e"}, invalid("words")),
        "corrected already": ("secretariat", {"words": "simplifed"}, invalid("words")),
        "no such provision": ("secretariat", {"provision_key": f"PRV_{UNKNOWN}"}, invalid("provisionKey")),
        "competing": ("secretariat", competing, (Kind.NOT_NOW, Code.CONFLICTS_OPEN, ())),
    }
    await assert_refused(world, correcting.correct_editorially, good, cases)
    assert len(await conflicts(world)) == 1
    await settle(world, "shall")


async def test_an_objection_that_may_not_be_made_is_refused_and_writes_nothing(world: World) -> None:
    await accepted(world, SHALL)
    made = await consolidate(world)
    good = {"correction_id": await correct(world, made.target_id), "reason": "It was right."}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "the Secretariat": ("secretariat", {}, FORBIDDEN),
        "unknown": ("canada", {"correction_id": f"COR_{UNKNOWN}"}, NOT_FOUND),
        "no reason": ("canada", {"reason": ""}, invalid("reason", code=Code.REASON_REQUIRED)),
        "long reason": ("canada", {"reason": "x" * 2_001}, invalid("reason", code=Code.REASON_REQUIRED)),
    }
    await assert_refused(world, correcting.object_to_correction, good, cases)
