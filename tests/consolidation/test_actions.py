"""From what was accepted to an edition: every act done, and every refusal of it, which writes nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.bodies.actions import recording
from server.domain.consolidation.actions import confirming, issuing, making, previewing, revising, settling
from server.domain.consolidation.actions.previewing import SideStanding
from server.domain.consolidation.queries import checking
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.rounds.actions.answering import record_disposition
from server.domain.texts.actions.importing import import_text
from server.domain.texts.queries import reading as texts
from server.journal.digests import digest_of_whole_text
from server.kernel.issue_codes import IssueCode
from server.kernel.refusals import RefusalCode as Code
from server.kernel.refusals import RefusalKind as Kind
from server.models.consolidation import Consolidation
from server.models.texts import Edition, Instrument, TextVersion
from server.vocabulary.bodies import Outcome
from server.vocabulary.consolidation import ConflictKind, ExceptionKind
from server.vocabulary.proposals import AmendmentKind, GroupView, ProposalStatus
from server.vocabulary.rounds import DispositionVerdict as Verdict
from server.wording.anchors import Quotation
from tests.factories.api import Api
from tests.factories.entries import said
from tests.factories.proposals import STARTS, add_sitting, concluded, content, decide, decision, open_cycle, work_of
from tests.factories.rounds import everything, open_round, refusal_of, rows_of, submit
from tests.factories.world import NOW, WORDS, World

UNKNOWN = "0" * 26
Wanted = tuple[Kind, Code, tuple[str, ...]]
Case = tuple[str | None, dict[str, Any], Wanted]
FORBIDDEN: Wanted = (Kind.FORBIDDEN, Code.FORBIDDEN, ())
NOT_FOUND: Wanted = (Kind.NOT_FOUND, Code.NOT_FOUND, ())
WRONG_STATE: Wanted = (Kind.NOT_NOW, Code.WRONG_STATE, ())
STALE: Wanted = (Kind.STALE, Code.STALE_REVISION, ())
DECISION_MISSING: Wanted = (Kind.INVALID, Code.DECISION_MISSING, ())
SHALL = ("upu", 1, "should exchange", "shall exchange")
MAY = ("gea", 1, "should exchange", "may exchange")
SEND = ("gea", 1, "should exchange", "may send")
FIRM = ("japan", 2, "may provide", "should provide")
MUST = WORDS[3].replace("should", "must")


def invalid(*paths: str, code: Code = Code.INVALID) -> Wanted:
    """The refusal of something that is not well-formed, with the fields at fault."""
    return Kind.INVALID, code, paths


async def assert_refused(
    world: World, action: Callable[..., Awaitable[str]], good: dict[str, Any], cases: dict[str, Case]
) -> None:
    """Every case is refused as it says and nothing is written by any of them."""
    before = await everything(world)
    found = {}
    for name, (who, changed, _) in cases.items():
        refused = await refusal_of(world.do(who, action, **(good | changed)))
        found[name] = refused and (refused.kind, refused.code, tuple(issue.place for issue in refused.issues))

    assert found == {name: expected for name, (_, _, expected) in cases.items()}
    assert await everything(world) == before


async def file(world: World, *said: tuple[str, int, str, str]) -> list[str]:
    """A round with these comments (who, place, quoted words, other words), now closed. Gives their ids."""
    round_id = await open_round(world)
    ids = [
        await submit(
            world,
            who,
            round_id,
            provision_id=world.provisions[place],
            quotation=Quotation(quoted),
            proposed_wording=wording,
        )
        for who, place, quoted, wording in said
    ]
    world.clock.move(days=8)
    return ids


async def answer(world: World, comment_id: str, verdict: Verdict = Verdict.ACCEPTED) -> None:
    """Record a verdict on a submitted comment."""
    said = {"verdict": verdict, "reason": "As discussed.", "wording": None, "expected_revision": 1}
    await world.do("secretariat", record_disposition, comment_id=comment_id, **said)


async def accepted(world: World, *said: tuple[str, int, str, str]) -> list[str]:
    """Comments that were accepted. Gives their ids."""
    ids = await file(world, *said)
    for comment_id in ids:
        await answer(world, comment_id)
    return ids


async def consolidate(world: World) -> Any:
    """The row of a consolidation of the world's version."""
    made = await world.do("secretariat", making.consolidate, text_version_id=world.version, label="Draft 2")
    async with world.database.reading() as connection:
        return (await connection.execute(select(Consolidation.__table__).where(Consolidation.id == made))).one()


async def conflicts(world: World) -> list[dict[str, Any]]:
    """The rows of every conflict in the order of the text."""
    return sorted(await rows_of(world, "text_conflicts"), key=lambda row: world.keys.index(row["provision_id"]))


async def settle(world: World, words: str, place: int = 0, **changed: Any) -> str:
    """Settle the conflict at a place of the list."""
    conflict = (await conflicts(world))[place]
    said = {"conflict_id": conflict["id"], "words": words, "reason": " Clearer. ", "expected_revision": 1}
    return await world.do("secretariat", settling.settle_conflict, **(said | changed))


async def previewed(world: World, conflict_id: str, standing_ids: list[str]) -> Any:
    """What a settlement of a conflict about places would make of the text, as the Secretariat sees it."""
    settling_ = previewing.Settling(None, standing_ids, rest_stands=False)
    async with world.database.studying() as session:
        actor = await world.actor("secretariat")
        return await previewing.preview_settlement(session, actor, world.clock(), conflict_id, settling_)


async def revise(world: World, made: Any, place: int, text: str, decision_id: str | None = None) -> str:
    """Write other words for a provision of the version being made."""
    said = {"consolidation_id": made.id, "provision_key": world.keys[place], "text": text, "reason": "Style."}
    seen = await seen_version(world, made.target_id)
    return await world.do(
        "secretariat", revising.revise_provision, **said, decision_id=decision_id, expected_revision=seen
    )


async def seen_version(world: World, version_id: str) -> int:
    """The `version` of a text version as an officer reads it now."""
    return next(row["version"] for row in await rows_of(world, "text_versions") if row["id"] == version_id)


async def issue(world: World, version_id: str, **changed: Any) -> str:
    """Give a version out."""
    said = {"text_version_id": version_id, "expected_revision": await seen_version(world, version_id)}
    return await world.do("secretariat", issuing.issue_version, **(said | changed))


async def texts_of(world: World, version_id: str) -> list[str]:
    """The words of a version in reading order."""
    async with world.database.studying() as session:
        return [provision.text for provision in await texts.provisions_of(session, version_id)]


async def check(world: World, made: Any) -> list[tuple[ExceptionKind, str, str, str | None]]:
    """The check of a consolidation: kind, source, words, explanation."""
    async with world.database.studying() as session:
        row = await session.get_one(Consolidation, made.id)
        found = (await checking.check_of(session, row)).disagreements
    return [(each.kind, each.source, each.words, each.explanation) for each in found]


async def decided(world: World, subject_id: str, body: str = "ptc", outcome: Outcome = Outcome.APPROVED) -> str:
    """A decision of a body on a subject, at a sitting that lasts until today."""

    async def sees(*_: Any) -> bool:
        return True

    taken = len(await rows_of(world, "sittings"))
    sitting_id = await add_sitting(world, body, 300 + 2 * taken, ends_on=world.clock.now.date())
    verb = "took note" if outcome == Outcome.NOTED else "approved"
    said = {"sitting_id": sitting_id, "subject_id": subject_id, "content": decision(outcome, verb)}
    return await world.do("secretariat", recording.record_decision, **said, sees=sees)


async def last_act(world: World) -> tuple[str, str, dict[str, Any]]:
    """Act, subject and details of the last journal entry."""
    entry = max(await rows_of(world, "journal"), key=lambda row: row["sequence"])
    return entry["act"], entry["subject_id"], said(entry["details"])


async def test_consolidate_merges_what_was_accepted_and_says_who_and_why(world: World) -> None:
    upu, gea, japan = await accepted(world, SHALL, SEND, FIRM)

    made = await consolidate(world)

    (target,) = [row for row in await rows_of(world, "text_versions") if row["id"] == made.target_id]
    assert {name: target[name] for name in ("number", "label", "status", "base_id", "version", "issued_at")} == {
        "number": 2,
        "label": "Draft 2",
        "status": "WORKING",
        "base_id": world.version,
        "version": 1,
        "issued_at": None,
    }
    assert await texts_of(world, made.target_id) == [*WORDS[:2], WORDS[2].replace("may", "should"), WORDS[3]]
    decisions = {row["comment_id"]: row["id"] for row in await rows_of(world, "dispositions")}
    (change,) = await rows_of(world, "applied_changes")
    assert change.pop("id")[:4] == "APC_"
    assert change == {
        "consolidation_id": made.id,
        "provision_id": world.keys[2],
        "kind": AmendmentKind.MODIFY,
        "start": 10,
        "end": 13,
        "replacement": "should",
        "source_id": japan,
        "decision_id": decisions[japan],
        "party_id": world.parties["japan"],
        "reason": "",
        "after_id": None,
        "stands": True,
    }
    (conflict,) = await conflicts(world)
    assert (conflict["base_words"], conflict["status"], conflict["start"]) == ("should exchange", "OPEN", 24)
    sides = {row["source_id"]: (row["decision_id"], row["words"]) for row in await rows_of(world, "conflict_sides")}
    assert sides == {upu: (decisions[upu], "shall exchange"), gea: (decisions[gea], "may send")}
    numbers = {"base": world.version, "target": made.target_id, "applied": 1, "conflicts": 1}
    assert await last_act(world) == ("version.consolidated", made.id, numbers)


async def test_consolidate_when_refused_writes_nothing(world: World) -> None:
    (comment_id,) = await file(world, SHALL)
    instrument = Instrument(title="Another", short_title="Another")
    await world.add(instrument)
    await world.add(TextVersion(id="VER_work", instrument_id=instrument.id, number=1, label="1", created_at=NOW))
    good = {"text_version_id": world.version, "label": "Draft 2"}
    refused = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate": ("japan", {}, FORBIDDEN),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown version": ("secretariat", {"text_version_id": f"VER_{UNKNOWN}"}, NOT_FOUND),
        "hidden version": ("japan", {"text_version_id": "VER_work"}, NOT_FOUND),
        "version not issued": ("secretariat", {"text_version_id": "VER_work"}, WRONG_STATE),
        "comment without an answer": ("secretariat", {}, (Kind.NOT_NOW, Code.DISPOSITIONS_OPEN, ())),
    }
    await assert_refused(world, making.consolidate, good, refused)

    await answer(world, comment_id)
    no_label: dict[str, Case] = {"no label": ("secretariat", {"label": " "}, invalid("label"))}
    await assert_refused(world, making.consolidate, good, no_label)
    await consolidate(world)
    again: dict[str, Case] = {"one is being made": ("secretariat", {}, WRONG_STATE)}
    await assert_refused(world, making.consolidate, good, again)


async def test_consolidate_when_many_do_it_at_once_makes_one(world: World) -> None:
    started = []
    for number in range(10):
        acting = world.do("secretariat", making.consolidate, text_version_id=world.version, label=f"{number}")
        started.append(asyncio.create_task(refusal_of(acting)))
        await world.actor("secretariat")

    answers = await asyncio.gather(*started)

    codes = [refused and refused.code for refused in answers]
    assert codes.count(None) == 1
    assert set(codes) <= {None, Code.WRONG_STATE, Code.ALREADY_DONE}
    assert len(await rows_of(world, "consolidations")) == 1
    assert len(await rows_of(world, "text_versions")) == 2


async def agreed(world: World, cycle_id: str, *amendments: AmendmentContent, **changed: Any) -> None:
    """A proposal of its own, with every amendment of which the group agreed."""
    views = (GroupView.AGREED,) * len(amendments)
    await concluded(world, *views, cycle_id=cycle_id, amendments=amendments, **changed)


async def settle_structure(world: World, *standing: str, place: int = 0, **changed: Any) -> str:
    """Settle a conflict about places or sections by the changes that stand."""
    conflict = (await rows_of(world, "text_conflicts"))[place]
    said = {
        "conflict_id": conflict["id"],
        "standing_ids": list(standing),
        "reason": "So agreed.",
        "expected_revision": 1,
    }
    return await world.do("secretariat", settling.settle_structure, **(said | changed))


def addition(world: World, wording: str, after: int = 1) -> AmendmentContent:
    """A new provision."""
    return AmendmentContent(AmendmentKind.ADD, world.keys[after], wording=wording)


async def amendment_ids(world: World) -> dict[str, str]:
    """The ids of all amendments by their wording, or by their kind where they have none."""
    return {row["wording"] or row["kind"]: row["id"] for row in await rows_of(world, "amendments")}


async def test_settle_structure_puts_additions_in_the_order_given_and_the_version_goes_out(world: World) -> None:
    cycle_id = await open_cycle(world)
    for wording in ("First words.", "Second words.", "Third words."):
        await agreed(world, cycle_id, addition(world, wording))
    made = await consolidate(world)
    ids = await amendment_ids(world)
    assert await texts_of(world, made.target_id) == list(WORDS)

    await settle_structure(world, ids["Third words."], ids["First words."])

    expected = [*WORDS[:2], "Third words.", "First words.", *WORDS[2:]]
    assert await texts_of(world, made.target_id) == expected
    assert await check(world, made) == [
        (ExceptionKind.ACCEPTED_BUT_UNCHANGED, ids["Second words."], "Second words.", "So agreed.")
    ]
    (conflict,) = await rows_of(world, "text_conflicts")
    assert conflict["standing_ids"] == [ids["Third words."], ids["First words."]]
    assert (conflict["kind"], conflict["status"], conflict["settled_words"]) == (ConflictKind.ORDER, "SETTLED", None)
    details = {"standing": conflict["standing_ids"], "reason": "So agreed.", "rest_stands": False}
    assert await last_act(world) == ("conflict.structure_settled", conflict["id"], details)
    await issue(world, made.target_id)


async def test_settle_structure_for_a_move_against_a_deletion_moves_it(world: World) -> None:
    cycle_id = await open_cycle(world)
    await agreed(world, cycle_id, AmendmentContent(AmendmentKind.DELETE, world.keys[3]))
    await agreed(world, cycle_id, *move(world, 1)["amendments"])
    made = await consolidate(world)
    ids = await amendment_ids(world)

    await settle_structure(world, ids["MOVE"])

    assert await texts_of(world, made.target_id) == [WORDS[0], WORDS[1], WORDS[3], WORDS[2]]
    assert [each[:2] for each in await check(world, made)] == [(ExceptionKind.ACCEPTED_BUT_UNCHANGED, ids["DELETE"])]
    await issue(world, made.target_id)


async def test_settle_structure_for_none_lets_the_base_stand(world: World) -> None:
    cycle_id = await open_cycle(world)
    await agreed(world, cycle_id, *move(world, 1)["amendments"])
    await agreed(world, cycle_id, *move(world, 0)["amendments"])
    made = await consolidate(world)

    await settle_structure(world)

    assert await texts_of(world, made.target_id) == list(WORDS)
    assert [each[0] for each in await check(world, made)] == [ExceptionKind.ACCEPTED_BUT_UNCHANGED] * 2
    await issue(world, made.target_id)


async def test_settle_structure_when_refused_writes_nothing(world: World) -> None:
    cycle_id = await open_cycle(world)
    await agreed(world, cycle_id, AmendmentContent(AmendmentKind.DELETE, world.keys[3]))
    await agreed(world, cycle_id, *move(world, 1)["amendments"])
    await consolidate(world)
    (conflict,) = await rows_of(world, "text_conflicts")
    ids = await amendment_ids(world)
    both = [ids["MOVE"], ids["DELETE"]]
    good = {"conflict_id": conflict["id"], "standing_ids": both[:1], "reason": "So agreed.", "expected_revision": 1}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown": ("secretariat", {"conflict_id": f"CNF_{UNKNOWN}"}, NOT_FOUND),
        "stale": ("secretariat", {"expected_revision": 2}, STALE),
        "no reason": ("secretariat", {"reason": " "}, invalid("reason", code=Code.REASON_REQUIRED)),
        "both": ("secretariat", {"standing_ids": both}, invalid("standingIds")),
        "one twice": ("secretariat", {"standing_ids": both[:1] * 2}, invalid("standingIds")),
        "no side": ("secretariat", {"standing_ids": [f"AMD_{UNKNOWN}"]}, invalid("standingIds")),
    }
    await assert_refused(world, settling.settle_structure, good, cases)
    for standing, stands in ((both[:1], {SideStanding.WHOLE, SideStanding.NONE}), ([], {SideStanding.NONE})):
        assert {each.standing for each in (await previewed(world, conflict["id"], standing)).sides} == stands
    refused = await refusal_of(previewed(world, conflict["id"], both))
    assert refused is not None
    assert [issue.code for issue in refused.issues] == [IssueCode.CHANGES_EXCLUDE]
    by_words = {"conflict_id": conflict["id"], "words": "x", "reason": "y", "expected_revision": 1}
    await assert_refused(world, settling.settle_conflict, by_words, {"words": ("secretariat", {}, WRONG_STATE)})


@pytest.mark.parametrize("is_severable", [False, True])
async def test_consolidate_lets_the_amendments_of_a_proposal_stand_or_wait_together(
    world: World, is_severable: bool
) -> None:
    cycle_id = await open_cycle(world)
    reworded = AmendmentContent(AmendmentKind.MODIFY, world.keys[1], wording=WORDS[1].replace("should", "shall"))
    parts = (reworded, addition(world, "It is kept for ten years.", 2))
    await agreed(world, cycle_id, *parts, is_severable=is_severable)
    await agreed(world, cycle_id, reworded._replace(wording=WORDS[1].replace("should", "may")))
    made = await consolidate(world)
    lost, together = (await amendment_ids(world))[reworded.wording], [*WORDS[:3], parts[1].wording, WORDS[3]]

    assert await texts_of(world, made.target_id) == list(together if is_severable else WORDS)

    await settle(world, "may")

    expected = list(together if is_severable else WORDS)
    expected[1] = WORDS[1].replace("should", "may")
    assert await texts_of(world, made.target_id) == expected
    reason = "Its proposal waits as a whole: Clearer."
    waits = (ExceptionKind.ACCEPTED_BUT_UNCHANGED, (await amendment_ids(world))[parts[1].wording], parts[1].wording)
    assert await check(world, made) == [
        (ExceptionKind.ACCEPTED_BUT_UNCHANGED, lost, "shall", "Clearer."),
        *([] if is_severable else [(*waits, reason)]),
    ]
    await issue(world, made.target_id)


@pytest.mark.parametrize(("words", "rest_stands"), [("shall", False), ("may", True), ("may", False)])
async def test_settle_conflict_lets_the_rest_of_a_proposal_stand_when_it_won_or_may_stand_in_part(
    world: World, words: str, rest_stands: bool
) -> None:
    cycle_id = await open_cycle(world)
    reworded = AmendmentContent(AmendmentKind.MODIFY, world.keys[1], wording=WORDS[1].replace("should", "shall"))
    await agreed(world, cycle_id, reworded, addition(world, "It is kept for ten years.", 2))
    await agreed(world, cycle_id, reworded._replace(wording=WORDS[1].replace("should", "may")))
    made = await consolidate(world)

    await settle(world, words, rest_stands=rest_stands)

    stands = words == "shall" or rest_stands
    assert ("It is kept for ten years." in await texts_of(world, made.target_id)) == stands
    in_part = [each for each in await check(world, made) if each[0] == ExceptionKind.PROPOSAL_IN_PART]
    assert [(source, why) for _, source, _, why in in_part] == (
        [((await amendment_ids(world))[reworded.wording], "Clearer.")] if rest_stands else []
    )
    await issue(world, made.target_id)


async def woven(world: World, made: Any) -> dict[str, str]:
    """The digests of the sentences that several parties' changes made, by their words."""
    async with world.database.studying() as session:
        found = await checking.check_of(session, await session.get_one(Consolidation, made.id))
    return {sentence.words: sentence.digest for sentence in found.woven}


async def confirm(world: World, made: Any, *digests: str) -> str:
    """Confirm reading sentences."""
    said = {"consolidation_id": made.id, "digests": list(digests)}
    return await world.do("secretariat", confirming.confirm_reading, **said)


async def test_issue_version_waits_until_somebody_has_read_the_sentences_that_several_wrote(world: World) -> None:
    await accepted(world, ("upu", 1, "should", "shall"), ("gea", 1, "advance", "electronic"))
    made = await consolidate(world)
    (words,) = await woven(world, made)
    assert words == WORDS[1].replace("should", "shall").replace("advance", "electronic")
    unread = (Kind.NOT_NOW, Code.SENTENCES_UNREAD, (world.keys[1],))
    good = {"text_version_id": made.target_id, "expected_revision": 1}
    await assert_refused(world, issuing.issue_version, good, {"unread": ("secretariat", {}, unread)})

    await confirm(world, made, *(await woven(world, made)).values())
    await confirm(world, made, *(await woven(world, made)).values())

    (reading,) = await rows_of(world, "sentence_readings")
    assert (reading["words"], reading["read_by_id"]) == (words, world.delegates["secretariat"])
    assert await last_act(world) == ("sentences.read", made.id, {"sentences": [reading["digest"]]})
    await issue(world, made.target_id)


async def test_confirm_reading_holds_for_these_words_only(world: World) -> None:
    await accepted(world, ("upu", 1, "should", "shall"), ("gea", 1, "advance", "electronic"))
    made = await consolidate(world)
    await confirm(world, made, *(await woven(world, made)).values())

    (words,) = await woven(world, made)
    await revise(world, made, 1, words.replace("operators", "vendors"), await decided(world, world.version))

    assert len(await woven(world, made)) == 1
    unread = (Kind.NOT_NOW, Code.SENTENCES_UNREAD, (world.keys[1],))
    good = {"text_version_id": made.target_id, "expected_revision": 2}
    await assert_refused(world, issuing.issue_version, good, {"unread": ("secretariat", {}, unread)})


@pytest.mark.parametrize(("settled", "half"), [("advance", True), ("timely", False)])
async def test_issue_version_waits_until_somebody_has_read_what_half_a_change_made(
    world: World, settled: str, *, half: bool
) -> None:
    quoted = WORDS[1][WORDS[1].index("should") : WORDS[1].index("advance") + len("advance")]
    both = quoted.replace("should", "shall").replace("advance", "timely")
    await accepted(world, ("upu", 1, quoted, both), ("gea", 1, "advance", "early"))
    made = await consolidate(world)

    await settle(world, settled)

    made_words = WORDS[1].replace("should", "shall").replace("advance", settled)
    assert [*(await woven(world, made))] == [made_words] * half


async def test_confirm_reading_when_refused_writes_nothing(world: World) -> None:
    await accepted(world, ("upu", 1, "should", "shall"), ("gea", 1, "advance", "electronic"))
    made = await consolidate(world)
    digests = [*(await woven(world, made)).values()]
    good = {"consolidation_id": made.id, "digests": digests}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown": ("secretariat", {"consolidation_id": f"CON_{UNKNOWN}"}, NOT_FOUND),
        "none": ("secretariat", {"digests": []}, invalid("digests")),
        "too many": ("secretariat", {"digests": digests * 501}, invalid("digests")),
        "other words": ("secretariat", {"digests": [*digests, "0" * 64]}, invalid("digests.1")),
    }
    await assert_refused(world, confirming.confirm_reading, good, cases)

    await confirm(world, made, *digests)
    await issue(world, made.target_id)
    issued: dict[str, Case] = {"issued": ("secretariat", {}, WRONG_STATE)}
    await assert_refused(world, confirming.confirm_reading, good, issued)


def move(world: World, after: int) -> dict[str, Any]:
    """An amendment that moves the third paragraph."""
    return {"amendments": (AmendmentContent(AmendmentKind.MOVE, world.keys[3], after_id=world.keys[after]),)}


async def test_consolidate_when_two_move_a_provision_to_one_place_moves_it_once(world: World) -> None:
    await concluded(world, GroupView.AGREED, **move(world, 1))
    (cycle,) = await rows_of(world, "review_cycles")
    await concluded(world, GroupView.AGREED, cycle_id=cycle["id"], **move(world, 1))

    made = await consolidate(world)

    assert await texts_of(world, made.target_id) == [WORDS[0], WORDS[1], WORDS[3], WORDS[2]]
    assert await check(world, made) == []
    await world.do(
        "secretariat", issuing.abandon_version, text_version_id=made.target_id, reason="Again.", expected_revision=1
    )
    await concluded(world, GroupView.AGREED, cycle_id=cycle["id"], **move(world, 0))

    made = await consolidate(world)

    assert await texts_of(world, made.target_id) == list(WORDS)
    assert [row["kind"] for row in await conflicts(world)] == [ConflictKind.PLACE]


async def test_consolidate_amendments_adds_deletes_and_rewords_and_the_version_goes_out(world: World) -> None:
    addition = AmendmentContent(AmendmentKind.ADD, world.keys[1], wording="Data are exchanged once.")
    agreed = (*content(world).amendments, addition)
    await concluded(world, *(GroupView.AGREED,) * 3, amendments=agreed)

    made = await consolidate(world)
    await issue(world, made.target_id)

    expected = [WORDS[0], "Administrations shall exchange data.", "Data are exchanged once.", WORDS[2]]
    assert await texts_of(world, made.target_id) == expected
    assert await check(world, made) == []
    amendments = {row["kind"]: row["id"] for row in await rows_of(world, "amendments")}
    new = [row for row in await rows_of(world, "provision_texts") if row["text"] == expected[2]]
    assert [row["provision_id"] for row in new] == ["PRV" + amendments["ADD"][3:]]
    async with world.database.studying() as session:
        provisions = await texts.provisions_of(session, made.target_id)
    told = {"number": 2, "label": "Draft 2", "language": "en", "base": world.version, "provisions": len(provisions)}
    told["text_digest"] = digest_of_whole_text(provisions)
    assert await last_act(world) == ("version.issued", made.target_id, told)


async def test_import_text_after_a_consolidation_was_abandoned_follows_the_issued_version(world: World) -> None:
    await accepted(world, SHALL)
    made = await consolidate(world)
    (instrument,) = await rows_of(world, "instruments")
    sent = {"text_version_id": made.target_id, "reason": "Again.", "expected_revision": 1}
    names = {name: instrument[name] for name in ("title", "short_title")}
    importing = {**names, "label": "Draft 3", "markdown": "# Anew\n"}
    refused = await refusal_of(world.do("secretariat", import_text, **importing))
    await world.do("secretariat", issuing.abandon_version, **sent)

    version_id = await world.do("secretariat", import_text, **importing)

    assert refused is not None
    assert (refused.kind, refused.code) == (Kind.NOT_NOW, Code.WRONG_STATE)
    (version,) = [row for row in await rows_of(world, "text_versions") if row["id"] == version_id]
    assert (version["number"], version["base_id"]) == (3, world.version)


async def test_settle_conflict_when_refused_writes_nothing_and_settles_once(world: World) -> None:
    await accepted(world, SHALL, MAY)
    made = await consolidate(world)
    (conflict,) = await conflicts(world)
    good = {"conflict_id": conflict["id"], "words": "shall", "reason": "Firmer.", "expected_revision": 1}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown": ("secretariat", {"conflict_id": f"CNF_{UNKNOWN}"}, NOT_FOUND),
        "stale": ("secretariat", {"expected_revision": 2}, STALE),
        "no reason": ("secretariat", {"reason": " "}, invalid("reason", code=Code.REASON_REQUIRED)),
        "too long": ("secretariat", {"words": "x" * 50_001}, invalid("words")),
        "too long and no reason": ("secretariat", {"words": "x" * 50_001, "reason": ""}, invalid("reason", "words")),
    }
    await assert_refused(world, settling.settle_conflict, good, cases)

    await settle(world, "shall")

    settled = await conflicts(world)
    assert settled == [
        conflict
        | {
            "status": "SETTLED",
            "settled_words": "shall",
            "standing_ids": [],
            "rest_stands": False,
            "reason": "Clearer.",
            "settled_by_id": world.delegates["secretariat"],
            "settled_at": world.clock.now,
            "version": 2,
        }
    ]
    assert (await texts_of(world, made.target_id))[1] == WORDS[1].replace("should", "shall")
    words = {"words": "shall", "reason": " Clearer. ", "rest_stands": False}
    assert await last_act(world) == ("conflict.settled", conflict["id"], words)
    await assert_refused(
        world, settling.settle_conflict, good, {"settled": ("secretariat", {"expected_revision": 2}, WRONG_STATE)}
    )


async def test_settle_conflict_with_words_of_50000_characters_lets_them_stand(world: World) -> None:
    await accepted(world, SHALL, MAY)
    made = await consolidate(world)

    await settle(world, "x" * 50_000)

    assert (await texts_of(world, made.target_id))[1] == WORDS[1].replace("should", "x" * 50_000)


async def test_settle_conflict_by_a_compromise_or_by_the_base_explains_both_sides(world: World) -> None:
    second = (("japan", 2, "simplified form", "short form"), ("china", 2, "simplified form", "simple form"))
    upu, gea, japan, china = await accepted(world, SHALL, MAY, *second)
    made = await consolidate(world)
    first, other = await conflicts(world)

    await settle(world, "will")
    await settle(world, other["base_words"], 1)

    assert await texts_of(world, made.target_id) == [WORDS[0], WORDS[1].replace("should", "will"), *WORDS[2:]]
    assert await check(world, made) == [
        (ExceptionKind.ACCEPTED_BUT_UNCHANGED, source, words, "Clearer.")
        for source, words in ((upu, "shall"), (gea, "may"), (japan, "short"), (china, "simple"))
    ]
    changes = [
        (row["source_id"], row["decision_id"], row["party_id"]) for row in await rows_of(world, "applied_changes")
    ]
    assert changes == [("", first["id"], None)]
    await issue(world, made.target_id)


async def test_settle_conflict_for_the_narrower_side_does_not_list_it_as_lost(world: World) -> None:
    _, gea, _ = await accepted(world, SHALL, SEND, ("china", 1, "operators", "vendors"))
    made = await consolidate(world)

    await settle(world, "shall exchange")

    settled = WORDS[1].replace("should", "shall").replace("operators", "vendors")
    assert (await texts_of(world, made.target_id))[1] == settled
    assert await check(world, made) == [
        (ExceptionKind.ACCEPTED_BUT_UNCHANGED, gea, "may send", "Clearer."),
    ]


async def test_revise_provision_while_its_wordings_compete_is_refused_and_writes_nothing(world: World) -> None:
    await accepted(world, SHALL, MAY)
    made = await consolidate(world)
    good = {
        "consolidation_id": made.id,
        "provision_key": world.keys[1],
        "text": "Other words.",
        "reason": "Style.",
        "expected_revision": 1,
    }
    decision_id = await decided(world, world.version)
    cases: dict[str, Case] = {
        "undecided": ("secretariat", {"decision_id": None}, (Kind.NOT_NOW, Code.CONFLICTS_OPEN, ())),
        "decided": ("secretariat", {"decision_id": decision_id}, (Kind.NOT_NOW, Code.CONFLICTS_OPEN, ())),
    }

    await assert_refused(world, revising.revise_provision, good, cases)


async def test_revise_provision_without_a_decision_blocks_and_with_one_explains(world: World) -> None:
    await accepted(world, FIRM)
    made = await consolidate(world)
    good = {"consolidation_id": made.id, "provision_key": world.keys[3], "text": MUST, "reason": "Style."}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown consolidation": ("secretariat", {"consolidation_id": f"CON_{UNKNOWN}"}, NOT_FOUND),
        "unknown decision": ("secretariat", {"decision_id": f"DEC_{UNKNOWN}"}, NOT_FOUND),
        "no reason": ("secretariat", {"reason": ""}, invalid("reason", code=Code.REASON_REQUIRED)),
        "no words": ("secretariat", {"text": " "}, invalid("text")),
        "too long": ("secretariat", {"text": "x" * 50_001}, invalid("text")),
        "unknown provision": ("secretariat", {"provision_key": f"PRV_{UNKNOWN}"}, invalid("provisionKey")),
    }
    cases["stale"] = ("secretariat", {"expected_revision": 0}, STALE)
    await assert_refused(world, revising.revise_provision, good | {"decision_id": None, "expected_revision": 1}, cases)
    decision_id = await decided(world, world.version)

    await revise(world, made, 3, MUST)
    undecided = await check(world, made)
    out = {"text_version_id": made.target_id, "expected_revision": 2}
    blocked: dict[str, Case] = {
        "undecided": ("secretariat", {}, (Kind.NOT_NOW, Code.UNRECONCILED, (world.keys[3],))),
    }
    await assert_refused(world, issuing.issue_version, out, blocked)
    await revise(world, made, 3, MUST, decision_id)

    assert undecided == [(ExceptionKind.CHANGED_WITHOUT_DECISION, "", "must", None)]
    assert await check(world, made) == []
    act, subject, details = await last_act(world)
    assert (act, subject) == ("provision.revised", made.id)
    assert details == {
        "provision": world.keys[3],
        "before": MUST,
        "after": MUST,
        "reason": "Style.",
        "decision": decision_id,
    }
    (change,) = [row for row in await rows_of(world, "applied_changes") if row["provision_id"] == world.keys[3]]
    assert (change["replacement"], change["decision_id"], change["reason"]) == ("must", decision_id, "Style.")
    await issue(world, made.target_id)
    issued = {"issued": ("secretariat", {}, WRONG_STATE)}
    await assert_refused(world, revising.revise_provision, good | {"decision_id": None, "expected_revision": 4}, issued)


async def test_revise_provision_with_a_decision_against_an_accepted_wording_explains_it(world: World) -> None:
    (japan,) = await accepted(world, FIRM)
    made = await consolidate(world)

    await revise(world, made, 2, WORDS[2].replace("may", "must"), await decided(world, world.version))

    ((kind, source, words, explanation),) = await check(world, made)
    assert (kind, source, words) == (ExceptionKind.ACCEPTED_BUT_UNCHANGED, japan, "should")
    assert explanation, "the decision explains why the accepted wording does not stand"
    await issue(world, made.target_id)


async def test_issue_version_while_a_provision_is_revised_does_not_let_the_revision_slip_through(world: World) -> None:
    made = await consolidate(world)
    actor = await world.actor("secretariat")
    said = {"consolidation_id": made.id, "provision_key": world.keys[3], "text": MUST, "reason": "Style."}

    async with world.database.writing() as session:
        await revising.revise_provision(session, actor, world.clock.now, **said, decision_id=None, expected_revision=1)
        issuing = asyncio.create_task(refusal_of(issue(world, made.target_id)))
        await asyncio.wait({issuing}, timeout=0.3)
    refused = await issuing

    assert refused is not None
    assert refused.code == Code.STALE_REVISION


async def test_issue_and_abandon_version_when_refused_write_nothing(world: World) -> None:
    await accepted(world, SHALL, MAY)
    made = await consolidate(world)
    good = {"text_version_id": made.target_id, "expected_revision": 1}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate does not see it": ("japan", {}, NOT_FOUND),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown": ("secretariat", {"text_version_id": f"VER_{UNKNOWN}"}, NOT_FOUND),
        "issued": ("secretariat", {"text_version_id": world.version}, WRONG_STATE),
        "stale": ("secretariat", {"expected_revision": 0}, STALE),
    }
    conflict: Case = ("secretariat", {}, (Kind.NOT_NOW, Code.CONFLICTS_OPEN, ()))
    reason: Case = ("secretariat", {"reason": " "}, invalid("reason", code=Code.REASON_REQUIRED))
    await assert_refused(world, issuing.issue_version, good, cases | {"conflict": conflict})
    await assert_refused(world, issuing.abandon_version, good | {"reason": "Again."}, cases | {"reason": reason})

    await world.do("secretariat", issuing.abandon_version, **good, reason="Again.")

    assert await last_act(world) == ("version.abandoned", made.target_id, {"reason": "Again."})
    version = next(row for row in await rows_of(world, "text_versions") if row["id"] == made.target_id)
    assert (version["status"], version["version"], version["issued_at"]) == ("ABANDONED", 2, None)
    assert len(await texts_of(world, made.target_id)) == len(WORDS), "its words stay on record"
    gone: dict[str, Case] = {"abandoned": ("secretariat", {"expected_revision": 2}, WRONG_STATE)}
    await assert_refused(world, issuing.issue_version, good, gone)
    await assert_refused(world, issuing.abandon_version, good | {"reason": "Again."}, gone)
    (row,) = await conflicts(world)
    to_settle = {"conflict_id": row["id"], "words": "shall", "reason": "Firmer.", "expected_revision": 1}
    await assert_refused(world, settling.settle_conflict, to_settle, {"abandoned": ("secretariat", {}, WRONG_STATE)})
    assert (await consolidate(world)).target_id != made.target_id


async def test_publish_edition_needs_the_councils_adoption_of_what_is_in_it(world: World) -> None:
    proposal_id = await concluded(world)
    made = await consolidate(world)
    on = made.target_id
    good = {"text_version_id": on, "decision_id": await decided(world, on, "council"), "label": " 2018 edition "}
    await assert_refused(
        world, issuing.publish_edition, good, {"not issued": ("secretariat", {}, (Kind.NOT_NOW, Code.WRONG_STATE, ()))}
    )
    await issue(world, on)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "a delegate": ("japan", {}, FORBIDDEN),
        "one who leads": ("canada", {}, FORBIDDEN),
        "unknown version": ("secretariat", {"text_version_id": f"VER_{UNKNOWN}"}, NOT_FOUND),
        "unknown decision": ("secretariat", {"decision_id": f"DEC_{UNKNOWN}"}, NOT_FOUND),
        "no label": ("secretariat", {"label": ""}, invalid("label")),
        "of the PTC": ("secretariat", {"decision_id": await decided(world, on)}, DECISION_MISSING),
        "taking note": (
            "secretariat",
            {"decision_id": await decided(world, on, "council", Outcome.NOTED)},
            DECISION_MISSING,
        ),
        "on something else": (
            "secretariat",
            {"decision_id": await decided(world, world.version, "council")},
            DECISION_MISSING,
        ),
        "proposal not approved": ("secretariat", {}, (Kind.NOT_NOW, Code.DECISION_MISSING, (proposal_id,))),
    }
    await assert_refused(world, issuing.publish_edition, good, cases)

    for number, (body, outcome) in enumerate(
        (("ptc", Outcome.ENDORSED), ("pc", Outcome.ENDORSED), ("council", Outcome.APPROVED))
    ):
        sitting_id = await add_sitting(world, body, 401 + 2 * number)
        await decide(world, proposal_id, sitting_id, outcome, "approved" if outcome == Outcome.APPROVED else "endorsed")
    council = next(row["id"] for row in await rows_of(world, "decisions") if row["sitting_id"] == sitting_id)
    edition_id = await world.do("secretariat", issuing.publish_edition, **(good | {"decision_id": council}))

    (edition,) = await rows_of(world, "editions")
    assert edition == {
        "id": edition_id,
        "instrument_id": edition["instrument_id"],
        "text_version_id": on,
        "label": "2018 edition",
        "adopted_on": STARTS + timedelta(days=8),
        "decision_id": council,
        "published_at": world.clock.now,
    }
    work = await work_of(world, proposal_id)
    assert (work.status, work.revision) == (ProposalStatus.IN_EDITION, 5)
    assert (await last_act(world))[:2] == ("edition.published", edition_id)
    await assert_refused(world, issuing.publish_edition, good, {"edition already": ("secretariat", {}, WRONG_STATE)})


QUESTIONS = """
query($version: ID!, $base: ID!, $made: ID!, $provision: ID!, $change: ID!, $conflict: ID!, $side: ID!) {
  textVersion(id: $version) { id } provision(id: $provision) { id } consolidation(id: $made) { id }
  reconciliation(consolidationId: $made) { isClean } redline(textVersionId: $version) { changedCount }
  nodes(ids: [$version, $provision, $made, $change, $conflict, $side]) { id }
  oneByOne: node(id: $version) { id } theMaking: node(id: $made) { id }
  instruments { nodes { versions { totalCount nodes { id } } } }
  base: textVersion(id: $base) { instrument { versions { nodes { id } } } }
}
"""


async def test_version_being_made_and_all_about_it_is_for_those_who_make_it_until_it_is_issued(api: Api) -> None:
    world = api.world
    await accepted(world, SHALL, MAY, FIRM)
    made = await consolidate(world)
    ids = {
        "version": made.target_id,
        "base": world.version,
        "made": made.id,
        "provision": next(
            row["id"] for row in await rows_of(world, "provision_texts") if row["text_version_id"] == made.target_id
        ),
        "change": (await rows_of(world, "applied_changes"))[0]["id"],
        "conflict": (await rows_of(world, "text_conflicts"))[0]["id"],
        "side": (await rows_of(world, "conflict_sides"))[0]["id"],
    }

    before = {who: await seen(api, who, ids) for who in (None, "japan", "upu", "gea", "canada", "secretariat")}
    await settle(world, "shall")
    await issue(world, made.target_id)
    after = {who: await seen(api, who, ids) for who in before}

    all_ids = [ids[name] for name in ("version", "provision", "made", "change", "conflict", "side")]
    nothing = {"one": [None] * 7, "nodes": [None] * 6, "lists": []}
    hidden = nothing | {"lists": [[world.version], [world.version]]}
    shown = {
        "one": [
            *({"id": ids["version"]}, {"id": ids["provision"]}, {"id": made.id}),
            *({"isClean": False}, {"changedCount": 1}, {"id": ids["version"]}, {"id": made.id}),
        ],
        "nodes": all_ids,
        "lists": [[world.version, made.target_id]] * 2,
    }
    assert before == {
        None: nothing,
        **dict.fromkeys(("japan", "upu", "gea"), hidden),
        **dict.fromkeys(("canada", "secretariat"), shown),
    }
    shown["one"][3:5] = [{"isClean": True}, {"changedCount": 2}]
    assert after == {None: nothing, **dict.fromkeys(("japan", "upu", "gea", "canada", "secretariat"), shown)}


async def seen(api: Api, who: str | None, ids: dict[str, str]) -> dict[str, list[Any]]:
    """What a person sees of a version by every path."""
    answer = await api.send(who, QUESTIONS, ids)
    assert "errors" not in answer
    data = answer["data"]
    ones = ("textVersion", "provision", "consolidation", "reconciliation", "redline", "oneByOne", "theMaking")
    listed = [instrument["versions"] for instrument in data["instruments"]["nodes"]]
    assert [page["totalCount"] for page in listed] == [len(page["nodes"]) for page in listed]
    listed += [data["base"]["instrument"]["versions"]] if data["base"] else []
    return {
        "one": [data[name] for name in ones],
        "nodes": [node and node["id"] for node in data["nodes"]],
        "lists": [[node["id"] for node in page["nodes"]] for page in listed],
    }


async def test_edition_of_an_older_text_under_a_label_that_is_taken_is_refused(world: World) -> None:
    first, label = world.version, "2018 edition"
    council = {"text_version_id": first, "decision_id": await decided(world, first, "council"), "label": label}
    await concluded(world)
    made = (await consolidate(world)).target_id
    await issue(world, made)
    await assert_refused(
        world,
        issuing.publish_edition,
        council,
        {"bodies of the path": ("secretariat", {}, (Kind.NOT_NOW, Code.DECISION_MISSING, ()))},
    )
    in_force = Edition(
        instrument_id=(await rows_of(world, "instruments"))[0]["id"],
        text_version_id=made,
        label="2018 Édition",
        adopted_on=STARTS,
        decision_id=council["decision_id"],
        published_at=world.clock.now,
    )
    await world.add(in_force)
    cases: dict[str, Case] = {
        "label taken": ("secretariat", {}, invalid("label")),
        "older text": ("secretariat", {"label": "2018, second"}, (Kind.NOT_NOW, Code.WRONG_STATE, ())),
    }
    await assert_refused(world, issuing.publish_edition, council, cases)
