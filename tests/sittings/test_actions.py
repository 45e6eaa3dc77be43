"""Calling, moving and cancelling sittings; agendas, papers, reports and reservations, on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from server.domain.bodies.actions import recording
from server.domain.bodies.rules import DecisionContent
from server.domain.papers.actions import issue_paper
from server.domain.sittings.actions import agendas, convening, reporting
from server.kernel.refusals import RefusalCode, RefusalKind
from server.models.bodies import Body, Decision, Sitting
from server.models.sittings import AgendaItem, LaidPaper, ReportParagraph, Reservation, SittingStep
from server.vocabulary.bodies import Outcome
from server.vocabulary.sittings import ItemClass, ItemPurpose, SittingFormat, SittingStepKind
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
from tests.factories.world import NOW, World

DONE = (RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE)
WHY = "The Bureau said so."


def sitting(world: World, **changed: Any) -> dict[str, Any]:
    """Return what `call_sitting` takes for the 221st/222nd sessions of the PTC."""
    good = {"body_id": world.bodies["ptc"], "first_number": 221, "second_number": 222}
    good |= {"starts_on": date(2018, 10, 22), "ends_on": date(2018, 10, 26), "place": "Brussels"}
    return good | {"sitting_format": SittingFormat.IN_PERSON, "zone": "Europe/Brussels"} | changed


async def call(world: World, **changed: Any) -> str:
    """Call a sitting, and return its id."""
    return await world.do("secretariat", convening.call_sitting, **sitting(world, **changed))


def item(sitting_id: str, **changed: Any) -> dict[str, Any]:
    """Return what `place_item` takes."""
    good = {"sitting_id": sitting_id, "number": "X.a", "title": "E-commerce", "purposes": [ItemPurpose.DECISION]}
    return good | changed


async def place(world: World, sitting_id: str, **changed: Any) -> str:
    """Place an item, and return its id."""
    return await world.do("secretariat", agendas.place_item, **item(sitting_id, **changed))


async def test_call_sitting_keeps_format_and_zone(world: World) -> None:
    await call(world, sitting_format=SittingFormat.HYBRID)

    (row,) = await rows(world, Sitting)
    entry = await last_entry(world)
    assert (row.format, row.zone, row.cancelled_at) == (SittingFormat.HYBRID, "Europe/Brussels", None)
    assert (entry.act, entry.details["second_number"], entry.details["format"]) == ("sitting.called", 222, "HYBRID")


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"starts_on": date(2018, 9, 23)}, "startsOn"),
        ({"ends_on": date(9999, 12, 31)}, "endsOn"),
        ({"ends_on": date(2018, 10, 1)}, "endsOn"),
        ({"second_number": 223}, "secondNumber"),
        ({"zone": "Brussels"}, "zone"),
        ({"place": " "}, "place"),
        ({"first_number": 99_999, "second_number": 100_000}, "secondNumber"),
    ],
)
async def test_fault_of_a_sitting_is_refused(world: World, changed: dict[str, Any], path: str) -> None:
    refused = await refusal(world, "secretariat", convening.call_sitting, **sitting(world, **changed))

    assert kind_and_code(refused) == INVALID
    assert path in [issue.path for issue in refused.issues]
    assert len(set(refused.issues)) == len(refused.issues)


async def test_session_number_is_given_once(world: World) -> None:
    await call(world)

    refused = await refusal(
        world, "secretariat", convening.call_sitting, **sitting(world, first_number=222, second_number=223)
    )

    assert kind_and_code(refused) == DONE
    assert kind_and_code(await refusal(world, "japan", convening.call_sitting, **sitting(world))) == FORBIDDEN


async def test_move_sitting_says_what_moved_and_why(world: World) -> None:
    on = await call(world)
    days = {"starts_on": date(2018, 11, 5), "ends_on": date(2018, 11, 9)}
    await world.do(
        "secretariat",
        convening.move_sitting,
        sitting_id=on,
        **days,
        sitting_format=SittingFormat.VIRTUAL,
        reason=WHY,
        expected_revision=1,
    )

    (row,), (step,) = await rows(world, Sitting), await rows(world, SittingStep)
    assert (row.starts_on, row.ends_on, row.place, row.format) == (*days.values(), "Brussels", SittingFormat.VIRTUAL)
    assert (step.kind, step.starts_before, step.starts_after) == (
        SittingStepKind.MOVED,
        date(2018, 10, 22),
        date(2018, 11, 5),
    )
    assert (await last_entry(world)).act == "sitting.moved"


async def test_move_of_nothing_into_the_past_or_over_another_is_refused(world: World) -> None:
    on = await call(world)
    say = {"sitting_id": on, "reason": WHY}

    same = await refusal(world, "secretariat", convening.move_sitting, **say, expected_revision=1)
    past = await refusal(
        world, "secretariat", convening.move_sitting, **say, starts_on=date(2018, 9, 1), expected_revision=1
    )
    far = {"starts_on": date(9999, 12, 30), "ends_on": date(9999, 12, 31), "expected_revision": 1}
    beyond = await refusal(world, "secretariat", convening.move_sitting, **say, **far)
    stale = await refusal(world, "secretariat", convening.move_sitting, **say, place="Geneva", expected_revision=2)
    await world.do("secretariat", convening.cancel_sitting, **say, expected_revision=1)
    gone = await refusal(world, "secretariat", convening.move_sitting, **say, place="Geneva", expected_revision=2)

    assert [kind_and_code(each) for each in (same, past, stale, gone)] == [INVALID, INVALID, STALE, WRONG_STATE]
    assert [(issue.path, issue.code) for issue in beyond.issues] == [
        ("startsOn", "DAY_OUT_OF_RANGE"),
        ("endsOn", "DAY_OUT_OF_RANGE"),
    ]


async def test_cancelled_sitting_takes_neither_items_nor_decisions(world: World) -> None:
    on = await call(world)
    await world.do("secretariat", convening.cancel_sitting, sitting_id=on, reason=WHY, expected_revision=1)
    world.clock.now += timedelta(days=30)
    content = DecisionContent("endorsed", Outcome.ENDORSED, "It is endorsed.")

    async def sees(*_: Any) -> bool:
        return True

    decided = await refusal(
        world,
        "secretariat",
        recording.record_decision,
        sitting_id=on,
        subject_id=world.version,
        content=content,
        sees=sees,
    )
    placed = await refusal(world, "secretariat", agendas.place_item, **item(on))
    paper = await refusal(
        world, "secretariat", issue_paper, series="PC", serial=618, language="en", title="Report", sitting_id=on
    )

    assert [kind_and_code(each) for each in (decided, placed)] == [WRONG_STATE, WRONG_STATE]
    assert decided.reason.code == "SITTING_CANCELLED"
    assert [(issue.path, issue.code) for issue in paper.issues] == [("sittingId", "UNFIT")]


async def test_document_days_belong_to_the_body(world: World) -> None:
    sent = {"body_id": world.bodies["ptc"], "reason": WHY}
    await world.do("secretariat", convening.arrange_documents, **sent, document_days=49, expected_revision=1)

    same = await refusal(
        world, "secretariat", convening.arrange_documents, **sent, document_days=49, expected_revision=2
    )
    much = await refusal(
        world, "secretariat", convening.arrange_documents, **sent, document_days=366, expected_revision=2
    )

    (ptc,) = [row for row in await rows(world, Body) if row.id == world.bodies["ptc"]]
    assert ptc.document_days == 49
    assert [each.issues[0].path for each in (same, much)] == ["documentDays", "documentDays"]


async def test_agenda_is_placed_revised_and_withdrawn(world: World) -> None:
    on = await call(world)
    first = await place(world, on, item_class=ItemClass.B)
    taken = await refusal(world, "secretariat", agendas.place_item, **item(on, number="X (a)"))
    sent = {"item_id": first, "number": "IX", "title": "E-commerce", "purposes": [], "reason": WHY}
    await world.do("secretariat", agendas.revise_item, **sent, remark="Oral report", expected_revision=1)
    await place(world, on)
    await world.do("secretariat", agendas.withdraw_item, item_id=first, reason=WHY, expected_revision=2)

    gone = await refusal(world, "secretariat", agendas.revise_item, **sent, expected_revision=3)

    standing = [row.number for row in await rows(world, AgendaItem, AgendaItem.sort_key) if row.withdrawn_at is None]
    assert (standing, kind_and_code(taken), taken.issues[0].path) == (["X.a"], INVALID, "number")
    assert kind_and_code(gone) == WRONG_STATE
    assert kind_and_code(await refusal(world, "japan", agendas.place_item, **item(on, number="XI"))) == FORBIDDEN


async def test_paper_is_laid_once_and_taken_away(world: World) -> None:
    on = await place(world, await call(world))
    paper = await world.do("secretariat", issue_paper, series="PC", serial=690, title="E-commerce")
    sent = {"item_id": on, "paper_id": paper}
    laid = await world.do("secretariat", agendas.lay_paper, **sent)
    twice = await refusal(world, "secretariat", agendas.lay_paper, **sent)
    nothing = await refusal(world, "secretariat", agendas.lay_paper, item_id=on, paper_id="PAP_" + "0" * 26)
    await world.do("secretariat", agendas.withdraw_paper, laid_paper_id=laid, reason=WHY)

    again = await refusal(world, "secretariat", agendas.withdraw_paper, laid_paper_id=laid, reason=WHY)
    await world.do("secretariat", agendas.lay_paper, **sent)

    assert [kind_and_code(each) for each in (twice, nothing, again)] == [DONE, NOT_FOUND, DONE]
    assert [row.removed_at is None for row in await rows(world, LaidPaper, LaidPaper.laid_at)].count(True) == 1


async def decided(world: World) -> tuple[str, str]:
    """Return a sitting of today and a decision of it under item X.a."""
    on = await call(world, starts_on=world.clock.now.date(), ends_on=world.clock.now.date() + timedelta(days=3))
    content = DecisionContent("endorsed", Outcome.ENDORSED, "It is endorsed.", "X.a")

    async def sees(*_: Any) -> bool:
        return True

    say = {"sitting_id": on, "subject_id": world.version, "content": content, "sees": sees}
    return on, await world.do("secretariat", recording.record_decision, **say)


async def test_paragraphs_of_a_report_are_numbered_once(world: World) -> None:
    on, decision = await decided(world)
    paper = await world.do("secretariat", issue_paper, series="PC", serial=700, title="Summary report")
    sent = {"sitting_id": on, "number": 68, "text": "The Committee endorsed the draft.", "paper_id": paper}
    await world.do("secretariat", reporting.write_paragraph, **sent, decision_id=decision)

    again = await refusal(world, "secretariat", reporting.write_paragraph, **sent)
    other = await place(world, await call(world, first_number=223, second_number=224))
    elsewhere = await refusal(world, "secretariat", reporting.write_paragraph, **sent | {"number": 69}, item_id=other)

    (paragraph,) = await rows(world, ReportParagraph)
    assert (paragraph.decision_id, paragraph.paper_id) == (decision, paper)
    assert (kind_and_code(again), elsewhere.issues[0].path) == (DONE, "itemId")


async def test_member_reserves_its_position_and_the_decision_stands(world: World) -> None:
    _, decision = await decided(world)
    sent = {"decision_id": decision, "text": "Japan cannot apply it before 2020."}
    reservation = await world.do("japan", reporting.make_reservation, **sent)

    twice = await refusal(world, "japan", reporting.make_reservation, **sent)
    observer = await refusal(world, "upu", reporting.make_reservation, **sent)
    other = await refusal(world, "china", reporting.withdraw_reservation, reservation_id=reservation, reason=WHY)
    await world.do("japan", reporting.withdraw_reservation, reservation_id=reservation, reason=WHY)

    assert [kind_and_code(each) for each in (twice, observer, other)] == [DONE, FORBIDDEN, FORBIDDEN]
    assert len(await rows(world, Decision)) == 1
    assert [row.withdrawn_at is not None for row in await rows(world, Reservation)] == [True]


async def test_decision_stands_in_the_order_of_the_agenda(world: World) -> None:
    await decided(world)

    assert [row.agenda_key for row in await rows(world, Decision)] == ["0010.0001"]


async def test_paragraph_of_a_sitting_that_has_not_begun_is_refused(world: World) -> None:
    on = await call(world)

    refused = await refusal(
        world, "secretariat", reporting.write_paragraph, sitting_id=on, number=1, text="The Committee met."
    )

    assert kind_and_code(refused) == WRONG_STATE


@pytest.mark.parametrize(
    ("closes_at", "is_taken"),
    [
        (NOW, False),
        (NOW + timedelta(microseconds=1), True),
        (datetime(2018, 10, 26, 21, 59, tzinfo=UTC), True),
        (datetime(2018, 10, 26, 22, 0, tzinfo=UTC), False),
    ],
)
async def test_item_takes_comments_until_its_sitting_ends(world: World, closes_at: datetime, is_taken: bool) -> None:
    on = await call(world)
    revised = {"item_id": await place(world, on), "reason": WHY, "expected_revision": 1} | item(on, closes_at=closes_at)
    revised.pop("sitting_id")
    acts = (agendas.place_item, item(on, number="XI", closes_at=closes_at)), (agendas.revise_item, revised)

    for action, sent in acts:
        if is_taken:
            await world.do("secretariat", action, **sent)
        else:
            refused = await refusal(world, "secretariat", action, **sent)
            assert [issue.path for issue in refused.issues] == ["closesAt"]

    assert [row.closes_at for row in await rows(world, AgendaItem)] == ([closes_at] * 2 if is_taken else [None])


async def test_decision_of_a_sitting_that_was_over_before_the_paper_is_refused(world: World) -> None:
    over = await make.add_sitting(world, starts_on=date(2018, 9, 17), ends_on=date(2018, 9, 23))
    lasts = await make.add_sitting(world, "ptc", 225, starts_on=date(2018, 9, 17), ends_on=date(2018, 9, 24))
    paper = await world.do("secretariat", issue_paper, series="PC", serial=690, title="E-commerce")
    content = DecisionContent("endorsed", Outcome.ENDORSED, "It is endorsed.", "X.a")

    async def sees(*_: Any) -> bool:
        return True

    say = {"subject_id": paper, "content": content, "sees": sees}
    refused = await refusal(world, "secretariat", recording.record_decision, **say, sitting_id=over)
    await world.do("secretariat", recording.record_decision, **say, sitting_id=lasts)

    assert [(issue.path, issue.code) for issue in refused.issues] == [("sittingId", "SITTING_OVER")]
