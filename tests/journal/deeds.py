"""A database in which nearly every kind of row was written by an act: the demonstration, and what it leaves out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from server.domain.bodies.actions import functions, joining, recording
from server.domain.bodies.rules import DecisionContent
from server.domain.consolidation.actions.issuing import publish_edition
from server.domain.papers.actions import issue_paper
from server.domain.parties.actions import inviting, persons, representing
from server.domain.parties.rules.accrediting import InvitationTerms, Invited
from server.domain.proposals.actions import handling
from server.domain.rounds.actions import calling, filing, marking
from server.domain.rounds.rules.checks import Content
from server.models.bodies import Body
from server.models.parties import Delegate, Party
from server.models.proposals import Amendment
from server.models.rounds import Comment, Round
from server.models.texts import TextVersion
from server.storage.database import Database
from server.tools.demonstration.load import EVERYONE, load_demonstration
from server.tools.demonstration.people import CANADA, CHINA, GEA, JAPAN, OFFICER, UPU
from server.tools.demonstration.stage import Stage
from server.vocabulary.bodies import FunctionKind, Outcome
from server.vocabulary.proposals import GroupView
from server.vocabulary.rounds import CommentType, RoundVisibility

PRESENT = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""The instant at which the last of it happens."""
WEEK = timedelta(days=7)


async def do_everything(database: Database) -> None:
    """Load the demonstration into an empty database, and do one of each act on record that it leaves out."""
    await load_demonstration(database, PRESENT)
    async with database.writing() as session:
        stage = Stage(session, PRESENT)
        rows = await session.execute(text("SELECT email, id FROM persons WHERE email IS NOT NULL"))
        stage.persons = {email: person for email, person in rows}  # noqa: C416
        await _comment(stage)
        await _consider(stage)
        await _decide(stage)
        await _register(stage)


async def _comment(stage: Stage) -> None:
    """Extend the open round, mark and withdraw comments in it, and file one in a sealed round."""
    round_ = await stage.find(select(Round).where(Round.title == "Final comments on Draft 2"))
    later = {"closes_at": round_.closes_at + WEEK, "reason": "Holidays", "expected_revision": 1}
    await stage.do(CANADA, 0, calling.extend_round, round_id=round_.id, **later)
    filed = await stage.find(select(Comment).where(Comment.round_id == round_.id, Comment.number.is_not(None)))
    await stage.do(GEA, 0, marking.oppose_comment, comment_id=filed.id, reason="Too strict.")
    await stage.do(CHINA, 0, marking.support_comment, comment_id=filed.id)
    content = Content(CommentType.GENERAL, "The annex should be shorter.")
    taken_back = await stage.do(UPU, 0, filing.submit_comment, round_id=round_.id, content=content)
    await stage.do(UPU, 0, filing.withdraw_comment, comment_id=taken_back, expected_revision=1)
    sealed = await stage.do(
        CANADA,
        0,
        calling.open_round,
        text_version_id=round_.text_version_id,
        body_id=round_.body_id,
        title="Sealed views",
        opens_at=None,
        closes_at=PRESENT + WEEK,
        zone="Europe/Brussels",
        visibility=RoundVisibility.AFTER_CLOSE,
        audience=EVERYONE,
    )
    await stage.do(JAPAN, 0, filing.submit_comment, round_id=sealed, content=content)


async def _consider(stage: Stage) -> None:
    """Record the view of the group on the amendment of the proposal, and cancel a round."""
    amendment = await stage.find(select(Amendment))
    view = {"view": GroupView.AGREED, "reason": "Buyers need it.", "expected_revision": 4}
    await stage.do(OFFICER, 0, handling.record_view, amendment_id=amendment.id, **view)


async def _decide(stage: Stage) -> None:
    """Record what the bodies decided on the second version, publish it as an edition, and issue a paper."""
    version = await stage.find(select(TextVersion).where(TextVersion.label == "Draft 2"))
    days = {"starts_on": PRESENT.date() - WEEK, "ends_on": PRESENT.date() - timedelta(days=5)}
    decision = ""
    for short_name, outcome in (("PTC", Outcome.ENDORSED), ("PC", Outcome.ENDORSED), ("Council", Outcome.ADOPTED)):
        body = await stage.find(select(Body).where(Body.short_name == short_name))
        numbers = {"first_number": 201, "second_number": 202}
        sitting = await stage.do(OFFICER, 0, recording.record_sitting, body_id=body.id, **numbers, **days)
        content = DecisionContent(outcome.lower(), outcome, f"The {short_name} decided.", paragraph="SC0200, 12")
        said: dict[str, Any] = {"sitting_id": sitting, "subject_id": version.id, "content": content, "sees": _sees}
        decision = await stage.do(OFFICER, 0, recording.record_decision, **said)
    await stage.do(OFFICER, 0, publish_edition, text_version_id=version.id, decision_id=decision, label="2026")
    await stage.do(OFFICER, 0, issue_paper, series="PC", serial=618, title="Indicators", text_version_id=version.id)


async def _sees(*_: Any) -> bool:
    return True


async def _register(stage: Stage) -> None:
    """Give and end what the register holds: a representation, a function, an invitation, a membership, a person."""
    party = {name: (await stage.find(select(Party).where(Party.short_name == name))).id for name in ("Japan", "China")}
    mandate = {"party_id": party["Japan"], "by_party_id": party["China"], "evidence": "Letter of 1 March"}
    last = date(2026, 12, 31)
    await stage.do(OFFICER, 0, representing.grant_representation, **mandate, starts_on=PRESENT.date(), ends_on=last)
    group = await stage.find(select(Body).where(Body.short_name == "WGEC-2"))
    seat = {"body_id": group.id, "party_id": party["Japan"], "delegate_id": None, "kind": FunctionKind.RAPPORTEUR}
    await stage.do(OFFICER, 0, functions.appoint_function, **seat, starts_on=PRESENT.date(), ends_on=last)
    invited = Invited("New delegate", "new@example.org", is_focal_point=False, starts_on=PRESENT.date())
    terms = InvitationTerms("https://example.org", 14)
    await stage.do(OFFICER, 0, inviting.invite_delegate, party_id=party["Japan"], invited=invited, terms=terms)
    await stage.do(GEA, 0, joining.leave_body, body_id=group.id)
    person = stage.persons[UPU]
    await stage.do(OFFICER, 0, persons.suspend_person, person_id=person, reason="Left", expected_revision=1)
    delegate = await stage.find(select(Delegate).where(Delegate.person_id == person))
    assert delegate is not None
