"""What a question is and what answers it. Each check lists every fault, not only the first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from server.kernel.addresses import is_web_address
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.calls import QuestionKind

MOST_QUESTIONS = 50
MOST_CHOICES = 30
QUESTION_LIMIT = 1_000
"""Longest question or hint, in characters."""
CHOICE_LIMIT = 200
"""Longest choice, in characters."""
ANSWER_LIMIT = 20_000
"""Longest answer in words, in characters."""
FILE_LIMIT = 500
"""Longest reference to a file, in characters."""
GREATEST_NUMBER = 10**15
"""Greatest number, up to which every whole one is exact in all programs."""
CHOOSING = frozenset({QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES})


class QuestionTerms(NamedTuple):
    """A question as it is asked: the facts that its answers are checked by."""

    kind: QuestionKind
    text: str
    is_required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    unit: str = ""
    least: float | None = None
    most: float | None = None


class GivenAnswer(NamedTuple):
    """What a party answers to one question: one of the values, by the kind of the question; none for no answer."""

    question_id: str
    text: str | None = None
    choices: tuple[str, ...] | None = None
    is_yes: bool | None = None
    number: float | None = None
    falls_on: date | None = None
    file: str | None = None


FIELDS: Mapping[QuestionKind, str] = {
    QuestionKind.TEXT: "text",
    QuestionKind.ONE_CHOICE: "choices",
    QuestionKind.SEVERAL_CHOICES: "choices",
    QuestionKind.YES_NO: "is_yes",
    QuestionKind.NUMBER: "number",
    QuestionKind.DATE: "falls_on",
    QuestionKind.FILE: "file",
}
"""The field of an answer that holds its value, by the kind of the question."""


def check_questions(questions: Sequence[QuestionTerms]) -> list[Issue]:
    """Return every fault of the questions of a call: there is one at least, and each can be answered."""
    if not 0 < len(questions) <= MOST_QUESTIONS:
        return [Issue("questions", IssueCode.COUNT, limit=MOST_QUESTIONS)]
    return [issue for place, question in enumerate(questions) for issue in _check_question(place, question)]


def _check_question(place: int, question: QuestionTerms) -> list[Issue]:
    at = f"questions.{place}"
    issues = []
    if not 0 < len(question.text.strip()) <= QUESTION_LIMIT:
        issues.append(Issue(f"{at}.text", IssueCode.LENGTH, limit=QUESTION_LIMIT))
    if len(question.hint) > QUESTION_LIMIT:
        issues.append(Issue(f"{at}.hint", IssueCode.TOO_LONG, limit=QUESTION_LIMIT))
    if len(question.unit) > 40:
        issues.append(Issue(f"{at}.unit", IssueCode.TOO_LONG, limit=40))
    return issues + _check_choices(at, question) + _check_bounds(at, question)


def _check_choices(at: str, question: QuestionTerms) -> list[Issue]:
    """Return the faults of the choices: two at least, each once, and none where nothing is chosen."""
    choices = [each.strip() for each in question.choices]
    if question.kind not in CHOOSING:
        return [Issue(f"{at}.choices", IssueCode.NOT_FOR_KIND, kind=str(question.kind))] if choices else []
    if not 2 <= len(choices) <= MOST_CHOICES:
        return [Issue(f"{at}.choices", IssueCode.NUMBER_OUT_OF_RANGE, least=2, most=MOST_CHOICES)]
    if any(not 0 < len(each) <= CHOICE_LIMIT for each in choices):
        return [Issue(f"{at}.choices", IssueCode.LENGTH, limit=CHOICE_LIMIT)]
    return [Issue(f"{at}.choices", IssueCode.REPEATED)] if len({*choices}) < len(choices) else []


def _check_bounds(at: str, question: QuestionTerms) -> list[Issue]:
    """Return the faults of unit and bounds, which belong to a number, the least not above the most."""
    if question.kind is not QuestionKind.NUMBER:
        values = {"unit": question.unit or None, "least": question.least, "most": question.most}
        kind = str(question.kind)
        return [Issue(f"{at}.{each}", IssueCode.NOT_FOR_KIND, kind=kind) for each in values if values[each] is not None]
    least, most = _bounds_of(question)
    if not -GREATEST_NUMBER <= least <= GREATEST_NUMBER:
        return [_out_of_range(f"{at}.least", -GREATEST_NUMBER, GREATEST_NUMBER)]
    return [] if least <= most <= GREATEST_NUMBER else [_out_of_range(f"{at}.most", least, GREATEST_NUMBER)]


def _bounds_of(question: QuestionTerms) -> tuple[float, float]:
    """Return the least and the greatest number that answer a question."""
    least = -GREATEST_NUMBER if question.least is None else question.least
    return least, GREATEST_NUMBER if question.most is None else question.most


def _out_of_range(path: str, least: float, most: float) -> Issue:
    return Issue(path, IssueCode.NUMBER_OUT_OF_RANGE, least=f"{least:g}", most=f"{most:g}")


def check_answers(questions: Mapping[str, QuestionTerms], given: Sequence[GivenAnswer]) -> list[Issue]:
    """Return every fault of answers to the questions of a call, by the id of each. An answer may be left out."""
    issues = []
    known: set[str] = set()
    for place, answer in enumerate(given):
        at = f"answers.{place}"
        question = questions.get(answer.question_id)
        if question is None:
            issues.append(Issue(f"{at}.questionId", IssueCode.UNFIT, why="name a question of this call"))
        elif answer.question_id in known:
            issues.append(Issue(f"{at}.questionId", IssueCode.REPEATED))
        else:
            issues += _check_answer(at, question, answer)
        known.add(answer.question_id)
    return issues


def _check_answer(at: str, question: QuestionTerms, answer: GivenAnswer) -> list[Issue]:
    """Return the faults of one answer: the value is of the kind of the question and within what it allows."""
    own = FIELDS[question.kind]
    others = [name for name in set(FIELDS.values()) - {own} if getattr(answer, name) not in (None, "", ())]
    kind = str(question.kind)
    issues = [Issue(f"{at}.{_named(name)}", IssueCode.NOT_FOR_KIND, kind=kind) for name in sorted(others)]
    value = value_of(question, answer)
    if value is None:
        return issues
    return issues + _check_value(f"{at}.{_named(own)}", question, value)


def _check_value(at: str, question: QuestionTerms, value: Any) -> list[Issue]:
    if question.kind in CHOOSING:
        if question.kind is QuestionKind.ONE_CHOICE and len(value) > 1:
            return [Issue(at, IssueCode.TOO_MANY, limit=1)]
        if len({*value}) < len(value):
            return [Issue(at, IssueCode.REPEATED)]
        fits = {*value} <= {*question.choices}
        return [] if fits else [Issue(at, IssueCode.NOT_ONE_OF, allowed=question.choices)]
    if question.kind is QuestionKind.NUMBER:
        least, most = _bounds_of(question)
        return [] if least <= value <= most else [_out_of_range(at, least, most)]
    limit = {QuestionKind.TEXT: ANSWER_LIMIT, QuestionKind.FILE: FILE_LIMIT}.get(question.kind)
    return [Issue(at, IssueCode.TOO_LONG, limit=limit)] if limit and len(value) > limit else []


def find_references(questions: Mapping[str, QuestionTerms], given: Sequence[GivenAnswer]) -> dict[str, str]:
    """Return the answers that refer to a file otherwise than by an address on the web, by the path of their field."""
    return {
        f"answers.{place}.file": value
        for place, answer in enumerate(given)
        if (question := questions.get(answer.question_id)) is not None
        and question.kind is QuestionKind.FILE
        and (value := value_of(question, answer))
        and not is_web_address(value)
    }


def find_missing(questions: Mapping[str, QuestionTerms], answers: Mapping[str, Any]) -> list[Issue]:
    """Return an issue for every required question that is not answered.

    The draft is filed and not sent: a path names the field that `answerCall` would send, with the place of the question
    among those of the call, counted from 0.
    """
    return [
        Issue(f"answers.{place}.{_named(FIELDS[question.kind])}", IssueCode.ANSWER_MISSING, question=question.text)
        for place, (question_id, question) in enumerate(questions.items())
        if question.is_required and question_id not in answers
    ]


def kept_of(question: QuestionTerms, answer: GivenAnswer) -> dict[str, Any] | None:
    """Return an answer as it is kept: its value under the name of its field, None if there is none."""
    value = value_of(question, answer)
    return None if value is None else {_named(FIELDS[question.kind]): value}


def value_of(question: QuestionTerms, answer: GivenAnswer) -> Any:
    """Return the value of an answer as JSON holds it, None if there is none."""
    value = getattr(answer, FIELDS[question.kind])
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        # one spelling for one number, whatever a database makes of 720.0
        return int(value)
    return [*value] or None if isinstance(value, tuple) else value


def _named(field: str) -> str:
    """Return the name of a field as clients write it."""
    return {"is_yes": "isYes", "falls_on": "fallsOn"}.get(field, field)
