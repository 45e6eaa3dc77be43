"""Bind the register: parties with their names, persons, delegates, invitations, representations, applications."""

from server.journal.bindings.kinds import NAME_KEYS, Binding, part_of
from server.models.oauth import Application
from server.models.parties import Delegate, Invitation, ParticipantList, Party, PartyName, Person, Representation

BINDINGS = (
    Binding(
        Party,
        ("party.admitted", "parties.admitted", "officer.appointed", "work_plan.imported"),
        ("party.corrected", "participants.imported"),
        is_register=True,
        parts=(part_of(PartyName, "party_id"),),
        left_out=NAME_KEYS,
    ),
    Binding(
        Person,
        ("participants.imported",),
        ("profile.updated", "person.suspended", "person.restored", "person.corrected"),
        is_register=True,
        left_out=NAME_KEYS[:1],
    ),
    Binding(
        Delegate,
        (
            *("delegate.seeded", "officer.appointed", "invitation.accepted", "service_account.opened"),
            "participants.imported",
        ),
        (
            *("accreditation.ended", "focal_point.appointed", "focal_point.released"),
            *("seat.handed_over", "service_account.closed"),
        ),
        is_register=True,
    ),
    Binding(ParticipantList, ("participants.imported",)),
    Binding(
        Invitation,
        ("delegate.invited", "seat.handed_over", "participants.imported"),
        ("invitation.accepted", "invitation.withdrawn"),
    ),
    Binding(Representation, ("representation.granted",), ("representation.ended",)),
    Binding(
        Application,
        ("application.registered", "service_account.opened"),
        (
            *("application.corrected", "application.retired", "application.secret_rotated"),
            "service_account.closed",
        ),
        is_register=True,
        left_out=NAME_KEYS[:1],
    ),
)
