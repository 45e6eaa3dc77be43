"""The journal: one entry for every act, without gaps, and a retry that does nothing twice."""

import asyncio
import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from server.domain.rounds import policy
from server.domain.rounds.actions import admitting, answering, calling, conducting, filing, marking, signing
from server.journal.actions import KEY_LIMIT, record
from server.journal.digests import digest_of_row, digest_of_written
from server.journal.verification import verify
from server.kernel.acts import Act
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.parties import Representation
from server.vocabulary.rounds import DispositionVerdict
from tests.factories.api import Api
from tests.factories.rounds import CLOSES, call, draft, everything, open_round, rows_of, submit, words
from tests.factories.world import NOW, World, add_delegate

NOTED = {"verdict": DispositionVerdict.NOTED, "reason": "Noted.", "wording": None}

ACTIONS = {
    name: action
    for module in (admitting, answering, calling, conducting, filing, marking, signing)
    for name, action in vars(module).items()
}
"""Every action of rounds, by its name."""


async def entries_of(world: World) -> list[dict[str, Any]]:
    """The journal in order."""
    return sorted(await rows_of(world, "journal"), key=lambda entry: entry["sequence"])


UNSPOKEN = "nothing in the journal speaks of it"
"""The fault of rows that the small world was given without an act."""


async def faults_in(world: World) -> list[str]:
    """What is wrong with the journal and the rows that its acts wrote."""
    async with world.database.reading() as connection:
        report = await verify(connection)
    return [str(fault) for fault in report.faults if UNSPOKEN not in fault.what]


async def every_act(world: World) -> list[tuple[Act[Any], str]]:
    """Do every act on rounds once; gives what was done, with its subject, in order."""
    round_id, doomed = await open_round(world), await open_round(world)
    comment = await draft(world, "japan", round_id)
    done = [(policy.open_round, round_id), (policy.open_round, doomed), (policy.draft_comment, comment)]
    told = {"comment_id": comment}

    async def do(who: str, act: Act[Any], subject: str | None, **arguments: Any) -> str:
        gave = await world.do(who, ACTIONS[act.name], **arguments)
        done.append((act, subject or gave))
        return gave

    await do("japan-assistant", policy.revise_comment, comment, **told, content=words(world), expected_revision=1)
    await do("japan", policy.clear_comment, comment, **told, expected_revision=2)
    filed = await do("upu", policy.submit_comment, None, round_id=round_id, content=words(world))
    other = {"content": words(world, text="Put otherwise."), "expected_revision": 1}
    later = await do("upu", policy.replace_comment, None, comment_id=filed, **other)
    await do("china", policy.support_comment, comment, **told)
    (mark,) = await rows_of(world, "comment_supports")
    await do("china", policy.take_back_mark, comment, mark_id=mark["id"])
    await do("china", policy.tolerate_comment, comment, **told)
    await do("gea", policy.oppose_comment, comment, **told, reason="Too strict.")
    await do("upu", policy.withdraw_comment, later, comment_id=later, expected_revision=1)
    await sign_together(world, round_id, do)
    await conduct(world, round_id, doomed, do)
    world.clock.move(days=8)
    await admit(world, round_id, do)
    world.clock.move(days=2)
    await do("canada", policy.propose_disposition, comment, **told, **NOTED, expected_revision=3)
    await do("secretariat", policy.record_disposition, comment, **told, **NOTED, expected_revision=4)
    await do("canada", policy.complete_round, round_id, round_id=round_id, expected_revision=5)
    out = {"text_version_id": world.version, "expected_revision": 6}
    await do("canada", policy.report_round, round_id, round_id=round_id, **out)
    return done


async def sign_together(world: World, round_id: str, do: Any) -> None:
    """Draft a comment that two parties are asked to sign: one signs, and the other declines."""
    content = words(world, co_signer_ids=(world.parties["canada"], world.parties["upu"]))
    shared = await do("japan", policy.draft_comment, None, round_id=round_id, content=content)
    asked = {each["party_id"]: each["id"] for each in await rows_of(world, "co_signatures")}
    of_canada, of_upu = asked[world.parties["canada"]], asked[world.parties["upu"]]
    signed = {"co_signature_id": of_canada, "expected_revision": 1}
    await do("canada", policy.confirm_co_signature, shared, **signed)
    await do("upu", policy.decline_co_signature, shared, co_signature_id=of_upu)


async def conduct(world: World, round_id: str, doomed: str, do: Any) -> None:
    """Extend, revise, pause and resume a round; close another early and call it off."""
    later = {"closes_at": CLOSES + timedelta(days=1), "reason": "Holidays", "expected_revision": 1}
    await do("canada", policy.extend_round, round_id, round_id=round_id, **later)
    terms = call(world, title="Comments on the first draft", closes_at=later["closes_at"])
    changed = {name: value for name, value in terms.items() if name not in ("text_version_id", "body_id")}
    changed |= {"reason": "A clearer title", "expected_revision": 2}
    await do("canada", policy.revise_round, round_id, round_id=round_id, **changed)
    why = {"round_id": round_id, "reason": "Systems are down"}
    await do("secretariat", policy.pause_round, round_id, **why, expected_revision=3)
    await do("secretariat", policy.resume_round, round_id, **why, expected_revision=4)
    world.clock.move(minutes=1)
    error = {"round_id": doomed, "reason": "In error"}
    await do("secretariat", policy.close_round, doomed, **error, expected_revision=1)
    await do("secretariat", policy.cancel_round, doomed, **error, expected_revision=2)


async def admit(world: World, round_id: str, do: Any) -> None:
    """Ask to comment after the close for two parties: one is admitted, and the other is not."""
    why = {"reason": "Our system was down"}
    for who in ("japan", "upu"):
        await do(who, policy.ask_late_admission, round_id, round_id=round_id, **why)
    asked = {each["party_id"]: each["id"] for each in await rows_of(world, "late_admissions")}
    first, second = asked[world.parties["japan"]], asked[world.parties["upu"]]
    until = world.clock.now + timedelta(days=1)
    await do("canada", policy.admit_late_comments, first, admission_id=first, ends_at=until, **why, expected_revision=1)
    await do("canada", policy.refuse_late_admission, second, admission_id=second, **why, expected_revision=1)


async def test_instants_in_an_entry_are_in_utc_whatever_offset_they_came_with(world: World) -> None:
    in_brussels = CLOSES.astimezone(ZoneInfo("Europe/Brussels"))
    assert in_brussels.utcoffset() != timedelta()
    round_id = await open_round(world, closes_at=in_brussels)
    later = {"closes_at": in_brussels + timedelta(days=1), "reason": "Holidays", "expected_revision": 1}
    await world.do("canada", calling.extend_round, round_id=round_id, **later)

    values = [value for entry in await entries_of(world) for value in entry["details"].values()]
    instants = [value for value in values if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:", value)]

    assert len(instants) >= 2
    assert [value for value in instants if not value.endswith("+00:00")] == []
    assert await faults_in(world) == []


async def test_every_act_makes_exactly_one_entry_and_the_chain_holds(world: World) -> None:
    done = await every_act(world)

    entries = await entries_of(world)

    # Confirming a place needs a later version of the text: `tests/consolidation/test_carrying.py` does it.
    assert {act for act, _ in done} == set(policy.ACTS) - {policy.confirm_carried_comment}
    assert [(entry["act"], entry["subject_id"], entry["rule"]) for entry in entries] == [
        (act.tag, subject, act.source) for act, subject in done
    ]
    assert [entry["sequence"] for entry in entries] == list(range(1, len(done) + 1))
    assert await faults_in(world) == []


async def test_entry_of_an_act_says_who_for_whom_in_what_capacity_and_when(world: World) -> None:
    round_id = await open_round(world)
    world.clock.move(minutes=5)

    comment = await submit(world, "gea", round_id)

    _, entry = await entries_of(world)
    assert (entry["delegate_id"], entry["party_id"]) == (world.delegates["gea"], world.parties["gea"])
    assert (str(entry["capacity"]), entry["at"]) == ("PRIVATE_SECTOR", NOW + timedelta(minutes=5))
    (stored,) = await rows_of(world, "comments")
    assert (entry["subject_id"], stored["id"]) == (comment, comment)
    assert entry["details"] == {
        "round": round_id,
        "number": 1,
        "content_digest": stored["content_digest"],
        "rows": digest_of_written(entry["id"], None, None, await rows_held(world, entry["sequence"])),
    }
    assert (entry["idempotency_key"], entry["request_digest"]) == (None, None)


async def test_act_that_fails_after_it_was_recorded_leaves_no_entry(world: World) -> None:
    actor = await world.actor("canada")
    before = await everything(world)

    async def fail() -> None:
        async with world.database.writing() as session:
            await record(session, actor, policy.open_round, "RND_1", NOW)
            raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, "Not now.")

    with pytest.raises(Refusal):
        await fail()

    assert await everything(world) == before


async def test_twenty_acts_at_once_follow_each_other_without_gaps(world: World) -> None:
    round_id = await open_round(world)
    parties = ("japan", "china", "upu", "gea")

    comments = await asyncio.gather(*(submit(world, parties[n % 4], round_id) for n in range(4)))
    await asyncio.gather(*(draft(world, parties[n % 4], round_id) for n in range(16)))

    entries = await entries_of(world)
    assert [entry["sequence"] for entry in entries] == list(range(1, 22))
    assert len({entry["subject_id"] for entry in entries}) == 21
    assert {entry["subject_id"] for entry in entries} >= set(comments)
    assert await faults_in(world) == []


async def test_twenty_comments_of_one_party_at_once_are_all_filed_under_their_own_numbers(world: World) -> None:
    round_id = await open_round(world)

    filed = await asyncio.gather(*(submit(world, "japan", round_id) for _ in range(20)), return_exceptions=True)

    assert [answer for answer in filed if isinstance(answer, BaseException)] == []
    numbers = sorted(comment["number"] for comment in await rows_of(world, "comments"))
    assert numbers == list(range(1, 21))
    assert await faults_in(world) == []


async def rows_held(world: World, sequence: int) -> dict[str, str]:
    """The digests of rows that an entry holds, by key."""
    return {row["key"]: row["digest"] for row in await rows_of(world, "journal_rows") if row["sequence"] == sequence}


async def test_entry_holds_the_digest_of_each_row_that_its_act_wrote(world: World) -> None:
    comment = await submit(world, "japan", await open_round(world))

    held = await rows_held(world, 2)
    (stored,) = await rows_of(world, "comments")
    (work,) = await rows_of(world, "comment_work")
    words = {k: v for k, v in stored.items() if k not in ("position", "filing", "co_signer_ids")}
    assert held == {
        f"comments/{comment}": digest_of_row("comments", words),
        f"comment_work/{comment}": digest_of_row(
            "comment_work", {k: v for k, v in work.items() if k not in ("version", "revision")}
        ),
    }


async def test_entry_of_an_act_on_a_draft_holds_no_row_of_it(world: World) -> None:
    drafted = await draft(world, "japan", await open_round(world))

    assert await rows_held(world, 2) == {}

    await world.do("japan", filing.clear_comment, comment_id=drafted, expected_revision=1)
    assert sorted(await rows_held(world, 3)) == [f"comment_work/{drafted}", f"comments/{drafted}"]


def sent(api: Api, **changed: Any) -> dict[str, Any]:
    """The input of `openRound`."""
    good = {
        "textVersionId": api.world.version,
        "bodyId": api.world.bodies["group"],
        "title": "Comments on Draft 1",
        "closesAt": CLOSES.isoformat(),
        "audience": ["MEMBER"],
    }
    return good | changed


async def test_act_with_the_same_key_and_request_is_done_once_and_answered_alike(api: Api) -> None:
    first = await api.act("canada", "openRound", key="once", **sent(api))
    before = await everything(api.world)
    api.world.clock.move(days=1)
    second = await api.act("canada", "openRound", key="once", **sent(api))

    assert first == second
    assert first["__typename"] == "RoundOpened"
    assert await everything(api.world) == before
    (entry,) = await entries_of(api.world)
    assert (entry["idempotency_key"], len(entry["request_digest"])) == ("once", 64)


async def test_act_with_the_same_key_for_something_else_is_refused_and_writes_nothing(api: Api) -> None:
    await api.act("canada", "openRound", key="once", **sent(api))
    before = await everything(api.world)

    other = await api.act("canada", "openRound", key="once", **sent(api, title="Other"))
    act = await api.act("canada", "cancelRound", key="once", roundId="RND_1", reason="Why", expectedRevision=1)

    assert [(answer["kind"], answer["code"]) for answer in (other, act)] == [("INVALID", "IDEMPOTENCY_KEY_REUSED")] * 2
    assert await everything(api.world) == before


async def test_act_with_the_key_of_another_delegate_is_a_new_act(api: Api) -> None:
    first = await api.act("canada", "openRound", key="once", **sent(api))
    second = await api.act("secretariat", "openRound", key="once", **sent(api, title="Comments on the annex"))

    assert first["round"]["id"] != second["round"]["id"]
    assert len(await entries_of(api.world)) == 2


async def test_act_after_a_refusal_may_use_its_key_again(api: Api) -> None:
    refused = await api.act("canada", "openRound", key="once", **sent(api, title=""))
    done = await api.act("canada", "openRound", key="once", **sent(api))

    assert (refused["code"], done["__typename"]) == ("INVALID", "RoundOpened")


async def test_act_sent_ten_times_at_once_with_one_key_is_done_once(api: Api) -> None:
    answers = await asyncio.gather(*(api.act("canada", "openRound", key="once", **sent(api)) for _ in range(10)))

    assert answers == [answers[0]] * 10
    assert answers[0]["__typename"] == "RoundOpened"
    assert len(await entries_of(api.world)) == 1
    assert len(await rows_of(api.world, "rounds")) == 1


@pytest.mark.parametrize("key", ["", "k" * (KEY_LIMIT + 1)])
async def test_act_with_a_key_of_the_wrong_length_is_refused_and_writes_nothing(api: Api, key: str) -> None:
    before = await everything(api.world)
    answer = await api.send(
        "canada",
        "mutation($input: OpenRoundInput!) { openRound(input: $input) { ... on Refusal { code issues { path } } } }",
        {"input": sent(api, idempotencyKey=key)},
    )

    assert answer == {"data": {"openRound": {"code": "INVALID", "issues": [{"path": ["idempotencyKey"]}]}}}
    assert await everything(api.world) == before


async def test_act_with_the_longest_key_is_done(api: Api) -> None:
    done = await api.act("canada", "openRound", key="k" * KEY_LIMIT, **sent(api))

    assert done["__typename"] == "RoundOpened"


async def test_act_with_the_same_key_for_another_party_is_refused_and_not_taken_for_a_retry(api: Api) -> None:
    world = api.world
    granted = {"party_id": world.parties["canada"], "by_party_id": world.parties["japan"], "evidence": "Letter"}
    days = {"starts_on": world.clock.now.date(), "ends_on": None, "granted_by_id": world.delegates["canada"]}
    await world.add(Representation(id="REP_1", **granted, **days))
    body = {"bodyId": world.bodies["wgec"]}

    own = await api.act("japan", "joinBody", key="same", **body)
    other = await api.act("japan", "joinBody", key="same", acting_as="REP_1", **body)
    anew = await api.act("japan", "joinBody", key="new", acting_as="REP_1", **body)

    assert (own["__typename"], other["code"], anew["__typename"]) == (
        "BodyJoined",
        "IDEMPOTENCY_KEY_REUSED",
        "BodyJoined",
    )


async def test_acts_of_one_document_are_refused_from_the_one_on_that_ended_the_right(api: Api) -> None:
    world = api.world
    async with world.database.writing() as session:
        await add_delegate(session, world, "second", "japan", is_focal_point=True)
    ended = {"delegateId": world.delegates["japan"], "reason": "Leaving.", "expectedRevision": 1, "idempotencyKey": "1"}
    day = world.clock.now.date().isoformat()
    invited = {"partyId": world.parties["japan"], "name": "New", "email": "new@example.org", "startsOn": day}
    text = """mutation Both($ended: EndAccreditationInput!, $invited: InviteDelegateInput!) {
      first: endAccreditation(input: $ended) { __typename }
      second: inviteDelegate(input: $invited) { __typename ... on Refusal { code } }
    }"""

    answer = await api.send("japan", text, {"ended": ended, "invited": invited | {"idempotencyKey": "2"}})

    assert answer["data"] == {
        "first": {"__typename": "AccreditationEnded"},
        "second": {"__typename": "Refusal", "code": "NOT_ACCREDITED"},
    }
