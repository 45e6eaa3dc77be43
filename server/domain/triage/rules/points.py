"""Answers to the points of a comment, and to the members of a group. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from server.vocabulary.rounds import ACCEPTING, CommentType, DispositionVerdict
from server.vocabulary.triage import Reaction

GRAVEST = (
    DispositionVerdict.DEFERRED,
    DispositionVerdict.NOT_ACCEPTED,
    DispositionVerdict.REFERRED,
    DispositionVerdict.OUT_OF_SCOPE,
    DispositionVerdict.DUPLICATE,
    DispositionVerdict.NOTED,
)
"""Verdicts without words, from the one that leaves most open to the one that leaves least."""


class Answer(NamedTuple):
    """A verdict with its reason and, with ACCEPTED_WITH_MODIFICATION, the words that are accepted."""

    verdict: DispositionVerdict
    reason: str = ""
    wording: str | None = None


class PointAnswer(NamedTuple):
    """The answer to one point: number and type of the point, whether it asks for the wording of its comment, answer."""

    number: int
    type: CommentType
    has_wording: bool
    answer: Answer

    @property
    def is_accepted(self) -> bool:
        """Whether the point is accepted as it stands. A question that was answered asks for nothing more."""
        is_answered = self.type == CommentType.QUESTION and self.answer.verdict == DispositionVerdict.NOTED
        return is_answered or self.answer.verdict == DispositionVerdict.ACCEPTED


def sum_up(answers: Sequence[PointAnswer], asked: str | None = None) -> Answer:
    """Return the answer to a comment as a whole from the answers to all its points.

    It is ACCEPTED only if every point is, and ACCEPTED_WITH_MODIFICATION if the words are accepted and another point is
    not: accepted in part. Where no words are accepted, the verdict that leaves most open stands for all. `asked` is the
    wording of the comment, None where it has none. The reasons follow each other under their numbers.
    """
    reasons = [f"({each.number}) {each.answer.reason}" for each in answers if each.answer.reason]
    accepted = next((each.answer for each in answers if each.answer.verdict in ACCEPTING), None)
    if accepted is None:
        verdict, wording = min((each.answer.verdict for each in answers), key=GRAVEST.index), None
    elif all(each.is_accepted for each in answers):
        verdict, wording = DispositionVerdict.ACCEPTED, None
    else:
        verdict = DispositionVerdict.ACCEPTED_WITH_MODIFICATION
        wording = asked if accepted.wording is None else accepted.wording
    return Answer(verdict, "\n".join(reasons), wording)


class Taken(NamedTuple):
    """The type of a comment or of a point, and how its party takes the answer to it, None if it has not said so."""

    type: CommentType
    reaction: Reaction | None


def take_together(whole: Taken, points: Sequence[Taken]) -> Reaction | None:
    """Return how a party takes the answers to its comment: the answer to the whole, and those to the points.

    It maintains the comment if it maintains anything, and is content if it is so with the whole or with every point.
    """
    if any(each.reaction == Reaction.MAINTAINS for each in (whole, *points)):
        return Reaction.MAINTAINS
    content = Reaction.CONTENT
    is_content = whole.reaction == content or (points and all(each.reaction == content for each in points))
    return content if is_content else None


def maintains_substance(*parts: Taken) -> bool:
    """Return whether a party maintains a comment or a point on substance, which goes to the plenary of a Member."""
    return any(each == (CommentType.SUBSTANTIVE, Reaction.MAINTAINS) for each in parts)


class AskedWords(NamedTuple):
    """The words that a comment asks for, and where: the provision and the quoted range."""

    provision_id: str | None
    start: int | None
    end: int | None
    wording: str | None

    @property
    def place(self) -> tuple[str | None, int | None, int | None]:
        """The place in the text."""
        return self.provision_id, self.start, self.end


def pass_on(answer: Answer, lead: AskedWords, member: AskedWords, reference: str) -> Answer:
    """Return the answer of a member of a group from the answer to its lead, which has this reference.

    AskedWords that were accepted go to the members that ask for words in the same place: as they asked if it is exactly
    that. Any other member is answered under the lead.
    """
    reason = answer.reason or f"Answered with {reference}."
    if answer.verdict not in ACCEPTING:
        return Answer(answer.verdict, reason)
    words = lead.wording if answer.wording is None else answer.wording
    if member.wording is None or words is None or member.place != lead.place:
        return Answer(DispositionVerdict.DUPLICATE, reason)
    if member.wording == words:
        return Answer(DispositionVerdict.ACCEPTED, reason)
    return Answer(DispositionVerdict.ACCEPTED_WITH_MODIFICATION, reason, words)
