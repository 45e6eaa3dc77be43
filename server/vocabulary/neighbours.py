"""Vocabulary of amendments that meet before anybody decides on them, and of what their proponents ask each other."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class NeighbourClass(StrEnum):
    """What one pending amendment is to another one that is about the same provision or place."""

    INDEPENDENT = "INDEPENDENT"
    """Both can stand, and neither is about what the other one changes."""
    IDENTICAL = "IDENTICAL"
    """Both ask for the same change; once it stands, it stands for both."""
    CONTAINS = "CONTAINS"
    """It asks for all that the other one asks for, and for more."""
    CONTAINED = "CONTAINED"
    """The other one asks for all that it asks for, and for more."""
    CONFLICTS = "CONFLICTS"
    """The two cannot stand together: somebody would have to settle between them."""
    DEPENDS_ON = "DEPENDS_ON"
    """It is about what the other one adds, deletes or moves."""
    NEEDED_BY = "NEEDED_BY"
    """The other one is about what it adds, deletes or moves."""

    @property
    def mirrored(self) -> "NeighbourClass":
        """Return what the other amendment is to this one."""
        return _MIRRORED.get(self, self)


_MIRRORED = {
    NeighbourClass.CONTAINS: NeighbourClass.CONTAINED,
    NeighbourClass.CONTAINED: NeighbourClass.CONTAINS,
    NeighbourClass.DEPENDS_ON: NeighbourClass.NEEDED_BY,
    NeighbourClass.NEEDED_BY: NeighbourClass.DEPENDS_ON,
}


class PrecedentOutcome(StrEnum):
    """What became of an earlier amendment on which nobody has to decide any more."""

    IN_EDITION = "IN_EDITION"
    """It stands in a published edition."""
    APPROVED = "APPROVED"
    """The last body of the approval path approved or adopted it."""
    NOT_AGREED = "NOT_AGREED"
    """The group did not agree with it."""
    DEFERRED = "DEFERRED"
    """The group put it off, and the other amendments of its proposal went on without it."""
    WITHDRAWN = "WITHDRAWN"
    """Its proponent took it back, or dropped it when the text had changed."""


class NeighbourInvitationKind(StrEnum):
    """What the proponent of a proposal asks of the proponent of a neighbour."""

    CO_SPONSOR = "CO_SPONSOR"
    """To stand behind the proposal as well."""
    MERGE = "MERGE"
    """To make one proposal of the two."""


class NeighbourInvitationStatus(StrEnum):
    """Where an invitation stands."""

    OPEN = "OPEN"
    """It waits for the other party."""
    ACCEPTED = "ACCEPTED"
    """The other party agreed, on record."""
    DECLINED = "DECLINED"
    """The other party did not agree."""


S = NeighbourInvitationStatus

INVITATION_LIFECYCLE = Lifecycle(
    "neighbour invitation",
    S.OPEN,
    (
        moves("accept_neighbour_invitation", S.OPEN, to=S.ACCEPTED),
        moves("decline_neighbour_invitation", S.OPEN, to=S.DECLINED),
    ),
    finals=frozenset({S.ACCEPTED, S.DECLINED}),
)
