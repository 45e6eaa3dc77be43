"""What a version of the mechanism must be like, and what would be late, stuck or out of scope under its rules. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from server.domain.proposals.rules.life import cycle_is_open, cycle_is_over, next_body_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.bodies import GROUPS, BodyKind
from server.vocabulary.parties import EVIDENCE_LIMIT
from server.vocabulary.proposals import CycleKind, MechanismRule, ProposalStatus

TITLE_LIMIT = 300
LONGEST_PERIOD = 3_650
"""Most days of a window or of a deadline: ten years."""
DAY = timedelta(days=1)


class MechanismContent(NamedTuple):
    """The rules of a version of the mechanism, in force from `starts_on` until and including `ends_on`.

    `instrument_ids` are the texts that it covers, none for all. `window_days` says for how many days a review takes
    proposals, `submission_days` how long before a sitting of the first body they come, `consideration_days` and
    `decision_days` for how long a group and a body may have one, `take_over_days` for how long a co-sponsor can take
    over what its proponent withdrew; each None where the mechanism sets none.
    """

    title: str
    evidence: str
    starts_on: date
    approval_path: tuple[BodyKind, ...]
    cycle_kinds: tuple[CycleKind, ...]
    ends_on: date | None = None
    instrument_ids: tuple[str, ...] = ()
    window_days: int | None = None
    submission_days: int | None = None
    consideration_days: int | None = None
    decision_days: int | None = None
    take_over_days: int | None = None


class VersionInForce(NamedTuple):
    """A version of the mechanism on record: its title and the days on which it is in force, both included."""

    mechanism_id: str
    title: str
    starts_on: date
    ends_on: date | None


class StandingCycle(NamedTuple):
    """A review as the rules see it."""

    cycle_id: str
    mechanism_id: str
    kind: str
    title: str
    opens_on: date
    closes_on: date | None


class StandingProposal(NamedTuple):
    """A proposal as the rules see it. `moved_on` is the day since when it is where it is."""

    proposal_id: str
    cycle_id: str
    instrument_id: str
    status: ProposalStatus
    submitted_on: date
    moved_on: date
    carried_by: Sequence[str]


class Situation(NamedTuple):
    """Everything that rules are tried on: reviews, proposals, and the first days of sittings by kind of body."""

    cycles: Sequence[StandingCycle]
    proposals: Sequence[StandingProposal]
    sittings: Mapping[str, Sequence[date]]


MOVING = (
    ProposalStatus.SUBMITTED,
    ProposalStatus.REGISTERED,
    ProposalStatus.UNDER_CONSIDERATION,
    ProposalStatus.AGREED,
    ProposalStatus.DEFERRED,
)
"""Statuses in which rules still matter to a proposal: it was submitted, and its fate is open."""


def check_mechanism(content: MechanismContent, known_instruments: Collection[str]) -> list[Issue]:
    """Return every fault of a version of the mechanism taken alone."""
    issues = _check_words("title", content.title, TITLE_LIMIT) + _check_evidence(content.evidence)
    if content.ends_on is not None and content.ends_on < content.starts_on:
        issues.append(Issue("endsOn", IssueCode.DAYS_REVERSED))
    deciding = [kind for kind in BodyKind if kind not in GROUPS]
    if not content.approval_path:
        issues.append(Issue("approvalPath", IssueCode.TOO_FEW, allowed=tuple(map(str, deciding))))
    for index, kind in enumerate(content.approval_path):
        if kind not in deciding:
            issues.append(Issue(f"approvalPath.{index}", IssueCode.NOT_ONE_OF, allowed=tuple(map(str, deciding))))
    issues += _check_once("approvalPath", content.approval_path)
    if not content.cycle_kinds:
        issues.append(Issue("cycleKinds", IssueCode.TOO_FEW, allowed=tuple(map(str, CycleKind))))
    issues += _check_once("cycleKinds", content.cycle_kinds) + _check_once("instrumentIds", content.instrument_ids)
    unknown = [index for index, id_ in enumerate(content.instrument_ids) if id_ not in known_instruments]
    issues += [Issue(f"instrumentIds.{index}", IssueCode.OBJECT_UNKNOWN) for index in unknown]
    return issues + _check_periods(content)


def _check_words(path: str, words: str, limit: int) -> list[Issue]:
    return [] if words.strip() and len(words) <= limit else [Issue(path, IssueCode.LENGTH, limit=limit)]


def _check_evidence(evidence: str) -> list[Issue]:
    is_named = evidence.strip() and len(evidence) <= EVIDENCE_LIMIT
    return [] if is_named else [Issue("evidence", IssueCode.LETTER_UNFIT, limit=EVIDENCE_LIMIT)]


def _check_once(path: str, values: Sequence[str]) -> list[Issue]:
    repeated = [index for index, value in enumerate(values) if value in values[:index]]
    return [Issue(f"{path}.{index}", IssueCode.REPEATED) for index in repeated]


def _check_periods(content: MechanismContent) -> list[Issue]:
    periods = {
        "windowDays": content.window_days,
        "submissionDays": content.submission_days,
        "considerationDays": content.consideration_days,
        "decisionDays": content.decision_days,
        "takeOverDays": content.take_over_days,
    }
    return [
        Issue(path, IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=LONGEST_PERIOD)
        for path, days in periods.items()
        if days is not None and not 1 <= days <= LONGEST_PERIOD
    ]


def version_before(content: MechanismContent, versions: Iterable[VersionInForce]) -> VersionInForce | None:
    """Return the version in force on the first day, which ends on the day before; None where there is none."""
    earlier = [each for each in versions if each.starts_on < content.starts_on]
    before = max(earlier, key=lambda each: each.starts_on, default=None)
    is_over = before is None or (before.ends_on is not None and before.ends_on < content.starts_on)
    return None if is_over else before


def check_place(
    content: MechanismContent, versions: Sequence[VersionInForce], cycles: Iterable[StandingCycle]
) -> list[Issue]:
    """Return the faults of a version beside those on record, which it may not overlap.

    It ends the one before, unless a review of that one opens on its first day or later.
    """
    for each in versions:
        begins_within = content.ends_on is None or each.starts_on <= content.ends_on
        if each.starts_on >= content.starts_on and begins_within:
            path = "startsOn" if each.starts_on == content.starts_on else "endsOn"
            return [Issue(path, IssueCode.MECHANISM_OVERLAPS, title=each.title, day=f"{each.starts_on}")]
    before = version_before(content, versions)
    if before is None:
        return []
    if before.ends_on is not None and content.ends_on is not None and content.ends_on < before.ends_on:
        return [Issue("endsOn", IssueCode.MECHANISM_OVERLAPS, title=before.title, day=f"{before.ends_on}")]
    opening = [each for each in cycles if each.mechanism_id == before.mechanism_id]
    left = [each.title for each in opening if not cycle_is_open(each.opens_on, None, content.starts_on - DAY)]
    return [Issue("startsOn", IssueCode.REVIEWS_LEFT, titles=tuple(left))] if left else []


def find_breaches(content: MechanismContent, situation: Situation, today: date) -> dict[MechanismRule, list[str]]:
    """Return, by rule, the ids of the reviews and proposals that would be late, stuck or out of scope under the rules.

    A rule that holds for everything is left out. Only proposals with an open fate are judged, and only reviews that are
    not over or hold such a proposal.
    """
    by_id = {each.cycle_id: each for each in situation.cycles}
    moving = [each for each in situation.proposals if each.status in MOVING]
    in_use = {each.cycle_id for each in moving}
    cycles = [c for c in situation.cycles if c.cycle_id in in_use or not cycle_is_over(c.closes_on, today)]
    breaches = {MechanismRule.CYCLE_KIND: [c.cycle_id for c in cycles if c.kind not in content.cycle_kinds]}
    for rule, is_broken in _RULES.items():
        judged = [each for each in moving if is_broken(content, each, by_id[each.cycle_id], situation, today)]
        breaches[rule] = [each.proposal_id for each in judged]
    return {rule: breaches[rule] for rule in MechanismRule if breaches[rule]}


_Judge = Callable[[MechanismContent, StandingProposal, StandingCycle, Situation, date], bool]


def _is_out_of_scope(
    content: MechanismContent, proposal: StandingProposal, _cycle: StandingCycle, _situation: Situation, _today: date
) -> bool:
    return bool(content.instrument_ids) and proposal.instrument_id not in content.instrument_ids


def _is_after_window(
    content: MechanismContent, proposal: StandingProposal, cycle: StandingCycle, _situation: Situation, _today: date
) -> bool:
    last = last_day_of(cycle.opens_on, content.window_days)
    return last is not None and proposal.submitted_on > last


def _is_too_near(
    content: MechanismContent, proposal: StandingProposal, _cycle: StandingCycle, situation: Situation, _today: date
) -> bool:
    first = content.approval_path[0]
    if content.submission_days is None or first in proposal.carried_by:
        return False
    coming = [day for day in situation.sittings.get(first, ()) if day >= proposal.submitted_on]
    return bool(coming) and (min(coming) - proposal.submitted_on).days < content.submission_days


def _is_considered_too_long(
    content: MechanismContent, proposal: StandingProposal, _cycle: StandingCycle, _situation: Situation, today: date
) -> bool:
    is_there = proposal.status == ProposalStatus.UNDER_CONSIDERATION
    return is_there and has_passed(proposal.moved_on, content.consideration_days, today)


def _is_decided_too_late(
    content: MechanismContent, proposal: StandingProposal, _cycle: StandingCycle, _situation: Situation, today: date
) -> bool:
    return proposal.status == ProposalStatus.AGREED and has_passed(proposal.moved_on, content.decision_days, today)


def _leads_nowhere(
    content: MechanismContent, proposal: StandingProposal, _cycle: StandingCycle, situation: Situation, today: date
) -> bool:
    if proposal.status != ProposalStatus.AGREED:
        return False
    body = next_body_of(content.approval_path, proposal.carried_by)
    return body is None or not any(day >= today for day in situation.sittings.get(body, ()))


_RULES: dict[MechanismRule, _Judge] = {
    MechanismRule.SCOPE: _is_out_of_scope,
    MechanismRule.WINDOW: _is_after_window,
    MechanismRule.SUBMISSION: _is_too_near,
    MechanismRule.CONSIDERATION: _is_considered_too_long,
    MechanismRule.DECISION: _is_decided_too_late,
    MechanismRule.PATH: _leads_nowhere,
}
"""How each rule about proposals is judged."""


def check_scope(instrument_ids: Collection[str], instrument_id: str, title: str) -> list[Issue]:
    """Return the fault of a proposal on a text that the mechanism does not cover."""
    if not instrument_ids or instrument_id in instrument_ids:
        return []
    return [Issue("textVersionId", IssueCode.MECHANISM_SCOPE, title=title)]


def last_day_of(opens_on: date, window_days: int | None) -> date | None:
    """Return the last day on which a review takes proposals, None where the mechanism sets none."""
    return None if window_days is None else opens_on + timedelta(days=window_days - 1)


def has_passed(since: date, days: int | None, today: date) -> bool:
    """Return whether more than so many days went by since a day; never where there is no limit."""
    return days is not None and (today - since).days > days
