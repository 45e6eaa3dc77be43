"""The facts of rounds and comments that the rules and the policies look at."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple, Protocol

from server.kernel.actor import Actor, Capacity
from server.vocabulary.calling import LateStatus
from server.vocabulary.delegations import ClearanceLevels, DraftStage
from server.vocabulary.rounds import CommentStatus, PlaceState, RoundStatus, RoundVisibility
from server.vocabulary.texts import UnitKind, VersionStatus
from server.vocabulary.threads import CoSignatureState, ReplyMode


class Audience(Protocol):
    """What says whom a round addresses."""

    @property
    def open_to_members(self) -> bool:
        """Whether Members are asked."""

    @property
    def open_to_observers(self) -> bool:
        """Whether observers are asked."""

    @property
    def open_to_private_sector(self) -> bool:
        """Whether private-sector bodies are asked."""


def addresses(audience: Audience, capacity: Capacity | None) -> bool:
    """Return whether a round with this audience addresses parties of a capacity; its group may narrow that."""
    if capacity == Capacity.MEMBER:
        return audience.open_to_members
    if capacity == Capacity.OBSERVER:
        return audience.open_to_observers
    return capacity == Capacity.PRIVATE_SECTOR and audience.open_to_private_sector


class GroupAudience(Audience, Protocol):
    """What says whom a round addresses, with the group of which a party must be a member; None for any."""

    @property
    def group_id(self) -> str | None:
        """The id of the group."""


def asks(audience: GroupAudience, actor: Actor) -> bool:
    """Return whether a round asks the actor's party: by its capacity, and as a member of the group if it names one.

    `queries` says the same in SQL.
    """
    return addresses(audience, actor.capacity) and (audience.group_id is None or audience.group_id in actor.bodies)


class RoundFacts(NamedTuple):
    """The facts of a round that its rules and policy look at."""

    status: RoundStatus
    body_id: str
    opens_at: datetime
    closes_at: datetime
    open_to_members: bool
    open_to_observers: bool
    open_to_private_sector: bool
    visibility: RoundVisibility = RoundVisibility.IMMEDIATE
    zone: str = "UTC"
    group_id: str | None = None
    answers_began_at: datetime | None = None
    admitted_until: Annotated[datetime | None, "own_admission.admitted_until"] = None
    late_status: Annotated[LateStatus | None, "own_admission.status"] = None

    def asks(self, actor: Actor) -> bool:
        """Return whether the round asks the actor's party for comments."""
        return asks(self, actor)


class PhaseFacts(NamedTuple):
    """The facts of a round from which its phase follows, and what it shows of others."""

    status: RoundStatus
    body_id: str
    opens_at: datetime
    closes_at: datetime
    open_to_members: bool
    open_to_observers: bool
    open_to_private_sector: bool
    visibility: RoundVisibility
    group_id: str | None
    answers_began_at: datetime | None
    zone: str = "UTC"

    def asks(self, actor: Actor) -> bool:
        """Return whether the round asks the actor's party for comments."""
        return asks(self, actor)


class CommentFacts(NamedTuple):
    """The facts of a comment that its rules and policy look at: the comment, and the round it answers."""

    status: Annotated[CommentStatus, "work.status"]
    party_id: str
    body_id: Annotated[str, "round.body_id"]
    round_status: Annotated[RoundStatus, "round.status"]
    opens_at: Annotated[datetime, "round.opens_at"]
    closes_at: Annotated[datetime, "round.closes_at"]
    visibility: Annotated[RoundVisibility, "round.visibility"] = RoundVisibility.IMMEDIATE
    place_state: Annotated[PlaceState | None, "work.carried.state"] = None
    stage: Annotated[DraftStage | None, "draft.stage"] = None
    cleared_by_id: Annotated[str | None, "draft.cleared_by_id"] = None
    levels: Annotated[ClearanceLevels | None, "party.practice.levels"] = None
    zone: Annotated[str, "round.zone"] = "UTC"
    admitted_until: Annotated[datetime | None, "round.own_admission.admitted_until"] = None
    co_signer_ids: Sequence[str] = ()
    replies: Annotated[ReplyMode, "round.replies"] = ReplyMode.FOCAL_POINTS

    @property
    def party_ids(self) -> tuple[str, ...]:
        """The parties in the name of which it is: that which wrote it, and those that signed it, too."""
        return (self.party_id, *self.co_signer_ids)


class AdmissionFacts(NamedTuple):
    """The facts of a request to comment after the close, and of its round."""

    status: LateStatus
    party_id: str
    body_id: Annotated[str, "round.body_id"]
    round_status: Annotated[RoundStatus, "round.status"]
    opens_at: Annotated[datetime, "round.opens_at"]
    closes_at: Annotated[datetime, "round.closes_at"]
    visibility: Annotated[RoundVisibility, "round.visibility"]
    zone: Annotated[str, "round.zone"] = "UTC"


class CoSignatureFacts(NamedTuple):
    """The facts of a co-signature that its rules and policy look at: the party asked, the comment and the round."""

    state: CoSignatureState
    party_id: str
    comment_status: Annotated[CommentStatus, "comment.work.status"]
    status: Annotated[RoundStatus, "comment.round.status"]
    opens_at: Annotated[datetime, "comment.round.opens_at"]
    closes_at: Annotated[datetime, "comment.round.closes_at"]
    visibility: Annotated[RoundVisibility, "comment.round.visibility"] = RoundVisibility.IMMEDIATE
    zone: Annotated[str, "comment.round.zone"] = "UTC"


class PartyMarkFacts(NamedTuple):
    """The facts of a party's mark that its rules and policy look at."""

    party_id: str
    comment_status: Annotated[CommentStatus, "comment.work.status"]


class PlacedFacts(NamedTuple):
    """The facts of a carried comment that the words at its place follow from."""

    text: Annotated[str | None, "provision_text.text"]
    start: int | None
    end: int | None


class AudienceFacts(NamedTuple):
    """The facts of a round from which the capacities follow that it addresses."""

    open_to_members: bool
    open_to_observers: bool
    open_to_private_sector: bool


class CitedFacts(NamedTuple):
    """The facts of a comment by which a paper cites it."""

    reference: str | None
    number: int | None
    filing: int | None
    party: Annotated[str, "party.short_name"]


class LateFacts(NamedTuple):
    """The fact of a comment by which it is marked late."""

    is_late: bool | None


class ReceiptFacts(NamedTuple):
    """The facts that the receipt of a comment is made of."""

    reference: str | None
    is_late: bool | None
    number: int | None
    submitted_at: datetime | None
    content_digest: str | None
    party: Annotated[str, "party.short_name"]
    party_name: Annotated[str, "party.name"]
    submitted_by: Annotated[str | None, "submitted_by.person.name"]
    former_names: Annotated[dict[str, Any] | None, "submitted_by.person.former_names"]
    names_as_filed: dict[str, Any] | None
    filing: int


class AdditionFacts(NamedTuple):
    """The new provision that a comment asks for."""

    addition_kind: UnitKind | None
    addition_title: str | None
    addition_words: str | None


class QuotationFacts(NamedTuple):
    """Where the quoted words of a comment stand."""

    quote_exact: str | None
    quote_prefix: str
    quote_suffix: str
    quote_start: int | None
    quote_end: int | None


class OpeningFacts(NamedTuple):
    """The facts about a round that is about to be opened: the body that asks, its last days, and the version."""

    body_id: str
    version_status: VersionStatus
    concluded_on: date | None = None
    mandated_until: date | None = None


def audience_of(round_: Audience) -> list[Capacity]:
    """Return the capacities that a round addresses."""
    return [capacity for capacity in Capacity if addresses(round_, capacity)]


def reference_of(cited: str, number: int, filing: int) -> str:
    """Return the reference of a filed comment: "Japan R3-3", or "Japan R3-3/2" for the second filing of that number.

    `cited` is the short name of the party, and the code of the round if it has one.
    """
    return f"{cited}-{number}" if filing == 1 else f"{cited}-{number}/{filing}"


def cite(facts: CitedFacts | ReceiptFacts) -> str | None:
    """Return how papers cite a comment: as it was filed, else by party and number as before; None for a draft."""
    if facts.number is None:
        return None
    return facts.reference or reference_of(facts.party, facts.number, facts.filing or 1)
