"""What is told of milestones: what moved, was reached or dropped, and what waits for those who approve."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from server.domain.notices.queries.kinds import Telling, in_body, is_by_caller, tell
from server.domain.notices.queries.objects import MILESTONE, MILESTONE_CHANGE
from server.domain.notices.rules.words import Sentence
from server.kernel.predicates import led_bodies
from server.vocabulary.workplan import MilestoneChangeStatus

_CHANGE_PAGE = "/milestone-changes/{subject}"


def _follows(milestone: Any, plan: Any) -> ColumnElement[bool]:
    """Return the condition that the caller takes part in the body of the plan, or leads the body that approves."""
    return or_(in_body(plan.body_id), milestone.approver_body_id.in_(led_bodies))


def _approves(change: Any, milestone: Any) -> ColumnElement[bool]:
    """Return the condition that the caller leads the body that approves a change, and nobody has answered it."""
    waits = change.status == MilestoneChangeStatus.PROPOSED
    return and_(milestone.approver_body_id.in_(led_bodies), waits)


MILESTONES: tuple[Telling, ...] = (
    *(
        tell(
            f"milestone.{name}",
            MILESTONE,
            _follows,
            Sentence(english, french),
            "/milestones/{subject}",
            is_pressing=name == "redated",
            shows_due=name == "redated",
        )
        for name, english, french in (
            ("redated", "A milestone has moved: “{title}”.", "Un jalon est déplacé : « {title} »."),
            ("reached", "A milestone is reached: “{title}”.", "Un jalon est atteint : « {title} »."),
            ("dropped", "A milestone was dropped: “{title}”.", "Un jalon est abandonné : « {title} »."),
        )
    ),
    tell(
        "milestone_change.proposed",
        MILESTONE_CHANGE,
        _approves,
        Sentence(
            "A milestone is proposed to move, and you approve it: “{title}”.",
            "Le déplacement d’un jalon attend votre accord : « {title} ».",
        ),
        _CHANGE_PAGE,
        is_personal=True,
    ),
    *(
        tell(
            f"milestone_change.{name}",
            MILESTONE_CHANGE,
            lambda change, _: is_by_caller(change.proposed_by_id),
            Sentence(english, french),
            _CHANGE_PAGE,
            is_personal=True,
        )
        for name, english, french in (
            (
                "approved",
                "It moves as you proposed: “{title}”.",
                "Déplacement de jalon approuvé : « {title} ».",
            ),
            ("declined", "It stays where it is: “{title}”.", "Déplacement de jalon refusé : « {title} »."),
        )
    ),
)
