"""Define refusals: the only exceptions that are expected. A refusal says that an act is not possible, and why.

It is an ordinary answer, not an error: `writing()` rolls the transaction back and the GraphQL layer returns it as a
member of the result union. Everything else that is raised is a bug and is masked.
"""

from datetime import datetime
from enum import StrEnum
from functools import cache

from server.kernel.issues import Issue
from server.kernel.reasons import Reason


class RefusalKind(StrEnum):
    """The kind of a refusal, by which a client decides whether trying again can help."""

    NOT_FOUND = "NOT_FOUND"
    """The object does not exist, or the caller does not see it; the two are never told apart."""
    FORBIDDEN = "FORBIDDEN"
    """Somebody else may do this act; `whoCan` of the available act says who."""
    NOT_NOW = "NOT_NOW"
    """The state of the object or the calendar does not allow the act; `unlocksAt` says from when, if that is known."""
    INVALID = "INVALID"
    """The input is not well-formed; `issues` names every field at fault."""
    STALE = "STALE"
    """The object was changed since the caller read it: read it again and let the person decide."""


class RefusalCode(StrEnum):
    """The reason for a refusal."""

    ALREADY_DONE = "ALREADY_DONE"
    """The act has been done already and cannot be done twice."""
    AMENDMENTS_STALE = "AMENDMENTS_STALE"
    """What amendments are about changed in a later version, and their proponent has not restated or dropped them."""
    ANCHOR_AMBIGUOUS = "ANCHOR_AMBIGUOUS"
    """The quoted words stand several times in the provision, and `prefix` and `suffix` do not single one out."""
    ANCHOR_NOT_FOUND = "ANCHOR_NOT_FOUND"
    """The quoted words do not stand in the provision."""
    CONFLICTS_OPEN = "CONFLICTS_OPEN"
    """Conflicts between accepted wordings are not settled."""
    DECISION_MISSING = "DECISION_MISSING"
    """The act needs a recorded decision, and there is none."""
    DISPOSITIONS_OPEN = "DISPOSITIONS_OPEN"
    """Comments in the round have no recorded disposition."""
    EVIDENCE_REQUIRED = "EVIDENCE_REQUIRED"
    """The act needs evidence: an issued version, a decision or a completed round."""
    FORBIDDEN = "FORBIDDEN"
    """The act is for somebody else."""
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    """The idempotency key was used before with another input."""
    IMPORT_UNREADABLE = "IMPORT_UNREADABLE"
    """The document cannot be read as what it should be, or is too large."""
    INVALID = "INVALID"
    """Fields are missing or not well-formed."""
    LIMIT_REACHED = "LIMIT_REACHED"
    """The party has filed as many comments in the round as it takes from each party."""
    LINEAGE_UNCONFIRMED = "LINEAGE_UNCONFIRMED"
    """Nobody has confirmed where provisions of the version come from (`lineage`)."""
    NOT_DONE = "NOT_DONE"
    """Another act of the same request was not possible, and the request asks for all or nothing."""
    NOT_ACCREDITED = "NOT_ACCREDITED"
    """The caller is signed in, but accredited for no party today, or not for the one in `Acting-As`."""
    NOT_FOUND = "NOT_FOUND"
    """The object does not exist, or the caller does not see it."""
    PARTY_NOT_CHOSEN = "PARTY_NOT_CHOSEN"
    """The caller can speak for several parties and has to choose one with the header `Acting-As`."""
    PLACE_UNCONFIRMED = "PLACE_UNCONFIRMED"
    """The words that a comment is about changed in a later version, and its party has not confirmed their place."""
    REASON_REQUIRED = "REASON_REQUIRED"
    """The input lacks a reason that the act needs."""
    ROUND_CLOSED = "ROUND_CLOSED"
    """The closing instant of the round has passed, or it was declared complete."""
    ROUND_NOT_OPEN = "ROUND_NOT_OPEN"
    """The round is not open yet, is still open for an act that has to wait, or was cancelled."""
    SCOPE_MISSING = "SCOPE_MISSING"
    """The caller may do this, but the application in use lacks the scope for it."""
    SENTENCES_UNREAD = "SENTENCES_UNREAD"
    """Sentences stand by changes of several parties, and nobody has confirmed reading them."""
    STALE_REVISION = "STALE_REVISION"
    """The object was changed since the caller read it."""
    TRANSLATION_DEBT = "TRANSLATION_DEBT"
    """Provisions are not translated as they stand in the original (`translationDebt`)."""
    UNAUTHENTICATED = "UNAUTHENTICATED"
    """Nobody is signed in."""
    UNRECONCILED = "UNRECONCILED"
    """The text and the decisions disagree; the check (`reconciliation`) lists where."""
    WRONG_STATE = "WRONG_STATE"
    """The object is in a state that does not allow the act."""


class Refusal(Exception):
    """Raised when an act is not possible.

    `message` says what the person can do next. `rule` is the rule that forbids the act, in words, "" if there is none.
    `unlocks_at` is the instant from which the act is possible, None if that does not depend on the calendar.
    `subject_id` is the id of an object that was changed since the caller read it, "" for every other refusal.
    `reason` is what `message` says, as data; None for a message that has no code of its own. `is_final` says that
    nothing which can happen to the object makes the act possible again.
    """

    def __init__(
        self,
        kind: RefusalKind,
        code: RefusalCode,
        message: str,
        *,
        issues: tuple[Issue, ...] = (),
        rule: str = "",
        unlocks_at: datetime | None = None,
        subject_id: str = "",
        reason: Reason | None = None,
        is_final: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code
        self.message = message
        self.issues = issues
        self.rule = rule
        self.unlocks_at = unlocks_at
        self.subject_id = subject_id
        self.reason = reason
        self.is_final = is_final

    @property
    def is_retryable(self) -> bool:
        """Whether the same person can do the same act later: when the calendar or the object has moved on."""
        moves_on = self.kind in (RefusalKind.NOT_NOW, RefusalKind.STALE)
        return moves_on and self.code != RefusalCode.ALREADY_DONE and not self.is_final


@cache
def graphql_name(name: str) -> str:
    """Return the GraphQL form of a Python name, as people see it in issues, rules and acts.

    `submit_comment` becomes `submitComment`.
    """
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def not_found(noun: str) -> Refusal:
    """Return the refusal for an object that does not exist or is hidden: the same words for both."""
    return Refusal(RefusalKind.NOT_FOUND, RefusalCode.NOT_FOUND, f"There is no such {noun} for you.")


def not_done(mutation: str, key: str) -> Refusal:
    """Return the refusal of an act that was undone, or not begun, because another act of its request failed.

    `key` is the response key of that act. What an earlier request did under the same idempotency key still stands.
    """
    name = mutation if key == mutation else f"{mutation} ({key})"
    message = f"This request did nothing: {name} was not possible, and it asks for all or nothing."
    return Refusal(RefusalKind.NOT_NOW, RefusalCode.NOT_DONE, message)


def invalid(*issues: Issue, code: RefusalCode = RefusalCode.INVALID, rule: str = "") -> Refusal:
    """Return the refusal for input that is not well-formed.

    It carries all issues, each once; its message names three at most.
    """
    issues = tuple(dict.fromkeys(issues))
    # What cannot be read is explained in whole sentences; here they are part of one.
    sentences = [(issue.place, issue.message.removesuffix(".")) for issue in issues[:3]]
    faults = "; ".join(f"{place}: {words}" if place else words for place, words in sentences)
    more = f" (and {len(issues) - 3} more)" if len(issues) > 3 else ""
    return Refusal(RefusalKind.INVALID, code, f"Please correct {faults}{more}.", issues=issues, rule=rule)


def ensure_well_formed(issues: list[Issue]) -> None:
    """Refuse with all issues, if there are any.

    The code is REASON_REQUIRED if the only thing missing is a reason, else INVALID.
    """
    if issues:
        reason_only = all(issue.path.rpartition(".")[2] == "reason" for issue in issues)
        raise invalid(*issues, code=RefusalCode.REASON_REQUIRED if reason_only else RefusalCode.INVALID)


def ensure_current(noun: str, subject_id: str, *, expected: int, current: int) -> None:
    """Refuse if somebody changed the object since the caller read it (optimistic locking)."""
    if expected != current:
        message = f"This {noun} is at revision {current}, you read revision {expected}. Read it again and decide anew."
        raise Refusal(RefusalKind.STALE, RefusalCode.STALE_REVISION, message, subject_id=subject_id)
