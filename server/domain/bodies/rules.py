"""Bodies, sittings and decisions: when acts on them are possible, and checks of what people send. Pure."""

import re
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from server.domain.parties.rules.dates import while_it_lasts
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.bodies import ADOPTS, CARRIES, GROUPS, BodyKind, FunctionKind, Outcome

OUTCOMES_OF_VERBS = {
    "note": frozenset({Outcome.NOTED}),
    "guidance": frozenset({Outcome.GUIDANCE}),
    "endorse": CARRIES,
    "agree": CARRIES,
    "approve": ADOPTS,
    "adopt": ADOPTS,
    "recommend": frozenset({Outcome.ENDORSED}),
    "defer": frozenset({Outcome.DEFERRED}),
    "postpone": frozenset({Outcome.DEFERRED}),
    "refer": frozenset({Outcome.REFERRED}),
    "return": frozenset({Outcome.RETURNED}),
}
"""The outcomes that a printed verb can mean. Papers say endorsed, approved and adopted of one and the same act, so the
table gives these verbs outcomes in common; a verb that is not here says nothing either way."""

TEXT_LIMIT = 20_000
"""Longest text of a decision, in characters."""


class SittingFacts(NamedTuple):
    """The facts of a sitting that its rules and policy look at."""

    starts_on: date


class BodyFacts(NamedTuple):
    """The facts of a body that its rules and policy look at."""

    kind: BodyKind


class FunctionFacts(NamedTuple):
    """The facts of a function that its rules and policy look at."""

    body_id: str
    party_id: str
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None


class DecisionContent(NamedTuple):
    """The content of a decision.

    `verb` is printed as in the report, and `outcome` says what it means. `paragraph` is the reference by which later
    texts cite the decision.
    """

    verb: str
    outcome: Outcome
    text: str
    agenda_item: str = ""
    is_as_appropriate: bool = False
    paragraph: str = ""


def outcomes_of(verb: str) -> frozenset[Outcome] | None:
    """Return every outcome that a printed verb can mean, None for a verb that says nothing either way.

    "Took note and approved" can mean both, "agreed to take note" only the second verb, "recommended that the Council
    adopt" only the recommendation. "Did not approve" can mean anything but that.
    """
    words = set(re.findall(r"[a-z]+", verb.casefold()))
    if "not" in words:
        return frozenset(Outcome) - CARRIES
    stems = {stem for stem in OUTCOMES_OF_VERBS if words & _forms_of(stem)}
    if "recommend" in stems:
        stems -= {"approve", "adopt"}  # the two name the act that is recommended to another body
    if len(stems) > 1:
        stems.discard("agree")  # "agreed to" only introduces the other verb
    return frozenset().union(*(OUTCOMES_OF_VERBS[stem] for stem in stems)) if stems else None


def _forms_of(stem: str) -> set[str]:
    """Return the forms of a verb in which reports print it, such as "defer", "deferred" and "deferring"."""
    endings = ("", "s", "d", "ed", "red", "ing", "ring")
    return {stem + ending for ending in endings} | {stem.removesuffix("e") + "ing"}


def body_is_open(facts: BodyFacts, now: datetime) -> Obstacle | None:
    """Refuse to join or leave a body that is no group: committees have their own membership.

    Working groups and intersessional groups are open to join at any time.
    """
    if facts.kind in GROUPS:
        return None
    words = "Only working groups and intersessional groups can be joined or left."
    return Obstacle(RefusalCode.WRONG_STATE, words, "Groups are open to join at any time, standing bodies are not.")


while_held = while_it_lasts("function")


def check_function(facts: BodyFacts, kind: FunctionKind) -> list[Issue]:
    """Return the fault of a coordinator for a body that is no group: sittings are led by chairs."""
    if kind != FunctionKind.COORDINATOR or facts.kind in GROUPS:
        return []
    return [Issue("kind", IssueCode.COORDINATORS_LEAD_GROUPS)]


def after_sitting_began(facts: SittingFacts, now: datetime) -> Obstacle | None:
    """Refuse to record a decision before the first day of its sitting, counted in UTC."""
    if now.date() >= facts.starts_on:
        return None
    begins = datetime.combine(facts.starts_on, time(), UTC)
    words = f"This sitting begins on {facts.starts_on:%Y-%m-%d}."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A decision is recorded after its sitting has begun.", begins)


def check_sitting(
    first_number: int, second_number: int | None, starts_on: date, ends_on: date, place: str
) -> list[Issue]:
    """Return every fault of a sitting.

    Session numbers count from 1 to 99999 and come alone or as a pair. The last day must not come before the first, and
    the place is named.
    """
    issues = []
    if not 1 <= first_number <= 99_999:
        issues.append(Issue("firstNumber", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=99_999))
    if second_number is not None and second_number != first_number + 1:
        issues.append(Issue("secondNumber", IssueCode.NUMBERS_NOT_PAIRED))
    if ends_on < starts_on:
        issues.append(Issue("endsOn", IssueCode.DAYS_REVERSED))
    if not place.strip():
        issues.append(Issue("place", IssueCode.EMPTY))
    return issues


def check_decision(content: DecisionContent) -> list[Issue]:
    """Return every fault of a decision: its verb, words within the limits, and an outcome the verb can mean."""
    limits = (
        ("verb", content.verb, 60),
        ("text", content.text, TEXT_LIMIT),
        ("agendaItem", content.agenda_item, 20),
        ("paragraph", content.paragraph, 80),
    )
    issues = [Issue(name, IssueCode.TOO_LONG, limit=limit) for name, words, limit in limits if len(words) > limit]
    issues += [Issue(name, IssueCode.EMPTY) for name, words, _ in limits[:2] if not words.strip()]
    means = outcomes_of(content.verb)
    if means is not None and content.outcome not in means:
        possible = " or ".join(sorted(means))
        issues.append(
            Issue(
                "outcome",
                IssueCode.VERB_MEANS,
                verb=content.verb.strip(),
                possible=possible,
                outcome=str(content.outcome),
            )
        )
    return issues


def runs(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Return whether a period is in force today; both ends are included, and an open end never passes."""
    return starts_on <= today and (ends_on is None or today <= ends_on)
