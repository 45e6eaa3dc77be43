"""The facts of bodies, nominations, promises and reports that the rules and the policy of groups look at."""

from datetime import date, datetime
from typing import Annotated, NamedTuple

from server.vocabulary.bodies import BodyKind
from server.vocabulary.groups import GroupReportStatus, NominationStatus, PromiseStatus


class GroupFacts(NamedTuple):
    """The facts of a body: what sort it is, the body above it, its last day, and that of its last mandate."""

    kind: BodyKind
    concluded_on: date | None
    mandated_until: date | None
    parent_id: str | None
    successor_id: str | None
    body_id: Annotated[str, "id"]


class NominatingFacts(NamedTuple):
    """The facts about a nomination that is about to be made: the group, the body above it, and the party named."""

    kind: BodyKind
    concluded_on: date | None
    mandated_until: date | None
    parent_id: str | None
    body_id: str
    party_id: str


class NominationFacts(NamedTuple):
    """The facts of a nomination."""

    status: NominationStatus
    party_id: str
    body_id: str
    parent_id: Annotated[str | None, "body.parent_id"]
    concluded_on: Annotated[date | None, "body.concluded_on"]
    mandated_until: Annotated[date | None, "body.mandated_until"]


class PromiseFacts(NamedTuple):
    """The facts of a promise, and of the group it is made to."""

    status: PromiseStatus
    party_id: str
    body_id: str
    nudged_at: datetime | None
    concluded_on: Annotated[date | None, "body.concluded_on"]
    mandated_until: Annotated[date | None, "body.mandated_until"]


class KeepingFacts(NamedTuple):
    """The facts of a promise that its evidence must fit: whose it is, and since when."""

    party_id: str
    entered_at: datetime


class EvidenceFacts(NamedTuple):
    """The facts of a contribution by which a promise is kept."""

    party_id: str
    contributed_at: datetime


class TimingFacts(NamedTuple):
    """The facts from which the timing of a promise follows."""

    status: PromiseStatus
    due_at: datetime


class ReportFacts(NamedTuple):
    """The facts of the report of a group."""

    status: GroupReportStatus
    body_id: str
    parent_id: Annotated[str | None, "body.parent_id"]


class LineFacts(NamedTuple):
    """The fact of a reporting line: its last day, None while it goes on."""

    ended_on: date | None
