"""Statistics of calls for inputs: what they tell to whom, without a database."""

from typing import Any

from server.domain.calls.rules.questions import QuestionTerms
from server.domain.calls.rules.statistics import ChoiceCount, QuestionResult, Sheet, results_of
from server.kernel.actor import Capacity
from server.vocabulary.calls import QuestionKind

NUMBER = {"q": QuestionTerms(QuestionKind.NUMBER, "How many?")}
YES_NO = {"q": QuestionTerms(QuestionKind.YES_NO, "Any?")}
MEMBER, OBSERVER = Capacity.MEMBER, Capacity.OBSERVER


def sheets_of(capacity: Capacity, *values: Any, name: str = "number") -> list[Sheet]:
    """Return the sheet of a party for each value; None for one that left the question out."""
    return [Sheet(capacity, {} if value is None else {"q": {name: value}}) for value in values]


def result_for(questions: dict[str, QuestionTerms], sheets: list[Sheet], *, is_limited: bool) -> QuestionResult:
    """Return the only result."""
    (result,) = results_of(questions, sheets, is_limited=is_limited)
    return result


def test_few_answers_to_a_question_of_many_sheets_are_only_counted_for_who_does_not_see_them() -> None:
    for few in ((7,), (7, 9)):
        sheets = sheets_of(MEMBER, *few, None, None, None)

        whole, limited = (result_for(NUMBER, sheets, is_limited=each) for each in (False, True))

        assert whole.summary == (len(few), [], 7, sum(few) / len(few), few[-1])
        assert limited.summary == (len(few), [], None, None, None)
        assert limited.by_capacity == []
        (of_members,) = whole.by_capacity
        assert of_members == (MEMBER, whole.summary)


def test_choices_are_counted_of_three_answers_and_of_none_for_who_does_not_see_them() -> None:
    def counts(*values: bool | None) -> list[ChoiceCount]:
        sheets = sheets_of(MEMBER, *values, name="isYes")
        return result_for(YES_NO, sheets, is_limited=True).summary.counts

    assert counts(True, False, None) == []
    assert counts(True, False, True) == [ChoiceCount("YES", 2), ChoiceCount("NO", 1)]
    assert counts(None, None, None) == [ChoiceCount("YES", 0), ChoiceCount("NO", 0)]


def test_median_is_told_of_five_numbers_and_least_and_most_never_for_who_does_not_see_them() -> None:
    four, five = (result_for(NUMBER, sheets_of(MEMBER, *range(count)), is_limited=True).summary for count in (4, 5))

    assert four == (4, [], None, None, None)
    assert five == (5, [], None, 2.0, None)


def test_capacities_are_told_apart_only_where_each_gave_no_answer_or_three() -> None:
    members = sheets_of(MEMBER, 1, 2, 3)

    def capacities(*of_observers: int | None, is_limited: bool = True) -> list[tuple[Capacity, int]]:
        sheets = members + sheets_of(OBSERVER, *of_observers)
        result = result_for(NUMBER, sheets, is_limited=is_limited)
        return [(each.capacity, each.summary.answered) for each in result.by_capacity]

    assert capacities(4, 5, None) == []
    assert capacities(4, 5, 6) == [(MEMBER, 3), (OBSERVER, 3)]
    assert capacities(None, None, None) == [(MEMBER, 3), (OBSERVER, 0)]
    assert capacities(4, is_limited=False) == [(MEMBER, 3), (OBSERVER, 1)]
