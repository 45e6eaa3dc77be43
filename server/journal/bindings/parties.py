"""Bind the register: parties with their names, persons, delegates, invitations, representations, applications."""

from server.journal.bindings.kinds import Binding, part_of
from server.models.oauth import Application
from server.models.parties import Delegate, Invitation, Party, PartyName, Person, Representation

BINDINGS = (
    Binding(
        Party,
        ("party.admitted", "officer.appointed", "work_plan.imported"),
        ("party.corrected",),
        is_register=True,
        parts=(part_of(PartyName, "party_id"),),
    ),
    Binding(
        Person, (), ("profile.updated", "person.suspended", "person.restored", "person.corrected"), is_register=True
    ),
    Binding(
        Delegate,
        ("delegate.seeded", "officer.appointed", "invitation.accepted", "service_account.opened"),
        (
            *("accreditation.ended", "focal_point.appointed", "focal_point.released"),
            *("seat.handed_over", "service_account.closed"),
        ),
        is_register=True,
    ),
    Binding(Invitation, ("delegate.invited", "seat.handed_over"), ("invitation.accepted", "invitation.withdrawn")),
    Binding(Representation, ("representation.granted",), ("representation.ended",)),
    Binding(
        Application,
        ("application.registered", "service_account.opened"),
        (
            *("application.corrected", "application.retired", "application.secret_rotated"),
            "service_account.closed",
        ),
        is_register=True,
    ),
)
