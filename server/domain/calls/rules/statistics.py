"""Statistics of the answers to a call: counts by choice, number of parties, least, median and most. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from server.domain.calls.rules.questions import QuestionTerms
from server.kernel.actor import Capacity
from server.vocabulary.calls import QuestionKind

YES, NO = "YES", "NO"
LEAST_IN_GROUP = 3
"""Fewest answers to a question of which figures are given to somebody who may not see what each party said."""
LEAST_FOR_MEDIAN = 5
"""Fewest answers with a number of which such a person gets the median. Least and most are always what somebody said."""


class Sheet(NamedTuple):
    """What one party answered last: its capacity then, and its answers as kept, by the id of their question."""

    capacity: Capacity
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How many parties chose one of the possible answers."""

    choice: str
    count: int


class Summary(NamedTuple):
    """What some parties answered to one question. The last three are those of a number; None without an answer."""

    answered: int
    counts: list[ChoiceCount]
    least: float | None
    median: float | None
    most: float | None


class CapacitySummary(NamedTuple):
    """What the parties of one capacity answered to one question."""

    capacity: Capacity
    summary: Summary


class QuestionResult(NamedTuple):
    """What all parties answered to one question, and by capacity, which are never mixed elsewhere."""

    question_id: str
    summary: Summary
    by_capacity: list[CapacitySummary]


def results_of(
    questions: Mapping[str, QuestionTerms], sheets: Sequence[Sheet], *, is_limited: bool = False
) -> list[QuestionResult]:
    """Return the statistics of every question, in the order of the questions.

    `is_limited` is for somebody who may not see what each party said: of fewer than `LEAST_IN_GROUP` answers to a
    question they get the number alone. If a capacity gave so few, none is told apart for that question: a single one
    that is left out would be the difference between all and the others.
    """
    capacities = [each for each in Capacity if any(sheet.capacity == each for sheet in sheets)]
    results = []
    for question_id, question in questions.items():
        values = {each: _values_of(question_id, [s for s in sheets if s.capacity == each]) for each in capacities}
        is_apart = not (is_limited and any(map(_are_few, values.values())))
        by_capacity = [CapacitySummary(each, summarise(question, values[each], is_limited)) for each in capacities]
        summary = summarise(question, _values_of(question_id, sheets), is_limited)
        results.append(QuestionResult(question_id, summary, by_capacity if is_apart else []))
    return results


def _are_few(values: Sequence[Any]) -> bool:
    """Return whether there are answers, but so few that figures of them would tell what somebody said."""
    return 0 < len(values) < LEAST_IN_GROUP


def _values_of(question_id: str, sheets: Iterable[Sheet]) -> list[Any]:
    answers = [sheet.answers[question_id] for sheet in sheets if question_id in sheet.answers]
    return [value for answer in answers for value in answer.values()]


def summarise(question: QuestionTerms, values: Sequence[Any], is_limited: bool) -> Summary:
    """Return the statistics of the values that answer a question, or as much of them as tells what nobody said."""
    if is_limited and _are_few(values):
        return Summary(len(values), [], None, None, None)
    numbers = sorted(values) if question.kind is QuestionKind.NUMBER else []
    has_median = len(numbers) >= (LEAST_FOR_MEDIAN if is_limited else 1)
    return Summary(
        len(values),
        _count_choices(question, values),
        numbers[0] if numbers and not is_limited else None,
        float(median(numbers)) if has_median else None,
        numbers[-1] if numbers and not is_limited else None,
    )


def _count_choices(question: QuestionTerms, values: Sequence[Any]) -> list[ChoiceCount]:
    """Return the counts of all possible answers in the order of the choices; none for a question without choices."""
    if question.kind is QuestionKind.YES_NO:
        return [ChoiceCount(YES, sum(map(bool, values))), ChoiceCount(NO, sum(not value for value in values))]
    return [ChoiceCount(choice, sum(choice in value for value in values)) for choice in question.choices]
