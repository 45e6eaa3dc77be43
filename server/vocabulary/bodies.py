"""Vocabulary of bodies: their kinds, functions and decisions."""

from enum import StrEnum


class BodyKind(StrEnum):
    """What a body is; it says where in the line of approval it stands."""

    COUNCIL = "COUNCIL"
    """The supreme body: it approves and adopts."""
    POLICY_COMMISSION = "POLICY_COMMISSION"
    """The steering body between the technical committees and the Council."""
    TECHNICAL_COMMITTEE = "TECHNICAL_COMMITTEE"
    """A standing committee, such as the PTC."""
    WORKING_GROUP = "WORKING_GROUP"
    """A group with a mandate from a committee or the Council."""
    INTERSESSIONAL_GROUP = "INTERSESSIONAL_GROUP"
    """A group that works between the sittings of its parent, led by coordinators and open to join at any time."""


class FunctionKind(StrEnum):
    """A dated function in a body, held by a party of any capacity. It is never an OAuth role."""

    CHAIR = "CHAIR"
    """Leads the sittings of the body."""
    CO_CHAIR = "CO_CHAIR"
    """Leads the sittings together with another."""
    COORDINATOR = "COORDINATOR"
    """Leads the work of an intersessional group; agreed by the parent, not self-declared."""
    RAPPORTEUR = "RAPPORTEUR"
    """Writes the report. Leads nothing."""


LEADING = (FunctionKind.CHAIR, FunctionKind.CO_CHAIR, FunctionKind.COORDINATOR)


class Outcome(StrEnum):
    """What a decision means, beside the verb as printed. Taking note is never approval."""

    NOTED = "NOTED"
    """The body took note."""
    GUIDANCE = "GUIDANCE"
    """The body gave guidance."""
    ENDORSED = "ENDORSED"
    """The body endorsed and passes on to the next."""
    APPROVED = "APPROVED"
    """The body approved."""
    ADOPTED = "ADOPTED"
    """The body adopted."""
    DEFERRED = "DEFERRED"
    """The body will come back to it."""
    REFERRED = "REFERRED"
    """The body passed it to another body."""
    RETURNED = "RETURNED"
    """The body sent it back to the group."""


CARRIES = frozenset({Outcome.ENDORSED, Outcome.APPROVED, Outcome.ADOPTED})
"""Outcomes with which a text goes on to the next body."""


ADOPTS = frozenset({Outcome.APPROVED, Outcome.ADOPTED})
"""Outcomes of the last body with which a text becomes an edition."""


GROUPS = frozenset({BodyKind.WORKING_GROUP, BodyKind.INTERSESSIONAL_GROUP})
"""Kinds of bodies that do the work; the others decide."""
