"""When silence can be broken, and from when on a decision exists by it. The phase is derived, never stored. Pure."""

from datetime import date, datetime
from typing import NamedTuple

from server.domain.bodies.rules import TEXT_LIMIT
from server.domain.rounds.rules.terms import check_zone
from server.kernel.actor import Capacity
from server.kernel.acts import Obstacle, hinder
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.vocabulary.silence import SilencePhase, SilenceStatus

TITLE_LIMIT = 300
REASON_LIMIT = 5_000
PASSAGE_LIMIT = 2_000
WINDOW = (
    "A Member can object from the opening of a silence procedure until, and not including, its last instant. If none "
    "does, the decision exists from that instant on."
)


class SilenceOpening(NamedTuple):
    """The facts about a silence procedure that is about to be opened: the body that would decide, and its last days."""

    body_id: str
    concluded_on: date | None = None
    mandated_until: date | None = None


class SilenceFacts(NamedTuple):
    """The facts of a silence procedure that its rules and policy look at."""

    status: SilenceStatus
    body_id: str
    expires_at: datetime
    zone: str
    open_to_observers: bool
    open_to_private_sector: bool

    def addresses(self, capacity: Capacity | None) -> bool:
        """Return whether parties of a capacity are heard; Members always are."""
        return {
            Capacity.MEMBER: True,
            Capacity.OBSERVER: self.open_to_observers,
            Capacity.PRIVATE_SECTOR: self.open_to_private_sector,
        }.get(capacity or Capacity.SECRETARIAT, False)


class SilencePhaseFacts(NamedTuple):
    """The facts from which the phase of a silence procedure follows."""

    status: SilenceStatus
    expires_at: datetime


def has_expired(expires_at: datetime, now: datetime) -> bool:
    """Return whether `now` is the last instant of a silence procedure or later: an objection at it is too late."""
    return expires_at <= now


def phase_of(facts: SilencePhaseFacts | SilenceFacts, now: datetime) -> SilencePhase:
    """Return the phase of a silence procedure: what people did stays so, else the clock decides."""
    if facts.status == SilenceStatus.RECORDED:
        return SilencePhase.ADOPTED
    if facts.status != SilenceStatus.OPENED:
        return SilencePhase(facts.status)
    return SilencePhase.ADOPTED if has_expired(facts.expires_at, now) else SilencePhase.OPEN


def decided_at(facts: SilencePhaseFacts, now: datetime) -> datetime | None:
    """Return the instant since which the decision exists, None where it does not: the last instant, not the record."""
    return facts.expires_at if phase_of(facts, now) == SilencePhase.ADOPTED else None


def while_silence_runs(facts: SilenceFacts, now: datetime) -> Obstacle | None:
    """Refuse at the last instant and later: the decision exists since then."""
    if not has_expired(facts.expires_at, now):
        return None
    reason = Reason(ReasonCode.SILENCE_EXPIRED, facts.expires_at, facts.zone)
    return hinder(RefusalCode.WRONG_STATE, reason, WINDOW)


def after_silence(facts: SilenceFacts, now: datetime) -> Obstacle | None:
    """Refuse before the last instant: a Member can still object."""
    if has_expired(facts.expires_at, now):
        return None
    reason = Reason(ReasonCode.SILENCE_RUNS, facts.expires_at, facts.zone)
    return hinder(RefusalCode.WRONG_STATE, reason, WINDOW, facts.expires_at)


def check_procedure(title: str, text: str, expires_at: datetime, zone: str, now: datetime) -> list[Issue]:
    """Return every fault of a silence procedure that is to be opened."""
    issues = check_zone(zone) + check_expiry(expires_at, now)
    if not 0 < len(title.strip()) <= TITLE_LIMIT:
        issues.append(Issue("title", IssueCode.LENGTH, limit=TITLE_LIMIT))
    if not 0 < len(text.strip()) <= TEXT_LIMIT:
        issues.append(Issue("text", IssueCode.LENGTH, limit=TEXT_LIMIT))
    return issues


def check_expiry(expires_at: datetime, now: datetime) -> list[Issue]:
    """Return the fault of a last instant that does not lie in the future."""
    return [] if expires_at > now else [Issue("expiresAt", IssueCode.CLOSES_IN_PAST)]


def check_extension(before: datetime, after: datetime, now: datetime) -> list[Issue]:
    """Return the fault of a last instant that is not later than the one before."""
    return check_expiry(after, now) if after > before else [Issue("expiresAt", IssueCode.WINDOW_SHORTER)]


def check_objection(text: str, passage: str, reason: str, *, names_provision: bool, has_version: bool) -> list[Issue]:
    """Return every fault of an objection: it gives a reason, and names what it is about.

    That is a provision where the procedure is about a version of a text, and else words of the frozen text.
    """
    issues = []
    if not 0 < len(reason.strip()) <= REASON_LIMIT:
        issues.append(Issue("reason", IssueCode.LENGTH, limit=REASON_LIMIT))
    if has_version and not names_provision:
        issues.append(Issue("provisionId", IssueCode.UNFIT, why="name the provision that you object to"))
    if not has_version and names_provision:
        issues.append(Issue("provisionId", IssueCode.UNFIT, why="quote words: this is about no version of a text"))
    if not has_version and not passage.strip():
        issues.append(Issue("passage", IssueCode.UNFIT, why="quote the words that you object to"))
    if len(passage) > PASSAGE_LIMIT:
        issues.append(Issue("passage", IssueCode.TOO_LONG, limit=PASSAGE_LIMIT))
    elif not names_provision and passage.strip() and passage.strip() not in text:
        issues.append(Issue("passage", IssueCode.UNFIT, why="these words do not stand in the text that is decided"))
    return issues


def check_statement(text: str) -> list[Issue]:
    """Return the fault of a statement that is empty or too long."""
    return [] if 0 < len(text.strip()) <= REASON_LIMIT else [Issue("text", IssueCode.LENGTH, limit=REASON_LIMIT)]
