"""Vocabulary of work in groups: nominations, promises and reports."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class NominationStatus(StrEnum):
    """Where a nomination for a function stands."""

    NOMINATED = "NOMINATED"
    """The party was named and has not answered yet."""
    ACCEPTED = "ACCEPTED"
    """The party would take the function; the body above has not agreed yet."""
    DECLINED = "DECLINED"
    """The party does not take the function."""
    AGREED = "AGREED"
    """The body above agreed, and the party holds the function."""
    WITHDRAWN = "WITHDRAWN"
    """The nomination was taken back, or the body above did not agree."""


class PromiseStatus(StrEnum):
    """Where a promise stands."""

    ASKED = "ASKED"
    """The party is asked for it and has not answered yet."""
    MADE = "MADE"
    """The party promised it."""
    DECLINED = "DECLINED"
    """The party does not promise it."""
    KEPT = "KEPT"
    """The party did what it promised."""
    HANDED_BACK = "HANDED_BACK"
    """The party cannot keep the promise and said so."""


class PromiseTiming(StrEnum):
    """How a promise stands to its last instant, by the server's clock."""

    AHEAD = "AHEAD"
    """The last instant is more than a week away."""
    DUE_SOON = "DUE_SOON"
    """The last instant is within a week."""
    OVERDUE = "OVERDUE"
    """The last instant has passed."""
    SETTLED = "SETTLED"
    """Nothing is open any more: kept, handed back or declined."""


class GroupReportStatus(StrEnum):
    """Where the report of a group stands."""

    DRAFT = "DRAFT"
    """Those who lead the group are writing it."""
    CIRCULATED = "CIRCULATED"
    """It went to all who take part."""
    ADOPTED = "ADOPTED"
    """The group or the body above adopted it."""


NOMINATION_LIFECYCLE = Lifecycle(
    "nomination",
    NominationStatus.NOMINATED,
    (
        moves("accept_nomination", NominationStatus.NOMINATED, to=NominationStatus.ACCEPTED),
        moves("decline_nomination", NominationStatus.NOMINATED, to=NominationStatus.DECLINED),
        moves("agree_nomination", NominationStatus.ACCEPTED, to=NominationStatus.AGREED),
        moves(
            "withdraw_nomination", NominationStatus.NOMINATED, NominationStatus.ACCEPTED, to=NominationStatus.WITHDRAWN
        ),
    ),
    finals=frozenset({NominationStatus.DECLINED, NominationStatus.AGREED, NominationStatus.WITHDRAWN}),
)
PROMISE_LIFECYCLE = Lifecycle(
    "promise",
    PromiseStatus.ASKED,
    (
        moves("accept_promise", PromiseStatus.ASKED, to=PromiseStatus.MADE),
        moves("decline_promise", PromiseStatus.ASKED, to=PromiseStatus.DECLINED),
        moves("keep_promise", PromiseStatus.MADE, to=PromiseStatus.KEPT),
        moves("hand_back_promise", PromiseStatus.MADE, to=PromiseStatus.HANDED_BACK),
        moves("nudge_promise", PromiseStatus.MADE, to=PromiseStatus.MADE),
    ),
    finals=frozenset({PromiseStatus.DECLINED, PromiseStatus.KEPT, PromiseStatus.HANDED_BACK}),
)
GROUP_REPORT_LIFECYCLE = Lifecycle(
    "report",
    GroupReportStatus.DRAFT,
    (
        moves("revise_report", GroupReportStatus.DRAFT, to=GroupReportStatus.DRAFT),
        moves("circulate_report", GroupReportStatus.DRAFT, to=GroupReportStatus.CIRCULATED),
        moves("adopt_report", GroupReportStatus.CIRCULATED, to=GroupReportStatus.ADOPTED),
    ),
    finals=frozenset({GroupReportStatus.ADOPTED}),
)
