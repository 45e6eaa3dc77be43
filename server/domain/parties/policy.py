"""Who may admit parties, accredit delegates and speak for others, and how the first officer comes in. Pure."""

from server.domain.parties.rules.accrediting import (
    invitation_is_open,
    is_a_delegate,
    is_appointed,
    is_suspended,
    is_welcome,
    not_accredited,
    not_appointed,
    takes_part,
    while_accredited,
    while_representing,
)
from server.domain.parties.rules.facts import (
    AccountFacts,
    AddressFacts,
    AppointmentFacts,
    DelegateFacts,
    PersonFacts,
    RepresentationFacts,
)
from server.identity.applications.policy import ENDING
from server.identity.applications.rules import is_service, not_retired
from server.kernel.actor import Actor
from server.kernel.acts import Act, Condition
from server.kernel.conditions import an_officer, party_itself, the_administrator, the_secretariat
from server.kernel.scopes import Scope

REGISTER = "The Secretariat keeps the table of parties; capacities as in the chart of WGEC groups of September 2018"
SHELL = "A database without an officer gets one from whoever runs the server; the journal names the officer"
ACCREDITING = "A party names its delegates through its focal point; the Secretariat accredits where there is none"
VOUCHING = "Whoever runs the server says which groups of the OpenID provider belong to which party"
SAFETY = "Whoever keeps the accounts can lock one at once; only the Secretariat lets a person in again"
MANDATE = "A party speaks for another only by a mandate on record, with dates and the letter that gave it"
SERVICES = "A party answers for the programs that act for it: the focal point opens and closes their accounts"
ACCOUNTS = "Whoever keeps the accounts corrects what was mistyped or has changed; a name belongs to its person"
PROFILE = "People say themselves how they want to be addressed"

OWN = frozenset({Scope.WRITE, Scope.ADMINISTER})
"""The scopes for acts of people on themselves: a technical administrator needs the scope of one."""

whoever_holds_the_shell: Condition[AppointmentFacts] = Condition(
    "whoever holds the shell of the server", lambda actor, _: actor.is_secretariat
)
"""The actor is the officer who is being appointed: nobody else is there yet."""
whoever_is_vouched_for: Condition[AppointmentFacts] = Condition(
    "whoever comes from the OpenID provider, which says to which party they belong", lambda actor, _: actor.is_signed_in
)
"""The actor is the delegate who is being accredited."""
either_party_itself: Condition[RepresentationFacts] = Condition(
    "the focal point of either party in person, not somebody who represents it",
    lambda actor, facts: (
        actor.is_signed_in
        and actor.is_focal_point
        and not (actor.representation_id or actor.is_service)
        and actor.party_id in (facts.party_id, facts.by_party_id)
    ),
)
delegate_themself: Condition[DelegateFacts] = Condition(
    "the delegate themself",
    lambda actor, facts: actor.delegate_id == facts.delegate_id and not actor.representation_id,
    OWN,
)
oneself: Condition[PersonFacts] = Condition(
    "the person themself", lambda actor, facts: actor.person_id == facts.person_id, OWN
)
somebody_else: Condition[PersonFacts] = Condition(
    "another person", lambda actor, facts: actor.person_id != facts.person_id
)


def sees_account(actor: Actor, facts: AccountFacts | AddressFacts) -> bool:
    """Return whether the caller may see the address and the settings of a person.

    These may: the person themself, and the Secretariat or a technical administrator through a program that was given
    the scope for it.
    """
    if actor.person_id and actor.person_id == facts.person_id:
        return True
    keeps_accounts = actor.is_administrator and Scope.ADMINISTER in actor.scopes
    return keeps_accounts or (actor.is_secretariat and actor.reads)


def sees_address(actor: Actor, facts: AddressFacts) -> bool:
    """Return whether the caller may see the address of a delegate.

    These may: a focal point of the delegate's party in person, and everybody who may see the account.
    """
    return sees_account(actor, facts) or (actor.reads and party_itself.holds(actor, facts))


admit_known_parties = Act("admit_known_parties", "parties.admitted", an_officer, (), REGISTER)
import_participants = Act("import_participants", "participants.imported", an_officer, (), ACCREDITING)
admit_party = Act("admit_party", "party.admitted", the_secretariat, (), REGISTER)
correct_party = Act("correct_party", "party.corrected", the_secretariat, (), REGISTER)
appoint_officer = Act("appoint_officer", "officer.appointed", whoever_holds_the_shell, (not_accredited,), SHELL)
seed_delegate = Act("seed_delegate", "delegate.seeded", whoever_is_vouched_for, (not_accredited,), VOUCHING)

invite_delegate = Act("invite_delegate", "delegate.invited", party_itself | an_officer, (), ACCREDITING)
withdraw_invitation = Act(
    "withdraw_invitation",
    "invitation.withdrawn",
    party_itself | an_officer,
    (invitation_is_open,),
    ACCREDITING,
)
hand_over_seat = Act(
    "hand_over_seat",
    "seat.handed_over",
    party_itself | an_officer,
    (while_accredited, is_a_delegate),
    ACCREDITING,
)
end_accreditation = Act(
    "end_accreditation",
    "accreditation.ended",
    party_itself | delegate_themself | an_officer,
    (while_accredited,),
    ACCREDITING,
)
appoint_focal_point = Act(
    "appoint_focal_point",
    "focal_point.appointed",
    party_itself | an_officer,
    (while_accredited, is_a_delegate, not_appointed),
    ACCREDITING,
)
release_focal_point = Act(
    "release_focal_point",
    "focal_point.released",
    party_itself | an_officer,
    (while_accredited, is_appointed),
    ACCREDITING,
)

suspend_person = Act(
    "suspend_person",
    "person.suspended",
    (an_officer | the_administrator) & somebody_else,
    (is_welcome,),
    SAFETY,
)
restore_person = Act("restore_person", "person.restored", an_officer, (is_suspended,), SAFETY)
correct_person = Act("correct_person", "person.corrected", oneself | an_officer | the_administrator, (), ACCOUNTS)
correct_profile = Act("correct_profile", "profile.updated", oneself, (), PROFILE)

grant_representation = Act(
    "grant_representation", "representation.granted", party_itself | an_officer, (takes_part,), MANDATE
)
end_representation = Act(
    "end_representation",
    "representation.ended",
    either_party_itself | an_officer,
    (while_representing,),
    MANDATE,
)

open_service_account = Act(
    "open_service_account",
    "service_account.opened",
    party_itself | an_officer,
    (),
    SERVICES,
)
close_service_account = Act(
    "close_service_account",
    "service_account.closed",
    party_itself | an_officer | the_administrator,
    (is_service, not_retired),
    SERVICES,
)
sign_out_person = Act("sign_out_person", "person.signed_out", an_officer | the_administrator, (), ENDING)

ON_PARTY = (correct_party, invite_delegate, grant_representation, open_service_account)
"""The acts that a party offers."""
ON_DELEGATE = (hand_over_seat, end_accreditation, appoint_focal_point, release_focal_point)
"""The acts that an accreditation offers."""
ON_INVITATION = (withdraw_invitation,)
"""The acts that an invitation offers."""
ON_PERSON = (correct_profile, correct_person, suspend_person, restore_person, sign_out_person)
"""The acts that a person offers."""
ON_REPRESENTATION = (end_representation,)
"""The acts that a representation offers."""
ON_SERVICE_ACCOUNT = (close_service_account,)
"""The acts that an application offers where it is a service account."""
ACTS = (
    admit_party,
    admit_known_parties,
    import_participants,
    *ON_PARTY,
    *ON_DELEGATE,
    *ON_INVITATION,
    *ON_PERSON,
    *ON_REPRESENTATION,
    *ON_SERVICE_ACCOUNT,
)
INTERNAL = (appoint_officer, seed_delegate)
"""Acts that no mutation exposes."""
