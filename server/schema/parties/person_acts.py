"""Acts on persons and representations."""

from typing import Any

import strawberry

from server.domain.parties import policy
from server.domain.parties.actions import persons, representing
from server.domain.parties.actions.persons import Profile
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.parties.types import Person, Representation
from server.schema.reads.roots import fact
from server.vocabulary.parties import Language, Notices

REASON = "Why; it goes into the journal."
PERSON_ID = "The person or service account."


@strawberry.input(description="What somebody says about themself; what is left out stays as it is.")
class UpdateProfileInput:
    """Input of `updateProfile`."""

    idempotency_key: str = key_field()
    person_id: strawberry.ID = strawberry.field(description="The caller.")
    language: Language | None = strawberry.field(default=None, description="The language of letters and pages.")
    zone: str | None = strawberry.field(default=None, description="IANA name of a time zone, such as Europe/Brussels.")
    notices: Notices | None = strawberry.field(default=None, description="How often to be told what happened.")
    expected_version: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "person_id": self.person_id,
            "profile": Profile(self.language, self.zone, self.notices),
            "expected_version": self.expected_version,
        }


@strawberry.type
class PersonFact:
    """What every fact about a person shows."""

    subject_id: strawberry.Private[str]
    person: Person | None = fact("The person as it stands now.", "Person")


@strawberry.type
class RepresentationFact:
    """What every fact about a representation shows."""

    subject_id: strawberry.Private[str]
    representation: Representation | None = fact("The representation as it stands now.", "Representation")


@strawberry.type
class PersonMutations:
    """Acts on persons and representations."""

    update_profile = act_field(
        policy.update_profile,
        persons.update_profile,
        "Say in which language and zone to be addressed, and how often to be told what happened.",
        input_type=UpdateProfileInput,
        outcome="A profile was updated.",
        answer=PersonFact,
    )
    suspend_person = act_field(
        policy.suspend_person,
        persons.suspend_person,
        "Lock a person out at once, whatever tokens and sessions they hold.",
        about="A person who is to be locked out.",
        person_id=PERSON_ID,
        reason=REASON,
        outcome="A person was locked out: signed out everywhere, with every grant revoked.",
        answer=PersonFact,
    )
    restore_person = act_field(
        policy.restore_person,
        persons.restore_person,
        "Let a suspended person in again.",
        about="A suspended person who is to be let in again.",
        person_id=PERSON_ID,
        reason=REASON,
        outcome="A person was let in again.",
        answer=PersonFact,
    )
    grant_representation = act_field(
        policy.grant_representation,
        representing.grant_representation,
        "Let the delegates of a party speak on behalf of another.",
        about="A mandate of a party to another to speak on its behalf.",
        party_id="The party that is spoken for.",
        by_party_id="The party whose delegates speak.",
        evidence="The letter or note in which the party gave the mandate.",
        starts_on="First day.",
        ends_on="Last day.",
        outcome="A party speaks on behalf of another.",
        answer=RepresentationFact,
    )
    end_representation = act_field(
        policy.end_representation,
        representing.end_representation,
        "End a mandate to speak on behalf, at once or after a day.",
        about="A mandate that is to end.",
        representation_id="The representation.",
        ends_on="Last day; left out, it ends at once.",
        reason=REASON,
        outcome="A mandate was ended, or was given its last day; what was filed by it stays.",
        answer=RepresentationFact,
    )
