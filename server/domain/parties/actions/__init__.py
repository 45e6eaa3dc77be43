"""Who takes part and who speaks for whom. Every act goes the same way: visible, permitted, possible, well-formed, done,
recorded."""

from server.domain.parties.actions.inviting import invite_delegate, withdraw_invitation
from server.domain.parties.actions.officers import appoint_officer
from server.domain.parties.actions.persons import Profile, restore_person, suspend_person, update_profile
from server.domain.parties.actions.register import Correction, admit_party, correct_party
from server.domain.parties.actions.representing import end_representation, grant_representation
from server.domain.parties.actions.seats import (
    appoint_focal_point,
    end_accreditation,
    hand_over_seat,
    release_focal_point,
)
from server.domain.parties.actions.seeding import seed_delegate

__all__ = [
    "Correction",
    "Profile",
    "admit_party",
    "appoint_focal_point",
    "appoint_officer",
    "correct_party",
    "end_accreditation",
    "end_representation",
    "grant_representation",
    "hand_over_seat",
    "invite_delegate",
    "release_focal_point",
    "restore_person",
    "seed_delegate",
    "suspend_person",
    "update_profile",
    "withdraw_invitation",
]
