"""The life of a round as people act on it: what is written, what is refused, and that a refusal writes nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from server.domain.delegations.actions import declaring, drafts
from server.domain.rounds.actions import admitting, answering, calling, conducting, filing
from server.domain.rounds.rules.late import SEALED_RULE
from server.domain.rounds.rules.terms import TERMS_RULE, RoundSettings
from server.journal.verification import verify
from server.kernel.actor import Capacity
from server.kernel.ids import new_id
from server.kernel.refusals import RefusalCode as Code
from server.models.bodies import Membership
from server.vocabulary.calling import RoundScope
from server.vocabulary.rounds import CommentType, DispositionVerdict, RoundVisibility
from tests.factories.rounds import (
    CLOSES,
    call,
    code_of,
    draft,
    everything,
    open_round,
    refusal_of,
    rows_of,
    submit,
)
from tests.factories.world import NOW, World

pytestmark = pytest.mark.own_sql
TICK = timedelta(microseconds=1)
WHY = {"reason": "Because of the holidays."}


async def row(world: World, table: str, identifier: str) -> dict[str, Any]:
    """The row of a table with an id."""
    (found,) = [each for each in await rows_of(world, table) if each["id"] == identifier]
    return found


async def holds(world: World) -> bool:
    """Whether the journal is whole and every bound row is as its entries say; the world's version came without one."""
    async with world.database.reading() as connection:
        report = await verify(connection)
    return {fault.subject for fault in report.faults} <= {f"text_versions/{world.version}"}


async def test_pause_keeps_the_closing_instant_and_takes_no_comment_until_it_is_resumed(world: World) -> None:
    round_id = await open_round(world)

    await world.do("secretariat", conducting.pause_round, round_id=round_id, **WHY, expected_revision=1)
    paused = await code_of(submit(world, "japan", round_id))
    await world.do("secretariat", conducting.resume_round, round_id=round_id, **WHY, expected_revision=2)
    await submit(world, "japan", round_id)

    stored = await row(world, "rounds", round_id)
    assert paused == Code.ROUND_NOT_OPEN
    assert (stored["status"], stored["closes_at"], stored["version"]) == ("CALLED", CLOSES, 3)
    steps = [(each["kind"], each["reason"], each["closes_after"]) for each in await rows_of(world, "round_steps")]
    assert sorted(steps) == [("PAUSED", WHY["reason"], None), ("RESUMED", WHY["reason"], None)]


async def test_paused_round_closes_at_its_instant_and_can_be_completed(world: World) -> None:
    round_id = await open_round(world)
    await world.do("secretariat", conducting.pause_round, round_id=round_id, **WHY, expected_revision=1)
    world.clock.now = CLOSES

    late = await code_of(
        world.do("secretariat", conducting.resume_round, round_id=round_id, **WHY, expected_revision=2)
    )
    await world.do("canada", calling.complete_round, round_id=round_id, expected_revision=2)

    assert late == Code.ROUND_CLOSED
    assert (await row(world, "rounds", round_id))["status"] == "COMPLETED"


async def test_close_round_early_keeps_the_announced_instant_beside_the_new_one(world: World) -> None:
    round_id = await open_round(world)
    world.clock.move(days=1)

    await world.do("secretariat", conducting.close_round, round_id=round_id, **WHY, expected_revision=1)
    late = await code_of(submit(world, "japan", round_id))

    stored = await row(world, "rounds", round_id)
    assert (stored["closes_at"], stored["announced_closes_at"]) == (world.clock.now, CLOSES)
    assert late == Code.ROUND_CLOSED
    assert await holds(world)


async def test_close_round_in_the_instant_of_its_opening_is_refused(world: World) -> None:
    round_id = await open_round(world)
    before = await everything(world)

    refused = await refusal_of(
        world.do("secretariat", conducting.close_round, round_id=round_id, **WHY, expected_revision=1)
    )

    assert refused is not None
    assert [issue.code for issue in refused.issues] == ["CLOSES_BEFORE_OPENING"]
    assert await everything(world) == before


ACTS = {
    "pause_round": (conducting.pause_round, "secretariat", WHY),
    "close_round": (conducting.close_round, "secretariat", WHY),
    "cancel_round": (calling.cancel_round, "secretariat", WHY),
    "revise_round": (calling.revise_round, "canada", WHY),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(
    ("who", "changed", "code"),
    [
        (None, {}, Code.NOT_FOUND),
        ("japan", {}, Code.FORBIDDEN),
        ("", {"round_id": new_id("RND")}, Code.NOT_FOUND),
        ("", {"expected_revision": 2}, Code.STALE_REVISION),
        ("", {"reason": " "}, Code.REASON_REQUIRED),
    ],
)
async def test_step_when_refused_writes_nothing(
    world: World, name: str, who: str | None, changed: dict[str, Any], code: Code
) -> None:
    action, able, given = ACTS[name]
    round_id = await open_round(world)
    world.clock.move(hours=1)
    sent: dict[str, Any] = {"round_id": round_id, "expected_revision": 1, **given}
    if name == "revise_round":
        sent |= {key: value for key, value in call(world).items() if key not in ("text_version_id", "body_id")}
        sent["title"] = "Another title"
    before = await everything(world)

    refused = await code_of(world.do(able if who == "" else who, action, **(sent | changed)))

    assert refused == code
    assert await everything(world) == before


async def test_cancel_round_closes_its_comments_and_drafts_and_tells_their_parties(world: World) -> None:
    round_id = await open_round(world)
    drafted, filed = await draft(world, "japan", round_id), await submit(world, "japan", round_id)
    taken_back = await submit(world, "upu", round_id)
    await world.do("upu", filing.withdraw_comment, comment_id=taken_back, expected_revision=1)

    await world.do("secretariat", calling.cancel_round, round_id=round_id, **WHY, expected_revision=1)

    work = {each["comment_id"]: each["status"] for each in await rows_of(world, "comment_work")}
    assert work == {drafted: "CLOSED_WITH_ROUND", filed: "CLOSED_WITH_ROUND", taken_back: "WITHDRAWN"}
    entries = {(each["act"], each["subject_id"]) for each in await rows_of(world, "journal")}
    assert {("comment.closed", filed), ("comment.draft_closed", drafted), ("round.cancelled", round_id)} <= entries
    assert await holds(world)


async def test_cancel_round_that_is_being_answered_is_refused(world: World) -> None:
    round_id = await open_round(world)
    filed = await submit(world, "japan", round_id)
    world.clock.now = CLOSES
    noted = {"verdict": DispositionVerdict.NOTED, "reason": "Noted.", "wording": None}
    await world.do("canada", answering.propose_disposition, comment_id=filed, **noted, expected_revision=1)
    before = await everything(world)

    codes = [
        await code_of(world.do("secretariat", calling.cancel_round, round_id=round_id, **WHY, expected_revision=1)),
        await code_of(
            world.do(
                "canada",
                calling.extend_round,
                round_id=round_id,
                closes_at=CLOSES + timedelta(days=3),
                **WHY,
                expected_revision=1,
            )
        ),
    ]

    assert codes == [Code.WRONG_STATE, Code.WRONG_STATE]
    assert await everything(world) == before


async def test_report_round_names_an_issued_version_once_it_is_complete(world: World) -> None:
    round_id = await open_round(world)
    sent = {"round_id": round_id, "text_version_id": world.version}
    early = await code_of(world.do("canada", conducting.report_round, **sent, expected_revision=1))
    world.clock.now = CLOSES
    await world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1)

    await world.do("canada", conducting.report_round, **sent, expected_revision=2)
    again = await code_of(world.do("canada", conducting.report_round, **sent, expected_revision=3))

    stored = await row(world, "rounds", round_id)
    assert (early, again) == (Code.WRONG_STATE, Code.WRONG_STATE)
    assert (stored["status"], stored["reported_version_id"]) == ("REPORTED", world.version)


async def test_codes_are_given_once_for_ever_and_cite_comments(world: World) -> None:
    first = await open_round(world)
    asked = await open_round(world, code="TS2-1")
    await world.do("secretariat", calling.cancel_round, round_id=asked, **WHY, expected_revision=1)

    taken = await refusal_of(open_round(world, code="TS2-1"))
    third = await open_round(world)
    comments = [await submit(world, "japan", each) for each in (first, first, third)]

    codes = {each["id"]: each["code"] for each in await rows_of(world, "rounds")}
    references = {each["id"]: each["reference"] for each in await rows_of(world, "comments")}
    assert taken is not None
    assert [issue.code for issue in taken.issues] == ["CODE_TAKEN"]
    assert codes == {first: "R1", asked: "TS2-1", third: "R3"}
    assert [references[each] for each in comments] == ["Japan R1-1", "Japan R1-2", "Japan R3-1"]


async def test_two_rounds_on_one_version_never_have_one_title_unless_one_was_called_off(world: World) -> None:
    first = await open_round(world, title="Final comments")
    before = await everything(world)

    refused = await refusal_of(open_round(world, title=" final  Comments "))

    assert refused is not None
    assert [(issue.code, issue.parameters["reference"]) for issue in refused.issues] == [("TITLE_TAKEN", "R1")]
    assert await everything(world) == before
    await world.do("secretariat", calling.cancel_round, round_id=first, **WHY, expected_revision=1)
    await open_round(world, title="Final comments")


async def test_round_of_a_group_asks_its_members_of_today_alone(world: World) -> None:
    group = world.bodies["wgec"]
    await world.add(
        Membership(body_id=group, party_id=world.parties["japan"], joined_on=date(2018, 1, 1)),
        Membership(
            body_id=group, party_id=world.parties["china"], joined_on=date(2018, 1, 1), left_on=date(2018, 9, 23)
        ),
        Membership(body_id=group, party_id=world.parties["gea"], joined_on=date(2018, 9, 25)),
    )
    round_id = await open_round(world, settings=RoundSettings(group_id=group))

    codes = {who: await code_of(submit(world, who, round_id)) for who in ("japan", "china", "upu", "gea")}
    world.clock.move(days=1)
    tomorrow = await code_of(submit(world, "gea", round_id))

    assert codes == {"japan": None, "china": Code.NOT_FOUND, "upu": Code.NOT_FOUND, "gea": Code.NOT_FOUND}
    assert tomorrow is None


async def test_comment_outside_the_terms_is_refused_with_the_rule_and_writes_nothing(world: World) -> None:
    scope = {"scope": RoundScope.NAMED, "provision_keys": (world.keys[1],), "is_general_taken": False}
    limits = {"types": (CommentType.SUBSTANTIVE,), "most_comments": 1, "most_characters": 60}
    round_id = await open_round(world, settings=RoundSettings(**scope, **limits))
    await submit(world, "japan", round_id)
    before = await everything(world)
    whole: dict[str, Any] = {"quotation": None, "proposed_wording": None}

    refusals = [
        await refusal_of(submit(world, "china", round_id, provision_id=world.provisions[2], **whole)),
        await refusal_of(submit(world, "china", round_id, type=CommentType.GENERAL, provision_id=None, **whole)),
        await refusal_of(submit(world, "china", round_id, type=CommentType.EDITORIAL)),
        await refusal_of(submit(world, "china", round_id, text="x" * 61)),
        await refusal_of(draft(world, "china", round_id, type=CommentType.QUESTION, **whole)),
        await refusal_of(submit(world, "japan", round_id)),
    ]

    assert [refused and (refused.code, refused.rule) for refused in refusals] == [
        *[(Code.INVALID, TERMS_RULE)] * 5,
        (Code.LIMIT_REACHED, TERMS_RULE),
    ]
    assert await everything(world) == before


async def test_comment_outside_the_terms_is_told_every_fault_and_no_way_that_the_round_does_not_take(
    world: World,
) -> None:
    settings = RoundSettings(types=(CommentType.SUBSTANTIVE,), is_general_taken=False)
    round_id = await open_round(world, settings=settings)
    whole: dict[str, Any] = {"quotation": None, "proposed_wording": None, "provision_id": None}

    refusal = await refusal_of(submit(world, "china", round_id, type=CommentType.EDITORIAL, text=" ", **whole))

    assert refusal is not None
    assert {(issue.path, issue.code) for issue in refusal.issues} == {
        ("type", "NOT_ONE_OF"),
        ("provisionId", "GENERAL_NOT_TAKEN"),
        ("text", "EMPTY"),
    }


async def test_comment_taken_back_makes_room_for_another(world: World) -> None:
    round_id = await open_round(world, settings=RoundSettings(most_comments=1))
    filed = await submit(world, "japan", round_id)
    await world.do("japan", filing.withdraw_comment, comment_id=filed, expected_revision=1)

    await submit(world, "japan", round_id)

    assert [each["number"] for each in sorted(await rows_of(world, "comments"), key=lambda each: each["number"])] == [
        1,
        2,
    ]


async def test_open_round_on_unknown_provisions_or_since_itself_is_refused(world: World) -> None:
    before = await everything(world)
    named = RoundSettings(scope=RoundScope.NAMED, provision_keys=(new_id("PRV"),))
    since = RoundSettings(scope=RoundScope.CHANGED, since_version_id=world.version)

    refusals = [await refusal_of(open_round(world, settings=settings)) for settings in (named, since)]

    assert [refused and [issue.code for issue in refused.issues] for refused in refusals] == [
        ["KEY_UNKNOWN"],
        ["NOTHING_CHANGES"],
    ]
    assert await everything(world) == before


async def test_revise_round_before_it_opens_corrects_everything_with_a_reason(world: World) -> None:
    opens = NOW + timedelta(days=1)
    round_id = await open_round(world, opens_at=opens)
    changed = {
        "title": "Comments on the scope",
        "opens_at": opens + timedelta(hours=1),
        "closes_at": datetime.fromisoformat("2018-09-30T17:00:00+02:00"),
        "zone": "Europe/Brussels",
        "visibility": RoundVisibility.AFTER_CLOSE,
        "audience": frozenset({Capacity.MEMBER}),
        "settings": RoundSettings(most_comments=3, reminder_days=(3, 7)),
    }

    await world.do("canada", calling.revise_round, round_id=round_id, **changed, **WHY, expected_revision=1)

    stored = await row(world, "rounds", round_id)
    (step,) = await rows_of(world, "round_steps")
    assert (stored["title"], stored["visibility"], stored["open_to_observers"]) == (
        "Comments on the scope",
        "AFTER_CLOSE",
        False,
    )
    assert (stored["closes_at"], stored["reminder_days"]) == (datetime(2018, 9, 30, 15, 0, tzinfo=UTC), [7, 3])
    assert step["changed"] == [
        *("title", "opensAt", "closesAt", "visibility", "audience", "mostComments", "reminderDays"),
    ]
    assert await holds(world)


async def test_revise_round_after_it_opened_corrects_what_takes_nothing_away(world: World) -> None:
    round_id = await open_round(world)
    same = {key: value for key, value in call(world).items() if key not in ("text_version_id", "body_id")}
    on = {"round_id": round_id, **WHY, "expected_revision": 1}
    world.clock.move(hours=1)
    before = await everything(world)

    refused = await refusal_of(
        world.do("canada", calling.revise_round, **on, **(same | {"visibility": RoundVisibility.AFTER_CLOSE}))
    )

    assert refused is not None
    assert [(issue.path, issue.code) for issue in refused.issues] == [("visibility", "FIXED_ONCE_OPEN")]
    assert await everything(world) == before
    await world.do("canada", calling.revise_round, **on, **(same | {"title": "A better title"}))
    assert (await row(world, "rounds", round_id))["title"] == "A better title"


async def test_late_comment_by_admission_is_marked_late_for_ever(world: World) -> None:
    round_id = await open_round(world)
    stranded = await draft(world, "japan-assistant", round_id)
    world.clock.now = CLOSES
    await world.do("japan", admitting.ask_late_admission, round_id=round_id, **WHY)
    (request,) = await rows_of(world, "late_admissions")
    on = {"admission_id": request["id"], **WHY}
    until = CLOSES + timedelta(days=1)
    waiting = await code_of(submit(world, "japan", round_id))

    await world.do("canada", admitting.admit_late_comments, **on, ends_at=until, expected_revision=1)
    running = await refusal_of(world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1))
    filed = await submit(world, "japan", round_id)
    await world.do("japan", filing.clear_comment, comment_id=stranded, expected_revision=1)
    others = await code_of(submit(world, "china", round_id))
    answered = await refusal_of(world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1))
    world.clock.now = until
    over = await code_of(submit(world, "japan", round_id))

    late = {each["id"]: each["is_late"] for each in await rows_of(world, "comments")}
    assert (waiting, others, over) == (Code.ROUND_CLOSED, Code.ROUND_CLOSED, Code.ROUND_CLOSED)
    assert late == {stranded: True, filed: True}
    assert running is not None
    assert (running.code, running.unlocks_at) == (Code.ROUND_NOT_OPEN, until)
    assert answered is not None
    assert answered.code == Code.DISPOSITIONS_OPEN  # the party has filed: nobody waits for its instant any more
    assert await holds(world)


async def test_round_is_completed_once_the_admitted_party_says_that_it_has_no_comment(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES
    assert await code_of(world.do("japan", declaring.declare_no_comment, round_id=round_id)) == Code.ROUND_CLOSED
    await world.do("japan", admitting.ask_late_admission, round_id=round_id, **WHY)
    (request,) = await rows_of(world, "late_admissions")
    on = {"admission_id": request["id"], "ends_at": CLOSES + timedelta(days=1), "expected_revision": 1, **WHY}
    await world.do("canada", admitting.admit_late_comments, **on)
    completing = {"round_id": round_id, "expected_revision": 1}

    assert await code_of(world.do("canada", calling.complete_round, **completing)) == Code.ROUND_NOT_OPEN
    await world.do("japan", declaring.declare_no_comment, round_id=round_id)
    await world.do("canada", calling.complete_round, **completing)

    assert (await row(world, "rounds", round_id))["status"] == "COMPLETED"


@pytest.mark.parametrize("phase", ["planned", "paused"])
async def test_draft_is_prepared_and_cleared_while_filing_waits(world: World, phase: str) -> None:
    later = {"opens_at": world.clock.now + timedelta(days=1)} if phase == "planned" else {}
    round_id = await open_round(world, **later)
    if phase == "paused":
        await world.do("secretariat", conducting.pause_round, round_id=round_id, expected_revision=1, **WHY)
    comment_id = await draft(world, "japan-assistant", round_id)
    await world.do("japan-assistant", drafts.present_draft, comment_id=comment_id, expected_revision=1)

    assert await code_of(submit(world, "japan", round_id)) == Code.ROUND_NOT_OPEN
    filing_it = {"comment_id": comment_id, "expected_revision": 2}
    assert await code_of(world.do("japan", filing.clear_comment, **filing_it)) == Code.ROUND_NOT_OPEN
    if phase == "paused":
        await world.do("secretariat", conducting.resume_round, round_id=round_id, expected_revision=2, **WHY)
    else:
        world.clock.move(days=1)
    await world.do("japan", filing.clear_comment, **filing_it)

    assert (await row(world, "comments", comment_id))["number"] == 1


async def test_draft_that_the_terms_no_longer_take_is_not_filed(world: World) -> None:
    terms = call(world, opens_at=world.clock.now + timedelta(days=1))
    round_id = await world.do("canada", calling.open_round, **terms)
    comment_id = await draft(world, "japan-assistant", round_id)
    narrower = {name: terms[name] for name in terms if name not in ("text_version_id", "body_id")}
    narrower |= {"settings": RoundSettings(types=(CommentType.QUESTION,)), "round_id": round_id}
    await world.do("canada", calling.revise_round, **narrower, **WHY, expected_revision=1)
    world.clock.move(days=1)
    before = await everything(world)

    refused = await refusal_of(world.do("japan", filing.clear_comment, comment_id=comment_id, expected_revision=1))

    assert refused is not None
    assert [issue.path for issue in refused.issues] == ["type"]
    assert await everything(world) == before


async def test_refused_party_can_ask_again(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES
    await world.do("japan", admitting.ask_late_admission, round_id=round_id, **WHY)
    (request,) = await rows_of(world, "late_admissions")

    on = {"admission_id": request["id"], **WHY}
    await world.do("canada", admitting.refuse_late_admission, **on, expected_revision=1)
    shut = await code_of(submit(world, "japan", round_id))
    await world.do("japan", admitting.ask_late_admission, round_id=round_id, reason="Our system was down.")

    (again,) = await rows_of(world, "late_admissions")
    assert shut == Code.ROUND_CLOSED
    assert (again["id"], again["status"], again["reason"]) == (request["id"], "ASKED", "Our system was down.")
    assert (again["answer"], again["decided_at"], again["version"]) == ("", None, 3)


async def test_late_admission_when_refused_writes_nothing(world: World) -> None:
    round_id = await open_round(world)
    sealed = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    early = await code_of(world.do("japan", admitting.ask_late_admission, round_id=round_id, **WHY))
    world.clock.now = CLOSES
    await world.do("canada", admitting.ask_late_admission, round_id=round_id, **WHY)
    (own,) = await rows_of(world, "late_admissions")
    before = await everything(world)
    until = CLOSES + timedelta(days=1)
    on = {"admission_id": own["id"], "ends_at": until, "expected_revision": 1, **WHY}

    shut = await refusal_of(world.do("japan", admitting.ask_late_admission, round_id=sealed, **WHY))
    codes = [
        await code_of(world.do("japan-assistant", admitting.ask_late_admission, round_id=round_id, **WHY)),
        await code_of(world.do("canada", admitting.ask_late_admission, round_id=round_id, **WHY)),
        await code_of(world.do("canada", admitting.admit_late_comments, **on)),
        await code_of(world.do("japan", admitting.admit_late_comments, **on)),
        await code_of(world.do("secretariat", admitting.admit_late_comments, **(on | {"ends_at": CLOSES}))),
        await code_of(world.do("secretariat", admitting.admit_late_comments, **(on | {"reason": ""}))),
    ]

    assert early == Code.ROUND_NOT_OPEN
    assert shut is not None
    assert shut.rule == SEALED_RULE
    assert codes == [
        *(Code.FORBIDDEN, Code.ALREADY_DONE, Code.FORBIDDEN, Code.NOT_FOUND),
        *(Code.INVALID, Code.REASON_REQUIRED),
    ]
    assert await everything(world) == before


async def test_nobody_is_admitted_to_a_round_that_is_complete(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES
    await world.do("japan", admitting.ask_late_admission, round_id=round_id, **WHY)
    (request,) = await rows_of(world, "late_admissions")
    await world.do("canada", calling.complete_round, round_id=round_id, expected_revision=1)

    until = CLOSES + timedelta(days=1)
    sent = {"admission_id": request["id"], "ends_at": until, "expected_revision": 1, **WHY}
    refused = await code_of(world.do("secretariat", admitting.admit_late_comments, **sent))

    assert refused == Code.ROUND_CLOSED


GUARDED = {
    "other terms": "UPDATE rounds SET title = 'Other', version = version + 1",
    "an earlier close": "UPDATE rounds SET closes_at = opens_at, version = version + 1",
    "another code": "UPDATE rounds SET code = 'R9', version = version + 1",
    "a step": "UPDATE round_steps SET reason = 'Other'",
    "a step that is gone": "DELETE FROM round_steps",
    "a comment that is open again": "UPDATE comment_work SET status = 'SUBMITTED'",
}


@pytest.mark.parametrize("name", GUARDED)
async def test_database_refuses_what_no_act_would_write(world: World, name: str) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    await world.do("secretariat", calling.cancel_round, round_id=round_id, **WHY, expected_revision=1)

    with pytest.raises(DatabaseError):
        async with world.database.writing() as session:
            await session.execute(text(GUARDED[name]))
