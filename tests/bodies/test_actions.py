"""Recording sittings and decisions, on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from server.domain.bodies.actions import recording
from server.kernel.ids import new_id
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode, RefusalKind
from server.models.bodies import Decision, Sitting
from server.schema.bodies.acts import sees
from server.vocabulary.bodies import Outcome
from tests.factories.answers import refusal, rows
from tests.factories.proposals import ENDS, STARTS, add_sitting, decision, draft, registered
from tests.factories.world import NOW, World


def sitting_of(world: World, **changed: Any) -> dict[str, Any]:
    """What `record_sitting` takes."""
    said = {"body_id": world.bodies["ptc"], "first_number": 221, "second_number": 222}
    return said | {"starts_on": STARTS, "ends_on": ENDS, "place": "Brussels"} | changed


async def test_record_sitting_keeps_the_pair_of_session_numbers(world: World) -> None:
    sitting_id = await world.do("secretariat", recording.record_sitting, **sitting_of(world, place=" Luxor "))

    (row,) = await rows(world, Sitting)
    unsaid = (None, None, None, None)  # format, zone, and that it was called off
    assert tuple(row) == (sitting_id, world.bodies["ptc"], 221, 222, STARTS, ENDS, "Luxor", *unsaid, 1)


async def test_record_sitting_by_anyone_else_is_forbidden(world: World) -> None:
    for who in ("japan", "canada", "upu", "gea"):
        refused = await refusal(world, who, recording.record_sitting, **sitting_of(world))
        assert (refused.kind, refused.code) == (RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN)


async def test_record_sitting_of_an_unknown_body_is_not_found(world: World) -> None:
    refused = await refusal(world, "secretariat", recording.record_sitting, **sitting_of(world, body_id=new_id("BOD")))

    assert refused.code == RefusalCode.NOT_FOUND


async def test_record_sitting_with_days_out_of_order_is_invalid(world: World) -> None:
    sent = sitting_of(world, starts_on=ENDS, ends_on=STARTS, second_number=300)
    refused = await refusal(world, "secretariat", recording.record_sitting, **sent)

    assert refused.code == RefusalCode.INVALID
    assert [issue.path for issue in refused.issues] == ["secondNumber", "endsOn"]


async def test_record_sitting_under_a_number_that_is_taken_is_refused(world: World) -> None:
    await world.do("secretariat", recording.record_sitting, **sitting_of(world))

    for first, second in ((221, None), (222, None), (222, 223), (220, 221)):
        sent = sitting_of(world, first_number=first, second_number=second)
        refused = await refusal(world, "secretariat", recording.record_sitting, **sent)
        assert (refused.kind, refused.code) == (RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE)


async def test_record_sitting_of_another_body_under_the_same_number_is_possible(world: World) -> None:
    await add_sitting(world, "ptc", 221)
    await add_sitting(world, "council", 221)

    assert sorted(row.body_id for row in await rows(world, Sitting)) == sorted(
        [world.bodies["ptc"], world.bodies["council"]]
    )


async def test_record_decision_keeps_the_verb_as_printed_beside_the_outcome(world: World) -> None:
    sitting_id = await add_sitting(world)
    said = decision(verb=" took note of ", outcome=Outcome.NOTED, is_as_appropriate=True, paragraph="PC0490b, para 12")

    sent = {"sitting_id": sitting_id, "subject_id": world.version, "content": said, "sees": sees}
    decision_id = await world.do("secretariat", recording.record_decision, **sent)

    (row,) = await rows(world, Decision)
    item = ("IX.a", "0009.0001")
    kept = ("took note of", True, Outcome.NOTED, "The body dealt with the proposal.", "PC0490b, para 12")
    recorded = (NOW, world.delegates["secretariat"])
    assert tuple(row) == (decision_id, sitting_id, world.version, *item, *kept, *recorded)


@pytest.mark.parametrize("statement", ["UPDATE decisions SET text = 'other'", "DELETE FROM decisions"])
async def test_record_decision_cannot_be_undone_in_the_database(world: World, statement: str) -> None:
    sent = {"subject_id": world.version, "content": decision(), "sees": sees}
    await world.do("secretariat", recording.record_decision, sitting_id=await add_sitting(world), **sent)

    with pytest.raises(DatabaseError, match="cannot change"):
        async with world.database.writing() as session:
            await session.execute(text(statement))

    assert [row.text for row in await rows(world, Decision)] == ["The body dealt with the proposal."]


async def refused_decision(world: World, who: str = "secretariat", **changed: Any) -> Any:
    """The refusal of a decision that must be refused."""
    said = {"subject_id": world.version, "content": decision(), "sees": sees} | changed
    sitting_id = said.pop("sitting_id", None) or await add_sitting(world)
    return await refusal(world, who, recording.record_decision, sitting_id=sitting_id, **said)


async def test_record_decision_by_anyone_else_is_forbidden(world: World) -> None:
    sitting_id = await add_sitting(world)

    for who in ("japan", "canada", "upu", "gea"):
        assert (await refused_decision(world, who, sitting_id=sitting_id)).code == RefusalCode.FORBIDDEN


async def test_record_decision_of_an_unknown_sitting_is_not_found(world: World) -> None:
    refused = await refused_decision(world, sitting_id=new_id("SIT"))

    assert (refused.code, refused.message) == (RefusalCode.NOT_FOUND, "There is no such sitting for you.")


async def test_record_decision_before_the_sitting_says_from_when(world: World) -> None:
    later = await add_sitting(world, first_number=223, starts_on=date(2018, 9, 25), ends_on=date(2018, 9, 28))

    refused = await refused_decision(world, sitting_id=later)

    assert (refused.kind, refused.code) == (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE)
    assert refused.unlocks_at is not None
    assert refused.unlocks_at.isoformat() == "2018-09-25T00:00:00+00:00"


async def test_record_decision_with_an_outcome_that_contradicts_the_verb_is_invalid(world: World) -> None:
    refused = await refused_decision(world, content=decision(Outcome.APPROVED, "took note"))

    assert refused.code == RefusalCode.INVALID
    assert [issue.path for issue in refused.issues] == ["outcome"]


async def test_record_decision_on_a_proposal_belongs_to_another_act(world: World) -> None:
    refused = await refused_decision(world, subject_id=await registered(world))

    assert refused.code == RefusalCode.INVALID
    assert refused.issues == (Issue("subjectId", IssueCode.DECIDES_OTHERWISE, act="decideProposal"),)


async def test_record_decision_on_what_does_not_exist_is_not_found(world: World) -> None:
    sitting_id = await add_sitting(world)

    for subject in ("", "nonsense", new_id("VER"), new_id("XYZ")):
        refused = await refused_decision(world, sitting_id=sitting_id, subject_id=subject)
        assert (refused.code, refused.message) == (RefusalCode.NOT_FOUND, "There is no such subject for you.")


async def test_record_decision_on_what_is_hidden_is_not_found(world: World) -> None:
    hidden = await draft(world)
    async with world.database.reading() as connection:
        amendment = (await connection.execute(text("SELECT id FROM amendments LIMIT 1"))).scalar_one()

    refused = await refused_decision(world, subject_id=amendment)

    assert hidden
    assert (refused.code, refused.message) == (RefusalCode.NOT_FOUND, "There is no such subject for you.")
