"""Numbers without gaps, references that follow, and those that lead nowhere."""

from typing import Any

import pytest
from hypothesis import given

from server.domain.consolidation.actions import correcting, renumbering
from server.domain.consolidation.queries import renumberings
from server.domain.consolidation.rules.correcting import Correction, check_reference, find_spans, put_on_top, take_back
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.texts.actions.importing import import_text
from server.kernel.refusals import RefusalCode as Code
from server.kernel.refusals import RefusalKind as Kind
from server.vocabulary.consolidation import ExceptionKind
from server.vocabulary.proposals import AmendmentKind
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
    agreed,
    assert_refused,
    check,
    consolidate,
    decided,
    invalid,
    issue,
    last_act,
    revise,
    seen_version,
    texts_of,
)
from tests.factories.filled import statements
from tests.factories.proposals import open_cycle
from tests.factories.rounds import refusal_of, rows_of
from tests.factories.world import World
from tests.wording.strategies import hunk_lists, quick

TEXT = """# Guidelines

## Standard 1: Data

1. Words on data.

2. See Standard 3 and paragraph 1.

## Standard 2: Risk

1. As Standard 1 says.

## Standard 3: Returns

1. Paragraph 2 of Standard 1 applies, and Article 7.4 of the TFA.

2. See Standards 2 and 9.
"""
TITLE, ONE, ONE_1, ONE_2, TWO, TWO_1, THREE, THREE_1, THREE_2 = range(9)
ALREADY = (Kind.NOT_NOW, Code.ALREADY_DONE, ())


async def with_standards(world: World, text: str = TEXT) -> None:
    """Let the world's version be an issued one of another text, with references."""
    said = {"title": "Guidelines on Risk", "short_title": "Guidelines", "label": "Draft 1", "markdown": text}
    world.version = await world.do("secretariat", import_text, **said)
    await issue(world, world.version)
    provisions = sorted(await provisions_of(world, world.version), key=lambda row: row["position"])
    world.provisions = [row["id"] for row in provisions]
    world.keys = [row["provision_id"] for row in provisions]


async def provisions_of(world: World, version_id: str) -> list[dict[str, Any]]:
    """The rows of the provisions of a version."""
    return [row for row in await rows_of(world, "provision_texts") if row["text_version_id"] == version_id]


async def numbers_of(world: World, version_id: str) -> list[str]:
    """The printed numbers of a version in reading order."""
    rows = sorted(await provisions_of(world, version_id), key=lambda row: row["position"])
    return [row["printed_number"] for row in rows]


async def references_of(world: World, version_id: str) -> list[tuple[str, str, int | None]]:
    """Words, status and place of the target in the first version, of each reference of a version in reading order."""
    places = {key: place for place, key in enumerate(world.keys)}
    rows = [row for row in await rows_of(world, "provision_references") if row["text_version_id"] == version_id]
    order = {row["provision_id"]: row["position"] for row in await provisions_of(world, version_id)}
    rows.sort(key=lambda row: (order[row["provision_id"]], row["start"]))
    return [(row["words"], row["status"], places.get(row["target_id"])) for row in rows]


async def amend(world: World, *amendments: AmendmentContent) -> Any:
    """Make the next version by these amendments, of which the group agreed."""
    await agreed(world, await open_cycle(world), *amendments)
    return await consolidate(world)


def delete(world: World, place: int) -> AmendmentContent:
    """The deletion of a provision, and of what is in it."""
    return AmendmentContent(AmendmentKind.DELETE, world.keys[place])


def reword(world: World, place: int, wording: str) -> AmendmentContent:
    """Other words for a provision."""
    return AmendmentContent(AmendmentKind.MODIFY, world.keys[place], wording=wording)


async def renumber(world: World, version_id: str, **changed: Any) -> str:
    """Number a version anew."""
    said = {"text_version_id": version_id, "expected_revision": await seen_version(world, version_id)}
    return await world.do("secretariat", renumbering.renumber_version, **(said | changed))


async def preview(world: World, who: str, version_id: str, *numbers: tuple[str, str]) -> Any:
    """What renumbering a version would do, as a person sees it."""
    actor = await world.actor(who)
    async with world.database.studying() as session:
        return await renumberings.find_renumbering(session, actor, world.clock.now, version_id, numbers)


async def correct(world: World, version_id: str, place: int, words: str, replacement: str, **changed: Any) -> str:
    """Correct a reference."""
    said = {"provision_key": world.keys[place], "words": words, "replacement": replacement, "reason": "It moved."}
    seen = {"text_version_id": version_id, "expected_revision": await seen_version(world, version_id)}
    return await world.do("secretariat", correcting.correct_reference, **(said | seen | changed))


async def test_references_of_an_imported_text_are_found_by_number(world: World) -> None:
    await with_standards(world)

    assert await references_of(world, world.version) == [
        ("Standard 3", "RESOLVED", THREE),
        ("paragraph 1", "RESOLVED", ONE_1),
        ("Standard 1", "RESOLVED", ONE),
        ("Paragraph 2", "RESOLVED", ONE_2),
        ("Standard 1", "RESOLVED", ONE),
        ("Article 7.4", "EXTERNAL", None),
        ("Standards 2", "RESOLVED", TWO),
        ("9", "DANGLING", None),
    ]


async def test_renumbering_closes_gaps_and_lets_references_follow_as_corrections(world: World) -> None:
    await with_standards(world)
    made = await amend(world, delete(world, TWO), delete(world, ONE_1))
    before = await numbers_of(world, world.version)

    shown = await preview(world, "secretariat", made.target_id)
    assert await numbers_of(world, made.target_id) == ["", "Standard 1:", "2.", "Standard 3:", "1.", "2."]
    await renumber(world, made.target_id)

    assert await numbers_of(world, made.target_id) == ["", "Standard 1:", "1.", "Standard 2:", "1.", "2."]
    assert await numbers_of(world, world.version) == before, "the version before keeps its numbers"
    assert [tuple(each) for each in shown.numbers] == [
        (world.keys[ONE_2], "2.", "1."),
        (world.keys[THREE], "Standard 3:", "Standard 2:"),
    ]
    assert [each[:4] for each in shown.references] == [
        (world.keys[ONE_2], "Standard 3", "Standard 2", world.keys[THREE]),
        (world.keys[THREE_1], "Paragraph 2", "Paragraph 1", world.keys[ONE_2]),
    ]
    assert (await texts_of(world, made.target_id))[2:] == [
        "See Standard 2 and paragraph 1.",
        "Returns",
        "Paragraph 1 of Standard 1 applies, and Article 7.4 of the TFA.",
        "See Standards 2 and 9.",
    ]
    corrections = {(row["before"], row["replacement"]) for row in await rows_of(world, "text_corrections")}
    assert corrections == {("3", "2"), ("2", "1")}
    act, subject, details = await last_act(world)
    assert (act, subject, details["references"], details["by_hand"]) == ("version.renumbered", made.target_id, 2, {})
    assert details["numbers"] == {key: [old, new] for key, old, new in shown.numbers}


async def test_what_is_left_behind_dangles_in_the_check_and_blocks_until_it_is_mended(world: World) -> None:
    await with_standards(world)
    made = await amend(world, delete(world, TWO), delete(world, ONE_1))
    await renumber(world, made.target_id)

    dangling = [each for each in await check(world, made) if each[0] == ExceptionKind.DANGLING_REFERENCE]
    refused = await refusal_of(issue(world, made.target_id))
    assert dangling == [
        (ExceptionKind.DANGLING_REFERENCE, "", "paragraph 1", None),
        (ExceptionKind.DANGLING_REFERENCE, "", "Standards 2", None),
        (ExceptionKind.DANGLING_REFERENCE, "", "9", "It did not resolve in the version before either."),
    ]
    assert refused
    assert refused.code == Code.UNRECONCILED
    assert [issue.message for issue in refused.issues] == [
        f"DANGLING_REFERENCE: {words}" for words in ("paragraph 1", "Standards 2")
    ]

    await correct(world, made.target_id, ONE_2, "paragraph 1", "paragraph 1 of Standard 2")
    confirmed = await correct(world, made.target_id, THREE_2, "Standards 2", "Standards 2", reason="It is meant so.")

    assert (await texts_of(world, made.target_id))[2] == "See Standard 2 and paragraph 1 of Standard 2."
    assert (await references_of(world, made.target_id))[:3] == [
        ("Standard 2", "RESOLVED", THREE),
        ("paragraph 1", "RESOLVED", THREE_1),
        ("Standard 2", "RESOLVED", THREE),
    ]
    assert (await references_of(world, made.target_id))[-2:] == [
        ("Standards 2", "RESOLVED", THREE),
        ("9", "DANGLING", None),
    ]
    assert (ExceptionKind.CORRECTED, confirmed, "Standards 2", "It is meant so.") in await check(world, made)
    await issue(world, made.target_id)


async def test_an_objection_to_a_reference_undoes_it_and_what_it_pointed_to_is_not_forgotten(world: World) -> None:
    await with_standards(world)
    made = await amend(world, delete(world, TWO))
    await renumber(world, made.target_id)
    (row,) = [row for row in await rows_of(world, "text_corrections") if row["provision_id"] == world.keys[ONE_2]]

    await world.do("canada", correcting.object_to_correction, correction_id=row["id"], reason="Not agreed.")

    assert ("Standard 3", "DANGLING", THREE) in await references_of(world, made.target_id)
    assert (ExceptionKind.DANGLING_REFERENCE, "", "Standard 3", None) in await check(world, made)
    shown = await preview(world, "secretariat", made.target_id)
    assert (shown.numbers, [each[1:3] for each in shown.references]) == ((), [("Standard 3", "Standard 2")])


async def test_an_objection_to_a_confirmation_lets_the_reference_dangle_again(world: World) -> None:
    await with_standards(world)
    made = await amend(world, delete(world, TWO))
    await renumber(world, made.target_id)
    confirmed = await correct(world, made.target_id, THREE_2, "Standards 2", "Standards 2")

    await world.do("canada", correcting.object_to_correction, correction_id=confirmed, reason="Not agreed.")

    assert ("Standards 2", "DANGLING", None) in await references_of(world, made.target_id)
    assert (ExceptionKind.DANGLING_REFERENCE, "", "Standards 2", None) in await check(world, made)


async def test_numbers_set_by_hand_count_and_can_be_changed_again(world: World) -> None:
    await with_standards(world)
    made = await amend(world, delete(world, ONE_1))
    by_hand = [(world.keys[THREE], " Standard 2 bis: ")]

    await renumber(world, made.target_id, numbers=by_hand)

    assert await numbers_of(world, made.target_id) == [
        *("", "Standard 1:", "1.", "Standard 2:", "1.", "Standard 2 bis:", "1.", "2."),
    ]
    assert (await texts_of(world, made.target_id))[2] == "See Standard 2 bis and paragraph 1."
    await renumber(world, made.target_id)
    assert (await texts_of(world, made.target_id))[2] == "See Standard 3 and paragraph 1."
    standing = [row for row in await rows_of(world, "text_corrections") if row["status"] == "STANDS"]
    assert [(row["before"], row["replacement"]) for row in standing] == [("2", "1")], "one is as it was at first"


async def test_references_in_words_that_change_are_found_anew_and_others_keep_their_targets(world: World) -> None:
    await with_standards(world)
    made = await amend(world, delete(world, TWO), reword(world, ONE_2, "First see Standard 3 and paragraph 2."))
    await renumber(world, made.target_id)
    decision = await decided(world, made.target_id)

    await revise(world, made, ONE_2, "In any case see Standard 2 and then paragraph 2; also Standard 7.", decision)

    assert (await references_of(world, made.target_id))[:3] == [
        ("Standard 2", "RESOLVED", THREE),
        ("paragraph 2", "RESOLVED", ONE_2),
        ("Standard 7", "DANGLING", None),
    ]
    assert (ExceptionKind.DANGLING_REFERENCE, "", "Standard 7", None) in await check(world, made)


async def test_the_next_version_keeps_what_references_point_to(world: World) -> None:
    await with_standards(world)
    made = await amend(world, delete(world, TWO))
    await renumber(world, made.target_id)
    await correct(world, made.target_id, THREE_2, "Standards 2", "Standards 2")
    await issue(world, made.target_id)
    before = await references_of(world, made.target_id)
    world.clock.move(days=1)
    world.version = made.target_id

    following = await consolidate(world)

    assert await references_of(world, following.target_id) == before
    assert [each[3] for each in await check(world, following)] == ["It did not resolve in the version before either."]


async def test_a_renumbering_that_may_not_be_done_is_refused_and_writes_nothing(world: World) -> None:
    await accepted(world, SHALL, MAY)
    made = await consolidate(world)
    good = {"text_version_id": made.target_id, "numbers": [(world.keys[2], "2 bis.")], "expected_revision": 1}
    conflict: dict[str, Case] = {"competing": ("secretariat", {}, (Kind.NOT_NOW, Code.CONFLICTS_OPEN, ()))}
    await assert_refused(world, renumbering.renumber_version, good, conflict)


async def test_a_renumbering_of_other_versions_or_numbers_is_refused_and_writes_nothing(world: World) -> None:
    await accepted(world, SHALL)
    made = await consolidate(world)
    good = {"text_version_id": made.target_id, "numbers": [(world.keys[2], "2 bis.")], "expected_revision": 1}
    twice, long = [(world.keys[2], "2."), (world.keys[2], "3.")], [(world.keys[2], "2" * 41)]
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown": ("secretariat", {"text_version_id": f"VER_{UNKNOWN}"}, NOT_FOUND),
        "stale": ("secretariat", {"expected_revision": 2}, STALE),
        "issued": ("secretariat", {"text_version_id": world.version}, WRONG_STATE),
        "no such provision": ("secretariat", {"numbers": [("PRV", "1.")]}, invalid("numbers.0.provisionKey")),
        "twice": ("secretariat", {"numbers": twice}, invalid("numbers.1.provisionKey")),
        "a long number": ("secretariat", {"numbers": long}, invalid("numbers.0.printedNumber")),
        "nothing to do": ("secretariat", {"numbers": []}, ALREADY),
    }
    await assert_refused(world, renumbering.renumber_version, good, cases)
    assert await preview(world, "japan", made.target_id) is None
    assert await preview(world, "secretariat", "PRV") is None


async def test_a_correction_of_a_reference_that_may_not_be_made_is_refused_and_writes_nothing(world: World) -> None:
    await with_standards(world)
    made = await amend(world, delete(world, ONE_1))
    good = {
        "text_version_id": made.target_id,
        "provision_key": world.keys[ONE_2],
        "words": "paragraph 1",
        "replacement": "paragraph 2",
        "reason": "It moved.",
        "expected_revision": 1,
    }
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "one who leads": ("canada", {}, FORBIDDEN),
        "stale": ("secretariat", {"expected_revision": 2}, STALE),
        "issued": ("secretariat", {"text_version_id": world.version}, WRONG_STATE),
        "no reason": ("secretariat", {"reason": " "}, invalid("reason", code=Code.REASON_REQUIRED)),
        "no such provision": ("secretariat", {"provision_key": world.keys[ONE_1]}, invalid("provisionKey")),
        "no such words": ("secretariat", {"words": "paragraph 7"}, invalid("words")),
        "more than a reference": ("secretariat", {"words": "See Standard 3"}, invalid("words")),
        "no reference": ("secretariat", {"replacement": "any paragraph"}, invalid("replacement")),
        "nothing": ("secretariat", {"replacement": ""}, invalid("replacement")),
        "more words": ("secretariat", {"replacement": "paragraph 2 if need be"}, invalid("replacement")),
    }
    await assert_refused(world, correcting.correct_reference, good, cases)


@pytest.mark.parametrize(
    ("words", "replacement", "faults"),
    [
        ("Standard 3", "Standard 4", []),
        ("Standard 3", "Standard 3", []),
        ("Standard 3", "paragraph 2 of Standard 4", []),
        ("Standard 3", "Article 7.4 of the TFA", []),
        ("Standard 3", "Standard 4, if any", ["replacement"]),
        ("Standard 3 shall", "Standard 4 shall", ["words", "replacement"]),
        ("shall apply", "applies", ["words", "replacement"]),
    ],
)
def test_only_a_reference_is_corrected_as_one(words: str, replacement: str, faults: list[str]) -> None:
    text = "What Standard 3 shall apply."
    start = text.index(words)

    assert [issue.path for issue in check_reference(text, start, start + len(words), replacement)] == faults


@quick
@given(hunk_lists(length=15), hunk_lists(length=15))
def test_corrections_on_top_of_corrections_make_the_same_words(
    lower: tuple[Hunk, ...], upper: tuple[Hunk, ...]
) -> None:
    text = "abcdefghijklmno"
    standing = [Correction(hunk, text[hunk.start : hunk.end]) for hunk in lower]
    corrected = apply_hunks(text, lower)
    hunks = [hunk for hunk in upper if hunk.start < hunk.end <= len(corrected)]

    layers = put_on_top(corrected, standing, hunks)

    replaced = [each for layer in layers for each in layer.replaced]
    kept = [each for each in standing if each not in replaced]
    result = [*kept, *(layer.correction for layer in layers)]
    words = apply_hunks(corrected, hunks)
    assert take_back(words, result) == text
    assert len(find_spans(result)) == len(result)
    assert all(each.before == text[each.hunk.start : each.hunk.end] for each in result)


@pytest.mark.own_sql
async def test_renumbering_takes_the_same_statements_for_a_short_text_as_for_a_long_one(world: World) -> None:
    counts = []
    for number, size in enumerate((3, 60)):
        numbers = [1, *range(3, size + 1)]
        text = "\n\n".join(f"## Standard {each}: Data\n\nSee Standard {numbers[-1]}." for each in numbers)
        said = {"title": f"Text {number}", "short_title": f"Text {number}", "label": "Draft 1", "markdown": text}
        version_id = await world.do("secretariat", import_text, **said)
        with statements(world.database) as sent:
            await renumber(world, version_id)
        counts.append(len(sent))
        assert len(await rows_of(world, "text_corrections")) >= size - 1

    assert counts[0] == counts[1]
