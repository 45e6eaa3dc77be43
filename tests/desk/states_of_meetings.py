"""The state of groups that promise and report, of bodies that meet, and of decisions by silence."""

from collections.abc import Mapping
from datetime import date

from server.domain.bodies.actions import establishing
from server.domain.groups.actions import nominating
from server.domain.groups.actions import reporting as group_reports
from server.domain.silence.actions import settling
from server.domain.sittings.actions import convening
from server.domain.sittings.actions import reporting as sitting_reports
from tests.factories.silence import open_silence
from tests.factories.world import World
from tests.groups.test_actions import ask, named
from tests.sittings.test_actions import call, decided, place


async def met(world: World) -> Mapping[str, str]:
    """Bring about sittings, one called off, the work of a group below one that lapsed, and two silence procedures."""
    sitting, decision = await decided(world)
    say = {"decision_id": decision, "text": "Japan cannot apply it before 2020."}
    await world.do("japan", sitting_reports.make_reservation, **say)
    agenda_item = await place(world, sitting, remark="Oral report")
    called_off = await call(world, first_number=223, second_number=None)
    why = {"reason": "The house is closed.", "expected_revision": 1}
    await world.do("secretariat", convening.cancel_sitting, sitting_id=called_off, **why)
    words = {"title": "Report of the group", "text": "The charts are ready."}
    report = await world.do("canada", group_reports.draft_report, body_id=world.bodies["group"], **words)
    promise = await ask(world)
    nomination = await world.do("secretariat", nominating.nominate, **named(world, "gea"))
    await _lapse(world)
    broken = await open_silence(world, title="Data elements")
    objection = {"passage": "flow charts", "reason": "They leave the duties open."}
    await world.do("japan", settling.break_silence, procedure_id=broken, **objection)
    return {
        **{"sitting": sitting, "called_off": called_off, "agenda_item": agenda_item},
        **{"promise": promise, "nomination": nomination, "report": report},
        **{"silence": await open_silence(world), "broken": broken},
        **{"body": world.bodies["group"], "lapsed": world.bodies["wgec"], "above": world.bodies["ptc"]},
    }


async def _lapse(world: World) -> None:
    """Give the body above the group of Canada a mandate that ended in the summer."""
    days = {"starts_on": date(2017, 7, 1), "ends_on": date(2018, 6, 30)}
    terms = {"terms": "Draw the flow charts.", "reason": "The Committee asked for them."}
    group = {"body_id": world.bodies["wgec"], "expected_revision": 1}
    await world.do("secretariat", establishing.extend_mandate, **group, **terms, **days)
