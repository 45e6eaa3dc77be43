"""Acts on calls for inputs."""

from datetime import date, datetime
from typing import Any

import strawberry

from server.domain.calls import policy
from server.domain.calls.actions import answering, calling, reminding
from server.domain.calls.rules.questions import GivenAnswer, QuestionTerms
from server.kernel.actor import Capacity
from server.schema.acts import key_field
from server.schema.calls.types import AnswerDraft, AnswerSheet, Call, CallReminder
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.scalars import TimeZone
from server.vocabulary.calls import QuestionKind
from server.vocabulary.rounds import RoundVisibility

CALL_ID = "Id of the call."


@strawberry.input(description="A question to parties.")
class QuestionInput:
    """One question of `openCall`."""

    kind: QuestionKind = strawberry.field(description="How it is answered.")
    text: str = strawberry.field(description="The question, at most 1,000 characters.")
    hint: str = strawberry.field(default="", description="How it is meant, at most 1,000 characters.")
    is_required: bool = strawberry.field(default=False, description="Whether it must be answered.")
    choices: list[str] = strawberry.field(
        default_factory=list, description="Possible answers in their order: 2 to 30 where one or several are chosen."
    )
    unit: str = strawberry.field(default="", description="Unit of a number, such as 'days'.")
    least: float | None = strawberry.field(default=None, description="Least number that is taken.")
    most: float | None = strawberry.field(default=None, description="Greatest number that is taken.")

    def as_question(self) -> QuestionTerms:
        """Return what the action takes."""
        return QuestionTerms(
            self.kind,
            self.text,
            self.is_required,
            self.hint,
            tuple(self.choices),
            self.unit,
            self.least,
            self.most,
        )


@strawberry.input(description="A call for inputs: questions to parties.")
class OpenCallInput:
    """Input of `openCall`."""

    idempotency_key: str = key_field()
    body_id: strawberry.ID = strawberry.field(
        description="Id of the body that asks; those who lead it may open the call."
    )
    title: str = strawberry.field(description="Title of the call; no other call of the body has it.")
    introduction: str = strawberry.field(default="", description="What it is about, at most 20,000 characters.")
    questions: list[QuestionInput] = strawberry.field(description="Questions in their order, 1 to 50.")
    opens_at: datetime | None = strawberry.field(
        default=None, description="Opening instant; without it the call opens now."
    )
    closes_at: datetime = strawberry.field(
        description="Closing instant, in the future and after the opening instant; answers at it are too late."
    )
    zone: TimeZone = strawberry.field(
        default=TimeZone("Europe/Brussels"), description="Time zone in which the deadline is announced."
    )
    visibility: RoundVisibility = strawberry.field(
        default=RoundVisibility.IMMEDIATE, description="When a party sees the answers of the others."
    )
    audience: list[Capacity] = strawberry.field(
        description="Capacities of the parties that are asked: at least one of MEMBER, OBSERVER and PRIVATE_SECTOR."
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        names = ("body_id", "title", "introduction", "opens_at", "closes_at", "zone", "visibility")
        return {name: getattr(self, name) for name in names} | {
            "questions": [question.as_question() for question in self.questions],
            "audience": frozenset(self.audience),
        }


@strawberry.input(
    description="The answer to one question: one of the values, by its kind. Without one it is no answer."
)
class CallAnswerInput:
    """One answer of `answerCall`."""

    question_id: strawberry.ID = strawberry.field(description="Id of the question.")
    text: str | None = strawberry.field(default=None, description="Answer in words, at most 20,000 characters.")
    choices: list[str] | None = strawberry.field(default=None, description="Choices that are taken, as they stand.")
    is_yes: bool | None = strawberry.field(default=None, description="Whether the answer is yes.")
    number: float | None = strawberry.field(default=None, description="Number in the unit of the question.")
    falls_on: date | None = strawberry.field(default=None, description="Day that is the answer.")
    file: str | None = strawberry.field(
        default=None,
        description="Address of a file, with http or https, or number of a paper on record, such as 'PC0618Eb', "
        "at most 500 characters.",
    )

    def as_given(self) -> GivenAnswer:
        """Return what the action takes."""
        choices = None if self.choices is None else tuple(self.choices)
        return GivenAnswer(self.question_id, self.text, choices, self.is_yes, self.number, self.falls_on, self.file)


@strawberry.input(description="The answers of the own party, as a draft that takes the place of the one before.")
class AnswerCallInput:
    """Input of `answerCall`."""

    idempotency_key: str = key_field()
    call_id: strawberry.ID = strawberry.field(description=CALL_ID)
    answers: list[CallAnswerInput] = strawberry.field(description="Answers, to each question once at most.")
    expected_revision: int = strawberry.field(
        description="The `revision` of the draft as the caller read it, 0 while there is none. The act is refused as "
        "STALE if a colleague has written since."
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        answers = [answer.as_given() for answer in self.answers]
        return {"call_id": self.call_id, "answers": answers, "expected_revision": self.expected_revision}


@strawberry.type
class CallFact:
    """What every fact about a call shows."""

    subject_id: strawberry.Private[str]
    call: Call = fact("The call as it stands now.")


@strawberry.type
class DraftFact:
    """What a fact about a draft of answers shows."""

    subject_id: strawberry.Private[str]
    draft: AnswerDraft = fact("The draft as it stands now.")


@strawberry.type
class SheetFact:
    """What a fact about filed answers shows."""

    subject_id: strawberry.Private[str]
    sheet: AnswerSheet = fact("The answers as they were filed.")


@strawberry.type
class CallReminderFact:
    """What a fact about a reminder of a call shows."""

    subject_id: strawberry.Private[str]
    reminder: CallReminder = fact("The reminder; its notices are made when it is due.")


@strawberry.type
class CallMutations:
    """Acts on calls for inputs."""

    open_call = act_field(
        policy.open_call,
        calling.open_call,
        "Ask parties questions.",
        input_type=OpenCallInput,
        outcome="A call for inputs was opened.",
        answer=CallFact,
    )
    extend_call = act_field(
        policy.extend_call,
        calling.extend_call,
        "Move the closing instant of a call later, for everyone.",
        about="A later closing instant for a call.",
        call_id=CALL_ID,
        closes_at="New closing instant, later than the present one.",
        reason="Why the call is extended; everybody who sees the call sees it.",
        outcome="A call was extended.",
        answer=CallFact,
    )
    close_call_early = act_field(
        policy.close_call_early,
        calling.close_call_early,
        "Close a call now, before the instant that was announced.",
        about="A call to close now.",
        call_id=CALL_ID,
        reason="Why the call is closed early; everybody who sees the call sees it.",
        outcome="A call was closed early.",
        answer=CallFact,
    )
    cancel_call = act_field(
        policy.cancel_call,
        calling.cancel_call,
        "Call a call for inputs off.",
        about="A call to call off.",
        call_id=CALL_ID,
        reason="Why it is called off; it goes into the journal.",
        outcome="A call was called off.",
        answer=CallFact,
    )
    publish_results = act_field(
        policy.publish_results,
        calling.publish_results,
        "Give the statistics of a closed call to everybody whom it asks, for good. Single answers stay with those who "
        "see them.",
        about="A call of which the results are published.",
        call_id=CALL_ID,
        outcome="The results of a call were published.",
        answer=CallFact,
    )
    remind_asked = act_field(
        policy.remind_asked,
        reminding.remind_asked,
        "Remind the parties that a call asks and that have not answered, now or later; once in 24 hours at most.",
        about="A call of which the parties are reminded that have not answered.",
        call_id=CALL_ID,
        due_at="When they are reminded, before the call closes; null for now. Who has not answered is found then.",
        outcome="The parties that have not answered a call are reminded.",
        answer=CallReminderFact,
    )
    answer_call = act_field(
        policy.answer_call,
        answering.answer_call,
        "Write the answers of the own party into its draft, which only the party sees.",
        input_type=AnswerCallInput,
        outcome="Answers were drafted.",
        answer=DraftFact,
    )
    file_answers = act_field(
        policy.file_answers,
        answering.file_answers,
        "File the draft of the own party. While the call is open it can be filed again; what was filed is kept.",
        about="The draft of a party to file.",
        call_id=CALL_ID,
        outcome="Answers were filed.",
        answer=SheetFact,
    )
