"""Loads the demonstration working group.

It has a round that was answered and consolidated, an open one, a proposal under consideration, a call for inputs, the
work plan of 2018, and a group that works today: with a plan, volunteers, sittings and a silence procedure. Every step
is the act that a person would do, at an instant before `now`.
"""

from datetime import date, datetime, timedelta
from functools import partial
from importlib.resources import files

from sqlalchemy import func, select

from server.domain.consolidation.actions.issuing import issue_version
from server.domain.consolidation.actions.making import consolidate
from server.domain.consolidation.actions.settling import settle_conflict
from server.domain.notices.actions.making import begin_telling
from server.domain.proposals.actions.drafting import draft_proposal, submit_proposal
from server.domain.proposals.actions.handling import assign_proposal, open_cycle, register_proposal
from server.domain.proposals.rules.contents import AmendmentContent, ProposalContent
from server.domain.rounds.actions.answering import propose_disposition, record_disposition
from server.domain.rounds.actions.calling import complete_round, open_round
from server.domain.rounds.actions.filing import draft_comment, submit_comment
from server.domain.rounds.actions.marking import support_comment
from server.domain.rounds.rules.checks import Content
from server.domain.texts.actions.importing import import_text
from server.domain.workplan.actions.importing import import_work_plan
from server.domain.workplan.actions.topics import assign_work_item
from server.domain.workplan.actions.tracking import complete_activity, redate_activity, start_activity
from server.identity.applications.actions import register_application
from server.identity.applications.rules import Registration
from server.kernel.actor import Capacity
from server.models.consolidation import Consolidation, TextConflict
from server.models.parties import Party
from server.models.proposals import Mechanism
from server.models.texts import ProvisionText
from server.models.workplan import Activity, WorkItem
from server.storage.database import Database
from server.tools.demonstration import living, meetings, volunteers
from server.tools.demonstration.inputs import load_call
from server.tools.demonstration.people import (
    AMAZON,
    CANADA,
    CHINA,
    EU,
    EXPERT,
    GEA,
    JAPAN,
    OFFICER,
    UPU,
    add_bodies,
    add_people,
)
from server.tools.demonstration.people import PEOPLE as PEOPLE_OF_PARTIES
from server.tools.demonstration.stage import Stage
from server.vocabulary.applications import ApplicationKind
from server.vocabulary.proposals import AmendmentKind, CycleKind
from server.vocabulary.rounds import CommentType, DispositionVerdict, RoundVisibility
from server.wording.anchors import Quotation

PEOPLE = tuple((email, who) for email, who, _, _ in PEOPLE_OF_PARTIES)
"""(e-mail, who they are) of everyone who can sign in."""
GROUP = "WGEC-2"
EVERYONE = frozenset({Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR})

COMMENTS = (
    (JAPAN, "5.", "should give", "shall give", "Members that build a system need a firm rule."),
    (GEA, "5.", "should give", "may give", "Express carriers do not see all of it."),
    (UPU, "6.", "in the form it already uses", "in a form agreed with Customs", "Postal forms differ."),
    (EU, "7.", "within a time that lets the carrier act", "in time for the carrier to act", "Shorter."),
    (AMAZON, "8.", "Inspection should be the exception", "Inspection should be rare", "Clearer for sellers."),
)
"""(who, printed number, quoted words, proposed wording, reason) of the comments in the first round."""
VERDICTS = (
    (JAPAN, DispositionVerdict.ACCEPTED, ""),
    (GEA, DispositionVerdict.ACCEPTED, ""),
    (UPU, DispositionVerdict.ACCEPTED, ""),
    (EU, DispositionVerdict.ACCEPTED, ""),
    (AMAZON, DispositionVerdict.NOT_ACCEPTED, "The group kept the sense of an exception to a rule."),
)
SCRIPTS = Registration(
    "Scripts",
    "Programs on a person's own device that try the API out.",
    ("http://127.0.0.1/callback", "http://[::1]/callback"),
    scopes=("read", "comment", "write", "secretariat", "openid", "profile", "email", "offline_access"),
)
"""The application that the demonstration begins with; nothing keeps its secret, because it has none."""


async def load_demonstration(database: Database, now: datetime) -> bool:
    """Load the demonstration into an empty database and return True.

    Where there is any party already, do nothing and return False. If it is interrupted, nothing is loaded.
    """
    async with database.writing() as session:
        if await session.scalar(select(func.count()).select_from(Party)):
            return False
        stage = Stage(session, now)
        stage.persons = await add_people(session)
        await add_bodies(session)
        await session.flush()
        session.expunge_all()
        await _perform(stage)
    return True


async def _perform(stage: Stage) -> None:
    """Perform the acts, from the oldest to the latest, so that the journal is in the order of time."""
    await stage.do(OFFICER, 60, register_application, kind=ApplicationKind.NATIVE, registration=SCRIPTS)
    await _load_old_plan(stage)
    await living.found_group(stage)
    await meetings.call_sittings(stage)
    await volunteers.name_coordinators(stage)
    await living.lay_milestones(stage)
    await volunteers.collect_promises(stage)
    version = await _issue_first_version(stage)
    await meetings.record_first_sitting(stage)
    await _load_answered_round(stage, version)
    await volunteers.keep_or_hand_back(stage)
    second = await _issue_second_version(stage, version)
    await begin_telling(stage.session)  # what comes after this is unread in the inboxes
    await _move_old_plan_on(stage, second)
    await living.move_plan_on(stage)
    await _load_proposal(stage, second)
    await volunteers.ask_for_more(stage)
    await load_call(stage)
    await meetings.set_agendas(stage, second)
    await meetings.let_silence_run(stage)
    await _load_open_round(stage, second)
    await volunteers.report_and_remind(stage)
    await living.propose_delay(stage)


def _read_document(name: str) -> str:
    return files("server.tools.demonstration").joinpath(name).read_text(encoding="utf-8")


async def _issue_first_version(stage: Stage) -> str:
    names = {"title": "Flow of Data in Cross-Border E-Commerce", "short_title": "Data flow note", "label": "Draft 1"}
    version = await stage.do(
        OFFICER, 45, import_text, **names, markdown=_read_document("draft.md"), source_name="draft.md"
    )
    return await stage.do(OFFICER, 45, issue_version, text_version_id=version, expected_revision=1)


async def _call_round(stage: Stage, version: str, title: str, days: float, closes: float) -> str:
    return await stage.do(
        CANADA,
        days,
        open_round,
        text_version_id=version,
        body_id=await stage.body(GROUP),
        title=title,
        opens_at=None,
        closes_at=stage.brussels(closes),
        zone="Europe/Brussels",
        visibility=RoundVisibility.IMMEDIATE,
        audience=EVERYONE,
    )


async def _build_content(stage: Stage, version: str, number: str, quoted: str, wording: str, reason: str) -> Content:
    place = (ProvisionText.text_version_id == version, ProvisionText.printed_number == number)
    provision = await stage.find(select(ProvisionText).where(*place, ProvisionText.text.contains(quoted)))
    text = f"Paragraph {number.rstrip('.')} could be firmer about who does what."
    return Content(CommentType.SUBSTANTIVE, text, provision.id, Quotation(quoted), reason, wording)


async def _load_answered_round(stage: Stage, version: str) -> None:
    round_id = await _call_round(stage, version, "Comments on Draft 1", days=40, closes=-20)
    comments: dict[str, str] = {}
    for place, (email, *words) in enumerate(COMMENTS):
        content = await _build_content(stage, version, *words)
        comments[email] = await stage.do(email, 35 - place, submit_comment, round_id=round_id, content=content)
    await stage.do(EU, 28, support_comment, comment_id=comments[JAPAN])
    await stage.do(CHINA, 27, support_comment, comment_id=comments[JAPAN])
    answers = [
        {"comment_id": comments[email], "verdict": verdict, "reason": reason, "wording": None}
        for email, verdict, reason in VERDICTS
    ]
    for answer in answers:
        await stage.do(CHINA, 17, propose_disposition, **answer, expected_revision=1)
    for answer in answers:
        await stage.do(OFFICER, 15, record_disposition, **answer, expected_revision=2)
    await stage.do(CANADA, 14, complete_round, round_id=round_id, expected_revision=1)


async def _issue_second_version(stage: Stage, base: str) -> str:
    consolidation_id = await stage.do(OFFICER, 12, consolidate, text_version_id=base, label="Draft 2")
    conflict = await stage.find(select(TextConflict).where(TextConflict.consolidation_id == consolidation_id))
    await stage.do(
        OFFICER,
        11,
        settle_conflict,
        conflict_id=conflict.id,
        words="shall",
        reason="The group prefers a firm rule; carriers pass on what they were given.",
        expected_revision=1,
    )
    target = (await stage.find(select(Consolidation).where(Consolidation.id == consolidation_id))).target_id
    return await stage.do(OFFICER, 10, issue_version, text_version_id=target, expected_revision=2)


async def _load_open_round(stage: Stage, version: str) -> None:
    round_id = await _call_round(stage, version, living.OPEN_ROUND, days=3, closes=11)
    later = partial(stage.do, round_id=round_id)
    words = ("9.", "may be collected", "should be collected", "A choice of four is no rule.")
    await later(UPU, 2, submit_comment, content=await _build_content(stage, version, *words))
    words = ("8.", "Inspection should be the exception", "Inspection shall be the exception", "Consistency.")
    await later(JAPAN, 2, submit_comment, content=await _build_content(stage, version, *words))
    words = ("10.", "as simple as", "no more complex than", "Closer to practice.")
    await later(EXPERT, 1.05, draft_comment, content=await _build_content(stage, version, *words))


async def _load_proposal(stage: Stage, version: str) -> None:
    mechanism = await stage.find(select(Mechanism).order_by(Mechanism.valid_from.desc()))
    cycle = await stage.do(
        OFFICER,
        9,
        open_cycle,
        mechanism_id=mechanism.id,
        kind=CycleKind.PERIODIC,
        title="Review of the whole package",
        opens_on=(stage.now - timedelta(days=9)).date(),
        closes_on=(stage.now + timedelta(days=120)).date(),
    )
    place = (ProvisionText.text_version_id == version, ProvisionText.printed_number == "10.")
    last = await stage.find(select(ProvisionText).where(*place))
    wording = "11. Marketplaces should tell buyers, before they pay, which duties and taxes may be due."
    addition = AmendmentContent(AmendmentKind.ADD, provision_id=last.provision_id, wording=wording)
    content = ProposalContent(
        "Tell buyers what they will owe", "Buyers refuse parcels when a bill surprises them.", (addition,), ()
    )
    proposal = await stage.do(JAPAN, 8, draft_proposal, cycle_id=cycle, text_version_id=version, content=content)
    steps = ((JAPAN, 7, submit_proposal), (OFFICER, 6, register_proposal))
    for version_read, (email, days, act) in enumerate(steps, start=1):
        await stage.do(email, days, act, proposal_id=proposal, expected_revision=version_read)
    await stage.do(
        OFFICER, 5, assign_proposal, proposal_id=proposal, body_id=await stage.body(GROUP), expected_revision=3
    )


async def _load_old_plan(stage: Stage) -> None:
    """Read the plan of 2018 in, and give the topic of its second group to it."""
    paper = {"markdown": _read_document("work_plan.md"), "source_name": "work_plan.md"}
    await stage.do(OFFICER, 60, import_work_plan, **paper, decided_on=date(2018, 6, 21))
    topic = {"work_item_id": await _old_item(stage), "body_id": await stage.body(GROUP), "expected_revision": 1}
    await stage.do(OFFICER, 59, assign_work_item, **topic)


async def _move_old_plan_on(stage: Stage, version: str) -> None:
    """Close, begin and re-date activities of the plan of 2018, as the coordinators of its second group would."""
    item = await _old_item(stage)

    async def step(position: int) -> str:
        return str(
            await stage.find(select(Activity.id).where(Activity.work_item_id == item, Activity.position == position))
        )

    completion = {"activity_id": await step(5), "evidence_id": version, "expected_revision": 1}
    await stage.do(CANADA, 9.06, complete_activity, **completion)
    await stage.do(CHINA, 9.06, start_activity, activity_id=await step(6), expected_revision=1)
    later = f"{stage.brussels(60):%B %Y}"
    redating = {"activity_id": await step(8), "period": later, "reason": "The round on Draft 2 comes first."}
    await stage.do(CANADA, 9.05, redate_activity, **redating, expected_revision=1)


async def _old_item(stage: Stage) -> str:
    """Return the id of the second topic of the plan of 2018, the plan that was imported first."""
    return str(await stage.find(select(WorkItem.id).where(WorkItem.number == 2).order_by(WorkItem.id)))
