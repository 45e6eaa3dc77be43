"""Bodies, sittings and decisions: the few rules that the calendar makes. Pure."""

import re
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from server.domain.parties.rules.dates import while_it_lasts
from server.kernel.acts import Obstacle
from server.kernel.refusals import Issue, RefusalCode
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
"""What a printed verb can mean. Papers say endorsed, approved and adopted of one and the same act, so these do not
contradict one another as far as the table lets them; a verb that is not here says nothing either way."""

TEXT_LIMIT = 20_000
"""Longest text of a decision, in characters."""


class SittingFacts(NamedTuple):
    """What the rules and the policy of a sitting look at."""

    starts_on: date


class BodyFacts(NamedTuple):
    """What the rules and the policy of a body look at."""

    kind: BodyKind


class FunctionFacts(NamedTuple):
    """What the rules and the policy of a function look at."""

    body_id: str
    party_id: str
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None


class DecisionContent(NamedTuple):
    """What is recorded of a decision. `verb` is printed as in the report, `outcome` says what it means; `paragraph`
    is the reference by which later texts cite it."""

    verb: str
    outcome: Outcome
    text: str
    agenda_item: str = ""
    as_appropriate: bool = False
    paragraph: str = ""


def outcomes_of(verb: str) -> frozenset[Outcome] | None:
    """Every outcome that a printed verb can mean, None for a verb that says nothing either way. "Took note and
    approved" can mean both, "agreed to take note" only the second verb, "recommended that the Council adopt" only the
    recommendation; "did not approve" means anything but that."""
    words = set(re.findall(r"[a-z]+", verb.casefold()))
    if "not" in words:
        return frozenset(Outcome) - CARRIES
    found = {stem for stem in OUTCOMES_OF_VERBS if words & _forms_of(stem)}
    if "recommend" in found:
        found -= {"approve", "adopt"}
    if len(found) > 1:
        found.discard("agree")
    return frozenset().union(*(OUTCOMES_OF_VERBS[stem] for stem in found)) if found else None


def _forms_of(stem: str) -> set[str]:
    endings = ("", "s", "d", "ed", "red", "ing", "ring")
    return {stem + ending for ending in endings} | {stem.removesuffix("e") + "ing"}


def body_is_open(facts: BodyFacts, now: datetime) -> Obstacle | None:
    """Working groups and intersessional groups are open to join at any time; committees have their membership."""
    if facts.kind in GROUPS:
        return None
    words = "Only working groups and intersessional groups can be joined or left."
    return Obstacle(RefusalCode.WRONG_STATE, words, "Groups are open to join at any time, standing bodies are not.")


while_held = while_it_lasts("function")


def check_function(facts: BodyFacts, kind: FunctionKind) -> list[Issue]:
    """Coordinators lead groups; sittings are led by chairs."""
    if kind != FunctionKind.COORDINATOR or facts.kind in GROUPS:
        return []
    return [Issue("kind", "coordinators lead working groups and intersessional groups only")]


def after_sitting_began(facts: SittingFacts, now: datetime) -> Obstacle | None:
    """A decision is recorded from the first day of its sitting on."""
    if now.date() >= facts.starts_on:
        return None
    begins = datetime.combine(facts.starts_on, time(), UTC)
    words = f"This sitting begins on {facts.starts_on:%Y-%m-%d}."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A decision is recorded after its sitting has begun.", begins)


def check_sitting(
    first_number: int, second_number: int | None, starts_on: date, ends_on: date, place: str
) -> list[Issue]:
    """Session numbers count from 1 and come alone or as a pair; the days are in order; the place is named."""
    issues = []
    if not 1 <= first_number <= 99_999:
        issues.append(Issue("firstNumber", "session numbers count from 1 to 99999"))
    if second_number is not None and second_number != first_number + 1:
        issues.append(Issue("secondNumber", "the second session number follows the first"))
    if ends_on < starts_on:
        issues.append(Issue("endsOn", "the last day must not come before the first"))
    if not place.strip():
        issues.append(Issue("place", "must not be empty"))
    return issues


def check_decision(content: DecisionContent) -> list[Issue]:
    """A decision has a verb and words within the limits, and an outcome that the verb can mean."""
    limits = (
        ("verb", content.verb, 60),
        ("text", content.text, TEXT_LIMIT),
        ("agendaItem", content.agenda_item, 20),
        ("paragraph", content.paragraph, 80),
    )
    issues = [Issue(name, f"at most {limit} characters") for name, words, limit in limits if len(words) > limit]
    issues += [Issue(name, "must not be empty") for name, words, _ in limits[:2] if not words.strip()]
    means = outcomes_of(content.verb)
    if means is not None and content.outcome not in means:
        possible = " or ".join(sorted(means))
        issues.append(Issue("outcome", f"{content.verb.strip()!r} means {possible}, not {content.outcome}"))
    return issues


def runs(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Whether something dated is in force today; both ends are included, an open end never passes."""
    return starts_on <= today and (ends_on is None or today <= ends_on)
