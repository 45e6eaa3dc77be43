"""Acts on delegates and invitations."""

from datetime import date
from typing import Any

import strawberry

from server.domain.parties import policy
from server.domain.parties.actions import inviting, seats
from server.domain.parties.rules.accrediting import Invited
from server.schema.acts import key_field
from server.schema.mutations import Given, act_field
from server.schema.parties.types import Delegate, Invitation
from server.schema.reads.roots import fact
from server.schema.scalars import EmailAddress

REASON = "Why, in words; it goes into the journal."
TERMS: Given = {"terms": lambda context: context.terms}
"""How invitations go out from this server."""


@strawberry.input(description="A person to invite as a delegate.")
class InviteDelegateInput:
    """Input of `inviteDelegate`."""

    idempotency_key: str = key_field()
    party_id: strawberry.ID = strawberry.field(description="Id of the party that the person would speak for.")
    name: str = strawberry.field(description="Full name of the person, at most 200 characters.")
    email: EmailAddress = strawberry.field(description="E-mail address for the letter with the link.")
    is_focal_point: bool = strawberry.field(
        default=False,
        description="Whether the person would be a focal point, who clears and submits in the name of the party.",
    )
    is_administrator: bool = strawberry.field(
        default=False,
        description=(
            "Whether the person would be a technical administrator, who sees no content; for the Secretariat only."
        ),
    )
    starts_on: date = strawberry.field(description="First day of the accreditation, today or later (UTC).")
    ends_on: date | None = strawberry.field(
        default=None,
        description=(
            "Last day of the accreditation. Without it no end is set, which only somebody with an"
            " open accreditation may do."
        ),
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        invited = Invited(
            name=self.name,
            email=self.email,
            is_focal_point=self.is_focal_point,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            is_administrator=self.is_administrator,
        )
        return {"party_id": self.party_id, "invited": invited}


@strawberry.type
class InvitationFact:
    """What every fact about an invitation shows."""

    subject_id: strawberry.Private[str]
    invitation: Invitation = fact("The invitation as it stands now.")


@strawberry.type
class DelegateFact:
    """What every fact about an accreditation shows."""

    subject_id: strawberry.Private[str]
    delegate: Delegate = fact("The accreditation as it stands now.")


@strawberry.type
class DelegateMutations:
    """Acts on delegates and invitations."""

    invite_delegate = act_field(
        policy.invite_delegate,
        inviting.invite_delegate,
        "Invite somebody to be a delegate, by a letter with a link that works once.",
        input_type=InviteDelegateInput,
        given=TERMS,
        outcome="Somebody was invited to be a delegate; a letter with the link is on its way.",
        answer=InvitationFact,
    )
    withdraw_invitation = act_field(
        policy.withdraw_invitation,
        inviting.withdraw_invitation,
        "Take an invitation back that nobody has accepted.",
        about="An invitation to withdraw.",
        invitation_id="Id of the invitation.",
        outcome="An invitation was withdrawn.",
        answer=InvitationFact,
    )
    hand_over_seat = act_field(
        policy.hand_over_seat,
        seats.hand_over_seat,
        (
            "(first part, before 'For:') End an accreditation and invite a successor. Functions "
            "and tasks go to the successor, drafts stay with the party."
        ),
        about="A seat to hand over to a successor.",
        delegate_id="Id of the accreditation that ends.",
        name="Full name of the successor, at most 200 characters.",
        email="E-mail address of the successor, for the letter with the link.",
        starts_on="First day of the successor. The old accreditation ends on the day before, at once if this is today.",
        reason=REASON,
        given=TERMS,
        outcome="A seat was handed over: the outgoing accreditation has its end, a successor is invited.",
        answer=InvitationFact,
    )
    end_accreditation = act_field(
        policy.end_accreditation,
        seats.end_accreditation,
        "End an accreditation, the own one included, at once or after a day.",
        about="An accreditation to end.",
        delegate_id="Id of the accreditation.",
        ends_on="Last day of the accreditation; without it the accreditation ends at once.",
        reason=REASON,
        outcome="An accreditation was ended, or was given a last day.",
        answer=DelegateFact,
    )
    appoint_focal_point = act_field(
        policy.appoint_focal_point,
        seats.appoint_focal_point,
        "Let a delegate clear and submit in the party's name.",
        about="A delegate to appoint as a focal point.",
        delegate_id="Id of the accreditation of the delegate.",
        starts_on="First day as a focal point, today or later (UTC).",
        ends_on="Last day as a focal point; without it no end is set.",
        outcome="A delegate was appointed as focal point.",
        answer=DelegateFact,
    )
    release_focal_point = act_field(
        policy.release_focal_point,
        seats.release_focal_point,
        "End the function of a focal point, at once or after a day; the accreditation stays.",
        about="A focal point to release.",
        delegate_id="Id of the accreditation of the delegate.",
        ends_on="Last day as a focal point; without it the function ends at once.",
        reason=REASON,
        outcome="A focal point was released, or was given a last day.",
        answer=DelegateFact,
    )
