"""What the groups of the demonstration do between sittings: nominations, promises, contributions and a report."""

from typing import Any

from sqlalchemy import select

from server.domain.groups.actions.nominating import accept_nomination, agree_nomination, nominate
from server.domain.groups.actions.promising import (
    accept_promise,
    ask_promise,
    contribute,
    hand_back_promise,
    keep_promise,
    make_promise,
    nudge_promise,
)
from server.domain.groups.actions.reporting import circulate_report, draft_report
from server.models.groups import Promise
from server.tools.demonstration.living import GROUP
from server.tools.demonstration.people import AMAZON, AUSTRALIA, CANADA, CHINA, EU, GEA, JAPAN, OFFICER, UPU
from server.tools.demonstration.stage import Stage
from server.vocabulary.bodies import FunctionKind

MEASURES, REPORTING = f"{GROUP}-1", f"{GROUP}-2"
COUNTED = (
    "Of a hundred declarations, seven had no weight, four no value in a currency, and eleven words that describe no "
    "goods. We counted one week of parcels in three offices."
)
LAYOUT = (
    "A page for each Member: three figures, the same every year, and a line on what was done about them. We tried it "
    "with our own shipments; it took an afternoon."
)
REPORT = (
    "Six parties took part. They agree that the yearly report fits on one page. They do not agree yet whether figures "
    "of single carriers are in it: three would leave them out, two would name them with the carrier's consent. The "
    "layout is late for that reason."
)


async def name_coordinators(stage: Stage) -> None:
    """Let a company be named as the second coordinator of a group, accept, and the group above agree."""
    days = {"starts_on": stage.day(-51), "ends_on": stage.day(660)}
    seat = {"body_id": await stage.body(REPORTING), "party_id": await stage.party("Amazon")}
    named = await stage.do(OFFICER, 53, nominate, **seat, kind=FunctionKind.COORDINATOR, **days)
    await stage.do(AMAZON, 52, accept_nomination, nomination_id=named, expected_revision=1)
    await stage.do(AUSTRALIA, 51, agree_nomination, nomination_id=named, expected_revision=2)


async def collect_promises(stage: Stage) -> None:
    """Let parties promise things to the groups: one by an instant that is near today, one by one that is past."""
    measures = {"body_id": await stage.body(MEASURES)}
    text = "Comments on the second measure"
    promise = await stage.do(
        EU, 49, ask_promise, **measures, party_id=await stage.party("Japan"), text=text, due_at=stage.brussels(4)
    )
    await stage.do(JAPAN, 48, accept_promise, promise_id=promise, expected_revision=1)
    for email, text, days in (
        (CHINA, "A count of declarations that lack something", -11),
        (UPU, "How postal operators measure the same", -6),
        (AUSTRALIA, "A comparison with air cargo", -2),
    ):
        await stage.do(email, 48, make_promise, **measures, text=text, due_at=stage.brussels(days))


async def keep_or_hand_back(stage: Stage) -> None:
    """Let one party keep its promise by a contribution, and one hand it back."""
    words = {"title": "What is missing from declarations", "text": COUNTED}
    contribution = await stage.do(CHINA, 13, contribute, body_id=await stage.body(MEASURES), **words)
    count, comparison = await _promise(stage, "A count"), await _promise(stage, "A comparison")
    await stage.do(CHINA, 13, keep_promise, promise_id=count, contribution_id=contribution, expected_revision=1)
    why = "Our colleagues of air cargo have no figures before summer."
    await stage.do(AUSTRALIA, 13, hand_back_promise, promise_id=comparison, reason=why, expected_revision=1)


async def ask_for_more(stage: Stage) -> None:
    """Let a rapporteur be named and accept, and ask the same party for a promise, which waits for its answer."""
    measures = {"body_id": await stage.body(MEASURES), "party_id": await stage.party("GEA")}
    days = {"starts_on": stage.day(0), "ends_on": stage.day(660)}
    named = await stage.do(EU, 4.09, nominate, **measures, kind=FunctionKind.RAPPORTEUR, **days)
    await stage.do(GEA, 4.08, accept_nomination, nomination_id=named, expected_revision=1)
    wanted: dict[str, Any] = {"text": "Three examples of data that came late", "due_at": stage.brussels(21)}
    await stage.do(EU, 4.07, ask_promise, **measures, **wanted)


async def report_and_remind(stage: Stage) -> None:
    """Let a party contribute, circulate a report, remind a party that is late, and name a second coordinator."""
    reporting = {"body_id": await stage.body(REPORTING)}
    await stage.do(AMAZON, 0.99, contribute, **reporting, title="One page for each Member", text=LAYOUT)
    words = {"title": "First report on reporting", "text": REPORT}
    report = await stage.do(CANADA, 0.98, draft_report, **reporting, **words)
    await stage.do(CANADA, 0.97, circulate_report, report_id=report, expected_revision=1)
    late = await _promise(stage, "How postal")
    await stage.do(EU, 0.96, nudge_promise, promise_id=late, expected_revision=1)
    seat = {"body_id": await stage.body(MEASURES), "party_id": await stage.party("Japan")}
    days = {"starts_on": stage.day(1), "ends_on": stage.day(660)}
    await stage.do(EU, 0.96, nominate, **seat, kind=FunctionKind.COORDINATOR, **days)


async def _promise(stage: Stage, begins: str) -> str:
    """Return the id of the promise that begins with these words."""
    return str(await stage.find(select(Promise.id).where(Promise.text.startswith(begins))))
