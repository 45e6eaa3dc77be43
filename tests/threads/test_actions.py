"""Signing, revising, marking and replying to comments: what happens, and what is refused."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from server.domain.rounds.actions import calling, filing, marking, signing
from server.domain.rounds.queries import visible_co_signatures, visible_comments
from server.domain.rounds.rules.checks import AddedProvision
from server.domain.threads.actions import replying
from server.domain.threads.queries import visible_replies
from server.kernel.actor import Capacity
from server.kernel.refusals import RefusalCode as Code
from server.kernel.refusals import RefusalKind as Kind
from server.models.rounds import Comment
from server.models.threads import CoSignature, Reply
from server.vocabulary.rounds import CommentStatus, CommentType, RoundVisibility
from server.vocabulary.texts import UnitKind
from server.vocabulary.threads import CoSignatureState, ReplyMode
from tests.factories import evidence
from tests.factories.rounds import CLOSES, draft, open_round, refusal_of, rows_of, submit, words
from tests.factories.threads import ask_to_sign, do_for, represent, signature_of, work_of
from tests.factories.world import World
from tests.rounds.test_actions import FORBIDDEN, NOT_FOUND, NOT_OPEN, WRONG_STATE, Case, assert_refused, invalid

ALREADY = (Kind.NOT_NOW, Code.ALREADY_DONE, ())
TICK = timedelta(microseconds=1)


async def seen(world: World, who: str, model: Any, visible: Any) -> set[str]:
    """Return the ids of the rows that a person sees."""
    actor = await world.actor(who)
    async with world.database.reading() as connection:
        rows = await connection.scalars(select(model.id).where(visible(model)), actor.parameters(world.clock.now))
        return set(rows)


async def row_of(world: World, comment_id: str) -> dict[str, Any]:
    """Return the row of a comment."""
    return next(row for row in await rows_of(world, "comments") if row["id"] == comment_id)


async def sign(world: World, who: str, comment_id: str, revision: int = 1) -> str:
    """Sign a draft as the focal point of a party that was asked."""
    signature = await signature_of(world, comment_id, who)
    return await world.do(
        who, signing.confirm_co_signature, co_signature_id=signature["id"], expected_revision=revision
    )


async def test_clear_comment_signed_by_every_party_files_it_in_the_name_of_all(world: World) -> None:
    comment_id = await ask_to_sign(world, await open_round(world), "canada", "upu")
    await sign(world, "canada", comment_id)
    await sign(world, "upu", comment_id)

    await world.do("japan", filing.clear_comment, comment_id=comment_id, expected_revision=1)

    comment = await row_of(world, comment_id)
    assert comment["co_signer_ids"] == sorted([world.parties["canada"], world.parties["upu"]])
    assert set(comment["names_as_filed"]["co_signers"]) == {"Canada Border Services Agency", "Universal Postal Union"}
    assert comment["names_as_filed"]["party"] == "Japan Customs"


async def test_clear_comment_with_silent_and_declining_parties_names_them_and_can_leave_them_out(world: World) -> None:
    comment_id = await ask_to_sign(world, await open_round(world), "canada", "upu", "gea")
    await sign(world, "canada", comment_id)
    declined = await signature_of(world, comment_id, "gea")
    await world.do("gea", signing.decline_co_signature, co_signature_id=declined["id"], reason=" Not ours. ")

    cleared = {"comment_id": comment_id, "expected_revision": 1}
    refused = await refusal_of(world.do("japan", filing.clear_comment, **cleared))
    await world.do("japan", filing.clear_comment, **cleared, can_leave_out=True)

    assert refused is not None
    assert refused.message == "Declined by GEA. Not signed yet by UPU. Leave them out, or wait."
    assert (await row_of(world, comment_id))["co_signer_ids"] == [world.parties["canada"]]
    states = {row["party_id"]: row["state"] for row in await rows_of(world, "co_signatures")}
    assert states == {
        world.parties["canada"]: CoSignatureState.CONFIRMED,
        world.parties["upu"]: CoSignatureState.LEFT_OUT,
        world.parties["gea"]: CoSignatureState.DECLINED,
    }


async def test_revise_comment_asks_again_only_where_the_words_changed(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await ask_to_sign(world, round_id, "canada", "upu")
    await sign(world, "canada", comment_id)
    signers = (world.parties["canada"], world.parties["gea"])

    same = words(world, co_signer_ids=signers)
    await world.do("japan", filing.revise_comment, comment_id=comment_id, content=same, expected_revision=1)
    after_same = {row["party_id"]: row["state"] for row in await rows_of(world, "co_signatures")}
    other = words(world, co_signer_ids=signers, text="Other words.")
    await world.do("japan", filing.revise_comment, comment_id=comment_id, content=other, expected_revision=2)
    after_other = {row["party_id"]: row["state"] for row in await rows_of(world, "co_signatures")}

    assert after_same == {signers[0]: CoSignatureState.CONFIRMED, signers[1]: CoSignatureState.ASKED}
    assert after_other == dict.fromkeys(signers, CoSignatureState.ASKED)


async def test_draft_with_co_signers_is_seen_by_them_until_they_decline_and_by_nobody_else(world: World) -> None:
    comment_id = await ask_to_sign(world, await open_round(world), "canada", "upu")
    gea = await seen(world, "gea", Comment, visible_comments)
    upu = await seen(world, "upu", Comment, visible_comments)
    secretariat = await seen(world, "secretariat", Comment, visible_comments)

    signature = await signature_of(world, comment_id, "upu")
    await world.do("upu", signing.decline_co_signature, co_signature_id=signature["id"])

    assert (gea, upu, secretariat) == (set(), {comment_id}, set())
    assert await seen(world, "upu", Comment, visible_comments) == set()
    assert await seen(world, "upu", CoSignature, visible_co_signatures) == {signature["id"]}
    assert await seen(world, "gea", CoSignature, visible_co_signatures) == set()


async def test_sealed_round_shows_a_filed_comment_to_those_who_signed_and_not_to_those_left_out(world: World) -> None:
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    comment_id = await ask_to_sign(world, round_id, "canada", "upu")
    await sign(world, "canada", comment_id)
    await world.do("japan", filing.clear_comment, comment_id=comment_id, expected_revision=1, can_leave_out=True)

    shown = {who: await seen(world, who, Comment, visible_comments) for who in ("canada", "upu", "gea")}

    assert shown == {"canada": {comment_id}, "upu": set(), "gea": set()}


async def test_draft_comment_with_unfit_co_signers_is_refused_and_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    members = await open_round(world, audience=frozenset({Capacity.MEMBER}))
    ids = world.parties

    def case(*co_signers: str) -> Case:
        return (
            "japan",
            {"content": words(world, co_signer_ids=co_signers)},
            invalid(f"coSignerIds.{len(co_signers) - 1}"),
        )

    cases: dict[str, Case] = {
        "itself": case(ids["japan"]),
        "twice": case(ids["upu"], ids["upu"]),
        "Secretariat": case(ids["secretariat"]),
        "nobody": case("PTY_none"),
        "not addressed": (
            "japan",
            {"round_id": members, "content": words(world, co_signer_ids=(ids["upu"],))},
            invalid("coSignerIds.0"),
        ),
        "too many": (
            "japan",
            {"content": words(world, co_signer_ids=tuple(f"PTY_{n}" for n in range(51)))},
            invalid("coSignerIds"),
        ),
    }

    await assert_refused(world, filing.draft_comment, {"round_id": round_id}, cases)
    alone = {"one step": ("japan", {"content": words(world, co_signer_ids=(ids["upu"],))}, invalid("coSignerIds"))}
    await assert_refused(world, filing.submit_comment, {"round_id": round_id}, alone)


async def test_confirm_co_signature_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await ask_to_sign(world, round_id, "canada", "upu")
    signature, other = [(await signature_of(world, comment_id, who))["id"] for who in ("canada", "upu")]
    await sign(world, "upu", comment_id)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "asked by": ("japan", {}, FORBIDDEN),
        "another asked": ("upu", {}, FORBIDDEN),
        "not asked": ("gea", {}, NOT_FOUND),
        "unknown": ("canada", {"co_signature_id": "CSG_" + "0" * 26}, NOT_FOUND),
        "signed already": ("upu", {"co_signature_id": other}, ALREADY),
        "other words": ("canada", {"expected_revision": 2}, (Kind.STALE, Code.STALE_REVISION, ())),
    }

    await assert_refused(
        world, signing.confirm_co_signature, {"co_signature_id": signature, "expected_revision": 1}, cases
    )
    world.clock.now = CLOSES
    late = {"late": ("canada", {}, (Kind.NOT_NOW, Code.ROUND_CLOSED, ()))}
    await assert_refused(
        world, signing.confirm_co_signature, {"co_signature_id": signature, "expected_revision": 1}, late
    )


async def test_comment_on_behalf_of_another_party_keeps_author_party_and_mandate_apart(world: World) -> None:
    round_id = await open_round(world)
    representation = await represent(world, "china", "japan")

    comment_id = await do_for(world, "japan", "china", filing.submit_comment, round_id=round_id, content=words(world))

    comment = await row_of(world, comment_id)
    assert (comment["party_id"], comment["author_id"]) == (world.parties["china"], world.delegates["japan"])
    assert comment["representation_id"] == representation
    assert comment["names_as_filed"] == {
        "party": "China Customs",
        "short_name": "China",
        "submitted_by": "Delegate japan",
        "co_signers": [],
        "represented_by": "Japan Customs",
    }


async def test_mark_of_a_represented_party_counts_once_whoever_makes_it(world: World) -> None:
    comment_id = await submit(world, "upu", await open_round(world))
    await represent(world, "china", "japan")

    await world.do("china", marking.support_comment, comment_id=comment_id)
    refused = await refusal_of(do_for(world, "japan", "china", marking.tolerate_comment, comment_id=comment_id))
    await world.do("japan", marking.support_comment, comment_id=comment_id)

    assert refused is not None
    assert refused.message == "Your party supports it already. Take that back first to say something else."
    assert {row["party_id"] for row in await rows_of(world, "comment_supports")} == {
        world.parties["china"],
        world.parties["japan"],
    }


async def test_replace_comment_keeps_the_number_and_the_earlier_filing_with_its_marks(world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    await world.do("upu", marking.support_comment, comment_id=comment_id)
    before = await row_of(world, comment_id)

    other = words(world, text="The duty must be clear to operators.")
    later_id = await world.do(
        "japan", filing.replace_comment, comment_id=comment_id, content=other, expected_revision=1
    )

    later = await row_of(world, later_id)
    assert (later["number"], later["filing"], later["replaces_id"]) == (1, 2, comment_id)
    assert later["content_digest"] != before["content_digest"]
    assert await row_of(world, comment_id) == before
    assert (await work_of(world, comment_id), await work_of(world, later_id)) == ("REPLACED", "SUBMITTED")
    assert {row["comment_id"] for row in await rows_of(world, "comment_supports")} == {comment_id}
    assert (await row_of(world, await submit(world, "japan", later["round_id"])))["number"] == 2


async def test_receipts_of_an_earlier_filing_and_of_its_revision_both_prove_their_words(world: World) -> None:
    await evidence.sign(world)
    comment_id = await submit(world, "japan", await open_round(world))
    changed = {"content": words(world, text="Other words."), "expected_revision": 1}
    later_id = await world.do("japan", filing.replace_comment, comment_id=comment_id, **changed)
    await evidence.ask_for_head(world)

    receipts = [await evidence.receipt_of(world, "japan", each) for each in (comment_id, later_id)]

    for receipt, said in zip(receipts, ("The duty must be clear.", "Other words."), strict=True):
        assert receipt is not None
        assert said in receipt.content
        assert hashlib.sha256(receipt.content.encode()).hexdigest() == receipt.content_digest
        assert receipt.proof is not None


async def test_draft_that_replaces_a_comment_takes_its_number_when_it_is_cleared(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await submit(world, "japan", round_id)
    content = words(world, text="Other.", co_signer_ids=(world.parties["upu"],))
    draft_id = await world.do(
        "japan-assistant", filing.draft_comment, round_id=round_id, content=content, replaces_id=comment_id
    )
    await sign(world, "upu", draft_id)

    await world.do("japan", filing.clear_comment, comment_id=draft_id, expected_revision=1)

    later = await row_of(world, draft_id)
    assert (later["number"], later["filing"], later["co_signer_ids"]) == (1, 2, [world.parties["upu"]])
    assert await work_of(world, comment_id) == "REPLACED"


async def test_replace_comment_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    comment_id, gone, drafted = [await submit(world, "japan", round_id) for _ in range(2)] + [
        await draft(world, "japan", round_id)
    ]
    await world.do("japan", filing.withdraw_comment, comment_id=gone, expected_revision=1)
    signed = await ask_to_sign(world, round_id, "upu")
    await sign(world, "upu", signed)
    await world.do("japan", filing.clear_comment, comment_id=signed, expected_revision=1)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "another party": ("upu", {}, FORBIDDEN),
        "colleague": ("japan-assistant", {}, FORBIDDEN),
        "withdrawn": ("japan", {"comment_id": gone, "expected_revision": 2}, WRONG_STATE),
        "a draft": ("japan", {"comment_id": drafted}, WRONG_STATE),
        "stale": ("japan", {"expected_revision": 2}, (Kind.STALE, Code.STALE_REVISION, ())),
        "signed by others": ("japan", {"comment_id": signed, "expected_revision": 2}, invalid("commentId")),
        "too long": ("japan", {"content": words(world, text="x" * 50_000)}, invalid("text")),
    }
    good = {"comment_id": comment_id, "content": words(world, text="Other."), "expected_revision": 1}

    await assert_refused(world, filing.replace_comment, good, cases)
    foreign = {"replaces_id": ("upu", {"content": words(world), "replaces_id": comment_id}, invalid("replacesId"))}
    await assert_refused(world, filing.draft_comment, {"round_id": round_id}, foreign)
    world.clock.now = CLOSES
    late = {"late": ("japan", {}, (Kind.NOT_NOW, Code.ROUND_CLOSED, ()))}
    await assert_refused(world, filing.replace_comment, good, late)


async def test_two_revisions_at_once_leave_one_filing(world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))

    def replace(number: int) -> Any:
        content = words(world, text=f"Words {number}.")
        return refusal_of(
            world.do("japan", filing.replace_comment, comment_id=comment_id, content=content, expected_revision=1)
        )

    refusals = await asyncio.gather(replace(1), replace(2))

    assert len([each for each in refusals if each is None]) == 1
    assert sorted(row["filing"] for row in await rows_of(world, "comments")) == [1, 2]


@pytest.mark.parametrize(
    ("action", "table"),
    [(marking.support_comment, "comment_supports"), (marking.tolerate_comment, "comment_tolerances")],
)
async def test_take_back_mark_lets_the_party_say_something_else(world: World, action: Any, table: str) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    await world.do("upu", action, comment_id=comment_id)
    (mark,) = await rows_of(world, table)

    await world.do("upu", marking.take_back_mark, mark_id=mark["id"])
    await world.do("upu", marking.oppose_comment, comment_id=comment_id, reason="No longer.")

    (taken_back,) = await rows_of(world, table)
    assert (taken_back["taken_back_at"], taken_back["taken_back_by_id"]) == (world.clock.now, world.delegates["upu"])
    assert len(await rows_of(world, "comment_oppositions")) == 1
    refused = await refusal_of(world.do("upu", marking.take_back_mark, mark_id=mark["id"]))
    assert refused is not None
    assert refused.code == Code.NOT_FOUND


async def test_take_back_mark_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world, visibility=RoundVisibility.IMMEDIATE)
    comment_id = await submit(world, "japan", round_id)
    await world.do("upu", marking.support_comment, comment_id=comment_id)
    (mark,) = await rows_of(world, "comment_supports")
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "another party": ("gea", {}, FORBIDDEN),
        "its comment": ("japan", {}, FORBIDDEN),
        "unknown": ("upu", {"mark_id": "SUP_" + "0" * 26}, NOT_FOUND),
        "no mark": ("upu", {"mark_id": comment_id}, NOT_FOUND),
    }

    await assert_refused(world, marking.take_back_mark, {"mark_id": mark["id"]}, cases)
    other = words(world, text="Other.")
    await world.do("japan", filing.replace_comment, comment_id=comment_id, content=other, expected_revision=1)
    replaced = {"on earlier words": ("upu", {}, WRONG_STATE)}
    await assert_refused(world, marking.take_back_mark, {"mark_id": mark["id"]}, replaced)


@pytest.mark.own_sql
async def test_rows_that_were_taken_back_cannot_be_changed_or_restored(world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))
    await world.do("upu", marking.tolerate_comment, comment_id=comment_id)
    await world.do("upu", replying.reply_to_comment, comment_id=comment_id, text="Carriers can.")

    for table in ("comment_tolerances", "comment_replies"):
        for attempt in (f"UPDATE {table} SET party_id = party_id", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError, match="cannot change"):
                async with world.database.writing() as session:
                    await session.execute(text(attempt))
        async with world.database.writing() as session:
            await session.execute(text(f"UPDATE {table} SET taken_back_at = '2018-09-24T09:00:00.000000Z'"))
        with pytest.raises(DBAPIError, match="cannot change"):
            async with world.database.writing() as session:
                await session.execute(text(f"UPDATE {table} SET taken_back_at = NULL"))


async def test_reply_to_comment_stands_in_the_thread_and_leaves_a_trace_when_taken_back(world: World) -> None:
    comment_id = await submit(world, "japan", await open_round(world))

    await world.do("upu", replying.reply_to_comment, comment_id=comment_id, text=" Carriers can. ", language="fr")
    (first,) = await rows_of(world, "comment_replies")
    answer = {"text": "Which?", "answers_id": first["id"]}
    await world.do("canada", replying.reply_to_comment, comment_id=comment_id, **answer)
    await world.do("upu", replying.take_back_reply, reply_id=first["id"])

    rows = {row["number"]: row for row in await rows_of(world, "comment_replies")}
    assert (rows[1]["text"], rows[1]["language"], rows[1]["as_leader"]) == ("Carriers can.", "fr", False)
    assert rows[1]["taken_back_at"] == world.clock.now
    assert (rows[2]["answers_id"], rows[2]["as_leader"], rows[2]["language"]) == (first["id"], True, "en")
    assert await seen(world, "gea", Reply, visible_replies) == {rows[1]["id"], rows[2]["id"]}


async def test_reply_to_comment_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    only_leaders = await open_round(world, replies=ReplyMode.LEADERS)
    comment_id, gone = [await submit(world, "upu", round_id) for _ in range(2)]
    led, hidden = await submit(world, "upu", only_leaders), await draft(world, "upu", round_id)
    await world.do("upu", filing.withdraw_comment, comment_id=gone, expected_revision=1)
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "no focal point": ("japan-assistant", {}, FORBIDDEN),
        "leaders only": ("japan", {"comment_id": led}, FORBIDDEN),
        "hidden draft": ("japan", {"comment_id": hidden}, NOT_FOUND),
        "own draft": ("upu", {"comment_id": hidden}, WRONG_STATE),
        "withdrawn": ("japan", {"comment_id": gone}, WRONG_STATE),
        "empty": ("japan", {"text": " "}, invalid("text")),
        "too long": ("japan", {"text": "x" * 4_001}, invalid("text")),
        "no language": ("japan", {"language": "?"}, invalid("language")),
        "unknown reply": ("japan", {"answers_id": "RPL_" + "0" * 26}, invalid("answersId")),
    }

    await assert_refused(world, replying.reply_to_comment, {"comment_id": comment_id, "text": "Why?"}, cases)


async def test_reply_to_comment_in_a_sealed_round_waits_for_the_close(world: World) -> None:
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    comment_id = await submit(world, "upu", round_id)
    cases: dict[str, Case] = {"own": ("upu", {}, NOT_OPEN), "Secretariat": ("secretariat", {}, NOT_OPEN)}

    await assert_refused(world, replying.reply_to_comment, {"comment_id": comment_id, "text": "Why?"}, cases)
    world.clock.now = CLOSES
    await world.do("japan", replying.reply_to_comment, comment_id=comment_id, text="Why?")

    assert len(await rows_of(world, "comment_replies")) == 1


async def test_reply_to_comment_by_one_party_again_and_again_is_limited(world: World) -> None:
    comment_id = await submit(world, "upu", await open_round(world))
    for number in range(20):
        await world.do("japan", replying.reply_to_comment, comment_id=comment_id, text=f"Reply {number}.")

    cases: dict[str, Case] = {"one more": ("japan", {}, invalid("commentId"))}
    await assert_refused(world, replying.reply_to_comment, {"comment_id": comment_id, "text": "Why?"}, cases)


async def test_every_delegate_replies_where_the_round_says_so(world: World) -> None:
    comment_id = await submit(world, "upu", await open_round(world, replies=ReplyMode.DELEGATES))

    await world.do("japan-assistant", replying.reply_to_comment, comment_id=comment_id, text="Why?")

    assert len(await rows_of(world, "comment_replies")) == 1


async def test_take_back_reply_when_refused_writes_nothing(world: World) -> None:
    comment_id = await submit(world, "upu", await open_round(world))
    await world.do("japan", replying.reply_to_comment, comment_id=comment_id, text="Why?")
    (reply,) = await rows_of(world, "comment_replies")
    cases: dict[str, Case] = {
        "nobody": (None, {}, NOT_FOUND),
        "another party": ("gea", {}, FORBIDDEN),
        "Secretariat": ("secretariat", {}, FORBIDDEN),
        "unknown": ("japan", {"reply_id": "RPL_" + "0" * 26}, NOT_FOUND),
    }

    await assert_refused(world, replying.take_back_reply, {"reply_id": reply["id"]}, cases)
    await world.do("japan", replying.take_back_reply, reply_id=reply["id"])
    await assert_refused(world, replying.take_back_reply, {"reply_id": reply["id"]}, {"twice": ("japan", {}, ALREADY)})


async def test_comment_of_a_type_that_is_settled_without_discussion_says_its_words(world: World) -> None:
    round_id = await open_round(world)
    bare = {"quotation": None, "proposed_wording": None}

    def case(kind: CommentType, **changed: Any) -> Case:
        return "japan", {"content": words(world, type=kind, **bare, **changed)}, invalid("proposedWording")

    cases: dict[str, Case] = {"editorial": case(CommentType.EDITORIAL), "linguistic": case(CommentType.LINGUISTIC)}
    await assert_refused(world, filing.submit_comment, {"round_id": round_id}, cases)
    await submit(world, "japan", round_id, type=CommentType.EDITORIAL, **bare, covers_section=True)
    await submit(world, "japan", round_id, type=CommentType.QUESTION, **bare)


async def test_comment_that_proposes_a_new_provision_keeps_its_kind_title_and_words(world: World) -> None:
    bare = {"quotation": None, "proposed_wording": None}
    added = AddedProvision(UnitKind.SECTION, " Returns ", " Returned parcels are reported. ")

    comment_id = await submit(world, "japan", await open_round(world), **bare, addition=added)

    comment = await row_of(world, comment_id)
    kept = {name: comment[f"addition_{name}"] for name in ("kind", "title", "words")}
    assert kept == {"kind": "SECTION", "title": "Returns", "words": "Returned parcels are reported."}


async def test_text_that_turns_the_direction_of_writing_is_kept_as_it_was_written(world: World) -> None:
    turned = "Duty \u202eytud\u202c of \u2067\u05d4\u05d5\u05d1\u05dc\u05d4\u2069 parcels"

    comment_id = await submit(world, "japan", await open_round(world), text=turned)
    await world.do("upu", replying.reply_to_comment, comment_id=comment_id, text=turned)

    assert (await row_of(world, comment_id))["text"] == turned
    assert (await rows_of(world, "comment_replies"))[0]["text"] == turned


async def test_marks_and_replies_on_a_cancelled_round_are_refused(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await submit(world, "upu", round_id)
    await world.do("secretariat", calling.cancel_round, round_id=round_id, reason="In error", expected_revision=1)

    await assert_refused(world, marking.tolerate_comment, {"comment_id": comment_id}, {"mark": ("japan", {}, NOT_OPEN)})
    reply = {"reply": ("japan", {}, (Kind.NOT_NOW, Code.ROUND_CLOSED, ()))}
    await assert_refused(world, replying.reply_to_comment, {"comment_id": comment_id, "text": "Why?"}, reply)
    assert await work_of(world, comment_id) == CommentStatus.CLOSED_WITH_ROUND
