"""Plain values of calls for inputs: an answer to a question, and the statistics of all answers."""

from datetime import date, datetime
from typing import Any, NamedTuple

import strawberry

from server.kernel.actor import Actor


@strawberry.type(description="The answer to one question. One of the values is given, by the kind of the question.")
class CallAnswer:
    """Built from what a draft or a sheet keeps."""

    question_id: strawberry.ID = strawberry.field(description="Id of the question.")
    text: str | None = strawberry.field(description="Answer in words; null for other kinds.")
    choices: list[str] = strawberry.field(description="Choices that were taken; empty for other kinds.")
    is_yes: bool | None = strawberry.field(description="Whether the answer is yes; null for other kinds.")
    number: float | None = strawberry.field(description="Number in the unit of the question; null for other kinds.")
    falls_on: date | None = strawberry.field(description="Day that is the answer; null for other kinds.")
    file: str | None = strawberry.field(description="Address of a file or number of a paper; null for other kinds.")


class AnswersFacts(NamedTuple):
    """What a party answers, as it is kept, by the id of the question."""

    answers: dict[str, Any]


def answers_of(_: Actor, facts: AnswersFacts, __: datetime) -> list[CallAnswer]:
    """Return the answers of a draft or a sheet, in the order of the questions."""
    return [_show_answer(question_id, fields) for question_id, fields in sorted(facts.answers.items())]


def _show_answer(question_id: str, fields: dict[str, Any]) -> CallAnswer:
    day, number = fields.get("fallsOn"), fields.get("number")
    return CallAnswer(
        question_id=strawberry.ID(question_id),
        text=fields.get("text"),
        choices=fields.get("choices", []),
        is_yes=fields.get("isYes"),
        number=None if number is None else float(number),
        falls_on=None if day is None else date.fromisoformat(day),
        file=fields.get("file"),
    )


@strawberry.type(description="How many parties gave one of the possible answers.")
class ChoiceCount:
    """The GraphQL form of `server.domain.calls.rules.statistics.ChoiceCount`."""

    choice: str = strawberry.field(description="The answer: a choice of the question, or 'YES' or 'NO'.")
    count: int = strawberry.field(description="Number of parties.")


@strawberry.type(description="What some parties answered to one question.")
class Summary:
    """The GraphQL form of `server.domain.calls.rules.statistics.Summary`."""

    answered: int = strawberry.field(description="Number of parties that answered it.")
    counts: list[ChoiceCount] = strawberry.field(
        description="Number of parties by answer, in the order of the choices; empty where nothing is chosen, and in "
        "published results of fewer than three answers for who does not see them."
    )
    least: float | None = strawberry.field(
        description="Least of the numbers; null where there is none, and in published results for who does not see the "
        "answers."
    )
    median: float | None = strawberry.field(
        description="Median of the numbers; null where there is none, and in published results of fewer than five "
        "answers for who does not see them."
    )
    most: float | None = strawberry.field(
        description="Greatest of the numbers; null where there is none, and in published results for who does not see "
        "the answers."
    )
