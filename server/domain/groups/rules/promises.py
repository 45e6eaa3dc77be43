"""When a promise is due, and what nominations, promises, contributions and reports hold. Pure."""

from datetime import datetime, timedelta

from server.domain.bodies.mandates import while_engaging, while_working
from server.domain.bodies.rules import TEXT_LIMIT
from server.domain.groups.rules.facts import (
    EvidenceFacts,
    GroupFacts,
    KeepingFacts,
    LineFacts,
    NominatingFacts,
    PromiseFacts,
    TimingFacts,
)
from server.domain.rounds.rules.terms import check_zone
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.bodies import GROUPS
from server.vocabulary.groups import PromiseStatus, PromiseTiming

SOON = timedelta(days=7)
"""A promise is due soon within a week of its last instant."""
PROMISE_LIMIT = 500
TITLE_LIMIT = 300
TOPIC_LIMIT = 200
GROUPS_ONLY = "Work is promised, contributed and reported in groups; standing bodies decide."


def timing_of(facts: TimingFacts, now: datetime) -> PromiseTiming:
    """Return how a promise stands to its last instant; at that instant it is overdue."""
    if facts.status not in (PromiseStatus.ASKED, PromiseStatus.MADE):
        return PromiseTiming.SETTLED
    if facts.due_at <= now:
        return PromiseTiming.OVERDUE
    return PromiseTiming.DUE_SOON if facts.due_at - now <= SOON else PromiseTiming.AHEAD


def while_group_works(facts: GroupFacts | NominatingFacts, now: datetime) -> Obstacle | None:
    """Refuse for a standing body, and for a group whose last day, counted in UTC, is past."""
    if facts.kind not in GROUPS:
        return Obstacle(RefusalCode.WRONG_STATE, f"A {facts.kind} is a standing body.", GROUPS_ONLY)
    return while_working(facts, now)


def while_group_engages(facts: GroupFacts | NominatingFacts, now: datetime) -> Obstacle | None:
    """Refuse new work for a standing body, and for a group that was concluded or whose mandate lapsed."""
    return while_group_works(facts, now) or while_engaging(facts, now)


def has_successor(facts: GroupFacts, now: datetime) -> Obstacle | None:
    """Refuse to hand over the items of a body without a successor."""
    if facts.successor_id is not None:
        return None
    words = "This body has no successor yet: name it first."
    return Obstacle(RefusalCode.WRONG_STATE, words, "Open items go to the successor of a body.")


def not_nudged(facts: PromiseFacts, now: datetime) -> Obstacle | None:
    """Refuse to nudge a party twice about one promise."""
    if facts.nudged_at is None:
        return None
    words = "The party was nudged about this promise already."
    return Obstacle(RefusalCode.ALREADY_DONE, words, "A party is nudged once about a promise.")


def line_goes_on(facts: LineFacts, now: datetime) -> Obstacle | None:
    """Refuse to end a reporting line that has ended."""
    if facts.ended_on is None:
        return None
    words = f"This reporting line ended on {facts.ended_on:%Y-%m-%d}."
    return Obstacle(RefusalCode.ALREADY_DONE, words, "A reporting line ends once.")


def check_promise(text: str, due_at: datetime, zone: str, now: datetime) -> list[Issue]:
    """Return every fault of a promise: what is promised in a few words, by an instant to come."""
    issues = check_zone(zone)
    if not 0 < len(text.strip()) <= PROMISE_LIMIT:
        issues.append(Issue("text", IssueCode.LENGTH, limit=PROMISE_LIMIT))
    if due_at <= now:
        issues.append(Issue("dueAt", IssueCode.CLOSES_IN_PAST))
    return issues


def check_evidence(promise: KeepingFacts, evidence: EvidenceFacts) -> list[Issue]:
    """Return the fault of a contribution by which a promise is kept, unless its party gave it since.

    The group is not compared: an open promise goes to the successor of the group that the contribution was given to.
    """
    if evidence.party_id == promise.party_id and evidence.contributed_at >= promise.entered_at:
        return []
    why = "a contribution of the party that promised, made since the promise was asked for or made"
    return [Issue("contributionId", IssueCode.UNFIT, why=why)]


def check_writing(title: str, text: str) -> list[Issue]:
    """Return every fault of the title and the words of a contribution or a report."""
    issues = []
    if not 0 < len(title.strip()) <= TITLE_LIMIT:
        issues.append(Issue("title", IssueCode.LENGTH, limit=TITLE_LIMIT))
    if not 0 < len(text.strip()) <= TEXT_LIMIT:
        issues.append(Issue("text", IssueCode.LENGTH, limit=TEXT_LIMIT))
    return issues


def check_topic(topic: str) -> list[Issue]:
    """Return the fault of what a body reports on that is not said, or is too long."""
    return [] if 0 < len(topic.strip()) <= TOPIC_LIMIT else [Issue("topic", IssueCode.LENGTH, limit=TOPIC_LIMIT)]
