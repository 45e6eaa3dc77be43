"""Bind the register: parties with their names, persons, delegates, invitations, representations, applications."""

from server.journal.bindings.kinds import Binding, part_of
from server.models.oauth import Application
from server.models.parties import Delegate, Invitation, Party, PartyName, Person, Representation

BINDINGS = (
    Binding(
        Party,
        ("party.admitted", "officer.appointed", "work_plan.imported"),
        is_register=True,
        parts=(part_of(PartyName, "party_id"),),
    ),
    Binding(Person, (), is_register=True),
    Binding(
        Delegate,
        ("delegate.seeded", "officer.appointed", "invitation.accepted", "service_account.opened"),
        is_register=True,
    ),
    Binding(Invitation, ("delegate.invited", "seat.handed_over")),
    Binding(Representation, ("representation.granted",)),
    Binding(Application, ("application.registered", "service_account.opened"), is_register=True),
)
