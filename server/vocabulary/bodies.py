"""Vocabulary of bodies: their kinds, functions and decisions."""

from enum import StrEnum


class BodyKind(StrEnum):
    """The sort of a body, which says where it stands in the approval path."""

    COUNCIL = "COUNCIL"
    """The supreme body, which approves and adopts."""
    POLICY_COMMISSION = "POLICY_COMMISSION"
    """The steering body between the technical committees and the Council."""
    TECHNICAL_COMMITTEE = "TECHNICAL_COMMITTEE"
    """A standing committee, such as the PTC."""
    WORKING_GROUP = "WORKING_GROUP"
    """A group with a mandate from a committee or the Council."""
    INTERSESSIONAL_GROUP = "INTERSESSIONAL_GROUP"
    """A group that works between the sittings of its parent, led by coordinators and open to join at any time."""


class FunctionKind(StrEnum):
    """A function in a body, held by a party of any capacity for a time."""

    CHAIR = "CHAIR"
    """Leads the sittings of the body."""
    CO_CHAIR = "CO_CHAIR"
    """Leads the sittings of the body together with another."""
    COORDINATOR = "COORDINATOR"
    """Leads the work of an intersessional group, by agreement of the parent body."""
    RAPPORTEUR = "RAPPORTEUR"
    """Writes the report and leads nothing."""


LEADING = (FunctionKind.CHAIR, FunctionKind.CO_CHAIR, FunctionKind.COORDINATOR)


class Outcome(StrEnum):
    """What a decision means, whatever verb is printed."""

    NOTED = "NOTED"
    """The body took note, which is never an approval."""
    GUIDANCE = "GUIDANCE"
    """The body gave guidance."""
    ENDORSED = "ENDORSED"
    """The body endorsed the subject and passes it on to the next body."""
    APPROVED = "APPROVED"
    """The body approved the subject."""
    ADOPTED = "ADOPTED"
    """The body adopted the subject."""
    DEFERRED = "DEFERRED"
    """The body will come back to the subject."""
    REFERRED = "REFERRED"
    """The body passed the subject to another body."""
    RETURNED = "RETURNED"
    """The body sent the subject back to the group."""


CARRIES = frozenset({Outcome.ENDORSED, Outcome.APPROVED, Outcome.ADOPTED})
"""Outcomes with which a text goes on to the next body."""


ADOPTS = frozenset({Outcome.APPROVED, Outcome.ADOPTED})
"""Outcomes of the last body with which a text becomes an edition."""


OUTCOMES_OF_VERBS = {
    "note": frozenset({Outcome.NOTED}),
    "guidance": frozenset({Outcome.GUIDANCE}),
    "endorse": CARRIES,
    "agree": CARRIES,
    "approve": ADOPTS,
    "adopt": ADOPTS,
    "recommend": frozenset({Outcome.ENDORSED}),
    "defer": frozenset({Outcome.DEFERRED}),
    "postpone": frozenset({Outcome.DEFERRED}),
    "refer": frozenset({Outcome.REFERRED}),
    "return": frozenset({Outcome.RETURNED}),
}
"""The outcomes that a printed verb can mean. Papers say endorsed, approved and adopted of one and the same act, so the
table gives these verbs outcomes in common; a verb that is not here says nothing either way."""


GROUPS = frozenset({BodyKind.WORKING_GROUP, BodyKind.INTERSESSIONAL_GROUP})
"""Kinds of bodies that do the work; the others decide."""
