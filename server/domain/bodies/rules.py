"""Bodies, sittings and decisions: when acts on them are possible, and checks of what people send. Pure."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, NamedTuple

from server.domain.bodies.mandates import while_working
from server.domain.parties.rules.dates import check_days, while_it_lasts
from server.kernel.actor import Capacity
from server.kernel.acts import Obstacle, hinder
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.vocabulary.bodies import CARRIES, GROUPS, OUTCOMES_OF_VERBS, BodyKind, FunctionKind, Outcome
from server.vocabulary.parties import NAME_LIMIT, SHORT_NAME_LIMIT
from server.wording.folding import fault_of_name

TEXT_LIMIT = 20_000
"""Longest text of a decision, and of the terms of a mandate, in characters."""

PARENTS = {
    BodyKind.COUNCIL: frozenset[BodyKind](),
    BodyKind.POLICY_COMMISSION: frozenset({BodyKind.COUNCIL}),
    BodyKind.TECHNICAL_COMMITTEE: frozenset({BodyKind.COUNCIL, BodyKind.POLICY_COMMISSION}),
    BodyKind.WORKING_GROUP: frozenset(BodyKind) - GROUPS,
    BodyKind.INTERSESSIONAL_GROUP: frozenset(BodyKind) - {BodyKind.INTERSESSIONAL_GROUP},
}
"""The kinds of bodies that one of each kind can stand below; only the Council stands at the top."""


class SittingFacts(NamedTuple):
    """The facts of a sitting that its rules and policy look at."""

    starts_on: date
    cancelled_at: datetime | None = None


class BodyFacts(NamedTuple):
    """The facts of a body that its rules and policy look at. A concluded group has a last day, `concluded_on`."""

    kind: BodyKind
    concluded_on: date | None = None
    mandated_until: date | None = None
    body_id: Annotated[str, "id"] = ""


class FunctionFacts(NamedTuple):
    """The facts of a function that its rules and policy look at."""

    body_id: str
    party_id: str
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None


class MandateContent(NamedTuple):
    """The task of a group: its terms of reference in short, and its days, both included."""

    terms: str
    starts_on: date
    ends_on: date | None = None


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
        return while_working(facts, now)
    words = "Only working groups and intersessional groups can be joined or left."
    return Obstacle(RefusalCode.WRONG_STATE, words, "Groups are open to join at any time, standing bodies are not.")


def not_concluded(facts: BodyFacts, now: datetime) -> Obstacle | None:
    """Refuse to conclude or extend a group that was concluded already."""
    if facts.concluded_on is None:
        return None
    words = f"This group was concluded on {facts.concluded_on:%Y-%m-%d}."
    return Obstacle(RefusalCode.ALREADY_DONE, words, "A group is concluded once; another one carries its work on.")


def is_a_group(facts: BodyFacts, now: datetime) -> Obstacle | None:
    """Refuse for a standing body: only groups have mandates that end."""
    if facts.kind in GROUPS:
        return None
    rule = "Groups have a mandate for a time, standing bodies have none."
    return Obstacle(RefusalCode.WRONG_STATE, f"A {facts.kind} is a standing body.", rule)


while_held = while_it_lasts("function")


def check_function(facts: BodyFacts, kind: FunctionKind, capacity: Capacity | None = None) -> list[Issue]:
    """Return the faults of a coordinator: for a body that is no group, as chairs lead sittings, or the Secretariat.

    `capacity` is that of the party that would hold the function. The Secretariat supports groups and leads none.
    """
    if kind != FunctionKind.COORDINATOR:
        return []
    issues = [] if facts.kind in GROUPS else [Issue("kind", IssueCode.COORDINATORS_LEAD_GROUPS)]
    if capacity == Capacity.SECRETARIAT:
        issues.append(Issue("partyId", IssueCode.UNFIT, why="the Secretariat supports groups and coordinates none"))
    return issues


def after_sitting_began(facts: SittingFacts, now: datetime) -> Obstacle | None:
    """Refuse to record a decision before the first day of its sitting, in UTC, or of one that was called off."""
    if facts.cancelled_at is not None:
        cancelled = Reason(ReasonCode.SITTING_CANCELLED, facts.cancelled_at)
        return hinder(RefusalCode.WRONG_STATE, cancelled, "A sitting that was called off decides nothing.")
    if now.date() >= facts.starts_on:
        return None
    begins = datetime.combine(facts.starts_on, time(), UTC)
    reason = Reason(ReasonCode.SITTING_NOT_BEGUN, day=facts.starts_on)
    return hinder(RefusalCode.WRONG_STATE, reason, "A decision is recorded after its sitting has begun.", begins)


def check_existence(ends_on: date, since: date | None) -> list[Issue]:
    """Return the fault of a decision on a subject that was not there before the sitting was over.

    `since` is the day on which the subject was there, None where it may be older than its record, as a text is. To
    record a decision late is something else, and the decision says so by itself.
    """
    if since is None or since <= ends_on:
        return []
    return [Issue("sittingId", IssueCode.SITTING_OVER, day=f"{ends_on:%Y-%m-%d}", since=f"{since:%Y-%m-%d}")]


class RecordingFacts(NamedTuple):
    """The facts about how late a decision was recorded: when, and the last day of its sitting."""

    recorded_at: datetime
    ends_on: Annotated[date, "sitting.ends_on"]


def days_late(facts: RecordingFacts) -> int:
    """Return how many days after the last day of its sitting a decision was recorded, 0 if it was during it."""
    return max(0, (facts.recorded_at.astimezone(UTC).date() - facts.ends_on).days)


def check_sitting(
    first_number: int, second_number: int | None, starts_on: date, ends_on: date, place: str
) -> list[Issue]:
    """Return every fault of a sitting.

    Session numbers count from 1 to 99999 and come alone or as a pair. The last day must not come before the first, both
    lie within the horizon, and the place is named.
    """
    issues = []
    if not 1 <= first_number <= 99_999:
        issues.append(Issue("firstNumber", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=99_999))
    if second_number is not None and second_number != first_number + 1:
        issues.append(Issue("secondNumber", IssueCode.NUMBERS_NOT_PAIRED))
    elif second_number == 100_000:
        issues.append(Issue("secondNumber", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=99_999))
    issues += check_days(starts_on, ends_on)
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


def check_body(kind: BodyKind, name: str, short_name: str, number: int | None, parent: BodyKind | None) -> list[Issue]:
    """Return every fault of a body taken alone: its names, its number, and the kind of the body above it."""
    faults = (("name", fault_of_name(name, NAME_LIMIT)), ("shortName", fault_of_name(short_name, SHORT_NAME_LIMIT)))
    issues = [Issue(path, IssueCode(fault.code), **fault.parameters) for path, fault in faults if fault]
    if number is not None and kind not in GROUPS:
        issues.append(Issue("number", IssueCode.MANDATE_OF_GROUPS, kind=str(kind)))
    elif number is not None and not 1 <= number <= 999:
        issues.append(Issue("number", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=999))
    return issues + check_parent(kind, parent)


def check_parent(kind: BodyKind, parent: BodyKind | None) -> list[Issue]:
    """Return the fault of a body above one of this kind; None stands for no body."""
    possible = PARENTS[kind]
    if parent in possible or (parent is None and not possible):
        return []
    words = " or ".join(each for each in BodyKind if each in possible) or "no other body"
    return [Issue("parentId", IssueCode.PARENT_UNFIT, kind=str(kind), possible=words)]


def check_mandate(kind: BodyKind, mandate: MandateContent | None, *, has_terms: bool) -> list[Issue]:
    """Return every fault of the mandate of a new body: a group has one, a standing body neither mandate nor terms."""
    if kind not in GROUPS:
        is_bare = mandate is None and not has_terms
        return [] if is_bare else [Issue("terms", IssueCode.MANDATE_OF_GROUPS, kind=str(kind))]
    if mandate is None:
        return [Issue("terms", IssueCode.MANDATE_MISSING)]
    return _check_terms(mandate.terms) + check_days(mandate.starts_on, mandate.ends_on)


def _check_terms(terms: str) -> list[Issue]:
    return [] if 0 < len(terms.strip()) <= TEXT_LIMIT else [Issue("terms", IssueCode.LENGTH, limit=TEXT_LIMIT)]


def check_extension(mandate: MandateContent, before: date | None, *, has_mandate: bool) -> list[Issue]:
    """Return every fault of a further mandate. `before` is the last day of the one before, None without an end.

    It begins after that day: two mandates never run at once.
    """
    issues = _check_terms(mandate.terms) + check_days(mandate.starts_on, mandate.ends_on)
    if has_mandate and before is None:
        issues.append(Issue("startsOn", IssueCode.MANDATE_WITHOUT_END))
    elif before is not None and mandate.starts_on <= before:
        issues.append(Issue("startsOn", IssueCode.MANDATE_RUNS, day=f"{before:%Y-%m-%d}"))
    return issues


def check_conclusion(concluded_on: date, starts_on: date | None, today: date) -> list[Issue]:
    """Return the fault of the last day of a group: not to come, and not before its first mandate began."""
    first = starts_on or date.min
    fault = Issue("concludedOn", IssueCode.DAY_OUT_OF_RANGE, earliest=f"{first}", latest=f"{today}")
    return [] if first <= concluded_on <= today else [fault]


def check_not_after_conclusion(facts: BodyFacts, starts_on: date, path: str = "startsOn") -> list[Issue]:
    """Return the fault of a function, or of other work, that begins after the last day of its group."""
    if facts.concluded_on is None or starts_on <= facts.concluded_on:
        return []
    return [Issue(path, IssueCode.KEPT_UNTIL, day=f"{facts.concluded_on:%Y-%m-%d}")]
