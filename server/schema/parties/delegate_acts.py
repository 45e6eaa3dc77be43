"""Acts on delegates and invitations: inputs, facts and mutations."""

from datetime import date
from functools import partial
from typing import Any

import strawberry

from server.domain.parties import policy
from server.domain.parties.actions import inviting, seats
from server.domain.parties.rules.accrediting import Invited
from server.schema.acts import act_field, key_field, version_field
from server.schema.context import Context
from server.schema.parties.types import Delegate, Invitation
from server.schema.reads.roots import fact

REASON = "Why; it goes into the journal."


def _terms(context: Context) -> dict[str, Any]:
    return {"terms": context.terms}


@strawberry.input(description="Somebody who is to be a delegate.")
class InviteDelegateInput:
    """Input of `inviteDelegate`."""

    idempotency_key: str = key_field()
    party_id: strawberry.ID = strawberry.field(description="The party for which they are to speak.")
    name: str = strawberry.field(description="Name of the person.")
    email: str = strawberry.field(description="Where the letter with the link goes.")
    focal_point: bool = strawberry.field(
        default=False, description="Whether they are to clear and submit in the party's name."
    )
    administrator: bool = strawberry.field(
        default=False,
        description="Whether they are to be a technical administrator, who sees no content: for the Secretariat only.",
    )
    starts_on: date = strawberry.field(description="First day, today or later.")
    ends_on: date | None = strawberry.field(
        default=None, description="Last day; left out for an open end, if the own accreditation has one."
    )

    def invited(self) -> Invited:
        """The invitation as the action takes it."""
        return Invited(
            name=self.name,
            email=self.email,
            is_focal_point=self.focal_point,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            is_administrator=self.administrator,
        )


@strawberry.input(description="An invitation that is to be taken back.")
class WithdrawInvitationInput:
    """Input of `withdrawInvitation`."""

    idempotency_key: str = key_field()
    invitation_id: strawberry.ID = strawberry.field(description="The invitation.")
    expected_version: int = version_field()


@strawberry.input(description="A seat that changes hands.")
class HandOverSeatInput:
    """Input of `handOverSeat`."""

    idempotency_key: str = key_field()
    delegate_id: strawberry.ID = strawberry.field(description="The outgoing delegate.")
    name: str = strawberry.field(description="Name of the successor.")
    email: str = strawberry.field(description="Where the letter with the link goes.")
    on: date = strawberry.field(
        description="First day of the successor. The outgoing accreditation ends on the day before, today at once."
    )
    reason: str = strawberry.field(description=REASON)
    expected_version: int = version_field()


@strawberry.input(description="An accreditation that is to end.")
class EndAccreditationInput:
    """Input of `endAccreditation`."""

    idempotency_key: str = key_field()
    delegate_id: strawberry.ID = strawberry.field(description="The delegate.")
    ends_on: date | None = strawberry.field(default=None, description="Last day; left out, it ends at once.")
    reason: str = strawberry.field(description=REASON)
    expected_version: int = version_field()


@strawberry.input(description="A delegate who is to be a focal point.")
class AppointFocalPointInput:
    """Input of `appointFocalPoint`."""

    idempotency_key: str = key_field()
    delegate_id: strawberry.ID = strawberry.field(description="The delegate.")
    starts_on: date = strawberry.field(description="First day as focal point, today or later.")
    ends_on: date | None = strawberry.field(default=None, description="Last day as focal point.")
    expected_version: int = version_field()


@strawberry.input(description="A focal point who is to be one no longer.")
class ReleaseFocalPointInput:
    """Input of `releaseFocalPoint`."""

    idempotency_key: str = key_field()
    delegate_id: strawberry.ID = strawberry.field(description="The delegate.")
    ends_on: date | None = strawberry.field(
        default=None, description="Last day as focal point; left out, the function ends at once."
    )
    reason: str = strawberry.field(description=REASON)
    expected_version: int = version_field()


@strawberry.type
class _InvitationFact:
    subject_id: strawberry.Private[str]
    invitation: Invitation | None = fact("The invitation as it stands now.", "Invitation")


@strawberry.type
class _DelegateFact:
    subject_id: strawberry.Private[str]
    delegate: Delegate | None = fact("The accreditation as it stands now.", "Delegate")


@strawberry.type(description="Somebody was invited to be a delegate; a letter with the link is on its way.")
class DelegateInvited(_InvitationFact):
    """Fact of `inviteDelegate`."""


@strawberry.type(description="An invitation was withdrawn.")
class InvitationWithdrawn(_InvitationFact):
    """Fact of `withdrawInvitation`."""


@strawberry.type(description="A seat was handed over: the outgoing accreditation has its end, a successor is invited.")
class SeatHandedOver(_InvitationFact):
    """Fact of `handOverSeat`."""


@strawberry.type(description="An accreditation was ended, or was given its last day.")
class AccreditationEnded(_DelegateFact):
    """Fact of `endAccreditation`."""


@strawberry.type(description="A delegate was appointed as focal point.")
class FocalPointAppointed(_DelegateFact):
    """Fact of `appointFocalPoint`."""


@strawberry.type(description="A focal point was released, or was given a last day.")
class FocalPointReleased(_DelegateFact):
    """Fact of `releaseFocalPoint`."""


@strawberry.type
class DelegateMutations:
    """Acts on delegates and invitations."""

    invite_delegate = act_field(
        policy.invite_delegate,
        "Invite somebody to be a delegate, by a letter with a link that works once.",
        InviteDelegateInput,
        DelegateInvited,
        lambda input: partial(inviting.invite_delegate, party_id=input.party_id, invited=input.invited()),
        given=_terms,
    )
    withdraw_invitation = act_field(
        policy.withdraw_invitation,
        "Take an invitation back that nobody has accepted.",
        WithdrawInvitationInput,
        InvitationWithdrawn,
        lambda input: partial(
            inviting.withdraw_invitation, invitation_id=input.invitation_id, expected_version=input.expected_version
        ),
    )
    hand_over_seat = act_field(
        policy.hand_over_seat,
        "End an accreditation and invite a successor, to whom go the functions, and the drafts stay with the party.",
        HandOverSeatInput,
        SeatHandedOver,
        lambda input: partial(
            seats.hand_over_seat,
            delegate_id=input.delegate_id,
            name=input.name,
            email=input.email,
            on=input.on,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
        given=_terms,
    )
    end_accreditation = act_field(
        policy.end_accreditation,
        "End an accreditation, the own one included, at once or after a day.",
        EndAccreditationInput,
        AccreditationEnded,
        lambda input: partial(
            seats.end_accreditation,
            delegate_id=input.delegate_id,
            ends_on=input.ends_on,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    appoint_focal_point = act_field(
        policy.appoint_focal_point,
        "Let a delegate clear and submit in the party's name.",
        AppointFocalPointInput,
        FocalPointAppointed,
        lambda input: partial(
            seats.appoint_focal_point,
            delegate_id=input.delegate_id,
            starts_on=input.starts_on,
            ends_on=input.ends_on,
            expected_version=input.expected_version,
        ),
    )
    release_focal_point = act_field(
        policy.release_focal_point,
        "End the function of a focal point, at once or after a day; the accreditation stays.",
        ReleaseFocalPointInput,
        FocalPointReleased,
        lambda input: partial(
            seats.release_focal_point,
            delegate_id=input.delegate_id,
            ends_on=input.ends_on,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
