"""Nominations, promises, contributions, reports, reporting lines and transfers, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.bodies.actions import establishing, functions, joining
from server.domain.groups.actions import nominating, promising, reporting, succeeding
from server.domain.groups.queries import visible_contributions, visible_transfers
from server.domain.groups.rules.facts import TimingFacts
from server.domain.groups.rules.promises import timing_of
from server.domain.planning.actions import milestones
from server.domain.silence.actions import opening, settling
from server.domain.workplan.actions import topics, tracking
from server.kernel.actor import Capacity
from server.kernel.refusals import RefusalCode, RefusalKind
from server.models.bodies import Function
from server.models.calls import Call
from server.models.groups import Contribution, GroupReport, Nomination, Promise
from server.models.planning import Milestone, PlanChange
from server.models.silence import SilenceProcedure
from server.models.sittings import ReportingLine, Transfer
from server.models.workplan import WorkItem
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.groups import GroupReportStatus, NominationStatus, PromiseStatus, PromiseTiming
from tests.factories import proposals as make
from tests.factories.answers import (
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    STALE,
    WRONG_STATE,
    kind_and_code,
    last_entry,
    refusal,
    rows,
)
from tests.factories.calls import open_call
from tests.factories.rounds import open_round
from tests.factories.silence import TEXT, open_silence
from tests.factories.workplan import make_plan
from tests.factories.world import NOW, World

DONE = (RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE)
DUE = NOW + timedelta(days=21)
WHY = "We lack the people."


def named(world: World, party: str, **changed: Any) -> dict[str, Any]:
    """Return what `nominate` takes: a party as coordinator of the group."""
    good = {"body_id": world.bodies["group"], "party_id": world.parties[party], "kind": FunctionKind.COORDINATOR}
    return good | {"starts_on": date(2018, 10, 1)} | changed


async def only(world: World, model: Any) -> Any:
    """Return the only row of a table."""
    (row,) = await rows(world, model)
    return row


async def test_nominated_party_accepts_and_the_body_above_agrees(world: World) -> None:
    on = await world.do("secretariat", nominating.nominate, **named(world, "gea"))
    early = await refusal(world, "secretariat", nominating.agree_nomination, nomination_id=on, expected_revision=1)
    await world.do("gea", nominating.accept_nomination, nomination_id=on, expected_revision=1)
    await world.do("secretariat", nominating.agree_nomination, nomination_id=on, expected_revision=2)

    nomination = await only(world, Nomination)
    (function,) = [row for row in await rows(world, Function) if row.party_id == world.parties["gea"]]
    assert kind_and_code(early) == WRONG_STATE
    assert (nomination.status, nomination.function_id) == (NominationStatus.AGREED, function.id)
    assert (function.kind, function.starts_on) == (FunctionKind.COORDINATOR, date(2018, 10, 1))


async def test_party_that_names_itself_has_accepted_and_does_not_agree_for_the_body_above(world: World) -> None:
    on = await world.do("japan", nominating.nominate, **named(world, "japan"))

    agreed = await refusal(world, "japan", nominating.agree_nomination, nomination_id=on, expected_revision=1)
    coordinator = await refusal(world, "canada", nominating.agree_nomination, nomination_id=on, expected_revision=1)

    assert (await only(world, Nomination)).status == NominationStatus.ACCEPTED
    assert [kind_and_code(each) for each in (agreed, coordinator)] == [FORBIDDEN, FORBIDDEN]


async def test_chair_of_the_body_above_agrees(world: World) -> None:
    chair = {"body_id": world.bodies["wgec"], "party_id": world.parties["upu"], "delegate_id": None}
    days = {"starts_on": date(2018, 1, 1), "ends_on": None}
    await world.do("secretariat", functions.appoint_function, **chair, kind=FunctionKind.CO_CHAIR, **days)
    on = await world.do("japan", nominating.nominate, **named(world, "japan"))

    await world.do("upu", nominating.agree_nomination, nomination_id=on, expected_revision=1)

    assert (await only(world, Nomination)).status == NominationStatus.AGREED


async def test_nomination_is_declined_withdrawn_and_made_anew(world: World) -> None:
    sent = named(world, "gea")
    on = await world.do("canada", nominating.nominate, **sent)
    twice = await refusal(world, "secretariat", nominating.nominate, **sent)
    await world.do("gea", nominating.decline_nomination, nomination_id=on, reason=WHY, expected_revision=1)
    again = await world.do("secretariat", nominating.nominate, **sent)
    await world.do(
        "secretariat", nominating.withdraw_nomination, nomination_id=again, reason="Not agreed.", expected_revision=1
    )

    held = await refusal(world, "gea", nominating.accept_nomination, nomination_id=again, expected_revision=2)
    stranger = await refusal(world, "china", nominating.nominate, **sent)

    assert [kind_and_code(each) for each in (twice, held, stranger)] == [DONE, WRONG_STATE, FORBIDDEN]
    statuses = {row.status for row in await rows(world, Nomination)}
    assert statuses == {NominationStatus.DECLINED, NominationStatus.WITHDRAWN}


async def test_nomination_of_another_party_is_hidden_from_strangers(world: World) -> None:
    on = await world.do("secretariat", nominating.nominate, **named(world, "gea"))

    refused = await refusal(world, "china", nominating.accept_nomination, nomination_id=on, expected_revision=1)

    assert kind_and_code(refused) == NOT_FOUND


async def ask(world: World, **changed: Any) -> str:
    """Ask Japan for comments as the coordinator, and return the promise's id."""
    sent = {"body_id": world.bodies["group"], "party_id": world.parties["japan"], "text": "Comments on section 4"}
    return await world.do("canada", promising.ask_promise, **sent | {"due_at": DUE} | changed)


async def test_promise_is_asked_accepted_nudged_once_and_kept(world: World) -> None:
    on = await ask(world)
    await world.do("japan-assistant", promising.accept_promise, promise_id=on, expected_revision=1)
    await world.do("canada", promising.nudge_promise, promise_id=on, expected_revision=2)
    twice = await refusal(world, "canada", promising.nudge_promise, promise_id=on, expected_revision=3)
    world.clock.now = DUE
    await world.do("japan", joining.join_body, body_id=world.bodies["group"])
    sent = {"body_id": world.bodies["group"], "title": "Section 4", "text": "Returns are missing."}
    gift = await world.do("japan", promising.contribute, **sent, text_version_id=world.version)
    await world.do("japan", promising.keep_promise, promise_id=on, contribution_id=gift, expected_revision=3)

    promise = await only(world, Promise)
    assert (promise.status, promise.settled_at, promise.evidence_id) == (PromiseStatus.KEPT, DUE, gift)
    assert (kind_and_code(twice), (await only(world, Contribution)).text_version_id) == (DONE, world.version)


async def test_promise_is_declined_or_handed_back_with_a_reason(world: World) -> None:
    first, second = await ask(world), await ask(world)
    await world.do("japan", promising.decline_promise, promise_id=first, reason=WHY, expected_revision=1)
    await world.do("japan", promising.accept_promise, promise_id=second, expected_revision=1)
    silent = await refusal(
        world, "japan", promising.hand_back_promise, promise_id=second, reason=" ", expected_revision=2
    )
    await world.do("japan", promising.hand_back_promise, promise_id=second, reason=WHY, expected_revision=2)

    late = await refusal(world, "japan", promising.keep_promise, promise_id=second, expected_revision=3)

    assert [row.status for row in await rows(world, Promise, Promise.id)] == [
        PromiseStatus.DECLINED,
        PromiseStatus.HANDED_BACK,
    ]
    assert [issue.path for issue in silent.issues] == ["reason"]
    assert kind_and_code(late) == WRONG_STATE


async def test_promise_is_made_by_those_who_take_part_and_hidden_from_others(world: World) -> None:
    sent = {"body_id": world.bodies["group"], "text": "A chart of returns", "due_at": DUE}
    stranger = await refusal(world, "upu", promising.make_promise, **sent)
    await world.do("upu", joining.join_body, body_id=world.bodies["group"])
    on = await world.do("upu", promising.make_promise, **sent)

    hidden = await refusal(world, "gea", promising.keep_promise, promise_id=on, expected_revision=1)
    other = await refusal(world, "canada", promising.keep_promise, promise_id=on, expected_revision=1)
    stale = await refusal(world, "upu", promising.keep_promise, promise_id=on, expected_revision=7)

    assert [kind_and_code(each) for each in (stranger, hidden, other, stale)] == [
        FORBIDDEN,
        NOT_FOUND,
        FORBIDDEN,
        STALE,
    ]


@pytest.mark.own_sql
async def test_party_that_left_today_neither_adds_to_the_work_of_the_group_nor_sees_what_is_added(world: World) -> None:
    group = world.bodies["group"]
    note = {"body_id": group, "title": "Returns", "text": "Returns are missing."}
    await world.do("upu", joining.join_body, body_id=group)
    own = await world.do("upu", promising.contribute, **note)
    await world.do("upu", joining.leave_body, body_id=group)
    world.clock.move(minutes=5)
    later = await world.do("canada", promising.contribute, **note)

    adds = await refusal(world, "upu", promising.contribute, **note)
    promises = await refusal(world, "upu", promising.make_promise, body_id=group, text="A chart", due_at=DUE)

    assert [kind_and_code(each) for each in (adds, promises)] == [FORBIDDEN, FORBIDDEN]
    assert await seen_contributions(world, "upu") == {own}
    assert await seen_contributions(world, "canada") == {own, later}


async def seen_contributions(world: World, key: str) -> set[str]:
    """Return the ids of the contributions that a person sees now."""
    actor = await world.actor(key)
    async with world.database.reading() as connection:
        statement = select(Contribution.id).where(visible_contributions(Contribution))
        return set(await connection.scalars(statement, actor.parameters(world.clock.now)))


@pytest.mark.parametrize("changed", [{"text": " "}, {"due_at": NOW}, {"zone": "Mars"}, {"text": "x" * 501}])
async def test_fault_of_a_promise_is_refused(world: World, changed: dict[str, Any]) -> None:
    sent = {"body_id": world.bodies["group"], "party_id": world.parties["japan"], "text": "Comments", "due_at": DUE}

    refused = await refusal(world, "canada", promising.ask_promise, **sent | changed)

    assert kind_and_code(refused) == INVALID


@pytest.mark.parametrize(
    ("status", "before", "timing"),
    [
        (PromiseStatus.MADE, timedelta(days=8), PromiseTiming.AHEAD),
        (PromiseStatus.MADE, timedelta(days=7), PromiseTiming.DUE_SOON),
        (PromiseStatus.MADE, timedelta(microseconds=1), PromiseTiming.DUE_SOON),
        (PromiseStatus.MADE, timedelta(), PromiseTiming.OVERDUE),
        (PromiseStatus.ASKED, timedelta(days=-1), PromiseTiming.OVERDUE),
        (PromiseStatus.KEPT, timedelta(days=-1), PromiseTiming.SETTLED),
    ],
)
def test_timing_of_a_promise(status: PromiseStatus, before: timedelta, timing: PromiseTiming) -> None:
    assert timing_of(TimingFacts(status, DUE), DUE - before) == timing


async def test_report_is_drafted_circulated_and_adopted(world: World) -> None:
    sent = {"title": "Report of the group", "text": "The charts are ready."}
    on = await world.do("canada", reporting.draft_report, body_id=world.bodies["group"], **sent)
    await world.do("japan", joining.join_body, body_id=world.bodies["group"])
    unseen = await refusal(world, "secretariat", reporting.adopt_report, report_id=on, expected_revision=1)
    await world.do("canada", reporting.revise_report, report_id=on, **sent | {"text": "Done."}, expected_revision=1)
    await world.do("canada", reporting.circulate_report, report_id=on, expected_revision=2)
    fixed = await refusal(world, "canada", reporting.revise_report, report_id=on, **sent, expected_revision=3)
    await world.do("secretariat", reporting.adopt_report, report_id=on, expected_revision=3)

    report = await only(world, GroupReport)
    assert (report.status, report.text) == (GroupReportStatus.ADOPTED, "Done.")
    assert [kind_and_code(each) for each in (unseen, fixed)] == [NOT_FOUND, WRONG_STATE]


async def test_body_reports_to_several(world: World) -> None:
    sent = {"body_id": world.bodies["wgec"], "starts_on": date(2016, 7, 1)}
    pc = {"superior_id": world.bodies["pc"], "topic": "policy"}
    on = await world.do("secretariat", succeeding.record_reporting_line, **sent, **pc)
    twice = await refusal(world, "secretariat", succeeding.record_reporting_line, **sent, **pc)
    above = await refusal(
        world, "secretariat", succeeding.record_reporting_line, **sent, superior_id=world.bodies["ptc"], topic="all"
    )
    below = await refusal(
        world, "secretariat", succeeding.record_reporting_line, **sent, superior_id=world.bodies["group"], topic="all"
    )
    say = {"reporting_line_id": on, "reason": "Its term ended."}
    await world.do("secretariat", succeeding.end_reporting_line, **say, ended_on=NOW.date())

    late = await refusal(world, "secretariat", succeeding.end_reporting_line, **say, ended_on=NOW.date())

    assert [kind_and_code(each) for each in (twice, above, below, late)] == [DONE, DONE, INVALID, DONE]
    assert (await only(world, ReportingLine)).ended_on == NOW.date()


async def test_open_items_go_to_the_successor_with_a_trace(world: World) -> None:
    group, wgec = world.bodies["group"], world.bodies["wgec"]
    promise = await ask(world)
    kept = await ask(world)
    await world.do("japan", promising.decline_promise, promise_id=kept, reason=WHY, expected_revision=1)
    sent = {"body_id": group, "reason": "Council, June 2020."}
    nowhere = await refusal(world, "secretariat", succeeding.transfer_items, **sent, expected_revision=1)
    await world.do("secretariat", establishing.name_successor, **sent, successor_id=wgec, expected_revision=1)
    await world.do("secretariat", succeeding.transfer_items, **sent, expected_revision=2)

    again = await refusal(world, "secretariat", succeeding.transfer_items, **sent, expected_revision=3)

    transfer = await only(world, Transfer)
    assert (transfer.item_id, transfer.successor_id) == (promise, wgec)
    assert {row.id: row.body_id for row in await rows(world, Promise)} == {promise: wgec, kept: group}
    assert (await last_entry(world)).details["transferred"] == [promise]
    assert [kind_and_code(each) for each in (nowhere, again)] == [WRONG_STATE, DONE]


@pytest.mark.own_sql
async def test_what_runs_in_the_name_of_a_body_is_traced_once_and_keeps_it(world: World) -> None:
    """Its rounds, calls and silence procedures; not those that are closed, called off or settled."""
    group, ptc = world.bodies["group"], world.bodies["ptc"]
    settled = await open_call(world, closes_at=NOW + timedelta(hours=1))
    moot = await open_silence(world, body_id=group, title="Moot")
    await world.do("secretariat", opening.cancel_silence, procedure_id=moot, reason=WHY, expected_revision=1)
    world.clock.move(hours=2)
    silences = [await open_silence(world, body_id=group, title=title) for title in ("Charts", "Tables")]
    running = [await open_round(world), await open_call(world), *silences]
    await world.do("china", settling.break_silence, procedure_id=running[-1], passage=TEXT, reason="Too early.")
    sent = {"body_id": group, "reason": "Council, June 2020."}
    await world.do("secretariat", establishing.name_successor, **sent, successor_id=ptc, expected_revision=1)
    await world.do("secretariat", succeeding.transfer_items, **sent, expected_revision=2)
    again = await refusal(world, "secretariat", succeeding.transfer_items, **sent, expected_revision=3)
    later = await open_call(world)
    await world.do("secretariat", succeeding.transfer_items, **sent, expected_revision=3)

    traced = [(row.item_id, row.successor_id) for row in await rows(world, Transfer, Transfer.id)]
    assert sorted(traced) == sorted((each, ptc) for each in [*running, later])
    assert settled not in {item for item, _ in traced}
    assert kind_and_code(again) == DONE
    for table in (Call, SilenceProcedure):
        assert {row.body_id for row in await rows(world, table)} == {group}


@pytest.mark.own_sql
async def test_transfer_of_what_somebody_does_not_see_is_hidden_from_them(world: World) -> None:
    """A round, a call, a promise and a silence procedure that not everybody sees, and a topic that everybody does."""
    group, ptc = world.bodies["group"], world.bodies["ptc"]
    members = {"audience": frozenset({Capacity.MEMBER})}
    round_, call, promise = await open_round(world, **members), await open_call(world, **members), await ask(world)
    everybodys_call = await open_call(world)
    silence = await open_silence(world, body_id=group, audience=frozenset({Capacity.MEMBER}))
    plan = await make_plan(world)
    topic = {"work_plan_id": plan.id, "reason": WHY, "title": "Flows", "body_id": group}
    item = await world.do("secretariat", topics.add_work_item, **topic)
    sent = {"body_id": group, "reason": "Council, June 2020."}
    await world.do("secretariat", establishing.name_successor, **sent, successor_id=ptc, expected_revision=1)
    await world.do("secretariat", succeeding.transfer_items, **sent, expected_revision=2)

    seen = {who: await seen_transfers(world, who) for who in ("gea", "china", "japan", "secretariat")}

    assert seen["gea"] == {everybodys_call, item}
    assert seen["china"] == seen["gea"] | {round_, call, silence}
    assert seen["japan"] == seen["secretariat"] == seen["china"] | {promise}


async def seen_transfers(world: World, key: str) -> set[str]:
    """Return the ids of the items of the transfers that a person sees."""
    statement = select(Transfer.item_id).where(visible_transfers(Transfer))
    async with world.database.reading() as connection:
        parameters = (await world.actor(key)).parameters(world.clock.now)
        return set(await connection.scalars(statement, parameters))


@pytest.mark.own_sql
async def test_open_activities_of_a_body_go_to_the_successor_with_a_trace(world: World) -> None:
    wgec, ptc = world.bodies["wgec"], world.bodies["ptc"]
    plan = await make_plan(world)
    add = {"work_plan_id": plan.id, "reason": WHY, "title": "Flows"}
    given = await world.do("secretariat", topics.add_work_item, **add, body_id=world.bodies["group"])
    done = plan.activities["Count the boats"]
    counted = {"activity_id": done, "evidence_id": world.version, "expected_revision": 1}
    await world.do("secretariat", tracking.complete_activity, **counted)
    await world.do("secretariat", topics.drop_work_item, work_item_id=plan.items[2], reason=WHY, expected_revision=1)
    marks = {"work_plan_id": plan.id, "work_item_id": plan.items[1], "name": "Fleet ready", "reason": WHY}
    milestone = await world.do("secretariat", milestones.add_milestone, **marks, period="December 2018")
    sent = {"body_id": wgec, "reason": "Council, June 2020."}
    await world.do("secretariat", establishing.name_successor, **sent, successor_id=ptc, expected_revision=1)

    await world.do("secretariat", succeeding.transfer_items, **sent, expected_revision=2)
    again = await refusal(world, "secretariat", succeeding.transfer_items, **sent, expected_revision=3)

    open_ones = {plan.activities["Paint the boats"], plan.activities["Sail the boats"]}
    assert {row.item_id for row in await rows(world, Transfer)} == {plan.items[1], milestone, *open_ones}
    assert {row.id: row.body_id for row in await rows(world, WorkItem)} == {
        plan.items[1]: ptc,
        plan.items[2]: None,
        given: world.bodies["group"],
    }
    assert (await only(world, Milestone)).approver_body_id == ptc
    last = (await rows(world, PlanChange, PlanChange.id))[-1]
    assert (last.subject_id, last.before, last.after, last.reason) == (plan.items[1], "WGEC", "PTC", sent["reason"])
    assert kind_and_code(again) == DONE


async def test_promise_is_kept_by_a_contribution_of_its_party_since_it_was_made(world: World) -> None:
    note = {"body_id": world.bodies["group"], "title": "Section 4", "text": "Returns are missing."}
    await world.do("japan", joining.join_body, body_id=world.bodies["group"])
    older = await world.do("japan", promising.contribute, **note)
    world.clock.move(minutes=1)
    on = await ask(world)
    await world.do("japan", promising.accept_promise, promise_id=on, expected_revision=1)
    others = await world.do("canada", promising.contribute, **note)
    keeps = {"promise_id": on, "expected_revision": 2}

    refused = [
        await refusal(world, "japan", promising.keep_promise, **keeps, contribution_id=each) for each in (older, others)
    ]
    own = await world.do("japan", promising.contribute, **note)
    await world.do("japan", promising.keep_promise, **keeps, contribution_id=own)

    assert [[issue.path for issue in each.issues] for each in refused] == [["contributionId"], ["contributionId"]]
    assert (await only(world, Promise)).evidence_id == own


async def test_report_is_adopted_at_a_sitting_of_the_group_or_above_it_that_began_since(world: World) -> None:
    words = {"title": "Report of the group", "text": "The charts are ready."}
    on = await world.do("canada", reporting.draft_report, body_id=world.bodies["group"], **words)
    await world.do("canada", reporting.circulate_report, report_id=on, expected_revision=1)
    adopts = {"report_id": on, "expected_revision": 2}
    pc = await make.add_sitting(world, "pc", 80)
    over = await make.add_sitting(world, "wgec", 3, starts_on=date(2018, 4, 9), ends_on=date(2018, 4, 12))
    to_come = await make.add_sitting(world, "wgec", 4, starts_on=date(2018, 10, 8), ends_on=date(2018, 10, 12))
    fits = await make.add_sitting(world, "ptc", 221)

    refused = [
        await refusal(world, "secretariat", reporting.adopt_report, **adopts, sitting_id=each)
        for each in (pc, over, to_come)
    ]
    line = {"superior_id": world.bodies["pc"], "topic": "policy", "starts_on": date(2016, 7, 1)}
    await world.do("secretariat", succeeding.record_reporting_line, body_id=world.bodies["group"], **line)
    await world.do("secretariat", reporting.adopt_report, **adopts, sitting_id=fits)

    codes = [[(issue.path, issue.code) for issue in each.issues] for each in refused]
    assert codes == [[("sittingId", "UNFIT")], [("sittingId", "SITTING_OVER")], [("sittingId", "UNFIT")]]
    assert (await only(world, GroupReport)).sitting_id == fits


async def test_secretariat_and_a_coordinator_in_office_are_not_nominated(world: World) -> None:
    secretariat = await refusal(world, "secretariat", nominating.nominate, **named(world, "secretariat"))
    in_office = await refusal(world, "canada", nominating.nominate, **named(world, "canada"))
    seat = {"body_id": world.bodies["group"], "party_id": world.parties["secretariat"], "delegate_id": None}
    seat |= {"kind": FunctionKind.COORDINATOR, "starts_on": NOW.date(), "ends_on": None}
    appointed = await refusal(world, "secretariat", functions.appoint_function, **seat)

    assert [[issue.path for issue in each.issues] for each in (secretariat, in_office, appointed)] == [["partyId"]] * 3
