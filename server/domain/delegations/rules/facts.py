"""The facts of drafts, notes and a party's part in a round that the rules and the policy look at."""

from datetime import datetime
from typing import Annotated, Any, NamedTuple

from server.domain.rounds.rules.facts import asks
from server.kernel.actor import Actor
from server.vocabulary.delegations import ClearanceLevels, DraftStage
from server.vocabulary.rounds import CommentStatus, RoundStatus, RoundVisibility


class DraftFacts(NamedTuple):
    """The facts of a draft inside its delegation, with those of its round that say when it is open."""

    stage: DraftStage
    party_id: Annotated[str, "comment.party_id"]
    author_id: Annotated[str, "comment.author_id"]
    cleared_by_id: str | None
    levels: Annotated[ClearanceLevels | None, "comment.party.practice.levels"]
    status: Annotated[RoundStatus, "comment.round.status"]
    opens_at: Annotated[datetime, "comment.round.opens_at"]
    closes_at: Annotated[datetime, "comment.round.closes_at"]
    visibility: Annotated[RoundVisibility, "comment.round.visibility"]
    zone: Annotated[str, "comment.round.zone"] = "UTC"
    admitted_until: Annotated[datetime | None, "comment.round.own_admission.admitted_until"] = None
    comment_status: Annotated[CommentStatus, "comment.work.status"] = CommentStatus.DRAFT


class StepFacts(NamedTuple):
    """The words that a step of a draft keeps."""

    words: dict[str, Any] | None


class ParticipationFacts(NamedTuple):
    """The facts of a round, and of what the actor's own party does in it.

    `has_filed` says that a comment of the party stands filed; `declared_at` is null unless its declaration that it has
    no comment stands.
    """

    status: RoundStatus
    party_id: str
    body_id: str
    opens_at: datetime
    closes_at: datetime
    visibility: RoundVisibility
    open_to_members: bool
    open_to_observers: bool
    open_to_private_sector: bool
    group_id: str | None
    has_filed: bool
    declared_at: datetime | None
    zone: str = "UTC"
    admitted_until: datetime | None = None

    def asks(self, actor: Actor) -> bool:
        """Return whether the round asks the actor's party for comments."""
        return asks(self, actor)


class NoteFacts(NamedTuple):
    """The facts of an internal note."""

    party_id: str
    author_id: str


class ClearanceFacts(NamedTuple):
    """The facts of how a party clears."""

    party_id: Annotated[str, "id"]


class ClearersFacts(NamedTuple):
    """How many clearances a party asks for, and how many people of its delegation there are to give them today."""

    levels: ClearanceLevels
    focal_point_count: int
    delegate_count: int


class ReminderFacts(NamedTuple):
    """The facts of a reminder, and those of its round that say who may know how many are silent."""

    letter_count: int | None
    status: Annotated[RoundStatus, "round.status"]
    body_id: Annotated[str, "round.body_id"]
    opens_at: Annotated[datetime, "round.opens_at"]
    closes_at: Annotated[datetime, "round.closes_at"]
    open_to_members: Annotated[bool, "round.open_to_members"]
    open_to_observers: Annotated[bool, "round.open_to_observers"]
    open_to_private_sector: Annotated[bool, "round.open_to_private_sector"]
    group_id: Annotated[str | None, "round.group_id"]
    visibility: Annotated[RoundVisibility, "round.visibility"]

    def asks(self, actor: Actor) -> bool:
        """Return whether the round asks the actor's party for comments."""
        return asks(self, actor)
