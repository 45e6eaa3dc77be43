"""Calls for inputs of a world."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from server.domain.calls.actions import answering, calling
from server.domain.calls.rules.questions import GivenAnswer, QuestionTerms
from server.kernel.actor import Capacity
from server.models.calls import CallQuestion
from server.models.parties import Party
from server.vocabulary.calls import QuestionKind as Kind
from server.vocabulary.parties import PartyKind
from server.vocabulary.rounds import RoundVisibility
from tests.factories.rounds import EVERYONE
from tests.factories.world import NOW, World, add_delegate

CLOSES = NOW + timedelta(days=7)
"""The closing instant of a call that is opened without saying another."""
QUESTIONS = (
    QuestionTerms(Kind.YES_NO, "Does your administration have an AEO programme?", is_required=True),
    QuestionTerms(Kind.NUMBER, "How many operators are authorized?", unit="operators", least=0, most=100_000),
    QuestionTerms(Kind.ONE_CHOICE, "Who applies?", choices=("Importers", "Exporters", "Both")),
    QuestionTerms(Kind.SEVERAL_CHOICES, "What do they gain?", choices=("Speed", "Fewer controls", "Deferred payment")),
    QuestionTerms(Kind.TEXT, "What would you change?", hint="In a few words."),
    QuestionTerms(Kind.DATE, "Since when?"),
    QuestionTerms(Kind.FILE, "Where is it laid down?"),
)
"""One question of each kind; the first must be answered."""


def asking(world: World, **changed: Any) -> dict[str, Any]:
    """Return the arguments of `open_call`: a call of the group with one question of each kind, open now, for all."""
    good = {
        "body_id": world.bodies["group"],
        "title": "Input on the AEO note",
        "introduction": "The note was last revised in 2018.",
        "questions": QUESTIONS,
        "opens_at": None,
        "closes_at": CLOSES,
        "zone": "Europe/Brussels",
        "visibility": RoundVisibility.IMMEDIATE,
        "audience": EVERYONE,
    }
    return good | changed


async def open_call(world: World, **changed: Any) -> str:
    """Open a call as the coordinator, and return its id. A second one has a title of its own."""
    world.calls += 1
    if world.calls > 1:
        changed.setdefault("title", f"Input on the AEO note, call {world.calls}")
    return await world.do("canada", calling.open_call, **asking(world, **changed))


async def question_ids(world: World, call_id: str) -> list[str]:
    """Return the ids of the questions of a call in their order."""
    statement = select(CallQuestion.id).where(CallQuestion.call_id == call_id).order_by(CallQuestion.position)
    async with world.database.reading() as connection:
        return [*await connection.scalars(statement)]


async def answer(world: World, who: str, call_id: str, *given: GivenAnswer, expected_revision: int = 0) -> str:
    """Draft the answers of a party, by default yes to the first question, and return the id of the draft."""
    answers = given or [GivenAnswer((await question_ids(world, call_id))[0], is_yes=True)]
    return await world.do(
        who, answering.answer_call, call_id=call_id, answers=answers, expected_revision=expected_revision
    )


async def file(world: World, who: str, call_id: str, *given: GivenAnswer) -> str:
    """Draft and file the answers of a party that has not answered yet, and return the id of what was filed."""
    await answer(world, who, call_id, *given)
    return await world.do(who, answering.file_answers, call_id=call_id, expected_revision=1)


async def file_as_members(world: World, call_id: str, count: int) -> None:
    """Let new Members answer a call: the first 19 yes, the others no; the first 21 name 0, 10, 20 ... operators."""
    questions = await question_ids(world, call_id)
    async with world.database.writing() as session:
        for number in range(count):
            key = f"member-{number}"
            party = Party(
                name=f"Customs {number}",
                short_name=f"Customs {number}",
                kind=PartyKind.MEMBER_ADMINISTRATION,
                capacity=Capacity.MEMBER,
            )
            session.add(party)
            await session.flush()
            world.parties[key] = party.id
            await add_delegate(session, world, key, key, is_focal_point=True)
    for number in range(count):
        given = [GivenAnswer(questions[0], is_yes=number < 19)]
        if number < 21:
            given.append(GivenAnswer(questions[1], number=10 * number))
        given.append(GivenAnswer(questions[2], choices=(QUESTIONS[2].choices[number % 3],)))
        given.append(GivenAnswer(questions[3], choices=("Speed", "Fewer controls")[: 1 + number % 2]))
        await file(world, f"member-{number}", call_id, *given)
