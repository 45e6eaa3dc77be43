"""Decisions by silence over HTTP: what a sitting decides on a broken one, and what an adopted one shows done."""

from datetime import timedelta

from tests.factories.api import Api
from tests.factories.proposals import add_sitting
from tests.factories.silence import EXPIRES, TEXT, open_silence
from tests.factories.workplan import make_plan


async def test_what_a_sitting_decides_on_a_broken_procedure_stands_with_it(api: Api) -> None:
    procedure_id = await open_silence(api.world)
    sitting_id = await add_sitting(api.world)
    broken = {"procedureId": procedure_id, "passage": TEXT, "reason": "Too early."}
    await api.act("china", "breakSilence", **broken)
    referred = {"procedureId": procedure_id, "sittingId": sitting_id, "reason": "Let us meet."}
    await api.act("secretariat", "referSilence", **referred, expectedRevision=2)
    decision = {"verb": "endorsed", "outcome": "ENDORSED", "text": "The Committee endorsed the flow charts."}
    sent = {"sittingId": sitting_id, "subjectId": procedure_id, **decision}
    recorded = (await api.act("secretariat", "recordDecision", **sent))["decision"]

    seen = (await api.ask("japan", "SilenceDetail", id=procedure_id))["silenceProcedure"]

    assert (seen["phase"], seen["sitting"]["id"]) == ("REFERRED", sitting_id)
    assert seen["decisions"]["nodes"] == [recorded]
    assert recorded["subject"] == {"__typename": "SilenceProcedure", "id": procedure_id}


async def test_a_decision_by_silence_shows_an_activity_done_and_is_offered_for_it(api: Api) -> None:
    plan = await make_plan(api.world)
    procedure_id = await open_silence(api.world)
    running = (await api.ask("secretariat", "EvidenceList"))["silenceProcedures"]["nodes"]
    api.world.clock.now = EXPIRES + timedelta(seconds=1)
    adopted = (await api.ask("secretariat", "EvidenceList"))["silenceProcedures"]["nodes"]
    done = {"activityId": plan.activities["Count the boats"], "evidenceId": procedure_id, "expectedRevision": 1}
    activity = (await api.act("secretariat", "completeActivity", **done))["activity"]

    assert (running, [each["id"] for each in adopted]) == ([], [procedure_id])
    assert activity["evidence"] == {"__typename": "SilenceProcedure", "id": procedure_id, "title": "Flow charts"}
