"""The call for inputs of the demonstration: Members are asked about authorized operators, some have answered."""

from typing import Any

from sqlalchemy import select

from server.domain.calls.actions.answering import answer_call, file_answers
from server.domain.calls.actions.calling import open_call
from server.domain.calls.rules.questions import GivenAnswer, QuestionTerms
from server.kernel.actor import Capacity
from server.models.calls import CallQuestion
from server.tools.demonstration.people import CANADA, CHINA, EU, EXPERT
from server.tools.demonstration.stage import Stage
from server.vocabulary.calls import QuestionKind
from server.vocabulary.rounds import RoundVisibility

GROUP = "WGEC-2"
COORDINATOR, FILED, DRAFTED = CANADA, (CHINA, EU), EXPERT
INTRODUCTION = (
    "The Secretariat note on authorized operators in e-commerce was written in 2021. A letter of 10 June of that year "
    "asked Members for inputs; 31 replied, and what they said became an annex of the second edition. This call asks "
    "what has changed since."
)
QUESTIONS = (
    QuestionTerms(QuestionKind.YES_NO, "Can marketplaces be authorized in your administration?", is_required=True),
    QuestionTerms(
        QuestionKind.SEVERAL_CHOICES,
        "Which operators of e-commerce are authorized today?",
        choices=("Express carriers", "Postal operators", "Marketplaces", "Warehouses", "None of them"),
    ),
    QuestionTerms(QuestionKind.NUMBER, "How many of them are authorized?", unit="operators", least=0),
    QuestionTerms(QuestionKind.TEXT, "What would make the programme worth while for small sellers?"),
)
ANSWERS: tuple[tuple[dict[str, Any], ...], ...] = (
    (
        {"is_yes": True},
        {"choices": ("Express carriers", "Marketplaces")},
        {"number": 12.0},
        {"text": "One application for all the parts of a group."},
    ),
    (
        {"is_yes": False},
        {"choices": ("Express carriers", "Postal operators")},
        {"number": 31.0},
        {"text": "Fewer papers, and one office that answers."},
    ),
    ({"is_yes": True}, {"choices": ("Postal operators",)}, {}, {}),
)
"""What each party answers to the questions, in their order; the last is a draft."""


async def load_call(stage: Stage) -> None:
    """Open the call, let two Members answer it, and let one draft its answers."""
    call_id = await stage.do(
        COORDINATOR,
        4.06,
        open_call,
        body_id=await stage.body(GROUP),
        title="Authorized operators in e-commerce: what has changed",
        introduction=INTRODUCTION,
        questions=QUESTIONS,
        opens_at=None,
        closes_at=stage.brussels(18),
        zone="Europe/Brussels",
        visibility=RoundVisibility.IMMEDIATE,
        audience=frozenset({Capacity.MEMBER}),
    )
    own_questions = select(CallQuestion.id).where(CallQuestion.call_id == call_id).order_by(CallQuestion.position)
    question_ids = (await stage.session.scalars(own_questions)).all()
    for who, answers in zip((*FILED, DRAFTED), ANSWERS, strict=True):
        answers_given = [GivenAnswer(each, **answer) for each, answer in zip(question_ids, answers, strict=True)]
        await stage.do(who, 3.09, answer_call, call_id=call_id, answers=answers_given, expected_revision=0)
    for who in FILED:
        await stage.do(who, 3.08, file_answers, call_id=call_id, expected_revision=1)
