"""What people do in a comment round: every act done, and every refusal of it, which writes nothing."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.domain.rounds.actions import answering, calling, filing, marking
from server.journal.chain import canonical
from server.kernel.actor import Capacity
from server.kernel.refusals import Refusal
from server.kernel.refusals import RefusalCode as Code
from server.kernel.refusals import RefusalKind as Kind
from server.models.texts import Instrument, Provision, ProvisionText, TextVersion
from server.vocabulary.rounds import (
    CommentStatus,
    CommentType,
    DispositionStage,
    DispositionVerdict,
    RoundStatus,
    RoundVisibility,
)
from server.vocabulary.texts import VersionStatus
from server.vocabulary.threads import ReplyMode
from server.wording.anchors import Quotation
from tests.factories.entries import said
from tests.factories.rounds import (
    CLOSES,
    EVERYONE,
    call,
    draft,
    everything,
    open_round,
    refusal_of,
    rows_of,
    submit,
    words,
)
from tests.factories.world import NOW, WORDS, World

TICK = timedelta(microseconds=1)
UNKNOWN_ROUND, UNKNOWN_COMMENT = "RND_" + "0" * 26, "CMT_" + "0" * 26
NOTED = {"verdict": DispositionVerdict.NOTED, "reason": "Noted.", "wording": None}
Case = tuple[str | None, dict[str, Any], tuple[Kind, Code, tuple[str, ...]]]
FORBIDDEN = (Kind.FORBIDDEN, Code.FORBIDDEN, ())
NOBODY = (Kind.NOT_FOUND, Code.NOT_FOUND, ())
NOT_FOUND = (Kind.NOT_FOUND, Code.NOT_FOUND, ())
STALE = (Kind.STALE, Code.STALE_REVISION, ())
WRONG_STATE = (Kind.NOT_NOW, Code.WRONG_STATE, ())
NOT_OPEN = (Kind.NOT_NOW, Code.ROUND_NOT_OPEN, ())
CLOSED = (Kind.NOT_NOW, Code.ROUND_CLOSED, ())


def invalid(*paths: str, code: Code = Code.INVALID) -> tuple[Kind, Code, tuple[str, ...]]:
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
        found[name] = refused and (refused.kind, refused.code, tuple(issue.path for issue in refused.issues))

    assert found == {name: expected for name, (_, _, expected) in cases.items()}
    assert await everything(world) == before


NOT_SAID = (
    *("group_id", "scope", "since_version_id", "provision_keys", "is_without_general", "types", "most_comments"),
    *("most_characters", "reminder_days", "announced_closes_at", "answers_began_at", "reported_version_id"),
)
"""Columns of a round that are null where its terms do not say anything."""


async def only(world: World, table: str) -> dict[str, Any]:
    """The one row of a table."""
    (row,) = await rows_of(world, table)
    return row


async def test_open_round_by_the_coordinator_calls_it(world: World) -> None:
    announced = datetime(2018, 10, 12, 17, 0, tzinfo=UTC)

    round_id = await open_round(
        world,
        title="  Comments on Draft 1 ",
        closes_at=announced,
        visibility=RoundVisibility.AFTER_CLOSE,
        audience=frozenset({Capacity.OBSERVER}),
    )

    assert await only(world, "rounds") == {
        "id": round_id,
        "text_version_id": world.version,
        "body_id": world.bodies["group"],
        "title": "Comments on Draft 1",
        "opens_at": NOW,
        "closes_at": announced,
        "replies": ReplyMode.FOCAL_POINTS,
        "zone": "Europe/Brussels",
        "visibility": RoundVisibility.AFTER_CLOSE,
        "open_to_members": False,
        "open_to_observers": True,
        "open_to_private_sector": False,
        "status": RoundStatus.CALLED,
        "called_by_id": world.delegates["canada"],
        "called_at": NOW,
        "version": 1,
        "code": "R1",
        **dict.fromkeys(NOT_SAID),
    }


async def test_open_round_by_the_secretariat_for_later_keeps_the_opening_instant(world: World) -> None:
    await world.do("secretariat", calling.open_round, **call(world, opens_at=NOW + TICK, closes_at=NOW + 2 * TICK))

    stored = await only(world, "rounds")
    assert (stored["opens_at"], stored["closes_at"]) == (NOW + TICK, NOW + 2 * TICK)


async def test_open_round_when_refused_writes_nothing(world: World) -> None:
    async with world.database.writing() as session:
        instrument = Instrument(title="Another", short_title="Another")
        session.add(instrument)
        await session.flush()
        session.add(
            TextVersion(id="VER_working", instrument_id=instrument.id, number=1, label="Working", created_at=NOW)
        )
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "no leader of the body": ("japan", {}, FORBIDDEN),
        "leader of another body": ("canada", {"body_id": world.bodies["wgec"]}, FORBIDDEN),
        "unknown version": ("canada", {"text_version_id": "VER_none"}, NOT_FOUND),
        "unknown body": ("canada", {"body_id": "BOD_none"}, NOT_FOUND),
        "hidden version": ("japan", {"text_version_id": "VER_working"}, NOT_FOUND),
        "working version": ("canada", {"text_version_id": "VER_working"}, WRONG_STATE),
        "closing now": ("canada", {"closes_at": NOW}, invalid("closesAt", "closesAt")),
        "closing before it opens": ("canada", {"opens_at": CLOSES}, invalid("closesAt")),
        "no title": ("canada", {"title": " "}, invalid("title")),
        "no audience": ("canada", {"audience": frozenset()}, invalid("audience")),
        "Secretariat asked": ("canada", {"audience": EVERYONE | {Capacity.SECRETARIAT}}, invalid("audience")),
        "unknown zone": ("canada", {"zone": "Europe/Atlantis"}, invalid("zone")),
        "no zone": ("canada", {"zone": ""}, invalid("zone")),
        "half a zone": ("canada", {"zone": "Europe"}, invalid("zone")),
        "path as a zone": ("canada", {"zone": "../../etc/passwd"}, invalid("zone")),
        "zone with a nul": ("canada", {"zone": "UTC\0"}, invalid("zone")),
        "all at once": (
            "canada",
            {"closes_at": NOW - TICK, "title": "", "audience": frozenset(), "zone": "x"},
            invalid("closesAt", "closesAt", "title", "audience", "zone"),
        ),
    }

    await assert_refused(world, calling.open_round, call(world), cases)


async def test_extend_round_moves_the_closing_instant_and_keeps_the_history(world: World) -> None:
    round_id = await open_round(world)
    later = CLOSES + timedelta(days=3)
    world.clock.now = CLOSES + timedelta(days=1)

    await world.do(
        "canada", calling.extend_round, round_id=round_id, closes_at=later, reason=" Holidays ", expected_revision=1
    )

    stored = await only(world, "rounds")
    assert (stored["closes_at"], stored["version"], stored["status"]) == (later, 2, RoundStatus.CALLED)
    extension = await only(world, "round_extensions")
    assert extension.pop("id")[:4] == "EXT_"
    assert extension == {
        "round_id": round_id,
        "closed_at_before": CLOSES,
        "closes_at_after": later,
        "reason": "Holidays",
        "extended_by_id": world.delegates["canada"],
        "extended_at": CLOSES + timedelta(days=1),
    }


async def test_extend_round_opens_a_closed_round_again(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES
    refused = await refusal_of(submit(world, "upu", round_id))

    later = {"closes_at": CLOSES + TICK, "reason": "Holidays", "expected_revision": 1}
    await world.do("secretariat", calling.extend_round, round_id=round_id, **later)
    filed = await submit(world, "upu", round_id)

    assert refused is not None
    assert refused.code == Code.ROUND_CLOSED
    assert (await only(world, "comments"))["id"] == filed


async def test_extend_round_when_refused_writes_nothing(world: World) -> None:
    round_id, cancelled = await open_round(world), await open_round(world)
    members = await open_round(world, audience=frozenset({Capacity.MEMBER}))
    await world.do("secretariat", calling.cancel_round, round_id=cancelled, reason="In error", expected_revision=1)
    later = CLOSES + timedelta(days=1)
    good = {"round_id": round_id, "closes_at": later, "reason": "Holidays", "expected_revision": 1}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "no leader of the body": ("japan", {}, FORBIDDEN),
        "hidden round": ("upu", {"round_id": members}, NOT_FOUND),
        "unknown round": ("canada", {"round_id": UNKNOWN_ROUND}, NOT_FOUND),
        "cancelled round": ("canada", {"round_id": cancelled, "expected_revision": 2}, WRONG_STATE),
        "somebody was faster": ("canada", {"expected_revision": 0}, STALE),
        "not later": ("canada", {"closes_at": CLOSES}, invalid("closesAt")),
        "earlier than now": ("canada", {"closes_at": NOW}, invalid("closesAt", "closesAt", "closesAt")),
        "no reason": ("canada", {"reason": " "}, invalid("reason", code=Code.REASON_REQUIRED)),
        "all at once": ("canada", {"closes_at": CLOSES, "reason": ""}, invalid("closesAt", "reason")),
    }

    await assert_refused(world, calling.extend_round, good, cases)


async def test_complete_round_with_every_comment_answered_or_withdrawn_completes_it(world: World) -> None:
    round_id = await open_round(world)
    answered, taken_back = await submit(world, "upu", round_id), await submit(world, "gea", round_id)
    await draft(world, "japan", round_id)
    await world.do("gea", filing.withdraw_comment, comment_id=taken_back, expected_revision=1)
    world.clock.now = CLOSES
    await world.do("secretariat", answering.record_disposition, comment_id=answered, **NOTED, expected_revision=1)

    await world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1)

    stored = await only(world, "rounds")
    assert (stored["status"], stored["version"]) == (RoundStatus.COMPLETED, 2)


async def test_complete_round_when_refused_writes_nothing(world: World) -> None:
    ready, waiting = await open_round(world), await open_round(world)
    still_open = await open_round(world, closes_at=CLOSES + TICK)
    proposed = await submit(world, "upu", waiting)
    await submit(world, "gea", waiting)
    done = await open_round(world)
    world.clock.now = CLOSES
    await world.do("canada", answering.propose_disposition, comment_id=proposed, **NOTED, expected_revision=1)
    await world.do("canada", calling.complete_round, round_id=done, expected_revision=1)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "no leader of the body": ("japan", {}, FORBIDDEN),
        "unknown round": ("canada", {"round_id": UNKNOWN_ROUND}, NOT_FOUND),
        "still open": ("canada", {"round_id": still_open}, NOT_OPEN),
        "completed already": ("canada", {"round_id": done, "expected_revision": 2}, WRONG_STATE),
        "somebody was faster": ("canada", {"expected_revision": 2}, STALE),
        "comments waiting": ("canada", {"round_id": waiting}, (Kind.NOT_NOW, Code.DISPOSITIONS_OPEN, ())),
    }

    await assert_refused(world, calling.complete_round, {"round_id": ready, "expected_revision": 1}, cases)
    told = await refusal_of(world.do("canada", calling.complete_round, round_id=waiting, expected_revision=1))
    assert told is not None
    assert told.message == "2 comments of this round have no recorded disposition yet: UPU R2-1, GEA R2-1."


async def test_complete_round_before_it_closes_says_from_when(world: World) -> None:
    round_id = await open_round(world)

    refused = await refusal_of(world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1))

    assert refused is not None
    assert (refused.code, refused.unlocks_at) == (Code.ROUND_NOT_OPEN, CLOSES)


async def test_cancel_round_calls_it_off_and_keeps_what_was_filed(world: World) -> None:
    round_id = await open_round(world)
    filed = await submit(world, "upu", round_id)

    await world.do("secretariat", calling.cancel_round, round_id=round_id, reason="In error", expected_revision=1)

    stored = await only(world, "rounds")
    assert (stored["status"], stored["version"]) == (RoundStatus.CANCELLED, 2)
    assert (await only(world, "comments"))["id"] == filed


async def test_cancel_round_when_refused_writes_nothing(world: World) -> None:
    round_id, cancelled = await open_round(world), await open_round(world)
    await world.do("secretariat", calling.cancel_round, round_id=cancelled, reason="In error", expected_revision=1)
    good = {"round_id": round_id, "reason": "In error", "expected_revision": 1}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "coordinator": ("canada", {}, FORBIDDEN),
        "unknown round": ("secretariat", {"round_id": UNKNOWN_ROUND}, NOT_FOUND),
        "cancelled already": ("secretariat", {"round_id": cancelled, "expected_revision": 2}, WRONG_STATE),
        "somebody was faster": ("secretariat", {"expected_revision": 7}, STALE),
        "no reason": ("secretariat", {"reason": "\n"}, invalid("reason", code=Code.REASON_REQUIRED)),
    }

    await assert_refused(world, calling.cancel_round, good, cases)


async def content_cases(world: World, who: str) -> dict[str, Case]:
    """What is wrong with a comment, for the three acts that write one."""
    async with world.database.writing() as session:
        instrument = Instrument(title="Another", short_title="Another")
        session.add(instrument)
        await session.flush()
        session.add(Provision(id="PRV_other", instrument_id=instrument.id))
        for key, issued in (("issued", True), ("working", False)):
            version = TextVersion(
                id=f"VER_{key}", instrument_id=instrument.id, number=1 + issued, label=key, created_at=NOW
            )
            session.add(version)
            await session.flush()
            session.add(
                ProvisionText(
                    id=f"PVT_{key}",
                    text_version_id=version.id,
                    provision_id="PRV_other",
                    position=1,
                    kind="PARAGRAPH",
                    level=0,
                    text="should exchange",
                    digest="",
                )
            )
            await session.flush()
            version.status = VersionStatus.ISSUED if issued else VersionStatus.WORKING

    def case(expected: Any, **changed: Any) -> Case:
        return who, {"content": words(world, **changed)}, expected

    return {
        "empty": case(invalid("text"), text=" "),
        "no provision": case(invalid("provisionId", "provisionId"), provision_id=None),
        "unknown provision": case(NOT_FOUND, provision_id="PVT_none"),
        "hidden provision": case(NOT_FOUND, provision_id="PVT_working"),
        "provision of another version": case(invalid("provisionId"), provision_id="PVT_issued"),
        "wording without reason": case(invalid("reason", code=Code.REASON_REQUIRED), reason=""),
        "words that stand there already": case(invalid("proposedWording"), proposed_wording=" should\n exchange "),
        "whole words that stand there already": case(
            invalid("proposedWording"), quotation=None, proposed_wording=f"1. {WORDS[1]}"
        ),
        "words that do not stand there": case(
            invalid("quotation.exact", code=Code.ANCHOR_NOT_FOUND), quotation=Quotation("shall exchange")
        ),
        "words in other letters": case(
            invalid("quotation.exact", code=Code.ANCHOR_NOT_FOUND), quotation=Quotation("Should exchange")
        ),
        "words that stand there twice": case(
            invalid("quotation", code=Code.ANCHOR_AMBIGUOUS), quotation=Quotation("s")
        ),
        "words that stand there twice, with a wrong prefix": case(
            invalid("quotation", code=Code.ANCHOR_AMBIGUOUS), quotation=Quotation("s", "xyz")
        ),
    }


async def test_draft_comment_writes_it_for_the_party_only(world: World) -> None:
    round_id = await open_round(world)

    comment_id = await draft(world, "japan-assistant", round_id, text=" The duty must be clear. ")

    comment = await only(world, "comments")
    assert (comment["id"], comment["party_id"], comment["author_id"]) == (
        *(comment_id, world.parties["japan"]),
        world.delegates["japan-assistant"],
    )
    assert (comment["number"], comment["submitted_at"], comment["content_digest"]) == (None, None, None)
    assert (comment["text"], comment["quote_start"], comment["quote_end"]) == ("The duty must be clear.", 24, 39)
    work = await only(world, "comment_work")
    empty = {"disposition_id": None, "carried_id": None}
    assert work == {"comment_id": comment_id, "status": CommentStatus.DRAFT, "version": 1} | empty


async def test_draft_comment_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    members = await open_round(world, audience=frozenset({Capacity.MEMBER}))
    cancelled = await open_round(world)
    await world.do("secretariat", calling.cancel_round, round_id=cancelled, reason="In error", expected_revision=1)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "Secretariat": ("secretariat", {}, FORBIDDEN),
        "hidden round": ("gea", {"round_id": members}, NOT_FOUND),
        "unknown round": ("japan", {"round_id": UNKNOWN_ROUND}, NOT_FOUND),
        "cancelled round": ("japan", {"round_id": cancelled}, NOT_OPEN),
        **await content_cases(world, "japan"),
    }

    await assert_refused(world, filing.draft_comment, {"round_id": round_id, "content": words(world)}, cases)


async def test_submit_comment_files_it_with_number_instant_and_digest(world: World) -> None:
    round_id = await open_round(world)
    first = await submit(world, "japan", round_id)
    world.clock.now = CLOSES - TICK

    second = await submit(
        world, "japan", round_id, quotation=Quotation("e", "should ", "xchange"), proposed_wording=None
    )

    del first
    comment = next(row for row in await rows_of(world, "comments") if row["id"] == second)
    names = ("round_id", "party_id", "provision_text_id", "type", "text", "reason")
    names += ("quote_exact", "quote_prefix", "quote_suffix", "proposed_wording", "language")
    certified = canonical({name: comment[name] for name in names})
    assert (comment["number"], comment["submitted_at"]) == (2, CLOSES - TICK)
    assert comment["submitted_by_id"] == world.delegates["japan"]
    assert comment["content_digest"] == hashlib.sha256(certified.encode()).hexdigest()
    assert {row["status"] for row in await rows_of(world, "comment_work")} == {CommentStatus.SUBMITTED}


async def test_submit_comment_on_the_whole_provision_files_the_wording_without_the_number_copied_along(
    world: World,
) -> None:
    round_id = await open_round(world)

    await submit(world, "japan", round_id, quotation=None, proposed_wording="1. Administrations exchange data.")
    await submit(world, "japan", round_id, proposed_wording="1. Exchange")

    assert {row["number"]: row["proposed_wording"] for row in await rows_of(world, "comments")} == {
        1: "Administrations exchange data.",
        2: "1. Exchange",
    }


async def test_submit_comment_on_a_section_as_a_whole_certifies_that_too(world: World) -> None:
    round_id = await open_round(world)

    await submit(world, "japan", round_id, quotation=None, proposed_wording=None, covers_section=True)

    comment = await only(world, "comments")
    names = ("round_id", "party_id", "provision_text_id", "type", "text", "reason")
    names += ("quote_exact", "quote_prefix", "quote_suffix", "proposed_wording", "language")
    certified = canonical({name: comment[name] for name in names} | {"covers_section": True})
    assert comment["content_digest"] == hashlib.sha256(certified.encode()).hexdigest()


async def test_submit_comment_of_each_party_numbers_its_own_from_one(world: World) -> None:
    rounds = [await open_round(world), await open_round(world)]

    for round_id in rounds:
        for who in ("japan", "upu", "japan"):
            await submit(world, who, round_id)

    numbers = {(row["round_id"], row["party_id"], row["number"]) for row in await rows_of(world, "comments")}
    japan, upu = world.parties["japan"], world.parties["upu"]
    assert numbers == {(round_id, *rest) for round_id in rounds for rest in ((japan, 1), (japan, 2), (upu, 1))}


async def test_submit_comment_without_provision_is_general(world: World) -> None:
    round_id = await open_round(world)

    nothing = {"provision_id": None, "quotation": None, "proposed_wording": None, "reason": ""}
    await submit(world, "gea", round_id, type=CommentType.GENERAL, **nothing)

    comment = await only(world, "comments")
    assert (comment["provision_text_id"], comment["quote_exact"], comment["quote_start"]) == (None, None, None)


async def test_submit_comment_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    members = await open_round(world, audience=frozenset({Capacity.MEMBER}))
    planned = await open_round(world, opens_at=NOW + TICK)
    cancelled = await open_round(world)
    await world.do("secretariat", calling.cancel_round, round_id=cancelled, reason="In error", expected_revision=1)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "Secretariat": ("secretariat", {}, FORBIDDEN),
        "no focal point": ("japan-assistant", {}, FORBIDDEN),
        "hidden round": ("gea", {"round_id": members}, NOT_FOUND),
        "unknown round": ("japan", {"round_id": UNKNOWN_ROUND}, NOT_FOUND),
        "planned round": ("japan", {"round_id": planned}, NOT_OPEN),
        "cancelled round": ("japan", {"round_id": cancelled}, NOT_OPEN),
        **await content_cases(world, "japan"),
    }

    await assert_refused(world, filing.submit_comment, {"round_id": round_id, "content": words(world)}, cases)


async def test_every_act_that_files_at_the_closing_instant_is_refused_and_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    own, other = await draft(world, "japan", round_id), await submit(world, "upu", round_id)
    world.clock.now = CLOSES
    before = await everything(world)

    to_file = {"round_id": round_id, "content": words(world)}
    found = [
        await refusal_of(world.do("japan", filing.draft_comment, **to_file)),
        await refusal_of(world.do("japan", filing.submit_comment, **to_file)),
        await refusal_of(world.do("japan", filing.clear_comment, comment_id=own, expected_revision=1)),
        await refusal_of(world.do("japan", marking.support_comment, comment_id=other)),
    ]

    assert [refused and (refused.kind, refused.code, refused.unlocks_at) for refused in found] == [
        (Kind.NOT_NOW, Code.ROUND_CLOSED, None)
    ] * 4
    assert await everything(world) == before


async def test_revise_comment_by_a_colleague_rewrites_the_draft(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await draft(world, "japan", round_id)

    content = words(world, text="Other", provision_id=world.provisions[2], quotation=None, proposed_wording=None)
    await world.do(
        "japan-assistant", filing.revise_comment, comment_id=comment_id, content=content, expected_revision=1
    )

    comment, work = await only(world, "comments"), await only(world, "comment_work")
    assert (comment["text"], comment["provision_text_id"]) == ("Other", world.provisions[2])
    assert (comment["quote_exact"], comment["quote_start"], comment["proposed_wording"]) == (None, None, None)
    assert (comment["author_id"], comment["submitted_at"]) == (world.delegates["japan"], None)
    assert (work["status"], work["version"]) == (CommentStatus.DRAFT, 2)


async def test_revise_comment_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    comment_id, filed = await draft(world, "japan", round_id), await submit(world, "japan", round_id)
    good = {"comment_id": comment_id, "content": words(world), "expected_revision": 1}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "another party": ("china", {}, NOT_FOUND),
        "Secretariat": ("secretariat", {}, NOT_FOUND),
        "another party's submitted comment": ("china", {"comment_id": filed}, FORBIDDEN),
        "unknown comment": ("japan", {"comment_id": UNKNOWN_COMMENT}, NOT_FOUND),
        "submitted comment": ("japan", {"comment_id": filed}, WRONG_STATE),
        "somebody was faster": ("japan", {"expected_revision": 2}, STALE),
        **await content_cases(world, "japan"),
    }

    await assert_refused(world, filing.revise_comment, good, cases)


async def test_clear_comment_by_the_focal_point_files_it(world: World) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    comment_id = await draft(world, "japan-assistant", round_id)
    world.clock.move(hours=1)

    await world.do("japan", filing.clear_comment, comment_id=comment_id, expected_revision=1)

    comment = next(row for row in await rows_of(world, "comments") if row["id"] == comment_id)
    work = next(row for row in await rows_of(world, "comment_work") if row["comment_id"] == comment_id)
    assert (comment["number"], comment["submitted_at"]) == (2, NOW + timedelta(hours=1))
    assert (comment["author_id"], comment["submitted_by_id"]) == (
        world.delegates["japan-assistant"],
        world.delegates["japan"],
    )
    assert len(comment["content_digest"]) == 64
    assert (work["status"], work["version"]) == (CommentStatus.SUBMITTED, 2)


async def test_clear_comment_when_refused_writes_nothing(world: World) -> None:
    round_id, cancelled = await open_round(world), await open_round(world)
    comment_id, filed = await draft(world, "japan", round_id), await submit(world, "japan", round_id)
    stranded = await draft(world, "japan", cancelled)
    await world.do("secretariat", calling.cancel_round, round_id=cancelled, reason="In error", expected_revision=1)
    good = {"comment_id": comment_id, "expected_revision": 1}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "no focal point": ("japan-assistant", {}, FORBIDDEN),
        "another party": ("china", {}, NOT_FOUND),
        "unknown comment": ("japan", {"comment_id": UNKNOWN_COMMENT}, NOT_FOUND),
        "submitted comment": ("japan", {"comment_id": filed}, WRONG_STATE),
        "cancelled round": ("japan", {"comment_id": stranded}, WRONG_STATE),
        "somebody was faster": ("japan", {"expected_revision": 2}, STALE),
    }

    await assert_refused(world, filing.clear_comment, good, cases)


async def test_withdraw_comment_before_it_is_answered_takes_it_back_and_keeps_its_words(world: World) -> None:
    round_id = await open_round(world)
    filed, proposed = await submit(world, "upu", round_id), await submit(world, "upu", round_id)
    before = await rows_of(world, "comments")
    await world.do("upu", filing.withdraw_comment, comment_id=filed, expected_revision=1)
    world.clock.now = CLOSES
    await world.do("canada", answering.propose_disposition, comment_id=proposed, **NOTED, expected_revision=1)

    await world.do("upu", filing.withdraw_comment, comment_id=proposed, expected_revision=2)

    work = {row["comment_id"]: (row["status"], row["version"]) for row in await rows_of(world, "comment_work")}
    gone = CommentStatus.WITHDRAWN
    assert work == {filed: (gone, 2), proposed: (gone, 3)}
    assert await rows_of(world, "comments") == before


async def test_withdraw_comment_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    comment_id, disposed = await submit(world, "japan", round_id), await submit(world, "japan", round_id)
    gone, drafted = await submit(world, "japan", round_id), await draft(world, "japan", round_id)
    await world.do("japan", filing.withdraw_comment, comment_id=gone, expected_revision=1)
    world.clock.now = CLOSES
    await world.do("secretariat", answering.record_disposition, comment_id=disposed, **NOTED, expected_revision=1)
    good = {"comment_id": comment_id, "expected_revision": 1}
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "no focal point": ("japan-assistant", {}, FORBIDDEN),
        "another party": ("china", {}, FORBIDDEN),
        "Secretariat": ("secretariat", {}, FORBIDDEN),
        "unknown comment": ("japan", {"comment_id": UNKNOWN_COMMENT}, NOT_FOUND),
        "answered comment": ("japan", {"comment_id": disposed, "expected_revision": 2}, WRONG_STATE),
        "withdrawn comment": ("japan", {"comment_id": gone, "expected_revision": 2}, WRONG_STATE),
        "draft": ("japan", {"comment_id": drafted}, WRONG_STATE),
        "somebody was faster": ("japan", {"expected_revision": 2}, STALE),
    }

    await assert_refused(world, filing.withdraw_comment, good, cases)


async def test_support_comment_of_another_party_marks_it(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await submit(world, "japan", round_id)

    await world.do("gea", marking.support_comment, comment_id=comment_id)

    mark = await only(world, "comment_supports")
    assert mark.pop("id")[:4] == "SUP_"
    assert mark == {
        "comment_id": comment_id,
        "party_id": world.parties["gea"],
        "delegate_id": world.delegates["gea"],
        "supported_at": NOW,
        "taken_back_at": None,
        "taken_back_by_id": None,
    }


async def test_oppose_comment_of_another_party_marks_it_with_the_reason(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await submit(world, "japan", round_id)

    await world.do("gea", marking.oppose_comment, comment_id=comment_id, reason=" Too strict. ")

    mark = await only(world, "comment_oppositions")
    assert mark.pop("id")[:4] == "OPP_"
    assert mark == {
        "comment_id": comment_id,
        "party_id": world.parties["gea"],
        "delegate_id": world.delegates["gea"],
        "reason": "Too strict.",
        "opposed_at": NOW,
        "taken_back_at": None,
        "taken_back_by_id": None,
    }
    (entry,) = [entry for entry in await rows_of(world, "journal") if entry["act"] == "comment.opposed"]
    (comment,) = await rows_of(world, "comments")
    told = {"round": comment["round_id"], "content_digest": comment["content_digest"], "reason": "Too strict."}
    assert (entry["subject_id"], said(entry["details"])) == (comment_id, told)


async def test_oppose_comment_when_refused_writes_nothing(world: World) -> None:
    round_id, cancelled = await open_round(world), await open_round(world)
    comment_id, own_draft = await submit(world, "japan", round_id), await draft(world, "china", round_id)
    stranded = await submit(world, "japan", cancelled)
    withdrawn = await submit(world, "japan", round_id)
    await world.do("japan", filing.withdraw_comment, comment_id=withdrawn, expected_revision=1)
    await world.do("gea", marking.oppose_comment, comment_id=comment_id, reason="No.")
    await world.do("upu", marking.support_comment, comment_id=comment_id)
    await world.do("secretariat", calling.cancel_round, round_id=cancelled, reason="In error", expected_revision=1)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "own comment": ("japan", {}, FORBIDDEN),
        "colleague's comment": ("japan-assistant", {}, FORBIDDEN),
        "Secretariat": ("secretariat", {}, FORBIDDEN),
        "hidden draft": ("gea", {"comment_id": own_draft}, NOT_FOUND),
        "unknown comment": ("gea", {"comment_id": UNKNOWN_COMMENT}, NOT_FOUND),
        "withdrawn": ("gea", {"comment_id": withdrawn}, WRONG_STATE),
        "cancelled round": ("gea", {"comment_id": stranded}, NOT_OPEN),
        "a second time": ("gea", {}, (Kind.NOT_NOW, Code.ALREADY_DONE, ())),
        "supported before": ("upu", {}, (Kind.NOT_NOW, Code.ALREADY_DONE, ())),
        "no reason": ("china", {"reason": " "}, (Kind.INVALID, Code.INVALID, ("reason",))),
        "too long": ("china", {"reason": "x" * 20_001}, (Kind.INVALID, Code.INVALID, ("reason",))),
    }

    await assert_refused(world, marking.oppose_comment, {"comment_id": comment_id, "reason": "Why not."}, cases)


async def test_support_comment_that_the_party_opposes_is_refused_and_writes_nothing(world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    await world.do("gea", marking.oppose_comment, comment_id=comment_id, reason="No.")

    cases: dict[str, Case] = {"opposed before": ("gea", {}, (Kind.NOT_NOW, Code.ALREADY_DONE, ()))}
    await assert_refused(world, marking.support_comment, {"comment_id": comment_id}, cases)


@pytest.mark.parametrize("table", ["comment_supports", "comment_oppositions"])
async def test_a_mark_cannot_be_changed_removed_or_replaced(world: World, table: str) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    await world.do("gea", marking.oppose_comment, comment_id=comment_id, reason="No.")
    await world.do("upu", marking.support_comment, comment_id=comment_id)
    before = await rows_of(world, table)
    whole = f"REPLACE INTO {table} SELECT * FROM {table}" if world.database.is_sqlite else f"TRUNCATE {table}"

    for attempt in (f"UPDATE {table} SET party_id = party_id", f"DELETE FROM {table}", whole):
        with pytest.raises((Refusal, DBAPIError), match=r"already|cannot change"):
            async with world.database.writing() as session:
                await session.execute(text(attempt))

    assert await rows_of(world, table) == before


async def test_support_comment_when_refused_writes_nothing(world: World) -> None:
    round_id, cancelled = await open_round(world), await open_round(world)
    comment_id, own_draft = await submit(world, "japan", round_id), await draft(world, "china", round_id)
    stranded = await submit(world, "japan", cancelled)
    await world.do("gea", marking.support_comment, comment_id=comment_id)
    await world.do("secretariat", calling.cancel_round, round_id=cancelled, reason="In error", expected_revision=1)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOBODY),
        "own comment": ("japan", {}, FORBIDDEN),
        "colleague's comment": ("japan-assistant", {}, FORBIDDEN),
        "Secretariat": ("secretariat", {}, FORBIDDEN),
        "hidden draft": ("gea", {"comment_id": own_draft}, NOT_FOUND),
        "unknown comment": ("gea", {"comment_id": UNKNOWN_COMMENT}, NOT_FOUND),
        "cancelled round": ("gea", {"comment_id": stranded}, NOT_OPEN),
        "a second time": ("gea", {}, (Kind.NOT_NOW, Code.ALREADY_DONE, ())),
    }

    await assert_refused(world, marking.support_comment, {"comment_id": comment_id}, cases)


async def test_propose_disposition_twice_keeps_both_and_shows_the_later(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await submit(world, "japan", round_id)
    world.clock.now = CLOSES
    await world.do("canada", answering.propose_disposition, comment_id=comment_id, **NOTED, expected_revision=1)

    later = {
        "verdict": DispositionVerdict.ACCEPTED_WITH_MODIFICATION,
        "reason": " Clearer. ",
        "wording": "must exchange",
    }
    await world.do("secretariat", answering.propose_disposition, comment_id=comment_id, **later, expected_revision=2)

    rows = {row["verdict"]: row for row in await rows_of(world, "dispositions")}
    assert len(rows) == 2
    shown = rows[DispositionVerdict.ACCEPTED_WITH_MODIFICATION]
    work = await only(world, "comment_work")
    assert (work["status"], work["version"]) == (CommentStatus.DISPOSITION_PROPOSED, 3)
    assert work["disposition_id"] == shown["id"]
    assert shown == {
        "id": shown["id"],
        "comment_id": comment_id,
        "stage": DispositionStage.PROPOSED,
        "verdict": DispositionVerdict.ACCEPTED_WITH_MODIFICATION,
        "reason": "Clearer.",
        "wording": "must exchange",
        "decided_by_id": world.delegates["secretariat"],
        "decided_at": CLOSES,
    }


async def test_record_disposition_by_the_secretariat_stands(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await submit(world, "japan", round_id)
    world.clock.now = CLOSES

    plain = {"verdict": DispositionVerdict.ACCEPTED, "reason": "", "wording": None}
    await world.do("secretariat", answering.record_disposition, comment_id=comment_id, **plain, expected_revision=1)

    disposition, work = await only(world, "dispositions"), await only(world, "comment_work")
    assert (disposition["stage"], disposition["verdict"]) == (DispositionStage.RECORDED, DispositionVerdict.ACCEPTED)
    assert (work["status"], work["version"], work["disposition_id"]) == (
        *(CommentStatus.DISPOSED, 2),
        disposition["id"],
    )


async def answer_cases(world: World, round_id: str, who: str) -> tuple[str, dict[str, Case]]:
    """A comment to be answered, at the closing instant, and what both acts refuse."""
    general = {"type": CommentType.GENERAL, "provision_id": None, "quotation": None, "proposed_wording": None}
    comment_id = await submit(world, "japan", round_id)
    on_all = await submit(world, "japan", round_id, **general)
    drafted, gone = await draft(world, "japan", round_id), await submit(world, "japan", round_id)
    later = await submit(world, "japan", await open_round(world, closes_at=CLOSES + TICK))
    disposed = await submit(world, "japan", round_id)
    await world.do("japan", filing.withdraw_comment, comment_id=gone, expected_revision=1)
    world.clock.now = CLOSES
    await world.do("secretariat", answering.record_disposition, comment_id=disposed, **NOTED, expected_revision=1)
    verdict = DispositionVerdict
    missing = invalid("reason", code=Code.REASON_REQUIRED)
    modified = {"verdict": verdict.ACCEPTED_WITH_MODIFICATION}
    return comment_id, {
        "nobody": (None, {}, NOBODY),
        "a delegate": ("china", {}, FORBIDDEN),
        "its party": ("japan", {}, FORBIDDEN),
        "unknown comment": (who, {"comment_id": UNKNOWN_COMMENT}, NOT_FOUND),
        "hidden draft": (who, {"comment_id": drafted}, NOT_FOUND),
        "round still open": (who, {"comment_id": later}, NOT_OPEN),
        "withdrawn comment": (who, {"comment_id": gone, "expected_revision": 2}, WRONG_STATE),
        "answered comment": (who, {"comment_id": disposed, "expected_revision": 2}, WRONG_STATE),
        "somebody was faster": (who, {"expected_revision": 2}, STALE),
        "no reason": (who, {"reason": " "}, missing),
        "no reason to refuse": (who, {"verdict": verdict.NOT_ACCEPTED, "reason": ""}, missing),
        "wording with another verdict": (who, {"wording": "words"}, invalid("wording")),
        "modification without wording": (who, modified, invalid("wording")),
        "modification without anything": (who, modified | {"reason": ""}, invalid("reason", "wording")),
        "wording for no provision": (who, modified | {"comment_id": on_all, "wording": "words"}, invalid("wording")),
        "acceptance of no wording": (
            who,
            {"comment_id": on_all, "verdict": verdict.ACCEPTED, "reason": ""},
            invalid("verdict"),
        ),
    }


async def test_propose_disposition_when_refused_writes_nothing(world: World) -> None:
    comment_id, cases = await answer_cases(world, await open_round(world), "canada")

    good = {"comment_id": comment_id, **NOTED, "expected_revision": 1}
    await assert_refused(world, answering.propose_disposition, good, cases)


async def test_record_disposition_when_refused_writes_nothing(world: World) -> None:
    comment_id, cases = await answer_cases(world, await open_round(world), "secretariat")

    good = {"comment_id": comment_id, **NOTED, "expected_revision": 1}
    await assert_refused(world, answering.record_disposition, good, cases | {"coordinator": ("canada", {}, FORBIDDEN)})


async def test_support_comment_that_was_withdrawn_is_refused_and_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await submit(world, "japan", round_id)
    await world.do("japan", filing.withdraw_comment, comment_id=comment_id, expected_revision=1)

    await assert_refused(world, marking.support_comment, {"comment_id": comment_id}, {"gone": ("gea", {}, WRONG_STATE)})
