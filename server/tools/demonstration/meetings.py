"""The sittings of the demonstration: one that was held, three to come with agendas and papers, and a silence procedure.

Papers are due so many days before a sitting as its body arranged.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.actions.recording import record_decision
from server.domain.bodies.rules import DecisionContent
from server.domain.papers.actions import issue_paper
from server.domain.silence.actions.opening import open_silence
from server.domain.silence.actions.settling import make_statement
from server.domain.sittings.actions.agendas import lay_paper, place_item
from server.domain.sittings.actions.convening import arrange_documents, call_sitting
from server.domain.sittings.actions.reporting import write_paragraph
from server.domain.workplan.queries import get_work_plan
from server.kernel.actor import Actor, Capacity
from server.models.bodies import Body, Sitting
from server.models.workplan import WorkPlan
from server.tools.demonstration.living import GROUP
from server.tools.demonstration.people import AUSTRALIA, CANADA, OFFICER
from server.tools.demonstration.stage import Stage
from server.vocabulary.bodies import Outcome
from server.vocabulary.sittings import ItemClass, ItemPurpose, SittingFormat

SITTINGS = (
    (GROUP, 1, None, -42, SittingFormat.IN_PERSON),
    (GROUP, 2, None, 12, SittingFormat.VIRTUAL),
    ("PTC", 245, 246, 75, SittingFormat.HYBRID),
    ("Council", 147, 148, 160, SittingFormat.IN_PERSON),
)
"""(body, session number, second session number, first day from today, format)."""
NOTE, TALK, GUIDE, DECIDE = ItemPurpose.TAKE_NOTE, ItemPurpose.DISCUSSION, ItemPurpose.GUIDANCE, ItemPurpose.DECISION
AGENDA: tuple[tuple[str, str, ItemClass, tuple[ItemPurpose, ...], int | None], ...] = (
    ("1", "Where the three groups stand", ItemClass.A, (NOTE,), None),
    ("2", "Draft measures of data quality", ItemClass.B, (TALK, GUIDE), 9),
    ("3", "Figures of single carriers in the yearly report", ItemClass.C, (TALK, DECIDE), 9),
)
AGENDA_ABOVE: tuple[tuple[str, str, ItemClass, tuple[ItemPurpose, ...], int | None], ...] = (
    ("1", "Adoption of the agenda", ItemClass.A, (DECIDE,), None),
    ("4", "Flow of data: where the note stands", ItemClass.A, (NOTE,), None),
    ("5.1", "Measures of data quality", ItemClass.C, (TALK, DECIDE), 60),
    ("5.2", "Outline of a yearly report", ItemClass.B, (GUIDE,), 60),
)
"""(number, title, class, purposes, last day for comments from today) of the items, by their numbers."""
PAPERS = (("4", 745, "Note on the flow of data, second draft"), ("5.2", 746, "Outline of a yearly report"))
"""(item of the agenda of the committee, number of the paper, its title)."""
SILENT_TEXT = (
    "The group counts an item as described if its words let an officer name the goods. Words such as gift, sample or "
    "parts alone do not."
)


async def call_sittings(stage: Stage) -> None:
    """Say by when papers are issued, and call the sittings."""
    for short_name, days in ((GROUP, 14), ("PTC", 49)):
        arranged = {"body_id": await stage.body(short_name), "document_days": days, "expected_revision": 1}
        await stage.do(OFFICER, 55, arrange_documents, **arranged, reason="Time to read and to translate.")
    for short_name, first, second, days, form in SITTINGS:
        numbers: dict[str, Any] = {"first_number": first, "second_number": second, "sitting_format": form}
        on = {"starts_on": stage.day(days), "ends_on": stage.day(days + (1 if short_name == GROUP else 3))}
        await stage.do(OFFICER, 54, call_sitting, body_id=await stage.body(short_name), **numbers, **on)


async def record_first_sitting(stage: Stage) -> None:
    """Record what the group decided on its plan when it first sat, and write the report of it."""
    sitting = await _sitting(stage, GROUP, 1)
    plan = await stage.find(select(WorkPlan.id).where(WorkPlan.body_id == await stage.body(GROUP)))
    text = "The group agreed on its plan, and thanked the Members that had sent what they measure."
    content = DecisionContent("agreed", Outcome.APPROVED, text, agenda_item="3", paragraph="DQ0001, para 7")
    decided = {"sitting_id": sitting, "subject_id": plan, "content": content, "sees": _sees_plan}
    decision = await stage.do(OFFICER, 40.05, record_decision, **decided)
    await stage.do(OFFICER, 40.05, write_paragraph, sitting_id=sitting, number=7, text=text, decision_id=decision)


async def _sees_plan(session: AsyncSession, actor: Actor, now: datetime, plan_id: str) -> bool:
    """Return whether an actor sees the plan that was decided on."""
    return bool(await get_work_plan(session, actor, now, plan_id))


async def set_agendas(stage: Stage, version: str) -> None:
    """Place the items of the next sittings with their classes, and lay papers under them."""
    near, above = await _sitting(stage, GROUP, 2), await _sitting(stage, "PTC", 245)
    items = {}
    for who, sitting, agenda in ((AUSTRALIA, near, AGENDA), (OFFICER, above, AGENDA_ABOVE)):
        for number, title, item_class, purposes, closes in agenda:
            item: dict[str, Any] = {"number": number, "title": title, "purposes": purposes, "item_class": item_class}
            closes_at = None if closes is None else stage.brussels(closes)
            items[number] = await stage.do(who, 3.07, place_item, sitting_id=sitting, **item, closes_at=closes_at)
    for number, serial, title in PAPERS:
        carried = {"sitting_id": above, "text_version_id": version if number == "4" else None}
        paper = await stage.do(OFFICER, 3.06, issue_paper, series="PC", serial=serial, title=title, **carried)
        await stage.do(OFFICER, 3.06, lay_paper, item_id=items[number], paper_id=paper)


async def let_silence_run(stage: Stage) -> None:
    """Put a definition to the group under silence, to which one Member has said that it agrees."""
    procedure = await stage.do(
        AUSTRALIA,
        3.05,
        open_silence,
        body_id=await stage.body(GROUP),
        title="When an item counts as described",
        text=SILENT_TEXT,
        expires_at=stage.brussels(9),
        audience=frozenset(Capacity) - {Capacity.SECRETARIAT},
    )
    await stage.do(CANADA, 3.04, make_statement, procedure_id=procedure, text="Canada counts in the same way.")


async def _sitting(stage: Stage, short_name: str, number: int) -> str:
    """Return the id of a sitting of a body by its session number."""
    of_body = select(Sitting.id).join(Body, Body.id == Sitting.body_id).where(Body.short_name == short_name)
    return str(await stage.find(of_body.where(Sitting.first_number == number)))
