"""Acts on persons and representations: inputs, facts and mutations."""

from datetime import date
from functools import partial

import strawberry

from server.domain.parties import policy
from server.domain.parties.actions import persons, representing
from server.domain.parties.actions.persons import Profile
from server.schema.acts import act_field, key_field, version_field
from server.schema.parties.types import Person, Representation
from server.schema.reads.roots import fact
from server.vocabulary.parties import Language, Notices

REASON = "Why; it goes into the journal."


@strawberry.input(description="What somebody says about themself; what is left out stays as it is.")
class UpdateProfileInput:
    """Input of `updateProfile`."""

    idempotency_key: str = key_field()
    person_id: strawberry.ID = strawberry.field(description="The caller.")
    language: Language | None = strawberry.field(default=None, description="The language of letters and pages.")
    zone: str | None = strawberry.field(default=None, description="IANA name of a time zone, such as Europe/Brussels.")
    notices: Notices | None = strawberry.field(default=None, description="How often to be told what happened.")
    expected_version: int = version_field()


@strawberry.input(description="A person who is to be locked out.")
class SuspendPersonInput:
    """Input of `suspendPerson`."""

    idempotency_key: str = key_field()
    person_id: strawberry.ID = strawberry.field(description="The person or service account.")
    reason: str = strawberry.field(description=REASON)
    expected_version: int = version_field()


@strawberry.input(description="A suspended person who is to be let in again.")
class RestorePersonInput:
    """Input of `restorePerson`."""

    idempotency_key: str = key_field()
    person_id: strawberry.ID = strawberry.field(description="The person or service account.")
    reason: str = strawberry.field(description=REASON)
    expected_version: int = version_field()


@strawberry.input(description="A mandate of a party to another to speak on its behalf.")
class GrantRepresentationInput:
    """Input of `grantRepresentation`."""

    idempotency_key: str = key_field()
    party_id: strawberry.ID = strawberry.field(description="The party that is spoken for.")
    by_party_id: strawberry.ID = strawberry.field(description="The party whose delegates speak.")
    evidence: str = strawberry.field(description="The letter or note in which the party gave the mandate.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date | None = strawberry.field(default=None, description="Last day.")


@strawberry.input(description="A mandate that is to end.")
class EndRepresentationInput:
    """Input of `endRepresentation`."""

    idempotency_key: str = key_field()
    representation_id: strawberry.ID = strawberry.field(description="The representation.")
    ends_on: date | None = strawberry.field(default=None, description="Last day; left out, it ends at once.")
    reason: str = strawberry.field(description=REASON)
    expected_version: int = version_field()


@strawberry.type
class _PersonFact:
    subject_id: strawberry.Private[str]
    person: Person | None = fact("The person as it stands now.", "Person")


@strawberry.type
class _RepresentationFact:
    subject_id: strawberry.Private[str]
    representation: Representation | None = fact("The representation as it stands now.", "Representation")


@strawberry.type(description="A profile was updated.")
class ProfileUpdated(_PersonFact):
    """Fact of `updateProfile`."""


@strawberry.type(description="A person was locked out: signed out everywhere, with every grant revoked.")
class PersonSuspended(_PersonFact):
    """Fact of `suspendPerson`."""


@strawberry.type(description="A person was let in again.")
class PersonRestored(_PersonFact):
    """Fact of `restorePerson`."""


@strawberry.type(description="A party speaks on behalf of another.")
class RepresentationGranted(_RepresentationFact):
    """Fact of `grantRepresentation`."""


@strawberry.type(description="A mandate was ended, or was given its last day; what was filed by it stays.")
class RepresentationEnded(_RepresentationFact):
    """Fact of `endRepresentation`."""


@strawberry.type
class PersonMutations:
    """Acts on persons and representations."""

    update_profile = act_field(
        policy.update_profile,
        "Say in which language and zone to be addressed, and how often to be told what happened.",
        UpdateProfileInput,
        ProfileUpdated,
        lambda input: partial(
            persons.update_profile,
            person_id=input.person_id,
            profile=Profile(input.language, input.zone, input.notices),
            expected_version=input.expected_version,
        ),
    )
    suspend_person = act_field(
        policy.suspend_person,
        "Lock a person out at once, whatever tokens and sessions they hold.",
        SuspendPersonInput,
        PersonSuspended,
        lambda input: partial(
            persons.suspend_person,
            person_id=input.person_id,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    restore_person = act_field(
        policy.restore_person,
        "Let a suspended person in again.",
        RestorePersonInput,
        PersonRestored,
        lambda input: partial(
            persons.restore_person,
            person_id=input.person_id,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    grant_representation = act_field(
        policy.grant_representation,
        "Let the delegates of a party speak on behalf of another.",
        GrantRepresentationInput,
        RepresentationGranted,
        lambda input: partial(
            representing.grant_representation,
            party_id=input.party_id,
            by_party_id=input.by_party_id,
            evidence=input.evidence,
            starts_on=input.starts_on,
            ends_on=input.ends_on,
        ),
    )
    end_representation = act_field(
        policy.end_representation,
        "End a mandate to speak on behalf, at once or after a day.",
        EndRepresentationInput,
        RepresentationEnded,
        lambda input: partial(
            representing.end_representation,
            representation_id=input.representation_id,
            ends_on=input.ends_on,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
