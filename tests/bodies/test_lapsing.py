"""A group takes up new work while its mandate runs; once it lapsed or was concluded, it only finishes."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from server.domain.bodies.actions import establishing, functions, joining, recording
from server.domain.bodies.mandates import while_engaging
from server.domain.bodies.rules import BodyFacts
from server.domain.calls.actions import calling as opening_calls
from server.domain.groups.actions import nominating, promising, reporting
from server.domain.planning.actions import carrying
from server.domain.proposals.actions import handling
from server.domain.rounds.actions import calling as opening_rounds
from server.domain.silence.actions import opening
from server.domain.sittings.actions import convening
from server.domain.workplan.actions import importing, topics
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import Refusal
from server.models.bodies import Mandate
from server.vocabulary.bodies import BodyKind, FunctionKind
from server.vocabulary.sittings import SittingFormat
from tests.factories import proposals as make
from tests.factories.answers import WRONG_STATE, kind_and_code, refusal
from tests.factories.api import Api
from tests.factories.calls import asking
from tests.factories.rounds import call
from tests.factories.silence import silence
from tests.factories.workplan import STEPS, import_plan, make_plan, paper
from tests.factories.world import NOW, World

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
WHY = "The Council said so."
DUE = NOW + timedelta(days=7)


async def lapse(world: World, body: str = "group", until: date | None = YESTERDAY) -> None:
    """Give a group of the world a mandate that was extended once, the second time until a day."""
    group = {"body_id": world.bodies[body], "terms": "Draw the flow charts."}
    first = Mandate(**group, starts_on=date(2017, 1, 1), ends_on=date(2017, 12, 31))
    await world.add(first, Mandate(**group, starts_on=date(2018, 1, 1), ends_on=until))


@pytest.mark.parametrize(
    ("until", "days", "is_open"), [(TODAY, 0, True), (TODAY, 1, False), (None, 900, True), (YESTERDAY, 0, False)]
)
def test_group_takes_up_work_until_the_last_day_of_its_mandate(until: date | None, days: int, is_open: bool) -> None:
    at = datetime.combine(TODAY + timedelta(days=days), time(23, 59), NOW.tzinfo)

    obstacle = while_engaging(BodyFacts(BodyKind.WORKING_GROUP, None, until), at)

    assert (obstacle is None) == is_open
    assert obstacle is None or (obstacle.reason and obstacle.reason.code) == ReasonCode.MANDATE_LAPSED


def engagements(world: World) -> dict[str, tuple[str, Any, dict[str, Any]]]:
    """Return the acts that take up new work in the group, by name: who does it, the action, and what is sent."""
    on = {"body_id": world.bodies["group"]}
    party = on | {"party_id": world.parties["gea"]}
    return {
        "join": ("japan", joining.join_body, on),
        "contribute": ("canada", promising.contribute, on | {"title": "Charts", "text": "Here they are."}),
        "promise": ("canada", promising.make_promise, on | {"text": "Charts", "due_at": DUE}),
        "ask": ("canada", promising.ask_promise, party | {"text": "Charts", "due_at": DUE}),
        "nominate": ("gea", nominating.nominate, party | {"kind": FunctionKind.COORDINATOR, "starts_on": TODAY}),
        "silence": ("secretariat", opening.open_silence, silence(world, **on)),
        "round": ("canada", opening_rounds.open_round, call(world)),
        "call": ("canada", opening_calls.open_call, asking(world)),
    }


ENGAGEMENTS = ("join", "contribute", "promise", "ask", "nominate", "silence", "round", "call")


@pytest.mark.parametrize("name", ENGAGEMENTS)
async def test_new_work_in_a_group_that_lapsed_is_refused_until_it_is_extended(world: World, name: str) -> None:
    await lapse(world)
    who, action, sent = engagements(world)[name]
    refused = await refusal(world, who, action, **sent)
    further = {"body_id": world.bodies["group"], "terms": "Go on.", "starts_on": TODAY, "ends_on": None}
    await world.do("secretariat", establishing.extend_mandate, **further, reason=WHY, expected_revision=1)

    await world.do(who, action, **sent)

    assert kind_and_code(refused) == WRONG_STATE
    assert refused.reason is not None
    assert (refused.reason.code, refused.reason.day) == (ReasonCode.MANDATE_LAPSED, YESTERDAY)


@pytest.mark.parametrize("name", ENGAGEMENTS)
async def test_new_work_in_a_group_that_was_concluded_is_refused(world: World, name: str) -> None:
    who, action, sent = engagements(world)[name]
    chair = {"body_id": world.bodies["group"], "concluded_on": YESTERDAY, "reason": WHY}
    await world.do("secretariat", establishing.conclude_body, **chair, expected_revision=1)
    who = "secretariat" if who == "canada" and name in ("ask", "round", "call") else who

    refused = await refusal(world, who, action, **sent)

    assert kind_and_code(refused) == WRONG_STATE


async def test_what_begins_after_the_mandate_is_refused_and_what_began_in_it_is_recorded(world: World) -> None:
    await lapse(world)
    on = {"body_id": world.bodies["group"]}
    seat = on | {"party_id": world.parties["gea"], "delegate_id": None, "kind": FunctionKind.RAPPORTEUR}
    seat |= {"ends_on": None}
    meets = on | {"first_number": 4, "second_number": None, "place": "Brussels"}
    to_come = {"starts_on": TODAY, "ends_on": TODAY}
    calls = meets | to_come | {"sitting_format": SittingFormat.VIRTUAL}
    plan = on | {"title": "Plan of the group"}
    late = [
        await refusal(world, "secretariat", functions.appoint_function, **seat, starts_on=TODAY),
        await refusal(world, "secretariat", recording.record_sitting, **meets, **to_come),
        await refusal(world, "secretariat", convening.call_sitting, **calls),
        await refusal(world, "secretariat", topics.open_work_plan, **plan, decided_on=TODAY),
    ]

    await world.do("secretariat", functions.appoint_function, **seat, starts_on=YESTERDAY)
    await world.do("secretariat", recording.record_sitting, **meets, starts_on=YESTERDAY, ends_on=YESTERDAY)
    await world.do("secretariat", topics.open_work_plan, **plan, decided_on=YESTERDAY)

    assert [kind_and_code(each) for each in late] == [WRONG_STATE] * 4
    assert {each.reason for each in late} == {Reason(ReasonCode.MANDATE_LAPSED, day=YESTERDAY)}


async def test_no_plan_is_imported_or_carried_over_after_the_mandate(world: World) -> None:
    """What was decided while it ran is still recorded, and a paper that was read before changes nothing."""
    await lapse(world, "wgec")
    plan = await make_plan(world)
    world.clock.move(days=1)
    today = {"decided_on": world.clock.now.date()}
    amended = {"markdown": paper(STEPS[:2], ()), "source_name": "paper"}
    following = {"work_plan_id": plan.id, "title": "Plan of 2019", "reason": WHY, "expected_revision": 1}
    late = [
        await refusal(world, "secretariat", importing.import_work_plan, **amended, **today),
        await refusal(world, "secretariat", importing.import_work_plan, **amended),
        await refusal(world, "secretariat", carrying.carry_over_work_plan, **following, **today),
    ]
    async with world.database.writing() as session:
        officer = await world.actor("secretariat")
        read = importing.PlanPaper(amended["markdown"], decided_on=today["decided_on"])
        with pytest.raises(Refusal) as preview:
            await importing.preview_import(session, officer, world.clock.now, read)

    assert [kind_and_code(each) for each in [*late, preview.value]] == [WRONG_STATE] * 4
    assert {each.reason for each in [*late, preview.value]} == {Reason(ReasonCode.MANDATE_LAPSED, day=YESTERDAY)}
    assert await import_plan(world) == plan.id
    assert await world.do("secretariat", carrying.carry_over_work_plan, **following, decided_on=YESTERDAY)


async def test_no_plan_is_imported_or_carried_over_after_the_last_day_of_a_group(world: World) -> None:
    plan = await make_plan(world)
    ends = {"body_id": world.bodies["wgec"], "concluded_on": YESTERDAY, "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", establishing.conclude_body, **ends)
    amended = {"markdown": paper(STEPS[:2], ()), "source_name": "paper", "decided_on": TODAY}
    following = {"work_plan_id": plan.id, "title": "Plan of 2019", "decided_on": TODAY, "reason": WHY}
    late = [
        await refusal(world, "secretariat", importing.import_work_plan, **amended),
        await refusal(world, "secretariat", carrying.carry_over_work_plan, **following, expected_revision=1),
    ]

    fault = Issue("decidedOn", IssueCode.KEPT_UNTIL, day=f"{YESTERDAY}")
    assert [each.issues for each in late] == [(fault,)] * 2


async def test_no_sitting_is_recorded_after_the_last_day_of_a_group(world: World) -> None:
    ends = {"body_id": world.bodies["group"], "concluded_on": YESTERDAY, "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", establishing.conclude_body, **ends)
    meets = {"body_id": world.bodies["group"], "second_number": None, "place": "Brussels"}
    late = {"starts_on": TODAY, "ends_on": TODAY}
    refused = await refusal(world, "secretariat", recording.record_sitting, **meets, **late, first_number=5)
    in_time = {"starts_on": YESTERDAY, "ends_on": YESTERDAY}

    assert refused.issues == (Issue("startsOn", IssueCode.KEPT_UNTIL, day=f"{YESTERDAY}"),)
    assert await world.do("secretariat", recording.record_sitting, **meets, **in_time, first_number=4)


async def test_group_that_lapsed_takes_no_proposal_and_no_group_below_it(world: World) -> None:
    await lapse(world)
    await lapse(world, "wgec")
    given = {"proposal_id": await make.registered(world), "body_id": world.bodies["group"], "expected_revision": 1}
    below = {"kind": BodyKind.INTERSESSIONAL_GROUP, "name": "Revenue", "short_name": "WGEC-4"}
    task = {"parent_id": world.bodies["wgec"], "number": 4, "terms": "Compare the models.", "starts_on": TODAY}

    proposal = await refusal(world, "secretariat", handling.assign_proposal, **given)
    group = await refusal(world, "secretariat", establishing.establish_body, **below, **task)

    assert [kind_and_code(each) for each in (proposal, group)] == [WRONG_STATE, WRONG_STATE]


async def test_group_that_lapsed_finishes_what_it_began(world: World) -> None:
    await lapse(world, until=TODAY)
    group = world.bodies["group"]
    on = {"body_id": group}
    promised = {"text": "Charts", "due_at": DUE}
    await world.do("japan", joining.join_body, **on)
    kept, handed_back = [await world.do("canada", promising.make_promise, **on, **promised) for _ in range(2)]
    asked = await world.do("canada", promising.ask_promise, **on, **promised, party_id=world.parties["japan"])
    named = on | {"party_id": world.parties["japan"], "kind": FunctionKind.RAPPORTEUR, "starts_on": TODAY}
    nomination = await world.do("japan", nominating.nominate, **named)
    world.clock.move(days=1)

    accepts = await refusal(world, "japan", promising.accept_promise, promise_id=asked, expected_revision=1)
    agrees = await refusal(
        world, "secretariat", nominating.agree_nomination, nomination_id=nomination, expected_revision=1
    )
    await world.do("japan", promising.decline_promise, promise_id=asked, reason=WHY, expected_revision=1)
    await world.do("canada", promising.keep_promise, promise_id=kept, expected_revision=1)
    await world.do("canada", promising.hand_back_promise, promise_id=handed_back, reason=WHY, expected_revision=1)
    await world.do("japan", joining.leave_body, **on)
    report = await world.do("canada", reporting.draft_report, **on, title="Report", text="Done.")
    await world.do("canada", reporting.circulate_report, report_id=report, expected_revision=1)
    await world.do("secretariat", reporting.adopt_report, report_id=report, expected_revision=2)
    ends = on | {"concluded_on": TODAY, "reason": WHY, "expected_revision": 1}
    await world.do("secretariat", establishing.conclude_body, **ends)

    assert [kind_and_code(each) for each in (accepts, agrees)] == [WRONG_STATE, WRONG_STATE]


async def test_body_offers_no_new_work_after_its_mandate(api: Api) -> None:
    world = api.world
    await lapse(world)

    body = await api.ask("canada", "BodyDetail", id=world.bodies["group"])

    verdicts = {each["act"]: each for each in body["workingBody"]["availableActs"]}
    assert not verdicts["CONTRIBUTE"]["isAllowed"]
    assert verdicts["CONTRIBUTE"]["reasonCode"] == "MANDATE_LAPSED"
    assert verdicts["DRAFT_REPORT"]["isAllowed"]
